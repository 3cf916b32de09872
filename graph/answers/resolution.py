"""Resolution: what came of an identifier or a name that was looked up, with how sure that is.

Confidence is 1 for an identifier of which the scheme is sure and for a key or URI, 0.9 for one of which the shape left the scheme open,
0.8 for a number that lost its zeros;
0.95 for a name, 0.9 for another name, 0.85 for a former one and a slug, 0.75 for a misspelling; 0.1 less where only the spelling
without accents and hyphens is the same. It is divided among the things that a text can mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.answers.columns import ResolvedRow, row_of
from graph.domain.notation import Notation, read
from graph.domain.ranking import CONFIDENCE, KINDS

MOST = 10  # candidates for one text
_SLUG_SPELLED = f"1{chr(ord('a') + KINDS.index('SLUG'))}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of what was found, with how sure it is."""

    row: Sequence[Any]
    confidence: float
    matched_on: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """The result for one input."""

    input: str
    scheme: str | None
    is_well_formed: bool
    problem: str | None
    code: str | None
    candidates: tuple[Candidate, ...]


def resolved(texts: Sequence[str], scheme: str | None, rows: Sequence[Sequence[Any]]) -> Iterator[Resolved]:
    """Yields the result for each text, in their order, from a row for each thing that one of them can mean (`ResolvedRow`).

    `scheme` is that of identifiers that do not say it themselves.
    """
    things: list[list[ResolvedRow]] = [[] for _ in texts]
    for row in (row_of(ResolvedRow, row) for row in rows):
        things[row.place].append(row)
    for text, of_text in zip(texts, things, strict=True):
        notation, meant = read(text, scheme), _without_slugs(of_text)
        yield _resolved(notation, [_candidate(notation, row, len(meant)) for row in meant])


def _without_slugs(rows: list[ResolvedRow]) -> list[ResolvedRow]:
    """Leaves out what only has a slug of that spelling, if something is called exactly so: a slug is ours, and no name."""
    exactly = any(row.found_by[0] == "0" for row in rows)
    return [row for row in rows if row.found_by != _SLUG_SPELLED] if exactly else rows


def _candidate(notation: Notation, row: ResolvedRow, among: int) -> Candidate:
    exact, kind = row.found_by[0] == "0", KINDS[ord(row.found_by[1]) - ord("a")]
    sure = CONFIDENCE.get(kind, (100 if notation.certain else 90) - (20 if notation.fault else 0)) - (0 if exact else 10)
    return Candidate(row.columns, round(sure / 100 / among, 4), row.text)


def matched_kind(best: str) -> str:
    """Returns the kind of text that a thing was found by; it stands as a letter behind the four digits of the score."""
    return KINDS[ord(best[4]) - ord("a")]


def _resolved(notation: Notation, candidates: list[Candidate]) -> Resolved:
    scheme = notation.schemes[0] if notation.certain and notation.schemes else None
    problem, code = notation.fault, notation.code
    if notation.fault and notation.keys and not candidates:
        problem, code = f"{notation.fault} Nothing here has that.", "MALFORMED"
    elif notation.fault is None and not candidates:
        what = "has this identifier" if notation.spelled is None else f'is called "{notation.input}"'
        problem, code = f"Nothing here {what}. Look for what is like it with search(query:).", "UNKNOWN"
    elif len(candidates) > 1:
        problem, code = "It can be more than one thing: use the key or the code of the one that is meant.", "AMBIGUOUS"
    if not notation.certain:
        first = f"write for example {notation.schemes[0]}: before it."
        zeros = "" if candidates else " With its scheme before it a number is also found if it lost its zeros."
        several = f"Its shape fits {', '.join(notation.schemes)}: {first}{zeros}"
        problem, code = f"{several} {problem}" if problem else several, code or "SEVERAL_SCHEMES"
    return Resolved(notation.input, scheme, notation.fault is None, problem, code, tuple(candidates))
