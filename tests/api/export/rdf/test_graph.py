"""The whole graph as a file: both notations hold the same, the file says what it is made of, and it keeps to the shapes."""

from __future__ import annotations

import asyncio

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse

from api.export.export import Export, Format
from api.export.rdf.graph import FORMATS, graph_triples
from api.export.rdf.terms import DEF, term, vocabulary
from graph.domain.reference import uri
from tests.api.export.rdf.shapes import OURS, VIOLATION, findings
from tests.house.readme import ROOT
from tests.standards.publishers import needed
from tests.standards.table import CPOV

OF = {format.name: format for format in FORMATS}


def written(format: Format, export: Export) -> bytes:
    async def parts() -> bytes:
        return b"".join([part async for part in format.write(export)])

    return asyncio.run(parts())


def read(file: bytes, format: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(file, format=format)}


def hold_the_same(export: Export) -> bool:
    """Returns True if both files read again are the graph that was written. It has no blank nodes, so equal graphs have equal triples."""
    turtle = read(written(OF["turtle"], export), RdfFormat.TURTLE)
    return turtle == read(written(OF["json-ld"], export), RdfFormat.JSON_LD) == set(graph_triples(export))


def test_both_notations_hold_the_same_graph(small: Export) -> None:
    assert hold_the_same(small)


@pytest.mark.long
def test_both_notations_hold_the_same_graph_of_the_whole_country(export: Export, addressed: Export) -> None:
    assert hold_the_same(export)
    assert hold_the_same(addressed)


def test_a_file_is_the_same_twice(small: Export) -> None:
    """Law: the same export gives the same bytes."""
    for format in FORMATS:
        assert written(format, small) == written(format, small)


def test_a_file_says_what_it_is_made_of(small: Export) -> None:
    """In its first lines and in the graph: the day, the version, and each source with its licence or that none is known."""
    turtle = written(OF["turtle"], small)
    first = turtle.partition(b"@prefix")[0].decode()
    assert small.day.isoformat() in first
    assert small.data_version in first
    graph = read(written(OF["json-ld"], small), RdfFormat.JSON_LD)
    rights = {t.subject.value: t.object.value for t in graph if t.predicate == term("dc:rights") and t.object.language != "en"}  # type: ignore[union-attr]
    for source in small.dataset.sources.values():
        assert source.title in first
        assert rights[uri(f"source/{source.slug}")] == (source.licence or "Er is geen licentie bekend.")


def test_every_claim_is_in_the_graph_with_its_source(small: Export) -> None:
    """A law on all claims: the graph names the source of each, and sets nothing aside without saying so."""
    sources = {t.subject.value: t.object.value for t in graph_triples(small) if t.predicate == term("prov:hadPrimarySource")}  # type: ignore[union-attr]
    for claim in small.dataset.claims.values():
        assert sources[uri(f"claim/{claim.key}")] == uri(f"source/{claim.source}")


def test_the_file_explains_every_term_of_ours(small: Export) -> None:
    """A law: each term and word of ours that the file uses is described in the file."""
    graph = set(graph_triples(small))
    described = {t.subject.value for t in graph}  # type: ignore[union-attr]
    used = {name.value for t in graph for name in (t.predicate, t.object) if isinstance(name, NamedNode) and name.value.startswith(DEF)}
    used |= {t.object.datatype.value for t in graph if isinstance(t.object, Literal) and t.object.datatype.value.startswith(DEF)}
    assert sorted(used - described) == []
    assert {t.subject.value for t in vocabulary()} <= described  # type: ignore[union-attr]


# ── shapes ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.long
def test_the_graph_of_the_whole_country_keeps_to_our_shapes(export: Export) -> None:
    assert findings(graph_triples(export), OURS) == {}


def test_our_shapes_bite(small: Export) -> None:
    """Without properties that the shapes ask the graph is wrong, and only for these; so is what is certain before it is possible."""
    needed = ("prov:hadPrimarySource", "org:role", "rg:endKnown", "org:memberDuring", "dc:rights", "rg:chosenClaim", "skos:definition")
    graph = [t for t in graph_triples(small) if t.predicate not in {term(name) for name in needed}]
    early = next(t for t in graph if t.predicate == term("rg:certainFrom") and "#" in t.subject.value)  # type: ignore[union-attr]
    graph = [t for t in graph if (t.subject, t.predicate) != (early.subject, term("rg:validFrom"))]
    graph.append(Triple(early.subject, term("rg:validFrom"), Literal("9999-12-31", datatype=term("xsd:date"))))
    wrong = {name.partition(":")[2] for name in (*needed, "rg:validFrom")} - {"chosenClaim"}  # which need not be there
    assert set(findings(graph, OURS)) == {(VIOLATION, name) for name in wrong}


def test_every_municipality_is_a_public_organisation(whole: list[Triple]) -> None:
    """So CPOV says something of them. That they keep to it is held by tests/standards/test_results.py, as it is of our shapes."""
    public = {t.subject.value for t in whole if t.object == term("cv:PublicOrganisation")}  # type: ignore[union-attr]
    assert len([name for name in public if ":municipality:" in name]) == 414


def test_the_check_of_cpov_bites(whole: list[Triple]) -> None:
    zaanstad = NamedNode(uri("municipality/zaanstad"))
    said = [t for t in whole if t.subject == zaanstad]
    wrong = Triple(zaanstad, term("skos:prefLabel"), Literal("Zaandam", language="nl"))
    assert findings([*said, wrong], needed(CPOV)) == {(VIOLATION, "prefLabel"): 1}


# ── the recipe ────────────────────────────────────────────────────────────────────────────────────


def test_the_recipe_of_the_manual_answers_a_question(small: Export, tmp_path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    """The Python of the manual is run as it stands there, on a file of ours."""
    text = (ROOT / "api/export/rdf/README.md").read_text("utf-8")
    recipe = text[text.index("import pyoxigraph") :].partition("```")[0]
    (tmp_path / "regiograaf.ttl").write_bytes(written(OF["turtle"], small))
    monkeypatch.chdir(tmp_path)
    exec(compile(recipe, "recipe", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert "Zaanstad" in "".join(lines)


def test_a_store_of_others_answers_sparql(small: Export) -> None:
    """How many claims there are is the same in the graph and in the data."""
    store = Store()
    store.bulk_load(written(OF["turtle"], small), format=RdfFormat.TURTLE)
    found = store.query("PREFIX rg: <urn:regiograaf:def:> SELECT (COUNT(?c) AS ?n) WHERE { ?c a rg:Claim }")
    assert isinstance(found, QuerySolutions)
    assert next(found)["n"].value == str(len(small.dataset.claims))
