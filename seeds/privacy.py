"""Finds personal data, which must not be anywhere in the claims: not in a value, a comment or a note beside them.

It looks for forms: e-mail addresses, Dutch telephone numbers, and nine digits that can be a citizen service number (BSN). One in eleven
numbers of nine digits passes the check of a BSN, so numbers with another meaning are skipped: an RSIN or ROO number with its
scheme, an amount, a figure, a part of a longer number or of a web address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.domain.identifier import eleven_test

_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|[\[(](?:at|apenstaartje)[\])])\s?[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")
_PHONE = re.compile(
    r"(?<![\w/+])(?<!\d[.,-])"
    r"(?:(?:\+|00)31[ -]?(?:\(0\)[ -]?)?[1-9](?:[ -]?\d){8}"  # +31 20 123 45 67
    r"|\(?0[1-9]\d{0,2}\)?[ -]?\d(?: ?\d){5,8})"  # of towns, in brackets or not, and mobile ones
    r"(?![\w-])",
    re.ASCII,
)
_BSN = re.compile(r"(?<![\w/])(?<!\d[.,-])(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3} \d{3} \d{3})(?![\w/])(?![.,-]\d)", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_OTHER_MEANING = re.compile(r"(?:RSIN:|ROO:|figure: *|(?:€|\bEUR|\beuro) *)$")
_AMOUNT = re.compile(r" *(?:€|EUR\b|euro\b)")


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that looks like personal data; `shown` has no more of it than is needed to find it."""

    line: int
    kind: str
    shown: str


def traces(text: str) -> list[Trace]:
    """Returns everything in a text that looks like personal data."""
    return [Trace(text.count("\n", 0, start) + 1, kind, f"{match[:2]}…") for start, kind, match in sorted(_matches(text))]


def _matches(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _EMAIL.finditer(text) if "@" in text or "(a" in text or "[a" in text else ():
        yield match.start(), "an e-mail address", match[0]
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for match in _PHONE.finditer(text):
        if len(_dialled(match[0])) == 9 and not _within(match.start(), addresses):
            yield match.start(), "a telephone number", match[0]
    for match in _BSN.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if eleven_test(digits) and not _within(match.start(), addresses) and not _means_another(text, match):
            yield match.start(), "a citizen service number", match[0]


def _dialled(number: str) -> str:
    """Returns the digits of a telephone number after its 0 or +31: nine for every Dutch number."""
    return re.sub(r"\D", "", re.sub(r"^(\+|00)31[ -]?(\(0\))?", "", number)).removeprefix("0")


def _within(start: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= start < last for first, last in spans)


def _means_another(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 20) : match.start()]
    return bool(_OTHER_MEANING.search(before) or _AMOUNT.match(text, match.end()))
