"""Many articles changed at once: what the preview tells is what becomes, and undoing is one step."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.articles.models import AccessPoint, Article, Status
from archive.articles.soundness import unsound
from archive.authorities.models import AuthorityRecord
from archive.curation import bulk, states
from archive.curation.actions import edit, publish, withdraw
from archive.curation.bulk_preview import count
from archive.curation.bulk_rows import Value, read_rows
from archive.curation.cut_lines import cut_from_now_on
from archive.curation.doubts import doubtful_links
from archive.curation.models import CurationEvent
from archive.curation.queues import doubtful
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from search.indexing.writer import apply_all
from tests.integration.test_revising import fresh
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
LIST = "admin:articles_article_changelist"
ROW = re.compile(r'data-facet="(\w+)" data-value="([^"]*)" data-before="(\d+)" data-after="(\d+)"')
DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("publish", {}),
    ("withdraw", {"note": "مكرر", "is_title_told": "on"}),
    ("source", {"record": "الجزيرة"}),
    ("date", {"typed": "۱۲ مهر ۱۴۰۲"}),
    ("language", {"language": "fa"}),
    ("country", {"record": "پاکستان"}),
    ("accept", {"record": "قطر"}),
    ("reject", {"record": "Khalafov"}),
]


def posted(layla: Client, deed: str, fields: dict[str, Any], filters: str = "", **more: Any) -> str:
    """The page that answers to a kind of change of all that a filter lists."""
    key = Article.objects.values_list("pk", flat=True).first()
    data = {"action": "change_selected", "select_across": "1", "_selected_action": [key], "deed": deed, **more}
    data |= {f"{deed}-{name}": value for name, value in fields.items()}
    return on_one_line(layla.post(reverse(LIST) + filters, data, follow=True).content.decode())


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found, page
    return found[1]


def counted() -> Counter[Value]:
    keys = list(Article.objects.values_list("pk", flat=True))
    return Counter(value for row in read_rows(keys, with_text=False) for value in row.values())


def whole() -> dict[int, Any]:
    return {article.pk: states.state_of(article) for article in Article.objects.all()}


@pytest.mark.parametrize(("deed", "fields"), DEEDS, ids=[deed for deed, _fields in DEEDS])
def test_what_the_preview_tells_is_what_becomes(
    five: dict[str, Article], layla: Client, deed: str, fields: dict[str, Any]
) -> None:
    withdraw(five["002"])
    withdraw(five["004"])
    before, was, held = counted(), whole(), Article.objects.count()
    page = posted(layla, deed, fields)
    rows = ROW.findall(page)
    changed = int(re.search(r'data-changed="(\d+)"', page)[1])  # type: ignore[index]
    assert (rows or deed == "accept") and changed and not Job.objects.exists() and whole() == was
    posted(layla, deed, fields, seen=seen(page))
    job = Job.objects.get()
    assert job.total == held and whole() == was, "no request waits for it"
    work_off()
    job.refresh_from_db()
    assert job.outcome.get("changed", 0) == changed and job.outcome.get("left", 0) == held - changed
    for facet, value, told_before, told_after in rows:
        asked: str | int = int(value) if value.isdecimal() else value
        assert (before[facet, asked], count(facet, asked)) == (int(told_before), int(told_after)), (facet, value)
    if deed != "language":  # by which names and dates are read anew
        now = counted()
        listed = {(facet, int(value) if value.isdecimal() else value) for facet, value, *_counts in rows}
        assert {value for value in before | now if before[value] != now[value]} == listed
    events = CurationEvent.objects.filter(job=job)
    assert events.count() == changed and {str(event.by) for event in events} == {"layla"}
    assert [fault for article in five.values() for fault in unsound(fresh(article))] == []


@pytest.mark.parametrize(("deed", "fields"), DEEDS, ids=[deed for deed, _fields in DEEDS])
def test_all_of_it_is_undone_as_one_step_and_done_again(
    five: dict[str, Article], layla: Client, deed: str, fields: dict[str, Any]
) -> None:
    withdraw(five["002"])
    was = whole()
    posted(layla, deed, fields, seen=seen(posted(layla, deed, fields)))
    work_off()
    done, became = Job.objects.get(), whole()
    assert became != was
    path = reverse("admin:work_job_changelist")
    page = layla.get(reverse("admin:work_job_change", args=[done.pk])).content.decode()
    assert 'value="undo_selected"' in page
    layla.post(path, {"action": "undo_selected", "_selected_action": [done.pk]})
    assert whole() == became
    work_off()
    assert whole() == was
    undone = Job.objects.get(kind=bulk.UNDO)
    assert undone.outcome == {"changed": done.outcome["changed"]}
    layla.post(path, {"action": "undo_selected", "_selected_action": [undone.pk]})
    work_off()
    assert whole() == became


@pytest.mark.parametrize(("deed", "state"), [("accept-doubtful", "accepted"), ("reject-doubtful", "rejected")])
def test_doubtful_mentions_of_many_are_decided_and_wait_again(
    five: dict[str, Article], layla: Client, deed: str, state: str
) -> None:
    for name in ("001", "002"):
        edit(fresh(five[name]), {"body": f"وصل الوفد إلى عمان.\n\n{five[name].body}"})  # the Sultanate, or the city
    AccessPoint.objects.filter(article=five["002"]).update(state="accepted")
    [in_doubt] = doubtful_links()
    assert set(doubtful()) == {five["001"]}
    was, before = whole(), counted()
    page = posted(layla, deed, {}, "?queue=doubtful")
    rows = {(facet, int(value)): int(after) for facet, value, _before, after in ROW.findall(page)}
    assert 'data-chosen="1" data-changed="1"' in page and bool(rows) == (state == "rejected")
    assert whole() == was and counted() == before
    posted(layla, deed, {}, "?queue=doubtful", seen=seen(page))
    work_off()
    assert not doubtful().exists()
    decided = AccessPoint.objects.filter(article=five["001"]).exclude(state="recognised")
    assert [(point.pk, point.state) for point in decided] == [(in_doubt.pk, state)], "what is sure waits as before"
    assert {key: counted()[key] for key in rows} == rows
    bulk.undo(Job.objects.get(), None)
    work_off()
    assert whole() == was and set(doubtful()) == {five["001"]}


def test_lines_of_a_source_are_cut_from_what_is_held_and_come_back(five: dict[str, Article], layla: Client) -> None:
    article, other, kept, alone = (five[name] for name in ("000", "001", "002", "004"))
    source, line = AuthorityRecord.objects.get(slug="al-sharq"), "تابعونا على القناة 1"
    for number, one in enumerate((article, other)):
        body = "\n\n".join((*one.paragraphs[:1], f"تابعونا على القناة {number}", *one.paragraphs[1:]))
        Article.objects.filter(pk=one.pk).update(source=source, body=body)
    Article.objects.filter(pk=kept.pk).update(source=source)
    edit(fresh(kept), {"body": f"{kept.body}\n\n{line}"})  # a curator wants it here
    Article.objects.filter(pk=alone.pk).update(source=source, body=line)  # nothing else would be left
    Article.objects.filter(pk=five["003"].pk).update(source=None, body=f"{line}\n\n{five['003'].body}")
    cut_from_now_on(source, line)
    was = whole()
    page = posted(layla, "cut", {})
    assert 'data-changed="2"' in page and whole() == was
    posted(layla, "cut", {}, seen=seen(page))
    work_off()
    assert [fresh(one).body for one in (article, other)] == [article.body, other.body]
    assert {key for key, state in whole().items() if state != was[key]} == {article.pk, other.pk}
    assert [fault for one in (article, other) for fault in unsound(fresh(one))] == []
    bulk.undo(Job.objects.get(), None)
    work_off()
    assert whole() == was


def test_what_was_changed_again_since_stays(five: dict[str, Article], layla: Client) -> None:
    fields = {"record": "الجزيرة"}
    posted(layla, "source", fields, seen=seen(posted(layla, "source", fields)))
    work_off()
    edit(fresh(five["000"]), {"source": None})
    edit(fresh(five["001"]), {"title": "عنوان آخر"})
    job = bulk.undo(Job.objects.get(), None)
    work_off()
    job.refresh_from_db()
    assert job.outcome == {"changed": 4, "left": 1}
    assert fresh(five["000"]).source is None
    assert fresh(five["001"]).title == "عنوان آخر", "what else changed is kept"
    assert fresh(five["001"]).source == five["001"].source


def test_readers_count_what_the_preview_told(five: dict[str, Article], layla: Client, own_index: object) -> None:
    def shown(facet: str, value: str) -> int:
        page = on_one_line(Client().get(reverse("search-facet", args=[facet])).content.decode())
        found = re.search(rf'data-facet="{facet}" data-value="{value}" data-count="(\d+)"', page)
        return int(found[1]) if found else 0

    page = posted(layla, "country", {"record": "qa"})
    [told] = [row for row in ROW.findall(page) if row[0] == "country"]
    assert shown("country", "qa") == int(told[2])
    posted(layla, "country", {"record": "qa"}, seen=seen(page))
    work_off()
    apply_all()
    assert shown("country", "qa") == int(told[3]) == 5


def test_a_filter_says_which_articles_change(five: dict[str, Article], layla: Client) -> None:
    withdraw(five["003"])
    page = posted(layla, "source", {"record": "الجزيرة"}, "?status__exact=withdrawn")
    assert 'data-chosen="1" data-changed="1"' in page
    posted(layla, "source", {"record": "الجزيرة"}, "?status__exact=withdrawn", seen=seen(page))
    work_off()
    assert list(Article.objects.filter(events__job__isnull=False)) == [five["003"]]


def test_other_articles_than_those_that_were_seen_are_shown_again(five: dict[str, Article], layla: Client) -> None:
    page = posted(layla, "withdraw", {}, "?status__exact=published")
    withdraw(five["003"])
    again = posted(layla, "withdraw", {}, "?status__exact=published", seen=seen(page))
    assert "look again" in again and 'data-chosen="4"' in again and not Job.objects.exists()


@pytest.mark.parametrize(
    ("deed", "fields"),
    [("source", {"record": "لا أحد يعرفه"}), ("date", {"typed": "أمس"}), ("language", {"language": "xx"}), ("x", {})],
)
def test_what_cannot_be_is_asked_again(
    five: dict[str, Article], layla: Client, deed: str, fields: dict[str, Any]
) -> None:
    page = posted(layla, deed, fields)
    assert 'data-chosen="5"' in page and 'name="seen"' not in page
    assert ("errorlist" in page) == (deed != "x")


def test_an_article_held_for_want_of_text_is_left(five: dict[str, Article], layla: Client) -> None:
    short = five["000"]
    edit(short, {"body": "قطر"})
    for article in five.values():
        withdraw(article)
    page = posted(layla, "publish", {})
    assert 'data-changed="4"' in page
    posted(layla, "publish", {}, seen=seen(page))
    work_off()
    assert Article.objects.published().count() == 4 and fresh(short).status == Status.WITHDRAWN


def test_a_link_to_a_record_that_was_merged_meanwhile_goes_to_the_one_that_stayed(
    five: dict[str, Article], layla: Client
) -> None:
    from archive.authorities.merging import merge
    from archive.authorities.models import AuthorityRecord

    gone, kept = AuthorityRecord.objects.get(slug="khalaf-khalafov"), AuthorityRecord.objects.get(slug="abbas-araghchi")
    job = bulk.put_off("accept", Article.objects.all(), None, record=gone.pk)
    merge(gone, kept)
    work_off()
    job.refresh_from_db()
    assert job.outcome["changed"] == 2
    assert AccessPoint.objects.filter(record=kept, state="accepted").count() == 2


def test_a_draft_that_was_published_is_withdrawn_by_undoing(five: dict[str, Article]) -> None:
    article = five["000"]
    Article.objects.filter(pk=article.pk).update(status="draft")
    bulk.put_off("publish", Article.objects.filter(pk=article.pk), None)
    work_off()
    bulk.undo(Job.objects.get(), None)
    work_off()
    assert fresh(article).status == Status.WITHDRAWN, "its address was public, and tells so"
    publish(fresh(article))
