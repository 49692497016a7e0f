"""The review page: lines put back or cut from now on, new records, unknown persons, who works on an article."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.articles.models import AccessPoint, Article, Mention
from archive.articles.soundness import unsound
from archive.authorities.models import AuthorityRecord
from archive.authorities.signals import record_changed
from archive.curation.actions import edit
from archive.curation.cut_lines import cut_from_now_on, line_key
from archive.curation.models import CurationEvent, CutLine
from archive.intake.evidence import faults
from archive.intake.kept import item_of
from archive.intake.reading.items import Item
from archive.intake.taking import Wish, take_in
from tests.integration.test_queues import reviewing
from tests.integration.test_revising import fresh
from tests.integration.test_unknown_names import SENTENCE, read_all, said
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
PAGE = """<html><body><article><h1>وزير الخارجية يستقبل نظيره القطري في الدوحة</h1>
<p>استقبل وزير الخارجية اليوم نظيره القطري وبحث معه العلاقات الثنائية بين البلدين وسبل تعزيزها في جميع المجالات.</p>
<p>{line}</p>
<p>وأكد الجانبان أهمية التشاور المستمر بين البلدين في القضايا الإقليمية والدولية ذات الاهتمام المشترك.</p>
</article></body></html>"""


def did(layla: Client, article: Article, do: str, **more: Any) -> str:
    path = reviewing(article)
    version = layla.get(path).context["form"].initial["version"]
    data = {"version": version, "do": do, **more}
    return on_one_line(layla.post(path, data, follow=True).content.decode())


def held(line: str, source: AuthorityRecord | None = None) -> Article:
    article = take_in(Item("page.html", PAGE.format(line=line).encode(), "text/html"), Wish()).article
    assert article is not None
    if source:
        edit(article, {"source": source})
    return fresh(article)


@pytest.mark.parametrize("number", ["001", "003"])
def test_what_was_cut_is_put_back_where_it_stood(five: dict[str, Article], layla: Client, number: str) -> None:
    article = five[number]
    cuts = layla.get(reviewing(article)).context["removed"]
    assert cuts
    for cut in cuts:
        before = fresh(article).paragraphs
        did(layla, article, f"restore:{cut['number']}")
        after = fresh(article).paragraphs
        text = " ".join(cut["text"].split())
        assert [one for one in after if one != text] == [one for one in before if one != text]
        assert text in after and text not in {c["text"] for c in layla.get(reviewing(article)).context["removed"]}
    assert list(unsound(fresh(article))) == [] and list(faults(fresh(article))) == []
    starts = [article.evidence["removed"][cut["number"]]["start"] for cut in cuts]
    placed = [fresh(article).paragraphs.index(" ".join(cut["text"].split())) for cut in cuts]
    assert [place for _start, place in sorted(zip(starts, placed, strict=True))] == sorted(placed)


def test_the_history_puts_it_away_again(five: dict[str, Article], layla: Client) -> None:
    article = five["001"]
    [cut, *_more] = layla.get(reviewing(article)).context["removed"]
    did(layla, article, f"restore:{cut['number']}")
    event = CurationEvent.objects.filter(article=article, action="edit").latest("pk")
    assert event.note and "body" in event.changes
    first = article.events.order_by("pk").first()
    layla.post(reverse("admin:articles_article_history", args=[article.pk]), {"to": first.pk})
    assert fresh(article).body == article.body
    assert cut["text"] in {one["text"] for one in layla.get(reviewing(article)).context["removed"]}


def test_such_lines_of_a_source_are_cut_from_then_on(five: dict[str, Article], layla: Client) -> None:
    source = AuthorityRecord.objects.get(slug="al-sharq")
    article = held("عدد قراء هذه الصفحة من الدوحة 1512", source)
    place = article.paragraphs.index("عدد قراء هذه الصفحة من الدوحة 1512")
    other = five["004"]
    edit(other, {"source": source, "body": f"{other.body}\n\nعدد قراء هذه الصفحة من الدوحة 1512"})
    told = did(layla, article, f"cut:{place}")
    assert "have this line, too: 1" in told and f"?source__id__exact={source.pk}" in told
    assert len(fresh(article).paragraphs) == 2 and CutLine.objects.get().source == source
    source.names.create(text="alsharq.example", use="domain", language="en", form="variant", source="its pages")
    record_changed.send(AuthorityRecord, record=source)
    page = PAGE.format(line="عدد قراء هذه الصفحة من الدوحة 27").encode()
    later = take_in(Item("next.html", page, "text/html", address="https://alsharq.example/2"), Wish()).article
    assert later is not None and later.source == source
    assert len(later.paragraphs) == 2 and "قراء" not in later.body
    assert "source-habit" in {cut["rule"] for cut in later.evidence["removed"]}
    assert list(faults(fresh(later))) == []
    take_in(item_of(later), Wish(refresh=True))
    assert "قراء" not in fresh(later).body
    assert "had be cut from this source" in layla.get(reviewing(later)).content.decode()
    layla.post(
        reverse("admin:curation_cutline_changelist"),
        {"action": "stop_selected", "_selected_action": [CutLine.objects.get().pk]},
    )
    take_in(item_of(later), Wish(refresh=True))
    assert "قراء" in fresh(later).body


def test_lines_of_other_sources_and_other_lines_stay(five: dict[str, Article]) -> None:
    source = AuthorityRecord.objects.get(slug="al-sharq")
    assert cut_from_now_on(source, "تابعونا على القناة 1") and not cut_from_now_on(source, "تابعونا على القناة ٢")
    assert not cut_from_now_on(source, "* * *") and not cut_from_now_on(source, "نص " * 200)
    article = held("تابعونا على القناة 5")
    assert "تابعونا على القناة 5" in article.body or "تابعونا" in str(article.evidence["removed"])
    assert line_key("المصدر: قنا 12/3") == line_key("المصدر قنا ١٤/٥") != line_key("المصدر: واس 12/3")


def test_a_line_that_is_another_one_by_now_is_not_touched(five: dict[str, Article], layla: Client) -> None:
    article = five["000"]
    version = layla.get(reviewing(article)).context["form"].initial["version"]
    edit(fresh(article), {"body": f"سطر جديد\n\n{article.body}"})
    held_body = fresh(article).body
    for do in ("cut:0", "restore:0"):
        page = layla.post(reviewing(article), {"version": version, "do": do}, follow=True).content.decode()
        assert "not there any more" in page and fresh(article).body == held_body
    assert not CutLine.objects.exists()


def test_a_new_record_is_made_of_a_mention(five: dict[str, Article], layla: Client) -> None:
    article = five["000"]
    mention = Mention.objects.filter(access_point__article=article, access_point__record__kind="official").first()
    assert mention is not None
    form, wrong = mention.form, mention.access_point
    did(layla, article, f"new:{mention.pk}")
    led = AccessPoint.objects.get(article=article, record__is_proposed=True)
    assert led.state == "accepted" and led.record.kind == "official" and led.record != wrong.record
    assert [one.form for one in led.mentions.all()] == [form]
    [name] = led.record.names.all()
    assert name.text == form and article.identifier in name.source
    assert list(unsound(fresh(article))) == []


def test_an_unknown_person_is_decided_on_the_page(five: dict[str, Article], layla: Client, own_index: object) -> None:
    article = five["000"]
    said(article)
    said(article, f"{SENTENCE}\n\nوأضاف السفير أسامة نقلي أن الزيارة ناجحة")
    read_all()
    page = on_one_line(layla.get(reviewing(article, "unknown-person")).content.decode())
    assert page.count("data-unknown=") == 2 and "جيمس موجومي" in page
    first, second = (one["name"].pk for one in layla.get(reviewing(article)).context["strangers"])
    assert "No record has this" in did(layla, article, f"join:{first}", **{f"known-{first}": "لا أحد"})
    did(layla, article, f"propose:{first}")
    page = did(layla, article, f"dismiss:{second}")
    assert "data-unknown=" not in page
    assert "not there any more" in did(layla, article, f"dismiss:{second}")
    queue = reverse("admin:articles_article_changelist")
    assert layla.get(queue, {"queue": "unknown-person"}).context["cl"].result_count == 0


def test_an_article_is_taken_in_hand_and_out_of_it(five: dict[str, Article], layla: Client) -> None:
    article = five["000"]
    assert "Give out of hand" in did(layla, article, "assign")
    assert str(fresh(article).assigned_to) == "layla"
    did(layla, article, "assign")
    assert fresh(article).assigned_to is None


@pytest.mark.parametrize("do", ["x", "cut:x", "restore:99", "new:0", "join:9", "propose:", "accept:" + "9" * 30, ""])
def test_an_odd_button_is_a_message(five: dict[str, Article], layla: Client, do: str) -> None:
    body = five["000"].body
    assert "not there any more" in did(layla, five["000"], do)
    assert fresh(five["000"]).body == body
