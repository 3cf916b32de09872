"""Zoeken: what is found by a name, abbreviation, code or misspelling, if it exists on the day, and what came in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.things.blocks import Cell, Part
from api.pages.visit import View, Visit
from api.table import Table
from graph.domain.languages import LANGUAGES
from graph.domain.model import ENTITIES, ENTITY_TYPES, TYPES
from graph.domain.words import TEXT_KINDS

PARAMETERS = ("query", "types", "after")
CODES = ("CODE", "IDENTIFIER", "KEY", "URI")
OURS = ("SLUG", "KEY", "URI")  # marks of our own addresses
COLUMNS = ("name", "kind", "found", "exists", "successor")


async def view(visit: Visit) -> View:
    words, query = visit.words, visit.one("query")
    chosen = [type_ for type_ in visit.many("types") if type_ in TYPES]
    known = _known(visit, (await visit.ask("StateOfTheData"))["meta"])
    values: dict[str, Any] = {
        "query": query, "chosen": chosen, "types": _types(visit), "known": known,
        "found": None, "hits": [], "header": [], "only": None, "more": None,
    }  # fmt: skip
    if not query:
        return View(words("search.title"), values)
    found = (await visit.ask("FindByName", query=query, types=chosen or None, after=visit.one("after") or None, first=visit.first))[
        "search"
    ]
    columns = COLUMNS if any(edge["supersededBy"] for edge in found["edges"]) else COLUMNS[:-1]
    header = tuple(words(f"search.column.{name}") for name in columns)
    hits = [hit(visit, edge)[: len(columns)] for edge in found["edges"]]
    more = visit.address.with_(after=found["pageInfo"]["endCursor"]) if found["pageInfo"]["hasNextPage"] else None
    values |= {"found": found, "hits": hits, "header": header, "only": _only(visit, found), "more": more}
    table = Table(header, tuple(tuple(cell.text for cell in row) for row in hits))
    return View(words("search.title_of", query=query), values, [(words("search.file"), table)] if hits else [], more=more)


def hit(visit: Visit, edge: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Returns a hit as a row: its name as a link, its kind, the text that matches, if it exists on the day, what came in its place."""
    words, node = visit.words, edge["node"]
    return (
        Cell((Part(node["name"], visit.link_to(node)),)),
        Cell((Part(kind(visit, node)),)),
        _matched(visit, edge),
        Cell((Part(words(f"search.exists.{edge['existsOnDay']}")),)),
        Cell(tuple(Part(other["name"], visit.link_to(other)) for other in edge["supersededBy"])),
    )


def _matched(visit: Visit, edge: Mapping[str, Any]) -> Cell:
    """Returns the text that matches and what kind of text it is; a name in another language is marked as such."""
    text, matched, language = edge["matchedText"], edge["matchedKind"], visit.address.language
    word = visit.words("search.ours") if matched in OURS else TEXT_KINDS.name(matched, language.code)
    translated = matched == "NAME" and text != edge["node"]["name"]
    foreign = next(one.key for one in LANGUAGES if one is not language) if translated else None
    return Cell((Part(text, lang=foreign), Part(f"({word})")), between=" ")


def kind(visit: Visit, node: Mapping[str, Any]) -> str:
    """Returns the kind of a thing in words: that of the region or collaboration, or its type."""
    return str(node.get("kindLabel") or _type(visit, node["__typename"]))


def _type(visit: Visit, label: str) -> str:
    return visit.words(f"thing.type.{ENTITY_TYPES[label].prefix}")


def _types(visit: Visit) -> list[tuple[str, str]]:
    return [(ENTITY_TYPES[label].row[0], _type(visit, label)) for label in ENTITIES]


def _only(visit: Visit, found: Mapping[str, Any]) -> Mapping[str, str] | None:
    """Returns the one thing that has the code that was asked for, with its page."""
    if found["totalCount"] != 1 or not found["edges"] or found["edges"][0]["matchedKind"] not in CODES:
        return None
    edge = found["edges"][0]
    return {
        "code": edge["matchedText"],
        "name": edge["node"]["name"],
        "link": visit.link_to(edge["node"]),
        "kind": kind(visit, edge["node"]),
    }


def _known(visit: Visit, meta: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns what is in the data: how many things of each type, and what each data set is about."""
    counts = [
        visit.words("search.count", n=visit.words.number(one["count"]), type=_type(visit, one["type"]))
        for one in meta["counts"]
        if one["type"] in ENTITIES
    ]
    return {"counts": counts, "scopes": [one["scope"] for one in meta["datasets"]]}
