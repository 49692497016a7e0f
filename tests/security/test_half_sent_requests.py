"""R20: who sends half a request, or reads none of the answer, holds no thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.archive import Archive
from tests.security.lines import Answer, ask, dripping, line, many, read, request

SILENT = b""
HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
HALF_A_BODY = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 100000\r\n\r\nusername=lay"
)
HALF_A_CHUNK = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nusername=lay"
)
BEGINNINGS = (HALF_A_HEAD, HALF_A_BODY, SILENT, HALF_A_CHUNK)
HEAVY = "/search/export/?format=pdf"  # a second of work for a thread, and more

SETTINGS = {"DIWAN_HEAVY_PER_MINUTE": "0"}  # all requests come from one address


def answered_soon(archive: Archive, path: str, times: int = 5) -> None:
    """Asked again and again, the typical answer is whole within a second."""
    answers = [ask(archive.bind, request(f"{path}{number}")) for number in range(times)]
    assert {answer.status for answer in answers} == {200}
    assert sorted(answer.seconds for answer in answers)[times // 2] < 1, [answer.seconds for answer in answers]


@contextmanager
def computing(archive: Archive, count: int) -> Iterator[None]:
    """So many clients who ask for heavy work without a pause."""
    end = threading.Event()

    def work() -> None:
        while not end.is_set():
            ask(archive.bind, request(HEAVY))

    threads = [threading.Thread(target=work) for _number in range(count)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join()


def test_r20_two_hundred_half_sent_requests_stop_nobody(archive: Archive) -> None:
    with many(archive.bind, 200, BEGINNINGS):
        answered_soon(archive, "/healthz?")
        answered_soon(archive, "/search/?q=قطر&page_asked=")


def test_r20_half_sent_requests_that_go_on_byte_by_byte_stop_nobody_while_workers_compute(archive: Archive) -> None:
    with many(archive.bind, 200, BEGINNINGS) as lines, dripping(lines):
        with computing(archive, 8):
            answered_soon(archive, "/healthz?")
        with computing(archive, 2):
            answered_soon(archive, "/search/?q=قطر&page_asked=")


@pytest.mark.parametrize("cut", [5, 40, 130])
def test_r20_a_slow_honest_client_is_answered(archive: Archive, cut: int) -> None:
    body = b"username=layla&password=secret"
    whole = request("/search/", f"Content-Length: {len(body)}", method=b"POST") + body
    answer = ask(archive.bind, whole[:cut], then=whole[cut:], pause=2)
    assert answer.status == 403  # without the form's token


def test_r20_a_client_that_reads_nothing_holds_no_thread(archive: Archive) -> None:
    wanted = request("/static/admin/js/vendor/jquery/jquery.js").replace(b"Connection: close\r\n", b"")
    lines = [line(archive.bind, receive=2048) for _number in range(40)]
    try:
        for made in lines:
            made.sendall(wanted * 30)  # more than the kernel keeps for it
        answered_soon(archive, "/healthz?")
        answered_soon(archive, "/search/?q=قطر&page_asked=")
        assert [read(lines[0]).status for _time in range(1)] == [200]
    finally:
        for made in lines:
            made.close()


def test_r20_a_client_that_does_not_close_keeps_nobody_waiting(archive: Archive) -> None:
    with many(archive.bind, 40, [request("/healthz")]):
        answered_soon(archive, "/healthz?")


def test_r20_a_stop_does_not_wait_for_half_sent_requests(archive: Archive) -> None:
    """Stands last: it stops the server of this file. What is being made is still answered."""
    answers: list[Answer] = []
    reader = threading.Thread(target=lambda: answers.append(ask(archive.bind, request(HEAVY))))
    with many(archive.bind, 40, BEGINNINGS) as lines, dripping(lines):
        reader.start()
        time.sleep(0.3)
        stopped_at = time.monotonic()
        archive.server.terminate()
        assert archive.server.wait(30) == 0
        assert time.monotonic() - stopped_at < 14
    reader.join()
    assert [answer.status for answer in answers] == [200]
