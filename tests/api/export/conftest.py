"""An export of the packaged claims, without a store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest

from api.answer import Answers
from api.export.export import Export, Format
from api.export.network import Network, network
from graph.domain.claim import Dataset
from seeds.check import dataset
from tests.api.conftest import TODAY, NeverAsked

DAY = date(2024, 6, 1)
T = TypeVar("T")
Written = Callable[[Format, Export], bytes]


@pytest.fixture(scope="session")
def packaged() -> Dataset:
    return dataset()


@pytest.fixture(scope="session")
def whole(packaged: Dataset) -> Network:
    return network(packaged)


@pytest.fixture
def export(packaged: Dataset) -> Export:
    """An export whose store must not be asked anything."""
    return Export(packaged, Answers(NeverAsked(), lambda: TODAY, "engine"), DAY, "version-1", "https://example.nl/")


@pytest.fixture(scope="session")
def documents(packaged: Dataset) -> Dataset:
    """What the documents say, without the registers of the whole country: a fifth of the claims."""
    claims = {key: claim for key, claim in packaged.claims.items() if packaged.sources[claim.source].kind == "DOCUMENT"}
    conflicts = {key: each for key, each in packaged.conflicts.items() if set(each.claims) <= claims.keys()}
    return replace(packaged, claims=claims, conflicts=conflicts)


@pytest.fixture
def small(export: Export, documents: Dataset) -> Export:
    """An export of what the documents say."""
    return replace(export, dataset=documents)


def turned(export: Export) -> Export:
    """The same export, whose data was read in another order."""
    dataset = export.dataset
    return replace(
        export,
        dataset=replace(
            dataset, entities=_reversed(dataset.entities), claims=_reversed(dataset.claims), sources=_reversed(dataset.sources),
            conflicts=_reversed(dataset.conflicts), datasets=_reversed(dataset.datasets),
        ),
    )  # fmt: skip


def _reversed(parts: Mapping[str, T]) -> dict[str, T]:
    return dict(reversed(list(parts.items())))


@pytest.fixture
def written(runner: asyncio.Runner) -> Written:
    """Returns all bytes of a format."""

    async def gathered(format_: Format, export: Export) -> bytes:
        return b"".join([part async for part in format_.write(export)])

    return lambda format_, export: runner.run(gathered(format_, export))
