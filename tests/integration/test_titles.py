"""Every page has a title of its own; one of a search says what was asked, and how much was found."""

from __future__ import annotations

import html
import re
from collections import defaultdict

import pytest
from django.test import Client

from archive.articles.models import Article
from tests.browser.pages import LANGUAGES, PAGES

pytestmark = pytest.mark.django_db
ASKED = "/search/?q=خلفوف"
NAME = {"ar": "ديوان", "fa": "دیوان", "en": "Diwan"}


def title(path: str, language: str) -> str:
    page = Client(headers={"accept-language": language}).get(path, follow=True).content.decode()
    told = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    return " ".join(told[1].split()) if told else ""


@pytest.mark.parametrize(
    ("path", "language", "told"),
    [
        (ASKED, "en", "خلفوف · 2 articles · Diwan"),
        (f"{ASKED}&country=az", "en", "خلفوف · Azerbaijan · 2 articles · Diwan"),
        (f"{ASKED}&country=az", "ar", "خلفوف · أذربيجان · خبران · ديوان"),
        (f"{ASKED}&country=az", "fa", "خلفوف · آذربایجان · ۲ خبر · دیوان"),
        ("/search/concordance/?q=خلفوف", "en", "خلفوف · Words in context · 2 articles · Diwan"),
        ("/search/", "en", "5 articles · Diwan"),
        ("/search/?q=<b>", "en", "&lt;b&gt; · 0 articles · Diwan"),
    ],
)
def test_a_search_is_called_by_what_was_asked(five: dict[str, Article], path: str, language: str, told: str) -> None:
    assert title(path, language) == told


def test_a_link_to_a_search_is_called_so_too(five: dict[str, Article]) -> None:
    page = Client(headers={"accept-language": "en"}).get(f"{ASKED}&country=az").content.decode()
    assert '<meta property="og:title" content="خلفوف · Azerbaijan · Diwan' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_kinds_of_pages_are_called_alike(five: dict[str, Article], language: str) -> None:
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for kind, paths in PAGES.items():
        for path in paths:
            kinds[title(path, language)].add(kind)
    assert kinds.pop(NAME[language]) == {"home"}
    assert all(told.endswith(f" · {NAME[language]}") for told in kinds)
    assert {told: alike for told, alike in kinds.items() if len(alike) > 1} == {}


def test_a_page_about_a_report_is_called_as_the_report_is(five: dict[str, Article]) -> None:
    one, other = five["003"], five["001"]
    at = one.get_absolute_url()
    about = [at, f"/explain/?q=خلفوف&article={one.identifier}"]
    about += [f"{at}{part}" for part in ("original/", "mistake/", "mistake/thanks/", "witnesses/")]
    titles = {title(path, "en") for path in (*about, f"{at}witnesses/?with={other.identifier}")}
    assert len(titles) == len(about) + 1 and all(one.title in html.unescape(told) for told in titles)
