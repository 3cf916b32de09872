"""The worked examples of the design and of the first issue, as facts that the answers must contain."""

from __future__ import annotations

import pytest

from tests.domain.conftest import Ask

SEVEN = ["Edam-Volendam", "Landsmeer", "Oostzaan", "Purmerend", "Waterland", "Wormerland", "Zaanstad"]


def names(nodes: list[dict[str, object]], inside: str = "") -> list[object]:
    return [node[inside]["name"] if inside else node["name"] for node in nodes]  # type: ignore[index]


# ── coverage ──────────────────────────────────────────────────────────────────────────────────────


def test_zaanstad_is_covered_for_dyslexia_until_the_agreements_end(ask: Ask) -> None:
    found = ask('{ coverage(municipality: "Zaanstad", function: "dyslexie", asOf: "2023-06-01") { status reasons changesOn } }')
    assert found == {"status": "COVERED", "reasons": ["IN_FORCE"], "changesOn": "2027-01-01"}


def test_aalsmeer_is_excluded_from_dyslexia_and_that_is_no_gap(ask: Ask) -> None:
    found = ask('{ coverage(municipality: "Aalsmeer", function: "dyslexie", asOf: "2023-06-01") { status reasons explanation } }')
    assert (found["status"], found["reasons"]) == ("UNKNOWN", ["EXCLUDED"])
    assert "uitdrukkelijk uitgezonderd" in found["explanation"]


@pytest.mark.parametrize(
    ("day", "status", "reason"),
    [
        ("2023-06-01", "COVERED", "IN_FORCE"), ("2023-12-31", "COVERED", "IN_FORCE"),
        ("2024-01-01", "UNCERTAIN", "OPTION_NOT_CONFIRMED"), ("2024-06-01", "UNCERTAIN", "OPTION_NOT_CONFIRMED"),
        ("2026-12-31", "UNCERTAIN", "OPTION_NOT_CONFIRMED"), ("2027-01-01", "UNKNOWN", "ENDED"), ("2027-06-01", "UNKNOWN", "ENDED"),
    ],
)  # fmt: skip
def test_segment_b_in_purmerend_is_firm_then_an_option_then_over(ask: Ask, day: str, status: str, reason: str) -> None:
    found = ask(f'{{ coverage(municipality: "Purmerend", function: "segment B", asOf: "{day}") {{ status reasons }} }}')
    assert found == {"status": status, "reasons": [reason]}


def test_what_no_source_speaks_of_is_unknown_and_says_so(ask: Ask) -> None:
    found = ask(
        '{ coverage(municipality: "Zaanstad", function: "JeugdzorgPlus", asOf: "2023-10-01") { status reasons explanation(lang: EN) } }'
    )
    assert (found["status"], found["reasons"]) == ("UNKNOWN", ["MENTIONED"])
    assert "none says who delivers it in Zaanstad" in found["explanation"]
    found = ask('{ coverage(municipality: "Hoorn", function: "dyslexie", asOf: "2023-10-01") { status reasons explanation(lang: EN) } }')
    assert (found["status"], found["reasons"]) == ("UNKNOWN", ["NO_SOURCE"])
    assert "not the same as nobody delivering it" in found["explanation"]


def test_the_division_of_another_region_does_not_apply(ask: Ask) -> None:
    found = ask('{ coverage(municipality: "Hoorn", function: "zawa-b", asOf: "2023-10-01") { status reasons explanation } }')
    assert (found["status"], found["reasons"]) == ("NOT_APPLICABLE", ["OTHER_DIVISION"])
    assert found["explanation"].endswith("is van Zaanstreek-Waterland; Hoorn valt daar niet onder.")


def test_of_a_municipality_that_is_gone_nothing_is_asked(ask: Ask) -> None:
    found = ask('{ coverage(municipality: "Beemster", function: "GI", asOf: "2023-10-01") { status reasons explanation } }')
    assert (found["status"], found["reasons"]) == ("NOT_APPLICABLE", ["NO_MUNICIPALITY"])
    assert found["explanation"] == "Beemster bestaat op 1 oktober 2023 niet meer: het ging op in Purmerend."


def test_segment_a_is_left_to_each_municipality(ask: Ask) -> None:
    found = ask('{ whoCovers(function: "segment A", region: "ZaWa", asOf: "2023-10-01") { municipality { name } status reasons } }')
    assert names(found, "municipality") == SEVEN
    assert {(c["status"], *c["reasons"]) for c in found} == {("COVERED", "CARRIED_FORWARD", "LOCAL_RESPONSIBILITY")}


