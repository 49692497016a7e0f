"""`manage.py search_archive QUERY`: the search in a terminal, also in one that knows nothing of right-to-left text."""

from __future__ import annotations

import argparse
import html
import shutil
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext, ngettext

from archive.articles.citing.cited import LANGUAGES
from archive.articles.reading import dates
from archive.articles.visual.visual import for_terminal, is_rtl
from archive.pages.shown import localnumber
from search import ResultPage, SearchRequest, search
from search.engine.protocol import SearchUnavailable
from search.question.address import read_request
from search.request import FACETS, NOT, SORTS
from search.results import Facet, Hit

SHOWN_VALUES = 10
WIDEST = 100
INDENT = 4


class Command(BaseCommand):
    help = "Search the archive in the terminal, with the query language of the search page."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("query", nargs="*", metavar="QUERY", help="words; nothing lists the newest articles")
        for facet in FACETS:
            parser.add_argument(
                f"--{facet}", action="append", default=[], metavar="ID", help=f"narrow by {facet}; may be repeated"
            )
            parser.add_argument(
                f"--{NOT}{facet}", action="append", default=[], metavar="ID", help=f"leave out a {facet}; likewise"
            )
        for end, day in (("from", "first"), ("until", "last")):
            parser.add_argument(
                f"--{end}", default="", metavar="DATE", help=f"the {day} day: 2023-10, ۱۴۰۲/۰۷, «مهر ۱۴۰۲»"
            )
        parser.add_argument("--sort", choices=SORTS, default="", help="order of the results")
        parser.add_argument("--limit", type=_positive, default=10, metavar="N", help="how many results (10)")
        parser.add_argument("--facets", action="store_true", help="show the values of every facet with their counts")
        parser.add_argument("--ui", choices=LANGUAGES, default="en", help="language of labels and dates (en)")
        order = parser.add_mutually_exclusive_group()
        order.add_argument(
            "--visual",
            dest="visual",
            action="store_true",
            default=None,
            help="shape and reorder text for a terminal without bidi; so in a terminal when nothing is said",
        )
        order.add_argument(
            "--logical", dest="visual", action="store_false", help="text as it is stored; so in a pipe or a file"
        )

    def handle(self, **options: Any) -> None:
        visual = self.stdout.isatty() if options["visual"] is None else options["visual"]
        screen = Screen(visual, min(shutil.get_terminal_size().columns, WIDEST))
        with translation.override(options["ui"]):
            try:
                page = search(asked(options), size=options["limit"])
            except SearchUnavailable as error:
                raise CommandError(f"The search cannot answer: {error.reason}") from error
            if page.refused:
                raise CommandError("\n".join(html.unescape(strip_tags(notice)) for notice in page.notices))
            for line in _page(page, screen, options["ui"], facets=options["facets"]):
                self.stdout.write(line)


def _positive(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError("write a whole number from 1 to 1000")
    return int(text)


def asked(options: dict[str, Any]) -> SearchRequest:
    """The request that the search page would make of the same words and values."""
    parameters = QueryDict(mutable=True)
    parameters["q"] = " ".join(options["query"])
    for name in ("sort", "from", "until"):
        parameters[name] = options[name]
    for facet in FACETS:
        parameters.setlist(facet, options[facet])
        parameters.setlist(NOT + facet, options[f"not_{facet}"])
    return read_request(parameters)


class Screen:
    """Lines of a terminal: broken in logical order, then shaped and reordered where that is wanted."""

    def __init__(self, visual: bool, columns: int) -> None:
        self.visual = visual
        self.columns = max(columns, 2 * INDENT + 20)

    def lines(self, text: str, indent: int = 0) -> Iterator[str]:
        """A text within the width, indented on the side where it begins."""
        rtl = is_rtl(text)
        room = self.columns - indent
        for line in _broken(text, room) if self.visual else [text]:
            if not self.visual:
                yield f"{' ' * indent}{line}"
            elif rtl:
                shown = for_terminal(line, rtl=True)
                yield " " * max(room - columns(shown), 0) + shown
            else:
                yield " " * indent + for_terminal(line, rtl=False)


def _broken(text: str, room: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and columns(longer) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: none for marks, two for wide letters.

    >>> columns("قَطَر"), columns("قطر")
    (3, 3)
    """
    none = {"Mn", "Me", "Cf", "Cc"}
    return sum(
        0 if unicodedata.category(letter) in none else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def _page(page: ResultPage, screen: Screen, language: str, *, facets: bool) -> Iterator[str]:
    counted = ngettext("%(found)s article", "%(found)s articles", page.total) % {"found": localnumber(page.total)}
    yield from screen.lines(f"{counted} / {localnumber(page.archive_total)}")
    for notice in page.notices:
        yield from screen.lines(html.unescape(strip_tags(notice)))
    for expansion in page.expansions:
        yield from screen.lines(f"{expansion.typed} + {expansion.label}: {' | '.join(expansion.forms)}")
    for number, hit in enumerate(page.hits, start=1):
        yield ""
        yield from _hit(hit, number, screen, language)
    if facets:
        for facet in page.facets:
            yield from _facet(facet, screen)


def _hit(hit: Hit, number: int, screen: Screen, language: str) -> Iterator[str]:
    """Number and title, source with date and language, the fragment, the address."""
    article = hit.article
    date = dates(article, language)
    day = date["solar_hijri" if language == "fa" else "gregorian"] or date["gregorian"] or gettext("Undated")
    if article.is_date_inferred:
        day = f"[{day}]"
    source = getattr(article, "source_label", "") or article.source_as_printed
    yield from screen.lines(f"{number}. {hit.title.text}")
    yield from screen.lines(" · ".join(filter(None, [source, day, article.get_language_display()])), INDENT)
    yield from screen.lines(_cut(hit), INDENT)
    yield f"{' ' * INDENT}{article.get_absolute_url()}"


def _cut(hit: Hit) -> str:
    fragment = hit.fragment
    before, after = ("… " if fragment.cut_before else ""), (" …" if fragment.cut_after else "")
    return f"{before}{' '.join(fragment.text.split())}{after}"


def _facet(facet: Facet, screen: Screen) -> Iterator[str]:
    """The values of a facet, the chosen with a star and the excluded with a minus, each with its identifier.

    Where the question narrows, a count stands beside that of the whole archive: `12/40`.
    """
    values = [value for value in facet.values if value.count or value.chosen or value.excluded]
    if values:
        yield ""
        yield from screen.lines(f"{facet.title} (--{facet.name})")
    for value in values[:SHOWN_VALUES]:
        chosen = "*" if value.chosen else "-" if value.excluded else " "
        count = localnumber(value.count) + (f"/{localnumber(value.total)}" if value.total != value.count else "")
        told = f"{value.label} ({value.value})" if value.label != value.value else value.label
        yield f"  {chosen} {count:>9}  " + (for_terminal(told, rtl=is_rtl(told)) if screen.visual else told)
    if facet.size > SHOWN_VALUES:
        yield f"              … {localnumber(facet.size - SHOWN_VALUES)}"
