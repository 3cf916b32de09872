"""Values of a file as values of the model: texts, words, numbers, dates, keys. What is wrong is noted and gives None."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from graph.dates import edtf
from graph.domain.claim import Text
from graph.domain.languages import DEFAULT, LANGUAGES
from seeds.document import Fields, Scalar, Value
from seeds.problem import Findings, nearest

TEXT = f"{{{', '.join(f'{language.key}: …' for language in LANGUAGES)}}}"
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+", re.ASCII)
_KEY = re.compile(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def unknown_keys(fields: Fields, known: Sequence[str], findings: Findings) -> None:
    for key, field in fields.entries.items():
        if key not in known:
            remedy = nearest(key, known, f"Use one of: {', '.join(known)}.")
            findings.add("UNKNOWN_KEY", field.line, f'"{key}" is not a key here.', remedy)


def required(fields: Fields, key: str, findings: Findings) -> Value | None:
    """The value of a key that must be there."""
    field = fields.entries.get(key)
    if field is None:
        findings.add("MISSING_KEY", fields.line, f'"{key}" is missing.', f"Add `{key}: …`.")
        return None
    return field.value


def plain(value: Value | None, key: str, findings: Findings) -> str | None:
    """A text without language."""
    if value is None:
        return None
    if isinstance(value, Scalar) and value.text.strip():
        return value.text.strip()
    findings.add("WRONG_VALUE", value.line, f'"{key}" must be a plain text.', f"Write `{key}: …` on one line.")
    return None


def text(value: Value | None, key: str, findings: Findings, *, ours: bool = False) -> Text | None:
    """Words in Dutch and, if the source gives them, other languages. What we say ourselves (`ours`) must be in every language of ours."""
    if value is None:
        return None
    if not isinstance(value, Fields):
        findings.add("WRONG_VALUE", value.line, f'"{key}" must say in which language it is.', f"Write `{key}: {TEXT}`.")
        return None
    good, keys = True, [language.key for language in LANGUAGES]
    for name, field in value.entries.items():
        if name not in keys:
            remedy = f"Use {' and '.join(keys)}; put a text with a comma in quotes."
            findings.add("UNKNOWN_KEY", field.line, f'"{name}" is not a language of "{key}".', remedy)
            good = False
        elif plain(field.value, name, findings) is None:
            good = False
    for language in LANGUAGES:
        if language.key not in value.entries and (language.code == DEFAULT or (ours and language.ours)):
            findings.add("SECOND_LANGUAGE", value.line, f'"{key}" has no {language.name} text.', f"Add `{language.key}: …`.")
            good = False
    return Text(*(plain(value.value(name), name, findings) for name in keys)) if good else None


def flag(value: Value | None, key: str, findings: Findings) -> bool | None:
    if value is None:
        return None
    if isinstance(value, Scalar) and value.text in ("true", "false"):
        return value.text == "true"
    findings.add("WRONG_VALUE", value.line, f'"{key}" must be true or false.', f"Write `{key}: true` or `{key}: false`.")
    return None


def number(value: Value | None, key: str, findings: Findings) -> float | None:
    if value is None:
        return None
    said = value.text if isinstance(value, Scalar) else ""
    if _THOUSANDS.fullmatch(said):
        findings.add(
            "WRONG_VALUE", value.line, f'"{said}" can be read in two ways.', f"Write {said.replace('.', '')}, or one digit more or less."
        )
        return None
    if _NUMBER.fullmatch(said):
        return float(said)
    findings.add("WRONG_VALUE", value.line, f'"{key}" must be a number.', f"Write `{key}: 12` or `{key}: 12.5`.")
    return None


def whole(value: Value | None, key: str, findings: Findings) -> int | None:
    if value is None:
        return None
    if isinstance(value, Scalar) and value.text.isascii() and value.text.isdigit() and int(value.text) > 0:
        return int(value.text)
    findings.add("WRONG_VALUE", value.line, f'"{key}" must be a whole number.', f"Write `{key}: 3`; say anything else in `section`.")
    return None


def word(value: Value | None, key: str, words: Collection[str], findings: Findings) -> str | None:
    """One word of a closed list."""
    said = plain(value, key, findings)
    if value is None or said is None or said in words:
        return said
    remedy = nearest(said.upper(), words, f"Use one of: {', '.join(words)}.")
    findings.add("WORD_NOT_IN_LIST", value.line, f'"{said}" is not a word for "{key}".', remedy)
    return None


def fuzzy(value: Value | None, key: str, findings: Findings) -> edtf.FuzzyDate | None:
    """A date as vague as its source."""
    said = plain(value, key, findings)
    if value is None or said is None:
        return None
    try:
        return edtf.parse(said)
    except edtf.NotADate:
        findings.add(
            "BAD_DATE",
            value.line,
            f'"{said}" is not a date for "{key}".',
            "Use 2023-06-01, 2023-06, 2023, 2022-12~ (about), 2021-23 (autumn) or 2021-04-21/2021-04-30 (some day between).",
        )
        return None


def day(value: Value | None, key: str, findings: Findings) -> date | None:
    """A date that is known to the day."""
    found = fuzzy(value, key, findings)
    if value is None or found is None or found.exact:
        return found.earliest if found else None
    findings.add("BAD_DATE", value.line, f'"{key}" must be one day.', "Write it as 2026-11-21.")
    return None


def address(value: Value | None, key: str, findings: Findings) -> str | None:
    """An address on the web."""
    said = plain(value, key, findings)
    if value is None or said is None or re.fullmatch(r"https?://\S+", said):
        return said
    findings.add("WRONG_VALUE", value.line, f'"{said}" is not an address on the web.', "Write it in full, with https://.")
    return None


def thing(value: Value | None, key: str, to: frozenset[str], findings: Findings) -> str | None:
    """The key of another thing; that it exists is seen to when everything has been read."""
    said = plain(value, key, findings)
    if value is None or said is None:
        return None
    if not _KEY.fullmatch(said):
        findings.add("WRONG_VALUE", value.line, f'"{said}" is not the key of a thing.', "Write it as region/zaanstreek-waterland.")
        return None
    if said == findings.entity:
        findings.add("SELF_REFERENCE", value.line, f'"{key}" leads back to the thing itself.', "Name the other thing.")
        return None
    findings.refer(value.line, said, to)
    return said
