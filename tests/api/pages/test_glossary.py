"""Begrippen: every word of a list is explained in every language, and has the value that the schema gives it."""

from __future__ import annotations

import html
import re

import pytest
from graphql import GraphQLEnumType

from api.documents.prepare import SCHEMA
from api.pages.glossary import GENERAL, OF_CONTRACTS, PARTS
from graph.domain.conflict import RULES
from graph.domain.explanations import closed_list, explained
from graph.domain.languages import LANGUAGES, Language
from tests.api.pages.conftest import Read

LISTS = [pair for lists in PARTS.values() for pair in lists]
MOST_WORDS = 25


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def rows(text: str) -> dict[str, tuple[str, str]]:
    """Returns the word and its meaning by the value for programs; the same value may stand in several lists."""
    found = re.findall(r'<tr( id="[^"]+")?><th scope="row">(.*?)</th><td>(.*?)</td><td><code lang="en">(.*?)</code>', text)
    return {id_[5:-1] or value: (plain(word), plain(meaning)) for id_, word, meaning, value in found}


@pytest.mark.parametrize(("enum", "of"), LISTS, ids=[of for _, of in LISTS])
def test_a_list_of_the_page_is_that_of_the_schema(enum: str, of: str) -> None:
    if "." in enum:
        assert closed_list(of) is RULES
        return
    type_ = SCHEMA.get_type(enum)
    assert isinstance(type_, GraphQLEnumType)
    assert list(type_.values) == list(closed_list(of))


@pytest.mark.parametrize(("path", "code"), [("/begrippen", "NL"), ("/en/glossary", "EN")])
def test_the_page_has_every_word_with_its_meaning_and_its_value(read: Read, path: str, code: str) -> None:
    shown = rows(read(path).text)
    expected = {
        f"{enum.replace('.', '-')}-{key}": (closed_list(of).name(key, code), " ".join(explained(of, key, code).split()))
        for enum, of in LISTS
        for key in (OF_CONTRACTS if of == "PREDICATES" else closed_list(of))
    }
    assert {key: value for key, value in shown.items() if key not in GENERAL.values()} == expected
    assert set(GENERAL.values()) <= shown.keys()


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one.ours], ids=lambda one: one.code)
def test_every_meaning_is_a_short_sentence_in_its_language(language: Language) -> None:
    code = language.code
    for _, of in LISTS:
        for key in OF_CONTRACTS if of == "PREDICATES" else closed_list(of):
            meaning = explained(of, key, code)
            assert meaning.endswith(".")
            if code == "NL":
                assert all(len(sentence.split()) <= MOST_WORDS for sentence in re.split(r"(?<=[.?!:;])\s+", meaning)), meaning
                assert meaning != closed_list(of)[key].about
