"""The links to the pages of a list: what is near, the first and the last, and gaps between."""

from __future__ import annotations

import pytest

from search.pages.views import page_links


def numbers(present: int, last: int) -> str:
    """The links as a reader sees them: `1 … 4 5 [6] 7 8 … 20`."""
    shown = page_links(present, last, "/search/?page={}".format)["numbers"]
    return " ".join(
        "…" if "gap" in one else f"[{one['number']}]" if one["current"] else str(one["number"]) for one in shown
    )


@pytest.mark.parametrize(
    ("present", "last", "shown"),
    [
        (1, 0, ""),
        (1, 1, ""),
        (1, 3, "[1] 2 3"),
        (1, 20, "[1] 2 3 … 20"),
        (4, 20, "1 2 3 [4] 5 6 … 20"),
        (5, 20, "1 2 3 4 [5] 6 7 … 20"),  # a gap never stands for one page alone
        (10, 20, "1 … 8 9 [10] 11 12 … 20"),
        (20, 20, "1 … 18 19 [20]"),
        (99, 20, "1 … 18 19 20"),
    ],
)
def test_pages_near_the_present_one_have_links(present: int, last: int, shown: str) -> None:
    assert numbers(present, last) == shown


@pytest.mark.parametrize(
    ("present", "previous", "following"),
    [(1, "", "2"), (2, "1", "3"), (3, "2", ""), (4, "3", ""), (9, "", "")],
)
def test_the_steps_lead_to_pages_that_are_there(present: int, previous: str, following: str) -> None:
    links = page_links(present, 3, str)
    assert (links["previous"], links["next"]) == (previous, following)
