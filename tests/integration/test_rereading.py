"""What a curator adds or changes among names is recognised in every article, drafts included, and can be put back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from archive.articles import finding
from archive.articles.models import AccessPoint, Article, Mention
from archive.articles.soundness import unsound
from archive.authorities.directory import read
from archive.authorities.models import AuthorityRecord
from archive.authorities.states import state_of
from archive.curation import record_admin, rereading
from archive.curation.actions import withdraw
from archive.curation.concerned import concerned
from archive.curation.rereading import REREAD, reread_all
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from tests.integration.test_revising import posted

pytestmark = pytest.mark.django_db

ADD = "admin:authorities_authorityrecord_add"
CHANGE = "admin:authorities_authorityrecord_change"


def new_body(text: str, slug: str = "hall-of-doha", kind: str = "body") -> dict[str, Any]:
    name = {"text": text, "language": "ar", "form": "authorized", "use": "name", "source": "a report"}
    rows = {f"names-0-{field}": value for field, value in name.items()}
    return {"kind": kind, "slug": slug, "note": "", "names-TOTAL_FORMS": 1, "names-INITIAL_FORMS": 0} | rows


def linked(slug: str) -> set[int]:
    return set(AccessPoint.objects.filter(record__slug=slug).values_list("article_id", flat=True))


@pytest.fixture
def name(five: dict[str, Article]) -> str:
    """Two words that the first report has and that name nobody yet."""
    assert "المشاورات السياسية" in five["000"].body
    return "المشاورات السياسية"


def test_what_is_added_is_recognised_in_what_is_held(
    five: dict[str, Article], layla: Client, own_index: object, name: str
) -> None:
    AccessPoint.objects.filter(article=five["003"]).first()
    having = {article.pk for article in five.values() if name in f"{article.title} {article.body}"}
    assert layla.post(reverse(ADD), new_body(name)).status_code == 302
    job = Job.objects.get(kind=REREAD)
    assert not linked("hall-of-doha"), "no request waits for it"
    work_off()
    assert linked("hall-of-doha") == having
    job.refresh_from_db()
    assert job.outcome["changed"] == len(having)
    assert job.done == job.total < len(five) or having == {article.pk for article in five.values()}
    for article in Article.objects.all():
        assert list(unsound(article)) == []
    event = five["000"].events.latest("pk")
    assert event.action == "reread" and event.job == job


def test_a_name_that_begins_with_a_function_word_reaches_held_articles(
    five: dict[str, Article], layla: Client, own_index: object
) -> None:
    """«بان كي مون», «لي تشيانغ», «هو جينتاو»: their first words are no words that readers are offered."""
    named = "بين وزارتي الخارجية"
    assert named in five["000"].title
    layla.post(reverse(ADD), new_body(named) | {"_save": "1"})
    work_off()
    assert five["000"].pk in linked("hall-of-doha")


def test_a_preview_tells_what_would_change_and_saves_nothing(layla: Client, own_index: object, name: str) -> None:
    answer = layla.post(reverse(ADD), new_body(name) | {"_preview": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200 and 'data-changed="' in page and 'data-changed="0"' not in page
    assert "<ins>" in page and name in page
    assert not AuthorityRecord.objects.filter(slug="hall-of-doha").exists()
    assert not Job.objects.filter(kind=REREAD).exists()
    sent = dict(answer.context["posted"])
    assert layla.post(reverse(ADD), sent | {"_save": "1"}).status_code == 302
    assert AuthorityRecord.objects.filter(slug="hall-of-doha").exists()


def test_a_preview_reads_what_was_found_before_drafts(
    five: dict[str, Article], layla: Client, own_index: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds of drafts are read in any case, and a preview has two seconds."""
    named = "آفاق جديدة"
    last = next(one for one in five.values() if named in one.title or named in one.body)
    Article.objects.exclude(pk=last.pk).update(status="draft")
    monkeypatch.setattr("archive.curation.rereading.MOST_PREVIEWED", 1)
    page = layla.post(reverse(ADD), new_body(named) | {"_preview": "1"}).content.decode()
    assert 'data-changed="1"' in page


