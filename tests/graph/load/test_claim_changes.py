"""What a store keeps of its loads: replayed over what was said before, it gives what is said now. Laws on random worlds, on each engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build.records import Records, records
from graph.dates.instant import sortable
from graph.domain.claim import Dataset, EntityRef, Text
from graph.domain.record import claim_record
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.load.claim_changes import ADDED, CHANGED, REMOVED, between, claim_changes
from graph.load.load import difference, load
from tests.graph.domain.saying import World
from tests.graph.load.test_batches import a_world
from tests.graph.load.test_load import LATER, LOADED_AT, Run, run, world
from tests.graph.load.test_stored import MADE
from tests.graph.worlds import examples

__all__ = ["run"]

LOADS = "MATCH (l:Load) RETURN properties(l) AS load ORDER BY l.key"
CHANGES = "MATCH (c:ClaimChange) RETURN properties(c) AS change ORDER BY c.key"


def said_in(dataset: Dataset) -> dict[str, Any]:
    return {key: claim_record(claim) for key, claim in dataset.claims.items()}


def instant(day: int) -> str:
    return f"2026-03-{day:02}T00:00:00+00:00"


def read(store: Store, run: Run, text: str) -> list[Any]:
    return [row for (row,) in run(store.rows(Cypher(text)))]


def replayed(claims: Mapping[str, Any], changes: list[Any]) -> dict[str, Any]:
    """Does to claims what was done to them, and holds that each change speaks of a claim as it was."""
    found = dict(claims)
    for change in changes:
        before, after = (orjson.loads(change[side]) if side in change else None for side in ("before", "after"))
        assert found.pop(change["claim"], None) == before
        if after is not None:
            found[change["claim"]] = after
        assert change["kind"] == (ADDED if before is None else REMOVED if after is None else CHANGED)
    return found


@given(st.integers(0, 10_000))
@examples(60)
def test_changes_turn_what_was_said_into_what_is_said(seed: int) -> None:
    random = Random(seed)
    old, new = a_world(random), a_world(random)
    rows = [
        {"claim": c.key, "kind": c.kind, **{side: orjson.dumps(claim_record(claim)) for side, claim in sides if claim}}
        for c in claim_changes(old.claims.values(), new.claims.values())
        for sides in [(("before", c.before), ("after", c.after))]
    ]
    assert replayed(said_in(old), rows) == said_in(new)
    assert claim_changes(old.claims.values(), shuffled(old, random)) == []


def shuffled(dataset: Dataset, random: Random) -> list[Any]:
    return random.sample(list(dataset.claims.values()), len(dataset.claims))


@given(st.integers(0, 10_000))
@examples(60)
def test_a_change_touches_what_its_claim_is_about_and_what_it_names(seed: int) -> None:
    random = Random(seed)
    old, new = a_world(random), a_world(random)
    lone = frozenset(random.sample(sorted(old.entities), 2))
    for change in claim_changes(old.claims.values(), new.claims.values(), lone):
        named = {c.value.key for c in (change.before, change.after) if c and isinstance(c.value, EntityRef)}
        own = {c.subject for c in (change.before, change.after) if c} | named
        assert change.touches == own or (own <= change.touches and own & lone)


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_what_a_store_keeps_of_its_loads_leads_from_each_of_them_to_the_last(empty_store: Store, run: Run, seed: int, alone: bool) -> None:
    random = Random(seed)
    datasets = [a_world(random) for _ in range(4)]
    for at, dataset in enumerate(datasets, 1):
        run(load(empty_store, records(dataset), instant(at), alone=alone))
    loads, changes = read(empty_store, run, LOADS), read(empty_store, run, CHANGES)
    assert [each["version"] for each in loads] == [records(dataset).version for dataset in datasets]
    assert [each.get("previous") for each in loads] == [None, *(each["version"] for each in loads[:-1])]
    assert [each["changes"] for each in loads] == [sum(c["at"] == each["key"] for c in changes) for each in loads]
    for at, dataset in enumerate(datasets, 1):
        later = [change for change in changes if change["at"] > sortable(instant(at))]
        assert replayed(said_in(dataset), later) == said_in(datasets[-1])


@pytest.mark.parametrize("name", MADE)
def test_a_claim_that_goes_is_the_only_change(empty_store: Store, run: Run, name: str) -> None:
    """Whatever a claim says, and however its parts were ordered: what is read back of the others is what was loaded."""
    whole = MADE[name]()
    in_conflicts = {key for conflict in whole.conflicts.values() for key in conflict.claims}
    run(load(empty_store, records(whole), instant(1)))
    for day, victim in enumerate(Random(name).sample(sorted(whole.claims.keys() - in_conflicts), 3), 2):
        whole = replace(whole, claims={key: claim for key, claim in whole.claims.items() if key != victim})
        found = run(load(empty_store, records(whole), instant(day)))
        assert (found.added, found.removed, found.changed) == ((), (victim,), ())


def test_the_packaged_claims_as_they_are_read_back_are_no_change(loaded: Store, claims: Records, run: Run) -> None:
    found = run(between(loaded, claims, list(claims.dataset.entities), list(claims.dataset.entities), ()))
    assert found == []


def test_equal_claims_are_no_load(empty_store: Store, run: Run) -> None:
    run(load(empty_store, world(), LOADED_AT))
    before = read(empty_store, run, LOADS)
    run(load(empty_store, world(), LATER))
    assert read(empty_store, run, LOADS) == before


def test_loads_beyond_those_that_are_kept_are_forgotten_with_their_changes(empty_store: Store, run: Run) -> None:
    versions = [named(f"Stad {number}") for number in range(6)]
    for at, wanted in enumerate(versions, 1):
        run(load(empty_store, wanted, instant(at), kept=3))
    loads, changes = read(empty_store, run, LOADS), read(empty_store, run, CHANGES)
    assert [each["version"] for each in loads] == [each.version for each in versions[3:]]
    assert [each["previous"] for each in loads] == [each.version for each in versions[2:5]]
    assert [(c["version"], c["kind"]) for c in changes] == [(each.version, CHANGED) for each in versions[3:]]


def named(name: str) -> Records:
    said = World()
    said.named("municipality/town", name=name)
    return records(said.dataset)


def test_what_goes_is_called_as_it_was(empty_store: Store, run: Run) -> None:
    run(load(empty_store, world(), LOADED_AT))
    said = World("2021-01-28")
    said.named("region/north", name="Noord")
    wanted = records(said.dataset)
    assert run(difference(empty_store, wanted)).removed == tuple(sorted(set(world().dataset.claims) - set(wanted.dataset.claims)))
    run(load(empty_store, wanted, LATER))
    changes = read(empty_store, run, CHANGES)
    assert {(c["kind"], c["subjectNameNl"]) for c in changes} == {(REMOVED, "Stad")}
    assert [c["valueNameNl"] for c in changes if "valueNameNl" in c] == ["Noord"]
    assert all("region/north" in c["touches"] for c in changes)  # what was a member of it is no more


def test_a_graph_of_another_layout_begins_the_history_anew(empty_store: Store, run: Run) -> None:
    """An example: what was in it cannot be read back, so nothing is said to have changed, and nothing before is known."""
    for at, name in enumerate(("Dorp", "Stad"), 1):
        run(load(empty_store, named(name), instant(at)))
    run(empty_store.write(lambda execute: execute("MATCH (d:Dataset) SET d.layout = 1", {})))
    run(load(empty_store, named("Stede"), instant(3)))
    assert [(each["version"], "previous" in each) for each in read(empty_store, run, LOADS)] == [(named("Stede").version, False)]
    assert read(empty_store, run, CHANGES) == []


def test_a_store_that_was_filled_before_loads_were_kept_has_its_load_as_the_one_before(empty_store: Store, run: Run) -> None:
    run(load(empty_store, world(), LOADED_AT))
    run(empty_store.write(lambda execute: execute("MATCH (l:Load) DELETE l", {})))
    run(load(empty_store, world(more=True), LATER))
    (only,) = read(empty_store, run, LOADS)
    assert (only["previous"], only["previousAt"]) == (world().version, sortable(LOADED_AT))


def test_a_claim_of_which_only_what_follows_differs_is_no_change() -> None:
    """What a claim says is compared, not what follows from it, and not the place where it stands in a file. An example."""
    (claim,) = (c for c in world().dataset.claims.values() if c.key == "membership")
    elsewhere = replace(claim, place="other.yaml:3")
    assert claim_changes([claim], [elsewhere]) == []
    assert [c.kind for c in claim_changes([claim], [replace(elsewhere, summary=Text("anders"))])] == [CHANGED]
