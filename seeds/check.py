"""The check of the claims: finds all problems at once. If there is any, nothing is loaded."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from graph.domain.claim import Dataset
from seeds import claims_folder
from seeds.consistency import inconsistencies
from seeds.privacy import traces
from seeds.problem import ClaimsRefused, Problem
from seeds.read import Reading, read_all


def check(folder: Traversable | Path) -> list[Problem]:
    """Returns all problems of the claims in a folder, in the order of files and lines."""
    return _checked(folder)[1]


def dataset(folder: Traversable | Path | None = None) -> Dataset:
    """Reads the claims of a folder, or of the packaged one. Raises ClaimsRefused if there is any problem."""
    checked, problems = _checked(folder or claims_folder())
    if problems:
        raise ClaimsRefused(problems)
    return checked


def report() -> int:
    """Prints the problems of the packaged claims and returns their number."""
    checked, problems = _checked(claims_folder())
    for problem in problems:
        print(problem)
    parts = ("entities", "claims", "sources", "conflicts")
    counts = ", ".join(f"{len(getattr(checked, part))} {part}" for part in parts)
    print(f"{len(problems)} problem{'s' * (len(problems) != 1)}" if problems else f"no problems: {counts}")
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
            "Remove it: the graph has roles, not people. Write an identifier with its scheme, as RSIN:….",
        )
        for file, text in reading.texts.items()
        for trace in traces(text)
    ]
