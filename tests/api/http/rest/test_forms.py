"""Forms of one thing: its graph, its calendar and its feed, each read by a program that is not ours, and what leads there."""

from __future__ import annotations

import asyncio
import warnings
from pathlib import Path
from typing import Any

import icalendar
import orjson
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from api.answer import Answers
from api.export import atom, ics
from api.export.network import Network, network
from api.http.rest.exports import Folder
from api.http.rest.routes import Offer
from graph.build.records import Records
from graph.domain.claim import Dataset
from tests.api.conftest import TODAY
from tests.api.http.rest.conftest import Get, Known, asking, problem

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import feedparser

BASE = "https://regiograaf.example.nl"
ZAANSTAD = NamedNode(f"{BASE}/id/municipality/zaanstad")
OF_EACH = (  # a region, a provider, a municipality, a collaboration, a contract; and things of which no contract is known
    "region/zaanstreek-waterland", "provider/parlan", "municipality/zaanstad", "collaboration/dyslexie", "contract/zawa-2022",
    "region/noord-holland", "municipality/beemster", "function/gi", "document/jeugdwet", "event/beemster-2022",
)  # fmt: skip
CALENDAR, FEED = "text/calendar", "application/atom+xml"
NOTATIONS = {"ttl": ("text/turtle", RdfFormat.TURTLE), "jsonld": ("application/ld+json", RdfFormat.JSON_LD)}


FILES = {"ics": ics.FORMAT, "atom": atom.FORMAT}


