"""The traps of the documents: what a hasty reader would merge, add up, date or fill in, and the graph must not."""

from __future__ import annotations

import re

import pytest

from graph.domain.claim import Claim, Dataset, EntityRef, Text
from tests.domain.conftest import Ask

UNDATED = ("samenwerking-aa-zawa", "werkwijze-aa-zawa", "samenwerking-gooi-en-vechtstreek")


def texts(claim: Claim) -> str:
    """All words of a claim."""
    said = [claim.value, claim.summary, claim.rank_reason, *claim.qualifiers.values()]
    return " ".join(" ".join(filter(None, t.words)) if isinstance(t, Text) else str(t) for t in said if isinstance(t, Text | str))


def about(said: Dataset, subject: str) -> list[Claim]:
    return [claim for claim in said.claims.values() if claim.subject == subject]


def figures(said: Dataset) -> set[object]:
    return {claim.value for claim in said.claims.values() if claim.predicate == "figure"}


# ── what must not be merged ───────────────────────────────────────────────────────────────────────


def test_the_rot_is_not_the_ret(ask: Ask) -> None:
    found = ask(
        '{ rot: organization(ref: "ROT") { uri alternateNames { name } } ret: organization(ref: "RET") { uri alternateNames { name } } }'
    )
    assert found["rot"]["uri"] != found["ret"]["uri"]
    assert {n["name"] for n in found["rot"]["alternateNames"]}.isdisjoint({n["name"] for n in found["ret"]["alternateNames"]})


def test_each_of_the_two_teams_stands_in_one_source(said: Dataset) -> None:
    assert {c.source for c in about(said, "collaboration/rot")} == {"samenwerking-aa-zawa"}
    assert {c.source for c in about(said, "collaboration/ret")} == {"regiovisie-zawa"}


def test_segment_d_is_not_dyslexia_and_has_no_place_under_anything(said: Dataset) -> None:
    related = ("broader", "closeMatch", "delivers", "concerns")
    assert [c.key for c in about(said, "function/zawa-d") if c.predicate in related] == []
    named = [c.key for c in said.claims.values() if c.value == EntityRef("function/zawa-d")]
    assert named == ["REG-17.functions/zawa-d"]  # the one list that has the letter


def test_dyslexia_and_segment_d_answer_differently(ask: Ask) -> None:
    found = ask(
        '{ d: coverage(municipality: "Zaanstad", function: "D", asOf: "2023-10-01") { status function { slug } }'
        ' dyslexia: coverage(municipality: "Zaanstad", function: "dyslexie", asOf: "2023-10-01") { status function { slug } } }'
    )
    assert found["d"] == {"status": "UNKNOWN", "function": {"slug": "zawa-d"}}
    assert found["dyslexia"] == {"status": "COVERED", "function": {"slug": "dyslexie"}}


def test_a_segment_of_one_regime_is_not_that_of_another(ask: Ask) -> None:
    found = ask('{ joint: careFunctions(definedBy: "collaboration/aa-zawa") { slug } own: careFunctions(definedBy: "ZaWa") { slug } }')
    assert [f["slug"] for f in found["joint"]] == ["joint-a", "joint-b", "joint-c"]
    assert [f["slug"] for f in found["own"]] == ["zawa-a", "zawa-b", "zawa-c", "zawa-d", "zawa-v"]


def test_wsg_is_not_merged_with_the_william_schrikker_stichting(ask: Ask) -> None:
    found = ask(
        '{ wsg: provider(ref: "WSG") { uri isCertifiedInstitution alternateNames { name } contracts { totalCount } }'
        ' stichting: provider(ref: "William Schrikker Stichting") { uri isCertifiedInstitution contracts { totalCount } } }'
    )
    assert found["wsg"]["uri"] != found["stichting"]["uri"]
    assert {n["name"] for n in found["wsg"]["alternateNames"]} == {"WSG"}
    assert (found["wsg"]["isCertifiedInstitution"], found["wsg"]["contracts"]["totalCount"]) == (True, 1)
    assert (found["stichting"]["isCertifiedInstitution"], found["stichting"]["contracts"]["totalCount"]) == (None, 0)


@pytest.mark.parametrize("name", ["WSS", "William Schrikker Groep"])
def test_a_name_that_stands_in_no_source_is_not_known(refused: Ask, name: str) -> None:
    assert refused(f'{{ provider(ref: "{name}") {{ name }} }}')["code"] == "NOT_FOUND"


def test_no_source_calls_the_youth_protectors_certified_or_contracted(ask: Ask) -> None:
    found = ask('{ provider(ref: "De Jeugd-Gezinsbeschermers") { isCertifiedInstitution contracts { totalCount } } }')
    assert found == {"isCertifiedInstitution": None, "contracts": {"totalCount": 0}}


