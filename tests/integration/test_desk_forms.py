"""Forms of the desk say what each of their fields, pictures and links is, to those who hear them, too."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from lxml import html

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord
from archive.collections.models import Collection

pytestmark = pytest.mark.django_db
CONTROLS = "//input[not(@type='hidden') and not(@type='submit')] | //select | //textarea"


@pytest.fixture
def desk(db: None) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.create_superuser("farid", password="a long enough secret"))
    return client


@pytest.fixture
def forms(five: dict[str, Article], desk: Client) -> dict[str, html.HtmlElement]:
    """Forms of each kind, with rows beneath them where there are any."""
    collection = Collection.objects.create(slug="baku", title_en="Baku")
    collection.items.create(article=five["001"])
    khalafov = AuthorityRecord.objects.get(slug="khalaf-khalafov")
    addresses = {
        "article": reverse("admin:articles_article_change", args=[five["001"].pk]),
        "record": reverse("admin:authorities_authorityrecord_change", args=[khalafov.pk]),
        "collection": reverse("admin:collections_collection_change", args=[collection.pk]),
        "meeting": reverse("admin:meetings_meeting_add"),
        "webhook": reverse("admin:webhooks_webhook_add"),
        "account": reverse("admin:auth_user_change", args=[User.objects.get(username="farid").pk]),
    }
    return {kind: html.fromstring(desk.get(address).content.decode()) for kind, address in addresses.items()}


def test_every_field_has_a_name(forms: dict[str, html.HtmlElement]) -> None:
    assert {kind: list(_nameless(page)) for kind, page in forms.items()} == {kind: [] for kind in forms}


def test_every_picture_that_leads_somewhere_says_whither(forms: dict[str, html.HtmlElement]) -> None:
    pictures = {kind: page.xpath("//a[not(normalize-space())]/img/@alt") for kind, page in forms.items()}
    assert "Change the authority record" in pictures["article"] and "See the article" in pictures["collection"]
    assert not [told for kind in pictures for told in pictures[kind] if not told]


def test_a_label_is_of_a_field_that_can_be_reached(forms: dict[str, html.HtmlElement]) -> None:
    for page in forms.values():
        reached = {control.get("id") for control in page.xpath(CONTROLS)}
        assert set(page.xpath("//form//label/@for")) <= reached


def test_a_field_that_is_searched_says_what_it_is_while_it_is_empty(forms: dict[str, html.HtmlElement]) -> None:
    (field,) = forms["webhook"].xpath("//select[@id='id_record']")
    assert field.get("data-placeholder") == "Record"
    assert [choice.text for choice in field] == ["Record"]


def test_rows_of_a_table_are_as_long_as_its_head(forms: dict[str, html.HtmlElement]) -> None:
    for table in forms["article"].xpath("//nav//table"):
        assert len({len(row) for row in table.iter("tr")}) == 1


def test_a_history_tells_its_moments_in_milliseconds_at_most(five: dict[str, Article], desk: Client) -> None:
    page = desk.get(reverse("admin:articles_article_history", args=[five["001"].pk])).content.decode()
    moments = re.findall(r'datetime="([^"]+)"', page)
    assert moments and not [moment for moment in moments if re.search(r"\.\d{4}", moment)]


def _nameless(page: html.HtmlElement) -> Iterator[str]:
    labelled = set(page.xpath("//label/@for"))
    for control in page.xpath(CONTROLS):
        named = control.get("aria-label") or control.get("aria-labelledby") or control.get("title")
        if not named and control.get("id") not in labelled and not control.xpath("ancestor::label"):
            yield str(control.get("name"))
