"""Where relationships lead: patterns name no label where there is one kind of thing only, so the model has to keep it that way."""

from __future__ import annotations

import pytest

from graph.build.records import Records
from graph.domain.model import ORGANIZATIONS, PREDICATES
from graph.load.writes import ATTACHED

STARTS = {
    "BUYS": ORGANIZATIONS,
    "MANAGES": ORGANIZATIONS,
    "MEMBER_OF": ORGANIZATIONS,
    "SUPPLIES": {"Provider"},
    "DEFINED_BY": {"CareFunction"},
}
ENDS = {
    "SUPPLIES": {"Contract"}, "UNDER": {"Collaboration"}, "MEMBER_OF": ORGANIZATIONS, "COVERS": {"Region", "Municipality"},
    "EXCEPTS": {"Municipality"}, "DELIVERS": {"CareFunction"}, "CONCERNS": {"CareFunction"}, "BROADER": {"CareFunction"},
    "CLOSE_MATCH": {"CareFunction"}, "DEFINED_BY": ORGANIZATIONS, "SUCCEEDED_BY": {"Contract"}, "FROM_PROCUREMENT": {"Procurement"},
    "PREPARES": {"GovernanceBody"}, "BODY_OF": ORGANIZATIONS, "ORIGINAL": ORGANIZATIONS, "RESULTING": ORGANIZATIONS,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted({*STARTS, *ENDS}))
def test_a_relationship_of_the_model_leads_to_one_kind_of_thing(name: str) -> None:
    made = [p for p in PREDICATES.values() if p.relation == name]
    assert made
    assert {label for p in made for label in (p.to if p.inverse else p.of)} <= STARTS.get(name, set().union(*(p.to | p.of for p in made)))
    assert {label for p in made for label in (p.of if p.inverse else p.to)} <= ENDS.get(name, set().union(*(p.to | p.of for p in made)))


@pytest.mark.parametrize("label", ATTACHED)
def test_what_hangs_on_a_thing_hangs_by_a_relationship_of_its_own(label: str) -> None:
    """So a pattern over that relationship finds things of this one label."""
    assert sum(ATTACHED[label].split("]")[0] == other.split("]")[0] for other in ATTACHED.values()) == 1


def test_no_text_leads_to_a_thing_twice(claims: Records) -> None:
    """So the look-up of a reference needs no DISTINCT."""
    for bundle in claims.bundles():
        assert bundle.references
        assert len(bundle.references) == len({row[0] for row in bundle.references})


def test_no_two_things_share_a_place_in_an_order(claims: Records) -> None:
    for order in ("sortKey", "sortCode"):
        places = [b.properties[order] for b in claims.bundles() if order in b.properties]
        assert places
        assert len(places) == len(set(places))
