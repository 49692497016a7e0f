"""The picture of who occurs with whom: bounded, legible, the same for the same pairs."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.ways.network import MOST_ARCS, MOST_NODES, STEP, WIDTH, network

KEYS = st.tuples(st.sampled_from(["official", "country"]), st.integers(0, 60).map(str))
PAIRS = st.lists(
    st.tuples(KEYS, KEYS, st.integers(1, 99)).filter(lambda pair: pair[0] != pair[1]),
    max_size=200,
    unique_by=lambda pair: frozenset(pair[:2]),
)


@given(PAIRS, st.booleans())
def test_the_picture_is_bounded_and_no_label_covers_another(pairs: list[tuple], rtl: bool) -> None:
    made = network(pairs, rtl=rtl)
    assert len(made.nodes) <= MOST_NODES and len(made.arcs) <= MOST_ARCS
    assert all(below.y - above.y >= STEP for above, below in pairwise(made.nodes))
    assert all(0 < node.x < WIDTH and 0 < node.y < made.height for node in made.nodes)
    assert all((node.label_x > node.x) == rtl for node in made.nodes)
    assert {arc.one for arc in made.arcs} | {arc.other for arc in made.arcs} == {node.key for node in made.nodes}


def test_who_occurs_together_most_stands_side_by_side_under_the_thickest_line() -> None:
    qatar, azerbaijan, khalafov = ("country", "qa"), ("country", "az"), ("official", "khalaf-khalafov")
    made = network([(azerbaijan, khalafov, 9), (qatar, azerbaijan, 2)])
    assert [node.key for node in made.nodes] == [azerbaijan, khalafov, qatar]
    assert max(made.arcs, key=lambda arc: arc.width).count == 9
    assert network([(azerbaijan, khalafov, 9), (qatar, azerbaijan, 2)]) == made
    assert not network([]).nodes


def test_the_key_tells_what_the_thinnest_and_the_thickest_arc_count() -> None:
    az, qa, ir = ("country", "az"), ("country", "qa"), ("country", "ir")
    assert [arc.count for arc in network([(az, qa, 63), (az, ir, 9), (qa, ir, 2)]).scale] == [2, 63]
    assert [arc.count for arc in network([(az, qa, 2), (az, ir, 2)]).scale] == [2]
    assert not network([]).scale
