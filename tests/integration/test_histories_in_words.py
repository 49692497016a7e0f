"""Histories and lists of the desk say in the curator's words what they keep as codes: nothing is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord, Kind, Name
from archive.authorities.states import put_back, state_of
from archive.collections.models import Collection
from archive.curation import actions, record_actions
from archive.curation.guarded import _state_of as whole_state
from archive.curation.models import CurationEvent, Mistake
from archive.curation.revising import revised
from archive.curation.telling import HIDDEN, label, rows, told
from archive.meetings.actions import confirm
from archive.meetings.models import Meeting
from archive.meetings.proposals import read, unread
from search.webhooks.models import Webhook

pytestmark = pytest.mark.django_db
NOT_ITS_WORDS = " | ".join(
    f"//body//{one}"
    for one in (*"bdi q h1 time code script style input textarea select".split(), "*[@lang]", "*[@dir='ltr']")
)
KNOWN = {"Wikidata", "VIAF", "Diwan", "English", "AzVision"}  # names that are written so in every language


def latin(markup: str) -> list[str]:
    """Words in Latin letters that the page says itself, not a record, an address or a person."""
    page = lxml.html.fromstring(f"<body>{markup}</body>" if "<body" not in markup else markup)
    for element in page.xpath(NOT_ITS_WORDS):
        if element.getparent() is not None:
            element.drop_tree()
    said = "".join(one.text_content() for one in page.xpath("//*[@id='content']") or [page])
    said = re.sub("\u2068[^\u2069]*\u2069", "", said)
    return [word for word in re.findall(r"[A-Za-z_]{2,}", said) if word not in KNOWN]


def held(five: dict[str, Article]) -> Iterator[models.Model]:
    """One of each kind that has a history of ours."""
    read(list(unread().values_list("pk", flat=True)))
    collection = Collection.objects.create(slug="baku", title_ar="باكو")
    collection.add([five["001"].pk])
    yield from (five["001"], AuthorityRecord.objects.get(slug="khalaf-khalafov"), collection)
    yield Meeting.objects.filter(round=1).get()


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_every_field_that_a_history_may_tell_has_a_name(five: dict[str, Article], language: str) -> None:
    with translation.override(language):
        for one in held(five):
            names = [name for name in whole_state(one) if name not in HIDDEN]
            called = {name: label(name, type(one)) for name in names}
            assert {
                name: told for name, told in called.items() if told not in KNOWN and re.search("[A-Za-z_]", told)
            } == {}


def test_a_field_is_called_as_its_own_record_calls_it(five: dict[str, Article]) -> None:
    assert (label("place", Article), label("place", Collection)) == ("place of the dateline", "place in the list")


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_every_value_that_a_history_may_tell_is_told_in_words(five: dict[str, Article], language: str) -> None:
    """Whatever stands in a state now came, and went again."""
    for one in held(five):
        of: Any = {str(one._meta.model_name).replace("authorityrecord", "record"): one}
        state = whole_state(one)
        for was, now in (({}, state), (state, {})):
            changes = {name: [was.get(name), now.get(name)] for name in state}
            event = CurationEvent.objects.create(**of, action="edit", changes=changes, exact=True)
            with translation.override(language):
                told = {name: str(change) for name, change in rows(event)}
            raw = {name: words for name, change in told.items() if (words := latin(f"<p>{change}</p>"))}
            assert raw == {}, type(one)


def edited(five: dict[str, Article]) -> list[str]:
    """The addresses of histories of every kind, of what a curator with a name in Latin letters changed."""
    thomas = User.objects.create_user("thomas", is_staff=True)
    article, record, collection, meeting = held(five)
    assert isinstance(article, Article) and isinstance(record, AuthorityRecord)
    assert isinstance(collection, Collection) and isinstance(meeting, Meeting)
    actions.edit(article, {"language": "fa", "byline": "ليلى"}, by=thomas)
    actions.withdraw(article, by=thomas)
    before = state_of(record)
    names = [{**before["names"][0], "form": "variant", "use": "short"}, *before["names"][1:]]
    put_back(record, before | {"names": names, "posts": before["posts"][:0]})
    record_actions.remember(record, "edit", thomas, before=before)
    with revised(collection, "edit", thomas):
        collection.is_public, collection.place = True, 3
        collection.take_out([article.pk])
        collection.save()
    confirm(meeting, by=thomas)
    paths = [("articles_article", article), ("authorities_authorityrecord", record)]
    paths += [("collections_collection", collection), ("meetings_meeting", meeting)]
    return [reverse(f"admin:{name}_history", args=[one.pk]) for name, one in paths]


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_the_history_of_each_kind_is_read_in_the_curators_language(
    five: dict[str, Article], layla: Client, language: str
) -> None:
    for path in edited(five):
        page = layla.get(path, headers={"accept-language": language}).content.decode()
        assert latin(page) == [], path
        assert "<bdi>thomas</bdi>" in page


def test_what_changed_of_a_name_is_seen(five: dict[str, Article]) -> None:
    edited(five)
    event = AuthorityRecord.objects.get(slug="khalaf-khalafov").events.filter(action="edit").get()
    told = dict(rows(event))["names"]
    assert "variant form" in told and "short name" in told and "authorized form" in told


def test_articles_of_a_collection_are_called_by_their_titles(five: dict[str, Article]) -> None:
    edited(five)
    event = Collection.objects.get().events.latest("pk")
    told = dict(rows(event))
    assert five["001"].title in told["articles"] and "yes" in told["public"] and "3" in told["place in the list"]


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_histories_that_django_keeps_are_read_in_the_curators_language(five: dict[str, Article], language: str) -> None:
    """A reader's mistake, a webhook, an account: each changed by its form or by its buttons."""
    thomas = User.objects.create_superuser("thomas", password="a long enough secret")
    client = Client(headers={"accept-language": "en"})
    client.force_login(thomas)
    mistake = Mistake.objects.create(article=five["001"], about="date", told="قيل")
    path = reverse("admin:curation_mistake_change", args=[mistake.pk])
    client.post(path, {"state": "accepted", "note": "نعم", "version": ""})
    listed = reverse("admin:curation_mistake_changelist")
    client.post(listed, {"action": "reject_selected", admin.helpers.ACTION_CHECKBOX_NAME: mistake.pk})
    webhook = Webhook.objects.create(address="https://example.org/hook")
    for wanted in ("off", "on", "secret"):
        client.post(reverse("admin:webhooks_webhook_do", args=[webhook.pk]), {"do": wanted})
    other = User.objects.create_user("maryam", is_staff=True)
    data = {"username": "maryam", "first_name": "مريم", "is_active": "on", "is_staff": "on"}
    client.post(reverse("admin:auth_user_change", args=[other.pk]), data)
    own = {
        "username": "noor",
        "password1": "تشرين كاتون 77!",
        "password2": "تشرين كاتون 77!",
        "usable_password": "true",
    }
    client.post(reverse("admin:auth_user_add"), own)  # kept as «added», without the fields that were typed
    added = User.objects.get(username="noor")
    kinds = [("curation_mistake", mistake), ("webhooks_webhook", webhook), ("auth_user", other), ("auth_user", added)]
    for name, one in kinds:
        path = reverse(f"admin:{name}_history", args=[one.pk])
        page = client.get(path, headers={"accept-language": language}).content.decode()
        assert page.count("<bdi>thomas</bdi>") >= (1 if name == "auth_user" else 2), path
        assert latin(page) == [], path


