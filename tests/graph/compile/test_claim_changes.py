"""Changes of claims as they are asked for: all that a store keeps since a version or an instant, page by page, of all or of some things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.build.records import Records, records
from graph.dates.instant import sortable
from graph.engines.bolt import Store
from graph.load.load import load
from tests.graph.domain.saying import World
from tests.graph.load.test_batches import a_world
from tests.graph.load.test_claim_changes import CHANGES, instant, read
from tests.graph.load.test_load import Run, run

__all__ = ["run"]

FIELDS = """
    id kind dataVersion loadedAt claimUri subjectUri touches
    subject { uri } claim { id }
    before { predicate value startDate endDate isOpenEnded source section page record } after { record }
"""
Ask = Callable[..., Any]


def asking(store: Store, run: Run) -> Ask:
    answers = Answers(store, lambda: date(2023, 6, 1), "engine")

    def asked(document: str, **variables: Any) -> Any:
        return run(answers(Question(document, None, variables)))

    return asked


def all_pages(ask: Ask, since: str, size: int, about: list[str] | None = None) -> list[Any]:
    """Every change since something, by pages of a size, and that the pages say the same total."""
    text = f"""query($since: String!, $after: String, $about: [Ref!], $size: Int) {{
        changes(since: $since, after: $after, about: $about, first: $size) {{
            totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {FIELDS} }} }} }}"""
    found, after = list[Any](), None
    while True:
        answer = ask(text, since=since, size=size, after=after, about=about)
        assert "errors" not in answer, answer["errors"]
        page = answer["data"]["changes"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(found) == page["totalCount"]
            return found
        after = page["pageInfo"]["endCursor"]


@pytest.fixture
def loaded_in_turn(empty_store: Store, run: Run) -> list[Records]:
    """Random worlds that a store has held one after the other, a day each; the third is as the first."""
    random = Random(7)
    first, second, last = a_world(random), a_world(random), a_world(random)
    made = [records(dataset) for dataset in (first, second, first, last)]
    for day, one in enumerate(made, 1):
        run(load(empty_store, one, instant(day)))
    return made


def test_the_pages_of_changes_are_what_the_store_keeps(empty_store: Store, loaded_in_turn: list[Records], run: Run) -> None:
    ask, kept = asking(empty_store, run), read(empty_store, run, CHANGES)
    now = loaded_in_turn[-1].dataset
    for since, day in [(one.version, day) for day, one in enumerate(loaded_in_turn, 1) if day != 1] + [(instant(2), 2)]:
        wanted = [change for change in kept if change["at"] > sortable(instant(day))]
        found = all_pages(ask, since, 17)
        assert [each["id"] for each in found] == [change["key"] for change in wanted]
        for each, change in zip(found, wanted, strict=True):
            assert each["kind"] == change["kind"]
            assert [each[side] and each[side]["record"] for side in ("before", "after")] == [change.get("before"), change.get("after")]
            assert (each["claim"] is not None) == (change["claim"] in now.claims)
            assert (each["subject"] is not None) == (change["subject"] in now.entities)
            assert each["subjectUri"] == f"urn:regiograaf:{change['subject'].replace('/', ':', 1)}"
            assert each["claimUri"] == f"urn:regiograaf:claim:{change['claim']}"


def test_without_a_since_all_that_is_kept_is_given_from_either_end(empty_store: Store, loaded_in_turn: list[Records], run: Run) -> None:
    ask, kept = asking(empty_store, run), [change["key"] for change in read(empty_store, run, CHANGES)]
    shown = "totalCount nodes { id } pageInfo { startCursor hasPreviousPage }"
    text = f"query($before: String) {{ changes(last: 40, before: $before) {{ {shown} }} }}"
    found, before, more = list[str](), None, True
    while more:
        page = ask(text, before=before)["data"]["changes"]
        found = [each["id"] for each in page["nodes"]] + found
        before, more = page["pageInfo"]["startCursor"], page["pageInfo"]["hasPreviousPage"]
    assert found == kept
    loads = ask("{ changes { totalCount loads { dataVersion } } }")["data"]["changes"]
    assert (loads["totalCount"], [each["dataVersion"] for each in loads["loads"]]) == (len(kept), [one.version for one in loaded_in_turn])


def test_a_version_that_was_loaded_twice_is_meant_as_it_was_loaded_last(
    empty_store: Store, loaded_in_turn: list[Records], run: Run
) -> None:
    found = all_pages(asking(empty_store, run), loaded_in_turn[0].version, 50)
    assert {each["dataVersion"] for each in found} == {loaded_in_turn[-1].version}


def test_changes_about_a_thing_are_those_that_touch_it_or_what_is_arranged_for_it(
    empty_store: Store, loaded_in_turn: list[Records], run: Run
) -> None:
    ask, kept, since = asking(empty_store, run), read(empty_store, run, CHANGES), loaded_in_turn[1].version
    every = {each["id"]: each for each in all_pages(ask, since, 100)}
    arranged = "{ entity(ref: $ref) { ... on Region { contracts { nodes { uri } } } } }"
    for key in ("municipality/m0", "contract/k0", "collaboration/c0", "region/r1"):
        found = {each["id"] for each in all_pages(ask, since, 100, [key])}
        touching = {change["key"] for change in kept if change["key"] in every and key in change["touches"]}
        assert touching <= found <= every.keys()
        if key.startswith(("municipality", "contract")):  # for which nothing is arranged as a whole
            assert found == touching
    assert ask(f"query($ref: Ref!) {arranged}", ref="region/r1")["data"]["entity"] is not None
    assert len(all_pages(ask, since, 100, ["region/r0", "region/r1"])) > len(all_pages(ask, since, 100, ["region/r0"]))


def test_what_is_not_kept_is_an_error_and_no_shorter_list(empty_store: Store, run: Run) -> None:
    ask = asking(empty_store, run)
    made = [named(f"Stad {number}") for number in range(4)]
    for day, one in enumerate(made, 1):
        run(load(empty_store, one, instant(day), kept=2))
    text = "query($since: String!) { changes(since: $since) { totalCount loads { dataVersion changeCount } nodes { kind } } }"
    for since, wanted in [(made[1].version, 2), (made[2].version, 1), (made[3].version, 0), (instant(2), 2), (instant(9), 0)]:
        found = ask(text, since=since)["data"]["changes"]
        assert (found["totalCount"], len(found["nodes"])) == (wanted, wanted)
        assert [each["dataVersion"] for each in found["loads"]] == [one.version for one in made[4 - wanted :]]
        assert [each["changeCount"] for each in found["loads"]] == [1] * wanted
    for since in (made[0].version, instant(1), "0" * 16):
        (error,) = ask(text, since=since)["errors"]
        assert error["extensions"]["code"] == "NOT_KEPT"
        assert made[1].version in error["message"]
        assert made[3].version in error["extensions"]["remedy"]


def named(name: str) -> Records:
    said = World()
    said.named("municipality/town", name=name)
    return records(said.dataset)


@pytest.mark.parametrize("since", ["", "yesterday", "2026-11-27", "2026-11-27T00:00:00", "ABCDEF0123456789", "0001-01-01T00:00:00+23:00"])
def test_what_is_neither_a_version_nor_an_instant_is_refused(empty_store: Store, run: Run, since: str) -> None:
    run(load(empty_store, named("Stad"), instant(1)))
    (error,) = asking(empty_store, run)("query($since: String!) { changes(since: $since) { totalCount } }", since=since)["errors"]
    assert error["extensions"]["code"] == "BAD_SINCE"


def test_the_first_load_is_kept_as_where_it_began(empty_store: Store, run: Run) -> None:
    """An example: what came with the first load is not told claim by claim, so who was not there then takes all."""
    run(load(empty_store, named("Stad"), instant(3)))
    ask = asking(empty_store, run)
    text = "query($since: String!) { changes(since: $since) { totalCount } }"
    assert ask(text, since=named("Stad").version)["data"]["changes"]["totalCount"] == 0
    assert ask(text, since=instant(3))["data"]["changes"]["totalCount"] == 0
    assert ask(text, since=instant(2))["errors"][0]["extensions"]["code"] == "NOT_KEPT"


def test_a_change_is_told_in_a_sentence_of_each_language(empty_store: Store, run: Run) -> None:
    said = World()
    said.named("region/north", name="Noord")
    said.named("municipality/town", name="Stad")
    said.source("plan")
    run(load(empty_store, records(said.dataset), instant(1)))
    said.says("municipality/town", "memberOf", "region/north", "2020~", source="plan", role="LEAD", key="a")
    said.says("municipality/town", "exists", True, "2019-01-01", open_ended=True, key="b")
    said.says("region/north", "figure", 12.0, "2020", measure="BUDGET", unit="EUR", key="c")
    run(load(empty_store, records(said.dataset), instant(2)))
    said.says("region/north", "kind", "YOUTH_REGION", key="d")
    run(load(empty_store, records(said.dataset), instant(3)))
    del said.claims["a"]
    run(load(empty_store, records(said.dataset), instant(4)))
    text = """query($since: String!) { changes(since: $since) { nodes { kindLabel nl: sentence en: sentence(lang: EN) subjectName
        after { startDate endDate isOpenEnded value } } } }"""
    nodes = asking(empty_store, run)(text, since=instant(1))["data"]["changes"]["nodes"]
    assert [each["nl"] for each in nodes] == [
        "Toegevoegd: Stad: trekker van Noord (bron: plan).", "Toegevoegd: Stad: bestaat (bron: vision).",
        "Toegevoegd: Noord: cijfer 12 EUR (bron: vision).", "Toegevoegd: Noord: soort jeugdregio (bron: vision).",
        "Vervallen: Stad: trekker van Noord (bron: plan).",
    ]  # fmt: skip
    assert nodes[4]["en"] == "Removed: Stad: lead of Noord (source: plan)."
    assert nodes[1]["after"] == {"startDate": "2019-01-01", "endDate": None, "isOpenEnded": True, "value": "true"}
    assert nodes[4]["after"] is None
