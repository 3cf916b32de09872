"""Netwerk: what one thing is connected to on a day, in columns from municipality to provider."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from api.pages.pictures.layers import ACROSS, BOX_HEIGHT, BOX_WIDTH, SIDE, Edge, Layout, Node, chosen, curve, layout
from api.pages.pictures.svg import Picture, element, link, text, wrapped
from api.pages.provenance.notes import Note, Notes
from api.pages.regions import of_the_reader
from api.pages.visit import View, Visit, reference_to
from api.table import Table

MOST_IN_A_COLUMN = 12
NAME_SIGNS, NAME_LINES, ROLE_SIGNS = 26, 2, 34
COLUMNS = ("municipality", "region", "collaboration", "contract", "provider")
_COLUMN_OF = {
    "Municipality": 0, "Region": 1, "Collaboration": 2, "GovernanceBody": 2, "PublicBody": 2, "Contract": 3, "Procurement": 3,
    "Provider": 4,
}  # fmt: skip
Thing = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link(Edge):
    """A connection: who, to what, in which role, how certain on the day, since when, and the claims behind it."""

    role: str
    certainty: str  # certain, uncertain or excluded
    since: str
    claims: tuple[Thing, ...]


@dataclass
class Network:
    """The things and connections that an answer speaks of, each once."""

    visit: Visit
    nodes: dict[str, Node]
    links: dict[tuple[str, str, str], Link]

    def thing(self, thing: Thing) -> str:
        self.nodes.setdefault(thing["uri"], Node(thing["uri"], thing["name"], _COLUMN_OF.get(thing["__typename"], 2)))
        return str(thing["uri"])

    def connect(self, source: Thing, target: Thing, role: str, certainty: str, since: str, claims: Iterable[Thing]) -> None:
        ends = self.thing(source), self.thing(target)
        self.links.setdefault((*ends, role), Link(*ends, role, certainty, since, tuple(claims)))

    def memberships(self, memberships: Iterable[Thing], contract: Thing | None = None) -> None:
        """Adds memberships; those of suppliers of a contract lead to that contract."""
        for each in memberships:
            certain = "certain" if each["memberDuring"]["contains"] == "YES" else "uncertain"
            certainty = certain if each["takesPart"] else "excluded"
            since = self.since(each["memberDuring"])
            self.connect(each["member"], contract or each["organization"], each["roleLabel"], certainty, since, each["claims"])

    def contract(self, contract: Thing, focus: str) -> None:
        """Adds a contract with its collaboration and suppliers, and those who buy and manage it: of a neighbour only the focus.

        Its connections are certain while it is in force for sure.
        """
        certainty = "certain" if contract["status"] == "ACTIVE" else "uncertain"
        since = self.since(contract["period"])
        for predicate, field in (("buyer", "buyers"), ("contractManager", "contractManager"), ("under", "collaboration")):
            value = contract[field]
            for other in value if isinstance(value, list) else [value] if value else []:
                if predicate != "under" and focus not in (contract["uri"], other["uri"]):
                    continue
                claims = [
                    one
                    for one in contract["claims"]["nodes"]
                    if one["predicate"] == predicate and one["value"].get("entity") == {"uri": other["uri"]}
                ]
                self.connect(other, contract, self.visit.words(f"network.role.{predicate}"), certainty, since, claims)
        self.memberships(contract["suppliers"]["nodes"], contract)

    def since(self, period: Thing) -> str:
        for known in ("start", "attested"):
            if period[known]:
                return self.visit.words(f"network.since.{known}", day=period[known]["label"])
        return self.visit.words("network.since.unknown")


async def view(visit: Visit) -> View:
    words = visit.words
    entity = (await visit.ask("NetworkOfAThing", ref=await of_the_reader(visit, "ref")))["entity"]
    network, more = _network(visit, entity)
    links = sorted(network.links.values(), key=lambda one: _in_order(network, one))
    shown, left_out = chosen(list(network.nodes.values()), entity["uri"], links, MOST_IN_A_COLUMN)
    uris = {node.uri for node in shown}
    drawn = [one for one in links if one.source in uris and one.target in uris]
    notes = Notes(visit)
    rows = [(network.nodes[one.source], one, network.nodes[one.target], notes.of(one.claims)) for one in links]
    title = words("network.title", name=entity["name"])
    values = {
        "entity": entity, "rows": rows, "notes": notes.all(), "more": more, "remarks": _remarks(visit, entity), "focus": focus,
        "picture": _picture(visit, title, entity, shown, drawn, left_out) if links else None,
        "left_out": [(words(f"network.column.{COLUMNS[column]}"), number) for column, number in left_out.items()],
    }  # fmt: skip
    return View(title, values, [(words("network.file"), _table(visit, rows))])


def _network(visit: Visit, entity: Thing) -> tuple[Network, int]:
    """Returns the network of an answer, and how many connections its pages did not reach."""
    network, more = Network(visit, {}, {}), 0
    network.thing(entity)
    for field in ("memberships", "notAMember", "members", "excluded"):
        if connection := entity.get(field):
            network.memberships(connection["nodes"])
            more += connection["totalCount"] - len(connection["nodes"])
    contracts = entity.get("contracts") or {"totalCount": 0, "nodes": []}
    more += contracts["totalCount"] - len(contracts["nodes"])
    for contract in [*contracts["nodes"], *([entity] if entity["__typename"] == "Contract" else [])]:
        network.contract(contract, entity["uri"])
        more += contract["suppliers"]["totalCount"] - len(contract["suppliers"]["nodes"])
    return network, more


def _remarks(visit: Visit, entity: Thing) -> list[tuple[str, str | None]]:
    """Returns what the sources say that their own lists lack, each once, with its language if that is not the page's."""
    lists = [entity.get(field) for field in ("memberships", "members", "suppliers")]
    found = dict.fromkeys((one["remark"], one["dutchRemark"]) for one in lists if one and one["remark"])
    return [(remark, visit.words.foreign(remark, dutch)) for remark, dutch in found]


