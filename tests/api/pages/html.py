"""Reads the HTML of a page: the rows of the tables and the sentences of the lists, by the section that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Section:
    """A part of a page with an id: the rows of its table, the entries of its lists and its facts, as text without notes."""

    rows: list[list[str]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sections: dict[str, Section] = {"": Section()}
        self.open = [""]
        self.kept: list[str] = []
        self.term = ""
        self.silent = 0
        self.shown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            values = dict(attrs)
            self.open.append(values.get("id") or (values.get("aria-labelledby") or "").removesuffix("-title"))
            self.sections.setdefault(self.open[-1], Section())
        elif tag in ("sup", "script", "style", "option"):
            self.silent += 1
        elif tag == "tr":
            self.section.rows.append([])
        elif tag in ("td", "th", "li", "dt", "dd"):
            self.kept = []

    def handle_endtag(self, tag: str) -> None:
        text = re.sub(r"\s+", " ", "".join(self.kept)).strip()
        if tag == "section":
            self.open.pop()
        elif tag in ("sup", "script", "style", "option"):
            self.silent -= 1
        elif tag in ("td", "th"):
            self.section.rows[-1].append(text)
        elif tag == "li":
            self.section.items.append(text)
        elif tag == "dt":
            self.term = text
        elif tag == "dd":
            self.section.facts[self.term] = text

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.kept.append(data)
            self.section.text += data
            self.shown.append(data)

    @property
    def section(self) -> Section:
        return self.sections[self.open[-1]]


def sections(page: str) -> dict[str, Section]:
    """Returns the sections of a page by their id."""
    reader = _Reader()
    reader.feed(page)
    return reader.sections


def shown(page: str) -> str:
    """Returns the text of a page."""
    reader = _Reader()
    reader.feed(page)
    return re.sub(r"\s+", " ", "".join(reader.shown))


def links(page: str) -> list[str]:
    """Returns the addresses that a page leads to."""
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', page)]
