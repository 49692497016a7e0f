"""What is answered where nothing of a request reaches the archive: the right number, in the reader's language."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from gunicorn.http import errors

from config.edge.incoming import BodyTooLong
from config.edge.refusals import page, reader_language, refusal, status_of

HEAD = b"GET /search/?q=x HTTP/1.1\r\nHost: localhost\r\n"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (TimeoutError(), 408),
        (BodyTooLong("a body of 104857600 bytes"), 413),
        (errors.LimitRequestLine(9000, 8190), 414),
        (errors.LimitRequestHeaders("too many"), 431),
        (errors.ExpectationFailed("a cake"), 417),
        (errors.UnsupportedTransferCoding("gzip"), 501),
        (errors.ForbiddenProxyRequest("192.0.2.7"), 403),
        (errors.InvalidRequestLine("hello"), 400),
        (errors.InvalidHeader("HOST"), 400),
        (errors.InvalidChunkSize(b"xx"), 400),
        (RuntimeError("a fault of ours"), 500),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_each_error_has_the_number_that_tells_whose_fault_it_is(error: Exception, status: int) -> None:
    assert status_of(error) == status


LANGUAGES = {
    "the address before everything": (
        b"GET /?ui=fa HTTP/1.1\r\nCookie: django_language=ar\r\nAccept-Language: en\r\n",
        "fa",
    ),
    "the address behind other parameters": (b"GET /search/?q=x&ui=ar HTTP/1.1\r\nAccept-Language: fa\r\n", "ar"),
    "the cookie before the browser": (HEAD + b"Cookie: a=b; django_language=ar\r\nAccept-Language: fa\r\n", "ar"),
    "the browser": (HEAD + b"Accept-Language: fa-IR, en;q=0.5\r\n", "fa"),
    "a language that we lack": (b"GET /?ui=de HTTP/1.1\r\nAccept-Language: fa\r\n", "fa"),
    "a header that only looks like it": (b"GET / HTTP/1.1\r\nX: ?ui=fa\r\nAccept-Language: ar\r\n", "ar"),
}


@pytest.mark.parametrize(("head", "language"), LANGUAGES.values(), ids=LANGUAGES)
def test_the_language_is_read_from_what_arrived_of_the_head(head: bytes, language: str) -> None:
    assert reader_language(head) == language


@pytest.mark.parametrize("head", [b"", b"\x16\x03\x01\x02\x00", b"GET", b"\xff\xfe" * 9, b"?ui=", b"Cookie:\r\n"])
def test_noise_has_an_answer_too(head: bytes) -> None:
    assert reader_language(head) in {"ar", "fa", "en"}
    assert refusal(HTTPStatus.BAD_REQUEST, head, "-").startswith(b"HTTP/1.1 400 Bad Request\r\n")


def parted(answer: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _end, body = answer.partition(b"\r\n\r\n")
    line, *fields = head.decode("latin-1").split("\r\n")
    return line, dict(field.split(": ", 1) for field in fields), body


def test_a_refusal_is_whole_and_closes_the_connection() -> None:
    head = HEAD + b"Accept-Language: fa\r\n"
    line, fields, body = parted(refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, head, "5f2a"))
    assert line == "HTTP/1.1 413 Request Entity Too Large"
    assert fields["Connection"] == "close" and fields["Cache-Control"] == "no-store"
    assert fields["X-Request-ID"] == "5f2a" and "default-src" in fields["Content-Security-Policy"]
    assert fields["Content-Language"] == "fa" and int(fields["Content-Length"]) == len(body)
    assert 'lang="fa"' in body.decode() and 'dir="rtl"' in body.decode()


def test_who_asked_for_the_head_is_sent_no_body_but_its_length() -> None:
    _line, fields, body = parted(refusal(HTTPStatus.BAD_REQUEST, b"HEAD / HTTP/1.1\r\n", "-"))
    assert body == b"" and int(fields["Content-Length"]) > 0


@pytest.mark.parametrize("template", ["400.html", "408.html", "413.html", "500.html"])
def test_each_page_is_in_each_language(template: str) -> None:
    pages = {language: page(template, language, 4096) for language in ("ar", "fa", "en")}
    assert len(set(pages.values())) == 3
    assert all(f'lang="{language}"' in text for language, text in pages.items())
