"""Why a report was found, told to a reader: which words of it answer which part of the question."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

import pytest
from django.test import Client

from archive.articles.models import Article
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db


class Why:
    """The page, read by its data attributes."""

    def __init__(self, client: Client, article: Article, q: str, **parameters: object) -> None:
        self.response = client.get("/explain/", {"q": q, "article": article.identifier, **parameters})
        self.html = on_one_line(self.response.content.decode())

    @property
    def reasons(self) -> list[str]:
        return re.findall(r'data-reason="(\w+)"', self.html)

    @property
    def percents(self) -> list[int]:
        return [int(share) for share in re.findall(r'data-percent="(\d+)"', self.html)]

    def marks(self) -> list[str]:
        return re.findall(r"<mark>(.*?)</mark>", self.html)

    def places(self) -> list[tuple[int, int]]:
        return [(int(a), int(b)) for a, b in re.findall(r'data-start="(\d+)" data-end="(\d+)"', self.html)]


def test_every_result_of_a_question_links_to_its_explanation(five: dict[str, Article], ramin: Client) -> None:
    page = ramin.get("/search/", {"q": "خلفوف & قطر", "names": "0"}).content.decode()
    assert "/explain/" not in ramin.get("/search/").content.decode()
    page = ramin.get("/search/", {"q": "«خلف خلفوف»", "names": "0"}).content.decode()
    link = re.search(r'href="(/explain/[^"]+)"', page).group(1).replace("&amp;", "&")
    assert quote_plus("«خلف خلفوف»") in link and "names=0" in link
    assert ramin.get(link).status_code == 200


def test_another_spelling_is_told_with_the_words_as_written(five: dict[str, Article], ramin: Client) -> None:
    why = Why(ramin, five["001"], "خَلَفوف")
    assert "folded" in why.reasons
    assert "خلفوف" in why.marks()
    assert why.percents == [100]


def test_what_is_found_through_a_record_alone_is_said_so(five: dict[str, Article], ramin: Client) -> None:
    why = Why(ramin, five["002"], "country:قطر")
    assert "The report is linked to the record:" in why.html and "linked" in why.reasons
    latin = Why(ramin, five["001"], "Khalafov")
    assert "linked" in latin.reasons and "/officials/khalaf-khalafov/" in latin.html


def test_each_part_has_its_share_of_the_score(five: dict[str, Article], ramin: Client) -> None:
    why = Why(ramin, five["000"], "المشاورات قطر")
    assert len(why.percents) == 2 and all(why.percents)
    assert 99 <= sum(why.percents) <= 101


def test_a_part_that_the_report_lacks_is_not_hidden(five: dict[str, Article], ramin: Client) -> None:
    why = Why(ramin, five["001"], "المشاورات بغداد", names=0)
    assert "Not in this report." in why.html


def test_places_are_those_of_the_stored_text(five: dict[str, Article], ramin: Client) -> None:
    why = Why(ramin, five["003"], "می‌کند")
    texts = [five["003"].body, five["003"].title, five["003"].kicker]
    assert why.places()
    for (start, end), mark in zip(why.places(), why.marks(), strict=True):
        assert mark in {text[start:end] for text in texts}


@pytest.mark.parametrize(("language", "words"), [("ar", "?"), ("fa", "?"), ("en", "Why was this found?")])
def test_the_page_speaks_the_readers_language(
    five: dict[str, Article], ramin: Client, language: str, words: str
) -> None:
    why = Why(ramin, five["000"], "قطر", ui=language)
    assert f'<html lang="{language}"' in why.html and words.strip("?") in why.html
    assert "<script" not in why.html


def test_a_draft_and_an_unknown_report_are_not_explained(five: dict[str, Article], ramin: Client) -> None:
    Article.objects.filter(pk=five["000"].pk).update(status="draft")
    assert Why(ramin, five["000"], "قطر").response.status_code == 404
    assert ramin.get("/explain/", {"q": "قطر", "article": "abc"}).status_code == 404
    assert ramin.get("/explain/", {"q": "قطر"}).status_code == 404


@pytest.mark.parametrize("q", ["", "-قطر", "date:2019..2020", "a* OR b~2", "lang:ar", "source:x", "«", "x" * 300])
def test_no_question_breaks_the_page(five: dict[str, Article], ramin: Client, q: str) -> None:
    assert Why(ramin, five["000"], q).response.status_code == (400 if len(q) > 256 else 200)


def test_markup_in_a_question_is_text(five: dict[str, Article], ramin: Client) -> None:
    assert "<b>" not in Why(ramin, five["000"], "<b>قطر").html


def test_a_word_is_shown_letter_by_letter(ramin: Client) -> None:
    html = ramin.get("/explain/word/", {"q": "وَللوزير", "lang": "ar"}).content.decode()
    assert "ARABIC FATHA" in html and 'data-fate="dropped"' in html
    assert "وزير" in html and "ولل" in html


def test_a_small_word_and_a_joined_word_are_called_so(ramin: Client) -> None:
    html = ramin.get("/explain/word/", {"q": "می کند"}).content.decode()
    assert "joined with its neighbour to one word" in html
    assert "a small word" in html


@pytest.mark.parametrize("q", ["", "؟", "\u200c", "﷽", "<b>", "۱۲٬۳۴۵", "x" * 2000])
def test_the_page_of_a_word_takes_whatever_is_typed(ramin: Client, q: str) -> None:
    assert ramin.get("/explain/word/", {"q": q}).status_code == 200
