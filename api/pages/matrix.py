"""The matrix of coverage as it is shown: rows, columns, the sentence of each cell with its footnotes, and which answers are the same.

A page has hundreds of cells and few answers. So a cell has its own sentence, and what proves it stands once: as a footnote, or with
the other answers of the same form of care in `explained`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from api.pages.provenance.notes import Notes

SILENT = frozenset({"NO_SOURCE", "MENTIONED", "NOT_IN_DATA"})  # no source says anything of this municipality
MOST_CELLS_IN_FULL = 140
NOTHING = frozenset({"UNKNOWN", "NOT_APPLICABLE"})
_SENTENCE_END = re.compile(r"(?<=\.)\s(?=[A-Z\[])")
_MARK = re.compile(r"\s\[(\d+)\]")
_FOOTNOTE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
Answer = Mapping[str, Any]
ByPlace = Mapping[tuple[str, str], Answer]  # by municipality and function
Said = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """An answer on the day of the page and, if a second day is asked for, on that one. `said` is a text with the footnotes behind it.

    `quality` and `quality_before` are places in the list of all statuses with their reasons.
    """

    municipality: Answer
    function: Answer
    now: Answer
    before: Answer | None
    quality: int
    quality_before: int | None
    said: Said
    chain: str
    conflicts: Sequence[Answer]

    @property
    def differs(self) -> bool:
        return self.before is not None and _differ(self.before, self.now)

    @property
    def numbers(self) -> list[int]:
        """Returns the footnotes of the answer, each once."""
        return list(dict.fromkeys(number for _, number in self.said if number))


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality with its cells and the footnotes of where it lies."""

    municipality: Answer
    cells: Sequence[Cell]
    located: Sequence[int]


