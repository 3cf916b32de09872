"""From questions to Cypher: equal questions, equal texts; nothing of a caller's in them; and every field there is can be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count, islice
from random import Random
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_required_argument,
)

from api.documents.prepare import SCHEMA, Refused, prepare
from api.documents.selection import STORELESS
from graph.ask.parameters import Sent, parameters
from graph.compile import plan as compiler
from graph.compile.catalog import CATALOG
from graph.compile.plan import Plan
from graph.compile.roots import ROOTS
from graph.domain import words
from graph.domain.closed_list import ClosedList
from graph.domain.model import ENTITY_TYPES, PREDICATES
from graph.errors import BadInput
from graph.question import Argument, Ask, Fields, Items, NotCompiled, Parameter
from seeds.check import dataset
from tests.graph.selections import Names, Selections

DAY = date(2023, 6, 1)
OF_LISTS = {"first", "last", "after", "before", "startDate", "endDate", "endsBefore", "endsAfter", "nameContains", "predicate"}
_PARAMETER = re.compile(r"\$(\w+)")
_STRING = re.compile(r"'([^']*)'")


def plans(text: str, **variables: Any) -> list[Plan]:
    return [root.plan for root in prepare(text, None, variables)[0].roots.values()]


def one(text: str, **variables: Any) -> str:
    (plan,) = plans(text, **variables)
    return plan.text


def bound(text: str, variables: dict[str, Any]) -> list[tuple[Plan, dict[str, Any], set[str]]]:
    """Each plan of a document with all that is sent with it, and which of it only says what a list is to hold."""
    operation, raw = prepare(text, None, variables)
    out = []
    for root in operation.roots.values():
        sent = {name: Sent(slot.kind, slot.read(raw), slot.argument) for name, slot in root.slots.items()}
        values = parameters(root.plan, sent, DAY, "", {"engine": "engine", "apiVersion": "1"})
        out.append((root.plan, values, {name for name, slot in root.slots.items() if slot.argument in OF_LISTS}))
    return out


# ── equal texts ───────────────────────────────────────────────────────────────────────────────────


def test_aliases_do_not_enter_the_text() -> None:
    plain = '{ municipality(ref: "zaanstad") { name memberships(first: 5) { nodes { id organization { name } } } } }'
    aliased = '{ x: municipality(ref: "zaanstad") { y: name z: memberships(first: 5) { a: nodes { b: id c: organization { d: name } } } } }'
    assert one(plain) == one(aliased)


def test_values_do_not_enter_the_text() -> None:
    text = """{ municipalities(region: "%s", asOf: "%s", first: %d) {
        nodes { name contracts(filter: {endsBefore: "%s"}) { totalCount } } } }"""
    assert one(text % ("zaanstreek-waterland", "2021-12-31", 5, "2025-01-01")) == one(text % ("ijmond", "2015-01-01", 9, "2030-12-31"))


def test_a_value_is_the_same_in_the_document_and_as_a_variable() -> None:
    wanted = "{ status via { arrangement { id } } }"
    in_document = f'{{ coverage(municipality: "zaanstad", function: "dyslexie", asOf: "2023-06-01") {wanted} }}'
    as_variables = f"query($m: Ref!, $f: Ref!, $d: Date) {{ coverage(municipality: $m, function: $f, asOf: $d) {wanted} }}"
    assert one(in_document) == one(as_variables, m="aalsmeer", f="jeugdhulp", d="2020-01-01")


def test_a_fragment_is_what_it_holds() -> None:
    written_out = '{ region(ref: "ijmond") { name kind municipalities { totalCount nodes { slug } } } }'
    by_fragments = """{ region(ref: "ijmond") { ...Named ... on Region { kind } municipalities { totalCount } ...Listed } }
        fragment Named on Entity { name } fragment Listed on Region { municipalities { nodes { slug } } }"""
    assert one(written_out) == one(by_fragments)


def test_what_is_skipped_or_not_included_is_not_asked() -> None:
    document = 'query($on: Boolean!) { region(ref: "ijmond") { name kind @include(if: $on) slug @skip(if: $on) } }'
    assert one(document, on=True) == one('{ region(ref: "ijmond") { name kind } }')
    assert one(document, on=False) == one('{ region(ref: "ijmond") { name slug } }')


def test_a_value_asked_for_twice_is_read_once() -> None:
    (plan,) = plans('{ region(ref: "ijmond") { name x: name y: slug z: slug } }')
    assert plan.text == one('{ region(ref: "ijmond") { name slug } }')


def test_a_list_asked_for_twice_without_arguments_is_read_once() -> None:
    members = "members { nodes { id } }"
    twice = f'{{ region(ref: "ijmond") {{ a: {members} b: {members} }} }}'
    assert one(twice) == one(f'{{ region(ref: "ijmond") {{ {members} }} }}')


def test_words_of_a_closed_list_shape_the_text() -> None:
    text = "{{ regions(kind: {}) {{ nodes {{ name }} }} }}"
    assert one(text.format("[PROVINCE]")) != one(text.format("[YOUTH_REGION]"))


# ── nothing of a caller's ─────────────────────────────────────────────────────────────────────────

HOSTILE = "x'}) DETACH DELETE n //\\u0027`"


def test_what_a_caller_writes_stands_in_no_text() -> None:
    ref = HOSTILE.replace("\\", "\\\\")
    document = f"""{{ coverageMatrix(municipalities: ["{ref}"], functions: ["{ref}"]) {{ cells {{ status }} }}
        providers(filter: {{nameContains: "{ref}"}}, after: null) {{ nodes {{ claims(predicate: "{ref}") {{ totalCount }} }} }}
        collaboration(ref: "{ref}") {{ members(filter: {{member: ["{ref}"]}}) {{ totalCount }} }} }}"""
    for plan in plans(document):
        assert "DETACH" not in plan.text
        assert "DETACH" not in plan.source


@pytest.mark.parametrize("alias", ["_", "p", "row", "n1", "l2", "lambda", "None", "class", "exec"])
def test_an_alias_is_only_ever_a_quoted_key(alias: str) -> None:
    (plan,) = plans(f'{{ region(ref: "ijmond") {{ {alias}: name }} }}')
    (plain,) = plans('{ region(ref: "ijmond") { someOtherAlias: name } }')
    assert plan.text == plain.text
    assert plan.source == plain.source.replace("'someOtherAlias'", repr(alias))


def random_documents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Random questions; one that is too costly is never compiled, so another comes in its place."""
    selections = Selections(SCHEMA, Names.of(dataset(), []), Random(7))
    for number in count():
        text, variables = selections.document(*((2, 7) if number % 2 else (4, 4)))
        try:
            prepare(text, None, variables)
        except Refused as refused:
            if refused.errors[0]["extensions"]["code"] != "TOO_COSTLY":
                raise
        else:
            yield text, variables


