"""Things as RDF: the graph of one thing, read by a program that is not ours, and what leads there."""

from __future__ import annotations

import asyncio

import orjson
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from api.answer import Answers
from api.http.rest.routes import Offer
from graph.build.records import Records
from graph.domain.claim import Dataset
from tests.api.conftest import TODAY
from tests.api.http.rest.conftest import Get, Known, asking, problem

BASE = "https://regiograaf.example.nl"
ZAANSTAD = NamedNode(f"{BASE}/id/municipality/zaanstad")
NOTATIONS = {"ttl": ("text/turtle", RdfFormat.TURTLE), "jsonld": ("application/ld+json", RdfFormat.JSON_LD)}


@pytest.fixture
def graphs(runner: asyncio.Runner, claims: Records, monkeypatch: pytest.MonkeyPatch) -> Get:
    """Asks a server whose store holds the packaged claims."""

    async def stored(store: object) -> Dataset:
        return claims.dataset

    monkeypatch.setattr("api.http.rest.library.stored", stored)
    return asking(runner, Answers(Known(), lambda: TODAY, "engine", request_seconds=300), Offer(base_url=BASE))


@pytest.mark.parametrize("suffix", NOTATIONS)
def test_a_thing_is_the_subject_of_its_graph_with_its_day_and_version(graphs: Get, suffix: str) -> None:
    media, notation = NOTATIONS[suffix]
    response = graphs(f"/id/municipality/zaanstad.{suffix}?asOf=2024-01-01", media)
    assert response.headers["content-type"].partition(";")[0] == media
    triples = {quad.triple for quad in parse(response.content, format=notation)}
    assert any(triple.subject == ZAANSTAD for triple in triples)
    values = {str(getattr(triple.object, "value", "")) for triple in triples}
    assert {"Zaanstad", "v1"} <= values
    again = graphs(f"/id/municipality/zaanstad.{suffix}?asOf=2024-01-01", media, if_none_match=response.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_both_notations_say_the_same(graphs: Get) -> None:
    found = [
        {quad.triple for quad in parse(graphs(f"/id/region/ijmond.{suffix}").content, format=notation)}
        for suffix, (_, notation) in NOTATIONS.items()
    ]
    assert found[0] == found[1]
    assert orjson.loads(graphs("/id/region/ijmond.jsonld").content)["@context"]


def test_another_media_type_or_version_is_a_problem(graphs: Get) -> None:
    assert problem(graphs("/id/municipality/zaanstad.ttl", "application/json"))["code"] == "NOT_ACCEPTABLE"
    assert problem(graphs("/id/municipality/zaanstad.ttl?dataVersion=v0"))["code"] == "OTHER_DATA_VERSION"
