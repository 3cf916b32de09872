"""The values of cells as Dutch people write them, and what is not guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import edtf
from graph.domain import identifier, words
from seeds.imports.lists import value
from seeds.imports.lists.table import Cell, Faults
from seeds.imports.lists.workbook import Plain

T = TypeVar("T")
MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]


def read(content: Plain, reader: Callable[[Cell, Faults], T]) -> T | str:
    """The value that is read, or the code of what is wrong, with the remedy."""
    faults = Faults()
    found = reader(Cell(content, "a.xlsx", "Blad1", 2, "C (x)"), faults)
    assert (found is None) == bool(faults.problems)
    return f"{faults.problems[0].code} {faults.problems[0].remedy}" if faults.problems else found


def end(cell: Cell, faults: Faults) -> str | None:
    return value.moment(cell, faults, last=True)


# ── dates ─────────────────────────────────────────────────────────────────────────────────────────

WAYS: list[Callable[[date], str]] = [
    lambda d: f"{d.day}-{d.month}-{d.year}",
    lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d.day} - {d.month} - {d.year}",
    lambda d: f" {d.day} {MONTHS[d.month - 1]} {d.year} ",
    lambda d: f"{d.day} {MONTHS[d.month - 1][:3].upper()}. {d.year}",
    lambda d: f"{d.day}-{MONTHS[d.month - 1][:3]}-{d.year}",
    lambda d: d.isoformat(),
]


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)), way=st.sampled_from(WAYS))
def test_a_day_is_read_in_each_way_of_writing_it(day: date, way: Callable[[date], str]) -> None:
    assert read(way(day), value.moment) == read(day, value.moment) == day.isoformat()


@pytest.mark.parametrize(
    ("written", "right"),
    [
        (2022.0, "2022"), ("2022", "2022"), ("jan 2022", "2022-01"), ("mrt. 2022", "2022-03"), ("Januari 2022", "2022-01"),
        ("01-2022", "2022-01"),
        ("2022-01", "2022-01"), ("najaar 2021", "2021-23"), ("ca. 2022", "2022~"), ("circa juni 2022", "2022-06~"),
        ("1e kwartaal 2022", "2022-01/2022-03"), ("Q4 2022", "2022-10/2022-12"), ("1 January 2022", "2022-01-01"),
        ("1 jan\xa02022", "2022-01-01"),
    ],
)  # fmt: skip
def test_a_vague_date_stays_as_vague_as_it_was_written(written: Plain, right: str) -> None:
    assert read(written, value.moment) == right
    edtf.parse(right)


@pytest.mark.parametrize(
    ("written", "right"), [("t/m 31-12-2023", "2023-12-31"), ("tot en met 2023", "2023"), ("Onbepaalde tijd", "open"), ("open", "open")]
)
def test_a_last_day_may_say_so_and_there_may_be_none(written: str, right: str) -> None:
    assert read(written, end) == right


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("tot 1-1-2024", "Write the last day itself"), ("1-1-22", "Write the year with four digits"),
        ("jan-22", "Write the year with four digits"),
        (44562.0, "Excel counts days; this number may be 1-1-2022"), ("31-12-9999", "Write `onbepaalde tijd`"),
        ("29-2-2023", "Write it as"), ("13-13-2022", "Write it as"),
        ("n.v.t.", "Write it as"), ("eind 2022", "Write it as"), (True, "Write it as"), (1.5, "Write it as"), ("per direct", "Write it as"),
        ("1-1-2022/31-12-2022", "Write it as"), (date(1900, 1, 1), "Write it as"), ("2022-01-01 13:00:00", "Write it as"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_said_with_what_to_do(written: Plain, remedy: str) -> None:
    assert str(read(written, end)).startswith(f"BAD_DATE {remedy}")


def test_a_last_day_is_not_read_as_such_elsewhere() -> None:
    assert str(read("onbepaalde tijd", value.moment)).startswith("BAD_DATE")


def test_a_day_is_exact() -> None:
    assert read("1-11-2026", value.day) == "2026-11-01"
    assert str(read("november 2026", value.day)).startswith("BAD_DATE Write the day")


@given(written=st.text(max_size=30))
def test_no_text_breaks_the_reading_of_dates(written: str) -> None:
    assert read(written, end) is not None


# ── amounts ───────────────────────────────────────────────────────────────────────────────────────


def _thousands(number: Decimal) -> str:
    whole, _, cents = f"{number:,.2f}".partition(".")
    return f"{whole.replace(',', '.')},{cents}"


AMOUNTS: list[Callable[[Decimal], Plain]] = [
    _thousands, lambda n: f"€ {_thousands(n)}", lambda n: f"{n:f}".replace(".", ","), lambda n: f"{n:f} euro",
    lambda n: f"EUR {n:f}", float,
]  # fmt: skip


@given(number=st.decimals(0, 10**9, places=2), way=st.sampled_from(AMOUNTS))
def test_an_amount_is_read_in_each_way_of_writing_it(number: Decimal, way: Callable[[Decimal], Plain]) -> None:
    assert Decimal(str(read(way(number), value.amount))) == number


@pytest.mark.parametrize(("written", "right"), [("7.900", "7900"), ("€ 59.300.000,-", "59300000"), ("1,5", "1.5"), ("1,234.50", "1234.5")])
def test_an_amount_has_at_most_two_decimals_so_three_digits_are_thousands(written: str, right: str) -> None:
    assert read(written, value.amount) == right


@pytest.mark.parametrize(
    "written", ["7,900", "1.23.456", "59 mln", "-5", -5.0, 1.234, 1e20, float("inf"), "", "1e6", "12,345.678", "9" * 21, True]
)
def test_an_amount_that_can_be_read_in_two_ways_or_in_none_is_said(written: Plain) -> None:
    assert str(read(written, value.amount)).startswith("WRONG_VALUE")


# ── codes ─────────────────────────────────────────────────────────────────────────────────────────


def code(scheme: str, *known: str) -> Callable[[Cell, Faults], str | None]:
    return lambda cell, faults: value.code(cell, scheme, set(known).__contains__, faults)


RSINS = (
    st.integers(1, 10**8 - 1)
    .map(lambda n: f"{n:08}")
    .map(lambda first: next((first + d for d in "0123456789" if identifier.eleven_test(first + d)), ""))
)


@given(rsin=RSINS.filter(bool))
def test_an_rsin_that_excel_made_a_number_of_is_put_back_by_its_check_digit(rsin: str) -> None:
    ways: list[Plain] = [rsin, float(rsin), rsin.lstrip("0"), f"{rsin.lstrip('0')}.0", f"RSIN: {rsin}"]
    assert {read(way, code("RSIN")) for way in ways} == {f"RSIN:{rsin}"}
    oin = f"00000001{rsin}000"
    assert {read(way, code("OIN")) for way in (oin, float(oin), oin.lstrip("0"))} == {f"OIN:{oin}"}


@given(kvk=st.integers(0, 10**7 - 1).map(lambda n: f"{n:08}"))
def test_a_kvk_number_without_its_zero_is_put_back_only_if_the_data_have_it(kvk: str) -> None:
    lost = kvk.lstrip("0") or "0"
    assert read(lost, code("KVK", f"KVK:{kvk}")) == f"KVK:{kvk}"
    assert str(read(lost, code("KVK"))).startswith("LOST_DIGITS")
    assert str(read(float(lost), code("KVK", "KVK:99999999"))).startswith("LOST_DIGITS")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("27381312", "27381312"),
        ("KvK 27 38 13 12", "27381312"),
        ("27.38.13.12", "27381312"),
        (27381312.0, "27381312"),
        ("KVK-nummer: 27381312", "27381312"),
    ],
)
def test_a_kvk_number_is_read_as_people_write_it(written: Plain, right: str) -> None:
    assert read(written, code("KVK")) == f"KVK:{right}"


@pytest.mark.parametrize(
    ("written", "scheme", "wrong"),
    [
        ("27381312.0", "KVK", "LOST_DIGITS"), ("2738131.2", "KVK", "LOST_DIGITS"), ("2,7381312E7", "KVK", "LOST_DIGITS"),
        (27381312.5, "KVK", "LOST_DIGITS"),
        ("2.7381312e+07", "KVK", "LOST_DIGITS"), (1.8224773e15, "OIN", "LOST_DIGITS"), ("000012345678", "KVK", "MALFORMED_CODE"),
        ("822477349", "RSIN", "MALFORMED_CODE"), (822477349.0, "RSIN", "MALFORMED_CODE"), ("onbekend", "KVK", "MALFORMED_CODE"),
        ("3010123456000", "OIN", "LOST_DIGITS"), (-5.0, "KVK", "LOST_DIGITS"), ("198.0", "AGB", "LOST_DIGITS"),
    ],
)  # fmt: skip
def test_a_damaged_code_is_never_guessed(written: Plain, scheme: str, wrong: str) -> None:
    assert str(read(written, code(scheme))).startswith(wrong)


def test_a_repaired_code_is_told() -> None:
    faults = Faults()
    assert value.code(Cell(2564440.0, "a.xlsx", "Blad1", 7, "D (RSIN)"), "RSIN", lambda code: False, faults) == "RSIN:002564440"
    assert faults.notes == ['a.xlsx, row 7, D (RSIN): "2564440" is read as RSIN:002564440; its check digit says so.']


# ── words, names, numbers ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("written", "right"), [("Ja", True), ("nee", False), (True, True), ("x", True), ("NO", False)])
def test_yes_and_no(written: Plain, right: bool) -> None:
    assert read(written, value.yes_or_no) is right


@pytest.mark.parametrize("written", ["misschien", 1.0, "ja?"])
def test_anything_else_is_neither_yes_nor_no(written: Plain) -> None:
    assert str(read(written, value.yes_or_no)).startswith("WRONG_VALUE")


@given(key=st.sampled_from(sorted(words.OPTION_STATUSES)), language=st.sampled_from(["NL", "EN"]), upper=st.booleans())
def test_a_word_of_a_closed_list_is_read_by_its_name_and_key(key: str, language: str, upper: bool) -> None:
    name = words.OPTION_STATUSES.name(key, language)
    for written in (key, name.upper() if upper else name):
        assert read(written, lambda cell, faults: value.word(cell, words.OPTION_STATUSES, faults)) == key


def test_another_word_is_said_with_those_allowed() -> None:
    wrong = read("verlengd", lambda cell, faults: value.word(cell, words.OPTION_STATUSES, faults))
    assert wrong == "WRONG_VALUE Use one of: open, benut, vervallen, onbekend."


@pytest.mark.parametrize(
    ("written", "right"), [("3", 3), (3.0, 3), ("0", None), ("3 x 1 jaar", None), (1.5, None), (True, None), ("21", None)]
)
def test_the_number_of_an_option_is_one_small_number(written: Plain, right: int | None) -> None:
    found = read(written, value.whole)
    assert found == right if right else str(found).startswith("WRONG_VALUE")


@given(
    parts=st.lists(st.text(st.sampled_from("abé -'"), min_size=1).map(lambda s: " ".join(s.split())).filter(bool), max_size=4),
    between=st.sampled_from([";", " ; ", "\n", "|"]),
)
def test_names_stand_apart_by_semicolons_bars_and_new_lines(parts: list[str], between: str) -> None:
    assert value.names(Cell(between.join(parts), "", "", 1, "A"), Faults()) == list(dict.fromkeys(parts))


@pytest.mark.parametrize(
    ("written", "right"), [("Ambulant  2024 ", "Ambulant 2024"), (2024.0, "2024"), ("Jeugd\xadhulp\u200b", "Jeugdhulp")]
)
def test_a_text_is_without_what_nobody_sees(written: Plain, right: str) -> None:
    assert read(written, value.text) == right


@pytest.mark.parametrize("written", [True, 1.5, date(2022, 1, 1), "x" * 201])
def test_what_is_no_short_text_is_said(written: Plain) -> None:
    assert str(read(written, value.text)).startswith("WRONG_VALUE")
