"""The tables of CBS become stays in regions; what a table does not say is not made up."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.dates.period import State, state
from graph.domain.claim import EntityRef
from seeds.imports.cbs import CBS
from seeds.imports.importer import File
from tests.seeds.imports import real, small
from tests.seeds.imports.small import cbs_table, claims, problems, run, rvig_table

NORTH, SOUTH, PROVINCE = {"JZ01": "Noord"}, {"JZ02": "Zuid"}, {"PV20": "Groningen"}
NUMBERS = ("82949NED", "83287NED", "83553NED", "83859NED")


def at(claim_key: str, files: dict[str, bytes]) -> tuple[str, str, str]:
    """The value and the bounds of a claim, as they were written."""
    claim = claims(files)[claim_key]
    value = claim.value.key if isinstance(claim.value, EntityRef) else str(claim.value)
    return value, claim.period.start.edtf if claim.period.start else "", claim.period.end.edtf if claim.period.end else ""


def imported(*files: File) -> dict[str, bytes]:
    wanted = run(CBS, files)
    assert list(wanted.problems) == []
    return dict(wanted.files)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["JZ01", "JZ02", ""]), min_size=1, max_size=4).filter(any))
def test_a_stay_holds_on_each_first_of_january_that_a_table_shows_and_on_no_other(stays: list[str]) -> None:
    tables = [
        cbs_table(number, {"GM0002": ("Ander", SOUTH | PROVINCE)} | ({"GM0001": ("Stad", {stay: stay} | PROVINCE)} if stay else {}))
        for number, stay in zip(NUMBERS, stays, strict=False)
    ]
    found = [c for c in claims(imported(*tables)).values() if c.subject == "municipality/stad" and c.key.startswith("cbs.in-JZ")]
    regions = {c.subject: str(c.value).partition(":")[2] for c in claims(imported(*tables)).values() if str(c.value).startswith("CBS_JZ:")}
    for year, stay in enumerate(stays, 2015):
        certain = [c.value for c in found if state(c.period, date(year, 1, 1)) is State.YES]
        assert {regions[value.key] for value in certain if isinstance(value, EntityRef)} == ({stay} if stay else set())


def test_the_first_table_is_no_beginning_and_the_last_no_end() -> None:
    files = imported(*(cbs_table(number, {"GM0001": ("Stad", NORTH | PROVINCE)}) for number in NUMBERS))
    assert at("cbs.in-JZ.stad.2015", files) == ("region/noord", "../2015-01-01", "")
    assert at("cbs.JZ01.exists", files)[1:] == ("../2015-01-01", "")


def test_what_differs_between_two_tables_changed_on_the_day_of_the_later_one() -> None:
    first, second = (cbs_table(number, {"GM0001": ("Stad", of | PROVINCE)}) for number, of in zip(NUMBERS, (NORTH, SOUTH), strict=False))
    files = imported(first, second)
    assert at("cbs.in-JZ.stad.2015", files) == ("region/noord", "../2015-01-01", "2015-12-31")
    assert at("cbs.in-JZ.stad.2016", files) == ("region/zuid", "2016-01-01", "")
    assert at("cbs.JZ01.exists", files)[2] == "2015-01-01/2015-12-31"  # a table no longer has it; on which day it ended, none says
    assert at("cbs.JZ02.exists", files)[1] == "2015-01-02/2016-01-01"


def test_a_municipality_that_ends_within_a_year_takes_its_own_last_day_if_it_is_given() -> None:
    tables = [
        cbs_table(NUMBERS[0], {"GM0001": ("Stad", NORTH | PROVINCE), "GM0002": ("Dorp", NORTH | PROVINCE)}),
        cbs_table(NUMBERS[1], {"GM0001": ("Stad", NORTH | PROVINCE), "GM0003": ("Nieuw", NORTH | PROVINCE)}),
    ]
    vague = imported(*tables)
    assert at("cbs.in-JZ.dorp.2015", vague)[2] == "2015-01-01/2015-12-31"
    assert at("cbs.in-JZ.nieuw.2016", vague)[1] == "2015-01-02/2016-01-01"
    lives = rvig_table(("0002", "Dorp", "0003", "", "20150701"), ("0003", "Nieuw", "", "20150701", ""), ("0001", "Stad", "", "", ""))
    exact = imported(*tables, lives)
    assert at("cbs.in-JZ.dorp.2015", exact)[2] == "2015-06-30"
    assert at("cbs.in-JZ.nieuw.2016", exact)[1] == "2015-07-01"


def test_names_are_no_keys() -> None:
    labels = (("Bergen (L)", "Bergen (NH)", "Laren"), ("Bergen (L.)", "Bergen (NH.)", "Laren (NH.)"))
    files = imported(*(
        cbs_table(number, {f"GM000{code}": (label, NORTH | PROVINCE) for code, label in enumerate(of, 1)})
        for number, of in zip(NUMBERS, labels, strict=False)
    ))  # fmt: skip
    found = claims(files)
    assert {c.subject for c in found.values() if str(c.value).startswith("CBS_GM:")} == {
        "municipality/bergen-l", "municipality/bergen-nh", "municipality/laren",
    }  # fmt: skip
    assert (found["cbs.GM0003.label.2015"].value, found["cbs.GM0003.label.2015"].qualifiers["nameKind"]) == ("Laren", "SHORT")


def test_regions_of_six_kinds_get_names_that_differ_where_their_areas_are_called_alike() -> None:
    regions = {
        "PV20": "Groningen",
        "JZ01": "Groningen",
        "GG0111": "GGD Groningen",
        "VT08": "Groningen",
        "VR01": "Groningen",
        "ZK09": "Groningen",
    }
    found = claims(imported(cbs_table(NUMBERS[0], {"GM0014": ("Groningen", regions)})))
    assert {c.subject for c in found.values() if c.predicate == "kind"} == {
        "region/groningen", "region/jeugdregio-groningen", "region/ggd-regio-groningen", "region/veilig-thuis-regio-groningen",
        "region/veiligheidsregio-groningen", "region/zorgkantoorregio-groningen",
    }  # fmt: skip
    assert str(found["cbs.VR01.name"].value) == "Text(words=('Veiligheidsregio Groningen', None))"


def test_what_is_known_keeps_its_slug_and_the_name_that_others_gave_it() -> None:
    entry = "  - {{id: {id}, {what}, source: cbs-gebieden}}\n"
    file = "type: Region\nslug: het-noorden\nclaims:\n" + entry.format(id="a", what="name: {nl: Het Noorden}") + entry.format(
        id="b", what="identifier: 'CBS_JZ:JZ01'"
    )  # fmt: skip
    there = small.known({"regions/het-noorden.yaml": file.encode()})
    there = type(there)(there.dataset, own="another")
    wanted = run(CBS, [cbs_table(NUMBERS[0], {"GM0001": ("Stad", NORTH | PROVINCE)})], there)
    rows = wanted.files["tables/regions.csv"].decode().splitlines()
    assert next(row for row in rows if "JZ01" in row).startswith("het-noorden,CBS_JZ,YOUTH_REGION,JZ01,,Noord,")


def test_a_table_of_a_year_that_is_not_known_names_its_year() -> None:
    table = cbs_table("99999NED", {"GM0001": ("Stad", NORTH | PROVINCE)}, "gebieden-2027.json")
    assert at("cbs.in-JZ.stad.2027", imported(table))[1] == "../2027-01-01"


def test_every_fault_of_the_files_is_told_with_its_place() -> None:
    good = cbs_table(NUMBERS[0], {"GM0001": ("Stad", NORTH | PROVINCE)})
    assert problems(CBS, File("a.json", b"{")) == [
        "a.json: It is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1). Save "
        "https://datasets.cbs.nl/odata/v1/CBS/86247NED/Observations, with the number of the table, as JSON.",
        "a.json: There is no table of CBS among the files. Save https://datasets.cbs.nl/odata/v1/CBS/86247NED/Observations, "
        "with the number of the table, as JSON.",
    ]
    assert "no list" in problems(CBS, File("a.json", b"[]"))[0]
    assert "of which table" in problems(CBS, File("a.json", b'{"value": []}'))[0]
    assert "year in the name" in problems(CBS, cbs_table("99999NED", {}))[0]
    assert problems(CBS, good, cbs_table(NUMBERS[2], {"GM0001": ("Stad", NORTH | PROVINCE)})) == [
        "82949NED.json: The table of 2016 is missing. Give the table of every year between the first and the last."
    ]
    assert problems(CBS, cbs_table(NUMBERS[0], {"GM1": ("Stad", NORTH | PROVINCE)}))[0] == (
        '82949NED.json, row 1, column RegioS: "GM1" is not the code of a municipality. Download the table again.'
    )
    assert problems(CBS, cbs_table(NUMBERS[0], {"GM0001": ("Stad", {"JZ1": "Noord"} | PROVINCE)}))[1] == (
        '82949NED.json, row 2, column StringValue: "JZ1" is not a code of JZ. Download the table again.'
    )
    assert problems(CBS, cbs_table(NUMBERS[0], {"GM0001": ("Stad", NORTH)})) == [
        "82949NED.json, column RegioS: GM0001 has no PV in the table of 2015. Give all pages of the table."
    ]
    twice = [problems(CBS, good, cbs_table(NUMBERS[0], {"GM0001": ("Dorp", SOUTH | PROVINCE)}, "b.json"))]
    assert [line.partition(": ")[0] for line in twice[0]] == ["b.json, row 1, column StringValue", "b.json, row 2, column StringValue"]


def test_the_real_tables_give_the_tables_of_the_country() -> None:
    wanted = run(CBS, [*real.cbs(), real.rvig()], real.shipped())
    assert wanted.files
    assert {path: content == real.country(path) for path, content in wanted.files.items()} == dict.fromkeys(wanted.files, True)
