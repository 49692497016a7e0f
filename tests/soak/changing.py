"""`python -m tests.soak.changing HOST:PORT SECONDS ROUND CHANGES`: publish and withdraw; see how soon readers see it.

A publication every `PAUSE` seconds, a withdrawal with every other one; each is looked for as a reader does, by the rare
word of its title, until the page shows it or shows it no more. Writes the delays in seconds to the file CHANGES.
"""

from __future__ import annotations

import http.client
import json
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

from tests.faults import deeds

from archive.articles.models import Article  # isort: skip - deeds sets Django up
from archive.curation import actions  # isort: skip
from django.db import close_old_connections  # isort: skip

PAUSE = 1.5
FIRST, ROUND = 70_000, 5_000  # number of the first article of the first round, and how many a round has
LOOK = 0.1  # seconds between two looks
PATIENCE = 30.0


class Curator:
    def __init__(self, address: str) -> None:
        self.address = address
        self.published: list[float] = []
        self.withdrawn: list[float] = []

    def work(self, seconds: float, number: int) -> None:
        """Publish for so long, articles from this number on."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            began = time.monotonic()
            deeds.publish(1, number)
            article = Article.objects.get(title__endswith=deeds.rare(number))
            self.published.append(self._delay(article, shown=True))
            if number % 2:
                actions.withdraw(article)
                self.withdrawn.append(self._delay(article, shown=False))
            close_old_connections()
            number += 1
            time.sleep(max(0.0, PAUSE - (time.monotonic() - began)))

    def _delay(self, article: Article, *, shown: bool) -> float:
        """Seconds until a reader sees the change; infinite when it is not seen in time."""
        since = time.monotonic()
        while time.monotonic() - since < PATIENCE:
            if self._is_shown(article) == shown:
                return time.monotonic() - since
            time.sleep(LOOK)
        return float("inf")

    def _is_shown(self, article: Article) -> bool | None:
        """Whether the page of its rare word shows an article; None without such a page."""
        url = f"http://{self.address}/search/?q={quote(article.title.split()[-1])}"
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                return f"/articles/{article.identifier}/" in answer.read().decode()
        except (OSError, http.client.HTTPException):
            return None


def main(address: str, seconds: str, turn: str, changes: str) -> None:
    curator = Curator(address)
    curator.work(float(seconds), FIRST + ROUND * int(turn))
    Path(changes).write_text(json.dumps({"published": curator.published, "withdrawn": curator.withdrawn}), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
