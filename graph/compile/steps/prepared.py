"""The steps that questions usually take: every list of every type in its own order, without a filter, and every way to begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, product

from graph.compile.catalog import ENTITY
from graph.compile.fields import CATALOG
from graph.compile.plan import in_steps, plan
from graph.compile.rows import Build, Row, Scope
from graph.compile.steps.split import Step, of_block
from graph.question import Argument, Ask, Fields, Items, Parameter

_NOTHING = (("", ()),)  # of one type, whichever, nothing
_PAGE = (("", (Ask("", "nodes", (), _NOTHING), Ask("", "totalCount"))),)
_PATH = (("CoveragePath", ()),), (("CoveragePath", (Ask("", "steps", (), _NOTHING),)),)
_COVERAGES = tuple((("Coverage", (Ask("", "via", (), path), Ask("", "conflicts", (), _NOTHING))),) for path in _PATH)
_MATRIX = (("", (Ask("a", "cells", (), _COVERAGES[0]), Ask("b", "municipalities", (), _NOTHING), Ask("c", "functions", (), _NOTHING))),)
_META = (("", tuple(Ask("", name, (), _NOTHING) for name in ("generatedAt", "openConflicts", "counts", "timeSpan", "sources"))),)
_OTHER_NODES = ("Membership", "Claim", "Source", "Conflict", "Figure", "ChangeEvent")
_NODES = (*(type_ for type_, fields in CATALOG.items() if fields.keys() >= ENTITY.keys()), *_OTHER_NODES)

Arguments = tuple[tuple[str, Argument], ...]
Children = tuple[tuple[str, tuple[Ask, ...]], ...]


def closed() -> Iterator[Step]:
    """The steps of all questions that have at most one filter, one order or one turn in a list: each text once, the plainest first.

    They are made as they are taken, because to make them all takes a while.
    """
    seen = set[str]()
    for variants in (((),), _variants()):
        for one in chain(_roots(variants), _lists(variants)):
            for step in one.all():
                if step.text and step.text not in seen:
                    seen.add(step.text)
                    yield step


def _variants() -> tuple[Arguments, ...]:
    """What a list can be asked with, one thing at a time; of what a list does not know it makes nothing."""
    value, words = Parameter("p0", "Ref"), Items(("WORD",))
    filters: list[tuple[str, Argument]] = [(name, words) for name in ("kind", "scale", "legalForm", "role", "status")]
    filters += [(name, flag) for name in ("hasConflict", "hasSuccessor", "isCertifiedInstitution") for flag in (True, False)]
    filters += [(name, value) for name in ("function", "member", "organization", "contract", "collaboration", "supplier", "buyer")]
    filters += [(name, value) for name in ("municipality", "endsBefore", "endsAfter", "nameContains")]
    filters += [("takesPart", False)]
    orders = ("NAME", "CODE", "MEMBER_NAME", "ORGANIZATION_NAME", "START_DATE", "END_DATE", "MAX_EXTENT_DATE")
    during = (("startDate", value), ("endDate", Parameter("p1", "Date")))
    return (
        *((("filter", Fields((one,))),) for one in filters),
        *((("orderBy", Items((Fields((("field", o), ("direction", d))),))),) for o in orders for d in ("ASC", "DESC")),
        *((("during", Fields(some)),) for some in (during[:1], during[1:], during)),
        *(((name, value),) for name in ("last", "after", "predicate", "functions")),
        *(((name, words),) for name in ("status", "kind")),
    )


def _roots(variants: Iterable[Arguments]) -> Iterator[Step]:
    for field, arguments, children in _questions():
        for more in variants if children is _PAGE else ((),):
            with suppress(KeyError):  # not every list has every order
                references, first = in_steps(plan(Ask("", field, arguments + more, children)))
                yield from (*references, first)


def _questions() -> Iterator[tuple[str, Arguments, Children]]:
    for name in ("municipality", "region", "collaboration", "provider", "contract", "organization"):
        yield name, _given("ref"), _NOTHING
    for name in ("municipalities", "regions", "collaborations", "providers", "contracts", "conflicts"):
        yield name, (), _PAGE
    yield from (("municipalities", _given(name), _PAGE) for name in ("region", "refs"))
    yield from (("careFunctions", arguments, _NOTHING) for arguments in ((), _given("definedBy")))
    yield "governance", _given("region"), _NOTHING
    yield "sources", (), _NOTHING
    yield from (("meta", (), children) for children in (_META, _NOTHING))
    yield from (("node", (("type", type_), ("id", Parameter("p0", "ID"))), ((type_, ()),)) for type_ in _NODES)
    for coverage in _COVERAGES:
        yield "coverage", _given("municipality", "function"), coverage
    for where in ((), ("region",), ("municipality",)):
        yield "whoCovers", _given("function", *where), _COVERAGES[0]
    for where in ((), ("region",), ("municipalities",)):
        for what in ((), ("functions",)):
            yield "gaps", _given(*where, *what), _COVERAGES[0]
            yield "coverageMatrix", _given(*where, *what), _MATRIX


def _given(*names: str) -> Arguments:
    return tuple((name, Parameter(f"p{at}", "Ref")) for at, name in enumerate(names))


def _lists(variants: Iterable[Arguments]) -> Iterator[Step]:
    """The lists of a type as they hang on a thing, or on what a membership or a chain of coverage consists of."""
    seen = set[object]()
    for type_, fields in CATALOG.items():
        known = {"n1": type_, "n2": "Organization", "n3": "Organization", "a": "Entity", "keys": ""}
        scope = Scope(type_, "a" if type_ == "CoveragePath" else "n1", "asOf", {"member": "n2", "organization": "n3", "keys": "keys"})
        for handler, arguments, children in product(fields.values(), variants, (_NOTHING, _PAGE)):
            row = Row("")
            with suppress(KeyError):  # not every list has every order, and of what is no connection no page can be asked
                handler(Build(counter=9), row, scope, Ask("", "", arguments, children))
            for block in row.blocks:
                shape = (block.clauses, block.alone, block.sorting, block.binds)
                if not block.inside and shape not in seen:
                    seen.add(shape)
                    yield of_block(block, known)
