"""Which of the boxes that a page names as furniture are its article after all: those that hold its prose.

A box is named by tag, role, class or id (``furniture.rule_of``). The name is a habit of style sheets and no proof:
«widget Blog», «entry-content no-share» and «elementor-widget» hold whole reports. So what reads like prose is weighed,
box against page, before a name is believed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_FEWEST_WORDS = 8
_LEAST_PROSE = 120
"""Characters of prose on a page from which its text is believed to stand outside the boxes."""

_OUTWEIGHS = 2
"""By what factor a box must hold more prose than the open page, where that has prose of its own."""

_STUBBORN = {
    "comments": 4,
    "related-list": 4,
    "cookie-banner": 4,
    "form": 2,
    "quoted-post": 8,
    "caption": 4,
}
"""What holds prose of others by its nature must outweigh the page by more."""

_MOST_ROUNDS = 8
_STOPS = re.compile(r"[.،؛؟!:,;?…«»]")


@dataclass(frozen=True, slots=True)
class Box:
    """An element set apart by its name: by which rule, of which kind, and in which box it stands; 0 for none.

    Boxes of one ``kind`` bear the same classes, numbers aside, as the parts of a page builder do.
    """

    rule: str
    kind: str
    parent: int


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line as a reader sees it, ``box`` the innermost named box around it, ``is_link`` if it is all links."""

    text: str
    role: str = ""
    is_link: bool = False
    box: int = 0


def prose(line: SeenLine) -> int:
    """Return how many characters of a line read like prose: none of a heading, a link, a label or a headline.

    >>> prose(SeenLine("وزير الخارجية يستقبل سفيرا"))
    0
    >>> prose(SeenLine("عقدت وزارتا الخارجية في الدوحة مشاورات سياسية، وترأس الوفدين نائبا الوزيرين.")) > 50
    True
    """
    if line.is_link or line.role not in ("", "quote") or len(line.text.split()) < _FEWEST_WORDS:
        return 0
    return len(line.text) if _STOPS.search(line.text) else len(line.text) // 2


def closed_boxes(lines: Sequence[SeenLine], boxes: Sequence[Box]) -> list[int]:
    """Return for each box, 1 and up, the outermost box around it (itself included) that stays furniture, 0 if none.

    ``boxes[0]`` stands for the page. In each round the kind of boxes opens that holds most prose, if it holds more
    than what is open already: twice as much where the open page has a paragraph, and more for comments and the like.
    """
    inside: dict[int, int] = defaultdict(int)
    for line in lines:
        inside[line.box] += prose(line)
    is_open = [True] + [False] * (len(boxes) - 1)
    for _ in range(_MOST_ROUNDS):
        closed = _outermost(boxes, is_open)
        seen = sum(weight for box, weight in inside.items() if not closed[box])
        weights: dict[tuple[str, str], int] = defaultdict(int)
        for box, weight in inside.items():
            if outermost := closed[box]:
                weights[boxes[outermost].rule, boxes[outermost].kind] += weight
        ranked = sorted(weights, key=lambda kind: weights[kind] / _STUBBORN.get(kind[0], 1), reverse=True)
        best = ranked[0] if ranked else None
        if best is None:
            break
        needed = seen * (_OUTWEIGHS if seen >= _LEAST_PROSE else 1) * _STUBBORN.get(best[0], 1)
        if weights[best] <= needed:
            break
        for at, named in enumerate(boxes):
            if at and (named.rule, named.kind) == best and closed[at] == at:
                is_open[at] = True
    return _outermost(boxes, is_open)


def _outermost(boxes: Sequence[Box], is_open: Sequence[bool]) -> list[int]:
    closed = [0] * len(boxes)
    for at, box in enumerate(boxes):
        if at:  # a box stands behind the one around it
            closed[at] = closed[box.parent] or (0 if is_open[at] else at)
    return closed
