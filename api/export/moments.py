"""The dated moments of things, from the claims alone: the timeline of one thing as the API gives it, and that of everything.

Which moments a period has, how sure they are and how they are told stands in `graph.answers.timeline`; this gives it its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from api.export.colophon import titles
from api.export.network import ON_EVENTS, Network
from graph.answers.columns import PeriodRow
from graph.answers.timeline import Moment, moments
from graph.build.edges import MEMBER_OF, Edge
from graph.build.properties import Properties
from graph.dates.edtf import FuzzyDate
from graph.dates.period import ATTESTED, Period
from graph.domain.languages import LANGUAGES

Row = Sequence[Any]  # that of a MomentRow, with the keys of the claims behind it as its last column
TO_CONTRACTS = ("BUYS", "SUPPLIES", "MANAGES")  # from a party
OF_CONTRACTS = ("COVERS", "DELIVERS", "CONCERNS", "UNDER", "FROM_PROCUREMENT")  # from a contract


def timeline(whole: Network, key: str) -> list[Moment]:
    """Returns the moments of a thing, and of the contracts that it is a party to or that hold for it, in order."""
    things = sorted({key, *contracts_of(whole, key)})
    edges = [e for e in (*whole.starting.get(key, ()), *whole.ending.get(key, ())) if e.type == MEMBER_OF]
    rows = [*(_edge(whole, edge) for edge in edges), *(row for thing in things for row in _own(whole, thing))]
    return moments([*rows, *_events(whole, things, key)])


def everything(whole: Network) -> list[Moment]:
    """Returns the moments of all things, each once, in order."""
    found: dict[str, Moment] = {}
    for key in whole.things:
        rows = [*_own(whole, key), *(_edge(whole, edge) for edge in whole.starting.get(key, ()) if edge.type == MEMBER_OF)]
        found |= {moment.key: moment for moment in moments([*rows, *_events(whole, [key], key)])}
    return sorted(found.values(), key=lambda moment: moment.place)


def of_contract(whole: Network, key: str) -> list[Moment]:
    """Returns the moments that the firm term and the options of a contract have, in order; events do not stand in for them."""
    return moments(list(_own(whole, key)))


def contracts_of(whole: Network, key: str) -> set[str]:
    """Returns the contracts that a thing is a party to or that hold for it."""
    found = {*whole.ends(key, *TO_CONTRACTS), *whole.starts(key, *OF_CONTRACTS)}
    return {contract for contract in found if contract.startswith("contract/")}


def claims_of(moment: Moment) -> Sequence[str]:
    """Returns the keys of the claims behind a moment."""
    keys: Sequence[str] = moment.row[-1]
    return keys


def _own(whole: Network, key: str) -> Iterator[Row]:
    """Yields the rows of the life of a thing and of its options."""
    options = whole.attached(key, "ContractOption")
    about = whole.things[key]
    if key in whole.lives:
        span = _period(whole.lives[key], about["written"])
        yield _row(whole, "LIFE", key, (key, key), span, (None, None, None), about["lifeClaims"], len(options))
    for option in options:
        if option["status"] != "LAPSED":
            claim = whole.dataset.claims[option["claim"]]
            told = (None, option["number"], option["status"])
            yield _row(whole, "OPTION", option["key"], (key, key), _period(claim.period, None), told, [claim.key], len(options))


def _edge(whole: Network, edge: Edge) -> Row:
    span = _period(edge.period, edge.written)
    return _row(whole, "EDGE", edge.key, (edge.start, edge.end), span, (edge.role, None, None), edge.claims, 0)


def _events(whole: Network, things: Sequence[str], key: str) -> Iterator[Row]:
    """Yields the rows of the events of some things; of those of a contract that tell of one part only the ones that concern the thing."""
    touching = (e for thing in things for e in whole.ending.get(thing, ()) if e.type in ON_EVENTS)
    parts = {None, key, *whole.ends(key, MEMBER_OF)}
    for event in sorted({e.start for e in touching if e.end == key or e.properties.get("part") in parts}):
        about = whole.things[event]
        if "dateEdtf" not in about:
            continue
        links = sorted({(e.type, e.end) for e in whole.starting[event] if e.type in ON_EVENTS and not e.end.startswith("event/")})
        told = (about.get("kind"), about["dateEdtf"], "PLANNED" if about.get("planned") else None, *_names(whole, event))
        claims = [claim.key for claim in whole.claims[event]]
        yield _row(whole, "EVENT", event, (key, key), None, told, claims, 0, links)


def _row(
    whole: Network, sort: str, element: str, ends: tuple[str, str], span: PeriodRow | None, told: Row, claims: Sequence[str],
    options: int, links: Row = (),
) -> Row:  # fmt: skip
    names = [name for end in ends for name in _names(whole, end)]
    attested = titles(whole.dataset, claims) if span and span.start_basis == ATTESTED else []
    return [sort, element, *ends, span, told, names, links, attested, options, claims]


def _names(whole: Network, key: str) -> list[str]:
    return [whole.name(key, language.code) for language in LANGUAGES]


def _period(period: Period, written: date | None) -> PeriodRow:
    """Returns a period as the row that `graph.answers.shape.stored` reads."""
    return PeriodRow(
        _iso(period.valid_from), _iso(period.valid_to), _iso(period.certain_from), _iso(period.certain_to),
        _edtf(period.start), _edtf(period.end), _edtf(period.attested), period.end_known, _iso(written),
        period.start_basis, period.end_basis, _iso(period.stale_from), period.planned or None,
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _edtf(bound: FuzzyDate | None) -> str | None:
    return bound.edtf if bound else None


def thing_of(moment: Moment, whole: Network) -> Properties:
    """Returns the thing that a moment is about: the event, or else the thing whose period begins or ends."""
    return whole.things[moment.fact.element if moment.part == "event" else moment.fact.first]
