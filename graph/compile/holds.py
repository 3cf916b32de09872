"""Says when an arrangement holds for a municipality, as fragments of Cypher. The rule stands here once; every question takes it from here.

A contract or collaboration holds for a municipality on a day if

- the municipality exists on that day,
- it lies in an area: it is the area itself, or memberships with the role MEMBER lead from it to the area on that day,
- the arrangement covers that area on that day, and
- the arrangement does not except that municipality on that day.

Example: Aalsmeer lies in JZ13, which dyslexie-2023 covers. But dyslexie-2023 excepts Aalsmeer, so it does not hold for Aalsmeer.

On the day means: certainly or possibly (`shown`). Coverage says more than yes or no, for all days at once; it takes the same ways and
exceptions (`way`, `are_members`, `exception`) without their days. All fragments together say "this municipality, this arrangement, on
these days", so that the answer can be worked out when the graph is loaded and found by one lookup.

The other way round, `municipalities_of` says which municipalities a region has on a day: its own, or else those of its member regions.
"""

from __future__ import annotations

from graph.compile.filters import When
from graph.dates.period import shown

HOPS = 2  # municipality → sub-region → region, municipality → region → landsdeel


def way(municipality: str, area: str, steps: str = "") -> str:
    """Returns the pattern of the memberships that lead from a municipality to an area that it may lie in; none if it is the area."""
    return f"({municipality})-[{steps}:MEMBER_OF*0..{HOPS}]->({area})"


def are_members(steps: str, day: str = "") -> str:
    """Returns the condition that each membership of a way has the role MEMBER, on any day or on one."""
    return f"all(step IN {steps} WHERE {is_member('step', day)})"


def is_member(step: str, day: str = "") -> str:
    """Returns the condition that a membership puts its member into an area, on any day or on one."""
    return f"{step}.role = 'MEMBER'" + (f" AND {shown(step, day)}" if day else "")


def municipalities_of(region: str, municipality: str, day: str) -> str:
    """Returns clauses that bind each municipality of a region on a day, once.

    A region that has none of its own on that day, such as a landsdeel, has those of the regions that are its members.
    """
    there = f"{shown('m', day)} AND {is_member('step', day)}"
    return (
        f"CALL ({region}) {{ MATCH ({region})<-[step:MEMBER_OF]-(m:Municipality) WHERE {there} RETURN collect(DISTINCT m) AS own }}\n"
        f"CALL ({region}, own) {{ UNWIND CASE WHEN size(own) = 0 THEN [{region}] ELSE [] END AS whole\n"
        f"MATCH (whole)<-[part:MEMBER_OF]-(:Region)<-[step:MEMBER_OF]-(m:Municipality) WHERE {there} AND {is_member('part', day)}\n"
        f"RETURN collect(DISTINCT m) AS theirs }}\nUNWIND own + theirs AS {municipality}\nWITH *"
    )


def exception(arrangement: str, municipality: str, edge: str = "but") -> str:
    """Returns the pattern by which an arrangement excepts a municipality."""
    return f"({arrangement})-[{edge}:EXCEPTS]->({municipality})"


def chain(municipality: str, arrangement: str) -> str:
    """Returns the pattern from a municipality to an arrangement that may hold for it; it binds `within` and `covers`."""
    return f"{way(municipality, ':Organization', 'within')}<-[covers:COVERS]-({arrangement})"


def chain_from(arrangement: str, municipality: str) -> str:
    """Returns the same pattern, read from the arrangement: the embedded engine starts from what stands first."""
    return f"({arrangement})-[covers:COVERS]->(:Organization)<-[within:MEMBER_OF*0..{HOPS}]-({municipality})"


def holds(municipality: str, arrangement: str, day: str) -> tuple[str, ...]:
    """Returns the conditions on a `chain`: on a day, the arrangement holds for the municipality."""
    return (shown(municipality, day), *holds_for_area(municipality, arrangement, day))


def holds_for_area(area: str, arrangement: str, day: str) -> tuple[str, ...]:
    """Returns the same conditions for an area of any kind, which may be there without a source that says since when."""
    excepted = f"EXISTS {{ MATCH {exception(arrangement, area)} WHERE {shown('but', day)} }}"
    return are_members("within", day), shown("covers", day), f"({arrangement}.hasExceptions IS NULL OR NOT {excepted})"


def holding(municipality: str, arrangement: str, label: str, when: When) -> tuple[str, tuple[str, ...]]:
    """Returns clauses that bind the arrangements of a municipality, and the conditions that they hold for it on the day or in `during`.

    Within a period it begins to hold on the first day, with the start of one of its parts, or with the end of an exception; so only
    those days are tried. The clauses may bind an arrangement more than once.
    """
    clauses = f"MATCH {chain(municipality, f'{arrangement}:{label}')}"
    if not when.during:
        return clauses, holds(municipality, arrangement, when.day)
    starts = f"[{when.first or _EARLIEST}, {municipality}.validFrom, covers.validFrom, gone.validTo] + [step IN within | step.validFrom]"
    clauses += f"\nOPTIONAL MATCH {exception(arrangement, municipality, 'gone')}\nUNWIND {starts} AS turn\nWITH *"
    bounds = ("turn IS NOT NULL", *([f"{when.first} <= turn"] if when.first else []), *([f"turn <= {when.last}"] if when.last else []))
    return clauses, (*bounds, *holds(municipality, arrangement, "turn"))


_EARLIEST = "date('0001-01-01')"
