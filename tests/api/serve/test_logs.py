"""Log lines: one a record, as text or as JSON, whatever is in it."""

from __future__ import annotations

import logging
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.serve.logs import JsonLines, TextLines, configure_logs


def record(message: str, fields: dict[str, Any] | None = None, *, error: Exception | None = None) -> logging.LogRecord:
    made = logging.LogRecord("regiograaf", logging.INFO, "here.py", 1, "%s", (message,), (type(error), error, None) if error else None)
    made.created = 1_795_000_000.5
    if fields is not None:
        made.fields = fields
    return made


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (None, "2026-11-18T11:06:40.500+00:00 INFO said"),
        ({"id": "r-1", "price": 201, "code": None}, "2026-11-18T11:06:40.500+00:00 INFO said id=r-1 price=201"),
        ({"path": "/a b", "name": 'x"y'}, '2026-11-18T11:06:40.500+00:00 INFO said path="/a b" name="x\\"y"'),
    ],
)
def test_a_line_of_text_has_the_time_and_the_fields(fields: dict[str, Any] | None, line: str) -> None:
    assert TextLines().format(record("said", fields)) == line


def test_a_line_of_json_has_the_time_and_the_fields() -> None:
    assert orjson.loads(JsonLines().format(record("said", {"id": "r-1", "price": 201, "code": None}))) == {
        "time": "2026-11-18T11:06:40.500+00:00", "level": "INFO", "message": "said", "id": "r-1", "price": 201,
    }  # fmt: skip


@given(st.text(), st.text())
def test_no_text_makes_a_line_of_its_own(message: str, value: str) -> None:
    for form in (TextLines(), JsonLines()):
        line = form.format(record(message, {"value": value}))
        assert len(line.splitlines()) == 1
        line.encode()


@given(st.text())
def test_json_gives_back_what_was_logged(value: str) -> None:
    line = orjson.loads(JsonLines().format(record("said", {"value": value})))
    assert line["value"] == value


def test_a_traceback_looks_like_no_line_of_its_own() -> None:
    forged = ValueError("wrong\n2026-11-18 INFO all is well\r\x1b[2J")
    first, *others = TextLines().format(record("failed", error=forged)).splitlines()
    assert first.endswith("INFO failed")
    assert others
    assert all(line.startswith(" ") for line in others)
    assert "all is well" in orjson.loads(JsonLines().format(record("failed", error=forged)))["traceback"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_lines_go_to_standard_error(form: Any, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers = []
    try:
        configure_logs("INFO", form)
        logging.getLogger("regiograaf").info("said %s", "so")
    finally:
        root.handlers, root.level = before, level
    output, errors = capsys.readouterr()
    assert (output, errors.count("\n")) == ("", 1)
    assert "said so" in errors
