"""Documents, laws, instruments and rules: things that are found by name and that lead to those who use them."""

from __future__ import annotations

import pytest

from graph.domain.claim import Dataset, EntityRef, Text
from graph.domain.model import PREDICATES
from tests.domain.conftest import Ask

RELATIONS = {"issuedBy": "issued", "binds": "subjectTo", "appliesTo": "subjectTo", "usedBy": "uses"}


def test_every_document_is_found_by_each_of_its_names(ask: Ask, said: Dataset) -> None:
    lost = []
    for claim in said.claims.values():
        if not claim.subject.startswith("document/") or claim.predicate not in ("name", "alternateName"):
            continue
        for name in claim.value.words if isinstance(claim.value, Text) else (str(claim.value),):
            found = ask(f'{{ search(query: "{name}", first: 3) {{ nodes {{ id }} }} }}')["nodes"]
            if {"id": claim.subject} not in found:
                lost.append(name)
    assert lost == []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("BOK", "betaalovereenkomst"), ("PGB", "persoonsgebonden-budget"), ("perspectiefplan", "perspectiefplan"),
        ("NvO", "norm-voor-opdrachtgeverschap"), ("Hervormingsagenda", "hervormingsagenda-jeugd"), ("Jeugdwet", "jeugdwet"),
        ("convenant", "convenant-ret"), ("mandaat", "mandaat-van-de-wethouder"), ("VOT", "verzoek-om-toewijzing"),
        ("onderaannemer", "onderaannemer-bij-gebrek-aan-deskundigheid"), ("beschikbaarheidswijzer", "beschikbaarheidswijzer"),
    ],
)  # fmt: skip
def test_what_people_call_it_leads_to_it_first(ask: Ask, text: str, slug: str) -> None:
    assert ask(f'{{ search(query: "{text}", first: 1) {{ nodes {{ slug }} }} }}')["nodes"] == [{"slug": slug}]


def test_every_document_has_a_kind_and_says_something_or_is_used(ask: Ask, said: Dataset) -> None:
    papers = {key for key in said.entities if key.startswith("document/")}
    assert {c.subject for c in said.claims.values() if c.predicate == "kind"} >= papers
    assert {c.subject for c in said.claims.values() if c.predicate in ("title", "text")} == papers


def test_a_relation_is_told_from_both_ends(ask: Ask, said: Dataset) -> None:
    """On the day on which a relation holds, the document leads to the thing and the thing to the document."""
    for claim in said.claims.values():
        if claim.predicate not in RELATIONS or not isinstance(claim.value, EntityRef) or not PREDICATES[claim.predicate].relation:
            continue
        of = "... on Organization { issued { id } }" if claim.predicate == "issuedBy" else f"{RELATIONS[claim.predicate]} {{ id }}"
        two = ask(
            f'{{ document(ref: "{claim.subject}", asOf: "2026-01-01") {{ {claim.predicate} {{ id }} }} '
            f'node(id: "{claim.value.key}@2026-01-01") {{ ... on Entity {{ {of} }} }} }}'
        )
        there = {"id": f"{claim.value.key}@2026-01-01"} in two["document"][claim.predicate]
        assert there == ({"id": f"{claim.subject}@2026-01-01"} in two["node"][RELATIONS[claim.predicate]]), claim.key


def test_an_event_leads_to_the_law_behind_it(ask: Ask) -> None:
    (event,) = ask('{ organization(ref: "Beemster") { changes { kind basis { name kind } } } }')["changes"]
    assert event["basis"] == [{"name": "Staatsblad 2021, 264", "kind": "LAW"}]


def test_a_rule_of_the_past_binds_nobody_later(ask: Ask) -> None:
    asked = '{{ document(ref: "overbruggingshulp", asOf: "{}") {{ binds {{ slug }} }} }}'
    assert {"slug": "zaanstreek-waterland"} in ask(asked.format("2021-06-01"))["binds"]
    assert {"slug": "zaanstreek-waterland"} not in ask(asked.format("2022-06-01"))["binds"]
