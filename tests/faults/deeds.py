"""What faults tests have done inside an archive's own process: `python -m tests.faults.deeds DEED ARGUMENT…`.

Prints its answer as the last line, in JSON.
"""

from __future__ import annotations

import contextlib
import datetime
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
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.admin.models import LogEntry  # noqa: E402
from django.contrib.auth.models import Group, Permission, User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.migrations.recorder import MigrationRecorder  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_otp.plugins.otp_totp.models import TOTPDevice  # noqa: E402

from archive.about.models import ArchiveDescription  # noqa: E402
from archive.articles import cards, tallying  # noqa: E402
from archive.articles.models import AccessPoint, Article, Mention, Status  # noqa: E402
from archive.authorities import merging  # noqa: E402
from archive.authorities.models import AuthorityRecord  # noqa: E402
from archive.captures import fixity  # noqa: E402
from archive.captures.models import Capture, FixityEvent  # noqa: E402
from archive.captures.payloads import store  # noqa: E402
from archive.collections.models import Collection  # noqa: E402
from archive.curation import actions, bulk, record_actions, record_undoing, splitting  # noqa: E402
from archive.curation.models import CurationEvent, CutLine, Mistake, UnknownName  # noqa: E402
from archive.curation.rereading import REREAD  # noqa: E402
from archive.exchange import exporting, importing, kept  # noqa: E402
from archive.extraction.page.languages import guess_language  # noqa: E402
from archive.intake import beside, working  # noqa: E402
from archive.intake.known import trace_some  # noqa: E402
from archive.intake.management.commands import import_articles  # noqa: E402
from archive.intake.models import Accession, AccessionItem, Pair, Trace, Version, WatchedFeed  # noqa: E402
from archive.intake.reading.items import Http, Item  # noqa: E402
from archive.intake.taking import take_in  # noqa: E402
from archive.intake.undoing import undo  # noqa: E402
from archive.meetings.actions import confirm  # noqa: E402
from archive.meetings.models import Meeting  # noqa: E402
from archive.stories import decisions  # noqa: E402
from archive.stories.models import Fingerprint, Link  # noqa: E402
from archive.telemetry.names import named  # noqa: E402
from archive.work import queue  # noqa: E402
from archive.work.models import Job  # noqa: E402
from config import translations  # noqa: E402
from search.alerts import sending as letters  # noqa: E402
from search.alerts.models import Follower, Letter, Rhythm  # noqa: E402
from search.engine import engine  # noqa: E402
from search.engine.protocol import Question, SearchUnavailable  # noqa: E402
from search.engine.whoosh.files import manifest  # noqa: E402
from search.indexing import writer as indexing  # noqa: E402
from search.indexing.comparison import compare  # noqa: E402
from search.models import IndexChange  # noqa: E402
from search.shelf.models import Shelf  # noqa: E402
from search.syntax import parse  # noqa: E402
from search.webhooks import sending  # noqa: E402
from search.webhooks.models import Webhook, WebhookDelivery  # noqa: E402

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
        receipt = take_in(Item(f"made/{number}.txt", page(number)))
        with transaction.atomic():
            Article.objects.filter(pk=receipt.article.pk).update(title=f"خبر {rare(number)}")
            receipt.article.refresh_from_db()
            actions.publish(receipt.article)
    return count


def page(number: int) -> bytes:
    """A page made of real paragraphs, different for every number; none that says as much in Persian as in Arabic."""
    chosen = random.Random(number)  # noqa: S311
    source = Article.objects.filter(capture__received_from__startswith="fixtures").order_by("pk")
    paragraphs = [text for article in source for text in article.paragraphs]
    while True:
        text = "\n\n".join((f"خبر {rare(number)}", *chosen.sample(paragraphs, 3)))
        if guess_language(text).language != "und":
            return f"{text}\n".encode()


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


def withdraw_as_of_a_request(name: str) -> int:
    """The same, asked for by a request of this name."""
    with named(name):
        return withdraw_in_the_background()


def tell_a_webhook(address: str) -> str:
    """Have a change of an article wait for a webhook; its identifier."""
    Webhook.objects.create(address=address, site="https://archive.example")
    article = Article.objects.published().earliest("pk")
    actions.edit(article, {"byline": "خلف خلفوف"})
    return str(article.identifier)


def send() -> list[str]:
    """Send what waits for webhooks; the names of all deliveries that were taken."""
    settings.FETCH_LOOPBACK = True
    sending.begin_due()
    call_command("work")
    return [one.name for one in WebhookDelivery.objects.filter(state=WebhookDelivery.State.DONE)]


