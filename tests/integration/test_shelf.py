"""The shelf from page to page: kept, saved, cited, exported, shared; without an account and with one."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.articles.models import Article
from search.shelf.keeping import COOKIE
from search.shelf.models import Shelf
from tests.markup import on_one_line

OURS = {"origin": "http://testserver"}


def keep(reader: Client, *articles: Article, action: str = "keep", **headers: str) -> int:
    data = {"a": [article.identifier for article in articles], "action": action, "next": "/search/?q=قطر"}
    return reader.post("/shelf/articles/", data, headers=headers or OURS).status_code


def page(reader: Client, path: str = "/shelf/") -> str:
    return on_one_line(reader.get(path).content.decode())


def shown(html: str) -> list[str]:
    return re.findall(r'data-article="(\w+)"', html)


def test_a_reader_keeps_reports_and_takes_one_down(five: dict[str, Article], ramin: Client) -> None:
    assert keep(ramin, five["003"]) == 303
    keep(ramin, five["001"])
    assert shown(page(ramin)) == [five["003"].identifier, five["001"].identifier]
    keep(ramin, five["003"], action="drop")
    assert shown(page(ramin)) == [five["001"].identifier]


def test_a_script_that_stays_on_its_page_is_told_how_much_the_shelf_has(
    five: dict[str, Article], ramin: Client
) -> None:
    for action, number in (("keep", "1"), ("drop", "")):
        data = {"a": five["003"].identifier, "action": action}
        told = ramin.post("/shelf/articles/", data, headers=OURS | {"accept": "application/json"})
        assert (told.status_code, told.headers["Content-Type"]) == (200, "application/json")
        assert told.json() == {"on_shelf": number}
    assert shown(page(ramin)) == []


def test_a_form_leads_back_to_its_report(five: dict[str, Article], ramin: Client) -> None:
    html = page(ramin, "/search/?q=خلفوف")
    name = five["003"].identifier
    assert re.search(rf'name="next" value="[^"]*#{name}"', html) and f'id="{name}"' in html


def test_pages_tell_what_stands_on_the_shelf(five: dict[str, Article], ramin: Client) -> None:
    address = five["003"].get_absolute_url()
    assert "Put on the shelf" in page(ramin, address)
    keep(ramin, five["003"])
    html = page(ramin, address)
    assert "On your shelf" in html and 'Shelf&nbsp;<span class="count">1</span>' in html


def test_a_kept_page_is_not_answered_from_before_the_shelf_changed(five: dict[str, Article], ramin: Client) -> None:
    tag = ramin.get("/search/?q=قطر").headers["ETag"]
    assert ramin.get("/search/?q=قطر", headers={"if-none-match": tag}).status_code == 304
    keep(ramin, five["003"])
    again = ramin.get("/search/?q=قطر", headers={"if-none-match": tag})
    assert again.status_code == 200 and "private" in again.headers["Cache-Control"]


@pytest.mark.parametrize("headers", [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {"x-no": "origin"}])
def test_another_site_cannot_fill_a_shelf(five: dict[str, Article], ramin: Client, headers: dict[str, str]) -> None:
    assert keep(ramin, five["003"], **headers) == 403
    assert COOKIE not in ramin.cookies


def test_after_keeping_the_reader_is_led_back_but_never_away(five: dict[str, Article], ramin: Client) -> None:
    data = {"a": five["003"].identifier, "next": "https://elsewhere.example/"}
    assert ramin.post("/shelf/articles/", data, headers=OURS).headers["Location"] == "/shelf/"


def test_a_search_is_saved_named_and_counted(five: dict[str, Article], ramin: Client) -> None:
    ramin.post("/shelf/searches/", {"query": "q=Khalafov&page=3", "name": "خلفوف", "note": "<b>"}, headers=OURS)
    html = page(ramin)
    assert "/search/?q=Khalafov" in html and "page=3" not in html and "خلفوف" in html and "&lt;b&gt;" in html
    assert "/feeds/atom/?q=Khalafov" in html
    ramin.post("/shelf/searches/", {"query": "q=Khalafov", "action": "drop"}, headers=OURS)
    assert "Khalafov" not in page(ramin)


def test_what_came_since_is_told(five: dict[str, Article], ramin: Client) -> None:
    ramin.post("/shelf/searches/", {"query": "q=Khalafov"}, headers=OURS)
    assert " new</strong>" not in page(ramin)
    layla = User.objects.create_user("karim", password="a long enough secret")
    ramin.force_login(layla)
    Shelf.objects.create(reader=layla, contents={"a": [], "s": [["q=Khalafov", "", "", 1]]})
    assert "1 new</strong>" in page(ramin)


def test_a_forged_cookie_is_an_empty_shelf(db: None, ramin: Client) -> None:
    ramin.cookies[COOKIE] = "eyJhIjpbIjNkNDNmNTQ2ZDkyNSJdfQ:1tX:forged"
    assert shown(page(ramin)) == []


def test_a_full_cookie_refuses_and_keeps_what_it_holds(five: dict[str, Article], ramin: Client) -> None:
    for number in range(30):
        note = hashlib.shake_256(str(number).encode()).hexdigest(150)  # nothing in it can be said more shortly
        answer = ramin.post("/shelf/searches/", {"query": f"q={number}", "note": note}, headers=OURS)
        if answer.status_code == 409:
            break
    assert answer.status_code == 409 and "The shelf is full" in answer.content.decode()
    assert f"q={number - 1}" in page(ramin) and f"q={number}&" not in page(ramin)


def test_a_selection_is_an_address_that_anyone_can_open(five: dict[str, Article], ramin: Client) -> None:
    address = f"/shelf/?a={five['001'].identifier}&a=ffffffffffff"
    html = page(ramin, address)
    assert shown(html) == [five["001"].identifier] and "1 report of this shelf is not public any more" in html


@pytest.mark.parametrize("form", ["csv", "jsonl", "ris", "bib", "csl", "txt", "pdf"])
def test_a_selection_is_exported_in_its_order(five: dict[str, Article], ramin: Client, form: str) -> None:
    picked = [five["003"].identifier, five["001"].identifier]
    answer = ramin.get("/shelf/export/", {"a": picked, "format": form})
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200 and answer.headers["X-Export-Count"] == "2"
    if form != "pdf":
        assert content.index(picked[0].encode()) < content.index(picked[1].encode())


@pytest.mark.parametrize("style", ["house", "chicago", "apa"])
@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_a_selection_is_cited_in_any_style_and_language(
    five: dict[str, Article], ramin: Client, style: str, language: str
) -> None:
    html = page(ramin, f"/shelf/cite/?a={five['003'].identifier}&style={style}&in={language}")
    assert five["003"].title in re.sub(r"<[^>]+>", "", html)


def test_an_account_takes_the_shelf_along_and_leaves_none_behind(five: dict[str, Article], ramin: Client) -> None:
    User.objects.create_user("karim", password="a long enough secret")
    keep(ramin, five["003"])
    ramin.post("/account/sign-in/", {"username": "karim", "password": "a long enough secret"})
    keep(ramin, five["001"])
    elsewhere = Client()
    elsewhere.post("/account/sign-in/", {"username": "karim", "password": "a long enough secret"})
    assert shown(page(elsewhere)) == [five["003"].identifier, five["001"].identifier]
    ramin.post("/account/sign-out/")
    assert ramin.cookies[COOKIE].value == "" and shown(page(ramin)) == []


def test_a_wrong_password_is_told(db: None, ramin: Client) -> None:
    answer = ramin.post("/account/sign-in/", {"username": "karim", "password": "no"})
    assert answer.status_code == 200 and 'role="alert"' in answer.content.decode()


def test_a_results_page_asks_nothing_of_the_database_for_a_shelf(
    five: dict[str, Article], ramin: Client, django_assert_max_num_queries: object
) -> None:
    ramin.get("/search/?q=قطر")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as without:
        ramin.get("/search/?q=قطر")
    keep(ramin, five["003"])
    with CaptureQueriesContext(connection) as with_shelf:
        ramin.get("/search/?q=قطر")
    assert len(with_shelf) == len(without)
