"""The national skeleton: how many municipalities and regions there are on a day, who lies where, and what registers write differently."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest

from graph.dates.period import State, state
from graph.domain.claim import Claim, Dataset, EntityRef
from tests.domain.conftest import Ask

YEARS = range(2015, 2027)
MUNICIPALITIES = dict(zip(YEARS, (393, 390, 388, 380, 355, 355, 352, 345, 342, 342, 342, 342), strict=True))
AMSTELLAND = ["aalsmeer", "amstelveen", "amsterdam", "diemen", "ouder-amstel", "uithoorn"]
NINE = (
    "alkmaar", "amsterdam-amstelland", "gooi-en-vechtstreek", "haarlemmermeer", "ijmond", "kop-van-noord-holland", "west-friesland",
    "zaanstreek-waterland", "zuid-kennemerland",
)  # fmt: skip


@pytest.fixture(scope="session")
def members(said: Dataset) -> Any:
    """The municipalities of a region on a day, as the tables of the country say, without the graph."""
    stays = defaultdict[str, list[Claim]](list)
    for claim in said.claims.values():
        if claim.dataset == "country" and claim.predicate == "memberOf" and isinstance(claim.value, EntityRef):
            stays[claim.value.key].append(claim)

    def on(region: str, day: date) -> set[str]:
        key = f"region/{region}"
        return {c.subject.partition("/")[2] for c in stays[key] if state(c.period, day).shown}

    return on


def codes(said: Dataset, letters: str) -> dict[str, str]:
    """The slug of each region of the country that has a code, by its code."""
    found = [c for c in said.claims.values() if c.dataset == "country" and str(c.value).startswith(f"CBS_{letters}:")]
    return {str(c.value).partition(":")[2]: c.subject.partition("/")[2] for c in found}


# ── how many ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("year", YEARS)
def test_as_many_municipalities_and_youth_regions_as_there_are(ask: Ask, year: int) -> None:
    found = ask(f"""{{
      municipalities(asOf: "{year}-01-01") {{ totalCount }}
      regions(kind: [YOUTH_REGION], asOf: "{year}-01-01") {{ totalCount }}
      provinces: regions(kind: [PROVINCE], asOf: "{year}-01-01") {{ totalCount }}
    }}""")
    assert [found[name]["totalCount"] for name in ("municipalities", "regions", "provinces")] == [MUNICIPALITIES[year], 42, 12]


def test_each_municipality_there_was_is_there_once(said: Dataset) -> None:
    owners = Counter(c.subject for c in said.claims.values() if c.dataset == "country" and str(c.value).startswith("CBS_GM:"))
    assert len(owners) == sum(owners.values()) == 414
    named = {e.key for e in said.entities.values() if e.type == "Municipality"}
    assert named == owners.keys()


@pytest.mark.parametrize("letters", ["PV", "JZ", "GG", "VT", "VR", "ZK"])
def test_a_municipality_lies_in_one_region_of_each_kind(said: Dataset, members: Any, letters: str) -> None:
    regions = codes(said, letters).values()
    for year in YEARS:
        if letters == "VT" and year < 2020:
            continue  # the tables have these regions from 2020
        lying = Counter(slug for region in regions for slug in members(region, date(year, 1, 1)))
        assert (len(lying), set(lying.values())) == (MUNICIPALITIES[year], {1})


# ── who lies where ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("year", YEARS)
def test_amsterdam_amstelland_is_the_same_six(ask: Ask, year: int) -> None:
    found = ask(f'{{ region(ref: "JZ13", asOf: "{year}-01-01") {{ municipalities {{ nodes {{ slug }} }} }} }}')
    assert sorted(node["slug"] for node in found["municipalities"]["nodes"]) == AMSTELLAND


@pytest.mark.parametrize(
    ("year", "many"), [(2015, 9), *((year, 8) for year in range(2016, 2022)), *((year, 7) for year in range(2022, 2027))]
)
def test_zaanstreek_waterland_has_nine_then_eight_then_seven(ask: Ask, year: int, many: int) -> None:
    assert (
        ask(f'{{ region(ref: "JZ09", asOf: "{year}-01-01") {{ municipalities {{ totalCount }} }} }}')["municipalities"]["totalCount"]
        == many
    )


@pytest.mark.parametrize(
    ("day", "many"),
    [("2015-01-01", 7), ("2016-01-01", 5), ("2018-12-31", 5), ("2019-01-01", 7), ("2022-03-23", 7), ("2022-03-24", 6), ("2026-01-01", 6)],
)
def test_gooi_en_vechtstreek_has_seven_then_five_then_seven_then_six(ask: Ask, day: str, many: int) -> None:
    assert ask(f'{{ region(ref: "JZ16", asOf: "{day}") {{ municipalities {{ totalCount }} }} }}')["municipalities"]["totalCount"] == many


def test_nine_regions_tile_the_province_from_2019(members: Any) -> None:
    for year in YEARS:
        province = members("noord-holland", date(year, 1, 1))
        regions = [members(region, date(year, 1, 1)) for region in NINE]
        assert sum(map(len, regions)) == len(set().union(*regions))
        assert province - set().union(*regions) == (set() if year >= 2019 else {"weesp", "wijdemeren"})
        assert set().union(*regions) <= province


def test_weesp_is_in_gooi_en_vechtstreek_until_the_day_before_it_is_amsterdam(ask: Ask) -> None:
    found = ask("""{
      before: municipality(ref: "Weesp", asOf: "2022-03-23") { status youthRegion { slug } }
      after: municipality(ref: "Weesp", asOf: "2022-03-24") {
        status successors { organization { slug ... on Municipality { youthRegion { slug } } } }
      }
    }""")
    assert found["before"] == {"status": "ACTIVE", "youthRegion": {"slug": "gooi-en-vechtstreek"}}
    assert found["after"] == {
        "status": "INACTIVE",
        "successors": [{"organization": {"slug": "amsterdam", "youthRegion": {"slug": "amsterdam-amstelland"}}}],
    }


def test_seven_municipalities_changed_youth_region_without_a_merger(said: Dataset) -> None:
    youth = {f"region/{slug}" for slug in codes(said, "JZ").values()}
    stays = defaultdict[str, list[tuple[date | None, str]]](list)
    for claim in said.claims.values():
        if claim.dataset == "country" and claim.predicate == "memberOf" and isinstance(claim.value, EntityRef) and claim.value.key in youth:
            stays[claim.subject.partition("/")[2]].append((claim.period.valid_from, claim.value.key.partition("/")[2]))
    assert {slug: max(of, key=lambda stay: stay[0] or date.min) for slug, of in stays.items() if len(of) > 1} == {
        "uitgeest": (date(2016, 1, 1), "alkmaar"),
        "weesp": (date(2019, 1, 1), "gooi-en-vechtstreek"),
        "wijdemeren": (date(2019, 1, 1), "gooi-en-vechtstreek"),
        "baarle-nassau": (date(2020, 1, 1), "midden-brabant"),
        "alphen-chaam": (date(2020, 1, 1), "midden-brabant"),
        "zeewolde": (date(2024, 1, 1), "noord-veluwe"),
        "voorschoten": (date(2024, 1, 1), "holland-rijnland"),
    }


# ── what is certain ───────────────────────────────────────────────────────────────────────────────


def test_the_first_table_is_no_beginning_and_what_is_in_the_last_has_no_end(said: Dataset) -> None:
    for claim in said.claims.values():
        if claim.dataset == "country" and claim.source == "cbs-gebieden" and claim.predicate in ("memberOf", "exists"):
            assert claim.period.valid_from != date(2015, 1, 1)
            assert claim.period.end is None or (claim.period.end.latest or date.max) < date(2026, 1, 1)


def test_the_silence_of_a_register_is_no_exit_and_no_entry(said: Dataset) -> None:
    for claim in said.claims.values():
        if claim.dataset == "country" and claim.predicate == "member" and isinstance(claim.value, EntityRef):
            start, end = claim.period.start, claim.period.end
            assert start
            assert start.earliest is None or start.exact
            if end and end.exact:  # then the municipality or the arrangement itself ended
                ends = {
                    c.period.valid_to
                    for c in said.claims.values()
                    if c.predicate == "exists" and c.subject in (claim.subject, claim.value.key)
                }
                assert claim.period.valid_to in ends


def test_every_claim_of_the_country_has_a_register_behind_it(said: Dataset) -> None:
    country = [claim for claim in said.claims.values() if claim.dataset == "country"]
    assert {claim.method for claim in country} == {"REGISTRY_IMPORT", "DERIVED"}
    assert {said.sources[claim.source].kind for claim in country} == {"REGISTRY"}
    assert not [claim for claim in country if claim.predicate == "figure"]  # no source here says how many youth regions the law has


# ── identifiers ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scheme", "many"),
    [
        ("CBS_GM", 342),
        ("TOOI", 342),
        ("OWMS", 342),
        ("KVK", 342),
        ("OIN", 342),
        ("RSIN", 340),
        ("WIKIDATA", 337),
        ("EU_ATU", 338),
        ("ROO", 342),
    ],
)
def test_the_present_municipalities_have_their_codes(said: Dataset, scheme: str, many: int) -> None:
    present = {
        c.subject for c in said.claims.values() if c.predicate == "exists" and c.source == "rvig-landelijke-tabel-33" and not c.period.end
    }
    having = {c.subject for c in said.claims.values() if c.predicate == "identifier" and str(c.value).startswith(f"{scheme}:")}
    assert (len({key for key in present if key.startswith("municipality/")}), len(present & having)) == (342, many)


def test_what_both_datasets_identify_is_identified_alike(said: Dataset) -> None:
    codes = {dataset: defaultdict[tuple[str, str], set[str]](set) for dataset in ("network", "country")}
    for claim in said.claims.values():
        if claim.predicate == "identifier" and claim.subject.startswith(("municipality/", "region/")):
            scheme, _, id = str(claim.value).partition(":")
            codes[claim.dataset][claim.subject, scheme].add(id)
    both = codes["network"].keys() & codes["country"].keys()
    assert len(both) > 300
    assert {key: (codes["network"][key], codes["country"][key]) for key in both if codes["network"][key] != codes["country"][key]} == {}


def test_what_is_identified_in_one_dataset_is_in_the_other_if_it_is_of_its_kind(said: Dataset) -> None:
    wanted = {str(c.value) for c in said.claims.values() if c.dataset == "network" and c.predicate == "identifier"}
    municipal = {c for c in wanted if said_of(said, c).startswith("municipality/")}
    there = {str(c.value) for c in said.claims.values() if c.dataset == "country" and c.predicate == "identifier"}
    assert municipal - there == set()


def said_of(said: Dataset, code: str) -> str:
    """The key of what has an identifier."""
    return next(c.subject for c in said.claims.values() if c.predicate == "identifier" and c.value == code)


def test_an_oin_can_hold_an_older_rsin(said: Dataset) -> None:
    of = defaultdict[str, dict[str, str]](dict)
    for claim in said.claims.values():
        scheme, _, id = str(claim.value).partition(":")
        if (
            claim.dataset == "country"
            and claim.predicate == "identifier"
            and scheme in ("OIN", "RSIN")
            and claim.subject.startswith("municipality/")
        ):
            of[claim.subject][scheme] = id
    differ = {key.partition("/")[2] for key, ids in of.items() if len(ids) == 2 and ids["OIN"][8:17] != ids["RSIN"]}
    assert differ == {"heerenveen", "doetinchem", "alkmaar", "edam-volendam", "schagen", "katwijk", "borger-odoorn", "berg-en-dal"}


def test_addresses_are_those_of_their_registers_and_no_closed_register_is_shipped(said: Dataset) -> None:
    codes = [str(c.value) for c in said.claims.values() if c.dataset == "country" and c.predicate == "identifier"]
    assert {code.split("/")[2] for code in codes if code.startswith("TOOI:")} == {"identifier.overheid.nl"}  # not "identifiers."
    assert not [code for code in codes if code.startswith("AGB:")]
    assert {len(code) for code in codes if code.startswith("KVK:")} == {len("KVK:") + 8}  # with their zeros
    assert [code for code in codes if code.startswith(("KVK:0", "RSIN:0", "CBS_GM:GM0"))]


# ── what registers write differently ──────────────────────────────────────────────────────────────


def test_what_registers_write_differently_is_a_conflict(ask: Ask) -> None:
    found = {node["key"]: node for node in ask("{ conflicts(first: 100) { nodes { key status subject { slug } } } }")["nodes"]}
    assert {key: node["subject"]["slug"] for key, node in found.items() if key.startswith("R-")} == {
        "R-01": "eemnes", "R-02": "beemster", "R-03": "weesp", "R-04": "laren-nh", "R-05": "beemster", "R-06": "edam-volendam",
    }  # fmt: skip
    assert found["R-02"]["status"] == "OPEN"


def test_last_days_and_first_days_after_are_the_same_day(said: Dataset) -> None:
    ends = defaultdict[str, dict[str, date | None]](dict)
    for claim in said.claims.values():
        if claim.dataset == "country" and claim.predicate == "exists" and claim.subject.startswith("municipality/") and claim.period.end:
            ends[claim.subject][claim.source] = claim.period.valid_to
    assert len(ends) == 72
    assert all(len(of) == 2 and len(set(of.values())) == 1 for of in ends.values())


def test_a_municipality_can_have_several_successors_or_another_code(ask: Ask) -> None:
    found = ask("""{
      haaren: municipality(ref: "GM0788") { successors { organization { slug } } }
      winsum: municipality(ref: "GM0053") { successors { organization { slug } } }
      groesbeek: municipality(ref: "GM0241") { successors { organization { slug } } }
      marren: municipality(ref: "GM1921") { successors { organization { slug } } }
    }""")
    slugs = {name: sorted({each["organization"]["slug"] for each in one["successors"]}) for name, one in found.items()}
    assert slugs == {
        "haaren": ["boxtel", "oisterwijk", "tilburg", "vught"], "winsum": ["het-hogeland", "westerkwartier"], "groesbeek": ["berg-en-dal"],
        "marren": ["de-fryske-marren"],
    }  # fmt: skip


def test_every_municipality_that_ended_has_a_successor(ask: Ask, said: Dataset) -> None:
    ended = {c.subject for c in said.claims.values() if c.source == "rvig-landelijke-tabel-33" and c.predicate == "exists" and c.period.end}
    events = defaultdict[str, set[str]](set)
    for claim in said.claims.values():
        if claim.predicate in ("original", "resulting") and isinstance(claim.value, EntityRef):
            events[claim.predicate].add(claim.value.key)
    assert {key for key in ended if key.startswith("municipality/")} - events["original"] == set()


def test_regions_of_other_kinds_do_not_follow_the_youth_regions(members: Any) -> None:
    day = date(2026, 1, 1)
    assert "haarlemmermeer" in members("ggd-regio-kennemerland", day) & members("veiligheidsregio-kennemerland", day)
    assert "haarlemmermeer" in members("veilig-thuis-regio-kennemerland", day)
    assert "haarlemmermeer" in members("zorgkantoorregio-amstelland-en-de-meerlanden", day)
    assert "haarlemmermeer" not in members("zorgkantoorregio-kennemerland", day)
    alkmaar = members("alkmaar", day)
    ggd = {region for region in ("ggd-regio-hollands-noorden", "ggd-regio-kennemerland") if alkmaar & members(region, day)}
    assert len(ggd) == 2


def test_a_name_is_no_key(ask: Ask) -> None:
    (found,) = ask('{ resolve(identifiers: ["Utrecht"]) { problemCode candidates { entity { uri } } } }')
    assert found["problemCode"] == "AMBIGUOUS"
    assert {each["entity"]["uri"] for each in found["candidates"]} >= {
        "urn:regiograaf:municipality:utrecht",
        "urn:regiograaf:region:utrecht",
    }


def test_what_lies_in_the_landsdeel_of_the_documents_is_not_what_cbs_calls_so(said: Dataset) -> None:
    assert not [c for c in said.claims.values() if c.dataset == "country" and "landsdeel" in c.subject]


def test_certainty_on_a_day_before_the_first_table(said: Dataset) -> None:
    stay = said.claims["cbs.in-JZ.utrecht.2015"]
    assert (state(stay.period, date(2014, 6, 1)), state(stay.period, date(2015, 1, 1))) == (State.EARLIER, State.YES)
