"""The whole site on a cluster: no page knows which engine answers, and readers are told when none does."""

from __future__ import annotations

import re
import threading
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from haystack import connections

from archive.articles.models import Article, Status
from search.browse import home
from search.engine import engine
from search.engine.opensearch.backend import DiwanOpenSearchBackend
from search.indexing.comparison import compare
from search.indexing.indexes import BOTH
from search.indexing.writer import apply_all, rebuild
from search.models import IndexChange
from tests.cluster.nodes import SearchNodes, free_ports

PAGES = (
    "/",
    "/search/?q=قطر",
    "/search/?q=قطر&country=qa&not-source=x&sort=newest",
    "/search/?q=الخارجيه~&year=2023",
    '/search/?q="وزارة الخارجية"~3',
    "/search/?q=مشاور*&from=2023-01-01",
    "/search/?q=كلمةلاتوجدهنا",
    "/search/?q=Khalafof",
    "/search/facet/country/?q=خلفوف&find=قطر",
    "/search/facet/country/?q=قطر&country=region-south-caucasus",
    "/search/?not-country=region-gulf&country=az",
    "/search/concordance/?q=خلفوف",
    "/search/timeline/?q=قطر&cal=lunar",
    "/search/wording/?q=قطر&with=رایزنی&unit=year",
    "/search/export/?q=قطر&format=csv",
    "/search/map/?q=قطر",
    "/search/map/?what=cities&frame=world",
    "/search/map/?what=meetings",
    "/search/map/export/?q=قطر&country=az&format=csv",
    "/search/collocates/?q=وزير الخارجية",
    "/search/collocates/?q=قطر&with=أذربيجان&of=phrases",
    "/search/collocates/?of=frequent",
    "/search/collocates/export/?q=قطر&format=csv",
    "/search/together/?q=قطر",
    "/explain/word/?q=والمشاورات",
    "/suggest/?q=قط",
    "/countries/az/qa/",
    "/officials/khalaf-khalafov/",
    "/dates/gregorian/2020/10/",
    "/feeds/rss/?q=قطر",
    "/api/v1/articles?q=قطر",
    "/api/v1/facets",
    "/api/v1/timeline?q=قطر",
)
CHANGING = re.compile(
    r"""csrfmiddlewaretoken[^>]*|nonce-\S+|<(updated|lastBuildDate)>.*?</|"generation":[^,}]*|[0-9a-z.]+ms\b""",
)


def told(address: str) -> tuple[int, str]:
    """What a reader who comes for the first time is answered."""
    answer = Client(headers={"accept-language": "en"}).get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return answer.status_code, CHANGING.sub("", content.decode("utf-8"))


def named(hosts: tuple[str, ...], more: dict[str, Any]) -> dict[str, dict[str, object]]:
    shared = {"HOSTS": hosts, "SECONDS": 20.0, "REPLICAS": 0, "SILENTLY_FAIL": False, **more}
    backend = "search.engine.opensearch.backend.DiwanOpenSearchEngine"
    first = more.get("INDEX_NAME", "site")
    places = {name: str(one["PATH"]) for name, one in settings.HAYSTACK_CONNECTIONS.items()}
    return {
        name: {"ENGINE": backend, "PATH": f"{path}-cluster", **shared, "INDEX_NAME": f"{first}-{name}"}
        for name, path in places.items()
    }


def use(monkeypatch: pytest.MonkeyPatch, hosts: tuple[str, ...], **more: Any) -> None:
    """Have the cluster at these hosts answer, with these options."""
    made = named(hosts, more)
    monkeypatch.setattr(settings, "HAYSTACK_CONNECTIONS", made)
    monkeypatch.setattr(connections, "connections_info", made)
    monkeypatch.setattr(connections, "thread_local", threading.local())


@pytest.fixture
def on_cluster(one_node: SearchNodes, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, one_node.addresses)
    for held in BOTH:
        rebuild(held)


def test_every_page_is_as_it_is_on_the_embedded_engine(
    five: dict[str, object], one_node: SearchNodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the home page keeps while the index is the same may be that of a test whose writes were taken back.
    monkeypatch.setattr(home, "_met", home._met.__wrapped__)
    before = {address: told(address) for address in PAGES}
    use(monkeypatch, one_node.addresses)
    for held in BOTH:
        rebuild(held)
    assert isinstance(engine(), DiwanOpenSearchBackend)
    after = {address: told(address) for address in PAGES}
    assert {address: status for address, (status, _text) in after.items()} == {
        address: status for address, (status, _text) in before.items()
    }
    assert {address: after[address] for address in PAGES if after[address] != before[address]} == {}
    assert sum(status == 200 for status, _text in after.values()) > len(PAGES) / 2


def test_a_withdrawn_article_is_gone_with_the_next_look_of_the_writer(on_cluster: None, five: dict[str, Any]) -> None:
    held = engine().state()
    Article.objects.filter(pk=five["001"].pk).update(status=Status.WITHDRAWN)
    IndexChange.record([five["001"].identifier])
    assert apply_all() == 1
    assert engine().state().articles == held.articles - 1 and engine().generation() != held.generation
    assert not compare() and engine().damage() == ""


def test_readers_are_told_when_no_host_answers(ramin: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    (port,) = free_ports(1)
    use(monkeypatch, (f"http://127.0.0.1:{port}",), SECONDS=0.3)
    answer = ramin.get("/search/", {"q": "قطر"})
    assert answer.status_code == 503 and answer.headers["Retry-After"]


def test_a_page_says_about_where_the_cluster_counts_places_that_may_overlap(
    on_cluster: None, five: dict[str, Any], ramin: Client
) -> None:
    about = {"en": "10,000 words, about", "ar": "كلمة، تقريبًا", "fa": "واژه، تقریباً"}
    for language, told in about.items():
        shown = {"measure": "words", "ui": language}
        phrase = ramin.get("/search/wording/", {"q": '"وزارة الخارجية"', **shown}).content.decode()
        assert told in phrase
        assert told not in ramin.get("/search/wording/", {"q": '"وزارة الخارجية"', "ui": language}).content.decode()


def test_an_article_is_explained_and_the_index_is_compared_on_a_cluster(
    on_cluster: None, five: dict[str, Any], ramin: Client, layla: Client
) -> None:
    why = ramin.get("/explain/", {"q": "خلفوف", "article": five["001"].identifier})
    assert why.status_code == 200 and "خلفوف" in why.content.decode()
    told = StringIO()
    call_command("check_index", stdout=told)
    assert "Index and database are equal" in told.getvalue()
    status = layla.get("/admin/status/").content.decode()
    assert "The search cannot answer" not in status and "site-default." in status, "the generation of the index"