@pytest.mark.parametrize("place", ["Zaanstad", "Hoorn", "Amsterdam"])
def test_the_tender_per_2024_makes_youth_protection_uncertain(ask: Ask, place: str) -> None:
    found = ask(f'{{ coverage(municipality: "{place}", function: "GI", asOf: "2024-06-01") {{ status reasons conflicts {{ id }} }} }}')
    assert found["status"] == "UNCERTAIN"
    assert found["reasons"][0] == "PLAN_NOT_CONFIRMED"
    assert "CONTESTED" not in found["reasons"]
    assert found["conflicts"] == [{"id": "conflict/C-35@2024-06-01"}]


def test_the_matrix_of_a_region_has_a_cell_for_each_municipality_and_function(ask: Ask) -> None:
    found = ask(
        '{ coverageMatrix(region: "ZaWa", functions: ["zawa-a", "zawa-b", "dyslexie", "JeugdzorgPlus"], asOf: "2024-01-01")'
        " { municipalities { name } functions { slug } summary { status count } cells { status function { slug } } } }"
    )
    assert names(found["municipalities"]) == SEVEN
    assert len(found["cells"]) == 7 * 4
    assert {(c["function"]["slug"], c["status"]) for c in found["cells"]} == {
        ("zawa-a", "COVERED"), ("zawa-b", "UNCERTAIN"), ("dyslexie", "COVERED"), ("jeugdzorgplus", "UNKNOWN"),
    }  # fmt: skip
    assert {s["status"]: s["count"] for s in found["summary"]} == {
        "COVERED": 14,
        "UNCERTAIN": 7,
        "GAP": 0,
        "UNKNOWN": 7,
        "NOT_APPLICABLE": 0,
    }


@pytest.mark.parametrize("unknown", ["", ", includeUnknown: true"])
@pytest.mark.parametrize("function", ["dyslexie", "zawa-b", "zawa-c", "zawa-v"])
def test_what_ends_within_twelve_months_without_a_successor_is_a_gap_to_come(ask: Ask, function: str, unknown: str) -> None:
    found = ask(
        f'{{ gaps(municipalities: ["Zaanstad"], functions: ["{function}"], asOf: "2026-03-01", withinMonths: 12{unknown})'
        " { status changesOn } }"
    )
    assert [c["changesOn"] for c in found] == ["2027-01-01"]


def test_nothing_is_a_gap_to_come_before_its_last_year(ask: Ask) -> None:
    assert ask('{ gaps(municipalities: ["Zaanstad"], functions: ["dyslexie"], asOf: "2023-06-01", withinMonths: 12) { status } }') == []


# ── who belongs where ─────────────────────────────────────────────────────────────────────────────


def test_zaanstreek_waterland_has_eight_municipalities_and_from_2022_seven(ask: Ask) -> None:
    found = ask(
        '{ eight: region(ref: "ZaWa", asOf: "2021-12-31") { municipalities { totalCount nodes { name } } }'
        ' seven: region(ref: "ZaWa", asOf: "2022-01-01") { municipalities { totalCount nodes { name } } } }'
    )
    assert names(found["eight"]["municipalities"]["nodes"]) == ["Beemster", *SEVEN]
    assert names(found["seven"]["municipalities"]["nodes"]) == SEVEN
    assert [found[day]["municipalities"]["totalCount"] for day in ("eight", "seven")] == [8, 7]


def test_the_municipalities_of_a_region_are_a_complete_list(ask: Ask) -> None:
    found = ask('{ region(ref: "ZaWa", asOf: "2024-01-01") { municipalities { completeness remark } } }')
    assert found["municipalities"]["completeness"] == "COMPLETE"


def test_beemster_went_into_purmerend_on_the_word_of_registries(ask: Ask) -> None:
    found = ask(
        '{ municipality(ref: "Beemster", asOf: "2022-01-01") { status youthRegion { name } operationalPeriod { endDate }'
        " successors { organization { name } event { kind date { edtf } claims { predicate source { kind } } } } } }"
    )
    (successor,) = found.pop("successors")
    assert found == {"status": "INACTIVE", "youthRegion": None, "operationalPeriod": {"endDate": "2021-12-31"}}
    assert successor["organization"] == {"name": "Purmerend"}
    assert (successor["event"]["kind"], successor["event"]["date"]["edtf"]) == ("MERGER", "2022-01-01")
    stated = {c["source"]["kind"] for c in successor["event"]["claims"] if c["predicate"] != "incomplete"}
    assert stated == {"REGISTRY"}


