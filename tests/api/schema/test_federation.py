"""Regiograaf as a subgraph: what a gateway reads, and how it asks for things by their keys."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import parse
from graphql.language import ObjectTypeDefinitionNode

from api.documents.prepare import prepare
from api.schema.federation import KEYS
from graph.domain import model
from graph.engines.bolt import Store
from tests.api.conftest import Client
from tests.conftest import engine

__all__ = ["engine"]  # on both engines

ENTITIES = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Municipality { id name } ... on Region { name } } }"
ZAANSTAD = {"__typename": "Municipality", "id": "municipality/zaanstad", "name": "Zaanstad"}


def entities(client: Client, representations: list[Any]) -> dict[str, Any]:
    response = client.ask(ENTITIES, {"r": representations})
    return dict(response.json())


def one_cypher(representations: list[Any]) -> str:
    (root,) = prepare(ENTITIES, None, {"r": representations})[0].roots.values()
    return root.plan.text


def test_a_gateway_reads_the_schema_with_its_keys(client: Client) -> None:
    sdl = client.ask("{ _service { sdl } }").json()["data"]["_service"]["sdl"]
    assert sdl.startswith('extend schema @link(url: "https://specs.apollo.dev/federation/v2')
    types = {d.name.value: d for d in parse(sdl).definitions if isinstance(d, ObjectTypeDefinitionNode)}
    keyed = {name: [d for d in t.directives or () if d.name.value == "key"] for name, t in types.items()}
    assert {name: len(keys) for name, keys in keyed.items() if keys} == {name: len(keys) for name, keys in KEYS.items()}
    assert {f.name.value for f in types["Query"].fields or ()} & {"_entities", "_service"} == set()
    assert not {"_Service", "_Entity", "_Any"} & set(types)


def test_all_that_is_keyed_is_an_entity_of_the_model() -> None:
    assert set(KEYS) == set(model.ENTITIES)


def test_things_are_found_by_uri_by_id_and_by_code_in_the_order_asked(loaded_client: Client) -> None:
    answer = entities(
        loaded_client,
        [
            {"__typename": "Municipality", "code": "GM0479"},
            {"__typename": "Region", "uri": "urn:regiograaf:region:zaanstreek-waterland"},
            {"__typename": "Municipality", "uri": "urn:regiograaf:municipality:zaanstad"},
            {"__typename": "Municipality", "id": "municipality/zaanstad"},
        ],
    )
    assert answer["data"]["_entities"] == [ZAANSTAD, {"__typename": "Region", "name": "Zaanstreek-Waterland"}, ZAANSTAD, ZAANSTAD]
    assert "errors" not in answer


def test_an_id_with_a_day_is_answered_for_that_day(loaded_client: Client) -> None:
    query = (
        "query ($r: [_Any!]!) { _entities(representations: $r)"
        " { ... on Municipality { id context { asOf isDefault } youthRegion { name } } } }"
    )
    ids = ["municipality/beemster@2021-12-31", "municipality/beemster@2022-01-01"]
    found = loaded_client.ask(query, {"r": [{"__typename": "Municipality", "id": i} for i in ids]}).json()["data"]["_entities"]
    assert [(f["id"], f["context"]["isDefault"]) for f in found] == [(i, False) for i in ids]
    assert [f["youthRegion"] for f in found] == [{"name": "Zaanstreek-Waterland"}, None]


def test_what_is_not_there_is_null_with_an_error_at_its_place(loaded_client: Client) -> None:
    answer = entities(
        loaded_client,
        [
            {"__typename": "Municipality", "uri": "urn:regiograaf:municipality:atlantis"},
            {"__typename": "Municipality", "code": "GM0479"},
            {"__typename": "Ministry", "uri": "urn:regiograaf:municipality:zaanstad"},
            {"__typename": "Region", "uri": "urn:regiograaf:municipality:zaanstad"},
            {"__typename": "Region", "code": "JZ09"},
            {"__typename": "Municipality", "id": "municipality/zaanstad@2022-13-01"},
            "zaanstad",
        ],
    )
    assert answer["data"]["_entities"] == [None, ZAANSTAD, None, None, None, None, None]
    told = {tuple(e["path"]): e["extensions"] for e in answer["errors"]}
    assert {path: e["code"] for path, e in told.items()} == {("_entities", 0): "NOT_FOUND"} | {
        ("_entities", at): "BAD_INPUT" for at in range(2, 7)
    }
    assert {e["argument"] for e in told.values()} == {"representations"}
    assert all(e["remedy"].endswith(".") for e in told.values())


def test_no_representation_is_an_empty_list(loaded_client: Client) -> None:
    assert entities(loaded_client, [])["data"] == {"_entities": []}


def test_two_hundred_and_fifty_are_answered_and_one_more_is_refused(loaded_client: Client, loaded: Store) -> None:
    many = [{"__typename": "Municipality", "code": "GM0479"}, {"__typename": "Municipality", "uri": "urn:regiograaf:municipality:weesp"}]
    answer = entities(loaded_client, many * 125)
    assert [e["name"] for e in answer["data"]["_entities"]] == ["Zaanstad", "Weesp"] * 125
    (error,) = entities(loaded_client, [*many * 125, many[0]])["errors"]
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("TOO_MANY", "representations")


@pytest.mark.parametrize("many", [2, 250])
def test_things_of_one_type_take_one_subquery_however_many_there_are(many: int) -> None:
    text = one_cypher([{"__typename": "Municipality", "uri": f"urn:regiograaf:municipality:m{i}"} for i in range(many)])
    assert text.count("CALL ()") == 1


def test_the_order_and_the_keys_do_not_shape_the_plan() -> None:
    one, other = {"__typename": "Municipality", "code": "GM0479"}, {"__typename": "Region", "uri": "urn:regiograaf:region:ijmond"}
    assert one_cypher([one, other, one]) == one_cypher([other, one | {"code": "GM0361"}])


def test_ids_of_one_type_and_day_take_one_subquery() -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    places = [f"municipality/{name}@2022-01-01" for name in ("zaanstad", "weesp", "edam-volendam")]
    ids = [*places, "claim/CON-01.term", "claim/CON-02.term"]
    (root,) = prepare(query, None, {"ids": ids})[0].roots.values()
    assert root.plan.text.count("CALL ()") == 2
