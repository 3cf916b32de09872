"""What became of things in the packaged claims: told with its occasion where one is known, and never as surer than the sources are."""

from __future__ import annotations

import pytest

from tests.domain.conftest import Ask

DIFF = """nodes { kind certainty predicate subject { slug } cause { id } sentence
  after { ... on EntityValue { entity { slug } } } }"""


def test_the_turn_of_2022_tells_of_beemster_the_new_contracts_and_the_end_of_the_joint_purchase(ask: Ask) -> None:
    found = ask(f'{{ diff(from: "2021-12-31", to: "2022-01-01", scope: ["JZ09"], first: 100) {{ totalCount {DIFF} }} }}')
    assert len(found["nodes"]) == found["totalCount"]
    told = {(c["kind"], c["certainty"], c["predicate"], c["subject"]["slug"]) for c in found["nodes"]}
    assert told >= {
        ("REMOVED", "CERTAIN", "exists", "beemster"),
        ("ADDED", "CERTAIN", "runs", "zawa-2022"),
        ("REMOVED", "CERTAIN", "covers", "joint-2018"),
        ("CHANGED", "UNCERTAIN", "runs", "joint-2018"),
    }


def test_a_merger_is_one_sentence_and_the_cause_of_nothing_else(ask: Ask) -> None:
    found = ask(f'{{ diff(from: "2021-12-31", to: "2022-01-01", first: 100, scope: ["JZ09"]) {{ {DIFF} }} }}')
    by_merger = [c for c in found["nodes"] if (c["cause"] or {}).get("id") == "event/beemster-2022@2022-01-01"]
    assert [c["sentence"] for c in by_merger] == ["Beemster bestaat sinds 1 januari 2022 niet meer: het ging op in Purmerend."]
    begun = [c for c in found["nodes"] if c["predicate"] == "runs" and c["subject"]["slug"] == "zawa-2022"]
    assert [c["cause"]["id"] for c in begun] == ["event/zawa-contracten-2022@2022-01-01"]


def test_a_firm_term_that_is_over_is_no_end_and_an_option_no_extension(ask: Ask) -> None:
    found = ask(f'{{ diff(from: "2023-12-31", to: "2024-06-01", scope: ["contract/zawa-2022"], first: 100) {{ {DIFF} }} }}')
    assert {c["certainty"] for c in found["nodes"]} == {"UNCERTAIN"}
    assert {c["kind"] for c in found["nodes"]} == {"ADDED", "CHANGED"}
    (option,) = [c for c in found["nodes"] if c["predicate"] == "option"]
    assert option["sentence"].endswith("kon op 1 januari 2024 verlengd worden met optie 1; of dat is gebeurd, zegt geen bron.")


def test_a_name_and_a_code_that_change_are_told(ask: Ask) -> None:
    found = ask(f'{{ diff(from: "2018-12-31", to: "2019-01-01", scope: ["samenwerking-zawa"], first: 100) {{ {DIFF} }} }}')
    told = {c["predicate"]: c["sentence"] for c in found["nodes"] if c["predicate"] in ("alternateName", "identifier")}
    assert told["alternateName"].startswith("Regionale samenwerking jeugdhulp Zaanstreek-Waterland heet sinds 1 januari 2019 ook ")
    assert told["identifier"].endswith("heeft sinds 1 januari 2019 het kenmerk ROO:28128324; daarvoor ROO:24964987.")


def test_an_end_is_dated_by_its_last_day(ask: Ask) -> None:
    found = ask(f'{{ diff(from: "2023-06-01", to: "2027-06-01", scope: ["contract/zawa-2022"], first: 100) {{ {DIFF} }} }}')
    (over,) = [c["sentence"] for c in found["nodes"] if c["kind"] == "REMOVED" and c["predicate"] == "runs"]
    assert over.endswith("eindigde tussen 31 december 2023 en 31 december 2026.")


def test_an_option_is_a_possibility_on_the_timeline(ask: Ask) -> None:
    found = ask('{ timeline(entity: "contract/zawa-2022") { id kind certainty label(lang: EN) } }')
    options = [m for m in found if m["kind"] == "CONTRACT_EXTENSION"]
    assert [m["id"] for m in options] == [f"moment/option~CON-09.option-{n}" for n in (1, 2, 3)]
    assert all(m["certainty"] == "UNCERTAIN" and m["label"].endswith("no source says whether it was used") for m in options)


def test_the_same_claim_on_two_days_has_two_ids_where_its_answer_differs(ask: Ask) -> None:
    claim = 'claims(predicate: "covers") { nodes { id carriedForward } }'
    found = ask(f'{{ a: contract(ref: "contract/zawa-2022", asOf: "2022-06-01") {{ {claim} }}'
                f'   b: contract(ref: "contract/zawa-2022", asOf: "2026-06-01") {{ {claim} }} }}')  # fmt: skip
    one, other = (found[key]["claims"]["nodes"][0] for key in "ab")
    assert (one["carriedForward"], other["carriedForward"]) == (False, True)
    assert one["id"] != other["id"]
    for claim_ in (one, other):
        assert ask(f'{{ node(id: "{claim_["id"]}") {{ id ... on Claim {{ carriedForward }} }} }}') == claim_


