"""Kaart: the municipalities of a region, a province or the country, coloured by what is arranged there or by who takes part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from api.pages.pictures.areas import Area, Told, told
from api.pages.pictures.outlines import Ring, borders, extent, name_place, path, plane_of, rings_of
from api.pages.pictures.svg import STATUSES, Picture, element, fill, legend, link, patterns, text, width_of
from api.pages.provenance.notes import Notes
from api.pages.visit import View, Visit, all_pages
from api.table import Table

WIDTH, MOST_HEIGHT, MARGIN = 760, 860, 14
MOST_PAGES = 2  # of five hundred municipalities
MOST_ROWS = 100  # municipalities that have a line each in the table; more are told region by region
MOST_WITH_WORDS = 14  # municipalities whose status stands under their name
MOST_STRIP = 12
NAME_SIZE = 13
COLUMNS = ("municipality", "region", "status", "reason", "changes")
Thing = Mapping[str, Any]


async def view(visit: Visit) -> View:
    return await _view(visit, None)


async def embed(visit: Visit) -> View:
    return await _view(visit, "_top")


async def _view(visit: Visit, target: str | None) -> View:
    words = visit.words
    choices = await visit.ask("MapChoices")
    municipalities = await _municipalities(visit, visit.day)
    said = await told(visit, municipalities)
    drawn, outline_day = await _drawn(visit, municipalities)
    place, chosen = _place(visit, choices)
    title = _title(visit, said, place)
    notes = Notes(visit)
    rows = [(area, notes.of(area.claims)) for area in said.areas]
    picture = _picture(visit, said, drawn, title, outline_day, target) if drawn else None
    missing = [area.name for area in said.areas if not any(each["uri"] == area.municipality["uri"] for each in drawn)]
    values = {
        "choices": choices, "told": said, "picture": picture, "rows": rows, "notes": notes.all(), "chosen": chosen,
        "outline_day": outline_day, "missing": missing, "by_region": _by_region(said.areas) if len(rows) > MOST_ROWS else None,
        "labels": _labels(said.areas), "columns": _columns(said.areas), "both": bool(visit.one("function") and visit.one("organization")),
    }  # fmt: skip
    strip = sorted({date.fromisoformat(area.changes_on) for area in said.areas if area.changes_on})[:MOST_STRIP]
    return View(title, values, [(words("map.file"), _table(visit, said.areas))], strip)


async def _municipalities(visit: Visit, day: date) -> list[Thing]:
    """Returns the municipalities of a day in the region that is asked for, all pages of them."""
    asked = {"region": visit.one("region") or None, "asOf": day.isoformat()}
    pages = await all_pages(visit, "MapOfMunicipalities", "municipalities", MOST_PAGES, **asked)
    return [municipality for page in pages for municipality in page["nodes"]]


async def _drawn(visit: Visit, municipalities: list[Thing]) -> tuple[list[Thing], date | None]:
    """Returns the municipalities with outlines, and the day of the outlines if it is not that of the page: the nearest one that has any."""
    here = [each for each in municipalities if each["geometry"]]
    if here:
        return here, None
    days = {date.fromisoformat(each["geometryNearest"]) for each in municipalities if each["geometryNearest"]}
    if not days:
        return [], None
    nearest = min(days, key=lambda day: (abs(day - visit.day), day))
    return [each for each in await _municipalities(visit, nearest) if each["geometry"]], nearest


def _place(visit: Visit, choices: Thing) -> tuple[str, str]:
    """Returns the name of the region that is asked for as well as it is known here, or of the country; and its slug if it can be chosen."""
    asked = visit.one("region")
    if not asked:
        return visit.words("map.country"), ""
    wanted = asked.casefold().removeprefix("region/")
    regions = choices["regions"]["nodes"]
    for by_name in (False, True):  # a slug and a code are never those of two
        for region in regions:
            names = [region["name"]] if by_name else [region["slug"], *(each["id"] for each in region["identifiers"])]
            if wanted in (name.casefold() for name in names):
                return region["name"], region["slug"]
    return asked, ""


def _title(visit: Visit, said: Told, place: str) -> str:
    if visit.one("function"):
        return visit.words("map.title.coverage", function=said.about, place=place)
    if visit.one("organization"):
        return visit.words("map.title.membership", organization=said.about, place=place)
    return visit.words("map.title.plain", place=place)


def _labels(areas: Sequence[Area]) -> list[tuple[str, str, int]]:
    """Returns the statuses on a map in a fixed order, each with its pattern, its words and how many municipalities have it."""
    counted: dict[tuple[str, str], int] = {}
    for area in areas:
        counted[area.status, area.label] = counted.get((area.status, area.label), 0) + 1
    return [
        (status, label, number)
        for (status, label), number in sorted(counted.items(), key=lambda one: (STATUSES.index(one[0][0]), one[0][1]))
    ]


# ── the picture ───────────────────────────────────────────────────────────────────────────────────


def _picture(visit: Visit, said: Told, drawn: list[Thing], title: str, outline_day: date | None, target: str | None) -> Markup:
    """Returns the map as SVG: areas by status, borders of regions, names that fit, and a legend in words."""
    words = visit.words
    plane = plane_of([each["geometry"] for each in drawn], WIDTH, MOST_HEIGHT, MARGIN)
    shapes = {each["uri"]: rings_of(each["geometry"], plane) for each in drawn}
    areas = {area.municipality["uri"]: area for area in said.areas}
    gone = words("map.status.not_yet")
    shown = [areas.get(each["uri"]) or Area(each, "not_applicable", gone) for each in drawn]
    labels = _labels(shown)
    entries = [(status, words("map.legend", label=label, n=words.number(number))) for status, label, number in labels]
    counts = "; ".join(f"{label}: {words.number(number)}" for _, label, number in labels)
    groups = [_group(visit, status, shown, shapes, target) for status in dict.fromkeys(status for status, _, _ in labels)]
    lines = path(borders((area.region, shapes[area.municipality["uri"]]) for area in shown), closed=False)
    parts = [
        patterns(status for status, _, _ in labels), *groups, element("path", d=lines, class_="rg-border"), _names(shown, shapes),
        legend(MARGIN, plane.height + 8, entries),
    ]  # fmt: skip
    foot = [drawn[0]["geometry"].get("attribution", "")]
    if outline_day:
        foot.insert(0, words("map.outlines_of", day=words.day(outline_day)))
    height = plane.height + 8 + 24 * len(entries)
    return Picture(WIDTH, height, title, words("map.description", counts=counts), parts, "map", tuple(filter(None, foot))).of(visit)


def _group(visit: Visit, status: str, areas: Sequence[Area], shapes: Mapping[str, list[Ring]], target: str | None) -> Markup:
    """Returns the areas of one status as links."""
    links = []
    for area in areas:
        if area.status == status:
            said = visit.words("map.area", name=area.name, label=area.label)
            name = f"{said} ({area.reason})" if area.reason and len(areas) <= MOST_ROWS else said
            outline = element("path", d=path(shapes[area.municipality["uri"]]))
            links.append(link(visit.link_to(area.municipality), name, outline, target=target))
    return element("g", *links, class_=f"rg-area rg-edge-{status}", fill=fill(status))


def _names(areas: Sequence[Area], shapes: Mapping[str, list[Ring]]) -> Markup:
    """Returns the names that fit in their areas, the larger first; with few areas the status stands under each."""
    placed: list[tuple[float, float, float]] = []
    found: list[Markup] = []
    few = len(areas) <= MOST_WITH_WORDS
    spare = 1.6 if few else 1  # how much wider than its room a name may be
    outlined = [(area, shapes[area.municipality["uri"]]) for area in areas]
    places = [(*name_place(rings), area) for area, rings in outlined if width_of(area.name, NAME_SIZE) <= extent(rings) * spare]
    for x, y, room, area in sorted(places, key=lambda one: (-one[2], one[3].name)):
        wide = width_of(area.name, NAME_SIZE)
        if wide > room * spare or any(abs(y - other) < 2.4 * NAME_SIZE and abs(x - at) < (wide + width) / 2 for at, other, width in placed):
            continue
        placed.append((x, y, wide))
        found.append(text(x, y, area.name, class_="rg-name", anchor="middle", size=NAME_SIZE, aria_hidden="true"))
        if few and area.status != "plain":
            found.append(text(x, y + 14, area.label, class_="rg-name", anchor="middle", size=11, aria_hidden="true"))
    return element("g", *found, class_="rg-names")


# ── the table ─────────────────────────────────────────────────────────────────────────────────────


def _table(visit: Visit, areas: Sequence[Area]) -> Table:
    header = tuple(visit.words(f"map.column.{column}") for column in COLUMNS)
    return Table(header, tuple((area.name, area.region, area.label, area.reason, area.changes_on or "") for area in areas))


def _columns(areas: Sequence[Area]) -> list[str]:
    """Returns the columns of the table on the page: those that say something."""
    told = {"region": len({area.region for area in areas}) > 1, "changes": any(area.changes_on for area in areas)}
    return [column for column in COLUMNS if told.get(column, True)]


def _by_region(areas: Sequence[Area]) -> list[tuple[Thing | None, dict[str, list[Area]]]]:
    """Returns the areas by region and status label; municipalities without a youth region come last."""
    found: dict[str, tuple[Thing | None, dict[str, list[Area]]]] = {}
    for area in sorted(areas, key=lambda area: (not area.region, area.region, area.name)):
        region = area.municipality["youthRegion"]
        found.setdefault(area.region, (region, {}))[1].setdefault(area.label, []).append(area)
    return list(found.values())
