"""The index follows the database: through the change log, by one writer, and never half."""

from __future__ import annotations

import io
import os
import re
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord
from archive.authorities.signals import record_changed
from archive.curation.actions import withdraw
from search.engine import engine
from search.engine.protocol import Question, SearchUnavailable, WriterBusy
from search.engine.whoosh import schema
from search.engine.whoosh.files.folders import IndexFolders, read_fingerprint, write_fingerprint
from search.indexing import writer as indexing
from search.indexing.comparison import compare
from search.indexing.rebuilding import rebuilding
from search.models import IndexChange

pytestmark = pytest.mark.django_db
embedded = pytest.mark.embedded_alone


def total() -> int:
    return engine().search(Question()).total


def test_a_change_is_recorded_with_its_transaction_and_gone_with_it(five: dict[str, Article], own_index: Path) -> None:
    with transaction.atomic():
        withdraw(five["000"])
        assert IndexChange.objects.count() == 1
        transaction.set_rollback(True)
    assert IndexChange.objects.count() == 0


def test_the_writer_applies_the_log_and_empties_it(five: dict[str, Article], own_index: Path) -> None:
    withdraw(five["000"])
    assert total() == 5
    assert indexing.apply_all() == 1
    assert total() == 4
    assert IndexChange.objects.count() == 0


def test_applying_a_change_twice_ends_in_the_same_index(five: dict[str, Article], own_index: Path) -> None:
    for _time in range(2):
        IndexChange.record([five["000"].identifier, five["000"].identifier])
        indexing.apply_all()
    assert total() == 5
    assert not compare()


def test_a_changed_name_reindexes_the_articles_of_its_record(five: dict[str, Article], own_index: Path) -> None:
    record_changed.send(AuthorityRecord, record=AuthorityRecord.objects.get(slug="khalaf-khalafov"))
    noted = set(IndexChange.objects.values_list("identifier", flat=True))
    assert noted == {five["001"].identifier, five["003"].identifier}


def test_a_difference_is_found_and_repaired(five: dict[str, Article], own_index: Path) -> None:
    Article.objects.filter(pk=five["000"].pk).update(status="withdrawn")
    Article.objects.filter(pk=five["001"].pk).update(title="عنوان لا يعرفه الفهرس")
    difference = compare()
    assert difference.extra == (five["000"].identifier,)
    assert difference.stale == (five["001"].identifier,)
    with pytest.raises(CommandError, match="1 stale, 1 extra"):
        call_command("check_index", stdout=io.StringIO())
    out = io.StringIO()
    call_command("check_index", repair=True, stdout=out)
    assert "are equal" in out.getvalue()
    assert total() == 4


@embedded
def test_a_rebuild_that_fails_leaves_the_old_index_serving(own_index: Path) -> None:
    def failing(_more: int) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        indexing.rebuild(progress=failing)
    assert total() == 5
    assert indexing.rebuild() == 5
    assert len([path for path in own_index.iterdir() if path.is_dir() and not path.is_symlink()]) == 1


