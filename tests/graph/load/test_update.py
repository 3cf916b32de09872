"""What a load touches: nothing that does not differ, and never so much that a reader could see half of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from graph.build.records import Records, records
from graph.domain.claim import ClaimDataset, Conflict, Dataset, EntityRef, Text
from graph.domain.outline import Outline
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher, Execute
from graph.errors import ChangeTooLarge, LoadDisturbed
from graph.load import writes
from graph.load.first_load import NO_LOG, first_load
from graph.load.load import difference, load
from graph.load.update import update
from tests.conftest import empty
from tests.graph.domain.saying import World
from tests.graph.load.test_batches import a_world
from tests.graph.load.test_load import LATER, LOADED_AT, Broken, Run, picture, run

__all__ = ["run"]


class Counting(Store):
    """A store that counts what it is told to write: rows that make something, and keys of what goes."""

    told = 0

    async def write(self, work: Callable[[Execute], Awaitable[None]]) -> None:
        async def counted(execute: Execute) -> None:
            async def one(text: str, parameters: Mapping[str, Any]) -> Any:
                self.told += len(parameters.get("rows", ())) + len(parameters.get("keys", ()))
                return await execute(text, parameters)

            await work(one)

        await super().write(counted)


def country(number: int = 40, **more: str) -> Dataset:
    said = World()
    said.named("region/north", name="Noord")
    for at in range(number):
        town = said.named(f"municipality/m{at}", code=f"GM{at:04}", name=more.get(f"m{at}", f"Stad {at}"))
        said.says(town, "memberOf", "region/north")
    return said.dataset


def outlined(random: Random, things: Iterable[str]) -> dict[str, list[Outline]]:
    """Outlines of some municipalities, which may differ from one call to the next while their days do not."""
    drawn = f'{{"type":"Point","coordinates":[{random.randrange(9)},52]}}'
    towns = [key for key in things if key.startswith("municipality/") and random.random() < 0.7]
    return {key: [Outline(date(2019, 1, 1), date(2020, 12, 31), lambda: drawn)] for key in towns}


def freshly_loaded(store: Store, run: Run, wanted: Records) -> tuple[Any, Any]:
    run(empty(store))
    run(load(store, wanted, LOADED_AT))
    return picture(store, run)


@pytest.mark.parametrize("seed", range(4))
def test_a_graph_that_was_mended_is_the_graph_that_would_be_made(empty_store: Store, run: Run, seed: int) -> None:
    random = Random(seed)
    one, other = a_world(random), a_world(random)
    fewer = {key: thing for key, thing in other.entities.items() if key != "procurement/p0"}
    claims = {key: c for key, c in other.claims.items() if c.subject in fewer and getattr(c.value, "key", "") in {"", *fewer}}
    kept = {key: c for key, c in other.conflicts.items() if set(c.claims) <= set(claims)}
    wanted = records(replace(other, entities=fewer, claims=claims, conflicts=kept, outlines=outlined(random, fewer)))
    run(load(empty_store, records(replace(one, outlines=outlined(random, one.entities))), LATER))
    before = picture(empty_store, run)
    run(load(empty_store, wanted, LOADED_AT))
    after = picture(empty_store, run)
    assert after != before
    assert after == freshly_loaded(empty_store, run, wanted)


def with_a_dataset_more(said: Dataset, random: Random) -> Dataset:
    """The same with a second dataset: more of the same things, things of its own that all can refer to, and a source and conflicts."""
    more = a_world(random)
    other = ClaimDataset("other", Text("Andere"), Text("iets"), "2", date(2022, 1, 1))

    def renamed(key: str) -> str:
        return f"{key}-of-ours" if key in own else key

    own = {key for key in more.entities if random.random() < 0.4}
    claims = {
        f"o{key}": replace(
            claim, key=f"o{key}", subject=renamed(claim.subject), source=claim.source.replace("third", "fourth"), dataset="other",
            value=EntityRef(renamed(claim.value.key)) if isinstance(claim.value, EntityRef) else claim.value,
        )
        for key, claim in more.claims.items()
    }  # fmt: skip
    between = (random.choice(sorted(said.claims)), random.choice(sorted(claims)))
    both = {**said.claims, **claims}
    conflicts = {
        f"O-{at}": Conflict(f"O-{at}", both[keys[0]].subject, "name", "NAMING", status, keys, Text("omdat"))
        for at, (status, keys) in enumerate([("RESOLVED", between), ("OPEN", tuple(random.sample(sorted(claims), 2)))])
    }
    return Dataset(
        {**said.entities, **{renamed(key): replace(entity, key=renamed(key)) for key, entity in more.entities.items()}},
        both, {**said.sources, "fourth": replace(more.sources["third"], slug="fourth")},
        {**said.conflicts, **conflicts}, {**said.datasets, "other": other},
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_a_dataset_that_is_taken_away_takes_its_claims_away_and_nothing_else(empty_store: Store, run: Run, seed: int) -> None:
    """The law of datasets: A with B, and then A, is the graph of A."""
    random = Random(seed)
    alone = a_world(random)
    both = records(with_a_dataset_more(alone, random))
    run(load(empty_store, both, LATER))
    before = picture(empty_store, run)
    run(load(empty_store, records(alone), LOADED_AT))
    after = picture(empty_store, run)
    assert len(before[0]) > len(after[0]) + 40
    assert after == freshly_loaded(empty_store, run, records(alone))


def test_one_claim_that_changed_touches_what_is_said_of_its_thing_and_no_more(empty_store: Store, run: Run) -> None:
    run(load(empty_store, records(country()), LOADED_AT))
    changed = records(country(m7="Nieuwstad"))
    found = run(difference(empty_store, changed))
    assert (len(found.changed), found.changes.entities.written) == (1, ("municipality/m7",))

    async def counted() -> int:
        async with Counting(empty_store.address) as store:
            await load(store, changed, LATER, computed=found)
            return store.told

    assert run(counted()) <= 2 * changed.bundle("municipality/m7").size
    assert sum(bundle.size for bundle in changed.bundles()) > 40 * changed.bundle("municipality/m7").size
    assert picture(empty_store, run)[1] == freshly_loaded(empty_store, run, changed)[1]


def test_the_difference_that_is_known_is_not_worked_out_again(empty_store: Store, run: Run) -> None:
    run(load(empty_store, records(country(3)), LOADED_AT))
    changed = records(country(4))
    found = run(difference(empty_store, changed))
    assert run(load(empty_store, changed, LATER, computed=found)) is found


def test_what_is_too_much_for_one_transaction_is_refused_with_a_remedy(
    empty_store: Store, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(load(empty_store, records(country(3)), LOADED_AT))
    before = picture(empty_store, run)
    monkeypatch.setattr("graph.load.update.MAX_ELEMENTS", 50)
    with pytest.raises(ChangeTooLarge, match="more than the 50") as refused:
        run(load(empty_store, records(country(9)), LATER))
    assert "Nothing was changed" in refused.value.remedy
    assert picture(empty_store, run) == before
    run(load(empty_store, records(country(4)), LATER))
    assert len(picture(empty_store, run)[0]) > len(before[0])


def test_where_nobody_reads_what_is_too_much_for_one_transaction_is_rewritten(
    empty_store: Store, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = records(country(9))
    run(load(empty_store, records(country(3)), LATER))
    monkeypatch.setattr("graph.load.update.MAX_ELEMENTS", 50)
    run(load(empty_store, wanted, LOADED_AT, alone=True))
    assert picture(empty_store, run) == freshly_loaded(empty_store, run, wanted)


def test_where_nobody_reads_all_claims_may_change_at_once(empty_store: Store, run: Run, claims: Records) -> None:
    """As after an upgrade: each claim is removed and created anew under its own key."""
    run(load(empty_store, claims, LATER))
    said = claims.dataset
    anew = replace(said, claims={key: replace(claim, summary=Text("anders")) for key, claim in said.claims.items()})
    run(load(empty_store, records(anew), LOADED_AT, alone=True))
    found = run(empty_store.rows(Cypher("MATCH (c:Claim) RETURN count(c), collect(DISTINCT c.summaryNl)")))
    assert found == [[len(said.claims), ["anders"]]]


def test_a_graph_of_another_layout_is_replaced_as_a_whole(empty_store: Store, run: Run) -> None:
    wanted = records(country(3))
    old = (
        "CREATE (:Dataset {key: 'regiograaf', version: 'old', loadedAt: '2025-12-12T00:00:00+00:00'}) "
        "CREATE (:Claim {key: 'c001', digest: 'd'})-[:ABOUT]->(:Entity {key: 'municipality/m0'})"
    )
    run(empty_store.write(lambda execute: execute(old, {})))
    found = run(difference(empty_store, wanted))
    assert (found.current, found.changed, found.removed) == ("old", ("c001",), ())
    run(load(empty_store, wanted, LOADED_AT))
    assert picture(empty_store, run) == freshly_loaded(empty_store, run, wanted)


# ── in several transactions ───────────────────────────────────────────────────────────────────────


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Transactions and batches so small that even a small graph takes many."""
    monkeypatch.setattr("graph.load.first_load.TRANSACTION_ROWS", 30)
    monkeypatch.setattr("graph.load.first_load.CLEARED_NODES", 20)
    monkeypatch.setattr("graph.load.batches.BATCH_ROWS", 7)


