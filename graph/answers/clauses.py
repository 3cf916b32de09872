"""Tells what a fact says, as the parts of a clause, in each language: who or what, the verb, and the rest.

Sentences about beginnings, ends and doubts are built of these parts, so that each predicate is worded once. Dutch has its
verb in second place, and last in a subordinate clause (`sub`); English needs the form behind "has" (`has`). A verb stands in both
numbers, `valt|vallen`, and agrees with its subject (`agree`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from graph.answers.shape import role_label
from graph.domain.languages import ByLanguage, spoken


class Clause(NamedTuple):
    """`subject` `verb` `rest`; `sub` is the whole without its subject as a Dutch subordinate clause has it, or as "has" needs it."""

    subject: str
    verb: str
    rest: str
    sub: str
    plural: bool


def inside(name: str, key: str) -> str:
    """Returns a name as it stands inside a sentence: that of a care function begins with a small letter, unless it is an abbreviation or
    a proper name such as JeugdzorgPlus; contracts get their article."""
    first = name.split(" ")[0]
    if key.startswith("contract/") and first in _ARTICLES:
        return f"{_ARTICLES[first]} {name[0].lower()}{name[1:]}"
    return name[0].lower() + name[1:] if key.startswith("function/") and first[1:].islower() else name


_ARTICLES = {"Contracten": "de", "Overeenkomsten": "de", "Contracts": "the", "Agreements": "the"}
# How names in the plural begin; all others are singular. `tests/domain/test_sentences.py` lists the names of the claims by number.
_PLURALS = (
    "Advies en procesregie", "Contracten", "Jeugdbescherming en jeugdreclassering", "Jeugdhulpvoorzieningen", "Lokale teams",
    "Overeenkomsten", "Samenwerkingsafspraken", "Samenwerkingsverbanden", "Specifieke uitkeringen", "uitgaven",
    "Advice and process direction", "Agreements", "Contracts", "Cooperation agreements", "Local teams", "School partnerships",
    "Specific grants", "Youth protection and youth probation", "Youth-care provisions",
)  # fmt: skip


def is_plural(name: str) -> bool:
    """Returns True if a verb behind the name stands in the plural: Jeugdhulpvoorzieningen (Gooi en Vechtstreek) zijn geregeld."""
    return any(name.startswith(start) and not name[len(start) : len(start) + 1].isalpha() for start in _PLURALS)


@lru_cache(4096)
def agree(words: str, plural: bool) -> str:
    """Returns a template with each `is|are` in the number that is asked for."""
    return re.sub(r"(\w+)\|(\w+)", r"\2" if plural else r"\1", words)


def capital(text: str) -> str:
    """Returns a sentence with a capital, without the holes that empty parts leave."""
    text = " ".join(text.split()).replace(" .", ".").replace(" ;", ";").replace(" ,", ",").replace(" :", ":")
    return text[:1].upper() + text[1:]


def clause(said: str, about: str, keys: tuple[str, str], names: Sequence[str], sort: str | None, value: str, language: str) -> Clause:
    """Returns what a relation, a name or a code says.

    `said` is the predicate, `about` the role of a membership, `sort` the kind of region that it leads to, `value` a name or a code.
    """
    called = [spoken(names, language, nth) for nth in (0, 1)]
    s, o = map(inside, called, keys)
    words = _CLAUSES[language]
    form, role = words[said], ""
    if said == "memberOf":
        if about not in ("", "MEMBER"):
            form, role = words[about if about in words else "in a role"], role_label(about, language)
        elif keys[0].startswith("municipality/") and sort in words:
            form = words[sort]
    plural = is_plural(called[0]) if form[0] == "{s}" else is_plural(called[1]) if form[0] == "{o}" else False
    subject, verb, rest, sub = (agree(part, plural).format(s=s, o=o, role=role, value=value) for part in form)
    return Clause(subject, verb, rest, sub, plural)


# subject, verb, rest, and the whole behind a subject in a subordinate clause (Dutch) or behind "has" (English)
_CLAUSES: ByLanguage[dict[str, tuple[str, str, str, str]]] = ByLanguage({
    "NL": {
        "memberOf": ("{s}", "neemt|nemen", "deel aan {o}", "deelneemt|deelnemen aan {o}"),
        "in a role": ("{s}", "is|zijn", "{role} van {o}", "{role} van {o} is|zijn"),
        "PROVINCE": ("{s}", "ligt|liggen", "in de provincie {o}", "in de provincie {o} ligt|liggen"),
        "YOUTH_REGION": ("{s}", "hoort|horen", "bij de jeugdregio {o}", "bij de jeugdregio {o} hoort|horen"),
        "PROVIDER": ("{s}", "is|zijn", "aanbieder bij {o}", "aanbieder bij {o} is|zijn"),
        "MANDATED_REPRESENTATIVE": (
            "{s}", "is|zijn", "gemandateerd vertegenwoordiger in {o}", "gemandateerd vertegenwoordiger is|zijn in {o}"
        ),
        "RECORD_KEEPER": ("{s}", "houdt|houden", "{o} bij in het overheidsregister", "{o} bijhoudt|bijhouden in het overheidsregister"),
        "SUBREGION": ("{s}", "hoort|horen", "bij {o}", "bij {o} hoort|horen"),
        "LANDSDEEL": ("{s}", "hoort|horen", "bij {o}", "bij {o} hoort|horen"),
        "CITY_REGION": ("{s}", "hoort|horen", "bij {o}", "bij {o} hoort|horen"),
        "NATIONAL": ("{s}", "hoort|horen", "bij {o}", "bij {o} hoort|horen"),
        "notMemberOf": ("{s}", "doet|doen", "uitdrukkelijk niet mee aan {o}", "uitdrukkelijk niet meedoet|meedoen aan {o}"),
        "bodyOf": ("{s}", "is|zijn", "het overleg van {o}", "het overleg van {o} is|zijn"),
        "prepares": ("{s}", "bereidt|bereiden", "de besluiten van {o} voor", "de besluiten van {o} voorbereidt|voorbereiden"),
        "delivers": ("{o}", "valt|vallen", "onder {s}", "onder {s} valt|vallen"),
        "concerns": ("{o}", "is|zijn", "onderwerp van {s}", "onderwerp van {s} is|zijn"),
        "covers": ("{o}", "valt|vallen", "onder {s}", "onder {s} valt|vallen"),
        "excepts": ("{o}", "is|zijn", "uitgezonderd van {s}", "uitgezonderd is|zijn van {s}"),
        "buyer": ("{o}", "koopt|kopen", "in via {s}", "inkoopt|inkopen via {s}"),
        "supplier": ("{o}", "is|zijn", "aanbieder bij {s}", "aanbieder is|zijn bij {s}"),
        "contractManager": ("{o}", "beheert|beheren", "{s}", "{s} beheert|beheren"),
        "leftTo": ("elke gemeente in {o}", "regelt", "{s} zelf", "{s} zelf regelt"),
        "lackedBy": ("in {o}", "levert", "volgens een bron niemand {s}", "volgens een bron niemand {s} levert"),
        "exists": ("{s}", "bestaat|bestaan", "", "bestaat|bestaan"),
        "alternateName": ("{s}", "heet|heten", "ook {value}", "ook {value} heet|heten"),
        "formerName": ("{s}", "heet|heten", "{value}", "{value} heet|heten"),
        "identifier": ("{s}", "heeft|hebben", "het kenmerk {value}", "het kenmerk {value} heeft|hebben"),
    },
    "EN": {
        "memberOf": ("{s}", "takes|take part", "in {o}", "taken part in {o}"),
        "in a role": ("{s}", "is|are", "{role} of {o}", "been {role} of {o}"),
        "PROVINCE": ("{s}", "lies|lie", "in the province of {o}", "lain in the province of {o}"),
        "YOUTH_REGION": ("{s}", "belongs|belong", "to the youth region {o}", "belonged to the youth region {o}"),
        "PROVIDER": ("{s}", "is|are", "a provider in {o}", "been a provider in {o}"),
        "MANDATED_REPRESENTATIVE": ("{s}", "is|are", "a mandated representative in {o}", "been a mandated representative in {o}"),
        "RECORD_KEEPER": ("{s}", "keeps|keep", "the public record of {o}", "kept the public record of {o}"),
        "SUBREGION": ("{s}", "belongs|belong", "to {o}", "belonged to {o}"),
        "LANDSDEEL": ("{s}", "belongs|belong", "to {o}", "belonged to {o}"),
        "CITY_REGION": ("{s}", "belongs|belong", "to {o}", "belonged to {o}"),
        "NATIONAL": ("{s}", "belongs|belong", "to {o}", "belonged to {o}"),
        "notMemberOf": ("{s}", "stays|stay", "expressly outside {o}", "expressly stayed outside {o}"),
        "bodyOf": ("{s}", "is|are", "the consultation of {o}", "been the consultation of {o}"),
        "prepares": ("{s}", "prepares|prepare", "the decisions of {o}", "prepared the decisions of {o}"),
        "delivers": ("{o}", "falls|fall", "under {s}", "fallen under {s}"),
        "concerns": ("{o}", "is|are", "a subject of {s}", "been a subject of {s}"),
        "covers": ("{o}", "falls|fall", "under {s}", "fallen under {s}"),
        "excepts": ("{o}", "is|are", "excepted from {s}", "been excepted from {s}"),
        "buyer": ("{o}", "buys|buy", "through {s}", "bought through {s}"),
        "supplier": ("{o}", "is|are", "a provider under {s}", "been a provider under {s}"),
        "contractManager": ("{o}", "manages|manage", "{s}", "managed {s}"),
        "leftTo": ("each municipality in {o}", "arranges", "{s} itself", "arranged {s} itself"),
        "lackedBy": ("according to a source, nobody in {o}", "delivers", "{s}", "delivered {s}"),
        "exists": ("{s}", "exists|exist", "", "existed"),
        "alternateName": ("{s}", "is|are", "also called {value}", "also been called {value}"),
        "formerName": ("{s}", "is|are", "called {value}", "been called {value}"),
        "identifier": ("{s}", "has|have", "the identifier {value}", "had the identifier {value}"),
    },
})  # fmt: skip
