"""From a document to questions: fragments, directives, limits, and values that are parameters and never part of a plan."""

from __future__ import annotations

from typing import Any

import pytest

from api.documents.prepare import Refused, prepare
from api.documents.selection import Root
from api.limits import MAX_DEPTH, MAX_TOKENS


def prepared(query: str, variables: dict[str, Any] | None = None, name: str | None = None) -> tuple[dict[str, Root], dict[str, Any]]:
    operation, raw = prepare(query, name, variables or {})
    return dict(operation.roots), raw


def sent(query: str, variables: dict[str, Any] | None = None) -> list[Any]:
    """The values of the parameters of the one root field, in order."""
    roots, raw = prepared(query, variables)
    (root,) = roots.values()
    return [slot.read(raw) for slot in root.slots.values()]


def codes(query: str, variables: dict[str, Any] | None = None, name: str | None = None) -> list[str]:
    """The codes with which a request is refused."""
    with pytest.raises(Refused) as refused:
        prepare(query, name, variables or {})
    assert all(e["message"] and e["extensions"]["remedy"] for e in refused.value.errors)
    return [e["extensions"]["code"] for e in refused.value.errors]


# ── what is asked ─────────────────────────────────────────────────────────────────────────────────


def test_values_are_parameters_and_never_part_of_the_question() -> None:
    one, two = (prepared(f'{{ municipality(ref: "{name}", asOf: "{day}") {{ name }} }}')[0]["municipality"]
                for name, day in (("zaanstad", "2023-01-01"), ("purmerend", "2024-01-01")))  # fmt: skip
    assert one.question == two.question
    assert one.plan is two.plan


def test_a_variable_inside_a_single_value_for_a_list_is_read_anew_each_time() -> None:
    query = "query($m: [Ref!]!) { collaborations(filter: { and: { member: $m } }) { totalCount } }"
    assert sent(query, {"m": "zaanstad"}) == [["zaanstad"]]
    assert sent(query, {"m": ["purmerend", "diemen"]}) == [["purmerend", "diemen"]]


def test_a_variable_inside_a_list_is_read_anew_each_time() -> None:
    query = "query($m: Ref!) { municipalities(refs: [$m, \"diemen\"]) { totalCount } }"  # fmt: skip
    assert [sent(query, {"m": m}) for m in ("a", "b")] == [[["a", "diemen"]], [["b", "diemen"]]]


def test_words_of_a_variable_shape_the_plan() -> None:
    query = "query($k: [RegionKind!]) { regions(kind: $k) { totalCount } }"
    plans = {prepared(query, {"k": kinds})[0]["regions"].plan.text for kinds in (["PROVINCE"], ["LANDSDEEL"], None)}
    assert len(plans) == 3


def test_the_schema_is_asked_anew_for_each_value_of_a_variable() -> None:
    query = "query($n: String!) { __type(name: $n) { name } }"
    operation, _ = prepare(query, None, {"n": "Region"})
    assert [operation.introspected({"n": n})["__type"]["name"] for n in ("Region", "Claim")] == ["Region", "Claim"]


@pytest.mark.parametrize("id_", ["municipality/zaanstad", "nonsense", "municipality/"])
def test_a_wrong_id_is_found_when_it_is_bound_and_spoils_no_plan(id_: str) -> None:
    assert sent("query($id: ID!) { node(id: $id) { id } }", {"id": id_}) == [id_]


def test_what_is_asked_alike_of_all_types_of_an_interface_is_asked_once() -> None:
    inner = "memberships(first: 3) { nodes { organization { memberships(first: 2) { nodes { organization { name } } } } } }"
    roots, _ = prepared(f'{{ organization(ref: "zaanstad") {{ {inner} }} }}')
    assert len(roots["organization"].slots) == 3
    assert roots["organization"].plan.text.count(":MEMBER_OF]") == 2


def test_fields_of_one_name_that_differ_by_type_are_kept_apart() -> None:
    roots, _ = prepared('{ organization(ref: "a") { ... on Region { functions { id } } ... on Collaboration { functions { id } } } }')
    text = roots["organization"].plan.text
    assert "DEFINED_BY" in text
    assert "DELIVERS|CONCERNS" in text


