"""Pages taken in by their addresses, from real servers on the loopback address."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from archive.articles.models import Article
from archive.intake import addresses
from archive.intake.models import Accession
from archive.intake.queued import take_in_later
from archive.intake.working import begin
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from tests.unit.archive.fetching.site import Site, page, redirect, served

pytestmark = pytest.mark.django_db
HTML = "Content-Type: text/html; charset=utf-8"


def report(number: int) -> bytes:
    """A page of a report, different for every number."""
    text = f"استقبل وزير الخارجية وفدًا رقم {number} من أذربيجان، وبحث معه العلاقات الثنائية وسبل تطويرها."
    return f"""<html lang="ar"><head><title>خبر رقم {number}</title></head><body><article><h1>خبر رقم {number}</h1>
<p>{text}</p><p>وأكد الجانبان أهمية مواصلة المشاورات السياسية بين البلدين، والتنسيق في المحافل الدولية.</p></article>
</body></html>""".encode()


@pytest.fixture
def site(captures_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(addresses, "_paces", {})
    with served() as site:
        site.pages |= {f"/{number}": page(report(number), HTML, 'ETag: "7"') for number in range(5)}
        yield site


def fetched(*given: str, **options: Any) -> str:
    told = io.StringIO()
    try:
        call_command("fetch_articles", *given, stdout=told, stderr=told, **options)
    except CommandError as error:
        told.write(str(error))
    return told.getvalue()


def test_a_page_is_taken_in_with_its_address_status_headers_and_time(site: Site) -> None:
    assert "1 added" in fetched(site.address("/0"))
    article = Article.objects.get(title="خبر رقم 0")
    capture = article.capture
    assert (capture.target_uri, capture.http_status) == (site.address("/0"), 200)
    assert ["ETag", '"7"'] in capture.http_headers and capture.captured_at
    assert not article.is_public
    accession = Accession.objects.get(way="address")
    assert (accession.way, accession.state, accession.outcomes) == ("address", "done", {"added": 1})


def test_the_same_addresses_again_change_nothing(site: Site) -> None:
    given = [site.address(f"/{number}") for number in range(3)]
    assert "3 added" in fetched(*given)
    assert "0 added, 3 unchanged" in fetched(*given)


def test_what_is_no_page_is_named_and_keeps_no_other_out(site: Site) -> None:
    site.pages |= {
        "/moved": redirect("/1"),
        "/picture": page(b"\x89PNG", "Content-Type: image/png"),
        "/gone": page(b"gone", HTML, status="410 Gone"),
        "/robots.txt": page(b"User-agent: *\nDisallow: /private"),
    }
    told = fetched(
        *(site.address(path) for path in ("/moved", "/picture", "/gone", "/private/1", "/2")), "file:///etc/passwd"
    )
    assert "2 added" in told and "4 refused" in told
    assert "It is no page but image/png" in told and "status 410" in told and "robots.txt" in told and "http://" in told
    assert Article.objects.get(title="خبر رقم 1").capture.target_uri == site.address("/1")


def test_a_page_that_changed_since_waits_for_a_curator(site: Site) -> None:
    fetched(site.address("/0"))
    held = Article.objects.get(title="خبر رقم 0")
    site.pages["/0"] = page(report(9), HTML)
    told = fetched(site.address("/0"))
    assert "1 alike" in told and held.identifier in told
    assert not Article.objects.filter(title="خبر رقم 9").exists()


def test_a_dry_run_takes_nothing_in(site: Site) -> None:
    assert "1 added" in fetched(site.address("/0"), dry_run=True)
    assert not Article.objects.filter(title="خبر رقم 0").exists()


def test_a_site_that_gives_no_answer_is_left_alone_too(site: Site, settings: Any) -> None:
    settings.FETCH_PAUSE = 3600
    site.pages["/broken"] = b"no http"
    accession = begin([site.address("/broken"), site.address("/0")], Accession.Way.ADDRESS)
    take_in_later(accession)
    work_off()
    accession.refresh_from_db()
    assert accession.outcomes == {"refused": 1}


def test_addresses_in_the_queue_leave_each_site_alone_for_as_long_as_it_asks(site: Site, settings: Any) -> None:
    settings.FETCH_PAUSE = 3600
    with served() as other:
        other.pages["/a"] = page(report(7), HTML)
        given = [site.address("/0"), site.address("/1"), other.address("/a")]
        accession = begin(given, Accession.Way.ADDRESS)
        take_in_later(accession)
        work_off()
    accession.refresh_from_db()
    assert accession.outcomes == {"added": 2}, "one page of each site"
    assert not Job.objects.get().is_over
    addresses._paces.clear()  # the hour is over
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.update(run_after=accession.began_at)
    settings.FETCH_PAUSE = 0
    work_off()
    accession.refresh_from_db()
    assert (accession.outcomes, accession.state) == ({"added": 3}, "done")
    assert Job.objects.get().is_over
