"""The schema as clients read it: described everywhere, bounded everywhere, and equal to its copy and to the model."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    build_schema,
    get_named_type,
    get_nullable_type,
    is_introspection_type,
    is_list_type,
    is_specified_scalar_type,
)

import api
from api.http.explorer import FILES, FOLDER
from api.schema import schema, sdl
from api.schema.entities import ENTITIES
from api.schema.scalars import calendar_date, reference
from graph.domain import conflict, model, predicates, words
from graph.domain.closed_list import ClosedList

PRINTED = build_schema(sdl())
TYPES: dict[str, GraphQLNamedType] = {
    name: type_ for name, type_ in PRINTED.type_map.items() if not is_introspection_type(type_) and not is_specified_scalar_type(type_)
}
COMPOSITE = {name: type_ for name, type_ in TYPES.items() if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)}

PAGED = {"first": "Int", "after": "String", "last": "Int", "before": "String"}

ENTITY = {
    "id": "ID!",
    "uri": "URI!",
    "slug": "String!",
    "name": "String!",
    "shortName": "String!",
    "description": "String",
    "alternateNames": "[AlternateName!]!",
    "identifiers": "[Identifier!]!",
    "context": "TemporalContext!",
    "claims": "ClaimConnection!",
    "conflicts": "[Conflict!]!",
    "statedFigures": "StatedFigures!",
    "mentionedIn": "[Source!]!",
    "uses": "[Document!]!",
    "subjectTo": "[Document!]!",
}
ORGANIZATION = ENTITY | {
    "statusLabel": "String",
    "status": "OrganizationStatus!",
    "operationalPeriod": "Period",
    "predecessors": "[Succession!]!",
    "successors": "[Succession!]!",
    "represents": "[Representation!]!",
    "representedBy": "[Representation!]!",
    "issued": "[Document!]!",
    "changes": "[ChangeEvent!]!",
    "memberships": "MembershipConnection!",
    "members": "MembershipConnection!",
}

# Lists that are returned whole. Each is short by nature or bounded by what was asked for; anything else is a connection.
SHORT_LISTS = {
    "Query.resolve",
    "Resolution.candidates",
    "ResolutionCandidate.successors",
    "SearchEdge.supersededBy",
    "CareFunction.accessBy",
    "CareFunction.broader",
    "CareFunction.closeMatches",
    "CareFunction.narrower",
    "Change.claims",
    "ChangeEvent.about",
    "ChangeEvent.basis",
    "ChangeEvent.claims",
    "ChangeEvent.original",
    "ChangeEvent.resulting",
    "Claim.contradicts",
    "Collaboration.covers",
    "Collaboration.documents",
    "Collaboration.exceptions",
    "Collaboration.figures",
    "Collaboration.functions",
    "Collaboration.procurements",
    "ComparedContract.excluded",
    "ComparedContract.organizations",
    "ComparedContract.unknown",
    "ComparedFunction.excluded",
    "ComparedFunction.organizations",
    "ComparedFunction.unknown",
    "ComparedMembership.excluded",
    "ComparedMembership.members",
    "ComparedMembership.memberships",
    "ComparedMembership.unknown",
    "Comparison.contracts",
    "Comparison.different",
    "Comparison.functions",
    "Comparison.organizations",
    "Comparison.shared",
    "Conflict.claims",
    "Contract.buyers",
    "Contract.covers",
    "Contract.exceptions",
    "Contract.figures",
    "Contract.functions",
    "Contract.options",
    "Contract.succeeds",
    "Contract.supplierCounts",
    "Coverage.conflicts",
    "Coverage.reasonLabels",
    "Coverage.reasons",
    "Coverage.via",
    "CoverageMatrix.cells",
    "CoverageMatrix.functions",
    "CoverageMatrix.municipalities",
    "CoverageMatrix.summary",
    "CoveragePath.claims",
    "CoveragePath.providers",
    "CoveragePath.steps",
    "CoveredMunicipalityEdge.coverage",
    "Dataset.sources",
    "Document.appliesTo",
    "Document.binds",
    "Document.figures",
    "Document.issuedBy",
    "Document.texts",
    "Document.usedBy",
    "Entity.alternateNames",
    "Entity.conflicts",
    "Entity.identifiers",
    "Entity.mentionedIn",
    "Entity.subjectTo",
    "Entity.uses",
    "Figure.functions",
    "GovernanceBody.bodyOf",
    "GovernanceBody.prepares",
    "GraphPath.steps",
    "Lot.functions",
    "Membership.claims",
    "Membership.conflicts",
    "Meta.counts",
    "Meta.datasets",
    "Meta.sources",
    "Municipality.coverage",
    "Organization.changes",
    "Organization.issued",
    "Organization.predecessors",
    "Organization.represents",
    "Organization.representedBy",
    "Organization.successors",
    "PathStep.claims",
    "Procurement.buyers",
    "Procurement.lots",
    "Query._entities",
    "Query.careFunctions",
    "Query.gaps",
    "Query.governance",
    "Query.nodes",
    "Query.savedQuestions",
    "Query.path",
    "Query.sources",
    "Query.timeline",
    "Query.whoCovers",
    "Region.accessBy",
    "Representation.claims",
    "StatedFigures.nodes",
    "Region.figures",
    "Source.leftOut",
    "ClaimChange.touches",
    "Region.functions",
}

WITHOUT_A_DAY = {"_entities", "_service", "node", "nodes", "meta", "sources", "conflicts", "savedQuestions", "diff", "timeline", "changes"}


def described() -> Iterator[tuple[str, str | None]]:
    for name, type_ in TYPES.items():
        yield name, type_.description
        if isinstance(type_, GraphQLEnumType):
            yield from ((f"{name}.{value}", each.description) for value, each in type_.values.items())
        elif isinstance(type_, GraphQLInputObjectType):
            yield from ((f"{name}.{field}", each.description) for field, each in type_.fields.items())
        elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for field, each in type_.fields.items():
                yield f"{name}.{field}", each.description
                yield from ((f"{name}.{field}({arg})", a.description) for arg, a in each.args.items())


def owner(type_: GraphQLObjectType | GraphQLInterfaceType, field: str) -> str:
    """The most general type that declares a field."""
    declaring = [i for i in type_.interfaces if field in i.fields]
    return min(declaring, key=lambda i: len(i.interfaces)).name if declaring else type_.name


def shape(name: str) -> dict[str, str]:
    return {field: str(each.type) for field, each in COMPOSITE[name].fields.items()}


def test_everything_has_a_description_that_is_a_sentence() -> None:
    assert [place for place, text in described() if not (text or "").endswith(".")] == []


def test_the_schema_file_is_the_schema() -> None:
    written = (Path(api.__file__).parent / "schema.graphql").read_text(encoding="utf-8")
    assert written == sdl(), 'write it anew: python -c "from api.schema import sdl; print(sdl(), end=str())" > api/schema.graphql'


def test_every_list_is_short_or_a_connection() -> None:
    whole = {
        f"{owner(type_, field)}.{field}"
        for name, type_ in COMPOSITE.items()
        for field, each in type_.fields.items()
        if is_list_type(get_nullable_type(each.type)) and not name.endswith("Connection")
    }
    assert whole == SHORT_LISTS


def test_every_connection_can_be_paged_through() -> None:
    for type_ in COMPOSITE.values():
        for field, each in type_.fields.items():
            if get_named_type(each.type).name.endswith("Connection"):
                assert {"first", "after"} <= set(each.args), f"{type_.name}.{field}"


def test_every_connection_has_the_form_of_relay() -> None:
    connections = [name.removesuffix("Connection") for name in COMPOSITE if name.endswith("Connection")]
    assert len(connections) == 14
    for name in connections:
        edge = name.removeprefix("Covered") if f"{name}Edge" not in TYPES else name
        node = {"Search": "Entity"}.get(name, name.removeprefix("Covered"))
        have = shape(f"{name}Connection")
        assert have["edges"] == f"[{edge}Edge!]!"
        assert have["nodes"] == f"[{node}!]!"
        assert (have["pageInfo"], have["totalCount"]) == ("PageInfo!", "Int!")
        assert shape(f"{edge}Edge").items() >= {"cursor": "String!", "node": f"{node}!"}.items()


def test_lists_of_members_say_whether_they_are_whole() -> None:
    stating = {name for name in COMPOSITE if "completeness" in COMPOSITE[name].fields}
    assert stating == {
        "MembershipConnection", "MunicipalityConnection", "ContractConnection", "CoveredMunicipalityConnection", "StatedFigures",
    }  # fmt: skip
    for name in stating - {"StatedFigures"}:
        assert shape(name)["completeness"] == "ListCompleteness!"
        assert shape(name)["remark"] == "String"


def test_the_interfaces_have_the_fields_that_clients_are_promised() -> None:
    assert shape("Node") == {"id": "ID!"}
    assert shape("Entity") == ENTITY
    assert shape("Organization") == ORGANIZATION


def test_every_entity_has_the_fields_of_its_interfaces() -> None:
    plain = set(model.ENTITIES) - model.ORGANIZATIONS
    assert {t.name for t in PRINTED.get_implementations(PRINTED.get_type("Entity")).objects} == set(model.ENTITIES)  # type: ignore[arg-type]
    assert [entity.__name__ for entity in ENTITIES] == list(model.ENTITIES)
    for name in model.ORGANIZATIONS:
        assert shape(name).items() >= ORGANIZATION.items()
        assert [i.name for i in COMPOSITE[name].interfaces] == ["Organization", "Entity", "Node"]
    for name in plain:
        assert shape(name).items() >= ENTITY.items()
        assert [i.name for i in COMPOSITE[name].interfaces] == ["Entity", "Node"]


def test_members_can_be_filtered_ordered_and_paged() -> None:
    for field in ("members", "memberships"):
        args = {name: str(arg.type) for name, arg in COMPOSITE["Organization"].fields[field].args.items()}
        assert args == {"filter": "MembershipFilter", "orderBy": "[MembershipOrder!]", "during": "PeriodInput"} | PAGED


def test_every_root_field_that_answers_from_the_graph_takes_a_day() -> None:
    query = COMPOSITE["Query"].fields
    assert {name for name, field in query.items() if "asOf" not in field.args} == WITHOUT_A_DAY
    assert {str(field.args["asOf"].type) for field in query.values() if "asOf" in field.args} == {"Date"}


def test_a_node_may_be_absent() -> None:
    assert shape("Query")["node"] == "Node"
    assert shape("Query")["nodes"] == "[Node]!"


def test_every_scalar_of_ours_says_where_it_is_specified() -> None:
    scalars = {name: type_ for name, type_ in TYPES.items() if isinstance(type_, GraphQLScalarType)}
    assert {name for name, type_ in scalars.items() if not type_.specified_by_url} == set()
    ours = [type_.specified_by_url for type_ in scalars.values() if (type_.specified_by_url or "").startswith("/")]
    assert [url for url in ours if not (FOLDER / str(url).removeprefix(f"{FILES}/")).is_file()] == []
    assert ours


def test_optional_arguments_do_not_default_to_null() -> None:
    assert "= null" not in sdl()


OURS = {"FacetField", "OrderDirection"}  # of the interface, not of the field; and so are the orders of lists


def test_every_closed_list_is_an_enum_with_its_words_and_descriptions() -> None:
    lists = [value for module in (words, model, predicates) for value in vars(module).values() if isinstance(value, ClosedList)]
    lists.remove(words.EVENT_KINDS)  # the enum has the kinds of moments, which are more
    described = {(one.about, tuple((word.key, word.description) for word in one.values())) for one in lists}
    enums = {
        (type_.description, tuple((name, value.description) for name, value in type_.values.items()))
        for name, type_ in TYPES.items()
        if isinstance(type_, GraphQLEnumType) and name not in OURS and not name.endswith("OrderField")
    }
    assert enums == described


def test_the_rules_of_a_conflict_are_described() -> None:
    text = COMPOSITE["Conflict"].fields["rule"].description or ""
    assert [rule for rule in conflict.RULES if rule not in text] == []


def test_a_day_is_read_strictly() -> None:
    assert calendar_date("2023-06-01") == datetime.date(2023, 6, 1)
    assert calendar_date("2024-02-29") == datetime.date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2023-13-01", "2023-02-29", "20230601", "2023-W22-4", "2023-6-1", " 2023-06-01", "0000-01-01", ""])
def test_what_is_no_day_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ValueError, match="is not a calendar date: write YYYY-MM-DD, for example 2023-06-01") as error:
        calendar_date(text)
    assert str(error.value).startswith(f'"{text}"')


@pytest.mark.parametrize("value", [20230601, None, True, ["2023-06-01"]])
def test_a_day_is_a_text(value: object) -> None:
    with pytest.raises(ValueError, match="is not a calendar date"):
        calendar_date(value)


def test_a_reference_is_kept_as_it_is_written() -> None:
    assert reference("CBS_GM:GM0479") == "CBS_GM:GM0479"
    assert reference("’s Heeren Loo") == "’s Heeren Loo"
    assert reference("x" * 200) == "x" * 200


@pytest.mark.parametrize("value", ["", "  ", "x" * 201, "a\ud800b", 479, None])
def test_what_cannot_point_at_anything_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="reference") as error:
        reference(value)
    assert str(error.value).encode().endswith(b".")


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ('{ municipality(ref: "GM0479", asOf: "2023-13-01") { code } }', None),
        ('query ($day: Date) { municipality(ref: "GM0479", asOf: $day) { code } }', {"day": "2023-13-01"}),
    ],
)
def test_a_client_reads_why_a_day_is_refused(query: str, variables: dict[str, object] | None) -> None:
    errors = schema.execute_sync(query, variable_values=variables).errors or []
    assert ['"2023-13-01" is not a calendar date: write YYYY-MM-DD, for example 2023-06-01.' in e.message for e in errors] == [True]
    assert errors[0].locations


def test_the_schema_answers_introspection() -> None:
    assert schema.execute_sync("{ __schema { queryType { name } } }").data == {"__schema": {"queryType": {"name": "Query"}}}
