"""The shortest chains between two things on a day, put together from the steps that the store gathered layer by layer. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from graph.answers.columns import EndRow, StepRow, row_of
from graph.answers.shape import check_exists, stored
from graph.domain.languages import ByLanguage
from graph.errors import BadInput

MOST, TRIED = 10, 1000


def paths(
    rows: Sequence[Sequence[Any]], start: Sequence[Any], end: Sequence[Any], day: date, excepted: Sequence[Sequence[str]] = ()
) -> list[list[Sequence[Any]]]:
    """At most MOST shortest chains, those over other things before those over other relations between the same ones.

    `start` and `end` are rows of the ends (`EndRow`); `excepted` has pairs of an arrangement and a municipality that it excepts:
    no chain goes over an area of the one and over the other.

    Raises BadInput where the ends are one thing, or where one does not exist on the day: an empty list means that both exist and no
    chain of the length that was asked for is known.
    """
    start, end = EndRow(*start), EndRow(*end)
    if start.key == end.key:
        raise BadInput(f"`from` and `to` are both {start.name}.", "Name two different things.", "to")
    for (_, name, life), argument in ((start, "from"), (end, "to")):
        if life:
            check_exists(name, stored(life), day, "Ask for a day on which both exist (asOf).", argument)
    steps = [row_of(StepRow, row) for row in rows]
    found_ = list(islice(_chains(steps, start.key, end.key, excepted), TRIED))
    found_.sort(key=lambda way: (sum(other for other, _ in way), [(s.end, s.relation, s.key) for _, s in way]))
    return [[step.columns for _, step in way] for way in found_[:MOST]]


Marks = frozenset[str]  # what may not come together: the arrangements whose areas a chain goes over, and the excepted municipalities on it
Way = list[tuple[int, StepRow]]


def _chains(steps: Sequence[StepRow], start: str, end: str, excepted: Sequence[Sequence[str]]) -> Iterator[Way]:
    """All chains over one step of each layer, in the order of the places that they lead over; none through an exception.

    Each step stands with its number among the steps of its layer between the same two things.
    """
    last = max((step.layer for step in steps), default=-1)
    ways: dict[tuple[int, str], Way] = defaultdict(list)
    seen: dict[tuple[int, str, str], int] = defaultdict(int)
    for step in sorted(steps, key=lambda s: (s.layer, s.end, s.relation, s.key)):
        pair = (step.layer, step.start, step.end)
        ways[step.layer, step.start].append((seen[pair], step))
        seen[pair] += 1
    excepting, out = {arrangement for arrangement, _ in excepted}, {municipality for _, municipality in excepted}

    def onward(layer: int, at: str, marks: Marks) -> Iterator[tuple[int, StepRow, Marks]]:
        for other, step in ways[layer, at]:
            ends = {step.start, step.end}
            now = marks | (ends & out) | (ends & excepting if step.relation == "COVERS" else set())
            if not any(arrangement in now and municipality in now for arrangement, municipality in excepted):
                yield other, step, now

    @cache
    def leads(layer: int, at: str, marks: Marks) -> bool:
        return at == end if layer > last else any(leads(layer + 1, step.end, now) for _, step, now in onward(layer, at, marks))

    def walk(layer: int, at: str, marks: Marks) -> Iterator[Way]:
        if layer > last:
            yield []
            return
        for other, step, now in onward(layer, at, marks):
            if leads(layer + 1, step.end, now):
                yield from ([(other, step), *rest] for rest in walk(layer + 1, step.end, now))

    return walk(0, start, frozenset()) if steps else iter(())


def way_label(relation: str, *, forwards: bool, language: str) -> str:
    """Returns the words for a step, read in the direction in which it is taken."""
    return _LABELS[language][relation][0 if forwards else 1]


_LABELS = ByLanguage({
    "NL": {
        "MEMBER_OF": ("neemt deel aan", "heeft als deelnemer"), "BODY_OF": ("is een overleg van", "heeft als overleg"),
        "PREPARES": ("bereidt voor", "wordt voorbereid door"), "DELIVERS": ("levert", "wordt geleverd door"),
        "CONCERNS": ("gaat over", "is onderwerp van"), "COVERS": ("geldt voor", "valt onder"),
        "BUYS": ("koopt in met", "is ingekocht door"),
        "SUPPLIES": ("levert onder", "heeft als aanbieder"), "MANAGES": ("doet het contractmanagement van", "heeft als contractmanager"),
        "UNDER": ("is gesloten binnen", "omvat het contract"), "FROM_PROCUREMENT": ("komt uit de inkoop", "leidde tot"),
        "DEFINED_BY": ("is vastgesteld door", "stelt vast"), "BROADER": ("is een onderdeel van", "omvat"),
    },
    "EN": {
        "MEMBER_OF": ("takes part in", "has as a member"), "BODY_OF": ("is a body of", "has as a body"),
        "PREPARES": ("prepares", "is prepared by"), "DELIVERS": ("delivers", "is delivered by"),
        "CONCERNS": ("is about", "is the subject of"), "COVERS": ("holds for", "is covered by"), "BUYS": ("buys by", "was bought by"),
        "SUPPLIES": ("delivers under", "has as a provider"), "MANAGES": ("manages", "is managed by"),
        "UNDER": ("was concluded under", "takes in the contract"), "FROM_PROCUREMENT": ("comes from the procurement", "led to"),
        "DEFINED_BY": ("is defined by", "defines"), "BROADER": ("is part of", "takes in"),
    },
})  # fmt: skip
