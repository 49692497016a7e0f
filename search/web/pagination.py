"""Links to the pages of any list: those around the present one, the first and the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def paging(present: int, last: int, address: Callable[[int], str]) -> dict[str, Any]:
    """For `_partials/pagination.html`; a gap stands for pages left out, nothing for a list of one page."""
    shown = [n for n in range(1, last + 1) if n in {1, last} or abs(n - present) <= 2]
    numbers: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            numbers.append({"gap": True})
        numbers.append({"number": number, "url": address(number), "current": number == present})
    return {
        "previous": address(present - 1) if 1 < present <= last + 1 else "",
        "next": address(present + 1) if present < last else "",
        "numbers": numbers if last > 1 else [],
    }
