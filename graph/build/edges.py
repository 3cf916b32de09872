"""The plain relationships (edges) of the graph, computed from claims.

Claims with the same ends, type and role make one edge for each period that a source states. If
stated periods overlap, the conflict rule chooses one and the other claims support it. A claim
without dates supports the edge that holds while its source was written; without such an edge it
makes one of its own, attested by its source. What is said of an arrangement cannot hold longer than
the arrangement does, and an edge never outlives either of its ends: those bounds are inherited.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from graph.build.properties import words
from graph.dates.edtf import FuzzyDate
from graph.dates.period import DAY, INHERITED, STATED, Period
from graph.domain.claim import Claim, Dataset, Entity, EntityRef, Text
from graph.domain.conflict import choose, written
from graph.domain.model import ARRANGEMENTS, PREDICATES

MEMBER_OF, NOT_MEMBER_OF = "MEMBER_OF", "NOT_MEMBER_OF"
INHERITING = ("MEMBER_OF", "NOT_MEMBER_OF", "DELIVERS", "CONCERNS", "COVERS", "EXCEPTS", "BUYS", "SUPPLIES", "MANAGES")


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship of the graph, with the claims that support it."""

    type: str
    start: str
    end: str
    role: str
    period: Period
    claims: tuple[str, ...]
    written: date
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A unique and stable key: the ends, the role and the first day of which a source speaks."""
        role = f"NOT_{self.role}" if self.type == NOT_MEMBER_OF else self.role
        since = self.period.spoken_from.isoformat() if self.period.spoken_from else ""
        return "~".join(filter(None, (self.start.replace("/", ":"), self.end.replace("/", ":"), role, since)))


def edges(dataset: Dataset, claims: Sequence[Claim], periods: Mapping[str, Period]) -> list[Edge]:
    """Returns the edges of accepted claims. All claims of an edge must be among them. `periods` comes from `spans`."""
    groups: dict[tuple[str, str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if PREDICATES[claim.predicate].relation and isinstance(claim.value, EntityRef):
            groups[_ends(claim)].append(claim)
    out, bounded = [], _Bounded()
    for (type_, start, end, role), group in groups.items():
        whole = periods.get(_arrangement(dataset.entities, start, end) or "")
        life = whole if type_ in INHERITING else None
        for period, supporting in _periods(dataset, group):
            last = max(written(dataset.sources[c.source]) for c in supporting)
            made = bounded(period, life, planned=_planned(supporting), ends=(periods.get(start), periods.get(end)), last=last)
            if not made.empty:
                keys = tuple(c.key for c in supporting)
                lasting = {"kept": True} if type_ not in (MEMBER_OF, NOT_MEMBER_OF) and _as_long_as(made, whole) else {}
                out.append(Edge(type_, start, end, role, made, keys, last, _qualifiers(supporting) | lasting))
    return _until_denied(out)


class _Bounded:
    """Bounds periods by what they depend on. Equal work is done once: most relationships of a thing have one period and the same ends."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], tuple[Period, Period]] = {}  # by identity, so what is known by it is kept too

    def __call__(
        self, period: Period, life: Period | None, *, planned: bool, ends: tuple[Period | None, Period | None], last: date
    ) -> Period:  # fmt: skip
        """Returns a period within the `life` of its arrangement and those of its `ends`, carried forward from the `last` day written."""
        key = (id(period), id(life), planned, *map(id, ends), last)
        if key not in self._made:
            out = period.within(life) if life else period
            self._made[key] = period, _clipped(out.intended() if planned else out, *ends).carried(last)
        return self._made[key][1]


def _as_long_as(period: Period, whole: Period | None) -> bool:
    """Returns True if something ends only because its arrangement does."""
    return whole is not None and period.end_basis == INHERITED and period.valid_to == whole.valid_to


def _until_denied(all_edges: list[Edge]) -> list[Edge]:
    """Ends each membership without a known end on the day from which a source denies it."""
    denied: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for edge in all_edges:
        if edge.type == NOT_MEMBER_OF:
            denied[edge.start, edge.end].append(edge.period)
    out = []
    for edge in all_edges:
        since = edge.period.spoken_from or date.min
        starts = [day for p in denied[edge.start, edge.end] if (day := p.spoken_from) and day > since]
        if edge.type == MEMBER_OF and starts and not edge.period.end_known:
            edge = replace(edge, period=replace(edge.period, valid_to=min(starts), certain_to=min(starts)))
        out.append(edge)
    return out


