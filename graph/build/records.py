"""The whole graph as a stream, ready to be written: what a dataset makes, thing by thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from graph.build.bundle import Bundle, Row
from graph.build.contract_counts import contract_counts
from graph.build.edges import MEMBER_OF, Edge, edges, lives, spans
from graph.build.fingerprint import Fingerprint
from graph.build.nodes import called, entity, hung
from graph.build.properties import Properties, kept, period_properties
from graph.build.provenance import claim_rows, conflict_rows, source_rows
from graph.domain.claim import Claim, Dataset
from graph.domain.conflict import set_aside
from graph.domain.model import ENTITY_TYPES, PREDICATES

LAYOUT = 3  # of the graph: another number, and a store is written anew instead of being mended


class Records:
    """All of a graph, made when it is asked for. Only what things have to know of each other is kept: lives and memberships."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._aside = set_aside(dataset.conflicts.values(), dataset.claims, dataset.sources)
        self._said: dict[str, list[Claim]] = defaultdict(list)
        for claim in dataset.claims.values():
            self._said[claim.subject].append(claim)
        for said in self._said.values():
            said.sort(key=lambda c: c.key)
        accepted = [c for said in self._said.values() for c in said if c.key not in self._aside]
        self._lives = lives(dataset, accepted)
        self._spans = spans(self._lives, accepted)
        self._memberships: dict[str, list[Edge]] = defaultdict(list)
        for edge in edges(dataset, sorted((c for c in accepted if _of_two(c)), key=lambda c: c.key), self._spans):
            self._memberships[edge.start].append(edge)
        self._contracts = contract_counts(dataset, self._said, self._aside, self._spans)

    def bundle(self, key: str) -> Bundle:
        """A thing with all that is said of it."""
        said, thing = self._said.get(key, []), self.dataset.entities[key]
        accepted = [c for c in said if c.key not in self._aside] if self._aside else said
        hanging: dict[str, list[Properties]] = defaultdict(list)
        for label, about in hung(key, accepted):
            hanging[label].append(about)
        links: dict[str, list[Row]] = defaultdict(list)
        for edge in edges(self.dataset, [c for c in accepted if not _of_two(c)], self._spans) + self._memberships.get(key, []):
            links[edge.type].append([edge.end if edge.start == key else edge.start, _properties(edge)])
        for rows in links.values():
            rows.sort(key=lambda row: (row[0], row[1]["key"]))
        carried: Properties = {"contractCount": self._contracts.get(key)}
        if thing.type == "Contract":
            carried["delivers"] = sorted({row[0] for row in links.get("DELIVERS", ())}) or None
        return Bundle(
            key, ENTITY_TYPES[thing.type].labels, entity(self.dataset, key, accepted, self._lives, carried),
            list(claim_rows(said, self.dataset.sources)), hanging, called(key, thing.slug, accepted), links,
        )  # fmt: skip

    def bundles(self, keys: Iterable[str] | None = None) -> Iterator[Bundle]:
        return map(self.bundle, self.dataset.entities if keys is None else keys)

    @cached_property
    def sources(self) -> list[Properties]:
        return list(source_rows(self.dataset.sources.values()))

    @cached_property
    def conflicts(self) -> list[Row]:
        return list(conflict_rows(self.dataset))

    @cached_property
    def digests(self) -> dict[str, str]:
        """The fingerprint of each thing with all that is said of it."""
        return {bundle.key: bundle.digest for bundle in self.bundles()}

    @cached_property
    def version(self) -> str:
        """A fingerprint of the content, in whatever order it was read: equal versions, equal answers."""
        whole = self.beginning()
        for part in self.digests.values():
            whole.add(part)
        return whole.version

    def beginning(self) -> Fingerprint:
        """The fingerprint of all but the things, to which those of the things are added."""
        whole = Fingerprint(f"layout {LAYOUT}")
        for part in (*(s["digest"] for s in self.sources), *(row[0]["digest"] for row in self.conflicts)):
            whole.add(part)
        return whole


def records(dataset: Dataset) -> Records:
    """Everything that a dataset makes of itself."""
    return Records(dataset)


def _of_two(claim: Claim) -> bool:
    """Whether both ends of the edge may say it, so that no thing alone has all its claims."""
    return PREDICATES[claim.predicate].relation == MEMBER_OF


def _properties(edge: Edge) -> Properties:
    about = {"key": edge.key, "claims": list(edge.claims), "written": edge.written, **period_properties(edge.period), **edge.properties}
    if edge.role:
        about["role"] = edge.role
    return kept(about)
