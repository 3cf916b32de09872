"""A nation as claims: the rows of the rivals' own seeded generator, said by sources, so that they go our own way into the graph.

The generator is imported from the folder of the rivals when the benchmark runs; it gives equal rows for equal scale and seed. What
its graph has as a plain property or relationship is a claim with a source here; what it hangs on a contract as a quotation of a
source is a claim of that source about how long the contract runs.
"""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from graph.dates.edtf import FuzzyDate, parse
from graph.dates.period import DAY, Period
from graph.domain.claim import Claim, Dataset, Entity, EntityRef, Locator, Source, Text, Value

SEED = 20_260_101
REGISTER = Source("register", "REGISTRY", "Register", published=FuzzyDate("2015-01-01", date(2015, 1, 1), date(2015, 1, 1), "DAY"))
UNDATED = Period.of(None, None, open_ended=False, attested=REGISTER.published)
ALWAYS = Period.of(REGISTER.published, None, open_ended=True, attested=None)
ROLES = {"deelnemer": "PARTNER", "centrumgemeente": "HOST", "contractbeheer": "ACCOUNT_HOLDER"}
CERTIFIED = ("stichting", "bv")  # stands in for a filter on legal form, which providers have not got here
KEYS = {"Province": "region/", "Region": "region/", "Municipality": "municipality/", "Collaboration": "collaboration/"}
Rows = dict[str, list[dict[str, Any]]]


def rows(peers: Path, scale: int) -> tuple[Rows, Rows]:
    """The nodes and relationships that the rivals load, as their generator makes them."""
    spec = importlib.util.spec_from_file_location("peers_generate", peers / "data" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: tuple[Rows, Rows] = module.build(scale, SEED)
    return made


def dataset(peers: Path, scale: int) -> Dataset:
    """The nation as claims. Rows are let go as soon as they are said, so that they are not held beside the claims."""
    nodes, links = rows(peers, scale)
    said = _Said()
    _regions(said, nodes)
    _municipalities(said, nodes, links)
    _participation(said, links)
    _providers(said, nodes)
    _functions(said, nodes)
    _sources(said, nodes)
    _contracts(said, nodes, links)
    return Dataset(said.entities, said.claims, said.sources, {})


@dataclass(slots=True)
class _Said:
    """What has been said so far."""

    entities: dict[str, Entity] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=lambda: {REGISTER.slug: REGISTER})
    _named: dict[str, EntityRef] = field(default_factory=dict)

    def named(self, key: str) -> EntityRef:
        """A thing as a value: one object for all claims that name it."""
        return self._named.setdefault(key, EntityRef(key))

    def thing(self, key: str, type_: str, name: str | None = None) -> str:
        self.entities[key] = Entity(key, type_)
        if name:
            self.say(key, "name", Text(name))
        return key

    def say(self, subject: str, predicate: str, value: Value, period: Period = UNDATED, source: str = REGISTER.slug, **more: Any) -> None:
        key = f"{subject.partition('/')[2]}.{len(self.claims)}"
        self.claims[key] = Claim(key, subject, predicate, value, period, source, **more)


def _day(day: date) -> FuzzyDate:
    return FuzzyDate(day.isoformat(), day, day, "DAY")


def _doubtful(day: date) -> FuzzyDate:
    """On that day or earlier: the generator awards contracts to providers not founded yet, and a certain day would cut those off."""
    return parse(f"../{day}")


def _period(properties: dict[str, Any]) -> Period:
    """From the rivals' half-open days to first and last day."""
    last = properties.get("validTo")
    return Period.of(_day(properties["validFrom"]), _day(last - DAY) if last else None, open_ended=True, attested=None)


def _regions(said: _Said, nodes: Rows) -> None:
    for label, kind in (("Province", "PROVINCE"), ("Region", "YOUTH_REGION")):
        for row in nodes[label]:
            said.say(said.thing(f"region/{row['code'].lower()}", "Region", row["name"]), "kind", kind)
    for row in nodes["Collaboration"]:
        said.say(said.thing(f"collaboration/{row['code'].lower()}", "Collaboration", row["name"]), "kind", "JOINT_PROCUREMENT")