def test_weesp_left_gooi_en_vechtstreek_in_the_middle_of_a_year(ask: Ask) -> None:
    found = ask(
        '{ before: municipality(ref: "Weesp", asOf: "2022-03-23") { status youthRegion { name } }'
        ' after: municipality(ref: "Weesp", asOf: "2022-03-24") { status youthRegion { name } successors { organization { name } } }'
        ' region(ref: "Gooi en Vechtstreek", asOf: "2022-03-24") { municipalities { nodes { name } } } }'
    )
    assert found["before"] == {"status": "ACTIVE", "youthRegion": {"name": "Gooi en Vechtstreek"}}
    assert found["after"] == {"status": "INACTIVE", "youthRegion": None, "successors": [{"organization": {"name": "Amsterdam"}}]}
    assert "Weesp" not in names(found["region"]["municipalities"]["nodes"])


def test_who_is_in_amsterdam_amstelland_but_not_in_dyslexia(ask: Ask) -> None:
    found = ask(
        '{ region(ref: "AA", asOf: "2023-06-01") { municipalities { nodes { name } } }'
        ' collaboration(ref: "Inkoop Dyslexie", asOf: "2023-06-01") { exceptions { name }'
        " coveredMunicipalities { totalCount nodes { name } }"
        " out: members(filter: { takesPart: false }) { nodes { takesPart member { name } } } members { nodes { member { name } } } } }"
    )
    bought = found["collaboration"]
    assert names(bought["out"]["nodes"], "member") == ["Aalsmeer", "Amstelveen"] == names(bought["exceptions"])
    assert {n["takesPart"] for n in bought["out"]["nodes"]} == {False}
    assert not {"Aalsmeer", "Amstelveen"} & set(names(bought["members"]["nodes"], "member"))
    region = set(names(found["region"]["municipalities"]["nodes"]))
    assert region - set(names(bought["coveredMunicipalities"]["nodes"])) == {"Aalsmeer", "Amstelveen"}
    assert bought["coveredMunicipalities"]["totalCount"] == 11


# ── collaborations ────────────────────────────────────────────────────────────────────────────────


def test_noordje_has_eight_regions_and_five_providers(ask: Ask) -> None:
    found = ask(
        '{ collaboration(ref: "Noordje", asOf: "2023-10-01") {'
        " regions: members(filter: { role: [MEMBER] }) { completeness nodes { member { name } } }"
        " providers: members(filter: { role: [PROVIDER] }) { nodes { member { name } } } contracts { totalCount } } }"
    )
    assert names(found["regions"]["nodes"], "member") == [
        "Alkmaar (Noord-Kennemerland)", "Amsterdam-Amstelland", "Haarlemmermeer", "IJmond (Midden Kennemerland)", "Kop van Noord-Holland",
        "West-Friesland", "Zaanstreek-Waterland", "Zuid-Kennemerland",
    ]  # fmt: skip
    assert names(found["providers"]["nodes"], "member") == ["GGZ Noord-Holland Noord", "Horizon", "Levvel", "Parlan", "’s Heerenloo"]
    assert found["regions"]["completeness"] == "INCOMPLETE"
    assert found["contracts"]["totalCount"] == 0


def test_five_regions_share_the_crisis_coordinator(ask: Ask) -> None:
    found = ask('{ collaboration(ref: "crisisregisseur LVB Jeugd", asOf: "2023-10-01") { members { nodes { member { name } } } } }')
    assert names(found["members"]["nodes"], "member") == [
        "Amsterdam-Amstelland", "Haarlemmermeer", "IJmond (Midden Kennemerland)", "Zaanstreek-Waterland", "Zuid-Kennemerland",
    ]  # fmt: skip


