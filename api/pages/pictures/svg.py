"""Parts of a picture: elements, texts, links, patterns by status, and the lines that say of which day and state it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup, escape

from api.pages.address import DAY, VERSION
from api.pages.visit import Visit

SIGN = 0.56  # the width of a sign of our fonts on average, as a part of their size
STAMP_SIZE, STAMP_LINE = 12, 17
# The marks of a pattern by status, in a square of 8 by 8: lines and dots, so that no status is told by colour alone.
_MARKS = {
    "covered": "",
    "via": "M0 4h8",
    "uncertain": "M-1 1 1-1M0 8 8 0M7 9l2-2",
    "gap": "M0 0l8 8M8 0 0 8",
    "unknown": "M2 2h1M6 6h1",
    "excluded": "M0 0v8M0 0h8",
    "not_applicable": "",
    "plain": "",
}
STATUSES = tuple(_MARKS)


def element(name: str, *children: str, **attributes: object) -> Markup:
    """Returns an element; `_` in the name of an attribute stands for a hyphen, and None leaves the attribute out."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(number(value))}"' for key, value in attributes.items() if value is not None
    )
    inner = "".join(map(escape, children))
    return Markup(f"<{name}{pairs}>{inner}</{name}>" if inner else f"<{name}{pairs}/>")


def number(value: object) -> object:
    """Returns a number as short as it is; anything else as it is."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def text(x: float, y: float, words: str, *, class_: str = "rg-text", anchor: str | None = None, size: float = 13, **more: object) -> Markup:
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor, font_size=size, **more)


def link(address: str, name: str, *children: str, **attributes: object) -> Markup:
    """Returns a link; `name` is what it is called, for the ear and under the pointer."""
    return element("a", element("title", name), *children, href=address, **attributes)


def width_of(words: str, size: float) -> float:
    """Returns about how wide a text is."""
    return len(words) * size * SIGN


def wrapped(words: str, most: int, lines: int) -> list[str]:
    """Returns a text in at most `lines` lines of at most `most` signs; an ellipsis says that there is more."""
    found = [""]
    for word in words.split():
        if found[-1] and len(found[-1]) + 1 + len(word) > most:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    cut = [line if len(line) <= most else f"{line[: most - 1]}…" for line in islice(found, lines)]
    if len(found) > lines:
        cut[-1] = f"{cut[-1][: most - 1].rstrip(' ,.…')}…"
    return cut


def fill(status: str) -> str:
    return f"url(#rg-fill-{status})"


def patterns(statuses: Iterable[str]) -> Markup:
    """Returns the patterns of some statuses, each named `rg-fill-STATUS`; their colours are those of the theme."""
    wanted = set(statuses)
    return element("defs", *(_pattern(status) for status in STATUSES if status in wanted))


def _pattern(status: str) -> Markup:
    ground = element("rect", width=8, height=8, class_=f"rg-ground-{status}")
    marks = element("path", d=_MARKS[status], class_=f"rg-marks-{status}") if _MARKS[status] else ""
    return element("pattern", ground, marks, id=f"rg-fill-{status}", width=8, height=8, patternUnits="userSpaceOnUse")


def legend(x: float, y: float, entries: Sequence[tuple[str, str]]) -> Markup:
    """Returns a legend, one line for each status and its words, beginning at a place."""
    lines = []
    for place, (status, words) in enumerate(entries):
        top = y + place * 24
        lines.append(element("rect", x=x, y=top, width=26, height=16, fill=fill(status), class_=f"rg-area rg-edge-{status}"))
        lines.append(text(x + 34, top + 13, words))
    return element("g", *lines)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: how large it is, what it is called and shows, and its parts."""

    width: float
    height: float
    title: str
    description: str
    parts: Sequence[Markup]
    name: str  # of the picture on its page, in small letters
    foot: Sequence[str] = ()  # lines above the day

    def of(self, visit: Visit) -> Markup:
        """Returns the picture as SVG with the lines at its foot that a screenshot carries along."""
        lines = [*self.foot, *stamp(visit)]
        foot = (
            text(12, self.height + 18 + STAMP_LINE * place, line, class_="rg-text rg-subtle", size=STAMP_SIZE)
            for place, line in enumerate(lines)
        )
        names = [element(tag, words, id=f"{self.name}-{tag}") for tag, words in (("title", self.title), ("desc", self.description))]
        height = self.height + 12 + STAMP_LINE * len(lines)
        ground = element("rect", width=self.width, height=height, class_="rg-paper")
        return element(
            "svg", *names, ground, *self.parts, *foot, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {self.width:.0f} {height:.0f}",
            width=f"{self.width:.0f}", height=f"{height:.0f}", role="group", class_="rg-picture",
            aria_labelledby=f"{self.name}-title", aria_describedby=f"{self.name}-desc",
        )  # fmt: skip


def stamp(visit: Visit) -> list[str]:
    """Returns the day, the state of the data and the short address of a picture, a line each."""
    words = visit.words
    version = next(iter(visit.versions), "")
    state = words("layout.version", version=version) if version else ""
    short = visit.address.with_(**{DAY: visit.day.isoformat(), VERSION: None})
    return [
        " · ".join(part for part in (f"Regiograaf, {words('layout.on', day=words.day(visit.day))}", state) if part),
        str(short),
    ]
