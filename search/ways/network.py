"""A picture of who occurs with whom: records in one column, arcs between those that occur together; pure.

An arc diagram: every label is level and has a line of its own, and no line crosses a label. Who occurs together most
stands near: the column is begun with the most frequent record, and behind each comes the one that occurs with it most
among those that are left. Labels stand where reading begins, arcs on the other side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

Key = tuple[str, str]  # kind and slug of a record

MOST_NODES: Final = 30
MOST_ARCS: Final = 50
WIDTH, STEP, MARGIN = 620, 28, 18  # user units
EM: Final = 16  # of them in the height of a letter: the picture grows with the text around it
NAMES = 260  # room for the labels
REACH, GROWTH = 20, 0.84  # how far the arc of neighbours reaches, and how the reach grows with the distance
LABEL = 14  # from a node to its label
THINNEST, THICKEST = 0.5, 9.0  # an arc is as thick as its articles are many


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
class Arc:
    """A line between two records as the `d` of a path; `count` articles have both."""

    one: Key
    other: Key
    count: int
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Network:
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    height: int
    width: int = WIDTH
    across: float = WIDTH / EM

    @property
    def down(self) -> float:
        return self.height / EM

    @property
    def scale(self) -> tuple[Arc, ...]:
        """An arc of the fewest articles and one of the most; one where all have as many."""
        ends = sorted(self.arcs, key=lambda arc: arc.count)
        return tuple({arc.count: arc for arc in (*ends[:1], *ends[-1:])}.values())


def network(pairs: Iterable[tuple[Key, Key, int]], most: int = MOST_NODES, *, rtl: bool = False) -> Network:
    """The picture of the most frequent pairs, given first, that have no more than `most` records in all."""
    chosen = _chosen(pairs, most)
    weights: Counter[Key] = Counter()
    for one, other, count in chosen:
        weights[one] += count
        weights[other] += count
    nodes = _placed(_column(chosen, weights), weights, rtl)
    at = {node.key: node for node in nodes}
    tallest = max((count for _one, _other, count in chosen), default=1)
    arcs = [_arc(at[one], at[other], count, count / tallest, rtl) for one, other, count in chosen]
    return Network(tuple(nodes), tuple(reversed(arcs)), STEP * (max(len(nodes), 1) - 1) + 2 * MARGIN)


def _chosen(pairs: Iterable[tuple[Key, Key, int]], most: int) -> list[tuple[Key, Key, int]]:
    kept: list[tuple[Key, Key, int]] = []
    met: set[Key] = set()
    for one, other, count in pairs:
        if len(kept) < MOST_ARCS and len(met | {one, other}) <= most:
            kept.append((one, other, count))
            met |= {one, other}
    return kept


def _column(pairs: Sequence[tuple[Key, Key, int]], weights: Mapping[Key, int]) -> list[Key]:
    """The records from the first line to the last."""
    shared: dict[Key, Counter[Key]] = {key: Counter() for key in weights}
    for one, other, count in pairs:
        shared[one][other] += count
        shared[other][one] += count
    left = sorted(weights, key=lambda key: (-weights[key], key))
    column: list[Key] = []
    while left:
        last = shared[column[-1]] if column else Counter[Key]()
        following = max(left, key=lambda key: (last[key], weights[key]))
        left.remove(following)
        column.append(following)
    return column


def _placed(column: Sequence[Key], weights: Mapping[Key, int], rtl: bool) -> list[Node]:
    """One below the other, the more often a record occurs the larger."""
    heaviest = max(weights.values(), default=1)
    x, label_x = (WIDTH - NAMES, WIDTH - NAMES + LABEL) if rtl else (NAMES, NAMES - LABEL)
    return [
        Node(
            key, x, MARGIN + STEP * row, round(3 + 4 * sqrt(weights[key] / heaviest), 1), label_x,
            "start" if rtl else "end",
        )
        for row, key in enumerate(column)
    ]  # fmt: skip


def _arc(one: Node, other: Node, count: int, share: float, rtl: bool) -> Arc:
    """Half an ellipse, the wider the farther apart the two stand."""
    distance = abs(one.y - other.y)
    reach = REACH * (distance / STEP) ** GROWTH
    top, bottom = min(one.y, other.y), max(one.y, other.y)
    path = f"M{one.x} {top}A{reach:.1f} {distance / 2:.1f} 0 0 {0 if rtl else 1} {one.x} {bottom}"
    return Arc(one.key, other.key, count, path, round(max(THINNEST, THICKEST * share), 1))
