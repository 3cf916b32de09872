"""Memberships (W3C ORG) and other relations between things, each for its interval, with the claims that it follows from.

What an event happened to is a plain triple as well, because the event has the date. Nothing else is: a plain triple has no days, and
would be true always.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Triple

from api.export.export import Export
from api.export.rdf.concepts import predicate_word
from api.export.rdf.description import Description, node, text_of, word
from api.export.rdf.periods import interval
from graph.build.edges import MEMBER_OF, NOT_MEMBER_OF, Edge
from graph.domain.model import PREDICATES, Predicate

# The predicate that a type of relationship comes from. Of memberships either end may speak, so that there are two.
OF_RELATION: Mapping[str, Predicate] = {p.relation: p for p in reversed(PREDICATES.values()) if p.relation}

UNDATED = {"ORIGINAL": "original", "RESULTING": "resulting", "TELLS_OF": "about"}  # of events, which have a date themselves


def membership_triples(export: Export, member: str, whole: str, edge: Mapping[str, Any], *, denied: bool = False) -> Iterator[Triple]:
    """Yields a membership with its interval, or that a source denies it. A denial has no term of W3C ORG: whoever reasons by their domains
    would take it for a membership."""
    about = Description(_address(export, member, NOT_MEMBER_OF if denied else MEMBER_OF, edge), "rg:Denial" if denied else "org:Membership")
    role = word("MembershipRole", edge["role"]) if "role" in edge else None
    if denied:
        about.add("subject", node(export.uri(member))).add("predicate", predicate_word("memberOf")).add("object", node(export.uri(whole)))
        yield from _dated(export, about.add("role", role), edge, "during")
        return
    about.add("org:member", node(export.uri(member))).add("org:organization", node(export.uri(whole)))
    about.add("org:role", role).add("roleLabel", text_of(edge, "roleLabel"))
    about.add("onBehalfOf", node(export.uri(edge["onBehalfOf"])) if "onBehalfOf" in edge else None)
    yield from _dated(export, about, edge, "org:memberDuring")


def relation_triples(export: Export, key: str, type_: str, other: str, edge: Mapping[str, Any]) -> Iterator[Triple]:
    """Yields a relation of a thing, said in the direction of its claims."""
    if type_ in (MEMBER_OF, NOT_MEMBER_OF):
        yield from membership_triples(export, key, other, edge, denied=type_ == NOT_MEMBER_OF)
        return
    predicate = OF_RELATION[type_]
    about = Description(_address(export, key, type_, edge), "rg:Relation").add("subject", node(export.uri(key)))
    about.add("predicate", predicate_word(predicate.name)).add("object", node(export.uri(other)))
    about.add("level", word("RepresentationLevel", edge["role"]) if "role" in edge else None)
    about.add("part", node(export.uri(edge["part"])) if "part" in edge else None)
    yield from _dated(export, about, edge, "during")


def add_undated(export: Export, about: Description, edge: Edge, *, by_org: bool) -> None:
    """Adds to an event what it happened to, what results from it or what it is about. `by_org`: in the terms of W3C ORG."""
    if edge.type in UNDATED:
        name = UNDATED[edge.type]
        about.add(f"org:{name}Organization" if by_org and name != "about" else name, node(export.uri(edge.end)))


def _dated(export: Export, about: Description, edge: Mapping[str, Any], during: str) -> Iterator[Triple]:
    address = f"{about.node.value}~period"
    about.add(during, node(address)).add("prov:wasDerivedFrom", *(node(export.uri(f"claim/{key}")) for key in edge["claims"]))
    yield from about
    yield from interval(address, edge)


def _address(export: Export, key: str, type_: str, edge: Mapping[str, Any]) -> str:
    return f"{export.uri(key)}#{type_.lower().replace('_', '-')}~{edge['key']}"