def follow(count: int) -> int:
    """So many readers, each with a mailbox, follow the archive since the day before all of it was published."""
    then, day = timezone.now() - datetime.timedelta(days=2), datetime.timedelta(days=1)
    for number in range(count):
        follower = Follower.objects.create(address=f"{number}@mail.example", language="ar")
        follower.alerts.create(query="", rhythm=Rhythm.DAILY, confirmed_at=then, since=then, next_at=then + day)
    return Article.objects.published().update(first_published_at=then + day)


def send_letters() -> dict[str, list[str]]:
    """Write and send what is due, also what is to be tried again later; the states of every reader's letters."""
    Letter.objects.filter(state=Letter.State.WAITING).update(not_before=timezone.now())
    letters.begin_due()
    call_command("work")
    held = Letter.objects.order_by("pk").values_list("follower__address", "state")
    return {address: [state for whose, state in held if whose == address] for address, _state in held}


def work_state() -> dict[str, Any]:
    """How the newest job stands, and how many events of withdrawal there are."""
    job = Job.objects.latest("pk")
    events = CurationEvent.objects.filter(action="withdraw").count()
    return {"state": job.state, "done": job.done, "changed": job.outcome.get("changed", 0), "events": events}


def add_a_body_and_undo_it() -> list[Any]:
    """A body whose name many reports have is added, they are read again, and its undo waits; the links before it."""
    was = links()
    record = AuthorityRecord.objects.create(kind="body", slug="talks")
    record.names.create(text="المشاورات السياسية", language="ar", form="authorized", source="x")
    with transaction.atomic():
        event = record_actions.settle(record, "add", None)
        record_actions.reread_after(record, event, None, None)
    call_command("work")
    if links() == was:
        raise RuntimeError("no article has the name")
    record_undoing.undo(Job.objects.get(kind=REREAD), None)
    return was


def links() -> list[Any]:
    """A digest of all links and mentions, and how many links and records there are."""
    asked = ("access_point__article", "access_point__record__slug", "access_point__state")
    rows = Mention.objects.order_by(*asked, "field", "start").values_list(
        *asked, "field", "start", "end", "form", "rule"
    )
    told = hashlib.sha256(json.dumps(list(rows)).encode()).hexdigest()
    return [told, AccessPoint.objects.count(), AuthorityRecord.objects.count()]


def work() -> int:
    """Do what waits in the queue of work, every step in a turn of its own."""
    queue.TURN = 0.0
    call_command("work")
    return 0


def edit(count: int, seed: int) -> int:
    """Edit articles chosen by a seed, as a curator does."""
    chosen = random.Random(seed)  # noqa: S311
    for article in chosen.sample(list(Article.objects.published().order_by("pk")), count):
        actions.edit(article, {"body": f"{article.body}\n\n{rare(90000 + seed)}"})
    return count


def lay_out(seed: int) -> int:
    """One large segment and two of eight and four articles, which the eight that wait in the log are to take in."""
    indexing.rebuild()
    for count in (8, 4):
        edit(count, seed + count)
        drain()
    return edit(8, seed)


def save_records(path: str, count: int, first: int) -> int:
    """Leave made records in a file, one a line, for the importer."""
    texts = [page(number).decode().partition("\n\n") for number in range(first, first + count)]
    lines = [json.dumps({"title": title, "body": body}, ensure_ascii=False) for title, _blank, body in texts]
    Path(path).write_text("\n".join(lines), "utf-8")
    return count


def import_file(path: str) -> int:
    """Take a file in and publish what is in it; in slices of a few, so that there is something between them."""
    working.SLICE_ITEMS = 5
    call_command("import_articles", path, publish=True, stdout=io.StringIO(), stderr=io.StringIO())
    return 0


def trace_at_once() -> list[str]:
    """Have four intakes begin in one moment, each to trace what is held without a trace; what stopped one."""
    Trace.objects.all().delete()
    together = threading.Barrier(4)

    def begun(_number: int) -> str:
        connection.ensure_connection()
        together.wait()
        try:
            while trace_some():
                pass
            return ""
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as intakes:
        told = list(filter(None, intakes.map(begun, range(4))))
    return told + [f"{one.identifier} has no trace" for one in Article.objects.filter(trace__isnull=True)]


