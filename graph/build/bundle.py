"""An entity with all that is said of it, as the graph holds it. A load compares, writes and removes it as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.build.fingerprint import digest
from graph.build.properties import Properties

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that the graph holds of one entity (PROV-O: a bundle is a named set of descriptions of provenance).

    `claims` are rows [source, key of the entity that is the value or None, properties]. `attached` are the properties of its attached
    nodes, by label. `references` are rows of the texts that refer to it (`graph.build.nodes.references`). `links` are rows
    [key of the other end, properties], by type of relationship. The order of everything depends on the content alone.
    """

    key: str
    labels: tuple[str, ...]
    properties: Properties
    claims: Sequence[Row]
    attached: Mapping[str, Sequence[Properties]]
    references: Sequence[Row]
    links: Mapping[str, Sequence[Row]]

    @property
    def digest(self) -> str:
        """The digest of the content. Bundles with equal digests have equal nodes and relationships."""
        return digest([self.key, self.labels, self.properties, self.claims, self.attached, self.references, self.links])

    @property
    def size(self) -> int:
        """The number of its nodes and relationships."""
        attached, links = sum(map(len, self.attached.values())), sum(map(len, self.links.values()))
        return 3 + 3 * len(self.claims) + sum(row[1] is not None for row in self.claims) + 2 * attached + len(self.references) + links
