"""Blocks of a page: facts, tables and sentences whose every statement carries its notes. A table of a page is also a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.pages.address import Address
from api.pages.provenance.notes import Note, Notes
from api.pages.visit import Visit
from api.table import Table


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text, with the address that it leads to, the class of its look, and its language if that is not the page's.

    `status` is the status of coverage whose shape and colour it has.
    """

    text: str
    link: str | None = None
    mark: str = ""
    lang: str | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a page: pieces of text and the notes behind them."""

    parts: tuple[Part, ...] = ()
    notes: tuple[Note, ...] = ()
    between: str = ", "

    @property
    def text(self) -> str:
        return self.between.join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Block:
    """A section of a page under one heading. What a block has none of is left out; `folded` is the summary of what opens on demand.

    `after` are lines below the table, such as how complete it is; `more` is the address of its next page.
    """

    anchor: str
    title: str
    lead: tuple[Cell, ...] = ()
    facts: tuple[tuple[str, Cell], ...] = ()
    caption: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    items: tuple[Cell, ...] = ()
    folded: str = ""
    folded_items: tuple[Cell, ...] = ()
    after: tuple[Cell, ...] = ()
    more: Address | None = None

    def table(self, source: str) -> Table:
        """Returns the table of the block as a file has it, with the places in the sources in a last column."""
        rows = tuple((*(cell.text for cell in row), "; ".join(dict.fromkeys(places(row)))) for row in self.rows)
        return Table((*self.header, source), rows)


def places(row: Iterable[Cell]) -> list[str]:
    """Returns the sources of a row in words."""
    return [f"{note.title}, {note.place}" if note.place else note.title for cell in row for note in cell.notes]


@dataclass
class Desk:
    """The means to make a block: the visit, the notes of the page, and the claims of the thing by what they say."""

    visit: Visit
    notes: Notes
    basis: dict[tuple[str, str], list[Mapping[str, Any]]] = field(default_factory=dict)

    def t(self, key: str, /, **values: Any) -> str:
        return self.visit.words(f"thing.{key}", **values)

    def count(self, key: str, number: int, /, **values: Any) -> str:
        return self.visit.words.count(f"thing.{key}", number, **values)

    def learn(self, claims: Iterable[Mapping[str, Any]]) -> None:
        """Keeps claims, so that `said` finds them by their predicate and by the thing or text that they name."""
        for claim in claims:
            value = claim.get("value") or {}
            named = (value.get("entity") or {}).get("uri") or value.get("text") or ""
            for key in {"", named}:
                self.basis.setdefault((claim["predicate"], key), []).append(claim)

    def said(self, predicate: str, named: str = "") -> tuple[Note, ...]:
        """Returns the notes of the claims with a predicate, all or those that name a thing or a text."""
        return tuple(self.notes.of(self.basis.get((predicate, named), ())))

    def words(self, text: str | None, claims: Iterable[Mapping[str, Any]] = (), lang: str | None = None) -> Cell:
        """Returns a text with its notes; of no text, an empty cell."""
        own = self.visit.address.language.key
        spoken = lang.lower() if lang and lang.lower() != own else None
        return Cell((Part(text, lang=spoken),) if text else (), tuple(self.notes.of(claims)))

    def part(self, thing: Mapping[str, Any]) -> Part:
        return Part(thing["name"], self.visit.link_to(thing))

    def prose(self, answer: Mapping[str, Any], name: str, otherwise: str = "") -> Part:
        """Returns a text of an answer that was asked in the language of the page and in Dutch, or else another one."""
        text = answer[name] or otherwise
        return Part(text, lang=self.visit.words.foreign(text, answer[f"dutch{name.capitalize()}"]))

    def thing(self, thing: Mapping[str, Any], claims: Iterable[Mapping[str, Any]] = ()) -> Cell:
        return Cell((self.part(thing),), tuple(self.notes.of(claims)))

    def things(self, things: Sequence[Mapping[str, Any]], predicate: str = "") -> Cell:
        """Returns the names of things as links, with the notes of the claims that name each of them."""
        notes = {note.number: note for thing in things if predicate for note in self.said(predicate, thing["uri"])}
        return Cell(tuple(map(self.part, things)), tuple(notes[number] for number in sorted(notes)))

    def completeness(self, connection: Mapping[str, Any]) -> tuple[Cell, ...]:
        """Returns what is known of how complete a list is, in a sentence, and what a source leaves open."""
        parts = [Part(self.t(f"completeness.{connection['completeness']}"))]
        if connection["remark"]:
            parts.append(self.prose(connection, "remark"))
        return (Cell(tuple(parts), between=" "),)

    def next_page(self, connection: Mapping[str, Any], name: str) -> Address | None:
        """Returns the address of the next page of a list, whose place stands in the parameter `name`."""
        page = connection["pageInfo"]
        return self.visit.address.with_(**{name: page["endCursor"]}) if page["hasNextPage"] else None

    def since(self, period: Mapping[str, Any] | None) -> str:
        """Returns since when something holds. A bound that belongs to something else is never told as a beginning."""
        if period is None:
            return self.t("since.unknown")
        planned = self.t("since.planned") if period.get("isPlanned") else ""
        if period["startBasis"] == "STATED" and period["start"]:
            return f"{period['start']['label']}{planned}"
        if period["attested"]:
            return self.t("since.attested", day=period["attested"]["label"]) + planned
        return self.t("since.unknown") + planned

    def ends(self, period: Mapping[str, Any] | None) -> str:
        """Returns until when something holds, the last day included; empty if no source says so for it."""
        if period and period["end"] and period["endBasis"] == "STATED":
            return str(period["end"]["label"])
        return ""