def test_a_graph_that_takes_many_transactions_is_the_same_graph(empty_store: Store, run: Run, small: None) -> None:
    wanted = records(a_world(Random(5)))
    heard: list[tuple[int, int]] = []
    run(load(empty_store, wanted, LOADED_AT, lambda done, total: heard.append((done, total))))
    assert heard == sorted(heard)
    assert heard[0][0] == 0
    assert heard[-1][0] == heard[-1][1] == len(wanted.dataset.entities) + len(wanted.dataset.claims)
    in_many = picture(empty_store, run)
    pytest.MonkeyPatch().setattr("graph.load.first_load.TRANSACTION_ROWS", 10_000)
    assert freshly_loaded(empty_store, run, wanted) == in_many


@pytest.mark.parametrize("part", [0.4, 1.0])
def test_half_a_first_load_is_no_graph_and_the_next_load_clears_it(empty_store: Store, run: Run, small: None, part: float) -> None:
    wanted = records(country(9))

    def fail(done: int, total: int) -> None:
        if done >= total * part:
            raise Broken

    with pytest.raises(Broken):
        run(load(empty_store, records(country(12)), LOADED_AT, fail))
    nodes, _ = picture(empty_store, run)
    assert nodes
    assert run(empty_store.rows(Cypher(writes.CURRENT))) == [[None, None]]
    assert run(difference(empty_store, wanted)).current is None
    run(load(empty_store, wanted, LOADED_AT))
    assert picture(empty_store, run) == freshly_loaded(empty_store, run, wanted)


