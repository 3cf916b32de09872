"""Renders pages: templates, and what every page has around its own content."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.pages.address import DAY, PATHS, VERSION
from api.pages.around.foot import Foot
from api.pages.around.take import Offered, taken
from api.pages.visit import View, Visit
from graph.domain.languages import LANGUAGES

MENU = ("coverage", "map", "network", "timeline", "difference", "contradictions", "sources", "glossary")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("api.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def static_version() -> str:
    """Returns a digest of the styles and scripts, which stands in their addresses: no old style meets a new page."""
    digest = blake2b(digest_size=6)
    for file in sorted((files(__package__) / "static").iterdir(), key=lambda file: file.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def html(visit: Visit, view: View, foot: Foot | None, template: str, offered: Offered) -> str:
    """Returns a page as HTML. `foot` is None if the store cannot be asked."""
    values = {**_around(visit, view, foot), "take": taken(visit, view, foot, offered), **view.values}
    return _environment().get_template(f"{template}.html").render(values)


def _around(visit: Visit, view: View, foot: Foot | None) -> Mapping[str, Any]:
    """Returns what every template may use: words, links, days, the strip of days, the foot."""
    address, words = visit.address, visit.words
    day = visit.day.isoformat()
    version = next(iter(visit.versions), None) or (foot.version if foot else None)
    exact = address.with_(**{DAY: day, VERSION: version}) if version else None
    return {
        "visit": visit, "view": view, "t": words, "address": address, "day": visit.day, "has_day": view.has_day, "words": words,
        "menu": [(words(f"layout.menu.{page}"), visit.link(page), page == address.page) for page in MENU],
        "languages": [(one, address.in_language(one)) for one in LANGUAGES if one.ours and one.code in PATHS[address.page]],
        "latest": address.with_(**{DAY: None, VERSION: None}), "exact": exact, "version": version,
        "strip": _strip(visit, view), "foot": foot, "static": static_version(),
        "files": [(form, address.in_form(form)) for form in ("csv", "xlsx")] if view.tables else [],
    }  # fmt: skip


def _strip(visit: Visit, view: View) -> Mapping[str, Any] | None:
    """Returns the days on which something changes as links, with the one before and the one after the day of the page."""
    days = sorted(set(view.strip))
    if not days:
        return None
    links = [(day, visit.address.with_(**{DAY: day.isoformat()}), day == visit.day) for day in days]
    return {
        "days": links,
        "previous": next((one for one in reversed(links) if one[0] < visit.day), None),
        "next": next((one for one in links if one[0] > visit.day), None),
    }
