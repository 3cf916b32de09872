"""Personal data, which must not stand anywhere in the claims: not in a value, not in a comment, not in a note beside them.

It knows shapes, not people: an e-mail address, a Dutch telephone number, nine digits that can be a citizen service number
(BSN). One in eleven numbers of nine digits passes the test of a BSN, so it looks away where such a number has another
meaning: an RSIN or ROO number with its scheme, an amount, a figure, a part of a longer number or of a web address.
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
    """Something that looks like personal data; `shown` gives away no more than is needed to find it."""

    line: int
    kind: str
    shown: str


def traces(text: str) -> list[Trace]:
    """Everything in a text that looks like personal data."""
    found = [(start, kind, said) for start, kind, said in _found(text)]
    return [Trace(text.count("\n", 0, start) + 1, kind, f"{said[:2]}…") for start, kind, said in sorted(found)]


def _found(text: str) -> Iterator[tuple[int, str, str]]:
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
    """The digits of a telephone number after its 0, or after the +31 that stands for it: nine in all of the Netherlands."""
    return re.sub(r"\D", "", re.sub(r"^(\+|00)31[ -]?(\(0\))?", "", number)).removeprefix("0")


def _within(start: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= start < last for first, last in spans)


def _means_another(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 20) : match.start()]
    return bool(_OTHER_MEANING.search(before) or _AMOUNT.match(text, match.end()))
