"""A real archive behind its real server, asked by raw sockets: what a stranger can send, and what no browser does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.archive import Archive
from tests.faults.conftest import template

__all__ = ["template"]


@pytest.fixture(scope="module")
def archive(
    template: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Archive]:
    """Served as `make run` does, once for a file of tests; its `SETTINGS` are added to the environment."""
    folder = tmp_path_factory.mktemp("served") / "archive"
    shutil.copytree(template, folder, symlinks=True)
    archive = Archive(folder)
    archive.more = {"DIWAN_WORKERS": "2"} | getattr(request.module, "SETTINGS", {})
    archive.serve("manage.py", "serve")
    yield archive
    archive.stop_all()
