"""Turns a GraphQL selection into questions.

Enums and booleans among the arguments change the plan; all other values become parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
)  # fmt: skip
from graphql.language import (
    DocumentNode,
    FieldNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)  # fmt: skip

from api.documents.cost import Price, price
from api.documents.fragments import FieldCollector, null_refused
from api.documents.ids import bounded, parse, places, signature
from api.documents.literals import literal_value
from api.documents.lru import LruCache
from api.documents.slots import Raw, Slot, group, item, listed
from api.limits import MAX_ASKS, MAX_CONDITIONS, MAX_DEPTH
from graph.ask.parameters import of_moment, type_of
from graph.compile.plan import Plan, plan
from graph.errors import BadInput
from graph.question import Argument, Ask, Fields, Items, Parameter

Arguments = tuple[tuple[str, Argument], ...]
KINDS = {
    "first": "Page",
    "last": "Page",
    "after": "Cursor",
    "before": "Cursor",
    "nameContains": "Name",
    "withinMonths": "Months",
    "predicate": "Predicate",
    "text": "Text",
    "year": "Year",
    "query": "Search",
    "identifiers": "Identifiers",
    "maxLength": "Hops",
    "since": "Since",
}
STORELESS = ("savedQuestions",)  # the root fields that need no store
SERVICE = "_service"  # graphql-core answers this one, like introspection


@dataclass(frozen=True, slots=True)
class Root:
    """A root field: its question and plan, the slot of its `asOf`, and if it may be null."""

    question: Ask
    plan: Plan
    slots: Mapping[str, Slot]
    as_of: Slot | None
    nullable: bool
    price_of_sizes: Price

    def price(self, raw: Raw) -> int:
        """Returns the cost of the field with these variables."""

        def size(name: str) -> int:
            slot = self.slots[name]
            value = (slot.sent or slot.read)(raw)
            return int(value) if isinstance(value, int | float) else len(value)  # JSON may write 12.0

        return self.price_of_sizes(size)


@dataclass(slots=True)
class Selection:
    """Plans one operation for one signature of its variables."""

    schema: GraphQLSchema
    document: DocumentNode
    operation: OperationDefinitionNode
    raw: Raw
    slots: dict[str, Slot] = field(default_factory=dict)
    field_count: int = 0
    condition_count: int = 0

    @property
    def collector(self) -> FieldCollector:
        return FieldCollector(self.schema, self.document, self.raw)

    def roots(self) -> tuple[dict[str, list[FieldNode]], dict[str, Root]]:
        """Returns all response keys in order, and those root fields that need the store."""
        query = self.schema.query_type
        assert query
        keys = self.collector.collect([self.operation.selection_set], query)
        out = {}
        for key, nodes in keys.items():
            if not nodes[0].name.value.startswith("__") and nodes[0].name.value not in (*STORELESS, SERVICE):
                self.slots = {}
                out[key] = self._root(query, key, nodes)
        return keys, out

    def _root(self, query: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Root:
        question = self._ask(query, key, nodes, 0)
        as_of = question.get("asOf", Parameter)
        arguments = tuple(pair for pair in question.arguments if pair[0] != "asOf")
        slot = self.slots.pop(as_of.name) if as_of else None
        keyless = Ask("", question.field, arguments, question.children)
        nullable = not isinstance(query.fields[question.field].type, GraphQLNonNull)
        planned = PLANS.get_or_make(keyless, lambda: plan(keyless))
        return Root(keyless, planned, dict(self.slots), slot, nullable, price(self.schema, keyless))

    # ── fields ────────────────────────────────────────────────────────────────────────────────────

    def _ask(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode], depth: int) -> Ask:
        self.field_count += 1
        if self.field_count > MAX_ASKS or depth > MAX_DEPTH:
            raise BadInput(
                f"The question asks too much at once (more than {MAX_ASKS} fields or {MAX_DEPTH} levels).",
                "Ask it in parts.",
                key,
                "TOO_LARGE",
            )
        name = nodes[0].name.value
        if name == "__typename":
            return Ask(key, name, (("type", parent.name),))
        definition = parent.fields[name]
        nodes_by_name = {a.name.value: a.value for a in nodes[0].arguments or ()}
        arguments: Arguments = tuple(
            (arg, value)
            for arg, node in nodes_by_name.items()
            if (value := self._argument(node, definition.args[arg].type, arg)) is not None
        )
        sets = [n.selection_set for n in nodes if n.selection_set]
        if not sets:
            return Ask(key, name, arguments)
        types, arguments = self._possible(get_named_type(definition.type), name, arguments)
        shared: dict[tuple[object, ...], Ask] = {}
        return Ask(key, name, arguments, tuple((t.name, self._asks(t, sets, depth + 1, shared)) for t in types))

    def _asks(self, type_: GraphQLObjectType, sets: list[SelectionSetNode], depth: int, shared: dict[tuple[object, ...], Ask]) -> Any:
        """Returns the fields of one type. Types that share a field share its parameters."""
        out = []
        for key, nodes in self.collector.collect(sets, type_).items():
            definition = type_.fields.get(nodes[0].name.value)
            identity = (key, *map(id, nodes), str(definition.type) if definition else type_.name)
            if identity not in shared:
                shared[identity] = self._ask(type_, key, nodes, depth)
            out.append(shared[identity])
        return tuple(out)

    def _possible(self, type_: Any, name: str, arguments: Arguments) -> tuple[list[GraphQLObjectType], Arguments]:
        """Returns the types that a value may have, and its arguments, with ids in groups."""
        if isinstance(type_, GraphQLObjectType):
            return [type_], arguments
        if name == "node" and arguments:  # an edge has a node too, without arguments
            return self._by_id(arguments)
        if name in ("nodes", "_entities") and arguments:
            return self._by_pointers(arguments)
        return sorted(self.schema.get_possible_types(type_), key=lambda t: t.name), arguments

    def _by_id(self, arguments: Arguments) -> tuple[list[GraphQLObjectType], Arguments]:
        ((_, ids),) = arguments
        assert isinstance(ids, Parameter)
        slot, single = self.slots.pop(ids.name), Parameter(f"{ids.name}_0", "ID")
        text = str(slot.read(self.raw))
        self.slots[single.name], type_ = slot, type_of(text)
        return self._concrete([type_]), (("type", type_), ("id", single), *((("moment", True),) if of_moment(text) else ()))

    def _by_pointers(self, arguments: Arguments) -> tuple[list[GraphQLObjectType], Arguments]:
        """Replaces ids or representations by a parameter for each group and one for places."""
        ((argument, sent),) = arguments
        assert isinstance(sent, Parameter)
        read = self.slots.pop(sent.name).read
        groups = signature(parse(argument, read(self.raw)))
        items = []
        for index, (type_, lookup) in enumerate(groups):
            keys = Parameter(f"{sent.name}_{index}", {"code": "Codes", "moment": "Moment"}.get(lookup, "Group"), many=True)
            self.slots[keys.name] = Slot(keys.kind, argument, group(argument, read, index))
            items.append(Fields((("by", lookup), ("keys", keys), ("type", type_))))
        self.slots[sent.name] = Slot(
            "Places", argument, lambda raw: places(parse(argument, read(raw))), lambda raw: bounded(argument, read(raw))
        )
        replaced: Arguments = (("groups", Items(tuple(items))), ("places", Parameter(sent.name, "Places", many=True)))
        return self._concrete([type_ for type_, _ in groups]), replaced

    def _concrete(self, names: list[str]) -> list[GraphQLObjectType]:
        return [t for name in dict.fromkeys(names) if isinstance(t := self.schema.get_type(name), GraphQLObjectType)]

    # ── arguments ─────────────────────────────────────────────────────────────────────────────────

    def _argument(self, node: ValueNode, type_: Any, argument: str) -> Argument:
        self._refuse_null(node, type_, argument)
        if isinstance(node, VariableNode):
            name = node.name.value
            return self._value(self.raw.get(name), type_, argument, lambda raw: raw.get(name))
        type_ = get_nullable_type(type_)
        if isinstance(type_, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
            return self._input_fields({f.name.value: f.value for f in node.fields}, type_, self._argument)
        if isinstance(type_, GraphQLList) and isinstance(node, ListValueNode) and _structural(type_.of_type):
            self._count(len(node.values), argument)
            return Items(tuple(self._argument(v, type_.of_type, argument) for v in node.values))
        if isinstance(type_, GraphQLList) and _structural(type_.of_type) and not isinstance(node, NullValueNode):
            return Items((self._argument(node, type_.of_type, argument),))
        value = literal_value(node, self.raw)
        if isinstance(type_, GraphQLList):
            return self._value(value, type_, argument, lambda raw: literal_value(node, raw))
        return self._value(value, type_, argument, lambda raw: value)

    def _count(self, conditions: int, argument: str) -> None:
        """Raises BadInput if the question has more conditions than one Cypher can hold."""
        self.condition_count += conditions
        if self.condition_count > MAX_CONDITIONS:
            raise BadInput(f"The question has more than {MAX_CONDITIONS} conditions.", "Ask it in parts.", argument, "TOO_LARGE")

    def _refuse_null(self, node: ValueNode, type_: Any, argument: str) -> None:
        """Raises BadInput for a variable that is null where null is not allowed."""
        if isinstance(type_, GraphQLNonNull) and isinstance(node, VariableNode) and self.raw.get(node.name.value, "") is None:
            raise null_refused(node, argument)
        type_ = get_nullable_type(type_)
        if isinstance(type_, GraphQLList) and isinstance(node, ListValueNode):
            for value in node.values:
                self._refuse_null(value, type_.of_type, argument)

    def _input_fields(self, values: Mapping[str, Any], type_: GraphQLInputObjectType, read: Callable[[Any, Any, str], Argument]) -> Fields:
        self._count(len(values), type_.name)
        pairs = ((name, read(value, type_.fields[name].type, name)) for name, value in values.items())
        return Fields(tuple(sorted(((n, v) for n, v in pairs if v is not None), key=lambda pair: pair[0])))

    def _value(self, value: Any, type_: Any, argument: str, read: Callable[[Raw], Any]) -> Argument:
        """Returns an enum or boolean as it is, and a parameter for any other value."""
        type_ = get_nullable_type(type_)
        if value is None:
            return None
        if isinstance(type_, GraphQLInputObjectType):
            return self._input_fields(value, type_, lambda v, t, name: self._value(v, t, name, lambda raw: read(raw)[name]))
        if isinstance(type_, GraphQLList):
            values = value if isinstance(value, list) else [value]
            if _structural(type_.of_type):
                self._count(len(values), argument)
                return Items(tuple(self._value(v, type_.of_type, argument, item(read, i)) for i, v in enumerate(values)))
            return self._parameter(get_named_type(type_), argument, lambda raw: listed(read(raw)), many=True)
        if isinstance(type_, GraphQLEnumType) or isinstance(value, bool):
            return value if isinstance(value, bool) else str(value)
        return self._parameter(type_, argument, read)

    def _parameter(self, type_: Any, argument: str, read: Callable[[Raw], Any], *, many: bool = False) -> Parameter:
        assert isinstance(type_, GraphQLScalarType)
        name = f"p{len(self.slots)}" if f"p{len(self.slots)}" not in self.slots else f"p{len(self.slots)}x"
        kind = KINDS.get(argument, type_.name)
        if type_ is GraphQLID:
            read = _reading_text(read)
        self.slots[name] = Slot(kind, argument, read)
        return Parameter(name, kind, many)


PLANS: LruCache[Ask, Plan] = LruCache(2048)  # all documents share them


def _reading_text(read: Callable[[Raw], Any]) -> Callable[[Raw], Any]:
    return lambda raw: _as_text(read(raw))


def _as_text(value: Any) -> Any:
    """Returns an id, or ids, as texts: GraphQL lets a client write an id as a whole number."""
    return [_as_text(one) for one in value] if isinstance(value, list) else GraphQLID.parse_value(value)


def _structural(type_: Any) -> bool:
    return isinstance(get_nullable_type(type_), GraphQLEnumType | GraphQLInputObjectType)