def test_of_two_first_loads_the_later_one_ends_before_it_writes(empty_store: Store, run: Run, small: None) -> None:
    run(empty_store.write(lambda execute: execute(writes.SET_MARK, {"by": "another"})))
    before = picture(empty_store, run)
    with pytest.raises(LoadDisturbed, match="is running"):
        run(first_load(empty_store, records(country(3)), LOADED_AT, lambda done, total: None))
    assert picture(empty_store, run) == before


class Robbed(Store):
    """A store that another load takes over after the third transaction."""

    written = 0

    async def write(self, work: Callable[[Execute], Awaitable[None]]) -> None:
        await super().write(work)
        self.written += 1
        if self.written == 3:
            await super().write(lambda execute: execute(writes.TAKE_OVER, {"by": "another"}))


def test_a_first_load_whose_place_was_taken_ends_before_it_writes_more(empty_store: Store, run: Run, small: None) -> None:
    async def robbed() -> int:
        async with Robbed(empty_store.address) as store:
            with pytest.raises(LoadDisturbed, match="is running"):
                await first_load(store, records(country(60)), LOADED_AT, lambda done, total: None)
            return store.written

    assert run(robbed()) == 3
    assert run(empty_store.rows(Cypher(writes.CURRENT))) == [[None, None]]


