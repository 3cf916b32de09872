"""What a contract is on a day and what it delivers, over a random little world in every engine, against the plain rule."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.build.records import records
from graph.dates.period import State, state
from graph.domain.model import PREDICATES
from graph.domain.words import OPTION_STATUSES
from graph.engines.bolt import Store
from graph.load.load import load
from tests.graph.domain.saying import World
from tests.graph.worlds import DAYS, random_date

CONTRACTS = [f"contract/k{n:02}" for n in range(60)]
FUNCTIONS = [f"function/f{n}" for n in range(4)]
STATUSES = ("ACTIVE", "PENDING", "ENDED", "POSSIBLY_EXTENDED", "UNKNOWN")
ASKED = """query Ask($day: Date!, $some: [Ref!]!) {
  contracts(asOf: $day, first: 100) { nodes { slug status } }
  delivering: contracts(asOf: $day, first: 100, filter: {function: $some}) { totalCount nodes { slug } }
  others: contracts(asOf: $day, first: 2, filter: {not: {function: $some}}) { totalCount nodes { slug } }
  %s
}""" % "\n".join(  # noqa: UP031
    f"{status}: contracts(asOf: $day, first: 100, filter: {{status: [{status}], function: $some}}) {{ nodes {{ slug }} }}"
    for status in STATUSES
)


@pytest.fixture(scope="module")
def world() -> World:
    random, made = Random(7), World("2020-01-05")
    for key in (*CONTRACTS, *FUNCTIONS):
        made.named(key)

    def dates() -> dict[str, Any]:
        start, end = (random_date(random) if random.random() < 0.8 else None for _ in range(2))
        return {"start": start, "end": end, "open_ended": end is None and random.random() < 0.4}

    for key in CONTRACTS:
        for function in random.sample(FUNCTIONS, random.randint(0, 3)):
            made.says(key, "delivers", function, rank=random.choice(["NORMAL", "DEPRECATED"]), **dates())
        if random.random() < 0.9:
            made.says(key, "runs", True, planned=random.random() < 0.2, **dates())
        for number in range(random.choice([0, 0, 1, 2])):
            rank = random.choice(["NORMAL", "NORMAL", "DEPRECATED"])
            made.says(key, "option", float(number), rank=rank, status=random.choice(list(OPTION_STATUSES)), **dates())
    return made


def status_of(world: World, contract: str, day: date) -> str:
    """The rule: before, within and behind its period, where an option counts only as far as a source goes."""
    said = [c for c in world.accepted if c.subject == contract]
    if contract not in world.lives:
        return "UNKNOWN"
    found = state(world.lives[contract], day)
    if found is State.AFTER:
        options = {c.qualifiers["status"] for c in said if c.predicate == "option" and state(c.period, day).shown} - {"LAPSED"}
        return "ACTIVE" if "EXERCISED" in options else "POSSIBLY_EXTENDED" if options else "ENDED"
    planned = any(c.qualifiers.get("planned") for c in said if c.predicate == "runs")
    return {State.BEFORE: "PENDING", State.YES: "UNKNOWN" if planned else "ACTIVE"}.get(found, "UNKNOWN")


def test_status_and_functions_are_what_the_claims_say_on_every_day(world: World, patient: Store, runner: asyncio.Runner) -> None:
    runner.run(load(patient, records(world.dataset), "2026-01-01T00:00:00+00:00"))
    delivers = [e for e in world.edges if e.type == "DELIVERS"]
    seen: Counter[str] = Counter()
    for day in DAYS[::4]:
        statuses = {c.partition("/")[2]: status_of(world, c, day) for c in CONTRACTS}
        some = FUNCTIONS[day.day % 3 :][:2]
        held = [e for e in delivers if state(e.period, day).shown or (state(e.period, day) is State.AFTER and e.properties.get("kept"))]
        delivering = {e.start.partition("/")[2] for e in held if e.end in some}
        answer = runner.run(Answers(patient, lambda: DAYS[0], "engine")(Question(ASKED, None, {"day": str(day), "some": some})))
        data = answer["data"]
        assert {n["slug"]: n["status"] for n in data["contracts"]["nodes"]} == statuses, day
        assert [n["slug"] for n in data["delivering"]["nodes"]] == sorted(delivering)
        assert data["delivering"]["totalCount"] == len(delivering)
        assert data["others"]["totalCount"] == len(CONTRACTS) - len(delivering)
        assert [n["slug"] for n in data["others"]["nodes"]] == sorted(set(statuses) - delivering)[:2]
        for status in STATUSES:
            assert [n["slug"] for n in data[status]["nodes"]] == sorted(s for s in delivering if statuses[s] == status), (day, status)
        seen.update(statuses.values())
    assert set(seen) == set(STATUSES), seen


def test_an_option_is_of_contracts_alone() -> None:
    assert PREDICATES["option"].of == {"Contract"}
