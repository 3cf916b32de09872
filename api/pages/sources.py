"""Bronnen: what each source told us, what was left out and why, when it was last looked at; and all that one source says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api.pages.provenance.claims import in_one_line, said_by
from api.pages.provenance.notes import anchor
from api.pages.visit import PageProblem, View, Visit
from api.table import Table
from graph.domain.predicates import PREDICATES
from graph.domain.words import SOURCE_KINDS

COLUMNS = ("title", "kind", "publisher", "published", "reason", "read", "licence", "claims", "left_out")
OF_EVENTS = ("date", "original", "resulting", "basis", "about")  # what the timeline tells; an event is no thing with a page of its own
CLAIM_COLUMNS = ("subject", "said", "remark", "when", "place", "source")


async def view(visit: Visit) -> View:
    """Shows all sources, or all that one of them says."""
    sources = (await visit.ask("Sources"))["sources"]
    reference = visit.one("source")
    if reference:
        return await _one(visit, sources, reference)
    return _all(visit, sources, (await visit.ask("Datasets"))["meta"]["datasets"])


def _all(visit: Visit, sources: Sequence[Mapping[str, Any]], datasets: Sequence[Mapping[str, Any]]) -> View:
    """Shows the sources by kind, documents first, the latest first, and the datasets."""
    words = visit.words
    groups = []
    for kind in SOURCE_KINDS:
        of_kind = sorted((one for one in sources if one["kind"] == kind), key=lambda one: (_latest(one), one["title"]), reverse=True)
        if of_kind:
            groups.append((words.count(f"sources.kind.{kind}", len(of_kind)), [_facts(visit, one) for one in of_kind]))
    shown = [one for _, group in groups for one in group]
    header = tuple(words(f"sources.column.{column}") for column in COLUMNS)
    rows = tuple(
        (
            one["title"], one["kindLabel"], one["publisher"], one["date"], one["writtenReason"], one["readOn"], one["licence_"],
            one["claims"]["totalCount"], len(one["leftOut"]),
        )
        for one in shown
    )  # fmt: skip
    sets = [{**one, "anchor": anchor(f"dataset/{one['slug']}")} for one in datasets]
    values = {"groups": groups, "one": None, "datasets": sets}
    return View(words("sources.title"), values, [(words("sources.file"), Table(header, rows))], has_day=False, take="")


async def _one(visit: Visit, sources: Sequence[Mapping[str, Any]], reference: str) -> View:
    """Shows one source with its claims in words, a page at a time."""
    words = visit.words
    found = next((one for one in sources if reference in (one["id"], one["id"].partition("/")[2], one["title"])), None)
    if found is None:
        raise PageProblem("NOT_FOUND", text=reference)
    claims = await (_claim if visit.one("claim") else _claims)(visit, found["id"])
    said = [said_by(visit, claim) for claim in claims["nodes"]]
    header = tuple(words(f"sources.claim.{column}") for column in CLAIM_COLUMNS)
    rows = tuple((one.subject, in_one_line(one), one.remark, one.when, str(one.place), one.source) for one in said)
    more = visit.address.with_(after=claims["pageInfo"]["endCursor"]) if claims["pageInfo"]["hasNextPage"] else None
    values = {
        "one": _facts(visit, found), "said": said, "total": claims["totalCount"], "groups": [],
        "more": more, "begin": visit.address.with_(after=None),
        "predicates": _predicates(visit), "whole": visit.link("sources", source=found["id"]),
    }  # fmt: skip
    return View(found["title"], values, [(words("sources.claims_file"), Table(header, rows))], more=more, has_day=False)


async def _claims(visit: Visit, source: str) -> Mapping[str, Any]:
    """Returns the claims of a source that a reader chose, a page at a time."""
    asked: dict[str, Any] = {name: visit.one(name) or None for name in ("about", "text", "after")}
    asked["predicate"] = list(visit.many("predicate")) or [name for name in PREDICATES if name not in OF_EVENTS]
    found: Mapping[str, Any] = (await visit.ask("ClaimsOfASource", source=source, first=visit.first, **asked))["claims"]
    return found


async def _claim(visit: Visit, source: str) -> Mapping[str, Any]:
    """Returns one claim of a source in the place of all of them; none if the source does not say it."""
    claim = (await visit.ask("ClaimById", id=visit.one("claim")))["claim"]
    nodes = [claim] if claim and claim["source"]["id"].partition("@")[0] == source else []
    return {"nodes": nodes, "totalCount": len(nodes), "pageInfo": {"hasNextPage": False, "endCursor": None}}


def _predicates(visit: Visit) -> list[tuple[str, str, bool]]:
    """Returns what a statement may say, by name: value, name, and if it is chosen."""
    named = [(key, word.names[visit.address.language.code], key in visit.many("predicate")) for key, word in PREDICATES.items()]
    return sorted((one for one in named if one[0] not in OF_EVENTS), key=lambda one: one[1].lower())


def _facts(visit: Visit, source: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns a source with its dates and its licence in words; what nobody says is told as unknown."""
    words, written = visit.words, source["writtenBetween"]
    if published := source["publishedOn"]:
        told = published["label"]
    elif written and written["startDate"] and written["endDate"]:
        told = words("sources.between", first=words.day(written["startDate"]), last=words.day(written["endDate"]))
    else:
        told = words("sources.undated")
    link = visit.link("sources", source=source["id"])
    left_out = [{**one, "language": words.foreign(one["text"], one["dutchText"])} for one in source["leftOut"]]
    return {
        **source,
        "leftOut": left_out,
        "reason_language": words.foreign(source["writtenReason"], source["dutchWrittenReason"]),
        "anchor": anchor(source["id"]),
        "date": told,
        "licence_": source["licence"] or words("sources.no_licence"),
        "link": link,
    }


def _latest(source: Mapping[str, Any]) -> date:
    """Returns the last day on which a source can have been written."""
    days = [(source["publishedOn"] or {}).get("latest"), (source["writtenBetween"] or {}).get("endDate")]
    return max((date.fromisoformat(day) for day in days if day), default=date.min)