@pytest.mark.parametrize(
    "id_", ["conflict/C-08", "event/beemster-2022", "claim/CON-11.covers", "source/regiovisie-zawa", "moment/ended~contract/zawa-2022"]
)
def test_an_id_with_a_day_leads_back_to_itself_and_one_without_too(ask: Ask, id_: str) -> None:
    assert ask(f'{{ node(id: "{id_}@2023-06-01") {{ id }} }}') == {"id": f"{id_}@2023-06-01"}
    assert ask(f'{{ node(id: "{id_}") {{ id }} }}') == {"id": id_}


def test_moments_and_things_are_found_side_by_side(ask: Ask) -> None:
    ids = ["moment/ended~contract/zawa-2022@2023-06-01", "municipality/zaanstad", "moment/ended~contract/zawa-2022", "moment/left~nothing"]
    ids += ["event/beemster-2022", *ids[:1]]
    found = ask(f"{{ nodes(ids: {ids}) {{ __typename id }} }}".replace("'", '"'))
    types = ["ChangeEvent", "Municipality", "ChangeEvent", None, "ChangeEvent", "ChangeEvent"]
    assert found == [type_ and {"__typename": type_, "id": id_} for id_, type_ in zip(ids, types, strict=True)]


def test_a_facet_counts_what_its_filter_finds(ask: Ask) -> None:
    found = ask("{ contracts(first: 1) { totalCount facets { field value count } } }")
    assert sum(f["count"] for f in found["facets"] if f["field"] == "END_YEAR") == found["totalCount"]
    for facet in found["facets"]:
        if facet["field"] == "FUNCTION" and facet["value"] != "UNKNOWN":
            kept = ask(f'{{ contracts(filter: {{ function: ["{facet["value"]}"] }}) {{ totalCount }} }}')
            assert kept["totalCount"] == facet["count"], facet


@pytest.mark.parametrize(
    ("question", "code", "argument"),
    [
        ('{ diff(from: "2022-01-01", to: "2022-01-01") { totalCount } }', "BAD_PERIOD", "to"),
        ('{ diff(from: "2022-01-02", to: "2022-01-01") { totalCount } }', "BAD_PERIOD", "to"),
        ('{ timeline(entity: "zaanstad", during: {startDate: "2022-01-02", endDate: "2022-01-01"}) { id } }', "BAD_PERIOD", "during"),
        ('{ contracts(during: {startDate: "2022-01-02", endDate: "2022-01-01"}) { totalCount } }', "BAD_PERIOD", "during"),
        ('{ path(from: "zaanstad", to: "GM0479") { length } }', "BAD_INPUT", "to"),
        ('{ path(from: "beemster", to: "zaanstad", asOf: "2023-06-01") { length } }', "NOT_ON_THAT_DAY", "from"),
        ('{ path(from: "zaanstad", to: "dijk-en-waard", asOf: "2021-06-01") { length } }', "NOT_ON_THAT_DAY", "to"),
        ('{ path(from: "zaanstad", to: "aalsmeer", maxLength: 0) { length } }', "BAD_INPUT", "maxLength"),
        ('{ compare(refs: ["zaanstad"]) { shared { organization { id } } } }', "BAD_INPUT", "refs"),
    ],
)
def test_what_cannot_be_answered_is_an_error_with_a_code_and_the_argument(refused: Ask, question: str, code: str, argument: str) -> None:
    found = refused(question)
    assert (found["code"], found["argument"]) == (code, argument)
    assert found["remedy"]


@pytest.mark.parametrize(
    "question",
    [
        '{ path(from: "zaanstad", to: "Nergenshuizen") { length } }',
        '{ path(from: "Nergenshuizen", to: "zaanstad") { length } }',
        '{ timeline(entity: "Nergenshuizen") { id } }',
        '{ compare(refs: ["zaanstad", "Nergenshuizen"]) { shared { organization { id } } } }',
        '{ diff(from: "2021-01-01", to: "2022-01-01", scope: ["Nergenshuizen"]) { totalCount } }',
    ],
)
def test_an_unknown_reference_is_told_wherever_it_stands(refused: Ask, question: str) -> None:
    assert refused(question)["code"] == "NOT_FOUND"


def test_an_event_is_no_thing_that_a_timeline_can_be_asked_of(refused: Ask) -> None:
    assert refused('{ timeline(entity: "event/beemster-2022") { id } }')["code"] == "NOT_FOUND"


def test_a_contract_that_may_run_on_by_its_options_is_still_there_for_a_path(ask: Ask) -> None:
    found = ask('{ path(from: "zaanstad", to: "contract/zawa-2022", asOf: "2025-06-01") { length } }')
    assert {p["length"] for p in found} == {1}


def test_a_procurement_took_place_and_does_not_end(ask: Ask) -> None:
    found = ask(f'{{ diff(from: "2014-01-01", to: "2022-06-01", types: [PROCUREMENT], first: 100) {{ {DIFF} }} }}')
    assert {c["kind"] for c in found["nodes"] if c["predicate"] == "buyer"} == {"ADDED"}
