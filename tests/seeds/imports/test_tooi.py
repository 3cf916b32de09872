"""The registers of TOOI become URIs, last days and events."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from graph.dates.edtf import FuzzyDate
from graph.domain.claim import EntityRef
from seeds.imports.cbs import CBS
from seeds.imports.importer import File, Known
from seeds.imports.tooi import TOOI
from tests.seeds.imports import real, small
from tests.seeds.imports.small import cbs_table, claims, problems, run

ID, ONT, PROV = "https://identifier.overheid.nl/tooi/id/", "https://identifier.overheid.nl/tooi/def/ont/", "http://www.w3.org/ns/prov#"
REGIONS = {"JZ01": "Noord", "PV20": "Groningen"}
TOWNS = {f"GM000{number}": (name, REGIONS) for number, name in enumerate(("Aa", "Bee", "Cee", "Dee"), 1)}
TABLES = run(CBS, [cbs_table("82949NED", TOWNS)]).files


def towns() -> Known:
    return small.known(TABLES)


def municipality(code: str, name: str, **more: str) -> dict[str, Any]:
    """A municipality as the register writes it; `last` is its einddatum, `after` its invalidatedAtTime."""
    keys = {"last": f"{ONT}einddatum", "after": f"{PROV}invalidatedAtTime", "first": f"{ONT}begindatum"}
    return {
        "@id": f"{ID}gemeente/gm{code}", "@type": [f"{ONT}Gemeente"], f"{ONT}gemeentecode": [{"@value": code}],
        f"{ONT}officieleNaamExclSoort": [{"@value": name}],
        f"{ONT}owmsId": [{"@value": f"http://standaarden.overheid.nl/owms/terms/{name}"}],
        **{keys[key]: [{"@value": value}] for key, value in more.items()},
    }  # fmt: skip


def event(code: str, type: str, on: str, invalidated: str, generated: str = "", used: str = "") -> dict[str, Any]:
    """An event; the municipalities by their letters."""
    parties = {"invalidated": invalidated, "generated": generated, "used": used}
    links = {f"{PROV}{key}": [{"@id": f"{ID}gemeente/gm000{'abcd'.index(each) + 1}"} for each in of] for key, of in parties.items() if of}
    return {"@id": f"{ID}gemeente/{code}", "@type": [f"{ONT}{type}"], f"{ONT}tijdstipWijziging": [{"@value": f"{on}T00:00:00"}], **links}


def register(*nodes: dict[str, Any]) -> File:
    names = ("Aa", "Bee", "Cee", "Dee")
    there = {node["@id"] for node in nodes}
    others = [municipality(f"000{number}", name) for number, name in enumerate(names, 1) if f"{ID}gemeente/gm000{number}" not in there]
    about = {"@id": "https://identifier.overheid.nl/tooi/set/rwc_gemeenten_compleet/4", "@type": ["http://www.w3.org/2002/07/owl#Ontology"]}
    return File("gemeenten.json", json.dumps([about, *others, *nodes]).encode())


def test_a_municipality_has_its_uri_its_term_and_its_last_day() -> None:
    found = claims(
        {**TABLES, **run(TOOI, [register(municipality("0002", "Bee", last="2021-12-31", after="2022-01-01T00:00:00"))], towns()).files}
    )
    assert found["tooi.gm0001.uri"].value == f"TOOI:{ID}gemeente/gm0001"
    assert found["tooi.gm0002.owms"].value == "OWMS:http://standaarden.overheid.nl/owms/terms/Bee"
    assert found["tooi.gm0002.exists"].period.valid_to == date(2022, 1, 1)
    assert found["tooi.gm0002.exists"].locator.section == "rwc_gemeenten_compleet 4: gm0002, einddatum 2021-12-31"


def test_a_province_is_identified_as_a_region() -> None:
    province = {
        "@id": f"{ID}provincie/pv20", "@type": [f"{ONT}Provincie"], f"{ONT}provinciecode": [{"@value": "20"}],
        f"{ONT}officieleNaamExclSoort": [{"@value": "Groningen"}],
    }  # fmt: skip
    found = claims({**TABLES, **run(TOOI, [register(), File("p.json", json.dumps([province]).encode())], towns()).files})
    assert (found["tooi.pv20.uri"].subject, found["tooi.pv20.uri"].value) == ("region/groningen", f"TOOI:{ID}provincie/pv20")


def test_events_are_told_by_what_became_of_whom() -> None:
    events = [
        event("wzg_1", "Samenvoeging", "2016-01-01", "ab", "c"), event("wzg_2", "Uitbreiding", "2017-01-01", "a", used="d"),
        event("wzg_3", "Herschikking", "2018-01-01", "a", "b"), event("wzg_4", "Uitbreiding", "2019-01-01", "a", used="bcd"),
        event("wzg_5", "Uitbreiding", "2014-12-31", "a", used="b"),
    ]  # fmt: skip
    wanted = run(TOOI, [register(*events)], towns())
    found = claims({**TABLES, **wanted.files})
    names = {
        key: str(c.value.words[0])
        for key, c in found.items()
        if c.predicate == "name" and c.subject.startswith("event/") and hasattr(c.value, "words")
    }
    kinds = {key.split(".")[1]: c.value for key, c in found.items() if c.predicate == "kind" and c.subject.startswith("event/")}
    assert names == {
        "tooi.wzg_1.name": "Aa en Bee vormen Cee", "tooi.wzg_2.name": "Aa gaat op in Dee", "tooi.wzg_3.name": "Aa heet voortaan Bee",
        "tooi.wzg_4.name": "Aa wordt verdeeld over Bee, Cee en Dee",
    }  # fmt: skip
    assert kinds == {"wzg_1": "MERGER", "wzg_2": "MERGER", "wzg_3": "RENAME", "wzg_4": "SPLIT"}
    assert isinstance(found["tooi.wzg_1.date"].value, FuzzyDate)
    assert found["tooi.wzg_1.date"].value.edtf == "2016-01-01"


def test_a_municipality_divided_by_two_events_of_one_day_is_also_one_division() -> None:
    events = [event("wzg_1", "Samenvoeging", "2016-01-01", "ab", "c"), event("wzg_2", "Uitbreiding", "2016-01-01", "a", used="d")]
    found = claims({**TABLES, **run(TOOI, [register(*events)], towns()).files})
    assert (found["tooi.gm0001.kind"].value, found["tooi.gm0001.kind"].method) == ("SPLIT", "DERIVED")
    about = {c.value.key for c in found.values() if c.predicate == "about" and isinstance(c.value, EntityRef)}
    assert about == {"municipality/aa", "municipality/cee", "municipality/dee"}
    successions = [c.subject for c in found.values() if c.predicate == "original" and c.value == EntityRef("municipality/aa")]
    assert len(successions) == 2  # no municipality has a successor twice
    again = run(TOOI, [register(*events)], small.known(TABLES, run(TOOI, [register(*events)], towns()).files))
    assert again.files == run(TOOI, [register(*events)], towns()).files


def test_an_event_that_is_known_keeps_its_slug() -> None:
    file = """type: ChangeEvent
