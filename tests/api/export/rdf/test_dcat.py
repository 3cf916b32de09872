"""The catalogue by DCAT-AP-NL: that each file of its publishers' shapes bites, and that nothing is made up.

That the catalogue keeps to them is held by tests/standards/test_results.py.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from api.export.export import Export
from api.export.rdf.dcat import catalogue, catalogue_triples, publisher_of
from api.export.rdf.graph import FORMATS
from api.export.rdf.provenance import LICENCES
from api.export.rdf.terms import term
from api.pages.address import PATHS
from api.pages.standards.results import results
from api.pages.words import Words
from api.settings import Settings
from graph.build.records import Records
from graph.domain.languages import LANGUAGES
from graph.errors import WrongSetting
from tests.api.export.rdf.shapes import VIOLATION, findings
from tests.house.readme import ROOT
from tests.standards.ours import BASE, WHO
from tests.standards.ours import catalogue as made_catalogue
from tests.standards.publishers import needed
from tests.standards.table import DCAT

MUST = DCAT[:4]  # the last one recommends


@pytest.fixture(scope="module")
def triples(claims: Records) -> list[Triple]:
    return made_catalogue(claims.dataset)


def test_the_manual_explains_what_is_not_met() -> None:
    """In the words of the page on standards."""
    text = " ".join((ROOT / "api/export/rdf/README.md").read_text("utf-8").split())
    words = Words(LANGUAGES[0])
    why = {name: words(f"standards.why.dcat-ap-nl.{name}") for name in results()["dcat-ap-nl"].warnings}
    assert [name for name in why if f"| `dcat:{name}` | {why[name]} |" not in text] == []


@pytest.mark.parametrize(
    ("shapes", "left_out", "wrong"),
    [(MUST[0], "dcterms:title", "title"), (MUST[1], "dcterms:license", "license"), (MUST[1], "dcat:contactPoint", "contactPoint")],
)
def test_the_check_of_dcat_bites(triples: list[Triple], shapes: str, left_out: str, wrong: str) -> None:
    found = findings([t for t in triples if t.predicate != term(left_out)], needed(shapes))
    assert {(severity, name) for severity, name in found} == {(VIOLATION, wrong)}


@pytest.mark.parametrize(
    ("shapes", "gone", "wrong"), [(MUST[2], "vcard:Kind", "contactPoint"), (MUST[3], "dcterms:LinguisticSystem", "language")]
)
def test_the_check_of_classes_bites(triples: list[Triple], shapes: str, gone: str, wrong: str) -> None:
    """Without the class of what is referred to, the reference is wrong."""
    found = findings([t for t in triples if t.object != term(gone)], needed(shapes))
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