def test_gooi_en_vechtstreek_is_not_in_noordje(ask: Ask) -> None:
    found = ask(
        '{ collaboration(ref: "Noordje", asOf: "2023-10-01") { members { nodes { member { slug } } } }'
        ' theme: collaboration(ref: "Omvorming Jeugdzorg Plus") { slug members { nodes { member { slug } } } conflicts { id status } } }'
    )
    assert "gooi-en-vechtstreek" not in {n["member"]["slug"] for n in found["collaboration"]["members"]["nodes"]}
    assert found["theme"]["members"]["nodes"] == [{"member": {"slug": "gooi-en-vechtstreek"}}]
    assert found["theme"]["conflicts"] == [{"id": "conflict/C-11", "status": "OPEN"}]


def test_that_ijmond_is_midden_kennemerland_stands_in_a_registry_only(said: Dataset) -> None:
    naming = [c for c in about(said, "region/ijmond") if c.predicate in ("name", "description")]
    both = [c for c in naming if "IJmond" in texts(c) and "Kennemerland" in texts(c)]
    assert both
    assert {said.sources[c.source].kind for c in both} == {"REGISTRY"}
    apart = [c for c in about(said, "region/ijmond") if said.sources[c.source].kind == "DOCUMENT" and c.predicate == "alternateName"]
    assert sorted(str(c.value) for c in apart) == ["IJmond", "Midden-Kennemerland"]
    assert all(c.summary and "CBS" in c.summary["NL"] for c in apart)


def test_amsterdam_stays_amsterdam_in_the_spuk(said: Dataset, ask: Ask) -> None:
    found = ask('{ collaboration(ref: "Spuk", asOf: "2023-10-01") { members { nodes { role roleLabel member { slug __typename } } } } }')
    (holder,) = found["members"]["nodes"]
    assert (holder["role"], holder["member"]) == ("ACCOUNT_HOLDER", {"slug": "amsterdam", "__typename": "Municipality"})
    assert "accounthoudende regio" in holder["roleLabel"]
    assert [c.key for c in about(said, "collaboration/spuk") if c.value == EntityRef("region/amsterdam-amstelland")] == []


# ── what must not be added up or filled in ────────────────────────────────────────────────────────


def test_thirteen_stands_in_no_claim(said: Dataset) -> None:
    assert 13 not in figures(said)
    word = re.compile(r"\b(13|dertien|thirteen)\b", re.IGNORECASE)
    counting = [c.key for c in said.claims.values() if c.predicate != "identifier" and word.search(texts(c))]
    assert counting == []


def test_the_providers_of_b_c_and_v_are_never_added_up(said: Dataset) -> None:
    assert not {114 + 25 + 8, 114 + 25, 114 + 8, 25 + 8} & figures(said)


def test_the_counts_of_providers_stand_apart_and_name_nobody(ask: Ask) -> None:
    found = ask(
        '{ contract(ref: "zawa-2022") { supplierCounts { label(lang: EN) measure number } suppliers { totalCount completeness remark } } }'
    )
    assert {c["label"]: c["number"] for c in found["supplierCounts"]} == {
        "providers in segment B": 114, "providers in segment C": 25, "providers in segment V only": 8,
    }  # fmt: skip
    assert (found["suppliers"]["totalCount"], found["suppliers"]["completeness"]) == (0, "INCOMPLETE")
    assert "totaal is niet te geven" in found["suppliers"]["remark"]


def test_the_share_is_never_applied_to_the_number_of_young_people(said: Dataset) -> None:
    assert {86000.0, 10.4, 10.5} <= figures(said)
    assert not {round(86000 * 0.104), 8900.0, 9000.0} & figures(said)


def test_c_and_v_have_one_amount_between_them(said: Dataset) -> None:
    spent = [str(c.qualifiers["functions"]) for c in said.claims.values() if c.predicate == "figure" and c.qualifiers.get("unit") == "EUR"]
    assert len(spent) == 4
    assert [m for m in spent if re.fullmatch(r"function/zawa-[cv]|.*dyslexi.*", m)] == []


def test_a_fourth_institution_is_nowhere_filled_in(said: Dataset) -> None:
    certified = {c.subject for c in said.claims.values() if c.predicate == "isCertifiedInstitution" and c.value is True}
    assert certified == {"provider/jeugdbescherming-regio-amsterdam", "provider/wsg", "provider/leger-des-heils"}


