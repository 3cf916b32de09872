"""The graph as a stream: the same content gives the same version in whatever order it was read, and in every process."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.build.fingerprint import Fingerprint, digest
from graph.build.records import records
from graph.dates.period import Period
from graph.domain.claim import Claim, Dataset, Text
from graph.load.batches import all_batches
from seeds.check import dataset
from tests.graph.domain.saying import World
from tests.graph.worlds import examples, random_period

PLACES = [f"municipality/m{n}" for n in range(4)] + [
    "region/r0",
    "region/r1",
    "collaboration/c0",
    "contract/k0",
    "contract/k1",
    "function/f0",
]
SAID: dict[str, list[tuple[str, Any]]] = {
    "municipality": [("memberOf", "region/r0"), ("memberOf", "collaboration/c0"), ("exists", True), ("alternateName", "Stad")],
    "region": [("member", "municipality/m0"), ("figure", 3.0), ("name", Text("Regio"))],
    "collaboration": [
        ("covers", "region/r0"),
        ("excepts", "municipality/m1"),
        ("procurement", "procurement/p0"),
        ("delivers", "function/f0"),
    ],
    "contract": [
        ("runs", True),
        ("covers", "region/r1"),
        ("buyer", "municipality/m2"),
        ("under", "collaboration/c0"),
        ("option", 1.0),
        ("delivers", "function/f0"),
    ],
    "function": [("leftTo", "region/r0"), ("lackedBy", "municipality/m3"), ("broader", "function/f1"), ("definedBy", "region/r1")],
}


def a_world(random: Random) -> Dataset:
    """Things of several kinds of which several sources say much at random, with conflicts among what they say."""
    said = World()
    for slug in ("other", "third"):
        said.source(slug, "2020-01-14")
    for place in PLACES:
        said.named(place)
    for _ in range(40):
        subject = random.choice(PLACES)
        predicate, value = random.choice(SAID[subject.partition("/")[0]])
        said.says(subject, predicate, value, source=random.choice(["vision", "other", "third"]))
    claims = {k: replace(c, period=random_period(random)) if c.predicate != "name" else c for k, c in said.claims.items()}
    said.claims.update(claims)
    for _ in range(3):
        said.quarrel(*random.sample(sorted(said.claims), 2), status=random.choice(["OPEN", "RESOLVED"]))
    return said.dataset


def shuffled(said: Dataset, random: Random) -> Dataset:
    """The same in another order, also within the claims."""

    def mixed(parts: dict[str, Any]) -> dict[str, Any]:
        return dict(random.sample(list(parts.items()), len(parts)))

    claims = {key: replace(c, qualifiers=mixed(dict(c.qualifiers))) for key, c in mixed(dict(said.claims)).items()}
    return Dataset(mixed(dict(said.entities)), claims, mixed(dict(said.sources)), mixed(dict(said.conflicts)), said.datasets)


@given(st.integers(0, 10_000))
@examples(60)
def test_what_is_read_in_another_order_has_the_same_version(seed: int) -> None:
    said = a_world(Random(seed))
    other = records(shuffled(said, Random(seed + 1)))
    assert other.digests == records(said).digests
    assert other.version == records(said).version


@given(st.integers(0, 10_000))
@examples(60)
def test_a_claim_more_or_less_or_other_gives_another_version(seed: int) -> None:
    random = Random(seed)
    said = a_world(random)
    victim = random.choice(sorted(set(said.claims) - {key for c in said.conflicts.values() for key in c.claims}))
    fewer: dict[str, Claim] = {key: claim for key, claim in said.claims.items() if key != victim}
    other = fewer | {victim: replace(said.claims[victim], rank="PREFERRED", rank_reason=Text("daarom"))}
    versions = {records(replace(said, claims=claims)).version for claims in (said.claims, fewer, other)}
    assert len(versions) == 3


def test_the_fingerprint_along_the_stream_is_the_version() -> None:
    made = records(a_world(Random(1)))
    whole = made.fingerprint()
    assert sum(batch.progress for batch in all_batches(made, whole)) == len(made.dataset.entities) + len(made.dataset.claims)
    assert whole.version == made.version


@given(st.lists(st.text(), max_size=8), st.randoms(use_true_random=False))
@examples(60)
def test_a_fingerprint_of_parts_knows_no_order_but_counts_how_often(parts: list[str], random: Random) -> None:
    def of(some: list[str]) -> str:
        whole = Fingerprint("beginning")
        for part in some:
            whole.add(digest(part))
        return whole.version

    assert of(random.sample(parts, len(parts))) == of(parts)
    assert all(of([*parts, part]) != of(parts) for part in parts)


def test_a_day_is_content_and_the_order_of_keys_is_not() -> None:
    assert digest({"a": 1, "b": date(2020, 1, 1)}) == digest({"b": date(2020, 1, 1), "a": 1})
    assert len({digest(value) for value in (1, 1.0, "1", True, None, [1], {"1": 1}, date(2020, 1, 1), date(2020, 1, 2))}) == 9


def test_two_processes_agree_on_the_version() -> None:
    code = "from graph.build.records import records\nfrom seeds.check import dataset\nprint(records(dataset()).version)"
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert told == [records(dataset()).version] * 2


def test_claims_without_qualifiers_share_one_that_nobody_can_change() -> None:
    one, other = (Claim(key, "region/r0", "exists", True, Period(), "vision") for key in "ab")
    assert one.qualifiers is other.qualifiers
    assert not hasattr(one.qualifiers, "__setitem__")
