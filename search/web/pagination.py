"""Links to the pages of any list: those around the present one, the first and the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator


def page_links(present: int, last: int, address: Callable[[int], str]) -> dict[str, Any]:
    """For `_partials/pagination.html`; a gap stands for pages left out, nothing for a list of one page."""
    numbers: list[dict[str, Any]] = []
    shown = Paginator(range(last), 1).get_elided_page_range(min(present, last), on_each_side=2, on_ends=1)
    for number in shown if last > 1 else ():
        if isinstance(number, int):
            numbers.append({"number": number, "url": address(number), "current": number == present})
        else:
            numbers.append({"gap": True})
    return {
        "previous": address(present - 1) if 1 < present <= last + 1 else "",
        "next": address(present + 1) if present < last else "",
        "numbers": numbers,
    }
