"""Nothing is more certain than its source: coverage on the days on which a claim, or the modelling of one, could say too much."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.conftest import Ask

ZAWA = ["edam-volendam", "landsmeer", "oostzaan", "purmerend", "waterland", "wormerland", "zaanstad"]
AA = ["aalsmeer", "amstelveen", "amsterdam", "diemen", "ouder-amstel", "uithoorn"]
BOTH = [*ZAWA, *AA]
MATRIX = """{ coverageMatrix(municipalities: %s, functions: %s, asOf: "%s")
  { cells { status reasons changesOn explanation via { arrangement { slug } } } } }"""


def cells(ask: Ask, municipalities: list[str], functions: list[str], day: str) -> list[dict[str, Any]]:
    found = ask(MATRIX % (str(municipalities).replace("'", '"'), str(functions).replace("'", '"'), day))["cells"]
    assert len(found) == len(municipalities) * len(functions)
    return list(found)


def answers(ask: Ask, municipalities: list[str], functions: list[str], day: str) -> set[str]:
    """The status and the reasons of each cell."""
    return {" ".join((c["status"], *c["reasons"])) for c in cells(ask, municipalities, functions, day)}


@pytest.mark.parametrize(
    ("municipalities", "functions", "day", "answer"),
    [
        # a page without a date that names no contract
        (BOTH, ["dyslexie", "joint-b", "joint-c"], "2019-06-01", "UNCERTAIN VAGUE_DATE"),
        (BOTH, ["dyslexie", "joint-b", "joint-c"], "2021-12-31", "UNCERTAIN VAGUE_DATE"),
        (BOTH, ["dyslexie", "joint-b", "joint-c"], "2016-06-01", "UNCERTAIN VAGUE_DATE"),
        (ZAWA, ["dyslexie"], "2022-01-01", "UNCERTAIN VAGUE_DATE"),
        # the contracts of 2022 pay for certified institutions that year; when in it, nobody says
        (ZAWA, ["gi"], "2022-06-01", "UNCERTAIN VAGUE_DATE"),
        (BOTH, ["gi"], "2023-06-01", "UNCERTAIN VAGUE_DATE"),
        # one regime of segments followed another in one region, and nobody says so of the other
        (ZAWA, ["joint-a"], "2022-01-01", "UNKNOWN ENDED"),
        (ZAWA, ["joint-a"], "2027-06-01", "UNKNOWN ENDED"),
        (ZAWA, ["zawa-a"], "2022-01-01", "UNCERTAIN LOCAL_RESPONSIBILITY VAGUE_DATE"),
        (ZAWA, ["zawa-a"], "2023-06-01", "UNCERTAIN LOCAL_RESPONSIBILITY VAGUE_DATE"),
        (ZAWA, ["zawa-a"], "2024-06-01", "COVERED CARRIED_FORWARD LOCAL_RESPONSIBILITY"),
        # for pupils from everywhere
        (BOTH, ["sjso"], "2024-06-01", "COVERED CARRIED_FORWARD IN_FORCE"),
        # named, and nobody says who delivers it
        (ZAWA, ["zawa-d"], "2024-06-01", "UNKNOWN MENTIONED"),
        (BOTH, ["jeugdzorgplus"], "2024-06-01", "UNKNOWN MENTIONED"),
        # a covenant is no beginning
        (ZAWA, ["procesregie-complex"], "2022-06-01", "UNKNOWN ATTESTED_LATER"),
        # arrangements that never came to a municipality that was gone before
        (["beemster"], ["zawa-b", "zawa-c", "zawa-v", "procesregie-complex", "gi"], "2016-06-01", "UNKNOWN NO_SOURCE"),
        (["beemster"], ["zawa-b", "zawa-c", "zawa-v", "procesregie-complex"], "2021-06-01", "UNKNOWN NO_SOURCE"),
        (["zeevang"], ["zawa-b", "gi"], "2015-06-01", "UNKNOWN NO_SOURCE"),
        # a question that does not apply
        (AA, ["zawa-a", "zawa-b", "zawa-c", "zawa-d", "zawa-v"], "2023-06-01", "NOT_APPLICABLE OTHER_DIVISION"),
        (BOTH, ["jeugdhulp-gv"], "2023-06-01", "NOT_APPLICABLE OTHER_DIVISION"),
        (["dijk-en-waard"], ["gi", "zawa-b"], "2021-06-01", "NOT_APPLICABLE NO_MUNICIPALITY"),
        (["beemster"], ["gi", "dyslexie"], "2022-01-01", "NOT_APPLICABLE NO_MUNICIPALITY"),
        # a source that grew old
        (ZAWA, ["bovenregionale-expertise", "crisis-lvb", "eetstoornissen"], "2024-06-01", "COVERED CARRIED_FORWARD IN_FORCE"),
        (ZAWA, ["bovenregionale-expertise", "crisis-lvb", "eetstoornissen"], "2027-06-01", "UNCERTAIN STALE"),
        # what was right stays right
        ([m for m in BOTH if m not in ("aalsmeer", "amstelveen")], ["dyslexie"], "2023-06-01", "COVERED IN_FORCE"),
        (["aalsmeer", "amstelveen"], ["dyslexie"], "2023-06-01", "UNKNOWN EXCLUDED"),
        (BOTH, ["specialistische-jeugdhulp"], "2019-06-01", "COVERED IN_FORCE"),
        (ZAWA, ["zawa-b", "zawa-c", "zawa-v", "specialistische-jeugdhulp"], "2022-01-01", "COVERED IN_FORCE"),
        (ZAWA, ["zawa-b", "zawa-c", "zawa-v"], "2024-06-01", "UNCERTAIN OPTION_NOT_CONFIRMED"),
        (ZAWA, ["zawa-b", "zawa-c", "zawa-v", "dyslexie"], "2027-06-01", "UNKNOWN ENDED"),
    ],
)
def test_a_cell_is_no_surer_than_its_sources(ask: Ask, municipalities: list[str], functions: list[str], day: str, answer: str) -> None:
    assert answers(ask, municipalities, functions, day) == {answer}


@pytest.mark.parametrize("day", ["2014-06-01", "2016-06-01", "2021-12-31"])
def test_before_a_source_speaks_of_the_institutions_nobody_says_that_they_had_not_begun(ask: Ask, day: str) -> None:
    for cell in cells(ask, BOTH, ["gi"], day):
        assert cell["status"] == "UNKNOWN"
        assert "ATTESTED_LATER" in cell["reasons"]
        assert "spreekt een bron op zijn vroegst vanaf" in cell["explanation"]


def test_a_plan_is_a_plan_and_no_contradiction(ask: Ask) -> None:
    for answer in answers(ask, [*BOTH, "hoorn"], ["gi"], "2024-06-01") | answers(ask, ["hoorn"], ["gi"], "2027-06-01"):
        assert answer.startswith("UNCERTAIN PLAN_NOT_CONFIRMED")
        assert "CONTESTED" not in answer


def test_that_one_arrangement_follows_another_is_a_change(ask: Ask) -> None:
    assert {c["changesOn"] for c in cells(ask, ZAWA, ["specialistische-jeugdhulp"], "2019-06-01")} == {"2022-01-01"}


def test_an_arrangement_is_not_told_as_coming_to_those_whom_it_excepts(ask: Ask) -> None:
    for cell in cells(ask, ["aalsmeer", "amstelveen"], ["dyslexie"], "2016-06-01"):
        assert "dyslexie-2023" not in {way["arrangement"]["slug"] for way in cell["via"]}


CONTRACTS = '{ contracts(asOf: "%s", first: 50) { nodes { slug status period { contains(date: "%s") } isPlanned } } }'
ORGANISATIONS = """{
  collaborations(asOf: "%(day)s", first: 100) { nodes { slug status operationalPeriod { contains(date: "%(day)s") } } }
  regions(asOf: "%(day)s") { nodes { slug status operationalPeriod { contains(date: "%(day)s") } } }
}"""


@pytest.mark.parametrize("day", ["2014-06-01", "2016-06-01", "2018-06-01", "2022-01-01", "2023-06-01", "2024-06-01", "2027-06-01"])
def test_status_and_period_say_the_same_of_a_day(ask: Ask, day: str) -> None:
    expected = {"PENDING": "NO", "ENDED": "NO", "ACTIVE": "YES", "UNKNOWN": "UNKNOWN", "POSSIBLY_EXTENDED": "UNKNOWN"}
    for contract in ask(CONTRACTS % (day, day))["nodes"]:
        assert contract["period"] is None or contract["period"]["contains"] == expected[contract["status"]], contract
        assert not (contract["isPlanned"] and contract["status"] == "ACTIVE")
    found = ask(ORGANISATIONS % {"day": day})
    for one in (*found["collaborations"]["nodes"], *found["regions"]["nodes"]):
        said = one["operationalPeriod"]["contains"] if one["operationalPeriod"] else "UNKNOWN"
        assert one["status"] == {"YES": "ACTIVE", "UNKNOWN": "UNKNOWN"}[said], one


def test_a_list_is_complete_only_on_days_of_which_its_source_speaks(ask: Ask) -> None:
    def of(day: str) -> str:
        found = ask(f'{{ collaboration(ref: "toekomstscenario", asOf: "{day}") {{ members {{ completeness totalCount }} }} }}')
        assert found["members"]["totalCount"] == 14  # before a source names them they may have taken part
        return str(found["members"]["completeness"])

    assert [of(day) for day in ("2020-01-01", "2024-06-01", "2027-06-01")] == ["UNKNOWN", "COMPLETE", "UNKNOWN"]


def test_only_what_a_source_dates_is_told_as_begun_or_ended(ask: Ask) -> None:
    found = ask(
        '{ diff(from: "2014-01-01", to: "2024-01-01", first: 100) { totalCount firstNamed { count sentence } '
        "nodes { kind certainty sentence } } }"
    )
    assert not [n for n in found["nodes"] if n["kind"] == "ADDED" and n["certainty"] == "UNDATED"]
    assert sum(one["count"] for one in found["firstNamed"]) > 100
    assert all("er kwam een bron bij" in one["sentence"] for one in found["firstNamed"])
