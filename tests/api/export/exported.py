"""Exports of datasets without a store, and datasets made up at random in which everything is said that may be said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any

from hypothesis import strategies as st

from api.answer import Answers
from api.export.export import Export
from graph.dates.period import Period
from graph.domain.claim import Claim, ClaimDataset, Conflict, Dataset, Entity, EntityRef, LeftOut, Locator, Source, Text
from graph.domain.model import ENTITY_TYPES, KINDS_OF, PREDICATES, WORDS_OF, WORDS_OF_QUALIFIER, Predicate, ValueKind
from graph.domain.outline import Outline
from graph.domain.record import FLAGS, TEXTS
from graph.domain.words import CONFLICT_KINDS, CONFLICT_STATUSES, LEFT_OUT_REASONS, METHODS, RANKS
from seeds.check import dataset
from tests.api.conftest import TODAY, NeverAsked
from tests.graph.worlds import days, fuzzy_dates

KEYS = [f"{type_.prefix}/{slug}" for type_ in ENTITY_TYPES.values() for slug in ("one", "two")]
SIGNS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("'=+-@;\"\n,{}")
plain = st.text(SIGNS, min_size=1, max_size=8).map(lambda text: text.strip() or "x")
texts = st.builds(Text, plain, st.none() | plain)
ours = st.builds(Text, plain, plain)
numbers = st.integers(-(10**6), 10**6).map(float) | st.floats(-1e6, 1e6).map(lambda number: round(number, 2))


@cache
def packaged() -> Dataset:
    return dataset()


def export_of(made: Dataset, base_url: str | None = None) -> Export:
    """An export of a dataset, for what asks nothing of a store."""
    return Export(made, Answers(NeverAsked(), lambda: TODAY, "engine"), TODAY, "0123456789abcdef", base_url)


def value(predicate: Predicate, subject: str) -> st.SearchStrategy[Any]:
    match predicate.value:
        case ValueKind.THING:
            keys = [key for key in KEYS if TYPE[key] in predicate.to and key != subject]
            return st.sampled_from(keys).map(EntityRef)
        case ValueKind.WORD:
            return st.sampled_from(list(KINDS_OF[TYPE[subject]] if predicate.name == "kind" else WORDS_OF[predicate.name]))
        case ValueKind.PLAIN:
            codes = {"identifier": ["CBS_GM:GM0479", "CBS_JZ:JZ09"], "ocid": ["ocds-a1b2c3-0001"]}
            return st.sampled_from(codes[predicate.name]) if predicate.name in codes else plain
        case ValueKind.NUMBER:
            return st.integers(1, 4).map(float) if predicate.name == "option" else numbers
        case kind:
            return {ValueKind.TEXT: texts, ValueKind.DATE: fuzzy_dates, ValueKind.FLAG: st.booleans()}[kind]


TYPE = {key: next(type_.label for type_ in ENTITY_TYPES.values() if key.startswith(f"{type_.prefix}/")) for key in KEYS}


def qualifier(name: str) -> st.SearchStrategy[Any]:
    if name in WORDS_OF_QUALIFIER:
        return st.sampled_from(list(WORDS_OF_QUALIFIER[name]))
    if name in FLAGS or name in TEXTS:
        return st.booleans() if name in FLAGS else texts
    return st.sampled_from(["function/one", "function/one function/two"] if name == "functions" else ["region/one", "municipality/two"])


locators = st.builds(
    Locator,
    plain,
    st.none() | st.integers(1, 99),
    st.none() | st.integers(1, 9),
    st.none() | plain,
    st.sampled_from([None, "https://example.nl/#3"]),
)
sources = st.builds(
    Source, st.just(""), st.just(""), plain, st.none() | plain, st.sampled_from([None, "https://example.nl/"]),
    st.none() | fuzzy_dates, st.none(), st.none(), st.none() | plain, st.none() | days,
    st.dictionaries(st.sampled_from(sorted(PREDICATES)), st.integers(1, 9), max_size=2),
    st.lists(st.builds(LeftOut, plain, ours, st.sampled_from(list(LEFT_OUT_REASONS))), max_size=2).map(tuple),
)  # fmt: skip
parts = st.builds(ClaimDataset, st.just(""), ours, ours, plain, days, st.none() | plain, st.none() | plain)


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """Any dataset with a name for each thing; periods are those that its sources give."""
    there = {slug: replace(draw(sources), slug=slug, kind=kind) for slug, kind in (("plan", "DOCUMENT"), ("register", "REGISTRY"))}
    bounds = draw(fuzzy_dates)
    undated = "/" not in bounds.edtf
    if there["plan"].published is None or draw(st.booleans()):
        written = bounds if not undated else None
        there["plan"] = replace(there["plan"], published=there["plan"].published or (bounds if undated else None), written=written)
        there["plan"] = replace(there["plan"], written_reason=draw(ours) if written else None)
    within = {slug: replace(draw(parts), slug=slug) for slug in ("own", "region")}
    claims = {f"{key}.name": _claim(draw, f"{key}.name", key, PREDICATES["name"], there, within) for key in KEYS}
    for number in range(draw(st.integers(2, 8))):
        subject = draw(st.sampled_from(KEYS))
        predicate = draw(st.sampled_from([p for p in PREDICATES.values() if TYPE[subject] in p.of and p.name != "name"]))
        claims[f"c.{number}"] = _claim(draw, f"c.{number}", subject, predicate, there, within)
    pair = draw(st.lists(st.sampled_from(sorted(claims)), min_size=2, max_size=3, unique=True))
    subject, predicate_of = claims[pair[0]].subject, claims[pair[0]].predicate
    conflict = Conflict(
        "C-1", subject, predicate_of, draw(st.sampled_from(list(CONFLICT_KINDS))), draw(st.sampled_from(list(CONFLICT_STATUSES))),
        tuple(pair), draw(ours),
    )  # fmt: skip
    return Dataset({key: Entity(key, TYPE[key]) for key in KEYS}, claims, there, {"C-1": conflict}, within)


def _claim(
    draw: st.DrawFn, key: str, subject: str, predicate: Predicate, there: Mapping[str, Source], within: Mapping[str, ClaimDataset]
) -> Claim:
    source = draw(st.sampled_from(sorted(there)))
    bounds: Callable[[], Any] = partial(draw, st.none() | fuzzy_dates) if predicate.dated else lambda: None
    start, end = bounds(), bounds()
    if start and end and start.earliest and end.latest and end.latest < start.earliest:
        start, end = end, start
    open_ended = end is None and predicate.dated and draw(st.booleans())
    names = draw(st.lists(st.sampled_from(predicate.qualifiers), unique=True)) if predicate.qualifiers else []
    rank = draw(st.sampled_from(list(RANKS)))
    return Claim(
        key, subject, predicate.name, draw(value(predicate, subject)),
        Period.of(start, end, open_ended=open_ended, attested=there[source].attested), source, draw(locators), rank,
        draw(ours) if rank != "NORMAL" else None, draw(st.sampled_from(list(METHODS))), draw(st.none() | ours),
        {name: draw(qualifier(name)) for name in names}, dataset=draw(st.sampled_from(sorted(within))),
    )  # fmt: skip


def outlined(made: Dataset, key: str) -> Dataset:
    """The same with two boundaries of a thing, one of which counts within the other."""
    outlines = [
        Outline(date(2019, 1, 1), date(2020, 12, 31), partial(_drawn, "5.1", "\\u00a9 CBS")),
        Outline(date(2020, 6, 1), date(2020, 6, 30), partial(_drawn, "5", "Kadaster")),
    ]
    return replace(made, outlines={key: outlines})


def _drawn(x: str, attribution: str) -> str:
    ring = f"[[{x},52],[5.2,52.1],[{x},52.25],[{x},52]]"
    return f'{{"type":"Polygon","coordinates":[{ring}],"attribution":"{attribution}"}}'
