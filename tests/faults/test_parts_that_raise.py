"""R13, R48: a part raises, or the clock is wrong: denied or less shown, never more; one line tells which request."""

from __future__ import annotations

import datetime
import logging
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import signing
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from archive.articles.models import Article, Status
from archive.captures import cleaned
from archive.intake.reading.items import Item, Stated
from archive.intake.taking import Wish, take_in
from search.engine import engine
from search.engine.protocol import SearchUnavailable
from tests.conftest import ADMIN
from tests.unit.archive.intake.wholes import FIVE

pytestmark = pytest.mark.django_db
PAGES = ("/", "/search/?q=قطر", "/officials/", "/feeds/rss/", "/api/v1/articles?q=قطر", "/search/export/?format=csv")
MARKUP = b"<!doctype html><html><body><script>canary()</script><p>%s</p></body></html>" % FIVE[0].body.encode()
SHOWN = {
    "the database": ("django.db.backends.utils.CursorWrapper.execute", OperationalError("disk I/O error")),
    "the search": (
        f"{type(engine()).__module__}.{type(engine()).__name__}.search",
        SearchUnavailable("a part is gone"),
    ),
    "the pages that are kept": ("django.core.cache.backends.dummy.DummyCache.get", OSError("input/output error")),
    "the clock": ("django.utils.timezone.now", OverflowError("the clock is broken")),
}


@pytest.mark.parametrize("part", list(SHOWN))
def test_r48_whatever_raises_readers_get_an_honest_page_and_the_log_a_line(
    five: dict[str, Article], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, part: str
) -> None:
    hidden = five["004"]
    Article.objects.filter(pk=hidden.pk).update(status=Status.DRAFT)
    reader = Client(raise_request_exception=False, headers={"accept-language": "en"})
    place, error = SHOWN[part]

    def raising(*_arguments: Any, **_named: Any) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(place, raising)
        for path in (*PAGES, hidden.get_absolute_url()):
            caplog.clear()
            answer = reader.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code in {200, 404, 500, 503}, path
            assert hidden.title.encode() not in body and b"Traceback" not in body, path
            if answer.status_code >= 500:
                assert answer.headers["X-Request-ID"]
                told = [line for line in caplog.records if line.levelno >= logging.ERROR or "503" in line.getMessage()]
                assert len(told) <= 1 or part == "the clock", [line.getMessage() for line in told]
    assert reader.get("/").status_code == 200


def test_r48_without_its_sanitiser_a_captured_page_is_not_shown(
    layla: Client, captures_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = take_in(Item("a.html", MARKUP)).article
    address = f"{ADMIN}captures/capture/{held.capture_id}/page/"
    names = [name for name in vars(cleaned) if callable(getattr(cleaned, name)) and not name.startswith("__")]
    layla.raise_request_exception = False
    for name in names:
        with monkeypatch.context() as broken:
            broken.setattr(cleaned, name, _broken)
            assert b"<script>canary" not in layla.get(address).content, name


def _broken(*_arguments: Any, **_named: Any) -> None:
    raise RuntimeError("the sanitiser is broken")


def test_r48_a_language_that_cannot_be_told_is_not_published(
    db: None, captures_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the detector cannot say is a doubt: the item waits for a curator."""
    receipt = take_in(Item("a.txt", b"Le ministre des Affaires etrangeres\n\nIl a rencontre son homologue."))
    assert receipt.reason and (receipt.article is None or receipt.article.status == Status.DRAFT)


def test_r48_a_disk_that_reads_no_more_is_an_honest_page(
    five: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    from archive.captures.payloads import PayloadStore

    reader = Client(raise_request_exception=False)
    for name in ("open", "read", "payload", "get"):
        if hasattr(PayloadStore, name):
            monkeypatch.setattr(PayloadStore, name, _no_disk)
    answer = reader.get(f"{five['000'].get_absolute_url()}original/")
    assert answer.status_code in {200, 404, 500, 503} and b"Traceback" not in answer.content


def _no_disk(*_arguments: Any, **_named: Any) -> None:
    raise OSError(5, "Input/output error")


def test_r13_a_date_in_the_future_waits_for_a_curator(db: None, captures_folder: Path) -> None:
    today = timezone.now().date()
    for days in (3, 300, 350_000):
        date = (today + datetime.timedelta(days=days)).isoformat()
        payload = f"خبر {date}\n\n{FIVE[0].body}".encode()
        stated = Stated(title=f"خبر {date}", body=FIVE[0].body, date=date)
        receipt = take_in(Item(f"{date}.txt", payload, stated=stated), Wish(publishing=True))
        assert receipt.article is None or (receipt.article.dated_on or today) <= today, date
        if days < 1000:
            assert "in the future" in str(receipt.reason)
    assert not Article.objects.filter(dated_on__gt=today).exists()


@pytest.mark.parametrize("years", [10, -10])
def test_r13_tokens_and_sessions_fail_closed_when_the_clock_jumps(
    layla: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, years: int
) -> None:
    token = signing.dumps("a follower")
    assert layla.get(ADMIN).status_code == 200
    shift = datetime.timedelta(days=365 * years)
    now, then = timezone.now(), signing.time.time()
    monkeypatch.setattr(timezone, "now", lambda: now + shift)
    monkeypatch.setattr(signing.time, "time", lambda: then + shift.total_seconds())
    if years > 0:
        assert layla.get(ADMIN).status_code == 302
        with pytest.raises(signing.SignatureExpired):
            signing.loads(token, max_age=3600)
    else:
        assert layla.get(ADMIN).status_code in {200, 302}
    assert connection.is_usable()