def _in_order(network: Network, one: Link) -> tuple[Any, ...]:
    ends = [network.nodes[uri] for uri in (one.source, one.target)]
    return *((end.column, end.name.casefold(), end.uri) for end in ends), one.role


def focus(visit: Visit, node: Node) -> str:
    """Returns the address of the network of another thing."""
    return str(visit.address.with_(ref=reference_to(node.uri)))


# ── the picture ───────────────────────────────────────────────────────────────────────────────────


def _picture(
    visit: Visit, title: str, entity: Thing, nodes: Sequence[Node], links: Sequence[Link], left_out: Mapping[int, int]
) -> Markup:  # fmt: skip
    """Returns the network as SVG: lines under boxes, a heading above each column, and what does not fit below it."""
    words = visit.words
    places = layout(nodes, links)
    lines = [_line(visit, one, places, {node.uri: node.name for node in nodes}) for one in links]
    boxes = [_box(visit, node, entity["uri"], links, places) for node in nodes]
    heads = [
        text(x, 26, words(f"network.column.{COLUMNS[column]}"), class_="rg-text rg-strong", size=15) for column, x in places.columns.items()
    ]
    below = [
        element(
            "a", text(places.columns[column], places.height + 14, words.count("network.left_out", number), class_="rg-link"), href="#table"
        )
        for column, number in left_out.items()
    ]
    height = places.height + 24
    key = _key(visit, height)
    width = max(places.width, 3 * BOX_WIDTH + 2 * ACROSS)
    description = words("network.description", name=entity["name"], n=words.number(len(nodes)), m=words.number(len(links)))
    return Picture(width, height + 26, title, description, [*lines, *boxes, *heads, *below, key], "network").of(visit)


def _line(visit: Visit, one: Link, places: Layout, names: Mapping[str, str]) -> Markup:
    said = visit.words(f"network.line.{one.certainty}", source=names[one.source], target=names[one.target], role=one.role)
    return element(
        "path", element("title", said), d=curve(places.at[one.source], places.at[one.target]), class_=f"rg-line rg-line-{one.certainty}"
    )


def _box(visit: Visit, node: Node, focus_uri: str, links: Sequence[Link], places: Layout) -> Markup:
    """Returns the box of a thing: its name and its role towards the focus. Its link moves the focus; that of the focus opens its page."""
    x, y = places.at[node.uri]
    is_focus = node.uri == focus_uri
    ends = {node.uri, focus_uri}
    touching = [one for one in links if {one.source, one.target} == ends]
    doubt = {one.certainty for one in touching} - {"certain"}
    roles = [one.role for one in touching] + [visit.words(f"network.certainty.{each}") for each in sorted(doubt)]
    role = visit.words("network.in_focus") if is_focus else ", ".join(dict.fromkeys(roles))
    lines = wrapped(node.name, NAME_SIGNS - is_focus, NAME_LINES)  # bold is wider
    body = [element("rect", x=x, y=y, width=BOX_WIDTH, height=BOX_HEIGHT, rx=5, class_=f"rg-box{' rg-box-focus' if is_focus else ''}")]
    first = y + BOX_HEIGHT / 2 - 8 * (len(lines) + bool(role)) + 12
    body += [text(x + 9, first + 16 * row, line, class_="rg-text rg-strong" if is_focus else "rg-text") for row, line in enumerate(lines)]
    if role:
        body.append(text(x + 9, first + 16 * len(lines), wrapped(role, ROLE_SIGNS, 1)[0], class_="rg-text rg-subtle", size=11))
    name = visit.words("network.box", name=node.name, role=role) if role else node.name
    address = visit.link_to({"uri": node.uri}) if is_focus else focus(visit, node)
    return link(address, name, *body)


def _key(visit: Visit, y: float) -> Markup:
    """Returns what the kinds of lines mean."""
    parts = []
    for place, certainty in enumerate(("certain", "uncertain", "excluded")):
        x = SIDE + place * 200
        parts.append(element("path", d=f"M{x} {y + 12:.0f}h44", class_=f"rg-line rg-line-{certainty}"))
        parts.append(text(x + 52, y + 16, visit.words(f"network.certainty.{certainty}")))
    return element("g", *parts)


def _table(visit: Visit, rows: Sequence[tuple[Node, Link, Node, list[Note]]]) -> Table:
    words = visit.words
    header = tuple(words(f"network.column.{column}") for column in ("who", "role", "what", "since", "certainty"))
    return Table(
        header, tuple((who.name, one.role, what.name, one.since, words(f"network.certainty.{one.certainty}")) for who, one, what, _ in rows)
    )