def test_that_all_care_is_secured_covers_nothing(said: Dataset, ask: Ask) -> None:
    assert said.claims["SEG-21.secured"].predicate == "practice"
    found = ask(
        '{ conflict: node(id: "conflict/C-26") { ... on Conflict { status claims { id } } }'
        ' whoCovers(function: "JeugdzorgPlus", region: "ZaWa", asOf: "2023-10-01") { status } }'
    )
    assert found["conflict"]["status"] == "OPEN"
    assert {"id": "claim/SEG-21.secured"} in found["conflict"]["claims"]
    assert {c["status"] for c in found["whoCovers"]} == {"UNKNOWN"}


def test_noordje_is_a_plan_and_covers_nobody(said: Dataset, ask: Ask) -> None:
    assert [c.key for c in about(said, "collaboration/noordje") if c.predicate in ("delivers", "covers")] == []
    found = ask(
        '{ whoCovers(function: "JeugdzorgPlus", region: "PV27", asOf: "2023-10-01") { status reasons } '
        'collaboration(ref: "Noordje", asOf: "2023-10-01") { coveredMunicipalities { totalCount } contracts { totalCount } } }'
    )
    assert {(c["status"], *c["reasons"]) for c in found["whoCovers"]} == {("UNKNOWN", "MENTIONED")}
    assert found["collaboration"] == {"coveredMunicipalities": {"totalCount": 0}, "contracts": {"totalCount": 0}}


def test_amsterdam_amstelland_after_2021_is_neither_covered_nor_ended(ask: Ask) -> None:
    found = ask('{ coverage(municipality: "Diemen", function: "Specialistische jeugdhulp", asOf: "2022-06-01") { status reasons } }')
    assert found == {"status": "UNCERTAIN", "reasons": ["VAGUE_DATE"]}


def test_no_name_of_a_person_is_needed_for_a_mandate(said: Dataset) -> None:
    labels = [c.qualifiers["roleLabel"] for c in said.claims.values() if "wethouder" in texts(c) and "roleLabel" in c.qualifiers]
    aldermen = [label["NL"] for label in labels if isinstance(label, Text) and "wethouder" in label["NL"]]
    assert aldermen
    assert [label for label in aldermen if not re.search(r"wethouder( Jeugd,| van Purmerend$| \(portefeuille niet genoemd\))", label)] == []


# ── what must not be dated ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("slug", "year"), [("joint-2015", "2015"), ("joint-2018", "2018")])
def test_the_joint_purchases_are_known_to_the_year(ask: Ask, slug: str, year: str) -> None:
    found = ask(f'{{ contract(ref: "{slug}") {{ period {{ startDate start {{ edtf precision earliest latest }} }} }} }}')
    assert found["period"] == {
        "startDate": None, "start": {"edtf": year, "precision": "YEAR", "earliest": f"{year}-01-01", "latest": f"{year}-12-31"},
    }  # fmt: skip


def test_the_joint_purchase_of_2018_has_no_end_for_amsterdam_amstelland(ask: Ask) -> None:
    found = ask('{ contract(ref: "joint-2018", asOf: "2023-01-01") { status period { endDate end { edtf latest } } } }')
    assert found == {"status": "UNKNOWN", "period": {"endDate": None, "end": {"edtf": "2021-12-31/..", "latest": None}}}


def test_undated_pages_bear_no_date_but_bounds(ask: Ask) -> None:
    found = {s["id"]: s for s in ask("{ sources { id kind publishedOn { edtf } writtenBetween { startDate endDate } } }")}
    for slug in (*UNDATED, "regiovisie-zawa"):
        assert found[f"source/{slug}"]["publishedOn"] is None
        assert found[f"source/{slug}"]["writtenBetween"]["startDate"] < found[f"source/{slug}"]["writtenBetween"]["endDate"]
    assert found["source/persbericht-2021"]["publishedOn"] == {"edtf": "2021-01-28"}


def test_an_undated_page_gives_only_the_dates_that_stand_in_it(said: Dataset) -> None:
    stated = {"2013", "../2013", "2014", "2015-01-01", "2020-03-20"}
    for claim in said.claims.values():
        if claim.source in UNDATED and claim.method != "DERIVED":
            bounds = {bound.edtf for bound in (claim.period.start, claim.period.end) if bound}
            assert bounds <= stated, claim.key


def test_an_undated_page_is_not_taken_for_now(ask: Ask) -> None:
    found = ask(
        '{ collaboration(ref: "collaboration/aa-zawa", asOf: "2023-10-01") { status members { nodes { member { slug } } } }'
        ' rot: organization(ref: "ROT", asOf: "2023-10-01") { status } }'
    )
    assert found["collaboration"]["status"] != "ACTIVE"
    assert not {"zaanstad", "zaanstreek-waterland"} & {n["member"]["slug"] for n in found["collaboration"]["members"]["nodes"]}
    assert found["rot"]["status"] == "UNKNOWN"


