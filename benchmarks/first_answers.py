"""Measures a process that just began to serve: memory by kind, and the first answers to readers.

`python benchmarks/first_answers.py` asks the archive of DIWAN_VAR as a server's process does after it was forked: code,
lexicons, templates and names are loaded and the index is mapped. Private memory is what a process has of its own;
mapped pages, of libraries and of the index, are in memory once for all processes. Times are those of the processor.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DIWAN_HTTPS", "off")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from config.warming import warm  # noqa: E402

settings.ALLOWED_HOSTS = ["*"]
LETTERS = ("ا", "و", "م", "ق", "خ", "a")
SEARCHES = ("", "وزير", "وزارة الخارجية", '"وزير الخارجية"', "ال*", "مشاورات~", "قطر -مجلس")


def main() -> None:
    tell("a bare process")
    warm()
    tell("warmed, before the fork")
    client = Client()
    client.get("/healthz")  # loads what Django loads with the first request of all
    for letter in LETTERS:
        ask(client, "/suggest/", q=letter)
    tell("after suggestions")
    for query in SEARCHES:
        ask(client, "/search/", q=query)
    tell("after searches")


def ask(client: Client, address: str, **query: str) -> None:
    """Ask once as the first reader does and a few times more as others do, each with another number of lines."""
    seconds = []
    for size in range(8, 12):
        started = time.process_time()
        response = client.get(f"{address}?{urlencode({**query, 'n': size})}")
        seconds.append(time.process_time() - started)
    first, later = 1000 * seconds[0], 1000 * statistics.median(seconds[1:])
    print(
        f"{address:<10} {query.get('q', ''):<20} {response.status_code}  first {first:7.1f} ms   then {later:7.1f} ms"
    )


def tell(when: str) -> None:
    status = Path("/proc/self/status").read_text()
    private, mapped = (int(status.split(f"{kind}:")[1].split()[0]) / 1024 for kind in ("RssAnon", "RssFile"))
    print(f"{when:<26} {private:6.0f} MB private, {mapped:6.0f} MB mapped")


if __name__ == "__main__":
    main()