DOCUMENTS = list(islice(random_documents(), 250))


def test_every_parameter_of_a_text_is_sent_and_every_sent_one_is_used() -> None:
    for text, variables in DOCUMENTS:
        for plan, sent, of_lists in bound(text, variables):
            in_text = set(_PARAMETER.findall(plan.text))
            in_shape = {n for n in sent if re.search(rf"['\"]{n}['\"]", plan.source)}
            assert in_text <= set(sent), text
            beside = {text.format(name) for name in sent for text in ("more_{}", "day_{}", "day_{}_suffix", "{}_suffix", "of_{}")}
            unused = set(sent) - in_text - in_shape - beside
            unused -= of_lists  # a list of which only the remark is asked is not read
            unused -= {name for name in unused if name.endswith("_hints")}  # of a search without suggestions
            unused -= {name for name in unused if name.endswith(("_from", "_to"))}  # of figures of which only the completeness is asked
            assert unused <= {"asOf", "asOf_suffix", "engine", "apiVersion"}, text


def test_what_a_list_is_to_hold_is_used_when_it_is_read() -> None:
    document = """{
        providers(filter: {nameContains: "jeugd"}, last: 3, before: null) { nodes { slug claims(predicate: "name") { totalCount } } }
        contracts(filter: {endsBefore: "2025-01-01", endsAfter: "2020-01-01"}, first: 3) { edges { cursor } }
        region(ref: "ijmond") {
            members(during: {startDate: "2020-01-01", endDate: "2021-01-01"}, first: 2) { pageInfo { hasNextPage } } } }"""
    for plan, sent, of_lists in bound(document, {}):
        for name in of_lists:
            assert {name, f"more_{name}"} & set(_PARAMETER.findall(plan.text)), (name, sent[name])


