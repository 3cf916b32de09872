"""Finds the thing that a name in a list means. It is exactly one known thing, or a problem with the candidates: nothing is guessed.

All reading of names goes through `Things.find`. A former name or a misspelling of a thing is not that thing: it is shown as a candidate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.build.nodes import provinces_of, references
from graph.domain import notation
from graph.domain.claim import Claim, Dataset, EntityRef, Text
from graph.domain.model import TYPE_OF_PREFIX, type_name
from graph.domain.ranking import CONFIDENCE, LONGEST, Called, rank, sought
from graph.domain.reference import normal
from graph.errors import BadInput
from seeds.imports.lists.table import Cell, Faults

MOST = 5  # candidates in a message
_NOT_ENOUGH = ("FORMER", "MISSPELLING")


@dataclass(frozen=True, slots=True)
class Match:
    """The thing that a name means, and how sure that is: 1 for a key or a code, less for a name, 0.1 less if only the spelling is equal."""

    written: str
    key: str
    name: str
    confidence: float

    def __str__(self) -> str:
        return f'"{self.written}" → {self.key} ({self.name}), {self.confidence:g}'


class Things:
    """The known things by all texts that refer to them."""

    def __init__(self, known: Dataset) -> None:
        claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in known.claims.values():
            if claim.rank != "DEPRECATED":
                claims[claim.subject].append(claim)
        self.names = {key: _name(key, of) for key, of in claims.items()}
        provinces = provinces_of(claim for of in claims.values() for claim in of)
        self.codes = {(c.subject, str(c.value)) for of in claims.values() for c in of if c.predicate == "identifier"}
        self.matches: dict[tuple[str, str], Match] = {}
        self._found: dict[tuple[str, tuple[str, ...]], dict[str, float]] = {}
        self._near: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        self._called: dict[str, list[Called]] = defaultdict(list)
        self._by_form: dict[str, list[Called]] = defaultdict(list)
        for key, entity in known.entities.items():
            for called in _texts(key, entity.slug, claims.get(key, []), provinces.get(key, ())):
                self._called[entity.type].append(called)
                self._by_form[called.key].append(called)
                if called.spelled:
                    self._by_form[called.spelled].append(called)

    def knows(self, key: str) -> bool:
        return key in self.names

    def find(self, name: str, types: Iterable[str], cell: Cell, faults: Faults, otherwise: str = "") -> str | None:
        """Returns the key of the one thing of these types that has this name. `otherwise` is the remedy where nothing resembles it."""
        types = tuple(types)
        found = self._exactly(name, types)
        if len(found) == 1:
            ((key, confidence),) = found.items()
            self.matches[name, key] = Match(name, key, self.names.get(key, key), confidence)
            return key
        if found:
            what, candidates = f'"{name}" can mean several things.', sorted(found)
        else:
            what = f'"{name}" is not the name of a known {" or ".join(type_name(type) for type in types)}.'
            candidates = self._like(name, types)
        shown = "; ".join(f"{key} ({self.names.get(key, key)})" for key in candidates[:MOST])
        remedy = f"Write the key of the one that is meant: {shown}." if shown else ""
        code = "AMBIGUOUS_NAME" if found else "UNKNOWN_NAME"
        faults.at(cell, code, what, " ".join(filter(None, (remedy, otherwise if not found else ""))) or "Look the name up.")
        return None

    def shown(self) -> list[Match]:
        """Returns what names were taken for, the least sure first."""
        return sorted(self.matches.values(), key=lambda match: (match.confidence, match.key, match.written))

    def commas(self, name: str, types: Iterable[str]) -> str:
        """Returns the remedy for names with commas between them, if all of them are known; else nothing."""
        parts, types = [part.strip() for part in name.split(",")], tuple(types)
        several = len(parts) > 1 and all(part and self.has(part, types) for part in parts)
        return f"Put a semicolon between the names: {'; '.join(parts)}." if several else ""

    def has(self, name: str, types: Iterable[str]) -> bool:
        """Returns True if the name means something of these types, if only by its spelling."""
        return bool(self._exactly(name, tuple(types)))

    def _exactly(self, name: str, types: tuple[str, ...]) -> dict[str, float]:
        """Returns the things of these types that have this name, with how sure that is. Lists say the same names many times."""
        if (name, types) not in self._found:
            self._found[name, types] = self._lookup(name, types)
        return self._found[name, types]

    def _lookup(self, name: str, types: tuple[str, ...]) -> dict[str, float]:
        read = notation.read(name)
        keys = () if read.fault else read.keys
        forms = dict.fromkeys((*keys, read.spelled, normal(name)))
        found: dict[str, float] = {}
        for form in forms:
            for called in self._by_form.get(form or "", ()):
                if TYPE_OF_PREFIX[called.entity.partition("/")[0]].label in types and called.kind not in _NOT_ENOUGH:
                    sure = CONFIDENCE.get(called.kind, 90 if len(read.schemes) > 1 else 100) - 10 * (
                        called.key not in (*keys, normal(name))
                    )
                    found[called.entity] = max(found.get(called.entity, 0), sure / 100)
        return found

    def _like(self, name: str, types: tuple[str, ...]) -> list[str]:
        """Returns the things of these types of which a name resembles this one, the nearest first."""
        if (name, types) not in self._near:
            self._near[name, types] = self._search(name, types)
        return self._near[name, types]

    def _search(self, name: str, types: tuple[str, ...]) -> list[str]:
        try:
            search = sought(name[:LONGEST])
        except BadInput:
            return []
        return [hit.entity for hit in rank(search, [called for type in types for called in self._called[type]])][:MOST]


def _texts(key: str, slug: str, claims: list[Claim], provinces: Iterable[str]) -> Iterable[Called]:
    for form, spelling, text, kind in references(key, slug, claims, provinces):
        yield Called(key, str(text), str(form), str(spelling or ""), str(kind))
    for claim in claims:
        if claim.predicate == "notation":
            text = str(claim.value)
            yield Called(key, text, normal(text), notation.read(text).spelled or "", "ABBREVIATION")


def _name(key: str, claims: list[Claim]) -> str:
    named: Mapping[str, Text] = {c.predicate: c.value for c in claims if c.predicate == "name" and isinstance(c.value, Text)}
    return named["name"]["NL"] if "name" in named else key


class Divisions:
    """The care functions that a region defined for itself: "segment B" is that of Zaanstreek-Waterland only where that region buys."""

    def __init__(self, known: Dataset) -> None:
        self._of: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        self._inside: dict[str, set[str]] = defaultdict(set)
        for claim in known.claims.values():
            if claim.rank == "DEPRECATED":
                continue
            if claim.predicate == "definedBy" and isinstance(claim.value, EntityRef):
                self._of[claim.subject].add(claim.value.key)
            elif claim.predicate == "name" and isinstance(claim.value, Text):
                self._names[claim.subject] = normal(claim.value["NL"])
            elif claim.predicate in ("member", "memberOf") and isinstance(claim.value, EntityRef):
                whole, part = (claim.subject, claim.value.key) if claim.predicate == "member" else (claim.value.key, claim.subject)
                self._inside[whole].add(part)

    def belongs(self, name: str, key: str, where: set[str], cell: Cell, faults: Faults) -> None:
        """Reports a short name of a function of another region than the buyers and the area of the contract lie in."""
        owners = self._of.get(key, set())
        if not owners or normal(name) in (key, self._names.get(key)) or any(where & ({owner} | self._inside[owner]) for owner in owners):
            return
        what = f'"{name}" is a division of {", ".join(sorted(owners))}, which this contract does not name as buyer or area.'
        faults.at(cell, "AMBIGUOUS_NAME", what, f"Write {key} if that is meant; otherwise the function has to be described first.")
