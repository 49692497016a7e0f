"""Measures what a page takes of the processor, in multiples of a plain Django page of the same size in the same run.

`python benchmarks/pages_cost.py` asks pages of the archive of DIWAN_VAR in one process, as a server's process answers
them to a reader of Arabic, gzip included. Questions are drawn from headlines with `--seed` and asked once each, so that
none is answered from what an earlier one left; others are asked before, and the spellings of all texts are known. The
plain page is made between them. Every page is made, unless `--kept`: then each is asked twice, and the second answer
counts. `--profile FILE` writes where the time goes, for `python -m pstats FILE`.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.pages.settings")
os.environ.setdefault("DIWAN_HTTPS", "off")
os.environ.setdefault("DIWAN_PAGES_KEPT", "1000" if "--kept" in sys.argv else "0")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from archive.articles.models import Article  # noqa: E402
from archive.authorities.models import AuthorityRecord  # noqa: E402
from config.warming import warm  # noqa: E402
from search.analysis.thin_passage import Sought, ThinPassage  # noqa: E402
from tools.pages.questions import drawn  # noqa: E402

settings.ALLOWED_HOSTS = ["*"]
PLAIN = "/measured/limit/"
READ = 6_000
Asked = dict[str, list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", type=Path, help="a file for the profile of all pages asked")
    parser.add_argument("--only", default="", help="one kind of page: results, article, feed, home or record")
    parser.add_argument("--count", type=int, default=40, help="pages of each kind")
    parser.add_argument("--seed", type=int, default=1, help="of the questions that are drawn")
    parser.add_argument("--kept", action="store_true", help="measure pages that were made before")
    options = parser.parse_args()
    warm()
    remember()
    first, kinds = asked(options.count, options.seed)
    for address in first:
        answer(address)
    size = statistics.mean(len(body(address)) for address in first[: options.count])
    os.environ["MEASURED_BYTES"] = str(int(size))
    profile = cProfile.Profile() if options.profile else None
    print(f"{Article.objects.published().count():,} articles, seed {options.seed}")
    print(f"{'page':<22} {'ms':>7} {'plain':>7} {'times':>6} {'queries':>8} {'sent':>8}")
    for kind, addresses in kinds.items():
        if options.only in ("", kind):
            tell(kind, addresses, kept=options.kept, profile=profile)
    if profile:
        profile.dump_stats(options.profile)


def remember() -> None:
    """Read the texts once, as a process has that served for a while: it remembers what becomes of their spellings.

    Of a large archive so many of them that it would remember no more.
    """
    for article in Article.objects.published().only("body", "language").order_by("-pk")[:READ]:
        ThinPassage(article.body, article.language, Sought(("a:",)))


def asked(count: int, seed: int) -> tuple[list[str], Asked]:
    """What is asked before, and the addresses by kind of page; an article also as a reader comes to it from results."""
    public = list(Article.objects.published().order_by("identifier"))
    titles = [article.title for article in public]
    every = list(dict.fromkeys(request.address for request in drawn(titles, 6 * count, seed)))
    before, questions, feeds = every[: 3 * count], every[3 * count : 4 * count], every[4 * count : 5 * count]
    articles = [
        article.get_absolute_url() for article in random.Random(seed).sample(public, min(4 * count, len(public)))
    ]
    records = AuthorityRecord.objects.present().filter(kind__in=("country", "official")).order_by("pk")
    linked = records.filter(access_points__article__status="published").distinct()
    pages = [record.get_absolute_url() for record in linked]
    feed = [address.replace("/search/", "/feeds/rss/") for address in feeds]
    last = [address.partition("?")[2] for address in every[5 * count :]]
    random.Random(seed).shuffle(pages)
    first = [*before, *articles[: 2 * count], *pages[:count], "/", feed[0].replace("q=", "q=%20"), PLAIN]
    return first, {
        "results": questions,
        "article": articles[2 * count : 3 * count],
        "article, with hits": [f"{one}?{query}" for one, query in zip(articles[3 * count :], last, strict=False)],
        "feed": feed,
        "home": [f"/?{urlencode({'n': number})}" for number in range(count)],
        "record": pages[count : 2 * count],
    }


def tell(kind: str, addresses: list[str], *, kept: bool, profile: cProfile.Profile | None) -> None:
    own, plain, sent = [], [], []
    for address in addresses:
        if kept:
            answer(address)
        took, response = _seconds(address, profile)
        if response.status_code == 200:
            own.append(took)
            plain.append(_seconds(PLAIN)[0])
            sent.append(len(response.content))
    with CaptureQueriesContext(connection) as captured:
        for address in addresses[:10]:
            answer(address)
    ours, theirs = 1000 * statistics.mean(own), 1000 * statistics.mean(plain)
    queries, size = len(captured) / len(addresses[:10]), statistics.mean(sent)
    print(f"{kind:<22} {ours:7.1f} {theirs:7.2f} {ours / theirs:6.2f} {queries:8.1f} {size:8,.0f}")


def answer(address: str, **headers: str) -> Any:
    """The answer of the whole site, middleware included, as a reader of Arabic gets it."""
    path, _mark, query = address.partition("?")
    request = RequestFactory().get(path, QUERY_STRING=query, HTTP_ACCEPT_LANGUAGE="ar", **headers)
    response = handler().get_response(request)
    assert response.status_code in (200, 400), (response.status_code, address)
    return response


def body(address: str) -> bytes:
    return bytes(answer(address).content)


def _seconds(address: str, profile: cProfile.Profile | None = None) -> tuple[float, Any]:
    started = time.process_time()
    if profile:
        response = profile.runcall(answer, address, HTTP_ACCEPT_ENCODING="gzip")
    else:
        response = answer(address, HTTP_ACCEPT_ENCODING="gzip")
    return time.process_time() - started, response


_handlers: list[WSGIHandler] = []


def handler() -> WSGIHandler:
    """One handler, with the middleware loaded once."""
    if not _handlers:
        _handlers.append(WSGIHandler())
    return _handlers[0]


if __name__ == "__main__":
    main()
