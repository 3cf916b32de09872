"""The calendar is opened by icalendar; it has no day that no claim states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.export import ics
from api.export.export import Export
from api.export.ics import FORMAT, calendar, events
from api.export.moments import claims_of, of_contract, timeline
from api.export.network import Network, network
from graph.dates.edtf import parse
from graph.dates.period import DAY, Period
from graph.domain.claim import Claim, Conflict, Dataset, Entity, Locator, Source, Text
from tests.api.export.conftest import Written, turned
from tests.api.export.worlds import KEYS, exports
from tests.graph.worlds import examples

OF = (None, "region/zaanstreek-waterland", "provider/leger-des-heils", "municipality/aalsmeer", "contract/zawa-2022")
SIGNS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(",;\\\n:\"'é€😀"), max_size=400)


def opened(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize("about", OF)
def test_every_event_is_on_a_day_that_an_accepted_claim_states(export: Export, whole: Network, about: str | None) -> None:
    stated = {
        day.earliest
        for claims in whole.claims.values()
        for claim in claims
        if claim.predicate in ("runs", "option")
        for day in (claim.period.start, claim.period.end)
        if day and day.exact
    }
    found = opened(calendar(export, whole, about))
    assert {event["DTSTART"].dt for event in found} <= stated
    assert all(event["DTEND"].dt == event["DTSTART"].dt + DAY for event in found)


def test_every_exact_end_and_option_of_a_contract_is_in_it_once_and_no_vague_one(export: Export, whole: Network) -> None:
    keys = [key for key in whole.things if key.startswith("contract/")]
    made = [m for key in keys for m in of_contract(whole, key) if m.part in ("ended", "option")]
    found = [str(event["UID"]) for event in opened(calendar(export, whole))]
    assert sorted(found) == sorted(ics.uid(m) for m in made if m.date.exact)
    assert len(set(found)) == len(found)
    assert {m.date.edtf for m in made if not m.date.exact} == {"2016-01-01/2022-12-31", "2015/2018", "2021-12-31/.."}


@pytest.mark.parametrize("about", OF)
def test_a_calendar_of_one_is_a_part_of_that_of_all_and_of_its_timeline(whole: Network, about: str | None) -> None:
    keys = {moment.key for moment in events(whole, about)}
    assert keys <= {moment.key for moment in events(whole)}
    if about:
        told = {(m.kind, m.date.edtf) for m in timeline(whole, about)}
        assert {(m.kind, m.date.edtf) for m in events(whole, about)} <= told | {("CONTRACT_END", "2023-12-31")}


@pytest.mark.parametrize("about", OF)
def test_lines_are_folded_at_75_bytes_and_end_as_the_standard_says(export: Export, whole: Network, about: str | None) -> None:
    content = calendar(export, whole, about)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= ics.LONGEST_LINE


@given(SIGNS, SIGNS)
def test_any_text_comes_back_as_it_was(name: str, section: str) -> None:
    export, whole = of_one(name or "a", section or "b")
    (event,) = opened(calendar(export, whole))
    assert str(event["SUMMARY"]).endswith(" ".join((name or "a").split())) or not (name or "a").strip()
    assert max(map(len, calendar(export, whole).split(b"\r\n"))) <= ics.LONGEST_LINE


def of_one(name: str, section: str = "1", conflicts: Sequence[str] = (), *, planned: bool = False) -> tuple[Export, Network]:
    """An export with one contract that ends on the last day of 2025, and its network."""
    source = Source("s", "DOCUMENT", "Stuk", written=parse("2024-01-01"))
    period = Period.of(parse("2024-01-01"), parse("2025-12-31"), open_ended=False, attested=parse("2024-01-01"))
    claims = [
        Claim("c.name", "contract/a", "name", Text(name), period, "s"),
        Claim("c.runs", "contract/a", "runs", True, period, "s", Locator(section), qualifiers={"planned": True} if planned else {}),
    ]
    clash = {key: Conflict(key, "contract/a", "runs", "VALIDITY", key, ("c.runs", "c.name"), Text("Twee data.")) for key in conflicts}
    dataset = Dataset({"contract/a": Entity("contract/a", "Contract")}, {c.key: c for c in claims}, {"s": source}, clash)
    return Export(dataset, None, date(2025, 1, 1), "v"), network(dataset)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("conflicts", "planned", "status"),
    [((), False, "CONFIRMED"), ((), True, "TENTATIVE"), (("OPEN",), False, "TENTATIVE"), (("EXPLAINED",), False, "CONFIRMED")],
)
def test_what_is_planned_or_disputed_is_tentative(conflicts: Sequence[str], planned: bool, status: str) -> None:
    (event,) = opened(calendar(*of_one("Contract", conflicts=conflicts, planned=planned)))
    assert (event["STATUS"], event["DTSTART"].dt) == (status, date(2025, 12, 31))
    assert ("Twee data" in event["DESCRIPTION"]) == bool(conflicts)


@given(exports(), st.sampled_from([None, *KEYS]))
@examples(25)
def test_of_any_data_no_event_is_on_a_day_that_no_accepted_claim_states(export: Export, about: str | None) -> None:
    whole = network(export.dataset)
    found = opened(calendar(export, whole, about))
    bounds = [bound for claims in whole.claims.values() for c in claims for bound in (c.period.start, c.period.end) if bound]
    assert {event["DTSTART"].dt for event in found} <= {bound.earliest for bound in bounds if bound.exact}
    assert len({event["UID"] for event in found}) == len(found)
    planned = {c.key for c in export.dataset.claims.values() if c.qualifiers.get("planned")}
    assert not any(str(event["STATUS"]) == "CONFIRMED" and set(claims_by_uid(whole)[str(event["UID"])]) <= planned for event in found)


def claims_by_uid(whole: Network) -> dict[str, Sequence[str]]:
    return {ics.uid(moment): claims_of(moment) for moment in events(whole)}


def test_what_people_read_has_the_sentence_the_source_and_an_address(export: Export, whole: Network) -> None:
    found = {str(event["UID"]): event for event in opened(calendar(export, whole, "region/zaanstreek-waterland"))}
    end = found["ended~contract/zawa-2022@regiograaf"]
    assert end["SUMMARY"] == "Laatste dag van de vaste looptijd van de contracten specialistische jeugdhulp Zaanstreek-Waterland 2022"
    assert "\nBron: “Regiovisie jeugdhulp Zaanstreek-Waterland”, 3.7 Zorgvuldige inkoop\n" in str(end["DESCRIPTION"])
    assert (end["URL"], end["STATUS"]) == ("https://example.nl/id/contract/zawa-2022", "CONFIRMED")
    option = found["option~CON-09.option-2@regiograaf"]
    assert (option["DTSTART"].dt, option["STATUS"]) == (date(2025, 1, 1), "TENTATIVE")


def test_a_calendar_without_events_says_so(export: Export, whole: Network) -> None:
    (note,) = icalendar.Calendar.from_ical(calendar(export, whole, "municipality/groningen")).subcomponents
    assert (note.name, note["SUMMARY"]) == (
        "VJOURNAL",
        "Geen bron noemt hier de dag waarop een contract eindigt of kan worden verlengd.",
    )


def test_a_program_that_subscribes_finds_a_name_and_how_often_to_look(export: Export, whole: Network) -> None:
    whole_calendar = icalendar.Calendar.from_ical(calendar(export, whole, "region/zaanstreek-waterland"))
    assert (whole_calendar["VERSION"], whole_calendar["METHOD"], whole_calendar["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    assert whole_calendar["X-WR-CALNAME"] == "Contracten jeugdhulp: Zaanstreek-Waterland"
    assert whole_calendar["X-PUBLISHED-TTL"] == "P1D"
    assert "Versie van de gegevens: version-1" in str(whole_calendar["DESCRIPTION"])
    assert all(source.title in str(whole_calendar["DESCRIPTION"]) for source in export.dataset.sources.values())


def test_the_stamp_is_a_day_of_the_data_and_the_same_data_gives_the_same_bytes(written: Written, small: Export) -> None:
    content = written(FORMAT, small)
    assert content == written(FORMAT, turned(small))
    days = {part.checked for part in small.dataset.datasets.values()}
    assert {event["DTSTAMP"].dt.date() for event in opened(content)} <= days
