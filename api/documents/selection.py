"""From a GraphQL selection to questions: each field with its arguments, parted into what shapes the plan and parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    value_from_ast_untyped,
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
from api.documents.fragments import Applied
from api.documents.ids import bounded, places, pointers, signature
from api.documents.slots import Raw, Slot, group, item, listed
from api.limits import MAX_ASKS, MAX_DEPTH
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
    "query": "Search",
    "identifiers": "Identifiers",
    "maxLength": "Hops",
}
OWN = ("savedQuestions",)  # the root fields that the interface answers, not the graph
SERVICE = "_service"  # the one that the schema answers itself


@dataclass(frozen=True, slots=True)
class Root:
    """A root field: its question and plan, the parameter that holds its `asOf`, and whether it may be null."""

    question: Ask
    plan: Plan
    slots: Mapping[str, Slot]
    as_of: Slot | None
    nullable: bool
    of_sizes: Price

    def price(self, raw: Raw) -> int:
        """What it costs with these variables."""

        def size(name: str) -> int:
            slot = self.slots[name]
            value = (slot.given or slot.read)(raw)
            return int(value) if isinstance(value, int | float) else len(value)  # JSON may write 12.0

        return self.of_sizes(size)


@dataclass(slots=True)
class Selection:
    """Walks one operation for one signature of its variables."""

    schema: GraphQLSchema
    document: DocumentNode
    operation: OperationDefinitionNode
    raw: Raw
    slots: dict[str, Slot] = field(default_factory=dict)
    asked: int = 0

    @property
    def applied(self) -> Applied:
        return Applied(self.schema, self.document, self.raw)

    def roots(self) -> tuple[dict[str, list[FieldNode]], dict[str, Root]]:
        """All response keys in order, and the root fields among them that the graph answers."""
        query = self.schema.query_type
        assert query
        keys = self.applied.fields([self.operation.selection_set], query)
        out = {}
        for key, nodes in keys.items():
            if not nodes[0].name.value.startswith("__") and nodes[0].name.value not in (*OWN, SERVICE):
                self.slots = {}
                out[key] = self._root(query, key, nodes)
        return keys, out

    def _root(self, query: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Root:
        question = self._ask(query, key, nodes, 0)
        as_of = question.argument("asOf")
        kept = tuple(pair for pair in question.arguments if pair[0] != "asOf")
        slot = self.slots.pop(as_of.name) if isinstance(as_of, Parameter) else None
        asked = Ask("", question.field, kept, question.children)
        nullable = not isinstance(query.fields[question.field].type, GraphQLNonNull)
        return Root(asked, planned(asked), dict(self.slots), slot, nullable, price(self.schema, asked))

    # ── fields ────────────────────────────────────────────────────────────────────────────────────

    def _ask(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode], depth: int) -> Ask:
        self.asked += 1
        if self.asked > MAX_ASKS or depth > MAX_DEPTH:
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
        given = {a.name.value: a.value for a in nodes[0].arguments or ()}
        arguments: Arguments = tuple(
            (arg, value) for arg, node in given.items() if (value := self._argument(node, definition.args[arg].type, arg)) is not None
        )
        sets = [n.selection_set for n in nodes if n.selection_set]
        if not sets:
            return Ask(key, name, arguments)
        wanted, arguments = self._possible(get_named_type(definition.type), name, arguments)
        alike: dict[tuple[object, ...], Ask] = {}
        return Ask(key, name, arguments, tuple((t.name, self._asks(t, sets, depth + 1, alike)) for t in wanted))

    def _asks(self, type_: GraphQLObjectType, sets: list[SelectionSetNode], depth: int, alike: dict[tuple[object, ...], Ask]) -> Any:
        """What is asked of one possible type; what is asked of several alike is taken apart once, with the same parameters."""
        out = []
        for key, nodes in self.applied.fields(sets, type_).items():
            definition = type_.fields.get(nodes[0].name.value)
            same = (key, *map(id, nodes), str(definition.type) if definition else type_.name)
            if same not in alike:
                alike[same] = self._ask(type_, key, nodes, depth)
            out.append(alike[same])
        return tuple(out)

    def _possible(self, type_: Any, name: str, arguments: Arguments) -> tuple[list[GraphQLObjectType], Arguments]:
        """The concrete types that a value may have; of things that are pointed at the pointers say which."""
        if isinstance(type_, GraphQLObjectType):
            return [type_], arguments
        if name == "node" and arguments:  # an edge has a node too, without arguments
            return self._of_id(arguments)
        if name in ("nodes", "_entities") and arguments:
            return self._pointed(arguments)
        return sorted(self.schema.get_possible_types(type_), key=lambda t: t.name), arguments

    def _of_id(self, arguments: Arguments) -> tuple[list[GraphQLObjectType], Arguments]:
        ((_, given),) = arguments
        assert isinstance(given, Parameter)
        slot, one = self.slots.pop(given.name), Parameter(f"{given.name}_0", "ID")
        text = str(slot.read(self.raw))
        self.slots[one.name], type_ = slot, type_of(text)
        return self._concrete([type_]), (("type", type_), ("id", one), *((("moment", True),) if of_moment(text) else ()))

    def _pointed(self, arguments: Arguments) -> tuple[list[GraphQLObjectType], Arguments]:
        """Of many things that are pointed at: a parameter for each group of them, and one for where each belongs."""
        ((argument, given),) = arguments
        assert isinstance(given, Parameter)
        read = self.slots.pop(given.name).read
        found = signature(pointers(argument, read(self.raw)))
        items = []
        for at, (type_, by) in enumerate(found):
            keys = Parameter(f"{given.name}_{at}", {"code": "Codes", "moment": "Moment"}.get(by, "Group"), many=True)
            self.slots[keys.name] = Slot(keys.kind, argument, group(argument, read, at))
            items.append(Fields((("by", by), ("keys", keys), ("type", type_))))
        self.slots[given.name] = Slot(
            "Places", argument, lambda raw: places(pointers(argument, read(raw))), lambda raw: bounded(argument, read(raw))
        )
        pointed: Arguments = (("groups", Items(tuple(items))), ("places", Parameter(given.name, "Places", many=True)))
        return self._concrete([type_ for type_, _ in found]), pointed

    def _concrete(self, names: list[str]) -> list[GraphQLObjectType]:
        return [t for name in dict.fromkeys(names) if isinstance(t := self.schema.get_type(name), GraphQLObjectType)]

    # ── arguments ─────────────────────────────────────────────────────────────────────────────────

    def _argument(self, node: ValueNode, type_: Any, argument: str) -> Argument:
        if isinstance(node, VariableNode):
            name = node.name.value
            return self._sent(self.raw.get(name), type_, argument, lambda raw: raw.get(name))
        type_ = get_nullable_type(type_)
        if isinstance(type_, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
            return self._fields({f.name.value: f.value for f in node.fields}, type_, self._argument)
        if isinstance(type_, GraphQLList) and isinstance(node, ListValueNode) and _structural(type_.of_type):
            return Items(tuple(self._argument(v, type_.of_type, argument) for v in node.values))
        if isinstance(type_, GraphQLList) and _structural(type_.of_type) and not isinstance(node, NullValueNode):
            return Items((self._argument(node, type_.of_type, argument),))
        value = value_from_ast_untyped(node, dict(self.raw))
        if isinstance(type_, GraphQLList):
            return self._sent(value, type_, argument, lambda raw: value_from_ast_untyped(node, dict(raw)))
        return self._sent(value, type_, argument, lambda raw: value)

    def _fields(self, values: Mapping[str, Any], type_: GraphQLInputObjectType, one: Callable[[Any, Any, str], Argument]) -> Fields:
        found = ((name, one(value, type_.fields[name].type, name)) for name, value in values.items())
        return Fields(tuple(sorted(((n, v) for n, v in found if v is not None), key=lambda pair: pair[0])))

    def _sent(self, value: Any, type_: Any, argument: str, read: Callable[[Raw], Any]) -> Argument:
        """An argument from its plain value: words and switches shape the plan, everything else becomes a parameter."""
        type_ = get_nullable_type(type_)
        if value is None:
            return None
        if isinstance(type_, GraphQLInputObjectType):
            return self._fields(value, type_, lambda v, t, name: self._sent(v, t, name, lambda raw: read(raw)[name]))
        if isinstance(type_, GraphQLList):
            values = value if isinstance(value, list) else [value]
            if _structural(type_.of_type):
                return Items(tuple(self._sent(v, type_.of_type, argument, item(read, i)) for i, v in enumerate(values)))
            return self._parameter(get_named_type(type_), argument, lambda raw: listed(read(raw)), many=True)
        if isinstance(type_, GraphQLEnumType) or isinstance(value, bool):
            return value if isinstance(value, bool) else str(value)
        return self._parameter(type_, argument, read)

    def _parameter(self, type_: Any, argument: str, read: Callable[[Raw], Any], *, many: bool = False) -> Parameter:
        assert isinstance(type_, GraphQLScalarType)
        name = f"p{len(self.slots)}" if f"p{len(self.slots)}" not in self.slots else f"p{len(self.slots)}x"
        kind = KINDS.get(argument, type_.name)
        self.slots[name] = Slot(kind, argument, read)
        return Parameter(name, kind, many)


@lru_cache(2048)
def planned(question: Ask) -> Plan:
    """Equal questions have one plan, whatever document they stand in."""
    return plan(question)


def _structural(type_: Any) -> bool:
    return isinstance(get_nullable_type(type_), GraphQLEnumType | GraphQLInputObjectType)
