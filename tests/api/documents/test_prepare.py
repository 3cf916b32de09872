"""Documents that were prepared and kept for the next time, and are let go when others need the place."""

from __future__ import annotations

import gc
import re
from random import Random

import orjson
import pytest

from api.documents.prepare import DOCUMENTS, OPERATIONS, SCHEMA, Refused, prepare, variables_of
from api.documents.saved import Saved, shipped
from api.documents.selection import PLANS
from graph.build.records import Records
from tests.graph.selections import Names, Selections


@pytest.mark.parametrize("seed", range(5))
def test_what_the_caches_let_go_is_freed_at_once_without_a_search_for_cycles(claims: Records, seed: int) -> None:
    """Old objects are searched for cycles so seldom that a service grew by 13 MiB a minute, under documents that nobody asked before."""
    selections = Selections(SCHEMA, Names.of(claims.dataset, []), Random(seed))
    caches = (DOCUMENTS, OPERATIONS, PLANS)
    for cache in caches:
        cache.clear()
    for _ in range(20):
        text, variables = selections.document(3, 4)
        try:
            prepare(text, None, variables)
        except Refused:
            continue
    gc.collect()
    assert len(OPERATIONS) > 5
    gc.disable()
    try:
        for cache in caches:
            cache.clear()
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("question", shipped().values(), ids=lambda one: one.name)
def test_the_variables_of_a_saved_question_are_those_that_it_uses_and_its_example_sends(question: Saved) -> None:
    declared = variables_of(question.document)
    assert {*re.findall(r"[$](\w+)", question.document)} == declared
    assert declared >= orjson.loads(question.variables).keys()


def test_variables_after_a_default_that_is_an_object_are_declared_too() -> None:
    assert {"during", "first", "lang"} <= variables_of(next(one for one in shipped().values() if one.name == "TimelineOfAThing").document)
    with pytest.raises(Refused):
        variables_of("query {")
