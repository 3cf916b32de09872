"""Questions that once contradicted each other: what holds on a day is the same from every side, and every argument counts."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.engines.bolt import Store
from tests.domain.conftest import TODAY, Ask


def listed(connection: dict[str, Any]) -> list[str]:
    return [node["slug"] for node in connection["nodes"]]


@pytest.fixture
def sent(loaded: Store, runner: asyncio.Runner) -> Any:
    """The whole response to a question with variables."""
    answers = Answers(loaded, lambda: TODAY, "engine")
    return lambda query, **variables: runner.run(answers(Question(query, None, variables)))


# ── what has gone, or has not come ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("gone", ["Beemster", "Zeevang"])
def test_no_contract_holds_for_a_municipality_that_is_gone(ask: Ask, gone: str) -> None:
    found = ask(f"""{{
      contracts(filter: {{municipality: ["{gone}"]}}, asOf: "2023-06-01") {{ nodes {{ slug }} }}
      municipality(ref: "{gone}", asOf: "2023-06-01") {{ status contracts {{ nodes {{ slug }} }} }}
    }}""")
    assert listed(found["contracts"]) == listed(found["municipality"]["contracts"]) == []
    assert found["municipality"]["status"] == "INACTIVE"


@pytest.mark.parametrize("day", ["2014-12-31", "2018-01-01", "2023-12-31", "2024-01-01", "2026-12-31", "2027-01-01"])
def test_search_says_of_a_contract_what_its_period_says(ask: Ask, day: str) -> None:
    every = f'first: 100, during: {{}}) {{ nodes {{ slug name period {{ contains(date: "{day}") }} }} }}'
    for contract in ask(f"{{ contracts({every} }}")["nodes"]:
        query = f'query: "{contract["name"]}", types: [CONTRACT], asOf: "{day}"'
        edges = ask(f"{{ search({query}) {{ edges {{ existsOnDay node {{ slug }} }} }} }}")["edges"]
        (found,) = [edge for edge in edges if edge["node"]["slug"] == contract["slug"]]
        assert found["existsOnDay"] == contract["period"]["contains"], contract["slug"]


def test_a_collaboration_is_not_found_by_a_member_of_another_day(ask: Ask) -> None:
    found = ask("""{
      collaborations(filter: {member: ["JZ09"]}, asOf: "2023-06-01") { nodes { slug } }
      collaboration(ref: "aa-zawa", asOf: "2023-06-01") { members(filter: {member: ["JZ09"]}) { totalCount } }
    }""")
    assert "aa-zawa" not in listed(found["collaborations"])
    assert found["collaboration"]["members"]["totalCount"] == 0
    for slug in listed(found["collaborations"]):  # a source may name a member only later: then it may have been one on that day
        one = ask(f'{{ collaboration(ref: "{slug}", asOf: "2023-06-01") {{ members(filter: {{member: ["JZ09"]}}) {{ totalCount }} }} }}')
        assert one["members"]["totalCount"] == 1


SUPPLIED = """{
  contract(ref: "gi-current", asOf: "%(day)s") { buyers { slug } suppliers { nodes { member { slug } } } contractManager { slug } }
  provider(ref: "wsg", asOf: "%(day)s") { contracts { nodes { slug } } }
  contracts(filter: {supplier: ["wsg"]}, asOf: "%(day)s") { nodes { slug } }
  bought: contracts(filter: {buyer: ["JZ09"]}, asOf: "%(day)s") { nodes { slug } }
  providers(filter: {contract: ["gi-current"]}, asOf: "%(day)s") { nodes { slug } }
  path(from: "provider/wsg", to: "contract/gi-current", asOf: "%(day)s") { length }
}"""


@pytest.mark.parametrize("day", ["2016-06-01", "2021-12-31", "2023-06-01", "2023-06-07", "2023-07-01", "2027-06-01"])
def test_a_contract_and_its_parties_agree_on_every_day(ask: Ask, day: str) -> None:
    found = ask(SUPPLIED % {"day": day})
    said = [
        "wsg" in {one["member"]["slug"] for one in found["contract"]["suppliers"]["nodes"]},
        "gi-current" in listed(found["provider"]["contracts"]),
        "gi-current" in listed(found["contracts"]),
        "wsg" in listed(found["providers"]),
        [path["length"] for path in found["path"]][:1] == [1],
        bool(found["contract"]["buyers"]),
        "gi-current" in listed(found["bought"]),
    ]
    assert len(set(said)) == 1


def test_facets_count_the_care_functions_of_the_day(ask: Ask) -> None:
    collaborations = ask("""{ collaborations(asOf: "2018-07-01", first: 100) {
      facets { field value count } nodes { slug functions { slug } } } }""")
    counts = {facet["value"]: facet["count"] for facet in collaborations["facets"] if facet["field"] == "FUNCTION"}
    had = Counter(f"function/{one['slug']}" for node in collaborations["nodes"] for one in node["functions"])
    assert {value: count for value, count in counts.items() if value != "UNKNOWN"} == had
    assert counts.get("UNKNOWN", 0) == len([one for one in collaborations["nodes"] if not one["functions"]])
    contracts = ask('{ contracts(asOf: "2018-07-01", first: 50) { facets { field value count } nodes { functions { slug } } } }')
    counts = {facet["value"]: facet["count"] for facet in contracts["facets"] if facet["field"] == "FUNCTION"}
    had = Counter(f"function/{one['slug']}" for node in contracts["nodes"] for one in node["functions"])
    assert {value: count for value, count in counts.items() if value != "UNKNOWN"} == had


def test_a_collaboration_is_found_by_a_function_that_it_has_on_the_day(ask: Ask) -> None:
    found = ask('{ collaborations(filter: {function: ["procesregie-complex"]}, asOf: "2018-07-01") { nodes { slug functions { slug } } } }')
    assert all("procesregie-complex" in [one["slug"] for one in node["functions"]] for node in found["nodes"])


# ── exceptions ────────────────────────────────────────────────────────────────────────────────────


def test_a_contract_does_not_hold_for_a_municipality_that_it_excepts(ask: Ask) -> None:
    found = ask("""{
      contracts(filter: {municipality: ["Aalsmeer"], function: ["dyslexie"], status: [ACTIVE]}, asOf: "2023-06-01") { nodes { slug } }
      municipality(ref: "Aalsmeer", asOf: "2023-06-01") { contracts(filter: {function: ["dyslexie"]}) { nodes { slug } } }
      beside: municipality(ref: "Diemen", asOf: "2023-06-01") { contracts(filter: {function: ["dyslexie"]}) { nodes { slug } } }
      coverage(municipality: "Aalsmeer", function: "dyslexie", asOf: "2023-06-01") { status reasons }
    }""")
    assert (listed(found["contracts"]), listed(found["municipality"]["contracts"])) == ([], [])
    assert listed(found["beside"]["contracts"]) == ["dyslexie-2023"]
    assert found["coverage"] == {"status": "UNKNOWN", "reasons": ["EXCLUDED"]}


@pytest.mark.parametrize("ends", [("aalsmeer", "contract/dyslexie-2023"), ("contract/dyslexie-2023", "amstelveen")])
def test_no_path_goes_through_an_exception(ask: Ask, ends: tuple[str, str]) -> None:
    paths = ask('{ path(from: "%s", to: "%s", asOf: "2023-06-01") { steps { label(lang: EN) from { slug } to { slug } } } }' % ends)  # noqa: UP031
    labels = {step["label"] for path in paths for step in path["steps"] if "dyslexie-2023" in (step["from"]["slug"], step["to"]["slug"])}
    assert labels
    assert not labels & {"holds for", "is covered by"}


# ── logic ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("way", [
    "contracts(asOf: \"2023-06-01\", filter: %s) { nodes { slug } }",
    'municipality(ref: "zaanstad", asOf: "2023-06-01") { contracts(filter: %s) { nodes { slug } } }',
    'region(ref: "JZ09", asOf: "2023-06-01") { contracts(filter: %s) { nodes { slug } } }',
    'provider(ref: "parlan", asOf: "2023-06-01") { contracts(filter: %s) { nodes { slug } } }',
    'collaboration(ref: "dyslexie", asOf: "2023-06-01") { contracts(filter: %s) { nodes { slug } } }',
])  # fmt: skip
def test_not_not_is_the_thing_itself(ask: Ask, way: str) -> None:
    plain, twice, once = (
        ask(f"{{ {way % text} }}")
        for text in (
            '{function: ["dyslexie"]}',
            '{not: {not: {function: ["dyslexie"]}}}',
            '{not: {function: ["dyslexie"]}}',
        )
    )
    assert plain == twice
    assert "contracts(asOf" not in way or plain != once


@pytest.mark.parametrize("said", [True, False])
def test_has_conflict_says_what_conflicts_says(ask: Ask, said: bool) -> None:
    flag = str(said).lower()
    found = ask(f"""{{
      collaborations(filter: {{hasConflict: {flag}}}, asOf: "2023-06-01", first: 50) {{ nodes {{ conflicts {{ id }} }} }}
      noordje: collaboration(ref: "noordje", asOf: "2023-06-01") {{
        members(filter: {{hasConflict: {flag}}}, first: 50) {{ nodes {{ conflicts {{ id }} }} }} }}
    }}""")
    for connection in (found["collaborations"], found["noordje"]["members"]):
        assert {bool(one["conflicts"]) for one in connection["nodes"]} <= {said}
    assert found["collaborations"]["nodes"]


# ── every argument counts, or is refused ──────────────────────────────────────────────────────────


def test_region_counts_beside_municipalities(ask: Ask) -> None:
    found = ask("""{
      coverageMatrix(municipalities: ["Zaanstad"], region: "JZ13", functions: ["dyslexie"], asOf: "2023-06-01") { municipalities { slug } }
      municipalities(refs: ["Zaanstad"], region: "JZ13", asOf: "2023-06-01") { totalCount }
      whoCovers(municipality: "Zaanstad", region: "JZ13", function: "dyslexie", asOf: "2023-06-01") { status }
      gaps(municipalities: ["Zaanstad"], region: "JZ13", includeUnknown: true, asOf: "2023-06-01") { status }
    }""")
    assert (found["coverageMatrix"]["municipalities"], found["municipalities"]["totalCount"]) == ([], 0)
    assert (found["whoCovers"], found["gaps"]) == ([], [])


GAPS = 'gaps(region: "%s", asOf: "%s", withinMonths: 12, includeUnknown: true) { municipality { slug } function { slug } status }'
WHO = 'whoCovers(region: "%s", asOf: "%s", function: "dyslexie") { municipality { slug } status }'


@pytest.mark.parametrize("day", ["2019-06-01", "2026-03-01"])
def test_of_a_region_of_regions_the_answers_are_those_of_its_members(ask: Ask, day: str) -> None:
    members = ask(
        f'{{ region(ref: "landsdeel-noord-holland", asOf: "{day}") {{ members(first: 50) {{ nodes {{ member {{ slug id }} }} }} }} }}'
    )
    parts = [one["member"]["slug"] for one in members["members"]["nodes"]]
    assert len(parts) == 9
    for question in (GAPS, WHO):
        whole = ask(f"{{ {question % ('landsdeel-noord-holland', day)} }}")
        apart = [cell for part in parts for cell in ask(f"{{ {question % (f'region/{part}', day)} }}")]
        assert sorted(map(str, whole)) == sorted(map(str, apart))
        assert whole


def test_a_list_that_is_read_through_other_lists_is_no_surer_than_these(ask: Ask) -> None:
    found = ask("""{
      landsdeel: region(ref: "landsdeel-noord-holland", asOf: "2026-03-01") { members { completeness remark }
        municipalities { completeness remark } }
      province: region(ref: "PV27", asOf: "2026-03-01") { municipalities { completeness } }
    }""")
    assert found["landsdeel"]["municipalities"] == found["landsdeel"]["members"]
    assert found["landsdeel"]["members"]["completeness"] == "INCOMPLETE"
    assert found["province"]["municipalities"]["completeness"] == "COMPLETE"


@pytest.mark.parametrize("field", ["municipalities(%s) { totalCount }", "gaps(%s) { status }", "coverageMatrix(%s) { summary { count } }"])
def test_a_region_without_municipalities_is_no_region_without_gaps(refused: Ask, field: str) -> None:
    for region in ("nederland", "Stadsregio Amsterdam"):
        told = refused("{ %s }" % (field % f'region: "{region}", asOf: "2023-06-01"'))
        assert (told["code"], told["argument"]) == ("NO_MUNICIPALITIES", "region")


@pytest.mark.parametrize(
    ("slug", "day", "instead"), [("beemster", "2022-01-01", "Purmerend"), ("dijk-en-waard", "2021-12-31", "Leave it out")]
)
def test_a_municipality_that_is_not_there_is_no_municipality_without_gaps(
    ask: Ask, refused: Ask, slug: str, day: str, instead: str
) -> None:
    told = refused(f'{{ gaps(municipalities: ["Zaanstad", "{slug}"], asOf: "{day}") {{ status }} }}')
    assert (told["code"], told["argument"]) == ("NOT_ON_THAT_DAY", "municipalities")
    assert instead in told["remedy"]
    (cell,) = ask(f'{{ whoCovers(municipality: "{slug}", function: "dyslexie", asOf: "{day}") {{ status reasons }} }}')
    assert cell == {"status": "NOT_APPLICABLE", "reasons": ["NO_MUNICIPALITY"]}


def test_takes_part_counts_at_the_top_and_is_refused_below_it(ask: Ask, refused: Ask) -> None:
    text = '{ collaboration(ref: "dyslexie", asOf: "2023-06-01") { members(filter: %s) { totalCount } } }'
    assert ask(text % "{takesPart: false}")["members"]["totalCount"] == 2
    for below in ("{not: {takesPart: false}}", "{or: [{takesPart: false}]}"):
        assert refused(text % below)["code"] == "BAD_INPUT"


NULLS = {
    "query($d: OrderDirection = DESC) { contracts(orderBy: {field: NAME, direction: $d}, first: 1) { nodes { slug } } }": "direction",
    'query($d: Ref = "zaanstad") { municipality(ref: $d) { slug } }': "ref",
    'query($d: Ref = "zaanstad") { municipalities(refs: [$d]) { totalCount } }': "refs",
    "query($d: ContractStatus = ACTIVE) { contracts(filter: {not: {status: [$d]}}) { totalCount } }": "status",
    "query($d: Boolean = false) { meta { engine apiVersion @skip(if: $d) } }": "if",
    "query($d: Boolean = true) { savedQuestions { name title @include(if: $d) } }": "if",
    'query($d: ID = "municipality/zaanstad") { nodes(ids: [$d]) { id } }': "ids",
}


@pytest.mark.parametrize("query", NULLS)
def test_null_is_refused_where_null_cannot_be(sent: Any, query: str) -> None:
    assert "errors" not in sent(query)
    (error,) = sent(query, d=None)["errors"]
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_INPUT", NULLS[query])


# ── the ends of what can be asked ─────────────────────────────────────────────────────────────────


def test_gaps_can_be_asked_for_the_last_day_there_is(ask: Ask) -> None:
    assert ask('{ gaps(region: "ZaWa", asOf: "9999-12-31", withinMonths: 12) { status } }') == []
    assert listed(ask('{ contracts(filter: {endsAfter: "9999-12-31"}) { nodes { slug } } }')) == []


def test_an_id_may_be_a_whole_number(refused: Ask, sent: Any) -> None:
    for query in ("{ node(id: 12) { id } }", "{ nodes(ids: [12]) { id } }"):
        assert refused(query)["code"] == "BAD_ID"
    for number in (12, 12.0):
        (error,) = sent("query($d: ID!) { node(id: $d) { id } }", d=number)["errors"]
        assert (error["extensions"]["code"], error["message"]) == ("BAD_ID", '"12" is not an id of Regiograaf.')
