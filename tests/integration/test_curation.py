"""What curators decide: recorded with who and when, seen in public at once, kept from being undone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord
from archive.curation import actions
from archive.curation.actions import publish, withdraw
from search.indexing.writer import apply_all
from search.models import IndexChange
from tests.conftest import ADMIN

pytestmark = pytest.mark.django_db


def test_a_withdrawn_article_is_nowhere_in_public(five: dict[str, Article], own_index: object, ramin: Client) -> None:
    article = five["001"]
    withdraw(article)
    apply_all()
    assert ramin.get(article.get_absolute_url()).status_code == 410
    assert ramin.get(reverse("articles:capture", args=[article.identifier])).status_code == 410
    for url in ("/", "/search/", "/search/?q=لاتفيا", "/feeds/rss/", "/feeds/atom/", "/officials/khalaf-khalafov/"):
        assert f"/articles/{article.identifier}/" not in ramin.get(url).content.decode(), url
    assert 'data-total="4"' in ramin.get("/search/").content.decode()
    assert 'data-value="lv"' not in ramin.get("/search/").content.decode()


def test_a_withdrawn_article_leaves_the_results_before_the_index_knows(
    five: dict[str, Article], own_index: object, ramin: Client
) -> None:
    withdraw(five["001"])
    assert IndexChange.objects.count() == 1
    assert five["001"].identifier not in ramin.get("/search/").content.decode()


def test_publishing_again_brings_it_back_with_its_events(
    five: dict[str, Article], own_index: object, ramin: Client
) -> None:
    article = five["001"]
    first = article.first_published_at
    withdraw(article, note="the source asked")
    publish(article)
    apply_all()
    assert ramin.get(article.get_absolute_url()).status_code == 200
    assert [event.action for event in article.events.all()][:2] == ["publish", "withdraw"]
    assert article.first_published_at == first


def test_an_action_that_changes_nothing_leaves_no_event(five: dict[str, Article]) -> None:
    before = five["001"].events.count()
    assert publish(five["001"]) is False
    assert five["001"].events.count() == before


def test_layla_publishes_and_withdraws_in_the_admin(five: dict[str, Article], layla: Client) -> None:
    article = five["002"]
    for action, status in (("withdraw_selected", "withdrawn"), ("publish_selected", "published")):
        chosen = {"action": action, "_selected_action": [article.pk]}
        response = layla.post(reverse("admin:articles_article_changelist"), chosen, follow=True)
        article.refresh_from_db()
        assert response.status_code == 200
        assert article.status == status
    event = article.events.first()
    assert event is not None and event.by == User.objects.get(username="layla")


def test_what_layla_edits_is_remembered_and_protected(five: dict[str, Article], layla: Client) -> None:
    article = five["002"]
    url = reverse("admin:articles_article_change", args=[article.pk])
    form = layla.get(url).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: getattr(value, "pk", value) for name, value in data.items() if value is not None}
    data |= {"dated_at_0": "", "dated_at_1": "", "title": "عنوان جديد"}
    data |= {"access_points-TOTAL_FORMS": 0, "access_points-INITIAL_FORMS": 0}
    response = layla.post(url, data)
    assert response.status_code == 302, response.context["errors"]
    article.refresh_from_db()
    assert article.title == "عنوان جديد"
    assert article.curated_fields == ["title"]
    event = article.events.first()
    assert event is not None and event.action == "edit" and event.changes["title"][1] == "عنوان جديد"
    assert IndexChange.objects.filter(identifier=article.identifier).exists()


def test_curators_can_neither_delete_articles_nor_edit_their_memory(five: dict[str, Article], layla: Client) -> None:
    assert layla.get(reverse("admin:articles_article_delete", args=[five["000"].pk])).status_code == 403
    assert layla.get(reverse("admin:curation_curationevent_add")).status_code == 403


@pytest.mark.parametrize(
    "page", ["articles_article", "authorities_authorityrecord", "captures_capture", "curation_curationevent"]
)
@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_the_lists_of_the_admin_open_in_every_language(layla: Client, page: str, language: str) -> None:
    response = layla.get(reverse(f"admin:{page}_changelist"), {"ui": language})
    assert response.status_code in {200, 302}
    assert layla.get(reverse(f"admin:{page}_changelist"), headers={"accept-language": language}).status_code == 200


def test_strangers_see_a_login(ramin: Client) -> None:
    assert ramin.get(ADMIN).status_code == 302


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_dates_that_a_form_gives_as_examples_read_each_its_own_way(
    five: dict[str, Article], layla: Client, language: str
) -> None:
    """An ISO date or a year beside a Persian one would be shown in another order."""
    record = AuthorityRecord.objects.get(slug="khalaf-khalafov")
    for form in (
        reverse("admin:articles_article_change", args=[five["001"].pk]),
        reverse("admin:authorities_authorityrecord_change", args=[record.pk]),
    ):
        html = layla.get(form, headers={"accept-language": language}).content.decode()
        for example in ("2020-10-28", "۷ آبان ۱۳۹۹", "1442"):
            assert f"\u2068{example}\u2069" in html, form


def test_a_curator_writes_the_romanized_title_and_its_history_and_citations_have_it(
    ramin: Client, five: dict[str, Article]
) -> None:
    article = five["001"]
    actions.edit(article, {"romanized_title": "ʿUqidat al-jawla al-ūlā"})
    page = ramin.get(article.get_absolute_url()).content.decode()
    assert page.count("ʿUqidat al-jawla al-ūlā") >= 4  # in three styles and in the record
    event = article.events.latest("pk")
    assert event.changes["romanized_title"] == ["", "ʿUqidat al-jawla al-ūlā"]
    assert "romanized_title" in Article.objects.get(pk=article.pk).curated_fields
    table = b"".join(ramin.get("/search/export/", {"format": "csv"}).streaming_content).decode()
    assert "ʿUqidat al-jawla al-ūlā" in table
    actions.edit(article, {"romanized_title": ""})
    assert "ʿUqidat" not in ramin.get(article.get_absolute_url()).content.decode()
