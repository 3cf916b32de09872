"""The content of a graph by its things, as the exports of RDF look it up. It is computed once for a dataset, not for each thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from graph.build.records import Records, records
from graph.domain.claim import Conflict, Dataset
from graph.domain.conflict import set_aside


class Content:
    """A dataset with what follows from it: the accepted relationships, the claims that were set aside, the conflicts about each thing."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    @cached_property
    def records(self) -> Records:
        return records(self.dataset)

    @cached_property
    def aside(self) -> frozenset[str]:
        return frozenset(set_aside(self.dataset.conflicts.values(), self.dataset.claims, self.dataset.sources))

    @cached_property
    def conflicts(self) -> Mapping[str, Sequence[Conflict]]:
        """The conflicts by the keys of the things that they are about."""
        out: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in self.dataset.conflicts.values():
            out[conflict.subject].append(conflict)
        return out


_last: list[Content] = []


def content(dataset: Dataset) -> Content:
    """Returns the content of a dataset; of the last one that was asked for it is kept."""
    if not _last or _last[0].dataset is not dataset:
        _last[:] = [Content(dataset)]
    return _last[0]
