"""`python -m config.installing REQUIREMENTS`: have pip install what a file pins, and say in plain lines how far it is.

Knows nothing but Python's own library: nothing else is installed yet.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

PINNED = re.compile(r"^[A-Za-z0-9][\w.-]*(?:\[[\w,-]+\])?==", re.MULTILINE)
COLLECTING = re.compile(r"(Collecting|Requirement already satisfied:|Ignoring) ([^\s=;:<>]+)")
UNPACKING = "Installing collected packages:"
# Their makers offer the source alone: it is built, by code of theirs, as no other is when it is installed.
WITHOUT_WHEEL = ("bagit", "django-haystack", "jstyleson", "langdetect")
TOLD_AFTER = 5.0  # seconds between two lines while packages are unpacked
LAST = 40  # lines of pip that are shown when it fails

Say = Callable[[str], object]


def install(requirements: Path, say: Say) -> int:
    """Run pip to its end; give its exit status, 0 when everything is installed."""
    command = [sys.executable, "-m", "pip", "install", "--no-color", "--progress-bar", "off"]
    command += ["--require-hashes", "--only-binary", ":all:", "--no-binary", ",".join(WITHOUT_WHEEL)]
    total = len(PINNED.findall(requirements.read_text("utf-8")))
    ended = threading.Event()
    with subprocess.Popen(  # noqa: S603
        [*command, "-r", str(requirements)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        try:
            lines = follow(pip.stdout or (), total, say, ended)
        finally:
            ended.set()
    if pip.returncode:
        say("\n".join(lines[-LAST:]))
    return pip.returncode


def follow(lines: Iterable[str], total: int, say: Say, ended: threading.Event) -> list[str]:
    """Say of each package that it is fetched, and then how many are unpacked; give the lines of pip."""
    told: list[str] = []
    number = 0
    for line in lines:
        told.append(line.rstrip())
        if found := COLLECTING.match(line.strip()):
            number += 1
            if found[1] == "Collecting":
                say(f"  {number} of {total}: {found[2]}")
        elif line.startswith(UNPACKING):
            count = len(line.removeprefix(UNPACKING).split(","))
            say(f"  unpacking {count} packages …")
            threading.Thread(target=_count_unpacked, args=(count, _unpacked(), say, ended), daemon=True).start()
    return told


def _count_unpacked(total: int, before: int, say: Say, ended: threading.Event) -> None:
    while not ended.wait(TOLD_AFTER):
        say(f"  {_unpacked() - before} of {total} unpacked")


def _unpacked() -> int:
    """How many packages this environment has."""
    return len(list(Path(sysconfig.get_path("purelib")).glob("*.dist-info")))


def main(requirements: str) -> int:
    print(f"Installing the packages of {requirements} …", flush=True)
    return install(Path(requirements), lambda line: print(line, flush=True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
