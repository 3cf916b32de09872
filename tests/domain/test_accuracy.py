"""Linking over the whole country: every municipality by every identifier and name, in the ways in which people write them.

It asks the packaged claims once they hold all municipalities. Before that it asks a graph of the
registries' own tables, where those lie beside the repository.
"""

from __future__ import annotations

import asyncio
import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.answer import Answers, Question
from graph.build.records import records
from graph.domain.claim import Dataset, EntityRef, Text
from graph.domain.identifier import uri
from graph.domain.notation import MAX_IDENTIFIERS
from graph.engines.bolt import Store
from graph.load.load import load
from seeds.check import dataset
from tests.graph.domain.saying import World

TODAY = date(2026, 11, 21)
ALL = 414  # municipalities since 1 January 2015
REGISTRIES = next((p / "shared/registries" for p in Path(__file__).parents if (p / "shared/registries").is_dir()), None)
SCHEMES = {"cbs": "CBS_GM", "tooi": "TOOI", "roo": "ROO", "owms": "OWMS", "oin": "OIN", "rsin": "RSIN", "kvk": "KVK",
           "wikidata": "WIKIDATA", "eu-atu": "EU_ATU"}  # fmt: skip
ABBREVIATED = {
    "PV20": "Gr", "PV21": "Fr", "PV22": "Dr", "PV23": "O", "PV24": "Fl", "PV25": "Gld", "PV26": "U", "PV27": "NH", "PV28": "ZH",
    "PV29": "Z", "PV30": "NB", "PV31": "L",
}  # fmt: skip
RESOLVE = """query R($texts: [String!]!, $scheme: IdentifierScheme, $types: [EntityType!]) {
  resolve(identifiers: $texts, scheme: $scheme, types: $types) { problemCode candidates { confidence entity { uri } } } }"""
SUFFIX = re.compile(r" \([A-Z]+\.?\)$")


