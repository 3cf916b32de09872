"""The feed is opened by feedparser, has what RFC 4287 requires, and tells each dated moment once."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.export.atom import FORMAT, feed, moments
from api.export.export import Export
from api.export.graphml import graphml
from api.export.moments import everything
from api.export.network import Network, network
from api.export.xml_text import attribute, element, text
from graph.dates.edtf import FuzzyDate
from graph.domain.claim import Text
from tests.api.export.conftest import Written, turned
from tests.api.export.worlds import KEYS, exports
from tests.graph.worlds import examples

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
OF = (None, "region/zaanstreek-waterland", "municipality/beemster", "contract/joint-2015", "collaboration/dyslexie", "function/gi")


def told(export: Export, whole: Network, about: str | None = None) -> str:
    return "".join(feed(export, whole, about, "https://example.nl/v1/export/atom"))


@pytest.fixture(scope="session")
def of_all(whole: Network) -> list[Any]:
    return everything(whole)


@pytest.mark.parametrize("about", OF)
def test_every_required_element_is_there_once(export: Export, whole: Network, about: str | None) -> None:
    root = ElementTree.fromstring(told(export, whole, about))
    assert root.tag == f"{ATOM}feed"
    for each in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = each.findall(f"{ATOM}{name}")
            assert (found.text or "").strip()
    assert root.findall(f"{ATOM}author/{ATOM}name")  # of the feed, so that no entry needs one
    ids = [each.text for each in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all((id_ or "").startswith("urn:regiograaf:") and " " not in (id_ or "") for id_ in ids)


@pytest.mark.parametrize("about", OF[1:])
def test_feedparser_reads_every_moment(export: Export, whole: Network, about: str | None) -> None:
    opened = feedparser.parse(told(export, whole, about).encode())
    assert (opened.bozo, opened.version) == (False, "atom10")
    expected = moments(whole, about)
    assert [category(entry, "edtf") for entry in opened.entries] == [moment.date.edtf for moment in reversed(expected)]
    assert [category(entry, "certainty") for entry in opened.entries] == [moment.certainty for moment in reversed(expected)]


def category(entry: Any, scheme: str) -> str:
    (found,) = (tag.term for tag in entry.tags if tag.scheme == f"urn:regiograaf:{scheme}")
    return str(found)


def test_all_changes_of_the_timeline_are_in_it_and_what_was_only_named_is_not(whole: Network, of_all: list[Any]) -> None:
    kept = {moment.key for moment in moments(whole)}
    assert kept == {moment.key for moment in of_all if moment.kind != "FIRST_NAMED"}
    for about in OF[1:]:
        assert {moment.key for moment in moments(whole, about)} <= kept


def test_every_date_is_one_that_the_data_has(whole: Network) -> None:
    claims = [claim for claims in whole.claims.values() for claim in claims]
    periods = [*(claim.period for claim in claims), *(edge.period for edge in whole.edges), *whole.lives.values()]
    bounds = [*(bound for period in periods for bound in (period.start, period.end)), *(claim.value for claim in claims)]
    stated = {bound.edtf for bound in bounds if isinstance(bound, FuzzyDate)}
    stated |= {str(edge.period.valid_from) for edge in whole.edges}  # a start that is later than its source says: it was denied before
    assert {moment.date.edtf for moment in moments(whole)} <= stated


@given(exports(), st.sampled_from([None, *KEYS]))
@examples(25)
def test_of_any_data_the_feed_can_be_read_and_has_each_moment_once(export: Export, about: str | None) -> None:
    whole = network(export.dataset)
    root = ElementTree.fromstring(told(export, whole, about))
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == len(moments(whole, about))
    assert {moment.key for moment in moments(whole, about)} <= {moment.key for moment in moments(whole)}


def test_vague_dates_are_told_in_words(export: Export, whole: Network) -> None:
    titles = {entry.title for entry in feedparser.parse(told(export, whole, "region/zaanstreek-waterland").encode()).entries}
    assert {
        "2018: Begin van de contracten specialistische jeugdhulp 2018 (Amsterdam-Amstelland en Zaanstreek-Waterland)",
        "Tussen 2015 en 2018: Laatste dag van de contracten specialistische jeugdhulp 2015 (Amsterdam-Amstelland en Zaanstreek-Waterland)",
        "Omstreeks december 2022: Afspraken over de overlegstructuur van Zaanstreek-Waterland",
    } <= titles


def test_an_entry_has_its_sources_its_doubts_and_the_page_of_its_thing(export: Export, whole: Network) -> None:
    opened = feedparser.parse(told(export, whole, "contract/gi-2024").encode())
    (entry,) = (each for each in opened.entries if each.id == "urn:regiograaf:moment:began~contract/gi-2024")
    assert "geen bron zegt dat het zo is gegaan" in entry.title
    assert "\nBron: “Regiovisie jeugdhulp Zaanstreek-Waterland”, 3.4 Inkoop Gecertificeerde" in entry.content[0].value
    assert entry.link == "https://example.nl/id/contract/gi-2024"
    assert (opened.feed.title, opened.feed.links[1].href) == (
        "Wat begint, eindigt of verandert in de jeugdhulp: Contracten gecertificeerde instellingen per 2024 (voornemen)",
        "https://example.nl/id/contract/gi-2024",
    )


def test_it_says_of_which_version_and_from_which_sources_it_is(written: Written, small: Export) -> None:
    opened = feedparser.parse(written(FORMAT, small))
    assert "Versie van de gegevens: version-1" in opened.feed.subtitle
    assert all(source.title in opened.feed.subtitle for source in small.dataset.sources.values())
    assert opened.feed.rights == "Licenties: CC-BY-4.0, EUPL-1.2."
    assert opened.feed.updated == "2026-11-27T00:00:00Z"
    assert {entry.updated for entry in opened.entries} == {"2026-11-26T00:00:00Z"}
    assert [link.href for link in opened.feed.links] == ["https://example.nl/v1/export/atom"]


def test_without_a_base_its_links_are_identities(written: Written, small: Export) -> None:
    without = feedparser.parse(written(FORMAT, replace(small, base_url=None)))
    assert without.feed.get("links", []) == []
    assert without.entries[0].link.startswith("urn:regiograaf:")


def test_the_same_export_gives_the_same_bytes_in_whatever_order_it_was_read(written: Written, small: Export) -> None:
    assert written(FORMAT, small) == written(FORMAT, turned(small))


@given(st.text(max_size=60))
def test_any_text_can_stand_in_xml(any_text: str) -> None:
    root = ElementTree.fromstring(element("a", text(any_text), b=any_text))
    kept = "".join(
        sign for sign in any_text if sign in "\t\n\r" or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
    )
    assert ((root.text or ""), root.get("b")) == (kept, kept)
    assert attribute(any_text)[0] in "\"'"


def test_signs_of_xml_in_a_name_do_no_harm(small: Export) -> None:
    claims = dict(small.dataset.claims)
    claims["CON-18.name"] = replace(claims["CON-18.name"], value=Text('<b>A & B</b> "c" \x0b'))
    export = replace(small, dataset=replace(small.dataset, claims=claims))
    whole = network(export.dataset)
    root = ElementTree.fromstring(told(export, whole, "contract/gi-2024"))
    assert any('Voorgenomen begin van <b>A & B</b> "c"' in (title.text or "") for title in root.iter(f"{ATOM}title"))
    ElementTree.fromstring("".join(graphml(export, whole)))
