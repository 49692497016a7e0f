"""Every page of a search has a title of its own: what was asked, how much was found."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from archive.articles.models import Article

pytestmark = pytest.mark.django_db
ASKED = "/search/?q=خلفوف"


def title(path: str, language: str) -> str:
    page = Client(headers={"accept-language": language}).get(path).content.decode()
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
