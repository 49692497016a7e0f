"""A picture of who occurs with whom: records around a ring, lines between those that occur together; pure.

Records stand in two columns that bend like a ring, so that every label is level and has a line of its own. Who occurs
together most stands side by side: the ring is begun with the most frequent record, and behind each comes the one that
occurs with it most among those that are left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

Key = tuple[str, str]  # kind and slug of a record

MOST_NODES: Final = 30
MOST_EDGES: Final = 50
WIDTH, STEP, MARGIN = 720, 26, 18  # user units
BEND = 130  # how far the ring reaches to either side
LABEL = 12  # from a node to its label
THINNEST, THICKEST = 1.0, 7.0


@dataclass(frozen=True, slots=True)
class Node:
    """A record at its place; `anchor` is the `text-anchor` of its label in left-to-right terms, at `label_x`."""

    key: Key
    x: float
    y: float
    size: float
    label_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two records as the `d` of a path; `count` articles have both."""

    one: Key
    other: Key
    count: int
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Network:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    height: int
    width: int = WIDTH


def network(pairs: Iterable[tuple[Key, Key, int]], most: int = MOST_NODES) -> Network:
    """The picture of the most frequent pairs, given first, that have no more than `most` records in all."""
    chosen = _chosen(pairs, most)
    weights: Counter[Key] = Counter()
    for one, other, count in chosen:
        weights[one] += count
        weights[other] += count
    nodes = _placed(_ring(chosen, weights), weights)
    at = {node.key: node for node in nodes}
    tallest = max((count for _one, _other, count in chosen), default=1)
    edges = [_edge(at[one], at[other], count, count / tallest) for one, other, count in chosen]
    return Network(tuple(nodes), tuple(reversed(edges)), _height(len(nodes)))


def _chosen(pairs: Iterable[tuple[Key, Key, int]], most: int) -> list[tuple[Key, Key, int]]:
    kept: list[tuple[Key, Key, int]] = []
    met: set[Key] = set()
    for one, other, count in pairs:
        if len(kept) < MOST_EDGES and len(met | {one, other}) <= most:
            kept.append((one, other, count))
            met |= {one, other}
    return kept


def _ring(pairs: Sequence[tuple[Key, Key, int]], weights: Mapping[Key, int]) -> list[Key]:
    """The records in the order of the ring."""
    shared: dict[Key, Counter[Key]] = {key: Counter() for key in weights}
    for one, other, count in pairs:
        shared[one][other] += count
        shared[other][one] += count
    left = sorted(weights, key=lambda key: (-weights[key], key))
    ring: list[Key] = []
    while left:
        last = shared[ring[-1]] if ring else Counter[Key]()
        following = max(left, key=lambda key: (last[key], weights[key]))
        left.remove(following)
        ring.append(following)
    return ring


def _height(nodes: int) -> int:
    return STEP * (max(-(-nodes // 2), 1) - 1) + 2 * MARGIN


def _placed(ring: Sequence[Key], weights: Mapping[Key, int]) -> list[Node]:
    """Down the right side, then up the left one."""
    rows, middle = -(-len(ring) // 2), _height(len(ring)) / 2
    heaviest = max(weights.values(), default=1)
    nodes = []
    for place, key in enumerate(ring):
        on_right = place < rows
        row = place if on_right else len(ring) - 1 - place
        y = MARGIN + STEP * row
        bend = BEND * sqrt(max(0.0, 1 - ((y - middle) / (middle + STEP)) ** 2))
        x = WIDTH / 2 + (bend if on_right else -bend)
        label_x = x + (LABEL if on_right else -LABEL)
        size = 3 + 4 * sqrt(weights[key] / heaviest)
        nodes.append(
            Node(key, round(x, 1), round(y, 1), round(size, 1), round(label_x, 1), "start" if on_right else "end")
        )
    return nodes


def _edge(one: Node, other: Node, count: int, share: float) -> Edge:
    """Lines bend towards the middle, so that those between neighbours are seen as well."""
    bent = 0.35 * (one.x + other.x) / 2 + 0.65 * WIDTH / 2
    path = f"M{one.x} {one.y}Q{bent:.1f} {(one.y + other.y) / 2:.1f} {other.x} {other.y}"
    return Edge(one.key, other.key, count, path, round(THINNEST + (THICKEST - THINNEST) * share, 1))