def test_every_municipality_is_found_however_it_is_written_and_never_another(
    request: pytest.FixtureRequest, engine: str, runner: asyncio.Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    country, store = _country(request, runner)
    known = Known.of(country)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    bad = list[tuple[object, ...]]()
    for hint, asked in _by_hint(known).items():
        for one, found in zip(asked, _resolved(store, runner, [one.text for one in asked], hint), strict=True):
            outcome = _outcome(one, *found)
            counts[one.way][outcome] += 1
            if outcome in ("missed", "wrong"):
                bad.append((outcome, one.way, one.text, one.meant, found))
    total = sum(counts.values(), Counter[str]())
    with capsys.disabled():
        print(f"\nlinking on {engine}: {len(known.municipalities)} municipalities, {total.total()} texts: {dict(total)}")
        for way, of_way in counts.items():
            print(f"  {way:<42} {dict(of_way)}")
    assert bad[:20] == []
    assert (total["missed"], total["wrong"]) == (0, 0)
    assert len(known.municipalities) == ALL
    assert total["right"] > 40 * ALL


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, the way in which it is written, and all that may rightly come of it: one of `bearers`, nothing if it is `refused`.

    Nothing has a text by which nothing is `meant`.
    """

    way: str
    text: str
    meant: str
    bearers: frozenset[str]
    refused: bool = False


def _outcome(asked: Asked, code: str | None, candidates: list[tuple[str, float]]) -> str:
    found = {key for key, _ in candidates}
    if asked.refused:
        return "refused, rightly" if code == "MALFORMED" and not found else "wrong"
    if not asked.meant:
        return "wrong" if found else "not found, rightly"
    if not found:
        return "missed"
    if asked.meant not in found or not found <= asked.bearers:
        return "wrong"
    if len(found) == 1:
        return "right"
    return "ambiguous, rightly" if found == asked.bearers and code == "AMBIGUOUS" else "wrong"


# ── what is asked ─────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Known:
    """What a dataset says of its municipalities, and by which names and numbers anything in it is called."""

    municipalities: list[str] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    identifiers: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    provinces: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    province_names: dict[str, str] = field(default_factory=dict)
    called: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, country: Dataset) -> Known:
        out = cls()
        codes = {c.subject: str(c.value)[7:] for c in country.claims.values() if str(c.value).startswith("CBS_PV:")}
        for claim in country.claims.values():
            if claim.predicate == "name" and isinstance(claim.value, Text):
                out.names[claim.subject].append(claim.value["NL"])
                out.call(claim.subject, *(text for text in claim.value.words if text))
            elif claim.predicate == "alternateName":
                out.call(claim.subject, str(claim.value))
            elif claim.predicate == "identifier":
                scheme, _, number = str(claim.value).partition(":")
                out.identifiers[claim.subject].append((scheme, number))
                out.numbers[scheme, number].add(claim.subject)
            elif claim.predicate == "memberOf" and isinstance(claim.value, EntityRef) and claim.value.key in codes:
                out.provinces[claim.subject].append(codes[claim.value.key])
        for key in country.entities:
            out.call(key, key.partition("/")[2])
        out.province_names = {code: out.names[key][0] for key, code in codes.items()}
        coded = (s for s, of in out.identifiers.items() if any(scheme == "CBS_GM" for scheme, _ in of))
        out.municipalities = sorted(key for key in coded if key.startswith("municipality/"))
        return out

    def call(self, key: str, *texts: str) -> None:
        for text in texts:
            self.called[_told(text)].add(key)
            self.called[_told(SUFFIX.sub("", text))].add(key)

    def bearing(self, text: str, prefix: str = "") -> frozenset[str]:
        return frozenset(key for key in self.called[_told(text)] if key.startswith(prefix))

    def numbered(self, *pairs: tuple[str, str]) -> frozenset[str]:
        return frozenset(key for pair in pairs for key in self.numbers.get(pair, ()))


def _told(text: str) -> str:
    """A name without accents, case and punctuation: what two names that a person takes for one have in common."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain.lower()))


Hint = tuple[str | None, tuple[str, ...]]


def _by_hint(known: Known) -> dict[Hint, list[Asked]]:
    out: dict[Hint, list[Asked]] = defaultdict(list)
    for key in known.municipalities:
        out[None, ()] += _names(known, key)
        for name in known.names[key]:
            out[None, ("MUNICIPALITY",)].append(Asked("name, types: MUNICIPALITY", name, key, known.bearing(name, "municipality/")))
        for scheme, number in known.identifiers[key]:
            bearers = known.numbered((scheme, number))
            out[None, ()] += [Asked(way, text, key, bearers) for way, text in _certain(scheme, number)]
            out[None, ()] += [Asked(way, text, key, of, refused) for way, text, of, refused in _open(known, scheme, number)]
            out[scheme, ()] += [Asked(f"{scheme} in a column of {scheme}", text, key, bearers) for text in _in_column(scheme, number)]
    codes = {number for of in known.identifiers.values() for scheme, number in of if scheme == "CBS_GM"}
    for number in sorted({f"GM{n:04}" for n in range(100, 2000)} - codes):
        for text in (number, number.replace("GM0", "GM"), number[2:], number[2:].lstrip("0"), f"CBS_GM:{number}"):
            out[None, ()].append(Asked("a code of no municipality", text, "", frozenset()))
    return out


def _names(known: Known, key: str) -> Iterator[Asked]:
    for name in known.names[key]:
        bare = SUFFIX.sub("", name)
        everywhere, here = known.bearing(name), known.bearing(name, "municipality/")
        same, same_here = known.bearing(bare), known.bearing(bare, "municipality/")
        yield Asked("name", name, key, everywhere)
        yield Asked("NAME", name.upper(), key, everywhere)
        yield Asked("name without its province", bare, key, same)
        yield Asked("name, decomposed", unicodedata.normalize("NFD", name), key, everywhere)
        yield Asked("name without accents", _unaccented(name), key, everywhere)
        yield Asked("na­me, with a soft hyphen", f"{name[:3]}\xad{name[3:]}", key, everywhere)
        yield Asked("na\\u200bme, with a zero-width space", f"{name[:2]}\u200b{name[2:]}\ufeff", key, everywhere)
        yield Asked("name, with no-break spaces", name.replace(" ", "\xa0"), key, everywhere)
        if " en " in name:
            yield Asked("name with & for en", name.replace(" en ", " & "), key, everywhere)
        if "," in name:
            yield Asked("name c.a.", f"{name.partition(',')[0]} c.a.", key, frozenset({key}))
        for form in ("Gemeente {}", "gemeente {}", "Gem. {}", "{} (gemeente)", "{}, gemeente", "{} gemeente", "Municipality of {}"):
            yield Asked(form.format("name"), form.format(name), key, here)
        yield Asked("Gemeente and the name without its province", f"Gemeente {bare}", key, same_here)
        for province in known.provinces[key]:
            short, whole = ABBREVIATED[province], known.province_names[province]
            alone = frozenset(other for other in same_here if province in known.provinces[other])
            for form in ("{0} ({1})", "{0} ({1}.)", "{0} ({2})", "{0}, {2}", "Gemeente {0} ({1})"):
                yield Asked(form.format("name", "NH", "Noord-Holland"), form.format(bare, short, whole), key, alone)


def _unaccented(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def _certain(scheme: str, number: str) -> Iterator[tuple[str, str]]:
    """Ways that say of which registry it is."""
    for form in ("{0}:{1}", "{0}: {1}", "{0} {1}"):
        yield f"{scheme}, led", form.format(scheme, number)
        yield f"{scheme}, led", form.format(scheme.lower(), number)
    if address := uri(scheme, number):
        other = address.replace("http://", "https://") if address.startswith("http://") else address.replace("https://", "http://")
        for text in (address, other, f"{address}/", f"<{address}>"):
            yield f"{scheme}, its address", text
    match scheme:
        case "CBS_GM":
            plain = number[2:].lstrip("0")
            for text in (number, number.lower(), f"GM {number[2:]}", f"GM{plain}", f"gm{plain}", f"CBS_GM:{plain}", f"2022{number}",
                         f"gemeentecode {plain}", f"Gemeentecode: {number[2:]}", f"CBS-code {number}", f"gm-{number[2:]}"):  # fmt: skip
                yield "CBS_GM, as people write it", text
        case "KVK":
            pairs = ".".join(re.findall("..", number))
            for text in (f"KvK {pairs}", f"KvK-nummer: {number[:4]} {number[4:]}", f"NL-KVK-{number}", f"kvk nr. {number}",
                         f"Kamer van Koophandel {number}", f"KVK{number}", f"KvK {number.lstrip('0')}"):  # fmt: skip
                yield "KVK, as people write it", text
        case "RSIN":
            for text in (f"RSIN {number[:4]}.{number[4:6]}.{number[6:]}", f"rsin-nummer {number[:3]} {number[3:6]} {number[6:]}",
                         f"RSIN {number.lstrip('0')}"):  # fmt: skip
                yield "RSIN, as people write it", text
        case "OIN":
            fours = " ".join(re.findall("....", number))
            for text in (f"OIN {fours}", number, fours, f"OIN-nummer: {number}", f"OIN {number.lstrip('0')}", number.lstrip("0")):
                yield "OIN, as people write it", text
        case "ROO":
            for text in (f"https://almanak.overheid.nl/{number}/Gemeente_X/", f"https://organisaties.overheid.nl/{number}/Gemeente_X/"):
                yield "ROO, old and new addresses", text
        case "WIKIDATA":
            for text in (number, number.lower(), f"wd:{number}", f"https://www.wikidata.org/wiki/{number}"):
                yield "WIKIDATA, as people write it", text
        case "TOOI":
            yield "TOOI, as people write it", f"tooi:{number.rpartition('/')[2]}"
        case "EU_ATU":
            yield "EU_ATU, as people write it", number.rpartition("/")[2]


def _open(known: Known, scheme: str, number: str) -> Iterator[tuple[str, str, frozenset[str], bool]]:
    """Ways that leave open of which registry it is, and ways that no code survives."""
    digits = re.sub(r"\D", "", number) if scheme in ("CBS_GM", "KVK", "RSIN", "OIN", "ROO") else ""
    if not digits:
        return
    whole, none = int(digits), frozenset[str]()
    for text in (f"{whole}.0", f"{whole},0", f"{whole}.00", f"{whole}.", f"{whole:e}", f"{whole:.5E}", f"{scheme}:{whole}.0"):
        yield "a code that was made a decimal number", text, none, True
    if scheme == "CBS_GM":
        for text in {digits, digits.lstrip("0"), str(whole)}:
            codes = (("CBS_GM", f"GM{text:0>4}"), ("ROO", text), ("CBS_JZ", f"JZ{text:0>2}"), ("CBS_PV", f"PV{text:0>2}"))
            yield "CBS_GM, only its digits", text, known.numbered(*codes), False
    elif scheme != "OIN":
        same = known.numbered(*((other, digits) for other in ("KVK", "RSIN", "ROO", "AGB", "TENDERNED")))
        yield f"{scheme}, only its digits", digits, same, False
        if scheme != "ROO":
            yield f"{scheme}, only its digits", f"{digits[:2]} {digits[2:5]} {digits[5:]}", same, False


def _in_column(scheme: str, number: str) -> Iterator[str]:
    yield number
    if scheme in ("CBS_GM", "KVK", "RSIN", "OIN"):
        yield re.sub(r"\D", "", number).lstrip("0")


# ── whom it asks ──────────────────────────────────────────────────────────────────────────────────


def _resolved(store: Store, runner: asyncio.Runner, texts: list[str], hint: Hint) -> Iterator[tuple[str | None, list[tuple[str, float]]]]:
    answers = Answers(store, lambda: TODAY, "engine")
    for start in range(0, len(texts), MAX_IDENTIFIERS):
        variables: dict[str, Any] = {"texts": texts[start : start + MAX_IDENTIFIERS], "scheme": hint[0], "types": list(hint[1]) or None}
        answer = runner.run(answers(Question(RESOLVE, None, variables)))
        assert "errors" not in answer, answer["errors"]
        for found in answer["data"]["resolve"]:
            keys = [(c["entity"]["uri"].removeprefix("urn:regiograaf:").replace(":", "/", 1), c["confidence"]) for c in found["candidates"]]
            yield found["problemCode"], keys


def _country(request: pytest.FixtureRequest, runner: asyncio.Runner) -> tuple[Dataset, Store]:
    """The packaged claims if they hold the country, else the registries' own tables."""
    packaged = dataset()
    if len(Known.of(packaged).municipalities) >= ALL:
        return packaged, request.getfixturevalue("loaded")
    if REGISTRIES is None:
        pytest.skip("the packaged claims do not hold the country, and the registries' tables are not here")
    world, store = _world(REGISTRIES), request.getfixturevalue("empty_store")
    runner.run(load(store, records(world), "2026-01-01T00:00:00+00:00"))
    return world, store


def _world(folder: Path) -> Dataset:
    world = World("2026-01-01")
    slugs: dict[str, str] = {}
    for row in _rows(folder / "region_names.csv"):
        if row["scheme"] == "PV" and f"region/pv-{row['code']}" not in world.entities:
            region = world.named(f"region/pv-{row['code']}", name=row["name"])
            world.says(region, "identifier", f"CBS_PV:{row['code']}")
            world.says(region, "kind", "PROVINCE")
    for row in _rows(folder / "youth_regions.csv"):
        region = f"region/jz-{row['code']}"
        if region in world.entities:
            world.says(region, "alternateName", row["name"], nameKind="OFFICIAL")
            continue
        world.named(region, name=row["name"])
        world.says(region, "identifier", f"CBS_JZ:{row['code']}")
        world.says(region, "kind", "YOUTH_REGION")
    for row in _rows(folder / "municipalities.csv"):
        slug = "-".join(_told(row["name"]).split())
        slugs[row["code"]] = world.named(f"municipality/{slug}", name=row["name"])
        world.says(slugs[row["code"]], "exists", True, row["valid_from"] or "../2015-01-01", row["valid_to"] or None)
        world.says(slugs[row["code"]], "memberOf", f"region/pv-{row['province']}", "../2015-01-01")
    for row in _rows(folder / "identifiers.csv"):
        if row["entity"] in slugs and row["scheme"] in SCHEMES:
            world.says(slugs[row["entity"]], "identifier", f"{SCHEMES[row['scheme']]}:{row['value']}")
    for code in slugs.keys() - {row["entity"] for row in _rows(folder / "identifiers.csv") if row["scheme"] == "cbs"}:
        world.says(slugs[code], "identifier", f"CBS_GM:{code}")
    return world.dataset


def _rows(file: Path) -> Iterable[dict[str, str]]:
    return csv.DictReader(file.read_text("utf-8").splitlines())
