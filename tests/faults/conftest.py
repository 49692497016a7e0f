"""Faults are done to a real archive: its own folder and database, processes of its own, signals of the kernel.

A template with the five articles and some made of their paragraphs is prepared once for a test process and copied for
each test. `FAULT_ROUNDS` multiplies the rounds of the loops (1 in a usual run). Seeds are fixed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.archive import Archive


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "template"
    Archive(folder).prepare()
    return folder


@pytest.fixture
def archive(template: Path, tmp_path: Path) -> Iterator[Archive]:
    """An archive of this test's own, with its index; every process of it is gone afterwards."""
    folder = tmp_path / "archive"
    shutil.copytree(template, folder, symlinks=True)
    archive = Archive(folder)
    yield archive
    archive.stop_all()
