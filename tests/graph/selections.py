"""Random questions, made from nothing but the schema and the names of things: any field, any alias, any argument that fits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_required_argument,
)  # fmt: skip

from graph.domain.claim import Dataset, Text

PLAIN = ("id", "uri", "slug", "name")  # asked for under their own names now and then, also twice
ALIASES = ("a", "naam", "x1", "veld", "answer", "_y", "Z")
# Which things the texts of an argument point at; None for any organisation.
REFERS: dict[str, tuple[str, ...]] = {
    "source": ("Source",), "about": ("Region", "Contract", "Document", "Municipality"),
    "municipality": ("Municipality",), "municipalities": ("Municipality",), "refs": ("Municipality",), "region": ("Region",),
    "function": ("CareFunction",), "functions": ("CareFunction",), "definedBy": ("Region", "Collaboration"), "supplier": ("Provider",),
    "contract": ("Contract",), "collaboration": ("Collaboration",), "buyer": ("Region", "Municipality"),
    "member": ("Municipality", "Region", "Provider"), "organization": ("Collaboration", "Region"),
    "scope": ("Region", "Contract", "Municipality"), "entity": ("Region", "Contract", "Municipality", "CareFunction", "Procurement"),
    "from": ("Municipality", "Region", "Provider"), "to": ("Contract", "CareFunction", "Municipality"),
}  # fmt: skip
ROOT_REFERS = {
    "municipality": "Municipality", "region": "Region", "collaboration": "Collaboration", "provider": "Provider", "contract": "Contract",
    "organization": "Collaboration", "document": "Document", "entity": "Document",
}  # fmt: skip
LARGE = {"coverage", "coverageMatrix", "whoCovers", "gaps"}  # these are asked for few municipalities and functions
PREDICATES = ("name", "memberOf", "member", "covers", "delivers", "figure", "runs", "identifier")


@dataclass(frozen=True)
class Names:
    """Everything in a dataset that an argument can name."""

    texts: Mapping[str, Sequence[str]]
    ids: Sequence[str]

    @classmethod
    def of(cls, dataset: Dataset, memberships: Sequence[str]) -> Names:
        texts: dict[str, list[str]] = {}
        for key, thing in dataset.entities.items():
            texts.setdefault(thing.type, []).extend((key, thing.slug, key.upper()))
        for claim in dataset.claims.values():
            known = texts[dataset.entities[claim.subject].type]
            if claim.predicate == "name" and isinstance(claim.value, Text):
                known += [t for t in claim.value.words if t]
            elif claim.predicate in ("alternateName", "identifier"):
                known.append(str(claim.value))
        figures = [f"figure/{c.key}" for c in dataset.claims.values() if c.predicate == "figure"]
        kinds = (("claim", dataset.claims), ("source", dataset.sources), ("conflict", dataset.conflicts))
        others = [f"{kind}/{key}" for kind, keys in kinds for key in sorted(keys)[::7]]
        texts["Source"] = [f"source/{key}" for key in dataset.sources]
        return cls(texts, [*dataset.entities, *figures[::3], *others, *memberships[::11]])


@dataclass
class Selections:
    """Makes one document after another; the same for the same seed."""

    schema: GraphQLSchema
    names: Names
    random: Random
    variables: dict[str, Any] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)

    def document(self, depth: int, width: int) -> tuple[str, dict[str, Any]]:
        """A document with its variables: one root field, or now and then two of the same at different dates."""
        self.variables, self.declared, self.fragments = {}, [], []
        query = self.schema.query_type
        assert query
        name = self.random.choice([n for n in query.fields if n != "sources" and not n.startswith("_")])
        roots = [self.asked(query, name, depth, width, number) for number in range(2 if self.random.random() < 0.15 else 1)]
        head = f"({', '.join(self.declared)})" if self.declared else ""
        return " ".join((f"query Random{head} {{ {' '.join(roots)} }}", *self.fragments)), self.variables

    # ── fields ────────────────────────────────────────────────────────────────────────────────────

    def asked(self, parent: GraphQLObjectType | GraphQLInterfaceType, name: str, depth: int, width: int, number: int) -> str:
        definition = parent.fields[name]
        arguments = self.arguments(definition.args, name, parent.name == "Query")
        type_ = get_named_type(definition.type)
        inside = f" {{ {self.inside(type_, depth - 1, width)} }}" if is_composite_type(type_) else ""
        if name in PLAIN and not arguments and self.random.random() < 0.5:
            return f"{name}{self.directive()}"
        return f"{self.random.choice(ALIASES)}{number}: {name}{arguments}{self.directive()}{inside}"

    def inside(self, type_: GraphQLNamedType, depth: int, width: int) -> str:
        """A selection set: some fields, and inline fragments where the type can be several."""
        parts = ["__typename"] if not isinstance(type_, GraphQLObjectType) or self.random.random() < 0.2 else []
        if not isinstance(type_, GraphQLUnionType):
            parts += self.fields(type_, depth, width, 0)
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            possible = sorted(self.schema.get_possible_types(type_), key=lambda t: t.name)
            for at, one in enumerate(self.random.sample(possible, min(len(possible), self.random.randint(1, 2))), 1):
                parts.append(f"... on {one.name}{self.directive()} {{ {' '.join(self.fields(one, depth, width, 10 * at))} }}")
        if not parts:
            parts = ["__typename"]
        self.random.shuffle(parts)
        if self.random.random() < 0.1:
            name = f"Part{len(self.fragments)}"
            self.fragments.append(f"fragment {name} on {type_.name} {{ {' '.join(parts)} }}")
            return f"...{name}{self.directive()}" + (" __typename" if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType) else "")
        return " ".join(parts)

    def fields(self, type_: Any, depth: int, width: int, first: int) -> list[str]:
        known = [n for n, f in type_.fields.items() if depth > 0 or not is_composite_type(get_named_type(f.type))]
        page = [n for n in ("nodes", "edges") if n in known]  # what a connection is asked for
        chosen = self.random.sample(known, min(len(known), self.random.randint(1, width)))
        if page and not set(page) & set(chosen):
            chosen.append(self.random.choice(page))
        if not chosen:
            return ["__typename"]
        if self.random.random() < 0.15:
            chosen.append(self.random.choice(chosen))  # the same field twice, under two names
        return [self.asked(type_, name, depth, width, first + number) for number, name in enumerate(chosen)]

    def directive(self) -> str:
        """Mostly none, and none that leaves something out: what is left might be nothing."""
        if self.random.random() > 0.06:
            return ""
        return f" @include(if: {self.sent(True, 'Boolean!')})" if self.random.random() < 0.5 else " @skip(if: false)"

    # ── arguments ─────────────────────────────────────────────────────────────────────────────────

    def arguments(self, known: Mapping[str, GraphQLArgument], of: str, root: bool) -> str:
        given = []
        names = {name for name, one in known.items() if is_required_argument(one) or self.random.random() < 0.35}
        if not root and "first" in known:
            names.add("first")  # pages inside pages are kept small
        if of in LARGE:
            names |= {n for n in ("functions", "municipalities") if n in known}
        if {"first", "last"} <= names:
            names.discard("last")
        if "last" in known and "last" not in names and self.random.random() < 0.15:
            names = (names - {"first"}) | {"last"}
        names -= {"after", "before"}
        if "region" in known and {"municipalities", "municipality"} & names:
            names.discard("region")
        if of == "diff":
            names |= {"first", "scope"}
        if of == "whoCovers" and "municipality" not in names:
            names.add("region")
        values = {name: self.value(known[name].type, name, of, 0) for name in sorted(names)}
        for name, value in (_forwards(values, "from", "to") if of == "diff" else values).items():
            given.append(f"{name}: {self.sent(value, known[name].type)}")
        return f"({', '.join(given)})" if given else ""

    def sent(self, value: Any, type_: Any) -> str:
        """A value as it stands in the document, or as a variable."""
        if self.random.random() < 0.3:
            name = f"v{len(self.declared)}"
            self.declared.append(f"${name}: {type_}")
            if str(type_).endswith("!") or self.random.random() < 0.8:
                self.variables[name] = _plain(value)
            elif self.random.random() < 0.5:
                self.variables[name] = None  # sent as null; otherwise not sent at all
            return f"${name}"
        return _literal(value)

    def value(self, type_: Any, name: str, of: str, depth: int) -> Any:
        type_ = get_nullable_type(type_)
        if of == "compare" and name == "refs" and depth == 0:
            return self.random.sample(self.names.texts["Municipality"], 3)
        if isinstance(type_, GraphQLList):
            few = 2 if depth < 2 else 1
            if self.random.random() < 0.04 and of not in LARGE:
                return []
            return [self.value(type_.of_type, name, of, depth + 1) for _ in range(self.random.randint(1, few))]
        if isinstance(type_, GraphQLEnumType):
            return _Word(self.random.choice(sorted(type_.values)))
        if isinstance(type_, GraphQLInputObjectType):
            return self.input(type_, of, depth)
        return self.scalar(type_.name, name, of)

    def input(self, type_: GraphQLInputObjectType, of: str, depth: int) -> dict[str, Any]:
        required = [n for n, f in type_.fields.items() if isinstance(f.type, GraphQLNonNull) and n != "direction"]
        optional = [n for n in type_.fields if n not in required and (depth < 2 or n not in ("and", "or", "not"))]
        optional = [n for n in optional if n != "takesPart" or depth == 0]  # below the top of a filter it is refused
        chosen = required + self.random.sample(optional, min(len(optional), self.random.randint(0 if required else 1, 2)))
        made = {n: self.value(type_.fields[n].type, n, of, depth + 1) for n in chosen}
        return _forwards(made, "startDate", "endDate")

    def scalar(self, kind: str, name: str, of: str) -> Any:
        random = self.random
        match kind:
            case "Boolean":
                return random.random() < 0.5
            case "Int" if name == "maxLength":
                return random.randint(1, 10)
            case "Int" if name == "year":
                return random.randint(2012, 2027)
            case "Int":
                return random.randint(0, 24) if name == "withinMonths" else random.randint(1, 3)
            case "Date":
                return str(date(2013, 1, 1) + timedelta(random.randint(0, 5500)))
            case "ID":
                id_ = random.choice(self.names.ids)
                return id_ if random.random() < 0.7 else f"{id_}@{date(2015, 1, 1) + timedelta(random.randint(0, 4000))}"
            case "Ref":
                types = (ROOT_REFERS[of],) if name == "ref" else REFERS[name]
                known = [text for type_ in types for text in self.names.texts[type_]]
                return "Nergenshuizen" if random.random() < 0.02 else random.choice(known)
        if name in ("query", "identifiers"):
            text = random.choice(self.names.texts[random.choice(sorted(self.names.texts))])
            return random.choice([text, text[: random.randint(1, len(text))], text.replace("-", " "), "Nergenshuizen", "37160006"])
        if name == "since":
            return random.choice(["0123456789abcdef", "2100-01-01T00:00:00+00:00"])
        return random.choice(PREDICATES) if name == "predicate" else random.choice(["jeugd", "a", "Zorg"])


class _Word(str):
    """A word of a closed list, which a document writes without quotes."""


def _forwards(made: dict[str, Any], first: str, last: str) -> dict[str, Any]:
    """Two days the right way round."""
    if first in made and last in made and made[last] < made[first]:
        made[first], made[last] = made[last], made[first]
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {name: _plain(v) for name, v in value.items()}
    return str(value) if isinstance(value, _Word) else value


def _literal(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_literal(v)}" for name, v in value.items()) + "}"
    return str(value) if isinstance(value, _Word) else json.dumps(value, ensure_ascii=False)
