"""What can be wrong with the claims, and what is noted while a file is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from graph.errors import RegiograafError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong. `code` is stable; `entity` is the key of the thing, source or conflict spoken of, or empty."""

    file: str
    line: int
    code: str
    entity: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {self.entity or '-'}  {self.what}  {self.remedy}"


class ClaimsRefused(RegiograafError):
    """Something is wrong with the claims, so nothing of them is loaded."""

    code = "CLAIMS_REFUSED"

    def __init__(self, problems: Sequence[Problem]) -> None:
        count = f"{len(problems)} problem" + "s" * (len(problems) != 1)
        super().__init__(f"The claims have {count}; nothing was loaded.", f"Mend them, the first one first: {problems[0]}")
        self.problems = tuple(problems)


A_CLAIM = frozenset({"Claim"})
A_SOURCE = frozenset({"Source"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A key in a file that must lead to a thing of one of the types `to`, to a claim or to a source; followed when all is read."""

    file: str
    line: int
    entity: str
    key: str
    to: frozenset[str]


@dataclass(slots=True)
class Findings:
    """What reading one file brings to light beside its values. `entity` is the one that is being read."""

    file: str
    entity: str = ""
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def add(self, code: str, line: int, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, line, code, self.entity, what, remedy))

    def refer(self, line: int, key: str, to: frozenset[str]) -> None:
        self.references.append(Reference(self.file, line, self.entity, key, to))


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the known word that was probably meant, or else something to do."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.75)
    return f'Did you mean "{close[0]}"?' if close else otherwise
