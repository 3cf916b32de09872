"""Problems of the files that an importer reads, told so that the owner of the file can mend them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import RegiograafError
from seeds.problem import counted


@dataclass(frozen=True, slots=True, order=True)
class ImportProblem:
    """A problem in a file. `sheet` is empty and `row` 0 where the file has none; `column` is its name as it stands in the file."""

    file: str
    sheet: str
    row: int
    column: str
    what: str
    remedy: str
    code: str = "UNREADABLE"

    def __str__(self) -> str:
        place = [self.file, self.sheet and f"sheet {self.sheet}", self.row and f"row {self.row}", self.column and f"column {self.column}"]
        return f"{', '.join(str(part) for part in place if part)}: {self.what} {self.remedy}"


class ImportRefused(RegiograafError):
    """The files have problems, so nothing is proposed and nothing is written."""

    code = "IMPORT_REFUSED"

    def __init__(self, problems: Sequence[ImportProblem]) -> None:
        super().__init__(
            f"The files have {counted(len(problems), 'problem')}; nothing was written.", f"Solve them; the first is: {problems[0]}"
        )
        self.problems = tuple(problems)
