"""R20: a body that is too long is refused before it is read, with a page, and the connection ends in order."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.faults.archive import Archive
from tests.security.lines import Answer, ask, line, read, request
from tests.security.test_slow_clients import resident, worker

SETTINGS = {"DIWAN_WORKERS": "1", "DIWAN_BODY_MAX_BYTES": "1000000"}
MEGABYTE = 1024 * 1024
FORM = "Content-Type: application/x-www-form-urlencoded"
MULTIPART = "Content-Type: multipart/form-data; boundary=edge"


def sends_on(archive: Archive, head: bytes, piece: bytes, times: int) -> Answer:
    """A client that sends everything before it reads, whatever the server thinks."""
    with line(archive.bind) as made:
        made.sendall(head)
        with suppress(ConnectionError):
            for _time in range(times):
                made.sendall(piece)
        return read(made)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        (b"POST", "/admin/login/"),
        (b"POST", "/nonesuch/"),
        (b"POST", "/search/"),
        (b"PUT", "/"),
        (b"GET", "/healthz"),
        (b"DELETE", "/static/css/diwan.css"),
    ],
)
@pytest.mark.parametrize("kind", [FORM, MULTIPART])
def test_r20_a_hundred_megabytes_are_refused_by_their_length(
    archive: Archive, method: bytes, path: str, kind: str
) -> None:
    """Not a byte of the body is sent, and the answer is there."""
    answer = ask(archive.bind, request(path, kind, f"Content-Length: {100 * MEGABYTE}", method=method))
    assert answer.status == 413
    assert answer.seconds < 1
    assert answer.headers["Connection"] == "close"


def test_r20_who_sends_on_reads_the_answer_all_the_same(archive: Archive) -> None:
    before = resident(worker(archive))
    head = request("/admin/login/", MULTIPART, f"Content-Length: {100 * MEGABYTE}", method=b"POST")
    assert sends_on(archive, head, MEGABYTE * b"a", 100).status == 413
    assert resident(worker(archive)) < before + 20


def test_r20_chunks_are_refused_as_soon_as_they_are_too_many(archive: Archive) -> None:
    before = resident(worker(archive))
    head = request("/admin/login/", FORM, "Transfer-Encoding: chunked", method=b"POST")
    piece = b"10000\r\n" + 0x10000 * b"a" + b"\r\n"
    assert sends_on(archive, head, piece, 1600).status == 413
    assert sends_on(archive, head + b"fffffff\r\n", MEGABYTE * b"a", 100).status == 413
    assert sends_on(archive, head, b"1\r\na\r\n", 300_000).status == 413
    assert resident(worker(archive)) < before + 20


def test_r20_small_chunks_make_a_form(archive: Archive) -> None:
    """A body in chunks is read like any other: the login form misses its token, in both."""
    chunked = request("/admin/login/", FORM, "Transfer-Encoding: chunked", method=b"POST")
    body = b"5\r\nusern\r\n8\r\name=layl\r\n"
    assert ask(archive.bind, chunked + body, then=b"0\r\n\r\n", pause=0.2).status == 403
    assert ask(archive.bind, chunked + body, then=b";\r\n\r\n", pause=0.2).status == 400


def test_r20_more_than_the_length_says_is_another_request(archive: Archive) -> None:
    head = b"POST /nonesuch/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"
    with line(archive.bind) as made:
        made.sendall(head + 2 * MEGABYTE * b"a")
        assert read(made).status == 404
        assert read(made).status in {0, 414}


def test_r20_what_fits_is_read(archive: Archive) -> None:
    body = b"a=" + 900_000 * b"b"
    assert (
        ask(archive.bind, request("/nonesuch/", FORM, f"Content-Length: {len(body)}", method=b"POST") + body).status
        == 404
    )


def test_r20_a_client_that_asks_first_is_told_first(archive: Archive) -> None:
    fields = (FORM, "Expect: 100-continue")
    with line(archive.bind) as made:
        made.sendall(request("/nonesuch/", *fields, "Content-Length: 3", method=b"POST"))
        assert made.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        made.sendall(b"abc")
        assert read(made).status == 404
    assert ask(archive.bind, request("/", *fields, f"Content-Length: {MEGABYTE}", method=b"POST")).status == 413


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (("Accept-Language: ar",), "ما أُرسل أكبر من اللازم"),
        (("Accept-Language: ar", "Cookie: django_language=fa"), "بیش از اندازه بزرگ است"),
        ((), "at most 976.6\xa0KB"),
    ],
)
def test_the_refusal_is_in_the_language_of_the_reader(archive: Archive, fields: tuple[str, ...], words: str) -> None:
    answer = ask(archive.bind, request("/", *fields, "Content-Length: 99999999", method=b"POST"))
    assert words in answer.body
    assert answer.headers["X-Request-ID"] in archive.log.read_text("utf-8")


def test_the_refusal_is_in_the_language_that_the_address_chooses(archive: Archive) -> None:
    answer = ask(archive.bind, request("/?q=a&ui=fa", "Content-Length: 99999999", method=b"POST"))
    assert 'lang="fa" dir="rtl"' in answer.body
