"""Contracts in the order in which they end, with their options shown as options; and the page of one contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.pages.things.blocks import Block, Cell, Desk, Part

# The status of coverage whose look the status of a contract has, if it is another one: never colour alone.
LOOKS = {"ACTIVE": "COVERED", "POSSIBLY_EXTENDED": "UNCERTAIN", "PENDING": "UNCERTAIN", "ENDED": "NOT_APPLICABLE"}


def listed(desk: Desk, contracts: Mapping[str, Any]) -> Block:
    """Returns contracts in the order in which they end; first in a sentence which ends first, and what is known of its options."""
    title = desk.t("contracts.title")
    if not contracts["nodes"]:
        return Block("contracts", title, lead=(desk.words(desk.t("contracts.none")),), after=desk.completeness(contracts))
    rows = tuple(
        (
            desk.thing(one, one["claims"]["nodes"]), status(one), Cell((Part(term(desk, one)),)), options(desk, one["options"]),
            desk.things([one["succeededBy"]] if one["succeededBy"] else []),
        )
        for one in contracts["nodes"]
    )  # fmt: skip
    first = next((one for one in contracts["nodes"] if one["status"] != "ENDED" and one["period"]["endDate"]), None)
    lead = (desk.words(desk.t("contracts.first", text=sentence(desk, first)), first["claims"]["nodes"]),) if first else ()
    header = tuple(desk.t(f"contracts.{name}") for name in ("name", "status", "term", "options", "successor"))
    return Block(
        "contracts", title, lead=lead, caption=desk.count("contracts.caption", contracts["totalCount"]), header=header, rows=rows,
        after=desk.completeness(contracts), more=desk.next_page(contracts, "contractsAfter"),
    )  # fmt: skip


def status(contract: Mapping[str, Any]) -> Cell:
    """Returns the status of a contract by shape and word."""
    return Cell((Part(contract["statusLabel"], status=LOOKS.get(contract["status"], contract["status"])),))


def term(desk: Desk, contract: Mapping[str, Any]) -> str:
    """Returns the firm term of a contract in words."""
    period = contract["period"]
    start = period["start"]["label"] if period["start"] else desk.t("contracts.unknown")
    end = period["end"]["label"] if period["end"] else desk.t("contracts.unknown")
    return desk.t("contracts.planned_span" if contract["isPlanned"] else "contracts.span", start=start, end=end)


def options(desk: Desk, listed_: Sequence[Mapping[str, Any]]) -> Cell:
    """Returns the options of a contract, each with its period and whether a source confirms it."""
    if not listed_:
        return Cell((Part(desk.t("options.none")),))
    return Cell(tuple(_option(desk, one, f"{_span(desk, one)}: ") for one in listed_), between="; ")


def _option(desk: Desk, option: Mapping[str, Any], before: str = "") -> Part:
    """Returns what is known of an option, hatched as long as it is only a possibility."""
    word = desk.t("options." + option["status"])
    return Part(before + word, mark=f"rg-option rg-option-{option['status'].lower()}")


def _span(desk: Desk, option: Mapping[str, Any]) -> str:
    start, end = (option["period"][side] for side in ("start", "end"))
    unknown = desk.t("contracts.unknown")
    return desk.t("options.span", start=start["label"] if start else unknown, end=end["label"] if end else unknown)


def sentence(desk: Desk, contract: Mapping[str, Any]) -> str:
    """Returns when a contract ends and if an option is left, in sentences."""
    period, name = contract["period"], contract["name"]
    if not period["end"]:
        return desk.t("sentence.no_end", name=name)
    over = contract["status"] in ("POSSIBLY_EXTENDED", "ENDED")
    text = desk.t(f"sentence.{'over' if over else 'runs'}", name=name, end=period["end"]["label"])
    left = [one for one in contract["options"] if one["status"] in ("OPEN", "UNKNOWN")]
    if not contract["options"]:
        return f"{text} {desk.t('sentence.no_option')}"
    if not left:
        return text
    latest = desk.visit.words.day(period["maxExtentDate"]) if period["maxExtentDate"] else desk.t("contracts.unknown")
    confirmed = "unconfirmed" if any(one["status"] == "UNKNOWN" for one in left) else "open"
    return f"{text} {desk.count(f'sentence.{confirmed}', len(left), day=latest)}"


def about(desk: Desk, contract: Mapping[str, Any]) -> list[tuple[str, Cell]]:
    """Returns the facts of one contract."""
    desk.learn(contract["basis"]["nodes"])
    facts = [
        (desk.t("contracts.status"), status(contract)),
        (desk.t("contracts.term"), Cell((Part(term(desk, contract)),), desk.said("runs"))),
        (desk.t("contracts.buyers"), desk.things(contract["buyers"], "buyer")),
        (desk.t("contracts.functions"), desk.things(contract["functions"], "delivers")),
        (desk.t("contracts.covers"), desk.things(contract["covers"], "covers")),
        (desk.t("contracts.exceptions"), desk.things(contract["exceptions"], "excepts")),
    ]
    singles = (
        ("manager", "contractManager", "contractManager"), ("collaboration", "collaboration", "under"),
        ("procurement", "procurement", "procurement"), ("successor", "succeededBy", "succeededBy"),
    )  # fmt: skip
    for word, key, predicate in singles:
        facts.append((desk.t(f"contracts.{word}"), desk.things([contract[key]] if contract[key] else [], predicate)))
    facts.append((desk.t("contracts.predecessors"), desk.things(contract["succeeds"])))
    return [(label, cell if cell.parts else desk.words(desk.t("contracts.not_said"))) for label, cell in facts]


def blocks(desk: Desk, contract: Mapping[str, Any]) -> Iterator[Block]:
    """Yields the options of one contract, its municipalities and its suppliers."""
    header = tuple(desk.t(f"options.{name}") for name in ("number", "period", "status"))
    rows = tuple(
        (
            Cell((Part(str(one["number"])),), desk.said("option")), Cell((Part(_span(desk, one)),)),
            Cell((_option(desk, one),)),
        )
        for one in contract["options"]
    )  # fmt: skip
    lead = (desk.words(sentence(desk, contract)),)
    caption = desk.count("options.caption", len(rows))
    yield Block("options", desk.t("options.title"), lead=lead, caption=caption, header=header, rows=rows)
    yield from covered(desk, contract["coveredMunicipalities"])
    yield suppliers(desk, contract["suppliers"])


def covered(desk: Desk, connection: Mapping[str, Any]) -> Iterator[Block]:
    """Yields the municipalities for which an arrangement holds on the day."""
    if connection["nodes"]:
        names = Cell(tuple(map(desk.part, connection["nodes"])))
        lead = (desk.words(desk.count("covered.lead", connection["totalCount"])), names)
        yield Block("covered", desk.t("covered.title"), lead=lead, after=desk.completeness(connection))


def suppliers(desk: Desk, connection: Mapping[str, Any]) -> Block:
    """Returns the suppliers under a contract, or that no source names them."""
    items = tuple(desk.thing(one["member"], one["claims"]) for one in connection["nodes"])
    lead = () if items else (desk.words(desk.t("suppliers.none")),)
    more = desk.next_page(connection, "after")
    return Block("suppliers", desk.t("suppliers.title"), lead=lead, items=items, after=desk.completeness(connection), more=more)
