"""The packaged data as an export, with and without addresses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pyoxigraph import Triple

from api.answer import Answers
from api.export.export import Export
from api.export.rdf.things import thing_triples
from graph.build.records import Records
from graph.domain.claim import Claim, EntityRef
from tests.api.conftest import TODAY, NeverAsked

DAY = date(2026, 11, 27)
OF_EACH_KIND = (
    "municipality/zaanstad", "municipality/beemster", "municipality/purmerend", "region/zaanstreek-waterland", "region/noord-holland",
    "collaboration/samenwerking-zawa", "governancebody/bj42", "publicbody/vng", "contract/zawa-2022", "procurement/zawa-2022",
    "function/zawa-b", "function/zawa-d", "function/specialistische-jeugdhulp", "document/convenant-ret", "event/beemster-2022",
)  # fmt: skip
BASE = "https://regiograaf.example"


@pytest.fixture(scope="session")
def export(claims: Records) -> Export:
    """The packaged data; things have their identity as their name."""
    return Export(claims.dataset, Answers(NeverAsked(), lambda: TODAY, "engine"), DAY, "0123456789abcdef")


@pytest.fixture(scope="session")
def small(export: Export) -> Export:
    """A few things of every kind with the claims between them, in the words of the packaged data."""
    whole = export.dataset
    entities = {key: whole.entities[key] for key in OF_EACH_KIND}
    inside = {key: c for key, c in whole.claims.items() if c.subject in entities and _object(c) in (None, *entities)}
    conflicts = {key: c for key, c in whole.conflicts.items() if c.subject in entities and all(name in inside for name in c.claims)}
    return replace(export, dataset=replace(whole, entities=entities, claims=inside, conflicts=conflicts, outlines={}))


def _object(claim: Claim) -> str | None:
    return claim.value.key if isinstance(claim.value, EntityRef) else None


@pytest.fixture(scope="session")
def whole(export: Export) -> list[Triple]:
    """What is accepted of every thing of the packaged data, without its claims."""
    return [triple for key in export.dataset.entities for triple in thing_triples(export, key)]


@pytest.fixture(scope="session")
def addressed(export: Export) -> Export:
    """The packaged data; things have addresses."""
    return Export(export.dataset, export.answers, export.day, export.data_version, BASE)
