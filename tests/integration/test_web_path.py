"""What a page costs besides the search, and what is not sent twice."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord
from archive.curation.actions import edit
from config import env
from config.requests import BREAKS, OneLineFormatter, RequestIdFilter
from search.indexing.writer import apply_all
from tests.conftest import ADMIN

pytestmark = pytest.mark.django_db
SEARCH = "/search/?country=qa"


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 14),
        (SEARCH, 6),
        ("/search/?q=قطر", 6),
        ("/officials/khalaf-khalafov/", 20),
        ("/countries/az/", 20),
        ("/countries/az/qa/", 16),
        ("/countries/", 5),
        ("/sources/", 6),
        ("/dates/", 4),
        ("/dates/gregorian/2020/10/", 9),
        ("/feeds/rss/", 4),
        ("/feeds/atom/", 4),
    ],
)
def test_a_page_costs_a_fixed_number_of_queries(
    ramin: Client, django_assert_max_num_queries: object, address: str, queries: int
) -> None:
    ramin.get("/search/")  # reads the names on file
    with django_assert_max_num_queries(queries):
        assert ramin.get(address).status_code == 200


def test_an_article_costs_a_fixed_number_of_queries(
    five: dict[str, Article], ramin: Client, django_assert_max_num_queries: object
) -> None:
    ramin.get("/search/")  # reads the names on file
    for article in five.values():
        with django_assert_max_num_queries(13):
            assert ramin.get(article.get_absolute_url()).status_code == 200


def test_a_page_of_results_that_did_not_change_is_not_sent_again(
    own_index: object, five: dict[str, Article], ramin: Client
) -> None:
    first = ramin.get(SEARCH)
    tag = {"if-none-match": first.headers["ETag"]}
    assert ramin.get(SEARCH, headers=tag).status_code == 304
    assert ramin.get(SEARCH + "&sort=oldest", headers=tag).status_code == 200
    edit(five["000"], {"title": "b"})
    apply_all()
    assert ramin.get(SEARCH, headers=tag).status_code == 200


def test_an_article_that_did_not_change_is_not_sent_again(
    own_index: object, five: dict[str, Article], ramin: Client, django_assert_max_num_queries: Any
) -> None:
    address = five["000"].get_absolute_url()
    tag = {"if-none-match": ramin.get(address).headers["ETag"]}
    with django_assert_max_num_queries(4):
        assert ramin.get(address, headers=tag).status_code == 304
    assert ramin.get(five["001"].get_absolute_url(), headers=tag).status_code == 200
    assert Client(headers={"accept-language": "fa", **tag}).get(address).status_code == 200
    edit(five["000"], {"title": "b"})
    apply_all()
    assert ramin.get(address, headers=tag).status_code == 200


def test_a_record_that_is_taken_off_an_article_changes_its_tag(five: dict[str, Article], ramin: Client) -> None:
    address = five["000"].get_absolute_url()
    tag = {"if-none-match": ramin.get(address).headers["ETag"]}
    five["000"].access_points.update(state="rejected")
    assert ramin.get(address, headers=tag).status_code == 200


def test_a_withdrawn_article_is_gone_for_those_who_keep_a_copy(five: dict[str, Article], ramin: Client) -> None:
    address = five["000"].get_absolute_url()
    tag = {"if-none-match": ramin.get(address).headers["ETag"]}
    Article.objects.filter(pk=five["000"].pk).update(status="withdrawn")
    assert ramin.get(address, headers=tag).status_code in {404, 410}


def test_a_tag_belongs_to_one_language(ramin: Client, db: None) -> None:
    tag = {"if-none-match": ramin.get(SEARCH).headers["ETag"]}
    assert Client(headers={"accept-language": "fa", **tag}).get(SEARCH).status_code == 200


def test_a_changed_label_changes_the_tag(own_index: object, ramin: Client) -> None:
    tag = {"if-none-match": ramin.get(SEARCH).headers["ETag"]}
    AuthorityRecord.objects.get(kind="country", slug="qa").save()
    assert ramin.get(SEARCH, headers=tag).status_code == 200


def test_readers_share_a_page_and_nobody_shares_a_curators(ramin: Client, layla: Client) -> None:
    shared = ramin.get(SEARCH).headers
    assert "public" in shared["Cache-Control"] and "no-cache" in shared["Cache-Control"]
    assert {"Cookie", "Accept-Language"} <= set(re.split(r",\s*", shared["Vary"]))
    assert "private" in layla.get(SEARCH).headers["Cache-Control"]
    assert "private" in ramin.get(SEARCH + "&ui=fa").headers["Cache-Control"]


@pytest.mark.embedded_alone
def test_a_search_that_cannot_answer_is_never_kept(own_index: object, ramin: Client) -> None:
    (own_index / "current").unlink()  # type: ignore[operator]
    answer = ramin.get(SEARCH)
    assert answer.status_code == 503 and "ETag" not in answer.headers


def test_pages_are_compressed(ramin: Client) -> None:
    assert ramin.get(SEARCH, headers={"accept-encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_every_request_has_a_name_of_its_own(ramin: Client) -> None:
    names = {ramin.get("/healthz").headers["X-Request-ID"] for _time in range(3)}
    assert len(names) == 3
    assert ramin.get("/healthz", headers={"x-request-id": "proxy-0123"}).headers["X-Request-ID"] == "proxy-0123"
    assert ramin.get("/healthz", headers={"x-request-id": "a b\u202ec"}).headers["X-Request-ID"] != "a b\u202ec"


def test_a_record_of_the_log_is_one_line_whatever_it_holds() -> None:
    try:
        raise ValueError("first\nsecond \u202eturned")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "", 1, "title\r\nforged", (), info)
    RequestIdFilter().filter(record)
    line = OneLineFormatter("{request_id} {message}", style="{").format(record)
    assert line.startswith("- title") and "ValueError" in line
    assert not BREAKS.search(line) and "\n" not in line


def test_a_locked_database_is_an_honest_503(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_arguments: object, **_named: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("search.browse.home.overview", locked)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert "locked" not in answer.content.decode()


def test_curators_see_how_the_archive_stands(layla: Client, ramin: Client) -> None:
    page = layla.get(f"{ADMIN}status/").content.decode()
    assert "Articles in the index" in page and "Free space on the disk" in page
    assert f"{ADMIN}status/" in layla.get(ADMIN).content.decode()
    assert ramin.get(f"{ADMIN}status/").status_code == 302


def test_a_failed_request_is_logged_with_its_name(caplog: pytest.LogCaptureFixture, ramin: Client) -> None:
    caplog.handler.addFilter(RequestIdFilter())
    ramin.get("/articles/000000000000/", headers={"x-request-id": "proxy-0123"})
    assert [record.request_id for record in caplog.records if record.name == "django.request"] == ["proxy-0123"]


@pytest.fixture
def keeping(settings: Any, tmp_path: Path) -> Path:
    """Pages are kept, as they are when the archive is served."""
    settings.CACHES = {**settings.CACHES, "pages": env.kept(tmp_path / "pages", 1000, "")}
    return tmp_path / "pages"


@pytest.mark.usefixtures("own_index", "keeping")
@pytest.mark.parametrize("address", [SEARCH, "/search/?q=قطر", "/feeds/atom/?q=قطر", "/countries/qa/", "/"])
def test_a_page_is_made_once_for_readers_who_get_the_same(
    five: dict[str, Article], address: str, django_assert_max_num_queries: Any
) -> None:
    first = Client(headers={"accept-language": "fa"}).get(address)
    with django_assert_max_num_queries(3):
        again = Client(headers={"accept-language": "fa"}).get(address)
    assert again.content == first.content
    assert {**again.headers, "X-Request-ID": ""} == {**first.headers, "X-Request-ID": ""}
    assert Client(headers={"accept-language": "en"}).get(address).content != first.content
    changed = Article.objects.get(pk=five["000"].pk)
    edit(changed, {"title": "محادثات سياسية"})
    apply_all()
    assert changed.title in Client(headers={"accept-language": "fa"}).get(address).content.decode()


@pytest.mark.usefixtures("own_index", "keeping")
def test_what_stands_on_a_shelf_is_shown_to_its_reader_alone(five: dict[str, Article], ramin: Client) -> None:
    address = five["001"].get_absolute_url()
    other = Client(headers={"accept-language": "en"})
    assert "Put on the shelf" in ramin.get(address).content.decode()
    kept = {"a": five["001"].identifier, "action": "keep"}
    other.post("/shelf/articles/", kept, headers={"origin": "http://testserver"})
    assert "On your shelf" in other.get(address).content.decode()
    assert "Put on the shelf" in Client(headers={"accept-language": "en"}).get(address).content.decode()


@pytest.mark.usefixtures("own_index", "keeping")
def test_a_withdrawn_article_is_not_shown_from_what_is_kept(five: dict[str, Article], ramin: Client) -> None:
    address = five["001"].get_absolute_url()
    assert ramin.get(address).status_code == 200
    Article.objects.filter(pk=five["001"].pk).update(status="withdrawn")
    assert ramin.get(address).status_code in {404, 410}


@pytest.mark.usefixtures("own_index")
def test_a_page_is_made_where_none_can_be_kept_or_read(
    keeping: Path, ramin: Client, caplog: pytest.LogCaptureFixture
) -> None:
    first = ramin.get(SEARCH)
    (kept,) = keeping.glob("*.djcache")
    kept.write_bytes(kept.read_bytes()[:40])
    assert ramin.get(SEARCH).content == first.content
    kept.unlink()
    keeping.rmdir()
    keeping.write_text("no folder")
    assert ramin.get(SEARCH).content == first.content
    assert "damaged file of a cache was thrown away" in caplog.text
    assert "a kept page cannot be read" in caplog.text and "a page cannot be kept" in caplog.text
