"""The region that a page shows if nobody chooses one: the same on every page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.regions import Region, richest, richness
from tests.api.pages.conftest import Read


def region(uri: int, functions: int, contracts: int) -> Region:
    return {"uri": f"{uri:03}", "functions": [{}] * functions, "contracts": {"totalCount": contracts}}


REGIONS = st.lists(st.builds(region, st.integers(0, 99), st.integers(0, 3), st.integers(0, 3)), unique_by=lambda one: str(one["uri"]))


@given(REGIONS, st.randoms(use_true_random=False))
def test_the_richest_region_is_the_same_in_every_order(regions: list[Region], chance: object) -> None:
    found = richest(regions)
    assert found is richest(sorted(regions, key=lambda _: chance.random()))  # type: ignore[attr-defined]
    assert all(richness(found) >= richness(one) for one in regions) if found else not regions


@pytest.mark.parametrize("page", ["/", "/dekking", "/netwerk", "/tijdlijn"])
def test_every_page_without_a_choice_shows_the_same_region(read: Read, page: str) -> None:
    headings = re.findall(r"<h[12][^>]*>([^<]*)", read(f"{page}?asOf=2024-01-01").text)
    assert any("Zaanstreek-Waterland" in heading for heading in headings), headings
