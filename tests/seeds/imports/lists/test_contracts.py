"""A list of contracts becomes claims, or problems at their cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.domain.claim import Claim, EntityRef, Text
from graph.domain.words import OPTION_STATUSES
from seeds.check import found_in
from seeds.imports.importer import File, Wanted
from seeds.imports.lists import draft
from seeds.imports.lists.contracts import CONTRACT_LISTS, MARK
from seeds.imports.problem import ImportRefused
from seeds.imports.proposal import Proposal, commit, propose
from seeds.read import read_all
from seeds.values import slug_of
from tests.seeds.imports.lists.region import ABOUT, FORMS, WORLD, Value, as_csv, as_xlsx, ask, own_folder, rows, told

SOURCE = "contracts-contracten-tweestromen"
Record = Mapping[str, Value]
NAMED = {"Kenmerk": "TS-1", "Naam": "Ambulant"}


def read(*records: Record) -> Wanted:
    return ask(CONTRACT_LISTS, File("lijst.xlsx", as_xlsx(rows(*records))))


def claims(wanted: Wanted) -> dict[str, Claim]:
    """The claims that come of a list, read as all claims are; there is no problem with them."""
    assert told(wanted) == []
    reading = read_all(WORLD, own_folder(wanted.files))
    assert found_in(reading) == []
    return {key: claim for key, claim in reading.claims.items() if claim.source == SOURCE}


def said(*records: Record) -> list[str]:
    """The claims as `subject predicate value from until`, in short."""
    return sorted(map(_short, claims(read(*records)).values()))


def _short(claim: Claim) -> str:
    value = (
        claim.value.key if isinstance(claim.value, EntityRef) else claim.value["NL"] if isinstance(claim.value, Text) else str(claim.value)
    )
    start, end = claim.period.start, claim.period.end
    until = end.edtf if end else "open" if claim.period.end_known else ""
    more = [f"{name}={each}" for name, each in sorted(claim.qualifiers.items())]
    return " ".join(filter(None, [claim.subject, claim.predicate, value, start.edtf if start else "", until and f"…{until}", *more]))


# ── what a list says ──────────────────────────────────────────────────────────────────────────────


def test_a_row_becomes_the_claims_that_it_says_and_no_other() -> None:
    row: Record = {
        **NAMED, "Ingangsdatum": date(2024, 1, 1), "Einddatum": "31 december 2027", "Inkopers": "Oosterdam; gemeente Westerveen",
        "Aanbieders": "De Brug",
        "Contractmanagement": "Tweestromen", "Zorgfuncties": "A; dys", "Gebied": "Tweestromen", "Uitgezonderd": "Westerveen",
        "Samenwerking": "Inkoop Tweestromen", "Inkoopprocedure": "procurement/tweestromen-2024", "TenderNed-kenmerk": 123456.0,
        "Uitgaven": "€ 1.250.000,50", "Jaar van de uitgaven": 2024.0,
    }  # fmt: skip
    assert said(row) == [
        "contract/ts-1 buyer municipality/oosterdam", "contract/ts-1 buyer municipality/westerveen",
        "contract/ts-1 contractManager region/tweestromen", "contract/ts-1 covers region/tweestromen",
        "contract/ts-1 delivers function/dyslexiezorg", "contract/ts-1 delivers function/tweestromen-a",
        "contract/ts-1 excepts municipality/westerveen", "contract/ts-1 figure 1250000.5 2024 …2024 measure=SPEND unit=EUR",
        "contract/ts-1 identifier LOCAL:TS-1", "contract/ts-1 identifier TENDERNED:123456", "contract/ts-1 name Ambulant",
        "contract/ts-1 procurement procurement/tweestromen-2024", "contract/ts-1 runs True 2024-01-01 …2027-12-31",
        "contract/ts-1 supplier provider/de-brug", "contract/ts-1 under collaboration/inkoop-tweestromen",
    ]  # fmt: skip


def test_no_date_comes_of_a_list_that_gives_none() -> None:
    found = claims(read({**NAMED, "Inkopers": "Oosterdam"}))
    assert {claim.predicate for claim in found.values()} == {"name", "identifier", "buyer"}
    assert all(claim.period.start is None and claim.period.end is None for claim in found.values())
    assert {claim.period.certain_from for claim in found.values()} == {date(2026, 11, 1)}


def test_the_dates_of_a_row_are_those_of_what_it_names_and_of_nothing_else() -> None:
    first: Record = {
        **NAMED,
        "Ingangsdatum": "2024",
        "Aanbieders": "De Brug",
        "Rij geldt vanaf": "1-2-2024",
        "Rij geldt t/m": "onbepaalde tijd",
    }
    second: Record = {
        "Kenmerk": "TS-1",
        "Aanbieders": "De Brug; Het Anker",
        "Rij geldt vanaf": "2022",
        "Rij geldt t/m": "2023",
        "Valt onder": "Inkoop Tweestromen",
    }
    assert [line for line in said(first, second) if " supplier " in line or " runs " in line or " under " in line] == [
        "contract/ts-1 runs True 2024",
        "contract/ts-1 supplier provider/de-brug 2022 …2023",
        "contract/ts-1 supplier provider/de-brug 2024-02-01 …open",
        "contract/ts-1 supplier provider/het-anker 2022 …2023",
        "contract/ts-1 under collaboration/inkoop-tweestromen",
    ]


@pytest.mark.parametrize("text", ["Straße 1", "Søren & Zn", "'s-Graveland", "ÉÉN™ 2"])
def test_what_a_list_names_has_the_slug_that_any_other_thing_of_that_name_has(text: str) -> None:
    found = said({"Kenmerk": text, "Naam": "a", "Aanbieders": f"{text} (nieuw)"})
    assert f"contract/{slug_of(text)} supplier provider/{slug_of(text)}" in found


def test_what_is_planned_is_marked_so_wherever_it_can_be() -> None:
    found = said({**NAMED, "Gepland": True, "Ingangsdatum": "2028", "Inkopers": "Oosterdam", "Uitgezonderd": "Westerveen"})
    assert [line for line in found if "planned" in line] == [
        "contract/ts-1 buyer municipality/oosterdam planned=True",
        "contract/ts-1 runs True 2028 planned=True",
    ]


def test_each_option_has_its_row_its_number_and_its_period() -> None:
    first: Record = {**NAMED, "Optie": 1.0, "Optie van": "1-1-2028", "Optie t/m": "31-12-2028", "Status van de optie": "benut"}
    second: Record = {"Kenmerk": "TS-1", "Optie": "2", "Optie van": 2029.0, "Optie t/m": "2029"}
    assert [line for line in said(first, second) if "option" in line] == [
        "contract/ts-1 option 1 2028-01-01 …2028-12-31 status=EXERCISED",
        "contract/ts-1 option 2 2029 …2029",
    ]


def test_a_new_provider_is_made_once_and_may_be_named_before_it_is_called_new() -> None:
    found = said(
        {**NAMED, "Aanbieders": "Boerderij De Linde"}, {"Kenmerk": "TS-2", "Naam": "b", "Aanbieders": "Boerderij De Linde (nieuw)"}
    )
    assert [line for line in found if "linde" in line] == [
        "contract/ts-1 supplier provider/boerderij-de-linde",
        "contract/ts-2 supplier provider/boerderij-de-linde",
        "provider/boerderij-de-linde exists True",
        "provider/boerderij-de-linde name Boerderij De Linde",
    ]


def test_a_successor_is_a_reference_of_the_list_or_a_known_contract() -> None:
    found = said({**NAMED, "Opgevolgd door": "ts-2"}, {"Kenmerk": "TS-2", "Naam": "b", "Opgevolgd door": "LOCAL:TS-2020-01"})
    assert [line for line in found if "succeeded" in line] == [
        "contract/ts-1 succeededBy contract/ts-2",
        "contract/ts-2 succeededBy contract/oud-2020",
    ]


def test_a_contract_that_is_known_gets_claims_of_its_own_key_and_needs_no_name() -> None:
    assert said({"Kenmerk": "TS-2020-01", "Naam": None, "Bekend als": "contract/oud-2020", "Inkopers": "Oosterdam"}) == [
        "contract/oud-2020 buyer municipality/oosterdam",
        "contract/oud-2020 identifier LOCAL:TS-2020-01",
    ]


def test_the_list_itself_is_the_source() -> None:
    wanted = read({**NAMED})
    assert wanted.files[f"sources/{SOURCE}.yaml"].decode() == (
        f"{MARK}slug: {SOURCE}\nkind: DOCUMENT\ntitle: Contracten Tweestromen\npublisher: Regio Tweestromen\n"
        "published: '2026-11-01'\nread: '2026-11-01'\n"
    )
    assert wanted.notes[-1] == "1 row read: 1 contract, 0 new providers."


def test_english_headings_mean_the_same() -> None:
    dutch = {**NAMED, "Ingangsdatum": "2024", "Aanbieders": "De Brug", "Zorgfuncties": "dys"}
    english = {"Reference": "TS-1", "Name": "Ambulant", "Start date": "2024", "Suppliers": "De Brug", "Care functions": "Dyslexiezorg"}
    assert read(dutch).files == read(english).files


# ── the law: what is written is read, in every form ───────────────────────────────────────────────

years = st.integers(2015, 2035)
records = st.fixed_dictionaries(
    {"Naam": st.text(st.sampled_from("abcdë ’&"), min_size=1, max_size=12).map(str.strip).filter(bool)},
    optional={
        "Ingangsdatum": st.dates(date(2015, 1, 1), date(2024, 12, 31)),
        "Einddatum": st.one_of(st.dates(date(2025, 1, 1), date(2035, 1, 1)), st.just("onbepaalde tijd")),
        "Gepland": st.booleans().map(lambda yes: "ja" if yes else "nee"),
        "Inkopers": st.lists(st.sampled_from(["Oosterdam", "Westerveen", "Tweestromen"]), min_size=1, unique=True).map("; ".join),
        "Aanbieders": st.lists(
            st.sampled_from(["De Brug", "Het Anker", "Molenzicht, zorg en wonen", "Linde ë (nieuw)"]), min_size=1, unique=True
        ).map("; ".join),
        "Zorgfuncties": st.sampled_from(["dys", "Dyslexiezorg", "function/elders-b"]),
        "Uitgaven (euro)": st.integers(0, 10**9).map(lambda cents: cents / 100),
    },
)


def _expected(number: int, record: Record) -> set[str]:
    key = f"contract/ts-{number}"
    planned = " planned=True" if record.get("Gepland") == "ja" else ""
    keys = {
        "Oosterdam": "municipality/oosterdam", "Westerveen": "municipality/westerveen", "Tweestromen": "region/tweestromen",
        "De Brug": "provider/de-brug",
        "Het Anker": "provider/het-anker", "Molenzicht, zorg en wonen": "provider/molenzicht", "Linde ë (nieuw)": "provider/linde-e",
    }  # fmt: skip
    out = {f"{key} name {' '.join(str(record['Naam']).split())}", f"{key} identifier LOCAL:TS-{number}"}
    start, end = (str(record[name]) if name in record else "" for name in ("Ingangsdatum", "Einddatum"))
    if start or end:
        until = "…open" if end == "onbepaalde tijd" else f"…{end}" if end else ""
        out.add(" ".join(filter(None, [f"{key} runs True", start, until])) + planned)
    for column, predicate in (("Inkopers", "buyer"), ("Aanbieders", "supplier")):
        out |= {f"{key} {predicate} {keys[name]}{planned}" for name in str(record[column]).split("; ")} if column in record else set()
    if "nieuw" in str(record.get("Aanbieders")):
        out |= {"provider/linde-e name Linde ë", "provider/linde-e exists True"}
    if "Zorgfuncties" in record:
        function = "function/elders-b" if record["Zorgfuncties"] == "function/elders-b" else "function/dyslexiezorg"
        out.add(f"{key} delivers {function}{planned}")
    if "Uitgaven (euro)" in record:
        out.add(f"{key} figure {float(str(record['Uitgaven (euro)']))} measure=SPEND unit=EUR")
    return out


@settings(max_examples=40)  # it reads all claims of the region each time
@given(given=st.lists(records, min_size=1, max_size=4), form=st.sampled_from(sorted(FORMS)))
def test_a_list_in_any_form_says_what_was_written(given: list[dict[str, Value]], form: str) -> None:
    numbered = [{"Kenmerk": f"TS-{number}", **record} for number, record in enumerate(given)]
    wanted = ask(CONTRACT_LISTS, File("lijst", FORMS[form](rows(*numbered))))
    found = set(map(_short, claims(wanted).values()))
    assert found == set().union(*(_expected(number, record) for number, record in enumerate(given)))


@settings(max_examples=40)  # a busy machine is no fault
@given(given=st.lists(records, min_size=1, max_size=4), data=st.data())
def test_the_order_of_rows_and_of_columns_does_not_matter(given: list[dict[str, Value]], data: st.DataObject) -> None:
    numbered = [{"Kenmerk": f"TS-{number}", **record} for number, record in enumerate(given)]
    headings = data.draw(st.permutations(sorted({key for record in numbered for key in record})))
    moved = [{heading: record.get(heading) for heading in headings} for record in data.draw(st.permutations(numbered))]
    assert read(*numbered).files == read(*moved).files


# ── what is wrong ─────────────────────────────────────────────────────────────────────────────────

FAULTS: dict[str, tuple[list[Record], list[str]]] = {
    "no reference": ([{"Kenmerk": None, "Naam": "a"}], ["6 A MISSING_VALUE"]),
    "no name": ([{"Kenmerk": "a", "Naam": None, "Gebied": "Tweestromen"}], ["6 A MISSING_VALUE"]),
    "two names": ([{"Kenmerk": "a", "Naam": "x"}, {"Kenmerk": "a", "Naam": "y"}], ["7 B TWO_VALUES"]),
    "two references with one key": ([{"Kenmerk": "a/1", "Naam": "x"}, {"Kenmerk": "a 1", "Naam": "y"}], ["6 A TWO_VALUES"]),
    "no letter": ([{"Kenmerk": "???", "Naam": "x"}], ["6 A WRONG_VALUE"]),
    "a key that is taken": ([{"Kenmerk": "oud 2020", "Naam": "x"}], ["6 A ALREADY_KNOWN"]),
    "known as nothing": ([{**NAMED, "Bekend als": "contract/zzz"}], ["6 C UNKNOWN_NAME"]),
    "reversed": ([{**NAMED, "Ingangsdatum": "2024", "Einddatum": "31-12-2023"}], ["6 D REVERSED_PERIOD"]),
    "no date": ([{**NAMED, "Ingangsdatum": "binnenkort"}], ["6 C BAD_DATE"]),
    "option without number": ([{**NAMED, "Optie": None, "Optie van": "2028"}], ["6 D MISSING_VALUE"]),
    "option without period": ([{**NAMED, "Optie": 1.0, "Optie van": None}], ["6 C MISSING_VALUE"]),
    "option in words": ([{**NAMED, "Optie": "3 x 1 jaar"}], ["6 C WRONG_VALUE"]),
    "option twice": (
        [{**NAMED, "Optie": 1.0, "Optie van": "2028", "Optie t/m": "2028"}, {"Kenmerk": "TS-1", "Optie": 1.0, "Optie van": "2029",
        "Optie t/m": "2028"}],
        ["7 D TWO_VALUES"],
    ),
    "unknown status": ([{**NAMED, "Optie": 1.0, "Optie van": "2028", "Optie t/m": "2028",
    "Status van de optie": "misschien"}], ["6 F WRONG_VALUE"]),
    "unknown buyer": ([{**NAMED, "Inkopers": "Oosterdm; Westerveen"}], ["6 C UNKNOWN_NAME"]),
    "unknown provider": ([{**NAMED, "Aanbieders": "De Linde"}], ["6 C UNKNOWN_NAME"]),
    "known provider called new": ([{**NAMED, "Aanbieders": "De Brug (nieuw)"}], ["6 C ALREADY_KNOWN"]),
    "two new providers with one key": ([{**NAMED, "Aanbieders": "De Linde (nieuw); De-Linde (nieuw)"}], ["6 C WRONG_VALUE"]),
    "commas": ([{**NAMED, "Aanbieders": "De Brug, Het Anker"}], ["6 C UNKNOWN_NAME"]),
    "ambiguous area": ([{**NAMED, "Gebied": "Berg"}], ["6 C AMBIGUOUS_NAME"]),
    "segment of another region": ([{**NAMED, "Zorgfuncties": "B", "Gebied": "Tweestromen"}], ["6 C AMBIGUOUS_NAME"]),
    "own successor": ([{**NAMED, "Opgevolgd door": "TS-1"}], ["6 C WRONG_VALUE"]),
    "notice in words": ([{**NAMED, "TenderNed-kenmerk": "zie website"}], ["6 C MALFORMED_CODE"]),
    "amount in words": ([{**NAMED, "Uitgaven": "1,2 mln"}], ["6 C WRONG_VALUE"]),
    "year without amount": ([{**NAMED, "Uitgaven": None, "Uitgavenjaar": "2024"}], ["6 D MISSING_VALUE"]),
    "row reversed": ([{**NAMED, "Rij geldt vanaf": "2024", "Rij geldt t/m": "2023"}], ["6 D REVERSED_PERIOD"]),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_at_its_cell(fault: str) -> None:
    given, expected = FAULTS[fault]
    wanted = read(*given)
    assert (told(wanted), wanted.files) == (expected, {})
    assert all(p.what.endswith((".", "?")) and p.remedy.endswith((".", "?")) and p.sheet == "Contracten" for p in wanted.problems)


def test_all_faults_are_told_at_once() -> None:
    one: Record = {**NAMED, "Ingangsdatum": "binnenkort", "Inkopers": "Oosterdm", "Zorgfuncties": "B", "Gepland": "wie weet"}
    assert told(read(one, {"Kenmerk": "TS-2", "Naam": None, "Gepland": "ooit"})) == [
        "6 C BAD_DATE", "6 D UNKNOWN_NAME", "6 E AMBIGUOUS_NAME", "6 F WRONG_VALUE", "7 A MISSING_VALUE", "7 F WRONG_VALUE",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ([], ["1  MISSING_VALUE", "1  MISSING_VALUE"]),
        ([["Titel", "x"], ["Peildatum", "2026"]], ["2 B BAD_DATE"]),
        ([["Titel", "--"], ["Peildatum", "1-11-2026"]], ["1 B WRONG_VALUE"]),
    ],
)
def test_a_list_says_its_title_and_its_day(about: list[list[Value]], expected: list[str]) -> None:
    assert told(ask(CONTRACT_LISTS, File("lijst.csv", as_csv(rows(NAMED, about=about))))) == expected


def test_the_rows_of_a_list_without_title_or_day_are_read_all_the_same() -> None:
    wanted = ask(CONTRACT_LISTS, File("lijst.csv", as_csv(rows({**NAMED, "Ingangsdatum": "ooit"}, about=[]))))
    assert (told(wanted), wanted.files) == (["1  MISSING_VALUE", "1  MISSING_VALUE", "2 C BAD_DATE"], {})


def test_a_column_that_is_missing_is_told_once() -> None:
    assert told(read({"Kenmerk": "TS-1", "Gebied": "Nergens"}, {"Kenmerk": "TS-2", "Gebied": "x"})) == ["5 A MISSING_HEADING"]


def test_two_lists_add_up_and_need_titles_of_their_own() -> None:
    one, same = (
        as_csv(rows(NAMED)),
        as_csv(rows({**NAMED, "Kenmerk": "TS-2"}, about=[["Titel", "Contracten Tweestromen"], ["Peildatum", "2-11-2026"]])),
    )
    other = as_csv(rows({**NAMED, "Kenmerk": "TS-2"}, about=[["Titel", "Andere"], *ABOUT[1:]]))
    assert told(ask(CONTRACT_LISTS, File("a.csv", one), File("b.csv", same))) == ["1 B TWO_VALUES"]
    assert len(ask(CONTRACT_LISTS, File("a.csv", one), File("b.csv", other)).files) == 4


# ── into a folder ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen" / "dataset.yaml").write_bytes(own_folder({}).files["dataset.yaml"])
    return tmp_path / "eigen"


def test_the_same_list_twice_changes_nothing_and_a_shorter_one_takes_away_what_it_no_longer_says(own: Path) -> None:
    def proposal(*given: Record) -> Proposal:
        return propose(CONTRACT_LISTS, [File("a.csv", as_csv(rows(*given)))], own, [WORLD], lambda line: None)

    records_: list[Record] = [{**NAMED, "Aanbieders": "De Linde (nieuw)"}, {"Kenmerk": "TS-2", "Naam": "b", "Aanbieders": "De Linde"}]
    (own / "contracts").mkdir()
    by_hand = own / "contracts" / "met-de-hand.yaml"
    by_hand.write_text("type: Contract\nslug: met-de-hand\nclaims:\n  - {id: hand.name, name: {nl: Hand}, source: register}\n")
    commit(proposal(*records_))
    assert proposal(*records_).files == 0
    less = proposal({**NAMED, "Aanbieders": "De Brug"})
    assert (less.removed, [claim.subject for claim in less.came]) == (["contracts/ts-2.yaml", "providers/de-linde.yaml"], ["contract/ts-1"])
    commit(less)
    assert by_hand.exists()


def test_a_file_of_another_hand_is_not_written_over(own: Path) -> None:
    (own / "providers").mkdir()
    text = "type: Provider\nslug: de-linde\nclaims:\n  - {id: linde.kvk, identifier: 'KVK:12345678', source: register}\n"
    (own / "providers" / "de-linde.yaml").write_text(text)
    (own / "contracts").mkdir()
    (own / "contracts" / "ts-1.yaml").write_text("type: Contract\nslug: ts-1\nclaims:\n  - {id: h, name: {nl: H}, source: register}\n")
    for record, code in (
        ({**NAMED, "Kenmerk": "TS-2", "Aanbieders": "De Linde (nieuw)"}, "ALREADY_KNOWN"),
        ({**NAMED, "Bekend als": "contract/ts-1"}, "OTHER_FILE"),
    ):
        files = [File("a.csv", as_csv(rows(record)))]
        with pytest.raises(ImportRefused) as refused:
            propose(CONTRACT_LISTS, files, own, [WORLD], lambda line: None)
        assert [problem.code for problem in refused.value.problems] == [code]


def test_every_status_of_an_option_can_be_written_in_dutch() -> None:
    for status in OPTION_STATUSES:
        found = said({**NAMED, "Optie": 1.0, "Optie van": "2028", "Optie t/m": "2028", "Optiestatus": OPTION_STATUSES.name(status, "NL")})
        assert f"contract/ts-1 option 1 2028 …2028 status={status}" in found


def test_the_writer_of_yaml_in_python_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    long: Record = {
        **NAMED,
        "Naam": "Contract ‘Jeugd’: zeer lang, " + "é # - " * 25,
        "Aanbieders": "De Brug; ja (nieuw)",
        "Einddatum": "2027",
    }
    quick = read(long).files
    monkeypatch.setattr(draft, "_DUMPER", yaml.SafeDumper)
    assert read(long).files == quick
