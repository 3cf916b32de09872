"""The words of the pages: every language of ours has all of them, with the same values in them, and no sentence is long."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from api.pages.words import Words, language_of, own_texts
from graph.domain.languages import LANGUAGES

OURS = [language for language in LANGUAGES if language.ours]
TEXTS = {language.key: own_texts(language) for language in OURS}
MOST_WORDS = 25  # of a sentence


@pytest.mark.parametrize("key", TEXTS)
def test_every_language_has_the_same_texts_with_the_same_values(key: str) -> None:
    first = TEXTS[LANGUAGES[0].key]
    assert TEXTS[key].keys() == first.keys()
    for name, text in TEXTS[key].items():
        assert values(text) == values(first[name]), name


def values(text: str) -> set[str]:
    return {value for _, value, _, _ in Formatter().parse(text) if value}


@pytest.mark.parametrize("key", TEXTS)
def test_no_sentence_has_more_than_twenty_five_words(key: str) -> None:
    for name, text in TEXTS[key].items():
        for sentence in re.split(r"(?<=[.?!])\s+", text):
            assert len(sentence.split()) <= MOST_WORDS, f"{name}: {sentence}"


def test_days_and_numbers_are_written_as_the_language_writes_them() -> None:
    dutch, english = (Words(language) for language in LANGUAGES)
    assert (dutch.day("2022-01-01"), english.day("2022-01-01")) == ("1 januari 2022", "1 January 2022")
    assert (dutch.number(11805), english.number(11805)) == ("11.805", "11,805")
    assert dutch.count("layout.sources", 1) != dutch.count("layout.sources", 2)


@pytest.mark.parametrize(
    ("header", "key"), [("", "nl"), ("en-GB,en;q=0.9", "en"), ("fr, en;q=0.3", "en"), ("nl,en", "nl"), ("de", "nl"), (";;,", "nl")]
)
def test_the_language_of_a_reader_is_the_first_that_we_have(header: str, key: str) -> None:
    assert language_of(header).key == key
