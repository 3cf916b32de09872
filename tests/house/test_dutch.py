"""The Dutch that people read has no word that nobody has looked at."""

from __future__ import annotations

from tests.house.dutch import LIST, english, words


def test_every_dutch_word_is_in_the_list_and_every_word_of_the_list_is_used() -> None:
    listed = LIST.read_text("utf-8").split()
    assert (sorted(set(words()) - set(listed)), sorted(set(listed) - set(words()))) == ([], []), (
        "read each new word aloud, then `python -m tests.house.dutch`"
    )


def test_no_english_word_stands_in_a_dutch_text() -> None:
    assert sorted(set(words()) & english()) == []
    assert {"the", "and", "municipality", "unknown"} <= english()
