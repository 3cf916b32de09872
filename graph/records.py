"""The whole graph as elements, ready to be written: every node and relationship that a dataset makes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.claim import Claim, Dataset, Text
from graph.conflict import set_aside
from graph.edges import Edge, edges, lives
from graph.element import Node, Relationship, kept, period_properties
from graph.provenance import claims, conflicts, sources
from graph.ranking import KINDS, UNSPELLED, spelled
from graph.reference import normal, uri
from graph.things import entity, figures, names, options_and_lots


@dataclass(frozen=True, slots=True)
class Records:
    """All of a graph. `version` is a fingerprint of its content: equal versions, equal answers."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]
    version: str


def records(dataset: Dataset) -> Records:
    """Everything that a dataset makes of itself, in an order that does not depend on anything but its content."""
    aside = set_aside(dataset.conflicts.values(), dataset.claims, dataset.sources)
    accepted = [c for c in dataset.claims.values() if c.key not in aside]
    living = lives(dataset, accepted)
    by_subject: dict[str, list[Claim]] = defaultdict(list)
    for claim in accepted:
        by_subject[claim.subject].append(claim)
    parts: list[Iterable[Node | Relationship]] = [claims(dataset), sources(dataset), conflicts(dataset), _references(dataset, by_subject)]
    for key in dataset.entities:
        said = by_subject[key]
        parts += [[entity(dataset, key, said, living)], names(key, said), figures(said), options_and_lots(said)]
    parts.append(_edge(edge) for edge in edges(dataset, accepted, living))
    elements = [element for part in parts for element in part]
    return _fingerprinted([e for e in elements if isinstance(e, Node)], [e for e in elements if isinstance(e, Relationship)])


def _fingerprinted(nodes: list[Node], links: list[Relationship]) -> Records:
    digest = hashlib.sha256()
    nodes.sort(key=lambda n: (n.labels, n.key))
    links.sort(key=lambda r: (r.type, r.start, r.end, str(r.properties.get("key"))))
    for item in (*nodes, *links):
        digest.update(repr(item).encode())
    return Records(tuple(nodes), tuple(links), digest.hexdigest()[:16])


def _edge(edge: Edge) -> Relationship:
    about = {"key": edge.key, "claims": list(edge.claims), "written": edge.written, **period_properties(edge.period), **edge.properties}
    if edge.role:
        about["role"] = edge.role
    return Relationship(edge.type, ("Entity", edge.start), ("Entity", edge.end), kept(about))


def _references(dataset: Dataset, by_subject: Mapping[str, list[Claim]]) -> Iterator[Node | Relationship]:
    """Every text by which a thing may be called, in its normal form and as it is spelled, and what it may mean."""
    means: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for key, thing in dataset.entities.items():
        said = (("KEY", key), ("SLUG", thing.slug), ("URI", uri(key)), *(c for claim in by_subject[key] for c in _called(claim)))
        for kind, text in said:
            place, known = (KINDS.index(kind), text), means[normal(text)]
            known[key] = min(known.get(key, place), place)
    for text, keys in means.items():
        form = "" if all(KINDS[at] in UNSPELLED for at, _ in keys.values()) else spelled(text)
        yield Node(("Reference",), text, {"spelled": form} if form else {})
        for key, (at, called) in keys.items():
            yield Relationship("REFERS_TO", ("Reference", text), ("Entity", key), {"text": called, "kind": KINDS[at]})


def _called(claim: Claim) -> Iterable[tuple[str, str]]:
    """The texts by which a claim calls its subject, each with its kind; an identifier with its scheme is found as a whole only."""
    if claim.predicate == "name" and isinstance(claim.value, Text):
        return (("NAME", text) for text in (claim.value.nl, claim.value.en) if text)
    if claim.predicate == "alternateName":
        return ((str(claim.qualifiers.get("nameKind", "SHORT")), str(claim.value)),)
    if claim.predicate == "identifier":
        number = str(claim.value).partition(":")[2]
        return (("IDENTIFIER", str(claim.value)), ("IDENTIFIER" if ":" in number else "CODE", number))
    return ()
