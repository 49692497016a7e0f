"""Files that are no one page: refused, each with its reason; and files that only look like it."""

from __future__ import annotations

import csv
import io
import json
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from archive.extraction import (
    ExtractionError,
    FeedFile,
    MailMessage,
    RecordsFile,
    SeveralArticles,
    TableFile,
    WebArchive,
    extract,
)
from archive.extraction.page.wrapping import unwrapped
from tests.unit.archive.extraction.strangers import ARABIC, PERSIAN, REPORTS, Report, day_of, page_of, text_of


def plain(report: Report, gap: str = "\n\n") -> str:
    return f"{report.title}\n{report.day}\n\n{gap.join(report.paragraphs)}\n"


def web_archive(encoding: str, *, headers: bool = True) -> str:
    archive = MIMEMultipart("related", type="text/html")
    part = MIMEText(page_of(ARABIC), "html", "utf-8")
    if encoding == "8bit":
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = "8bit"
        part.set_payload(page_of(ARABIC))
    part["Content-Location"] = "https://news.example/1"
    archive.attach(part)
    text = archive.as_string()
    return f"From: <Saved by Blink>\nSnapshot-Content-Location: https://news.example/1\n{text}" if headers else text


def mail(report: Report, subtype: str = "plain") -> str:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "desk@agency.example", "archive@diwan.example", report.title
    message.set_content(page_of(report) if subtype == "html" else plain(report), subtype=subtype)
    return message.as_string()


def records(*reports: Report) -> list[dict[str, str]]:
    return [{"title": one.title, "date": one.iso, "body": "\n\n".join(one.paragraphs)} for one in reports]


def table(delimiter: str, heading: tuple[str, ...] | None = ("title", "date", "source", "body")) -> str:
    rows = io.StringIO()
    writer = csv.writer(rows, delimiter=delimiter)
    writer.writerows([heading] if heading else [])
    writer.writerows([one.title, one.iso, "المرفأ", "\n\n".join(one.paragraphs)] for one in (*REPORTS, ARABIC))
    return rows.getvalue()


NO_PAGES = (
    (web_archive("base64"), "page.mhtml", WebArchive),
    (web_archive("8bit"), "page.mht", WebArchive),
    (web_archive("base64", headers=False), "page.html", WebArchive),
    (web_archive("8bit").replace("\n", "\r\n"), "saved.txt", WebArchive),
    (mail(ARABIC), "mail.eml", MailMessage),
    (mail(PERSIAN, "html"), "mail.txt", MailMessage),
    ("From desk@agency.example Mon Aug  3 10:00:00 2020\n" + mail(ARABIC), "box.mbox", MailMessage),
    ("Received: from mx.example\n\tby mail.example; Mon, 3 Aug 2020\n" + mail(ARABIC), "m.txt", MailMessage),
    (f"From: desk@agency.example\nSubject: x\n\n{plain(ARABIC)}", "m.txt", MailMessage),
    ("\n".join(json.dumps(one, ensure_ascii=False) for one in records(*REPORTS)), "batch.jsonl", RecordsFile),
    ("\n".join(json.dumps(one) for one in records(*REPORTS)), "export.txt", RecordsFile),
    (json.dumps(records(*REPORTS), ensure_ascii=False, indent=1), "batch.json", RecordsFile),
    (json.dumps({"articles": records(*REPORTS)}, ensure_ascii=False), "a.txt", RecordsFile),
    ("\ufeff" + json.dumps(records(ARABIC)[0], ensure_ascii=False, indent=4), "one.json", RecordsFile),
    (table(","), "batch.csv", TableFile),
    (table("\t"), "table.tsv", TableFile),
    (table(";"), "export.txt", TableFile),
    (table("|"), "export.txt", TableFile),
    ("\ufeff" + table(",", ("العنوان", "التاريخ", "المصدر", "النص")), "a.txt", TableFile),
    (table(",", ("عنوان", "تاریخ", "منبع", "متن")), "a.csv", TableFile),
    (table("\t", None), "a.txt", TableFile),
    (table(",", None), "a.csv", TableFile),
    (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>{ARABIC.title}</title></channel></rss>",
        "a.xml",
        FeedFile,
    ),
    ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>x</title></entry></feed>", "a.txt", FeedFile),
)


