"""Problems of the claims, and the findings of reading one file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from graph.errors import RegiograafError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem. `code` is stable; `entity` is the key of the entity, source or conflict that it is about, or empty."""

    file: str
    line: int
    code: str
    entity: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {self.entity or '-'}  {self.what}  {self.remedy}"


class ClaimsRefused(RegiograafError):
    """The claims have problems, so nothing is loaded."""

    code = "CLAIMS_REFUSED"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            f"The claims have {counted(len(problems), 'problem')}; nothing was loaded.", f"Solve them; the first is: {problems[0]}"
        )
        self.problems = tuple(problems)


A_CLAIM = frozenset({"Claim"})
A_SOURCE = frozenset({"Source"})


@dataclass(frozen=True, slots=True)
class KeyReference:
    """A key that must lead to an entity of one of the types `to`, to a claim or to a source; checked after all files are read."""

    file: str
    line: int
    entity: str
    key: str
    to: frozenset[str]


@dataclass(slots=True)
class Findings:
    """The problems and references found in one file of a dataset. `entity` is the one that is being read."""

    file: str
    entity: str = ""
    dataset: str = ""
    problems: list[Problem] = field(default_factory=list)
    references: list[KeyReference] = field(default_factory=list)

    def add(self, code: str, line: int, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, line, code, self.entity, what, remedy))

    def refer(self, line: int, key: str, to: frozenset[str]) -> None:
        self.references.append(KeyReference(self.file, line, self.entity, key, to))


def counted(number: int, word: str) -> str:
    """Returns a number with its word: `1 row`, `2 rows`."""
    return f"{number} {word}{'s' * (number != 1)}"


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Returns a remedy: the known word that is nearest, or else `otherwise`."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.75)
    return f'Did you mean "{close[0]}"?' if close else otherwise
