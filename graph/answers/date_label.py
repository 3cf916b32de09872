"""Vague dates and numbers as people write them, in the language that is asked for. Pure."""

from __future__ import annotations

from graph.dates.edtf import DATE, NotADate
from graph.domain.languages import ByLanguage

_MONTHS = ByLanguage({
    "NL": ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
    "EN": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
})  # fmt: skip
_SEASONS = ByLanguage({
    "NL": {21: "voorjaar", 22: "zomer", 23: "najaar", 24: "winter"},
    "EN": {21: "spring", 22: "summer", 23: "autumn", 24: "winter"},
})  # fmt: skip
_DOUBT = ByLanguage({"NL": {"~": "omstreeks ", "?": "vermoedelijk "}, "EN": {"~": "about ", "?": "presumably "}})
_BETWEEN = ByLanguage({
    "NL": ("tussen {} en {}", "{} of later", "{} of eerder"),
    "EN": ("between {} and {}", "{} or later", "{} or earlier"),
})  # fmt: skip
_SEASON = ByLanguage({
    "NL": {"21": "het voorjaar van", "22": "de zomer van", "23": "het najaar van", "24": "de winter van"},
    "EN": {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"},
})  # fmt: skip
_SIGNS = ByLanguage({"NL": ".,", "EN": ",."})  # between thousands, and before decimals
MILLION = 1_000_000
_MILLION = ByLanguage({"NL": "miljoen", "EN": "million"})
_THROUGH = ByLanguage({"NL": "{} tot en met {}", "EN": "{} through {}"})
_COUNTS = ByLanguage({
    "NL": [
        "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien", "veertien",
        "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig",
    ],
    "EN": [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ],
})  # fmt: skip


def label(text: str, language: str) -> str:
    """The date as people write it: `1 juni 2023`, `omstreeks december 2022`, `najaar 2021`, `31 december 2021 of later`."""
    if "/" in text:
        left, right = text.split("/")
        both, after, before = _BETWEEN[language]
        if right == "..":
            return after.format(label(left, language))
        if left == "..":
            return before.format(label(right, language))
        return both.format(label(left, language), label(right, language))
    match = DATE.fullmatch(text)
    if match is None:
        raise NotADate(text)
    words = [match[1]]
    if match[2]:
        number = int(match[2])
        words.insert(0, _SEASONS[language].get(number) or _MONTHS[language][number - 1])
    if match[3]:
        words.insert(0, str(int(match[3])))
    return _DOUBT[language].get(match[4], "") + " ".join(words)


def span_label(first: str, last: str, language: str) -> str:
    """A period from a first to a last day, with a year that both share said once: `1 januari tot en met 31 december 2024`."""
    one, other = DATE.fullmatch(first), DATE.fullmatch(last)
    told = label(first, language)
    if one and other and one[3] and other[3] and one[1] == other[1] and not one[4]:
        told = told.removesuffix(f" {one[1]}")
    return _THROUGH[language].format(told, label(last, language))


def number_label(number: float, language: str) -> str:
    """The number as people write it: 59.312.000 in Dutch, 59,312,000 in English, 59,3 miljoen and 59.3 million."""
    if number >= MILLION and number % (MILLION / 10) == 0:
        return f"{number_label(number / MILLION, language)} {_MILLION[language]}"
    written = f"{number:,.10g}" if number != int(number) else f"{int(number):,}"
    return written.translate(str.maketrans(",.", _SIGNS[language]))


def count_label(number: float, language: str) -> str:
    """A number of things as people write it: in words up to twenty."""
    words = _COUNTS[language]
    return words[int(number)] if number == int(number) and 0 <= number < len(words) else number_label(number, language)


def at(text: str, language: str) -> str:
    """The date behind its preposition: `op 1 juni 2023`, `in 2018`, `in het najaar van 2023`, `tussen 1 april 2021 en 30 april 2021`."""
    if "/" in text:
        left, right = text.split("/")
        return label(text, language) if ".." not in (left, right) else f"{_ON[language]} {label(text, language)}"
    match = DATE.fullmatch(text)
    if match is None:
        raise NotADate(text)
    if match[4] == "~":
        return label(text, language)
    doubt = _DOUBT[language].get(match[4], "")
    return f"{doubt}{_ON[language] if match[3] else 'in'} {_spoken(text.removesuffix('?'), language)}"


def since(text: str, language: str) -> str:
    """The date as something that has held since then: `sinds 1 juni 2023`, `sinds een dag tussen 1 april 2021 en 30 april 2021`."""
    words, between = _SINCE[language]
    some = between if "/" in text and ".." not in text.split("/") else ""
    return f"{words} {some}{_spoken(text, language)}"


def _spoken(text: str, language: str) -> str:
    """The date as it stands inside a sentence: a season has its article in Dutch, `het najaar van 2023`."""
    match = DATE.fullmatch(text)
    season = _SEASON[language].get(match[2] or "") if match and not match[4] else None
    return f"{season} {match[1]}" if match and season else label(text, language)


_ON = ByLanguage({"NL": "op", "EN": "on"})
_SINCE = ByLanguage({"NL": ("sinds", "een dag "), "EN": ("since", "a day ")})
