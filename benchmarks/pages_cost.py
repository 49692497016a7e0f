"""Measures what a page takes of the processor, and how many questions it asks the database.

`python benchmarks/pages_cost.py` asks pages of the archive of DIWAN_VAR in one process, as a server's process answers
them, after every address was asked once. The best time of an address counts, the mean of its kind is printed; times are
those of the processor. `--profile FILE` writes where it goes, for `python -m pstats FILE`.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DIWAN_HTTPS", "off")
os.environ.setdefault("DIWAN_PAGES_KEPT", "0")  # every page is made

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from archive.articles.models import Article  # noqa: E402
from config.warming import warm  # noqa: E402

settings.ALLOWED_HOSTS = ["*"]
WORDS = ("", "قطر", "وزير الخارجية", '"وزير الخارجية"', "تهران", "إيران OR تركيا", "مشاورات", "خلفوف", "Qatar", "ال*")
ARTICLES, TIMES = 12, 3
Asked = dict[str, list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", type=Path, help="a file for the profile of all pages asked")
    parser.add_argument("--only", default="", help="one kind of page: results, words, article or feed")
    options = parser.parse_args()
    warm()
    profile = cProfile.Profile() if options.profile else None
    print(f"{Article.objects.published().count():,} articles\n{'page':<24} {'ms':>7} {'queries':>8} {'bytes':>8}")
    for kind, addresses in asked().items():
        if options.only in ("", kind):
            tell(kind, addresses, profile)
    if profile:
        profile.dump_stats(options.profile)


def asked() -> Asked:
    """The addresses by kind of page; an article is asked by itself and as a reader comes to it from its results."""
    shown = Article.objects.published().order_by(F("identifier"))[:ARTICLES]
    articles = [article.get_absolute_url() for article in shown]
    questions = [f"?{urlencode({'q': word})}" for word in WORDS]
    return {
        "results": [f"/search/{question}" for question in questions],
        "results, unfolded": [f"/search/{question}&fold=0" for question in questions],
        "article": articles,
        "article, with hits": [f"{article}?{urlencode({'q': 'قطر وزير'})}" for article in articles[:10]],
        "feed": [f"/feeds/rss/{question}" for question in questions],
    }


def tell(kind: str, addresses: list[str], profile: cProfile.Profile | None) -> None:
    answers = [answer(address) for address in addresses]
    with CaptureQueriesContext(connection) as captured:
        for address in addresses:
            answer(address)
    best = [min(_seconds(address) for _time in range(TIMES)) for address in addresses]
    if profile:
        profile.runcall(lambda: [answer(address) for _time in range(TIMES) for address in addresses])
    size = statistics.mean(len(one.content) for one in answers)
    queries = len(captured) / len(addresses)
    print(f"{kind:<24} {1000 * statistics.mean(best):7.1f} {queries:8.1f} {size:8,.0f}")


def answer(address: str) -> Any:
    """The answer of the whole site, middleware included, as a reader of Arabic gets it."""
    path, _mark, query = address.partition("?")
    response = handler().get_response(RequestFactory().get(path, QUERY_STRING=query, HTTP_ACCEPT_LANGUAGE="ar"))
    assert response.status_code == 200, (response.status_code, address)
    return response


def _seconds(address: str) -> float:
    started = time.process_time()
    answer(address)
    return time.process_time() - started


_handlers: list[WSGIHandler] = []


def handler() -> WSGIHandler:
    """One handler, with the middleware loaded once."""
    if not _handlers:
        _handlers.append(WSGIHandler())
    return _handlers[0]


if __name__ == "__main__":
    main()
