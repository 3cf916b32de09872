"""Writes who takes part in what, who leads, who speaks for whom, and what all municipalities of a region take part in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.pages.things.blocks import Block, Cell, Desk, Part
from graph.domain.words import LEVELS

LEADING = ("LEAD", "ACCOUNT_HOLDER", "COORDINATOR", "MANDATED_REPRESENTATIVE")
Memberships = Mapping[str, Any]


def kind_of(desk: Desk, party: Mapping[str, Any]) -> str:
    """Returns the kind of an organisation in words: that of the region or collaboration, or its type."""
    return str(party.get("kindLabel") or desk.t(f"type.{party['uri'].split(':')[2]}"))


def role(desk: Desk, membership: Mapping[str, Any]) -> Cell:
    """Returns the role in which an organisation takes part, and on whose behalf."""
    parts = [Part(membership["roleLabel"])]
    if membership["onBehalfOf"]:
        parts += [Part(desk.t("parties.for")), desk.part(membership["onBehalfOf"])]
    return Cell(tuple(parts), between=" ")


def taking_part(desk: Desk, thing: Mapping[str, Any], listed: Memberships) -> Block:
    """Returns what an organisation takes part in on the day."""
    return _table(desk, "memberships", "organization", thing, listed, "membershipsAfter")


def members(desk: Desk, thing: Mapping[str, Any], listed: Memberships) -> Block:
    """Returns who takes part in an organisation on the day."""
    return _table(desk, "members", "member", thing, listed, "after")


def _table(desk: Desk, key: str, side: str, thing: Mapping[str, Any], listed: Memberships, cursor: str) -> Block:
    nodes = sorted(listed["nodes"], key=lambda one: one["role"] not in LEADING)  # who leads stands first
    ends = any(desk.ends(one["memberDuring"]) for one in nodes)
    rows = tuple(_membership(desk, side, one, ends) for one in nodes)
    columns = (side, "kind", "role", "since", *(("until",) if ends else ()))
    header = tuple(desk.t(f"parties.column.{name}") for name in columns)
    total = listed["totalCount"]
    if not rows:
        return Block(key, desk.t(f"{key}.title"), lead=(desk.words(desk.t(f"{key}.none", name=thing["name"])),))
    return Block(
        key, desk.t(f"{key}.title"), caption=desk.count(f"{key}.caption", total, name=thing["name"]), header=header, rows=rows,
        after=desk.completeness(listed), more=desk.next_page(listed, cursor),
    )  # fmt: skip


def _membership(desk: Desk, side: str, one: Mapping[str, Any], ends: bool) -> tuple[Cell, ...]:
    period = one["memberDuring"]
    cells = (
        desk.thing(one[side], one["claims"]), Cell((Part(kind_of(desk, one[side])),)), role(desk, one), Cell((Part(desk.since(period)),)),
    )  # fmt: skip
    return (*cells, Cell((Part(desk.ends(period) or desk.t("until.unknown")),))) if ends else cells


def not_taking_part(desk: Desk, key: str, side: str, listed: Memberships) -> Block | None:
    """Returns what a source expressly says does not take part."""
    items = tuple(desk.thing(one[side], one["claims"]) for one in listed["nodes"])
    return Block(key, desk.t(f"{key}.title"), items=items) if items else None


def speaking(desk: Desk, thing: Mapping[str, Any], elsewhere: Sequence[Mapping[str, Any]] = ()) -> Block | None:
    """Returns who speaks for whom at which level, of a thing. `elsewhere` are memberships that others hold on its behalf."""
    rows = [_spoken(desk, one["organization"], thing, one) for one in thing["representedBy"]]
    rows += [_spoken(desk, thing, one["organization"], one) for one in thing["represents"]]
    for membership in elsewhere:
        rows.append((
            desk.thing(membership["member"], membership["claims"]), desk.thing(thing), desk.thing(membership["organization"]),
            Cell((Part(membership["roleLabel"]),)), Cell((Part(desk.since(membership["memberDuring"])),)),
        ))  # fmt: skip
    if not rows:
        return None
    header = tuple(desk.t(f"speaking.{name}") for name in ("who", "for", "where", "role", "since"))
    caption = desk.t("speaking.caption", name=thing["name"])
    return Block("speaking", desk.t("speaking.title"), caption=caption, header=header, rows=tuple(rows))


def _spoken(desk: Desk, speaker: Mapping[str, Any], other: Mapping[str, Any], one: Mapping[str, Any]) -> tuple[Cell, ...]:
    level = desk.t("speaking.no_level")
    if one["level"]:
        level = desk.t("speaking.level", level=LEVELS.name(one["level"], desk.visit.address.language.code))
    return (
        desk.thing(speaker, one["claims"]), desk.thing(other), Cell((Part(level),)),
        Cell((Part(desk.t("speaking.representative")),)), Cell((Part(desk.since(one["period"])),)),
    )  # fmt: skip


def on_behalf_of(uri: str, municipalities: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yields the memberships that municipalities hold on behalf of a region."""
    for municipality in municipalities:
        for membership in municipality["memberships"]["nodes"]:
            if membership["onBehalfOf"] and membership["onBehalfOf"]["uri"] == uri:
                yield {**membership, "member": municipality}


