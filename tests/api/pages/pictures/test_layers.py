"""A network in columns: the same order every time, fewer crossings than by name alone, and nothing lost without a word."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.pages.pictures.layers import BOX_HEIGHT, Edge, Node, chosen, crossings, curve, layout, ordered

NODES = [Node(f"urn:{column}:{row}", f"{'abcdefgh'[row]}{column}", column) for column in range(4) for row in range(8)]
NETWORKS = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=40).map(
    lambda pairs: [Edge(a.uri, b.uri) for a, b in pairs if a.column < b.column]
)


@given(NETWORKS, st.randoms())
def test_the_picture_does_not_depend_on_the_order_of_the_answer(edges: list[Edge], chance: random.Random) -> None:
    nodes, shuffled = [*NODES], [*edges]
    chance.shuffle(nodes)
    chance.shuffle(shuffled)
    assert layout(nodes, shuffled) == layout(NODES, edges)


@given(NETWORKS)
def test_no_two_boxes_lie_on_each_other(edges: list[Edge]) -> None:
    places = layout(NODES, edges)
    assert len(places.at) == len(NODES)
    for column in range(4):
        tops = sorted(places.at[node.uri][1] for node in NODES if node.column == column)
        assert all(below - above > BOX_HEIGHT for above, below in pairwise(tops))
        assert tops[-1] + BOX_HEIGHT <= places.height


def test_lines_that_cross_by_name_alone_are_untangled() -> None:
    edges = [Edge(f"urn:0:{row}", f"urn:1:{7 - row}") for row in range(8)]
    by_name = {column: [node for node in NODES if node.column == column] for column in range(4)}
    assert crossings(by_name, edges) == 28
    assert crossings(ordered(NODES, edges), edges) == 0


@given(NETWORKS, st.integers(1, 8))
def test_what_does_not_fit_is_counted_and_the_focus_always_fits(edges: list[Edge], most: int) -> None:
    focus = NODES[7].uri
    shown, left_out = chosen(NODES, focus, edges, most)
    assert focus in {node.uri for node in shown}
    assert len(shown) + sum(left_out.values()) == len(NODES)
    near = {end for edge in edges if focus in (edge.source, edge.target) for end in (edge.source, edge.target)}
    for column in range(4):
        inside = [node.uri in near or node.uri == focus for node in shown if node.column == column]
        assert inside == sorted(inside, reverse=True)  # what touches it comes first


def test_a_line_within_a_column_goes_round_its_side() -> None:
    assert curve((0, 0), (0, 100)).startswith("M208 31C251")
    assert curve((300, 0), (0, 100)) == curve((0, 100), (300, 0))
