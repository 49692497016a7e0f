"""R11, R12: the engine stands elsewhere and is down, or takes ten seconds: an honest 503 in time, other pages go on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

from tests.faults.archive import Archive, free_port

SILENCE = 120.0  # seconds that the engine would take; it is given 1.2, on a machine that may be busy
PAGES = ("/", "/officials/", "/healthz", "/account/sign-in/")


@contextmanager
def silent() -> Iterator[int]:
    """A server that takes every connection and never answers: what an engine is that needs ten seconds."""
    with socket.create_server(("127.0.0.1", free_port())) as server:
        held: list[socket.socket] = []

        def take() -> None:
            with suppress(OSError):
                while True:
                    held.append(server.accept()[0])

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join(10)
        for line in held:
            line.close()


def served_with_engine_at(archive: Archive, port: int) -> None:
    archive.more = {"DIWAN_SEARCH": f"opensearch://127.0.0.1:{port}/diwan", "DIWAN_SEARCH_MS": "1200"}
    archive.serve()


def told(archive: Archive) -> tuple[int, bool]:
    """Status of a search, and whether it says when to ask again; 0 where it took half of what the engine would take."""
    status, _body, headers = archive.get("/search/?q=قطر", patience=SILENCE / 2)
    return status, "Retry-After" in headers


def test_r11_where_no_engine_answers_readers_are_told_and_other_pages_go_on(archive: Archive) -> None:
    served_with_engine_at(archive, free_port())
    for _time in range(6):  # past the breaker's number of failures
        assert told(archive) == (503, True)
    assert {path: archive.status(path) for path in PAGES} == dict.fromkeys(PAGES, 200)
    assert archive.readiness()[0] == 503
    archive.stop_all()
    archive.more = {}
    archive.serve()
    assert archive.status("/search/?q=قطر") == 200
    archive.invariants()


def test_r12_a_slow_engine_is_given_up_and_holds_no_worker(archive: Archive) -> None:
    """Twenty readers search at once; each is told in time, and who reads something else meanwhile is answered."""
    with silent() as port:
        served_with_engine_at(archive, port)
        with ThreadPoolExecutor(24) as readers:
            searches = [readers.submit(told, archive) for _reader in range(20)]
            others = [readers.submit(archive.get, "/healthz", patience=SILENCE / 2) for _time in range(4)]
            assert [one.result()[0] for one in others] == [200] * 4
            assert {one.result() for one in searches} == {(503, True)}
        assert told(archive) == (503, True)
        archive.stop_all()
    assert b"Traceback" not in archive.log.read_bytes()
