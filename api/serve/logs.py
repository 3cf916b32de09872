"""How log lines look: as text, or as one JSON object a line. No line can be forged: what ends a line is written as an escape."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any, Literal

Format = Literal["text", "json"]


def configure_logs(level: str, format_: Format) -> None:
    """Writes all log lines of this process to its standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if format_ == "json" else TextLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return getattr(record, "fields", {})


class TextLines(logging.Formatter):
    """Time, level, message, and fields as name=value. A traceback follows on lines of its own, which begin with a space."""

    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={_word(value)}" for name, value in _fields(record).items() if value is not None)
        line = _one_line(f"{_moment(record)} {record.levelname} {record.getMessage()}{fields}")
        if not record.exc_info:
            return line
        return "\n ".join((line, *map(_one_line, self.formatException(record.exc_info).splitlines())))


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"time": _moment(record), "level": record.levelname, "message": record.getMessage(), **_fields(record)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps({name: value for name, value in line.items() if value is not None})  # in ASCII, so no sign ends a line


def _word(value: object) -> str:
    """Returns a value so that it is one word: in quotes if it has a space."""
    text = str(value)
    return text if text and not any(sign.isspace() or sign in '"=' for sign in text) else '"' + text.replace('"', '\\"') + '"'


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
