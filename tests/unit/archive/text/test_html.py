"""Texts as HTML and tables as CSV: escaped, with their direction, and with no formula that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest

from archive.calendars.digits import in_digits_of
from archive.text.html import address, isolated, marked, woven
from archive.text.languages import direction, reading_language
from archive.text.tables import as_csv, harmless
from search.results import Highlighted


def test_a_value_leaves_the_direction_of_the_words_around_it_alone() -> None:
    assert isolated("قطر & <b>") == "<bdi>قطر &amp; &lt;b&gt;</bdi>"
    assert isolated("قطر", "fa") == '<bdi lang="fa" dir="rtl">قطر</bdi>'
    assert isolated("Baku", "en") == '<bdi lang="en" dir="ltr">Baku</bdi>'


def test_parts_of_an_address_in_arabic_letters_keep_their_places_and_nothing_is_added_to_it() -> None:
    shown = address("http://a.net/ar/خفض-تصنيف/93?q=قطر&خ")
    assert shown == "http://a.net/ar/<bdi>خفض-تصنيف</bdi>/93?q=<bdi>قطر</bdi>&amp;<bdi>خ</bdi>"
    assert address("https://a.net/?a=1&b=2") == "https://a.net/?a=1&amp;b=2"


def test_a_match_is_marked_and_joins_the_letters_beside_it() -> None:
    assert marked(Highlighted("والدوحة", ((1, 7),))) == "و<mark>الدوحة</mark>"
    assert marked(Highlighted("<i>قطر</i>", ((3, 6),))) == "&lt;i&gt;<mark>قطر</mark>&lt;/i&gt;"
    assert marked("<b>") == "&lt;b&gt;"


def test_a_text_that_was_cut_says_so_at_the_side_where_it_was() -> None:
    assert marked(Highlighted("قطر", (), cut_before=True)) == "… قطر"
    assert marked(Highlighted("قطر", (), cut_after=True)) == "قطر …"


def piece(text: str, url: str = "", title: str = "", kind: str = "") -> Any:
    return SimpleNamespace(text=text, url=url, title=title, kind=kind)


@pytest.mark.parametrize(
    ("given", "html"),
    [
        (piece("<قطر>"), "&lt;قطر&gt;"),
        (piece("قطر", kind="match"), "<mark>قطر</mark>"),
        (piece("قطر", "/countries/qa/"), '<a class="mention" href="/countries/qa/">قطر</a>'),
        (
            piece("قطر", "/x?a=1&b=2", 'a "b"'),
            '<a class="mention" href="/x?a=1&amp;b=2" title="a &quot;b&quot;">قطر</a>',
        ),
    ],
)
def test_a_piece_is_linked_where_it_names_a_record(given: Any, html: str) -> None:
    assert woven([given]) == html


def test_nothing_stands_between_a_particle_and_its_name() -> None:
    assert woven([piece("و"), piece("أذربيجان", "/countries/az/")]).startswith("و<a ")


FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\u200f=1", "＝1", "'=1", "\r=1", "\u202b-1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["خلفوف", "1+1", "a=b", "", "2020-10-26", "«قطر»"])
def test_any_other_cell_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", [*FORMULAS, "خلفوف", 'a "b", c', "two\nlines"])
def test_a_reader_of_the_file_has_the_text_as_it_was(text: str) -> None:
    written = "".join(as_csv(["text"], [[text]]))
    _names, (read,) = list(csv.reader(io.StringIO(written, newline="")))
    assert (read if read == text else read.removeprefix("'")) == text


def test_several_values_of_a_cell_are_parted_and_lines_end_as_the_standard_says() -> None:
    assert list(as_csv(["match", "countries"], [["خلفوف", ["قطر", "لاتفيا"]], [7, []]])) == [
        "match,countries\r\n",
        "خلفوف,قطر | لاتفيا\r\n",
        "7,\r\n",
    ]
    assert list(as_csv(["only"], [])) == ["only\r\n"]


@pytest.mark.parametrize(
    ("code", "read", "written"),
    [
        ("ar", "ar", "rtl"),
        ("fa", "fa", "rtl"),
        ("en", None, "ltr"),
        ("ur", None, "rtl"),
        ("und", None, "auto"),
        ("", None, "auto"),
        (None, None, "auto"),
    ],
)
def test_a_language_has_its_direction_and_two_are_read(code: str | None, read: str | None, written: str) -> None:
    assert (reading_language(code), direction(code)) == (read, written)


def test_digits_are_those_of_the_readers_language() -> None:
    assert in_digits_of("fa", "2020-10-26") == "۲۰۲۰-۱۰-۲۶"
    assert in_digits_of("en", "2020") == "2020"
