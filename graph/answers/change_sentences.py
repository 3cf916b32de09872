"""Changes and events in words, Dutch and English, for people who read them on paper. What is not sure is never told as if it were.

Each turn (begin, end, doubt, first named) has one template over the parts of a clause (`graph.answers.clauses`); terms of
contracts, options, figures and events have their own.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.answers.change_rule import CHANGED, REMOVED, UNCERTAIN
from graph.answers.changes import EVENT, Changed, FirstNamed
from graph.answers.clauses import capital, clause
from graph.answers.columns import FactRow
from graph.answers.date_label import at, label, number_label, since
from graph.dates import edtf
from graph.dates.period import DAY
from graph.domain.languages import ByLanguage, place, spoken
from graph.domain.words import UNITS


def sentence(change: Changed, language: str) -> str:
    """A change as a sentence, with the event behind it where one is known."""
    words, row, cause = _WORDS[language], change.fact, change.cause
    if row.sort == EVENT:
        assert cause
        planned = change.fact.value.sort == "PLANNED"
        key = "planned event" if planned else "perhaps event" if change.certainty == UNCERTAIN else "event"
        return capital(words[key].format(event=spoken(cause.names, language), at=at(row.value.text or "", language)))
    if row.said == "figure":
        return capital(_figure(change, words, language))
    told = _told(change, words, language)
    if cause and change.kind == REMOVED and row.said == "exists" and cause.how == "ORIGINAL" and cause.into:
        return capital(f"{told}: {words[cause.kind if cause.kind in words else 'MERGER'].format(into=_listed(cause.into, words))}.")
    return capital(f"{told}." + (f" {words['cause'].format(event=spoken(cause.names, language))}." if cause else ""))


def first_named_sentence(named: FirstNamed, language: str) -> str:
    """How many facts a source is the first to name, in a sentence."""
    words = _WORDS[language]
    return capital(words["one first named" if named.count == 1 else "first named"].format(source=named.title, count=named.count))


def _told(change: Changed, words: dict[str, str], language: str) -> str:
    """Returns what became of a fact, without its cause and without a full stop."""
    row = change.fact
    turn, when = _turn(change), change.turn.edtf
    days = _days(change, when, language)
    if row.said in ("runs", "option"):
        s = spoken(row.names, language)
        key = "extended" if change.turn.extended and change.kind == CHANGED else turn
        number = int(row.value.number or 0)
        return words[f"{row.said} {key}"].format(s=s, number=number, source=_sources(row, words), **days)
    parts = clause(
        row.said, row.about, (row.subject, row.other), row.names, row.value.sort, row.value.text or "", language,
    )  # fmt: skip
    return words[turn].format(**parts._asdict(), source=_sources(row, words), old=change.before.text if change.before else "", **days)


def _turn(change: Changed) -> str:
    """Returns which template tells a change: begin, end, perhaps begun …, as far as its source dates it."""
    exact = change.turn.edtf is not None and "/" not in change.turn.edtf and edtf.parse(change.turn.edtf).exact
    if change.kind == CHANGED and change.before and change.before != change.after:
        return "value"
    match change.kind, change.certainty:
        case "ADDED", "CERTAIN":
            return "begin"
        case "ADDED", "UNCERTAIN":
            return "planned" if change.turn.span.period.planned else "perhaps begun"
        case "ADDED", _:
            return "named"
        case "REMOVED", "CERTAIN":
            return "end" if exact else "vague end"
        case "REMOVED", "UNCERTAIN":
            return "perhaps ended" if exact else "perhaps ended vaguely"
        case "REMOVED", _:
            return "denied"
        case _, "CERTAIN":
            return "sure"
        case _:
            return "unsure"


def _days(change: Changed, when: str | None, language: str) -> dict[str, str]:
    """Returns the day of a change in the forms that templates use; `until` is the last day before it."""
    if when is None:
        return {"since": "", "at": "", "until": ""}
    last = (date.fromisoformat(when) - DAY).isoformat() if "/" not in when and edtf.parse(when).exact else when
    return {"since": since(when, language), "at": at(when, language), "until": label(last, language)}


def _figure(change: Changed, words: dict[str, str], language: str) -> str:
    row, value = change.fact, change.fact.value
    unit = "" if value.unit in (None, "COUNT") else f" {UNITS.name(value.unit, language) if value.unit in UNITS else value.unit}"
    measure = value.sort.split("\t")[place(language)] if value.sort and "\t" in value.sort else value.sort
    told = {"s": spoken(row.names, language), "measure": measure, "value": f"{number_label(value.number or 0, language)}{unit}"}
    period = change.turn.span.period
    if _turn(change) == "value" and change.before:
        days = _days(change, change.turn.edtf, language)
        return words["figure changed"].format(**told, **days, old=number_label(change.before.number or 0, language)) + "."
    if period.start and period.end and period.start.earliest and period.end.latest:
        whole = period.start.earliest.year == period.end.latest.year
        during = str(period.start.earliest.year) if whole else label(f"{period.start.edtf}/{period.end.edtf}", language)
        return words["figure"].format(**told, at=f"in {during}" if whole else during) + "."
    if change.turn.edtf is None:
        return words["figure named"].format(**told, source=_sources(row, words)) + "."
    return words["figure"].format(**told, at=at(change.turn.edtf, language)) + "."


def _sources(row: FactRow, words: dict[str, str]) -> str:
    return _listed([title for _, title in row.sources], words)


def _listed(texts: Any, words: dict[str, str]) -> str:
    """Returns texts as people list them: `a, b en c`."""
    *first, last = texts or [""]
    return f"{', '.join(first)} {words['and']} {last}" if first else str(last)


_WORDS: ByLanguage[dict[str, str]] = ByLanguage({
    "NL": {
        "begin": "{subject} {verb} {since} {rest}",
        "perhaps begun": "misschien {verb} {subject} {since} {rest}; zeker is dat niet",
        "planned": "het plan was dat {subject} {sub}, met ingang {at}; of dat is gebeurd, zegt geen bron",
        "named": "volgens {source} {verb} {subject} {rest}; sinds wanneer, zegt die bron niet",
        "end": "{subject} {verb} {since} niet meer {rest}",
        "vague end": "{subject} {verb} niet meer {rest}; dat eindigde {at}",
        "perhaps ended": "of {subject} {sub}, is niet zeker; na {until} in elk geval niet meer",
        "perhaps ended vaguely": "of {subject} {sub}, is niet zeker; als het zo was, eindigde het {at}",
        "denied": "een latere bron zegt iets anders dan dat {subject} {sub}; een einde noemt geen bron",
        "sure": "sinds {until} is het zeker dat {subject} {sub}",
        "unsure": "of {subject} na {until} nog {sub}, is niet bekend",
        "value": "{subject} {verb} {since} {rest}; daarvoor {old}",
        "runs begin": "de looptijd van {s} begon {at}",
        "runs perhaps begun": "misschien begon de looptijd van {s} {at}; zeker is dat niet",
        "runs planned": "het plan was dat {s} in zou gaan {at}; of dat is gebeurd, zegt geen bron",
        "runs named": "volgens {source} liep toen: {s}; sinds wanneer, zegt die bron niet",
        "runs end": "de looptijd van {s} eindigde met {until}",
        "runs vague end": "de looptijd van {s} eindigde {at}",
        "runs perhaps ended": "de looptijd van {s} eindigde uiterlijk met {until}; of zij tot dan liep, is niet zeker",
        "runs perhaps ended vaguely": "de looptijd van {s} eindigde {at}; of zij tot dan liep, is niet zeker",
        "runs denied": "volgens een latere bron is de looptijd van {s} voorbij; wanneer zij eindigde, zegt geen bron",
        "runs sure": "sinds {until} is het zeker dat de looptijd van {s} begonnen is",
        "runs unsure": "of de looptijd van {s} na {until} doorging, is niet bekend",
        "runs extended": "de vaste looptijd van {s} liep tot en met {until}; verlengen kon, maar of dat is gebeurd, zegt geen bron",
        "option begin": "{s} is verlengd met optie {number}, {since}",
        "option perhaps begun": "{s} kon {at} verlengd worden met optie {number}; of dat is gebeurd, zegt geen bron",
        "option planned": "{s} zou {at} verlengd worden met optie {number}; of dat is gebeurd, zegt geen bron",
        "option named": "volgens {source} is {s} verlengd met optie {number}",
        "option sure": "sinds {until} is het zeker dat optie {number} van {s} is gebruikt",
        "option unsure": "of optie {number} van {s} na {until} nog gold, is niet bekend",
        "figure": "{at} – {s}: {measure} {value}",
        "figure changed": "{s}: {measure} {since} {value}; daarvoor {old}",
        "figure named": "volgens {source} – {s}: {measure} {value}; sinds wanneer, zegt die bron niet",
        "event": "{event} ({at}).",
        "perhaps event": "misschien in deze tijd: {event} ({at}).",
        "planned event": "voorgenomen: {event} ({at}); of dat is gebeurd, zegt geen bron.",
        "MERGER": "het ging op in {into}", "SPLIT": "het is verdeeld over {into}", "cause": "Aanleiding: {event}",
        "first named": "{source} noemt {count} dingen voor het eerst en zegt niet sinds wanneer ze zo zijn. Voor zover "
        "bekend veranderde er "
        "niets: er kwam een bron bij.",
        "one first named": "{source} noemt één ding voor het eerst en zegt niet sinds wanneer het zo is. Voor zover bekend veranderde er "
        "niets: er kwam een bron bij.",
        "and": "en",
    },
    "EN": {
        "begin": "{subject} has {sub} {since}",
        "perhaps begun": "perhaps {subject} has {sub} {since}; that is not certain",
        "planned": "the plan was that {subject} {verb} {rest}, beginning {at}; no source says that it came about",
        "named": "according to {source}, {subject} {verb} {rest}; it does not say since when",
        "end": "{subject} has no longer {sub} {since}",
        "vague end": "{subject} no longer {verb} {rest}; that ended {at}",
        "perhaps ended": "it is not certain that {subject} {verb} {rest}; after {until} in any case no longer",
        "perhaps ended vaguely": "it is not certain that {subject} {verb} {rest}; if so, it ended {at}",
        "denied": "a later source says otherwise than that {subject} {verb} {rest}; no source names an end",
        "sure": "since {until} it has been certain that {subject} {verb} {rest}",
        "unsure": "it is not known whether {subject} still {verb} {rest} after {until}",
        "value": "{subject} has {sub} {since}; before that {old}",
        "runs begin": "the term of {s} began {at}",
        "runs perhaps begun": "perhaps the term of {s} began {at}; that is not certain",
        "runs planned": "the plan was that {s} would begin {at}; no source says that it came about",
        "runs named": "according to {source} this was in force: {s}; it does not say since when",
        "runs end": "the term of {s} ended with {until}",
        "runs vague end": "the term of {s} ended {at}",
        "runs perhaps ended": "the term of {s} ended with {until} at the latest; whether it ran until then is not certain",
        "runs perhaps ended vaguely": "the term of {s} ended {at}; whether it ran until then is not certain",
        "runs denied": "according to a later source the term of {s} is over; no source says when it ended",
        "runs sure": "since {until} it has been certain that the term of {s} had begun",
        "runs unsure": "it is not known whether the term of {s} went on after {until}",
        "runs extended": "the firm term of {s} ran through {until}; it could be extended, but no source says that it was",
        "option begin": "{s} was extended by option {number}, {since}",
        "option perhaps begun": "{s} could be extended by option {number} {at}; no source says that it was",
        "option planned": "{s} would be extended by option {number} {at}; no source says that it was",
        "option named": "according to {source}, {s} was extended by option {number}",
        "option sure": "since {until} it has been certain that option {number} of {s} was used",
        "option unsure": "it is not known whether option {number} of {s} still held after {until}",
        "figure": "{at} – {s}: {measure} {value}",
        "figure changed": "{s}: {measure} {value} {since}; before that {old}",
        "figure named": "according to {source} – {s}: {measure} {value}; it does not say since when",
        "event": "{event} ({at}).",
        "perhaps event": "perhaps in this time: {event} ({at}).",
        "planned event": "intended: {event} ({at}); no source says that it came about.",
        "MERGER": "it became part of {into}", "SPLIT": "it was divided among {into}", "cause": "Reason: {event}",
        "first named": "{source} names {count} things for the first time and does not say since when they are so. As far as is known "
        "nothing changed: a source was added.",
        "one first named": "{source} names one thing for the first time and does not say since when it is so. As far as is known "
        "nothing changed: a source was added.",
        "and": "and",
    },
})  # fmt: skip
