"""When something holds, as RDF: the days between which it may and certainly does, the dates as sources give them, and OWL-Time.

An interval of OWL-Time has a beginning or an end only if that day is certain. Ends are the last day, included, as everywhere at the edge of
the system.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pyoxigraph import NamedNode, Triple

from api.export.rdf.description import Description, edtf, word
from graph.dates.period import STATED, last_day


def add_bounds(about: Description, period: Mapping[str, Any]) -> Description:
    """Adds to a description what `period_properties` says of a period."""
    for name, key in (("start", "startEdtf"), ("end", "endEdtf"), ("attested", "attestedEdtf")):
        about.add(name, edtf(period[key]) if key in period else None)
    about.add("validFrom", period.get("validFrom")).add("validThrough", last_day(period.get("validTo")))
    first, through = certain_days(period)
    about.add("certainFrom", first).add("certainThrough", through)
    for name in ("startBasis", "endBasis"):
        about.add(name, word("Basis", period[name]) if name in period else None)
    return about.add("endKnown", period.get("endKnown")).add("staleFrom", period.get("staleFrom")).add("planned", period.get("planned"))


def interval(address: str, period: Mapping[str, Any]) -> Iterator[Triple]:
    """Yields an interval with its bounds, and the instants of those that are certain."""
    about = add_bounds(Description(address, "time:Interval"), period)
    first, through = certain_days(period)
    begins = first if period.get("startBasis") == STATED and first == period.get("validFrom") else None
    ends = through if period.get("endBasis") == STATED and through == last_day(period.get("validTo")) else None
    days = [("time:hasBeginning", f"{address}-begin", begins), ("time:hasEnd", f"{address}-end", ends)]
    instants = [(name, node, day) for name, node, day in days if day and not period.get("planned")]
    for name, node, _ in instants:
        about.add(name, NamedNode(node))
    yield from about
    for _, node, day in instants:
        yield from Description(node, "time:Instant").add("time:inXSDDate", day)


def certain_days(period: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Returns the first and the last certain day, the last being None without an end. Two times None: no day is certain, as of what "ended
    on that day or earlier". Whoever reads a first day alone takes it to be certain since then, so it is not given by itself then."""
    if period.get("certainFrom") is None:
        return None, None
    first = max(period["certainFrom"], period.get("validFrom") or date.min)
    ends = [to for name in ("certainTo", "validTo") if (to := period.get(name)) is not None]
    to = min(ends, default=None)
    return (None, None) if to is not None and to <= first else (first, last_day(to))
