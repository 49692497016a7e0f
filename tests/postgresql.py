"""A PostgreSQL of the tests' own, from Debian: made in a temporary folder, on a socket there, removed at the end.

`python -m tests.postgresql tests/integration -k stories` runs these tests on it instead of SQLite.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

BINARIES = sorted(path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb"))
OWNER = "postgres"
QUICK = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=200"
NOT_INSTALLED = "PostgreSQL is not installed (Debian package postgresql)"


class Cluster:
    """`address` of one of its databases is what `DIWAN_DATABASE` takes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = OWNER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    def address(self, database: str) -> str:
        return f"postgresql://{self.user}@/{database}?host={self.folder}"

    def start(self) -> None:
        options = f"{QUICK} -c unix_socket_directories={self.folder}"
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "immediate", "stop")

    def create(self, database: str) -> str:
        """A new database; its address."""
        self.run("createdb", "-h", self.folder, database)
        return self.address(database)

    def ask(self, database: str, statement: str) -> str:
        return self.run("psql", "-h", self.folder, "-XAtc", statement, database)

    def run(self, program: str, *words: str | Path) -> str:
        """PostgreSQL refuses to run as root; the Debian package brings a user for it."""
        command = [str(BINARIES[-1] / program), *map(str, words)]
        command = ["runuser", "-u", OWNER, "--", *command] if os.geteuid() == 0 else command
        # A server that goes on has the descriptors of what started it: a pipe would not end.
        with tempfile.TemporaryFile("w+") as told:
            done = subprocess.run(command, cwd=self.folder, stdout=told, stderr=subprocess.STDOUT, check=False)
            told.seek(0)
            text = told.read()
        assert done.returncode == 0, f"{program}: {text}"
        return text


@contextmanager
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="diwan-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER)
        held = Cluster(folder)
        held.run("initdb", "-D", folder / "data", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        held.start()
        try:
            yield held
        finally:
            held.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def address_of(connection: Any) -> str:
    """The address of the database of a Django connection, as `DIWAN_DATABASE` takes it."""
    held = connection.settings_dict
    query = urlencode({name: value for name, value in held["OPTIONS"].items() if isinstance(value, str)})
    port = f":{held['PORT']}" if held["PORT"] else ""
    return f"postgresql://{held['USER']}@{held['HOST']}{port}/{held['NAME']}?{query}"


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments on a cluster; its status. Where there is no PostgreSQL nothing is run."""
    if not BINARIES:
        print(f"{NOT_INSTALLED}: these tests did not run on it.", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    with cluster() as held:
        environment: dict[str, Any] = {**os.environ, "DIWAN_DATABASE": held.create("diwan")}
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