def test_every_quoted_word_of_a_text_is_a_word_of_the_model_or_of_the_compiler() -> None:
    values = {v for _, variables in DOCUMENTS for v in _texts(variables)}
    values |= {v for text, _ in DOCUMENTS for v in re.findall(r'"([^"]*)"', text)}
    lists = [one for one in vars(words).values() if isinstance(one, ClosedList)]
    ours = set(PREDICATES) | set(ENTITY_TYPES) | {"", "members"} | {word for one in lists for word in one}  # DVO is a name too
    for text, variables in DOCUMENTS:
        for plan in plans(text, **variables):
            assert not (set(_STRING.findall(plan.text)) - ours) & values, text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and not value.isupper():
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def test_every_random_question_is_planned_the_same_again() -> None:
    from api.documents.prepare import OPERATIONS

    first = [(plan.text, plan.source) for text, variables in DOCUMENTS for plan in plans(text, **variables)]
    OPERATIONS.clear()
    assert first == [(plan.text, plan.source) for text, variables in DOCUMENTS for plan in plans(text, **variables)]


def subqueries(text: str) -> Iterator[str]:
    """Returns the text of each subquery between braces, without the subqueries inside it."""
    own = list[list[str]]()
    for sign in text:
        if sign == "{":
            own.append([])
        elif sign == "}":
            yield "".join(own.pop())
        elif own:
            own[-1].append(sign)
    assert not own


# Subqueries that gather evidence, which is all needed, what a thing has few of, or what a caller names.
OF_EVIDENCE = ("<-[:WAY_OF]-(w:Way)", "UNWIND steps", "collect(into", "UNWIND keys AS key", "ORDER BY opt", "UNWIND [s, o] AS touched",
               "UNWIND range(0, size(layers) - 2)", "UNWIND range(0, size(steps) - 1)", "AS many ORDER BY",
               ":CareFunction)\nUNWIND", ":CareFunction)\nWITH DISTINCT", "collect([r, how]) AS found")  # fmt: skip


def test_every_list_in_a_text_is_bounded() -> None:
    bounded, unbounded = 0, set[str]()
    for text, variables in DOCUMENTS:
        for plan in plans(text, **variables):
            for subquery in subqueries(plan.text):
                if re.search(r"collect\((row|\[.*\])\) AS [a-z]+\d+\s*$", subquery, re.DOTALL) and not any(
                    e in subquery for e in OF_EVIDENCE
                ):
                    limited = " LIMIT " in subquery or re.match(r"\nUNWIND begun_\w+\[\.\.1\]", subquery) is not None
                    bounded += limited
                    unbounded |= set() if limited else {re.sub(r"\d+", "N", subquery)}
    assert unbounded == set()
    assert bounded > 500


# ── every field ───────────────────────────────────────────────────────────────────────────────────

QUERY = SCHEMA.query_type
assert QUERY
SERVICE = "_service"  # the schema answers it itself
VALUES = {
    "Ref": '"x"',
    "ID": '"municipality/x"',
    "Date": '"2023-06-01"',
    "Int": "5",
    "String": '"x"',
    "Boolean": "true",
    "_Any": '{__typename: "Municipality", code: "x"}',
}


def required(arguments: Any) -> str:
    given = [f"{name}: {_listed(arg.type)}" for name, arg in arguments.items() if is_required_argument(arg)]
    return f"({', '.join(given)})" if given else ""


def _listed(type_: Any) -> str:
    value = VALUES[get_named_type(type_).name]
    return f"[{value}]" if "[" in str(type_) else value


def leaf(type_: Any) -> str:
    """The least that can be asked of a value."""
    return " { __typename }" if is_composite_type(get_named_type(type_)) else ""