def test_readers_see_a_whole_index_during_a_rebuild(own_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.documents.entries.AT_ONCE", 1)
    seen: list[int] = []
    assert indexing.rebuild(progress=lambda _more: seen.append(total())) == 5
    assert seen == [5] * 5
    assert total() == 5


@embedded
def test_there_is_one_writer(own_index: Path) -> None:
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with IndexFolders(own_index).writing():
            entered.set()
            leave.wait(5)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(5)
    with pytest.raises(WriterBusy):
        indexing.apply_changes()
    leave.set()
    holder.join()
    assert indexing.apply_changes() == 0


@embedded
def test_an_index_of_another_version_is_refused_and_rebuilt(own_index: Path) -> None:
    folder = engine().folders.current()
    write_fingerprint(folder, {**read_fingerprint(folder), "analyzer": "0"})
    with pytest.raises(SearchUnavailable, match="another version"):
        total()
    assert indexing.ensure_index() is True
    assert indexing.ensure_index() is False
    assert total() == 5


@embedded
def test_a_damaged_index_is_not_an_empty_one(own_index: Path) -> None:
    folder = engine().folders.current()
    for segment in folder.glob("*.seg"):
        segment.write_bytes(segment.read_bytes()[:100])
    with pytest.raises(SearchUnavailable):
        total()


@embedded
def test_the_index_folder_is_nobody_elses(own_index: Path) -> None:
    assert own_index.stat().st_mode & 0o077 == 0
    assert engine().folders.current().stat().st_mode & 0o077 == 0


@embedded
def test_the_archive_tells_machines_whether_it_is_ready(
    five: dict[str, Article], own_index: Path, ramin: Client
) -> None:
    assert ramin.get("/healthz").json() == {"status": "ok"}
    ready = ramin.get("/readyz")
    assert ready.status_code == 200 and ready.json()["indexed"] == 5
    (own_index / "current").unlink()
    lost = ramin.get("/readyz")
    assert lost.status_code == 503 and "there is no index" in lost.json()["index"]
    assert ramin.get("/healthz").status_code == 200


def test_changes_that_wait_are_told_and_take_no_archive_out_of_service(
    five: dict[str, Article], own_index: Path, ramin: Client, layla: Client
) -> None:
    withdraw(five["000"])
    late = ramin.get("/readyz")
    assert (late.status_code, late.json()["status"], late.json()["pending"]) == (200, "degraded", 1)
    assert late.json()["degraded"][0].startswith("1 change waits for the index, the oldest since 20")
    page = layla.get("/admin/status/").content.decode()
    assert "answers, but behind" in page and "changes that wait: 1, " in page
    indexing.apply_all()
    assert ramin.get("/readyz").json()["status"] == "ok"
    assert "answers, but behind" not in layla.get("/admin/status/").content.decode()


def test_a_difference_that_no_change_explains_is_told(five: dict[str, Article], own_index: Path, ramin: Client) -> None:
    Article.objects.filter(pk=five["000"].pk).update(status="withdrawn")
    told = ramin.get("/readyz")
    assert told.status_code == 200
    assert "check_index --repair" in told.json()["degraded"][0]


def older(**parts: str) -> None:
    """Have the present index say that an earlier version made it."""
    folder = engine().folders.current()
    write_fingerprint(folder, {**read_fingerprint(folder), **parts})
    engine().trust()._trusted = None  # as after the second for which a state is trusted


@embedded
def test_an_index_of_an_earlier_version_answers_until_the_new_one_is_there(
    five: dict[str, Article], own_index: Path, ramin: Client
) -> None:
    older(whoosh="2.7.3")
    assert total() == 5
    told = ramin.get("/readyz")
    assert (told.status_code, told.json()["status"]) == (200, "degraded")
    assert "an index of an earlier version answers (another whoosh)" in told.json()["degraded"][0]
    withdraw(five["000"])
    with pytest.raises(SearchUnavailable, match="not written to"):
        indexing.apply_changes()
    seen: list[int] = []
    assert indexing.ensure_index(progress=lambda _more: seen.append(total())) is True
    assert seen and set(seen) == {5}
    assert total() == 4
    assert ramin.get("/readyz").json()["status"] == "ok"


@embedded
def test_an_index_of_the_landing_before_answers_until_the_new_one_is_there(
    five: dict[str, Article], own_index: Path
) -> None:
    older(schema="4")
    seen = [total()]
    assert indexing.ensure_index(progress=lambda _more: seen.append(total())) is True
    assert len(seen) > 1 and set(seen) == {5}
    assert engine().outdated() == ""


def flip_a_byte(path: Path) -> None:
    """One in the middle, where it lies; the size stays."""
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    with path.open("r+b") as file:
        file.write(whole)


@embedded
def test_posting_lists_that_a_disk_changed_are_found_by_reading_them_and_built_anew(
    five: dict[str, Article], own_index: Path
) -> None:
    (path,) = engine().folders.current().glob("*.postings")
    was = path.stat()
    flip_a_byte(path)
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert engine().damage() == f"damaged: {path.name}"
    answered: list[int] = []

    def ask(_more: int) -> None:
        with suppress(SearchUnavailable):
            answered.append(total())

    assert indexing.ensure_index(progress=ask) is True
    assert not answered and total() == 5 and engine().damage() == ""


@embedded
def test_posting_lists_changed_under_a_server_are_refused_by_the_next_question_and_built_anew(
    five: dict[str, Article], own_index: Path
) -> None:
    assert total() == 5
    (path,) = engine().folders.current().glob("*.postings")
    flip_a_byte(path)
    with pytest.raises(SearchUnavailable):
        total()
    assert not path.exists()
    engine().trust()._trusted = None  # as after the second for which a state is trusted
    assert indexing.ensure_index(thoroughly=False) is True  # which the writer asks with every look
    assert total() == 5


@embedded
@pytest.mark.parametrize("part", ["schema", "analyzer", "terms", "unicode", "fields"])
def test_an_index_whose_answers_would_be_wrong_is_not_asked(own_index: Path, ramin: Client, part: str) -> None:
    older(**{part: "identifier" if part == "fields" else "0"})
    page = ramin.get("/search/?q=قطر")
    assert page.status_code == 503 and page.headers["Retry-After"]
    assert ramin.get("/readyz").status_code == 503
    assert ramin.get("/").status_code == 200, "the archive itself is open"


@embedded
def test_an_index_of_an_earlier_version_is_asked_where_its_answers_are_known_to_be_right(
    own_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(schema.STILL_READ, "analyzer", frozenset({"2-earlier"}))
    older(analyzer="2-earlier", fields=f"{schema_fields()} of_later_times")
    assert total() == 5


def schema_fields() -> str:
    return engine().fingerprint()["fields"]


@embedded
def test_an_index_that_another_version_reads_is_not_condemned(own_index: Path) -> None:
    older(analyzer="0")
    condemned_while: list[bool] = []
    folder = engine().folders.current()
    indexing.ensure_index(progress=lambda _more: condemned_while.append((folder / "condemned").exists()))
    assert condemned_while and not any(condemned_while)


@embedded
def test_a_damaged_index_of_an_earlier_version_is_not_asked(own_index: Path) -> None:
    older(whoosh="2.7.3")
    (segment,) = engine().folders.current().glob("*.seg")
    whole = segment.read_bytes()
    segment.write_bytes(whole[:-50] + bytes([whole[-50] ^ 1]) + whole[-49:])
    refused: list[bool] = []

    def ask(_more: int) -> None:
        try:
            total()
        except SearchUnavailable:
            refused.append(True)
        else:
            refused.append(False)

    indexing.ensure_index(progress=ask)
    assert refused and all(refused)
    assert total() == 5


@embedded
def test_readers_are_told_how_far_the_new_index_is(own_index: Path, ramin: Client) -> None:
    older(analyzer="0")
    pages: list[str] = []

    def look(_more: int) -> None:
        pages.extend(ramin.get(path).content.decode() for path in ("/search/?q=قطر", "/feeds/rss/?q=قطر&ui=fa"))

    indexing.ensure_index(progress=look)
    assert re.search("Articles in the new index: [05] of 5[.]", pages[0])
    assert re.search("[۰۵] از ۵", pages[1])
    assert rebuilding() is None
    assert ramin.get("/search/?q=قطر").status_code == 200