def card_made_while_a_curator_saves() -> dict[str, Any]:
    """Make a missing card, begun while a curator's save is under way; the card then, and what it is to be."""
    point = AccessPoint.objects.filter(article__status=Status.PUBLISHED).order_by("pk")[0]
    key = point.article_id
    Article.objects.filter(pk=key).update(card=None)
    saving = threading.Event()

    def reject() -> None:
        with transaction.atomic():
            AccessPoint.objects.filter(pk=point.pk).update(state=AccessPoint.State.REJECTED)
            cards.write([key])
            saving.set()
            time.sleep(0.5)
        connection.close()

    curator = threading.Thread(target=reject)
    curator.start()
    saving.wait()
    cards.rewrite(missing=True)
    curator.join()
    kept = Article.objects.get(pk=key).card
    cards.write([key])
    return {"kept": kept, "due": Article.objects.get(pk=key).card}


def import_beside(path: str) -> int:
    """The same, with a process beside from the first slice on."""
    beside.WORTH_A_PROCESS = 1
    return import_file(path)


def kill_intakes(path: str, kills: int, seed: int) -> list[dict[str, Any]]:
    """Take a file in, killed at random moments and resumed each time, until so many kills have fallen inside an intake.

    Whenever it comes to its end, the archive must be what it is without a kill; then it is undone, and begun again.
    """
    chosen = random.Random(seed)  # noqa: S311
    for _warm in range(2):  # the first time much is read that stays in memory
        began = time.monotonic()
        import_file(path)
        reach = (time.monotonic() - began) / 2
        whole = _state_of_intake()
        _undo_intake()
    log: list[dict[str, Any]] = []
    while len(log) < kills:
        after = chosen.uniform(0, reach)
        if _is_killed(path, after):
            newest = Accession.objects.latest("pk")
            if newest.done < len(whole["items"]):  # or it fell behind the last item, and proves nothing
                log.append({"after": round(after, 4), "intake": newest.pk, "done": newest.done, "state": newest.state})
        elif (found := _state_of_intake()) == whole:
            _undo_intake()
        else:
            raise AssertionError({name: [whole[name], found[name]] for name in whole if whole[name] != found[name]})
    call_command("import_articles", path, resume=True, stdout=io.StringIO(), stderr=io.StringIO())
    _undo_intake()  # no intake is left open: another round begins with none
    return log


def _is_killed(path: str, after: float) -> bool:
    """Go on with an intake in a process of its own, which is killed so long after it has begun to work.

    False where it was done before.
    """
    heard, told = os.pipe()
    connection.close()
    child = os.fork()
    if not child:
        os.close(heard)
        whole_turn = import_articles.Command.turn

        def turn(*arguments: Any) -> bool:
            with contextlib.suppress(OSError):  # nobody listens any more after the first time
                os.write(told, b".")
            return whole_turn(*arguments)

        import_articles.Command.turn = turn
        is_open = Accession.objects.filter(state__in=("waiting", "running", "stopped")).exists()
        how = {"resume": True} if is_open else {"publish": True}
        call_command("import_articles", path, **how, stdout=io.StringIO(), stderr=io.StringIO())
        os._exit(0)
    os.close(told)
    assert os.read(heard, 1) == b"."
    os.close(heard)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1]) and Accession.objects.latest("pk").state != "done"


def _state_of_intake() -> dict[str, Any]:
    """All that an intake leaves, by names; keys and times are others in each."""
    articles = Article.objects.order_by("identifier")
    points = Mention.objects.order_by("access_point__article__identifier", "field", "start")
    name = "article__identifier"
    return {
        "articles": list(articles.values_list("identifier", "status", "title", "body", "capture__payload_digest")),
        "mentions": list(points.values_list(f"access_point__{name}", "access_point__record", "field", "start", "end")),
        "events": sorted(CurationEvent.objects.exclude(article=None).values_list(name, "action")),
        "stories": sorted(map(list, Fingerprint.objects.values_list(name, "day", "signature", "traits")), key=str),
        "ties": sorted(Link.objects.values_list(f"one__{name}", f"other__{name}", "kind", "strength")),
        "items": list(Accession.objects.latest("pk").items.values_list("place", "name", "outcome", name)),
        "payloads": sorted(set(store().digests()) ^ set(Capture.objects.values_list("payload_digest", flat=True))),
        "halves": [str(half) for half in Path(settings.CAPTURES_DIR).rglob(".*") if half.is_file()],
        "faults": _database() + _payloads(),
    }


def _undo_intake() -> None:
    while undo(Accession.objects.latest("pk"), time.monotonic() + 1.0):
        pass


