"""Release packages keep the schemas of OCDS as their publisher has them, and say nothing that no claim says."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from api.answer import Answers
from api.export.export import Export
from api.export.network import Network, network
from api.export.ocds.package import EXTENSIONS, FORMAT, LOCAL_PREFIX, contract_statuses, package, schema
from graph.build.records import Records
from graph.dates.edtf import parse
from graph.dates.period import Period
from graph.domain.claim import Claim, Entity, EntityRef, Text
from graph.engines.bolt import Store
from tests.api.conftest import TODAY
from tests.api.export.conftest import Written
from tests.api.export.worlds import exports
from tests.graph.worlds import examples
from tests.standards.checkers import ocds_schemas, ocds_validator
from tests.standards.ours import STATUSES
from tests.standards.publishers import needed

OF_EXTENSIONS = {
    "tender.lots",
    "tender.lots.id",
    "tender.lots.title",
    "awards.relatedLots",
    "tender.lots.hasRenewal",
    "tender.lots.renewal",
}
Found = dict[str, Any]


@pytest.fixture(scope="session", params=["embedded"])
def engine(request: pytest.FixtureRequest) -> str:
    """The embedded engine alone: both engines give the same answers, which other tests hold."""
    return str(request.param)


@pytest.fixture
def made(export: Export, whole: Network) -> Found:
    found: Found = json.loads(json.dumps(package(export, whole, STATUSES)))
    return found


@pytest.fixture(scope="session")
def standard() -> Mapping[str, Any]:
    """The schemas of OCDS by the names of their files."""
    needed("ocds-1.1")
    return ocds_schemas()


def with_our_field(standard: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schemas with what our field adds, merged as extensions of OCDS are (RFC 7396)."""
    both: Any = deepcopy(dict(standard))
    for name, added in schema()["definitions"].items():
        definition = both["release-schema.json"]["definitions"].setdefault(name, {})
        definition |= {**added, "properties": {**definition.get("properties", {}), **added["properties"]}}
    merged: Mapping[str, Any] = both
    return merged


# ── the schemas ───────────────────────────────────────────────────────────────────────────────────


def test_our_field_is_as_we_describe_it(made: Found, standard: Mapping[str, Any]) -> None:
    assert made["regiograaf"]["schema"] == schema()
    assert [f"{error.json_path} {error.message}" for error in ocds_validator(with_our_field(standard)).iter_errors(made)] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda made: made["releases"][0].pop("ocid"),
        lambda made: made["releases"][0]["contracts"][0].pop("awardID"),
        lambda made: made["releases"][0].update(initiationType="auction"),
        lambda made: made["releases"][3]["contracts"][0]["regiograaf"].update(undescribed=1),
        lambda made: made["releases"][3]["contracts"][0]["regiograaf"]["options"][0].update(status="PERHAPS"),
    ],
)
def test_a_wrong_package_is_refused(made: Found, standard: Mapping[str, Any], spoil: Any) -> None:
    spoil(made)
    assert list(ocds_validator(with_our_field(standard)).iter_errors(made)) != []


def test_every_field_is_one_of_the_standard_of_a_named_extension_or_ours(made: Found, standard: Mapping[str, Any]) -> None:
    root = standard["release-schema.json"]
    unknown = {path for release in made["releases"] for path in unknown_fields(release, root, root, "")}
    assert {path for path in unknown if not path.startswith(tuple(OF_EXTENSIONS)) and "regiograaf" not in path} == set()
    assert unknown > {"tender.lots", "tender.regiograaf"}
    assert len(EXTENSIONS) == len(made["extensions"])