def shared(desk: Desk, listed: Mapping[str, Any]) -> Block | None:
    """Returns what the municipalities of a region take part in: a row for each organisation, with those that do."""
    nodes = listed["nodes"]
    found: dict[str, list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    for municipality in nodes:
        for membership in municipality["memberships"]["nodes"]:
            found.setdefault(membership["organization"]["uri"], []).append((municipality, membership))
    if not found:
        return None
    rows = []
    for pairs in sorted(found.values(), key=lambda pairs: (-len({one["uri"] for one, _ in pairs}), pairs[0][1]["organization"]["name"])):
        who = list({one["uri"]: one for one, _ in pairs}.values())
        since = list(dict.fromkeys(desk.since(membership["memberDuring"]) for _, membership in pairs))
        claims = [claim for _, membership in pairs for claim in membership["claims"]]
        everyone = len(who) == listed["totalCount"] == len(nodes)
        rows.append((
            desk.thing(pairs[0][1]["organization"], claims), Cell((Part(kind_of(desk, pairs[0][1]["organization"])),)),
            Cell((Part(desk.count("shared.all", len(who))),)) if everyone else Cell(tuple(map(desk.part, who))),
            Cell((Part(since[0] if len(since) == 1 else desk.t("shared.differs")),)),
        ))  # fmt: skip
    header = tuple(desk.t(f"parties.column.{name}") for name in ("organization", "kind", "municipalities", "since"))
    return Block(
        "shared", desk.t("shared.title"), caption=desk.count("shared.caption", len(rows)), header=header, rows=tuple(rows),
        after=desk.completeness(listed), more=desk.next_page(listed, "municipalitiesAfter"),
    )  # fmt: skip


def leading(desk: Desk, listed: Memberships) -> Block:
    """Returns who leads an organisation and who holds its account, or that no source says so."""
    named = [one for one in listed["nodes"] if one["role"] in LEADING]
    items = tuple(_led(desk, one) for one in named) or (desk.words(desk.t("leading.none")),)
    return Block("leading", desk.t("leading.title"), items=items)


def _led(desk: Desk, one: Mapping[str, Any]) -> Cell:
    parts = (desk.part(one["member"]), Part("–"), *role(desk, one).parts)
    return Cell(parts, tuple(desk.notes.of(one["claims"])), between=" ")


def collaborations(desk: Desk, listed: Mapping[str, Any]) -> Block | None:
    """Returns the collaborations of a region, with who leads each and who holds its account."""
    if not listed["nodes"]:
        return None
    rows = tuple(
        (
            desk.thing(one), Cell((Part(one["kindLabel"] or ""),)), Cell((Part(one["scaleLabel"] or desk.t("collaborations.no_scale")),)),
            _leaders(desk, one["members"]["nodes"]),
        )
        for one in listed["nodes"]
    )  # fmt: skip
    header = tuple(desk.t(f"collaborations.{name}") for name in ("name", "kind", "scale", "lead"))
    return Block(
        "collaborations", desk.t("collaborations.title"), caption=desk.count("collaborations.caption", listed["totalCount"]),
        header=header, rows=rows, more=desk.next_page(listed, "collaborationsAfter"),
    )  # fmt: skip


def _leaders(desk: Desk, nodes: Sequence[Mapping[str, Any]]) -> Cell:
    if not nodes:
        return Cell((Part(desk.t("collaborations.nobody")),))
    parts: list[Part] = []
    for one in nodes:
        parts += [desk.part(one["member"]), Part(f"({role(desk, one).text})")]
    return Cell(tuple(parts), tuple(desk.notes.of(claim for one in nodes for claim in one["claims"])), between=" ")


def bodies(desk: Desk, nodes: Sequence[Mapping[str, Any]]) -> Block | None:
    """Returns the bodies in which a region consults and decides."""
    if not nodes:
        return None
    rows = tuple(
        (
            desk.thing(one, one["claims"]["nodes"]), Cell((Part(one["scaleLabel"] or ""),)),
            Cell((desk.prose(one, "decides", desk.t("bodies.not_said")),)),
            desk.things(one["prepares"]),
        )
        for one in nodes
    )  # fmt: skip
    header = tuple(desk.t(f"bodies.{name}") for name in ("name", "scale", "decides", "prepares"))
    return Block("bodies", desk.t("bodies.title"), caption=desk.count("bodies.caption", len(rows)), header=header, rows=rows)
