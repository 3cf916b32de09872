"""One thing: what it takes part in, who takes part in it, who leads and speaks for whom, its contracts, names, history and conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.pages.provenance.notes import Notes
from api.pages.things import about, parties
from api.pages.things.blocks import Block, Cell, Desk
from api.pages.things.kinds import OWN, Own
from api.pages.visit import Moved, PageProblem, View, Visit

PARAMETERS = ("after", "membershipsAfter", "municipalitiesAfter", "contractsAfter", "collaborationsAfter")
ORGANIZATIONS = ("municipality", "region", "collaboration", "provider", "publicbody", "governancebody")
MEMBERS_FIRST = ("region", "collaboration", "governancebody")  # those who take part in it tell most about it


async def view(visit: Visit) -> View:
    type_, slug = visit.address.path["type"], visit.address.path["slug"]
    ref = f"{type_}/{slug}"
    found = await _found(visit, type_, slug)
    thing, moments = found["entity"], found["timeline"]
    desk = Desk(visit, Notes(visit))
    desk.learn(thing["basis"]["nodes"])
    banner = about.banner(desk, thing)
    taking_part = await _taking_part(desk, ref) if type_ in ORGANIZATIONS else None
    own = await OWN[type_](desk, ref)
    blocks = list(_blocks(desk, type_, thing, moments, own, taking_part))
    with_rows = [block for block in blocks if block.rows]
    tables = [(desk.t(f"file.{type_}"), block.table(desk.t("source"))) for block in with_rows]
    more = with_rows[0].more if with_rows else None
    periods = [one["memberDuring"] for side in ("memberships", "members") for one in taking_part[side]["nodes"]] if taking_part else []
    values = {"kind": desk.t(f"type.{type_}"), "uri": thing["uri"], "banner": banner, "blocks": blocks, "notes": desk.notes.all()}
    return View(thing["name"], values, tables, about.days(moments, periods), more, take=ref)


async def _found(visit: Visit, type_: str, slug: str) -> dict[str, Any]:
    """Returns what is known of the thing at the address. Raises Moved if it has another address, and PageProblem if nothing is there."""
    try:
        if type_ in OWN:
            found = await visit.ask("Thing", ref=f"{type_}/{slug}")
            if visit.link_to(found["entity"]) == visit.link("thing", {"type": type_, "slug": slug}):
                return found
            raise Moved(visit.link_to(found["entity"]))
    except PageProblem as problem:
        if problem.code != "NOT_FOUND":
            raise
        missing = problem
    else:
        missing = PageProblem("NOT_FOUND", text=f"{type_}/{slug}")
    visit.asked.clear()
    try:  # a code, an old name or another type in the address: it leads to the thing that has it
        elsewhere = await visit.ask("Thing", ref=slug)
    except PageProblem as problem:
        raise (problem if problem.code == "AMBIGUOUS" else missing) from None
    raise Moved(visit.link_to(elsewhere["entity"]))


async def _taking_part(desk: Desk, ref: str) -> Mapping[str, Any]:
    """Returns the memberships and the members of an organisation, and keeps what is said of the former for its facts."""
    visit = desk.visit
    after, memberships = visit.one("after") or None, visit.one("membershipsAfter") or None
    found: Mapping[str, Any] = (await visit.ask("TakingPart", ref=ref, after=after, membershipsAfter=memberships))["organization"]
    for one in found["memberships"]["nodes"]:
        named = {"predicate": "takesPart", "value": {"entity": one["organization"]}}
        desk.learn({**claim, **named} for claim in one["claims"])
    return found


def _blocks(
    desk: Desk, type_: str, thing: Mapping[str, Any], moments: Sequence[Mapping[str, Any]], own: Own, taking_part: Mapping[str, Any] | None
) -> Iterator[Block]:
    """Yields the blocks of a page in their order."""
    yield Block("facts", desk.t("facts.title"), facts=tuple(_facts(desk, thing, own)))
    laid = [
        *(_parties(desk, type_, thing, own, taking_part) if taking_part else ()),
        *own.blocks(),
        about.papers(desk, thing),
        about.figures(desk, thing),
    ]
    yield from (block for block in laid if block)
    yield from about.told(desk, thing)
    rest = (about.conflicts(desk, thing), about.names(desk, thing), about.history(desk, moments))
    yield from (block for block in rest if block)


def _facts(desk: Desk, thing: Mapping[str, Any], own: Own) -> Iterator[tuple[str, Cell]]:
    yield from own.facts
    yield from about.facts(desk, thing)


def _parties(desk: Desk, type_: str, thing: Mapping[str, Any], own: Own, taking_part: Mapping[str, Any]) -> Iterator[Block | None]:
    """Yields who speaks for whom, who leads, who takes part, and what the thing takes part in."""
    listed, memberships = taking_part["members"], taking_part["memberships"]
    yield parties.speaking(desk, thing, own.on_its_behalf)
    if type_ == "collaboration":
        yield parties.leading(desk, listed)
    if type_ in MEMBERS_FIRST or listed["nodes"]:
        yield parties.members(desk, thing, listed)
        yield parties.not_taking_part(desk, "without", "member", taking_part["withoutThem"])
    if type_ not in MEMBERS_FIRST or memberships["nodes"]:
        yield parties.taking_part(desk, thing, memberships)
        yield parties.not_taking_part(desk, "outside", "organization", taking_part["outside"])
