"""The check of the claims: everything that is wrong, at once. Nothing is loaded when anything is wrong."""

from __future__ import annotations

from importlib.abc import Traversable
from pathlib import Path

from graph.domain.claim import Dataset
from seeds import claims_folder
from seeds.consistency import inconsistencies
from seeds.privacy import traces
from seeds.problem import ClaimsRefused, Problem
from seeds.read import Reading, read_all


def check(folder: Traversable | Path) -> list[Problem]:
    """All that is wrong with the claims in a folder, in the order of files and lines."""
    return _checked(folder)[1]


def dataset(folder: Traversable | Path | None = None) -> Dataset:
    """The claims, of the packaged folder unless another is given. Raises ClaimsRefused when anything is wrong."""
    found, problems = _checked(folder or claims_folder())
    if problems:
        raise ClaimsRefused(problems)
    return found


def report() -> int:
    """Prints all that is wrong with the packaged claims, and says how many problems there are."""
    found, problems = _checked(claims_folder())
    for problem in problems:
        print(problem)
    counts = f"{len(found.entities)} entities, {len(found.claims)} claims, {len(found.sources)} sources, {len(found.conflicts)} conflicts"
    print(f"{len(problems)} problem{'s' * (len(problems) != 1)}" if problems else f"nothing wrong: {counts}")
    return len(problems)


def _checked(folder: Traversable | Path) -> tuple[Dataset, list[Problem]]:
    reading = read_all(folder)
    return reading.dataset, sorted({*reading.problems, *inconsistencies(reading), *_personal_data(reading)})


def _personal_data(reading: Reading) -> list[Problem]:
    return [
        Problem(
            file,
            trace.line,
            "PERSONAL_DATA",
            "",
            f'"{trace.shown}" looks like {trace.kind}.',
            "Take it out: the graph knows roles, not people. An identifier is written with its scheme, as RSIN:….",
        )
        for file, text in reading.texts.items()
        for trace in traces(text)
    ]
