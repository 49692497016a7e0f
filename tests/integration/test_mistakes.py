"""Mistakes that readers report: seen again before they are sent, queued for the curators, hard to flood."""

from __future__ import annotations

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.utils import timezone

from archive.articles.models import Article
from archive.curation.actions import withdraw
from archive.curation.mistakes import HOUR
from archive.curation.models import Mistake, Sender
from archive.pages.senders import address_of
from tests.conftest import ADMIN
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
TOLD = {"about": "name", "passage": "خلف خلف اف", "told": "The name is Khalafov.", "contact": "", "website": ""}


def address(article: Article) -> str:
    return f"/articles/{article.identifier}/mistake/"


def send(client: Client, article: Article, **changes: str) -> object:
    return client.post(address(article), TOLD | {"send": "1"} | changes)


def test_the_article_leads_to_the_form_and_stays_without_a_cookie(five: dict[str, Article], ramin: Client) -> None:
    page = ramin.get(five["003"].get_absolute_url())
    assert address(five["003"]) in page.content.decode()
    assert "csrftoken" not in page.cookies


def test_what_is_sent_is_shown_first_in_its_place(five: dict[str, Article], ramin: Client) -> None:
    page = ramin.post(address(five["003"]), TOLD).content.decode()
    assert not Mistake.objects.exists()
    shown = re.search(r"<blockquote.*?</blockquote>", page, re.DOTALL)
    assert shown and "<mark>خلف خلف اف</mark>" in shown[0] and "به گزارش" in shown[0]
    assert 'name="send"' in page and "The name is Khalafov." in page


def test_a_report_is_queued_and_thanked_for(five: dict[str, Article], ramin: Client) -> None:
    answer = send(ramin, five["003"])
    mistake = Mistake.objects.get()
    assert (mistake.article, mistake.about, mistake.state) == (five["003"], "name", "open")
    assert "Thank you" in ramin.get(answer.headers["Location"]).content.decode()


def test_a_passage_that_was_left_out_comes_with_one_click(five: dict[str, Article], ramin: Client) -> None:
    article = five["001"]
    assert f"{address(article)}?cut=0" in ramin.get(article.get_absolute_url()).content.decode()
    page = ramin.get(address(article), {"cut": "0"}).content.decode()
    passage = article.evidence["removed"][0]["text"]
    assert passage in page and re.search(r'value="boilerplate" checked', page)
    shown = ramin.post(address(article), TOLD | {"about": "boilerplate", "passage": passage}).content.decode()
    assert "was left out of the text" in shown


