"""An archive without a single article: every page says so in a sentence, and no link leads round in a circle."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.curation.actions import withdraw_all
from search.indexing.indexes import BOTH
from search.indexing.writer import rebuild
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
NOTHING_YET = "There are no articles in the archive yet."
NO_ENTRIES = "There are no entries here yet: they are the names that articles of the archive have."
VIEWS = ("", "concordance/", "timeline/", "together/", "wording/", "collocates/", "expression/", "map/")


@pytest.fixture
def empty(own_index: Path) -> None:
    withdraw_all(list(Article.objects.all()), by=None, note="")
    for held in BOTH:
        rebuild(held)


def read(reader: Client, path: str) -> str:
    response = reader.get(path)
    assert response.status_code == 200, path
    return on_one_line(response.content.decode())


@pytest.mark.parametrize("path", ["/", "/dates/", *(f"/search/{view}" for view in VIEWS)])
def test_a_page_of_all_articles_says_that_there_are_none(empty: None, ramin: Client, path: str) -> None:
    text = read(ramin, path)
    assert NOTHING_YET in text
    assert "All 0" not in text and "The whole archive</a>" not in text


@pytest.mark.parametrize("path", ["/countries/", "/officials/", "/bodies/", "/sources/", "/countries/?by=count"])
def test_a_list_without_entries_says_what_stands_in_it(empty: None, ramin: Client, path: str) -> None:
    assert NO_ENTRIES in read(ramin, path)


@pytest.mark.parametrize("path", ["/dates/solar/1402/", "/dates/gregorian/2020/10/", "/dates/lunar/1445/3/19/"])
def test_days_without_an_article_say_so(empty: None, ramin: Client, path: str) -> None:
    text = read(ramin, path)
    assert "No article of the archive is from these days." in text
    assert 'class="scroll"' not in text and 'class="entries' not in text  # no picture and no list of nothing


@pytest.mark.parametrize("path", ["/sources/al-sharq/", "/countries/az/", "/countries/az/qa/"])
def test_a_record_without_an_article_says_so(empty: None, ramin: Client, path: str) -> None:
    assert "There are no articles here yet." in read(ramin, path)


def test_no_region_is_offered_that_no_article_speaks_of(empty: None, ramin: Client) -> None:
    text = read(ramin, "/search/facet/country/")
    assert "There is nothing to choose from." in text and "Regions" not in text


def test_of_five_articles_only_their_regions_are_offered(ramin: Client) -> None:
    text = read(ramin, "/search/facet/country/")
    assert 'data-value="region-south-caucasus"' in text and 'data-count="0"' not in text
