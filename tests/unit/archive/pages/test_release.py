"""The word for what serves an archive: the same in every process and on every machine, another after any change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archive.pages.release import release

ROOT = Path(__file__).resolve().parents[4]
ASK = "import django; django.setup(); from archive.pages.release import release; print(release())"


@pytest.fixture(autouse=True)
def _afresh() -> None:
    release.cache_clear()


def test_another_process_on_another_machine_says_the_same(tmp_path: Path) -> None:
    told = set()
    for number in (1, 2):
        (tmp_path / str(number)).mkdir(mode=0o700)
        own = {
            "DIWAN_VAR": str(tmp_path / str(number)),
            "DIWAN_SECRET_KEY": "one for both",
            "PYTHONHASHSEED": str(number),
        }
        environment = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "config.settings"}
        done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True)
        told.add(done.stdout or done.stderr)
    assert len(told) == 1 and len(told.pop().strip()) == 8


def test_another_setting_is_another_word(settings: Any) -> None:
    before = release()
    settings.RIGHTS_PAGES = "excerpt"
    release.cache_clear()
    assert release() != before


def test_another_file_is_another_word(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    settings.BASE_DIR = tmp_path
    told = []
    for text in ("قطر", "قطر!"):
        (tmp_path / "templates/home.html").write_text(text, "utf-8")
        release.cache_clear()
        told.append(release())
    assert told[0] != told[1]
