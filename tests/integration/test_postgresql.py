"""The same archive on PostgreSQL, by one setting: a cluster of its own, made and removed by this test."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

BINARIES = sorted(path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb"))
OWNER = "postgres"


def as_owner(*command: str | Path) -> list[str]:
    """PostgreSQL refuses to run as root; the Debian package brings a user for it."""
    words = [str(word) for word in command]
    return ["runuser", "-u", OWNER, "--", *words] if os.geteuid() == 0 else words


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if not BINARIES:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="diwan-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    binaries, data = BINARIES[-1], folder / "data"
    user = OWNER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(as_owner(binaries / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C"), **quiet)
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run(as_owner(binaries / "pg_ctl", "-D", data, "-w", "-o", options, "start"), **quiet)
    try:
        subprocess.run(as_owner(binaries / "createdb", "-h", folder, "diwan"), **quiet)
        yield f"postgresql://{user}@/diwan?host={folder}"
    finally:
        subprocess.run(as_owner(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"), **quiet)
        shutil.rmtree(folder, ignore_errors=True)


def manage(address: str, state: Path, *arguments: str) -> str:
    environment = {
        **os.environ, "DIWAN_DATABASE": address, "DIWAN_VAR": str(state), "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "manage.py", *arguments], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_archive_of_the_five_stands_on_postgresql(address: str, tmp_path: Path) -> None:
    first = manage(address, tmp_path, "prepare")
    assert "5 added, 0 unchanged" in first
    assert "Index built" in first
    again = manage(address, tmp_path, "prepare")
    assert "0 added, 0 renewed" in again and "Index current, 0 changes" in again
    assert "are equal" in manage(address, tmp_path, "check_index")
    script = "from search import SearchRequest, search; print(search(SearchRequest('Khalafov')).total)"
    assert manage(address, tmp_path, "shell", "--no-imports", "-c", script).strip().endswith("2")