@pytest.mark.parametrize(("text", "name", "reason"), NO_PAGES, ids=lambda value: getattr(value, "code", None))
def test_file_of_articles_is_refused_with_its_reason(text: str, name: str, reason: type[ExtractionError]) -> None:
    with pytest.raises(reason):
        extract(text.encode(), name=name)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1256"])
def test_records_are_known_in_any_encoding(encoding: str) -> None:
    with pytest.raises(RecordsFile):
        extract(json.dumps(records(ARABIC), ensure_ascii=False).encode(encoding), name="a.json")


PAGES_ALL_THE_SAME = (
    plain(ARABIC),
    plain(PERSIAN, "\n"),
    f"{plain(ARABIC)}\nالمصدر: desk@agency.example",
    f"Subject: {ARABIC.title}\n\n{plain(ARABIC)}",
    f"Title: {ARABIC.title}\nDate: 14 فبراير 2020\nSource: المرفأ\n\n{plain(ARABIC)}",
    plain(ARABIC).replace("،", ","),
    f"{plain(ARABIC)}\nالسنة | الدورة | المكان\n2019 | الأولى | عمّان\n",
    f"{plain(ARABIC)}\n[1] بيان الوزارة.\n",
    f"«{ARABIC.title}»\n{plain(ARABIC)}",
    f"{{ملف}} {ARABIC.title}\n{plain(ARABIC)}",
)


@pytest.mark.parametrize("text", PAGES_ALL_THE_SAME, ids=range(len(PAGES_ALL_THE_SAME)))
def test_text_of_one_article_is_taken(text: str) -> None:
    assert ARABIC.paragraphs[0].replace("،", "")[:30] in extract(text.encode(), name="page.txt").body.replace(
        "،", ""
    ) or (PERSIAN.paragraphs[0] in extract(text.encode(), name="page.txt").body)


def two(first: str, second: str, date: str) -> str:
    return f"<html><body><main>{article(ARABIC, first, date)}{article(PERSIAN, second, date)}</main></body></html>"


def article(report: Report, heading: str, date: str) -> str:
    return f"<article><{heading}>{report.title}</{heading}>{date.format(report.day)}{text_of(report)}</article>"


SEVERAL = (
    f"{plain(ARABIC)}\n\n{plain(PERSIAN)}",
    f"{plain(ARABIC)}\n----------------------------------------\n\n{plain(PERSIAN)}",
    f"{plain(ARABIC)}\n* * *\n{plain(PERSIAN)}\n* * *\n{plain(ARABIC)}",
    f"{plain(ARABIC, chr(10))}\n=====\n{plain(PERSIAN, chr(10))}",
    "\n\n".join(f"{one.day}\n{one.title}\n\n" + "\n".join(one.paragraphs) for one in REPORTS),
    "\n\n".join(f"{at}- {one.title}\n{one.day}\n" + "\n".join(one.paragraphs) for at, one in enumerate(REPORTS, 1)),
    "\n\n".join(f"{one.title}\nالتاريخ: {one.day}\n\n" + "\n\n".join(one.paragraphs) for one in REPORTS),
    "\n\n".join(f"{one.title}\n\nكتب: أحمد سالم\n{one.day}\n\n" + "\n\n".join(one.paragraphs) for one in REPORTS),
    "\f".join(map(plain, REPORTS)),
    two("h1", "h1", "<time>{}</time>"),
    two("h2", "h2", "<p>{}</p>"),
    two("h1", "h2", "<div class=date>{}</div>"),
    two("h3", "h3", "<div class=meta>{}</div>"),
    "<html><body>{}</body></html>".format(
        "".join(f"<div class=post><p>{one.day}</p><h2>{one.title}</h2>{text_of(one)}</div>" for one in REPORTS)
    ),
)


@pytest.mark.parametrize("text", SEVERAL, ids=range(len(SEVERAL)))
def test_file_of_several_reports_is_refused(text: str) -> None:
    with pytest.raises(SeveralArticles) as refused:
        extract(text.encode(), name="bulletin.html" if text.startswith("<") else "bulletin.txt")
    assert refused.value.number >= 2


