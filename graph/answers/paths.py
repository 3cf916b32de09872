"""The shortest chains between two things on a day, put together from the steps that the store gathered layer by layer. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from graph.answers.columns import StepRow, row_of
from graph.answers.date_label import label
from graph.answers.shape import stored
from graph.dates.period import State, state
from graph.domain.languages import ByLanguage
from graph.errors import BadInput

MOST, TRIED = 10, 1000


def paths(
    rows: Sequence[Sequence[Any]], start: Sequence[Any], end: Sequence[Any], day: date, excepted: Sequence[Sequence[str]] = ()
) -> list[list[Sequence[Any]]]:
    """At most MOST shortest chains, those over other things before those over other relations between the same ones.

    `start` and `end` are [key, name, period] of the ends; `excepted` has pairs of an arrangement and a municipality that it excepts:
    no chain goes over an area of the one and over the other.

    Raises BadInput where the ends are one thing, or where one does not exist on the day: an empty list means that both exist and no
    chain of the length that was asked for is known.
    """
    if start[0] == end[0]:
        raise BadInput(f"`from` and `to` are both {start[1]}.", "Name two different things.", "to")
    for (_, name, life), argument in ((start, "from"), (end, "to")):
        found = state(stored(life), day) if life else State.YES
        if found in (State.BEFORE, State.AFTER):
            told = "does not exist yet" if found is State.BEFORE else "exists no more"
            raise BadInput(
                f"{name} {told} on {label(day.isoformat(), 'EN')}.",
                "Ask for a day on which both exist (asOf).",
                argument,
                "NOT_ON_THAT_DAY",
            )
    steps = [row_of(StepRow, row) for row in rows]
    last = max((step.layer for step in steps), default=-1)
    ways: dict[tuple[int, str], list[tuple[int, StepRow]]] = defaultdict(list)
    seen: dict[tuple[int, str, str], int] = defaultdict(int)
    for step in sorted(steps, key=lambda s: (s.layer, s.end, s.relation, s.key)):
        pair = (step.layer, step.start, step.end)
        ways[step.layer, step.start].append((seen[pair], step))
        seen[pair] += 1
    walked = _walk(ways, _leading(steps, end[0], last), 0, last, start[0])
    found_ = list(islice((way for way in walked if not _through_exception(way, excepted)), TRIED))
    found_.sort(key=lambda way: (sum(other for other, _ in way), [(s.end, s.relation, s.key) for _, s in way]))
    return [[step.columns for _, step in way] for way in found_[:MOST]]


def _through_exception(way: Sequence[tuple[int, StepRow]], excepted: Sequence[Sequence[str]]) -> bool:
    """Returns True if a chain goes over an area of an arrangement that excepts a municipality on the chain."""
    places = {key for _, step in way for key in (step.start, step.end)}
    covering = {key for _, step in way if step.relation == "COVERS" for key in (step.start, step.end)}
    return any(arrangement in covering and municipality in places for arrangement, municipality in excepted)


def _leading(steps: Sequence[StepRow], end: str, last: int) -> set[tuple[int, str]]:
    """The places from which the end can be reached, by layer."""
    found = {(last + 1, end)}
    for step in sorted(steps, key=lambda s: -int(s.layer)):
        if (step.layer + 1, step.end) in found:
            found.add((step.layer, step.start))
    return found


def _walk(
    ways: dict[tuple[int, str], list[tuple[int, StepRow]]], leading: set[tuple[int, str]], layer: int, last: int, at: str
) -> Iterator[list[tuple[int, StepRow]]]:
    """All chains from a place on, in the order of the places that they lead over."""
    if layer > last:
        if last >= 0:
            yield []
        return
    for other, step in ways[layer, at]:
        if (layer + 1, step.end) in leading:
            for rest in _walk(ways, leading, layer + 1, last, step.end):
                yield [(other, step), *rest]


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
