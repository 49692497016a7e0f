"""The results page as a reader and a script see it: what is found, what is counted, and every state a URL."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from archive.articles.models import Article
from search.analysis.collation import collation_key
from search.engine import engine
from search.engine.protocol import SearchUnavailable
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db


class Page:
    """A results page read as a script reads it, by its data attributes."""

    def __init__(self, client: Client, **parameters: object) -> None:
        self.response = client.get("/search/", parameters)
        self.html = self.response.content.decode()

    @property
    def total(self) -> int:
        return int(re.search(r'data-total="(\d+)"', self.html).group(1))

    @property
    def articles(self) -> list[str]:
        return re.findall(r'data-article="([0-9a-f]+)"', self.html)

    def facet(self, name: str) -> dict[str, int]:
        tags = re.findall(rf'<[^>]*data-facet="{name}"[^>]*>', self.html)
        return {re.search(r'data-value="([^"]*)"', t)[1]: int(re.search(r'data-count="(\d+)"', t)[1]) for t in tags}

    def marks(self) -> list[str]:
        return re.findall(r"<mark>(.*?)</mark>", self.html)


def test_who_finds_nothing_between_quotation_marks_is_led_to_the_words(five: dict[str, Article], ramin: Client) -> None:
    """Between quotation marks an English term is looked for as it stands; without them it finds Arabic and Persian."""
    nothing = Page(ramin, q='"political consultations"')
    assert nothing.total == 0
    link = re.search(r'<a href="([^"]+)"\s*>Search for these words without quotation marks', nothing.html)
    assert link and "data-article" in ramin.get(link[1].replace("&amp;", "&")).content.decode()
    assert "without quotation marks" not in Page(ramin, q="كلمةلاتوجدهنا").html


@pytest.mark.parametrize(
    "spelling",
    [
        "خلفوف",
        "خلف‌اف",
        "خلف اف",
        "خلفاف",
        "Khalafov",
        "khalafov",
        "Xələfov",
        "خلف خلفوف",
        "خلف خلف‌اف",
        "Khalaf Khalafov",
        "خَلَفوف",
        "خلـفوف",
    ],
)
def test_a_name_is_found_in_every_spelling_and_script(five: dict[str, Article], ramin: Client, spelling: str) -> None:
    found = Page(ramin, q=spelling)
    assert set(found.articles) == {five["001"].identifier, five["003"].identifier}
    assert found.total == 2


def test_what_matched_is_marked_in_its_own_spelling(ramin: Client) -> None:
    marks = Page(ramin, q="Khalafov").marks()
    assert "خلف خلفوف" in marks
    assert "خلف خلف اف" in marks


def test_the_page_says_what_was_also_searched_and_how_to_leave_it_out(five: dict[str, Article], ramin: Client) -> None:
    assert "names=0" in Page(ramin, q="خلفوف").html
    alone = Page(ramin, q="خلفوف", names=0)
    assert alone.articles == [five["001"].identifier]


def test_quotation_marks_mean_exactly_this(five: dict[str, Article], ramin: Client) -> None:
    assert Page(ramin, q="«خلف خلفوف»").articles == [five["001"].identifier]
    assert Page(ramin, q='"الجولة الأولى من المشاورات"').articles == [five["000"].identifier]
    assert Page(ramin, q='"الجولة المشاورات"').total == 0


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("قطر", {"000", "002"}),
        ("قطر -رامز", {"002"}),
        ("لاتفيا OR الناتو", {"001", "004"}),
        ("title:وزارتا", {"000", "001"}),
        ("country:قطر", {"000", "002"}),
        ("کشور:ایران", {"003"}),
        ("البلد:لاتفيا", {"001"}),
        ("official:Khalafov", {"001", "003"}),
        ("source:دفاع‌پرس", {"003"}),
        ("lang:fa", {"003"}),
        ("date:2019..2020", {"000", "001"}),
        ('date:"مهر ۱۴۰۲"', {"003"}),
        ("date:2023-10", {"003"}),
        ("مشاور*", {"000", "001"}),
        ("أذريجان", {"000", "001", "002", "003", "004"}),
        ("التعاون~", {"000", "001", "002", "004"}),
        ("می کند", {"003"}),
        ("میکند", {"003"}),
        ("قره‌باغ", {"000", "001", "003"}),
        ("المشاورات السياسية", {"000", "001", "002"}),
    ],
)
def test_the_query_language_finds(five: dict[str, Article], ramin: Client, query: str, numbers: set[str]) -> None:
    assert set(Page(ramin, q=query).articles) == {five[number].identifier for number in numbers}


def test_the_whole_archive_is_listed_newest_first_and_undated_last(five: dict[str, Article], ramin: Client) -> None:
    articles = Page(ramin).articles
    assert articles[:3] == [five["003"].identifier, five["001"].identifier, five["000"].identifier]
    assert set(articles[3:]) == {five["002"].identifier, five["004"].identifier}
    assert Page(ramin, sort="oldest").articles[:3] == articles[:3][::-1]
    assert set(Page(ramin, sort="oldest").articles[3:]) == set(articles[3:])


def test_facets_count_every_article_exactly(ramin: Client) -> None:
    page = Page(ramin)
    assert page.facet("country") == {"az": 5, "am": 4, "qa": 2, "ge": 1, "ir": 1, "lv": 1, "ru": 1, "tr": 1}
    assert page.facet("lang") == {"ar": 4, "fa": 1}
    years = {"2019-01-01..2019-12-31": 1, "2020-01-01..2020-12-31": 1, "2023-01-01..2023-12-31": 1}
    assert (page.facet("date"), page.facet("year")) == (years, {"undated": 2})
    assert page.facet("source") == {"azvision": 1, "al-sharq": 1, "defapress": 1, "unknown": 2}
    assert page.facet("official")["khalaf-khalafov"] == 2


def test_a_facet_is_counted_without_its_own_choice(ramin: Client) -> None:
    page = Page(ramin, country=["qa", "lv"])
    assert page.total == 3
    assert page.facet("country")["am"] == 4
    assert page.facet("date") == {"2019-12-01..2019-12-31": 1, "2020-10-01..2020-10-31": 1}
    assert page.facet("year") == {"undated": 1}


def test_choices_join_within_a_facet_and_meet_across_facets(five: dict[str, Article], ramin: Client) -> None:
    page = Page(ramin, country=["qa", "lv"], year=["2019", "undated"])
    assert set(page.articles) == {five["000"].identifier, five["002"].identifier}


def test_undated_articles_can_be_asked_for_and_say_so(five: dict[str, Article], ramin: Client) -> None:
    page = Page(ramin, year="undated")
    assert set(page.articles) == {five["002"].identifier, five["004"].identifier}
    assert "no date stated" in page.html


def test_a_month_may_be_named_without_its_year(five: dict[str, Article], ramin: Client) -> None:
    assert set(Page(ramin, month="10").articles) == {five["001"].identifier, five["003"].identifier}
    assert Page(ramin, month="10", year="2020").articles == [five["001"].identifier]
    assert Page(ramin, month="2020-10").articles == [five["001"].identifier]


def test_a_reader_chooses_how_many_reports_a_page_has(ramin: Client) -> None:
    html = Page(ramin, q="قطر OR أذربيجان", size=10).html
    assert "Reports per page" not in html  # five are all
    assert "size=10" in re.search(r'href="(/search/[^"]*sort=newest[^"]*)"', html)[1]
    assert 'href="/feeds/atom/?q=%D9%82%D8%B7%D8%B1+OR+%D8%A3%D8%B0%D8%B1%D8%A8%D9%8A%D8%AC%D8%A7%D9%86"' in html


def test_an_order_by_source_is_that_of_the_alphabet_of_the_reader(five: dict[str, Article], ramin: Client) -> None:
    for language in ("ar", "fa", "en"):
        page = ramin.get("/search/", {"sort": "source"}, headers={"accept-language": language}).content.decode()
        found = re.findall(r'<bdi class="source">(.*?)</bdi>', page)
        assert len(found) > 2
        assert found == sorted(found, key=lambda label: collation_key(label, language))


def test_the_ways_past_the_head_of_the_page_lead_somewhere(ramin: Client) -> None:
    html = Page(ramin).html
    for name in re.findall(r'class="skip" href="#(\w+)"', html):
        assert f'id="{name}"' in html
    assert html.count('class="skip"') == 3


def test_chips_link_to_the_question_without_them(ramin: Client) -> None:
    html = Page(ramin, q="قطر", country="qa", lang="ar").html
    assert "?" + urlencode({"q": "قطر", "lang": "ar"}) in html.replace("&amp;", "&")


def test_zero_hits_keep_the_facets_and_offer_a_way_out(ramin: Client) -> None:
    page = Page(ramin, q="خلفوف", country="qa")
    assert page.total == 0
    assert page.facet("country")["az"] == 2
    assert page.facet("country")["qa"] == 0
    assert "/search/?" + urlencode({"q": "خلفوف"}) in page.html
    nothing = Page(ramin, q="كلمةلاتوجدهنا")
    assert nothing.total == 0 and nothing.response.status_code == 200


def test_a_page_beyond_the_last_says_so_and_leads_to_the_first(ramin: Client) -> None:
    for view in ("", "timeline/", "concordance/"):
        html = ramin.get(f"/search/{view}", {"q": "قطر", "page": "99"}).content.decode()
        assert "There are no results on this page." in html and "No article answers" not in html
        assert f'<a href="/search/{view}?q=%D9%82%D8%B7%D8%B1">To the first page of the results</a>' in html


def test_a_later_page_says_in_its_title_which_it_is(five: dict[str, Article], ramin: Client) -> None:
    first, second = (on_one_line(ramin.get("/search/", {"page": page, "size": 10}).content.decode()) for page in (1, 2))
    assert "Page" not in first.partition("</title>")[0] and "5 articles · Diwan" in first
    assert "Page 2 · 5 articles · Diwan" in second


def test_words_that_no_article_has_together_get_a_second_answer_that_says_so(
    five: dict[str, Article], ramin: Client
) -> None:
    page = Page(ramin, q="لاتفيا الزراعية")
    assert set(page.articles) == {five["000"].identifier, five["001"].identifier}
    assert "No article has all of these words" in page.html
    assert "No article has all of these words" not in Page(ramin, q="لاتفيا خلفوف").html
    assert Page(ramin, q="لاتفيا AND الزراعية").total == 0
    assert Page(ramin, q='"لاتفيا الزراعية"').total == 0


def test_behind_few_that_have_all_the_words_stand_some_that_do_not_uncounted(
    five: dict[str, Article], ramin: Client
) -> None:
    page = Page(ramin, q="لاتفيا خلفوف")
    assert page.articles == [five["001"].identifier] and page.total == 1
    assert re.findall(r'data-second="([0-9a-f]+)"', page.html) == [five["003"].identifier]
    for strict in ("لاتفيا AND خلفوف", '"خلف خلفوف"', "خلفوف"):
        assert "data-second" not in Page(ramin, q=strict).html


def test_pages_are_states_of_the_address(ramin: Client, settings: object) -> None:
    settings.SEARCH_PAGE_SIZE = 2
    first, last = Page(ramin), Page(ramin, page=3)
    assert (len(first.articles), len(last.articles)) == (2, 1)
    assert "page=2" in first.html and 'rel="next"' in first.html
    assert first.total == last.total == 5
    assert Page(ramin, page=99).articles == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "abc"}, {"page": "-1"}, {"page": "1e9"}, {"sort": "price"}, {"country": "<script>"}, {"month": "99"},
        {"year": "0"}, {"q": "\x00\u202e"}, {"q": "(((((" * 40}, {"q": '"' * 100}, {"q": "*"}, {"q": "؟"}, {"q": "a~9"},
        {"q": "status:draft"}, {"q": "id:*"}, {"q": "%ED%A0%80"}, {"unknown": "x"}, {"country": ["x"] * 500},
        {"q": "date:9999-99-99"}, {"q": "date:..2020"}, {"q": "NOT"}, {"q": "-قطر"}, {"q": "country:(a b)"},
    ],
)  # fmt: skip
def test_nothing_typed_raises_an_error(ramin: Client, parameters: dict[str, object]) -> None:
    assert ramin.get("/search/", parameters).status_code == 200


@pytest.mark.parametrize("query", ["ا" * 257, "و " * 200, "كلمة " * 33])
def test_a_query_beyond_the_limits_is_refused_in_words(ramin: Client, query: str) -> None:
    response = ramin.get("/search/", {"q": query})
    assert response.status_code == 400
    assert "Nothing was searched" in response.content.decode()


def test_what_is_typed_is_escaped(ramin: Client) -> None:
    html = Page(ramin, q='<script>alert(1)</script>"').html
    assert "<script>alert" not in html


def test_an_index_that_cannot_answer_is_an_honest_503(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_asked: object, **_named: object) -> None:
        raise SearchUnavailable("gone")

    for question in ("generation", "state", "search"):
        monkeypatch.setattr(type(engine()), question, gone)
    for url in ("/search/", "/feeds/rss/", "/feeds/atom/"):
        response = ramin.get(url)
        assert response.status_code == 503
        assert response.headers["Retry-After"]
    assert 'data-total="0"' not in ramin.get("/search/").content.decode()
    assert ramin.get("/").status_code == 200


def test_a_page_of_results_costs_a_fixed_number_of_queries(
    ramin: Client, django_assert_max_num_queries: object
) -> None:
    Page(ramin)  # reads the names on file
    with django_assert_max_num_queries(6):
        Page(ramin)


@pytest.mark.parametrize(
    ("language", "direction", "word"), [("ar", "rtl", "بحث"), ("fa", "rtl", "جست"), ("en", "ltr", "Search")]
)
def test_the_interface_speaks_the_readers_language(language: str, direction: str, word: str, db: None) -> None:
    by_browser = Client(headers={"accept-language": language}).get("/search/").content.decode()
    by_choice = Client(headers={"accept-language": "de"}).get("/search/", {"ui": language}).content.decode()
    for html in (by_browser, by_choice):
        assert re.search(rf'<html[^>]*lang="{language}"[^>]*dir="{direction}"', html)
        assert word in html


def test_a_chosen_language_is_kept(ramin: Client) -> None:
    ramin.get("/", {"ui": "fa"})
    assert 'lang="fa"' in ramin.get("/search/").content.decode()


def test_labels_are_in_the_readers_language(db: None) -> None:
    for language, label in (("ar", "أذربيجان"), ("fa", "آذربایجان"), ("en", "Azerbaijan")):
        assert label in Client().get("/search/", {"ui": language}).content.decode()


def test_the_page_says_how_many_choices_it_left_aside(ramin: Client) -> None:
    asked = urlencode([("country", f"c{number}") for number in range(43)])
    assert "3 further choices were left aside: no more than 40" in ramin.get(f"/search/?{asked}").content.decode()
    assert "left aside" not in ramin.get("/search/?country=az").content.decode()
