"""A GET reads: it neither writes to the database nor locks it, whoever asks and whatever the browser brings along.

`tests/security/test_matrix.py` asks every address of the site as every role, and counts the statements. Here are the
states of a reader that could make one write: a choice of language or calendar, a shelf, a session that is void.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from archive.articles.models import Article
from tests.security.conftest import PASSWORD
from tests.security.site import addresses, read, written

pytestmark = pytest.mark.django_db


def test_choosing_a_language_or_a_calendar_writes_nothing(cast: dict[str, Client], keys: dict[str, Any]) -> None:
    with written() as statements:
        for role in ("reader", "curator"):
            assert cast[role].get("/", {"ui": "fa", "cal": "lunar"}).status_code == 200
            assert cast[role].get(reverse("admin:login"), {"ui": "ar"}).status_code in {200, 302}
    assert not statements


def test_a_head_writes_nothing(cast: dict[str, Client], keys: dict[str, Any]) -> None:
    with written() as statements:
        for address in addresses():
            read(cast["curator"].head(address.path(keys)))
    assert not statements


def test_opening_the_form_for_a_mistake_writes_nothing_after_a_report(five: dict[str, Article], ramin: Client) -> None:
    path = reverse("curation:mistake", args=[five["003"].identifier])
    ramin.post(path, {"about": "name", "told": "The name is Khalafov.", "send": "1"})
    with written() as statements:
        assert ramin.get(path).status_code == 200
    assert not statements


def test_a_session_that_a_new_password_made_void_is_dropped_from_the_browser_alone(cast: dict[str, Client]) -> None:
    """Django would take its row out of the database, in the middle of a reader's GET."""
    reader = cast["reader"]
    person = User.objects.get(username="reader")
    person.set_password("another long enough secret")
    person.save()
    with written() as statements:
        answer = reader.get(reverse("shelf"))
    assert answer.status_code == 200 and not statements
    assert answer.cookies["sessionid"]["max-age"] == 0


def test_messages_are_carried_by_the_browser_and_never_by_the_session(cast: dict[str, Client]) -> None:
    """What its cookie does not hold, Django would put into the session, and take out of it with the next GET."""
    path = reverse("admin:articles_article_changelist")
    answer = cast["curator"].post(path, {"action": "publish_selected", "index": "0"})
    assert answer.cookies["messages"].value
    assert issubclass(import_string(settings.MESSAGE_STORAGE), CookieStorage), "and none that falls back on the session"
    with written() as statements:
        assert "must be selected" in cast["curator"].get(path).content.decode()
    assert not statements


def test_signing_in_and_out_are_what_writes_to_sessions(five: dict[str, Article], cast: dict[str, Client]) -> None:
    client = Client()
    with written() as statements:
        client.get(reverse("sign-in"))
        client.get(reverse("shelf"))
    assert not statements
    with written() as statements:
        client.post(reverse("sign-in"), {"username": "reader", "password": PASSWORD})
    assert statements
    held = Session.objects.count()
    client.post(reverse("sign-out"))
    assert Session.objects.count() == held - 1
