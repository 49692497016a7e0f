"""Feeds as a feed reader reads them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from archive.articles.models import Article
from archive.curation.actions import remember_edit
from search.indexing.writer import apply_all

pytestmark = pytest.mark.django_db
KINDS = ["rss", "atom"]


def read(client: Client, kind: str, **parameters: object) -> feedparser.FeedParserDict:
    response = client.get(f"/feeds/{kind}/", parameters)
    assert response.status_code == 200
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_archive_is_a_feed_newest_first(five: dict[str, Article], ramin: Client, kind: str) -> None:
    feed = read(ramin, kind)
    assert len(feed.entries) == 5
    assert feed.entries[0].title == five["003"].title
    assert feed.entries[0].id == five["003"].guid
    assert feed.entries[0].link.endswith(five["003"].get_absolute_url())


@pytest.mark.parametrize("kind", KINDS)
def test_any_search_is_a_feed_titled_in_words(five: dict[str, Article], ramin: Client, kind: str) -> None:
    feed = read(ramin, kind, q="Khalafov", country="ir")
    assert [entry.id for entry in feed.entries] == [five["003"].guid]
    assert feed.feed.title == "Khalafov · Iran – Diwan"


@pytest.mark.parametrize("kind", KINDS)
def test_every_item_says_its_language_and_direction(five: dict[str, Article], ramin: Client, kind: str) -> None:
    text = ramin.get(f"/feeds/{kind}/").content.decode()
    assert '&lt;div lang="fa" dir="rtl"&gt;' in text
    assert "<dc:language>fa</dc:language>" in text if kind == "rss" else '<entry xml:lang="fa">' in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_that_did_not_change_is_not_sent_again(own_index: object, five: dict[str, Article], kind: str) -> None:
    client = Client(headers={"accept-language": "en"})
    first = client.get(f"/feeds/{kind}/", {"country": "qa"})
    again = client.get(f"/feeds/{kind}/", {"country": "qa"}, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    remember_edit(five["000"], {"title": ["a", "b"]})
    apply_all()
    later = client.get(f"/feeds/{kind}/", {"country": "qa"}, headers={"if-none-match": first.headers["ETag"]})
    assert later.status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_items_survive_an_edited_title(
    own_index: object, five: dict[str, Article], ramin: Client, kind: str
) -> None:
    before = {entry.id for entry in read(ramin, kind).entries}
    five["000"].title = "عنوان آخر تمامًا"
    five["000"].save()
    remember_edit(five["000"], {"title": ["", ""]})
    apply_all()
    feed = read(ramin, kind)
    assert {entry.id for entry in feed.entries} == before
    assert "عنوان آخر تمامًا" in {entry.title for entry in feed.entries}


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_is_valid_xml_whatever_the_text_holds(five: dict[str, Article], ramin: Client, kind: str) -> None:
    article = five["000"]
    article.title = "]]> & <b>\x0b\x00 \ufffe «قطر»"
    article.body = "فقرة\x1f <script>x</script> ]]>\n\n&amp;"
    article.save()
    response = ramin.get(f"/feeds/{kind}/", {"q": "\x0c<&>"})
    ElementTree.fromstring(response.content)
    ElementTree.fromstring(ramin.get(f"/feeds/{kind}/").content)
    assert "<script>" not in ramin.get(f"/feeds/{kind}/").content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_dates_are_those_of_the_reports_and_none_is_invented(
    five: dict[str, Article], ramin: Client, kind: str
) -> None:
    entries = {entry.id: entry for entry in read(ramin, kind).entries}
    assert entries[five["003"].guid].published_parsed[:5] == (2023, 10, 4, 19, 53)
    assert "published" not in entries[five["002"].guid]


def test_pages_name_their_feeds(ramin: Client) -> None:
    html = ramin.get("/search/", {"country": "qa"}).content.decode()
    assert re.search(r'<link rel="alternate"[^>]*application/atom\+xml[^>]*country=qa', html)
