"""E-mails and saved pages: what is in them, as their writer wrote it."""

from __future__ import annotations

import textwrap
from email.message import EmailMessage

import pytest

from archive.extraction import extract
from archive.intake.reading.items import Item, SetAside
from tests.unit.archive.intake.wholes import FIVE, asides, items, mail, mhtml, page, read

TEXT = f"{FIVE[0].title}\n\n{FIVE[0].body}\n"


def article(item: Item) -> tuple[str, tuple[str, ...]]:
    found = extract(item.page or item.payload, declared_encoding=item.charset)
    return found.title, found.paragraphs


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_saved_page_gives_the_page_its_address_and_when_it_was_saved(encoding: str) -> None:
    for number, held in enumerate(FIVE):
        (found,) = items(mhtml(number, encoding), "page.mhtml")
        assert found.page is not None and found.page.decode().rstrip() == page(number)
        assert article(found)[0] == held.title
        assert found.address == f"https://news.example/{number}"
        assert found.captured_at is not None and found.captured_at.isoformat() == "2020-08-03T10:00:00+00:00"


def test_a_saved_page_is_known_without_its_name() -> None:
    assert items(mhtml(0), "download")[0].media_type == "multipart/related"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_message_of_plain_text_is_its_text(encoding: str) -> None:
    message = mail(0)
    message.set_content(TEXT, cte=encoding)
    (found,) = items(message.as_bytes(), "mail.eml")
    assert article(found) == (FIVE[0].title, FIVE[0].paragraphs)
    assert found.payload == message.as_bytes()


def test_a_message_in_two_forms_is_read_once() -> None:
    message = mail(1)
    message.set_content("in short")
    message.add_alternative(page(1), subtype="html")
    (found,) = items(message.as_bytes(), "mail.eml")
    assert article(found)[0] == FIVE[1].title and "in short" not in (found.page or b"").decode()


def test_the_subject_heads_a_text_that_does_not_say_it() -> None:
    message = mail(0)
    message.set_content(FIVE[0].body)
    assert article(items(message.as_bytes(), "mail.eml")[0])[0] == FIVE[0].title
    message = mail(0)
    paragraphs = "".join(f"<p>{one}</p>" for one in FIVE[0].paragraphs)
    message.set_content(f"<div dir=rtl>{paragraphs}</div>", subtype="html")
    assert article(items(message.as_bytes(), "mail.eml")[0])[0] == FIVE[0].title


@pytest.mark.parametrize("prefix", ["Fwd: ", "FW: Re: ", "إعادة توجيه: ", "بازارسال: "])
def test_a_forwarded_report_is_the_report_and_not_the_letter_around_it(prefix: str) -> None:
    message = mail(0, Subject=prefix + FIVE[0].title)
    head = f"From: a@b.example\nDate: Mon, 3 Aug 2020\nSubject: {FIVE[0].title}\nTo: c@d.example\n\n"
    message.set_content(f"للعلم\n\n---------- Forwarded message ---------\n{head}{FIVE[0].body}\n\n-- \nفلان\n")
    (found,) = items(message.as_bytes(), "mail.eml")
    assert article(found) == (FIVE[0].title, FIVE[0].paragraphs)


def test_a_quoted_report_loses_the_marks_of_quoting() -> None:
    message = mail(0)
    quoted = "\n".join(f"> {line}".rstrip() for line in TEXT.splitlines())
    message.set_content(f"Begin forwarded message:\n\n{quoted}\n")
    assert article(items(message.as_bytes(), "mail.eml")[0]) == (FIVE[0].title, FIVE[0].paragraphs)


def test_lines_that_a_mailer_broke_are_paragraphs_again() -> None:
    written = [FIVE[0].title, *FIVE[0].paragraphs]
    broken = "\n\n".join("\n".join(textwrap.wrap(one, 72, break_on_hyphens=False)) for one in written)
    message = mail(0)
    message.set_content(f"{broken}\n")
    paragraphs = article(items(message.as_bytes(), "mail.eml")[0])[1]
    assert [" ".join(one.split()) for one in paragraphs] == [" ".join(one.split()) for one in FIVE[0].paragraphs]


def test_a_page_and_a_message_that_are_attached_are_articles_of_their_own() -> None:
    message = mail(0, Subject="pages")
    message.set_content("as promised")
    message.add_attachment(page(1).encode(), "text", "html", filename="خبر.html")
    inner = mail(2)
    inner.set_content(f"{FIVE[2].title}\n\n{FIVE[2].body}")
    message.add_attachment(inner)
    message.add_attachment(b"PK", "application", "msword", filename="a.doc")
    found = read(message.as_bytes(), "mail.eml")
    assert [article(one)[0] for one in found if isinstance(one, Item)] == [FIVE[1].title, FIVE[2].title]
    assert found[0].name == "mail.eml/خبر.html"
    assert asides(message.as_bytes(), "mail.eml") == [
        "mail.eml/a.doc: A part of the message that is not read (application/msword)."
    ]


def test_a_message_that_holds_itself_ends() -> None:
    message = mail(0)
    message.set_content(TEXT)
    for _depth in range(30):
        outer = mail(0)
        outer.set_content("see below")
        outer.add_attachment(message)
        message = outer
    found = read(message.as_bytes(), "mail.eml")
    assert any(isinstance(one, SetAside) and one.refused for one in found)


def test_a_bare_header_in_another_encoding_is_read() -> None:
    message = EmailMessage()
    message.set_content(FIVE[0].body, cte="8bit")
    for raw in (FIVE[0].title.encode(), FIVE[0].title.encode("windows-1256", "ignore")):
        payload = b"From: a@b.example\nDate: x\nSubject: " + raw + b"\n" + message.as_bytes()
        assert article(items(payload, "mail.eml")[0])[0].startswith(FIVE[0].title[:10])


def test_a_report_that_opens_like_a_letter_is_a_page() -> None:
    report = f"From: Doha\n\n{FIVE[0].body}"
    assert items(report.encode(), "a.txt")[0].page is None
