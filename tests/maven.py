"""Jars of Maven Central that tests run: fetched once for a machine, compared with digests in the project."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def jars(folder: Path, kept: str, *programs: str) -> list[Path]:
    """The jars that `folder`/pom.xml names with all they need; where they cannot be had the test skips, saying why."""
    missing = [program for program in ("java", "mvn", *programs) if not shutil.which(program)]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not found (Debian packages default-jdk-headless and maven)")
    place = CACHE / kept / "jars"
    place.mkdir(parents=True, exist_ok=True)
    digests = dict(reversed(line.split()) for line in (folder / "jars.sha256").read_text("utf-8").splitlines())
    held = [place / name for name in digests]
    with (place.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not all(jar.is_file() for jar in held):
            copying = ("dependency:copy-dependencies", f"-DoutputDirectory={place}")
            run("mvn", "-q", "-B", "-f", folder / "pom.xml", *copying)
    wrong = [jar.name for jar in held if not jar.is_file() or _digest(jar) != digests[jar.name]]
    assert not wrong, f"not what jars.sha256 names: {wrong}"
    return held


def run(*command: str | Path) -> None:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=600)
    if done.returncode:
        pytest.skip(f"{command[0]} failed: {(done.stdout + done.stderr)[-500:]}")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
