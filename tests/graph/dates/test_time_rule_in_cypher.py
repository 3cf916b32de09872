"""The time rule says in Cypher what it says in Python, of nodes and of relationships, on every engine."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from graph.build.properties import period_properties
from graph.dates.period import Period, State, certain, shown, state
from graph.engines.bolt import Store
from graph.engines.cypher import Cypher
from tests.graph.worlds import DAYS, FIRST, random_period

WORLDS, ITEMS = 10, 60
ASKED = (
    f"MATCH (n:Entity) WITH n ORDER BY n.key "
    f"RETURN 'node' AS what, collect([n.key, {shown('n')}, coalesce({certain('n')}, false)]) AS found "
    f"UNION ALL MATCH (:Entity)-[r:MEMBER_OF]->(:Entity) WITH r ORDER BY r.key "
    f"RETURN 'relationship' AS what, collect([r.key, {shown('r')}, coalesce({certain('r')}, false)]) AS found"
)


def random_periods() -> dict[int, Period]:
    """Many worlds of dated things at once; each has its own period; some are clipped, grow old or are planned."""
    random, out = Random(2023), {}
    for key in range(WORLDS * ITEMS):
        period = random_period(random)
        if random.random() < 0.3:
            period = period.clipped(FIRST + timedelta(random.randint(0, 9)), FIRST + timedelta(random.randint(12, 27)))
        stale = FIRST + timedelta(random.randint(0, 27)) if random.random() < 0.2 else None
        out[key] = replace(period, stale_from=stale, planned=random.random() < 0.1)
    return out


@pytest.fixture
def dated(empty_store: Store, runner: asyncio.Runner) -> Store:
    """A store with a node and a relationship for every period."""
    rows = [{"key": key, **period_properties(period)} for key, period in random_periods().items()]

    async def work(statement: Any) -> None:
        await statement("UNWIND $rows AS row CREATE (n:Entity) SET n = row", {"rows": rows})
        await statement("CREATE (:Entity {key: -1})", {})
        text = "UNWIND $rows AS row MATCH (a:Entity {key: row.key}) MATCH (b:Entity {key: -1}) CREATE (a)-[r:MEMBER_OF]->(b) SET r = row"
        await statement(text, {"rows": rows})

    runner.run(empty_store.write(work))
    return empty_store


def test_what_is_shown_and_what_is_certain_are_the_same_in_python_and_in_cypher(dated: Store, runner: asyncio.Runner) -> None:
    periods = random_periods()
    seen = set()
    for day in DAYS:
        states = {key: state(period, day) for key, period in periods.items()}
        seen |= set(states.values())
        expected = {key: (found.shown, found is State.YES) for key, found in states.items()}
        for what, found in runner.run(dated.rows(Cypher(ASKED, {"asOf": day}))):
            answered = {key: (is_shown, is_certain) for key, is_shown, is_certain in found if key >= 0}
            wrong = {key: (answered[key], expected[key], periods[key]) for key in expected if answered[key] != expected[key]}
            assert wrong == {}, (what, day)
    assert seen == set(State)


def test_a_period_comes_back_from_the_store_as_it_went_in(dated: Store, runner: asyncio.Runner) -> None:
    periods = random_periods()
    names = ("validFrom", "validTo", "certainFrom", "certainTo", "staleFrom")
    columns = ", ".join(f"toString(n.{name})" for name in names)
    for key, *found in runner.run(dated.rows(Cypher(f"MATCH (n:Entity) WHERE n.key >= 0 RETURN n.key, {columns}"))):
        properties = period_properties(periods[key])
        assert found == [str(properties[name]) if name in properties else None for name in names]
