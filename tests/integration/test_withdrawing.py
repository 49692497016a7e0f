"""What was public and is not any more: its address says so, with day and reason; plans, embargo, erasing."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.articles.models import Article
from archive.captures.payloads import store
from archive.curation import bulk
from archive.curation.actions import publish, withdraw
from archive.curation.bulk import publish_due
from archive.curation.erasing import erase
from archive.curation.roles import ADMINISTRATORS, role
from archive.intake.kept import item_of
from archive.intake.taking import Wish, take_in
from archive.work.kinds import WORKER
from archive.work.management.commands.work import take_one_of, work_off
from archive.work.models import Job
from archive.work.queue import revive
from search.analysis import fold
from search.indexing import erasing
from search.indexing.comparison import compare
from search.indexing.indexes import BOTH
from search.indexing.writer import apply_all
from search.management.commands.sync_index import Stopped
from tests.integration.test_revising import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db: None) -> Client:
    """An administrator, who is no curator, signed in."""
    user = User.objects.create_user("samira", is_staff=True)
    user.groups.add(role(ADMINISTRATORS))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def pressed(client: Client, article: Article, button: str, **more: Any) -> Any:
    form = client.get(change(article)).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: getattr(value, "pk", value) for name, value in data.items() if value not in (None, False)}
    points = {"access_points-TOTAL_FORMS": 0, "access_points-INITIAL_FORMS": 0}
    return client.post(change(article), data | points | {button: "1"} | more, follow=True)


def test_the_address_of_a_withdrawn_article_tells_day_and_reason(
    five: dict[str, Article], layla: Client, ramin: Client
) -> None:
    article = five["002"]
    pressed(layla, article, "_withdraw", reason="طلب المصدر سحبه")
    answer = ramin.get(article.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 410
    assert article.identifier in page and "طلب المصدر سحبه" in page and f'datetime="{timezone.localdate()}"' in page
    assert article.title not in page and article.body[:60] not in page
    pressed(layla, article, "_publish")
    assert ramin.get(article.get_absolute_url()).status_code == 200
    pressed(layla, article, "_withdraw", reason="خطأ", tell_title="1")
    assert article.title in ramin.get(article.get_absolute_url()).content.decode()
    told = fresh(article).events.filter(action="withdraw").values_list("note", "by__username")
    assert list(told) == [("خطأ", "layla"), ("طلب المصدر سحبه", "layla")]


@pytest.mark.parametrize("rest", ["capture/", "original/", "picture.png", "cite.ris"])
def test_every_address_of_a_withdrawn_article_tells_it(five: dict[str, Article], ramin: Client, rest: str) -> None:
    address = f"{five['002'].get_absolute_url()}{rest}"
    withdraw(five["002"], note="تكرار")
    gone = ramin.get(address)
    assert gone.status_code == 410 and "تكرار" in gone.content.decode()
    assert gone.headers["Cache-Control"] == "no-cache"
    publish(five["002"])
    assert ramin.get(address).status_code == 200


def test_a_draft_that_nobody_saw_stays_unknown(five: dict[str, Article], ramin: Client) -> None:
    Article.objects.filter(pk=five["002"].pk).update(status="draft", first_published_at=None)
    assert ramin.get(five["002"].get_absolute_url()).status_code == 404
    Article.objects.filter(pk=five["002"].pk).update(status="withdrawn")
    assert ramin.get(five["002"].get_absolute_url()).status_code == 404


def test_many_are_withdrawn_with_one_reason(five: dict[str, Article], layla: Client) -> None:
    keys = [five["001"].pk, five["002"].pk]
    data = {"action": "withdraw_selected", "_selected_action": keys, "reason": "تكرار"}
    layla.post(reverse("admin:articles_article_changelist"), data)
    assert set(Article.objects.gone().values_list("withdrawal_reason", flat=True)) == {"تكرار"}


def test_a_feed_names_what_was_withdrawn(five: dict[str, Article], own_index: object, ramin: Client) -> None:
    withdraw(five["001"], note="duplicate")
    apply_all()
    feed = ramin.get("/feeds/atom/").content.decode()
    assert f'<at:deleted-entry ref="{five["001"].guid}"' in feed and "duplicate" in feed
    assert feedparser.parse(feed).bozo == 0 and five["001"].title not in feed


def test_an_embargo_holds_whoever_publishes_and_a_plan_publishes_by_itself(five: dict[str, Article]) -> None:
    article = five["002"]
    withdraw(article)
    article.embargo_until = timezone.now() + datetime.timedelta(days=1)
    article.save()
    assert not publish(article) and fresh(article).status == "withdrawn"
    article.embargo_until, article.publish_on = None, timezone.now() + datetime.timedelta(hours=1)
    article.save()
    publish_due()
    work_off()
    assert fresh(article).status == "withdrawn"
    Article.objects.filter(pk=article.pk).update(publish_on=timezone.now())
    publish_due()
    work_off()
    assert fresh(article).status == "published" and fresh(article).publish_on is None


def indexed(folder: Path) -> bytes:
    """All bytes of the index that is served."""
    return b"".join(path.read_bytes() for path in folder.resolve().rglob("*") if path.is_file())


@pytest.mark.embedded_alone
def test_erasing_leaves_a_line_and_no_word(
    five: dict[str, Article],
    own_index: Path,
    captures_folder: Path,
    ramin: Client,
    layla: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    article = five["001"]
    payload = (Path(django_settings.BASE_DIR) / "fixtures/captures").joinpath
    source = next(path for path in payload().iterdir() if path.name.startswith("001"))
    store().put(source.read_bytes())
    item, digest = item_of(article), article.capture.payload_digest
    others = " ".join(one.title + one.body for one in Article.objects.exclude(pk=article.pk))
    own = {fold(word) for word in article.body.split() if word.isalpha() and len(word) > 6 and word not in others}
    assert len(own) > 10 and all(word.encode() in indexed(own_index) for word in sorted(own)[:3])
    pressed(layla, article, "x", title=f"{article.title} !")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("erase", article.identifier, reason="حكم محكمة")
    work_off()
    held = fresh(article)
    assert held.body == held.title == "" and not held.access_points.exists() and held.evidence == {}
    assert not store().has(digest)
    assert held.events.latest("pk").action == "erase"
    assert not any(event.changes for event in held.events.all())
    page = ramin.get(article.get_absolute_url())
    assert page.status_code == 410 and "حكم محكمة" in page.content.decode()
    assert take_in(item, Wish(refresh=True)).outcome == "unchanged" and not store().has(digest)
    kept = " ".join(map(fold, others.split()))
    assert not [word for word in own if word.encode() in indexed(own_index) and word not in kept]
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            assert not [
                row for row in cursor if any("وزارتا خارجية أذربيجان ولاتفيا" in str(value) for value in row)
            ], table
    with pytest.raises(CommandError):
        call_command("erase", article.identifier, reason="again")


@pytest.mark.parametrize("turn", [2.0, 0.0])
def test_what_was_erased_together_leaves_the_index_with_one_rebuild(
    turn: float, five: dict[str, Article], own_index: Path, captures_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that waits behind it would else wait once for each of them, as a new official did for minutes."""
    monkeypatch.setattr("archive.work.queue.TURN", turn)  # a rebuild of a large archive is longer than one
    built: list[str] = []
    real = erasing.rebuild
    monkeypatch.setattr(erasing, "rebuild", lambda held, **more: built.append(held.name) or real(held, **more))
    for number in ("001", "002", "003"):
        erase(five[number], note="حكم محكمة")
    jobs = Job.objects.filter(kind=erasing.REBUILD)
    assert jobs.count() == 3
    work_off()
    assert built == [held.name for held in BOTH]
    assert {(job.state, job.done, job.total) for job in jobs} == {(Job.State.DONE, 2, 2)}
    erase(five["000"], note="حكم محكمة")
    work_off()
    assert len(built) == 2 * len(BOTH) and not compare()


