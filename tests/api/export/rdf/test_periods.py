"""When something holds, read back from RDF: whoever reads the file by its own rules comes to the state that the time rule gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from api.export.rdf.description import edtf
from api.export.rdf.periods import interval
from api.export.rdf.terms import PREFIXES, term
from graph.build.properties import period_properties
from graph.dates.edtf import parse
from graph.dates.period import Period, State, state
from tests.graph.worlds import DAYS, days, examples, periods

ADDRESS = "urn:regiograaf:municipality:x#life"


def read(period: Period) -> Mapping[str, str]:
    """Returns what an interval says, by the local names of its properties; of an instant its day."""
    triples = list(interval(ADDRESS, period_properties(period)))
    said = {t.predicate.value.removeprefix(PREFIXES["rg"]): t.object.value for t in triples if t.subject.value == ADDRESS}  # type: ignore[union-attr]
    instants = {t.subject.value: t.object.value for t in triples if t.predicate == term("time:inXSDDate")}  # type: ignore[union-attr]
    return {name: instants.get(value, value) for name, value in said.items()}


def within(said: Mapping[str, str], first: str, last: str, day: date) -> bool:
    return said.get(first, "0000") <= day.isoformat() <= said.get(last, "9999")


@examples(150)
@given(periods(), st.none() | days, st.booleans())
def test_the_days_of_an_interval_are_those_of_the_time_rule(period: Period, read_on: date | None, planned: bool) -> None:
    """Law: it may hold from validFrom through validThrough, and certainly does from certainFrom through certainThrough, unless it is
    planned or stale."""
    period = (period.intended() if planned else period).carried(read_on)
    said = read(period)
    for day in DAYS:
        found = state(period, day)
        assert found.shown == within(said, "validFrom", "validThrough", day)
        certain = "certainFrom" in said and within(said, "certainFrom", "certainThrough", day)
        assert (found is State.YES) == (certain and "planned" not in said and day.isoformat() < said.get("staleFrom", "9999"))


@examples(150)
@given(periods(), st.booleans())
def test_owl_time_has_a_bound_only_if_it_is_certain(period: Period, planned: bool) -> None:
    """Law: on the day of a beginning it holds and on the day before it does not; so for an end; and a plan has neither."""
    said = read(period.intended() if planned else period)
    begins, ends = (said.get(f"{PREFIXES['time']}{name}") for name in ("hasBeginning", "hasEnd"))
    assert begins in (None, said.get("validFrom"))
    assert begins in (None, said.get("certainFrom"))
    assert ends in (None, said.get("validThrough"))
    assert ends in (None, said.get("certainThrough"))
    assert not (planned and (begins or ends))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("2023", "2023"), ("2022-12~", "2022-12~"), ("2021-23", "2021-23"), ("2021-04-21/2021-04-30", "[2021-04-21..2021-04-30]"),
     ("../2016", "[..2016]"), ("2022-12-31/..", "[2022-12-31..]")],
)  # fmt: skip
def test_some_day_between_two_is_one_of_a_set(ours: str, theirs: str) -> None:
    """A table: A/B of EDTF is the whole interval, and ours is one day of it, which EDTF writes in square brackets."""
    assert edtf(parse(ours).edtf) == Literal(theirs, datatype=term("loc:edtf"))
