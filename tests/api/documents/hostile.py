"""Requests with values that nobody should send, made from the schema: each argument of each root field, and each field of its inputs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_enum_type,
    is_input_object_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
)  # fmt: skip

from api.documents.prepare import SCHEMA

LONG = "x" * 5000
HUGE = 2**70  # more than 64 bits
OTHER_FORMS: list[Any] = [None, True, 0, 1.5, [], [None], [[]], {}, {"a": 1}, {LONG: 1}]
TEXTS: list[Any] = [
    "", " ", "\0", "'", '"', "\\", "%", "*", "`", "$p0", "a\nb", "{}", "ß", "İ", "٣", "\u202e", "\U0001f600", LONG,
    "/", "@", "municipality/", "municipality/zaanstad@", "municipality/zaanstad@9999-12-31", "municipality/zaanstad@0001-01-01",
    "municipality/zaanstad@x@y", f"municipality/{LONG}", "claim/~", "moment/~~", "moment/x~y~z@9999-12-31", "membership/~", "figure/",
    "urn:regiograaf:", "urn:regiograaf:municipality:zaanstad", "W10=", "WzFd", "GM" + "9" * 150,
]  # fmt: skip
DAYS = [
    "0001-01-01",
    "9999-12-31",
    "9999-12-30",
    "0000-01-01",
    "10000-01-01",
    "-0001-01-01",
    "2023-02-29",
    "2023-06-01T00:00:00Z",
    "",
    LONG,
]
NUMBERS = [-1, 1, 100, 101, 600, 601, 999, 1000, 9998, 9999, 10000, 2**31 - 1, -(2**31), 2**31, HUGE, 12.0, 1e300, "1", LONG]
KEYS = [*OTHER_FORMS, "", "\0", "GM0479", LONG, HUGE, "municipality/zaanstad@9999-12-31", "municipality/x@nu", "urn:regiograaf:"]
VALUES: dict[str, list[Any]] = {
    "String": [*TEXTS, *OTHER_FORMS],
    "Ref": [*TEXTS, 479, *OTHER_FORMS],
    "ID": [*TEXTS, -1, 12, 2**31, HUGE, 12.0, 1e300, *OTHER_FORMS],
    "Int": [*NUMBERS, *OTHER_FORMS],
    "Date": [*DAYS, 20230601, *OTHER_FORMS],
    "Boolean": ["true", 1, *OTHER_FORMS],
    "_Any": [
        "a", *OTHER_FORMS, *({"__typename": name} for name in (None, 1, "Query", LONG, ["Municipality"])),
        *({"__typename": "Municipality", name: key} for name in ("id", "uri", "code") for key in KEYS),
    ],
}  # fmt: skip
LISTS = [*OTHER_FORMS, LONG, [LONG], ["a"] * 501, [{}] * 501]
# What the other arguments are while one is hostile, so that the question stays small.
USUAL: dict[str, Any] = {
    "ref": "zaanstad", "municipality": "zaanstad", "municipalities": ["zaanstad"], "function": "dyslexie", "functions": ["dyslexie"],
    "id": "municipality/zaanstad", "ids": ["municipality/zaanstad"], "from": "2021-01-01", "to": "2022-01-01", "entity": "zaanstad",
    "refs": ["zaanstad", "purmerend"], "query": "zaan", "identifiers": ["GM0479"], "scope": ["zaanstad"],
    "representations": [{"__typename": "Municipality", "code": "GM0479"}], "region": "zaanstreek-waterland",
}  # fmt: skip
OF_ROOT: dict[tuple[str, str], Any] = {
    ("region", "ref"): "zaanstreek-waterland", ("collaboration", "ref"): "samenwerking-zawa", ("provider", "ref"): "parlan",
    ("contract", "ref"): "zawa-2022", ("document", "ref"): "regiovisie", ("path", "from"): "zaanstad",
    ("path", "to"): "zaanstreek-waterland",
}  # fmt: skip
NARROWED = {
    "gaps": ("municipalities", "functions"),
    "coverageMatrix": ("municipalities", "functions"),
    "whoCovers": ("municipality",),
    "diff": ("scope",),
}
Wrap = Callable[[Any], Any]


def requests(root: str) -> Iterator[dict[str, Any]]:
    """Yields request bodies: each hostile value for each argument of a root field, as a variable, as a literal and as a default."""
    query = SCHEMA.query_type
    assert query
    definition = query.fields[root]
    for argument, declared in definition.args.items():
        others = _others(root, definition, argument)
        for wrap, type_ in _places(declared.type, ()):
            for value in _values(type_):
                sent = wrap(value)
                body = f"{{ {root}({argument}: %s{others}){_selection(definition)} }}"
                yield {"query": f"query ($v: {declared.type}) {body % '$v'}", "variables": {"v": sent}}
                yield {"query": body % literal(sent)}
                yield {"query": f"query ($v: {declared.type} = {literal(sent)}) {body % '$v'}"}


def literal(value: Any) -> str:
    """Returns a value as a document writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {literal(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return str(value) if isinstance(value, _Word) else json.dumps(value)


class _Word(str):
    """A word of a closed list, which a document writes without quotes."""


def _others(root: str, definition: GraphQLField, argument: str) -> str:
    needed = [name for name, one in definition.args.items() if is_required_argument(one)] + list(NARROWED.get(root, ()))
    if argument == "region":
        needed = [name for name in needed if name not in ("municipality", "municipalities")]
    return "".join(
        f", {name}: {literal(_usual(root, name, definition.args[name].type))}" for name in dict.fromkeys(needed) if name != argument
    )


def _usual(root: str, name: str, type_: Any) -> Any:
    type_ = get_nullable_type(type_)
    return _Word(next(iter(type_.values))) if is_enum_type(type_) else OF_ROOT.get((root, name), USUAL.get(name))


def _places(type_: Any, inside: tuple[str, ...]) -> Iterator[tuple[Wrap, Any]]:
    """Yields each place of a type that takes a value: the whole, an entry of a list, a field of an input object at any depth."""
    type_ = get_nullable_type(type_)
    yield (lambda value: value), type_
    if is_list_type(type_):
        yield from ((_listed(wrap), place) for wrap, place in _places(type_.of_type, inside))
    elif is_input_object_type(type_) and type_.name not in inside:
        needed = {name: _usual("", name, field.type) for name, field in type_.fields.items() if is_required_input_field(field)}
        for name, field in type_.fields.items():
            for wrap, place in _places(field.type, (*inside, type_.name)):
                yield _within(needed, name, wrap), place


def _listed(wrap: Wrap) -> Wrap:
    return lambda value: [wrap(value)]


def _within(needed: dict[str, Any], name: str, wrap: Wrap) -> Wrap:
    return lambda value: {**needed, name: wrap(value)}


def _values(type_: Any) -> list[Any]:
    if is_list_type(type_):
        return LISTS
    return VALUES.get(type_.name, [*OTHER_FORMS, "", LONG, _Word("NOTHING")])


def _selection(definition: GraphQLField) -> str:
    type_: GraphQLNamedType = get_named_type(definition.type)
    if not is_composite_type(type_):
        return ""
    fields = getattr(type_, "fields", {})
    return " { " + " ".join(name for name in ("__typename", "id", "totalCount", "status") if name == "__typename" or name in fields) + " }"