@pytest.fixture
def graphs(runner: asyncio.Runner, claims: Records, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Get:
    """Asks a server whose store holds the packaged claims, and that offers the calendar and the feed of everything."""

    async def stored(store: object) -> Dataset:
        return claims.dataset

    monkeypatch.setattr("api.http.rest.library.stored", stored)
    return asking(runner, Answers(Known(), lambda: TODAY, "engine", request_seconds=300), Offer(FILES, Folder(tmp_path), BASE))


@pytest.mark.parametrize("suffix", NOTATIONS)
def test_a_thing_is_the_subject_of_its_graph_with_its_day_and_version(graphs: Get, suffix: str) -> None:
    media, notation = NOTATIONS[suffix]
    response = graphs(f"/id/municipality/zaanstad.{suffix}?asOf=2024-01-01", media)
    assert response.headers["content-type"].partition(";")[0] == media
    triples = {quad.triple for quad in parse(response.content, format=notation)}
    assert any(triple.subject == ZAANSTAD for triple in triples)
    values = {str(getattr(triple.object, "value", "")) for triple in triples}
    assert {"Zaanstad", "v1"} <= values
    again = graphs(f"/id/municipality/zaanstad.{suffix}?asOf=2024-01-01", media, if_none_match=response.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_both_notations_say_the_same(graphs: Get) -> None:
    found = [
        {quad.triple for quad in parse(graphs(f"/id/region/ijmond.{suffix}").content, format=notation)}
        for suffix, (_, notation) in NOTATIONS.items()
    ]
    assert found[0] == found[1]
    assert orjson.loads(graphs("/id/region/ijmond.jsonld").content)["@context"]


def test_another_media_type_or_version_is_a_problem(graphs: Get) -> None:
    assert problem(graphs("/id/municipality/zaanstad.ttl", "application/json"))["code"] == "NOT_ACCEPTABLE"
    assert problem(graphs("/id/municipality/zaanstad.ttl?dataVersion=v0"))["code"] == "OTHER_DATA_VERSION"


# ── calendars and feeds ───────────────────────────────────────────────────────────────────────────


def events(content: bytes) -> dict[str, bytes]:
    """The events of a calendar by their names."""
    return {str(event["UID"]): event.to_ical() for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def entries(content: bytes) -> dict[str, Any]:
    """The entries of a feed by their ids."""
    opened = feedparser.parse(content)
    assert (opened.bozo, opened.version) == (False, "atom10")
    return {entry.id: dict(entry) for entry in opened.entries}


@pytest.mark.parametrize(("suffix", "media", "read"), [("ics", CALENDAR, events), ("atom", FEED, entries)])
def test_all_that_the_file_of_one_thing_tells_the_file_of_everything_tells_in_the_same_words(
    graphs: Get, suffix: str, media: str, read: Any
) -> None:
    everything, told = read(graphs(f"/v1/export/{suffix}?asOf=2024-01-01").content), 0
    for key in OF_EACH:
        response = graphs(f"/id/{key}.{suffix}?asOf=2024-01-01", media)
        assert response.headers["content-type"] == f"{media}; charset=utf-8"
        own = read(response.content)
        assert {name: everything[name] for name in own} == own
        told += len(own)
        assert graphs(f"/id/{key}.{suffix}?asOf=2024-01-01").content == response.content
    assert told > len(OF_EACH)


def test_a_calendar_has_the_firm_ends_and_the_options_of_the_contracts_of_its_thing(graphs: Get) -> None:
    for key in ("region/zaanstreek-waterland", "municipality/zaanstad", "contract/zawa-2022"):
        names = set(events(graphs(f"/id/{key}.ics").content))
        assert {"ended~contract/zawa-2022@regiograaf", "option~CON-09.option-1@regiograaf"} <= names
    assert events(graphs("/id/region/noord-holland.ics").content) == {}


def test_a_feed_says_where_it_is_to_be_had_and_where_people_read_of_its_thing(graphs: Get) -> None:
    links = {link.rel: link.href for link in feedparser.parse(graphs("/id/municipality/beemster.atom?asOf=2024-01-01").content).feed.links}
    assert links == {"self": f"{BASE}/id/municipality/beemster.atom", "alternate": f"{BASE}/id/municipality/beemster"}


@pytest.mark.parametrize("suffix", ["ics", "atom"])
def test_who_asks_again_gets_it_again_only_if_day_or_data_are_others(graphs: Get, suffix: str) -> None:
    path = f"/id/region/ijmond.{suffix}"
    first = graphs(path)
    assert "no-cache" in first.headers["cache-control"]
    again = graphs(path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    other = graphs(f"{path}?asOf=2023-06-01&dataVersion=v1")
    assert other.headers["etag"] != first.headers["etag"]
    assert "immutable" in other.headers["cache-control"]
    assert problem(graphs(f"{path}?dataVersion=v0"))["code"] == "OTHER_DATA_VERSION"
    assert problem(graphs(f"{path}?asOf=2023-02-30"))["code"] == "NO_SUCH_DAY"
    assert problem(graphs(path, "text/html;q=0.5"))["code"] == "NOT_ACCEPTABLE"


@pytest.mark.parametrize(("media", "suffix"), [(CALENDAR, "ics"), (FEED, "atom")])
def test_accept_leads_to_the_calendar_and_the_feed_too(known: Get, media: str, suffix: str) -> None:
    assert known("/id/region/ijmond?asOf=2024-01-01", media).headers["location"] == f"/id/region/ijmond.{suffix}?asOf=2024-01-01"
    assert known("/en/id/region/ijmond", media).headers["location"] == f"/en/id/region/ijmond.{suffix}"


@pytest.mark.parametrize("suffix", ["ics", "atom", "ttl"])
def test_a_code_or_another_type_leads_to_the_file_of_its_thing(get: Get, suffix: str) -> None:
    for path in (f"/id/GM0370.{suffix}", f"/id/municipality/GM0370.{suffix}", f"/id/region/beemster.{suffix}"):
        response = get(path)
        assert (response.status_code, response.headers["location"]) == (303, f"/id/municipality/beemster.{suffix}")
    assert problem(get(f"/id/municipality/atlantis.{suffix}"))["code"] == "NOT_FOUND"


def test_the_language_of_an_address_changes_nothing_in_them(graphs: Get) -> None:
    for suffix in ("ics", "atom", "ttl"):
        assert graphs(f"/en/id/region/ijmond.{suffix}").content == graphs(f"/id/region/ijmond.{suffix}").content


def test_the_network_is_made_once_for_a_load(graphs: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Dataset] = []

    def counted(dataset: Dataset) -> Network:
        made.append(dataset)
        return network(dataset)

    monkeypatch.setattr("api.http.rest.library.network", counted)
    for day in ("2023-06-01", "2024-01-01"):
        for key in OF_EACH[:3]:
            for suffix in ("ics", "atom"):
                assert graphs(f"/id/{key}.{suffix}?asOf={day}").status_code == 200
    assert len(made) == 1
