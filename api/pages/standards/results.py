"""The results of checkers of others, one for each standard. `python -m tests.standards` checks everything and writes results.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "results.json"


@dataclass(frozen=True, slots=True)
class Result:
    """Holds what a checker found by the rules of a standard, in a file or at an address of ours, and in a file that is wrong on purpose.

    A standard whose publisher numbers no versions has the day of its rules as its version. `date` is the day on which a checker last
    found something else than before, or another version of it the same. `digest` is there if the checker cannot be everywhere: the
    SHA-256 of all that it saw, so that whoever lacks the checker can tell if it saw the same.
    """

    key: str
    name: str
    version: str
    specification: str
    rules: tuple[str, ...]
    checked: str
    checker: str
    checker_version: str
    errors: int
    warnings: Mapping[str, int]
    wrong: str
    wrong_errors: int
    date: date
    digest: str | None = None


@cache
def results() -> Mapping[str, Result]:
    """Returns the results by the keys of their standards, in the order of the file."""
    read = (files(__package__) / FILE).read_text("utf-8")
    return {one["key"]: _result(one) for one in json.loads(read)}


def _result(read: dict[str, Any]) -> Result:
    return Result(**{**read, "rules": tuple(read["rules"]), "date": date.fromisoformat(read["date"])})


def written(found: Iterable[Result]) -> str:
    """Returns results as the text of the file."""
    return json.dumps([{**asdict(one), "date": one.date.isoformat()} for one in found], ensure_ascii=False, indent=1) + "\n"
