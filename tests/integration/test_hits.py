"""The hits of a search in an article: marked, numbered, each with an anchor and a way to the next one."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import escape

from archive.articles.models import Article
from archive.articles.reading import Piece
from search.answer import hits
from search.answer.hits import HitPart, _Numbers, _Place

pytestmark = pytest.mark.django_db


def read(client: Client, article: Article, **question: str) -> str:
    return client.get(article.get_absolute_url(), question).content.decode()


def anchors(page: str) -> list[str]:
    return re.findall(r'<mark id="hit-(\d+)">', page)


def test_a_result_leads_to_its_article_with_the_question(five: dict[str, Article], ramin: Client) -> None:
    page = ramin.get("/search/", {"q": "خلفوف", "country": "az", "page": "1"}).content.decode()
    address = f'{five["003"].get_absolute_url()}?q=%D8%AE%D9%84%D9%81%D9%88%D9%81&amp;country=az"'
    assert address in page


def test_hits_are_numbered_in_the_order_of_reading(five: dict[str, Article], ramin: Client) -> None:
    page = read(ramin, five["003"], q="خلفوف")
    numbers = anchors(page)
    assert numbers == [str(number + 1) for number in range(len(numbers))] and len(numbers) == 4
    assert "4 hits: go to the first" in page


def test_every_hit_leads_to_its_neighbours_and_back_to_the_results(five: dict[str, Article], ramin: Client) -> None:
    page = read(ramin, five["003"], q="خلفوف", country="az")
    bars = re.findall(r'<span class="hop".*?</span><?.*?</span>', page)
    hrefs = [re.findall(r'href="(#[^"]+)"', bar) for bar in bars]
    assert hrefs == [["#hit-2"], ["#hit-1", "#hit-3"], ["#hit-2", "#hit-4"], ["#hit-3"]]
    assert all("/search/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81&amp;country=az" in bar for bar in bars)
    assert "Hit 2 of 4" in bars[1]


def test_a_hit_in_a_mention_keeps_the_link_and_its_bar_stands_behind_it(
    five: dict[str, Article], ramin: Client
) -> None:
    page = read(ramin, five["003"], q="خلفوف")
    assert re.search(r'<a class="mention" href="/officials/khalaf-khalafov/"[^>]*>(خلف )?<mark id="hit-\d">', page)
    assert not re.search(r'<a class="mention"[^>]*>(?:(?!</a>).)*class="hop"', page)


@pytest.mark.parametrize("query", ["خلفوف", "و", "ایران آذربایجان", "*", "صلح و امنیت", "«وزیر خارجه»", '"', "(" * 300])
def test_the_text_stays_whole_whatever_is_asked(five: dict[str, Article], ramin: Client, query: str) -> None:
    for article in five.values():
        text = re.sub(r'<span class="hop".*?</a></span>', "", read(ramin, article, q=query))
        text = re.sub(r"</?(?:a|mark)\b[^>]*>", "", text)
        assert all(escape(paragraph) in text for paragraph in [*article.paragraphs, article.title])


def test_words_side_by_side_are_one_hit(five: dict[str, Article], ramin: Client) -> None:
    together = len(anchors(read(ramin, five["003"], q='"صلح و امنیت"')))
    assert 0 < together <= 4


def test_an_article_found_by_a_link_alone_says_so(five: dict[str, Article], ramin: Client) -> None:
    page = read(ramin, five["002"], q="source:azvision")
    assert not anchors(page)
    assert "Back to the results" in page


def test_filters_without_words_lead_back_and_mark_nothing(five: dict[str, Article], ramin: Client) -> None:
    page = read(ramin, five["003"], country="az")
    assert f'href="/search/?country=az#{five["003"].identifier}"' in page and "<mark" not in page


def test_the_way_back_leads_to_the_report_in_its_page_of_results(five: dict[str, Article], ramin: Client) -> None:
    identifier = five["003"].identifier
    back = re.search(
        r'href="(/search/[^"]*)">Back to the results', read(ramin, five["003"], q="قطر OR صلح", sort="new")
    )
    place, fragment = back[1].replace("&amp;", "&").split("#")
    assert fragment == identifier and f'id="{identifier}"' in ramin.get(place).content.decode()
    beside = read(ramin, five["003"], q="صلح", **{"in": "concordance"})
    assert f"#{identifier}" not in re.search(r'href="([^"]*)">Back to the results', beside)[1]


def test_a_reader_who_came_from_elsewhere_sees_no_bar(five: dict[str, Article], ramin: Client) -> None:
    page = read(ramin, five["003"])
    assert "<mark" not in page and 'class="hop"' not in page and "Back to the results" not in page
    assert '<link rel="canonical" href="http://testserver/articles/' in page


def test_hits_cost_a_fixed_number_of_queries(
    five: dict[str, Article], ramin: Client, django_assert_max_num_queries: object
) -> None:
    for query in ("خلفوف", "وزیر خارجه آذربایجان", "Khalafov قطر"):
        with django_assert_max_num_queries(17):
            read(ramin, five["003"], q=query)


def test_more_hits_than_anybody_walks_are_marked_without_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "MOST", 2)
    (stretch,) = _Numbers().cut([Piece("قطر قطر قطر")], [_Place(0, 3), _Place(4, 7), _Place(8, 11)])
    assert [part for part in stretch.parts if part.number] == [
        HitPart("قطر", 1, True),
        HitPart("قطر", 2, True),
        HitPart("قطر", 3, False),
    ]


def test_a_hit_over_a_link_and_the_words_beside_it_has_one_anchor() -> None:
    pieces = [Piece("وزير خارجية "), Piece("أذربيجان", "/countries/az/"), Piece(" زار قطر")]
    stretches = _Numbers().cut(pieces, [_Place(0, 20), _Place(25, 28)])
    assert [[part.number for part in one.parts] for one in stretches] == [[1], [1], [0, 2]]
    assert [one.opened for one in stretches] == [1, 0, 2]


def test_two_hits_in_one_link_have_one_number() -> None:
    stretches = _Numbers().cut([Piece("خلف آل خلفوف", "/officials/khalaf-khalafov/")], [_Place(0, 3), _Place(7, 12)])
    assert [part.number for part in stretches[0].parts] == [1, 0, 1]