def unknown_fields(value: Any, described: Any, root: Any, path: str) -> Iterator[str]:
    """Yields the paths of fields that a schema does not describe."""
    while "$ref" in described:
        described = root["definitions"][described["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for each in value:
            yield from unknown_fields(each, described.get("items", {}), root, path)
    elif isinstance(value, dict):
        for name, each in value.items():
            below = f"{path}.{name}".lstrip(".")
            if name in described.get("properties", {}):
                yield from unknown_fields(each, described["properties"][name], root, below)
            else:
                yield below


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


def test_every_procurement_and_contract_is_in_exactly_one_release(made: Found, whole: Network) -> None:
    ids = Counter(each["id"] for release in made["releases"] for each in (*release.get("contracts", ()), *tenders(release)))
    assert ids == {f"urn:regiograaf:{k.replace('/', ':', 1)}": 1 for k in whole.things if k.startswith(("contract/", "procurement/"))}
    ocids = [release["ocid"] for release in made["releases"]]
    assert len(set(ocids)) == len(ocids)


def test_every_day_is_one_that_an_accepted_claim_states(made: Found, whole: Network) -> None:
    stated = {
        bound.edtf
        for claims in whole.claims.values()
        for claim in claims
        for bound in (claim.period.start, claim.period.end, claim.value)
        if isinstance(bound, type(parse("2020"))) and bound.exact
    }
    days = [
        day[:10]
        for release in made["releases"]
        for contract in release.get("contracts", ())
        for day in contract.get("period", {}).values()
    ]  # fmt: skip
    assert len(days) == 5
    assert set(days) <= stated


def test_vague_dates_stand_in_our_field_alone(made: Found) -> None:
    (joint,) = (c for release in made["releases"] for c in release.get("contracts", ()) if c["id"].endswith(":joint-2015"))
    assert "period" not in joint
    assert joint["regiograaf"]["term"] == {
        "start": "2015", "startBasis": "STATED", "end": "2015/2018", "endBasis": "STATED", "endKnown": True,
    }  # fmt: skip


def test_all_parties_that_are_referred_to_are_described_once(made: Found) -> None:
    for release in made["releases"]:
        ids = [party["id"] for party in release.get("parties", ())]
        assert len(set(ids)) == len(ids)
        named = {each["id"] for award in release.get("awards", ()) for each in award.get("suppliers", ())}
        named |= {release["buyer"]["id"]} if "buyer" in release else set()
        parties = [r["id"] for c in (*release.get("contracts", ()), *tenders(release)) for r in c["regiograaf"].get("relations", ())
                   if r["relation"] in ("buyer", "supplier", "contractManager")]  # fmt: skip
        assert named | set(parties) == set(ids)


def test_only_what_is_no_plan_gives_a_party_a_role(made: Found) -> None:
    for release in made["releases"]:
        sure = {
            (r["id"], r["relation"])
            for c in (*release.get("contracts", ()), *tenders(release))
            for r in c["regiograaf"].get("relations", ())
            if not r.get("isPlanned")
        }
        for party in release.get("parties", ()):
            roles = {role for id_, role in sure if id_ == party["id"] and role in ("buyer", "supplier")}
            assert roles == set(party.get("roles", ()))


def tenders(release: Found) -> list[Found]:
    return [release["tender"]] if "tender" in release else []


@given(exports())
@examples(25)
def test_any_data_keeps_the_schemas_with_each_contract_once_and_no_day_that_is_not_stated(standard: Any, export: Export) -> None:
    whole = network(export.dataset)
    made = json.loads(json.dumps(package(export, whole, dict.fromkeys(whole.things, "ACTIVE"))))
    assert [f"{error.json_path} {error.message}" for error in ocds_validator(with_our_field(standard)).iter_errors(made)] == []
    contracts = [contract for release in made["releases"] for contract in release.get("contracts", ())]
    assert sorted(each["id"] for each in contracts) == ["urn:regiograaf:contract:a", "urn:regiograaf:contract:b"]
    bounds = [b for claims in whole.claims.values() for c in claims for b in (c.period.start, c.period.end) if b and b.exact]
    assert {day[:10] for each in contracts for day in each.get("period", {}).values()} <= {str(bound.earliest) for bound in bounds}


# ── examples ──────────────────────────────────────────────────────────────────────────────────────


def test_the_contract_of_2022_with_its_options(made: Found) -> None:
    (release,) = (each for each in made["releases"] if each["ocid"] == f"{LOCAL_PREFIX}-procurement-zawa-2022")
    (contract,) = release["contracts"]
    assert contract["period"] == {
        "startDate": "2022-01-01T00:00:00Z", "endDate": "2023-12-31T23:59:59Z", "maxExtentDate": "2026-12-31T23:59:59Z",
    }  # fmt: skip
    assert ("status" in contract, contract["regiograaf"]["status"]) == (False, "POSSIBLY_EXTENDED")
    assert [(o["number"], o["status"], o["end"]) for o in contract["regiograaf"]["options"]] == [
        (1, "UNKNOWN", "2024-12-31"), (2, "UNKNOWN", "2025-12-31"), (3, "UNKNOWN", "2026-12-31"),
    ]  # fmt: skip
    assert [(lot["title"], lot["renewal"]) for lot in release["tender"]["lots"]] == [
        (f"Segment {letter}", {"maximumRenewals": 3}) for letter in "BCV"
    ]
    assert release["awards"][0]["relatedLots"] == [lot["id"] for lot in release["tender"]["lots"]]
    assert "value" not in contract
    assert "buyer" not in release  # there are several, and OCDS has room for one


def test_parties_have_the_identifiers_of_registers(made: Found) -> None:
    found = {party["id"]: party for release in made["releases"] for party in release.get("parties", ())}
    zaanstad = found["urn:regiograaf:municipality:zaanstad"]
    assert zaanstad["identifier"] == {"scheme": "NL-KVK", "id": "34367942"}
    assert {"scheme": "NL-OWMS", "id": "Zaanstad", "uri": "http://standaarden.overheid.nl/owms/terms/Zaanstad"} in (
        zaanstad["additionalIdentifiers"]
    )  # fmt: skip
    assert found["urn:regiograaf:region:zaanstreek-waterland"]["roles"] == ["buyer"]


def test_the_package_says_of_which_day_and_from_which_sources_it_is(made: Found, export: Export) -> None:
    told = made["regiograaf"]
    assert (told["asOf"], told["dataVersion"]) == ("2024-06-01", "version-1")
    assert {(each["slug"], each["licence"]) for each in told["sources"]} == {(s.slug, s.licence) for s in export.dataset.sources.values()}
    assert {each["licence"] for each in told["datasets"]} == {"EUPL-1.2", "CC-BY-4.0"}
    assert "license" not in made  # two datasets with two licences
    assert made["publishedDate"] == "2026-11-27T00:00:00Z"  # when the data was last looked at, not now


def test_a_registered_prefix_replaces_ours_and_an_ocid_of_a_source_stays(export: Export) -> None:
    period = Period.of(parse("2024-01-01"), None, open_ended=False, attested=None)
    claims = [
        Claim("a", "procurement/p", "name", Text("P"), period, "roo"),
        Claim("b", "procurement/q", "ocid", "ocds-213czf-000-1", period, "roo"),
        Claim("c", "contract/c", "procurement", EntityRef("procurement/p"), period, "roo"),
        Claim("d", "contract/d", "runs", True, period, "roo"),
        Claim("e", "procurement/p", "awardDate", parse("2023-11"), period, "roo"),
        Claim("f", "procurement/q", "awardDate", parse("2023-11-02"), period, "roo"),
        Claim("g", "procurement/q", "tenderPublished", parse("2023-05-01"), period, "roo"),
        Claim("h", "contract/d", "procurement", EntityRef("procurement/q"), period, "roo"),
        Claim("i", "contract/d", "succeededBy", EntityRef("contract/c"), period, "roo"),
    ]
    things = ("procurement/p", "procurement/q", "contract/c", "contract/d")
    entities = {key: Entity(key, key.partition("/")[0].capitalize()) for key in things}
    dataset = replace(export.dataset, entities=entities, claims={c.key: c for c in claims}, conflicts={}, outlines={})
    made = package(replace(export, dataset=dataset, ocid_prefix="ocds-a1b2c3"), network(dataset), {"contract/d": "ACTIVE"})
    p, q = made["releases"]
    assert (p["ocid"], q["ocid"]) == ("ocds-a1b2c3-procurement-p", "ocds-213czf-000-1")
    assert ("date" in p["awards"][0], p["tender"]["regiograaf"]["awardDate"]) == (False, "2023-11")
    assert (q["awards"][0]["date"], q["tender"]["datePublished"]) == ("2023-11-02T00:00:00Z", "2023-05-01T00:00:00Z")
    assert q["contracts"][0]["status"] == "active"
    assert q["contracts"][0]["relatedProcesses"] == [
        {
            "id": "urn:regiograaf:contract:c", "relationship": ["replacementProcess"], "title": "c", "scheme": "ocid",
            "identifier": "ocds-a1b2c3-procurement-p",
        }
    ]  # fmt: skip


def test_the_statuses_come_from_the_answers_and_the_file_is_twice_the_same(
    export: Export, loaded: Store, claims: Records, written: Written, runner: asyncio.Runner, whole: Network
) -> None:
    answers = Answers(loaded, lambda: TODAY, "engine")
    answered = replace(export, answers=answers, data_version=claims.version, day=date(2024, 6, 1))
    statuses = runner.run(contract_statuses(answered))
    assert set(statuses) == {key for key in whole.things if key.startswith("contract/")}
    assert statuses["contract/zawa-2022"] == "POSSIBLY_EXTENDED"
    content = written(FORMAT, answered)
    assert content == written(FORMAT, answered)
    turned = {name: dict(reversed(list(getattr(export.dataset, name).items()))) for name in ("entities", "claims", "sources", "datasets")}
    assert content == written(FORMAT, replace(answered, dataset=replace(export.dataset, **turned)))
    assert json.loads(content)["releases"] == json.loads(json.dumps(package(answered, whole, statuses)))["releases"]
