"""Where a page or a file holds the first of more, it says so, in the language of its reader."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import resolve

from archive.pages.bounds import HEAVY, OutOfTime, check_time, time_limit
from search.export.result_set import ResultSet
from search.question import address as forms
from search.request import SearchRequest
from search.syntax import MAX_TERMS
from search.ways.concordance import made as concordance
from search.ways.concordance import views as concordance_views

pytestmark = pytest.mark.django_db
READERS = pytest.mark.parametrize("language", ["en", "ar", "fa"])
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
FOUND = ResultSet(SearchRequest(), 3, ())
PREFIXES = " ".join(f"{letter}ا*" for letter in "بتجحخدرز")


def page(language: str, address: str) -> str:
    response = Client(headers={"accept-language": language}).get(address)
    assert response.status_code == 200
    return str(response.content.decode().translate(DIGITS))


def told(html: str) -> list[list[str]]:
    """The numbers of each sentence that tells of a part."""
    return [re.findall(r"\d+", part) for part in re.findall(r'<p class="soft part">(.*?)</p>', html, flags=re.DOTALL)]


def name_of_file(address: str) -> str:
    response = Client().get(address)
    list(response)
    return str(response.headers["Content-Disposition"])


@READERS
def test_links_to_files_tell_how_many_articles_they_hold(language: str, settings: pytest.FixtureRequest) -> None:
    settings.EXPORT_LIMIT, settings.DOSSIER_LIMIT = 3, 2
    assert told(page(language, "/search/")) == [["3", "5"], ["2", "5"]]
    assert told(page(language, "/countries/az/")) == [["3", "5"], ["2", "5"]]
    settings.EXPORT_LIMIT, settings.DOSSIER_LIMIT = 5, 5
    assert told(page(language, "/search/")) == []


def test_the_name_of_a_file_tells_that_it_holds_the_first(settings: pytest.FixtureRequest) -> None:
    settings.EXPORT_LIMIT = settings.DOSSIER_LIMIT = 2
    assert re.search(r"-first-2-of-5\.csv", name_of_file("/search/export/?format=csv"))
    assert re.search(r"-first-2-of-5\.pdf", name_of_file("/search/export/?format=pdf"))
    settings.EXPORT_LIMIT = 5
    assert "first" not in name_of_file("/search/export/?format=csv")


@READERS
def test_a_list_tells_that_not_all_of_its_pages_can_be_turned_to(
    language: str, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_PAGE_SIZE = 1
    assert 'class="soft beyond"' not in page(language, "/search/?fold=0")
    monkeypatch.setattr(forms, "MAX_PAGE", 2)
    html = page(language, "/search/?fold=0&page=1000000000")
    (sentence,) = re.findall(r'<p class="soft beyond">(.*?)</p>', html, flags=re.DOTALL)
    assert re.findall(r"\d+", sentence) == ["2", "5"]


@READERS
def test_a_concordance_tells_how_much_of_it_a_file_holds(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concordance, "ARTICLES", 1)
    monkeypatch.setattr(concordance_views, "FILE_ARTICLES", 2)
    monkeypatch.setattr(concordance_views, "FILE_LINES", 3)
    address = "?q=أذربيجان"
    assert told(page(language, f"/search/concordance/{address}")) == [["3", "2"]]
    response = Client().get(f"/search/concordance/export/{address}")
    assert b"".join(response.streaming_content).count(b"\r\n") == 1 + 3
    assert "-first-part.csv" in response.headers["Content-Disposition"]


# Time


def test_time_is_asked_for_between_steps() -> None:
    check_time()  # nobody waits
    with time_limit(100):
        with time_limit(-1), pytest.raises(OutOfTime):
            check_time()
        check_time()


@pytest.mark.parametrize(
    "address",
    ["/search/?q=أذربيجان", "/search/?q=قطر&sort=newest", "/search/facet/country/?q=قطر", "/feeds/rss/?q=قطر"],
)
@READERS
def test_a_search_whose_time_is_up_is_no_page_of_results(
    own_index: object, language: str, address: str, settings: pytest.FixtureRequest
) -> None:
    settings.PAGE_SECONDS = -1
    response = Client(headers={"accept-language": language}).get(address)
    assert response.status_code == 503 and response.headers["Cache-Control"] == "no-store"
    assert f'lang="{language}"' in response.content.decode() and "data-article" not in response.content.decode()
    settings.PAGE_SECONDS = 300
    assert Client(headers={"accept-language": language}).get(address).status_code == 200


def test_suggestions_whose_time_is_up_are_none_and_never_kept(
    own_index: object, settings: pytest.FixtureRequest
) -> None:
    settings.PAGE_SECONDS = -1
    response = Client().get("/suggest/?q=لاتف")
    assert response.json()["suggestions"] == [] and response.headers["Cache-Control"] == "no-store"


# What is heavy


def asked_as_heavy(address: str) -> bool:
    """Whether this address takes a slot: with none to be had, it is refused."""
    client = Client()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("config.slots.take", lambda _address: None)
        return bool(client.get(address).status_code == 503)


@pytest.mark.parametrize(
    ("query", "is_heavy"),
    [
        ("", False),
        ("قطر", False),
        ("وزير الخارجية الأذربيجاني خلف خلفوف", False),
        ('"المشاورات السياسية" -لاتفيا country:qa', False),
        ("مشاور* سياس*", False),
        ("مشاور* سياس* خارج*", True),
        (PREFIXES, True),
        (" OR ".join(f"{word}~2" for word in ("قطر", "خلفوف", "لاتفيا")), True),
        (" ".join(["قطر"] * 13), True),
        (" ".join(["قطر"] * (MAX_TERMS + 1)), False),  # refused
        ('"قطر أذربيجان"~50 "وزير خارجية"~50 قطر', True),
    ],
)
def test_costly_queries_are_heavy_work(query: str, is_heavy: bool) -> None:
    for path in ("/search/", "/feeds/atom/", "/search/facet/official/"):
        assert asked_as_heavy(f"{path}?q={query}") == is_heavy, path


def test_a_costly_search_on_the_shelf_is_not_asked_beside_the_others() -> None:
    client = Client(headers={"origin": "http://testserver"})
    for query in ("q=قطر", f"q={PREFIXES}"):
        assert client.post("/shelf/searches/", {"query": query, "name": query}).status_code == 303
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.shelf.searches.found", lambda asked, _most: {"قطر": FOUND}[asked.q])
        assert client.get("/shelf/").content.decode().count("not counted") == 1


def test_a_page_that_was_made_needs_no_slot() -> None:
    client = Client()
    tag = client.get("/search/timeline/?q=قطر").headers["ETag"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("config.slots.take", lambda _address: None)
        assert client.get("/search/timeline/?q=قطر", headers={"if-none-match": tag}).status_code == 304
        assert client.get("/search/timeline/?q=قطر").status_code == 503


def test_every_view_whose_work_grows_is_heavy() -> None:
    resolve("/")  # the views are marked when the site map is read
    marked = {".".join(name.split(".")[-3:]) for name in HEAVY}
    assert marked >= {
        "export.views.export", "export.views.export_shelf", "export.views.search_picture",
        "concordance.views.page", "concordance.views.export", "ways.timeline.page", "together.views.page",
        "together.views.export", "wording.views.page", "wording.views.export", "collocates.views.page",
        "collocates.views.export", "expression.views.page", "expression.views.export",
        "explain.views.why", "map.views.page", "map.views.export",
        "explain.views.word", "browse.spellings_views.export", "browse.pairs.pair", "pictures.views.article_picture",
        "stories.views.witnesses_of", "pages.views.results", "feeds.views.feed_of_search",
        "pages.facet_views.facet_values",
    }  # fmt: skip
