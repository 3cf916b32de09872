"""No sentence says what its claims do not: every date and every name in an explanation is found again in what it rests on.
Verbs agree with the names of the claims.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from graph.answers.clauses import is_plural
from graph.answers.coverage_rule import Option
from graph.answers.coverage_sentences import times
from graph.dates.edtf import parse
from graph.dates.period import CARRIED_YEARS, Period
from graph.domain.claim import Claim, Dataset, EntityRef, Text
from graph.domain.conflict import written
from tests.domain.conftest import Ask

DAYS = (
    "2014-06-01", "2015-06-01", "2016-06-01", "2018-12-31", "2019-06-01", "2021-06-01", "2021-12-31", "2022-01-01", "2023-06-01",
    "2023-06-07", "2024-06-01", "2026-11-26", "2027-06-01",
)  # fmt: skip
MONTHS = {
    "NL": ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
    "EN": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
}
DAY = timedelta(1)
MATRIX = """{ coverageMatrix(municipalities: %s, asOf: "%s") { cells {
  municipality { slug name } function { slug nl: name en: name(lang: EN) definedBy { slug } } status reasons changesOn
  nl: explanation en: explanation(lang: EN)
  via { arrangement { id } steps { from { id } to { id } } claims { id } } } } }"""


def said_on(said: Dataset) -> dict[str, set[str]]:
    """The names of every thing, by its key."""
    names: dict[str, set[str]] = {key: set() for key in said.entities}
    for claim in said.claims.values():
        if claim.predicate == "name" and isinstance(claim.value, Text):
            names[claim.subject] |= {text for text in claim.value.words if text}
    return names


def days_of(period: Period) -> Iterator[date]:
    """The days that a claim gives: its bounds, and when its source was written."""
    for bound in (period.start, period.end, period.attested):
        if bound:
            yield from (day for day in (bound.earliest, bound.latest) if day)


def allowed_days(said: Dataset, claims: list[Claim], asked: str) -> set[date]:
    """The days that an explanation may name: those of its claims, the day after or before, and the one asked for."""
    found = {date.fromisoformat(asked)}
    for claim in claims:
        found |= set(days_of(claim.period))
        last = written(said.sources[claim.source])
        found.add(last.replace(year=last.year + CARRIED_YEARS) if last.year < 9000 else last)  # from then on it is too old
        attested = said.sources[claim.source].attested
        found |= {day for day in (attested and attested.earliest, attested and attested.latest) if day}
    return found | {day + DAY for day in found} | {day - DAY for day in found}


def dates_in(text: str, language: str) -> set[date]:
    months = MONTHS[language]
    pattern = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(months)}) (\d{{4}})\b")
    return {date(int(year), months.index(month) + 1, int(day)) for day, month, year in pattern.findall(text)}


def without(text: str, names: set[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ").replace(name[:1].lower() + name[1:], " ").replace(name[:1].upper() + name[1:], " ")
    return text


def key(node: dict[str, Any]) -> str:
    return str(node["id"]).partition("@")[0]


class Behind:
    """The claims by what they are about, so that what stands behind a cell is found quickly."""

    def __init__(self, said: Dataset) -> None:
        self.said, self.names = said, said_on(said)
        self.about: dict[str, list[Claim]] = defaultdict(list)
        self.after: dict[str, set[str]] = defaultdict(set)  # what a thing became part of
        for claim in said.claims.values():
            self.about[claim.subject].append(claim)
        for event in (entity.key for entity in said.entities.values() if entity.type == "ChangeEvent"):
            ends = {p: {c.value.key for c in self.about[event] if c.predicate == p and isinstance(c.value, EntityRef)} for p in SIDES}
            for original in ends["original"]:
                self.after[original] |= ends["resulting"]

    def things(self, cell: dict[str, Any]) -> set[str]:
        """What a cell rests on: its municipality and function, who defines that, and all that its chains lead over."""
        function = f"function/{cell['function']['slug']}"
        found = {f"municipality/{cell['municipality']['slug']}", function}
        found |= {key(end) for way in cell["via"] for step in way["steps"] for end in (step["from"], step["to"])}
        found |= {c.value.key for c in self.about[function] if c.predicate == "definedBy" and isinstance(c.value, EntityRef)}
        if "NO_MUNICIPALITY" in cell["reasons"]:
            found |= self.after[f"municipality/{cell['municipality']['slug']}"]
        return found


SIDES = ("original", "resulting")


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_every_date_and_name_in_an_explanation_stands_in_the_claims_behind_it(ask: Ask, said: Dataset, day: str) -> None:
    behind, seen = Behind(said), 0
    slugs = [entity.slug for entity in said.entities.values() if entity.type == "Municipality"]
    others = {name for thing, own in behind.names.items() if thing.startswith(("region/", "collaboration/", "contract/")) for name in own}
    for at in range(0, len(slugs), 14):
        for cell in ask(MATRIX % (str(slugs[at : at + 14]).replace("'", '"'), day))["cells"]:
            things = behind.things(cell)
            claims = [said.claims[key(claim).removeprefix("claim/")] for way in cell["via"] for claim in way["claims"]]
            claims += [c for thing in things for c in behind.about[thing] if c.predicate in ("exists", "runs", "option", "memberOf")]
            days = allowed_days(said, claims, day) | ({date.fromisoformat(cell["changesOn"])} if cell["changesOn"] else set())
            known = set().union(*(behind.names[thing] for thing in things))
            for language, text in (("NL", cell["nl"]), ("EN", cell["en"])):
                sentences = text.split("\n")[0]
                assert dates_in(sentences, language) <= days, (day, text)
                rest = without(sentences, known)
                assert [name for name in others if name in rest] == [], (day, text)
                seen += 1
    assert seen > 2000


# ── the number of names ───────────────────────────────────────────────────────────────────────────

SINGULAR = {  # of care functions and contracts, in both languages
    "Behandelexpertise eetstoornissen", "Bovenregionale expertise", "Contracted youth care of Gooi en Vechtstreek",
    "Crisis placement for young people with a (mild) intellectual disability", "Crisisplaatsing jeugd (L)VB", "Dyslexia care",
    "Dyslexia care of the fourteen municipalities (before 2023)", "Dyslexiezorg", "Dyslexiezorg van de veertien gemeenten (vóór 2023)",
    "Gecontracteerd jeugdhulpaanbod Gooi en Vechtstreek", "JeugdzorgPlus", "Maatschappelijke ondersteuning jeugd (Gooi en Vechtstreek)",
    "Segment A (Zaanstreek-Waterland)", "Segment A (fourteen municipalities)", "Segment A (veertien gemeenten)",
    "Segment B (Zaanstreek-Waterland)", "Segment B (fourteen municipalities)", "Segment B (veertien gemeenten)",
    "Segment C (Zaanstreek-Waterland)", "Segment C (fourteen municipalities)", "Segment C (veertien gemeenten)",
    "Segment D (Zaanstreek-Waterland)", "Segment V - Residence (Zaanstreek-Waterland)", "Segment V - Verblijf (Zaanstreek-Waterland)",
    "Social support for young people (Gooi en Vechtstreek)", "Specialist youth care", "Specialist youth care in special education",
    "Specialistische jeugdhulp", "Specialistische jeugdhulp op speciaal onderwijs", "Supra-regional expertise",
    "Treatment expertise on eating disorders",
}  # fmt: skip
PLURAL = {
    "Advice and process direction for complex cases", "Advies en procesregie bij complexe hulpvragen",
    "Agreements on dyslexia care 2023-2026", "Contracten gecertificeerde instellingen (lopend in 2023)",
    "Contracten gecertificeerde instellingen per 2024 (voornemen)",
    "Contracten specialistische jeugdhulp 2015 (Amsterdam-Amstelland en Zaanstreek-Waterland)",
    "Contracten specialistische jeugdhulp 2018 (Amsterdam-Amstelland en Zaanstreek-Waterland)",
    "Contracten specialistische jeugdhulp Zaanstreek-Waterland 2022",
    "Contracts for specialist youth care 2015 (Amsterdam-Amstelland and Zaanstreek-Waterland)",
    "Contracts for specialist youth care 2018 (Amsterdam-Amstelland and Zaanstreek-Waterland)",
    "Contracts for specialist youth care Zaanstreek-Waterland 2022", "Contracts with certified institutions (running in 2023)",
    "Contracts with certified institutions per 2024 (planned)", "Jeugdbescherming en jeugdreclassering (GI)",
    "Jeugdhulpvoorzieningen (Gooi en Vechtstreek)", "Overeenkomsten dyslexiezorg 2023-2026",
    "Youth protection and youth probation (certified institutions)", "Youth-care provisions (Gooi en Vechtstreek)",
}  # fmt: skip
OTHER_PLURALS = {  # of all other things of which sentences tell
    "Cooperation agreements of the local teams and Veilig Thuis", "Local teams of Zaanstreek-Waterland",
    "Lokale teams Zaanstreek-Waterland",
    "Samenwerkingsafspraken lokale teams en Veilig Thuis", "Samenwerkingsverbanden passend onderwijs Zaanstreek-Waterland",
    "School partnerships for inclusive education in Zaanstreek-Waterland", "Specific grants for youth care",
    "Specifieke uitkeringen jeugdzorg",
}  # fmt: skip
NAMED = ("function/", "contract/")
NO_SUBJECT = ("document/", "event/", "source/")


def test_each_name_of_a_care_function_or_contract_is_known_to_be_singular_or_plural(said: Dataset) -> None:
    names = {name for key, own in said_on(said).items() if key.startswith(NAMED) for name in own}
    assert names == SINGULAR | PLURAL, "write a new name down in its number; a plural also in graph/answers/clauses.py"
    assert {name for name in names if is_plural(name)} == PLURAL


def test_of_all_other_names_only_these_are_plural(said: Dataset) -> None:
    names = {name for key, own in said_on(said).items() if not key.startswith((*NAMED, *NO_SUBJECT)) for name in own}
    assert {name for name in names if is_plural(name)} == OTHER_PLURALS


def test_what_is_spent_agrees_with_its_verb(said: Dataset) -> None:
    """A label of money is the subject of its sentence: `waren de uitgaven`, `was the spend`."""
    labels = [c.qualifiers["label"] for c in said.claims.values() if c.predicate == "figure" and c.qualifiers.get("unit") == "EUR"]
    assert labels
    for label in labels:
        assert isinstance(label, Text)
        assert (is_plural(label["NL"]), is_plural(label["EN"])) == (True, False), label


CELL = """{ coverage(municipality: "%s", function: "%s", asOf: "%s") { nl: explanation en: explanation(lang: EN) } }"""


def test_a_plural_function_is_arranged_in_the_plural(ask: Ask) -> None:
    plural = ask(CELL % ("Purmerend", "procesregie-complex", "2024-06-01"))
    assert plural["nl"].startswith("In Purmerend zijn advies en procesregie bij complexe hulpvragen op 1 juni 2024 geregeld. ")
    assert plural["en"].startswith("In Purmerend, advice and process direction for complex cases are arranged on 1 June 2024. ")
    perhaps = ask(CELL % ("Hilversum", "jeugdhulp-gv", "2024-06-01"))
    assert "jeugdhulpvoorzieningen (Gooi en Vechtstreek) in Hilversum op 1 juni 2024 geregeld zijn." in perhaps["nl"]
    assert "whether youth-care provisions (Gooi en Vechtstreek) are arranged in Hilversum" in perhaps["en"]
    assert ask(CELL % ("Zaanstad", "dyslexie", "2023-10-01"))["nl"].startswith("In Zaanstad is dyslexiezorg ")


# ── what was stumbled over when the sentences were read aloud ─────────────────────────────────────


def test_sources_without_a_date_are_said_to_have_none(ask: Ask) -> None:
    undated = ask(CELL % ("Aalsmeer", "joint-a", "2016-06-01"))
    assert "Volgens twee bronnen zonder datum regelt elke gemeente in Amsterdam-Amstelland dit zelf [1] [2];" in undated["nl"]
    assert "According to two sources without a date each municipality in Amsterdam-Amstelland arranges" in undated["en"]
    dated = ask(CELL % ("Zaanstad", "zawa-a", "2022-06-01"))
    assert "Volgens een bron regelt elke gemeente in Zaanstreek-Waterland dit zelf [1];" in dated["nl"]


def test_how_often_and_by_how_much_a_contract_could_be_extended(ask: Ask) -> None:
    found = ask(CELL % ("Purmerend", "zawa-b", "2024-06-01"))
    assert "Verlengen kon drie keer een jaar, tot uiterlijk 31 december 2026; of dat is gebeurd, zegt geen bron." in found["nl"]
    assert "It could be extended three times by a year, through 31 December 2026 at the latest; no source says" in found["en"]


@pytest.mark.parametrize(
    ("lengths", "dutch", "english"),
    [
        ([("2024-01-01", "2024-12-31")], "één keer een jaar", "once by a year"),
        ([("2024-01-01", "2025-12-31"), ("2026-01-01", "2027-12-31")], "twee keer twee jaar", "two times by two years"),
        ([("2024-01-01", "2024-06-30"), ("2024-07-01", "2024-12-31")], "twee keer zes maanden", "two times by six months"),
        ([("2024-02-01", "2024-02-29")], "één keer een maand", "once by a month"),
        ([("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-06-30")], "twee keer", "two times"),
        ([("2024-01-01", "2024-12-30")], "één keer", "once"),
        ([("2024", "2024")], "één keer", "once"),
    ],
)
def test_extensions_of_one_length_say_how_long_they_are(lengths: list[tuple[str, str]], dutch: str, english: str) -> None:
    periods = [Period.of(parse(first), parse(last), open_ended=False, attested=None) for first, last in lengths]
    options = [Option(number, period, "UNKNOWN") for number, period in enumerate(periods, 1)]
    assert (times(options, "NL"), times(options, "EN")) == (dutch, english)


def test_figures_are_told_as_people_tell_them(ask: Ask) -> None:
    diff = """{ diff(from: "2021-12-31", to: "2022-01-01", scope: ["%s"], first: 60) {
      nodes { predicate nl: sentence en: sentence(lang: EN) } } }"""
    (count,) = [c for c in ask(diff % "JZ09")["nodes"] if "daarvoor acht" in c["nl"]]
    assert count["nl"] == "Zaanstreek-Waterland telt sinds 1 januari 2022 zeven gemeenten; daarvoor acht."
    assert count["en"] == "Zaanstreek-Waterland has had seven municipalities since 1 January 2022; before that eight."
    (spent,) = [c for c in ask(diff % "contract/gi-current")["nodes"] if c["predicate"] == "figure"]
    assert spent["nl"].startswith("In 2022 waren de uitgaven aan gecertificeerde instellingen ongeveer 4,5 miljoen euro, bij ")
    assert spent["en"].startswith("In 2022, the spend on certified institutions was about 4.5 million euro, for ")
