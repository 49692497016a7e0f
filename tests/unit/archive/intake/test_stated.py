"""What a giver says goes before what the page says; the text of a record is its giver's, and is not searched."""

from __future__ import annotations

import doctest

import pytest
from django.utils.translation import gettext, override

from archive.extraction import ExtractionError
from archive.extraction.page import errors
from archive.intake import stated
from archive.intake.reading.items import Item, Stated
from archive.intake.stated import extracted_from, moment
from tests.unit.archive.intake.wholes import FIVE, page

LIMIT = 10_000_000
TITLE, BODY = FIVE[0].title, FIVE[0].body
PARAGRAPHS = FIVE[0].paragraphs
MARKUP = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)


def read(said: Stated, payload: bytes = b"{}", **more: object) -> tuple[str, tuple[str, ...]]:
    found = extracted_from(Item("a.json:1", payload, "application/json", said, **more), LIMIT)  # type: ignore[arg-type]
    return found.title, found.paragraphs


def test_the_examples_of_the_module_hold() -> None:
    assert not doctest.testmod(stated).failed


@pytest.mark.parametrize(
    "said",
    [
        Stated(title=TITLE, body=BODY),
        Stated(title=f"  {TITLE}\n", body=f"\n{BODY}\n\n"),
        Stated(title=TITLE, body=f"{TITLE}\n\n{BODY}"),
        Stated(title=TITLE, body=f"1 ديسمبر 2019\n{BODY}"),
        Stated(title=TITLE, html=MARKUP),
        Stated(title=TITLE, html=f"<h1>{TITLE}</h1>{MARKUP}"),
        Stated(title=TITLE, html=page(0)),
    ],
)
def test_title_and_text_of_a_record_are_those_of_the_article(said: Stated) -> None:
    assert read(said) == (TITLE, PARAGRAPHS)


def test_lines_that_a_page_would_lose_stay_in_a_record() -> None:
    body = f"{PARAGRAPHS[0]}\nاقرأ أيضا: القمة العربية\n{PARAGRAPHS[1]}"
    assert read(Stated(title=TITLE, body=body))[1] == tuple(body.split("\n"))


def test_a_post_whose_text_is_its_title_keeps_it() -> None:
    assert read(Stated(title=PARAGRAPHS[0], body=PARAGRAPHS[0])) == (PARAGRAPHS[0], (PARAGRAPHS[0],))


@pytest.mark.parametrize("said", [Stated(title=TITLE, body="***"), Stated(title=TITLE, html="<p> </p>")])
def test_a_record_without_letters_is_no_article(said: Stated) -> None:
    with pytest.raises(ExtractionError):
        extracted_from(Item("a", b"{}", stated=Stated(body=said.body, html=said.html)), LIMIT)


def test_what_is_said_beside_a_page_goes_before_what_it_says() -> None:
    said = Stated(title="عنوان آخر", date="2020-10-21", source="قنا", address="https://news.example/9", language="fa")
    found = extracted_from(Item("a.html", page(0).encode(), "text/html", said), LIMIT)
    assert (found.title, found.paragraphs, found.target_uri) == ("عنوان آخر", PARAGRAPHS, "https://news.example/9")
    assert found.source is not None and (found.source.name, found.source.evidence.rule) == ("قنا", "giver")
    assert found.date_lines[0].text == "2020-10-21"
    assert found.language == "ar"  # a guess that the text bears out is not overruled
    for evidence in (found.source.evidence, found.date_lines[0]):
        assert found.page_text[evidence.start : evidence.end] == evidence.text


def test_the_language_that_a_giver_states_decides_where_the_text_does_not() -> None:
    assert extracted_from(Item("a", b"{}", stated=Stated(body="AzVision", language="fa-IR")), LIMIT).language == "fa"
    assert extracted_from(Item("a", b"{}", stated=Stated(body="AzVision")), LIMIT).language == "und"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2020-08-03T10:00:00+03:00", "2020-08-03T10:00:00+03:00"),
        ("2020-08-03 10:00", "2020-08-03T10:00:00+00:00"),
        ("1596448800", "2020-08-03T10:00:00+00:00"),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_moment_of_a_capture_is_read_or_left_open(text: str, told: str | None) -> None:
    found = moment(text)
    assert (found.isoformat() if found else None) == told


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_every_reason_of_extraction_is_told_in_the_language_of_the_reader(language: str) -> None:
    classes = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, ExtractionError)]
    with override(language):
        assert not [one.template for one in classes if gettext(one.template) == one.template]
