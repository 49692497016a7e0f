"""The archive of the five as `make run` serves it, in a state folder of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 120.0  # seconds; two cores may be busy with other tests


@contextmanager
def served() -> Iterator[str]:
    """The address of a running archive: gunicorn and the index writer, stopped and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="diwan-") as state:
        environment = {
            **os.environ,
            "DIWAN_VAR": state,
            "DIWAN_HTTPS": "off",
            "DIWAN_HEAVY_PER_MINUTE": "0",  # tests ask for every page in every language
            "DIWAN_HEAVY_AT_ONCE": "8",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        subprocess.run([sys.executable, "manage.py", "prepare"], env=environment, check=True, stdout=subprocess.DEVNULL)
        bind = f"127.0.0.1:{_free_port()}"
        command = [sys.executable, "manage.py", "serve", "--bind", bind]
        with Path(state, "log").open("w") as log:
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            try:
                _wait_for(f"http://{bind}")
                yield f"http://{bind}"
            finally:
                server.terminate()
                server.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=2).close()  # noqa: S310
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the archive did not start")
