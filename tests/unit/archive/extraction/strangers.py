"""Pages of strangers in small: a report in Arabic or Persian, and the markup that a news site may put around it."""

from __future__ import annotations

from dataclasses import dataclass

from archive.extraction import ExtractedArticle, extract
from archive.extraction.dates.dating import date_article


@dataclass(frozen=True, slots=True)
class Report:
    """A report of three paragraphs with its day as its language prints it, and in ISO."""

    language: str
    title: str
    day: str
    iso: str
    paragraphs: tuple[str, str, str]


ARABIC = Report(
    "ar",
    "مباحثات في الرباط حول النقل البحري",
    "14 فبراير 2020",
    "2020-02-14",
    (
        "بحثت وزارتا الخارجية في الرباط وعمّان خلال مشاورات سياسية النقل البحري، وراجع الوفدان جدول الاتفاقات.",
        "وقال رئيس الوفد المغربي إن الطرفين وضعا جدولا زمنيا واضحا، وإن الجانب الأردني تعهد بتسهيل الإجراءات.",
        "ومن المقرر أن تعقد الجولة التالية في عمّان، على أن تسبقها زيارة لخبراء من الجانبين.",
    ),
)
PERSIAN = Report(
    "fa",
    "رایزنی در کابل درباره بازارچه‌های مرزی",
    "۲۹ بهمن ۱۳۹۸",
    "2020-02-18",
    (
        "نمایندگان دو وزارت خارجه در کابل دور تازه رایزنی‌های سیاسی را برگزار کردند و توافق‌ها را مرور کردند.",
        "رئیس هیئت افغانستان گفت زمان‌بندی روشنی تنظیم شده است و طرف ازبکستان متعهد شده تشریفات را آسان کند.",
        "دور بعدی در تاشکند برگزار خواهد شد و پیش از آن کارشناسان دو طرف از محل طرح بازدید می‌کنند.",
    ),
)
REPORTS = (ARABIC, PERSIAN)


def text_of(report: Report, tag: str = "p") -> str:
    """The paragraphs in their mark-up."""
    return "".join(f"<{tag}>{words}</{tag}>" for words in report.paragraphs)


def page_of(
    report: Report,
    *,
    head: str = "",
    above: str = "",
    date: str | None = None,
    text: str | None = None,
    below: str = "",
    outer: str = "<div class='w'>{}</div>",
    title: str | None = None,
) -> str:
    """A page with menu, title, dateline, text and foot; each part may be given otherwise."""
    menu = "".join(
        f"<li><a href='/{at}'>{word}</a></li>" for at, word in enumerate(("سياسة", "اقتصاد", "ورزشی", "ثقافة") * 6)
    )
    line = f"<div class='date'>{report.day}</div>" if date is None else date
    body = f"<div class='c'>{text_of(report)}</div>" if text is None else text
    inner = outer.format(f"<h1>{report.title}</h1>{line}{body}")
    named = report.title if title is None else title
    return (
        f"<!doctype html><html lang='{report.language}' dir='rtl'><head><meta charset='utf-8'>"
        f"<title>{named}</title>{head}"
        f"</head><body><div class='nv'><ul>{menu}</ul></div>{above}{inner}{below}<div class='bt'>"
        f"<p>جميع الحقوق محفوظة</p></div>"
        "</body></html>"
    )


def read(page: str) -> ExtractedArticle:
    """The article of a page."""
    return extract(page.encode(), name="page.html")


def day_of(found: ExtractedArticle) -> str:
    """The day of an article in ISO, "" for none."""
    dated = date_article(found.date_lines, found.body, found.language)
    return dated.value.isoformat() if dated else ""


def clock_of(found: ExtractedArticle) -> str:
    """The hour of an article as its outlet counts it, "" for none."""
    dated = date_article(found.date_lines, found.body, found.language)
    if dated is None or dated.precision != "minute":
        return ""
    return f"{dated.instant:%H:%M}" if dated.instant else f"{dated.clock:%H:%M}"
