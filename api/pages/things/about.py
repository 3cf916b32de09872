"""Writes what the page of any thing says: if it exists on the day, its names and codes, its history, conflicts, and what no source says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from api.pages.provenance.notes import anchor
from api.pages.things.blocks import Block, Cell, Desk, Part
from graph.domain.words import IDENTIFIER_SCHEMES

# Events that are dated by the last day on which something holds: it changes on the day after.
MOST_UNFOLDED = 6  # sentences that stand open
LAST_DAYS = frozenset({"CONTRACT_END", "LEAVE", "DISSOLUTION"})


def banner(desk: Desk, thing: Mapping[str, Any]) -> list[Cell]:
    """Returns what a reader has to know first: that the thing is not there on the day, and what came in its place."""
    status = thing.get("status", "ACTIVE")
    if status == "ACTIVE":
        return []
    day = desk.visit.words.day(desk.visit.day)
    cells = [Cell((Part(desk.t(f"banner.{status}", name=thing["name"], day=day)),), desk.said("exists"))]
    if status == "INACTIVE":
        last = (thing["operationalPeriod"] or {}).get("endDate")
        if last:
            link = str(desk.visit.address.with_(asOf=last))
            cells.append(Cell((Part(desk.t("banner.last", day=desk.visit.words.day(last)), link),)))
        for step in thing["successors"]:
            label = Part(f"{step['event']['label']} ({step['event']['date']['label']}).")
            go = Part(desk.t("banner.successor", name=step["organization"]["name"]), desk.visit.link_to(step["organization"]))
            cells.append(Cell((label, go), tuple(desk.notes.of(step["event"]["claims"])), between=" "))
    return cells


def facts(desk: Desk, thing: Mapping[str, Any]) -> Iterator[tuple[str, Cell]]:
    """Yields the facts that things of several types have: since when they exist, what they came from."""
    if "status" in thing:
        yield desk.t("fact.status"), Cell((Part(thing["statusLabel"]),), desk.said("exists"))
        period = thing["operationalPeriod"]
        yield desk.t("fact.since"), Cell((Part(desk.since(period)),), desk.said("exists"))
        if period and period["end"]:
            yield desk.t("fact.until"), Cell((Part(period["end"]["label"]),), desk.said("exists"))
        for key in ("predecessors", "successors"):
            for step in thing[key]:
                event = step["event"]
                cell = Cell(
                    (desk.part(step["organization"]), Part(f"{event['kindLabel']}, {event['date']['label']}")),
                    tuple(desk.notes.of(event["claims"])),
                )
                yield desk.t(f"fact.{key}"), cell


def papers(desk: Desk, thing: Mapping[str, Any]) -> Block | None:
    """Returns the documents that a thing issued, that it uses, and that hold for it."""
    facts = []
    for key, predicates in (("issued", ("issuedBy",)), ("uses", ("usedBy",)), ("subjectTo", ("appliesTo", "binds"))):
        if papers_ := thing.get(key):
            claims = [claim for paper in papers_ for claim in paper["claims"]["nodes"] if claim["predicate"] in predicates]
            own = [claim for claim in claims if (claim["value"].get("entity") or {}).get("uri") == thing["uri"]]
            facts.append((desk.t(f"fact.{key}"), Cell(tuple(map(desk.part, papers_)), tuple(desk.notes.of(own)))))
    return Block("papers", desk.t("papers.title"), facts=tuple(facts)) if facts else None


def figures(desk: Desk, thing: Mapping[str, Any]) -> Block | None:
    """Returns the figures that sources state of a thing."""
    nodes = thing["statedFigures"]["nodes"]
    if not nodes:
        return None
    rows = tuple(
        (desk.words(one["label"], [one["claim"]]), Cell((Part(_number(desk, one)),)), Cell((Part(_bounds(desk, one["period"])),)))
        for one in nodes
    )
    header = tuple(desk.t(f"figures.{name}") for name in ("what", "number", "period"))
    return Block("figures", desk.t("figures.title"), caption=desk.count("figures.caption", len(rows)), header=header, rows=rows)


def _number(desk: Desk, figure: Mapping[str, Any]) -> str:
    text = desk.t(f"unit.{figure['unit']}", n=desk.visit.words.number(figure["number"]))
    return desk.t("figures.about", text=text) if figure["approximate"] else text


def names(desk: Desk, thing: Mapping[str, Any]) -> Block:
    """Returns the names and codes of a thing, each code with the address at which its register has it."""
    rows = [(Cell((Part(desk.t("names.name")),)), Cell((Part(thing["name"]),)), Cell(), Cell((), desk.said("name")))]
    for other in thing["alternateNames"]:
        label = Cell((Part(other["kindLabel"]),))
        rows.append(
            (label, Cell((Part(other["name"]),)), Cell((Part(_bounds(desk, other["validity"])),)), desk.words(None, [other["claim"]]))
        )
    for code in thing["identifiers"]:
        scheme = IDENTIFIER_SCHEMES.name(code["scheme"], desk.visit.address.language.code)
        notes = Cell((), desk.said("identifier", f"{code['scheme']}:{code['id']}"))
        rows.append((Cell((Part(scheme),)), Cell((Part(code["id"], code["uri"]),)), Cell((Part(_bounds(desk, code["validity"])),)), notes))
    filled = any(row[2].text for row in rows)
    header = tuple(desk.t(f"names.{key}") for key in ("kind", "text", *(("period",) if filled else ())))
    kept = tuple((row[0], Cell(row[1].parts, row[3].notes), *((row[2],) if filled else ())) for row in rows)
    return Block("names", desk.t("names.title"), caption=desk.t("names.caption", name=thing["name"]), header=header, rows=kept)


def _bounds(desk: Desk, period: Mapping[str, Any] | None) -> str:
    if not period or not (period["start"] or period["end"]):
        return ""
    start = desk.t("names.from", day=period["start"]["label"]) if period["start"] else ""
    end = desk.t("names.until", day=period["end"]["label"]) if period["end"] else ""
    return f"{start} {end}".strip()


def history(desk: Desk, moments: Sequence[Mapping[str, Any]]) -> Block | None:
    """Returns what happened to a thing, in order; what is only named for the first time is folded away."""
    if not moments:
        return None
    named = tuple(desk.words(moment["label"], moment["claims"]) for moment in moments if moment["kind"] == "FIRST_NAMED")
    rows = []
    for moment in moments:
        if moment["kind"] != "FIRST_NAMED":
            certainty = desk.t("history.planned") if moment["isPlanned"] else moment["certaintyLabel"]
            rows.append((
                Cell((Part(moment["date"]["label"]),)), desk.words(moment["label"], moment["claims"]),
                Cell((Part(moment["kindLabel"]),)), Cell((Part(certainty),)),
            ))  # fmt: skip
    header = tuple(desk.t(f"history.{key}") for key in ("date", "event", "kind", "certainty"))
    return Block(
        "history", desk.t("history.title"), caption=desk.count("history.caption", len(rows)) if rows else "",
        header=header if rows else (), rows=tuple(rows),
        folded=desk.count("history.named", len(named)) if named else "", folded_items=named,
    )  # fmt: skip


def days(moments: Sequence[Mapping[str, Any]], periods: Sequence[Mapping[str, Any]] = ()) -> list[date]:
    """Returns the days on which something changes, as far as a source gives the day: of events, and of beginnings and ends."""
    found = set[date]()
    for moment in moments:
        if moment["kind"] != "FIRST_NAMED" and moment["date"]["precision"] == "DAY":
            found.add(date.fromisoformat(moment["date"]["earliest"]) + timedelta(days=moment["kind"] in LAST_DAYS))
    for period in periods:
        if period["startDate"] and period["startBasis"] == "STATED":
            found.add(date.fromisoformat(period["startDate"]))
        if period["endDate"] and period["endBasis"] == "STATED":
            found.add(date.fromisoformat(period["endDate"]) + timedelta(days=1))
    return sorted(found)


def told(desk: Desk, thing: Mapping[str, Any]) -> list[Block]:
    """Returns what sources say of a thing in their own sense, and what they leave open."""
    blocks = []
    said = tuple(_told(desk, thing, left_open=False))
    if len(said) > MOST_UNFOLDED:
        blocks.append(Block("said", desk.t("said.title"), folded=desk.count("said.folded", len(said)), folded_items=said))
    elif said:
        blocks.append(Block("said", desk.t("said.title"), items=said))
    items = tuple(_told(desk, thing, left_open=True)) or (desk.words(desk.t("unknown.nothing")),)
    open_ = sum(one["status"] == "OPEN" for one in thing["conflicts"])
    after = (Cell((Part(desk.count("unknown.conflicts", open_), "#conflicts"),)),) if open_ else ()
    blocks.append(Block("unknown", desk.t("unknown.title"), items=items, after=after))
    return blocks


def _told(desk: Desk, thing: Mapping[str, Any], *, left_open: bool) -> Iterator[Cell]:
    for claim in thing["told"]["nodes"]:
        if (claim["predicate"] == "incomplete") is left_open:
            yield desk.words(claim["value"].get("text"), [claim], claim["value"].get("lang"))


def conflicts(desk: Desk, thing: Mapping[str, Any]) -> Block | None:
    """Returns where sources contradict each other about a thing; what is explained or decided is folded away."""
    if not thing["conflicts"]:
        return None
    open_ = tuple(_conflict(desk, one) for one in thing["conflicts"] if one["status"] == "OPEN")
    settled = tuple(_conflict(desk, one) for one in thing["conflicts"] if one["status"] != "OPEN")
    return Block(
        "conflicts", desk.t("conflicts.title"), items=open_,
        lead=() if open_ else (desk.words(desk.t("conflicts.none")),),
        folded=desk.count("conflicts.settled", len(settled)) if settled else "", folded_items=settled,
    )  # fmt: skip


def _conflict(desk: Desk, one: Mapping[str, Any]) -> Cell:
    link = f"{desk.visit.link('contradictions')}#{anchor('conflict/' + one['key'])}"
    label = Part(f"{one['statusLabel']}, {one['kindLabel']}:", link)
    return Cell(
        (label, desk.prose(one, "explanation")),
        tuple(desk.notes.of(one["claims"])),
        between=" ",
    )
