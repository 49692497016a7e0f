"""R20: whoever is too slow is told so, and loses the connection; an archive full of connections lets others in."""

from __future__ import annotations

import socket
import time
from pathlib import Path

from tests.faults.archive import Archive, children
from tests.security.lines import ask, dripping, line, many, read, request
from tests.security.test_half_sent_requests import BEGINNINGS, HALF_A_BODY, HALF_A_HEAD

SETTINGS = {"DIWAN_PATIENCE_SECONDS": "2", "DIWAN_WORKERS": "1"}


def worker(archive: Archive) -> int:
    (server,) = children(archive.server.pid, b"gunicorn")
    return children(server, b"gunicorn")[0]


def resident(process: int) -> int:
    """Megabytes."""
    status = Path("/proc", str(process), "status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


def descriptors(process: int) -> int:
    return len(list(Path("/proc", str(process), "fd").iterdir()))


def closed(made: socket.socket) -> bool:
    """Whether the server has ended the line, once what it sent was read."""
    made.settimeout(0.2)
    try:
        while made.recv(65536):
            pass
        return True
    except TimeoutError:
        return False
    except OSError:
        return True


def test_r20_a_head_and_a_body_that_drip_are_refused_in_time(archive: Archive) -> None:
    with many(archive.bind, 20, [HALF_A_HEAD, HALF_A_BODY]) as lines, dripping(lines, pause=0.2):
        begun = time.monotonic()
        answers = [read(made) for made in lines]
        assert {answer.status for answer in answers} == {408}
        assert time.monotonic() - begun < 8
    assert "Your request did not arrive in time" in answers[0].body
    assert answers[0].headers["Connection"] == "close"


def test_r20_silent_lines_are_closed_without_a_word(archive: Archive) -> None:
    with many(archive.bind, 5) as lines:
        assert [made.recv(100) for made in lines] == [b""] * 5


def test_r20_a_body_on_a_slow_line_arrives_whole(archive: Archive) -> None:
    """At 8,000 bytes a second, for longer than a body may stand still."""
    with line(archive.bind) as made:
        made.sendall(request("/nonesuch/", "Content-Length: 40000", method=b"POST"))
        for _piece in range(10):
            time.sleep(0.5)
            made.sendall(4000 * b"a")
        assert read(made).status == 404


def test_r20_an_answer_that_is_not_read_is_given_up(archive: Archive) -> None:
    wanted = request("/static/admin/js/vendor/jquery/jquery.js").replace(b"Connection: close\r\n", b"")
    before = descriptors(worker(archive))
    lines = [line(archive.bind, receive=2048) for _number in range(10)]
    for made in lines:
        made.sendall(wanted * 30)
    time.sleep(0.5)
    assert descriptors(worker(archive)) > before
    archive.until(lambda: descriptors(worker(archive)) <= before, "the lines are closed, and their files", 10)
    for made in lines:
        made.close()


def test_r20_a_thousand_idle_lines_cost_little_and_nobody_his_turn(archive: Archive) -> None:
    before = resident(worker(archive))
    with many(archive.bind, 1000, BEGINNINGS):
        assert ask(archive.bind, request("/healthz")).seconds < 1
        assert ask(archive.bind, request("/search/?q=قطر")).status == 200
        assert resident(worker(archive)) < before + 40


def test_r20_a_crowd_from_one_address_pushes_out_its_own(archive: Archive) -> None:
    """More lines than a worker keeps (1,000): the newest are served, and somebody else's quiet line stays."""
    kept = request("/healthz").replace(b"Connection: close\r\n", b"")
    with line(archive.bind, source="127.0.0.2") as quiet:
        quiet.sendall(kept)
        assert read(quiet).status == 200
        with many(archive.bind, 1100) as lines:
            assert ask(archive.bind, request("/healthz")).status == 200
            assert descriptors(worker(archive)) < 1100
            assert closed(lines[0])
            quiet.sendall(kept)
            assert read(quiet).status == 200