def test_a_preview_takes_no_time_of_reading_to_compile_the_names(
    five: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine the names of a large file took the two seconds, and one article was read of forty."""
    names = read()

    class Clock:
        @staticmethod
        def thread_time() -> float:
            return 3.0 if "gazetteer" in vars(names) else 0.0

        monotonic = thread_time

    monkeypatch.setattr(rereading, "time", Clock)
    assert rereading.preview([article.pk for article in five.values()], names).read == len(five)


def test_a_preview_looks_for_articles_when_others_may_write_again(
    layla: Client, own_index: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bool] = []
    looked = record_admin.concerned

    def looking(*states: Any) -> list[int]:
        kept.append(AuthorityRecord.objects.filter(slug="hall-of-doha").exists())
        return looked(*states)

    monkeypatch.setattr(record_admin, "concerned", looking)
    layla.post(reverse(ADD), new_body(name) | {"_preview": "1"})
    assert kept == [False], "what was typed was still in the database, which others wait for"


def test_putting_a_record_back_is_one_step(layla: Client, own_index: object, name: str) -> None:
    record = AuthorityRecord.objects.get(kind="body", slug="gcc")
    path = reverse(CHANGE, args=[record.pk])
    history = reverse("admin:authorities_authorityrecord_history", args=[record.pk])
    before = set(Mention.objects.values_list("access_point__article", "access_point__record", "start", "end"))
    data = posted(layla, path)
    row = int(data["names-TOTAL_FORMS"])
    more = {key.replace("-0-", f"-{row}-"): value for key, value in new_body(name).items() if "-0-" in key}
    more = more | {f"names-{row}-form": "variant", "names-TOTAL_FORMS": row + 1}
    assert layla.post(path, data | more).status_code == 302
    work_off()
    assert linked("gcc")
    first = record.events.order_by("pk").first()
    assert first is not None
    layla.post(history, {"to": first.pk})
    work_off()
    assert set(Mention.objects.values_list("access_point__article", "access_point__record", "start", "end")) == before


def test_drafts_and_what_the_index_cannot_tell_are_read_too(
    five: dict[str, Article], own_index: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Article.objects.filter(pk=five["000"].pk).update(status="draft")
    record = AuthorityRecord.objects.create(kind="body", slug="hall-of-doha")
    record.names.create(text=name, language="ar", source="a report")
    assert five["000"].pk in concerned(record, state_of(record))
    withdraw(five["002"])
    monkeypatch.setattr(finding, "_finders", finding._finders[:1])
    assert set(concerned(record, state_of(record))) == {article.pk for article in five.values()} - {five["002"].pk}


@pytest.mark.parametrize("slug", ["khalaf-khalafov", "az", "gcc", "ir"])
def test_the_index_leads_to_every_article_that_names_somebody(own_index: object, slug: str) -> None:
    record = AuthorityRecord.objects.get(slug=slug)
    naming = set(AccessPoint.objects.filter(record=record, mentions__isnull=False).values_list("article_id", flat=True))
    points = AccessPoint.objects.filter(record=record)
    state = state_of(record)
    points.delete()
    assert naming <= set(concerned(record, state))


def test_a_new_source_is_given_to_the_reports_that_print_it(layla: Client, five: dict[str, Article]) -> None:
    Article.objects.filter(pk=five["000"].pk).update(source=None, source_as_printed="صحيفة الدوحة الجديدة")
    layla.post(reverse(ADD), new_body("صحيفة الدوحه الجديدة", "new-doha", "source"))
    work_off()
    assert Article.objects.get(pk=five["000"].pk).source.slug == "new-doha"


def test_all_are_read_again_and_nothing_is_written_that_is_the_same(five: dict[str, Article]) -> None:
    before = dict(Article.objects.values_list("pk", "updated_at"))
    AccessPoint.objects.filter(article=five["000"], state="recognised").delete()
    out = io.StringIO()
    call_command("reread", stdout=out)
    after = dict(Article.objects.values_list("pk", "updated_at"))
    assert {key for key in after if after[key] != before[key]} == {five["000"].pk}
    assert "5 of 5 articles read again" in out.getvalue() and "changed: 1, unchanged: 4" in out.getvalue()


def test_reading_all_again_goes_on_where_it_was(five: dict[str, Article]) -> None:
    job = reread_all()
    keys = sorted(article.pk for article in five.values())
    Job.objects.filter(pk=job.pk).update(cursor=keys[2], done=3, state=Job.State.RUNNING)
    out = io.StringIO()
    call_command("reread", stdout=out)
    assert "Going on behind article 3 of 5" in out.getvalue()
    assert Job.objects.get(pk=job.pk).outcome == {"unchanged": 2}