ONE = (
    f"{plain(ARABIC)}\n26 أكتوبر 2020\n\n{PERSIAN.paragraphs[0]}",
    f"{ARABIC.title}\n{ARABIC.day}\n\n" + "\n\n".join(ARABIC.paragraphs) + f"\n\nآخر تحديث: {ARABIC.day}",
    f"{ARABIC.title}\n{ARABIC.day}\nالموافق 20 جمادى الآخرة 1441\n\n" + "\n\n".join(ARABIC.paragraphs),
    f"{ARABIC.day}\n{ARABIC.title}\nوزير الخارجية يستقبل نظيره\n\n" + "\n\n".join(ARABIC.paragraphs),
    page_of(
        ARABIC,
        below=4
        * f"<article><h3><a href='/'>لقاء</a></h3><time>3 يونيو 2019</time><p>{PERSIAN.paragraphs[0]}</p></article>",
    ),
    page_of(ARABIC, text=f"<h2>خلفية الخلاف</h2>{text_of(ARABIC)}<h2>مواقف الطرفين</h2>{text_of(PERSIAN)}"),
    page_of(
        ARABIC,
        text=f"<h3>3 يونيو 2019</h3><p>{ARABIC.paragraphs[0]}</p><h3>9 نوفمبر 2018</h3><p>{ARABIC.paragraphs[1]}</p>",
    ),
    page_of(
        ARABIC,
        text="".join(
            f"<div><h2>{film}</h2><div>قبل {at} ساعة</div></div>{text_of(one)}"
            for at, film, one in (
                (14, "أهالي المرفأ يتحدثون إلى القناة", ARABIC),
                (20, "حديث السفير عن الاتفاق", PERSIAN),
            )
        ),
    ),
)


@pytest.mark.parametrize("text", ONE, ids=range(len(ONE)))
def test_one_report_with_several_dates_is_one(text: str) -> None:
    found = extract(text.encode(), name="page.html" if text.startswith("<") else "page.txt")
    assert ARABIC.paragraphs[0] in found.paragraphs


def wrapped(words: str, width: int, indent: str = "", *, greedy: bool = True) -> str:
    lines, line = [], indent
    for word in words.split(" "):
        if len(line) + len(word) + 1 > width - (0 if greedy else len(lines) % 3 * 2) and line.strip():
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line.strip() else f"{line}{word}"
    return "\n".join([*lines, line])


LONG = tuple(
    Report(
        one.language,
        one.title,
        one.day,
        one.iso,
        tuple(f"{p} {q}" for p, q in zip(one.paragraphs, one.paragraphs[::-1], strict=True)),
    )  # type: ignore[arg-type]
    for one in REPORTS
)


@pytest.mark.parametrize("report", LONG, ids=lambda one: one.language)
@pytest.mark.parametrize("width", [40, 60, 65, 72, 80, 90])
@pytest.mark.parametrize(("indent", "gap"), [("", "\n\n"), ("    ", "\n"), ("  ", "\n\n"), ("", "\n \n")])
@pytest.mark.parametrize("greedy", [True, False])
def test_lines_broken_at_a_width_become_paragraphs(
    report: Report, width: int, indent: str, gap: str, greedy: bool
) -> None:
    text = gap.join(wrapped(words, width, indent, greedy=greedy) for words in report.paragraphs)
    found = extract(f"{report.title}\n{report.day}\n\n{text}\n".encode(), name="w.txt")
    assert (found.title, found.paragraphs, day_of(found)) == (report.title, report.paragraphs, report.iso)
    assert [span.of(found.page_text) for span in found.paragraph_spans] == list(report.paragraphs)


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_every_line_below_the_title_may_be_indented(ending: str) -> None:
    text = "\n\n".join(wrapped(words, 64) for words in LONG[0].paragraphs).replace("\n", "\n   ")
    found = extract(f"{ARABIC.title}\n{ARABIC.day}\n\n   {text}\n".replace("\n", ending).encode(), name="w.txt")
    assert found.paragraphs == LONG[0].paragraphs


@pytest.mark.parametrize(
    "text",
    [
        plain(ARABIC),
        plain(PERSIAN, "\n"),
        "\n".join(f"وقال الوزير إن البند {at} من الاتفاق سيطبق في موعده المقرر." for at in range(12)),
        "\n".join(f"- {word}" for word in ("الوفد الأردني", "الوفد المغربي", "الوفد التونسي", "الوفد الكويتي")),
        "الجولة الأولى\nفي عمّان\n\nالجولة الثانية\nفي الرباط",
        plain(LONG[0]),
    ],
)
def test_lines_that_are_paragraphs_stay(text: str) -> None:
    assert unwrapped(text) == text
