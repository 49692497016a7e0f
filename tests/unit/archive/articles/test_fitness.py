"""What keeps an article from being published: a report of which next to no text was found."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from archive.articles.fitness import FEWEST_WORDS, reason_to_hold
from archive.articles.models import Article
from archive.states import LinkState, Status

FLASH = "عاجل: وصول وزير الخارجية القطري إلى باكو"


@pytest.mark.parametrize("body", [FLASH, " ".join(["قطر"] * FEWEST_WORDS), "رایزنی‌های سیاسی میان دو کشور برگزار شد"])
def test_the_shortest_flash_of_an_agency_is_a_report(body: str) -> None:
    assert reason_to_hold(Article(body=body)) == ""


@pytest.mark.parametrize("body", ["", " \n\n ", "\u00a0"])
def test_a_page_of_no_text_is_none(body: str) -> None:
    with override("en"):
        assert reason_to_hold(Article(body=body)).startswith("The page was read, but no text")


def test_next_to_no_text_is_told_with_its_words_in_each_language() -> None:
    told = set()
    for language in ("ar", "fa", "en"):
        with override(language):
            told.add(reason_to_hold(Article(body="اقرأ المزيد هنا")))
    assert len(told) == 3 and any("3 words" in sentence for sentence in told)


def test_the_states_of_articles_and_links_have_names_in_each_language() -> None:
    for states in (Status, LinkState):
        for language in ("ar", "fa"):
            with override(language):
                labels = [str(label) for label in states.labels]
            assert len(set(labels)) == len(labels) and not set(labels) & set(states.values)
