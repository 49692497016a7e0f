"""R10: two curators edit one article; the second is told, nothing of either is lost."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article

pytestmark = pytest.mark.django_db


@pytest.fixture
def maryam(layla: Client) -> Client:
    """Another curator."""
    user = User.objects.create_user("maryam", password="a long enough secret", is_staff=True)
    user.groups.set(User.objects.get(username="layla").groups.all())
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def opened(client: Client, article: Article) -> dict[str, object]:
    """What a curator's form holds."""
    form = client.get(reverse("admin:articles_article_change", args=[article.pk])).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: getattr(value, "pk", value) for name, value in data.items() if value is not None}
    points = {"access_points-TOTAL_FORMS": 0, "access_points-INITIAL_FORMS": 0}
    return data | {"dated_at_0": "", "dated_at_1": ""} | points


def save(client: Client, article: Article, data: dict[str, object]) -> object:
    return client.post(reverse("admin:articles_article_change", args=[article.pk]), data)


def test_r10_the_second_curator_is_told_and_loses_nothing(
    five: dict[str, Article], layla: Client, maryam: Client
) -> None:
    article = five["002"]
    hers, mine = opened(layla, article), opened(maryam, article)
    assert save(layla, article, hers | {"title": "عنوان ليلى"}).status_code == 302
    conflict = save(maryam, article, mine | {"title": "عنوان مريم"})
    page = conflict.content.decode()
    assert conflict.status_code == 200
    assert "Changed by layla since you opened it" in page
    assert "عنوان مريم" in page and "Now: عنوان ليلى" in page
    article.refresh_from_db()
    assert article.title == "عنوان ليلى"
    again = mine | {"title": "عنوان مريم", "version": conflict.context["adminform"].form.data["version"]}
    assert save(maryam, article, again).status_code == 302
    article.refresh_from_db()
    assert article.title == "عنوان مريم"
    told = [(event.by.username, event.changes["title"][1]) for event in article.events.all()[:2]]
    assert told == [("maryam", "عنوان مريم"), ("layla", "عنوان ليلى")]


def test_r10_one_curator_saves_again_and_again(five: dict[str, Article], layla: Client) -> None:
    for title in ("عنوان", "عنوان آخر"):
        assert save(layla, five["002"], opened(layla, five["002"]) | {"title": title}).status_code == 302
    assert five["002"].events.first().changes["title"] == ["عنوان", "عنوان آخر"]
