"""A condition beside the words of a query."""

from __future__ import annotations

import pytest

from search.syntax import parse
from search.ways.fields import with_field


@pytest.mark.parametrize(
    ("query", "narrowed"),
    [
        ("خلفوف", "خلفوف country:az"),
        ("", "country:az"),
        ("قطر OR لاتفيا", "(قطر OR لاتفيا) country:az"),
        ("قطر | لاتفيا", "(قطر | لاتفيا) country:az"),
    ],
)
def test_a_condition_holds_for_all_alternatives(query: str, narrowed: str) -> None:
    assert with_field(query, "country", "az") == narrowed
    assert parse(with_field(query, "country", "az")).tree == parse(narrowed).tree
