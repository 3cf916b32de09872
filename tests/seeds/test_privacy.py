"""What looks like personal data, and what only seems to."""

from __future__ import annotations

import pytest

from seeds.privacy import traces


@pytest.mark.parametrize(
    "text",
    [
        "jan@voorbeeld.nl",
        "Mail: j.de-vries+jeugd@mail.zaanstad.nl.",
        "jan [at] voorbeeld.nl",
        "jan(at)voorbeeld.nl",
        "<mailto:jan@voorbeeld.nl>",
    ],
)
def test_an_email_address_is_seen(text: str) -> None:
    assert [trace.kind for trace in traces(text)] == ["an e-mail address"]


@pytest.mark.parametrize(
    "text",
    [
        "020-1234567", "020 123 45 67", "(0299) 12 34 56", "0299-123456", "06-12345678", "0612345678", "06 12 34 56 78", "+31 20 123 45 67",
        "+31612345678", "0031 6 12345678", "+31 (0)20 1234567", "tel.0612345678", "088 123 4567",
    ],
)  # fmt: skip
def test_a_telephone_number_is_seen(text: str) -> None:
    assert [trace.kind for trace in traces(f"Bel {text} of schrijf.")] == ["a telephone number"]


@pytest.mark.parametrize("text", ["111222333", "BSN:111222333", "1112.22.333", "111 222 333", "LOCAL:111222333", "KVK:111222333"])
def test_a_citizen_service_number_is_seen(text: str) -> None:
    assert [trace.kind for trace in traces(f"van {text} is")] == ["a citizen service number"]


def test_a_trace_has_its_line_and_does_not_repeat_the_number() -> None:
    (trace,) = traces("een\ntwee 111222333\n")
    assert (trace.line, trace.shown) == (2, "11…")


@pytest.mark.parametrize(
    "text",
    [
        "William Schrikker", "Noordje", "letter reference 1663105-203241-J", "nummer 1663105-203241",
        "identifier: ['KVK:27381312', 'RSIN:822477348', 'OIN:00000001822477348000', 'ROO:111222333']",
        "OIN:00000003010123456000", "AGB:01234567", "CBS_GM:GM0479", "TOOI:https://identifier.overheid.nl/tooi/id/so/hv_11122233",
        "2021-01-28", "28-01-2021", "01-01-2024 12:30", "2021-04-21/2021-04-30", "van 01-01-2021 tot 31-12-2023", "0.0612345678",
        "€ 111222333", "111222333 euro", "EUR 111222333", "figure: 111222333", "1.112.223.330", "111.222.333", "€ 111.222.333",
        "222333111 inwoners", "https://organisaties.overheid.nl/111222333/", "https://zoek.nl/0612345678?x=0201234567", "BWBR0034925",
        "Stb. 2021, 264", "86247NED", "anneschuth/polder@82b2d3b", "package@1.2.3", "https://medium.com/@name", "0800-2000",
        "section 3.4.1",         "1 + 3 x 1 jaar", "111222334", "12345678901234567890", "vestiging 000012345678",
    ],
)  # fmt: skip
def test_what_is_not_personal_data_is_left_alone(text: str) -> None:
    assert traces(text) == []
