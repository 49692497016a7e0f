"""The hits of a search in an article: numbered in the order of reading, each with its anchor and its way on."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from archive.articles.reading import Piece
from search.answer.hits import MOST, ArticleHits, HitPart, Stretch, _Numbers, _Place
from search.pages.article_hits import hop, woven_hits

TEXT = "التقى خلف خلفوف نظيره القطري، وقال خلفوف إن الزيارة ناجحة."


def at(word: str, start: int = 0) -> tuple[int, int]:
    begin = TEXT.index(word, start)
    return begin, begin + len(word)


def stretches(*ranges: tuple[int, int], as_one: bool = False, numbers: _Numbers | None = None) -> list[Stretch]:
    pieces = [
        Piece(TEXT[:6]),
        Piece(TEXT[6:15], "/officials/khalaf-khalafov/", "خلف خلفوف", "official"),
        Piece(TEXT[15:]),
    ]
    return (numbers or _Numbers()).cut(pieces, [_Place(*where) for where in ranges], as_one=as_one)


def shown(cut: list[Stretch]) -> list[tuple[str, int, bool]]:
    return [(part.text, part.number, part.opens) for stretch in cut for part in stretch.parts if part.number]


def test_hits_are_numbered_as_they_are_read_and_no_letter_is_lost() -> None:
    cut = stretches(at("خلف خلفوف"), at("خلفوف", 30))
    assert shown(cut) == [("خلف خلفوف", 1, True), ("خلفوف", 2, True)]
    assert "".join(part.text for stretch in cut for part in stretch.parts) == TEXT


def test_a_hit_that_goes_on_in_the_next_piece_has_one_anchor() -> None:
    cut = stretches((2, 12))
    assert shown(cut) == [(TEXT[2:6], 1, True), (TEXT[6:12], 1, False)]
    assert [stretch.opened for stretch in cut] == [1, 0, 0]


def test_two_hits_in_one_link_have_one_number() -> None:
    cut = stretches(at("خلف"), at("خلفوف"))
    assert {number for _text, number, _opens in shown(cut)} == {1}


def test_a_title_is_one_hit_however_many_words_of_it_answer() -> None:
    numbers = _Numbers()
    assert {number for _text, number, _opens in shown(stretches((0, 2), (20, 25), as_one=True, numbers=numbers))} == {1}
    assert shown(stretches((20, 25), numbers=numbers))[0][1] == 2


def test_what_comes_after_the_last_number_is_marked_and_has_no_anchor() -> None:
    numbers = _Numbers(MOST, MOST)
    assert shown(stretches((20, 25), numbers=numbers)) == [(TEXT[20:25], MOST + 1, False)]


FOUND = ArticleHits("خلفوف", "/search/?q=%D8%AE", total=2)


def test_each_hit_is_marked_with_its_anchor_and_text_is_text() -> None:
    cut = [Stretch(Piece("<b>قطر"), (HitPart("<b>"), HitPart("قطر", 1, True)))]
    assert woven_hits(cut) == '&lt;b&gt;<mark id="hit-1">قطر</mark>'


def test_a_word_that_stands_without_the_others_is_marked_so() -> None:
    (stretch,) = _Numbers().cut([Piece("وزير")], [_Place(0, 4, True)])
    assert woven_hits([stretch]) == '<mark id="hit-1" class="alone">وزير</mark>'


def test_a_mention_leads_to_its_record_and_is_marked_inside() -> None:
    html = woven_hits(stretches(at("خلفوف")))
    assert '<a class="mention" href="/officials/khalaf-khalafov/" title="خلف خلفوف">' in html
    assert re.search(r'<a [^>]*>خلف <mark id="hit-1">خلفوف</mark></a>', html)


@pytest.mark.parametrize(
    ("number", "ways"), [(1, ["#hit-2", FOUND.back_url]), (2, ["#hit-1", FOUND.back_url]), (0, [])]
)
def test_a_hit_leads_to_the_ones_beside_it_and_back(number: int, ways: list[str]) -> None:
    piece = Stretch(Piece("قطر"), (HitPart("قطر", number, number > 0),))
    with override("en"):
        bar = hop([piece], FOUND)
    assert re.findall(r'href="([^"]+)"', bar) == ways
    assert (f"Hit {number} of 2" in bar) is (number > 0)


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("en", "ltr")])
def test_the_bar_is_in_the_readers_language_whatever_the_text_is_in(language: str, direction: str) -> None:
    piece = Stretch(Piece("قطر"), (HitPart("قطر", 1, True),))
    with override(language):
        bar = hop([piece], FOUND)
    assert f'lang="{language}" dir="{direction}"' in bar
