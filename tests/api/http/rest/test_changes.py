"""Changes of the data at their addresses: in every form the same changes, page by page, and as other programs read them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import quote

import feedparser
import orjson
import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from httpx2 import Response

from api.answer import Answers
from api.export.changes import cloud_events, feed
from api.http.rest.changes import FEED, MOST_THINGS, PATH
from api.http.rest.routes import Offer
from graph.build.records import Records, records
from graph.engines.bolt import Store
from graph.load.load import load
from tests.api.conftest import TODAY
from tests.api.http.rest.conftest import HOSTILE, Get, asking, problem
from tests.graph.load.test_batches import a_world
from tests.graph.load.test_claim_changes import instant

BASE, OIN = "https://regiograaf.example.nl", "00000001001234567890"


@pytest.fixture
def worlds(empty_store: Store, runner: asyncio.Runner) -> list[Records]:
    """Random worlds that the store has held in turn."""
    random = Random(3)
    made = [records(a_world(random)) for _ in range(3)]
    for day, one in enumerate(made, 1):
        runner.run(load(empty_store, one, instant(day)))
    return made


@pytest.fixture
def ask(empty_store: Store, worlds: list[Records], runner: asyncio.Runner) -> Get:
    return asking(runner, Answers(empty_store, lambda: TODAY, "engine", request_seconds=300), Offer(base_url=f"{BASE}/", oin=OIN))


def followed(ask: Get, path: str, accept: str, read: Callable[[Response], list[Any]]) -> list[Any]:
    """All entries of all pages, by the links of their heads."""
    found = list[Any]()
    while True:
        response = ask(path, accept)
        assert response.status_code == 200, response.text
        assert response.headers["content-type"].partition(";")[0] == accept
        found += read(response)
        if "link" not in response.headers:
            return found
        path = response.headers["link"].removeprefix(f"<{BASE}").removesuffix('>; rel="next"')


@pytest.mark.parametrize("about", ["", "&about=municipality%2Fm0", "&about=region%2Fr0&about=contract%2Fk1"])
def test_every_form_has_the_same_changes(ask: Get, worlds: list[Records], about: str) -> None:
    for since in ("", worlds[0].version, worlds[1].version, quote(instant(2))):
        path = f"{PATH}?since={since}{about}"
        whole = ask(f"{path}&first=100", "application/json").json()
        assert whole["dataVersion"] == worlds[-1].version
        plain = followed(ask, f"{path}&first=7", "application/json", lambda r: r.json()["changes"])
        assert plain == followed(ask, f"{path}&first=100", "application/json", lambda r: r.json()["changes"])
        assert len(plain) == whole["totalCount"]
        events = followed(ask, f"{path}&first=7", cloud_events.MEDIA, lambda r: r.json())
        assert [each["id"] for each in events] == [each["id"] for each in plain]
        told = feedparser.parse(ask(f"{path.replace(PATH, FEED)}&first=100").content)
        assert [each.title for each in told.entries] == [each["sentence"] for each in plain[::-1][:100]]


def test_the_events_are_read_by_the_library_of_their_makers(ask: Get) -> None:
    plain = ask(f"{PATH}?first=50", "application/json").json()["changes"]
    text = ask(f"{PATH}?first=50", cloud_events.MEDIA)
    events = [JSONFormat().read(CloudEvent, orjson.dumps(each)) for each in text.json()]
    assert [str(event.get_source()) for event in events] == [f"urn:nld:oin:{OIN}:systeem:regiograaf"] * len(plain)
    for event, change in zip(events, plain, strict=True):
        assert event.get_id() == change["id"]
        assert event.get_type() == f"nl.regiograaf.claim.{change['kind'].lower()}"
        assert event.get_subject() == change["subjectUri"]
        assert str(event.get_time()).replace(" ", "T") == change["loadedAt"]
        assert event.get_data() == {name: value for name, value in change.items() if name not in ("id", "loadedAt")}
    assert [event.get_extension("sequence") for event in events] == sorted(event.get_id() for event in events)


def test_the_library_refuses_an_event_without_what_it_must_have() -> None:
    """So that the reading above is known to find something."""
    wrong = cloud_events.event({"id": "a", "loadedAt": instant(1), "kind": "ADDED", "subjectUri": "urn:x:y"}, "urn:x")
    del wrong["source"]
    with pytest.raises(Exception, match="source"):
        CloudEvent({name: value for name, value in wrong.items() if name != "data"}, wrong["data"])


def test_an_event_without_an_oin_comes_from_the_address_of_the_service() -> None:
    assert cloud_events.source_of("", BASE) == BASE
    assert cloud_events.source_of("", None).startswith("urn:regiograaf:")


def test_the_feed_is_a_feed_with_links_to_what_is_still_there(ask: Get) -> None:
    told = feedparser.parse(ask(f"{FEED}?first=100").content)
    assert not told.bozo
    assert told.feed.title == feed.TITLE["NL"]
    assert told.feed.links[0].href == f"{BASE}{FEED}?first=100"
    assert len({each.id for each in told.entries}) == len(told.entries)
    assert ask(PATH, feed.MEDIA).content == ask(FEED).content
    for each in told.entries:
        kind = each.tags[0].term
        assert bool(each.get("links")) == (kind != "REMOVED")
        assert each.content[0].value


def test_equal_answers_are_not_sent_again_and_others_are(ask: Get, worlds: list[Records]) -> None:
    tags = set()
    paths = (PATH, f"{PATH}?first=3", f"{PATH}?since={worlds[1].version}", f"{PATH}?about=region/r0")
    for path in paths:
        for accept in ("application/json", cloud_events.MEDIA):
            first = ask(path, accept)
            assert ask(path, accept, if_none_match=first.headers["etag"]).status_code == 304
            assert first.content == ask(path, accept).content
            tags.add(first.headers["etag"])
    assert len(tags) == 2 * len(paths)


def test_what_is_not_kept_is_gone_with_a_way_on(ask: Get, worlds: list[Records]) -> None:
    told = problem(ask(f"{PATH}?since={'0' * 16}"))
    assert (told["status"], told["code"]) == (410, "NOT_KEPT")
    assert worlds[-1].version in told["remedy"]


@pytest.mark.parametrize(("query", "status", "code"), [
    ("since=yesterday", 400, "BAD_SINCE"), ("first=0", 400, "PAGE_SIZE"), ("first=501", 400, "PAGE_SIZE"), ("first=many", 400, "PAGE_SIZE"),
    ("first=1e1", 400, "PAGE_SIZE"), ("after=nothing", 400, "BAD_CURSOR"), ("about=Nergenshuizen", 404, "NOT_FOUND"),
    ("dataVersion=x", 409, "OTHER_DATA_VERSION"), ("&".join(["about=region/r0"] * (MOST_THINGS + 1)), 400, "TOO_LONG"),
])  # fmt: skip
def test_what_cannot_be_answered_is_a_problem(ask: Get, query: str, status: int, code: str) -> None:
    told = problem(ask(f"{PATH}?{query}"))
    assert (told["status"], told["code"]) == (status, code)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_nobody_should_ask_is_refused_in_every_place(ask: Get, text: str) -> None:
    for name in ("since", "about", "first", "after"):
        response = ask(f"{PATH}?{name}={text}")
        assert response.status_code in (200, 400, 404, 410), response.text
        if response.status_code == 200:  # a space is as nothing
            assert not text.replace("%20", "").replace("%00", "")
    assert ask(PATH, "image/png").status_code == 406
