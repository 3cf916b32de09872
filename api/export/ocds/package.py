"""A release package of OCDS 1.1: what is known of procurements and contracts. What no source says is left out, and nothing is made up.

Each procurement is a release with its contracts; a contract without a known procurement is a release of its own. OCDS has days only,
so a vague date stands in the field `regiograaf`, which `release-schema.json` beside this module describes, and each file carries. What
is planned, what became of options, the sources and what they leave out stand there too. No source gives the value of a contract: money
that was spent is a figure, not a value.

OCDS asks for an award behind every contract. It bears the id of the contract and says no more of it than who supplies. A prefix for
ocids has to be registered; without the setting REGIOGRAAF_OCID_PREFIX they begin with `regiograaf-local`, which is not.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from typing import Any

import orjson

from api.export.asked import asked
from api.export.colophon import colophon, data_day
from api.export.export import Export, Format
from api.export.network import Network, network_of
from api.export.ocds.extension import of_contract, of_procurement
from api.export.ocds.parties import ROLES, parties, reference
from graph.build.edges import Edge
from graph.build.properties import Properties
from graph.compile.rows import MAX_PAGE
from graph.dates.edtf import FuzzyDate, parse
from graph.domain.claim import Text
from graph.domain.languages import DEFAULT, language
from graph.domain.reference import key_of
from graph.domain.reference import uri as urn

LOCAL_PREFIX = "regiograaf-local"
EXTENSIONS = tuple(
    f"https://raw.githubusercontent.com/open-contracting-extensions/ocds_{name}_extension/{version}/extension.json"
    for name, version in (("lots", "v1.1.5"), ("renewal", "master"))
)
STATUSES = {"PENDING": "pending", "ACTIVE": "active", "ENDED": "terminated"}  # the others have no word in OCDS
FUNCTIONS = ("DELIVERS", "CONCERNS")
_NAME, _ABOUT = language(DEFAULT).property("name"), language(DEFAULT).property("description")
Found = dict[str, Any]
Statuses = Mapping[str, str]


async def write(export: Export) -> AsyncIterator[bytes]:
    """Yields the release package of all procurements and contracts."""
    whole = await network_of(export)
    statuses = await contract_statuses(export)
    yield orjson.dumps(package(export, whole, statuses), option=orjson.OPT_INDENT_2) + b"\n"


async def contract_statuses(export: Export) -> Statuses:
    """Returns the status of each contract on the day of an export, by key."""
    found: dict[str, str] = {}
    after: str | None = None
    while True:
        contracts = (await asked(export, "WhatEndsFirst", first=MAX_PAGE, after=after))["contracts"]
        found |= {str(key_of(each["uri"])): each["status"] for each in contracts["nodes"]}
        if not contracts["pageInfo"]["hasNextPage"]:
            return found
        after = contracts["pageInfo"]["endCursor"]


def package(export: Export, whole: Network, statuses: Statuses) -> Found:
    """Returns the release package."""
    licences = {part.licence for part in export.dataset.datasets.values()}
    publishers = sorted({part.publisher for part in export.dataset.datasets.values() if part.publisher})
    known = {licence for licence in licences if licence}
    return {
        "uri": f"urn:regiograaf:export:ocds:{export.data_version}:{export.day}", "version": "1.1", "extensions": list(EXTENSIONS),
        "publishedDate": _instant(data_day(export)), "publisher": {"name": "; ".join(publishers) or "onbekend"},
        **({"license": f"https://spdx.org/licenses/{known.pop()}"} if len(licences) == len(known) == 1 else {}),
        "releases": list(releases(export, whole, statuses)), "regiograaf": {**colophon(export), "schema": schema()},
    }  # fmt: skip


def schema() -> Found:
    """Returns what our field adds to the release schema of OCDS, which a file carries because it stands at no address of its own."""
    found: Found = orjson.loads((files("api.export.ocds") / "release-schema.json").read_bytes())
    return found


def releases(export: Export, whole: Network, statuses: Statuses) -> Iterator[Found]:
    """Yields the releases: those of procurements, then those of contracts of which no source names the procurement, by key."""
    processes = _processes(whole)
    for key, contracts in processes.items():
        yield _release(export, whole, key, contracts, statuses, {c: k for k, listed in processes.items() for c in listed})


def _processes(whole: Network) -> Mapping[str, Sequence[str]]:
    """Returns the contracts of each contracting process. One that comes from several procurements is in the first of them."""
    found: dict[str, list[str]] = {key: [] for key in whole.things if key.startswith("procurement/")}
    alone: dict[str, list[str]] = {}
    for key in (key for key in whole.things if key.startswith("contract/")):
        from_ = whole.ends(key, "FROM_PROCUREMENT")
        (found[from_[0]] if from_ else alone.setdefault(key, [])).append(key)
    return found | alone


def ocid(export: Export, whole: Network, key: str) -> str:
    """Returns the ocid of a contracting process: the one that a source gives, or else one with our prefix."""
    type_, _, slug = key.partition("/")
    return str(whole.things[key].get("ocid") or f"{export.ocid_prefix or LOCAL_PREFIX}-{type_}-{slug}")


def _release(
    export: Export, whole: Network, key: str, contracts: Sequence[str], statuses: Statuses, process_of: Mapping[str, str]
) -> Found:  # fmt: skip
    edges = [e for thing in dict.fromkeys((key, *contracts)) for e in whole.ending.get(thing, ()) if e.type in ROLES]
    buyers = {e.start for e in edges if e.type == "BUYS" and not e.period.planned}
    tendered = key.startswith("procurement/")
    claims = [claim.key for thing in (key, *contracts) for claim in whole.claims.get(thing, ())]
    name = ocid(export, whole, key)
    known = {
        "parties": parties(whole, edges, export.day),
        "buyer": reference(whole, next(iter(buyers))) if len(buyers) == 1 else None,
        "tender": _tender(export, whole, key, contracts) if tendered else None,
        "awards": [_award(whole, contract, key) for contract in contracts],
        "contracts": [_contract(export, whole, contract, statuses, process_of) for contract in contracts],
    }
    return {
        "ocid": name, "id": f"{name}-{export.data_version}-{export.day}", "date": _instant(data_day(export, claims)),
        "tag": [*(["tender"] if tendered else []), *(["award", "contract"] if contracts else [])],
        "initiationType": "tender", "language": DEFAULT.lower(), **{field: value for field, value in known.items() if value},
    }  # fmt: skip


# ── the parts of a release ────────────────────────────────────────────────────────────────────────


def _tender(export: Export, whole: Network, key: str, contracts: Sequence[str]) -> Found:
    about = whole.things[key]
    lots = [_lot(whole, lot, contracts) for lot in whole.attached(key, "Lot")]
    days = {"datePublished": _day(about.get("tenderPublishedEdtf"))}
    return _named(key, about) | {name: value for name, value in {**days, "lots": lots}.items() if value} | {
        "regiograaf": of_procurement(export, whole, key)
    }  # fmt: skip


def _lot(whole: Network, lot: Properties, contracts: Sequence[str]) -> Found:
    """Returns a lot. If one contract is known to deliver its care, the options of that contract are its renewals."""
    delivering = [contract for contract in contracts if _has(whole, contract, lot)]
    options = _options(whole, delivering[0]) if len(delivering) == 1 else []
    renewal = {"hasRenewal": True, "renewal": {"maximumRenewals": len(options)}} if options else {}
    return {"id": lot["key"], "title": lot[language(DEFAULT).property("title")], **renewal}


def _award(whole: Network, contract: str, procurement: str) -> Found:
    suppliers = _ends(whole, contract, "SUPPLIES")
    about = whole.things[procurement]
    lots = [lot["key"] for lot in whole.attached(procurement, "Lot") if _has(whole, contract, lot)]
    known = {"date": _day(about.get("awardDateEdtf")), "suppliers": [reference(whole, key) for key in suppliers], "relatedLots": lots}
    return {"id": urn(contract), **{name: value for name, value in known.items() if value}}


def _contract(export: Export, whole: Network, key: str, statuses: Statuses, process_of: Mapping[str, str]) -> Found:
    known = {
        "status": STATUSES.get(statuses.get(key, "")), "period": _period(whole, key), "items": [_item(whole, f) for f in _care(whole, key)],
        "relatedProcesses": list(_successors(export, whole, key, process_of)),
    }  # fmt: skip
    told = of_contract(export, whole, key, statuses.get(key, "UNKNOWN"))
    about = _named(key, whole.things[key]) | {"awardID": urn(key)}
    return about | {name: value for name, value in known.items() if value} | {"regiograaf": told}


def _period(whole: Network, key: str) -> Found:
    """Returns the firm term of a contract as far as sources date it to the day, and the last day of its options; the last days count."""
    life = whole.lives.get(key)
    extended = [parse(each["endEdtf"]) for each in _options(whole, key) if "endEdtf" in each]
    days = {
        "startDate": _first(life.start if life and life.start_basis == "STATED" else None),
        "endDate": _last(life.end if life and life.end_basis == "STATED" else None),
        "maxExtentDate": _last(max(extended, key=lambda end: end.latest or date.max)) if extended else None,
    }
    return {name: day for name, day in days.items() if day}


def _successors(export: Export, whole: Network, key: str, process_of: Mapping[str, str]) -> Iterator[Found]:
    """Yields the processes of the contracts that replace a contract as a whole, as a source says."""
    for edge in whole.starting.get(key, ()):
        if edge.type != "SUCCEEDED_BY" or edge.period.planned or edge.properties.get("part"):
            continue
        process = process_of[edge.end]
        if process != process_of[key]:
            yield {
                "id": urn(edge.end), "relationship": ["replacementProcess"], "title": whole.name(edge.end, DEFAULT), "scheme": "ocid",
                "identifier": ocid(export, whole, process),
            }  # fmt: skip


def _item(whole: Network, function: str) -> Found:
    """Returns a care function as what is bought."""
    name, address = whole.name(function, DEFAULT), urn(function)
    classified = {"scheme": "regiograaf", "id": function.partition("/")[2], "description": name, "uri": address}
    return {"id": address, "description": name, "classification": classified}


def _care(whole: Network, contract: str) -> list[str]:
    return sorted({e.end for e in whole.starting.get(contract, ()) if e.type in FUNCTIONS and not e.period.planned})


def _has(whole: Network, contract: str, lot: Properties) -> bool:
    """Returns True if a contract delivers all care of a lot, of which a source names some."""
    return bool(lot["functions"]) and set(lot["functions"]) <= set(_care(whole, contract))


def _options(whole: Network, contract: str) -> list[Properties]:
    """Returns the options of a contract that were not let pass."""
    return [option for option in whole.attached(contract, "ContractOption") if option["status"] != "LAPSED"]


def _ends(whole: Network, key: str, type_: str) -> list[str]:
    return sorted({edge.start for edge in _edges(whole, key, type_) if not edge.period.planned})


def _edges(whole: Network, key: str, type_: str) -> list[Edge]:
    return [edge for edge in whole.ending.get(key, ()) if edge.type == type_]


def _named(key: str, about: Properties) -> Found:
    known = {"title": about.get(_NAME), "description": about.get(_ABOUT)}
    return {"id": urn(key), **{name: value for name, value in known.items() if value}}


# ── days ──────────────────────────────────────────────────────────────────────────────────────────


def _day(edtf: str | None) -> str | None:
    return _first(parse(edtf)) if edtf else None


def _first(day: FuzzyDate | None) -> str | None:
    """Returns the beginning of a day that is exact, as OCDS writes days."""
    return _instant(day.earliest) if day and day.exact and day.earliest else None


def _last(day: FuzzyDate | None) -> str | None:
    """Returns the end of a day that is exact: the day itself still counts."""
    return f"{day.latest.isoformat()}T23:59:59Z" if day and day.exact and day.latest else None


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


FORMAT = Format(
    "ocds",
    "regiograaf-ocds.json",
    "application/json",
    Text("Aanbestedingen en contracten volgens OCDS 1.1", "Procurements and contracts by OCDS 1.1"),
    write,
)