def _ends(claim: Claim) -> tuple[str, str, str, str]:
    predicate = PREDICATES[claim.predicate]
    assert predicate.relation
    assert isinstance(claim.value, EntityRef)
    type_ = predicate.relation
    if claim.qualifiers.get("takesPart") is False:
        type_ = NOT_MEMBER_OF
    start, end = (claim.value.key, claim.subject) if predicate.inverse else (claim.subject, claim.value.key)
    role = str(claim.qualifiers.get("role", "MEMBER") if type_ in (MEMBER_OF, NOT_MEMBER_OF) else claim.qualifiers.get("level", ""))
    return type_, start, end, role


def _arrangement(entities: Mapping[str, Entity], start: str, end: str) -> str | None:
    """Returns the end that is a contract or collaboration, from which an undated edge takes its period. For memberships the far end."""
    for key in (end, start):
        if entities[key].type in ARRANGEMENTS:
            return key
    return None


def _periods(dataset: Dataset, claims: list[Claim]) -> list[tuple[Period, list[Claim]]]:
    if len(claims) == 1:
        return _apart([(claims[0].period, claims)])
    stated = [(c.period, c) for c in claims if c.period.start or c.period.end]
    undated = [(c.period, c) for c in claims if not (c.period.start or c.period.end)]
    out: list[tuple[Period, list[Claim]]] = []
    while stated:
        best, _ = choose([c for _, c in stated], dataset.sources)
        period = next(p for p, c in stated if best is None or c is best)
        overlapping = [(p, c) for p, c in stated if p == period or _overlap(p, period)]
        out.append((period, [c for _, c in overlapping]))
        stated = [pair for pair in stated if pair not in overlapping]
    alone: list[tuple[Period, Claim]] = []
    for period, claim in undated:
        group = next((claims_ for p, claims_ in out if _overlap(p, period)), None)
        if group is None:
            alone.append((period, claim))
        else:
            group.append(claim)
    return _apart(out + _attested(alone, [day for p, _ in out if (day := p.spoken_from)]))


def _attested(alone: list[tuple[Period, Claim]], starts: list[date]) -> list[tuple[Period, list[Claim]]]:
    """Returns the periods of undated claims outside all stated periods, each carried forward until a stated period begins."""
    groups: dict[date, list[tuple[Period, Claim]]] = defaultdict(list)
    for period, claim in alone:
        since = period.spoken_from or date.min
        groups[min((d for d in starts if d > since), default=date.max)].append((period, claim))
    out = []
    for until, group in groups.items():
        period = _first_attested([p for p, _ in group])
        if until < date.max:
            period = replace(period, valid_to=until, certain_to=until)
        out.append((period, [c for _, c in group]))
    return out


def _apart(found: list[tuple[Period, list[Claim]]]) -> list[tuple[Period, list[Claim]]]:
    """Returns the periods so that one without a start reaches back no further than to the end of the one before it."""
    out = []
    for at, (period, claims) in enumerate(found):
        if period.start_basis != STATED:
            ends = [p.valid_to for n, (p, _) in enumerate(found) if p.valid_to and n != at]
            over = max((d for d in ends if d <= (period.spoken_from or date.min)), default=None)
        if period.start_basis != STATED and over != period.valid_from:
            period = replace(period, valid_from=over, certain_from=period.certain_from and max(period.certain_from, over or date.min))
        out.append((period, claims))
    return out


def _first_attested(periods: Sequence[Period]) -> Period:
    """Joins attestations: certain from the day on which the first was surely written, vague from the first on which any may have been."""
    surest = min(periods, key=lambda p: p.certain_from or date.max)
    seen = [p.attested for p in periods if p.attested]
    earliest = None if any(a.earliest is None for a in seen) else min((a.earliest for a in seen if a.earliest), default=None)
    if surest.attested is None or surest.attested.earliest == earliest:
        return surest
    latest = surest.attested.latest
    return replace(surest, attested=FuzzyDate(f"{earliest or '..'}/{latest or '..'}", earliest, latest, "UNKNOWN"))


