"""Pages and pictures that several machines share, on a real server of Redis or Valkey."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory

from archive.articles.pictures.pictures import Card, drawn, picture
from archive.curation.erasing import forget_kept
from archive.pages.kept import keep, kept
from config import env
from config.redis_cache import PatientRedisCache
from tests.cache_server import PASSWORD, CacheServer
from tests.faults.archive import free_port

CARD = Card("زبان صلح و امنیت", "امیرعبداللهیان", "دفاع‌پرس · ۱۲ مهر ۱۴۰۲", "دیوان", True)


@pytest.fixture
def server(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[CacheServer]:
    server = CacheServer(tmp_path, free_port())
    server.start()
    monkeypatch.setenv("DIWAN_CACHE", f"redis://127.0.0.1:{server.port}/3")
    address = env.cache("DIWAN_CACHE", PASSWORD)
    settings.CACHES = settings.CACHES | {name: env.kept(tmp_path / name, 9, address) for name in ("pages", "pictures")}
    monkeypatch.setattr(PatientRedisCache, "_rests_until", 0.0)
    yield server
    for name in ("pages", "pictures"):
        caches[name].close()
    server.stop()


def page() -> HttpResponse:
    return HttpResponse("قطر \x00=", headers={"X-Made": "once"})


def test_a_page_and_a_picture_of_one_machine_serve_the_other(server: CacheServer) -> None:
    keep("tag", RequestFactory().get("/"), page())
    held = kept("tag")
    assert held is not None and held.content == page().content and held.headers["X-Made"] == "once"
    assert picture(CARD) == drawn(CARD) == caches["pictures"].get(CARD.digest)
    caches["pages"].set("number", 7)
    assert caches["pages"].incr("number") == 8 == caches["pages"].get("number")


@pytest.mark.django_db
def test_what_is_erased_is_in_no_cache(server: CacheServer) -> None:
    keep("tag", RequestFactory().get("/"), page())
    picture(CARD)
    forget_kept()
    assert kept("tag") is None and caches["pictures"].get(CARD.digest) is None


def test_a_server_that_goes_away_costs_only_time_and_comes_back(
    server: CacheServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("tag", RequestFactory().get("/"), page())
    server.stop()
    assert kept("tag") is None and picture(CARD) == drawn(CARD)
    began = time.monotonic()
    for _number in range(1000):  # it is left alone meanwhile: nobody waits for it at every page
        assert kept("tag") is None
    assert PatientRedisCache._rests_until > began
    server.start()
    monkeypatch.setattr(PatientRedisCache, "_rests_until", 0.0)
    keep("tag", RequestFactory().get("/"), page())
    assert kept("tag") is not None


def test_a_wrong_password_is_no_error_of_a_page(server: CacheServer, settings: Any, tmp_path: Path) -> None:
    wrong = f"redis://:no@127.0.0.1:{server.port}/3"
    settings.CACHES = settings.CACHES | {"pages": env.kept(tmp_path / "pages", 9, wrong)}
    assert kept("tag") is None


def test_objects_are_refused_and_never_read(server: CacheServer) -> None:
    with pytest.raises(TypeError, match="bytes and whole numbers"):
        caches["pages"].set("tag", {"a": "page"})
    caches["pages"]._cache.get_client("tag", write=True).set(caches["pages"].make_key("tag"), b"\x80\x04N.")
    assert kept("tag") is None
