"""Whether values fit is said as graphql-core says it, over types and values that nobody thought of."""

from __future__ import annotations

from typing import Any

from graphql import build_schema, parse
from graphql.execution.values import get_variable_values
from graphql.language import OperationDefinitionNode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.documents.prepare import SCHEMA
from api.documents.variables import all_fit, declared, with_defaults

MADE_UP = build_schema("""
  enum Word { A B }
  input Inner { a: Int! b: [Word!] = [A] self: Inner }
  input One @oneOf { a: Int b: String }
  type Query { a(i: Int, o: One, n: Inner, f: Float, s: ID): Int }
""")
TYPES = ("Int", "Float", "String", "Boolean", "ID", "Word", "Inner", "One", "[Int]", "[Int!]!", "[Word!]", "[[Inner!]]", "Int!", "Inner!")
OURS = ("Date", "Ref", "Language", "[Ref!]", "[ID!]!", "CollaborationFilter", "[ContractOrder!]", "MembershipFilter", "PeriodInput")
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.floats(), st.text(max_size=4),
    st.sampled_from(["A", "B", "1", "2023-06-01", "2023-02-30", "NL", "Zaanstad", "START_DATE", "MEMBER", "PILOT"]),
)  # fmt: skip
KEYS = st.sampled_from(["a", "b", "self", "kind", "and", "not", "field", "direction", "role", "member", "startDate", "other"])
FLAT = LEAVES | st.lists(LEAVES, max_size=3) | st.dictionaries(KEYS, LEAVES, max_size=2)
VALUES = FLAT | st.lists(FLAT, max_size=2) | st.dictionaries(KEYS, FLAT, max_size=2)
DEFAULTS = {"Int": " = 3", "Word": " = A", "[Int]": " = [1, 2]", "Language": " = EN"}


def operation(types: dict[str, str], with_default: bool) -> OperationDefinitionNode:
    given = ", ".join(f"${name}: {type_}{DEFAULTS.get(type_, '') if with_default else ''}" for name, type_ in types.items())
    (found,) = parse(f"query({given}) {{ __typename }}").definitions
    assert isinstance(found, OperationDefinitionNode)
    return found


def agrees(schema: Any, types: dict[str, str], values: dict[str, Any], with_default: bool) -> None:
    asked = operation(types, with_default)
    variables = declared(schema, asked)
    taken = get_variable_values(schema, asked.variable_definitions or (), values)
    if all_fit(variables, values):
        assert not isinstance(taken, list), "what is taken here, graphql-core takes"
        assert set(with_defaults(variables, values)) == {n for n in taken.coerced if n in values or taken.sources[n].signature.default}
    elif "One" not in types.values():
        assert isinstance(taken, list), "what is refused here, graphql-core refuses"


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first examples wait for imports
@given(st.dictionaries(st.sampled_from("xyz"), st.sampled_from(TYPES), min_size=1), st.data(), st.booleans())
def test_values_of_made_up_types_fit_where_graphql_core_says_so(types: dict[str, str], data: st.DataObject, with_default: bool) -> None:
    agrees(MADE_UP, types, data.draw(st.dictionaries(st.sampled_from("xyzw"), VALUES)), with_default)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first examples wait for imports
@given(st.dictionaries(st.sampled_from("xyz"), st.sampled_from(OURS), min_size=1), st.data(), st.booleans())
def test_values_of_our_own_types_fit_where_graphql_core_says_so(types: dict[str, str], data: st.DataObject, with_default: bool) -> None:
    agrees(SCHEMA, types, data.draw(st.dictionaries(st.sampled_from("xyzw"), VALUES)), with_default)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first examples wait for imports
@given(st.sampled_from([*TYPES, *OURS]), st.data())
def test_a_value_of_the_right_kind_fits(type_: str, data: st.DataObject) -> None:
    good: dict[str, st.SearchStrategy[Any]] = {
        "Int": st.integers(-5, 5),
        "Date": st.just("2023-06-01"),
        "[Int!]!": st.lists(st.integers(0, 9)),
        "Word": st.sampled_from("AB"),
        "Inner": st.just({"a": 1, "self": {"a": 2, "b": ["B"]}}),
        "[Ref!]": st.just(["zaanstad"]),
        "Language": st.just("NL"),
    }
    schema = SCHEMA if type_ in OURS else MADE_UP
    if type_ in good:
        assert all_fit(declared(schema, operation({"x": type_}, False)), {"x": data.draw(good[type_])})