def test_a_graph_that_another_load_has_finished_meanwhile_is_not_cleared(empty_store: Store, run: Run) -> None:
    run(load(empty_store, records(country(3)), LOADED_AT))
    before = picture(empty_store, run)
    with pytest.raises(LoadDisturbed, match="meanwhile"):
        run(first_load(empty_store, records(country(4)), LATER, lambda done, total: None, leftovers=True))
    assert picture(empty_store, run) == before


def test_a_difference_from_a_graph_that_is_no_longer_there_is_not_written(empty_store: Store, run: Run) -> None:
    run(load(empty_store, records(country(3)), LOADED_AT))
    changed = records(country(3, m1="Nieuwstad"))
    found = run(difference(empty_store, changed))
    before = picture(empty_store, run)
    with pytest.raises(LoadDisturbed):
        run(update(empty_store, changed, found.changes, "another version", LATER, lambda done, total: None, NO_LOG))
    assert picture(empty_store, run) == before


def test_rows_that_find_nothing_to_hang_on_are_no_graph(empty_store: Store, run: Run) -> None:
    run(load(empty_store, records(country(3)), LOADED_AT))
    changed = records(country(3, m1="Nieuwstad"))
    found = run(difference(empty_store, changed))
    run(empty_store.write(lambda execute: execute("MATCH (b:Bundle {key: 'municipality/m1'}) DETACH DELETE b", {})))
    before = picture(empty_store, run)
    with pytest.raises(LoadDisturbed, match="another program"):
        run(load(empty_store, changed, LATER, computed=found))
    assert picture(empty_store, run) == before


def test_a_text_that_nothing_is_called_by_any_more_goes(empty_store: Store, run: Run) -> None:
    def called(said: World, *names: str) -> Records:
        for town, name in zip(("municipality/a", "municipality/b"), names, strict=True):
            said.named(town, name=name)
        return records(said.dataset)

    run(load(empty_store, called(World(), "Stad", "Stad"), LOADED_AT))
    run(load(empty_store, called(World(), "Dorp", "Stad"), LATER))
    found = run(empty_store.rows(Cypher("MATCH (x:Reference) WHERE x.key IN ['stad', 'dorp'] RETURN x.key ORDER BY x.key")))
    assert found == [["dorp"], ["stad"]]
    run(load(empty_store, called(World(), "Dorp", "Dorp"), LATER))
    assert run(empty_store.rows(Cypher("MATCH (x:Reference) WHERE x.key IN ['stad', 'dorp'] RETURN x.key"))) == [["dorp"]]


def test_a_person_in_the_graph_can_walk_from_a_thing_to_its_claims_and_their_sources(empty_store: Store, run: Run) -> None:
    said = World()
    said.named("region/north")
    said.says("municipality/town", "memberOf", "region/north", key="membership")
    said.says("municipality/town", "description", Text("Een stad"), key="words")
    run(load(empty_store, records(said.dataset), LOADED_AT))
    walk = (
        "MATCH (n:Entity {key: $key})-[:DESCRIBED_IN]->(b)<-[how:ABOUT|VALUE]-(c:Claim)-[:FROM]->(s:Source) "
        "RETURN type(how) AS how, c.key AS claim, s.key AS source ORDER BY claim"
    )
    walked = {key: run(empty_store.rows(Cypher(walk, {"key": key}))) for key in ("municipality/town", "region/north")}
    assert walked["municipality/town"] == [["ABOUT", "membership", "vision"], ["ABOUT", "words", "vision"]]
    assert ["VALUE", "membership", "vision"] in walked["region/north"]
