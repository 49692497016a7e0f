"""R15, and the files beside the pages: what gunicorn serves is named by its content and may be kept for ever."""

from __future__ import annotations

import gzip
import re
import time
import urllib.request

from tests.faults.archive import ROUNDS, Archive


def test_r15_starting_and_stopping_leaves_nothing_behind(archive: Archive) -> None:
    """Nothing runs on, no lock is held, no file of a process or of half a write is left; `make long` does it often."""
    archive.serve("manage.py", "serve")
    archive.until(archive.is_ready, "the archive is ready")
    archive.server.terminate()
    assert archive.server.wait(30) == 0
    before = state_files(archive)
    for _round in range(2 * ROUNDS):
        archive.serve("manage.py", "serve")
        archive.until(archive.is_ready, "the archive is ready")
        archive.server.terminate()
        assert archive.server.wait(30) == 0
        archive.until(lambda: archive.status("/healthz") == 0, "the port is free")
        assert state_files(archive) == before
        archive.run("manage.py", "sync_index")  # nobody holds the lock of the writer


def state_files(archive: Archive) -> set[str]:
    """What lies in the folder of state, but what is kept for readers, the log of the test, and the monthly dump: its
    job waits in the queue when the worker is stopped, and goes on with what it has written."""
    held = (path.relative_to(archive.folder) for path in archive.folder.rglob("*") if not path.is_dir())
    return {str(path) for path in held if path.parts[0] not in {"pages", "pictures", "log", "rates", "datasets"}}


def test_static_files_are_named_by_their_content_and_kept_for_ever(archive: Archive) -> None:
    address = archive.serve()
    html = archive.get("/")[1].decode()
    (path,) = re.findall(r'href="(/static/css/diwan\.[0-9a-f]{12}\.css)"', html)
    request = urllib.request.Request(address + path, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert answer.headers["Content-Encoding"] in {"gzip", "br"}
        assert gzip.decompress(answer.read())
        assert answer.headers["X-Request-ID"]


def test_publication_is_found_within_two_seconds(archive: Archive) -> None:
    archive.serve("manage.py", "serve")
    archive.until(archive.is_ready, "the archive is ready")
    archive.tell("publish", 1, 7000)
    published_at = time.monotonic()
    archive.until(archive.is_ready, "the article is found", 10)
    assert time.monotonic() - published_at < 2
