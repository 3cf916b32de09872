"""The picture of a timeline: years, bars, options hatched, events as numbered marks, and the line of the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from api.pages.pictures.bars import OPTION, POSSIBLE, SURE, Piece
from api.pages.pictures.svg import Picture, element, fill, link, patterns, text, wrapped
from api.pages.visit import Visit

if TYPE_CHECKING:
    from api.pages.timeline import Row

WIDTH, LEFT, RIGHT = 1240, 330, 26
TOP, HEAD, ROW, LINE, BAR, LANE, MARK = 40, 34, 44, 16, 18, 26, 10
NAME_SIGNS, NAME_LINES, UNDER_SIGNS = 42, 2, 50
YEARS_BEFORE, YEARS_AFTER = 12, 8  # of the day at the most
STUB = 22  # the width of an open beginning
_CLASS = {SURE: "rg-bar-sure", POSSIBLE: "rg-bar-possible", OPTION: "rg-bar-option"}
MERGERS = ("MERGER", "SPLIT")
Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Axis:
    """The years of a timeline, from the first day of one to the first day of another."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Returns the place of a day; what lies outside stands at the edge."""
        inside = min(max(day, self.first), self.last)
        return round(LEFT + (inside - self.first).days * (WIDTH - LEFT - RIGHT) / (self.last - self.first).days, 1)


def axis_of(day: date, days: Sequence[date]) -> Axis:
    years = [one.year for one in (*days, day)]
    return Axis(
        date(max(min(years), day.year - YEARS_BEFORE), 1, 1), date(min(max(*years, day.year + 1) + 1, day.year + YEARS_AFTER), 1, 1)
    )


def picture_of(visit: Visit, title: str, rows: Sequence[Row], events: Sequence[Event]) -> Markup:
    """Returns a timeline as SVG."""
    words = visit.words
    event_days = [date.fromisoformat(event["date"]["earliest"]) for event in events if event["date"]["earliest"]]
    axis = axis_of(visit.day, [*(one for row in rows for one in row.bar.days()), *event_days])
    parts: list[Markup] = []
    y = float(TOP)
    for kind, group in groupby(rows, key=lambda row: row.kind):
        parts.append(text(12, y + 22, words(f"timeline.group.{kind}"), class_="rg-text rg-strong", size=15))
        y += HEAD
        for row in group:
            names = wrapped(row.thing["name"], NAME_SIGNS, NAME_LINES)
            parts.append(_row(visit, row, names, axis, y))
            y += ROW + LINE * (len(names) - 1)
    if events:
        parts.append(text(12, y + 22, words("timeline.group.events"), class_="rg-text rg-strong", size=15))
        y += HEAD
        marks, lanes = _marks(visit, events, axis, y)
        parts.append(marks)
        y += lanes * LANE + 8
    x = axis.x(visit.day)
    line = element("path", d=f"M{x} {TOP - 6}V{y}", class_="rg-today")
    today = text(x, TOP - 26, words("timeline.day", day=words.day(visit.day)), class_="rg-text rg-strong", anchor=_anchor(x), size=12)
    description = words("timeline.description", n=words.number(len(rows)), m=words.number(len(events)))
    all_parts = [patterns(["uncertain"]), _years(axis, y), *parts, line, today, _key(visit, y + 10)]
    return Picture(WIDTH, y + 60, title, description, all_parts, "timeline").of(visit)


def _anchor(x: float) -> str:
    return "end" if x > WIDTH - 120 else "start" if x < LEFT + 60 else "middle"


def _years(axis: Axis, bottom: float) -> Markup:
    lines = []
    for year in range(axis.first.year, axis.last.year + 1):
        x = axis.x(date(year, 1, 1))
        lines.append(element("path", d=f"M{x} {TOP}V{bottom}", class_="rg-grid"))
        if year < axis.last.year:
            lines.append(text(x + 3, TOP - 8, str(year), class_="rg-text rg-subtle", size=12))
    return element("g", *lines)