def test_nine_regions_are_counted_and_eight_are_named(ask: Ask) -> None:
    found = ask(
        '{ region(ref: "Landsdeel Noord-Holland", asOf: "2023-10-01") { figures { number }'
        " members { completeness remark nodes { claims { source { kind } } } } }"
        ' conflict: node(id: "conflict/C-12") { ... on Conflict { status } } }'
    )
    assert [f["number"] for f in found["region"]["figures"]] == [9]
    members = found["region"]["members"]
    assert len(members["nodes"]) == 9
    assert {c["source"]["kind"] for n in members["nodes"] for c in n["claims"]} == {"REGISTRY"}
    assert members["completeness"] == "INCOMPLETE"
    assert "zegt niet welke" in members["remark"]
    assert found["conflict"] == {"status": "OPEN"}


def test_gooi_en_vechtstreek_has_three_themes_with_noord_holland(ask: Ask) -> None:
    found = ask(
        '{ region(ref: "Gooi en Vechtstreek") { figures { measure label(lang: EN) number }'
        " collaborations(filter: { scale: [SUPRA_REGIONAL, LANDSDEEL] }) { nodes { slug } } } }"
    )
    themes = {n["slug"] for n in found["collaborations"]["nodes"]} - {"afstemming-gooi-en-vechtstreek"}
    assert themes == {"omvorming-jeugdzorgplus", "ben-nh", "governance-jeugdbescherming"}
    assert {"measure": "THEMES", "label": "supra-regional themes with Noord-Holland", "number": 3} in found["figures"]


def test_zaanstad_has_the_mandate_and_purmerend_the_seat(ask: Ask) -> None:
    found = ask(
        '{ landsdeel: collaboration(ref: "Samenwerking landsdeel Noord-Holland") '
        "{ members(filter: { role: [MANDATED_REPRESENTATIVE] }) { nodes { member { name } onBehalfOf { name } roleLabel } } }"
        ' bj42: organization(ref: "BJ42")'
        ' { members(filter: { member: ["Purmerend"] }) { nodes { member { name } onBehalfOf { name } role } } } }'
    )
    (mandate,), (seat,) = found["landsdeel"]["members"]["nodes"], found["bj42"]["members"]["nodes"]
    assert (mandate["member"]["name"], mandate["onBehalfOf"]["name"]) == ("Zaanstad", "Zaanstreek-Waterland")
    assert "wethouder Jeugd" in mandate["roleLabel"]
    assert seat == {"member": {"name": "Purmerend"}, "onBehalfOf": {"name": "Zaanstreek-Waterland"}, "role": "MEMBER"}


def test_who_holds_an_account_leads(ask: Ask) -> None:
    found = ask('{ collaboration(ref: "Spuk", asOf: "2023-10-01") { lead { role member { name } } } }')
    assert found["lead"] == {"role": "ACCOUNT_HOLDER", "member": {"name": "Amsterdam"}}


def test_the_meetings_of_the_region_prepare_each_other_in_order(ask: Ask) -> None:
    found = ask('{ governance(region: "ZaWa", asOf: "2023-10-01") { slug prepares { slug } decides } }')
    prepares = {b["slug"]: [p["slug"] for p in b["prepares"]] for b in found}
    assert prepares == {"ao-zawa": ["do-zawa", "pho-zawa"], "do-zawa": ["pho-zawa"], "pho-zawa": [], "bj42": []}


# ── contracts and figures ─────────────────────────────────────────────────────────────────────────


def test_the_contract_of_2022_may_have_been_extended(ask: Ask) -> None:
    found = ask(
        '{ contract(ref: "zawa-2022", asOf: "2024-06-01") { status period { startDate endDate maxExtentDate }'
        " options { number status period { startDate endDate } } functions { notation } procurement { tenderPublished { edtf } } } }"
    )
    assert found["status"] == "POSSIBLY_EXTENDED"
    assert found["period"] == {"startDate": "2022-01-01", "endDate": "2023-12-31", "maxExtentDate": "2026-12-31"}
    assert [(o["number"], o["status"], o["period"]["endDate"]) for o in found["options"]] == [
        (1, "UNKNOWN", "2024-12-31"), (2, "UNKNOWN", "2025-12-31"), (3, "UNKNOWN", "2026-12-31"),
    ]  # fmt: skip
    assert [f["notation"] for f in found["functions"]] == ["B", "C", "V", "specialistisch"]


def test_what_ends_first_comes_first_and_what_nobody_dates_last(ask: Ask) -> None:
    found = ask('{ contracts(orderBy: [{ field: END_DATE }], asOf: "2024-06-01") { nodes { slug period { endDate } } } }')
    assert [n["slug"] for n in found["nodes"]][:4] == ["joint-2015", "dyslexie-before-2023", "zawa-2022", "dyslexie-2023"]
    assert {n["slug"] for n in found["nodes"] if n["period"]["endDate"] is None} >= {"gi-current", "gi-2024", "gooi-en-vechtstreek"}


