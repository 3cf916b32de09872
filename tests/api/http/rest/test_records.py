"""Records by their addresses: all that a graph of ours names leads to data in each form, and people to the place where it is told."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from api.answer import Answers
from api.export.export import Export
from api.export.rdf.graph import graph_triples
from api.export.rdf.records import RECORDS, record_triples, records_of
from api.http.rest.addresses import WITHOUT_A_PAGE
from api.http.rest.answering import Asked
from api.http.rest.records import place_of
from api.http.rest.routes import Offer
from graph.build.records import Records, records
from graph.domain.claim import Dataset, EntityRef
from graph.domain.languages import LANGUAGES
from graph.engines.bolt import Store
from graph.load.load import load
from tests.api.conftest import TODAY
from tests.api.export.exported import datasets
from tests.api.http.rest.conftest import HOSTILE, Get, asking, problem
from tests.conftest import LOADED_AT, empty
from tests.graph.worlds import examples

BASE = "https://regiograaf.example.nl"
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
READ = {"jsonld": RdfFormat.JSON_LD, "ttl": RdfFormat.TURTLE}
MOST_HOPS = 4


def addresses(export: Export) -> dict[str, None]:
    """The addresses of all that the graph of an export names, without the parts of a page that they mean."""
    named = (node.value for t in graph_triples(export) for node in (t.subject, t.object) if isinstance(node, NamedNode))
    return dict.fromkeys(name.partition("#")[0].removeprefix(BASE) for name in named if name.startswith(f"{BASE}/id/"))


def subjects(content: bytes, suffix: str) -> set[str]:
    return {quad.subject.value for quad in parse(content, format=READ[suffix])}


def read_by_people(get: Get, path: str) -> tuple[str, str]:
    """The page that an address leads people to, and the place on it."""
    place = ""
    for _ in range(MOST_HOPS):
        response = get(path, BROWSER)
        if response.status_code not in (302, 303):
            break
        path, _, part = urljoin(path, response.headers["location"]).partition("#")
        place = part or place  # as a browser keeps it
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8"), path
    return response.text, unquote(place)


def programs_read(get: Get, path: str) -> None:
    """An address has data in each form, which says what it is of."""
    json = get(f"{path}.json?asOf=2024-01-01")
    assert json.status_code == 200, (path, json.text[:300])
    assert json.json()["address"] == BASE + unquote(path)
    for suffix in READ:
        response = get(f"{path}.{suffix}?asOf=2024-01-01")
        assert response.status_code == 200, path
        assert BASE + path in subjects(response.content, suffix)


def people_find(get: Get, path: str) -> None:
    """People find a page, with the place on it if the address is of one."""
    told, place = read_by_people(get, f"{path}?asOf=2024-01-01")
    if place and place != "history":  # an event without a date is in no history
        assert f'id="{place}"' in html.unescape(told), path


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────


def sample(export: Export) -> Iterator[str]:
    """Some addresses of each kind, the longest names among them, and all conflicts, sources and datasets."""
    of_kind: dict[str, list[str]] = {}
    for path in addresses(export):
        of_kind.setdefault(path.split("/")[2], []).append(path)
    for kind, paths in of_kind.items():
        few = kind in ("source", "dataset")
        yield from paths if few else {*paths[:: len(paths) // 3 + 1], max(paths, key=len)}


def test_every_address_that_the_packaged_graph_names_answers_in_each_form(get: Get, claims: Records) -> None:
    export = Export(claims.dataset, Answers(None, lambda: TODAY, "engine"), TODAY, "v", BASE)  # type: ignore[arg-type]
    paths = list(sample(export))
    assert {path.split("/")[2] for path in paths} >= {*WITHOUT_A_PAGE, "municipality", "region", "contract"}
    for path in paths:
        programs_read(get, path)
        people_find(get, path)


@pytest.fixture
def served(scratch: Store, runner: asyncio.Runner) -> Callable[[Dataset], Get]:
    """Makes a client of a server whose store holds a dataset."""

    def of(dataset: Dataset) -> Get:
        runner.run(empty(scratch))
        runner.run(load(scratch, records(dataset), LOADED_AT))
        return asking(runner, Answers(scratch, lambda: TODAY, "engine", request_seconds=300), Offer(base_url=BASE))

    return of


def with_parties(made: Dataset) -> Dataset:
    """The same, with something that each event is about, as `check` asks of it."""
    name = made.claims["event/one.name"]
    about = [
        replace(name, key=f"{key}.about", subject=key, predicate="about", value=EntityRef("region/one"), rank="NORMAL", qualifiers={})
        for key in made.entities if key.startswith("event/")
    ]  # fmt: skip
    return replace(made, claims={**made.claims, **{claim.key: claim for claim in about}})


@given(made=datasets().map(with_parties))
@settings(examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_so_does_every_address_of_any_data(served: Callable[[Dataset], Get], made: Dataset) -> None:
    get = served(made)
    for path in addresses(Export(made, Answers(None, lambda: TODAY, "engine"), TODAY, "v", BASE)):  # type: ignore[arg-type]
        kind = path.split("/")[2]
        if kind in WITHOUT_A_PAGE:
            programs_read(get, path)
        if kind in RECORDS:  # the pages of things need kinds and dates, which `check` asks of every real claim
            people_find(get, path)


def test_the_graph_of_a_record_says_nothing_that_the_whole_graph_does_not_say(claims: Records) -> None:
    export = Export(claims.dataset, Answers(None, lambda: TODAY, "engine"), TODAY, "v", BASE)  # type: ignore[arg-type]
    whole: set[Triple] = set(graph_triples(export))
    for kind in RECORDS:
        there = list(records_of(claims.dataset, kind))
        for key in there[:: max(len(there) // 20, 1)]:
            own = set(record_triples(export, kind, key))
            assert own <= whole
            assert any(triple.subject == NamedNode(export.uri(f"{kind}/{key}")) for triple in own)


# ── examples ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/source/roo", "/bronnen#source-roo"),
        ("/id/dataset/country", "/bronnen#dataset-country"),
        ("/id/conflict/C-08", "/tegenspraken?about=collaboration%2Fdyslexie#C-08"),
        ("/id/claim/CON-08.runs", "/bronnen?source=source%2Fregiovisie-zawa&claim=claim%2FCON-08.runs#claim-CON-08.runs"),
        ("/id/event/beemster-2022", "/id/municipality/beemster#history"),
        ("/en/id/source/roo", "/en/sources#source-roo"),
    ],
)
def test_people_are_led_to_the_place_where_it_is_told(get: Get, path: str, location: str) -> None:
    page = get(path, BROWSER)
    assert (page.status_code, page.headers["location"]) == (303, f"{path}.html")
    place = get(f"{path}.html", BROWSER)
    assert (place.status_code, place.headers["location"]) == (303, location)
    dated = get(f"{path}.html?asOf=2024-01-01", BROWSER).headers["location"]
    assert "asOf=2024-01-01" in dated
    assert dated.partition("#")[2] == location.partition("#")[2]


def test_a_claim_whose_key_has_slashes_has_an_address_too(get: Get) -> None:
    body = get("/id/claim/CBS.GM0450.move.about/alkmaar.json").json()
    assert (body["uri"], body["claim"]["predicate"]) == ("urn:regiograaf:claim:CBS.GM0450.move.about/alkmaar", "about")


def test_data_says_who_says_it_and_under_which_licence(get: Get) -> None:
    claim = get("/id/claim/CON-08.runs.json").json()["claim"]
    assert (claim["source"]["id"], claim["locator"]["section"]) == ("source/regiovisie-zawa", "3.7 Zorgvuldige inkoop")
    assert claim["dataset"]["licence"] == get(f"/id/dataset/{claim['dataset']['slug']}.json").json()["dataset"]["licence"]
    assert get("/id/source/roo.json").json()["source"]["licence"] == "CC0-1.0"


def test_data_is_in_the_language_of_its_address_and_is_kept_by_its_tag(get: Get) -> None:
    dutch, english = get("/id/conflict/C-08.json"), get("/en/id/conflict/C-08.json")
    assert dutch.json()["conflict"]["statusLabel"] != english.json()["conflict"]["statusLabel"]
    again = get("/id/conflict/C-08.json", if_none_match=dutch.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    turtle = get("/id/conflict/C-08.ttl")
    assert get("/id/conflict/C-08.ttl", if_none_match=turtle.headers["etag"]).status_code == 304


@pytest.mark.parametrize(
    "key", ["claim/nope", "source/nope", "conflict/C-99", "dataset/nope", "event/nope", "claim/", "claim/a@b", "source/a@2024"]
)
def test_what_is_not_there_is_a_problem_with_our_code_and_for_people_a_page(get: Get, key: str) -> None:
    for suffix in ("json", "jsonld", "ttl"):
        response = get(f"/id/{key}.{suffix}")
        assert (response.status_code, problem(response)["code"]) == (404, "NOT_FOUND")
    page = get(f"/id/{key}.html", BROWSER)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_an_identity_or_an_old_name_in_an_address_leads_on(get: Get) -> None:
    assert get("/id/urn:regiograaf:claim:CON-08.runs").headers["location"] == "/id/claim/CON-08.runs.json"
    assert get("/id/urn:regiograaf:event:beemster-2022.ttl").headers["location"] == "/id/event/beemster-2022.ttl"
    assert get("/id/event/zaanstad.json").headers["location"] == "/id/municipality/zaanstad.json"
    assert get("/id/event/zaanstad.html", BROWSER).headers["location"] == "/id/municipality/zaanstad.html"


def test_no_other_media_type_version_or_method(get: Get) -> None:
    assert problem(get("/id/source/roo", "text/calendar"))["code"] == "NOT_ACCEPTABLE"
    assert problem(get("/id/source/roo.json", "text/turtle"))["code"] == "NOT_ACCEPTABLE"
    assert problem(get("/id/source/roo.json?dataVersion=v0"))["code"] == "OTHER_DATA_VERSION"
    assert problem(get("/id/source/roo.json", method="POST"))["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize("part", HOSTILE)
def test_whatever_stands_in_an_address_the_answer_is_a_problem_or_a_page(get: Get, part: str) -> None:
    for kind in ("claim", "event"):
        assert problem(get(f"/id/{kind}/{part}.json"))["status"] in (400, 404), kind
        page = get(f"/id/{kind}/{part}.html", BROWSER)
        assert (page.status_code, "set-cookie" in page.headers) in ((404, False), (400, False)), kind


def test_the_page_of_a_source_shows_the_one_claim_and_the_way_to_all(get: Get) -> None:
    told, place = read_by_people(get, "/id/claim/CON-08.runs")
    assert re.findall(r'<tr id="([^"]+)"', told) == [place] == ["claim-CON-08.runs"]
    assert "Toon alle uitspraken van deze bron" in told
    other, _ = read_by_people(get, "/bronnen?source=source/roo&claim=claim/CON-08.runs")
    assert "claim-CON-08.runs" not in other.partition("<tbody>")[2]


def test_a_contradiction_about_an_event_is_looked_for_among_all() -> None:
    """An event is nothing that contradictions can be asked about by."""
    wanted = Asked(None, None)
    of_event, of_thing = (
        place_of("conflict", "C-1", {"subject": {"uri": f"urn:regiograaf:{key}"}}, LANGUAGES[0], wanted) for key in ("event:a", "region:b")
    )
    assert ("about" in of_event, "about" in of_thing) == (False, True)
