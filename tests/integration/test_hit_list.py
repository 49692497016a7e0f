"""The list of hits is written by code; `tests/templates/hits.html` says the same as a template."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.template import engines
from django.test import Client
from django.utils.translation import override

from archive.articles.models import Article
from search.pages.hit_list import hits, other_hits
from search.question.address import url
from search.results import FoldedStory, Hit
from tests import ROOT
from tools.pages.asking import Response
from tools.pages.comparing import Likeness, likeness_of

pytestmark = pytest.mark.django_db
TEMPLATE = engines["django"].from_string((ROOT / "tests" / "templates" / "hits.html").read_text("utf-8"))
HTML = (("Content-Type", "text/html"),)


def alike(one: str, other: str) -> bool:
    """Whether two pieces of markup are equal but for white space that nobody sees."""
    answers = [Response(200, HTML, text.encode()) for text in (one, other)]
    return likeness_of(*answers) in {Likeness.EQUAL, Likeness.SPACED}


def dressed(found: list[Hit]) -> list[Hit]:
    """The hits with everything that one can have: a story behind it, a kicker, no date, a day of another calendar."""
    first, second, *others = (hit.article for hit in found)
    first.kicker, first.title = "خبر & <عاجل>", 'قال "نعم" & <b>لا</b>'
    second.dated_on, second.source_label, second.source_as_printed = None, "", "<صحيفة>"
    others[0].date_calendar, others[0].date_certainty = "solar_hijri", "inferred"
    others[1].date_precision, others[1].language, others[1].country_links = "month", "und", []
    story = FoldedStory((second, others[0]), (("ar", 1), ("fa", 3)))
    return [replace(found[0], story=story), replace(found[1], weak=True), *found[2:]]


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
@pytest.mark.parametrize(
    "query", ["", "q=قطر&lang=ar", 'q=خلفوف&country=az&x="', "q=%3Cb%3E OR قطر OR خلفوف OR و OR في OR صلح"]
)
def test_hits_by_code_are_those_of_the_template(
    five: dict[str, Article], ramin: Client, language: str, query: str
) -> None:
    response = ramin.get(f"/search/?{query}", headers={"accept-language": language})
    page = response.context["page"]
    context: dict[str, Any] = {
        "page": page,
        "request": response.wsgi_request,
        "ui_language": language,
        "ui_direction": "ltr" if language == "en" else "rtl",
        "on_shelf": {five["002"].identifier},
        "unfolded": url(replace(page.request, fold=False)),
    }
    found = dressed(list(page.hits)) if len(page.hits) > 3 else list(page.hits)
    assert found
    with override(language):
        as_template = TEMPLATE.render(context | {"found": found, "heading": "h2"}, response.wsgi_request)
        assert alike(hits(context, found), as_template)
        as_template = TEMPLATE.render(
            context | {"found": found, "heading": "h3", "second": True}, response.wsgi_request
        )
        assert alike(other_hits(context, found), as_template)
