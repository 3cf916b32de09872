"""What the benchmark asks can be asked: its questions follow the schema, the days are drawn alike, and another commit is found."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from unittest.mock import Mock

import orjson
import pytest
from graphql import parse, validate
from starlette.routing import Match

from api.answer import Answers
from api.documents.prepare import SCHEMA, prepare
from api.documents.saved import shipped
from api.http import site
from api.http.cache import answer_cache
from api.pages.site import Site
from graph.build.records import LAYOUT
from tests.bench.against import checkout, here, layout
from tests.bench.contenders import ROOT
from tests.bench.parts.embedded import DAYS, FIRST_DAY, LAST_DAY, requests
from tests.bench.parts.first import never_asked, saved_bodies, saved_texts
from tests.bench.parts.pages import PATHS
from tests.bench.workload import ALONE, NAMES, QUESTIONS, _pages
from tests.questions.counted import texts


@pytest.mark.parametrize("name", NAMES + ALONE)
def test_a_question_of_the_benchmark_follows_the_schema(name: str) -> None:
    text = _pages({}) if name == "Q5" else (QUESTIONS / f"{name}.graphql").read_text("utf-8")
    assert validate(SCHEMA, parse(text)) == []


def test_every_question_is_asked() -> None:
    assert {file.stem for file in QUESTIONS.glob("*.graphql")} == {*NAMES, *ALONE}


def test_every_saved_question_is_asked_on_random_days() -> None:
    asked = requests()
    assert asked == requests() != requests("another seed")
    assert set(asked) == {saved.name for saved in shipped().values()} == set(saved_bodies())
    days = [orjson.loads(body)["variables"].get("asOf") for bodies in asked.values() for body in bodies]
    drawn = {date.fromisoformat(day) for day in days if day}
    assert len(days) == DAYS * len(asked)
    assert FIRST_DAY <= min(drawn) <= max(drawn) <= LAST_DAY
    for body in Random(1).sample([body for bodies in asked.values() for body in bodies], 10):
        sent = orjson.loads(body)
        assert prepare(sent["query"], sent["operationName"], sent["variables"])[0].roots


def test_a_question_never_asked_has_a_text_that_none_before_it_has() -> None:
    known = saved_texts()
    for body, many in islice(never_asked(1), 10):
        sent = orjson.loads(body)
        new = set(texts(sent["query"], sent["variables"])) - known
        assert len(new) == many > 0
        known |= new


def test_every_page_of_the_benchmark_has_an_address_that_leads_there() -> None:
    routes = site.routes(Answers(Mock(), lambda: FIRST_DAY, "engine"), Site(), answer_cache(0))
    for path in PATHS:
        scope = {"type": "http", "method": "GET", "path": path.partition("?")[0], "root_path": ""}
        assert any(route.matches(scope)[0] is Match.FULL for route in routes), path


def test_another_commit_is_a_work_tree_that_goes_away(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    with checkout("HEAD") as other:
        assert (other.folder / "api" / "__main__.py").is_file()
        assert other.name.startswith("regiograaf-")
        assert other.layout == layout(other.folder)
    assert not other.folder.exists()
    with pytest.raises(SystemExit, match="git knows no commit"), checkout("no-such-commit"):
        pass


def test_a_checkout_has_the_layout_that_it_names(tmp_path: Path) -> None:
    assert here().layout == LAYOUT
    (tmp_path / "graph").mkdir()
    with pytest.raises(SystemExit, match="layout"):
        layout(tmp_path)
    (tmp_path / "graph" / "records.py").write_text("LAYOUT = 7  # of the graph\n", "utf-8")
    assert layout(tmp_path) == 7
