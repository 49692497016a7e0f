"""The first page of the admin tells what waits; each number leads to the list of just these."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from archive.articles.models import AccessPoint, Article
from archive.articles.soundness import unsound
from archive.curation.queues import neighbours
from archive.pages.queues import Queue, queues, register
from archive.work.models import Job
from tests.conftest import ADMIN
from tests.integration.test_revising import fresh

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="([^"]+)" data-queue="([a-z-]+)" data-count="(\d+)"')


def shown(layla: Client) -> dict[str, tuple[str, int]]:
    page = layla.get(ADMIN).content.decode()
    return {name: (address.replace("&amp;", "&"), int(count)) for address, name, count in LINK.findall(page)}


def test_each_number_leads_to_the_list_of_just_these(five: dict[str, Article], layla: Client) -> None:
    Article.objects.filter(pk=five["002"].pk).update(status="draft")
    AccessPoint.objects.filter(article=five["001"], record__kind="country").update(state="rejected")
    Article.objects.filter(pk=five["003"].pk).update(source=None)
    listed = shown(layla)
    assert listed.keys() == {queue.name for queue in queues()}
    assert listed["drafts"][1] == 1 and listed["no-country"][1] >= 1 and listed["no-source"][1] >= 1
    for address, count in listed.values():
        assert layla.get(address).context["cl"].result_count == count, address


@pytest.mark.parametrize(
    "asked",
    ["queue=nonsense", "queue=mistakes", "assigned='", "dated_on__year=99999", "source__id__exact=x"],
)
def test_an_odd_filter_is_told_and_not_taken_for_everything(
    asked: str, five: dict[str, Article], layla: Client
) -> None:
    """Else somebody selects all that is listed, in good faith, and withdraws the archive."""
    answer = layla.get(f"{ADMIN}articles/article/?{asked}")
    assert answer.status_code == 302 and answer.headers["Location"].endswith("?e=1")
    for language, words in (("en", "no such filter"), ("ar", "لا مرشّح بهذا الاسم"), ("fa", "چنین فیلتری")):
        page = layla.get(answer.headers["Location"], headers={"accept-language": language})
        assert page.status_code == 200 and words in page.content.decode()
    assert "no such filter" not in layla.get(f"{ADMIN}articles/article/?queue=drafts").content.decode()


def test_an_odd_state_of_meetings_and_an_odd_kind_of_work_are_told_not_an_empty_list(db: None, layla: Client) -> None:
    Job.objects.create(kind="names")
    for address in ("meetings/meeting/?state=nonsense", "work/job/?kind=nonsense"):
        assert layla.get(f"{ADMIN}{address}").headers["Location"].endswith("?e=1"), address
    for address in ("meetings/meeting/?state=merged", "work/job/?kind=names"):
        assert layla.get(f"{ADMIN}{address}").status_code == 200, address


@pytest.mark.sqlite_alone
def test_no_queue_compares_every_article_with_all_others(five: dict[str, Article]) -> None:
    for queue in queues():
        sql, values = queue.held().order_by().values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            plan = {row[0]: (row[1], row[3]) for row in cursor.fetchall()}
        inside = {key for key, (_above, told) in plan.items() if told.startswith("CORRELATED")}
        scans = [above for above, told in plan.values() if told.startswith("SCAN")]
        within = [above for above in scans if any(one in inside for one in _ways_up(above, plan))]
        assert not within and len(scans) == len(set(scans)), (queue.name, plan)


def _ways_up(key: int, plan: dict[int, tuple[int, str]]) -> Iterator[int]:
    while key:
        yield key
        key = plan[key][0]


def test_two_queues_have_two_names() -> None:
    with pytest.raises(ValueError, match="drafts"):
        register(Queue("drafts", "others", lambda: Article.objects.none(), "articles.article", ""))


def test_an_article_is_taken_and_decided(five: dict[str, Article], layla: Client) -> None:
    path = reverse("admin:articles_article_changelist")
    layla.post(path, {"action": "assign_selected", "_selected_action": [five["002"].pk]})
    assert fresh(five["002"]).assigned_to.username == "layla"
    assert layla.get(path, {"assigned": "me"}).context["cl"].result_count == 1


def test_an_odd_filter_is_no_error(five: dict[str, Article], layla: Client) -> None:
    for odd in ({"queue": "nothing"}, {"assigned": "x"}, {"status__exact": "nothing"}, {"dated_on__gte": "x"}):
        answer = layla.get(reverse("admin:articles_article_changelist"), odd, follow=True)
        assert answer.status_code == 200


def reviewing(article: Article, queue: str = "") -> str:
    path = reverse("admin:articles_article_review", args=[article.pk])
    return f"{path}?queue={queue}" if queue else path


def test_each_mention_is_decided_on_the_review_page(five: dict[str, Article], layla: Client) -> None:
    article = five["000"]
    path = reviewing(article)
    page = layla.get(path).content.decode()
    assert article.title[:30] in page and page.count("data-mention=") > 3
    point = article.access_points.filter(record__kind="country").first()
    layla.post(path, {"do": f"reject:{point.pk}"})
    assert AccessPoint.objects.get(pk=point.pk).state == "rejected"
    mention = article.access_points.filter(record__kind="official").first().mentions.first()
    layla.post(path, {"do": f"lead:{mention.pk}", f"record-{mention.pk}": "abbas-araghchi"})
    led = AccessPoint.objects.get(article=article, record__slug="abbas-araghchi")
    assert led.state == "accepted" and led.mentions.get().form == mention.form
    layla.post(path, {"do": "accept-all"})
    assert not article.access_points.filter(state="recognised").exists()
    assert list(unsound(fresh(article))) == []
    again = layla.post(path, {"do": "lead:99999999"}, follow=True)
    assert "not there any more" in again.content.decode()


def test_publish_and_next_goes_through_the_queue(five: dict[str, Article], layla: Client, own_index: object) -> None:
    first, second = five["000"], five["002"]
    Article.objects.filter(pk__in=[first.pk, second.pk]).update(status="draft")
    path = reviewing(first, "drafts")
    form = layla.get(path).context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: getattr(value, "pk", value) for name, value in data.items() if value is not None}
    answer = layla.post(path, data | {"do": "publish", "dated_on": "۱۲ مهر ۱۴۰۲"})
    assert answer.headers["Location"] == reviewing(second, "drafts")
    assert fresh(first).status == "published" and str(fresh(first).dated_on) == "2023-10-04"
    layla.post(reviewing(second), {"do": "note", "note": "اسألوا المصدر"})
    assert "اسألوا المصدر" in layla.get(reviewing(second)).content.decode()


def test_behind_the_last_of_a_queue_comes_the_first(five: dict[str, Article]) -> None:
    Article.objects.update(status="draft")
    first, *_more, last = Article.objects.order_by("pk")
    assert neighbours("drafts", last)[1] == first and neighbours("drafts", first)[0] is None
    Article.objects.exclude(pk=last.pk).update(status="published")
    assert neighbours("drafts", last) == (None, None, 1)
