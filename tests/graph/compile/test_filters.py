"""Filters obey the laws of logic in every engine: any nest of and, or and not finds what the same nest of sets holds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answer import Answers, Question
from graph.engines.bolt import Store
from tests.graph.worlds import examples

DAY = date(2023, 6, 1)
AT_ONCE = 6  # filters in one document
Ask = Callable[[str], dict[str, Any]]


@dataclass(frozen=True)
class Listing:
    """A list with a filter: how it is asked for, how an entry is told apart, and conditions that a filter is made of."""

    field: str
    entry: str
    leaves: Sequence[str]


LISTS = {
    "contracts": Listing("contracts(%s)", "slug", (
        'function: ["dyslexie"]', 'function: ["gi", "zawa-b"]', 'supplier: ["parlan"]', 'buyer: ["JZ09"]', 'municipality: ["aalsmeer"]',
        'municipality: ["zaanstad", "beemster"]', "status: [ACTIVE]", "status: [UNKNOWN, ENDED]", "status: []", "function: []",
        'endsBefore: "2024-01-01"', 'endsAfter: "2022-12-31"', "hasSuccessor: true", "hasSuccessor: false",
    )),
    "collaborations": Listing("collaborations(%s)", "slug", (
        'function: ["dyslexie"]', 'member: ["JZ09"]', 'member: ["zaanstad", "parlan"]', "kind: [JOINT_PROCUREMENT]", "scale: [REGIONAL]",
        "legalForm: [CONVENANT]", "hasConflict: true", "hasConflict: false", "kind: []",
    )),
    "providers": Listing("providers(%s)", "slug", (
        'contract: ["zawa-2022"]', 'collaboration: ["noordje"]', "isCertifiedInstitution: true", "isCertifiedInstitution: false",
        'nameContains: "jeugd"',
    )),
    "members": Listing('collaboration(ref: "noordje", asOf: "2023-06-01") { found: members(%s', "id", (
        "role: [MEMBER]", "role: [PROVIDER, LEAD]", "scale: [SUPRA_REGIONAL]", 'function: ["dyslexie"]', 'member: ["JZ09", "zaanstad"]',
        'organization: ["noordje"]', "hasConflict: true", "hasConflict: false",
    )),
}  # fmt: skip


# ── nests of conditions ───────────────────────────────────────────────────────────────────────────

Nest = str | tuple[str, tuple[Any, ...]]  # one condition, or and, or, not and an object of several around nests


def nests(listing: Listing) -> st.SearchStrategy[Nest]:
    return st.recursive(
        st.sampled_from(listing.leaves),
        lambda inner: st.one_of(
            st.tuples(st.just("not"), st.tuples(inner)),
            st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, max_size=3).map(tuple)),
            st.tuples(st.just("beside"), st.tuples(inner, inner)),
        ),
        max_leaves=6,
    )


def written(nest: Nest) -> str:
    """A nest as the fields of a filter object."""
    if isinstance(nest, str):
        return nest
    word, parts = nest
    if word == "not":
        return f"not: {{{written(parts[0])}}}"
    if word == "beside":  # two conditions in one object, under different names
        return f"and: [{{{written(parts[0])}}}], or: [{{{written(parts[1])}}}]"
    return f"{word}: [{', '.join(f'{{{written(part)}}}' for part in parts)}]"


def meant(nest: Nest, every: frozenset[str], of: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What a nest finds, as sets: all of nothing is everything, and one of nothing is nothing."""
    if isinstance(nest, str):
        return of[nest]
    word, parts = nest
    found = [meant(part, every, of) for part in parts]
    if word == "not":
        return every - found[0]
    return reduce(frozenset.union, found, frozenset()) if word == "or" else reduce(frozenset.intersection, found, every)


