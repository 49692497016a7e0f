"""Accessions: every intake is a record; it stops and goes on, is tried dry, and is undone as a whole."""

from __future__ import annotations

import datetime
import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.captures.models import Capture
from archive.captures.payloads import store
from archive.collections.models import Collection
from archive.curation.actions import edit, publish, withdraw
from archive.intake import admin as desk
from archive.intake import taking, working
from archive.intake.models import Accession, AccessionItem
from archive.intake.quarantine import discard, to_draft
from archive.intake.queued import take_in_later, undo_later
from archive.intake.undoing import undo
from archive.intake.working import begin, forget, work_on
from archive.meetings.models import Meeting, MeetingReport
from archive.stories.models import Fingerprint
from archive.work.kinds import kind_named
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from search.models import IndexChange
from tests.conftest import ADMIN
from tests.integration.test_import_command import run, written
from tests.unit.archive.intake.wholes import RECORDS, bundle, json_lines, mail, mhtml, page, saved, warc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("captures_folder")]
Outcome, State = AccessionItem.Outcome, Accession.State
LATER = 10.0**9

# The five articles are in the archive already, by other bytes.
MANY = [
    record | {"id": f"n-{number}", "title": f"{record['title']} ({number})"}
    for number in range(3)
    for record in RECORDS
]


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    return saved(tmp_path, "batch.jsonl", json_lines(MANY))


@pytest.fixture
def nothing() -> None:
    """An archive without the five articles, whose texts are taken in from elsewhere."""
    Article.objects.all().delete()


def taken(path: Path, **options: Any) -> Accession:
    """The files taken in to the end."""
    accession = begin([str(path)], Accession.Way.COMMAND, **options)
    while work_on(accession, 0):
        pass
    return accession


def of(accession: Accession) -> list[Article]:
    return list(Article.objects.filter(accession_items__accession=accession).order_by("accession_items__place"))


def payloads() -> set[str]:
    return set(store().digests())


def test_what_a_giver_states_is_kept_as_given_and_is_the_evidence(batch: Path) -> None:
    accession = taken(batch, publish=True)
    assert (accession.state, accession.done, accession.outcomes) == (State.DONE, 15, {"added": 15})
    first = of(accession)[0]
    assert first.is_public and first.title == MANY[0]["title"] and first.body == MANY[0]["body"]
    assert first.source_as_printed == "المرفأ"
    assert (str(first.dated_on), first.date_certainty) == ("2019-12-01", "stated")
    assert first.evidence["date"]["rule"] == first.evidence["source"]["rule"] == "giver"
    assert first.evidence["giver"] == {
        "date": "2019-12-01",
        "source": "المرفأ",
        "identifier": "n-0",
        "tags": ["دبلوماسية", "قطر"],
    }
    assert first.capture.received_from == f"{batch}:1"
    assert json.loads(store().get(first.capture.payload_digest)) == MANY[0]


@pytest.mark.parametrize(
    ("date", "printed", "day", "precision", "calendar"),
    [
        ("2020-10-21", "", "2020-10-21", "day", "gregorian"),
        ("2020-10-21T14:30:00+03:00", "", "2020-10-21", "minute", "gregorian"),
        ("۱۲ مهر ۱۴۰۲", "", "2023-10-04", "day", "solar_hijri"),
        ("1603283400", "", "2020-10-21", "minute", "gregorian"),
        ("2020-10-21", "21 أكتوبر 2020", "2020-10-21", "day", "gregorian"),
        ("", "21 أكتوبر 2020", "2020-10-21", "day", "gregorian"),
    ],
)
def test_a_date_is_read_as_it_is_given(
    tmp_path: Path, date: str, printed: str, day: str, precision: str, calendar: str
) -> None:
    record = RECORDS[1] | {"date": date, "date_raw": printed}
    (article,) = of(taken(saved(tmp_path, "a.jsonl", json_lines([record]))))
    assert (str(article.dated_on), article.date_precision, article.date_calendar) == (day, precision, calendar)


