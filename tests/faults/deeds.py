"""What faults tests have done inside an archive's own process: `python -m tests.faults.deeds DEED ARGUMENT…`.

Prints its answer as the last line, in JSON.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import itertools
import json
import os
import random
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from archive.articles.intake import Provenance  # noqa: E402
from archive.articles.models import Article, Status  # noqa: E402
from archive.captures.payloads import store  # noqa: E402
from archive.curation import actions, bulk  # noqa: E402
from archive.curation.models import CurationEvent  # noqa: E402
from archive.work import queue  # noqa: E402
from archive.work.models import Job  # noqa: E402
from config import translations  # noqa: E402
from search.engine import engine  # noqa: E402
from search.engine.protocol import Question, SearchUnavailable  # noqa: E402
from search.engine.whoosh.files import manifest  # noqa: E402
from search.indexing import writer as indexing  # noqa: E402
from search.indexing.comparison import compare  # noqa: E402
from search.models import IndexChange  # noqa: E402
from search.syntax import parse  # noqa: E402

MADE = 40


def begin() -> int:
    """The five articles, and `MADE` more of their paragraphs, each with a word in its title that only it has."""
    translations.compile_stale()
    call_command("load_authorities", verbosity=0, stdout=io.StringIO())
    call_command("import_articles", "fixtures/captures", publish=True, stdout=io.StringIO())
    return publish(MADE)


def publish(count: int, first: int = 0) -> int:
    """Publish made articles numbered from `first`."""
    for number in range(first, first + count):
        receipt = actions.accession(page(number), Provenance(f"made/{number}.txt"))
        with transaction.atomic():
            Article.objects.filter(pk=receipt.article.pk).update(title=f"خبر {rare(number)}")
            receipt.article.refresh_from_db()
            actions.publish(receipt.article)
    return count


def page(number: int) -> bytes:
    """A page made of real paragraphs, different for every number."""
    chosen = random.Random(number)  # noqa: S311
    source = Article.objects.filter(capture__received_from__startswith="fixtures").order_by("pk")
    paragraphs = [text for article in source for text in article.paragraphs]
    body = "\n\n".join(chosen.sample(paragraphs, 3))
    return f"خبر {rare(number)}\n\n{body}\n".encode()


def save_pages(folder: str, count: int, first: int) -> int:
    """Leave made pages in a new folder, for the importer."""
    Path(folder).mkdir()
    for number in range(first, first + count):
        Path(folder, f"{number}.txt").write_bytes(page(number))
    return count


def rare(number: int) -> str:
    """A word that stands in one article alone: `كلمة` with letters for the digits."""
    return "كلمة" + "".join("بتثجحخدذرز"[int(digit)] for digit in f"{number:05}")


def withdraw(count: int) -> int:
    """Withdraw the newest made articles."""
    for article in Article.objects.published().order_by("-pk")[:count]:
        actions.withdraw(article)
    return count


def withdraw_in_the_background() -> int:
    """Have every public article withdrawn by the queue of work, in turns and steps that are as short as can be."""
    articles = Article.objects.published()
    bulk.put_off(bulk.WITHDRAW, articles, None)
    return articles.count()


def work_state() -> dict[str, Any]:
    """How the newest job stands, and how many events of withdrawal there are."""
    job = Job.objects.latest("pk")
    events = CurationEvent.objects.filter(action="withdraw").count()
    return {"state": job.state, "done": job.done, "changed": job.outcome.get("changed", 0), "events": events}


def work() -> int:
    """Do what waits in the queue of work, every step in a turn of its own."""
    queue.TURN = 0.0
    call_command("work")
    return 0


def edit(count: int, seed: int) -> int:
    """Edit articles chosen by a seed, as a curator does."""
    chosen = random.Random(seed)  # noqa: S311
    for article in chosen.sample(list(Article.objects.published().order_by("pk")), count):
        article.body += f"\n\n{rare(90000 + seed)}"
        with transaction.atomic():
            article.save()
            actions.remember_edit(article, {"body": ["", ""]})
    return count


def lay_out(seed: int) -> int:
    """One large segment and two of eight and four articles, which the eight that wait in the log are to take in."""
    indexing.rebuild()
    for count in (8, 4):
        edit(count, seed + count)
        drain()
    return edit(8, seed)


def drain() -> int:
    """Apply the change log in this process."""
    return indexing.apply_all()


def merge_all() -> int:
    """Join all segments into one."""
    from search.engine.whoosh.writing import merge_policy

    merge_policy.TIDIED_AT_ONCE = 10**9
    return int(indexing.tidy())


def pending() -> int:
    return IndexChange.objects.count()


def difference() -> str:
    """What differs between index and database, "" when nothing does."""
    try:
        found = compare()
    except SearchUnavailable as error:
        return error.reason
    return "" if not found and not IndexChange.objects.exists() else f"{found}"


def find(text: str) -> list[str]:
    tree = parse(text).tree
    return [name for name, _score in engine().search(Question(tree, size=100)).found]


def held(*numbers: int) -> dict[str, str]:
    """The rare word of made articles, and the identifier that it must find."""
    return {rare(number): Article.objects.get(title__endswith=rare(number)).identifier for number in numbers}


def not_whole() -> list[str]:
    """The files beside segments that are gone or not as they were written."""
    return engine().to_mend()


def damage() -> str:
    return indexing.doubt()


def hold_lock(seconds: int) -> int:
    """Keep the database locked for writing."""
    held = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    held.execute("BEGIN IMMEDIATE")
    print("locked", flush=True)
    time.sleep(seconds)
    held.rollback()
    return 0


def hold_index(seconds: int) -> int:
    """Be the writer, and take long."""
    with engine().writing():
        print("holding", flush=True)
        time.sleep(seconds)
    return 0


def curator(password: str) -> int:
    User.objects.create_user("curator", password=password, is_staff=True)
    return 1


def counted() -> dict[str, int]:
    return {str(status): Article.objects.filter(status=status).count() for status in Status}


def invariants() -> list[str]:
    """What is not as it must be; empty when nothing is lost."""
    return [*_database(), *_index(), *_payloads()]


def _database() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        (told,) = cursor.fetchone()
        cursor.execute("PRAGMA foreign_key_check")
        broken = cursor.fetchall()
    return ([f"integrity_check: {told}"] if told != "ok" else []) + [f"foreign key: {row}" for row in broken]


def _index() -> list[str]:
    wrong = [f"index: {reason}"] if (reason := indexing.doubt()) else []
    held = {article.identifier: article for article in Article.objects.published()}
    keys = engine().digests().keys()
    if len(held) != engine().search(Question()).total or keys != held.keys():
        wrong.append(f"index holds {len(keys)} of {len(held)} published articles")
    for identifier, article in held.items():
        word = max(article.title.split(), key=len)
        if identifier not in find(word):
            wrong.append(f"{identifier} is not found by {word}")
    for article in Article.objects.exclude(status=Status.PUBLISHED):
        if article.identifier in keys:
            wrong.append(f"{article.identifier} is not public and is found")
    return wrong


def _payloads() -> list[str]:
    digests = Article.objects.values_list("capture__payload_digest", flat=True)
    return [f"payload {digest} is damaged or gone" for digest in digests if not store().is_intact(digest)]


# Faults


def die_at(target: str, count: int, *deed: Any) -> Any:
    """Do a deed, and be killed by SIGKILL right before call number `count` of a function: `module:name.name`."""
    module, _colon, path = target.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    whole, calls = getattr(owner, name), itertools.count(1)

    def dying(*arguments: Any, **named: Any) -> Any:
        if next(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*arguments, **named)

    setattr(owner, name, dying)
    return globals()[deed[0]](*deed[1:])


def rebuild() -> int:
    return indexing.rebuild()


def migrate() -> int:
    """Bring the database to the present schema."""
    call_command("migrate", verbosity=0)
    return 0


def records() -> str:
    """A digest of all that the archive holds: articles, captures, access points, mentions, names, posts, events."""
    told = hashlib.sha256()
    for table in sorted(connection.introspection.table_names()):
        if table.startswith(("articles_", "authorities_", "captures_capture", "curation_curationevent")):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 - a name from the schema
                told.update(repr([table, cursor.fetchall()]).encode())
    return told.hexdigest()


def answers() -> dict[str, list[str]]:
    """What fifty fixed questions find."""
    words = ("قطر", "أذربيجان", "ایران", "خلفوف", "وزير", "وزیر خارجه", "صلح", "Khalafov", '"صلح و امنیت"', "خارج*")
    asked = [*words, *map(rare, range(40))]
    return {text: find(text) for text in asked}


def mend() -> list[str]:
    """What the writer does when it starts, then what must be true."""
    indexing.ensure_index()
    indexing.apply_all()
    return invariants()


def flips(count: int, seed: int) -> list[str]:
    """Flip single bits of the index's files, one at a time, and name those that were not noticed."""
    chosen = random.Random(seed)  # noqa: S311
    folder = engine().folders.current()
    files = [folder / manifest.MANIFEST, folder / "fingerprint.json", *map(folder.joinpath, manifest.read(folder))]
    unnoticed = []
    for number in range(count):
        path = files[number % len(files)]
        whole = path.read_bytes()
        place, bit = chosen.randrange(len(whole)), chosen.randrange(8)
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        if not indexing.doubt():
            unnoticed.append(f"{path.name} byte {place} bit {bit}")
        path.write_bytes(whole)
    return unnoticed


if __name__ == "__main__":
    deed, *arguments = sys.argv[1:]
    answer: Any = globals()[deed](*(int(a) if a.isdigit() else a for a in arguments))
    print(json.dumps(answer))
