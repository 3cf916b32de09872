"""Decides what a map says of each municipality: whether a kind of care is arranged there, or whether it takes part in something.

A status has a pattern and words. A member may be a municipality itself, or a region that takes part for its municipalities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.pages.visit import PageProblem, Visit
from api.pages.words import Words

Thing = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality on a map: its status as a pattern and in words, the reason, and the claims behind it."""

    municipality: Thing
    status: str
    label: str
    reason: str = ""
    changes_on: str | None = None
    claims: tuple[Thing, ...] = ()

    @property
    def name(self) -> str:
        return str(self.municipality["name"])

    @property
    def region(self) -> str:
        return str((self.municipality["youthRegion"] or {}).get("name", ""))


@dataclass(frozen=True, slots=True)
class Told:
    """All that a map says: the areas in order of their names, what it is about, and a remark on what is not known."""

    areas: list[Area]
    about: str = ""
    thing: Thing | None = None  # that has a page
    remark: str = ""
    language: str | None = None  # of the remark, if it is not that of the page
    more: int = 0  # members that were not read


async def told(visit: Visit, municipalities: list[Thing]) -> Told:
    """Asks what the map says of each municipality."""
    if function := visit.one("function"):
        return await _coverage(visit, municipalities, function)
    if organization := visit.one("organization"):
        return await _membership(visit, municipalities, organization)
    return Told([Area(each, "plain", visit.words("map.status.plain")) for each in municipalities])


async def _coverage(visit: Visit, municipalities: list[Thing], function: str) -> Told:
    matrix = (await visit.ask("CoverageOnAMap", region=visit.one("region") or None, functions=[function]))["coverageMatrix"]
    cells = {cell["municipality"]["uri"]: cell for cell in matrix["cells"]}
    areas = []
    for each in municipalities:
        cell = cells.get(each["uri"])
        if cell is None:  # the matrix has its own limit; what it leaves out is not told as a status
            raise PageProblem("TOO_MANY_CELLS")
        claims = tuple(claim for way in cell["via"] for claim in way["claims"])
        reason = ", ".join(cell["reasonLabels"])
        areas.append(Area(each, cell["status"].lower(), cell["statusLabel"], reason, cell["changesOn"], claims))
    return Told(areas, matrix["functions"][0]["name"])


@dataclass
class _Members:
    """The memberships of an organisation by member, the surest first."""

    words: Words
    of: dict[str, list[Thing]] = field(default_factory=dict)

    def add(self, memberships: Iterable[Thing]) -> None:
        for each in memberships:
            self.of.setdefault(each["member"]["uri"], []).append(each)

    def area(self, municipality: Thing, otherwise: tuple[str, str]) -> Area:
        """Returns what is known of a municipality: first of itself, then of its region, then of its province."""
        places = [municipality, *(municipality[kind] for kind in ("youthRegion", "province") if municipality[kind])]
        for place in places:
            if found := self.of.get(place["uri"]):
                return self._area(municipality, place, found)
        return Area(municipality, otherwise[0], self.words(f"map.status.{otherwise[1]}"))

    def _area(self, municipality: Thing, place: Thing, found: list[Thing]) -> Area:
        itself = place is municipality
        first = min(found, key=lambda each: (not each["takesPart"], each["memberDuring"]["contains"] != "YES"))
        claims = tuple(claim for each in found for claim in each["claims"])
        if not first["takesPart"]:
            status, label = "excluded", "excluded"
        elif first["memberDuring"]["contains"] != "YES":
            status, label = "uncertain", "uncertain" if itself else "uncertain_via"
        else:
            status, label = ("covered", "member") if itself else ("via", "via")
        roles = ", ".join(dict.fromkeys(each["roleLabel"] for each in found if each["takesPart"]))
        since = first["memberDuring"]["start"] or first["memberDuring"]["attested"]
        known = "since" if first["memberDuring"]["start"] else "attested"
        parts = [roles, self.words(f"map.{known}", day=since["label"]) if since and first["takesPart"] else ""]
        named = "" if itself else self.words("map.through", region=place["name"])
        return Area(municipality, status, self.words(f"map.status.{label}"), "; ".join(filter(None, [named, *parts])), None, claims)


async def _membership(visit: Visit, municipalities: list[Thing], organization: str) -> Told:
    found = (await visit.ask("MembersOnAMap", organization=organization))["organization"]
    members = _Members(visit.words)
    members.add(found["excluded"]["nodes"])
    members.add(found["members"]["nodes"])
    whole = found["members"]["completeness"] == "COMPLETE"
    otherwise = ("not_applicable", "no_member") if whole else ("unknown", "unknown")
    areas = [members.area(each, otherwise) for each in municipalities]
    left_out = found["members"]["totalCount"] - len(found["members"]["nodes"])
    remark = found["members"]["remark"] or visit.words(f"map.list.{found['members']['completeness'].lower()}")
    language = visit.words.foreign(remark, found["members"]["dutchRemark"])
    return Told(areas, found["name"], found, remark, language, left_out)