def accession_state() -> dict[str, Any]:
    """How far the newest accession has come, with its rows."""
    newest = Accession.objects.latest("pk")
    rows = list(newest.items.values_list("place", flat=True))
    return {"state": newest.state, "outcomes": newest.outcomes, "in order": rows == list(range(1, newest.done + 1))}


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
    try:
        return engine().to_mend()
    except SearchUnavailable as error:  # more of it was found out just now
        return [str(error)]


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


def verify_while_others_write() -> dict[str, int]:
    """Verify every capture, in batches of ten; another process writes after each that was looked at."""
    fixity.BATCH = 10
    examined, numbers = fixity.examine, itertools.count()
    with contextlib.closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20)) as other:

        def examine(*asked: Any) -> fixity.Finding:
            with other:
                other.execute("UPDATE captures_capture SET encoding = ? WHERE id = 1", [f"x-{next(numbers)}"])
            return examined(*asked)

        fixity.examine = examine
        call_command("check_fixity", stdout=io.StringIO())
    return {outcome: FixityEvent.objects.filter(outcome=outcome).count() for outcome in FixityEvent.Outcome.values}


def make_busy(password: str, pages: str, count: int, first: int) -> list[int]:
    """A curator who may do everything, pages for the importer, and two articles that are no business of the queue."""
    keeper(password)
    save_pages(pages, count, first)
    drafts = list(Article.objects.published().order_by("pk")[:2])
    for draft in drafts:
        actions.withdraw(draft)
    return [draft.pk for draft in drafts]


def bylines(*keys: int) -> dict[str, Any]:
    """The bylines of articles, and how many events of an edit each has."""
    edits = CurationEvent.objects.filter(action="edit")
    return {str(one.pk): [one.byline, edits.filter(article=one).count()] for one in Article.objects.filter(pk__in=keys)}


def hold_index(seconds: int) -> int:
    """Be the writer, and take long."""
    with engine().writing():
        print("holding", flush=True)
        time.sleep(seconds)
    return 0


def curator(password: str) -> int:
    User.objects.create_user("curator", password=password, is_staff=True)
    return 1


def keeper(password: str) -> int:
    """Somebody of the same name who may do everything."""
    User.objects.create_superuser("curator", password=password)
    return 1


def first_key() -> int:
    return int(Article.objects.earliest("pk").pk)


def counted() -> dict[str, int]:
    return {str(status): Article.objects.filter(status=status).count() for status in Status}


def invariants() -> list[str]:
    """What is not as it must be; empty when nothing is lost."""
    return [*_database(), *_index(), *_payloads(), *_tallies()]


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


def _tallies() -> list[str]:
    return [f"tally of {what} {key}: {kept} kept, {there} there" for what, key, kept, there in tallying.untrue()]


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


def noted_alone() -> list[str]:
    """The migrations of a new database that are noted in another transaction than they are done in."""
    note, alone = MigrationRecorder.record_applied, []

    def noted(recorder: MigrationRecorder, app: str, name: str) -> None:
        if not recorder.connection.in_atomic_block:
            alone.append(f"{app}.{name}")
        note(recorder, app, name)

    MigrationRecorder.record_applied = noted  # type: ignore[method-assign]
    migrate()
    return alone


def migrate() -> int:
    """Bring the database to the present schema."""
    call_command("migrate", verbosity=0)
    return 0


def records() -> str:
    """A digest of all that the archive holds: articles, captures, access points, mentions, names, posts, events.

    Tallies, which are counted anew after every migration, are no records: `invariants` proves them.
    """
    told, holding = hashlib.sha256(), ("articles_", "authorities_", "captures_capture", "curation_curationevent")
    for table in sorted(connection.introspection.table_names()):
        if table.startswith(holding) and table != "authorities_tally":
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - a name from the schema
                told.update(repr([table, cursor.fetchall()]).encode())
    return told.hexdigest()


def records_of_all_releases() -> str:
    """The same digest, of what every release has a place for: the first had no events of records, no exact ones."""
    CurationEvent.objects.filter(article=None).delete()
    CurationEvent.objects.update(exact=False, job=None)
    return records()


