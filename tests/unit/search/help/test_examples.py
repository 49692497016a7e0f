"""The page of help shows what the page on the search box says, as links that the search reads so."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from search.help.examples import SECTIONS, examples
from search.question.address import read_request

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(SECTIONS.values()))
def test_every_section_has_examples_that_ask_what_they_show(name: str) -> None:
    assert examples()[name]
    for example in examples()[name]:
        assert read_request(QueryDict(example.url.partition("?")[2])).q == example.text


@pytest.mark.parametrize(("language", "heading"), [("en", "Words"), ("ar", "الكلمات"), ("fa", "واژه‌ها")])
def test_help_is_told_in_the_readers_language(client: Client, language: str, heading: str) -> None:
    page = client.get("/help/", headers={"Accept-Language": language}).content.decode()
    assert f'<h2 class="ruled" id="words">{heading}</h2>' in page
    assert "<bdi>خلفوف لاتفيا</bdi></a>" in page and "<bdi>تاریخ:«مهر ۱۴۰۲»</bdi></a>" in page


def test_the_three_languages_have_the_same_sections_and_examples(client: Client) -> None:
    def skeleton(language: str) -> list[str]:
        page = client.get("/help/", headers={"Accept-Language": language}).content.decode()
        main = page.partition("<main")[2].partition("</main>")[0]
        return [part for part in main.replace(">", "<").split("<") if part.startswith(("h2 ", "a ", "dt", "dd", "ul"))]

    assert skeleton("ar") == skeleton("fa") == skeleton("en")
