"""The desk in the curator's own language and calendar, and what a curator is told who is not the last to save."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import django
import lxml.html
import pytest
from babel.messages.pofile import read_po
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article, Status
from archive.authorities.models import AuthorityRecord, Kind
from archive.curation.actions import edit
from archive.curation.models import Mistake
from tests.faults.test_two_curators import maryam, opened, save  # noqa: F401 - maryam is a fixture
from tests.integration.test_queues import reviewing
from tests.integration.test_revising import fresh
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
LIST = "admin:articles_article_changelist"
CHANGE = "admin:articles_article_change"


def shown(client: Client, path: str, language: str = "en") -> str:
    return on_one_line(client.get(path, headers={"accept-language": language}).content.decode())


@pytest.mark.parametrize("language", ["ar", "fa"])
@pytest.mark.parametrize("part", ["admin", "auth"])
def test_what_django_says_at_the_desk_is_said_in_the_curators_language(language: str, part: str) -> None:
    """Its own catalogues leave sentences out; ours have them."""
    catalogues = Path(django.__file__).parent / "contrib" / part / "locale"
    told: dict[Any, bool] = {}
    for path in (
        catalogues / "en" / "LC_MESSAGES" / "django.po",
        catalogues / language / "LC_MESSAGES" / "django.po",
        ROOT / "locale" / language / "LC_MESSAGES" / "django.po",
    ):
        with path.open("rb") as file:
            for message in read_po(file):
                key = message.id  # of a plural both forms: it is looked up by them
                strings = message.string if isinstance(message.string, tuple) else (message.string,)
                said = "/en/" not in str(path) and all(strings) and not message.fuzzy
                if "/en/" in str(path) or key in told:
                    told[key] = told.get(key, False) or said
    assert [key for key, said in told.items() if key and not said] == []


def test_lists_and_histories_count_days_as_the_curator_does(five: dict[str, Article], layla: Client) -> None:
    at = reverse("admin:articles_article_history", args=[five["003"].pk])
    edit(five["003"], {"place": "باكو"}, by=User.objects.get(username="layla"))
    for path in (reverse(LIST), reviewing(five["003"])):
        assert "۱۲ مهر ۱۴۰۲" in shown(layla, path, "fa"), path
        assert "4 أكتوبر 2023" in shown(layla, path, "ar"), path
    assert "۱۴۰" in shown(layla, at, "fa").partition('<ol class="history"')[2]


def test_what_a_form_shows_to_be_read_counts_days_as_the_curator_does(five: dict[str, Article], layla: Client) -> None:
    mistake = Mistake.objects.create(article=five["001"], about="date", told="قيل")
    record = AuthorityRecord.objects.get(slug="khalaf-khalafov")
    held = datetime.datetime(2023, 10, 4, 20, 53, tzinfo=datetime.UTC)
    Mistake.objects.filter(pk=mistake.pk).update(received_at=held)
    AuthorityRecord.objects.filter(pk=record.pk).update(updated_at=held)
    for name, one in (("curation_mistake", mistake), ("authorities_authorityrecord", record)):
        path = reverse(f"admin:{name}_change", args=[one.pk])
        assert "۱۲ مهر ۱۴۰۲، ۲۰:۵۳" in shown(layla, path, "fa"), path


def test_the_review_page_names_the_zone_of_a_time(five: dict[str, Article], layla: Client) -> None:
    article = next(one for one in five.values() if one.dated_at)
    zone = article.evidence["date"]["instant"][-6:]
    assert f"UTC{zone}" in shown(layla, reviewing(article)) or zone == "+00:00"


@pytest.mark.parametrize(("language", "word"), [("ar", "سليم"), ("fa", "سالم"), ("en", "in order")])
def test_the_status_page_says_in_words_that_a_part_is_sound(layla: Client, language: str, word: str) -> None:
    page = lxml.html.fromstring(shown(layla, reverse("admin-status"), language))
    parts = [cell.text_content().strip() for cell in page.xpath("//div[@class='module']//table//td")]
    assert word in parts and "ok" not in parts


def test_a_list_tells_how_many_it_has_without_declining_their_name(five: dict[str, Article], layla: Client) -> None:
    assert "المجموع: 5" in shown(layla, reverse(LIST), "ar") and "همه: ۵" in shown(layla, reverse(LIST), "fa")


def test_a_draft_leads_to_its_review_and_to_no_page_of_readers(five: dict[str, Article], layla: Client) -> None:
    article = five["002"]
    assert "viewsitelink" in shown(layla, reverse(CHANGE, args=[article.pk]))
    Article.objects.filter(pk=article.pk).update(status=Status.DRAFT)
    page = shown(layla, reverse(CHANGE, args=[article.pk]))
    assert "viewsitelink" not in page and reverse("admin:articles_article_review", args=[article.pk]) in page


def test_the_form_names_the_fields_that_are_a_curators(five: dict[str, Article], layla: Client) -> None:
    edit(five["002"], {"byline": "ليلى"})
    page = lxml.html.fromstring(shown(layla, reverse(CHANGE, args=[five["002"].pk]), "ar"))
    [told] = page.xpath("//div[contains(@class, 'field-by_curators')]//div[@class='readonly']")
    assert told.text_content().strip() and "byline" not in told.text_content()


def test_pressing_twice_on_the_review_page_is_no_conflict(five: dict[str, Article], layla: Client) -> None:
    article = five["002"]
    form = layla.get(reviewing(article)).context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: getattr(value, "pk", value) or "" for name, value in data.items()} | {"title": "عنوان ليلى"}
    assert layla.post(reviewing(article), data | {"do": "save"}).status_code == 302
    assert layla.post(reviewing(article), data | {"do": "save"}).status_code == 302
    assert article.events.filter(action="edit").count() == 1
    other = layla.post(reviewing(article), data | {"do": "save", "title": "عنوان آخر"})
    assert other.status_code == 200 and "It was you" in other.content.decode()


def test_a_title_of_many_lines_is_one_line(five: dict[str, Article], layla: Client) -> None:
    article = five["002"]
    form = layla.get(reviewing(article)).context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: getattr(value, "pk", value) or "" for name, value in data.items()}
    layla.post(reviewing(article), data | {"do": "save", "title": "عنوان\r\nفي سطرين"})
    assert fresh(article).title == "عنوان في سطرين"


def test_a_conflict_names_records_and_leaves_out_what_follows_by_itself(
    five: dict[str, Article],
    layla: Client,
    maryam: Client,  # noqa: F811
) -> None:
    article = five["002"]
    source = AuthorityRecord.objects.present().of_kind(Kind.SOURCE).exclude(pk=article.source_id).first()
    assert source is not None
    mine = opened(maryam, article)
    assert save(layla, article, opened(layla, article) | {"source": source.pk}).status_code == 302  # type: ignore[attr-defined]
    answer = save(maryam, article, mine | {"byline": "مريم"})
    page = on_one_line(answer.content.decode())  # type: ignore[attr-defined]
    assert "Changed by layla" in page and "It was you" not in page
    assert f"Now: {source}" in page and f"Now: {source.pk}" not in page
    [one] = answer.context["adminform"].form.non_field_errors()  # type: ignore[attr-defined]
    assert "evidence" not in one and "curated" not in one


def test_a_preview_leads_back_to_the_form_with_what_was_typed(layla: Client, own_index: object) -> None:
    from tests.integration.test_rereading import new_body

    add = reverse("admin:authorities_authorityrecord_add")
    sent = dict(layla.post(add, new_body("قاعة الدوحة") | {"_preview": "1"}).context["posted"])
    answer = layla.post(add, sent | {"_again": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "قاعة الدوحة" in page and "Nothing is saved yet." in page
    assert not AuthorityRecord.objects.filter(slug="hall-of-doha").exists()
    sent = {name: value for name, value in sent.items() if name != "_again"}
    assert layla.post(add, sent | {"_save": "1"}).status_code == 302
    assert AuthorityRecord.objects.filter(slug="hall-of-doha").exists()
