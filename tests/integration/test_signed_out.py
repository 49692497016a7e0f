"""A curator's session ends while a text is typed: nothing of it is lost, and nothing is saved by anybody else."""

from __future__ import annotations

import lxml.html
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from config.signing_in import typed
from tests.faults.test_two_curators import maryam  # noqa: F401
from tests.integration.test_revising import fresh, posted

pytestmark = pytest.mark.django_db
SECRET = "a long enough secret"


def form(page: str, xpath: str) -> dict[str, str]:
    [found] = lxml.html.fromstring(page).xpath(xpath)
    return {name: str(value) for name, value in found.form_values()}


def path_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def signed_out(layla: Client, article: Article) -> tuple[str, str]:
    """Send a title when the session is over; the page that comes, and where it leads."""
    data = posted(layla, path_of(article)) | {"title": "عنوان طويل\u200f كُتب بعناية"}
    layla.logout()
    answer = layla.post(path_of(article), data)
    assert answer.status_code == 403
    return answer.content.decode(), path_of(article)


def signed_in(layla: Client, page: str, **more: str) -> str:
    """Sign in by the page that came; what comes next."""
    sent = form(page, "//form[@id='login-form']") | {"username": "layla", "password": SECRET, **more}
    answer = layla.post(reverse("admin:login"), sent, follow=True)
    return answer.content.decode()


def test_what_was_typed_is_sent_again_after_signing_in(five: dict[str, Article], layla: Client) -> None:
    article = five["002"]
    page, path = signed_out(layla, article)
    assert "You were signed out before this was saved." in page and fresh(article).title == article.title
    wrong = layla.post(reverse("admin:login"), form(page, "//form[@id='login-form']") | {"username": "layla"})
    assert "You were signed out before this was saved." in wrong.content.decode(), "a wrong password loses it"
    onward = signed_in(layla, page)
    sent = form(onward, "//form[@data-typed]")
    assert fresh(article).title == article.title, "nothing is saved before it is asked for"
    assert layla.post(path, sent).status_code == 302
    assert fresh(article).title == "عنوان طويل\u200f كُتب بعناية"
    assert "data-typed" not in layla.get(path).content.decode(), "it is asked for once"


def test_who_saved_meanwhile_is_told_before(five: dict[str, Article], layla: Client, maryam: Client) -> None:  # noqa: F811
    article = five["002"]
    page, path = signed_out(layla, article)
    maryam.post(path, posted(maryam, path) | {"title": "عنوان مريم"})
    told = layla.post(path, form(signed_in(layla, page), "//form[@data-typed]")).content.decode()
    assert "Changed by maryam since you opened it" in told and "كُتب بعناية" in told
    assert fresh(article).title == "عنوان مريم"


def test_it_may_be_left(five: dict[str, Article], layla: Client) -> None:
    page, path = signed_out(layla, five["002"])
    signed_in(layla, page)
    assert layla.post(path, {"leave": "1"}).headers["Location"] == path
    assert fresh(five["002"]).title == five["002"].title
    assert 'id="article_form"' in layla.get(path).content.decode()


def test_what_nobody_sealed_is_not_sent(five: dict[str, Article], layla: Client) -> None:
    page, path = signed_out(layla, five["002"])
    signed_in(layla, page, typed="forged")
    assert 'id="article_form"' in layla.get(path).content.decode()


def test_a_password_is_not_kept(layla: Client, settings: object) -> None:
    layla.logout()
    answer = layla.post(reverse("admin:password_change"), {"old_password": SECRET, "new_password1": "another one"})
    assert answer.status_code == 302 and "login" in answer.headers["Location"]


def test_another_site_sends_nothing_by_it(five: dict[str, Article]) -> None:
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(path_of(five["002"]), {"title": "forged"})
    assert answer.status_code == 403 and b"forged" not in answer.content


def test_a_form_of_many_megabytes_is_not_kept(five: dict[str, Article], client: Client) -> None:
    letters = "".join(chr(0x627 + number * number % 31) for number in range(900))
    body = "".join(f"{letters[number % 700 :]}{number}" for number in range(1500))
    answer = client.post(path_of(five["002"]), {"body": body})
    assert answer.status_code == 302 or len(typed.sealed(answer.wsgi_request)) < typed.MOST
    assert not User.objects.exists()