def test_all_contracts_can_be_asked_whether_they_are_all(ask: Ask) -> None:
    assert ask("{ contracts { completeness remark totalCount } }") == {"completeness": "UNKNOWN", "remark": None, "totalCount": 8}


def test_four_institutions_are_counted_and_three_named(ask: Ask) -> None:
    found = ask(
        '{ contract(ref: "gi-current", asOf: "2023-10-01") { suppliers { completeness remark nodes { member { name } } }'
        " supplierCounts { number } conflicts { id status } } }"
    )
    assert names(found["suppliers"]["nodes"], "member") == ["Jeugdbescherming Regio Amsterdam", "Leger des Heils", "WSG"]
    assert found["suppliers"]["completeness"] == "INCOMPLETE"
    assert "vierde" in found["suppliers"]["remark"]
    assert found["supplierCounts"] == [{"number": 4}]
    assert {"id": "conflict/C-09@2023-10-01", "status": "OPEN"} in found["conflicts"]


def test_the_spending_of_2022_adds_up_and_c_and_v_stay_together(ask: Ask) -> None:
    found = ask(
        '{ total: collaboration(ref: "samenwerking-zawa") { figures(during: {}) { measure number unit period { startDate endDate } } }'
        ' care: contract(ref: "zawa-2022", asOf: "2022-12-31") { figures { label(lang: EN) number unit } }'
        ' gi: contract(ref: "gi-current", asOf: "2022-12-31") { figures { label(lang: EN) number unit } } }'
    )
    (total,) = [f for f in found["total"]["figures"] if f["unit"] == "EUR"]
    parts = {f["label"]: f["number"] for name in ("care", "gi") for f in found[name]["figures"] if f["unit"] == "EUR"}
    assert parts == {"spend on segments C + V": 59.3e6, "spend on segment B": 7.9e6, "spend on certified institutions": 4.5e6}
    assert total["number"] == sum(parts.values()) == 71.7e6
    assert total["period"] == {"startDate": "2022-01-01", "endDate": "2022-12-31"}


def test_segment_d_is_named_once_and_defined_nowhere(ask: Ask) -> None:
    found = ask(
        '{ node(id: "function/zawa-d") { ... on CareFunction { notation description broader { slug } narrower { slug }'
        ' closeMatches { slug } requiresReferral claims(predicate: "incomplete") { totalCount } } }'
        ' coverage(municipality: "Zaanstad", function: "segment D", asOf: "2023-10-01") { status reasons } }'
    )
    assert found["node"] == {
        "notation": "D", "description": None, "broader": [], "narrower": [], "closeMatches": [], "requiresReferral": None,
        "claims": {"totalCount": 1},
    }  # fmt: skip
    assert found["coverage"] == {"status": "UNKNOWN", "reasons": ["MENTIONED"]}


def test_a_member_without_a_label_of_its_own_has_its_role_in_words(ask: Ask) -> None:
    found = ask('{ collaboration(ref: "Noordje") { members { nodes { roleLabel en: roleLabel(lang: EN) } } } }')
    assert all(n["roleLabel"] and n["en"] for n in found["members"]["nodes"])


def test_an_explanation_is_there_in_english_with_its_footnotes(ask: Ask) -> None:
    found = ask('{ coverage(municipality: "Oostzaan", function: "dyslexie", asOf: "2023-06-01") { explanation(lang: EN) } }')
    assert found["explanation"].startswith("In Oostzaan, dyslexia care is arranged on 1 June 2023.")
    assert "\n[1] " in found["explanation"]


def test_an_attestation_is_not_weakened_by_a_later_vaguer_one(ask: Ask) -> None:
    """The vision of mid-2023 speaks of BEN NH; the undated page of Gooi en Vechtstreek cannot take that away."""
    found = ask('{ collaboration(ref: "BEN NH", asOf: "2024-01-01") { status } }')
    assert found["status"] == "ACTIVE"


def test_whoever_is_in_a_contradiction_shows_it(ask: Ask) -> None:
    found = ask('{ provider(ref: "William Schrikker Stichting") { conflicts { id } } }')
    assert found["conflicts"] == [{"id": "conflict/C-10"}]