def ways() -> dict[str, str]:
    """For each object type the beginning of a document that leads to it, with one place left open for what is asked of it."""
    assert QUERY
    found: dict[str, str] = {}
    left = [
        (name, f"{{ {name}{required(f.args)} {{ %s }} }}", get_named_type(f.type))
        for name, f in QUERY.fields.items()
        if leaf(f.type) and name != SERVICE
    ]
    while left:
        name, way, type_ = left.pop(0)
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            if name not in ("node", "nodes", "_entities"):
                left += [(name, way % f"... on {t.name} {{ %s }}", t) for t in SCHEMA.get_possible_types(type_)]
            continue
        if type_.name in found:
            continue
        found[type_.name] = way
        for field_name, field in type_.fields.items():
            if leaf(field.type):
                left.append((field_name, way % f"{field_name}{required(field.args)} {{ %s }}", get_named_type(field.type)))
    return found


WAYS = ways()
OWN_TYPES = {get_named_type(QUERY.fields[name].type).name for name in STORELESS}
FIELDS = [(t, f) for t in sorted(WAYS) for f in SCHEMA.type_map[t].fields if t not in OWN_TYPES]  # type: ignore[attr-defined]


def test_there_is_a_way_to_every_type_of_the_schema() -> None:
    objects = {t.name for t in SCHEMA.type_map.values() if isinstance(t, GraphQLObjectType) and not t.name.startswith("_")}
    assert objects - {"Query"} == set(WAYS)


@pytest.mark.parametrize(("type_", "field"), FIELDS, ids=[f"{t}.{f}" for t, f in FIELDS])
def test_a_field_can_be_planned(type_: str, field: str) -> None:
    definition = SCHEMA.type_map[type_].fields[field]  # type: ignore[attr-defined]
    document = WAYS[type_] % f"{field}{required(definition.args)}{leaf(definition.type)}"
    (plan,) = plans(document)
    assert plan.text.startswith("MATCH (d:Dataset")
    assert repr(field) in plan.source


@pytest.mark.parametrize("field", sorted(set(QUERY.fields) - {*STORELESS, SERVICE}))
def test_a_root_field_can_be_planned(field: str) -> None:
    assert field in ROOTS
    definition = QUERY.fields[field]  # type: ignore[union-attr]
    assert plans(f"{{ {field}{required(definition.args)}{leaf(definition.type)} }}")


def test_the_catalog_has_no_field_that_the_schema_has_not() -> None:
    for type_, fields in CATALOG.items():
        known = SCHEMA.get_type(type_)
        assert isinstance(known, GraphQLObjectType | GraphQLInterfaceType), type_
        assert set(fields) <= set(known.fields), type_
    assert set(ROOTS) == set(QUERY.fields) - {*STORELESS, SERVICE}  # type: ignore[union-attr]


# ── what the compiler does not know is refused ────────────────────────────────────────────────────

SAMPLES = {
    "Date": '"2020-01-01"', "Ref": '"ijmond"', "ID": '"municipality/zaanstad"', "Int": "3", "String": '"memberOf"', "Boolean": "true",
    "_Any": '{__typename: "Municipality", code: "GM0479"}', "Language": "EN",
}  # fmt: skip
# What shapes neither text nor source: the day of everything, and pointers, which become parameters. Their tests are elsewhere.
ONLY_PARAMETERS = {"asOf", "ids", "representations", "refs", "ref", "id"}
# Of a list over the whole graph no source says what is missing, in any language.
WITHOUT_REMARK = {("ContractConnection", "remark", "lang"), ("MunicipalityConnection", "remark", "lang")}


def sample(type_: Any, name: str = "") -> str:
    """Returns a value of a type, as GraphQL, that differs from leaving it out."""
    type_ = get_nullable_type(type_)
    if isinstance(type_, GraphQLList):
        return f"[{sample(type_.of_type)}]"
    if isinstance(type_, GraphQLInputObjectType):
        known, field = next((n, f) for n, f in type_.fields.items())
        more = ", direction: DESC" if "direction" in type_.fields else ""
        return f"{{{known}: {sample(field.type, known)}{more}}}"
    if name == "takesPart":
        return "false"
    if isinstance(type_, GraphQLEnumType) and type_.name not in SAMPLES:
        return str(list(type_.values)[-1])
    return SAMPLES[type_.name]


