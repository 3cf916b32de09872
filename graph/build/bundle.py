"""A thing with all that is said of it, as it stands in the graph: the part that is compared, written and removed as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.build.fingerprint import digest
from graph.build.properties import Properties

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the graph holds of one thing (PROV-O: a bundle is a named set of descriptions of provenance).

    `claims` are rows [source, key of the thing that is the value or None, properties]; `hung` are the properties of the small nodes
    that hang on the thing, by label; `references` rows of the texts by which it may be called (`graph.build.nodes.called`); `links` rows
    [key of the other end, properties], by the type of the relationship. Everything is in an order that only the content gives.
    """

    key: str
    labels: tuple[str, ...]
    properties: Properties
    claims: Sequence[Row]
    hung: Mapping[str, Sequence[Properties]]
    references: Sequence[Row]
    links: Mapping[str, Sequence[Row]]

    @property
    def digest(self) -> str:
        """The fingerprint of the content: equal digests, equal elements."""
        return digest([self.key, self.labels, self.properties, self.claims, self.hung, self.references, self.links])

    @property
    def size(self) -> int:
        """How many nodes and relationships it is."""
        hung, links = sum(map(len, self.hung.values())), sum(map(len, self.links.values()))
        return 3 + 3 * len(self.claims) + sum(row[1] is not None for row in self.claims) + 2 * hung + len(self.references) + links
