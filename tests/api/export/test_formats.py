"""The table of formats, and the export that a store makes."""

from __future__ import annotations

import asyncio

import pytest

from api.answer import Answers
from api.cli import options
from api.export.formats import FORMATS, SINGLE, export_of, format_of, unchanged
from graph.build.records import Records
from graph.engines.bolt import Store
from graph.errors import Changing, WrongSetting
from tests.api.conftest import TODAY


def test_each_format_has_a_name_a_file_and_a_title_of_its_own() -> None:
    assert [*FORMATS] == [*(each.name for each in SINGLE), "all", "dcat"]
    for part in ("file_name", "title"):
        assert len({getattr(each, part) for each in FORMATS.values()}) == len(FORMATS)
    help_ = options.FORMAT.__metadata__[0].help  # type: ignore[attr-defined]
    assert [name for name in FORMATS if name not in help_] == []


def test_a_format_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(WrongSetting, match='There is no format "pdf"') as refused:
        format_of("pdf")
    assert refused.value.remedy == f"Use one of: {', '.join(FORMATS)}."


def test_an_export_is_what_the_store_holds(loaded: Store, claims: Records, runner: asyncio.Runner) -> None:
    export = runner.run(export_of(Answers(loaded, lambda: TODAY, "engine"), TODAY, "https://example.nl/"))
    assert (export.data_version, export.dataset.claims.keys()) == (claims.version, claims.dataset.claims.keys())
    assert export.uri("municipality/zaanstad") == "https://example.nl/id/municipality/zaanstad"


def test_an_export_of_a_version_that_is_gone_is_not_given(loaded: Store, runner: asyncio.Runner) -> None:
    export = runner.run(export_of(Answers(loaded, lambda: TODAY, "engine"), TODAY))
    object.__setattr__(export, "data_version", "0" * 16)
    with pytest.raises(Changing):
        runner.run(unchanged(export))
