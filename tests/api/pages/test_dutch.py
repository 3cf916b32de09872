"""No word on a Dutch page is English or unknown: what is ours is in the list of Dutch words, all else comes from the data.

The pages are those of `addresses`, which has all in PAGES; a page that is added is read with the others.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

import pytest

from graph.domain.claim import Text
from graph.domain.languages import DEFAULT
from seeds.check import dataset
from seeds.imports.boundaries import ATTRIBUTION
from tests.api.pages.conftest import Read, addresses
from tests.house.dutch import LIST, WORD, english

DUTCH = [str(one.values[0]) for one in addresses() if not str(one.values[0]).startswith("/en")]
DAYS = ("", "asOf=2022-01-01", "asOf=2023-06-01")
MORE = [  # what an address shows besides
    "/bronnen?source=source/regiovisie-zawa", "/bronnen?source=source/cbs-gebieden", "/bronnen?source=source/regiovisie-zawa&text=zzz",
    "/tegenspraken?status=EXPLAINED", "/tegenspraken?kind=COUNT", "/tegenspraken?about=JZ09", "/tegenspraken?status=x",
    "/tegenspraken?about=beschouwing", "/bronnen?asOf=31-2-2022", "/nergens", "/bronnen?dataVersion=0000000000000000",
]  # fmt: skip
ELSEWHERE = re.compile(r"<(script|style|code)\b.*?</\1>|<(\w+)[^>]*\blang=\"(?!nl)[^>]*>.*?</\2>", re.DOTALL)
READ_ALOUD = re.compile(r"\b(?:aria-label|alt|placeholder|title)=\"([^\"]*)\"")
NOT_WORDS = re.compile(r"CC BY|urn:\S*|\S*(?:[/=@_]|\d)\S*")  # a licence, addresses, codes, numbers
ISSUED = {"api", "code", "csv", "excel", "regiograaf", "xlsx"}  # names of forms and of ourselves
MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]


def words_of(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(NOT_WORDS.sub(" ", text)) if len(word) > 1}


@cache
def of_the_data() -> frozenset[str]:
    """Returns the words of what sources say, in Dutch, and of all names and titles."""
    return frozenset(word for text in _texts() for word in words_of(text))


def _texts() -> Iterator[str]:
    """Yields the texts of the claims in the default language, and what has no language."""
    data = dataset()
    yield ATTRIBUTION
    for claim in data.claims.values():
        for text in (claim.value, claim.summary, claim.rank_reason, *claim.qualifiers.values()):
            yield text[DEFAULT] if isinstance(text, Text) else text if isinstance(text, str) else ""
        yield from filter(None, (claim.locator.section, claim.locator.footnote))
    for source in data.sources.values():
        yield from filter(None, (source.title, source.publisher, source.licence, source.written_reason and source.written_reason[DEFAULT]))
        yield from (text for each in source.left_out for text in (each.section, each.text[DEFAULT]))
    yield from (conflict.explanation[DEFAULT] for conflict in data.conflicts.values())
    yield from (text[DEFAULT] for each in data.datasets.values() for text in (each.title, each.scope))


def read_by_people(text: str) -> str:
    """Returns what of a page is seen or read aloud in its own language."""
    own = ELSEWHERE.sub(" ", text)
    return html.unescape(" ".join((re.sub(r"<[^>]*>", " ", own), *READ_ALOUD.findall(own))))


@pytest.mark.parametrize("path", [*DUTCH, *MORE])
@pytest.mark.parametrize("day", DAYS)
def test_every_word_of_a_dutch_page_is_dutch(read: Read, path: str, day: str) -> None:
    if day and "?" in path:
        return
    text = read(f"{path}?{day}" if day else path, **{"accept-language": "nl"}).text
    found = words_of(read_by_people(text))
    known = {*LIST.read_text("utf-8").split(), *MONTHS, *ISSUED}
    assert sorted(found & english() - of_the_data()) == []
    assert sorted(found - known - of_the_data()) == []


def test_an_english_word_and_an_unknown_one_would_be_seen() -> None:
    page = '<p aria-label="the label">Wat municipality doet</p><code>UNKNOWN</code><a lang="en" href="/en">English</a><p lang="nl">zorg</p>'
    assert words_of(read_by_people(page)) == {"the", "label", "wat", "municipality", "doet", "zorg"}
    assert words_of(read_by_people(page)) & english() == {"the", "municipality"}
    assert "beemster" in of_the_data()
