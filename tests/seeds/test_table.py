"""Tables: claims of many things in compact form, which are read as the entries that they stand for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.claim import Claim, EntityRef, Text
from seeds.check import check, dataset
from seeds.folder import Folder
from seeds.read import read
from tests.seeds.world import WORLD, write, wrong

TABLE = """\
type: Municipality
rows: towns.csv
claims:
  - id: "R.{slug}.name"
    name: {nl: "{name}"}
    source: register
  - id: "R.{slug}.code"
    identifier: ["CBS_GM:GM{code}", "RSIN:{rsin}"]
    source: register
    method: REGISTRY_IMPORT
  - id: "R.{slug}.in"
    memberOf: region/north
    from: "{since}"
    source: register
"""
ROWS = """\
slug,name,code,rsin,since
aa,"Aa, de",0001,823288444,2015
bee,Bee,0002,823288444,
"""


def found(tmp_path: Path, table: str = TABLE, rows: str | bytes = ROWS) -> list[str]:
    return wrong(tmp_path, {"tables/towns.yaml": table, "tables/towns.csv": rows})


def test_each_row_is_the_entries_of_its_entity_and_an_empty_cell_makes_no_claim(tmp_path: Path) -> None:
    said = dataset(write(tmp_path, {"tables/towns.yaml": TABLE, "tables/towns.csv": ROWS}))
    claims = {key: claim for key, claim in said.claims.items() if key.startswith("R.")}
    assert list(claims) == [
        "R.aa.name", "R.aa.code/CBS_GM:GM0001", "R.aa.code/RSIN:823288444", "R.aa.in",
        "R.bee.name", "R.bee.code/CBS_GM:GM0002", "R.bee.code/RSIN:823288444",
    ]  # fmt: skip
    assert (claims["R.aa.name"].subject, claims["R.aa.name"].value) == ("municipality/aa", Text("Aa, de"))
    assert (claims["R.aa.in"].value, claims["R.aa.in"].place) == (EntityRef("region/north"), "claims/tables/towns.csv:2")
    assert claims["R.bee.code/CBS_GM:GM0002"].method == "REGISTRY_IMPORT"
    assert {claim.dataset for claim in claims.values()} == {"world"}
    assert said.entities["municipality/aa"].type == "Municipality"


NAMES = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=("C", "Z")), min_size=1, max_size=12)
CELLS = st.dictionaries(
    st.from_regex(r"[a-z]{1,4}", fullmatch=True), st.tuples(NAMES, st.sampled_from(["", "2015", "2020-06-01"])), max_size=6
)


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@given(CELLS)
def test_a_table_says_what_a_file_for_each_row_says(towns: dict[str, tuple[str, str]]) -> None:
    """The law of tables: rows written out as files give the same claims, but for their place."""
    table = "type: Municipality\nrows: t.csv\nclaims:\n"
    entries = [
        '  - {id: "R.{slug}.name", name: {nl: "{name}"}, source: register}\n',
        '  - {id: "R.{slug}.in", memberOf: region/north, from: "{since}", source: register}\n',
    ]
    files = {path: text.encode() for path, text in WORLD.items()}
    rows = "slug,name,since\n" + "".join(f"{slug},{quoted(name)},{since}\n" for slug, (name, since) in sorted(towns.items()))
    compact = files | {"tables/t.yaml": (table + "".join(entries)).encode(), "tables/t.csv": rows.encode()}
    for slug, (name, since) in towns.items():
        written = [entry for entry in entries if since or "since" not in entry]
        text = "".join(written).replace("{slug}", slug).replace('"{name}"', "'" + name.replace("'", "''") + "'").replace("{since}", since)
        files[f"municipalities/{slug}.yaml"] = f"type: Municipality\nslug: {slug}\nclaims:\n{text}".encode()
    (one, problems), (other, others) = read(Folder("claims", compact)), read(Folder("claims", files))

    def placeless(claims: dict[str, Claim]) -> dict[str, Claim]:
        return {key: replace(claim, place="") for key, claim in claims.items()}

    assert {problem.code for problem in problems} == {problem.code for problem in others}
    assert placeless(dict(one.claims)) == placeless(dict(other.claims))
    assert one.entities == other.entities


def test_a_thing_may_have_a_file_and_rows_of_several_tables(tmp_path: Path) -> None:
    table = 'type: Region\nrows: r.csv\nclaims:\n  - {id: "K.{slug}", kind: "{kind}", source: register}\n'
    again = table.replace("K.", "E.").replace('kind: "{kind}"', "exists: true")
    changed = {"tables/a.yaml": table, "tables/b.yaml": again, "tables/r.csv": "kind,slug\nPROVINCE,north\n"}
    assert wrong(tmp_path, changed) == []


def test_what_one_row_says_wrong_is_reported_at_its_line(tmp_path: Path) -> None:
    assert found(tmp_path, rows=ROWS + "cee,Cee,00003,823288444,2015\n") == ["tables/towns.csv:4 MALFORMED_CODE"]
    assert found(tmp_path, rows=ROWS.replace("bee,Bee", "Bee!,Bee")) == ["tables/towns.csv:3 WRONG_VALUE"]
    assert found(tmp_path, rows=ROWS + "aa,Aa,0009,823288444,\n") == [
        "tables/towns.csv:4 DUPLICATE_ID", "tables/towns.csv:4 DUPLICATE_ID",
    ]  # fmt: skip


def test_what_every_row_says_wrong_is_reported_once_at_the_entry(tmp_path: Path) -> None:
    folder = write(tmp_path, {"tables/towns.yaml": TABLE.replace("REGISTRY_IMPORT", "COPIED"), "tables/towns.csv": ROWS})
    assert [str(problem) for problem in check(folder)] == [
        'claims/tables/towns.yaml:7  -  "COPIED" is not a word for "method". So says towns.csv in 2 rows, the first of them on line 2.  '
        "Use one of: STATED, DERIVED, MANUAL, REGISTRY_IMPORT."
    ]


def test_two_entries_of_one_row_with_one_id_are_refused(tmp_path: Path) -> None:
    assert found(tmp_path, TABLE.replace("R.{slug}.in", "R.{slug}.name")) == ["tables/towns.csv:2 DUPLICATE_ID"]


def test_what_a_row_refers_to_is_looked_up(tmp_path: Path) -> None:
    changed = {"tables/towns.yaml": TABLE.replace("region/north", '"region/{since}"'), "tables/towns.csv": ROWS}
    assert wrong(tmp_path, changed) == ["tables/towns.csv:2 DANGLING_REFERENCE"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("towns.csv", "town.csv", "2 NO_ROWS"),
        ("type: Municipality", "type: Town", "1 WORD_NOT_IN_LIST"),
        ("rows: towns.csv\n", "", "1 MISSING_KEY"),
        ("{code}", "{cod}", "8 UNKNOWN_COLUMN"),
        ('from: "{since}"', "from: {since}", "13 WRONG_VALUE"),
        ("rows:", "columns: 3\nrows:", "2 UNKNOWN_KEY"),
    ],
)
def test_what_is_wrong_in_a_table_is_reported_in_it(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert f"tables/towns.yaml:{problem}" in found(tmp_path, TABLE.replace(old, new))


def test_claims_that_are_no_list_are_refused(tmp_path: Path) -> None:
    assert found(tmp_path, "type: Municipality\nrows: towns.csv\nclaims: {id: x}\n") == ["tables/towns.yaml:3 WRONG_VALUE"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("", "1 MISSING_COLUMN"),
        (ROWS.replace("slug,", "key,"), "1 MISSING_COLUMN"),
        (ROWS.replace(",", ";"), "1 TABLE_SYNTAX"),
        (ROWS.replace("rsin", "code"), "1 TABLE_SYNTAX"),
        (ROWS.replace(",Bee", ""), "3 TABLE_SYNTAX"),
        (ROWS.replace("Aa, de", "Aa,\nde"), "2 TABLE_SYNTAX"),
        (ROWS.replace('"Aa, de"', '"Aa, de'), "2 TABLE_SYNTAX"),
        (ROWS.encode() + b"\xe9,,,,\n", "4 TABLE_SYNTAX"),
    ],
)
def test_rows_that_are_no_csv_are_refused_with_their_line(tmp_path: Path, rows: str | bytes, problem: str) -> None:
    assert found(tmp_path, rows=rows)[0] == f"tables/towns.csv:{problem}"


def test_rows_that_no_table_names_are_refused(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"tables/towns.csv": ROWS}) == ["tables/towns.csv:1 MISPLACED_FILE"]


def test_a_number_is_personal_unless_the_table_says_what_it_is(tmp_path: Path) -> None:
    alone = TABLE.replace(', "RSIN:{rsin}"', "")
    assert found(tmp_path) == []
    assert found(tmp_path, alone) == ["tables/towns.csv:2 PERSONAL_DATA", "tables/towns.csv:3 PERSONAL_DATA"]
    assert found(tmp_path, rows=ROWS.replace("Bee", "Bee 06-12345678")) == ["tables/towns.csv:3 PERSONAL_DATA"]


def test_the_lines_of_a_table_may_end_as_those_of_windows_do(tmp_path: Path) -> None:
    assert found(tmp_path, rows=b"\xef\xbb\xbf" + ROWS.replace("\n", "\r\n").encode()) == []
