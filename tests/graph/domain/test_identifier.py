"""Identifiers: their shape, their check digit, their URI."""

from __future__ import annotations

import pytest

from graph.domain.identifier import LENGTHS, eleven_test, example, uri, well_formed
from graph.domain.words import IDENTIFIER_SCHEMES


@pytest.mark.parametrize("scheme", IDENTIFIER_SCHEMES)
def test_every_scheme_has_an_example_that_is_well_formed(scheme: str) -> None:
    assert well_formed(scheme, example(scheme).split(" (")[0])


@pytest.mark.parametrize(
    ("scheme", "id"),
    [
        ("CBS_GM", "gm0479"), ("CBS_GM", "GM479"), ("CBS_GM", "GM0479 "), ("CBS_GM", "GM٠٤٧٩"), ("CBS_JZ", "JZ009"), ("TOOI", "gm0479"),
        ("TOOI", "http://identifier.overheid.nl/tooi/id/gemeente/gm0479"), ("KVK", "2738131"), ("RSIN", "822477349"), ("OIN", "822477348"),
        ("WIKIDATA", "Q0"), ("WIKIDATA", "9978"), ("ROO", "123"), ("LOCAL", ""), ("BSN", "111222333"),
    ],
)  # fmt: skip
def test_what_has_another_shape_is_not_well_formed(scheme: str, id: str) -> None:
    assert not well_formed(scheme, id)


def test_the_digits_of_a_scheme_are_counted_where_it_fixes_them() -> None:
    assert {"CBS_GM": 4, "CBS_JZ": 2, "CBS_PV": 2, "KVK": 8, "RSIN": 9, "OIN": 20, "AGB": 8}.items() <= LENGTHS.items()
    assert not {"ROO", "TENDERNED", "TOOI", "WIKIDATA", "LOCAL"} & LENGTHS.keys()


def test_nine_zeros_pass_no_test() -> None:
    assert eleven_test("822477348")
    assert not eleven_test("000000000")


@pytest.mark.parametrize(
    ("scheme", "id", "expected"),
    [
        ("CBS_GM", "GM0363", "https://identifier.overheid.nl/tooi/id/gemeente/gm0363"),
        ("CBS_PV", "PV27", "https://identifier.overheid.nl/tooi/id/provincie/pv27"),
        ("TOOI", "https://identifier.overheid.nl/tooi/id/gemeente/gm0363", "https://identifier.overheid.nl/tooi/id/gemeente/gm0363"),
        ("WIKIDATA", "Q9978", "http://www.wikidata.org/entity/Q9978"),
        ("ROO", "71428", "https://organisaties.overheid.nl/71428"),
        ("KVK", "27381312", None),
        ("WIKIDATA", "9978", None),
    ],
)
def test_an_identifier_has_the_uri_of_its_scheme(scheme: str, id: str, expected: str | None) -> None:
    assert uri(scheme, id) == expected