def _intended(period: Period, claims: Sequence[Claim]) -> Period:
    """Returns the period as planned if all that is said of it is a plan."""
    return period.intended() if _planned(claims) else period


def _planned(claims: Sequence[Claim]) -> bool:
    return all(c.qualifiers.get("planned") for c in claims)


def _overlap(a: Period, b: Period) -> bool:
    """Returns True if two periods share a day. An undated claim counts for the days on which its source may have been written."""
    a_to, b_to = _until(a), _until(b)
    return (a.spoken_from or date.min) < b_to and (b.spoken_from or date.min) < a_to


def _until(period: Period) -> date:
    if period.attested and not period.start and period.end is None:
        return period.certain_from + DAY if period.certain_from else date.max
    return period.valid_to or date.max


def _clipped(period: Period, *ends: Period | None) -> Period:
    for life in ends:
        if life is not None:
            period = period.clipped(life.valid_from, life.valid_to)
    return period


def _qualifiers(claims: list[Claim]) -> dict[str, Any]:
    """Returns the qualifiers of an edge as properties; the first claim that has a qualifier wins."""
    out: dict[str, Any] = {}
    for claim in claims:
        for name, value in claim.qualifiers.items():
            if isinstance(value, Text):
                out = words(name, value) | out
            elif name not in ("role", "takesPart", "planned"):
                out.setdefault(name, value)
    return out


def lives(dataset: Dataset, accepted: Iterable[Claim]) -> dict[str, Period]:
    """Returns when each entity exists (`exists`) or runs (`runs`), as the chosen claim says; a contract runs through the options that
    were used."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    used: dict[str, list[Claim]] = defaultdict(list)
    successors: dict[str, Claim] = {}
    for claim in accepted:
        if claim.predicate in ("exists", "runs"):
            groups[claim.subject].append(claim)
        elif claim.predicate == "succeededBy" and not claim.qualifiers.get("part"):
            successors[claim.subject] = claim
        elif claim.predicate == "option" and claim.qualifiers.get("status") == "EXERCISED":
            used[claim.subject].append(claim)
    out = {}
    for subject, claims in groups.items():
        stated = [c for c in claims if c.period.start or c.period.end]
        if stated:
            chosen = choose(stated, dataset.sources)[0] or stated[0]
            life = _intended(chosen.period, [chosen])
        else:
            life = _intended(_first_attested([c.period for c in claims]), claims)
        life = _through(life, used[subject])
        out[subject] = life.carried(max(written(dataset.sources[c.source]) for c in (*claims, *used[subject])))
    for earlier, claim in successors.items():
        assert isinstance(claim.value, EntityRef)
        later = claim.value.key
        if earlier in out and later in out and not out[earlier].end_known:
            planned = out[later].planned or bool(claim.qualifiers.get("planned"))
            out[earlier] = _until_successor(out[earlier], out[later], planned=planned)
    return out


def _through(life: Period, used: Sequence[Claim]) -> Period:
    """Returns a life with the options that were used after its firm term."""
    for option in sorted(used, key=lambda c: c.period.valid_from or date.min):
        last = option.period
        if last.valid_to and life.valid_to and (last.valid_from or date.min) <= life.valid_to < last.valid_to:
            life = replace(life, valid_to=last.valid_to, certain_to=last.certain_to, end=last.end)
    return life


def spans(lives: Mapping[str, Period], accepted: Iterable[Claim]) -> dict[str, Period]:
    """Returns periods as far as they may reach: with options a contract ends between its firm end and that of the last one."""
    out = dict(lives)
    for claim in accepted:
        life, last = out.get(claim.subject), claim.period.end
        if claim.predicate != "option" or not (life and life.end and life.end.earliest and last and last.latest):
            continue
        if life.end.latest and life.end.latest < last.latest:
            end = FuzzyDate(f"{life.end.earliest}/{last.latest}", life.end.earliest, last.latest, "UNKNOWN")
            out[claim.subject] = replace(life, end=end, valid_to=claim.period.valid_to)
    return out


def _until_successor(life: Period, later: Period, *, planned: bool) -> Period:
    """Ends a period where that of its successor begins: with certainty if the successor surely runs, and never if it is only planned."""
    begun = later.valid_from or (date.min if later.start else None)  # "began on that day or earlier": never certain
    return replace(life, certain_to=begun, valid_to=None if planned else later.certain_from)
