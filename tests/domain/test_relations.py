"""What an entity is called for short, where it is mentioned, who speaks for whom, who refers, and which contract follows which."""

from __future__ import annotations

import pytest

from graph.domain.claim import Dataset, EntityRef
from tests.domain.conftest import Ask


def test_an_entity_is_mentioned_in_the_sources_of_its_claims(ask: Ask, said: Dataset) -> None:
    naive: dict[str, set[str]] = {key: set() for key, entity in said.entities.items() if entity.type != "ChangeEvent"}
    for claim in said.claims.values():
        if claim.subject in naive:
            naive[claim.subject].add(f"source/{claim.source}")
    keys = list(naive)
    for start in range(0, len(keys), 50):
        ids = ", ".join(f'"{key}"' for key in keys[start : start + 50])
        nodes = ask(f"{{ nodes(ids: [{ids}]) {{ id ... on Entity {{ mentionedIn {{ id }} }} }} }}")
        assert {n["id"]: {s["id"] for s in n["mentionedIn"]} for n in nodes} == {k: naive[k] for k in keys[start : start + 50]}


@pytest.mark.parametrize(
    ("key", "short"),
    [
        ("governancebody/bj42", "BJ42"), ("collaboration/ret", "RET"), ("governancebody/pho-zawa", "PHO Jeugd"),
        ("collaboration/k-eet", "K-EET"), ("region/zaanstreek-waterland", "ZaWa"), ("function/gi", "GI"),
        ("document/betaalovereenkomst", "BOK"),
    ],
)  # fmt: skip
def test_an_entity_has_its_name_in_daily_use(ask: Ask, key: str, short: str) -> None:
    assert ask(f'{{ entity(ref: "{key}") {{ shortName }} }}') == {"shortName": short}


def test_an_entity_without_a_shorter_name_has_its_name_in_the_language_asked_for(ask: Ask) -> None:
    assert ask('{ document(ref: "jeugdwet") { nl: shortName en: shortName(lang: EN) } }') == {"nl": "Jeugdwet", "en": "Youth Act"}


def test_every_other_name_has_the_claim_that_gives_it(ask: Ask, said: Dataset) -> None:
    names = ask('{ region(ref: "JZ09") { alternateNames { name claim { id } } } }')["alternateNames"]
    assert names
    for name in names:
        assert said.claims[name["claim"]["id"].removeprefix("claim/")].value == name["name"]


def test_who_speaks_for_a_region_is_told_from_both_ends_with_its_level(ask: Ask, said: Dataset) -> None:
    naive = {
        (c.value.key, str(c.qualifiers["level"])) for c in said.claims.values()
        if c.predicate == "representedBy" and isinstance(c.value, EntityRef) and c.subject == "region/zaanstreek-waterland"
    }  # fmt: skip
    found = ask('{ region(ref: "JZ09") { representedBy { organization { id } level claims { id } } } }')["representedBy"]
    assert {(r["organization"]["id"], r["level"]) for r in found} == naive
    assert all(len(r["claims"]) == 1 for r in found)
    for key, _ in naive:
        back = ask(f'{{ organization(ref: "{key}") {{ represents {{ organization {{ id }} level }} }} }}')["represents"]
        assert {r["level"] for r in back} == {level for one, level in naive if one == key}
        assert {r["organization"]["id"] for r in back} == {"region/zaanstreek-waterland"}


def test_four_routes_lead_to_specialist_care(ask: Ask) -> None:
    found = ask('{ entity(ref: "function/specialistische-jeugdhulp") { ... on CareFunction { accessBy { route claim { predicate } } } } }')
    assert {a["route"] for a in found["accessBy"]} == {"MUNICIPALITY", "GENERAL_PRACTITIONER", "CERTIFIED_INSTITUTION", "MEDICAL_REFERRER"}
    assert {a["claim"]["predicate"] for a in found["accessBy"]} == {"accessBy"}


def test_a_contract_succeeds_those_that_it_replaces(ask: Ask) -> None:
    contracts = ask("{ contracts { nodes { id succeeds { id } succeededBy { id } } } }")["nodes"]
    replaced = {(c["id"], c["succeededBy"]["id"]) for c in contracts if c["succeededBy"]}
    assert replaced
    assert {(earlier["id"], c["id"]) for c in contracts for earlier in c["succeeds"]} >= replaced


def test_a_contract_covers_the_municipalities_of_its_collaboration(ask: Ask) -> None:
    of = "coveredMunicipalities(first: 50) { totalCount nodes { code } }"
    two = ask(
        f'{{ contract(ref: "contract/dyslexie-2023", asOf: "2024-01-01") {{ {of} }} '
        f'collaboration(ref: "collaboration/dyslexie", asOf: "2024-01-01") {{ {of} }} }}'
    )
    assert two["contract"] == two["collaboration"]
    assert two["contract"]["coveredMunicipalities"]["totalCount"] == 11


def test_a_conflict_has_its_short_code(ask: Ask, said: Dataset) -> None:
    nodes = ask("{ conflicts(first: 100) { nodes { id key } } }")["nodes"]
    assert [n["key"] for n in nodes] == sorted(said.conflicts)
    assert all(n["id"] == f"conflict/{n['key']}" for n in nodes)