@pytest.mark.parametrize(
    "query", ["cut=99", "cut=-1", "cut=x", "cut=²", f"cut={'9' * 400}", "about=nothing", "cut=%00"]
)
def test_an_address_that_makes_no_sense_is_an_empty_form(five: dict[str, Article], ramin: Client, query: str) -> None:
    assert ramin.get(f"{address(five['001'])}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"told": ""}, "Please say in a few words what is wrong."),
        ({"told": " \x00\u202e "}, "Please say in a few words what is wrong."),
        ({"about": ""}, "Please choose what is wrong."),
        ({"about": "weather"}, "Please choose one of these."),
        ({"told": "ا" * 2001}, "This is too long: at most 2000 characters."),
        ({"passage": "ا" * 2001}, "The passage is too long"),
        ({"contact": "a" * 201}, "The address is too long"),
    ],
)
def test_bad_input_is_told_in_words_and_nothing_typed_is_lost(
    five: dict[str, Article], ramin: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = send(ramin, five["003"], **changes)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert sentence in page and (TOLD | changes)["passage"] in page
    assert not Mistake.objects.exists()


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_the_form_speaks_the_readers_language(five: dict[str, Article], language: str) -> None:
    page = Client(headers={"accept-language": language}).post(address(five["003"]), {}).content.decode()
    assert f'<html lang="{language}"' in page
    assert ("Please choose" in page) == (language == "en")


def test_half_spaces_are_kept_and_marks_of_direction_are_not(five: dict[str, Article], ramin: Client) -> None:
    send(ramin, five["003"], told="می‌شود\u202e \x00یعنی\u2066 ok")
    assert Mistake.objects.get().told == "می‌شود  یعنی ok"


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(five: dict[str, Article], ramin: Client) -> None:
    assert send(ramin, five["003"], website="https://spam.example/").status_code == 302
    assert not Mistake.objects.exists()


def test_an_address_sends_so_many_an_hour_and_no_more(
    five: dict[str, Article], ramin: Client, settings: object
) -> None:
    settings.MISTAKES_PER_HOUR = 2
    assert [send(ramin, five["003"]).status_code for _time in range(3)] == [302, 302, 429]
    refused = send(ramin, five["003"])
    assert TOLD["told"] in refused.content.decode() and refused.headers["Retry-After"]
    assert send(Client(REMOTE_ADDR="198.51.100.9"), five["003"]).status_code == 302


def test_an_address_is_kept_as_a_hash_and_for_an_hour(five: dict[str, Article], ramin: Client) -> None:
    send(ramin, five["003"])
    assert "127.0.0.1" not in str(Sender.objects.values())
    Sender.objects.update(at=timezone.now() - datetime.timedelta(minutes=61))
    send(ramin, five["003"])
    assert Sender.objects.count() == 1 and Sender.objects.filter(at__gt=timezone.now() - HOUR).exists()


@pytest.mark.parametrize(
    ("remote", "forwarded", "behind", "told"),
    [
        ("203.0.113.7", "", False, "203.0.113.7/32"),
        ("203.0.113.7", "198.51.100.1", False, "203.0.113.7/32"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.1", True, "198.51.100.1/32"),
        ("2001:db8:1:2:3::4", "", False, "2001:db8:1:2::/64"),
        ("", "", False, ""),
        ("127.0.0.1", "nonsense", True, ""),
    ],
)
def test_who_sends_is_told_by_the_connection_or_by_our_proxy(
    settings: object, remote: str, forwarded: str, behind: bool, told: str
) -> None:
    settings.BEHIND_PROXY = behind
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)) == told


def test_a_form_without_its_token_is_refused_in_words(five: dict[str, Article]) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = strict.post(address(five["003"]), TOLD | {"send": "1"})
    assert answer.status_code == 403 and "load the page again" in answer.content.decode()
    page = strict.get(address(five["003"]))
    assert "no-store" in page.headers["Cache-Control"]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert (
        token
        and strict.post(address(five["003"]), TOLD | {"send": "1", "csrfmiddlewaretoken": token[1]}).status_code == 302
    )


def test_an_article_that_is_not_public_has_no_form(five: dict[str, Article], ramin: Client) -> None:
    withdraw(five["003"])
    assert ramin.get(address(five["003"])).status_code == 404
    assert send(ramin, five["003"]).status_code == 404


def test_layla_decides_and_it_is_remembered(five: dict[str, Article], ramin: Client, layla: Client) -> None:
    send(ramin, five["003"])
    mistake = Mistake.objects.get()
    assert "Reported mistakes that wait</th><td>1<a" in on_one_line(layla.get(f"{ADMIN}status/").content.decode())
    page = layla.get(f"{ADMIN}curation/mistake/{mistake.pk}/change/").content.decode()
    assert f"{ADMIN}articles/article/{five['003'].pk}/change/" in page and "The name is Khalafov." in page
    layla.post(f"{ADMIN}curation/mistake/{mistake.pk}/change/", {"state": "accepted", "note": "added"})
    mistake.refresh_from_db()
    assert (mistake.state, mistake.note, mistake.decided_by) == ("accepted", "added", User.objects.get())
    assert mistake.decided_at is not None
    layla.post(f"{ADMIN}curation/mistake/{mistake.pk}/change/", {"state": "open", "note": ""})
    mistake.refresh_from_db()
    assert (mistake.decided_by, mistake.decided_at) == (None, None)


def test_layla_decides_many_at_once(five: dict[str, Article], ramin: Client, layla: Client) -> None:
    send(ramin, five["003"])
    send(ramin, five["001"])
    chosen = {"action": "reject_selected", "_selected_action": [mistake.pk for mistake in Mistake.objects.all()]}
    layla.post(f"{ADMIN}curation/mistake/", chosen)
    assert {mistake.state for mistake in Mistake.objects.all()} == {"rejected"}
    assert layla.get(f"{ADMIN}curation/mistake/add/").status_code == 403
