"""What an article says of its page is on the page, at the offsets kept; a check of the whole archive proves it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.articles.models import Article, Mention
from archive.intake.evidence import faults
from archive.intake.models import Accession
from archive.intake.reading.items import Item
from archive.intake.taking import Wish, take_in
from archive.intake.working import begin, work_on
from tests.conftest import FIVE
from tests.unit.archive.intake.wholes import ROWS, bundle, json_lines, mail, mhtml, saved, table, warc
from tests.unit.archive.intake.wholes import page as web_page

pytestmark = pytest.mark.django_db

PAGE = """<html><head><meta property="og:site_name" content="الشرق">
<meta property="article:published_time" content="2020-10-26T01:10:00+03:00"></head><body><article>
<h1>قطر وأذربيجان تعقدان مشاورات سياسية</h1><time>الإثنين 26 تشرين الأول - أكتوبر 2020</time>
<p>عقدت الجولة الأولى من المشاورات السياسية بين وزارتي خارجية قطر وأذربيجان في الدوحة، وترأسها سعادة السيد
سلطان بن سعد المريخي وزير الدولة للشؤون الخارجية.</p></article></body></html>"""


@pytest.fixture
def page(captures_folder: object) -> Article:
    article = take_in(Item("page.html", PAGE.encode())).article
    assert article is not None
    return article


@pytest.fixture
def held(five: dict[str, Article], captures_folder: object) -> dict[str, Article]:
    for name, path in FIVE.items():
        take_in(Item(name, path.read_bytes()), Wish(refresh=True))
    return five


def test_the_five_say_only_what_their_pages_say(held: dict[str, Article]) -> None:
    assert [fault for article in Article.objects.all() for fault in faults(article)] == []


def test_a_page_of_markup_says_only_what_it_says(page: Article) -> None:
    assert list(faults(page)) == []
    assert page.source_as_printed == "الشرق" and str(page.dated_on) == "2020-10-26"


@pytest.mark.parametrize("what", ["date", "source", "removed"])
def test_words_that_stand_elsewhere_are_told(page: Article, what: str) -> None:
    kept = page.evidence[what][0] if what == "removed" else page.evidence[what]
    kept["start"] += 1
    assert what in [fault.what for fault in faults(page)]


def test_a_day_that_its_words_do_not_give_is_told(page: Article) -> None:
    page.dated_on = page.dated_on.replace(day=25) if page.dated_on else None
    assert "day" in [fault.what for fault in faults(page)]


def test_a_mention_that_stands_elsewhere_ends_the_check_with_words(page: Article) -> None:
    Mention.objects.filter(access_point__article=page, form="قطر").update(form="مصر")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="2 mention"):
        call_command("check_evidence", stdout=out, stderr=err)
    assert f"{page.identifier} mention: «مصر» is not «قطر»" in err.getvalue()


def test_what_a_curator_wrote_is_the_curators_word(page: Article) -> None:
    page.title, page.source_as_printed = "مشاورات", "قنا"
    page.curated_fields = ["title", "source_as_printed"]
    page.save()
    page.access_points.all().delete()
    assert list(faults(page)) == []


def test_a_page_that_cannot_be_read_is_told(page: Article) -> None:
    page.capture.payload_digest = "0" * 64
    assert [fault.what for fault in faults(page)] == ["page"]


def test_whatever_is_taken_in_says_only_what_it_and_its_giver_say(tmp_path: Path, captures_folder: object) -> None:
    Article.objects.all().delete()  # what is held is known again, and would be no more than captured once more
    message = mail(3)
    message.set_content(web_page(3), subtype="html")
    saved(tmp_path, "in/a.eml", message.as_bytes())
    saved(tmp_path, "in/b.mhtml", mhtml(1))
    saved(
        tmp_path, "in/c.zip", bundle({"x.html": web_page(4).encode(), "x.json": b'{"source": "AzVision", "id": "7"}'})
    )
    saved(tmp_path, "in/d.warc.gz", warc())
    saved(tmp_path, "in/e.jsonl", json_lines())
    rows = [[title, date, source, body] for title, date, source, body in ROWS]
    saved(tmp_path, "in/f.csv", table(["Kopf", "Tag", "Quelle", "Text"], rows).encode())
    columns = {"title": ("kopf", "title"), "date": ("tag", "date"), "source": ("quelle", "source")}
    accession = begin([str(tmp_path / "in")], Accession.Way.COMMAND, columns=columns)
    while work_on(accession, 0):
        pass
    taken = Article.objects.filter(accession_items__accession=accession)
    assert taken.count() == 1 + 1 + 1 + 3 + 5 + 5
    assert [fault for article in taken for fault in faults(article)] == []
