"""Files that hold articles are told from articles: by what stands in them, never by their name alone."""

from __future__ import annotations

import json

import pytest

from archive.extraction.page.containers import refuse_container
from archive.extraction.page.errors import (
    ExtractionError,
    FeedFile,
    MailMessage,
    RecordsFile,
    TableFile,
    WebArchive,
)

REPORT = (
    "خلف خلفوف يلتقي نظيره القطري\n\nالدوحة: 26 أكتوبر 2020\n\n"
    "عقدت وزارتا الخارجية في الدوحة، اليوم، مشاورات سياسية، وترأس الوفدين نائبا الوزيرين.\n"
)

CONTAINERS: dict[str, tuple[str, type[ExtractionError]]] = {
    "a saved page of a browser": (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://azvision.az/\nMIME-Version: 1.0\n\n" + REPORT,
        WebArchive,
    ),
    "parts that belong together": ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", WebArchive),
    "a message": ("From: a@example.org\nTo: b@example.org\nSubject: خلفوف\n\n" + REPORT, MailMessage),
    "a message that was passed on": ("Received: by mx.example.org\nDate: Mon, 26 Oct 2020\n\n" + REPORT, MailMessage),
    "the first message of a mailbox": ("From layla@example.org Mon Oct 26\nFrom: a\nTo: b\n\n" + REPORT, MailMessage),
    "a record": (json.dumps({"id": "1", "body": REPORT}, ensure_ascii=False), RecordsFile),
    "records, one a line": ('{"title": "خلفوف"}\n{"title": "قطر"}\n', RecordsFile),
    "a list of records": ('[ {"title": "خلفوف"} ]', RecordsFile),
    "a list of texts": (json.dumps([REPORT, REPORT], ensure_ascii=False), RecordsFile),
    "an RSS feed": ('<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel/></rss>', FeedFile),
    "an Atom feed": ('\ufeff<feed xmlns="http://www.w3.org/2005/Atom"></feed>', FeedFile),
    "a site map": ("<urlset><url/></urlset>", FeedFile),
    "a table with known columns": ("id,title,body\n1,خلفوف,نص", TableFile),
    "a table with columns in Arabic": ("العنوان;التاريخ;النص\nخلفوف;2020;نص", TableFile),
    "a table with columns in Persian": ("عنوان\tمتن\tلینک\nخلف‌اف\tمتن\thttps://x\n", TableFile),
    "rows of one length": ("a;b;c\n1;2;3\n4;5;6\n", TableFile),
}


@pytest.mark.parametrize(("text", "error"), CONTAINERS.values(), ids=CONTAINERS)
def test_a_file_of_articles_is_named_for_what_it_is(text: str, error: type[ExtractionError]) -> None:
    with pytest.raises(error):
        refuse_container(text)


ARTICLES = {
    "a report": REPORT,
    "a report with a dateline that looks like a header": "Date: 26 October 2020\n\n" + REPORT,
    "a report that opens with its source": "From: AzVision\n" + REPORT,
    "a page": "<!DOCTYPE html>\n<html lang=ar><title>خلفوف</title><p>" + REPORT,
    "a page that quotes as often in each line": "<!DOCTYPE html><html lang=ar><p>قال &quot;نعم&quot; في باكو</p>\n"
    + "<p>وقال &quot;لا&quot; في الدوحة</p>\n" * 3,
    "prose with commas in each line": "باكو، الدوحة، ريغا\n"
    + "وقال الوزير، أمس، إن الزيارة ناجحة، ومهمة، وطويلة.\n" * 3,
    "a list of names": "خلف خلفوف\nإلهام علييف\nتميم بن حمد\n",
    "a sentence in brackets": "[خبر] وصل الوزير إلى الدوحة.\n" + REPORT,
    "braces that hold no record": "{ وصل الوزير إلى الدوحة }\n" + REPORT,
    "nothing": "",
}


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES)
def test_an_article_is_left_alone(text: str) -> None:
    refuse_container(text)


def test_a_name_helps_to_know_a_table_and_proves_nothing() -> None:
    pairs = "خلفوف,نائب وزير\nقطر,دولة\n"
    refuse_container(pairs, "list.txt")
    with pytest.raises(TableFile):
        refuse_container(pairs, "LIST.CSV")
    refuse_container(REPORT.replace(",", ""), "report.tsv")


def test_a_deep_nest_of_brackets_is_no_reason_to_fall() -> None:
    refuse_container("[" * 100_000)
