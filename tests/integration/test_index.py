"""The index follows the database: through the change log, by one writer, and never half."""

from __future__ import annotations

import io
import threading
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
from search.engine.whoosh.files.folders import IndexFolders, read_fingerprint, write_fingerprint
from search.indexing import writer as indexing
from search.indexing.comparison import compare
from search.models import IndexChange

pytestmark = pytest.mark.django_db


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


def test_an_index_of_another_version_is_refused_and_rebuilt(own_index: Path) -> None:
    folder = engine().folders.current()
    write_fingerprint(folder, {**read_fingerprint(folder), "analyzer": "0"})
    with pytest.raises(SearchUnavailable, match="another version"):
        total()
    assert indexing.ensure_index() is True
    assert indexing.ensure_index() is False
    assert total() == 5


def test_a_damaged_index_is_not_an_empty_one(own_index: Path) -> None:
    folder = engine().folders.current()
    for segment in folder.glob("*.seg"):
        segment.write_bytes(segment.read_bytes()[:100])
    with pytest.raises(SearchUnavailable):
        total()


def test_the_index_folder_is_nobody_elses(own_index: Path) -> None:
    assert own_index.stat().st_mode & 0o077 == 0
    assert engine().folders.current().stat().st_mode & 0o077 == 0


def test_the_archive_tells_machines_whether_it_is_ready(
    five: dict[str, Article], own_index: Path, ramin: Client
) -> None:
    assert ramin.get("/healthz").json() == {"status": "ok"}
    ready = ramin.get("/readyz")
    assert ready.status_code == 200 and ready.json()["indexed"] == 5
    withdraw(five["000"])
    assert ramin.get("/readyz").status_code == 503
    indexing.apply_all()
    assert ramin.get("/readyz").status_code == 200
    (own_index / "current").unlink()
    assert "there is no index" in ramin.get("/readyz").json()["index"]
    assert ramin.get("/healthz").status_code == 200