slug: groot-nieuws
claims:
  - {id: e.name, name: {nl: Groot nieuws}, source: tooi-gemeenten}
  - {id: e.date, date: 2016-01-01, source: tooi-gemeenten}
  - {id: e.original, original: [municipality/aa, municipality/bee], source: tooi-gemeenten}
  - {id: e.resulting, resulting: municipality/cee, source: tooi-gemeenten}
"""
    there = small.known(TABLES, {"events/groot-nieuws.yaml": file.encode()})
    wanted = run(TOOI, [register(event("wzg_1", "Samenvoeging", "2016-01-01", "ab", "c"))], Known(there.dataset, "another"))
    (row,) = wanted.files["tables/events.csv"].decode().splitlines()[1:]
    assert row == "groot-nieuws,wzg_1,Samenvoeging,MERGER,2016-01-01,,,REGISTRY_IMPORT"  # and it keeps its name


def test_every_fault_of_the_files_is_told_with_its_place() -> None:
    assert "a.json: It is no JSON" in problems(TOOI, File("a.json", b"{"))[0]
    assert "no list of things" in problems(TOOI, File("a.json", b"{}"))[0]
    wrong = register(municipality("0002", "Bee", last="2021-12-31", after="2022-01-02T00:00:00"))
    assert problems(TOOI, wrong, there=towns()) == [
        "gemeenten.json, row 5, column einddatum: gemeente/gm0002 ends on 2021-12-31 by its einddatum, which is inclusive, and before "
        "2022-01-02 by its invalidatedAtTime. Look up which is right; the second must be the day after the first."
    ]
    assert "one of two ways" in problems(TOOI, register(municipality("0002", "Bee", last="2021-12-31")))[0]
    assert "does not fit it" in problems(TOOI, register({**municipality("0009", "Nee"), f"{ONT}gemeentecode": [{"@value": "9"}]}))[0]
    assert "has no name" in problems(TOOI, register({**municipality("0009", "Nee"), f"{ONT}officieleNaamExclSoort": []}))[0]
    assert "has no day" in problems(TOOI, register(event("wzg_1", "Samenvoeging", "ooit", "a", "b")))[0]
    assert "what became what" in problems(TOOI, register(event("wzg_1", "Samenvoeging", "2016-01-01", "a")))[0]


def test_the_real_registers_give_the_tables_of_the_country() -> None:
    wanted = run(TOOI, real.tooi(), real.shipped())
    assert {path: content == real.country(path) for path, content in wanted.files.items()} == dict.fromkeys(wanted.files, True)
