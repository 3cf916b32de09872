"""The check of the claims: finds all problems at once. If there is any, nothing is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.domain.claim import Dataset
from seeds import shipped_folders
from seeds.consistency import inconsistencies
from seeds.privacy import traces
from seeds.problem import ClaimsRefused, Problem, counted
from seeds.read import Place, Reading, read_all


def check(*folders: Place) -> list[Problem]:
    """Returns all problems of the claims in some folders together, in the order of files and lines."""
    return _checked(folders)[1]


def dataset(*folders: Place) -> Dataset:
    """Reads the claims of some folders together, or of those that are shipped. Raises ClaimsRefused if there is any problem."""
    checked, problems = _checked(folders or shipped_folders())
    if problems:
        raise ClaimsRefused(problems)
    return checked


def report(*folders: Place) -> int:
    """Prints the problems of the claims in some folders together and returns their number."""
    checked, problems = _checked(folders)
    for problem in problems:
        print(problem)
    parts = ("entities", "claims", "sources", "conflicts")
    counts = ", ".join(f"{len(getattr(checked, part))} {part}" for part in parts)
    of_each = Counter(claim.dataset for claim in checked.claims.values())
    datasets = ", ".join(f"{slug} {of_each[slug]}" for slug in checked.datasets)
    good = f"no problems: {counts}; claims of each dataset: {datasets}"
    print(counted(len(problems), "problem") if problems else good)
    return len(problems)


def _checked(folders: Sequence[Place]) -> tuple[Dataset, list[Problem]]:
    reading = read_all(*folders)
    return reading.dataset, found_in(reading)


def found_in(reading: Reading) -> list[Problem]:
    """Returns all problems of claims that have been read, in the order of files and lines."""
    return sorted({*reading.problems, *inconsistencies(reading), *_personal_data(reading)})


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
