"""A curator takes things in by the browser: files, a text, addresses; and sees what became of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.articles.models import Article
from archive.intake import addresses
from archive.intake import uploads as kept
from archive.intake.models import Accession
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from tests.integration.test_addresses import HTML, report
from tests.unit.archive.fetching.site import Site, page, redirect, served

pytestmark = pytest.mark.django_db
BODY = "عقدت وزارتا الخارجية في باكو مشاورات سياسية، وبحث الجانبان العلاقات الثنائية.\n\nوأكدا مواصلة التنسيق."


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings: Any, captures_folder: Path) -> Path:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(addresses, "_paces", {})
    with served() as site:
        site.pages |= {f"/{number}": page(report(number), HTML) for number in range(3)}
        yield site


def given(layla: Client, **form: Any) -> str:
    """The page that a curator sees after sending a form, when the work is done."""
    answer = layla.post(reverse("admin:intake_accession_add"), form)
    if answer.status_code != 302:
        return answer.content.decode()
    work_off()
    return layla.get(answer.headers["Location"]).content.decode()


def test_files_are_taken_in_each_item_by_its_name(layla: Client, uploads: Path) -> None:
    rows = [{"title": f"خبر {number}", "body": BODY + str(number), "date": "2020-10-26"} for number in range(3)]
    records = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    files = [SimpleUploadedFile("أخبار.jsonl", records), SimpleUploadedFile("../../page.html", report(7))]
    told = given(layla, uploads=files, source="الشرق")
    accession = Accession.objects.get(way="upload")
    assert accession.outcomes == {"added": 4} and "added 4" in told
    names = list(accession.items.values_list("name", flat=True))
    assert "page.html" in names and "أخبار.jsonl:1" in names, names
    assert Article.objects.filter(title__startswith="خبر ", status="draft").count() == 4
    assert not list(uploads.iterdir()), "what is taken in is kept as captures alone"


def test_a_file_that_says_something_of_another_is_sent_with_it(layla: Client) -> None:
    beside = json.dumps({"source": "وكالة الأنباء", "url": "https://news.example/7"}).encode()
    given(layla, uploads=[SimpleUploadedFile("page.html.json", beside), SimpleUploadedFile("page.html", report(7))])
    assert Accession.objects.get(way="upload").outcomes == {"added": 1}
    article = Article.objects.get(title="خبر رقم 7")
    assert (article.source_as_printed, article.capture.target_uri) == ("وكالة الأنباء", "https://news.example/7")


def test_columns_of_unusual_names_are_told_in_the_form(layla: Client) -> None:
    table = SimpleUploadedFile(
        "a.csv", f"Überschrift;Vorspann;Haupttext\nخبر عن باكو;تمهيد الخبر;{BODY[:80]}\n".encode()
    )
    mapping = "title = Überschrift\nbody = Vorspann, Haupttext"
    assert "title, kicker, body" in given(layla, uploads=[table], columns="headline: Überschrift")
    table.seek(0)
    given(layla, uploads=[table], columns=mapping)
    assert Article.objects.get(title="خبر عن باكو").body.startswith("تمهيد الخبر\n\nعقدت")


def test_an_empty_file_keeps_no_other_out(layla: Client) -> None:
    told = given(layla, uploads=[SimpleUploadedFile("a.html", b""), SimpleUploadedFile("b.html", report(1))])
    accession = Accession.objects.get(way="upload")
    assert accession.outcomes == {"refused": 1, "added": 1} and "refused 1" in told
    assert accession.items.get(outcome="refused").told == "The file is empty."


def test_files_of_one_name_do_not_meet(layla: Client) -> None:
    given(layla, uploads=[SimpleUploadedFile("a.html", report(1)), SimpleUploadedFile("a.html", report(2))])
    assert Accession.objects.get(way="upload").outcomes == {"added": 2}


def test_a_text_is_pasted_with_what_is_known_of_it(layla: Client) -> None:
    given(layla, title="مشاورات في باكو", text=BODY, date="26 أكتوبر 2020", source="وكالة")
    article = Article.objects.get(title="مشاورات في باكو")
    assert (str(article.dated_on), article.source_as_printed) == ("2020-10-26", "وكالة")
    assert article.body == BODY


def test_addresses_are_fetched_and_become_drafts(layla: Client, site: Site) -> None:
    told = given(layla, addresses=f"{site.address('/0')}\r\n{site.address('/1')}\n{site.address('/nothing')}")
    assert Accession.objects.get(way="address").outcomes == {"added": 2, "refused": 1}
    assert "refused 1" in told


def test_marks_of_direction_around_an_address_are_left_out(layla: Client, site: Site) -> None:
    """Who copies an address out of a page from right to left copies them, too, and does not see them."""
    given(layla, addresses=f"\u202a{site.address('/0')}\u202c\n\u200f\n\ufeff{site.address('/0')}")
    accession = Accession.objects.get(way="address")
    assert (accession.origins, accession.outcomes) == ([site.address("/0")], {"added": 1})


def test_what_is_published_at_once_is_public(layla: Client, own_index: object) -> None:
    given(layla, title="مشاورات في باكو", text=BODY, publish="on")
    assert Article.objects.get(title="مشاورات في باكو").is_public


def test_a_dry_run_only_tells(layla: Client) -> None:
    given(layla, title="مشاورات في باكو", text=BODY, dry_run="on")
    assert not Article.objects.filter(title="مشاورات في باكو").exists()
    assert Accession.objects.get(way="paste").outcomes == {"added": 1}


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "Choose files, paste a text, or give addresses."),
        ({"title": "مشاورات"}, "A title without a text is no article."),
        ({"addresses": "file:///etc/passwd"}, "http://"),
        ({"addresses": "\n".join(f"https://news.example/{n}" for n in range(101))}, "a hundred addresses at most"),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_kept_in_the_form(layla: Client, form: dict[str, str], told: str) -> None:
    shown = given(layla, source="الشرق", **form)
    assert told in shown and "الشرق" in shown
    assert not Accession.objects.exclude(way="command").exists()


def test_a_page_that_shows_an_intake_under_way_asks_again(layla: Client) -> None:
    answer = layla.post(reverse("admin:intake_accession_add"), {"title": "مشاورات", "text": BODY})
    assert layla.get(answer.headers["Location"]).headers["Refresh"]
    work_off()
    assert "Refresh" not in layla.get(answer.headers["Location"]).headers


def test_an_intake_whose_work_was_cancelled_says_so_and_goes_on_when_told(layla: Client, uploads: Path) -> None:
    answer = layla.post(reverse("admin:intake_accession_add"), {"title": "مشاورات في باكو", "text": BODY})
    job = Job.objects.latest("pk")
    layla.post(reverse("admin:work_job_changelist"), {"action": "cancel_selected", "_selected_action": [job.pk]})
    page = layla.get(answer.headers["Location"])
    shown = page.content.decode()
    assert "Refresh" not in page.headers, "nothing will change by itself"
    assert "cancelled" in shown and reverse("admin:work_job_change", args=[job.pk]) in shown
    layla.post(reverse("admin:work_job_changelist"), {"action": "resume_selected", "_selected_action": [job.pk]})
    work_off()
    shown = layla.get(answer.headers["Location"]).content.decode()
    assert Article.objects.filter(title="مشاورات في باكو").exists() and 'value="100" max="100"' in shown


def test_what_was_tried_is_taken_in_by_one_click_and_once(layla: Client, uploads: Path) -> None:
    told = given(layla, uploads=[SimpleUploadedFile("a.html", report(1))], dry_run="on")
    tried = Accession.objects.get(is_dry_run=True)
    address = reverse("admin:intake_accession_real", args=[tried.pk])
    assert address in told and list(uploads.iterdir()) and not Article.objects.filter(title="خبر رقم 1").exists()
    for _time in range(2):
        layla.post(address)
    work_off()
    assert Accession.objects.get(is_dry_run=False, way="upload").outcomes == {"added": 1}
    assert Article.objects.get(title="خبر رقم 1").capture.received_from == "a.html"
    assert not list(uploads.iterdir())
    again = layla.post(address, follow=True).content.decode()
    assert "What was tried is no longer here" in again and address not in again


def test_what_was_tried_long_ago_is_not_kept_for_ever(layla: Client, uploads: Path) -> None:
    given(layla, uploads=[SimpleUploadedFile("a.html", report(1))], dry_run="on")
    Accession.objects.filter(is_dry_run=True).update(ended_at=timezone.now() - kept.TRIED_FOR * 2)
    given(layla, title="مشاورات في باكو", text=BODY)
    assert not list(uploads.iterdir())


def test_a_page_that_a_bookmark_sends_is_a_capture_of_its_address(layla: Client) -> None:
    page = SimpleUploadedFile("page.html", report(2))
    layla.post(reverse("admin:intake_accession_send"), {"page": page, "address": "https://news.example/2"})
    work_off()
    capture = Article.objects.get(title="خبر رقم 2").capture
    assert (capture.target_uri, capture.received_from) == ("https://news.example/2", "news.example.html")
    assert capture.captured_at and Accession.objects.latest("pk").way == "browser"
    answer = layla.get(reverse("admin:intake_accession_send"))
    assert answer.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("language", "forbidden", "elsewhere", "scheme"),
    [
        (
            "ar",
            "لا يسمح الموقع \u2068127.0.0.1\u2069 للبرامج",
            "ليس \u206810.0.0.1\u2069 موقعًا عامًا",
            "لا تُجلب إلا العناوين",
        ),
        ("fa", "سایت \u2068127.0.0.1\u2069 به برنامه‌ها اجازه", "\u206810.0.0.1\u2069 سایت عمومی نیست", "فقط نشانی‌هایی"),
    ],
)
def test_why_an_address_was_not_fetched_is_told_in_the_curators_language(
    layla: Client, site: Site, language: str, forbidden: str, elsewhere: str, scheme: str
) -> None:
    layla.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /1")
    site.pages["/2"] = redirect("http://10.0.0.1/")
    given(layla, addresses=f"{site.address('/1')} {site.address('/2')}", source="وكالة", publish="on")
    accession = Accession.objects.get(way="address")
    listed = layla.get(f"{reverse('admin:intake_accessionitem_changelist')}?accession__id__exact={accession.pk}")
    assert forbidden in listed.content.decode() and elsewhere in listed.content.decode()
    options = layla.get(reverse("admin:intake_accession_change", args=[accession.pk])).content.decode()
    assert "وكالة" in options and "stated" not in options and "publish:" not in options
    assert scheme in given(layla, addresses="ftp://news.example/1")


def test_why_what_was_to_be_published_is_a_draft_is_told_in_the_curators_language(layla: Client) -> None:
    layla.defaults["HTTP_ACCEPT_LANGUAGE"] = "ar"
    given(layla, title="مشاورات في باكو", text="اقرأ المزيد", publish="on")
    listed = layla.get(reverse("admin:intake_accessionitem_changelist")).content.decode()
    assert "لم يُعثر من نص الخبر إلا على القليل" in listed and "next to no text" not in listed
