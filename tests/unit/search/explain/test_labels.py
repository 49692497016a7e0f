"""What explanations say in words."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from search.analysis.passage import REASONS as WAYS_OF_MATCHING
from search.explain.labels import REASONS, fate_sentence, stem_sentence, via_sentence


def test_every_way_of_matching_has_a_label_of_its_own_in_every_language() -> None:
    for language in ("en", "ar", "fa"):
        with override(language):
            assert len({str(REASONS[reason]) for reason in WAYS_OF_MATCHING}) == len(WAYS_OF_MATCHING)


def test_a_form_stands_apart_from_the_direction_of_its_sentence() -> None:
    with override("en"):
        assert via_sentence("stem", "وزير") == "both have the stem \u2068وزير\u2069"


@pytest.mark.parametrize(("reason", "via"), [("exact", "وزير"), ("stem", "")])
def test_where_there_is_nothing_new_to_say_nothing_is_said(reason: str, via: str) -> None:
    assert via_sentence(reason, via) == ""


@pytest.mark.parametrize(
    ("cut", "added", "sentence"),
    [
        ("ات", "", "without the ending \u2068ات\u2069"),
        ("ات", "ة", "with \u2068ة\u2069 in place of the ending \u2068ات\u2069"),
        ("", "ة", "with \u2068ة\u2069 added"),
    ],
)
def test_an_ending_is_cut_changed_or_added(cut: str, added: str, sentence: str) -> None:
    with override("en"):
        assert stem_sentence("ending", cut, added) == sentence


def test_a_letter_that_becomes_another_says_which() -> None:
    with override("en"):
        assert fate_sentence("folded", "ا") == "becomes \u2068ا\u2069"
        assert fate_sentence("dropped", "") == "is left out"