def test_expected_days_of_the_tender_are_not_its_days(ask: Ask) -> None:
    found = ask('{ contract(ref: "zawa-2022") { procurement { tenderPublished { edtf } awardDate { edtf } } } }')
    assert found["procurement"] == {"tenderPublished": None, "awardDate": None}


def test_the_expert_team_may_be_older_than_its_covenant(ask: Ask) -> None:
    found = ask(
        '{ collaboration(ref: "RET") { operationalPeriod { startDate start { edtf } endKnown } documents { validity { startDate } } } }'
    )
    assert found["operationalPeriod"] == {"startDate": None, "start": {"edtf": "../2023-06-06"}, "endKnown": False}
    assert {d["validity"]["startDate"] for d in found["documents"]} == {"2023-06-06"}


def test_the_meetings_are_known_from_the_end_of_2022_and_may_be_older(ask: Ask) -> None:
    found = ask(
        '{ governance(region: "ZaWa", asOf: "2022-06-01") { slug status operationalPeriod { startBasis contains(date: "2022-06-01") } } }'
    )
    dated = [body for body in found if body["operationalPeriod"]]
    assert {body["slug"] for body in dated} >= {"ao-zawa", "pho-zawa"}
    assert all(body["status"] == body["operationalPeriod"]["contains"] == "UNKNOWN" for body in dated)
    assert {body["operationalPeriod"]["startBasis"] for body in dated} == {"ATTESTED"}


def test_the_action_plan_ended_about_december_2022(ask: Ask) -> None:
    found = ask('{ collaboration(ref: "actieplan-kwetsbare-kinderen") { operationalPeriod { startDate endDate end { edtf } } } }')
    assert found["operationalPeriod"] == {"startDate": None, "endDate": None, "end": {"edtf": "2022-12~"}}


def test_the_plan_against_domestic_violence_ran_two_years(ask: Ask) -> None:
    found = ask('{ collaboration(ref: "actieplan-huiselijk-geweld") { operationalPeriod { start { edtf } end { edtf } } } }')
    assert found["operationalPeriod"] == {"start": {"edtf": "2022"}, "end": {"edtf": "2023"}}


@pytest.mark.parametrize("ref", ["Noordje", "Spuk", "toekomstscenario", "BEN NH", "K-EET", "crisis-lvb"])
def test_nobody_says_when_it_ends_and_that_is_not_open_ended(ask: Ask, ref: str) -> None:
    found = ask(f'{{ collaboration(ref: "{ref}") {{ operationalPeriod {{ endDate endKnown }} }} }}')
    assert found["operationalPeriod"] == {"endDate": None, "endKnown": False}


@pytest.mark.parametrize("key", ["DOC-22.law", "GOV-21.law"])
def test_the_law_of_2021_is_not_said_to_be_in_force(said: Dataset, key: str) -> None:
    start = said.claims[key].period.start
    assert start is None or start.precision == "YEAR"


@pytest.mark.parametrize("key", ["INS-06.zawa", "INS-07.zawa", "INS-08.zawa", "INS-06.contract", "INS-07.contract"])
def test_a_rule_of_the_fourteen_ends_with_their_regime(said: Dataset, key: str) -> None:
    end = said.claims[key].period.end
    assert end is not None
    assert end.earliest is not None
    assert end.earliest.isoformat() == "2021-12-31"


def test_the_lapse_of_the_duty_to_accept_has_no_day(said: Dataset) -> None:
    assert said.claims["INS-11.contract"].period.start is None


def test_the_availability_guide_was_planned_for_an_autumn(said: Dataset) -> None:
    start = said.claims["INS-10.contract"].period.start
    assert start is not None
    assert (start.edtf, start.precision) == ("2023-23", "SEASON")


@pytest.mark.parametrize(("ref", "day", "status"), [
    ("Beemster", "2021-12-31", "ACTIVE"), ("Beemster", "2022-01-01", "INACTIVE"), ("Langedijk", "2022-01-01", "INACTIVE"),
    ("Dijk en Waard", "2021-12-31", "NOT_YET_FORMED"), ("Dijk en Waard", "2022-01-01", "ACTIVE"),
])  # fmt: skip
def test_lists_of_municipalities_are_dated(ask: Ask, ref: str, day: str, status: str) -> None:
    assert ask(f'{{ municipality(ref: "{ref}", asOf: "{day}") {{ status }} }}') == {"status": status}


def test_the_subregion_of_beemster_is_not_known(ask: Ask) -> None:
    assert ask('{ municipality(ref: "Beemster", asOf: "2021-06-01") { subregion { name } } }') == {"subregion": None}
