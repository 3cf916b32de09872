"""The things of a dataset and their relationships, as the graph has them: computed from the claims, without a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.export.export import Export
from graph.build.edges import Edge, edges, lives, spans
from graph.build.nodes import attached_nodes, entity_properties
from graph.build.properties import Properties
from graph.dates.period import Period, state
from graph.domain.claim import Claim, Dataset
from graph.domain.conflict import set_aside
from graph.domain.languages import chain

ON_EVENTS = ("ORIGINAL", "RESULTING", "TELLS_OF")


@dataclass(frozen=True, slots=True)
class Network:
    """All things of a dataset by key, in order of their keys, with their periods, and all relationships in order of their keys.

    `claims` are the accepted claims of each thing: those that no conflict sets aside. `lives` are the periods that sources give,
    `spans` the same as far as they may reach: through the options of a contract.
    """

    dataset: Dataset
    claims: Mapping[str, Sequence[Claim]]
    things: Mapping[str, Properties]
    lives: Mapping[str, Period]
    spans: Mapping[str, Period]
    edges: Sequence[Edge]
    starting: Mapping[str, Sequence[Edge]]
    ending: Mapping[str, Sequence[Edge]]

    def name(self, key: str, language: str) -> str:
        """Returns the name of a thing in a language, or in its fallback, or else its slug."""
        properties = self.things[key]
        found = (properties.get(each.property("name")) for each in chain(language))
        return next((str(name) for name in found if name), str(properties["slug"]))

    def attached(self, key: str, label: str) -> list[Properties]:
        """Returns the nodes of a label that are attached to a thing, such as its identifiers or options, in order of their keys."""
        found = attached_nodes(key, list(self.claims.get(key, ())), self.dataset.sources)
        return sorted((properties for name, properties in found if name == label), key=lambda properties: str(properties["key"]))

    def exists(self, key: str, day: date) -> bool:
        """Returns True if a thing is shown on a day: it may exist or run then, or no source dates it."""
        return key not in self.spans or state(self.spans[key], day).shown

    def on(self, day: date) -> Iterator[Edge]:
        """Yields the relationships that are shown on a day between things that are."""
        for edge in self.edges:
            if state(edge.period, day).shown and self.exists(edge.start, day) and self.exists(edge.end, day):
                yield edge

    def ends(self, key: str, *types: str) -> list[str]:
        """Returns the things to which relationships of some types lead from a thing, each once and in order."""
        return sorted({edge.end for edge in self.starting.get(key, ()) if edge.type in types})

    def starts(self, key: str, *types: str) -> list[str]:
        """Returns the things from which relationships of some types lead to a thing, each once and in order."""
        return sorted({edge.start for edge in self.ending.get(key, ()) if edge.type in types})


async def network_of(export: Export) -> Network:
    """Returns the network of an export, which is made for the first file that needs it."""

    async def made() -> Network:
        return network(export.dataset)

    return await export.once("network", made)


def network(dataset: Dataset) -> Network:
    """Returns the things and relationships that the claims of a dataset make."""
    aside = set_aside(dataset.conflicts.values(), dataset.claims, dataset.sources)
    accepted = sorted((c for c in dataset.claims.values() if c.key not in aside), key=lambda c: (c.subject, c.key))
    of_each: dict[str, list[Claim]] = defaultdict(list)
    for claim in accepted:
        of_each[claim.subject].append(claim)
    lived = lives(dataset, accepted)
    things = {key: entity_properties(dataset, key, of_each.get(key, []), lived, {}) for key in sorted(dataset.entities)}
    reach = spans(lived, accepted)
    made = sorted(edges(dataset, sorted(accepted, key=lambda c: c.key), reach), key=lambda e: (e.type, e.key))
    starting: dict[str, list[Edge]] = defaultdict(list)
    ending: dict[str, list[Edge]] = defaultdict(list)
    for edge in made:
        starting[edge.start].append(edge)
        ending[edge.end].append(edge)
    return Network(dataset, of_each, things, lived, reach, made, starting, ending)
