"""What a source says in words: each kind of value, a period, a place; never a code of the schema."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api.answer import Answers
from api.pages.address import Address
from api.pages.provenance.claims import in_one_line, said_by
from api.pages.visit import Visit
from graph.domain.languages import LANGUAGES

NOBODY = cast("Answers", SimpleNamespace())


def claim(predicate: str, value: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": "claim/A-1", "predicate": predicate, "predicateLabel": f"<{predicate}>", "summary": None, "dutchSummary": None,
        "value": value, "figure": None, "validity": None, "locator": None, "subject": {"uri": "urn:regiograaf:region:a", "name": "A"},
        "source": {"id": "source/s", "title": "S"}, **more,
    }  # fmt: skip


def text(value: str) -> dict[str, Any]:
    return {"__typename": "TextValue", "text": value, "lang": "NL"}


def bound(label: str) -> dict[str, str]:
    return {"label": label}


VISIT = Visit(NOBODY, Address("sources", LANGUAGES[0], {}, {}), date(2026, 11, 21))
ENTITY = {"__typename": "EntityValue", "entity": {"uri": "urn:regiograaf:provider:b", "name": "B"}}
NUMBER = {"__typename": "NumberValue", "number": 4500000.0, "unit": "EUR"}


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (claim("practice", text("Zo gaat het.")), "Zo gaat het."),
        (claim("name", text("WSG")), "<name>: WSG"),
        (claim("runs", text("ja")), "<runs>"),
        (claim("isCertifiedInstitution", text("ja")), "<isCertifiedInstitution>: ja"),
        (claim("kind", text("JOINT_PROCUREMENT")), "<kind>: gezamenlijke inkoop"),
        (claim("scale", text("LANDSDEEL")), "<scale>: landsdeel"),
        (claim("identifier", text("CBS_GM:GM0479")), "<identifier>: gemeentecode GM0479"),
        (claim("identifier", text("zonder register")), "<identifier>: zonder register"),
        (claim("supplier", ENTITY), "<supplier>: B"),
        (claim("date", {"__typename": "DateValue", "date": bound("2022")}), "<date>: 2022"),
        (claim("option", {"__typename": "NumberValue", "number": 2.0, "unit": None}), "<option>: 2"),
        (claim("figure", NUMBER, figure={"label": "uitgaven", "unit": "EUR", "approximate": True}), "uitgaven: ongeveer 4.500.000 euro"),
        (claim("figure", NUMBER, figure={"label": "jongeren", "unit": "COUNT", "approximate": False}), "4.500.000 jongeren"),
    ],
)
def test_each_kind_of_value_is_told_in_words(said: dict[str, Any], line: str) -> None:
    assert in_one_line(said_by(VISIT, said)) == line


@pytest.mark.parametrize(
    ("start", "end", "planned", "told"),
    [
        (None, None, False, ""),
        ("2022", None, False, "Vanaf 2022"),
        (None, "2023", False, "Tot en met 2023"),
        ("2022", "2023", False, "Vanaf 2022 tot en met 2023"),
        ("2022", "2022", False, "Op 2022"),
        ("2024", None, True, "Aangekondigd, niet bevestigd. Vanaf 2024"),
        (None, None, True, "Aangekondigd, niet bevestigd."),
    ],
)
def test_a_period_is_told_as_far_as_the_source_gives_it(start: str | None, end: str | None, planned: bool, told: str) -> None:
    validity = {"start": start and bound(start), "end": end and bound(end), "isPlanned": planned}
    assert said_by(VISIT, claim("exists", text("ja"), validity=validity)).when == told


def test_the_place_in_the_source_and_the_thing_are_links() -> None:
    locator = {"section": "3.4", "page": 7, "paragraph": None, "footnote": "2", "deepLink": "https://example.nl/a"}
    said = said_by(VISIT, claim("supplier", ENTITY, locator=locator))
    assert (str(said.place), said.deep_link) == ("3.4, blz. 7, noot 2", "https://example.nl/a")
    assert (said.subject_link, said.text_link) == ("/id/region/a", "/id/provider/b")
    assert said.source_link == "/bronnen?source=source%2Fs&about=region%2Fa#claim-A-1"
