"""Imports the registers of TOOI, municipalities and provinces "compleet": URIs, OWMS terms, ends, and the events between.

The files are JSON-LD, expanded, as KOOP publishes them. Of an end TOOI gives both the last day (`einddatum`) and the first day after it
(`invalidatedAtTime`); if the two do not fit together the file is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from seeds.imports.compact import table
from seeds.imports.events import Event, event_tables
from seeds.imports.importer import File, Importer, Known, Progress, Wanted
from seeds.imports.problem import ImportProblem
from seeds.imports.rvig import SINCE

SOURCE = "tooi-gemeenten"
_ID = "https://identifier.overheid.nl/tooi/id/"
_ONT = "https://identifier.overheid.nl/tooi/def/ont/"
_PROV = "http://www.w3.org/ns/prov#"
_SET = re.compile(r"/tooi/set/(\w+)/(\d+)$")
_EVENTS = ("Samenvoeging", "Uitbreiding", "Herschikking")
_CODES = {"Gemeente": ("gemeentecode", "GM", "CBS_GM", r"\d{4}"), "Provincie": ("provinciecode", "PV", "CBS_PV", r"\d{2}")}


@dataclass(slots=True)
class _Register:
    """The register as it was read: organisations by their code, the ends of municipalities, and events; `names` by URI."""

    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    owms: dict[str, str] = field(default_factory=dict)
    lives: dict[str, tuple[date | None, date]] = field(default_factory=dict)  # of those that ended: the first day, and the last
    events: list[Event] = field(default_factory=list)
    version: str = "TOOI-register"
    problems: list[ImportProblem] = field(default_factory=list)


def read(files: Sequence[File], known: Known, progress: Progress) -> Wanted:
    """Reads the registers as claims on the municipalities and provinces that are known."""
    register = _Register()
    for file in files:
        nodes = _nodes(file, register)
        for number, node in enumerate(nodes, 1):
            _node(file, number, node, register)
        progress(f"{file.name}: {len(nodes)} things")
    if register.problems:
        return Wanted(problems=register.problems)
    slugs = {uri: slug for uri, code in register.codes.items() if (slug := known.slug(code))}
    events = [event for event in register.events if event.on >= SINCE and {*event.originals, *event.resulting} <= slugs.keys()]
    notes = [f"{len(register.codes) - len(slugs)} organisations are not known here, most of them municipalities that ended before {SINCE}."]
    names = {uri: (slug, register.names[uri]) for uri, slug in slugs.items()}
    return Wanted(
        {**_organisations(register, slugs), **_ends(register, slugs), **event_tables(events, names, register.version, known)}, notes=notes
    )


def _nodes(file: File, register: _Register) -> list[dict[str, Any]]:
    try:
        content = json.loads(file.content)
    except ValueError as error:
        register.problems.append(ImportProblem(file.name, "", 0, "", f"It is no JSON: {error}.", _REMEDY))
        return []
    if not isinstance(content, list) or not all(isinstance(node, dict) for node in content):
        register.problems.append(ImportProblem(file.name, "", 0, "", "It is no list of things in JSON-LD.", _REMEDY))
        return []
    return content


_REMEDY = "Give the register of TOOI as JSON-LD, expanded: rwc_gemeenten_compleet or rwc_provincies_compleet."


def _node(file: File, number: int, node: Mapping[str, Any], register: _Register) -> None:
    """Reads one thing. `number` is its place in the list, told as its row."""
    type = str((node.get("@type") or [""])[0]).removeprefix(_ONT)
    uri = str(node.get("@id", ""))
    if (version := _SET.search(uri)) and "gemeenten" in uri:
        register.version = f"{version[1]} {version[2]}"  # the node that describes the register itself
    before = len(register.problems)

    def wrong(column: str, what: str, remedy: str = "Download the register again.") -> None:
        register.problems.append(ImportProblem(file.name, "", number, column, f"{uri.removeprefix(_ID)} {what}", remedy))

    if type in _CODES:
        key, letters, scheme, pattern = _CODES[type]
        code, name = _value(node, _ONT + key), _value(node, _ONT + "officieleNaamExclSoort")
        if not re.fullmatch(pattern, code, re.ASCII) or not uri.endswith(f"/{letters.lower()}{code}"):
            wrong(key, f'has the code "{code}", which does not fit it.')
        if not name:
            wrong("officieleNaamExclSoort", "has no name.")
        end = _end(node, wrong)
        if len(register.problems) == before:
            register.codes[uri], register.names[uri], register.owms[uri] = f"{scheme}:{letters}{code}", name, _value(node, _ONT + "owmsId")
            if end:
                register.lives[uri] = _day(node, _ONT + "begindatum"), end
    elif type in _EVENTS:
        on = _day(node, _ONT + "tijdstipWijziging")
        originals = _links(node, "invalidated")
        resulting = _links(node, "generated") + _links(node, "used")
        if on is None:
            wrong("tijdstipWijziging", "has no day.")
        elif not originals or not resulting:
            wrong("invalidated", "does not say what became what.")
        else:
            register.events.append(Event(uri, type, on, originals, resulting))


def _end(node: Mapping[str, Any], wrong: Any) -> date | None:
    """Returns the last day of a municipality. Its two ways of saying so must fit together."""
    last, after = _day(node, _ONT + "einddatum"), _day(node, _PROV + "invalidatedAtTime")
    if (last is None) != (after is None):
        wrong("einddatum", "has an end in one of two ways, einddatum and invalidatedAtTime.", "Look up which is right.")
    elif last and after and last + timedelta(days=1) != after:
        what = f"ends on {last} by its einddatum, which is inclusive, and before {after} by its invalidatedAtTime."
        wrong("einddatum", what, "Look up which is right; the second must be the day after the first.")
    return last


def _value(node: Mapping[str, Any], key: str) -> str:
    return str((node.get(key) or [{}])[0].get("@value", "")).strip()


def _links(node: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(sorted(str(link["@id"]) for link in node.get(_PROV + key, [])))


def _day(node: Mapping[str, Any], key: str) -> date | None:
    try:
        return date.fromisoformat(_value(node, key)[:10])
    except ValueError:
        return None


def _organisations(register: _Register, slugs: Mapping[str, str]) -> dict[str, bytes]:
    out: dict[str, bytes] = {}
    for part, scheme, type in (("gemeente", "CBS_GM", "Municipality"), ("provincie", "CBS_PV", "Region")):
        rows = [
            {"slug": slug, "code": uri.rpartition("/")[2], "owms": register.owms[uri].rpartition("/")[2]}
            for uri, slug in slugs.items() if register.codes[uri].startswith(scheme)
        ]  # fmt: skip
        if not rows:
            continue
        link = f"{_ID}{part}/{{code}}"
        section = f"{register.version}: {{code}}" if type == "Municipality" else f"TOOI-register, {part}: {{code}}"
        cited = {"source": SOURCE, "section": section, "link": link, "method": "REGISTRY_IMPORT"}
        claims = [
            {"id": "tooi.{code}.uri", "identifier": f"TOOI:{link}", **cited},
            {"id": "tooi.{code}.owms", "identifier": "OWMS:http://standaarden.overheid.nl/owms/terms/{owms}", **cited},
        ]
        out |= table(f"tooi-{part}", type, "The URIs of TOOI and the older terms of OWMS.", ("slug", "code", "owms"), rows, claims)
    return out


def _ends(register: _Register, slugs: Mapping[str, str]) -> dict[str, bytes]:
    rows = [
        {
            "slug": slugs[uri], "code": uri.rpartition("/")[2], "until": str(last),
            "from": str(first) if first and first > SINCE else f"../{SINCE}",
        }
        for uri, (first, last) in register.lives.items() if uri in slugs
    ]  # fmt: skip
    claim = {
        "id": "tooi.{code}.exists", "exists": "true", "from": "{from}", "until": "{until}", "source": SOURCE,
        "section": f"{register.version}: {{code}}, einddatum {{until}}", "link": f"{_ID}gemeente/{{code}}", "method": "REGISTRY_IMPORT",
    }  # fmt: skip
    comment = "The last days of municipalities. TOOI writes the last day as einddatum and the first day after it as invalidatedAtTime."
    return table("tooi-ends", "Municipality", comment, ("slug", "code", "from", "until"), rows, [claim])


OWNS = ("tables/tooi-*.*", "tables/events.*", "tables/event-parties.*")
TOOI = Importer("tooi", "Registers of TOOI, municipalities and provinces compleet, as JSON-LD.", OWNS, read)
