"""Feeds as a feed reader reads them."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from urllib.parse import urlencode
from xml.etree import ElementTree

import atoma
import fastfeedparser
import feedparser
import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.articles import cards
from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord, Name, Rights
from archive.curation.actions import edit, withdraw
from archive.states import LinkState
from search.feeds import items
from search.indexing.writer import apply_all

pytestmark = pytest.mark.django_db
KINDS = ["rss", "atom"]
ATOM = "{http://www.w3.org/2005/Atom}"


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
    days = [entry.published_parsed for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    newest = next(entry for entry in feed.entries if "Undated" not in str(entry))
    assert (newest.title, newest.id) == (five["003"].title, five["003"].guid)
    assert newest.link.endswith(five["003"].get_absolute_url())


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
    edit(five["000"], {"title": "b"})
    apply_all()
    later = client.get(f"/feeds/{kind}/", {"country": "qa"}, headers={"if-none-match": first.headers["ETag"]})
    assert later.status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_items_survive_an_edited_title(
    own_index: object, five: dict[str, Article], ramin: Client, kind: str
) -> None:
    before = {entry.id for entry in read(ramin, kind).entries}
    edit(five["000"], {"title": "عنوان آخر تمامًا"})
    apply_all()
    feed = read(ramin, kind)
    assert {entry.id for entry in feed.entries} == before
    assert "عنوان آخر تمامًا" in {entry.title for entry in feed.entries}


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_is_valid_xml_whatever_the_text_holds(five: dict[str, Article], ramin: Client, kind: str) -> None:
    article = five["000"]
    nul = "\x00" if connection.vendor == "sqlite" else ""  # PostgreSQL holds none
    article.title = f"]]> & <b>\x0b{nul} \ufffe «قطر»"
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
    undated = entries[five["002"].guid]
    assert undated.published_parsed[:3] == five["002"].created_at.timetuple()[:3]
    assert "Undated; it came into the archive on" in str(undated.get("content") or undated.description)


def test_a_json_feed_says_what_the_others_say(five: dict[str, Article], ramin: Client) -> None:
    answer = ramin.get("/feeds/json/", {"q": "Khalafov", "country": "ir"})
    assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    told = json.loads(answer.content)
    assert told["version"] == "https://jsonfeed.org/version/1.1" and told["title"] == "Khalafov · Iran – Diwan"
    (item,) = told["items"]
    assert (item["id"], item["language"]) == (five["003"].guid, "fa") and item["url"].startswith("http://testserver/")
    assert datetime.datetime.fromisoformat(item["date_published"]).date() == five["003"].dated_on
    assert {"Iran", "Azerbaijan"} <= set(item["tags"]) and 'dir="rtl"' in item["content_html"]


def test_other_clients_read_the_same_items_as_feedparser(five: dict[str, Article], ramin: Client) -> None:
    """atoma, which takes nothing that is not as its standard says, and fastfeedparser, which reads JSON Feed, too."""
    sent = {kind: ramin.get(f"/feeds/{kind}/", {"q": "Khalafov"}).content for kind in (*KINDS, "json")}
    names = [entry.id for entry in feedparser.parse(sent["rss"]).entries]
    rss, atom = atoma.parse_rss_bytes(sent["rss"]), atoma.parse_atom_bytes(sent["atom"])
    assert len(names) == 2 and [item.guid for item in rss.items] == [entry.id_ for entry in atom.entries] == names
    assert [item.pub_date for item in rss.items] == [entry.published for entry in atom.entries]
    assert [item.title for item in rss.items] == [entry.title.value for entry in atom.entries]
    for kind, content in sent.items():
        assert [entry.id for entry in fastfeedparser.parse(content).entries] == names, kind


def test_a_json_feed_names_what_was_withdrawn(own_index: object, five: dict[str, Article], ramin: Client) -> None:
    withdraw(five["001"], note="a mistake")
    apply_all()
    told = json.loads(ramin.get("/feeds/json/").content)
    assert [(one["id"], one["reason"]) for one in told["_diwan"]["withdrawn"]] == [(five["001"].guid, "a mistake")]
    assert len(told["items"]) == 4


@pytest.mark.parametrize("kind", [*KINDS, "json"])
def test_a_feed_of_summaries_has_first_paragraphs_alone(five: dict[str, Article], ramin: Client, kind: str) -> None:
    whole = ramin.get(f"/feeds/{kind}/").content.decode()
    short = ramin.get(f"/feeds/{kind}/", {"text": "summary"}).content.decode()
    first, second = [one.split(" ")[0:4] for one in five["001"].paragraphs[:2]]
    assert " ".join(first) in short and " ".join(second) in whole and " ".join(second) not in short


@pytest.mark.parametrize("kind", KINDS)
def test_items_have_their_records_as_categories(five: dict[str, Article], ramin: Client, kind: str) -> None:
    entries = {entry.id: entry for entry in read(ramin, kind).entries}
    assert "Latvia" in {tag.term for tag in entries[five["001"].guid].tags}


# Documents of what came before


def block_of(article: Article, size: int) -> int:
    return int(article.pk) // size


def walked(client: Client, kind: str, **parameters: object) -> list[tuple[str, set[str]]]:
    """The address and the names of items of a feed and of its archived documents, as they lead to each other."""
    address, found = f"/feeds/{kind}/?{urlencode(parameters)}", []
    while address:
        answer = client.get(address)
        if kind == "json":
            told = json.loads(answer.content)
            names, following = {item["id"] for item in told["items"]}, told.get("next_url", "")
        else:
            parsed = feedparser.parse(answer.content)
            assert not parsed.bozo
            names = {entry.id for entry in parsed.entries}
            following = next((one.href for one in parsed.feed.links if one.rel == "prev-archive"), "")
        found.append((address, names))
        address = following.removeprefix("http://testserver")
    return found


@pytest.mark.parametrize("kind", [*KINDS, "json"])
@pytest.mark.parametrize("size", [1, 2])
def test_a_feed_leads_to_all_that_came_before(
    five: dict[str, Article], ramin: Client, settings: LazySettings, kind: str, size: int
) -> None:
    settings.FEED_SIZE = size
    documents = walked(ramin, kind)
    assert documents[0][1] == {one.guid for one in sorted(five.values(), key=lambda one: -one.pk)[:size]}
    assert set().union(*(names for _address, names in documents)) == {one.guid for one in five.values()}
    for address, names in documents[1:]:
        number = int(address.partition("archive=")[2])
        assert names == {one.guid for one in five.values() if block_of(one, size) == number}
    some = [names for _address, names in walked(ramin, kind, country="qa")]
    qatar = Article.objects.filter(access_points__record__slug="qa")
    assert all(some) and set().union(*some) == {one.guid for one in qatar} and len(qatar) == 2


def test_an_undated_report_is_told_when_it_comes(
    five: dict[str, Article], ramin: Client, settings: LazySettings
) -> None:
    """By date it would stand behind all others, and no follower would ever hear of it."""
    undated = five["002"]
    settings.FEED_SIZE = sum(1 for one in five.values() if one.pk >= undated.pk)
    assert undated.guid in {entry.id for entry in read(ramin, "atom").entries}


def test_an_archived_document_keeps_its_place_while_others_come_and_go(
    own_index: object, five: dict[str, Article], ramin: Client, settings: LazySettings
) -> None:
    settings.FEED_SIZE = 1
    one, last = sorted(five.values(), key=lambda one: one.pk)[2:4]
    address = f"/feeds/atom/?archive={one.pk}"
    before = ElementTree.fromstring(ramin.get(address).content)
    assert before.find("{http://purl.org/syndication/history/1.0}archive") is not None
    links = {link.get("rel"): link.get("href", "") for link in before.findall(f"{ATOM}link")}
    assert links["current"] == "http://testserver/feeds/atom/" and links["self"].endswith(address)
    assert links["prev-archive"].endswith(f"archive={one.pk - 1}")
    withdraw(last)
    apply_all()
    assert [entry.id for entry in feedparser.parse(ramin.get(address).content).entries] == [one.guid]
    withdraw(one)
    apply_all()
    empty = feedparser.parse(ramin.get(address).content)
    assert not empty.entries and "prev-archive" in {link.rel for link in empty.feed.links}
    assert [link.href for link in read(ramin, "atom").feed.links if link.rel == "prev-archive"]


@pytest.mark.parametrize("told", ["x", "-1", "", "٣", "9" * 30, "99999"])
def test_there_is_no_archived_document_of_what_is_none(five: dict[str, Article], ramin: Client, told: str) -> None:
    assert ramin.get("/feeds/atom/", {"archive": told}).status_code == 404


def test_a_block_that_fills_is_not_archived_yet(
    five: dict[str, Article], ramin: Client, settings: LazySettings
) -> None:
    last = max(one.pk for one in five.values())
    settings.FEED_SIZE = last + 1
    assert ramin.get("/feeds/atom/", {"archive": "0"}).status_code == 200
    settings.FEED_SIZE = last + 2
    assert ramin.get("/feeds/atom/", {"archive": "0"}).status_code == 404


# What was withdrawn


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_withdrawn_is_a_feed_with_its_reasons(
    own_index: object, five: dict[str, Article], ramin: Client, kind: str
) -> None:
    address = f"/feeds/withdrawn/{kind}/"
    tag = ramin.get(address).headers["ETag"]
    assert ramin.get(address, headers={"if-none-match": tag}).status_code == 304
    withdraw(five["001"], note="a mistake")
    withdraw(five["003"], is_title_told=True)
    answer = ramin.get(address, headers={"if-none-match": tag})
    feed = feedparser.parse(answer.content)
    assert not feed.bozo and feed.feed.title == "Withdrawn reports – Diwan"
    told, bare = feed.entries
    assert (told.title, bare.title) == (f"Withdrawn: {five['003'].title}", f"Withdrawn: {five['001'].identifier}")
    assert bare.link == f"http://testserver{five['001'].get_absolute_url()}"
    text = str(bare.get("content") or bare.description)
    assert "a mistake" in text and five["001"].guid in text and five["001"].guid != bare.id
    assert five["001"].title not in answer.content.decode() and five["003"].paragraphs[1] not in answer.content.decode()


def test_atom_names_what_was_withdrawn_by_tombstones(
    own_index: object, five: dict[str, Article], ramin: Client
) -> None:
    withdraw(five["001"], note="a mistake")
    apply_all()
    for address in ("/feeds/atom/", "/feeds/atom/?country=qa", "/feeds/withdrawn/atom/"):
        feed = ElementTree.fromstring(ramin.get(address).content)
        (gone,) = feed.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
        assert gone.get("ref") == five["001"].guid
        assert datetime.datetime.fromisoformat(gone.get("when", "")).tzinfo is not None


def test_the_page_of_a_withdrawn_report_leads_to_the_feed_of_them(
    own_index: object, five: dict[str, Article], ramin: Client
) -> None:
    withdraw(five["001"])
    assert "/feeds/withdrawn/atom/" in ramin.get(five["001"].get_absolute_url()).content.decode()


# Hubs


def test_a_feed_names_the_hub_that_tells_of_it(five: dict[str, Article], ramin: Client, settings: LazySettings) -> None:
    assert b"hub" not in ramin.get("/feeds/atom/?country=az").content
    settings.WEBSUB_HUB = "https://hub.example/"
    for address in ("/feeds/atom/?country=lv", "/feeds/rss/?country=lv", "/feeds/meetings/atom/"):
        answer = ramin.get(address)
        links = {link.rel: link.href for link in feedparser.parse(answer.content).feed.links}
        assert (links["hub"], links["self"]) == ("https://hub.example/", f"http://testserver{address}")
        assert answer.headers["Link"] == f'<https://hub.example/>; rel="hub", <http://testserver{address}>; rel="self"'
    told = json.loads(ramin.get("/feeds/json/?country=lv").content)
    assert told["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert b"hub" not in ramin.get("/feeds/atom/?archive=0&country=lv").content


def test_pages_name_their_feeds(ramin: Client) -> None:
    html = ramin.get("/search/", {"country": "qa"}).content.decode()
    assert re.search(r'<link rel="alternate"[^>]*application/atom\+xml[^>]*country=qa', html)


def _everything(client: Client, address: str) -> bytes:
    answer = client.get(address, headers={"accept-language": "fa"})
    assert answer.status_code == 200
    return answer.content


def _relabelled(_article: Article) -> None:
    Name.objects.filter(record__kind="country", record__slug="qa").update(text="القطر")


def _restricted(_article: Article) -> None:
    AuthorityRecord.objects.filter(kind="source").update(rights_bulk=Rights.DESCRIPTION)


def _rejected(article: Article) -> None:
    article.access_points.update(state=LinkState.REJECTED)
    cards.write([article.pk])


def _undated(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(dated_on=None, dated_at=None, byline="ع. ق", source_as_printed="قنا")


@pytest.mark.parametrize("kind", [*KINDS, "json"])
@pytest.mark.parametrize("change", [_relabelled, _restricted, _rejected, _undated])
def test_an_item_that_was_kept_is_the_one_that_would_be_written_now(
    own_index: object, five: dict[str, Article], ramin: Client, kind: str, change: Callable[[Article], None]
) -> None:
    address = f"/feeds/{kind}/"
    before = _everything(ramin, address)
    change(five["000"])
    caches["pages"].clear()
    kept = _everything(ramin, address)
    items._kept.cache_clear()
    caches["pages"].clear()
    assert kept == _everything(ramin, address) != before


@pytest.mark.parametrize("address", ["/feeds/rss/", "/feeds/atom/?text=summary", "/feeds/json/"])
def test_one_reader_s_items_are_not_another_s(five: dict[str, Article], ramin: Client, address: str) -> None:
    ways = [{"ui": language, "cal": calendar} for language in ("ar", "fa", "en") for calendar in ("gregorian", "solar")]
    asked = [(way, name) for way in ways for name in ("testserver", "localhost")]
    kept = [ramin.get(address, way, SERVER_NAME=name).content for way, name in asked]
    alone = []
    for way, name in asked:
        items._kept.cache_clear()
        alone.append(ramin.get(address, way, SERVER_NAME=name).content)
    assert kept == alone and len(set(kept)) == len(asked)


@pytest.mark.sqlite_alone
@pytest.mark.parametrize("address", ["/", "/feeds/atom/", "/search/?q=قطر", "/countries/qa/"])
def test_no_page_looks_through_all_articles(five: dict[str, Article], ramin: Client, address: str) -> None:
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as asked:
        assert ramin.get(address).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as `prepare` does: then the database knows that nearly all are published
        for sql in (one["sql"] for one in asked if one["sql"].startswith("SELECT")):
            cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
            assert not [step for *_numbers, step in cursor.fetchall() if step == "SCAN articles_article"], sql


def test_items_are_written_once_for_the_feeds_that_have_them(five: dict[str, Article], ramin: Client) -> None:
    items._kept.cache_clear()
    caches["pages"].clear()
    ramin.get("/feeds/rss/")
    ramin.get("/feeds/rss/", {"country": "qa"})
    held = items._kept.cache_info()
    assert held.misses == 5 and held.hits > 0
