"""The meaning of a word: Dutch has sentences of its own for whole lists, other languages have the sentence of the list."""

from __future__ import annotations

from graph.domain.explanations import _SENTENCES, OTHERS, closed_list, explained
from graph.domain.words import COVERAGE_STATUSES


def test_a_list_that_is_explained_is_explained_whole() -> None:
    for of, sentences in _SENTENCES["NL"].items():
        listed = closed_list(of)
        assert sentences.keys() <= listed.keys()
        assert of == "PREDICATES" or sentences.keys() == listed.keys()


def test_english_has_the_sentence_of_the_list() -> None:
    assert explained("COVERAGE_STATUSES", "GAP", "EN") == COVERAGE_STATUSES["GAP"].about
    assert explained("COVERAGE_STATUSES", "GAP", "NL") == "Een bron zegt dat niemand deze zorg hier levert."
    assert {closed_list(of) is listed for of, listed in OTHERS.items()} == {True}
