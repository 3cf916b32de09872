"""Footnotes: each statement of a page points to the place in the source that says so. Equal places share a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.pages.visit import Visit
from api.pages.words import Words


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source: its section, in the words of the source, and the rest of it in those of the page."""

    section: str
    rest: str

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.section, self.rest)))

    def __bool__(self) -> bool:
        return bool(self.section or self.rest)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number, the source, the place in it, the address of the source's page, and of the place itself where it has one."""

    number: int
    title: str
    place: Place
    link: str
    deep_link: str | None


@dataclass
class Notes:
    """Numbers the footnotes of a page in the order in which they are first used."""

    visit: Visit
    notes: dict[tuple[str, Place], Note] = field(default_factory=dict)

    def of(self, claims: Iterable[Mapping[str, Any]]) -> list[Note]:
        """Returns the notes of claims, each with `source { id title }` and `locator { section page paragraph footnote deepLink }`."""
        found: dict[int, Note] = {}
        for claim in claims:
            note = self._note(claim)
            found[note.number] = note
        return [found[number] for number in sorted(found)]

    def all(self) -> list[Note]:
        return list(self.notes.values())

    def _note(self, claim: Mapping[str, Any]) -> Note:
        source, locator = claim["source"], claim["locator"] or {}
        place, id_ = place_in(self.visit.words, locator), source["id"].partition("@")[0]  # a source is the same one on every day
        known = self.notes.get((id_, place))
        if known is None:
            link = f"{self.visit.link('sources')}#{anchor(id_)}"
            known = Note(len(self.notes) + 1, source["title"], place, link, locator.get("deepLink"))
            self.notes[id_, place] = known
        return known


def place_in(words: Words, locator: Mapping[str, Any]) -> Place:
    """Returns the place in a source in words: its section, page, paragraph and footnote."""
    named = ("page", "paragraph", "footnote")
    rest = ", ".join(words(f"notes.{name}", n=locator[name]) for name in named if locator.get(name))
    return Place(str(locator.get("section") or ""), rest)


def anchor(id_: str) -> str:
    """Returns the name of a place on a page for an id."""
    return id_.replace("/", "-").replace(":", "-").replace("@", "-")
