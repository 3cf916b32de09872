"""The whole graph as a stream of bundles, computed from a dataset one entity at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from graph.build.bundle import Bundle, Row
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

LAYOUT = 8  # of the graph; a store with another number is rewritten as a whole


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

    def bundle(self, key: str) -> Bundle:
        """Returns an entity with all that is said of it."""
        claims, entity = self._claims.get(key, []), self.dataset.entities[key]
        accepted = [c for c in claims if c.key not in self._aside] if self._aside else claims
        attached: dict[str, list[Properties]] = defaultdict(list)
        for label, properties in attached_nodes(key, accepted, self.dataset.sources):
            attached[label].append(properties)
        outlines = list(in_turn(self.dataset.outlines.get(key, ())))
        if outlines:
            attached["Outline"] = [outline_properties(key, outline) for outline in outlines]
        links: dict[str, list[Row]] = defaultdict(list)
        for edge in edges(self.dataset, [c for c in accepted if not _of_both_ends(c)], self._spans) + self._memberships.get(key, []):
            links[edge.type].append([edge.end if edge.start == key else edge.start, _properties(edge)])
        for rows in links.values():
            rows.sort(key=lambda row: (row[0], row[1]["key"]))
        properties = entity_properties(self.dataset, key, accepted, self._lives, {"contractCount": self._contracts.get(key)})
        if outlines:
            properties |= {"outlinedFrom": outlines[0].first, "outlinedThrough": outlines[-1].last}
        if entity.type == "Municipality" and is_silent(key, self._memberships, self._with_care):
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


def _of_both_ends(claim: Claim) -> bool:
    """Returns True if either end of the relationship may state it, so that no single entity has all its claims."""
    return PREDICATES[claim.predicate].relation == MEMBER_OF


def _properties(edge: Edge) -> Properties:
    about = {"key": edge.key, "claims": list(edge.claims), "written": edge.written, **period_properties(edge.period), **edge.properties}
    if edge.role:
        about["role"] = edge.role
    return without_nulls(about)
