"""R14, R3, R15: requests in flight end when the server is told to stop; killed processes are replaced."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.faults.archive import Archive, children
from tests.security.lines import read as answered
from tests.security.lines import request


def test_r14_sigterm_under_load(archive: Archive) -> None:
    """Whatever was sent whole before the stop is answered whole: nothing is forgiven, however short before it was."""
    archive.serve("manage.py", "serve")
    archive.until(archive.is_ready, "the archive is ready")
    told: list[tuple[float, int, bool]] = []
    stopped_at: list[float] = []

    def read() -> None:
        """One request after the other, each on a line of its own; noted with when it was sent whole."""
        while not stopped_at:
            with suppress(ConnectionRefusedError), socket.create_connection(archive.address, timeout=30) as line:
                line.sendall(request("/search/"))
                sent = time.monotonic()
                answer = answered(line)
                told.append((sent, answer.status, answer.body.rstrip().endswith("</html>")))

    readers = [threading.Thread(target=read) for _number in range(4)]
    for reader in readers:
        reader.start()
    archive.until(lambda: len(told) >= 20, "the archive is under load")
    stopped_at.append(time.monotonic())
    os.kill(archive.server.pid, signal.SIGTERM)
    for reader in readers:
        reader.join()
    assert archive.server.wait(30) == 0
    assert [whole for _sent, status, whole in told if status == 200 and not whole] == []
    unanswered = [stopped_at[0] - sent for sent, status, _whole in told if status != 200]
    assert [before for before in unanswered if before > 0] == [], "a request that was sent whole had no answer"
    assert archive.tell("mend") == []


def test_r3_a_killed_writer_is_started_again(archive: Archive) -> None:
    archive.serve("manage.py", "serve")
    archive.until(archive.is_ready, "the archive is ready")
    (writer,) = children(archive.server.pid, b"sync_index")
    os.kill(writer, signal.SIGKILL)
    archive.tell("publish", 1, 6000)
    archive.until(archive.is_ready, "another writer applied the change")
    assert children(archive.server.pid, b"sync_index") != [writer]
    archive.invariants()


def test_r15_a_killed_server_leaves_nothing_running(archive: Archive) -> None:
    archive.serve("manage.py", "serve")
    archive.until(archive.is_ready, "the archive is ready")
    os.kill(archive.server.pid, signal.SIGKILL)
    archive.server.wait(30)
    archive.until(lambda: archive.status("/healthz") != 200, "gunicorn went with the command that started it")


def test_r14_an_impatient_operator_leaves_nothing_running(archive: Archive) -> None:
    """A second signal while the processes are being ended."""
    archive.serve("manage.py", "serve")
    archive.until(archive.is_ready, "the archive is ready")
    archive.until(lambda: len(children(archive.server.pid, b"")) == 3, "the site, its writer and its worker run")
    started = children(archive.server.pid, b"")
    for _time in range(3):
        archive.server.terminate()
        time.sleep(0.05)
    assert archive.server.wait(60) == 0
    assert not [number for number in started if Path("/proc", str(number)).exists()]
