"""Tells what a fact says, as the parts of a clause, in each language: who or what, the verb, and the rest.

Sentences about beginnings, ends and doubts are built of these parts, so that each predicate is worded once. Dutch has its
verb in second place, and last in a subordinate clause (`sub`); English needs the form behind "has" (`has`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph.answers.shape import role_label
from graph.domain.languages import ByLanguage, spoken


class Clause(NamedTuple):
    """`subject` `verb` `rest`; `sub` is the whole without its subject as a Dutch subordinate clause has it, or as "has" needs it."""

    subject: str
    verb: str
    rest: str
    sub: str


def inside(name: str, key: str) -> str:
    """Returns a name as it stands inside a sentence: that of a care function begins with a small letter, unless it is an abbreviation or
    a proper name such as JeugdzorgPlus; contracts get their article."""
    first = name.split(" ")[0]
    if key.startswith("contract/") and first in _ARTICLES:
        return f"{_ARTICLES[first]} {name[0].lower()}{name[1:]}"
    return name[0].lower() + name[1:] if key.startswith("function/") and first[1:].islower() else name


_ARTICLES = {"Contracten": "de", "Overeenkomsten": "de", "Contracts": "the", "Agreements": "the"}


def capital(text: str) -> str:
    """Returns a sentence with a capital, without the holes that empty parts leave."""
    text = " ".join(text.split()).replace(" .", ".").replace(" ;", ";").replace(" ,", ",").replace(" :", ":")
    return text[:1].upper() + text[1:]


def clause(said: str, about: str, keys: tuple[str, str], names: Sequence[str], sort: str | None, value: str, language: str) -> Clause:
    """Returns what a relation, a name or a code says.

    `said` is the predicate, `about` the role of a membership, `sort` the kind of region that it leads to, `value` a name or a code.
    """
    s, o = (inside(spoken(names, language, nth), keys[nth]) for nth in (0, 1))
    if said in ("alternateName", "formerName", "identifier"):
        s = spoken(names, language)  # a plural would not agree with its verb
    words = _CLAUSES[language]
    form, role = words[said], ""
    if said == "memberOf":
        if about not in ("", "MEMBER"):
            form, role = words[about if about in words else "in a role"], role_label(about, language)
        elif keys[0].startswith("municipality/") and sort in words:
            form = words[sort]
    return Clause(*(part.format(s=s, o=o, role=role, value=value) for part in form))


# subject, verb, rest, and the whole behind a subject in a subordinate clause (Dutch) or behind "has" (English)
_CLAUSES: ByLanguage[dict[str, tuple[str, str, str, str]]] = ByLanguage({
    "NL": {
        "memberOf": ("{s}", "neemt", "deel aan {o}", "deelneemt aan {o}"),
        "in a role": ("{s}", "is", "{role} van {o}", "{role} van {o} is"),
        "PROVINCE": ("{s}", "ligt", "in de provincie {o}", "in de provincie {o} ligt"),
        "YOUTH_REGION": ("{s}", "hoort", "bij de jeugdregio {o}", "bij de jeugdregio {o} hoort"),
        "PROVIDER": ("{s}", "is", "aanbieder bij {o}", "aanbieder bij {o} is"),
        "MANDATED_REPRESENTATIVE": ("{s}", "is", "gemandateerd vertegenwoordiger in {o}", "gemandateerd vertegenwoordiger is in {o}"),
        "RECORD_KEEPER": ("{s}", "houdt", "{o} bij in het overheidsregister", "{o} bijhoudt in het overheidsregister"),
        "SUBREGION": ("{s}", "hoort", "bij {o}", "bij {o} hoort"),
        "LANDSDEEL": ("{s}", "hoort", "bij {o}", "bij {o} hoort"),
        "CITY_REGION": ("{s}", "hoort", "bij {o}", "bij {o} hoort"),
        "NATIONAL": ("{s}", "hoort", "bij {o}", "bij {o} hoort"),
        "notMemberOf": ("{s}", "doet", "uitdrukkelijk niet mee aan {o}", "uitdrukkelijk niet meedoet aan {o}"),
        "bodyOf": ("{s}", "is", "het overleg van {o}", "het overleg van {o} is"),
        "prepares": ("{s}", "bereidt", "de besluiten van {o} voor", "de besluiten van {o} voorbereidt"),
        "delivers": ("onder {s}", "valt", "{o}", "{o} valt"),
        "concerns": ("{o}", "is", "onderwerp van {s}", "onderwerp van {s} is"),
        "covers": ("{o}", "valt", "onder {s}", "onder {s} valt"),
        "excepts": ("{o}", "is", "uitgezonderd van {s}", "uitgezonderd is van {s}"),
        "buyer": ("{o}", "koopt", "in via {s}", "inkoopt via {s}"),
        "supplier": ("{o}", "is", "aanbieder bij {s}", "aanbieder is bij {s}"),
        "contractManager": ("{o}", "beheert", "{s}", "{s} beheert"),
        "leftTo": ("elke gemeente in {o}", "regelt", "{s} zelf", "{s} zelf regelt"),
        "lackedBy": ("in {o}", "levert", "volgens een bron niemand {s}", "volgens een bron niemand {s} levert"),
        "exists": ("{s}", "bestaat", "", "bestaat"),
        "alternateName": ("{s}", "heet", "ook {value}", "ook {value} heet"),
        "formerName": ("{s}", "heet", "{value}", "{value} heet"),
        "identifier": ("{s}", "heeft", "het kenmerk {value}", "het kenmerk {value} heeft"),
    },
    "EN": {
        "memberOf": ("{s}", "takes part", "in {o}", "taken part in {o}"),
        "in a role": ("{s}", "is", "{role} of {o}", "been {role} of {o}"),
        "PROVINCE": ("{s}", "lies", "in the province of {o}", "lain in the province of {o}"),
        "YOUTH_REGION": ("{s}", "belongs", "to the youth region {o}", "belonged to the youth region {o}"),
        "PROVIDER": ("{s}", "is", "a provider in {o}", "been a provider in {o}"),
        "MANDATED_REPRESENTATIVE": ("{s}", "is", "a mandated representative in {o}", "been a mandated representative in {o}"),
        "RECORD_KEEPER": ("{s}", "keeps", "the public record of {o}", "kept the public record of {o}"),
        "SUBREGION": ("{s}", "belongs", "to {o}", "belonged to {o}"),
        "LANDSDEEL": ("{s}", "belongs", "to {o}", "belonged to {o}"),
        "CITY_REGION": ("{s}", "belongs", "to {o}", "belonged to {o}"),
        "NATIONAL": ("{s}", "belongs", "to {o}", "belonged to {o}"),
        "notMemberOf": ("{s}", "stays", "expressly outside {o}", "expressly stayed outside {o}"),
        "bodyOf": ("{s}", "is", "the consultation of {o}", "been the consultation of {o}"),
        "prepares": ("{s}", "prepares", "the decisions of {o}", "prepared the decisions of {o}"),
        "delivers": ("{o}", "falls", "under {s}", "fallen under {s}"),
        "concerns": ("{o}", "is", "a subject of {s}", "been a subject of {s}"),
        "covers": ("{o}", "falls", "under {s}", "fallen under {s}"),
        "excepts": ("{o}", "is", "excepted from {s}", "been excepted from {s}"),
        "buyer": ("{o}", "buys", "through {s}", "bought through {s}"),
        "supplier": ("{o}", "is", "a provider under {s}", "been a provider under {s}"),
        "contractManager": ("{o}", "manages", "{s}", "managed {s}"),
        "leftTo": ("each municipality in {o}", "arranges", "{s} itself", "arranged {s} itself"),
        "lackedBy": ("according to a source, nobody in {o}", "delivers", "{s}", "delivered {s}"),
        "exists": ("{s}", "exists", "", "existed"),
        "alternateName": ("{s}", "is", "also called {value}", "also been called {value}"),
        "formerName": ("{s}", "is", "called {value}", "been called {value}"),
        "identifier": ("{s}", "has", "the identifier {value}", "had the identifier {value}"),
    },
})  # fmt: skip
