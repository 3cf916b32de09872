"""Tegenspraken: what each source says, side by side, which statement counts and why, or that nothing decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.provenance.claims import in_one_line, said_by
from api.pages.provenance.notes import anchor
from api.pages.visit import View, Visit
from api.table import Table
from graph.domain.words import CONFLICT_KINDS, CONFLICT_STATUSES

COLUMNS = ("key", "status", "kind", "about", "explanation", "subject", "said", "when", "source", "place", "counts", "rule")


async def view(visit: Visit) -> View:
    """Shows the contradictions, by status and kind, all or those about one thing."""
    words = visit.words
    filters = {"status": list(visit.many("status")) or None, "kind": list(visit.many("kind")) or None}
    about, more = None, None
    if reference := visit.one("about"):
        found = (await visit.ask("ContradictionsAbout", about=reference, **filters))["entity"]
        about, nodes, counts = found, found["conflicts"], None
        total = len(nodes)
    else:
        found = await visit.ask("Contradictions", after=visit.one("after") or None, first=visit.first, **filters)
        nodes, total, counts = found["conflicts"]["nodes"], found["conflicts"]["totalCount"], _counts(visit, found)
        if found["conflicts"]["pageInfo"]["hasNextPage"]:
            more = visit.address.with_(after=found["conflicts"]["pageInfo"]["endCursor"])
    cards = [_card(visit, node) for node in nodes]
    title = words("contradictions.title_about", name=about["name"]) if about else words("contradictions.title")
    values = {
        "cards": cards, "total": total, "counts": counts, "about": about, "more": more, "begin": visit.address.with_(after=None),
        "statuses": _choices(visit, "status", CONFLICT_STATUSES), "kinds": _choices(visit, "kind", CONFLICT_KINDS),
    }  # fmt: skip
    return View(title, values, [(words("contradictions.file"), _table(visit, cards))], more=more, has_day=False)


def _counts(visit: Visit, found: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    """Returns how many contradictions there are in each state, each with the address that shows only those."""
    every, opened, explained = (found[name]["totalCount"] for name in ("all", "open", "explained"))
    numbers = {"OPEN": opened, "EXPLAINED": explained, "RESOLVED": every - opened - explained}
    language = visit.address.language.code
    return [
        (CONFLICT_STATUSES.name(status, language), number, visit.link("contradictions", status=status))
        for status, number in numbers.items()
    ]


def _choices(visit: Visit, name: str, words: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    """Returns the words that a reader may choose from: value, name, and if it is chosen."""
    return [(key, word.names[visit.address.language.code], key in visit.many(name)) for key, word in words.items()]


def _card(visit: Visit, conflict: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns a contradiction with what its sources say in words; what counts stands first."""
    words, chosen = visit.words, (conflict["chosen"] or {}).get("id")
    said = sorted(((said_by(visit, claim), claim["id"] == chosen) for claim in conflict["claims"]), key=lambda pair: not pair[1])
    outcome = words("contradictions.chosen", rule=conflict["ruleLabel"]) if chosen else words("contradictions.undecided")
    language = words.foreign(conflict["explanation"], conflict["dutchExplanation"])
    return {
        **conflict, "language": language, "anchor": anchor(conflict["key"]), "link": visit.link_to(conflict["subject"]),
        "said": said, "outcome": outcome,
        "state": words(f"contradictions.state.{conflict['status']}"),
    }  # fmt: skip


def _table(visit: Visit, cards: list[Mapping[str, Any]]) -> Table:
    words = visit.words
    header = tuple(words(f"contradictions.column.{column}") for column in COLUMNS)
    rows = tuple(
        (
            card["key"], card["statusLabel"], card["kindLabel"], card["subject"]["name"], card["explanation"], one.subject,
            in_one_line(one), one.when, one.source, str(one.place), words("contradictions.yes") if counts else "",
            card["ruleLabel"],
        )
        for card in cards for one, counts in card["said"]
    )  # fmt: skip
    return Table(header, rows)
