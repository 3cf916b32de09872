"""ROO becomes numbers and joint arrangements. Its silence is no entry and no exit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.dates.period import State, state
from seeds.imports.cbs import CBS
from seeds.imports.importer import File, Known
from seeds.imports.roo import IDENTIFIERS, MEMBERS, ROO, VERSIONS
from seeds.imports.rvig import RVIG
from tests.seeds.imports import real, small
from tests.seeds.imports.small import cbs_table, claims, csv_file, problems, run, rvig_table

REGIONS = {"JZ01": "Noord", "PV20": "Groningen"}
TOWNS = {"GM0001": ("Aa", REGIONS), "GM0002": ("Bee", REGIONS)}
TABLES = run(CBS, [cbs_table("82949NED", TOWNS)]).files
LIVES = run(RVIG, [rvig_table(("0001", "Aa", "", "", ""), ("0002", "Bee", "0001", "", "20220324"))], small.known(TABLES)).files
AA = ("GM0001", "municipality", "Gemeente Aa")
NUMBERS = [
    (*AA, "roo", "12345"), (*AA, "kvk", "01234567"), (*AA, "rsin", "822477348"), (*AA, "oin", "00000001822477348000"),
    (*AA, "wikidata", "Q9978"), (*AA, "eu-atu", "http://publications.europa.eu/resource/authority/atu/NLD_GEM_AAA"),
]  # fmt: skip
STARTS = ("2016-01-01", "2018-06-01", "2021-01-01")


def towns() -> Known:
    return small.known(TABLES, LIVES)


def version(
    id: str, first: str, end: str, *, name: str = "Jeugdregeling", form: str = "OL", beside: tuple[str, str] = ("", "")
) -> tuple[str, ...]:
    return (id, name, form, first, end, "", *beside, "", f"https://organisaties.overheid.nl/{id}")


def versions(*rows: Sequence[str]) -> File:
    return csv_file("versions.csv", VERSIONS, *rows)


def members(*rows: Sequence[str]) -> File:
    return csv_file("members.csv", MEMBERS, *rows)


def arrangement(listed: Sequence[Sequence[str]]) -> dict[str, bytes]:
    """The tables of an arrangement with a version for each list of members."""
    ids = [f"1000{number}" for number in range(len(listed))]
    rows = [
        version(id, STARTS[number], STARTS[number + 1] if number + 1 < len(ids) else "",
                beside=(ids[number - 1] if number else "", ids[number + 1] if number + 1 < len(ids) else ""))
        for number, id in enumerate(ids)
    ]  # fmt: skip
    given_ = [versions(*rows), members(*((id, code, "") for id, of in zip(ids, listed, strict=True) for code in of), ("9", "GM0001", ""))]
    return {**TABLES, **LIVES, **run(ROO, given_, towns()).files}


@settings(max_examples=30)
@given(st.lists(st.sampled_from([("GM0001",), ()]), min_size=1, max_size=3).filter(any))
def test_who_is_listed_takes_part_and_who_is_not_may(listed: list[tuple[str, ...]]) -> None:
    found = [c for c in claims(arrangement(listed)).values() if c.predicate == "member"]
    assert len(found) == 1
    for start, of in zip(STARTS, listed, strict=False):
        on = state(found[0].period, date.fromisoformat(start))
        assert on is State.YES if of else on is not State.BEFORE


def test_a_municipality_that_ended_took_part_until_then_at_the_latest() -> None:
    found = claims(arrangement([("GM0001", "GM0002"), ("GM0001",)]))
    ended, stayed = (found[f"roo.1000{number}.jeugdregeling.{slug}"].period for number, slug in ((0, "bee"), (1, "aa")))
    assert (ended.end and ended.end.edtf, stayed.end) == ("2018-05-31/2022-03-23", None)
    still = claims(arrangement([("GM0001", "GM0002")]))["roo.10000.jeugdregeling.bee"].period
    assert (still.start and still.start.edtf, still.end and still.end.edtf) == ("../2016-01-01", "2022-03-23")
    gone = claims(arrangement([("GM0001",), ()]))["roo.10000.jeugdregeling.aa"].period
    assert gone.end
    assert gone.end.edtf == "2018-05-31/.."


def test_the_end_of_a_version_is_read_by_what_stands_beside_it() -> None:
    rows = [
        version("10001", "2016-01-01", "2018-12-31", beside=("", "10002")),
        version("10002", "2019-01-01", "2020-06-15", beside=("10001", "10003")),
        version("10003", "2020-06-15", "2021-12-31", beside=("10002", "")),
        version("20001", "2016-01-01", "2017-06-15", name="Jeugd elders"),
    ]  # fmt: skip
    found = claims({**TABLES, **LIVES, **run(ROO, [versions(*rows), members(("10001", "GM0001", ""))], towns()).files})
    ends = {key.split(".")[1]: c.period.end.edtf for key, c in found.items() if key.endswith(".version") and c.period.end}
    assert ends == {"10001": "2018-12-31", "10002": "2020-06-14", "10003": "2021-12-31", "20001": "2017-06-14/2017-06-15"}
    assert found["roo.10002.version"].locator.section == "ROO 10002, van 2019-01-01 tot 2020-06-15"  # as the register writes it


def test_of_the_arrangements_those_about_youth_are_taken_and_those_of_its_regions() -> None:
    names = ("Jeugdhulp Noord", "GGD Noord", "Veiligheidsregio Noord", "Veilig Thuis Noord", "Afval Noord", "Regeling van de GGDs")
    rows = [version(f"1000{number}", "2016-01-01", "", name=name) for number, name in enumerate(names)]
    wanted = run(ROO, [versions(*rows), members(("10000", "GM0001", ""))], towns())
    taken = {
        c.value.words[0]
        for c in claims({**TABLES, **LIVES, **wanted.files}).values()
        if c.key.startswith("roo.") and c.predicate == "name" and hasattr(c.value, "words")
    }
    assert taken == set(names[:4])


def test_an_arrangement_that_others_know_gets_its_members_and_keeps_its_name() -> None:
    entries = "  - {id: s.name, name: {nl: Samen}, source: roo}\n  - {id: s.roo, identifier: 'ROO:10000', source: roo}\n"
    file = f"type: Collaboration\nslug: samen\nclaims:\n{entries}"
    there = small.known(TABLES, LIVES, {"collaborations/samen.yaml": file.encode()})
    given_ = [versions(version("10000", "2016-01-01", "", name="Afval Noord")), members(("10000", "GM0001", ""))]
    wanted = run(ROO, given_, Known(there.dataset, "another"))
    assert (
        wanted.files["tables/arrangement-members.csv"]
        == b"slug,municipality,region,roo,from,began,until\nsamen,aa,,10000,../2016-01-01,,\n"
    )
    assert wanted.files["tables/arrangements.csv"].count(b"\n") == 1


def test_numbers_stay_texts_with_their_zeros() -> None:
    found = claims({**TABLES, **run(ROO, [csv_file("identifiers.csv", IDENTIFIERS, *NUMBERS)], towns()).files})
    assert {str(c.value) for key, c in found.items() if key.startswith("roo.GM0001")} == {
        "ROO:12345", "KVK:01234567", "RSIN:822477348", "OIN:00000001822477348000", "WIKIDATA:Q9978",
        "EU_ATU:http://publications.europa.eu/resource/authority/atu/NLD_GEM_AAA",
    }  # fmt: skip
    assert found["roo.GM0001.wikidata"].locator.section == "Koppeling met Wikidata bij de export van 16 mei 2026"


def test_every_fault_of_the_files_is_told_with_its_place() -> None:
    assert "none of the tables" in problems(ROO, csv_file("a.csv", ("x", "y")))[0]
    (short,) = problems(
        ROO, csv_file("identifiers.csv", IDENTIFIERS, *NUMBERS, ("GM0002", "municipality", "Gemeente Bee", "kvk", "1234567"))
    )
    assert short.startswith(
        "identifiers.csv, row 8, column value: KVK 1234567 does not look like 27381312 (8 digits). Keep the leading zeros"
    )
    twice = [*NUMBERS, ("GM0001", "municipality", "Gemeente Aa", "kvk", "11111111")]
    assert "two values for kvk" in problems(ROO, csv_file("identifiers.csv", IDENTIFIERS, *twice))[0]
    assert "without their members" in problems(ROO, versions(version("10000", "2016-01-01", "")))[0]
    assert problems(ROO, versions(version("10000", "1-1-2016", ""), version("x", "2016-01-01", ""), version("10001", "", ""),
                                  version("10002", "2016-01-01", "", form="BV")), members(("10000", "GM1", "")))  == [
        'members.csv, row 2, column gm: "GM1" is not the code of a municipality. Write it as GM0479.',
        'versions.csv, row 2, column valid_from: "1-1-2016" is not a day. Write it as 2022-03-24.',
        'versions.csv, row 3, column roo_id: "x" is no number of ROO, or is there twice. Download the register again.',
        "versions.csv, row 4, column valid_from: The version has no first day. Download the register again.",
        'versions.csv, row 5, column form: "BV" is not a form of a joint arrangement. Use one of: OL, BVO, GO, RZM.',
    ]  # fmt: skip
    assert "not text in UTF-8" in problems(ROO, File("m.csv", b"roo_id,gm,tooi\n\xff,,\n"))[0]
    assert "more or fewer cells" in problems(ROO, File("m.csv", b"roo_id,gm,tooi\n1,2\n"))[0]
    assert "not CSV" in problems(ROO, File("m.csv", b'roo_id,gm,tooi\n1,"2\n'))[0]


def test_the_real_tables_give_the_tables_of_the_country() -> None:
    wanted = run(ROO, real.roo(), real.shipped())
    assert {path: content == real.country(path) for path, content in wanted.files.items()} == dict.fromkeys(wanted.files, True)


def test_the_country_is_small() -> None:
    assert sum(path.stat().st_size for path in real.tables()) < 400_000
