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
PATIENCE = 120.0  # seconds; two cores may be busy with other tests


@contextmanager
def served(drafts: Path | None = None) -> Iterator[str]:
    """The address of a running archive: gunicorn and the index writer, stopped and removed at the end.

    Beside the five it may have drafts, taken in from a file.
    """
    with tempfile.TemporaryDirectory(prefix="diwan-") as state:
        environment = {
            **os.environ,
            "DIWAN_VAR": state,
            "DIWAN_HTTPS": "off",
            "DIWAN_HEAVY_PER_MINUTE": "0",  # tests ask for every page in every language
            "DIWAN_HEAVY_AT_ONCE": "8",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        prepare = [sys.executable, "manage.py", "prepare"]
        told = subprocess.run(prepare, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
        if drafts:
            take_in = [sys.executable, "manage.py", "import_articles", str(drafts)]
            subprocess.run(take_in, env=environment, check=True, stdout=subprocess.DEVNULL)
        bind = f"127.0.0.1:{free_port()}"
        PASSWORDS[f"http://{bind}"] = told.partition("password ")[2].partition(" ")[0]
        command = [sys.executable, "manage.py", "serve", "--bind", bind]
        LOGS[f"http://{bind}"] = Path(state, "log")
        with LOGS[f"http://{bind}"].open("w") as log:
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            try:
                _wait_for(f"http://{bind}")
                yield f"http://{bind}"
            finally:
                server.terminate()
                server.wait(30)
                del LOGS[f"http://{bind}"]


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=2).close()  # noqa: S310
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the archive did not start")