def test_other_work_does_not_wait_for_the_index_that_is_built_anew(
    five: dict[str, Article], own_index: Path, captures_folder: Path
) -> None:
    erase(five["001"], note="حكم محكمة")
    others = bulk.put_off(bulk.PUBLISH, Article.objects.all(), None)
    while take_one_of(WORKER):
        pass
    others.refresh_from_db()
    built = Job.objects.get(kind=erasing.REBUILD)
    assert (others.state, built.state) == (Job.State.DONE, Job.State.WAITING)
    while erasing.work_off():
        pass
    built.refresh_from_db()
    assert built.state == Job.State.DONE and not compare()


def test_a_writer_that_is_told_to_stop_leaves_the_index_to_the_next(
    five: dict[str, Article], own_index: Path, captures_folder: Path
) -> None:
    def stop(_done: int) -> None:
        raise Stopped

    erase(five["001"], note="حكم محكمة")
    assert erasing.work_off(stop)
    built = Job.objects.get(kind=erasing.REBUILD)
    assert built.state == Job.State.WAITING and not erasing.work_off()
    assert revive() == 1
    while erasing.work_off():
        pass
    built.refresh_from_db()
    assert built.state == Job.State.DONE and not compare()


def test_curators_cannot_erase(five: dict[str, Article], layla: Client) -> None:
    page = pressed(layla, five["001"], "_erase", erase_identifier=five["001"].identifier, erase_reason="x")
    assert fresh(five["001"]).erased_at is None and "Erase for good" not in page.content.decode()


@pytest.mark.parametrize("is_public", [True, False])
def test_an_administrator_erases_by_the_form_whatever_else_it_says(
    five: dict[str, Article], keeper: Client, ramin: Client, is_public: bool
) -> None:
    article = five["001"]
    if not is_public:
        withdraw(article)
    assert "Erase for good" in keeper.get(change(article)).content.decode()
    said = {"_erase": "1", "title": "", "dated_on": "no day at all", "erase_identifier": article.identifier}
    assert "Type its identifier and a reason." in keeper.post(change(article), said, follow=True).content.decode()
    another = said | {"erase_identifier": five["002"].identifier, "erase_reason": "حكم محكمة"}
    keeper.post(change(article), another)
    assert fresh(article).erased_at is None and fresh(five["002"]).erased_at is None
    page = keeper.post(change(article), said | {"erase_reason": "حكم محكمة"}, follow=True).content.decode()
    assert "It is erased." in page and article.title not in page and "Erase for good" not in page
    held = fresh(article)
    assert held.erased_at and held.body == held.title == ""
    assert list(held.events.filter(action="erase").values_list("by__username", flat=True)) == ["samira"]
    gone = ramin.get(article.get_absolute_url())
    assert gone.status_code == 410 and "حكم محكمة" in gone.content.decode()
    again = {"_erase": "1", "erase_identifier": article.identifier, "erase_reason": "again"}
    keeper.post(change(article), again)
    assert fresh(article).events.filter(action="erase").count() == 1
