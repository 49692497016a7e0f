"""The values of a facet as a reader sees them in the panel."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from search.pages.facet_choices import choices
from search.results import Facet, FacetValue

ARMENIA = FacetValue("am", 3, "Armenia", total=12, url="/search/?country=am", exclude_url="/search/?not-country=am")


@pytest.mark.parametrize(("language", "number"), [("en", "3"), ("fa", "۳")])
def test_a_value_has_one_count_in_the_readers_digits(language: str, number: str) -> None:
    with override(language):
        shown = choices(Facet("country", "Country", (ARMENIA,), 1), [ARMENIA])
    assert f'<span class="count">{number}</span>' in shown


def test_each_value_can_be_chosen_and_left_out() -> None:
    facet = Facet("country", "Country", (ARMENIA,), 1)
    with override("en"):
        shown = choices(facet, facet.values)
    assert 'href="/search/?country=am"' in shown and 'href="/search/?not-country=am"' in shown
    assert "aria-current" not in shown and "Left out:" not in shown


def test_an_excluded_value_says_so() -> None:
    excluded = FacetValue("am", 0, "Armenia", excluded=True)
    with override("en"):
        shown = choices(Facet("country", "Country", (excluded,), 1), [excluded])
    assert 'class="choice out"' in shown and "Left out:" in shown and shown.count('aria-current="true"') == 1


def test_what_a_record_is_called_is_text_and_no_markup() -> None:
    value = FacetValue("x", 1, "<b>Qatar</b>", total=1, note="Minister & envoy")
    shown = choices(Facet("official", "Official", (value,), 1), [value])
    assert "<b>" not in shown and "&lt;b&gt;Qatar" in shown and "Minister &amp; envoy" in shown
