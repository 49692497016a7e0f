"""Measures indexing: articles a second of `rebuild_index` beside stock Haystack with Whoosh, in one run.

`python benchmarks/indexing_speed.py FOLDER` takes the `.jsonl` and `.jsonl.xz` files of a folder (title, body, lang,
date); without one it takes the five captures over and over. Both index the same articles from the same database, one
after the other; stock Haystack, the slower, gets the first `--stock` of them. Its index is the one of its manual: a
text field with `document=True` and three facets. Cold: nothing is kept of an earlier rebuild; warm: what was made of
each spelling is.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import itertools
import json
import lzma
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
STOCK_BATCH = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="a folder of .jsonl[.xz] files with title and body")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--stock", type=int, default=500, help="how many of them stock Haystack indexes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="diwan-bench-") as state:
        set_up(state)
        words = load(itertools.islice(stories(options.data), options.articles))
        print(f"{options.articles} articles, {words / options.articles:.0f} words each; recognised records linked")
        stock = measured("stock Haystack + Whoosh", options.stock, lambda: index_by_stock(Path(state), options.stock))
        for processes in sorted({1, len(os.sched_getaffinity(0))}):
            forget_spellings(Path(state))
            for kind in ("cold", "warm"):
                name = f"Diwan, {processes} process(es), {kind}"
                with Watched() as watched:
                    rate = measured(name, options.articles, lambda: rebuilt(processes))  # noqa: B023
                memory = f", {watched.most:.0f} MB at most in a process" if watched.most else ""
                print(f"{'':34}× {rate / stock:.1f} of stock{memory}")
        measured("Diwan, check_index", options.articles, compared)
        updates()
        print(f"{_highest(os.getpid()):.0f} MB at most in this process, which has also loaded and measured all of it")


def set_up(state: str) -> None:
    os.environ.update(DIWAN_VAR=state, DIWAN_HTTPS="off", DIWAN_SECRET_KEY="measured, not served", DIWAN_DATABASE="")  # noqa: S106
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_authorities", verbosity=0, stdout=io.StringIO())


def stories(folder: Path | None) -> Iterator[dict[str, Any]]:
    """Stories of all files in turn, so that any number is of all kinds; without a folder the captures."""
    if folder is None:
        pages = [path.read_text("utf-8") for path in sorted((ROOT / "fixtures/captures").glob("*.txt"))]
        for number, page in enumerate(itertools.cycle(pages)):
            yield {"title": page.strip().splitlines()[0], "body": page, "lang": "ar", "id": str(number)}
    files = [path for path in sorted(folder.iterdir()) if ".jsonl" in path.suffixes] if folder else []
    for lines in itertools.zip_longest(*map(_lines, files)):
        yield from (json.loads(line) for line in lines if line)


def _lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        yield from file


def load(found: Iterable[dict[str, Any]]) -> int:
    """Put the stories into the database as published articles with recognised records; give their words."""
    from django.db import transaction

    from archive.articles.linking import relink
    from archive.articles.models import Article
    from archive.captures.models import Capture

    words = 0
    with transaction.atomic():
        for story in found:
            digest = hashlib.sha256(str(story["id"]).encode()).hexdigest()
            capture = Capture.objects.create(
                payload_digest=digest, payload_size=0, media_type="text/plain", encoding="utf-8", received_from="-"
            )
            day = str(story.get("date") or "")[:10]
            article = Article.objects.create(
                capture=capture,
                identifier=digest[:16],
                status="published",
                language=story["lang"],
                title=story["title"][:1000] or "–",
                body=story["body"],
                dated_on=day if len(day) == 10 else None,
                date_certainty="stated" if len(day) == 10 else "undated",
                date_precision="day" if len(day) == 10 else "",
            )
            article.refresh_from_db()
            relink(article)
            words += len(story["body"].split())
    return words


def measured(name: str, articles: int, deed: Callable[[], object]) -> float:
    """Articles a second by the clock, and the processor's time, which other work on the machine changes less."""
    started, used = time.perf_counter(), _processor()
    deed()
    seconds, busy = time.perf_counter() - started, _processor() - used
    print(f"{name:34}{articles / seconds:8.0f} articles/s, {busy / articles * 1000:6.1f} ms of processor an article")
    return articles / seconds


def _processor() -> float:
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def forget_spellings(state: Path) -> None:
    """Make the next rebuild a cold one."""
    for path in (state / "index").glob("spellings-*"):
        path.unlink()


def compared() -> None:
    from search.indexing.comparison import compare

    if difference := compare():
        raise SystemExit(f"the index differs from the database: {difference}")


def rebuilt(processes: int) -> int:
    from search.indexing.writer import rebuild

    return rebuild(processes=processes)


def index_by_stock(state: Path, most: int) -> None:
    """What `rebuild_index` of Haystack does: batches of a thousand, each with a commit."""
    from haystack import connections, indexes

    from archive.articles.models import Article

    class StockIndex(indexes.SearchIndex, indexes.Indexable):
        text_norm = indexes.CharField(document=True)  # the name that our settings give the document
        title = indexes.CharField(model_attr="title")
        country = indexes.MultiValueField(faceted=True)
        lang = indexes.CharField(model_attr="language", faceted=True)
        dated = indexes.DateField(model_attr="dated_on", null=True, faceted=True)

        def get_model(self) -> type[Article]:
            return Article

        def prepare_text_norm(self, article: Article) -> str:
            return f"{article.title}\n{article.body}"

        def prepare_country(self, article: Article) -> list[str]:
            return [point.record.slug for point in article.access_points.all() if point.record.kind == "country"]

    whoosh = "haystack.backends.whoosh_backend.WhooshEngine"
    connections.connections_info["stock"] = {"ENGINE": whoosh, "PATH": str(state / "stock"), "SILENTLY_FAIL": False}
    engine, index = connections["stock"], StockIndex()
    engine.get_unified_index().build([index])
    articles = Article.objects.published().described().order_by("pk")[:most]
    backend = engine.get_backend()
    backend.setup()
    held = list(articles)
    for first in range(0, len(held), STOCK_BATCH):
        backend.update(index, held[first : first + STOCK_BATCH])


def updates() -> None:
    """How long publications take from the change log into the index; the first also loads what the analyzer knows."""
    from archive.articles.models import Article
    from search.indexing.writer import apply_all
    from search.models import IndexChange

    for count in (1, 1, 100):
        IndexChange.record(Article.objects.values_list("identifier", flat=True)[:count])
        started, used = time.perf_counter(), _processor()
        apply_all()
        seconds, busy = time.perf_counter() - started, _processor() - used
        print(f"{count} change(s) applied in {seconds:.2f} s, {busy:.2f} s of processor")


class Watched:
    """Looks every tenth of a second how much memory the processes that this one started have had at most."""

    def __enter__(self) -> Watched:
        self.most = 0.0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look)
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.ended.set()
        self.thread.join()

    def _look(self) -> None:
        started = Path(f"/proc/self/task/{os.getpid()}/children")
        while not self.ended.wait(0.1):
            self.most = max([self.most, *(_highest(int(number)) for number in started.read_text().split())])


def _highest(process: int) -> float:
    """The most memory that a process has had, in MB; 0 for one that is gone. (`getrusage` counts its parent's, too.)"""
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    main()
