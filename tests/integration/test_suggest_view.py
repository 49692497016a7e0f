"""Suggestions as JSON, and "did you mean" on the results page: what is offered, what is counted, what never leaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.curation import actions
from search.indexing.writer import apply_all
from tests.integration.test_results_page import Page

pytestmark = pytest.mark.django_db
SHAPE = {"text", "kind", "label", "language", "direction", "count", "url"}


def lines(client: Client, q: str, **parameters: object) -> list[dict[str, Any]]:
    response = client.get("/suggest/", {"q": q, **parameters})
    assert response.status_code == 200
    assert response.json()["q"] == q.strip()
    return response.json()["suggestions"]


def texts(client: Client, q: str, kind: str = "") -> list[str]:
    return [line["text"] for line in lines(client, q) if kind in {"", line["kind"]}]


def test_an_official_is_suggested_by_the_beginning_of_his_name(ramin: Client) -> None:
    assert lines(ramin, "خلف")[0] == {
        "text": "خلف خلفوف",
        "kind": "official",
        "label": "Khalaf Khalafov",
        "language": "ar",
        "direction": "rtl",
        "count": 2,
        "url": "/search/?official=khalaf-khalafov",
    }


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("khal", "Khalaf Khalafov", "official"),
        ("Xələf", "Xələf Xələfov", "official"),
        ("خلف‌ا", "خلف‌اف", "official"),
        ("قط", "قطر", "country"),
        ("azer", "Azerbaijan", "country"),
        ("nato", "NATO", "body"),
        ("الشر", "الشرق", "source"),
        ("المشاور", "المشاورات", "term"),
        ("مشاورات سي", "مشاورات سياسية", "term"),
        ("آذربای", "آذربایجان", "term"),
        ("وزارة الخارج", "وزارة الخارجية", "term"),
    ],
)
def test_names_and_words_are_suggested_in_any_script(ramin: Client, typed: str, text: str, kind: str) -> None:
    assert text in texts(ramin, typed, kind)


@pytest.mark.parametrize("typed", ["خلف", "قط", "وز", "ال", "nato", "az", "مشاورات سي", "الشر", "آذر"])
def test_every_count_is_that_of_public_articles(ramin: Client, typed: str) -> None:
    found = lines(ramin, typed, n=20)
    assert found
    for line in found:
        asked = {name: value[0] for name, value in parse_qs(urlsplit(line["url"]).query).items()}
        page = Page(ramin, **asked)
        assert set(line) == SHAPE
        assert 0 < line["count"] <= page.total
        assert line["kind"] == "term" or line["count"] == page.total


def test_records_that_no_public_article_has_are_left_out(ramin: Client) -> None:
    assert "البرتغال" not in texts(ramin, "البرتغ")
    assert texts(ramin, "Portu") == []


def test_a_word_is_suggested_once_in_its_most_frequent_spelling(ramin: Client) -> None:
    found = texts(ramin, "الخارج", "term")
    assert found.count("الخارجية") == 1
    assert len({line["text"] for line in lines(ramin, "الخارج", n=20)}) == len(lines(ramin, "الخارج", n=20))


def test_labels_are_in_the_readers_language(db: None) -> None:
    for language, label in (("ar", "قطر"), ("fa", "قطر"), ("en", "Qatar")):
        found = Client(headers={"accept-language": language}).get("/suggest/", {"q": "qat"}).json()["suggestions"]
        assert (found[0]["text"], found[0]["label"]) == ("Qatar", label)


def test_so_many_lines_are_given_as_are_asked_for(ramin: Client) -> None:
    assert [len(lines(ramin, "ال", n=n)) for n in (1, 3)] == [1, 3]
    assert len(lines(ramin, "ال")) == len(lines(ramin, "ال", n="eight")) == 8
    assert len(lines(ramin, "ال", n=999)) <= 20


@pytest.mark.parametrize("typed", ["", "   ", "ق", "ا" * 257, "«خلف", "title:مشاور", "مشاور*", "-قط", "؟", "٪", "zzzz"])
def test_nothing_is_suggested_for_words_where_operators_are_typed(ramin: Client, typed: str) -> None:
    assert [line for line in lines(ramin, typed) if line["kind"] == "term"] == []


@pytest.mark.parametrize(
    "parameters",
    [{"q": "\x00خلف"}, {"q": "<script>"}, {"q": "%"}, {"q": "'; DROP"}, {"q": "\u202eخلف"},
     {"q": ["خلف", "قطر"]}, {"n": "-1"}, {"n": "1e9"}, {"n": "٣", "q": "خلف"}, {"ui": "xx", "q": "خلف"}, {},
     {"q": "(" * 250}, {"q": "خلف " * 60}, {"q": "\U0010ffff"}, {"q": "ﷺ"}, {"q": "a" * 100_000}],
)  # fmt: skip
def test_nothing_typed_raises_an_error(ramin: Client, parameters: dict[str, object]) -> None:
    response = ramin.get("/suggest/", parameters)
    assert response.status_code == 200
    assert set(response.json()) == {"q", "suggestions"}
    assert "<script>" not in response.content.decode() or response.headers["Content-Type"] == "application/json"


def test_bytes_that_are_no_text_raise_no_error(ramin: Client) -> None:
    assert ramin.get("/suggest/?q=%ED%A0%80%FF&n=%00").json()["suggestions"] == []


def test_answers_can_be_kept_until_the_index_changes(ramin: Client) -> None:
    first = ramin.get("/suggest/", {"q": "خلف"})
    assert "no-cache" in first.headers["Cache-Control"]
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in first.headers["Vary"].split(",")}
    again = ramin.get("/suggest/", {"q": "خلف"}, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    other = Client(headers={"accept-language": "fa"}).get("/suggest/", {"q": "خلف"})
    assert other.headers["ETag"] != first.headers["ETag"]
    assert ramin.post("/suggest/").status_code == 405


@pytest.mark.embedded_alone
def test_without_an_index_the_list_is_empty_and_not_kept(ramin: Client, own_index: Path) -> None:
    (own_index / "current").unlink()
    response = ramin.get("/suggest/", {"q": "خلف"})
    assert response.json()["suggestions"] == []
    assert response.headers["Cache-Control"] == "no-store"


def test_what_is_withdrawn_is_suggested_no_more(five: dict[str, Article], ramin: Client, own_index: Path) -> None:
    assert "لاتفيا" in texts(ramin, "لاتف", "country")
    assert "لاتفيا" in texts(ramin, "لاتف", "term")
    actions.withdraw(five["001"])
    apply_all()
    assert texts(ramin, "لاتف") == []
    assert [line["count"] for line in lines(ramin, "khal")] == [1]
    assert "Did you mean" not in Page(ramin, q="لاتفييا").html


def test_a_word_that_only_a_withdrawn_article_has_goes_at_once(
    five: dict[str, Article], ramin: Client, own_index: Path
) -> None:
    actions.withdraw(five["001"])
    assert "لاتفيا" not in texts(ramin, "لاتف", "term")


def test_drafts_are_never_suggested(five: dict[str, Article], ramin: Client, own_index: Path) -> None:
    draft = five["001"]
    actions.withdraw(draft)
    Article.objects.filter(pk=draft.pk).update(status="draft", body="كلمةسريةجدا")
    apply_all()
    assert texts(ramin, "كلمةسر") == texts(ramin, "لاتف") == []


def test_an_answer_is_found_without_asking_the_database_for_each_line(
    ramin: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        lines(ramin, "ال", n=20)


# Did you mean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("الخارحية", "الخارجية"),
        ("خلفوو", "خلفوف"),
        ("Khalafuv", "Khalafov"),
        ("المشاوراث", "المشاورات"),
        ("وزارة الخارحية", "وزارة <mark>الخارجية</mark>"),
        ("ogt,t", "خلفوف"),
        ("لاشنع", "baku"),
        ("والدوهة", "والدوحة"),
    ],
)
def test_a_near_spelling_that_finds_something_is_offered(ramin: Client, typed: str, meant: str) -> None:
    page = Page(ramin, q=typed)
    assert page.total == 0 or "No article has all of these words" in page.html
    offered = meant if "<mark>" in meant else f"<mark>{meant}</mark>"
    assert f"<bdi>{offered}</bdi></a>?" in page.html
    assert Page(ramin, q=meant.replace("<mark>", "").replace("</mark>", "")).total > 0


@pytest.mark.parametrize(
    "typed",
    ["خلفوف", "قطر لاتفيا", "«الخارحية»", "title:الخارحية", "country:قتر", "كلمةلاتوجدهنا", "zxcvbn", "ا" * 300],
)
def test_nothing_is_offered_where_nothing_is_better(ramin: Client, typed: str) -> None:
    assert "Did you mean" not in ramin.get("/search/", {"q": typed}).content.decode()


def test_what_is_offered_finds_something_under_the_same_filters(ramin: Client) -> None:
    assert "Did you mean" not in Page(ramin, q="لاتفييا", country="qa").html
    narrowed = Page(ramin, q="الخارحية", country="qa", sort="newest").html.replace("&amp;", "&")
    assert "&country=qa&sort=newest" in narrowed.split("Did you mean")[1][:300]


def test_other_spellings_are_offered_on_the_first_page_alone(ramin: Client) -> None:
    assert "Did you mean" not in Page(ramin, q="الخارحية", page=2).html


# What was not read as typed

NOTICES = [
    ("«خلف خلفوف", "«", "خلف خلفوف"),
    ("الدوحة (قطر OR لاتفيا", "(", "الدوحة (قطر OR لاتفيا)"),
    ("((((((((((((((((((قطر))))))))))))))))))", "(", "قطر"),
    ("status:draft", "status", "status draft"),
    ("عنوان:", "", "عنوان"),
    ("قطر OR", "OR", "قطر or"),
    ("قطر ق*", "ق*", "قطر ق"),
    ("*خلفوف", "*", "خلفوف"),
    ("قطر ق~", "ق~", "قطر ق"),
    ("خلف قطر~9", "قطر~9", "خلف قطر~2"),
    ("خلف «قطر أذربيجان»~99", "«قطر أذربيجان»~99", 'خلف "قطر أذربيجان"~50'),
    ("قطر 2019..2023", "2019..2023", "قطر 2019 2023"),
    ("date:2023..2019", "2023..2019", "date:2019..2023"),
    ("قطر date:[* TO *]", "[* TO *]", "قطر"),
    ("-قطر", "", ""),
]


@pytest.mark.parametrize(("typed", "part", "read"), NOTICES, ids=[typed for typed, _part, _read in NOTICES])
def test_the_page_shows_which_part_was_not_read_as_typed_and_how_it_was_read(
    ramin: Client, typed: str, part: str, read: str
) -> None:
    html = ramin.get("/search/", {"q": typed}).content.decode().replace("&quot;", '"')
    shown = html.split('<div class="notices"')[1].split("</div>")[0]
    assert ("<mark>" in shown) == bool(part)
    assert not part or part in shown.split('class="noticed"')[1]
    assert ("read as" in shown) == bool(read)
    assert f"<bdi>{read}</bdi></a>" in shown or not read


@pytest.mark.parametrize("typed", [typed for typed, _part, _read in NOTICES] + ["ا" * 257, "كلمة " * 33])
@pytest.mark.parametrize("language", ["ar", "fa"])
def test_every_notice_is_in_the_readers_language(language: str, typed: str, db: None) -> None:
    html = Client(headers={"accept-language": language}).get("/search/", {"q": typed}).content.decode()
    notices = html.split('class="notice"')[1:]
    assert notices
    for notice in notices:
        sentence = notice.split(">", 1)[1].split("</p>")[0]
        assert not {"the", "was", "words", "searched", "query"} & set(sentence.split())


def test_what_is_typed_is_escaped_in_a_notice(ramin: Client) -> None:
    html = ramin.get("/search/", {"q": "<b>x</b>:قطر «<i>"}).content.decode()
    assert "<b>x" not in html and "<i>" not in html
