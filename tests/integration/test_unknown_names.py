"""Names we do not know yet: found beside titles, ranked, and made a record, a form of one, or left, by one click."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from archive.articles.models import AccessPoint, Article
from archive.articles.soundness import unsound
from archive.authorities.models import AuthorityRecord
from archive.curation import persons
from archive.curation.actions import edit, withdraw
from archive.curation.erasing import erase
from archive.curation.models import CurationEvent, UnknownMention, UnknownName
from archive.curation.unknown import NAMES, open_names, read_names
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from config.soundness import _unknown_names
from tests.integration.test_revising import fresh, posted
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
LIST = "admin:curation_unknownname_changelist"
SENTENCE = "وقال وزير خارجية أرمينيا جيمس موجومي إن بلاده ترحب بالحوار"


def said(article: Article, sentence: str = SENTENCE) -> None:
    edit(fresh(article), {"body": f"{article.body}\n\n{sentence}"})


def read_all() -> None:
    read_names()
    work_off()


@pytest.fixture
def name(five: dict[str, Article]) -> UnknownName:
    """A minister of whom two reports tell; an ambassador of whom one does."""
    said(five["000"])
    said(five["001"])
    said(five["002"], "كما التقى السفير أسامة نقلي")
    read_all()
    found: UnknownName = UnknownName.objects.get(mentions__article=five["000"])
    return found


def test_its_places_follow_a_text_at_once(five: dict[str, Article], name: UnknownName) -> None:
    """Until the worker read the texts again the sentences shown were of other words."""
    article = fresh(five["000"])
    edit(article, {"body": f"باكو.\n\n{article.body}"})
    assert list(_unknown_names()) == []
    place = UnknownMention.objects.get(article=article, name=name)
    assert fresh(article).body[place.start : place.end] == place.form == "جيمس موجومي"
    edit(fresh(article), {"body": article.body.replace("جيمس موجومي", "فلان")})
    assert list(_unknown_names()) == [] and not name.mentions.filter(article=article).exists()


def test_they_are_ranked_by_how_many_articles_have_them(name: UnknownName, layla: Client) -> None:
    page = on_one_line(layla.get(reverse(LIST), {"state__exact": "open"}).content.decode())
    assert page.index("جيمس موجومي") < page.index("أسامة نقلي")
    assert "<mark>جيمس موجومي</mark>" in page and "Armenia" in page
    one = layla.get(reverse("admin:curation_unknownname_change", args=[name.pk])).content.decode()
    assert one.count("<mark>") == 2 and "propose_selected" in one


def test_one_click_proposes_a_record_that_all_reports_are_linked_to(
    five: dict[str, Article], name: UnknownName, layla: Client, own_index: object
) -> None:
    layla.post(reverse(LIST), {"action": "propose_selected", "_selected_action": [name.pk]})
    record = fresh_name(name).record
    assert record is not None and record.is_proposed and record.kind == "official"
    [form] = record.names.all()
    assert (form.text, form.language, form.form) == ("جيمس موجومي", "ar", "authorized")
    assert five["000"].identifier in form.source and five["001"].identifier in form.source
    [post] = record.posts.all()
    assert (post.role, post.country.slug, post.title_ar) == ("foreign_minister", "am", "وزير خارجية أرمينيا")
    assert five["000"].identifier in post.source
    assert str(CurationEvent.objects.get(record=record, action="add").by) == "layla"
    work_off()
    linked = AccessPoint.objects.filter(record=record).values_list("article", flat=True)
    assert set(linked) == {five["000"].pk, five["001"].pk}
    read_all()
    assert not UnknownMention.objects.filter(name=name).exists() and name not in open_names()
    assert [fault for article in five.values() for fault in unsound(fresh(article))] == []
    assert "proposed" in Client().get(record.get_absolute_url()).content.decode()


def fresh_name(name: UnknownName) -> UnknownName:
    found: UnknownName = UnknownName.objects.get(pk=name.pk)
    return found


def test_another_spelling_is_joined_to_the_record_of_who_it_is(
    five: dict[str, Article], name: UnknownName, layla: Client, own_index: object
) -> None:
    data = {"action": "join_selected", "_selected_action": [name.pk], "record": "لا أحد"}
    layla.post(reverse(LIST), data)
    assert fresh_name(name).state == "open"
    layla.post(reverse(LIST), data | {"record": "عباس عراقچی"})
    record = AuthorityRecord.objects.get(slug="abbas-araghchi")
    assert record.names.filter(text="جيمس موجومي", form="variant").exists()
    work_off()
    assert AccessPoint.objects.filter(record=record, article=five["001"]).exists()


def test_what_is_not_to_be_recorded_is_not_asked_of_again(
    five: dict[str, Article], name: UnknownName, layla: Client
) -> None:
    layla.post(reverse(LIST), {"action": "dismiss_selected", "_selected_action": [name.pk]})
    said(five["003"])
    read_all()
    assert name not in open_names() and fresh_name(name).state == "dismissed"
    assert name.mentions.count() == 3


def test_what_changed_alone_is_read_again(five: dict[str, Article], name: UnknownName) -> None:
    assert read_names() is None, "nothing changed"
    said(five["004"])
    job = read_names()
    assert job is not None and job.total == 1
    work_off()
    assert name.mentions.count() == 3
    edit(fresh(five["004"]), {"body": five["004"].body})
    read_all()
    assert name.mentions.count() == 2
    assert Job.objects.filter(kind=NAMES).count() == 3


def test_a_name_that_no_text_has_any_more_is_gone(five: dict[str, Article], name: UnknownName) -> None:
    for number in ("000", "001"):
        edit(fresh(five[number]), {"body": five[number].body})
    read_all()
    assert not UnknownName.objects.filter(pk=name.pk).exists()


def test_what_is_withdrawn_asks_nobody_and_what_is_erased_keeps_no_name(
    five: dict[str, Article], name: UnknownName
) -> None:
    withdraw(fresh(five["000"]))
    erase(fresh(five["001"]), note="حكم محكمة")
    assert name not in open_names()
    assert not UnknownMention.objects.filter(article=five["001"]).exists()


def test_a_title_of_no_country_is_no_post_and_the_record_can_be_saved(five: dict[str, Article], layla: Client) -> None:
    """«الأمير خالد الفيصل»: the form refuses a post of no country and no body."""
    said(five["000"], "واستقبل الأمير خالد الفيصل ضيوفه")
    read_all()
    record = persons.propose(UnknownName.objects.get(mentions__form__contains="خالد"))
    assert record is not None and not record.posts.exists() and "الأمير" in record.note
    path = reverse("admin:authorities_authorityrecord_change", args=[record.pk])
    assert layla.post(path, posted(layla, path) | {"viaf": "66494525"}).status_code == 302
    record.posts.create(role="emir", source="an earlier release")
    assert layla.post(path, posted(layla, path) | {"viaf": "66494526"}).status_code == 302


def test_a_name_is_proposed_once(name: UnknownName) -> None:
    record = persons.propose(name)
    again = persons.propose(fresh_name(name))
    assert again == record and AuthorityRecord.objects.filter(is_proposed=True, kind="official").count() == 1
