"""`python -m tests.upgrade.make NAME`: an archive made by the code as it is now, kept as `tests/upgrade/NAME.tar.xz`.

To be run once with the code of a release, and committed: from then on every later state of the code is tested to take
that archive over.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
KEPT = ("captures", "index")  # of a state folder, beside the database; the rest is made anew
DATABASE, STATEMENTS = "diwan.sqlite3", "diwan.sql"  # statements are a third of the bytes of the file that they make
EXPECTED = "expected.json"
MOST = 300_000  # bytes of a fixture


def make(name: str, place: Path = HERE) -> Path:
    """Prepare an archive of the five articles, live in it, note what it tells, and pack it."""
    with tempfile.TemporaryDirectory(prefix="diwan-upgrade-") as folder:
        state = Path(folder, "state")
        state.mkdir()
        _run(state, "manage.py", "prepare")
        _run(state, "-m", "tests.upgrade.deeds", "live")
        _run(state, "manage.py", "sync_index")
        told = _run(state, "-m", "tests.upgrade.deeds", "tell").splitlines()[-1]
        with closing(sqlite3.connect(state / DATABASE)) as database:
            (state / STATEMENTS).write_text("\n".join(database.iterdump()), "utf-8")
        (state / EXPECTED).write_text(json.dumps(json.loads(told), ensure_ascii=False, indent=1), "utf-8")
        return _packed(state, place / f"{name}.tar.xz")


def unpack(fixture: Path, state: Path) -> Any:
    """Lay an archive out as its release left it; give what it told."""
    with tarfile.open(fixture) as tar:
        tar.extractall(state, filter="data")
    with closing(sqlite3.connect(state / DATABASE)) as database:
        database.executescript((state / STATEMENTS).read_text("utf-8"))
        database.execute("PRAGMA journal_mode=WAL")
    (state / STATEMENTS).unlink()
    expected = state / EXPECTED
    told = json.loads(expected.read_text("utf-8"))
    expected.unlink()
    return told


def _packed(state: Path, target: Path) -> Path:
    with tarfile.open(target, "w:xz", preset=9) as tar:
        for part in (*KEPT, STATEMENTS, EXPECTED):
            tar.add(state / part, part, filter=_filtered)
    if target.stat().st_size > MOST:
        raise SystemExit(f"{target} has {target.stat().st_size} bytes, more than {MOST}.")
    return target


def _filtered(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Without what is derived and large, and without the name of whoever packs it."""
    if Path(member.name).name.startswith("spellings-"):
        return None
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _run(state: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "DIWAN_VAR": str(state),
        "DIWAN_SECRET_KEY": "a key for upgrades alone",
        "DIWAN_HTTPS": "off",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=HERE.parents[1], env=environment, check=True, text=True, stdout=-1).stdout


if __name__ == "__main__":
    print(make(sys.argv[1]))
