"""The evidence of coverage, worked out when the graph is built: the ways of a municipality into areas, and the offers in each area.

A chain of coverage (`graph.answers.coverage_rule`) is a way and an offer of the same area, so that all chains of a municipality for a
care function are found by the areas of its ways. An offer is what an arrangement delivers in an area that it covers, once for each
function that it answers for; or what a source says of a function in an area: that it is left to the municipalities, or lacking.

Each has its dates and claims ready as a text, of which `graph.answers.evidence` makes links. Nothing is decided here: the day decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import orjson

from graph.build.edges import MEMBER_OF, Edge, edges
from graph.build.properties import Properties, without_nulls
from graph.dates.period import Period
from graph.domain.claim import Claim, Dataset, EntityRef
from graph.domain.conflict import written
from graph.domain.model import ARRANGEMENTS

HOPS = 2  # memberships from a municipality to an area that it lies in, as in `graph.compile.holds`
BROADER = 3  # steps from a function to one that delivers it too
KINDS = {"LEFT_TO": "LOCAL", "LACKED_BY": "GAP"}
CONTESTING = ("VALIDITY", "MEMBERS", "SCOPE")  # kinds of conflicts that make coverage uncertain
AREAS = ("covers", "leftTo", "lackedBy", "definedBy")  # predicates of which the value is an area that coverage asks for
Row = list[Any]


def period_row(period: Period, written_on: date | None, *more: Any) -> Row:
    """Returns a period in the order of `graph.answers.columns.PeriodRow`, without its extent, and more behind it."""
    vague = (period.start, period.end, period.attested)
    return [
        *map(_iso, (period.valid_from, period.valid_to, period.certain_from, period.certain_to)),
        *(each.edtf if each else None for each in vague), period.end_known, _iso(written_on), period.start_basis, period.end_basis,
        _iso(period.stale_from), period.planned or None, *more,
    ]  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _link(edge: Edge) -> Row:
    return period_row(edge.period, edge.written, list(edge.claims))


def _text(*parts: Any) -> str:
    return orjson.dumps(parts).decode()


class Chains:
    """Makes the ways and offers of a dataset.

    `claims` are all that count, `accepted` gives those about one thing, and `memberships` are the edges by their start.
    """

    def __init__(
        self, dataset: Dataset, claims: Iterable[Claim], accepted: Callable[[str], Sequence[Claim]], lives: Mapping[str, Period],
        spans: Mapping[str, Period], memberships: Mapping[str, Sequence[Edge]],
    ) -> None:  # fmt: skip
        self._dataset, self._accepted, self._lives, self._spans, self._memberships = dataset, accepted, lives, spans, memberships
        self._contested = frozenset(
            key for c in dataset.conflicts.values() if c.status == "OPEN" and c.kind in CONTESTING for key in c.claims
        )
        self._areas, self._delivering = set[str](), defaultdict[str, list[str]](list)
        for claim in claims:
            if isinstance(claim.value, EntityRef) and claim.predicate in AREAS:
                self._areas.add(claim.value.key)
            elif isinstance(claim.value, EntityRef) and claim.predicate == "delivers":
                self._delivering[claim.value.key].append(claim.subject)
        functions = sorted(key for key, entity in dataset.entities.items() if entity.type == "CareFunction")
        self._defined = {key: sorted(by) for key in functions if (by := self._ends(key, "DEFINED_BY"))}
        parts = {key: self._ends(key, "BROADER") for key in functions}
        self._broader = {key: _broader(key, parts) for key in functions}
        self._answered = defaultdict[str, list[str]](list)  # by a function: those for which whoever delivers it answers
        for key in functions:
            for wide in {key} if key in self._defined else self._broader[key]:
                self._answered[wide].append(key)

    def _ends(self, key: str, type_: str) -> set[str]:
        return {edge.end for edge in self._edges(key, type_)}

    def _edges(self, key: str, *types: str) -> list[Edge]:
        return [edge for edge in edges(self._dataset, self._accepted(key), self._spans) if edge.type in types]

    def ways(self, municipality: str) -> Iterator[Properties]:
        """Returns the ways of a municipality into areas of which coverage speaks, itself among them."""
        found = [(area, hops) for area, hops in self._walked(municipality, ()) if area in self._areas]
        for at, (area, hops) in enumerate(sorted(found, key=lambda way: (way[0], [hop.key for hop in way[1]]))):
            keys = {key for hop in hops for key in hop.claims}
            text = _text([_link(hop) for hop in hops], sorted(keys & self._contested))
            yield {"key": f"{municipality}~{at}", "area": area, "hops": [hop.key for hop in hops], "evidence": text}

    def _walked(self, area: str, hops: tuple[Edge, ...]) -> Iterator[tuple[str, tuple[Edge, ...]]]:
        yield area, hops
        if len(hops) < HOPS:
            for hop in self._memberships.get(area, ()):
                if hop.type == MEMBER_OF and hop.role == "MEMBER" and hop not in hops:
                    yield from self._walked(hop.end, (*hops, hop))

    def offers(self, key: str, links: Sequence[Edge]) -> Iterator[Properties]:
        """Returns the offers of an arrangement, or of a care function that is left to others or lacking, of which these are the links."""
        of_arrangement = self._dataset.entities[key].type in ARRANGEMENTS
        made = self._arranged(key, links) if of_arrangement else self._said(links)
        for at, offer in enumerate(sorted(made, key=lambda offer: (offer["place"], offer["covers"], offer["delivers"]))):
            yield {"key": f"{key}~{at}", **offer}

    def _arranged(self, key: str, links: Sequence[Edge]) -> Iterator[Properties]:
        of = {type_: [edge for edge in links if edge.type == type_] for type_ in ("COVERS", "DELIVERS", "EXCEPTS")}
        excepted = defaultdict[str, list[Row]](list)
        for edge in sorted(of["EXCEPTS"], key=lambda edge: edge.key):
            excepted[edge.end].append(_link(edge))
        run, life = self._run(key)
        apart = {claim for edge in of["EXCEPTS"] for claim in edge.claims}
        options, delivered = self._options(key), [(edge, edge.key, _link(edge)) for edge in of["DELIVERS"]]
        for covers in of["COVERS"]:
            covers_key, covered = covers.key, _link(covers)
            for delivers, delivers_key, link in delivered:
                claims = sorted({*covers.claims, *delivers.claims})
                contested = sorted({*claims, *life, *apart}.intersection(self._contested))
                text = _text(link, covered, run, options, excepted, contested)
                for function in self._answered.get(delivers.end, ()):
                    yield {
                        "kind": "ARRANGEMENT", "place": f"{covers.end} {function}", "arrangement": key,
                        "covers": covers_key, "delivers": delivers_key, "claims": claims, "evidence": text,
                    }  # fmt: skip

    def _said(self, links: Sequence[Edge]) -> Iterator[Properties]:
        for said in links:
            if kind := KINDS.get(said.type):
                contested = sorted(set(said.claims).intersection(self._contested))
                text = _text(_link(said), _link(said), None, [], {}, contested)
                yield without_nulls({
                    "kind": kind, "place": f"{said.end} {said.start}", "arrangement": said.end if kind == "GAP" else None,
                    "covers": said.key, "delivers": said.key, "claims": sorted(said.claims), "evidence": text,
                })  # fmt: skip

    def _run(self, key: str) -> tuple[Row | None, Sequence[str]]:
        """The life of an arrangement, with the keys of the claims behind it."""
        if key not in self._lives:
            return None, ()
        runs = [c for c in self._accepted(key) if c.predicate in ("exists", "runs")]
        said = [c.key for c in runs]
        return period_row(self._lives[key], max(written(self._dataset.sources[c.source]) for c in runs), said), said

    def _options(self, key: str) -> list[Row]:
        said = [c for c in self._accepted(key) if c.predicate == "option"]
        rows = [[int(float(str(c.value))), c.qualifiers.get("status", "UNKNOWN"), period_row(c.period, None)] for c in said]
        return sorted(rows, key=lambda row: int(row[0]))

    def division(self, function: str) -> Properties:
        """Returns to whose division a care function belongs, and if sources only mention it: nobody is said to deliver it anywhere."""
        told = any(self._edges(function, *KINDS)) or any(self._delivered(wide) for wide in self._broader[function])
        return without_nulls({"definedBy": self._defined.get(function), "mentioned": None if told else True})

    def _delivered(self, function: str) -> bool:
        return any(function in self._ends(key, "DELIVERS") for key in self._delivering.get(function, ()))


def _broader(function: str, parts: Mapping[str, Collection[str]]) -> set[str]:
    """The function and what it is part of."""
    found, here = {function}, {function}
    for _ in range(BROADER):
        here = {part for each in here for part in parts.get(each, ())}
        found |= here
    return found
