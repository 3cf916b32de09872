"""The packaged data as an export, with and without addresses."""

from __future__ import annotations

import pytest
from pyoxigraph import Triple

from api.export.export import Export
from api.export.rdf.things import thing_triples
from graph.build.records import Records
from tests.standards.ours import BASE, exported, few


@pytest.fixture(scope="session")
def export(claims: Records) -> Export:
    """The packaged data; things have their identity as their name."""
    return exported(claims.dataset)


@pytest.fixture(scope="session")
def small(export: Export) -> Export:
    """A few things of every kind with the claims between them, in the words of the packaged data."""
    return few(export)


@pytest.fixture(scope="session")
def whole(export: Export) -> list[Triple]:
    """What is accepted of every thing of the packaged data, without its claims."""
    return [triple for key in export.dataset.entities for triple in thing_triples(export, key)]


@pytest.fixture(scope="session")
def addressed(export: Export) -> Export:
    """The packaged data; things have addresses."""
    return exported(export.dataset, base_url=BASE)