@dataclass(frozen=True, slots=True)
class Explained:
    """An answer that is the same for several municipalities, told of the first of them. `number` is its place on the page."""

    number: int
    cell: Cell
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The rows and columns that are shown. `divisions` are the columns by who divides the care so.

    `hidden` are the functions of other divisions about which nothing is known here, `silent` the municipalities of which no source speaks.
    """

    rows: Sequence[Row]
    divisions: Sequence[tuple[str, Sequence[Answer]]]
    silent: Sequence[Row]
    hidden: Sequence[Answer]
    explained: Sequence[tuple[Answer, Sequence[Explained]]]
    numbers: Mapping[tuple[str, str], int]  # of the explanation of each cell, by municipality and function
    qualities: Sequence[str]
    conflicts: Mapping[str, tuple[str, str]]  # the explanation of each, and that in Dutch

    @property
    def functions(self) -> list[Answer]:
        return [function for _, functions in self.divisions for function in functions]

    @property
    def is_large(self) -> bool:
        """Returns True if the reasons are told below only, once for all cells that share them, so that the page stays small."""
        return sum(len(row.cells) for row in self.rows) > MOST_CELLS_IN_FULL

    def conflict_number(self, id_: str) -> int:
        return list(self.conflicts).index(id_) + 1


@dataclass
class Arrangement:
    """Arranges the answers of one day, and of a second one, into a matrix. `footnote` is the word for one in the language of the page."""

    notes: Notes
    footnote: str
    own: frozenset[str]  # whose divisions come first
    general: str  # what forms of care are called that nobody in particular divides so
    quality_of: Callable[[Answer], str]
    conflicts_of: Mapping[str, Sequence[Answer]]  # by the id of a claim without a day
    qualities: list[str] = field(default_factory=list)
    conflicts: dict[str, tuple[str, str]] = field(default_factory=dict)
    located: dict[str, dict[int, None]] = field(default_factory=dict)

    def matrix(self, now: Answer, before: Answer | None, *, all_divisions: bool, differences: bool) -> Matrix:
        """Returns the matrix; with `differences` only the rows and columns in which something differs between the days."""
        functions, hidden = self._functions(now, before, all_divisions=all_divisions)
        answers, earlier = _by_place(now), _by_place(before) if before else {}
        silent = [m for m in now["municipalities"] if _is_silent(m, functions, (answers, earlier))]
        shown = [m for m in now["municipalities"] if m not in silent]
        if differences:
            shown, functions = _differing(shown, functions, earlier, answers)
        cells = self._cells(answers, earlier, functions, [*shown, *silent])
        rows = [[cells[m["uri"], f["uri"]] for f in functions] for m in shown]
        explained, numbers = _explained(functions, rows)
        return Matrix(
            [self._row(m, row) for m, row in zip(shown, rows, strict=True)], self._divisions(functions),
            [self._row(m, [cells[m["uri"], f["uri"]] for f in functions]) for m in silent], hidden, explained, numbers,
            self.qualities, self.conflicts,
        )  # fmt: skip

    def _functions(self, now: Answer, before: Answer | None, *, all_divisions: bool) -> tuple[list[Answer], list[Answer]]:
        """Returns the functions in the order of their columns, and those of divisions of others of which nothing is known here."""
        told = {cell["function"]["uri"] for day in (now, before) if day for cell in day["cells"] if cell["status"] not in NOTHING}
        hidden = [
            f for f in now["functions"]
            if f["definedBy"] and f["definedBy"]["uri"] not in self.own and f["uri"] not in told and not all_divisions
        ]  # fmt: skip
        shown = [f for f in now["functions"] if f not in hidden]
        return sorted(shown, key=self._place), hidden

    def _place(self, function: Answer) -> tuple[bool, bool, str, str]:
        by = function["definedBy"]
        return (not by, bool(by) and by["uri"] not in self.own, by["name"] if by else "", function["name"])

    def _divisions(self, functions: Iterable[Answer]) -> list[tuple[str, list[Answer]]]:
        divisions: dict[str, list[Answer]] = {}
        for function in functions:
            divisions.setdefault(function["definedBy"]["name"] if function["definedBy"] else self.general, []).append(function)
        return list(divisions.items())

    def _cells(
        self, answers: ByPlace, earlier: ByPlace, functions: Sequence[Answer], shown: Sequence[Answer]
    ) -> dict[tuple[str, str], Cell]:  # fmt: skip
        """Returns the cells by municipality and function, and numbers the footnotes in the order of the columns."""
        municipalities = {m["uri"]: m for m in shown}
        proofs = {place: self._proof(answers[place], place[0]) for place in ((m, f["uri"]) for f in functions for m in municipalities)}
        for (m, _), (_, located) in proofs.items():  # where a municipality lies comes after what is arranged there
            self.located.setdefault(m, {}).update(dict.fromkeys(note.number for note in self.notes.of(located)))
        return {
            (m, f["uri"]): self._cell(municipalities[m], f, answers[m, f["uri"]], earlier.get((m, f["uri"])), proofs[m, f["uri"]][0])
            for f in functions for m in municipalities
        }  # fmt: skip

    def _cell(self, municipality: Answer, function: Answer, now: Answer, before: Answer | None, said: Said) -> Cell:
        return Cell(
            municipality, function, now, before, self._quality(now), self._quality(before) if before else None, said, chain_of(now),
            self._contested(now),
        )  # fmt: skip

    def _contested(self, answer: Answer) -> list[Answer]:
        """Returns the conflicts of an answer: those between the claims that it rests on, and others."""
        claims = (claim["id"].partition("@")[0] for path in answer["via"] for claim in path["claims"])
        found = {conflict["id"]: conflict for claim in claims for conflict in self.conflicts_of.get(claim, ())}
        self.conflicts |= {id_: (conflict["explanation"], conflict["dutchExplanation"]) for id_, conflict in found.items()}
        return [found[id_] for id_ in sorted(found)]

    def _quality(self, answer: Answer) -> int:
        text = self.quality_of(answer)
        if text not in self.qualities:
            self.qualities.append(text)
        return self.qualities.index(text)

    def _proof(self, answer: Answer, municipality: str) -> tuple[Said, list[Answer]]:
        """Returns the sentences of an answer with the numbers that its footnotes have on this page, and the claims that are no footnote."""
        claims: dict[str, list[Answer]] = {}
        for claim in (claim for path in answer["via"] for claim in path["claims"]):
            claims.setdefault(self.cited(claim), []).append(claim)
        numbers = {
            local: self.notes.of(claims.pop(label))[0].number
            for local, label in _FOOTNOTE.findall(answer["explanation"])
            if label in claims
        }
        parts = _MARK.split(_body(answer["explanation"]))
        marks = [*map(numbers.get, parts[1::2]), None]
        return tuple(zip(parts[::2], marks, strict=True)), [claim for rest in claims.values() for claim in rest]

    def cited(self, claim: Answer) -> str:
        """Returns the place of a claim as the sentences of the API cite it."""
        locator = claim["locator"] or {}
        parts = [claim["source"]["title"], locator.get("section"), locator.get("footnote"), locator.get("page")]
        forms = ("{}", "{}", f"{self.footnote} {{}}", "p. {}")
        return ", ".join(form.format(part) for form, part in zip(forms, parts, strict=True) if part)

    def _row(self, municipality: Answer, cells: Sequence[Cell]) -> Row:
        return Row(municipality, cells, sorted(self.located.get(municipality["uri"], {})))


def chain_of(answer: Answer) -> str:
    """Returns the steps from a municipality to all that is arranged for it, each once."""
    steps = (" ".join((step["from"]["name"], step["label"], step["to"]["name"])) for path in answer["via"] for step in path["steps"])
    return "; ".join(dict.fromkeys(steps))


def first_sentence(answer: Answer) -> str:
    """Returns the sentence of an explanation that answers; the others give the reasons."""
    return _SENTENCE_END.split(answer["explanation"], maxsplit=1)[0]


def turning_days(answers: Iterable[Answer], events: Iterable[Answer]) -> list[date]:
    """Returns the days on which an answer changes, an arrangement behind one begins or has ended, or something happened."""
    days = [cell["changesOn"] for cell in answers if cell["changesOn"]]
    periods = [path["period"] for cell in answers for path in cell.get("via", ())]
    days += [period["startDate"] for period in periods if period["startDate"]]
    days += [_day_after(period["endDate"]) for period in periods if period["endDate"]]
    dated = [event for event in events if event["date"]["precision"] == "DAY" and event["kind"] in {*BEGINNINGS, *ENDS}]
    days += [_day_after(e["date"]["earliest"]) if e["kind"] in ENDS else e["date"]["earliest"] for e in dated]
    return sorted({date.fromisoformat(day) for day in days if day})


BEGINNINGS = ("MERGER", "SPLIT", "FOUNDATION", "JOIN", "CONTRACT_START", "CONTRACT_EXTENSION", "START")
ENDS = ("LEAVE", "CONTRACT_END", "DISSOLUTION")  # dated by their last day


def _day_after(day: str) -> str:
    last = date.fromisoformat(day)
    return (last + timedelta(days=1)).isoformat() if last < date.max else ""


def _by_place(matrix: Answer) -> dict[tuple[str, str], Answer]:
    return {(cell["municipality"]["uri"], cell["function"]["uri"]): cell for cell in matrix["cells"]}


def _body(explanation: str) -> str:
    """Returns the sentences of an explanation without its footnotes."""
    return explanation.partition("\n")[0]


def _differ(before: Answer, now: Answer) -> bool:
    return (before["status"], before["reasons"]) != (now["status"], now["reasons"])


def _differing(
    municipalities: Sequence[Answer], functions: Sequence[Answer], before: ByPlace, now: ByPlace
) -> tuple[list[Answer], list[Answer]]:  # fmt: skip
    """Returns the municipalities and the functions with an answer that differs between the days."""
    places = [(m["uri"], f["uri"]) for m in municipalities for f in functions]
    places = [place for place in places if place in before and _differ(before[place], now[place])]
    rows, columns = {place[0] for place in places}, {place[1] for place in places}
    return [m for m in municipalities if m["uri"] in rows], [f for f in functions if f["uri"] in columns]


def _is_silent(municipality: Answer, functions: Sequence[Answer], days: Iterable[ByPlace]) -> bool:
    """Returns True if no source says anything of any kind of care in a municipality, on any of the days."""
    found = (answers.get((municipality["uri"], function["uri"])) for answers in days for function in functions)
    return all(answer["status"] == "UNKNOWN" and SILENT.issuperset(answer["reasons"]) for answer in found if answer)


def _explained(functions: Sequence[Answer], rows: Sequence[Sequence[Cell]]) -> tuple[list[tuple[Answer, list[Explained]]], dict[Any, int]]:
    """Returns the answers by function, each once, and the number of that of each cell.

    Answers that differ in nothing but the name of the municipality are the same.
    """
    found: list[tuple[Answer, list[Explained]]] = []
    numbers: dict[tuple[str, str], int] = {}
    for at, function in enumerate(functions if rows else ()):
        groups: dict[tuple[Any, ...], list[Cell]] = {}
        for cell in (row[at] for row in rows):
            groups.setdefault(_nameless(cell), []).append(cell)
        listed = []
        for group in groups.values():
            number = len({*numbers.values()}) + 1
            numbers |= {(cell.municipality["uri"], function["uri"]): number for cell in group}
            listed.append(Explained(number, group[0], [cell.municipality["name"] for cell in group[1:]]))
        found.append((function, listed))
    return found, numbers


def _nameless(cell: Cell) -> tuple[Any, ...]:
    """Returns what an answer says without the name of its municipality."""
    name = re.compile(rf"(?<![\w-]){re.escape(cell.municipality['name'])}(?![\w-])")
    return tuple((name.sub("@", text), number) for text, number in cell.said), name.sub("@", cell.chain)
