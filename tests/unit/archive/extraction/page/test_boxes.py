"""Which boxes of a page are its article after all: prose is weighed before the name of a style sheet is believed."""

from __future__ import annotations

import pytest

from archive.extraction.page.boxes import Box, SeenLine, closed_boxes, prose

SENTENCE = "عقدت وزارتا الخارجية في الدوحة مشاورات سياسية، وترأس الوفدين نائبا الوزيرين من البلدين."
HEADLINE = "وزير الخارجية القطري يستقبل سفير أذربيجان لدى الدولة في مكتبه"
PAGE = Box("", "", 0)


def lines(box: int, number: int, text: str = SENTENCE, **about: object) -> list[SeenLine]:
    return [SeenLine(text, box=box, **about)] * number  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "share"),
    [
        (SeenLine(SENTENCE), 1.0),
        (SeenLine(SENTENCE, role="quote"), 1.0),
        (SeenLine(HEADLINE), 0.5),  # many words and no stop: perhaps a headline
        (SeenLine("اقرأ أيضا: خلفوف في الدوحة"), 0.0),
        (SeenLine(SENTENCE, is_link=True), 0.0),
        (SeenLine(SENTENCE, role="heading"), 0.0),
        (SeenLine(SENTENCE, role="title"), 0.0),
        (SeenLine(""), 0.0),
    ],
)
def test_only_sentences_read_like_prose(line: SeenLine, share: float) -> None:
    assert prose(line) == int(len(line.text) * share)


def test_a_box_stays_furniture_beside_an_article_that_stands_open() -> None:
    assert closed_boxes([*lines(0, 5), *lines(1, 3)], [PAGE, Box("sidebar", "widget", 0)]) == [0, 1]


def test_a_box_that_holds_the_report_is_opened_whatever_it_is_called() -> None:
    assert closed_boxes(lines(1, 5), [PAGE, Box("sidebar", "widget Blog", 0)]) == [0, 0]
    assert closed_boxes([*lines(0, 1), *lines(1, 5)], [PAGE, Box("share-bar", "no-share", 0)]) == [0, 0]


def test_a_box_must_outweigh_an_open_paragraph_twice() -> None:
    boxes = [PAGE, Box("sidebar", "widget", 0)]
    assert closed_boxes([*lines(0, 2), *lines(1, 4)], boxes) == [0, 1]
    assert closed_boxes([*lines(0, 2), *lines(1, 5)], boxes) == [0, 0]


def test_the_parts_of_a_page_builder_open_together() -> None:
    parts = [Box("sidebar", "elementor-widget", 0) for _part in range(4)]
    shown = [line for box in (1, 2, 3, 4) for line in lines(box, 1)]
    assert closed_boxes([*lines(0, 1), *shown], [PAGE, *parts]) == [0, 0, 0, 0, 0]


def test_comments_are_opened_only_where_next_to_nothing_else_is_there() -> None:
    boxes = [PAGE, Box("comments", "comment", 0)]
    assert closed_boxes([*lines(0, 1), *lines(1, 4)], boxes) == [0, 1]
    assert closed_boxes([*lines(0, 1), *lines(1, 5)], boxes) == [0, 0]
    assert closed_boxes([*lines(0, 2), *lines(1, 16)], boxes) == [0, 1]
    assert closed_boxes([*lines(0, 2), *lines(1, 17)], boxes) == [0, 0]


def test_links_open_no_box_however_many_they_are() -> None:
    assert closed_boxes(lines(1, 50, is_link=True), [PAGE, Box("navigation", "menu", 0)]) == [0, 1]


def test_what_stands_in_a_closed_box_is_named_by_the_outermost_one() -> None:
    boxes = [PAGE, Box("footer", "footer", 0), Box("share-bar", "share", 1), Box("form", "mail", 2)]
    assert closed_boxes(lines(0, 3), boxes) == [0, 1, 1, 1]


def test_a_box_within_an_opened_one_is_weighed_by_itself() -> None:
    boxes = [PAGE, Box("sidebar", "main", 0), Box("related-list", "related", 1)]
    assert closed_boxes([*lines(1, 6), *lines(2, 1)], boxes) == [0, 0, 2]


def test_a_page_without_boxes_or_lines_is_open() -> None:
    assert closed_boxes([], [PAGE]) == [0]
    assert closed_boxes([], [PAGE, Box("sidebar", "widget", 0)]) == [0, 1]
