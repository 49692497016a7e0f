"""What machines find: site maps, one address for an article, the description of the search, rules for robots."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html
import pytest
from django.test import Client
from protego import Protego

from archive.articles.models import Article
from archive.articles.tallying import BLOCK
from archive.curation import actions

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "o": "http://a9.com/-/spec/opensearch/1.1/",
}
GONE = "3d43f546d925"


def xml(client: Client, address: str) -> lxml.etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return lxml.etree.fromstring(answer.content)


def mapped(client: Client) -> dict[str, lxml.etree._Element]:
    """Every address of every map that the first one names, with its element."""
    maps = xml(client, "/sitemap.xml").xpath("//s:loc/text()", namespaces=SPACES)
    entries = [entry for one in maps for entry in xml(client, one.removeprefix(HOST))]
    return {entry.findtext("s:loc", namespaces=SPACES): entry for entry in entries}


def rules(client: Client) -> Protego:
    return Protego.parse(client.get("/robots.txt").content.decode())


def test_the_maps_name_every_article_and_record_once_with_its_last_change(
    ramin: Client, five: dict[str, Article]
) -> None:
    found = mapped(ramin)
    articles = {address for address in found if "/articles/" in address}
    assert articles == {HOST + article.get_absolute_url() for article in five.values()}
    for article in five.values():
        told = found[HOST + article.get_absolute_url()].findtext("s:lastmod", namespaces=SPACES)
        assert told == article.updated_at.date().isoformat()
    records = {address for address in found if re.search(r"/(officials|countries|bodies|sources)/.", address)}
    assert {f"{HOST}/countries/az/", f"{HOST}/officials/khalaf-khalafov/", f"{HOST}/sources/azvision/"} <= records
    assert len(records) < 100  # those alone of which there are reports
    assert all(ramin.get(address.removeprefix(HOST)).status_code == 200 for address in sorted(found))


def test_a_map_is_split_where_there_are_many(ramin: Client, five: dict[str, Article]) -> None:
    for number in (2 * BLOCK, 2 * BLOCK + 1):
        another = Article.objects.get(pk=five["001"].pk)
        another.pk, another.identifier, another._state.adding = number, f"{number:012x}", True
        another.save()
    maps = xml(ramin, "/sitemap.xml").xpath("//s:loc/text()", namespaces=SPACES)
    of_articles = [one.rpartition("/")[2] for one in maps if "sitemap-articles" in one]
    assert of_articles == ["sitemap-articles-0.xml", "sitemap-articles-2.xml"]
    assert sum("/articles/" in address for address in mapped(ramin)) == 7
    for other in ("articles-99999", f"articles-{10**30}", "names-0", "articles-x"):
        assert ramin.get(f"/sitemap-{other}.xml").status_code == 404


def test_drafts_and_withdrawn_articles_are_in_no_map(ramin: Client, five: dict[str, Article]) -> None:
    actions.withdraw(five["001"])
    Article.objects.filter(pk=five["002"].pk).update(status="draft")
    found = " ".join(mapped(ramin))
    assert GONE not in found and five["002"].identifier not in found and "/countries/lv/" not in found


@pytest.mark.parametrize(
    "address", ["/", "/countries/", "/officials/khalaf-khalafov/", "/dates/", "/data/", "/search/?q=قطر"]
)
def test_canonical_and_other_languages_agree(ramin: Client, five: dict[str, Article], address: str) -> None:
    """Every page of a set names the same set, and as its own address one of it."""
    sets, canonicals = [], []
    mark = "&" if "?" in address else "?"
    variants = [address, *(f"{address}{mark}ui={language}" for language in ("ar", "fa", "en"))]
    for variant in [*variants, f"{variants[1]}&cal=lunar"]:
        page = lxml.html.fromstring(Client().get(variant).content)
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        links = page.xpath("//link[@rel='alternate'][@hreflang]")
        sets.append({link.get("hreflang"): link.get("href") for link in links})
        canonicals.append(canonical)
    assert all(one == sets[0] for one in sets) and sets[0].keys() == {"ar", "fa", "en", "x-default"}
    assert canonicals == [sets[0][code] for code in ("x-default", "ar", "fa", "en", "ar")]


def test_the_maps_name_the_same_languages_as_the_pages(ramin: Client, five: dict[str, Article]) -> None:
    for address, entry in mapped(ramin).items():
        links = lxml.html.fromstring(ramin.get(address.removeprefix(HOST)).content).xpath("//link[@hreflang]")
        told = entry.findall("x:link", SPACES)
        assert {(one.get("hreflang"), one.get("href")) for one in told} == {
            (link.get("hreflang"), link.get("href")) for link in links
        }


def test_a_crawler_asks_for_an_article_at_most_three_times(ramin: Client, five: dict[str, Article]) -> None:
    """It follows every link that it may, from the first page in every language and from the maps."""
    allowed, waits = (
        rules(ramin),
        deque(["/", "/?ui=ar", "/?ui=fa", "/?ui=en", *(a.removeprefix(HOST) for a in mapped(ramin))]),
    )
    seen: set[str] = set(waits)
    asked: Counter[str] = Counter()
    while waits:
        address = waits.popleft()
        if not allowed.can_fetch(HOST + address, "Robot"):
            continue
        if found := re.match(r"/articles/([0-9a-f]+)", address):
            asked[found[1]] += 1
        if not address.startswith(("/articles/", "/dates/", "/officials/", "/countries/", "/bodies/", "/sources/")):
            answer = ramin.get(address)
        elif not re.match(r"/(articles/|countries/(az|lv)/|dates/\?)", address):
            continue  # one page of a kind is enough
        else:
            answer = ramin.get(address)
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        for link in lxml.html.fromstring(answer.content).xpath("//a[not(@rel='nofollow')]/@href | //link/@href"):
            target = urlsplit(urljoin(HOST + address, link))
            path = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc == "testserver" and path not in seen:
                seen.add(path)
                waits.append(path)
    assert asked.keys() == {article.identifier for article in five.values()}
    assert max(asked.values()) <= 3


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("/", True), ("/?ui=fa", True), ("/articles/3d43f546d925/", True), ("/countries/az/", True), ("/search/", True),
        ("/countries/az/?ui=ar", True), ("/dates/solar/1402/7/", True), ("/feeds/atom/", True), ("/data/", True),
        ("/sitemap-articles-0.xml", True), ("/articles/3d43f546d925/picture.png", True), ("/countries/az/qa/", True),
        ("/articles/3d43f546d925/?ui=fa", False), ("/articles/3d43f546d925/capture/", False),
        ("/articles/3d43f546d925/witnesses/", False), ("/articles/3d43f546d925/cite.ris", False),
        ("/articles/3d43f546d925/mistake/thanks/", False), ("/search/?q=a", False), ("/search/facet/country/", False),
        ("/search/export/", False), ("/search/timeline/", False), ("/explain/", False), ("/suggest/", False),
        ("/shelf/", False), ("/feeds/rss/?q=a", False), ("/countries/az/?cal=lunar", False),
        ("/data/diwan-2026-11.zip", False),
        ("/countries/az/names/", False),
    ],
)  # fmt: skip
def test_what_robots_may_ask_for(ramin: Client, address: str, may: bool) -> None:
    assert rules(ramin).can_fetch(HOST + address, "Robot") is may
    assert list(rules(ramin).sitemaps) == [f"{HOST}/sitemap.xml"]


@pytest.mark.parametrize(("language", "name"), [("ar", "ديوان"), ("fa", "دیوان"), ("en", "Diwan")])
def test_browsers_take_the_search_into_their_own_box(
    language: str, name: str, five: dict[str, Article], ramin: Client
) -> None:
    page = lxml.html.fromstring(Client(headers={"accept-language": language}).get("/").content)
    (address,) = page.xpath("//link[@rel='search']/@href")
    told = xml(ramin, address)
    assert told.findtext("o:ShortName", namespaces=SPACES) == name
    assert told.findtext("o:Language", namespaces=SPACES) == language
    forms = {
        one.get("type"): one.get("template").replace("{searchTerms}", "خلف") for one in told.findall("o:Url", SPACES)
    }
    assert "خلف" in ramin.get(forms["text/html"].removeprefix(HOST)).content.decode()
    assert ramin.get(forms["application/atom+xml"].removeprefix(HOST)).status_code == 200
    typed, texts, labels, urls = json.loads(
        ramin.get(forms["application/x-suggestions+json"].removeprefix(HOST)).content
    )
    assert typed == "خلف" and texts and len(texts) == len(labels) == len(urls)
    assert all(url.startswith(f"{HOST}/") for url in urls)


def test_every_page_leads_to_a_feed(ramin: Client, five: dict[str, Article]) -> None:
    for address in ("/", f"/articles/{GONE}/", "/countries/", "/dates/", "/data/", "/shelf/", "/search/?q=قطر"):
        links = lxml.html.fromstring(ramin.get(address).content).xpath("//link[@type='application/atom+xml']/@href")
        assert len(links) == 1 and ramin.get(links[0]).status_code == 200


def test_who_finds_a_weakness_is_told_whom_to_tell(ramin: Client, settings: pytest.FixtureRequest) -> None:
    assert ramin.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACTS = ["keeper@archive.example"]
    told = ramin.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:keeper@archive.example\n" in told and re.search(
        r"Expires: \d{4}-\d\d-\d\dT00:00:00Z\n", told
    )
