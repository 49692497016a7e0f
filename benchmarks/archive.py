"""The archive that is measured: stories as published articles with the records that our own recognition finds in them.

Every story is recognised once and analysed once. What comes of it is kept: the database, and beside it every article as
the index takes it, with its folded words and what was recognised in it, which feeds the engines.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import marshal
import mmap
import re
import time
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.work import Work, say, set_up, stories

AT_ONCE = 500
PROCESSES = 2
BREAK = "zzzz"  # between headline and text, so that no phrase goes across


def prepare(work: Work, paths: list[Path], most: int, processes: int = PROCESSES) -> None:
    """Make the archive and its analysed articles unless they are there."""
    set_up(work.state)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if not work.read("archive"):
        _fill(work, stories(paths)[:most], processes)
    if not work.read("articles"):
        _keep_articles(work, processes)


# The database


def _fill(work: Work, found: list[dict[str, Any]], processes: int) -> None:
    from django.core.management import call_command

    from archive.articles.models import Article

    started = time.perf_counter()
    call_command("load_authorities", verbosity=0, stdout=io.StringIO())
    Article.objects.all().delete()
    sources = _sources({str(story.get("source") or "") for story in found})
    with get_context("spawn").Pool(processes, _begin, (str(work.state),)) as pool:
        done = pool.imap(_recognised, found, chunksize=64)
        for batch in _batches(done):
            _store(batch, sources)
            say(f"  recognised {Article.objects.count():,} of {len(found):,}")
    seconds = time.perf_counter() - started
    work.write("archive", {"articles": len(found), "seconds": seconds, "processes": processes})


def _begin(state: str) -> None:
    set_up(Path(state))


def _recognised(story: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """The fields of an article, and the mentions in it: `(kind, slug, field, start, end, form, rule, confidence)`."""
    from archive.articles.description import first_words, mentions_in

    day = _day(story.get("date"))
    fields = {
        "identifier": hashlib.sha256(str(story["id"]).encode()).hexdigest(),
        "language": story.get("lang") if story.get("lang") in {"ar", "fa"} else "und",
        "title": (story.get("title") or first_words(story["body"]))[:1000],
        "body": story["body"].strip(),
        "source": str(story.get("source") or ""),
        "dated_on": day,
    }
    found = [
        (m.kind, m.record, field, m.start, m.end, m.form[:200], m.rule, m.confidence)
        for field, m in mentions_in("", fields["title"], fields["body"], fields["language"])
    ]
    return fields, found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _sources(names: set[str]) -> dict[str, Any]:
    """A record for each outlet of the files."""
    from archive.authorities.models import AuthorityRecord, FormStatus, Name

    made = {}
    for name in sorted(filter(None, names)):
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or f"outlet-{len(made)}"
        made[name], _new = AuthorityRecord.objects.get_or_create(kind="source", slug=slug)
        told = {"form": FormStatus.AUTHORIZED, "source": "data"}
        Name.objects.get_or_create(record=made[name], text=name, language="en", defaults=told)
    return made


def _store(batch: list[tuple[dict[str, Any], list[tuple[Any, ...]]]], sources: dict[str, Any]) -> None:
    from django.db import transaction

    from archive.articles import cards
    from archive.articles.models import AccessPoint, Article, Mention
    from archive.captures.models import Capture

    with transaction.atomic():
        captures = Capture.objects.bulk_create(_capture(fields) for fields, _found in batch)
        articles = Article.objects.bulk_create(
            _article(fields, capture, sources) for (fields, _found), capture in zip(batch, captures, strict=True)
        )
        records = _records()
        points = {
            (article.pk, mention[:2]): AccessPoint(article=article, record_id=records[mention[:2]])
            for article, (_fields, found) in zip(articles, batch, strict=True)
            for mention in found
            if mention[:2] in records
        }
        AccessPoint.objects.bulk_create(points.values())
        Mention.objects.bulk_create(
            Mention(
                access_point=points[article.pk, (kind, slug)],
                field=field, start=start, end=end, form=form, rule=rule, confidence=confidence,
            )
            for article, (_fields, found) in zip(articles, batch, strict=True)
            for kind, slug, field, start, end, form, rule, confidence in found
            if (kind, slug) in records
        )  # fmt: skip
        cards.write(article.pk for article in articles)


def _capture(fields: dict[str, Any]) -> Any:
    from archive.captures.models import Capture

    return Capture(
        payload_digest=fields["identifier"],
        payload_size=len(fields["body"].encode()),
        media_type="text/plain",
        encoding="utf-8",
        received_from="data",
    )


def _article(fields: dict[str, Any], capture: Any, sources: dict[str, Any]) -> Any:
    from archive.articles.models import Article

    day = fields["dated_on"]
    dates = {"dated_on": day, "date_certainty": "stated", "date_precision": "day"} if day else {}
    return Article(
        capture=capture,
        identifier=fields["identifier"][:16],
        status="published",
        language=fields["language"],
        title=fields["title"],
        body=fields["body"],
        source=sources.get(fields["source"]),
        **dates,
    )


def _records() -> dict[tuple[str, str], int]:
    from archive.authorities.models import AuthorityRecord

    return {(kind, slug): key for kind, slug, key in AuthorityRecord.objects.values_list("kind", "slug", "pk")}


# The articles as engines take them


def _keep_articles(work: Work, processes: int) -> None:
    """Analyse what is not analysed yet; what a run that was stopped has left behind is kept."""
    from archive.articles.models import Article

    started = time.perf_counter()
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    begin = get_context("spawn").Pool(processes, _begin, (str(work.state),))
    with begin as pool, Kept.create(work.articles) as kept:
        first = count = len(kept.ends)
        chunks = [keys[at : at + 250] for at in range(count, len(keys), 250)]
        for held in pool.imap(_analysed, chunks):
            for packed in held:
                kept.append(packed)
            count += len(held)
            if count % 5000 < 250:
                say(f"  analysed {count:,} of {len(keys):,}")
    seconds = time.perf_counter() - started
    work.write("articles", {"articles": count, "analysed": count - first, "seconds": seconds, "processes": processes})


def _analysed(keys: list[int]) -> list[bytes]:
    from search.documents.entries import entries

    return [pack(plain(entry) | {"words": folded(entry)}) for entry in entries(keys)]


def plain(entry: Any) -> dict[str, Any]:
    """An entry of the index (`search.documents.entries`) as plain values."""
    held = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
    return held | {"dated_on": entry.dated_on.toordinal() if entry.dated_on else 0, "posts": dict(entry.posts)}


def entry_of(held: dict[str, Any]) -> Any:
    """The entry that was made plain."""
    from search.documents.entries import IndexEntry

    dated_on = date.fromordinal(held["dated_on"]) if held["dated_on"] else None
    return IndexEntry(**{name: held[name] for name in IndexEntry.__dataclass_fields__} | {"dated_on": dated_on})


def folded(entry: Any) -> str:
    """The folded words of headline and text by position, as the index has them; words at one position are stacked."""
    from search.analysis import analyze
    from search.documents.layers import layer_terms

    texts = []
    for text in (entry.headline, entry.body):
        rows: defaultdict[int, dict[str, None]] = defaultdict(dict)
        for token in analyze(text, entry.analyzer_language):
            rows[token.position].update(dict.fromkeys(layer_terms(token, "norm", text)))
        texts.append(" ".join("|".join(rows[place]) or "|" for place in range(max(rows, default=-1) + 1)))
    return f" {BREAK} ".join(texts)


def pack(document: dict[str, Any]) -> bytes:
    return zlib.compress(marshal.dumps(document), 1)


class Kept:
    """Articles by number, each packed by itself, so that any of them can be read alone."""

    def __init__(self, folder: Path) -> None:
        self.ends = array("Q")
        self.ends.frombytes((folder / "ends").read_bytes())
        with (folder / "documents").open("rb") as file:
            self.packed = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> dict[str, Any]:
        start = self.ends[number - 1] if number else 0
        return dict(marshal.loads(zlib.decompress(self.packed[start : self.ends[number]])))  # noqa: S302  (our own)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self.__getitem__, range(len(self)))

    @staticmethod
    def create(folder: Path) -> _Writing:
        folder.mkdir(parents=True, exist_ok=True)
        return _Writing(folder)


class _Writing:
    """Writes documents behind those that are there; an end is written when its document is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ends = array("Q")
        if (folder / "ends").exists():
            whole = (folder / "ends").read_bytes()
            self.ends.frombytes(whole[: len(whole) // 8 * 8])

    def __enter__(self) -> _Writing:
        self.documents, self.written = ((self.folder / name).open("ab", 0) for name in ("documents", "ends"))
        self.size = self.ends[-1] if self.ends else 0
        self.documents.truncate(self.size)
        self.written.truncate(8 * len(self.ends))
        return self

    def __exit__(self, *_error: object) -> None:
        self.documents.close()
        self.written.close()

    def append(self, packed: bytes) -> None:
        self.documents.write(packed)
        self.size += len(packed)
        self.ends.append(self.size)
        self.written.write(self.ends[-1:].tobytes())


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    held = iter(items)
    return iter(lambda: list(itertools.islice(held, AT_ONCE)), [])