@pytest.mark.parametrize(
    ("directives", "keys"),
    [
        ("@include(if: true)", ["a", "b"]), ("@include(if: false)", ["b"]), ("@skip(if: true)", ["b"]), ("@skip(if: false)", ["a", "b"]),
        ("@include(if: $yes)", ["a", "b"]), ("@skip(if: $yes)", ["b"]), ("@include(if: $yes) @skip(if: $no)", ["a", "b"]),
        ("@include(if: $yes) @skip(if: $yes)", ["b"]), ("@include(if: $no) @skip(if: $no)", ["b"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["a: sources {d} {{ id }}", "... {d} {{ a: sources {{ id }} }}", "...F {d}"])
def test_skip_and_include_leave_out(form: str, directives: str, keys: list[str]) -> None:
    fragment = " fragment F on Query { a: sources { id } }" if "...F" in form else ""
    both = "b: meta { engine @skip(if: $no) @include(if: $yes) }"
    query = f"query($yes: Boolean = true, $no: Boolean! = false) {{ {form.format(d=directives)} {both} }}"
    operation, _ = prepare(query + fragment, None, {})
    assert list(operation.keys) == keys


# ── what is refused ───────────────────────────────────────────────────────────────────────────────


def nested(levels: int) -> str:
    return '{ municipality(ref: "a") { ' + "youthRegion { municipalities(first: 10) { nodes { " * levels + "id" + " } } }" * levels + " } }"


def test_a_question_may_go_deep_but_not_endlessly() -> None:
    prepared(nested(MAX_DEPTH // 3 - 1))
    assert codes(nested(MAX_DEPTH // 3 + 1)) == ["TOO_LARGE"]


def test_a_question_of_too_many_fields_is_refused() -> None:
    nine = " ".join(f"a{j}: youthRegion {{ municipalities {{ nodes {{ ...NEXT }} }} }}" for j in range(9))
    fragments = " ".join(f"fragment F{i} on Municipality {{ {nine.replace('NEXT', f'F{i + 1}')} }}" for i in range(4))
    assert codes('{ municipality(ref: "a") { ...F0 } } ' + fragments + " fragment F4 on Municipality { id }") == ["TOO_LARGE"]


def test_a_document_of_too_many_tokens_is_refused() -> None:
    assert codes("{" + " __typename" * MAX_TOKENS + "}") == ["GRAPHQL_PARSE_FAILED"]


@pytest.mark.parametrize("text", ["{ a" * 2000, "{ a(b: " + "[" * 2000, "query($a: " + "[" * 2000])
def test_a_document_that_is_nested_without_end_is_refused_and_kills_nothing(text: str) -> None:
    assert codes(text) == ["GRAPHQL_PARSE_FAILED"]


def test_fragments_that_name_fragments_twice_cost_no_more_than_once() -> None:
    """Read once for each name, these would be 2^60 fragments, and this test would never end."""
    chain = " ".join(f"fragment F{i} on Municipality {{ ...F{i + 1} ...F{i + 1} }}" for i in range(60))
    prepared('{ municipality(ref: "a") { ...F0 } } ' + chain + " fragment F60 on Municipality { id }")


@pytest.mark.parametrize(
    "query",
    [
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "mutation { load }",
        "subscription { load }",
        "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
        "{ municipalities(first: 99999999999) { totalCount } }",
        '{ municipality(ref: "' + "x" * 201 + '") { id } }',
        '{ municipality(ref: " ") { id } }',
        "{ meta { engine } } fragment Unused on Query { __typename }",
    ],
)
def test_an_invalid_document_is_refused(query: str) -> None:
    assert set(codes(query)) == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize("variables", [{}, {"d": None}, {"d": "2023-6-1"}, {"d": 20230601}, {"d": ["2023-06-01"]}, {"d": "2023-02-29"}])
def test_a_variable_of_another_form_is_refused(variables: dict[str, Any]) -> None:
    assert codes('query($d: Date!) { municipality(ref: "a", asOf: $d) { id } }', variables) == ["BAD_VARIABLES"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("query A { __typename } query B { __typename }", None),
        ("query A { __typename } query B { __typename }", "C"),
        ("{ __typename }", "A"),
    ],
)
def test_it_must_be_clear_which_operation_is_meant(query: str, name: str | None) -> None:
    assert codes(query, None, name) == ["UNKNOWN_OPERATION"]


def test_one_of_several_operations_is_asked_by_its_name() -> None:
    query = "query A { a: sources { id } } query B { b: sources { id } }"
    assert list(prepared(query, None, "B")[0]) == ["b"]


def test_more_than_fifty_ids_are_refused() -> None:
    assert codes("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["source/a"] * 51}) == ["TOO_MANY"]


def test_they_are_refused_too_where_fewer_of_the_same_types_were_planned_before() -> None:
    asked = "query($ids: [ID!]!) { planned: nodes(ids: $ids) { id } }"
    prepare(asked, None, {"ids": ["source/a"]})
    assert codes(asked, {"ids": ["source/a"] * 51}) == ["TOO_MANY"]
