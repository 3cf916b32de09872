"""The whole graph as a stream of bundles, computed from a dataset one entity at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from graph.build.bundle import Bundle, Row
from graph.build.chains import Chains
from graph.build.contract_counts import contract_counts
from graph.build.edges import MEMBER_OF, Edge, edges, lives, spans
from graph.build.fingerprint import Fingerprint
from graph.build.nodes import attached_nodes, entity_properties, outline_properties, provinces_of, references
from graph.build.properties import Properties, period_properties, without_nulls
from graph.build.provenance import claim_rows, conflict_rows, dataset_rows, source_rows
from graph.build.silence import is_silent, remark, with_care
from graph.domain.claim import Claim, Dataset
from graph.domain.conflict import set_aside
from graph.domain.model import ENTITY_TYPES, PREDICATES
from graph.domain.outline import in_turn

LAYOUT = 11  # of the graph; a store with another number is rewritten as a whole


class Records:
    """The content of a graph, computed on demand. Only what entities need of each other is kept: periods and memberships."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._aside = set_aside(dataset.conflicts.values(), dataset.claims, dataset.sources)
        self._claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in dataset.claims.values():
            self._claims[claim.subject].append(claim)
        for claims in self._claims.values():
            claims.sort(key=lambda c: c.key)
        accepted = [c for claims in self._claims.values() for c in claims if c.key not in self._aside]
        self._lives = lives(dataset, accepted)
        self._spans = spans(self._lives, accepted)
        self._memberships: dict[str, list[Edge]] = defaultdict(list)
        for edge in edges(dataset, sorted((c for c in accepted if _of_both_ends(c)), key=lambda c: c.key), self._spans):
            self._memberships[edge.start].append(edge)
        self._with_care = with_care(dataset)
        self._provinces = provinces_of(accepted)
        self._contracts = contract_counts(dataset, self._claims, self._aside, self._spans)
        self._chains = Chains(dataset, accepted, self.accepted, self._lives, self._spans, self._memberships)

    def claims(self, key: str) -> Sequence[Claim]:
        """Returns what is said of an entity, by the keys of the claims."""
        return self._claims.get(key, [])

    def accepted(self, key: str) -> list[Claim]:
        """Returns what is said of an entity and was not set aside."""
        return [c for c in self.claims(key) if c.key not in self._aside]

    def properties(self, key: str) -> Properties:
        """Returns the single values of an entity, its period and its counts."""
        return entity_properties(self.dataset, key, self.accepted(key), self._lives, {"contractCount": self._contracts.get(key)})

    def links(self, key: str) -> list[Edge]:
        """Returns the relationships of an entity: those that its claims speak of, and those of which it is the member."""
        own = [c for c in self.accepted(key) if not _of_both_ends(c)]
        return edges(self.dataset, own, self._spans) + self._memberships.get(key, [])

    @cached_property
    def members(self) -> Mapping[str, list[Edge]]:
        """The memberships by the key of the organisation of which they are."""
        out: dict[str, list[Edge]] = defaultdict(list)
        for memberships in self._memberships.values():
            for edge in memberships:
                out[edge.end].append(edge)
        return out

    def bundle(self, key: str) -> Bundle:
        """Returns an entity with all that is said of it."""
        claims, entity = self.claims(key), self.dataset.entities[key]
        accepted = self.accepted(key)
        attached: dict[str, list[Properties]] = defaultdict(list)
        for label, properties in attached_nodes(key, accepted, self.dataset.sources):
            attached[label].append(properties)
        outlines = list(in_turn(self.dataset.outlines.get(key, ())))
        if outlines:
            attached["Outline"] = [outline_properties(key, outline) for outline in outlines]
        edges_of_it = self.links(key)
        links: dict[str, list[Row]] = defaultdict(list)
        for edge in edges_of_it:
            links[edge.type].append([edge.end if edge.start == key else edge.start, edge_properties(edge)])
        for rows in links.values():
            rows.sort(key=lambda row: (row[0], row[1]["key"]))
        properties = self.properties(key) | _marks(edges_of_it)
        if offers := list(self._chains.offers(key, edges_of_it)):
            attached["Offer"] = offers
        if entity.type == "CareFunction":
            properties |= self._chains.division(key)
        if outlines:
            properties |= {"outlinedFrom": outlines[0].first, "outlinedThrough": outlines[-1].last}
        if entity.type == "Municipality":
            if ways := list(self._chains.ways(key)):
                attached["Way"] = ways
            if is_silent(key, self._memberships, self._with_care):
                properties |= remark(properties)
        return Bundle(
            key, ENTITY_TYPES[entity.type].labels, properties,
            list(claim_rows(claims, self.dataset.sources)), attached,
            references(key, entity.slug, accepted, self._provinces.get(key, ())), links,
        )  # fmt: skip

    def bundles(self, keys: Iterable[str] | None = None) -> Iterator[Bundle]:
        return map(self.bundle, self.dataset.entities if keys is None else keys)

    @cached_property
    def datasets(self) -> list[Properties]:
        return list(dataset_rows(self.dataset))

    @cached_property
    def sources(self) -> list[Properties]:
        return list(source_rows(self.dataset.sources.values()))

    @cached_property
    def time_span(self) -> Properties:
        """The first day of all that claims date, and the day after the last one."""
        dated = [c.period for c in self.dataset.claims.values()]
        earliest = min((p.valid_from for p in dated if p.start and p.valid_from), default=None)
        return {"earliest": earliest, "latest": max((p.valid_to for p in dated if p.valid_to), default=None)}

    @cached_property
    def conflicts(self) -> list[Row]:
        return list(conflict_rows(self.dataset))

    @cached_property
    def digests(self) -> dict[str, str]:
        """The digest of each bundle, by the key of its entity."""
        return {bundle.key: bundle.digest for bundle in self.bundles()}

    @cached_property
    def version(self) -> str:
        """The digest of the content, in whatever order it was read. Equal versions give equal answers."""
        whole = self.fingerprint()
        for part in self.digests.values():
            whole.add(part)
        return whole.version

    def fingerprint(self) -> Fingerprint:
        """Returns the digest of everything but the bundles; a load adds theirs as it writes them."""
        whole = Fingerprint(f"layout {LAYOUT}")
        for part in (*(node["digest"] for node in (*self.datasets, *self.sources)), *(row[0]["digest"] for row in self.conflicts)):
            whole.add(part)
        return whole


def records(dataset: Dataset) -> Records:
    """Returns the content of the graph that a dataset makes."""
    return Records(dataset)


def _marks(links: Sequence[Edge]) -> Properties:
    """Returns what a filter looks at before it walks: the care functions to which a thing leads on any day, and if it excepts anybody."""
    functions = sorted({edge.end for edge in links if edge.type in ("DELIVERS", "CONCERNS")})
    return without_nulls({"functions": functions or None, "hasExceptions": any(edge.type == "EXCEPTS" for edge in links) or None})


def _of_both_ends(claim: Claim) -> bool:
    """Returns True if either end of the relationship may state it, so that no single entity has all its claims."""
    return PREDICATES[claim.predicate].relation == MEMBER_OF


def edge_properties(edge: Edge) -> Properties:
    """Returns the properties of a relationship, with its key, its claims and its period."""
    about = {"key": edge.key, "claims": list(edge.claims), "written": edge.written, **period_properties(edge.period), **edge.properties}
    if edge.role:
        about["role"] = edge.role
    return without_nulls(about)
