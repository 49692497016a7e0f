"""A copy of anything that shows an article is asked about before each use, and gone with the article (R39, R40)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve

from archive.articles.citing.files import FORMS
from archive.articles.models import Article
from archive.curation import actions
from search.indexing.writer import apply_all
from tests.browser.pages import public_names
from tests.security.site import COLLECTION, MEETING, hold

GONE, OTHER = "3d43f546d925", "26b14ba7e75e"  # the one that is withdrawn, and one that stays
WORDS = "خلفوف"
SIGN = "وزارتا خارجية أذربيجان ولاتفيا".encode()  # stands in the withdrawn article alone
ALL = "verb=ListRecords&metadataPrefix=oai_dc"
AS_FILES = [f"/search/export/?q={WORDS}&format={form}" for form in ("csv", "jsonl", "ris", "bib", "csl", "txt", "pdf")]


class Kind(NamedTuple):
    """Addresses of a public URL that show the article; `told` is False where no copy may be kept at all."""

    addresses: tuple[str, ...]
    is_kept: bool = True


SHOWING: dict[str, Kind] = {
    "home": Kind(("/",)),
    "search": Kind((f"/search/?q={WORDS}", "/search/?country=lv&fold=0", "/search/")),
    "search-facet": Kind(("/search/facet/official/", f"/search/facet/country/?q={WORDS}")),
    "search-concordance": Kind((f"/search/concordance/?q={WORDS}",)),
    "concordance-export": Kind((f"/search/concordance/export/?q={WORDS}",)),
    "search-timeline": Kind((f"/search/timeline/?q={WORDS}",)),
    "search-together": Kind((f"/search/together/?q={WORDS}",)),
    "together-export": Kind((f"/search/together/export/?q={WORDS}",)),
    "search-map": Kind((f"/search/map/?q={WORDS}", "/search/map/?what=cities")),
    "map-export": Kind((f"/search/map/export/?q={WORDS}",)),
    "search-wording": Kind((f"/search/wording/?q={WORDS}",)),
    "wording-export": Kind((f"/search/wording/export/?q={WORDS}",)),
    "search-collocates": Kind((f"/search/collocates/?q={WORDS}", "/search/collocates/?country=lv&of=phrases")),
    "search-expression": Kind((f"/search/expression/?re={WORDS}", f"/search/expression/?q={WORDS}&re=لاتف&by=after-1")),
    "expression-export": Kind((f"/search/expression/export/?re={WORDS}",)),
    "collocates-export": Kind((f"/search/collocates/export/?q={WORDS}",)),
    "search-export": Kind(tuple(AS_FILES)),
    "search-picture": Kind((f"/search/picture.png?q={WORDS}",)),
    "explain": Kind((f"/explain/?q={WORDS}&article={GONE}",)),
    "suggest": Kind(("/suggest/?q=خلف", "/suggest/?q=لاتف")),
    "articles:detail": Kind((f"/articles/{GONE}/", f"/articles/{OTHER}/")),
    "articles:original": Kind((f"/articles/{GONE}/original/",)),
    "articles:capture": Kind((f"/articles/{GONE}/capture/",)),
    "articles:picture": Kind((f"/articles/{GONE}/picture.png",)),
    "articles:citation": Kind(tuple(f"/articles/{GONE}/cite.{form}" for form in ("ris", "bib", "json"))),
    "articles:form": Kind(tuple(f"/articles/{GONE}.{form}" for form in FORMS)),
    "sitemap": Kind(("/sitemap-articles-0.xml", "/sitemap-records-0.xml")),
    "stories:witnesses": Kind((f"/articles/{GONE}/witnesses/", f"/articles/{OTHER}/witnesses/?with={GONE}")),
    "shelf": Kind((f"/shelf/?a={GONE}",), is_kept=False),
    "shelf-cite": Kind((f"/shelf/cite/?a={GONE}",), is_kept=False),
    "shelf-export": Kind((f"/shelf/export/?a={GONE}&format=csv", f"/shelf/export/?a={GONE}&format=pdf")),
    "browse:officials": Kind(("/officials/",)),
    "browse:official": Kind(("/officials/khalaf-khalafov/",)),
    "browse:official-names": Kind(("/officials/khalaf-khalafov/names/",)),
    "browse:countries": Kind(("/countries/",)),
    "browse:country": Kind(("/countries/az/",)),
    "browse:country-names": Kind(("/countries/az/names/",)),
    "browse:bodies": Kind(("/bodies/",)),
    "browse:body": Kind(("/bodies/un-security-council/",)),
    "browse:body-names": Kind(("/bodies/un-security-council/names/",)),
    "browse:sources": Kind(("/sources/",)),
    "browse:source": Kind(("/sources/azvision/",)),
    "browse:pair": Kind(("/countries/az/lv/",)),
    "browse:meetings": Kind(("/meetings/", "/meetings/?country=az&kind=consultations")),
    "browse:meetings-proposed": Kind(("/meetings/proposed/",)),
    "browse:meeting": Kind((f"/meetings/{MEETING}/",)),
    "browse:meeting-json": Kind((f"/meetings/{MEETING}.json",)),
    "browse:collection": Kind((f"/collections/{COLLECTION}/",)),
    "feeds:meetings-rss": Kind(("/feeds/meetings/rss/",)),
    "feeds:meetings-atom": Kind(("/feeds/meetings/atom/?country=az&country=lv",)),
    "feeds:meetings-json": Kind(("/feeds/meetings/json/?country=az&country=lv",)),
    "browse:dates": Kind(("/dates/",)),
    "browse:date-year": Kind(("/dates/gregorian/2020/",)),
    "browse:date-month": Kind(("/dates/gregorian/2020/10/",)),
    "browse:date-day": Kind(("/dates/gregorian/2020/10/26/",)),
    "feeds:rss": Kind((f"/feeds/rss/?q={WORDS}", "/feeds/rss/")),
    "feeds:atom": Kind((f"/feeds/atom/?q={WORDS}", "/feeds/atom/")),
    "feeds:json": Kind((f"/feeds/json/?q={WORDS}", "/feeds/json/", "/feeds/json/?text=summary")),
    "oai": Kind((f"/oai?verb=GetRecord&metadataPrefix=mods&identifier=oai:diwan:{GONE}", f"/oai?{ALL}"), is_kept=False),
    "api:articles": Kind((f"/api/v1/articles?q={WORDS}&text=whole", "/api/v1/articles?text=whole&sort=oldest")),
    "api:article": Kind((f"/api/v1/articles/{GONE}",)),
    "api:citation": Kind((f"/api/v1/articles/{GONE}/citation",)),
    "api:facets": Kind((f"/api/v1/facets?q={WORDS}",)),
    "api:facet": Kind((f"/api/v1/facets/country?q={WORDS}",)),
    "api:suggest": Kind(("/api/v1/suggest?q=خلف", "/api/v1/suggest?q=لاتف")),
    "api:timeline": Kind((f"/api/v1/timeline?q={WORDS}",)),
    "api:together": Kind((f"/api/v1/together?q={WORDS}",)),
    "api:map": Kind((f"/api/v1/map?q={WORDS}",)),
    "api:wording": Kind((f"/api/v1/wording?q={WORDS}",)),
    "api:concordance": Kind((f"/api/v1/concordance?q={WORDS}",)),
    "api:expression": Kind((f"/api/v1/expression?re={WORDS}",)),
    "api:collocates": Kind((f"/api/v1/collocates?q={WORDS}", "/api/v1/collocates?of=frequent")),
    "api:officials": Kind(("/api/v1/officials",)),
    "api:countries": Kind(("/api/v1/countries",)),
    "api:bodies": Kind(("/api/v1/bodies",)),
    "api:sources": Kind(("/api/v1/sources",)),
    "api:meetings": Kind(("/api/v1/meetings", "/api/v1/meetings?country=az&country=lv")),
    "api:meeting": Kind((f"/api/v1/meetings/{MEETING}",)),
    "curation:mistake": Kind((f"/articles/{GONE}/mistake/",), is_kept=False),
    "curation:thanks": Kind((f"/articles/{GONE}/mistake/thanks/",), is_kept=False),
}
# These show nothing of any article.
OTHERS = {
    "browse:official-json", "browse:country-json", "browse:body-json", "browse:source-json", "opensearch",
    "sitemap-index", "sitemap-pages", "security", "articles:timemap",  # tests/integration/test_lasting_addresses.py
    "about", "help", "browse:collections", "assistants",  # tests/integration/test_assistants.py
    "api:page", "api:index", "api:description", "api:nothing", "api:official", "api:country", "api:body", "api:source",
    "api:collections", "api:collection",
    "dataset:page", "dataset:dump",  # dumps: tests/integration/test_dataset.py
    "feeds:withdrawn-rss", "feeds:withdrawn-atom", "feeds:withdrawn-json",  # tests/integration/test_feeds.py
    "explain-word", "shelf-articles", "shelf-searches", "account", "sign-in", "sign-out", "healthz", "readyz", "robots",
    "favicon", "metrics", "admin-status", "alerts:follow", "alerts:confirm", "alerts:mine",
}  # fmt: skip
ADDRESSES = [(name, address) for name, kind in SHOWING.items() for address in kind.addresses]


@pytest.fixture(autouse=True)
def _as_served(kept_pages: None) -> None:
    """Pages are kept as on a served archive."""


@pytest.fixture
def five(five: dict[str, Article]) -> dict[str, Article]:
    """The article that is withdrawn is part of a meeting and of a collection."""
    hold(Article.objects.get(identifier=GONE))
    return five


def content(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def test_r39_every_public_address_is_known_to_show_an_article_or_not() -> None:
    feeds = {f"feeds:{of}{form}" for of in ("", "meetings-", "withdrawn-") for form in ("rss", "atom", "json")}
    assert public_names() | feeds == SHOWING.keys() | OTHERS
    for name, address in ADDRESSES:
        assert resolve(address.partition("?")[0]).view_name == name


@pytest.mark.parametrize(("name", "address"), ADDRESSES)
def test_r40_no_cache_may_show_an_article_without_asking(
    ramin: Client, five: dict[str, Article], name: str, address: str
) -> None:
    response = ramin.get(address)
    content(response)
    told = set(re.split(r",\s*", response.headers["Cache-Control"]))
    assert response.status_code == 200
    assert "no-store" in told or "no-cache" in told
    assert not any(one.startswith(("max-age", "s-maxage", "immutable")) and not one.endswith("=0") for one in told)
    if SHOWING[name].is_kept:
        assert "public" in told
        assert {"Accept-Language", "Cookie"} <= set(re.split(r",\s*", response.headers["Vary"]))
        again = ramin.get(address, headers={"if-none-match": response.headers["ETag"]})
        assert again.status_code == 304 and not content(again)
    else:
        assert "private" in told


@pytest.mark.parametrize(("name", "address"), ADDRESSES)
def test_r39_a_copy_that_is_asked_about_is_gone_with_the_article(
    ramin: Client, five: dict[str, Article], own_index: Path, name: str, address: str
) -> None:
    before = ramin.get(address)
    shown = content(before)
    tag = {"if-none-match": before.headers.get("ETag", '"none"')}
    actions.withdraw(Article.objects.get(identifier=GONE))
    at_once = ramin.get(address, headers=tag)  # before the index has followed
    assert at_once.status_code in {200, 404, 410}
    assert SIGN not in content(at_once)
    apply_all()
    after = ramin.get(address, headers=tag)
    assert after.status_code in {200, 404, 410}
    body = content(after)
    assert SIGN not in body
    assert body != shown


def test_r40_what_says_nothing_of_caches_is_kept_by_none_but_its_reader(ramin: Client, db: None) -> None:
    for address in ("/articles/nothing/", "/nowhere/", "/countries/qa/az/", "/explain/word/?q=قطر"):
        assert ramin.get(address).headers["Cache-Control"] == "private, no-cache", address