def test_a_date_that_is_none_leaves_the_pages_own_and_stays_in_the_evidence(tmp_path: Path) -> None:
    (article,) = of(taken(saved(tmp_path, "a.jsonl", json_lines([MANY[0] | {"date": "last week"}]))))
    assert article.evidence["giver"]["date"] == "last week"
    assert article.date_certainty == "inferred"  # from the first sentence of the report


def test_every_kind_of_file_becomes_articles_with_where_they_are_from(tmp_path: Path, nothing: None) -> None:
    message = mail(3)
    message.set_content(f"{RECORDS[3]['title']}\n\n{RECORDS[3]['body']}")
    saved(tmp_path, "in/a.eml", message.as_bytes())
    saved(tmp_path, "in/b.mhtml", mhtml(1))
    saved(tmp_path, "in/c.zip", bundle({"x.html": page(2).encode(), "x.json": b'{"source": "AzVision", "id": "7"}'}))
    saved(tmp_path, "in/d.warc.gz", warc())
    accession = taken(tmp_path / "in")
    # The WARC's third page is that of the ZIP, its second has the text and the address of the MHTML's.
    assert accession.outcomes == {"added": 4, "captured": 1, "unchanged": 1, "not read": 3}
    letter, web, zipped, first, _second = of(accession)[:5]
    assert letter.capture.media_type == "message/rfc822" and letter.title == RECORDS[3]["title"]
    assert web.capture.target_uri == "https://news.example/1"
    assert (zipped.source_as_printed, zipped.evidence["giver"]["identifier"]) == ("AzVision", "7")
    assert (first.capture.http_status, first.capture.target_uri) == (200, "https://news.example/0")
    assert ["X-Cache", "HIT"] in first.capture.http_headers
    assert first.capture.captured_at == datetime.datetime(2020, 8, 3, 10, tzinfo=datetime.UTC)


def test_the_same_again_changes_nothing(batch: Path) -> None:
    taken(batch, publish=True)
    before = [list(model.objects.order_by("pk").values()) for model in (Article, Capture)], payloads()
    again = taken(batch, publish=True)
    assert again.outcomes == {"unchanged": 15}
    assert ([list(model.objects.order_by("pk").values()) for model in (Article, Capture)], payloads()) == before


def test_a_dry_run_tells_all_and_takes_nothing_in(tmp_path: Path) -> None:
    path = saved(
        tmp_path, "a.jsonl", json_lines([*MANY[:2], MANY[0], {"title": "x"}, RECORDS[0] | {"date": "2199-01-01"}])
    )
    counts = [model.objects.count() for model in (Article, Capture, IndexChange)], payloads()
    with pytest.raises(CommandError, match="1 of 5 items were refused and 1 of 5 wait in quarantine"):
        run(path, dry_run=True)
    assert "This was a dry run: nothing was taken in." in written()[0]
    accession = Accession.objects.latest("pk")
    assert [item.outcome for item in accession.items.all()] == ["added", "added", "unchanged", "refused", "quarantined"]
    assert ([model.objects.count() for model in (Article, Capture, IndexChange)], payloads()) == counts
    assert not undo(accession, LATER)
    assert accession.items.filter(outcome="added").count() == 2


def test_an_accession_goes_on_where_it_was_left(batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "SLICE_ITEMS", 4)
    accession = begin([str(batch)], Accession.Way.COMMAND)
    assert work_on(accession, 0) and work_on(accession, 0)
    assert accession.state == State.RUNNING and 2 <= accession.done <= 8 and accession.share > 0
    forget(accession)  # as a new process has it
    accession = working.resumable([str(batch)], Accession.Way.COMMAND) or accession
    assert not work_on(accession, LATER)
    assert [item.place for item in accession.items.all()] == list(range(1, 16))
    assert [article.title for article in of(accession)] == [record["title"] for record in MANY]
    assert (accession.state, accession.outcomes) == (State.DONE, {"added": 15})