def _row(visit: Visit, row: Row, names: Sequence[str], axis: Axis, y: float) -> Markup:
    """Returns a bar with its name, which is a link; the days are told in words for the ear and under the pointer."""
    name = visit.words("timeline.bar", name=row.thing["name"], begin=row.begin, end=row.end)
    under = ", ".join(filter(None, [row.about, visit.words("timeline.soon_mark") if row.soon else ""]))
    label = [text(12, y + 14 + LINE * place, line, class_="rg-link") for place, line in enumerate(names)]
    style = f"rg-text {'rg-soon' if row.soon else 'rg-subtle'}"
    label.append(text(12, y + 14 + LINE * len(names), wrapped(under, UNDER_SIGNS, 1)[0], class_=style, size=11))
    top = y + 6
    pieces = list(_pieces(row.bar.pieces, axis, top))
    edges = [piece for piece in row.bar.pieces if piece.kind != OPTION]
    first, last = edges[0].first, edges[-1].last
    if row.bar.begins and first and first >= axis.first:
        pieces.append(_edge(axis.x(first), top))
    elif not row.bar.begins:
        x = axis.x(first or axis.first)
        pieces.append(element("path", d=f"M{x} {top + BAR / 2}h-{STUB}", class_="rg-open"))
    if row.bar.ends and last and last < axis.last:
        pieces.append(_edge(axis.x(last + timedelta(days=1)), top))
    return link(visit.link_to(row.thing), name, *label, *pieces)


def _pieces(pieces: Sequence[Piece], axis: Axis, top: float) -> Iterator[Markup]:
    for piece in pieces:
        left = axis.x(piece.first or axis.first)
        right = axis.x(piece.last + timedelta(days=1) if piece.last else axis.last)
        yield element(
            "rect", x=left, y=top, width=max(round(right - left, 1), 2.0), height=BAR, class_=_CLASS[piece.kind],
            fill=fill("uncertain") if piece.kind == OPTION else None, data_first=piece.first, data_last=piece.last,
        )  # fmt: skip


def _edge(x: float, top: float) -> Markup:
    return element("path", d=f"M{x} {top - 3}v{BAR + 6}", class_="rg-edge")


def _marks(visit: Visit, events: Sequence[Event], axis: Axis, top: float) -> tuple[Markup, int]:
    """Returns the events as numbered marks in as many lanes as keep them apart, and how many lanes that takes."""
    ends: list[float] = []
    marks = []
    for number, event in enumerate(events, 1):
        earliest, latest = (date.fromisoformat(day) if (day := event["date"][key]) else None for key in ("earliest", "latest"))
        if not (known := earliest or latest):
            continue  # it stands in the table, without a day
        left = axis.x(known)
        lane = next((place for place, end in enumerate(ends) if left - MARK > end), len(ends))
        right = max(left + 2 * MARK, axis.x(latest) if latest else left + 2 * MARK)
        ends[lane : lane + 1] = [right]
        y = top + lane * LANE + MARK
        name = visit.words("timeline.event", n=number, label=event["label"], day=event["date"]["label"])
        more = " rg-mark-merger" if event["kind"] in MERGERS else "" if event["certainty"] == "CERTAIN" else " rg-mark-plan"
        shape = [element("circle", cx=left, cy=y, r=MARK, class_=f"rg-mark{more}")]
        if latest and earliest and latest > earliest:
            shape.insert(0, element("path", d=f"M{left} {y}H{axis.x(latest)}", class_="rg-open"))
        shape.append(
            text(left, y + 4, str(number), class_="rg-number" if event["kind"] in MERGERS else "rg-text", anchor="middle", size=11)
        )
        marks.append(element("a", element("title", name), *shape, href=f"#event-{number}"))
    return element("g", *marks), max(len(ends), 1)


def _key(visit: Visit, y: float) -> Markup:
    """Returns what the kinds of bars mean."""
    parts = []
    for place, kind in enumerate((SURE, POSSIBLE, OPTION)):
        x = 12 + place * 290
        parts.append(
            element("rect", x=x, y=y, width=34, height=14, class_=_CLASS[kind], fill=fill("uncertain") if kind == OPTION else None)
        )
        parts.append(text(x + 42, y + 12, visit.words(f"timeline.key.{kind}"), size=12))
    parts.append(element("path", d=f"M{882} {y + 7}h34", class_="rg-open"))
    parts.append(text(924, y + 12, visit.words("timeline.key.open"), size=12))
    parts.append(element("path", d=f"M29 {y + 24}v16", class_="rg-edge"))
    parts.append(text(54, y + 37, visit.words("timeline.key.edge"), size=12))
    parts.append(element("circle", cx=319, cy=y + 32, r=7, class_="rg-mark rg-mark-merger"))
    parts.append(text(344, y + 37, visit.words("timeline.key.merger"), size=12))
    parts.append(element("circle", cx=609, cy=y + 32, r=7, class_="rg-mark rg-mark-plan"))
    parts.append(text(634, y + 37, visit.words("timeline.key.plan"), size=12))
    return element("g", *parts)
