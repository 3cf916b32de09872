"""Resolution: what came of an identifier or a name that was looked up, with how sure that is.

Confidence is 1 for an identifier of which the scheme is sure and for a key or URI, 0.9 for one of which the shape left the scheme open;
0.95 for a name, 0.9 for another name, 0.85 for a former one and a slug, 0.75 for a misspelling; 0.1 less where only the spelling
without accents and hyphens is the same. It is divided among the things that a text can mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.domain.notation import Notation, read
from graph.domain.ranking import KINDS

MOST = 10  # candidates for one text
_SURE = {"NAME": 95, "FORMER": 85, "SLUG": 85, "MISSPELLING": 75, "OFFICIAL": 90, "SHORT": 90, "ABBREVIATION": 90}
AT, KIND, TEXT = range(3)  # positions in a row, as `graph.compile.resolve` lists them


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


def resolved(texts: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[Resolved]:
    """One answer for each text, in their order. A row begins with the place of its text, how it was found, and the text that it has."""
    found: Mapping[int, list[Sequence[Any]]] = {at: [] for at in range(len(texts))}
    for row in rows:
        found[row[AT]].append(row)
    for at, text in enumerate(texts):
        notation = read(text)
        yield _resolved(notation, [_candidate(notation, row, len(found[at])) for row in found[at]])


def _candidate(notation: Notation, row: Sequence[Any], among: int) -> Candidate:
    exact, kind = row[KIND][0] == "0", KINDS[ord(row[KIND][1]) - ord("a")]
    sure = _SURE.get(kind, 90 if len(notation.schemes) > 1 else 100) - (0 if exact else 10)
    return Candidate(row, round(sure / 100 / among, 4), row[TEXT])


def matched_kind(best: str) -> str:
    """Returns the kind of text that a thing was found by; it stands as a letter behind the four digits of the score."""
    return KINDS[ord(best[4]) - ord("a")]


def _resolved(notation: Notation, candidates: list[Candidate]) -> Resolved:
    scheme = notation.schemes[0] if len(notation.schemes) == 1 else None
    problem, code = notation.fault, notation.code
    if notation.fault is None and not candidates:
        what = "has this identifier" if notation.spelled is None else f'is called "{notation.input}"'
        problem, code = f"Nothing here {what}. Look for what is like it with search(query:).", "UNKNOWN"
    elif len(candidates) > 1:
        problem, code = "It can be more than one thing: use the key or the code of the one that is meant.", "AMBIGUOUS"
    if len(notation.schemes) > 1:
        several = f"Its shape fits {', '.join(notation.schemes)}: write for example {notation.schemes[0]}: before it."
        problem, code = f"{several} {problem}" if problem else several, code or "SEVERAL_SCHEMES"
    return Resolved(notation.input, scheme, notation.fault is None, problem, code, tuple(candidates))
