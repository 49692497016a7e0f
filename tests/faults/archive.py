"""An archive in a folder of its own, driven from outside as an operator drives it: commands, processes, requests."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "1"))
PASSWORD = "a long enough secret"
PATIENCE = 60.0  # seconds; two cores may be busy with other tests


def _ports() -> Iterator[int]:
    """Ports for servers, of each test process its own, below those that outgoing connections are given.

    Another run of tests on the machine begins with others: between two looks a port may be taken.
    """
    first = 20_000 + 3_000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    begun = 37 * os.getpid() % 3_000
    yield from cycle([*range(first + begun, first + 3_000), *range(first, first + begun)])


_PORTS = _ports()


def free_port() -> int:
    for port in _PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("there is no free port")


class Archive:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.log = folder / "log"
        self.more: dict[str, str] = {}  # variables of web servers
        self.always: dict[str, str] = {}  # of every process

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DIWAN_", "DJANGO_"))},
            "DIWAN_VAR": str(self.folder),
            "DIWAN_SECRET_KEY": "a key for faults alone",
            "DIWAN_HTTPS": "off",
            "DIWAN_WORKERS": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
            **self.always,
        }

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def current(self) -> Path:
        return self.index / (self.index / "current").readlink()

    @property
    def segments(self) -> list[Path]:
        return sorted(self.current.glob("*.seg"))

    # Commands

    def prepare(self) -> None:
        """The state that all tests begin with."""
        self.folder.mkdir(parents=True)
        self.run("manage.py", "migrate", "--verbosity", "0")
        self.tell("begin")
        self.run("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        self.run("manage.py", "rebuild_index")

    def run(self, *arguments: str, fails: bool | int = False, **more: Any) -> str:
        """Run a command to its end; give what it printed, log lines last. `fails` may say with what status it ends."""
        done = self._done(arguments, fails, **more)
        return done.stdout + done.stderr

    def dies_at(self, target: str, count: int, *deed: object) -> None:
        """Have a deed done, and killed right before call number `count` of a function: one that ends is a fault."""
        asked = ("-m", "tests.faults.deeds", "die_at", target, str(count), *map(str, deed))
        self._done(asked, fails=-signal.SIGKILL)

    def tell(self, deed: str, *arguments: object) -> Any:
        """Have one of `tests.faults.deeds` done in a process of the archive; give its answer."""
        done = self._done(("-m", "tests.faults.deeds", deed, *map(str, arguments)), fails=False)
        return json.loads(done.stdout.splitlines()[-1])

    def _done(self, arguments: Sequence[str], fails: bool | int, **more: Any) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            **{"timeout": PATIENCE * 2, **more},
        )
        expected = done.returncode != 0 if isinstance(fails, bool) else done.returncode
        assert expected == fails, done.stdout + done.stderr
        return done

    def start(self, *arguments: str, environment: dict[str, str] | None = None, **more: Any) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment | (environment or {}),
                stdout=log,
                stderr=log,
                start_new_session=True,
                **more,
            )
        self.processes.append(process)
        return process

    def start_writer(self, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        return self.start("manage.py", "sync_index", "--watch", "--pause", "0.1", environment=environment)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """SIGKILL, to the process alone: what it started has to notice by itself."""
        process.send_signal(signal.SIGKILL)
        process.wait(10)

    def stop_all(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)

    # Requests

    def serve(self, *command: str, **more: Any) -> str:
        """Start a web server, alone or with what `command` says; give its address."""
        self.bind = f"127.0.0.1:{free_port()}"
        command = command or ("-m", "gunicorn", "config.wsgi")
        self.server = self.start(*command, "--bind", self.bind, environment=self.more, **more)
        self.until(lambda: self.status("/healthz") == 200, "the server answers")
        return f"http://{self.bind}"

    def serve_with_curator(self, environment: dict[str, str]) -> None:
        """A web server of these settings, and somebody who may log in."""
        self.tell("curator", PASSWORD)
        self.more = environment
        self.serve()

    def log_in(self) -> tuple[int, dict[str, str]]:
        """Status and headers of the answer to a curator's login."""
        _status, body, headers = self.get("/admin/login/")
        token = body.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        form = {"username": "curator", "password": PASSWORD, "csrfmiddlewaretoken": token, "next": "/admin/"}
        about = {
            "Cookie": headers["Set-Cookie"].partition(";")[0],
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with closing(http.client.HTTPConnection(self.bind, timeout=30)) as line:
            line.request("POST", "/admin/login/", urllib.parse.urlencode(form), about)
            given = line.getresponse()
            given.read()
            return given.status, dict(given.headers)

    def get(self, path: str, patience: float = 10) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers; (0, b"", {}) when there is no answer at all in time, or not a whole one."""
        try:
            address = f"http://{self.bind}{urllib.parse.quote(path, safe='/?&=%:')}"
            with urllib.request.urlopen(address, timeout=patience) as answer:
                return answer.status, answer.read(), dict(answer.headers)
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read(), dict(answer.headers)
        except (OSError, http.client.HTTPException):
            return 0, b"", {}

    def status(self, path: str) -> int:
        return self.get(path)[0]

    def is_ready(self) -> bool:
        """Whether the server says that it answers, and that nothing waits."""
        return self.readiness()[1].get("status") == "ok"

    def readiness(self) -> tuple[int, dict[str, Any]]:
        """Status and report of `/readyz`; (0, {}) when there is no answer."""
        status, body, _headers = self.get("/readyz")
        return status, json.loads(body) if body else {}

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of the web server."""
        host, _colon, port = self.bind.partition(":")
        return host, int(port)

    # Waiting and checking

    def until(self, true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not true():
            log = self.log.read_text("utf-8", "replace")[-3000:] if self.log.exists() else ""
            assert time.monotonic() < end, f"waited in vain until {what}\n{log}"
            time.sleep(0.05)

    def until_equal(self, patience: float = PATIENCE) -> None:
        """Wait until a writer at work has applied everything."""
        self.until(lambda: self.tell("difference") == "", "the index equals the database", patience)

    def invariants(self) -> None:
        """Nothing is lost: see `deeds.invariants`."""
        assert self.tell("invariants") == []

    def recovers(self) -> None:
        """A writer started now makes everything well without a hand."""
        writer = self.start_writer()
        self.until_equal()
        self.kill(writer)
        self.invariants()


def children(parent: int, word: bytes) -> list[int]:
    """Children of a process whose command holds a word."""
    process = Path("/proc", str(parent), "task")
    found = []
    with suppress(OSError):  # they come and go
        for number in [number for task in process.iterdir() for number in (task / "children").read_text().split()]:
            if word in Path("/proc", number, "cmdline").read_bytes():
                found.append(int(number))
    return found
