"""What follows an edit: links on the words they name, dates as a curator gives them, a history with a way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.articles.linking import CURATOR
from archive.articles.models import AccessPoint, Article, Mention
from archive.articles.soundness import unsound
from archive.authorities.models import AuthorityRecord
from archive.curation.actions import revert
from tests.faults.test_two_curators import maryam, opened, save  # noqa: F401 - maryam is a fixture

pytestmark = pytest.mark.django_db


def fresh(article: Article) -> Article:
    held: Article = Article.objects.get(pk=article.pk)
    return held


def edited(layla: Client, article: Article, **values: Any) -> Any:
    return save(layla, article, opened(layla, article) | values)


def test_links_move_with_a_text_corrected_at_its_head(five: dict[str, Article], layla: Client) -> None:
    article = five["000"]
    before = {mention.form for mention in Mention.objects.filter(access_point__article=article, field="body")}
    assert edited(layla, article, body="تصحيح: " + article.body).status_code == 302
    mentions = list(Mention.objects.filter(access_point__article=article, field="body"))
    text = fresh(article).body
    assert mentions and all(text[mention.start : mention.end] == mention.form for mention in mentions)
    assert {mention.form for mention in mentions} == before
    assert list(unsound(fresh(article))) == []


def test_an_accepted_link_stays_where_its_words_stay_and_goes_with_them(
    five: dict[str, Article], layla: Client
) -> None:
    article = five["000"]
    point = AccessPoint.objects.filter(article=article, mentions__field="body").first()
    assert point is not None
    point.state = AccessPoint.State.ACCEPTED
    point.save()
    edited(layla, article, body="نص آخر لا يسمي أحدا من هؤلاء ولا بلدا من البلدان.", title="عنوان")
    assert AccessPoint.objects.get(pk=point.pk).state == "accepted"
    assert not Mention.objects.filter(access_point=point, field="body").exists()


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("۱۲ مهر ۱۴۰۲", "2023-10-04", "day"),
        ("٧ نوفمبر ٢٠٢٠", "2020-11-07", "day"),
        ("1402/07", "2023-09-23", "month"),
        ("2019", "2019-01-01", "year"),
    ],
)
def test_a_date_typed_in_any_calendar_is_by_a_curator(
    five: dict[str, Article], layla: Client, typed: str, day: str, precision: str
) -> None:
    article = five["002"]
    printed = article.date_as_printed
    answer = edited(layla, article, dated_on=typed)
    if answer.status_code == 200:  # it was asked again whether 1402/07 is Solar
        answer = save(layla, article, answer.context["adminform"].form.data.copy())
    assert answer.status_code == 302
    held = fresh(article)
    assert (str(held.dated_on), held.date_precision, held.date_certainty) == (day, precision, "curated")
    assert held.date_as_printed == printed and held.evidence["date"]["rule"] == CURATOR
    assert "by a curator, on " in layla.get(held.get_absolute_url()).content.decode()
    assert list(unsound(held)) == []


def test_a_far_future_is_asked_again_and_then_believed(five: dict[str, Article], layla: Client) -> None:
    again = edited(layla, five["002"], dated_on="2126-10-28")
    assert again.status_code == 200 and "this day is still to come" in again.content.decode()
    data = dict(again.context["adminform"].form.data.items())
    assert save(layla, five["002"], data).status_code == 302
    assert str(fresh(five["002"]).dated_on) == "2126-10-28"


def test_what_is_no_date_is_refused_with_words(five: dict[str, Article], layla: Client) -> None:
    answer = edited(layla, five["002"], dated_on="بعد العيد")
    assert answer.status_code == 200 and "This is no date" in answer.content.decode()


def test_an_emptied_date_is_undated(five: dict[str, Article], layla: Client) -> None:
    edited(layla, five["003"], dated_on="")
    held = fresh(five["003"])
    assert held.date_certainty == "undated" and held.dated_on is None and not held.date_as_printed
    assert held.evidence["date"]["page"]["text"] == five["003"].date_as_printed
    assert list(unsound(held)) == []


def test_any_state_can_be_put_back(five: dict[str, Article], layla: Client) -> None:
    article = five["003"]
    first = article.events.latest("pk")
    title, day = article.title, article.dated_on
    edited(layla, article, title="عنوان آخر", dated_on="2019-12-01", why="أخطأ المصدر")
    edited(layla, article, title="عنوان ثالث")
    path = reverse("admin:articles_article_history", args=[article.pk])
    page = layla.get(path).content.decode()
    assert "أخطأ المصدر" in page and "<ins dir=auto>عنوان آخر</ins>" in page and "layla" in page
    assert layla.post(path, {"to": first.pk}).status_code == 302
    held = fresh(article)
    assert (held.title, held.dated_on, held.curated_fields) == (title, day, [])
    assert held.evidence["date"]["rule"] != CURATOR and list(unsound(held)) == []
    edit = held.events.filter(action="edit").latest("pk")
    assert revert(held, edit) and fresh(article).title == "عنوان ثالث"


def test_a_record_edited_by_two_says_so_and_keeps_what_was_typed(layla: Client, maryam: Client) -> None:  # noqa: F811
    record = AuthorityRecord.objects.get(kind="body", slug="gcc")
    path = reverse("admin:authorities_authorityrecord_change", args=[record.pk])
    data = [posted(client, path) for client in (layla, maryam)]
    last = int(data[0]["names-TOTAL_FORMS"])
    more = {
        f"names-{last}-text": "مجلس الخليج", f"names-{last}-language": "ar", f"names-{last}-source": "a report",
        f"names-{last}-form": "variant", f"names-{last}-use": "name", "names-TOTAL_FORMS": last + 1,
    }  # fmt: skip
    assert layla.post(path, data[0] | more).status_code == 302
    answer = maryam.post(path, data[1] | {"note": "ملاحظة مريم"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "Changed by layla since you opened it" in page
    assert "مجلس الخليج" in page and "ملاحظة مريم" in page
    again = dict(answer.context["adminform"].form.data.items())
    assert maryam.post(path, again).status_code == 302
    record.refresh_from_db()
    assert record.note == "ملاحظة مريم" and record.names.filter(text="مجلس الخليج").exists()
    history = layla.get(reverse("admin:authorities_authorityrecord_history", args=[record.pk])).content.decode()
    assert "مجلس الخليج" in history and "ملاحظة مريم" in history


def posted(client: Client, path: str) -> dict[str, Any]:
    """What a browser would send of a form of the admin as it was opened."""
    context = client.get(path).context
    data: dict[str, Any] = {}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    for form in forms:
        for name, field in form.fields.items():
            value = form.get_initial_for_field(field, name)
            value = getattr(value, "pk", value)
            if value is not None and value is not False:
                data[form.add_prefix(name)] = value
    return data
