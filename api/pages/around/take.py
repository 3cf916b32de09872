"""Meenemen: the files that a reader can take along, of everything or of one thing, each with a sentence; only those that are offered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from api.pages.address import DAY, VERSION
from api.pages.around.foot import Foot
from api.pages.visit import View, Visit

EVERYTHING = ("xlsx", "csv", "ics", "atom", "geojson", "turtle", "all")  # in the order of a reader, by the names of formats
TABLES = ("xlsx", "csv")
OF_ONE = ("ics", "atom", "ttl", "json")
WITH_CONTRACTS = ("municipality", "region", "collaboration", "provider", "publicbody", "contract", "procurement", "function")


@dataclass(frozen=True, slots=True)
class Offered:
    """Holds what a server offers: the names of its files of everything, and its own address if it knows that."""

    files: Collection[str] = ()
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file: its name and a sentence for a reader, its address, and the address by which a program subscribes to it, if one can."""

    title: str
    text: str
    link: str
    subscription: str = ""


def taken(visit: Visit, view: View, foot: Foot | None, offered: Offered) -> Mapping[str, object] | None:
    """Returns what the section shows of a page that has it; None if there is nothing to be taken along."""
    if view.take is None:
        return None
    files = _of_everything(visit, offered) if view.take == "" else _of_one(visit, view, offered)
    about = view.title if view.take else ""
    return {"files": files, "about": about, "licences": ", ".join(foot.licences) if foot else ""} if files else None


def _of_everything(visit: Visit, offered: Offered) -> list[File]:
    return [_file(visit, f"all.{name}", f"/v1/export/{name}", offered) for name in EVERYTHING if name in offered.files]


def _of_one(visit: Visit, view: View, offered: Offered) -> list[File]:
    """Returns the table of the page, and the forms that each thing has; a calendar only if contracts can concern the thing."""
    key = str(view.take)
    files = [_file(visit, f"one.{form}", str(visit.address.in_form(form)), offered) for form in TABLES if view.tables]
    forms = (form for form in OF_ONE if form != "ics" or key.partition("/")[0] in WITH_CONTRACTS)
    return files + [_file(visit, f"one.{form}", f"/id/{quote(key)}.{form}", offered) for form in forms]


def _file(visit: Visit, name: str, path: str, offered: Offered) -> File:
    """Returns a file with its words, for the day and the version that the address of the page names."""
    kept = {key: value for key in (DAY, VERSION) if (value := visit.one(key))}
    link = path if "?" in path or not kept else f"{path}?{urlencode(kept)}"
    subscription = ""
    if name.endswith(".ics") and offered.base_url:
        subscription = f"webcal://{offered.base_url.rstrip('/').partition('://')[2]}{link}"
    return File(visit.words(f"take.{name}.title"), visit.words(f"take.{name}.text"), link, subscription)
