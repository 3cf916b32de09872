"""The catalogue by DCAT-AP-NL: the publishers' shapes, what they recommend, and that nothing is made up."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from api.export.export import Export
from api.export.rdf.dcat import Publisher, catalogue, catalogue_triples, publisher_of
from api.export.rdf.graph import FORMATS
from api.export.rdf.provenance import LICENCES
from api.export.rdf.terms import term
from api.pages.address import PATHS
from api.settings import Settings
from graph.errors import WrongSetting
from tests.api.export.rdf.conftest import BASE
from tests.api.export.rdf.shapes import VIOLATION, WARNING, findings, standard
from tests.house.readme import ROOT

FOLDER = "dcat-ap-nl-3.0"
MUST = ("dcat-ap-SHACL", "dcat-ap-nl-SHACL", "dcat-ap-nl-SHACL-klassebereik", "dcat-ap-nl-SHACL-klassebereik-codelijsten")
RECOMMENDED = "dcat-ap-nl-SHACL-aanbevolen"
# What is recommended and not met, with the reason. The manual has the same table.
EXPLAINED = {
    "accessService": "Een bestand staat op zichzelf: er zit geen dienst achter. Alleen de distributie voor GraphQL heeft een dienst.",
    "downloadURL": "Antwoorden op vragen met GraphQL zijn geen bestand. Alle andere distributies zijn te downloaden.",
}
WHO = Publisher("Gemeente Voorbeeld", "https://example.nl/id/gemeente", "mailto:jeugd@example.nl", LICENCES["CC0-1.0"])


@pytest.fixture(scope="module")
def triples(addressed: Export) -> list[Triple]:
    return list(catalogue_triples(addressed, FORMATS, WHO))


@pytest.mark.parametrize("shapes", MUST)
def test_the_catalogue_keeps_to_dcat_ap_nl(triples: list[Triple], shapes: str) -> None:
    assert findings(triples, standard(f"{FOLDER}/{shapes}.ttl")) == {}


def test_what_is_recommended_is_met_or_explained(triples: list[Triple]) -> None:
    found = findings(triples, standard(f"{FOLDER}/{RECOMMENDED}.ttl"))
    assert {severity for severity, _ in found} == {WARNING}
    assert {name for _, name in found} == set(EXPLAINED)


def test_the_manual_explains_what_is_not_met() -> None:
    text = " ".join((ROOT / "api/export/rdf/README.md").read_text("utf-8").split())
    assert [name for name, why in EXPLAINED.items() if f"| `dcat:{name}` | {why} |" not in text] == []


@pytest.mark.parametrize(
    ("shapes", "left_out", "wrong"),
    [(MUST[0], "dcterms:title", "title"), (MUST[1], "dcterms:license", "license"), (MUST[1], "dcat:contactPoint", "contactPoint")],
)
def test_the_check_of_dcat_bites(triples: list[Triple], shapes: str, left_out: str, wrong: str) -> None:
    found = findings([t for t in triples if t.predicate != term(left_out)], standard(f"{FOLDER}/{shapes}.ttl"))
    assert {(severity, name) for severity, name in found} == {(VIOLATION, wrong)}


@pytest.mark.parametrize(
    ("shapes", "gone", "wrong"), [(MUST[2], "vcard:Kind", "contactPoint"), (MUST[3], "dcterms:LinguisticSystem", "language")]
)
def test_the_check_of_classes_bites(triples: list[Triple], shapes: str, gone: str, wrong: str) -> None:
    """Without the class of what is referred to, the reference is wrong."""
    found = findings([t for t in triples if t.object != term(gone)], standard(f"{FOLDER}/{shapes}.ttl"))
    assert {name for _, name in found} == {wrong}


def test_each_dataset_has_its_licence_and_a_file_of_each_format(triples: list[Triple], addressed: Export) -> None:
    """A law on datasets: a distribution for each format of the data, with the licence of the dataset, and one for GraphQL."""
    licences = {t.subject.value: t.object.value for t in triples if t.predicate == term("dcterms:license")}  # type: ignore[union-attr]
    for dataset in addressed.dataset.datasets.values():
        address = addressed.uri(f"dataset/{dataset.slug}")
        files = [t.object.value for t in triples if t.subject.value == address and t.predicate == term("dcat:distribution")]  # type: ignore[union-attr]
        assert files == [f"{address}#{name}" for name in ("turtle", "json-ld", "graphql")]
        assert {licences[file] for file in files} == {LICENCES[dataset.licence or ""]}


def test_the_publisher_is_who_the_dataset_or_the_settings_name(triples: list[Triple]) -> None:
    """The packaged datasets name Regiograaf; the catalogue names who runs it. Neither is made up."""
    names = Counter(t.object.value for t in triples if t.predicate == term("foaf:name"))  # type: ignore[union-attr]
    assert names == {"Gemeente Voorbeeld": 1, "Regiograaf": 2}


def test_the_service_is_graphql_and_its_pages_are_there(triples: list[Triple]) -> None:
    said: Mapping[str, str] = {t.predicate.value.rpartition("#")[2]: t.object.value for t in triples}  # type: ignore[union-attr]
    assert (said["endpointURL"], said["endpointDescription"]) == (f"{BASE}/graphql", f"{BASE}/schema.graphql")
    pages = {t.object.value for t in triples if t.predicate in (term("foaf:page"), term("dcat:landingPage"))}  # type: ignore[union-attr]
    assert pages == {BASE + PATHS[page]["NL"] for page in ("start", "glossary")}


def test_what_is_not_set_is_asked_for_and_not_made_up() -> None:
    """A table: each setting that is lacking is named in the error."""
    whole = {
        "regiograaf_publisher_name": "Gemeente Voorbeeld", "regiograaf_publisher_uri": "https://example.nl/id/gemeente",
        "regiograaf_contact": "https://example.nl/contact", "regiograaf_service_licence": "CC0-1.0",
    }  # fmt: skip
    assert publisher_of(Settings(**whole)) == replace(WHO, contact="https://example.nl/contact")  # type: ignore[arg-type]
    for name in whole:
        with pytest.raises(WrongSetting, match=name.upper()):
            publisher_of(Settings(**(whole | {name: ""})))  # type: ignore[arg-type]
    with pytest.raises(WrongSetting, match="Eigen voorwaarden"):
        publisher_of(Settings(**(whole | {"regiograaf_service_licence": "Eigen voorwaarden"})))  # type: ignore[arg-type]


def test_without_addresses_or_a_licence_there_is_no_catalogue(export: Export, addressed: Export) -> None:
    with pytest.raises(WrongSetting, match="addresses"):
        list(catalogue_triples(export, FORMATS, WHO))
    first, *others = addressed.dataset.datasets.values()
    without = {part.slug: part for part in (replace(first, licence=None), *others)}
    with pytest.raises(WrongSetting, match=first.slug):
        list(catalogue_triples(replace(addressed, dataset=replace(addressed.dataset, datasets=without)), FORMATS, WHO))


def test_the_file_is_the_catalogue(addressed: Export, triples: list[Triple]) -> None:
    async def parts() -> bytes:
        return b"".join([part async for part in catalogue(lambda: FORMATS, lambda: WHO).write(addressed)])

    assert {quad.triple for quad in parse(asyncio.run(parts()), format=RdfFormat.TURTLE)} == set(triples)