def shaped(text: str) -> list[tuple[object, ...]]:
    return [(plan.text, plan.source, tuple(plan.cursors), plan.day_ranges) for plan in plans(text)]


def asked_with(type_: str, name: str, argument: str = "", value: str = "") -> list[tuple[object, ...]]:
    """Returns the plan of a field with an argument, or without one."""
    return shaped(document_with(type_, name, argument, value))


def document_with(type_: str, name: str, argument: str = "", value: str = "") -> str:
    """Returns a document that asks for a field with an argument, or without one. A field of the type Query is a root field."""
    definition = SCHEMA.type_map[type_].fields[name]  # type: ignore[attr-defined]
    given = required({key: one for key, one in definition.args.items() if key != argument})
    if argument:
        given = f"{given[:-1]}, {argument}: {value})" if given else f"({argument}: {value})"
    way = "{ %s }" if type_ == "Query" else WAYS[type_]
    named = get_named_type(definition.type).name
    inner = {"StatedFigures": " { isStated nodes { __typename } }"}.get(named, leaf(definition.type))
    return way % f"{name}{given}{' { totalCount nodes { __typename } }' if named.endswith('Connection') else inner}"


ALL_FIELDS = [*FIELDS, *(("Query", name) for name in sorted(set(QUERY.fields) - {*STORELESS, SERVICE}))]
ARGUMENTS = [
    (type_, name, argument)
    for type_, name in ALL_FIELDS
    for argument, definition in SCHEMA.type_map[type_].fields[name].args.items()  # type: ignore[attr-defined]
    if argument not in ONLY_PARAMETERS and not is_required_argument(definition) and (type_, name, argument) not in WITHOUT_REMARK
]
LISTS = {
    str(get_named_type(SCHEMA.type_map[type_].fields[name].args[argument].type)): (type_, name)  # type: ignore[attr-defined]
    for type_, name, argument in ARGUMENTS
    if argument in ("filter", "orderBy")
}
FILTERS = [(type_, field) for type_ in sorted(LISTS) if type_.endswith("Filter") for field in SCHEMA.type_map[type_].fields]  # type: ignore[attr-defined]
ORDERS = [
    (type_, value)
    for type_ in sorted(LISTS)
    if type_.endswith("Order")
    for value in get_named_type(SCHEMA.type_map[type_].fields["field"].type).values  # type: ignore[attr-defined]
]


@pytest.mark.parametrize(("type_", "name", "argument"), ARGUMENTS, ids=[".".join(found) for found in ARGUMENTS])
def test_every_argument_has_an_effect(type_: str, name: str, argument: str) -> None:
    definition = SCHEMA.type_map[type_].fields[name].args[argument]  # type: ignore[attr-defined]
    assert asked_with(type_, name, argument, sample(definition.type, argument)) != asked_with(type_, name)


@pytest.mark.parametrize(("filter_", "field"), FILTERS, ids=[".".join(found) for found in FILTERS])
def test_every_field_of_a_filter_has_an_effect(filter_: str, field: str) -> None:
    value = sample(SCHEMA.type_map[filter_].fields[field].type, field)  # type: ignore[attr-defined]
    assert asked_with(*LISTS[filter_], "filter", f"{{{field}: {value}}}") != asked_with(*LISTS[filter_])


@pytest.mark.parametrize("order", sorted({order for order, _ in ORDERS}))
def test_every_order_has_a_text_of_its_own(order: str) -> None:
    asked = [f"[{{field: {value}, direction: {way}}}]" for of, value in ORDERS if of == order for way in ("ASC", "DESC")]
    assert len({str(asked_with(*LISTS[order], "orderBy", value)) for value in asked}) == len(asked)


def test_there_are_filters_orders_and_arguments() -> None:
    assert (len(FILTERS) > 30, len(ORDERS) > 10, len(ARGUMENTS) > 100) == (True, True, True)


