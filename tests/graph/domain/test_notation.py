"""Notations: how identifiers are written in lists, and what each is read as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from graph.domain.identifier import eleven_test, fault, uri, well_formed
from graph.domain.notation import LONGEST, read
from graph.domain.reference import normal
from graph.domain.words import IDENTIFIER_SCHEMES
from tests.graph.worlds import examples

WRITTEN = [
    ("CBS_GM:GM0479", ("GM0479", "gm0479", " GM0479 ", "GM479", "gm 479", "GM-0479", "CBS_GM:479", "cbs 479", "CBS-code GM0479",
                       "gemeentecode 479", "CBS_GM:GM0479", "cbs_gm: gm0479", "CBS GM0479", "gemeentecode 0479", "2022GM0479",
                       "https://opendata.cbs.nl/gebieden/2022/GM0479")),
    ("CBS_JZ:JZ09", ("JZ09", "JZ9", "2022JZ09", "2022JZ9", "CBS_JZ:JZ09", "CBS_JZ:9", "cbs: jz09")),
    ("CBS_PV:PV27", ("PV27", "CBS PV27")),
    ("CBS_GG:GG7306", ("GG7306", "cbs gg7306", "2026GG7306")),
    ("CBS_VT:VT22", ("VT22",)),
    ("CBS_VR:VR11", ("VR11",)),
    ("CBS_ZK:ZK26", ("ZK26", "zk 26")),
    ("KVK:27381312", ("KVK:27381312", "KvK 27381312", "KvK-nummer: 2738 1312", "kvk nummer 27.38.13.12", "NL-KVK:27381312", "kvk27381312",
                      "KvK nr. 27381312", "Kamer van Koophandel 2738 1312", "kvk = 27381312")),
    ("RSIN:822477348", ("RSIN:822477348", "rsin 8224.77.348", "RSIN: 822 477 348", "RSIN-nummer 822477348")),
    ("OIN:00000001822477348000", ("OIN:00000001822477348000", "OIN: 0000 0001 8224 7734 8000", "00000001822477348000",
                                  "OIN I0000001822477348000", "OIN-nummer: 00000001822477348000")),
    ("OIN:00000003273813120000", ("00000003273813120000",)),
    ("AGB:22220001", ("AGB:22220001", "AGB-code 22220001", "agb 22 220001")),
    ("OCID:ocds-abc123-1", ("OCID:ocds-abc123-1", "ocds-abc123-1", "ocid: OCDS-abc123-1")),
    ("TENDERNED:123456", ("TENDERNED:123456", "TenderNed 123456")),
    ("WIKIDATA:Q9978", ("Q9978", "q9978", "wd:Q9978", "http://www.wikidata.org/entity/Q9978", "https://www.wikidata.org/wiki/Q9978",
                         "https://www.wikidata.org/entity/Q9978", "<http://www.wikidata.org/entity/Q9978>")),
    ("ROO:31527", ("ROO:31527", "roo 31527", "https://organisaties.overheid.nl/31527", "https://organisaties.overheid.nl/31527/Beemster",
                   "https://almanak.overheid.nl/31527/Gemeente_Beemster/")),
    ("OWMS:http://standaarden.overheid.nl/owms/terms/Zaanstad", ("http://standaarden.overheid.nl/owms/terms/Zaanstad", "owms:Zaanstad",
                                                                 "https://standaarden.overheid.nl/owms/terms/Zaanstad/")),
    ("EU_ATU:http://publications.europa.eu/resource/authority/atu/NLD_GEM_ZST", (
        "http://publications.europa.eu/resource/authority/atu/NLD_GEM_ZST", "NLD_GEM_ZST", "eu-atu: NLD_GEM_ZST", "atu:NLD_GEM_ZST")),
    ("LOCAL:B-12", ("LOCAL:B-12", "local: B-12")),
    ("TOOI:https://identifier.overheid.nl/tooi/id/so/so0436", ("https://identifier.overheid.nl/tooi/id/so/so0436",
                                                               "http://identifier.overheid.nl/tooi/id/so/SO0436/")),
]  # fmt: skip


@pytest.mark.parametrize(("identifier", "notations"), WRITTEN, ids=[identifier for identifier, _ in WRITTEN])
def test_an_identifier_is_read_in_every_notation(identifier: str, notations: tuple[str, ...]) -> None:
    for text in notations:
        found = read(text)
        assert (found.schemes, found.keys, found.fault, found.spelled) == (
            (identifier.partition(":")[0],), (normal(identifier),), None, None,
        ), text  # fmt: skip


def test_every_scheme_is_read_in_some_notation() -> None:
    assert {identifier.partition(":")[0] for identifier, _ in WRITTEN} == set(IDENTIFIER_SCHEMES)


@pytest.mark.parametrize(("text", "schemes"), [
    ("37160006", ("KVK", "AGB", "ROO")), ("123456", ("ROO", "TENDERNED")), ("0479", ("CBS_GM", "ROO")), ("822477348", ("RSIN", "ROO")),
    ("8224.77.348", ("RSIN", "ROO")), ("9", ("CBS_GM", "CBS_JZ", "CBS_PV")), ("479", ("CBS_GM",)),
])  # fmt: skip
def test_where_several_schemes_fit_none_is_chosen(text: str, schemes: tuple[str, ...]) -> None:
    found = read(text)
    assert found.schemes == schemes
    assert [key.partition(":")[0].upper() for key in found.keys] == list(schemes)
    assert not found.certain


def test_the_address_of_a_municipality_is_read_in_every_notation() -> None:
    address = "https://identifier.overheid.nl/tooi/id/gemeente/gm0479"
    written = (address, address.replace("https", "http").upper(), f"{address}/", f"TOOI:{address}", "TOOI:gm0479", "tooi: gemeente/gm0479")
    for text in written:
        assert (read(text).schemes, read(text).keys) == (("TOOI",), (f"tooi:{address}",)), text
    assert uri("CBS_GM", "GM0479") == address


@pytest.mark.parametrize("text", ["NL-KVK-27381312", "kvk-27381312", "nl-kvk-27381312"])
def test_an_identifier_with_a_hyphen_may_be_a_slug_too(text: str) -> None:
    assert read(text).keys == ("kvk:27381312", normal(text))


@pytest.mark.parametrize("text", ["roo-register-2026", "tooi-gemeenten", "local-teams"])
def test_a_slug_that_begins_with_a_scheme_is_a_name(text: str) -> None:
    assert (read(text).keys, read(text).fault) == ((normal(text),), None)


@examples(500)
@given(
    st.integers(1, 99_999_999_999), st.sampled_from(["{}.0", "{},0", "{}.", "{}.00", "{:e}", "{:.3E}", "-{}", "+{}", "KVK:{}.0", "gm {}.0"])
)
def test_what_a_program_made_a_number_of_is_refused_and_never_repaired(number: int, form: str) -> None:
    found = read(form.format(number))
    assert (found.keys, found.code) == ((), "MALFORMED") or form.startswith("gm")
    assert not any(key.startswith(("cbs", "kvk", "roo", "rsin", "oin")) for key in found.keys)


@pytest.mark.parametrize("text", ["198.0", "2827.0", "1.98E+02", "1,98e2", "363,0", "27,381,312", "1.980,0", "1.980.0", "KVK 2738131.0"])
def test_a_decimal_number_is_refused_with_the_reason(text: str) -> None:
    found = read(text)
    assert (found.keys, found.code) == ((), "MALFORMED")
    assert "as text" in (found.fault or "")


@pytest.mark.parametrize("text", ["1-1-2022", "2022-01-01", "31.12.2021", "KVK 01.10.2004"])
def test_a_date_is_no_code(text: str) -> None:
    found = read(text)
    assert (found.keys, found.code) == ((), "MALFORMED")
    assert "date" in (found.fault or "")


@pytest.mark.parametrize(("text", "whole"), [
    ("OIN:1002564440000", "OIN:00000001002564440000"), ("1002564440000", "OIN:00000001002564440000"), ("RSIN:2564440", "RSIN:002564440"),
    ("KvK 6089961", "KVK:06089961"),
])  # fmt: skip
def test_zeros_that_were_lost_are_put_back_and_it_is_said(text: str, whole: str) -> None:
    found = read(text)
    assert (found.keys, found.code) == ((normal(whole),), "ZEROS_MISSING")
    assert whole in (found.fault or "")
    assert found.references == (normal(text),), "a reference cannot say that zeros were missing"


@pytest.mark.parametrize(("text", "scheme", "key"), [
    ("363", "CBS_GM", "cbs_gm:gm0363"), ("3", "CBS_GM", "cbs_gm:gm0003"), ("9", "CBS_JZ", "cbs_jz:jz09"),
    ("27381312", "KVK", "kvk:27381312"), ("gm0363", "KVK", "cbs_gm:gm0363"), ("KVK 27381312", "RSIN", "kvk:27381312"),
    ("Utrecht (gemeente)", "OWMS", "owms:http://standaarden.overheid.nl/owms/terms/utrecht_(gemeente)"),
    ("gm0363", "TOOI", "tooi:https://identifier.overheid.nl/tooi/id/gemeente/gm0363"),
])  # fmt: skip
def test_a_scheme_counts_for_what_does_not_say_it_itself(text: str, scheme: str, key: str) -> None:
    found = read(text, scheme)
    assert (found.fault, found.certain) == (None, True)
    assert key in found.keys


def test_a_name_in_a_column_of_numbers_is_malformed() -> None:
    assert (read("Amsterdam", "KVK").code, read("Amsterdam", "KVK").keys) == ("MALFORMED", ())


def test_nine_digits_without_a_scheme_are_told_alike_whether_they_pass_the_check_or_not() -> None:
    passes, fails = read("111222333"), read("111222334")
    assert eleven_test("111222333")
    assert not eleven_test("111222334")
    assert (passes.schemes, passes.fault, passes.code) == (fails.schemes, fails.fault, fails.code)


@pytest.mark.parametrize("text", [
    "BSN 111222333", "bsn:111222333", "Burgerservicenummer: 111.222.333", "BSN-111222333", "bsn-nummer 111222333", "111222333 (BSN)",
    "B.S.N. 111222333", "burger service nummer 111 222 333", "sofinummer 111222333", "BSN111222333", "BS\xadN 111222333",
    "bsnnr. 111222333", "ＢＳＮ １１１２２２３３３",
])  # fmt: skip
def test_a_citizen_service_number_is_not_looked_at(text: str) -> None:
    found = read(text)
    assert (found.keys, found.spelled, found.code) == ((), None, "MALFORMED")
    assert "person" in (found.fault or "")
    assert "111" not in (found.fault or "")
    assert found.is_secret


@pytest.mark.parametrize("text", ["BSN", "Robsn 12", "absn9", "Bsnl 3"])
def test_what_only_looks_like_the_word_is_read(text: str) -> None:
    assert not read(text).is_secret


@pytest.mark.parametrize(("text", "code", "why"), [
    ("", "EMPTY", "nothing"), (" \t", "EMPTY", "nothing"), ("--", "EMPTY", "letter"), ("x" * (LONGEST + 1), "TOO_LONG", "201"),
    ("KVK:1234", "MALFORMED", "8 digits"), ("RSIN:822477349", "MALFORMED", "check digit"), ("GM00479", "MALFORMED", "GM0479"),
    ("OIN:822477348", "MALFORMED", "20 digits"), ("OIN:00000001822477349000", "MALFORMED", "RSIN"),
    ("OIN:00000001822477348001", "MALFORMED", "RSIN"), ("OIN:00000003273813120001", "MALFORMED", "KVK"),
    ("AGB:2222", "MALFORMED", "8 digits"), ("123456789012", "MALFORMED", "establishment"), ("12345678901", "MALFORMED", "11 digits"),
    ("https://example.org/gm0479", "MALFORMED", "not a URI"), ("TOOI:nothing", "MALFORMED", "does not look like"),
])  # fmt: skip
def test_what_is_wrong_with_an_identifier_is_told(text: str, code: str, why: str) -> None:
    found = read(text)
    assert found.code == code
    assert why in (found.fault or "")
    assert found.keys == ()


@pytest.mark.parametrize("text", ["ZaWa", "Waterland", "Regio Gooi en Vechtstreek", "segment B", "B", "KVK", "Local teams", "CBS"])
def test_what_has_no_shape_of_an_identifier_is_a_name(text: str) -> None:
    found = read(text)
    assert (found.schemes, found.keys, found.fault) == ((), (normal(text),), None)
    assert found.spelled


@pytest.mark.parametrize("text", ["municipality/zaanstad", "urn:regiograaf:municipality:zaanstad", "URN:regiograaf:municipality:zaanstad"])
def test_a_key_or_uri_of_our_own_is_read(text: str) -> None:
    assert read(text).keys == ("urn:regiograaf:municipality:zaanstad",)


@examples(500)
@given(st.text(max_size=40) | st.from_regex(r"(KVK|OIN|RSIN|GM|TOOI|cbs|http://|urn:|BSN)[ :]?[\w./-]{0,20}"))
def test_anything_is_read_without_an_error_and_fits_into_a_request(text: str) -> None:
    found = read(text)
    found.input.encode()
    assert bool(found.keys) == (found.fault is None or found.code == "ZEROS_MISSING")
    assert (found.fault is None) == (found.code is None)
    assert found.references


@examples(500)
@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_the_eleven_test_is_the_one_of_stdnum(digits: str) -> None:
    assert eleven_test(digits) == bsn.is_valid(digits)


@pytest.mark.parametrize("id", ["00000001822477348000", "00000003273813120000", "00000004123456789000", "00000007123456789000"])
def test_an_oin_holds_the_number_of_the_registry_that_it_begins_with(id: str) -> None:
    assert well_formed("OIN", id)
    assert uri("OIN", id) is None


def test_a_scheme_that_is_not_known_is_told() -> None:
    assert fault("BSN", "111222333") == "belongs to no registry that is known here"
