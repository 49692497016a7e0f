"""Two reports of one event side by side, and related reports with their reason."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.articles.models import Article
from archive.stories.counts import counted
from archive.stories.decisions import join
from archive.stories.models import Fingerprint
from archive.stories.reading import witnesses
from archive.stories.related import related
from search.analysis import analyze

pytestmark = pytest.mark.django_db


def beside(client: Client, one: Article, other: Article) -> str:
    return client.get(f"/articles/{one.identifier}/witnesses/", {"with": other.identifier}).content.decode()


def held(five: dict[str, Article], number: str) -> Article:
    return Article.objects.described().get(pk=five[number].pk)


def marked(page: str, side: Article) -> dict[str, set[str]]:
    """By number the words that are marked on one side of the page."""
    text = page.partition(f'data-side="{side.identifier}"')[2].partition("</article>")[0]
    found: dict[str, set[str]] = {}
    for words, number in re.findall(r"<mark>([^<]+)<sup>(\d+)</sup></mark>", text):
        found.setdefault(number, set()).add(words)
    return found


def test_what_both_name_has_the_same_number_on_both_sides(five: dict[str, Article], ramin: Client) -> None:
    page = beside(ramin, five["001"], five["003"])
    arabic, persian = marked(page, five["001"]), marked(page, five["003"])
    assert arabic.keys() == persian.keys()
    khalafov = next(number for number, words in arabic.items() if "خلف خلفوف" in words)
    assert any("خلف" in words for words in persian[khalafov])
    assert "In both reports" in page


def test_sources_are_called_in_the_language_of_the_reader(five: dict[str, Article], ramin: Client) -> None:
    sides = beside(ramin, five["001"], five["003"]).partition('data-side="')[2]
    assert re.findall(r'<bdi class="source">([^<]+)</bdi>', sides) == ["AzVision", "Defa Press"]


def test_the_texts_are_whole_whatever_is_marked(five: dict[str, Article], ramin: Client) -> None:
    page = beside(ramin, five["001"], five["003"])
    text = re.sub(r"<sup>\d+</sup>|</?mark>", "", page)
    for paragraph in five["001"].body.split("\n\n"):
        assert f"<p>{paragraph}</p>" in text


def test_a_date_that_differs_within_a_story_is_told_in_words(five: dict[str, Article], ramin: Client) -> None:
    join([five["001"].pk, five["003"].pk])
    page = beside(ramin, five["001"], five["003"])
    told = page.partition("Where they disagree")[2].partition("</table>")[0]
    assert "26 October 2020" in told
    assert "4 October 2023" in told


def test_a_prince_is_not_told_to_hold_the_post_of_an_emir(five: dict[str, Article], ramin: Client) -> None:
    """«الأمير» before a name is a rank; beside a post it is no contradiction, and the code of a role is no word."""
    one, other = five["001"], five["003"]
    join([one.pk, other.pk])
    said = "اجتمع {} خلف خلفوف مع نظيره في باكو."
    for article, title in ((one, "الأمير"), (other, "وزير الداخلية")):
        Article.objects.filter(pk=article.pk).update(body=said.format(title), language="ar")
    assert "Post of" not in beside(ramin, one, other)
    Article.objects.filter(pk=one.pk).update(body=said.format("السفير"))
    assert "Post of" in beside(ramin, one, other)
    Article.objects.filter(pk=one.pk).update(body=said.format("رئيس البرلمان"))
    assert "Speaker of Parliament" in beside(ramin, one, other)  # and not of the one whose record was made last


def test_reports_of_different_events_do_not_disagree(five: dict[str, Article], ramin: Client) -> None:
    page = beside(ramin, five["001"], five["003"])
    assert '<th scope="row">Date</th>' not in page and "Post of" not in page
    assert "what they tell differently is no contradiction" in page


def test_comparing_is_offered_within_days_and_never_across_years(five: dict[str, Article], ramin: Client) -> None:
    address = f"/articles/{five['001'].identifier}/witnesses/?with={five['000'].identifier}"
    page = ramin.get(five["001"].get_absolute_url()).content.decode()
    assert f'data-related="{five["000"].identifier}"' in page and address not in page
    Article.objects.filter(pk=five["000"].pk).update(dated_on=five["001"].dated_on)
    near = {one.article.identifier: one for one in related(held(five, "001"), "en")}
    assert near[five["000"].identifier].is_comparable


def test_an_undated_report_disagrees_with_no_date(five: dict[str, Article], ramin: Client) -> None:
    assert '<th scope="row">Date</th>' not in beside(ramin, five["001"], five["002"])


def test_a_report_without_company_says_so(five: dict[str, Article], ramin: Client) -> None:
    page = ramin.get(f"/articles/{five['001'].identifier}/witnesses/").content.decode()
    assert "no other report of this event" in page


@pytest.mark.parametrize("wanted", ["abc", "<script>", "a\0b", "9" * 500])
def test_an_unknown_report_is_told_and_no_error(five: dict[str, Article], ramin: Client, wanted: str) -> None:
    answer = ramin.get(f"/articles/{five['001'].identifier}/witnesses/", {"with": wanted})
    assert answer.status_code == 200
    assert "There is no other public report" in answer.content.decode()


def test_the_page_of_an_article_names_its_witnesses(five: dict[str, Article], ramin: Client) -> None:
    join([five["001"].pk, five["003"].pk])
    page = ramin.get(five["001"].get_absolute_url()).content.decode()
    assert f'data-witness="{five["003"].identifier}"' in page
    first = ramin.get(f"/articles/{five['001'].identifier}/witnesses/").content.decode()
    assert f'data-side="{five["003"].identifier}"' in first


def test_lines_beside_an_article_have_all_that_they_show(five: dict[str, Article], ramin: Client) -> None:
    join([five["001"].pk, five["003"].pk])
    with CaptureQueriesContext(connection) as asked:
        first, other = (ramin.get(five[number].get_absolute_url()).content.decode() for number in ("001", "002"))
    assert "data-witness" in first and "data-related" in other
    one_row = re.compile(r'WHERE "articles_article"\."id" = \S+ LIMIT')  # as a column is fetched that was left out
    assert [query["sql"] for query in asked if one_row.search(query["sql"])] == []


def test_of_an_article_by_itself_no_other_reports_are_asked_for(five: dict[str, Article]) -> None:
    alone = next(one for one in five.values() if Fingerprint.objects.get(pk=one.pk).story is None)
    with CaptureQueriesContext(connection) as asked:
        assert witnesses(Article.objects.get(pk=alone.pk), "en") == []
    assert not any('"articles_article"."title"' in query["sql"] for query in asked.captured_queries[1:])


def test_a_draft_is_no_witness(five: dict[str, Article], ramin: Client) -> None:
    Article.objects.filter(pk=five["003"].pk).update(status="draft")
    assert "data-side" not in beside(ramin, five["001"], five["003"])
    assert five["003"].identifier not in ramin.get(five["001"].get_absolute_url()).content.decode()


def test_related_reports_come_with_their_reason(five: dict[str, Article]) -> None:
    found = {one.article.identifier: one for one in related(held(five, "002"), "en")}
    reason = found[five["000"].identifier]
    assert "the same pair of countries" in reason.reason
    assert "Qatar" in reason.names


def test_one_country_alone_relates_nothing(five: dict[str, Article]) -> None:
    assert five["004"].identifier not in {one.article.identifier for one in related(held(five, "002"), "en")}


def test_related_reports_cost_a_fixed_number_of_queries(five: dict[str, Article]) -> None:
    def queries(number: str) -> int:
        article = held(five, number)
        with CaptureQueriesContext(connection) as counted:
            related(article, "en")
        return len(counted)

    assert queries("001") <= 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل 65 مدنيا وأصيب نحو 300 آخرين", [("killed", 65), ("wounded", 300)]),
        ("۶۵ غیرنظامی کشته و ۳۰۰ نفر زخمی شدند", [("killed", 65), ("wounded", 300)]),
        ("اتفاقية من 65 مادة", []),
    ],
)
def test_killed_and_wounded_are_counted_in_both_languages(text: str, expected: list[tuple[str, int]]) -> None:
    assert list(counted(analyze(text))) == expected
