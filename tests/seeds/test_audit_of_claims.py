"""What holds of all claims together: where they stand in their documents, and that no bound is more certain than its source."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from graph.dates.edtf import FuzzyDate
from graph.domain.claim import Claim, Dataset, EntityRef
from graph.domain.model import PREDICATES, TYPE_OF_PREFIX
from seeds.check import dataset

HEADINGS = {  # of each document, once; a heading of the vision document bears the numbers of its chapter and of the heading above it
    "samenwerking-aa-zawa": (
        "Jeugdhulp regionale samenwerking Amsterdam-Amstelland & Zaanstreek-Waterland",
        "Regiogemeenten Amsterdam-Amstelland (AA)", "Regiogemeenten Zaanstreek-Waterland (ZaWa)", "Ontstaan", "Twee jeugdhulpregio’s",
    ),
    "persbericht-2021": (
        "Bericht geplaatst op: 28 januari 2021", "Nieuwe piketpalen voor de toekomst", "Beter inzicht in cijfers, minder administratie",
        "Planning", "Bijlage",
    ),
    "werkwijze-aa-zawa": (
        "Wat houdt de werkwijze specialistische jeugdhulp in?", "Welke regiogemeenten zijn aangesloten?",
        "Heeft elke regiogemeente hetzelfde jeugdhulpaanbod?", "Wat doet het lokale team ten opzichte van gespecialiseerde jeugdhulp?",
        "Wat moet een jeugdhulporganisatie doen wanneer hij onvoldoende expertise in huis heeft of onvoldoende capaciteit heeft om te "
        "starten?",
    ),
    "samenwerking-gooi-en-vechtstreek": (
        "Versterking regionale samenwerking", "Uitgangspunten Norm voor Opdrachtgeverschap",
        "De gemeenten in de regio Gooi en Vechtstreek werken samen in",
        "Bovenregionaal wordt samengewerkt met Noord Holland op drie thema’s",
    ),
    "regiovisie-zawa": (
        "Inleiding", "Uitgangpunten Norm voor Opdrachtgeverschap", "Draagvlak", "Hervormingsagenda Jeugd", "Leeswijzer",
        "1. Jeugdhulp in de regio Zaanstreek-Waterland", "1. Cijfermatig beeld",
        "1. Aantal jongeren die gebruik maken van jeugdzorg in regio Zaanstreek-Waterland",
        "1. Aantal aanbieders in regio Zaanstreek-Waterland", "1. Uitgaven regionaal ingekochte Jeugdzorg in regio Zaanstreek-Waterland",
        "2. Gezamenlijke regiovisie en uitgangspunten", "2.1 Inzetten op preventie en eigen kracht", "2.2 Het gewone leven versterken",
        "2.3 Effectieve en efficiënte samenwerking rond gezinnen – samenwerking met onderwijs",
        "2.4 Jeugdigen groeien zo thuis mogelijk op", "2.5 Alle jeugdigen veilig",
        "3. Doorontwikkeling samenwerkingsafspraken",
        "3.1 De gewenste ontwikkeling van het zorglandschap", "3.1 Doorontwikkelen in plaats van opnieuw beginnen",
        "3.1 Wat je regionaal samen regelt, moet de lokale ondersteuning aan gezinnen helpen",
        "3.1 Ons hoofddoel bij de doorontwikkeling: meer van C naar B naar A",
        "3.2 De wijze waarop de lokale toegang verbonden is met de gecontracteerde hulp",
        "3.2 Veilige leefomgeving", "3.2 Tijdig signaleren van de vraag", "3.2 Vindbare en toegankelijke hulp",
        "3.2 Handelen met een brede blik", "3.2 Leren en verbeteren",
        "3.3 Regionale samenwerking en een niet-vrijblijvende governance", "3.3 Governance",
        "3.4 Hoe en voor welke functies wordt bovenregionaal samengewerkt",
        "3.4 Bovenregionale samenwerking met Amsterdam-Amstelland",
        "3.4 Inkoop Gecertificeerde instellingen (GI’s) en inhoudelijk ontwikkeling op dit gebied, zoals Blijvend Veilig",
        "3.4 Inkoop Dyslexie", "3.4 Specialistische jeugdhulp op speciaal onderwijs (SJSO) in Amsterdam",
        "3.4 Bovenregionale samenwerking: landsdeel Noord-Holland", "3.4 Een thuis voor Noordje",
        "3.4 Het bovenregionaal expertisenetwerk Noord-Holland (BEN NH)", "3.4 Crisisregisseur jeugd (L)VB", "3.4 Specifieke uitkeringen",
        "3.4 Ketenaanpak eetstoornissen (K-EET)", "3.4 Rechtbankroute bij scheidingen",
        "3.5 Borging van de beschikbaarheid en continuïteit van jeugdfuncties", "3.5 Maatwerkovereenkomsten", "3.5 Maximale wachttijden",
        "3.5 Regionaal expertteam (RET)", "3.5 Zorgcontinuïteit",
        "3.6 Beperking van de administratieve lasten",
        "3.7 Zorgvuldigheidseisen voor inkoop en reële tarieven", "3.7 Reële tarieven", "3.7 Zorgvuldige inkoop",
    ),
}  # fmt: skip
OURS = ("DERIVED", "MANUAL")
LIFE = ("exists", "runs")
OF_A_CONTRACT = ("buyers", "suppliers")
REGISTER_OF_MEMBERS = "roo"


@pytest.fixture(scope="module")
def said() -> Dataset:
    return dataset()


def of_documents(said: Dataset) -> list[Claim]:
    return [claim for claim in said.claims.values() if said.sources[claim.source].kind == "DOCUMENT"]


def bounds(claim: Claim) -> list[FuzzyDate]:
    """The dates that a claim gives: of its period, or as its value."""
    given = [claim.period.start, claim.period.end, claim.value if isinstance(claim.value, FuzzyDate) else None]
    return [bound for bound in given if bound]


def is_open(bound: FuzzyDate) -> bool:
    """True if a bound says only "on that day or earlier" or "on that day or later"."""
    return bound.earliest is None or bound.latest is None


# ── where it stands ───────────────────────────────────────────────────────────────────────────────


def test_every_document_has_its_headings_here_once(said: Dataset) -> None:
    assert set(HEADINGS) == {source.slug for source in said.sources.values() if source.kind == "DOCUMENT"}
    assert [heading for headings in HEADINGS.values() for heading, n in Counter(headings).items() if n > 1] == []


def test_every_claim_of_a_document_stands_under_a_heading_of_it(said: Dataset) -> None:
    astray = [(c.key, c.locator.section) for c in of_documents(said) if c.locator.section not in HEADINGS[c.source]]
    assert astray == []


def test_a_footnote_stands_under_one_heading(said: Dataset) -> None:
    places = defaultdict(set)
    for claim in of_documents(said):
        if claim.locator.footnote:
            places[claim.source, claim.locator.footnote].add(claim.locator.section)
    assert {note: found for note, found in places.items() if len(found) > 1} == {}


# ── what is certain ───────────────────────────────────────────────────────────────────────────────


def test_a_first_table_gives_no_first_day(said: Dataset) -> None:
    """The first table is of 1 January 2015. It says that it was so then, and not since when."""
    dated = [c for c in said.claims.values() if c.source == "cbs-gebieden" and c.period.start and c.predicate != "complete"]
    assert [c.key for c in dated if c.period.start and c.period.start.edtf == "2015-01-01"] == []
    assert any(c.period.start and c.period.start.edtf == "../2015-01-01" for c in dated)


def test_no_document_states_an_open_bound(said: Dataset) -> None:
    """ "On that day or earlier" and "on that day or later" are bounds that we worked out."""
    assert [c.key for c in of_documents(said) if any(map(is_open, bounds(c))) and c.method not in OURS] == []


def test_the_silence_of_a_register_ends_no_membership_on_a_day(said: Dataset) -> None:
    """A register that no longer names a member does not say that it left: the end is vague unless the member itself ended on that day."""
    lives = {c.subject: c.period.end for c in said.claims.values() if c.predicate == "exists" and c.period.end}
    for claim in said.claims.values():
        end = claim.period.end
        if claim.source == REGISTER_OF_MEMBERS and claim.predicate == "member" and end and isinstance(claim.value, EntityRef):
            gone = lives.get(claim.value.key)
            assert not end.exact or (gone and gone.edtf == end.edtf), claim.key


# ── what is planned ───────────────────────────────────────────────────────────────────────────────


def planned_things(said: Dataset) -> set[str]:
    """The arrangements of which every claim that they exist or run is a plan."""
    lives = defaultdict(list)
    for claim in said.claims.values():
        if claim.predicate in LIFE:
            lives[claim.subject].append(claim.qualifiers.get("planned") is True)
    return {subject for subject, plans in lives.items() if all(plans)}


def test_of_a_plan_everything_is_planned(said: Dataset) -> None:
    plans = planned_things(said)
    assert plans
    could = [c for c in said.claims.values() if c.subject in plans and "planned" in PREDICATES[c.predicate].qualifiers]
    loose = [c.key for c in could if c.value is not False and not c.qualifiers.get("planned")]
    assert loose == []


def test_the_events_of_a_plan_are_planned(said: Dataset) -> None:
    plans = planned_things(said)
    events = {c.subject for c in said.claims.values() if c.predicate == "about" and isinstance(c.value, EntityRef) and c.value.key in plans}
    assert events
    dates = [c for c in said.claims.values() if c.subject in events and c.predicate == "date"]
    assert [c.key for c in dates if not c.qualifiers.get("planned")] == []


def test_what_leads_to_a_plan_is_a_plan(said: Dataset) -> None:
    plans = planned_things(said)
    followed = [c for c in said.claims.values() if c.predicate == "succeededBy" and isinstance(c.value, EntityRef) and c.value.key in plans]
    assert [c.key for c in followed if not c.qualifiers.get("planned")] == []


# ── what is said of a list ────────────────────────────────────────────────────────────────────────


def test_a_remark_is_about_a_list_that_its_thing_has(said: Dataset) -> None:
    for claim in said.claims.values():
        about = claim.qualifiers.get("list")
        bought = TYPE_OF_PREFIX[claim.subject.partition("/")[0]].label in ("Contract", "Procurement")
        if about and about != "functions":
            assert (about in OF_A_CONTRACT) == bought, claim.key


def test_one_source_makes_one_remark_on_a_list(said: Dataset) -> None:
    """Of two remarks on one list of one thing only one is shown."""
    remarks = Counter((c.subject, c.source, c.qualifiers["list"]) for c in said.claims.values() if "list" in c.qualifiers)
    assert {remark: n for remark, n in remarks.items() if n > 1} == {}
