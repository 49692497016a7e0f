"""The archive of the five as `make run` serves it, in a state folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.archive import free_port

PASSWORDS: dict[str, str] = {}  # of the curator, by the address of the archive
LOGS: dict[str, Path] = {}  # of the archives that run now, by their address
SERVERS: dict[str, int] = {}  # the process of each, likewise
PATIENCE = 120.0  # seconds; two cores may be busy with other tests


@contextmanager
def served(drafts: Path | None = None, *, published: Path | None = None, state: Path | None = None) -> Iterator[str]:
    """The address of a running archive: gunicorn and the index writer, stopped at the end, and removed with its state.

    Beside the five it may have articles of files: drafts, and published ones. A state folder that is named is kept, and
    goes on where it was left; the password of the curator stays in it.
    """
    with tempfile.TemporaryDirectory(prefix="diwan-") as passing:
        folder = state or Path(passing)
        environment = _environment(folder)
        password = _made(folder, environment, drafts, published)
        bind = f"127.0.0.1:{free_port()}"
        address = f"http://{bind}"
        PASSWORDS[address] = password
        LOGS[address] = folder / "log"
        with LOGS[address].open("w") as log:
            command = [sys.executable, "manage.py", "serve", "--bind", bind]
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            SERVERS[address] = server.pid
            try:
                _wait_for(address)
                yield address
            finally:
                server.terminate()
                server.wait(PATIENCE)
                del LOGS[address], SERVERS[address]


def manage(state: Path, *arguments: str) -> str:
    """What a command of `manage.py` prints of the archive of a state folder; RuntimeError where it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], env=_environment(state), capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def _environment(state: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DIWAN_VAR": str(state),
        "DIWAN_HTTPS": "off",
        "DIWAN_HEAVY_PER_MINUTE": "0",  # tests ask for every page in every language
        "DIWAN_HEAVY_AT_ONCE": "8",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def _made(state: Path, environment: dict[str, str], drafts: Path | None, published: Path | None) -> str:
    """Make the archive where there is none yet, and give the password of its curator."""
    kept = state / "password"
    if kept.exists():
        return kept.read_text("utf-8")
    prepare = [sys.executable, "manage.py", "prepare"]
    told = subprocess.run(prepare, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    for path, how in ((published, ["--publish"]), (drafts, [])):
        if path:
            take_in = [sys.executable, "manage.py", "import_articles", str(path), *how]
            done = subprocess.run(take_in, env=environment, stdout=subprocess.DEVNULL)
            if done.returncode not in {0, 1}:  # 1: some of it waits for a curator
                raise RuntimeError(f"{path} could not be taken in")
    password = told.partition("password ")[2].partition(" ")[0]
    kept.write_text(password, "utf-8")
    return password


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=2).close()  # noqa: S310
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the archive did not start")
