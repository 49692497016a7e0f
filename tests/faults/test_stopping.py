"""R14, R3: requests in flight end when the server is told to stop; killed processes are replaced."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

from tests.faults.archive import Archive, children


def test_r14_sigterm_under_load(archive: Archive) -> None:
    """Every answer that begins ends whole; only who knocks in the moment of the end may find the door closed."""
    archive.serve("manage.py", "serve")
    archive.until(archive.is_ready, "the archive is ready")
    answers: list[tuple[float, int, bool]] = []
    stopped_at: list[float] = []

    def read() -> None:
        while not stopped_at:
            begun = time.monotonic()
            status, body, _headers = archive.get("/search/")
            answers.append((begun, status, body.rstrip().endswith(b"</html>")))

    readers = [threading.Thread(target=read) for _number in range(4)]
    for reader in readers:
        reader.start()
    time.sleep(2)
    os.kill(archive.server.pid, signal.SIGTERM)
    stopped_at.append(time.monotonic())
    for reader in readers:
        reader.join()
    assert archive.server.wait(30) == 0
    assert {whole for _begun, status, whole in answers if status == 200} == {True}
    late = [begun for begun, status, _whole in answers if status != 200]
    assert all(begun > stopped_at[0] - 0.5 for begun in late)
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


def test_a_killed_server_leaves_nothing_running(archive: Archive) -> None:
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
