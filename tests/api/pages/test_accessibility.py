"""Toegankelijkheid: the statement says what was tested and what was not, claims no status, and names nobody."""

from __future__ import annotations

import html
import re

import pytest

from api.pages.accessibility import LIMITS, NOT_TESTED, TESTED
from api.pages.words import own_texts
from graph.domain.languages import LANGUAGES
from tests.api.pages.conftest import Read


@pytest.mark.parametrize("path", ["/toegankelijkheid", "/en/accessibility"])
def test_the_statement_has_its_parts_in_order(read: Read, path: str) -> None:
    text = html.unescape(read(path).text)
    assert len(re.findall(r"<h2>", text)) == 6
    assert len(re.findall(r"<tr><th scope=\"row\">", text)) == len(LIMITS)
    assert not re.search(r"mailto:|\S+@\S+\.\w+|\btel[.:]", text)


def test_no_status_is_claimed(read: Read) -> None:
    text = read("/toegankelijkheid").text
    assert "geen nalevingsstatus en geen label" in text
    assert not re.search(r"voldoet (volledig|gedeeltelijk)|status [A-E]\b", text)


def test_every_point_of_the_texts_is_shown() -> None:
    keys = own_texts(LANGUAGES[0])
    for part, shown in (("tested", TESTED), ("not_tested", NOT_TESTED)):
        assert {key.split(".")[2] for key in keys if key.startswith(f"accessibility.{part}.")} == set(shown)
    assert {key.split(".")[2] for key in keys if key.startswith("accessibility.limit.")} == set(LIMITS)
