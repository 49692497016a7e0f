"""What curators wrote of records is taken back as one step: the record, and what was read again for it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from archive.articles.models import AccessPoint, Article, Mention
from archive.articles.soundness import unsound
from archive.authorities.directory import directory
from archive.authorities.exchanged import COLUMNS
from archive.authorities.models import AuthorityRecord
from archive.authorities.states import state_of
from archive.curation import record_importing, record_undoing
from archive.curation.actions import ArticleRevision, edit, withdraw
from archive.curation.models import UnknownName
from archive.curation.persons import join, propose
from archive.curation.record_plan import planned, read_file
from archive.curation.rereading import REREAD
from archive.curation.sources import KIND as SOURCES
from archive.curation.sources import read_again
from archive.curation.unknown import read_in
from archive.work import queue
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from config.soundness import unsound_archive
from search import SearchRequest, search
from search.indexing.writer import apply_all
from tests.integration.test_rereading import ADD, CHANGE, new_body
from tests.integration.test_revising import fresh, posted
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
JOBS = "admin:work_job_changelist"
HISTORY = "admin:authorities_authorityrecord_history"
HALL = "hall-of-doha"
WORDS = "المشاورات"  # three reports have it, and it names nobody
Rows = list[tuple[Any, ...]]


def links() -> Rows:
    """Every link, every mention and the source of every article, as rows without keys."""
    place = ("field", "start", "end", "form", "rule", "confidence")
    asked = ("access_point__article", "access_point__record__slug", "access_point__state")
    points = AccessPoint.objects.values_list("article", "record__slug", "state")
    sources = Article.objects.values_list("pk", "source__slug")
    return sorted([*Mention.objects.values_list(*asked, *place), *points, *sources], key=repr)


def leading_to(slug: str) -> set[int]:
    return set(AccessPoint.objects.filter(record__slug=slug).values_list("article_id", flat=True))


def asked_to_undo(layla: Client, kind: str = REREAD) -> None:
    """On the page of the last work of a kind."""
    job = Job.objects.filter(kind=kind).latest("pk")
    page = layla.get(reverse("admin:work_job_change", args=[job.pk])).content.decode()
    assert 'value="undo_selected"' in page
    answer = layla.post(reverse(JOBS), {"action": "undo_selected", "_selected_action": [job.pk]})
    begun = Job.objects.latest("pk")
    assert answer.headers["Location"] == reverse("admin:work_job_change", args=[begun.pk]), (
        "its own page, which asks again"
    )


def undone(layla: Client, kind: str = REREAD) -> Job:
    asked_to_undo(layla, kind)
    work_off()
    done = Job.objects.filter(kind=record_undoing.UNDO).latest("pk")
    assert done.state == Job.State.DONE, done.error
    return done


def is_sound() -> bool:
    """Whether what is always true of an archive is true of this one, its index left out."""
    return not [*unsound_archive(), *(fault for one in Article.objects.all() for fault in unsound(one))]


def found(kind: str, slug: str) -> int:
    """How many reports readers find on a record."""
    apply_all()
    return int(search(SearchRequest(filters=((kind, (slug,)),), fold=False)).total)


@pytest.fixture
def added(five: dict[str, Article], layla: Client) -> Rows:
    """The links as they were before a body was added whose name reports have, and all were read again."""
    was = links()
    assert layla.post(reverse(ADD), new_body(WORDS)).status_code == 302
    work_off()
    assert five["000"].pk in leading_to(HALL) and len(leading_to(HALL)) > 2
    return was


def test_a_new_record_goes_and_every_article_is_as_it_was(own_index: object, layla: Client, added: Rows) -> None:
    changed = len(leading_to(HALL))
    assert found("body", HALL) == changed
    done = undone(layla)
    assert links() == added
    assert not AuthorityRecord.objects.filter(slug=HALL).exists()
    assert done.outcome == {"removed": 1, "articles": changed}
    assert found("body", HALL) == 0
    out = io.StringIO()
    call_command("check_archive", stdout=out)
    assert "0 faults" in out.getvalue()


def test_mentions_that_made_room_for_a_new_name_come_back(five: dict[str, Article], layla: Client) -> None:
    held = Mention.objects.filter(access_point__article=five["000"], field="body", access_point__record__kind="country")
    first = held.order_by("start")[0]
    body = five["000"].body
    longer = body[first.start : body.index(" ", first.end + 1)]
    was = links()
    layla.post(reverse(ADD), new_body(longer))
    work_off()
    assert not Mention.objects.filter(pk=first.pk).exists() and five["000"].pk in leading_to(HALL)
    undone(layla)
    assert links() == was


def test_what_curators_decided_since_is_kept_and_named(five: dict[str, Article], layla: Client, added: Rows) -> None:
    accepted, rejected, titled, *_rest = sorted(leading_to(HALL))
    for key, state in ((accepted, "accepted"), (rejected, "rejected")):
        revision = ArticleRevision(Article.objects.get(pk=key))
        AccessPoint.objects.filter(article=key, record__slug=HALL).update(state=state)
        revision.finish(None)
    edit(Article.objects.get(pk=titled), {"title": "عنوان آخر عن قطر", "body": f"خبر. {five['002'].body}"})
    withdraw(Article.objects.get(pk=titled))
    done = undone(layla)
    assert leading_to(HALL) == {accepted, rejected}, "the curator's word"
    states = dict(AccessPoint.objects.filter(record__slug=HALL).values_list("article", "state"))
    assert states == {accepted: "accepted", rejected: "rejected"}
    assert done.outcome["left"] == 2 and done.outcome["retired"] == 1
    record = AuthorityRecord.objects.get(slug=HALL)
    assert record.called("en") == WORDS and directory().spelled(WORDS).get("body", set()) == set(), "its name alone"
    page = on_one_line(layla.get(reverse("admin:work_job_change", args=[done.pk])).content.decode())
    for key, is_named in ((accepted, True), (rejected, True), (titled, False)):
        assert (reverse("admin:articles_article_change", args=[key]) in page) == is_named
    held = Article.objects.get(pk=titled)
    assert (held.title, held.status) == ("عنوان آخر عن قطر", "withdrawn"), "what else was changed stays"
    assert is_sound()


def test_a_changed_spelling_is_as_it_was(layla: Client) -> None:
    record = AuthorityRecord.objects.get(kind="body", slug="gcc")
    was, state = links(), state_of(record)
    path = reverse(CHANGE, args=[record.pk])
    data = posted(layla, path)
    row = int(data["names-TOTAL_FORMS"])
    more = {key.replace("-0-", f"-{row}-"): value for key, value in new_body(WORDS).items() if "-0-" in key}
    layla.post(path, data | more | {f"names-{row}-form": "variant", "names-TOTAL_FORMS": row + 1})
    work_off()
    assert links() != was
    done = undone(layla)
    assert links() == was and state_of(AuthorityRecord.objects.get(pk=record.pk)) == state
    assert done.outcome["changed"] == 1
    layla.post(reverse(JOBS), {"action": "undo_selected", "_selected_action": [done.pk]})
    work_off()
    assert links() != was, "an undo is undone, too"
    assert is_sound()


def test_articles_get_back_what_they_had_even_where_it_would_be_read_otherwise_today(
    five: dict[str, Article], layla: Client
) -> None:
    article = five["000"]
    assert WORDS in article.body
    former = Mention.objects.filter(access_point__article=article)[0]
    Mention.objects.filter(pk=former.pk).update(confidence=0.51)  # an earlier release was less sure
    was = links()
    layla.post(reverse(ADD), new_body(WORDS))
    work_off()
    assert not Mention.objects.filter(confidence=0.51).exists()
    undone(layla)
    assert links() == was


def test_a_source_that_reports_print_goes_and_they_have_the_proposed_one_again(
    five: dict[str, Article], layla: Client
) -> None:
    Article.objects.filter(pk=five["000"].pk).update(source=None, source_as_printed="صحيفة الدوحة الجديدة")
    read_again()
    work_off()
    proposed = fresh(five["000"]).source
    assert proposed is not None and proposed.is_proposed
    was = links()
    layla.post(reverse(ADD), new_body("صحيفة الدوحه الجديدة", "new-doha", "source"))
    work_off()
    assert fresh(five["000"]).source.slug == "new-doha"
    assert not AuthorityRecord.objects.filter(pk=proposed.pk).exists(), "no report rests on it"
    undone(layla, SOURCES)
    assert links() == was and not AuthorityRecord.objects.filter(slug="new-doha").exists()
    assert is_sound()


def test_a_site_joined_to_a_source_is_taken_off_it_and_its_reports_have_none_again(
    five: dict[str, Article], layla: Client
) -> None:
    article = five["001"]
    article.capture.target_uri = "https://news.example/1"
    article.capture.save()
    Article.objects.filter(pk=article.pk).update(source=None, source_as_printed="")
    was, record = links(), AuthorityRecord.objects.get(kind="source", slug="al-sharq")
    path = reverse(CHANGE, args=[record.pk])
    data = posted(layla, path)
    row = int(data["names-TOTAL_FORMS"])
    more = {key.replace("-0-", f"-{row}-"): value for key, value in new_body("news.example").items() if "-0-" in key}
    more |= {f"names-{row}-form": "variant", f"names-{row}-use": "domain", "names-TOTAL_FORMS": row + 1}
    layla.post(path, data | more)
    work_off()
    assert fresh(article).source == record
    undone(layla, SOURCES)
    assert links() == was


def test_a_source_that_a_curator_gave_since_stays(five: dict[str, Article], layla: Client) -> None:
    Article.objects.filter(pk__in=[five["000"].pk, five["001"].pk]).update(
        source=None, source_as_printed="صحيفة الدوحة الجديدة"
    )
    layla.post(reverse(ADD), new_body("صحيفة الدوحة الجديدة", "new-doha", "source"))
    work_off()
    given = AuthorityRecord.objects.get(slug="new-doha")
    edit(fresh(five["000"]), {"byline": "x"})
    revision = ArticleRevision(fresh(five["001"]))
    revision.article.source = AuthorityRecord.objects.get(slug="al-sharq")
    revision.finish(None)
    done = undone(layla, SOURCES)
    assert fresh(five["001"]).source.slug == "al-sharq"
    assert fresh(five["000"]).source_id != given.pk and done.outcome["removed"] == 1


def test_a_new_pair_of_terms_is_taken_out_by_its_history(
    five: dict[str, Article], layla: Client, own_index: object
) -> None:
    term = new_body("المشاورات السياسية", "day-talks", "term")
    second = {key.replace("-0-", "-1-"): value for key, value in term.items() if "-0-" in key}
    layla.post(
        reverse(ADD), term | second | {"names-1-text": "گپ‌وگفت", "names-1-language": "fa", "names-TOTAL_FORMS": 2}
    )
    record = AuthorityRecord.objects.get(slug="day-talks")
    apply_all()
    assert search(SearchRequest(q="گپ‌وگفت", fold=False)).total > 0
    history = reverse(HISTORY, args=[record.pk])
    assert 'name="take_out"' in layla.get(history).content.decode()
    layla.post(history, {"take_out": ""})
    work_off()
    apply_all()
    assert not AuthorityRecord.objects.filter(slug="day-talks").exists()
    assert search(SearchRequest(q="گپ‌وگفت", fold=False)).total == 0
    assert is_sound()


def test_a_record_that_ships_is_not_taken_out(layla: Client) -> None:
    record = AuthorityRecord.objects.get(kind="body", slug="gcc")
    history = reverse(HISTORY, args=[record.pk])
    assert 'name="take_out"' not in layla.get(history).content.decode()
    assert layla.post(history, {"take_out": ""}).status_code == 403
    assert not Job.objects.exists()


def test_a_record_edited_since_it_was_added_is_taken_out_whole(layla: Client, added: Rows) -> None:
    record = AuthorityRecord.objects.get(slug=HALL)
    path = reverse(CHANGE, args=[record.pk])
    layla.post(path, posted(layla, path) | {"names-0-text": "الجانبان"})
    work_off()
    layla.post(reverse(HISTORY, args=[record.pk]), {"take_out": ""})
    work_off()
    assert links() == added and not AuthorityRecord.objects.filter(slug=HALL).exists()


def test_a_record_changed_since_is_left_with_its_articles(layla: Client, added: Rows) -> None:
    AuthorityRecord.objects.filter(slug=HALL).update(note="أخرى")
    became = links()
    done = undone(layla)
    assert links() == became and done.outcome == {"left": 1}


def test_undoing_once_more_changes_nothing(layla: Client, added: Rows) -> None:
    asked_to_undo(layla)
    asked_to_undo(layla)
    work_off()
    first, second = Job.objects.filter(kind=record_undoing.UNDO).order_by("pk")
    assert links() == added
    assert first.outcome["removed"] == 1 and second.outcome == {}


def test_a_worker_killed_between_any_two_steps_leaves_what_the_next_one_ends(
    layla: Client, added: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "TURN", 0.0)
    monkeypatch.setattr(record_undoing, "_ARTICLES", 1)
    changed = len(leading_to(HALL))
    asked_to_undo(layla)
    job = Job.objects.get(kind=record_undoing.UNDO)
    steps = 0
    while not job.is_over:
        DBTaskResult.objects.all().delete()  # with its worker, whatever was in hand
        queue.revive()
        job.refresh_from_db()
        queue.take_turn.func(job.pk, job.turn)
        queue.take_turn.func(job.pk, job.turn)  # a turn that comes twice
        job.refresh_from_db()
        steps += 1
    assert steps > changed and job.state == Job.State.DONE
    assert links() == added and job.outcome == {"removed": 1, "articles": changed}
    assert is_sound()


def test_an_undo_that_fails_within_a_step_goes_on_there(
    layla: Client, added: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_to_undo(layla)
    told = record_undoing.remember_read
    monkeypatch.setattr(record_undoing, "remember_read", lambda *_what: 1 / 0)
    work_off()
    job = Job.objects.get(kind=record_undoing.UNDO)
    assert job.state == Job.State.FAILED and leading_to(HALL), "of the step nothing is kept"
    monkeypatch.setattr(record_undoing, "remember_read", told)
    queue.resume(job)
    work_off()
    assert links() == added and not AuthorityRecord.objects.filter(slug=HALL).exists()


def test_a_name_that_was_proposed_or_joined_waits_again(five: dict[str, Article], layla: Client) -> None:
    edit(fresh(five["001"]), {"body": f"{five['001'].body}\n\nقال السفير أسامة نقلي إن العلاقات في تطور."})
    read_in([fresh(five["001"])])
    was = links()
    for way in (propose, lambda name: join(name, AuthorityRecord.objects.get(slug="khalaf-khalafov"))):
        name = UnknownName.objects.get(state="open")
        way(name)
        work_off()
        assert links() != was and not UnknownName.objects.filter(state="open").exists()
        undone(layla)
        read_in([fresh(five["001"])])
        assert links() == was
        assert UnknownName.objects.get(state="open", mentions__isnull=False).folded == name.folded


def test_new_records_of_a_file_go_with_the_links_that_they_were_given(five: dict[str, Article], layla: Client) -> None:
    was = links()
    row = {"kind": "body", "slug": HALL, "part": "name", "text": WORDS, "language": "ar"}
    told: list[dict[str, str]] = [
        {"kind": "body", "slug": HALL, "part": "record"},
        row | {"form": "authorized", "use": "name", "source": "x"},
    ]
    lines = [",".join(COLUMNS), *(",".join(one.get(column, "") for column in COLUMNS) for one in told)]
    plan = planned(read_file("\n".join(lines).encode()), may_give_rights=True)
    assert len(plan.new) == 1, plan.refused
    record_importing.take_in(plan, None)
    work_off()
    assert leading_to(HALL)
    for kind in (REREAD, record_importing.IMPORT):  # on the page of either
        done = undone(layla, kind)
        assert links() == was and done.outcome["removed"] == 1
        record_undoing.redo(done, None)
        work_off()
        assert leading_to(HALL)


def test_the_history_of_a_record_leads_to_the_work_by_which_it_is_undone(layla: Client, added: Rows) -> None:
    job, record = Job.objects.get(kind=REREAD), AuthorityRecord.objects.get(slug=HALL)
    page = layla.get(reverse(HISTORY, args=[record.pk])).content.decode()
    assert reverse("admin:work_job_change", args=[job.pk]) in page
    event = Article.objects.get(pk=min(leading_to(HALL))).events.latest("pk")
    history = layla.get(reverse("admin:articles_article_history", args=[event.article_id])).content.decode()
    assert "mentions" in history and f"«{WORDS}»" in history
