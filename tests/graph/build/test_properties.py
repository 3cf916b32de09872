"""The graph holds nothing that nobody reads: each property that is written is compared with the Cypher that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import pytest
from graphql import GraphQLUnionType, get_named_type, is_composite_type

from api.documents.prepare import OPERATIONS, SCHEMA
from api.documents.selection import PLANS
from graph.build.records import Records, records
from graph.compile.catalog import CATALOG
from graph.compile.rows import Scope
from graph.dates.edtf import parse as parse_date
from graph.domain.claim import Text
from graph.domain.languages import LANGUAGES
from graph.domain.model import ENTITY_TYPES, KINDS_OF, ORGANIZATIONS, PREDICATES, WORDS_OF, WORDS_OF_QUALIFIER, Predicate, ValueKind
from graph.load import stored, writes
from tests.graph.compile.test_plan import ALL_FIELDS, ARGUMENTS, FILTERS, LISTS, ORDERS, WAYS, asked_with, plans, required, sample
from tests.graph.domain.saying import World

Properties = set[tuple[str, str]]  # the type of a node or relationship, and the name of a property
ANY = ""  # the type of a variable of which the compiler does not say what it is
READ = re.compile(r"\b([a-z]\w*)\.([a-zA-Z]\w*)\b")
MATCHED = re.compile(r"\{(\w+): ")
ASSIGNED = re.compile(r"\bSET .*?(?= RETURN | CREATE |$)")
MEMBERSHIPS = {"MEMBER_OF", "NOT_MEMBER_OF", "SUPPLIES"}
MEANS = {  # what a type of the API is in the graph, where the names differ
    "Entity": set(ENTITY_TYPES), "Organization": set(ORGANIZATIONS), "Succession": set(ORGANIZATIONS), "Access": {"Claim"},
    "Dataset": {"ClaimDataset"}, "Membership": MEMBERSHIPS, "Representation": {"REPRESENTS"},
}  # fmt: skip
READ_BACK = {  # what the variables of `graph.load.stored` are
    "c": {"Claim"}, "s": {"Source"}, "k": {"Conflict"}, "d": {"ClaimDataset"}, "n": set(ENTITY_TYPES), "o": {"Outline"}, "b": {"Bundle"},
    "v": {"Bundle"},
}  # fmt: skip


# ── what is written ───────────────────────────────────────────────────────────────────────────────


def written(made: Records) -> Properties:
    """All properties that the records have."""
    found: Properties = set()
    for bundle in made.bundles():
        found |= {(bundle.labels[-1], name) for name in bundle.properties}
        found |= {("Claim", name) for *_, properties in bundle.claims for name in properties}
        found |= {(label, name) for label, nodes in bundle.attached.items() for properties in nodes for name in properties}
        found |= {(type_, name) for type_, rows in bundle.links.items() for _, properties in rows for name in properties}
    found |= {("Source", name) for source in made.sources for name in source}
    found |= {("ClaimDataset", name) for dataset in made.datasets for name in dataset}
    return found | {("Conflict", name) for row in made.conflicts for name in row[0]}


def everything_said() -> World:
    """A world in which each type of thing is said to be all that the model lets one say, with every qualifier there is."""
    world = World("2020-01-05")
    world.source("bounded", written="2019-01-01/2019-12-31")
    for type_ in ENTITY_TYPES.values():
        for predicate in PREDICATES.values():
            if type_.label in predicate.of:
                qualifiers: dict[str, Any] = {name: qualifier(name) for name in predicate.qualifiers}
                dates = ("2020-01-01", "2022-12-31") if predicate.dated else (None, None)
                subject = f"{type_.prefix}/one"
                key = world.says(subject, predicate.name, value(predicate, type_.label), *dates, **qualifiers)
    world.says("region/one", "figure", 1.0, source="bounded", measure="SPEND", unit="EUR")
    world.quarrel(key)
    return world


def qualifier(name: str) -> Text | str | bool:
    if name in WORDS_OF_QUALIFIER:
        return next(iter(WORDS_OF_QUALIFIER[name]))
    if name in ("label", "roleLabel"):
        return text()
    return {"functions": "function/two", "part": "region/two", "onBehalfOf": "region/two"}.get(name, name != "planned")


def value(predicate: Predicate, subject: str) -> Any:
    match predicate.value:
        case ValueKind.THING:
            return f"{ENTITY_TYPES[min(predicate.to)].prefix}/two"
        case ValueKind.WORD:
            return next(iter(KINDS_OF[subject] if predicate.name == "kind" else WORDS_OF[predicate.name]))
        case ValueKind.DATE:
            return parse_date("2021-05-01")
        case ValueKind.PLAIN:
            return "CBS_GM:GM0479" if predicate.name == "identifier" else "x"
        case kind:
            return {ValueKind.TEXT: text(), ValueKind.NUMBER: 1.0, ValueKind.FLAG: True}[kind]


def text() -> Text:
    return Text(*(f"words {language.code}" for language in LANGUAGES))


# ── what is read ──────────────────────────────────────────────────────────────────────────────────


def reads(text: str, types: Mapping[str, set[str]]) -> Properties:
    """The properties that a Cypher text reads; `types` says what its variables are, as far as the compiler does."""
    found = {(ANY, name) for name in MATCHED.findall(text)}
    for variable, name in READ.findall(text):
        found |= {(holder, name) for type_ in types.get(variable, {ANY}) for holder in MEANS.get(type_, {type_})}
    return found


def wholly(type_: Any) -> str:
    """What is asked below a field: a thing of its own has questions of its own; of anything else all is asked, in every language."""
    named = get_named_type(type_)
    if not is_composite_type(named):
        return ""
    if named.name in CATALOG or isinstance(named, GraphQLUnionType):
        return " { __typename }"
    paged = {"nodes", "facets"} if named.name.endswith("Connection") else set()
    return f" {{ {' '.join(one(name, field) for name, field in named.fields.items() if name not in paged)} }}"


def one(name: str, field: Any) -> str:
    if "lang" in field.args:
        return " ".join(f"{name}_{language.key}: {name}(lang: {language.code})" for language in LANGUAGES)
    return f"{name}{required(field.args)}{wholly(field.type)}"


def asked() -> Iterator[list[str]]:
    """The Cypher of each field of each type with all that is plain below it, and of each argument, filter and order."""
    for type_, name in ALL_FIELDS:
        definition = SCHEMA.type_map[type_].fields[name]  # type: ignore[attr-defined]
        way = "{ %s }" if type_ == "Query" else WAYS[type_]
        yield [plan.text for plan in plans(way % f"{name}{required(definition.args)}{wholly(definition.type)}")]
    for type_, name, argument in ARGUMENTS:
        of = SCHEMA.type_map[type_].fields[name].args[argument].type  # type: ignore[attr-defined]
        yield texts(asked_with(type_, name, argument, sample(of, argument)))
    for filter_, field in FILTERS:
        of = SCHEMA.type_map[filter_].fields[field].type  # type: ignore[attr-defined]
        yield texts(asked_with(*LISTS[filter_], "filter", f"{{{field}: {sample(of, field)}}}"))
    for order, word in ORDERS:
        yield texts(asked_with(*LISTS[order], "orderBy", f"[{{field: {word}}}]"))


def texts(shapes: list[tuple[object, ...]]) -> list[str]:
    return [str(shape[0]) for shape in shapes]


def loading() -> Iterator[str]:
    """The Cypher of a load, without what it sets."""
    for found in vars(writes).values():
        for text in found.values() if isinstance(found, dict) else found if isinstance(found, tuple) else [found]:
            if isinstance(text, str):
                yield ASSIGNED.sub("", text)


@pytest.fixture(scope="module")
def read() -> Properties:
    """All properties that a question, a load, an export or a hand-written text reads."""
    found: Properties = set()
    types: dict[str, set[str]] = {}
    original = Scope.at

    def recorded(self: Scope, type_: str, variable: str, **others: str) -> Scope:
        types.setdefault(variable, set()).add(type_)
        return original(self, type_, variable, **others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Scope, "at", recorded)
        forget()
        for cypher_texts in asked():
            found.update(*(reads(text, types) for text in cypher_texts))
            types.clear()
            forget()
    by_hand = [file.read_text("utf-8") for file in files("queries").joinpath("cypher").iterdir()]
    back = [text for name, text in vars(stored).items() if name.isupper() and isinstance(text, str)]
    return found.union(*(reads(text, {}) for text in (*loading(), *by_hand)), *(reads(text, READ_BACK) for text in back))


def forget() -> None:
    """Lets the next question be compiled anew, so that its variables are seen."""
    OPERATIONS.clear()
    PLANS.clear()


# ── the two beside each other ─────────────────────────────────────────────────────────────────────


def unread(properties: Properties, read: Properties) -> list[str]:
    return sorted(f"{holder}.{name}" for holder, name in properties if not {(holder, name), (ANY, name)} & read)


def test_every_property_that_is_written_is_read(claims: Records, read: Properties) -> None:
    assert unread(written(claims) | written(records(everything_said().dataset)), read) == []


def test_a_property_that_one_type_alone_needs_is_read_of_that_type_alone(read: Properties) -> None:
    """So the comparison can fail: it tells types apart."""
    assert unread({("Collaboration", "contractCount")}, read) == []
    assert unread({("Provider", "contractCount"), ("Region", "contractCount")}, read) == ["Provider.contractCount", "Region.contractCount"]
    assert unread({("Claim", "nonsense")}, read) == ["Claim.nonsense"]
