"""Reads the values of a file: texts, words, numbers, dates, keys. A wrong value is reported and gives None."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date

from graph.dates import edtf
from graph.domain.claim import Text
from graph.domain.languages import DEFAULT, LANGUAGES
from seeds.document import Scalar, Value, YamlMap
from seeds.problem import Findings, nearest

TEXT = f"{{{', '.join(f'{language.key}: …' for language in LANGUAGES)}}}"
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+", re.ASCII)
_KEY = re.compile(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def slug_of(text: str) -> str:
    """Returns a text as a slug: 's-Hertogenbosch is s-hertogenbosch, Súdwest-Fryslân is sudwest-fryslan, Straße is strasse."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def unknown_keys(fields: YamlMap, known: Sequence[str], findings: Findings) -> None:
    for key, field in fields.entries.items():
        if key not in known:
            remedy = nearest(key, known, f"Use one of: {', '.join(known)}.")
            findings.add("UNKNOWN_KEY", field.line, f'"{key}" is not a known key.', remedy)


def required(fields: YamlMap, key: str, findings: Findings) -> Value | None:
    """Returns the value of a required key."""
    field = fields.entries.get(key)
    if field is None:
        findings.add("MISSING_KEY", fields.line, f'"{key}" is missing.', f"Add `{key}: …`.")
        return None
    return field.value


def plain(value: Value | None, key: str, findings: Findings) -> str | None:
    """Reads a text without language."""
    if value is None:
        return None
    if isinstance(value, Scalar) and value.text.strip():
        return value.text.strip()
    findings.add("WRONG_VALUE", value.line, f'"{key}" must be a plain text.', f"Write `{key}: …` on one line.")
    return None


def slug(value: Value | None, key: str, findings: Findings) -> str | None:
    """Reads the name of a thing in keys and in the names of files."""
    written = plain(value, key, findings)
    if value is None or written is None or SLUG.fullmatch(written):
        return written
    findings.add("WRONG_VALUE", value.line, f'"{written}" is not a slug.', "Use lower case letters and digits, with hyphens between words.")
    return None


def text(value: Value | None, key: str, findings: Findings, *, ours: bool = False) -> Text | None:
    """Reads a text in Dutch and other languages. What we write ourselves (`ours`) must be in every language that is ours."""
    if value is None:
        return None
    if not isinstance(value, YamlMap):
        findings.add("WRONG_VALUE", value.line, f'"{key}" must say its language.', f"Write `{key}: {TEXT}`.")
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
    written = value.text if isinstance(value, Scalar) else ""
    if THOUSANDS.fullmatch(written):
        findings.add(
            "WRONG_VALUE",
            value.line,
            f'"{written}" can be read in two ways.',
            f"Write {written.replace('.', '')}, or change a digit.",
        )
        return None
    if _NUMBER.fullmatch(written):
        return float(written)
    findings.add("WRONG_VALUE", value.line, f'"{key}" must be a number.', f"Write `{key}: 12` or `{key}: 12.5`.")
    return None


def whole(value: Value | None, key: str, findings: Findings) -> int | None:
    if value is None:
        return None
    if isinstance(value, Scalar) and value.text.isascii() and value.text.isdigit() and int(value.text) > 0:
        return int(value.text)
    findings.add("WRONG_VALUE", value.line, f'"{key}" must be a whole number.', f"Write `{key}: 3`; put anything else in `section`.")
    return None


def word(value: Value | None, key: str, words: Collection[str], findings: Findings) -> str | None:
    """Reads a word of a closed list."""
    written = plain(value, key, findings)
    if value is None or written is None or written in words:
        return written
    remedy = nearest(written.upper(), words, f"Use one of: {', '.join(words)}.")
    findings.add("WORD_NOT_IN_LIST", value.line, f'"{written}" is not a word for "{key}".', remedy)
    return None


def fuzzy(value: Value | None, key: str, findings: Findings) -> edtf.FuzzyDate | None:
    """Reads a vague date."""
    written = plain(value, key, findings)
    if value is None or written is None:
        return None
    try:
        return edtf.parse(written)
    except edtf.NotADate:
        findings.add(
            "BAD_DATE",
            value.line,
            f'"{written}" is not a date for "{key}".',
            "Use 2023-06-01, 2023-06, 2023, 2022-12~ (about), 2021-23 (autumn) or 2021-04-21/2021-04-30 (some day between).",
        )
        return None


def day(value: Value | None, key: str, findings: Findings) -> date | None:
    """Reads a date that is exact to the day."""
    exact_date = fuzzy(value, key, findings)
    if value is None or exact_date is None or exact_date.exact:
        return exact_date.earliest if exact_date else None
    findings.add("BAD_DATE", value.line, f'"{key}" must be one day.', "Write it as 2026-11-21.")
    return None


def address(value: Value | None, key: str, findings: Findings) -> str | None:
    """Reads a web address."""
    written = plain(value, key, findings)
    if value is None or written is None or re.fullmatch(r"https?://\S+", written):
        return written
    findings.add("WRONG_VALUE", value.line, f'"{written}" is not a web address.', "Write it in full, with https://.")
    return None


def thing(value: Value | None, key: str, to: frozenset[str], findings: Findings) -> str | None:
    """Reads the key of another entity. Its existence is checked after all files are read."""
    written = plain(value, key, findings)
    if value is None or written is None:
        return None
    if not _KEY.fullmatch(written):
        findings.add("WRONG_VALUE", value.line, f'"{written}" is not a key of an entity.', "Write it as region/zaanstreek-waterland.")
        return None
    if written == findings.entity:
        findings.add("SELF_REFERENCE", value.line, f'"{key}" refers to its own entity.', "Name another entity.")
        return None
    findings.refer(value.line, written, to)
    return written