def fill_every_table() -> int:
    """Have a row of every kind that travels with the archive, and secrets that must not."""
    call_command("check_fixity", stdout=io.StringIO())
    layla = User.objects.create_user("layla", password="a password not to be told", is_staff=True)
    ramin = User.objects.create_user("ramin", password="another one not to be told", email="ramin@example.org")
    layla.user_permissions.add(Permission.objects.get(codename="change_article"))
    Group.objects.create(name="Readers of all").user_set.add(layla)
    TOTPDevice.objects.create(user=layla, key="5ec2e7" * 6)
    SessionStore().save(must_create=True)
    for owner in (layla, ramin):
        Shelf.objects.create(reader=owner, contents={"searches": [{"query": f"q={owner.username}-search"}]})
    answer = Http(200, (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X-Title", "خبر")))
    page = f"<html><body><h1>خبر</h1><p>{'بحث الوزير التعاون. ' * 40}</p></body></html>".encode()
    draft = take_in(Item("draft.html", page, "text/html", address="https://example.org/خبر", http=answer)).article
    one, other, *_more = Article.objects.published().order_by("pk")
    decisions.join([one.pk, other.pk], by=layla)
    actions.withdraw(Article.objects.published().latest("pk"), by=layla)
    merging.merge(*AuthorityRecord.objects.filter(kind="official", merged_into=None).order_by("pk")[:2], by=layla)
    azerbaijan = AuthorityRecord.objects.get(kind="country", slug="az")
    splitting.split(azerbaijan, AuthorityRecord(kind="country", slug="aran"), names=[azerbaijan.names.latest("pk").pk])
    gcc = AuthorityRecord.objects.get(kind="body", slug="gcc")
    azerbaijan.relations.create(kind="member", other=gcc, start="2020", source="a test")
    Mistake.objects.create(article=one, told="التاريخ", contact="ramin", decided_by=ramin)
    UnknownName.objects.create(folded="جيمس موجومي", state="dismissed", decided_by=layla)
    source = AuthorityRecord.objects.filter(kind="source").order_by("pk").first()
    CutLine.objects.create(source=source, letters="تابعونا", text="تابعونا", by=layla)
    ArchiveDescription.objects.create(language="en", rights="The rights are the sources'.")
    Version.objects.create(article=draft, capture=draft.capture)
    Pair.objects.create(item=AccessionItem.objects.first(), held=one, kind=Pair.Kind.SAME, decided_by=layla)
    WatchedFeed.objects.create(address="https://example.org/feed")
    meeting = Meeting.objects.create(kind="call")
    for number, party in enumerate(AuthorityRecord.objects.filter(kind="country")[:2]):
        meeting.parties.create(record=party, side=number)
    meeting.reports.create(article=one)
    confirm(meeting, by=layla)
    Collection.objects.create(slug="calls", title_en="Calls").add([one.pk])
    LogEntry.objects.log_actions(layla.pk, [draft], 2, change_message="seen", single_object=True)
    return Article.objects.count()


def everything() -> dict[str, str]:
    """A digest of every table as the database has it, but of what an export leaves out."""
    without = {"auth_user": ("password", "last_login")}
    told = {}
    for table in sorted(connection.introspection.table_names()):
        aside = (
            table.startswith(("django_", "otp_", "axes_", "work_", "webhooks_", "alerts_", "sqlite_"))
            and table != "django_admin_log"
        )
        if aside or table in (
            "auth_permission",
            "authorities_revision",
            "authorities_tally",
            "config_requestcount",
            "config_staffsignin",
            "curation_sender",
            "curation_unknownmention",
            "meetings_meetingreading",
            "search_draftchange",
            "search_indexchange",
        ):
            continue
        with connection.cursor() as cursor:
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
            columns = [name for name in columns if name not in without.get(table, ())]
            where = " WHERE username <> 'nobody'" if table == "auth_user" else ""
            where = " WHERE reader_id IN (SELECT id FROM auth_user WHERE is_staff)" if table == "shelf_shelf" else where
            names = ", ".join(connection.ops.quote_name(name) for name in columns)
            cursor.execute(f"SELECT {names} FROM {table}{where} ORDER BY 1")  # noqa: S608 - names of the schema
            rows = cursor.fetchall()
        told[table] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()}"
    return told


def reader(name: str) -> int:
    User.objects.create_user(name)
    return 1


def rows_held() -> int:
    """How many rows of what travels there are, but for those that come with the tables, where there are any."""
    present = set(connection.introspection.table_names())
    models = [model for model in kept.exported() if model._meta.db_table in present]
    models = [model for model in models if model._meta.label not in kept.MADE_WITH_TABLES]
    return sum(model._base_manager.count() for model in models)


def export_archive(folder: str) -> int:
    return exporting.export(Path(folder)).rows


def import_archive(folder: str) -> int:
    return importing.import_from(Path(folder)).rows


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