def test_a_record_is_called_by_what_it_was_merged_into(five: dict[str, Article]) -> None:
    gone, kept = (AuthorityRecord.objects.get(kind=Kind.COUNTRY, slug=slug) for slug in ("az", "qa"))
    changes = {"access_points": [[], [["country", "az", "accepted"]]], "source": ["", "al-sharq"]}
    event = CurationEvent.objects.create(article=five["001"], action="edit", changes=changes, exact=True)
    assert "Azerbaijan accepted" in dict(rows(event))["access points"]
    record_actions.merge(gone, kept)
    assert "Qatar accepted" in dict(rows(event))["access points"] and "Al-Sharq" in dict(rows(event))["source"]


def test_a_new_record_is_previewed_in_words() -> None:
    name = {"text": "خلف‌اف", "language": "fa", "form": "variant", "use": "name", "source": ""}
    assert told("names", None, [name], AuthorityRecord) == "names: + خلف‌اف · Persian · variant form"
    with translation.override("ar"):
        assert told("names", None, [name], AuthorityRecord).endswith("صيغة بديلة")  # and no separator behind it


def test_many_rows_are_told_to_a_hundred() -> None:
    rows_of_it = [["country", f"x{number}", "accepted"] for number in range(137)]
    with translation.override("ar"):
        assert told("access_points", [], rows_of_it, Article).endswith("و37 غيرها")


@pytest.mark.parametrize(
    "changes",
    [
        {"names": [[], [["خلف", "ar"]]]},
        {"names": [[], [{"name": "خلف"}]]},
        {"posts": [[], ["وزير", None, 7]]},
        {"relations": [[], [{"kind": "predecessor"}]]},
        {"access_points": [[], [["official", "k", ["a"]], []]]},
        {"mentions": [[], [["official", "k"]]]},
        {"parties": [[], [[None], {}]]},
        {"evidence": [{}, {"title": {"text": 5, "rule": None, "on": 3}, "x": None, "y": []}]},
        {"gained": [["official", "khalaf-khalafov"]]},
        {"dated_on": ["no day", 5]},
        {"reports": [None, [7, None, "x"]]},
    ],
)
def test_what_an_earlier_release_kept_in_another_shape_closes_no_history(
    five: dict[str, Article], layla: Client, changes: dict[str, Any]
) -> None:
    CurationEvent.objects.create(article=five["001"], action="edit", changes=changes, exact=False)
    path = reverse("admin:articles_article_history", args=[five["001"].pk])
    page = layla.get(path)
    assert page.status_code == 200
    assert "gained" not in changes or "Khalaf" in page.content.decode()


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_a_split_offers_forms_in_words_and_tells_what_moved(
    five: dict[str, Article], layla: Client, language: str
) -> None:
    record = AuthorityRecord.objects.get(kind=Kind.OFFICIAL, slug="khalaf-khalafov")
    form = Name.objects.filter(record=record, language="fa").first()
    assert form is not None
    split = reverse("admin:authorities_authorityrecord_split", args=[record.pk])
    offered = lxml.html.fromstring(layla.get(split, headers={"accept-language": language}).content.decode())
    labels = " ".join(one.text_content() for one in offered.xpath("//*[@id='id_names']//label"))
    assert latin(f"<p>{labels}</p>") == []
    layla.post(split, {"names": form.pk, "to": "another-khalafov", "_split": "1"})
    done = record.splits_away.get()
    path = reverse("admin:authorities_split_change", args=[done.pk])
    page = layla.get(path, headers={"accept-language": language}).content.decode()
    [told] = lxml.html.fromstring(page).xpath("//*[contains(@class, 'field-told')]//*[@class='readonly']")
    assert form.text in told.text_content() and latin(f"<p>{told.text_content()}</p>") == []
