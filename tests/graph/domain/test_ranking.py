"""The ranking: what is typed and what there is, in any mixture; nothing that answers is lost by looking for pieces only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.ranking import ALIKE, KINDS, LONGEST, UNSPELLED, Called, rank, score, sought
from graph.domain.reference import normal, spelled
from graph.errors import BadInput
from tests.graph.worlds import examples

LETTERS = "aeérnstz07 -'"
texts = st.text(LETTERS, min_size=1, max_size=18).filter(lambda text: bool(spelled(text)))
names = st.sampled_from(["Zaanstad", "Zaanstreek-Waterland", "ZaWa", "RET", "ROT", "’s Heerenloo", "GM0479", "Súdwest-Fryslân", "B"])
kinds = st.sampled_from(KINDS)


def called(text: str, kind: str = "NAME", entity: str = "municipality/x") -> Called:
    return Called(entity, text, normal(text), "" if kind in UNSPELLED else spelled(text), kind)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and the same text as it is typed with a few slips, its words in another order, or only its beginning."""
    text = draw(texts | names)
    typed = list(text)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(typed)))
        typed[at : at + draw(st.integers(0, 2))] = draw(st.text(LETTERS, max_size=2))
    words = "".join(typed[: draw(st.integers(1, 18))]).split(" ")
    return text, " ".join(draw(st.permutations(words)))


def typed_ones(typed: str) -> bool:
    return bool(spelled(typed))


@examples(1500)
@given(slips().filter(lambda pair: typed_ones(pair[1])), kinds)
def test_a_text_that_answers_has_the_key_or_one_of_the_seeds(pair: tuple[str, str], kind: str) -> None:
    text, typed = pair
    asked, candidate = sought(typed), called(text, kind)
    if score(asked, candidate) is not None:
        assert candidate.key in asked.keys or any(seed in candidate.spelled for seed in asked.seeds)


@examples(1500)
@given(slips().filter(lambda pair: typed_ones(pair[1])))
def test_a_text_with_half_of_the_grams_has_one_of_the_hints(pair: tuple[str, str]) -> None:
    text, typed = pair
    asked, form = sought(typed), spelled(text)
    if 2 * sum(gram in form for gram in asked.grams) >= len(asked.grams):
        assert any(hint in form for hint in asked.hints)


@examples(500)
@given(slips().filter(lambda pair: typed_ones(pair[1])), kinds)
def test_a_score_lies_where_its_way_of_answering_says(pair: tuple[str, str], kind: str) -> None:
    text, typed = pair
    asked, candidate = sought(typed), called(text, kind)
    found = score(asked, candidate)
    if candidate.key in asked.keys or asked.spelled == candidate.spelled:
        assert found is not None
        assert 970 <= found <= 1000
    elif candidate.spelled.startswith(asked.spelled):
        assert found is not None
        assert 770 <= found <= 900
    elif candidate.spelled and all(word in candidate.spelled for word in asked.words):
        assert found is not None
        assert 570 <= found <= 700
    else:
        assert found is None or 1 <= found <= ALIKE


@examples(300)
@given(texts, st.lists(st.tuples(st.integers(0, 5), texts | names, kinds), max_size=20))
def test_the_ranking_is_what_a_reading_of_the_whole_list_gives(typed: str, said: list[tuple[int, str, str]]) -> None:
    asked = sought(typed)
    all_of_them = [called(text, kind, f"municipality/{number}") for number, text, kind in said]
    scores: dict[str, int] = {}
    for one in all_of_them:
        found = score(asked, one)
        if found is not None and found > scores.get(one.entity, 0):
            scores[one.entity] = found
    better = {entity: value for entity, value in scores.items() if value > ALIKE}
    expected = sorted((better or scores).items(), key=lambda pair: (-pair[1], pair[0]))
    hits = rank(asked, all_of_them)
    assert [(hit.entity, hit.score) for hit in hits] == expected
    assert rank(asked, reversed(all_of_them)) == hits
    for hit in hits:
        assert any(
            c.entity == hit.entity and c.text == hit.text and c.kind == hit.kind and score(asked, c) == hit.score for c in all_of_them
        )


@examples(300)
@given(texts)
def test_every_beginning_of_a_text_finds_it(text: str) -> None:
    for end in range(1, len(text) + 1):
        if spelled(text[:end]) and spelled(text).startswith(spelled(text[:end])):
            assert (score(sought(text[:end]), called(text)) or 0) >= 800


@pytest.mark.parametrize(("typed", "text"), [
    ("zanstad", "Zaanstad"), ("purmerent", "Purmerend"), ("dislexie", "dyslexie"), ("Heerenlo", "’s Heerenloo"),
    ("Waterlandt", "Waterland"), ("jeugdbescherming amstredam", "Jeugdbescherming Regio Amsterdam"),
    ("waterland zaans", "Zaanstreek-Waterland"),
    ("SUDWEST fryslan", "Súdwest-Fryslân"), ("gm04", "GM0479"), ("gemeente zaan", "Zaanstad"),
])  # fmt: skip
def test_a_slip_or_a_part_still_answers(typed: str, text: str) -> None:
    assert score(sought(typed), called(text)) is not None


@pytest.mark.parametrize(("typed", "text"), [
    ("ret", "ROT"), ("rot", "RET"), ("GM0478", "GM0479"), ("Amsterdam", "Amstelveen"), ("segment B 2022", "Segment B 2021"),
    ("AA", "ZaWa"), ("Oostzaan", "Zaandam"),
])  # fmt: skip
def test_one_thing_is_not_taken_for_another(typed: str, text: str) -> None:
    assert score(sought(typed), called(text)) is None


@pytest.mark.parametrize("typed", ["", "   ", "--", "’", "北京", "x" * (LONGEST + 1)])
def test_what_cannot_be_searched_for_is_refused_with_the_argument(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        sought(typed)
    assert refused.value.details["argument"] == "query"
