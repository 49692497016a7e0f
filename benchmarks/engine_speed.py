"""Measures the engine on real articles: our execution with arrays beside Whoosh's own searcher, in one run.

`python benchmarks/engine_speed.py --data news.jsonl.xz --articles 5000 [--data more.jsonl.xz] [--index FOLDER]`

Articles are lines of JSON with title, body, lang, date and source. The index is built by the archive's own code, with
its own recognition, in FOLDER (kept and used again) or in a folder that goes away. Every query asks for the best 20,
the exact total and all facets; half of them are narrowed by a facet. Cold is the first time that a process asks a
query; warm is the best of three more times, with nothing remembered of the question; again is another page of it.
Whoosh's searcher finds and scores the folded words among the queries (`tests/oracle/whoosh_searcher.py`), which is
what its files hold; ours is told the same beside it. Times are those of the processor, so that what else the machine
does is not counted.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import lzma
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402
from whoosh import query as q  # noqa: E402
from whoosh.index import open_dir  # noqa: E402
from whoosh.query import Query  # noqa: E402

from search.analysis import fold  # noqa: E402
from search.documents.entries import IndexEntry, batches  # noqa: E402
from search.engine.protocol import Question  # noqa: E402
from search.engine.whoosh import backend as whoosh  # noqa: E402
from search.engine.whoosh.asking.translation import compile_tree  # noqa: E402
from search.engine.whoosh.counting.execution import answer  # noqa: E402
from search.engine.whoosh.evaluating.postings_cache import PostingsCache  # noqa: E402
from search.engine.whoosh.files.side_files import write_side_files  # noqa: E402
from search.engine.whoosh.snapshot import Snapshot  # noqa: E402
from search.tree import All, And, Days, Fuzzy, Node, Not, Or, Phrase, Prefix, Word  # noqa: E402
from tests.oracle import whoosh_searcher  # noqa: E402
from tools.evaluation.articles import entry_of_text  # noqa: E402

WORKERS = 2
QUERIES = 50
WHOOSH_SECONDS = 60.0  # what Whoosh's searcher may take for all queries once; it is asked for as many as that allows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, action="append", required=True, help="a .jsonl or .jsonl.xz file")
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--index", type=Path, help="a folder that keeps the index")
    parser.add_argument("--memory", type=int, default=128, help="MB of decoded postings")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        backend = whoosh.DiwanWhooshBackend("default", PATH=str(options.index or passing))
        if backend.folders.current() is None:  # in a process of its own, whose memory is none of ours
            builder = get_context("fork").Process(target=build, args=(backend, options.data, options.articles))
            builder.start()
            builder.join()
        measure(backend, options.memory * 2**20)


# The index


def build(backend: Any, paths: Sequence[Path], most: int) -> None:
    articles = list(stories(paths, most))
    started = time.perf_counter()
    with (
        get_context("fork").Pool(WORKERS) as pool,
        backend.writing() as writer,
        writer.build() as made,
        backend.part(made.place) as part,
    ):
        for batch in batches(pool.imap(entry, enumerate(articles, 1), chunksize=32)):
            part.add(batch)
        made.take(part.finish())
    seconds = time.perf_counter() - started
    print(f"built with recognition and analysis  {len(articles):,} articles, {len(articles) / seconds:.0f}/s")


def stories(paths: Sequence[Path], most: int) -> Iterator[dict[str, Any]]:
    """Articles of the files in turn, so that a part of them has both languages."""
    rows = [map(json.loads, lines(path)) for path in paths]
    return itertools.islice((row for many in itertools.zip_longest(*rows) for row in many if row), most)


def lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        yield from file


def entry(numbered: tuple[int, dict[str, Any]]) -> IndexEntry:
    number, story = numbered
    made = entry_of_text(number, f"n{number}", story["body"], story["title"] or "", story.get("lang") or "ar")
    source = f"s{hash_of(story.get('source') or '')}"
    return replace(made, source=source, dated_on=day(story.get("date")), precision="day")


def hash_of(source: str) -> int:
    return sum(source.encode()) % 997


def day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


# The queries


def queries(snapshot: Snapshot) -> list[Node]:
    """Fifty questions of all kinds over words common to rare, the same for the same index."""
    chance = random.Random(4)
    words = ranked_words(snapshot)
    common, middle, rare = words[:150], words[150:3000], words[3000:30_000]

    def word(*bands: list[str]) -> Word:
        return Word(chance.choice(chance.choice(bands) or words))

    kinds: list[Callable[[], Node]] = [
        lambda: word(common),
        lambda: word(middle),
        lambda: word(rare),
        lambda: And((word(common), word(middle))),
        lambda: And((word(common), word(middle), word(middle))),
        lambda: Or((word(middle), word(rare), word(common))),
        lambda: Phrase((word(common).text, word(common).text), 1),
        lambda: And((word(middle), Not(word(common)))),
        lambda: Prefix(word(middle).text[:3]),
        lambda: Fuzzy(word(middle).text, 1),
        lambda: And((word(middle), Days(735_700, 736_600))),
        All,
    ]
    return [kinds[number % len(kinds)]() for number in range(QUERIES)]


def ranked_words(snapshot: Snapshot) -> list[str]:
    """Words of texts by falling number of articles."""
    counts: Counter[str] = Counter()
    for segment in snapshot.segments:
        terms, documents = segment.columns.terms["text_norm"], segment.columns.term_documents("text_norm", 0, None)
        for number in np.flatnonzero(documents > 1).tolist():
            counts[terms.text(number)] += int(documents[number])
    held = sorted(((count, word) for word, count in counts.items()), reverse=True)
    return [word for _count, word in held if len(word) > 2 and word.isalpha()]


def questions(snapshot: Snapshot) -> list[Question]:
    """Half of them narrowed to a language or a year, as readers do."""
    narrowed = itertools.cycle([(), (("lang", ("fa",)),), (), (("year", ("2015", "2016")),)])
    return [Question(tree, filters) for tree, filters in zip(queries(snapshot), narrowed, strict=False)]


# The measures


def measure(backend: Any, most_bytes: int) -> None:
    began = memory()
    folder = backend.folders.current()
    generation, index = folder.name, open_dir(str(folder), schema=backend.schema())
    started = time.perf_counter()
    snapshot = Snapshot(index, generation, PostingsCache(most_bytes))
    opened = time.perf_counter() - started
    asked = questions(snapshot)
    documents = sum(segment.documents for segment in snapshot.segments)
    print(f"{documents:,} articles in {len(snapshot.segments)} segments, {folder_bytes(folder):.0f} MB")
    started = time.perf_counter()
    write_side_files(index)
    for segment in snapshot.segments:
        _ = segment.columns
    print(f"open {1000 * opened:.0f} ms, columns {1000 * (time.perf_counter() - started):.0f} ms")
    ours = Snapshot(index, generation, PostingsCache(most_bytes))
    cold = [timed(lambda q=question: answer(ours, q)) for question in asked]
    again = [timed(lambda q=question: answer(ours, replace(q, start=20))) for question in asked]

    def forgetting(question: Question) -> float:
        fresh = Snapshot(index, generation, PostingsCache(most_bytes), ours)
        return timed(lambda: answer(fresh, question))

    warm = [min(forgetting(question) for _ in range(3)) for question in asked]
    print(f"memory: {began} at first, {memory()} at last; kept {ours.cache.held_bytes / 2**20:.0f} MB of arrays")
    report("ours, cold", cold)
    report("ours, warm", warm)
    report("ours, again", again)
    trees = [compile_tree(question.tree, ours.reader) for question in asked]
    report("  of it compiling", [timed(lambda one=one: compile_tree(one.tree, ours.reader)) for one in asked])
    report("  of it matching", [timed(lambda t=tree: ours.matches(t)) for tree in trees])
    spent, theirs = 0.0, []
    folded = [query for question in asked if (query := plain(question.tree)) is not None]
    for query in folded:
        if spent < WHOOSH_SECONDS:
            theirs.append(timed(lambda q=query: whoosh_searcher.scores(ours, q)))
            spent += theirs[-1]
    report(f"Whoosh, {len(theirs)} words", theirs)
    report("  ours, the same", [timed(lambda q=query: ours.matches(q)) for query in folded[: len(theirs)]])
    slowest = sorted(zip(warm, asked, strict=True), key=lambda pair: -pair[0])[:3]
    for seconds, question in slowest:
        print(f"  slowest         {1000 * seconds:7.1f} ms  {question.tree}")


def plain(tree: Node) -> Query | None:
    """The folded words of a question in headline or text, as Whoosh's own query; None of other questions."""
    match tree:
        case Word(text):
            return q.Or([q.Term(f"{name}_norm", fold(text)) for name in ("title", "text")])
        case And(children) if all(isinstance(child, Word) for child in children):
            return q.And([plain(child) for child in children])
    return None


def timed(task: Callable[[], Any]) -> float:
    started = time.process_time()
    task()
    return time.process_time() - started


def report(name: str, seconds: Iterable[float]) -> None:
    ranked = sorted(1000 * one for one in seconds)
    p50, p95 = (ranked[min(len(ranked) - 1, int(len(ranked) * share))] for share in (0.5, 0.95))
    print(f"{name:<18}p50 {p50:8.2f} ms   p95 {p95:8.2f} ms   worst {ranked[-1]:8.2f} ms")


def memory() -> str:
    """What the process has of its own, and of mapped files, whose pages the kernel keeps once for all processes."""
    status = Path("/proc/self/status").read_text()
    private, mapped = (int(status.split(f"{kind}:")[1].split()[0]) / 1024 for kind in ("RssAnon", "RssFile"))
    return f"{private:.0f} MB private and {mapped:.0f} MB mapped"


def folder_bytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 2**20


if __name__ == "__main__":
    main()
