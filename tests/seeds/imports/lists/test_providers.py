"""A list of providers becomes claims, or problems at their cells."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.domain.claim import Text
from graph.domain.words import NAME_KINDS
from seeds.check import found_in
from seeds.imports.importer import File, Wanted
from seeds.imports.lists.providers import PROVIDER_LISTS
from seeds.read import read_all
from tests.seeds.imports.lists.region import FORMS, WORLD, Value, as_xlsx, ask, own_folder, rows, told

Record = Mapping[str, Value]


def read(*records: Record) -> Wanted:
    return ask(PROVIDER_LISTS, File("aanbieders.xlsx", as_xlsx(rows(*records))))


def said(wanted: Wanted) -> list[str]:
    """The claims of the list as `subject predicate value`, in short."""
    assert told(wanted) == []
    reading = read_all(WORLD, own_folder(wanted.files))
    assert found_in(reading) == []
    found = [claim for claim in reading.claims.values() if claim.source.startswith("providers-")]
    out = []
    for claim in found:
        value = claim.value["NL"] if isinstance(claim.value, Text) else claim.value
        dates = [date.edtf for date in (claim.period.start, claim.period.end) if date]
        out.append(" ".join(map(str, [claim.subject, claim.predicate, value, *dates, *claim.qualifiers.values()])))
    return sorted(out)


def test_a_known_provider_gets_what_the_list_says_and_a_new_one_its_name_too() -> None:
    known: Record = {
        "Naam": "De Brug", "Nieuw": "nee", "KVK-nummer": 1234567.0, "RSIN": "822477348", "Gecertificeerde instelling": "ja",
        "Andere naam": "DB", "Soort naam": "afkorting", "Bestaat vanaf": "1-1-2020",
    }  # fmt: skip
    wanted = read(
        known,
        {"Naam": "De Linde", "Nieuw": "ja", "AGB-code": "01234567"},
        {"Naam": "de linde", "Andere naam": "Linde", "Soort naam": "korte naam"},
    )
    assert said(wanted) == [
        "provider/de-brug alternateName DB ABBREVIATION", "provider/de-brug exists True 2020-01-01",
        "provider/de-brug identifier KVK:01234567", "provider/de-brug identifier RSIN:822477348",
        "provider/de-brug isCertifiedInstitution True",
        "provider/de-linde alternateName Linde SHORT", "provider/de-linde exists True", "provider/de-linde identifier AGB:01234567",
        "provider/de-linde name De Linde",
    ]  # fmt: skip
    assert wanted.notes == [
        '"De Brug" → provider/de-brug (Stichting De Brug), 0.9',
        'aanbieders.xlsx, row 6, C (KVK-nummer): "1234567" is read as KVK:01234567; the data have this code already.',
        "3 rows read: 2 providers, 1 of them new.",
    ]


def test_a_provider_under_another_name_is_named_by_its_key() -> None:
    assert said(read({"Naam": "Brug Jeugdhulp BV", "Bekend als": "provider/de-brug"})) == ["provider/de-brug exists True"]


FAULTS: dict[str, tuple[list[Record], list[str]]] = {
    "no name": ([{"Naam": None, "Nieuw": "ja"}], ["6 A MISSING_VALUE"]),
    "unknown": ([{"Naam": "De Linde", "Nieuw": "nee"}], ["6 A UNKNOWN_NAME"]),
    "unknown, and not said to be new": ([{"Naam": "Het Ankr", "Nieuw": None, "RSIN": None}], ["6 A UNKNOWN_NAME"]),
    "known and called new": ([{"Naam": "De Brug", "Nieuw": "ja"}], ["6 A ALREADY_KNOWN"]),
    "new and known as": ([{"Naam": "x", "Nieuw": "ja", "Bekend als": "provider/de-brug"}], ["6 C TWO_VALUES"]),
    "two names of one": ([{"Naam": "De Brug", "Nieuw": None}, {"Naam": "Stichting De Brug", "Nieuw": None}], ["7 A TWO_VALUES"]),
    "KVK without its zero": ([{"Naam": "Het Anker", "KVK": 1234567.0}], ["6 B LOST_DIGITS"]),
    "wrong RSIN": ([{"Naam": "Het Anker", "RSIN": "822477349"}], ["6 B MALFORMED_CODE"]),
    "two RSINs": ([{"Naam": "Het Anker", "RSIN": "822477348"}, {"Naam": "Het Anker", "RSIN": "002564440"}], ["7 B TWO_VALUES"]),
    "a name without its kind": ([{"Naam": "Het Anker", "Andere naam": "HA"}], ["6 B MISSING_VALUE"]),
    "a kind that is none": ([{"Naam": "Het Anker", "Andere naam": "HA", "Soort naam": "bijnaam"}], ["6 C WRONG_VALUE"]),
    "reversed": ([{"Naam": "Het Anker", "Bestaat vanaf": "2024", "Bestaat tot en met": "2023"}], ["6 C REVERSED_PERIOD"]),
    "GI in words": ([{"Naam": "Het Anker", "GI": "deels"}], ["6 B WRONG_VALUE"]),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_at_its_cell(fault: str) -> None:
    given, expected = FAULTS[fault]
    wanted = read(*given)
    assert (told(wanted), wanted.files) == (expected, {})


records = st.fixed_dictionaries(
    {"Nieuw": st.just("ja")},
    optional={
        "RSIN": st.sampled_from(["822477348", "002564440"]),
        "KVK-nummer": st.sampled_from(["27381312", "00000001"]),
        "Gecertificeerde instelling": st.sampled_from(["ja", "nee"]),
        "Soort naam": st.sampled_from([NAME_KINDS.name(key, "NL") for key in NAME_KINDS]),
    },
)


@settings(max_examples=40)  # it reads all claims of the region each time
@given(given=st.lists(records, min_size=1, max_size=4), form=st.sampled_from(sorted(FORMS)))
def test_a_list_in_any_form_says_what_was_written(given: list[dict[str, Value]], form: str) -> None:
    expected, listed = set[str](), list[dict[str, Value]]()
    for number, record in enumerate(given):
        key = f"provider/zorg-{number}"
        listed.append({"Naam": f"Zorg {number}", **record, **({"Andere naam": f"Z{number}"} if "Soort naam" in record else {})})
        expected |= {f"{key} name Zorg {number}", f"{key} exists True"}
        expected |= {
            f"{key} identifier {scheme}:{record[name]}" for scheme, name in (("RSIN", "RSIN"), ("KVK", "KVK-nummer")) if name in record
        }
        if "Gecertificeerde instelling" in record:
            expected.add(f"{key} isCertifiedInstitution {record['Gecertificeerde instelling'] == 'ja'}")
        if "Soort naam" in record:
            kind = next(word for word in NAME_KINDS if NAME_KINDS.name(word, "NL") == record["Soort naam"])
            expected.add(f"{key} alternateName Z{number} {kind}")
    assert set(said(ask(PROVIDER_LISTS, File("lijst", FORMS[form](rows(*listed)))))) == expected