FORMS: tuple[Argument, ...] = (
    Parameter("p9", "String"), Fields((("nonsense", True),)), Items((Fields((("nonsense", True),)),)), "NONSENSE", True,
)  # fmt: skip


def with_other_forms(ask: Ask, name: str, argument: str) -> Iterator[Ask]:
    """A question with an argument of one of its fields, or a field of such an argument, in each form that it has not."""
    if ask.field == name:
        for at, (key, value) in enumerate(ask.arguments):
            if key == argument:
                for form in FORMS:
                    if type(form) is not type(value):
                        yield replace(ask, arguments=(*ask.arguments[:at], (key, form), *ask.arguments[at + 1 :]))
    for at, (type_, asks) in enumerate(ask.children):
        for nth, child in enumerate(asks):
            for other in with_other_forms(child, name, argument):
                changed = (type_, (*asks[:nth], other, *asks[nth + 1 :]))
                yield replace(ask, children=(*ask.children[:at], changed, *ask.children[at + 1 :]))


EVERY_ARGUMENT = sorted(
    {(type_, name, argument) for type_, name in ALL_FIELDS for argument in SCHEMA.type_map[type_].fields[name].args}  # type: ignore[attr-defined]
)
TAKEN_BEFORE = {"asOf", "ids", "representations", "id"}  # what becomes of these is `api.documents.selection`'s


@pytest.mark.parametrize(("type_", "name", "argument"), EVERY_ARGUMENT, ids=[".".join(found) for found in EVERY_ARGUMENT])
def test_no_argument_is_dropped_because_of_its_form(type_: str, name: str, argument: str) -> None:
    definition = SCHEMA.type_map[type_].fields[name].args[argument]  # type: ignore[attr-defined]
    if argument in TAKEN_BEFORE:
        assert type_ == "Query" or argument == "asOf"
        return
    questions = [
        root.question
        for root in prepare(document_with(type_, name, argument, sample(definition.type, argument)), None, {})[0].roots.values()
    ]
    others = [other for question in questions for other in with_other_forms(question, name, argument)]
    assert len(others) >= len(FORMS) - 1
    for other in others:
        with pytest.raises(NotCompiled):
            compiler.plan(other)


@pytest.mark.parametrize(("filter_", "field"), FILTERS, ids=[".".join(found) for found in FILTERS])
def test_no_field_of_a_filter_is_dropped_because_of_its_form(filter_: str, field: str) -> None:
    value = sample(SCHEMA.type_map[filter_].fields[field].type, field)  # type: ignore[attr-defined]
    ((_, root),) = prepare(document_with(*LISTS[filter_], "filter", f"{{{field}: {value}}}"), None, {})[0].roots.items()
    kept = dict(filters_of(root.question))[field]
    for form in FORMS:
        if type(form) is not type(kept):
            with pytest.raises((NotCompiled, BadInput)):
                compiler.plan(with_filter(root.question, Fields(((field, form),))))


def filters_of(ask: Ask) -> Iterator[tuple[str, Argument]]:
    for name, value in ask.arguments:
        if name == "filter" and isinstance(value, Fields):
            yield from value.of
    for _, asks in ask.children:
        for child in asks:
            yield from filters_of(child)


def with_filter(ask: Ask, fields: Fields) -> Ask:
    arguments = tuple((name, fields if name == "filter" else value) for name, value in ask.arguments)
    return replace(ask, arguments=arguments, children=tuple((t, tuple(with_filter(a, fields) for a in asks)) for t, asks in ask.children))


def test_what_is_in_the_schema_and_not_compiled_is_refused() -> None:
    unknown = (("filter", Fields((("isPlanned", True),))),)
    for arguments in (unknown, (("nonsense", Parameter("p0", "Int")),)):
        with pytest.raises(NotCompiled):
            compiler.plan(Ask("", "contracts", arguments, (("ContractConnection", (Ask("totalCount", "totalCount"),)),)))
    order = (("orderBy", Items((Fields((("field", "NONSENSE"),)),))),)
    with pytest.raises(NotCompiled):
        compiler.plan(Ask("", "contracts", order, (("ContractConnection", (Ask("nodes", "nodes", (), (("Contract", ()),)),)),)))