def _municipalities(said: _Said, nodes: Rows, links: Rows) -> None:
    for row in nodes["Municipality"]:
        key = said.thing(f"municipality/{row['code'].lower()}", "Municipality", row["name"])
        said.say(key, "identifier", f"CBS_GM:{row['code']}")
        for measure, column in (("POPULATION", "population"), ("YOUNG_PEOPLE", "youth")):
            said.say(key, "figure", float(row[column]), qualifiers={"measure": measure, "unit": "COUNT"})
        if row["website"]:
            said.say(key, "description", Text(row["website"]))
    for link in links["Municipality-IN_PROVINCE-Province"]:
        said.say(f"municipality/{link['a'].lower()}", "memberOf", said.named(f"region/{link['b'].lower()}"), ALWAYS)
    for link in links["Municipality-IN_REGION-Region"]:
        said.say(f"municipality/{link['a'].lower()}", "memberOf", said.named(f"region/{link['b'].lower()}"), _period(link["p"]))


def _participation(said: _Said, links: Rows) -> None:
    for label in ("Municipality", "Region"):
        for link in links[f"{label}-PARTICIPATES_IN-Collaboration"]:
            role = {"role": ROLES[link["p"]["role"]]}
            member, organization = KEYS[label] + link["a"].lower(), said.named(f"collaboration/{link['b'].lower()}")
            said.say(member, "memberOf", organization, _period(link["p"]), qualifiers=role)


def _providers(said: _Said, nodes: Rows) -> None:
    for row in nodes["Provider"]:
        key = said.thing(f"provider/{row['id'].lower()}", "Provider", row["name"])
        said.say(key, "identifier", f"AGB:{row['agb']}")
        said.say(key, "identifier", f"KVK:{row['kvk']}")
        said.say(key, "description", Text(row["city"]))
        said.say(key, "isCertifiedInstitution", row["legalForm"] in CERTIFIED)
        said.say(key, "exists", True, Period.of(_doubtful(row["foundedOn"]), None, open_ended=True, attested=None))


def _functions(said: _Said, nodes: Rows) -> None:
    for segment in dict.fromkeys(row["segment"] for row in nodes["CareService"]):
        said.thing(f"function/{segment}", "CareFunction", segment)
    for row in nodes["CareService"]:
        key = said.thing(f"function/{row['code'].lower()}", "CareFunction", row["name"])
        said.say(key, "broader", said.named(f"function/{row['segment']}"))


def _sources(said: _Said, nodes: Rows) -> None:
    for row in nodes["Source"]:
        slug = row["id"].lower()
        said.sources[slug] = Source(slug, "DOCUMENT", row["title"], row["publisher"], row["url"], _day(row["publishedOn"]))


def _contracts(said: _Said, nodes: Rows, links: Rows) -> None:
    awarded, bought, delivers, stated = (_by_start(links, kind) for kind in ("AWARDED_TO", "BOUGHT_BY", "COVERS", "STATED_IN"))
    for row in nodes["Contract"]:
        key, period = said.thing(f"contract/{row['id'].lower()}", "Contract"), _period(row)
        quotations = stated.pop(row["id"])
        for end, about in quotations:
            place = Locator(page=about["page"])
            said.say(key, "runs", True, period, end, locator=place, summary=Text(about["quote"]))
        first = quotations[0][0]
        undated = Period.of(None, None, open_ended=False, attested=said.sources[first].published)
        said.say(key, "description", Text(row["kind"]), undated, first)
        said.say(key, "figure", float(row["budget"]), undated, first, qualifiers={"measure": "SPEND", "unit": "EUR"})
        for end, _ in awarded.pop(row["id"], ()):
            said.say(key, "supplier", said.named(f"provider/{end}"), undated, first)
        for end, _ in bought.pop(row["id"], ()):
            area = said.named(("municipality/" if end.startswith("gm") else "region/") + end)
            said.say(key, "buyer", area, undated, first)
            said.say(key, "covers", area, undated, first)
        for end, _ in delivers.pop(row["id"], ()):
            said.say(key, "delivers", said.named(f"function/{end}"), undated, first)


def _by_start(links: Rows, type_: str) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    found: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for link in _of_type(links, type_):
        found[link["a"]].append((link["b"].lower(), link["p"]))
    return found


def _of_type(links: Rows, type_: str) -> Iterator[dict[str, Any]]:
    for kind in [kind for kind in links if kind.startswith("Contract-") and kind.split("-")[1] == type_]:
        yield from links.pop(kind)