def test_two_workers_that_take_turns_do_each_item_once(batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "SLICE_ITEMS", 4)
    accession = begin([str(batch)], Accession.Way.COMMAND)
    work_on(accession, 0)
    mine = dict(working._kept)
    working._kept.clear()  # the other one
    work_on(Accession.objects.get(pk=accession.pk), 0)
    working._kept.update(mine)
    accession.refresh_from_db()
    assert not work_on(accession, LATER)
    assert accession.outcomes == {"added": 15} and accession.items.count() == 15


def test_what_the_database_does_not_take_leaves_nothing_behind(batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slice is written whole or not at all; then one by one, as far as it goes."""
    before, whole, calls = payloads(), taking.settle, []

    def failing(*arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) > 20:
            raise OperationalError("disk full")
        return whole(*arguments)

    monkeypatch.setattr(working, "settle", failing)
    monkeypatch.setattr(working, "SLICE_ITEMS", 15)
    calls += [()] * 10  # the slice fails at its eleventh item, the single ones at their tenth
    told: list[Any] = []
    accession = begin([str(batch)], Accession.Way.COMMAND)
    with pytest.raises(working.CannotStore, match="disk full"):
        work_on(accession, LATER, told.extend)
    assert accession.state == State.STOPPED and accession.note == "disk full"
    assert len(told) == accession.done == accession.items.count() == len(of(accession))
    assert len(payloads() - before) == accession.done
    monkeypatch.undo()


DOUBTFUL = [
    ({"title": "Le ministre", "body": "Le ministre a rencontré son homologue."}, "neither Arabic nor Persian"),
    ({"date": "2199-01-01"}, "in the future: 2199-01-01"),
    ({"body": "\n".join(f"وزير الخارجية يستقبل نظيره في المدينة رقم {n}" for n in range(12))}, "list of headings"),
    ({"body": RECORDS[0]["body"].replace("قطر", "\ufffd\ufffd")}, "were lost"),
]


@pytest.mark.parametrize(("changed", "reason"), DOUBTFUL, ids=["language", "future", "list", "letters"])
def test_what_is_doubtful_waits_and_is_made_a_draft_or_discarded(
    tmp_path: Path, changed: dict[str, Any], reason: str
) -> None:
    path = saved(tmp_path, "a.jsonl", json_lines([RECORDS[0] | changed]))
    accession = taken(path, publish=True)
    (item,) = accession.items.all()
    assert item.outcome == Outcome.QUARANTINED and reason in item.told and item.article is None
    assert item.capture is not None and store().is_intact(item.capture.payload_digest)
    (again,) = taken(path, publish=True).items.all()
    assert again.outcome == Outcome.UNCHANGED and "quarantine" in again.told
    assert to_draft(item) is None
    accession.refresh_from_db()
    assert item.article is not None and not item.article.is_public and accession.outcomes == {"added": 1}
    assert item.article.evidence["giver"]["source"] == "المرفأ"


def test_what_is_discarded_is_gone_and_is_not_taken_in_again(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.jsonl", json_lines([RECORDS[0] | {"date": "2199-01-01"}]))
    before = payloads()
    (item,) = taken(path).items.all()
    discard(item)
    assert not Capture.objects.filter(received_from=f"{path}:1").exists()
    (again,) = taken(path).items.all()
    assert again.outcome == Outcome.UNCHANGED and "discarded" in again.told
    assert payloads() - before <= {item.digest}  # gone with the transaction of this test


@pytest.mark.parametrize("name", ["a.html", "b.eml", "c.mhtml"])
def test_what_waits_is_read_again_as_it_was_read(tmp_path: Path, name: str) -> None:
    french = "<html><body><h1>Le ministre</h1>" + "<p>Le ministre a rencontré son homologue.</p>" * 3 + "</body></html>"
    message = mail(0, Subject="Le ministre")
    message.set_content(french, subtype="html")
    payload = french.encode() if name == "a.html" else message.as_bytes()
    if name == "c.mhtml":
        payload = b"Snapshot-Content-Location: https://news.example/f\n" + payload
    path = saved(tmp_path, name, payload)
    (item,) = taken(path, stated=working.Stated(source="AFP")).items.all()
    assert item.outcome == Outcome.QUARANTINED
    assert to_draft(item) is None
    assert item.article is not None
    assert (item.article.title, item.article.source_as_printed) == ("Le ministre", "AFP")
    assert item.article.capture.target_uri == ("https://news.example/f" if name == "c.mhtml" else "")


def test_a_page_with_a_heading_and_links_alone_waits_in_quarantine(tmp_path: Path) -> None:
    """As the page of a section has it: of its links nothing is text."""
    links = "".join(f'<li><a href="/{number}">{row["title"]}</a></li>' for number, row in enumerate(RECORDS * 8))
    markup = f"<html lang=ar><title>سياسة</title><body><h1>سياسة</h1><ul>{links}</ul></body></html>"
    with pytest.raises(CommandError):
        run(saved(tmp_path, "section.html", markup.encode()))
    item = AccessionItem.objects.latest("pk")
    assert (item.outcome, item.article) == ("quarantined", None)
    assert "no text of the report was found" in item.told or "list of headings" in item.told


def test_what_holds_no_text_stays_in_quarantine_with_the_reason(tmp_path: Path) -> None:
    path = saved(tmp_path, "wrong.txt", RECORDS[0]["body"].encode()[:-1] + b"\xd9")
    (item,) = taken(path).items.all()
    reason = to_draft(item)
    assert reason is not None and "decoded" in str(reason)
    item.refresh_from_db()
    assert item.outcome == Outcome.QUARANTINED


@pytest.mark.django_db(transaction=False)
def test_an_accession_is_undone_but_for_what_a_curator_touched(
    batch: Path, django_capture_on_commit_callbacks: Any
) -> None:
    counts = [model.objects.count() for model in (Article, Capture, Fingerprint)], payloads()
    accession = taken(batch, publish=True)
    articles = of(accession)
    edited, withdrawn, accepted = articles[:3]
    edit(edited, {"title": "x"})
    withdraw(withdrawn)
    point = accepted.access_points.first()
    assert point is not None
    point.state = point.State.ACCEPTED
    point.save()
    with django_capture_on_commit_callbacks(execute=True):
        while undo(accession, 0):
            assert accession.state == State.UNDOING
    assert accession.state == State.UNDONE and accession.outcomes == {"undone": 12, "kept": 3}
    assert set(of(accession)) == {edited, withdrawn, accepted}
    assert [model.objects.count() - before for model, before in zip((Article, Capture), counts[0], strict=False)] == [
        3,
        3,
    ]
    assert len(payloads() - counts[1]) == 3
    assert IndexChange.objects.filter(identifier=articles[5].identifier).count() == 2
    assert not Fingerprint.objects.filter(article__in=[article.pk for article in articles[3:]]).exists()


def test_an_intake_that_is_undone_under_way_goes_on_no_further(batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker has read its slice when a curator says so, and knows the accession as it was."""
    monkeypatch.setattr(working, "SLICE_ITEMS", 4)
    before = Article.objects.count()
    accession = begin([str(batch)], Accession.Way.COMMAND)
    assert work_on(accession, 0)
    undo(Accession.objects.get(pk=accession.pk), LATER)
    assert not work_on(accession, LATER)
    assert accession.state == Accession.objects.get(pk=accession.pk).state == State.UNDONE
    assert Article.objects.count() == before and not accession.items.exclude(outcome="undone").exists()


def test_what_is_decided_of_an_item_while_the_intake_goes_on_is_counted(
    tmp_path: Path, layla: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SLICE_ITEMS", 1)
    path = saved(tmp_path, "a.jsonl", json_lines([RECORDS[0] | {"date": "2199-01-01"}, *MANY[1:4]]))
    accession = begin([str(path)], Accession.Way.COMMAND)
    assert work_on(accession, 0)
    discard(accession.items.get())
    assert not work_on(accession, LATER)
    assert Accession.objects.get(pk=accession.pk).outcomes == {"discarded": 1, "added": 3}


def test_what_was_published_by_a_curator_is_kept(batch: Path) -> None:
    accession = taken(batch)
    publish(of(accession)[4])
    undo(accession, LATER)
    assert accession.outcomes == {"undone": 14, "kept": 1}


def test_what_a_curator_collected_or_confirmed_as_a_meeting_is_kept(batch: Path) -> None:
    accession = taken(batch)
    collected, confirmed, proposed = of(accession)[:3]
    Collection.objects.create(slug="week", title_en="The week").add([collected.pk])
    for article, state in ((confirmed, Meeting.State.CONFIRMED), (proposed, Meeting.State.PROPOSED)):
        meeting = Meeting.objects.create(kind=Meeting.Kind.VISIT, state=state)
        MeetingReport.objects.create(meeting=meeting, article=article)
    undo(accession, LATER)
    assert set(of(accession)) == {collected, confirmed} and accession.outcomes == {"undone": 13, "kept": 2}


def test_what_was_undone_can_be_taken_in_again(batch: Path) -> None:
    undo(taken(batch), LATER)
    assert taken(batch).outcomes == {"added": 15}


def test_the_command_resumes_and_takes_a_mapping_and_a_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nothing: None
) -> None:
    table = "Kopf,Text\n" + "".join(f'{r["title"]},"{r["body"]}"\n' for r in RECORDS)
    path = saved(tmp_path, "a.csv", table.encode())
    mapping = saved(tmp_path, "a.map", b"title = Kopf\nbody = Text\n")
    monkeypatch.setattr(working, "SLICE_ITEMS", 2)
    whole = working.Wholes.__iter__

    def interrupted(wholes: Any) -> Any:
        for number, found in enumerate(whole(wholes)):
            if number == 3:
                raise KeyboardInterrupt
            yield found

    monkeypatch.setattr(working.Wholes, "__iter__", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(path, mapping=mapping, source="القدس العربي")
    monkeypatch.setattr(working.Wholes, "__iter__", whole)
    out, _err = run(path, resume=True)
    assert "5 added, 0 unchanged" in out
    accession = Accession.objects.latest("pk")
    assert accession.items.count() == 5 and of(accession)[4].source_as_printed == "القدس العربي"
    with pytest.raises(CommandError, match="waits to be resumed"):
        run(path, resume=True)


def test_a_mapping_that_cannot_be_read_is_told_in_words(tmp_path: Path, batch: Path) -> None:
    with pytest.raises(CommandError, match="FIELD = COLUMN"):
        run(batch, mapping=saved(tmp_path, "a.map", b"Kopf: title"))


def test_the_refreshed_article_follows_the_file_and_keeps_what_is_curated(batch: Path) -> None:
    accession = taken(batch)
    article = of(accession)[0]
    article.body = "changed by nobody"
    article.save()
    edit(article, {"title": "عنوان صححه أمين الأرشيف"})
    assert taken(batch, refresh=True).outcomes == {"refreshed": 15}
    article.refresh_from_db()
    assert article.title == "عنوان صححه أمين الأرشيف" and article.body == MANY[0]["body"]


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_the_desk_shows_accessions_and_their_items(batch: Path, layla: Client, tmp_path: Path, language: str) -> None:
    path = saved(tmp_path, "b.jsonl", json_lines([RECORDS[0] | {"date": "2199-01-01"}, {"title": "=1+1"}]))
    accession = taken(path)
    asked = {"accept-language": language}
    listed = layla.get(reverse("admin:intake_accession_changelist"), headers=asked)
    shown = layla.get(reverse("admin:intake_accession_change", args=[accession.pk]), headers=asked)
    chosen = f"?accession__id__exact={accession.pk}&outcome__exact=quarantined"
    items = layla.get(reverse("admin:intake_accessionitem_changelist") + chosen, headers=asked).content.decode()
    assert listed.status_code == shown.status_code == 200
    words = {"en": "Its date is in the future", "ar": "تاريخها في المستقبل", "fa": "تاریخ آن در آینده است"}
    assert words[language] in items
    file = layla.get(reverse("admin:intake_accession_outcome", args=[accession.pk]))
    lines = b"".join(file.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "place,name,outcome,reason,article,title,payload_digest"
    assert lines[1].startswith(f"1,{path}:1,quarantined,") and len(lines) == 3


def test_a_curator_drafts_discards_and_undoes_from_the_lists(tmp_path: Path, layla: Client) -> None:
    records = [RECORDS[number] | {"date": "2199-01-01"} for number in range(3)]
    accession = taken(saved(tmp_path, "b.jsonl", json_lines([*records, RECORDS[3]])))
    one, two, _three = accession.items.filter(outcome=Outcome.QUARANTINED)
    items = reverse("admin:intake_accessionitem_changelist")
    layla.post(items, {"action": "draft_selected", "_selected_action": [one.pk]})
    layla.post(items, {"action": "discard_selected", "_selected_action": [two.pk, one.pk]})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.outcome, two.outcome) == (Outcome.ADDED, Outcome.DISCARDED)
    assert one.decided_by is not None and one.decided_by.get_username() == "layla"
    listed = reverse("admin:intake_accession_changelist")
    answer = layla.post(listed, {"action": "undo_selected", "_selected_action": [accession.pk]}, follow=True)
    assert "Gone: 2. Kept, for a curator has touched them since: 1." in answer.content.decode()
    accession.refresh_from_db()
    assert accession.state == State.UNDONE and accession.undone_by == one.decided_by
    assert ADMIN in listed


def test_the_queue_takes_in_and_undoes_while_nobody_waits(batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "SLICE_ITEMS", 4)
    accession = begin([str(batch)], Accession.Way.UPLOAD, publish=True)
    job = take_in_later(accession)
    work_off()
    job.refresh_from_db()
    accession.refresh_from_db()
    assert (job.state, job.done, job.total, job.outcome) == (Job.State.DONE, 15, 15, {"added": 15})
    assert accession.state == State.DONE and len(of(accession)) == 15
    job = undo_later(accession)
    work_off()
    job.refresh_from_db()
    accession.refresh_from_db()
    assert (job.state, job.done, job.outcome) == (Job.State.DONE, 15, {"undone": 15})
    assert accession.state == State.UNDONE and not of(accession)


def test_the_queue_waits_where_there_is_no_room(batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(working, "settle", full)
    job = take_in_later(begin([str(batch)], Accession.Way.UPLOAD))
    with pytest.raises(OperationalError, match="disk full"):
        kind_named(job.kind).step(job)
    monkeypatch.undo()


def test_many_items_are_undone_in_the_background(batch: Path, layla: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "AT_ONCE", 10)
    accession = taken(batch)
    listed = reverse("admin:intake_accession_changelist")
    answer = layla.post(listed, {"action": "undo_selected", "_selected_action": [accession.pk]}, follow=True)
    assert "15 items: undone in the background" in answer.content.decode()
    work_off()
    accession.refresh_from_db()
    assert accession.state == State.UNDONE
    assert accession.undone_by is not None and accession.undone_by.get_username() == "layla"


def test_a_slice_ends_in_time(batch: Path) -> None:
    """Others wait for the database no longer than a slice, and one is done whatever the clock says."""
    accession = begin([str(batch)], Accession.Way.COMMAND)
    work_on(accession, time.monotonic() - 1)
    assert accession.done >= 1
