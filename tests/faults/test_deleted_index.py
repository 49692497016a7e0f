"""R5: the folder of the index is deleted under a running server; readers get an honest page, the writer builds anew."""

from __future__ import annotations

import shutil

from tests.faults.archive import Archive


def test_r5_deleted_under_a_running_server(archive: Archive) -> None:
    archive.serve("manage.py", "serve")
    archive.until(lambda: archive.status("/search/") == 200, "the archive is searched")
    shutil.rmtree(archive.index)
    seen = set()

    def back() -> bool:
        seen.add(archive.status("/search/"))
        assert archive.status("/healthz") == 200
        return archive.is_ready()

    archive.until(back, "the writer built the index anew")
    assert seen <= {200, 503}
    archive.invariants()