# ── what is asked ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def ask(loaded: Store, runner: asyncio.Runner) -> Iterator[Ask]:
    """Asks the packaged claims on one day, with all the time that a slow machine needs."""
    store = Store(loaded.address, query_seconds=120)
    answers = Answers(store, lambda: DAY, "engine")

    def asked(text: str) -> dict[str, Any]:
        answer = runner.run(answers(Question(text)))
        assert "errors" not in answer, f"{json.dumps(answer['errors'])}\n{text}"
        data: dict[str, Any] = answer["data"]
        return data

    yield asked
    runner.run(store.__aexit__(None, None, None))


def found(ask: Ask, listing: Listing, filters: Sequence[str]) -> list[frozenset[str]]:
    """What each filter finds; the total is checked against the entries."""
    fields = []
    for number, one in enumerate(filters):
        arguments = f"first: 100, filter: {{{one}}}{'' if 'members' in listing.field else ', asOf: ' + json.dumps(str(DAY))}"
        inside = listing.field.count("{")
        opened = listing.field % (arguments + ")" if inside else arguments)
        fields.append(f"f{number}: {opened} {{ totalCount nodes {{ {listing.entry} }} }}{' }' * inside}")
    out, answers = [], ask(f"{{ {' '.join(fields)} }}")
    for number, one in enumerate(filters):
        answer = answers[f"f{number}"]
        connection = answer.get("found", answer)
        entries = [node[listing.entry] for node in connection["nodes"]]
        assert connection["totalCount"] == len(entries) == len(set(entries)), one
        out.append(frozenset(entries))
    return out


@pytest.mark.parametrize("name", LISTS)
def test_a_nest_of_conditions_finds_what_the_nest_of_sets_holds(ask: Ask, name: str) -> None:
    listing = LISTS[name]
    every, *single = found(ask, listing, ["", *listing.leaves])
    of = dict(zip(listing.leaves, single, strict=True))
    assert len(every) > 3

    @examples(5)
    @given(st.lists(nests(listing), min_size=AT_ONCE, max_size=AT_ONCE))
    def holds(several: list[Nest]) -> None:
        for nest, entries in zip(several, found(ask, listing, [written(nest) for nest in several]), strict=True):
            assert entries == meant(nest, every, of), written(nest)

    holds()


@pytest.mark.parametrize("name", LISTS)
def test_every_condition_is_its_double_negation_and_de_morgan_holds(ask: Ask, name: str) -> None:
    listing = LISTS[name]
    for one, other in zip(listing.leaves[::2], listing.leaves[1::2], strict=False):
        plain, twice, neither, nor, never, always = found(ask, listing, [
            one, f"not: {{not: {{{one}}}}}", f"not: {{or: [{{{one}}}, {{{other}}}]}}", f"and: [{{not: {{{one}}}}}, {{not: {{{other}}}}}]",
            f"and: [{{{one}}}, {{not: {{{one}}}}}]", f"or: [{{{one}}}, {{not: {{{one}}}}}]",
        ])  # fmt: skip
        assert plain == twice, one
        assert neither == nor, (one, other)
        assert (never, always) == (frozenset(), *found(ask, listing, [""])), one


# ── what is refused ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nest", ["not: {takesPart: false}", "or: [{takesPart: false}]", "and: [{not: {takesPart: true}}]"])
def test_takes_part_below_the_top_of_a_filter_is_refused(loaded: Store, runner: asyncio.Runner, nest: str) -> None:
    text = f'{{ collaboration(ref: "dyslexie") {{ members(filter: {{{nest}}}) {{ totalCount }} }} }}'
    (error,) = runner.run(Answers(loaded, lambda: DAY, "engine")(Question(text)))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_INPUT", "takesPart")


def test_takes_part_at_the_top_goes_with_any_nest(ask: Ask) -> None:
    listing = Listing('collaboration(ref: "dyslexie", asOf: "2023-06-01") { found: members(%s', "id", ())
    declined, some, others = found(ask, listing, [
        "takesPart: false", 'takesPart: false, not: {member: ["aalsmeer"]}', 'takesPart: false, member: ["aalsmeer"]',
    ])  # fmt: skip
    assert len(declined) == 2
    assert some | others == declined
    assert not some & others
