"""No sentence says what its claims do not: every date and every name in an explanation is found again in what it rests on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

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
