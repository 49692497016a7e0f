"""Whatever is sent to a form of the desk is answered by a message or the saved record, and never by a fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import lxml.html
import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord, Kind
from archive.collections.models import Collection
from archive.curation.models import Mistake
from archive.meetings.proposals import read, unread
from search.webhooks.models import Webhook

pytestmark = pytest.mark.django_db
BAD: Final = {
    "nothing": "",
    "ten thousand letters": "ب" * 10_000,
    "control characters": "خلف\x00\x07\u202eاف\u2066",
    "no day": "0000-00-00",
    "a month of the lunar calendar that there is not": "1442-13-45",
    "a number larger than any key": "9" * 30,
}
FIELDS: Final = (
    ".//input[@name and not(@type='hidden') and not(@type='submit') and not(@type='file')] | .//textarea | .//select"
)


@pytest.fixture
def thomas(db: None) -> Client:
    client = Client(headers={"accept-language": "ar"}, raise_request_exception=False)
    client.force_login(User.objects.create_superuser("thomas", password="a long enough secret"))
    return client


def forms_of(five: dict[str, Article]) -> Iterator[str]:
    """The addresses of all forms of the desk: new ones, those of a record of each kind, and those of its own."""
    read(list(unread().values_list("pk", flat=True)))
    Collection.objects.create(slug="baku", title_ar="باكو").add([five["001"].pk])
    Mistake.objects.create(article=five["001"], about="date", told="قيل")
    Webhook.objects.create(address="https://example.org/hook")
    official = AuthorityRecord.objects.get(kind=Kind.OFFICIAL, slug="khalaf-khalafov")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        held = official if model is AuthorityRecord else model._default_manager.order_by("pk").first()
        yield reverse(f"{name}_add")
        if held is not None:
            yield reverse(f"{name}_change", args=[held.pk])
    yield reverse("admin:articles_article_review", args=[five["001"].pk])
    yield reverse("admin:authorities_authorityrecord_split", args=[official.pk])
    yield reverse("admin:authorities_authorityrecord_import")
    yield reverse("admin:password_change")


def opened(client: Client, path: str) -> tuple[dict[str, Any], list[str], dict[str, str]] | None:
    """What stands in the form of a page, the names of its fields, and the button that saves; None where it has none."""
    answer = client.get(path)
    assert answer.status_code in {200, 302, 403}, path
    if answer.status_code != 200:
        return None
    page = lxml.html.fromstring(answer.content.decode())
    own = [form for form in page.xpath("//*[@id='content']//form") if form.get("method", "").lower() == "post"]
    if not own:
        return None
    names = [one.get("name") for one in own[0].xpath(FIELDS) if one.get("name")]
    buttons = own[0].xpath(".//button[@name] | .//input[@type='submit' and @name]")
    save = next((one for one in buttons if one.get("name") == "_save"), buttons[0] if buttons else None)
    pressed = {} if save is None else {save.get("name"): save.get("value") or "1"}
    return dict(own[0].form_values()), [name for name in names if "__prefix__" not in name], pressed


@pytest.mark.parametrize("kind", BAD)
def test_every_form_answers_bad_input_with_a_message(
    five: dict[str, Article], thomas: Client, kind: str, own_index: object
) -> None:
    faults, asked = [], 0
    for path in forms_of(five):
        if (form := opened(thomas, path)) is None:
            continue
        asked += 1
        data, names, pressed = form
        sent_whole = data | dict.fromkeys(names, BAD[kind])
        for sent in (sent_whole, dict.fromkeys(names, ""), {}) if kind == "nothing" else (sent_whole,):
            with transaction.atomic():
                answer = thomas.post(path, sent | pressed)
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                faults.append((path, answer.status_code, str(answer.exc_info and answer.exc_info[1])[:120]))
    assert faults == [] and asked > 20


@pytest.mark.parametrize("kind", ["ten thousand letters", "a number larger than any key", "no day"])
def test_a_record_that_is_none_is_said_beside_its_field_and_the_rest_is_kept(
    five: dict[str, Article], thomas: Client, kind: str
) -> None:
    path = reverse("admin:articles_article_change", args=[five["001"].pk])
    form = opened(thomas, path)
    assert form is not None
    data, _names, pressed = form
    typed = {"access_points-0-record": BAD[kind], "byline": "ليلى الكاتبة"}
    answer = thomas.post(path, data | typed | pressed)
    page = lxml.html.fromstring(answer.content.decode())
    assert answer.status_code == 200 and page.xpath("//ul[contains(@class, 'errorlist')]")
    assert page.xpath("//input[@name='byline']/@value") == ["ليلى الكاتبة"]


def test_fewer_rows_than_none_are_refused(five: dict[str, Article], thomas: Client) -> None:
    path = reverse("admin:articles_article_change", args=[five["001"].pk])
    form = opened(thomas, path)
    assert form is not None
    data, _names, pressed = form
    held = five["001"].access_points.count()
    answer = thomas.post(path, data | {"access_points-INITIAL_FORMS": "-5"} | pressed)
    assert answer.status_code == 200 and five["001"].access_points.count() == held
    assert lxml.html.fromstring(answer.content.decode()).xpath("//ul[contains(@class, 'errorlist')]")


@pytest.mark.parametrize("name", ["articles_article", "authorities_authorityrecord", "collections_collection"])
def test_what_is_no_more_leads_to_the_first_page_with_a_message(thomas: Client, name: str) -> None:
    for key in ("987654321", "9" * 30, "خلف", "0", "-1"):
        for deed in ("change", "history"):
            try:
                path = reverse(f"admin:{name}_{deed}", args=[key])
            except NoReverseMatch:
                continue
            for answer in (thomas.get(path), thomas.post(path, {"_save": "1", "to": key})):
                assert answer.status_code in {302, 403, 404}, (path, answer.status_code)
