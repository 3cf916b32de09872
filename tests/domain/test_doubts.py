"""What is contradicted, and what is known to be incomplete, can be asked for as such."""

from __future__ import annotations

import pytest

from graph.domain.claim import Dataset
from tests.domain.conftest import Ask

KINDS = {"VALUE", "VALIDITY", "MEMBERS", "NAMING", "COUNT", "SCOPE"}
MEMBERS = [
    "ben-nh", "samenwerking landsdeel Noord-Holland", "noordje", "crisis-lvb", "inkoop dyslexie", "sjso", "spuk", "k-eet", "rechtbankroute",
    "ret", "passend-onderwijs-zawa", "blijvend-veilig", "ontwikkelagenda", "omvorming-jeugdzorgplus", "governance-jeugdbescherming",
]  # fmt: skip
SUPPLIERS = ["gi-current", "gi-2024", "dyslexie-2023", "zawa-2022", "gooi-en-vechtstreek", "joint-2015", "joint-2018"]
SAID_OF = [  # the 23 lists of the reading of which a source says, or shows, that it is not whole
    "collaboration/ben-nh", "collaboration/landsdeel-noord-holland", "collaboration/noordje", "collaboration/crisis-lvb",
    "contract/gi-current", "contract/gi-2024", "contract/dyslexie-2023", "collaboration/sjso", "collaboration/spuk", "collaboration/k-eet",
    "collaboration/rechtbankroute", "collaboration/toekomstscenario", "collaboration/ret", "collaboration/passend-onderwijs-zawa",
    "contract/zawa-2022", "region/amsterdam-amstelland", "region/gooi-en-vechtstreek", "region/west-friesland",
    "publicbody/ggd-zaanstreek-waterland", "collaboration/blijvend-veilig", "collaboration/ontwikkelagenda", "collaboration/aa-zawa",
]  # fmt: skip


def test_all_contradictions_can_be_asked_for(ask: Ask) -> None:
    found = ask(
        "{ conflicts(first: 50) { totalCount nodes { id kind status rule predicate nl: explanation en: explanation(lang: EN)"
        " subject { uri } chosen { id } claims { id source { title } } } } }"
    )
    written, registers = ([f"conflict/{letter}-{n:02}" for n in range(1, many + 1)] for letter, many in (("C", 43), ("R", 6)))
    assert [c["id"] for c in found["nodes"]] == [*written, *registers]
    assert found["totalCount"] == 49
    for conflict in found["nodes"]:
        assert conflict["kind"] in KINDS
        assert len(conflict["claims"]) >= 2
        assert all(c["source"]["title"] for c in conflict["claims"])
        assert len(conflict["nl"].split()) >= 15 < len(conflict["en"].split()) + 1
        assert conflict["nl"] != conflict["en"]


def test_an_open_contradiction_chooses_nothing(ask: Ask) -> None:
    found = ask("{ conflicts(status: [OPEN], first: 50) { nodes { rule chosen { id } } } }")
    assert {(c["rule"], c["chosen"]) for c in found["nodes"]} == {("undecided", None)}


def test_a_contradiction_that_is_decided_says_by_which_rule(ask: Ask) -> None:
    found = ask("{ conflicts(status: [EXPLAINED, RESOLVED], first: 50) { nodes { rule chosen { id } claims { id } } } }")
    for conflict in found["nodes"]:
        assert (conflict["rule"] == "undecided") == (conflict["chosen"] is None)
        assert conflict["chosen"] is None or conflict["chosen"] in conflict["claims"]


def test_meta_counts_the_open_contradictions(ask: Ask) -> None:
    found = ask("{ meta { openConflicts } conflicts(status: [OPEN]) { totalCount } }")
    assert found["meta"]["openConflicts"] == found["conflicts"]["totalCount"]


def test_the_exception_of_two_municipalities_decides_about_dyslexia(ask: Ask) -> None:
    found = ask('{ node(id: "conflict/C-08") { ... on Conflict { rule chosen { id } claims { id } } } }')
    assert (found["rule"], found["chosen"]["id"]) == ("specificity", "claim/COL-05.exception")
    assert {"claim/CON-03.dyslexia", "claim/COL-05.excepts/aalsmeer"} <= {c["id"] for c in found["claims"]}


@pytest.mark.parametrize("subject", SAID_OF)
def test_a_list_that_is_not_whole_is_said_to_be_so(said: Dataset, subject: str) -> None:
    assert [c.key for c in said.claims.values() if c.subject == subject and c.predicate == "incomplete"]


@pytest.mark.parametrize("ref", MEMBERS)
def test_an_incomplete_list_of_members_has_a_remark(ask: Ask, ref: str) -> None:
    found = ask(f'{{ collaboration(ref: "{ref}") {{ members {{ completeness nl: remark en: remark(lang: EN) }} }} }}')
    assert found["members"]["completeness"] == "INCOMPLETE"
    assert found["members"]["nl"]
    assert found["members"]["en"]


@pytest.mark.parametrize("ref", SUPPLIERS)
def test_an_incomplete_list_of_suppliers_has_a_remark(ask: Ask, ref: str) -> None:
    found = ask(f'{{ contract(ref: "{ref}") {{ suppliers {{ completeness nl: remark en: remark(lang: EN) }} }} }}')
    assert found["suppliers"]["completeness"] == "INCOMPLETE"
    assert found["suppliers"]["nl"]
    assert found["suppliers"]["en"]


@pytest.mark.parametrize("ref", ["ZaWa", "AA", "Gooi en Vechtstreek", "West-Friesland", "IJmond", "Haarlemmermeer"])
def test_the_registry_makes_the_municipalities_of_a_region_complete(ask: Ask, ref: str) -> None:
    found = ask(f'{{ region(ref: "{ref}") {{ municipalities {{ completeness remark }} }} }}')
    assert found["municipalities"]["completeness"] == "COMPLETE"


def test_all_participants_of_the_pilot_are_named(ask: Ask) -> None:
    found = ask('{ collaboration(ref: "toekomstscenario", asOf: "2024-06-01") { members { totalCount completeness } } }')
    assert found["members"] == {"totalCount": 14, "completeness": "COMPLETE"}
