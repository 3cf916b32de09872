"""Loading: the graph becomes what the records say, as a whole or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.build.records import Records, records
from graph.domain.claim import Text
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from graph.errors import ForeignData
from graph.load import writes
from graph.load.load import Difference, content, difference, load
from tests.graph.domain.saying import World

LOADED_AT, LATER = "2026-01-01T00:00:00+00:00", "2026-02-02T00:00:00+00:00"
OF_THE_GRAPH = f"MATCH (n) WHERE {' AND '.join(f'NOT n:{label}' for label in writes.LOG_LABELS)} "
EVERYTHING = OF_THE_GRAPH + "RETURN labels(n) AS labels, n.key AS key, properties(n) AS properties ORDER BY labels, key"
LINKS = "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.key AS start, b.key AS end, properties(r) AS properties ORDER BY type, start, end"

Run = Callable[[Any], Any]


@pytest.fixture
def run(runner: asyncio.Runner) -> Run:
    return runner.run


def world(*, more: bool = False, fewer: bool = False, name: str = "Stad") -> Records:
    said = World("2021-01-28")
    said.named("region/north", name="Noord")
    said.named("municipality/town", code="GM0001", name=name)
    if not fewer:
        said.says("municipality/town", "memberOf", "region/north", key="membership")
    if more:
        said.says("region/north", "description", Text("Een regio"), key="more")
    return records(said.dataset)


def picture(store: Store, run: Run) -> tuple[Any, Any]:
    """The graph that a store holds without the instant of its load, in an order of its own; links of a type may have the same ends."""
    nodes = run(store.rows(Cypher(EVERYTHING)))
    for _, _, held in nodes:
        held.pop("loadedAt", None)
    return nodes, sorted(run(store.rows(Cypher(LINKS))), key=repr)


def town(store: Store, run: Run) -> Any:
    """What the graph answers of the town: its name and the regions that it is a member of."""
    text = '{ municipality(ref: "GM0001") { name memberships { nodes { organization { name } } } } }'
    found = run(Answers(store, lambda: date(2023, 6, 1), "engine")(Question(text)))["data"]["municipality"]
    return found["name"], [m["organization"]["name"] for m in found["memberships"]["nodes"]]


def test_what_was_loaded_is_what_the_records_hold(empty_store: Store, run: Run) -> None:
    wanted = world(more=True)
    run(load(empty_store, wanted, LOADED_AT))
    nodes, links = picture(empty_store, run)
    said = list(wanted.bundles())
    keys = [key for b in said for key in (b.key, b.key, *(about["key"] for _, _, about in b.claims))]
    keys += [about["key"] for b in said for nodes in b.attached.values() for about in nodes]
    texts = {row[0] for b in said for row in b.references}
    keys += [*texts, *(about["key"] for about in (*wanted.sources, *wanted.datasets))]
    assert sorted(key for labels, key, _ in nodes if "Dataset" not in labels) == sorted(keys)
    assert len(links) + len(nodes) == sum(b.size for b in said) + len(texts) + 3  # the source, the ClaimDataset and the Dataset
    assert [start for type_, start, *_ in links if type_ == "MEMBER_OF"] == ["municipality/town"]
    assert run(empty_store.rows(Cypher(writes.CURRENT))) == [[wanted.version, LOADED_AT]]
    assert town(empty_store, run) == ("Stad", ["Noord"])


def test_a_second_load_changes_nothing_and_says_so(empty_store: Store, run: Run) -> None:
    first = run(load(empty_store, world(), LOADED_AT))
    before, heard = picture(empty_store, run), []
    second = run(load(empty_store, world(), LATER, lambda done, total: heard.append((done, total))))
    assert (first.nothing, second.nothing) == (False, True)
    assert (second.added, second.removed, second.changed, heard) == ((), (), (), [])
    assert picture(empty_store, run) == before
    assert run(content(empty_store)).loaded_at == LOADED_AT


def test_loading_the_same_again_after_a_change_gives_the_same_graph(empty_store: Store, run: Run) -> None:
    run(load(empty_store, world(), LOADED_AT))
    before = picture(empty_store, run)
    run(load(empty_store, world(more=True, name="Andere stad"), LATER))
    assert picture(empty_store, run) != before
    run(load(empty_store, world(), LATER))
    assert picture(empty_store, run) == before


def test_a_removed_claim_disappears_with_what_it_made(empty_store: Store, run: Run) -> None:
    run(load(empty_store, world(), LOADED_AT))
    assert town(empty_store, run) == ("Stad", ["Noord"])
    run(load(empty_store, world(fewer=True), LATER))
    assert town(empty_store, run) == ("Stad", [])
    assert run(empty_store.rows(Cypher("MATCH (c:Claim {key: 'membership'}) RETURN count(c)"))) == [[0]]


def test_a_changed_claim_is_rewritten(empty_store: Store, run: Run) -> None:
    run(load(empty_store, world(), LOADED_AT))
    run(load(empty_store, world(name="Nieuwstad"), LATER))
    assert town(empty_store, run) == ("Nieuwstad", ["Noord"])


def test_the_difference_lists_what_is_added_removed_and_changed_and_changes_nothing(empty_store: Store, run: Run) -> None:
    assert run(difference(empty_store, world())) == Difference(world().version, None, tuple(world().dataset.claims), (), ())
    assert picture(empty_store, run) == ([], [])
    run(load(empty_store, world(), LOADED_AT))
    before = picture(empty_store, run)
    found = run(difference(empty_store, world(more=True, fewer=True, name="Nieuwstad")))
    assert (found.added, found.removed, len(found.changed)) == (("more",), ("membership",), 1)
    assert not found.nothing
    assert run(difference(empty_store, world())).nothing
    assert picture(empty_store, run) == before


def test_progress_is_told_up_to_the_end(empty_store: Store, run: Run) -> None:
    heard: list[tuple[int, int]] = []
    run(load(empty_store, world(), LOADED_AT, lambda done, total: heard.append((done, total))))
    assert heard
    assert heard[0] == (0, 4 + 2)  # claims and things
    assert heard[-1] == (6, 6)
    assert heard == sorted(heard)
    assert {total for _, total in heard} == {6}


class Broken(Exception):
    """What goes wrong in the middle of a load."""


@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
def test_a_load_that_fails_half_way_leaves_the_old_graph_answering(empty_store: Store, run: Run, part: float) -> None:
    run(load(empty_store, world(), LOADED_AT))
    before = picture(empty_store, run)

    def fail(done: int, total: int) -> None:
        if done >= max(1, total * part):
            raise Broken

    with pytest.raises(Broken):
        run(load(empty_store, world(more=True, fewer=True, name="Nieuwstad"), LATER, fail))
    assert picture(empty_store, run) == before
    assert town(empty_store, run) == ("Stad", ["Noord"])
    run(load(empty_store, world(name="Nieuwstad"), LATER))
    assert town(empty_store, run) == ("Nieuwstad", ["Noord"])


def test_a_first_load_that_fails_leaves_nothing(empty_store: Store, run: Run) -> None:
    def fail(done: int, total: int) -> None:
        if done == total:
            raise Broken

    with pytest.raises(Broken):
        run(load(empty_store, world(), LOADED_AT, fail))
    assert picture(empty_store, run) == ([], [])
    run(load(empty_store, world(), LOADED_AT))
    assert town(empty_store, run) == ("Stad", ["Noord"])


def test_while_a_load_is_under_way_readers_see_the_old_graph(empty_store: Store, run: Run) -> None:
    run(load(empty_store, world(), LOADED_AT))
    seen = []

    async def both() -> None:
        async def work(execute: Any) -> None:
            for text in writes.removal():
                await execute(text, {})
            seen.append(await empty_store.rows(Cypher("MATCH (n:Municipality) RETURN n.nameNl")))
            raise Broken

        with pytest.raises(Broken):
            await empty_store.write(work)

    run(both())
    assert seen == [[["Stad"]]]
    assert town(empty_store, run) == ("Stad", ["Noord"])


def test_a_database_with_the_data_of_others_is_refused_and_left_alone(empty_store: Store, run: Run) -> None:
    run(empty_store.write(lambda execute: execute("CREATE (:Person {name: 'not ours'})-[:KNOWS]->(:Person {name: 'nor this'})", {})))
    before = picture(empty_store, run)
    for attempt in (difference(empty_store, world()), load(empty_store, world(), LOADED_AT)):
        with pytest.raises(ForeignData, match="already holds 2 nodes") as refused:
            run(attempt)
        assert "Nothing was changed" in refused.value.remedy
    assert picture(empty_store, run) == before


def test_an_empty_graph_says_that_nothing_was_loaded(empty_store: Store, run: Run) -> None:
    answer = run(Answers(empty_store, lambda: date(2023, 6, 1), "engine")(Question("{ careFunctions { id } }")))
    assert [e["extensions"]["code"] for e in answer["errors"]] == ["NOT_LOADED"]


LOOK_ALIKES = [
    "CREATE (:Loading {what: 'ship'})", "CREATE (:Dataset {version: '1.0'})", "CREATE (:Dataset {key: 'mine', version: '1.0'})",
    "CREATE (:Commit {sha: 'abc'})", "CREATE (:Source {key: 'mine'})", "CREATE (:Entity {key: 'mine'})",
    "CREATE (:Identifier {key: 'mine'})-[:OF]->(:Person)",
    *(
        f"CREATE (:{label} {{key: 'mine'}})" for label in (*writes.OWN_LABELS, *writes.LOG_LABELS)
        if label not in ("Source", "Entity", "Identifier")
    ),
]  # fmt: skip


def put(store: Store, run: Run, text: str, **parameters: Any) -> None:
    """Writes into a store as any program might."""
    run(store.write(lambda execute: execute(text, parameters)))


@pytest.mark.parametrize("foreign", LOOK_ALIKES)
def test_nodes_of_others_with_our_labels_are_not_ours(empty_store: Store, run: Run, foreign: str) -> None:
    put(empty_store, run, foreign)
    before = picture(empty_store, run)
    for attempt in (content(empty_store), difference(empty_store, world()), load(empty_store, world(), LOADED_AT)):
        with pytest.raises(ForeignData):
            run(attempt)
    assert picture(empty_store, run) == before


def test_nodes_of_others_beside_a_graph_of_ours_stop_a_load_and_stay(empty_store: Store, run: Run) -> None:
    run(load(empty_store, world(), LOADED_AT))
    ours = picture(empty_store, run)
    for foreign in LOOK_ALIKES:
        put(empty_store, run, foreign)
        before = picture(empty_store, run)
        assert run(content(empty_store)).version == world().version  # it can still be read
        for attempt in (difference(empty_store, world(more=True)), load(empty_store, world(more=True), LATER)):
            with pytest.raises(ForeignData, match=r"holds [12] nodes"):
                run(attempt)
        assert picture(empty_store, run) == before
        theirs = "MATCH (n) WHERE n.what = 'ship' OR n.key = 'mine' OR n.version = '1.0' OR n.sha = 'abc' OR n:Person DETACH DELETE n"
        put(empty_store, run, theirs)
    assert picture(empty_store, run) == ours
    assert run(load(empty_store, world(more=True), LATER)).added == ("more",)


@pytest.mark.parametrize("instant", [LOADED_AT, "2025-01-01T00:00:00+00:00"])
def test_a_load_has_a_later_instant_than_the_one_before_although_the_clock_went_back(empty_store: Store, run: Run, instant: str) -> None:
    run(load(empty_store, world(), LOADED_AT))
    run(load(empty_store, world(more=True), instant))
    assert run(content(empty_store)).loaded_at == "2026-01-01T00:00:00.001+00:00"


def test_an_announcement_that_was_left_is_ours(empty_store: Store, run: Run) -> None:
    put(empty_store, run, writes.ANNOUNCE, by="a load")
    assert run(content(empty_store)).version is None
    run(load(empty_store, world(), LOADED_AT))
    assert run(content(empty_store)).version == world().version


def test_comparing_writes_nothing_not_even_a_constraint(empty_store: Store, run: Run) -> None:
    """Of any database: empty, of others, ours, and ours half loaded."""

    class ReadOnly(Store):
        async def write(self, work: Any) -> None:
            raise AssertionError("a comparison writes")

    async def compared() -> None:
        async with ReadOnly(empty_store.address) as store:
            await difference(store, world(more=True))

    run(compared())
    put(empty_store, run, writes.SET_MARK, by="another")
    run(compared())
    put(empty_store, run, "CREATE (:Person)")
    with pytest.raises(ForeignData):
        run(compared())
    put(empty_store, run, "MATCH (n) DETACH DELETE n")
    run(load(empty_store, world(), LOADED_AT))
    run(compared())


def test_a_thing_that_nobody_names_is_not_among_the_nearest_names(empty_store: Store, run: Run) -> None:
    """An example: it can be pointed at by its slug alone, which no error has to offer."""
    said = World()
    said.says("region/north", "exists", True)
    run(load(empty_store, records(said.dataset), LOADED_AT))
    answer = run(Answers(empty_store, lambda: date(2023, 6, 1), "engine")(Question('{ region(ref: "nort") { name } }')))
    (error,) = answer["errors"]
    assert (error["extensions"]["code"], error["extensions"]["nearest"]) == ("NOT_FOUND", [])
