"""The page of regular expressions and its tables."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from archive.articles.rights import Audience
from search.answer.service import ask
from search.export import tables
from search.pages.views import pagination
from search.question.address import VIEW_READ, clean_query, read_request, url
from search.request import SearchRequest
from search.ways.concordance.made import ConcordanceRow, dressed
from search.ways.concordance.views import COLUMNS, cells, headers, order_groups, told_rows
from search.ways.expression.made import (
    FILE_ARTICLES,
    FILE_LINES,
    ExpressionAsked,
    ExpressionFound,
    ExpressionReading,
    expression_in,
)
from search.ways.expression.patterns import LONGEST, BadExpression, expression
from search.ways.frame import Options, WayFile, WayPage, option_links, way_file, way_page
from search.ways.kwic import ORDERS

VIEW: Final = "expression"
WRITTEN: Final = "written"


@way_page("search/expression.html")
def page(request: HttpRequest) -> WayPage:
    asked, wanted = _read(request)
    found = expression_in(asked, wanted)
    return WayPage(found.page, _context(found, asked, wanted), is_hurried=found.is_hurried, is_refused=bool(found.bad))


@way_file
def export(request: HttpRequest) -> WayFile | None:
    """The lines of the result set in the order of its articles, up to `FILE_LINES`."""
    asked, wanted = _read(request)
    found = ask(asked, 0, min(FILE_ARTICLES, settings.EXPORT_LIMIT))
    try:
        sought = expression(wanted.typed, is_folded=not wanted.is_written)
    except BadExpression:
        return None
    if found.understood.parsed.refused:
        return None
    reading = ExpressionReading(found, sought, Audience.BULK)
    lines = list(islice(reading.lines(), FILE_LINES + 1))
    is_cut = len(lines) > FILE_LINES or reading.is_hurried or found.answer.total > len(found.answer.found)
    rows = list(cells(dressed(lines[:FILE_LINES]), request.build_absolute_uri))
    return WayFile(VIEW, COLUMNS, rows, is_cut)


def _read(request: HttpRequest) -> tuple[SearchRequest, ExpressionAsked]:
    asked, wanted = read_request(request.GET), wanted_of(request.GET)
    return asked.in_view(VIEW, options_of(wanted)).on_page(asked.page), wanted


def wanted_of(parameters: QueryDict) -> ExpressionAsked:
    """What an address asks of this view alone; a longer expression is read one sign too long, and refused so."""
    order = parameters.get("by", "")
    return ExpressionAsked(
        clean_query(parameters.get("re", ""))[: LONGEST + 1],
        parameters.get("letters", "") == WRITTEN,
        order if order in ORDERS else "",
    )


def options_of(wanted: ExpressionAsked) -> Options:
    named = (("re", wanted.typed), ("letters", WRITTEN * wanted.is_written), ("by", wanted.order))
    return tuple((name, value) for name, value in named if value)


def _context(found: ExpressionFound, asked: SearchRequest, wanted: ExpressionAsked) -> dict[str, Any]:
    letters = [
        (gettext("as the search compares them"), replace(wanted, is_written=False)),
        (gettext("as written"), replace(wanted, is_written=True)),
    ]

    def ordered(order: str) -> str:
        return url(asked.in_view(VIEW, options_of(replace(wanted, order=order))))

    return {
        "sort_links": [],
        "lines": found,
        "typed": wanted.typed,
        "bad": why_bad(found.bad) if found.bad else "",
        "rows": told_rows(found.rows, lambda row: place_url(row, asked)),
        "headers": headers(),
        "order_groups": order_groups(ordered, wanted.order),
        "groups": [
            {
                "name": pgettext("how spellings are compared", "Letters"),
                "links": option_links(asked, options_of, wanted, letters),
            }
        ],
        "kept": parse_qsl(asked.in_view(VIEW, options_of(replace(wanted, typed=""))).to_query()),
        "pagination": pagination(asked, found.pages),
        "files": tables.links(reverse("expression-export"), asked),
        "most_lines": FILE_LINES if found.is_cut else 0,
        "most_articles": FILE_ARTICLES,
    }


def place_url(row: ConcordanceRow, asked: SearchRequest) -> str:
    """The place in its article, to which a browser scrolls by the words that stand there."""
    query = replace(asked, options=(*asked.options, (VIEW_READ, VIEW))).to_query()
    words = " ".join(row.line.match.split())
    return f"{row.article.get_absolute_url()}?{query}#:~:text={quote(words, safe='').replace('-', '%2D')}"


def why_bad(error: BadExpression) -> str:
    """The reason in a sentence, with the part that is meant isolated from it."""
    told = {
        "too-long": gettext("An expression has at most %(most)s signs.") % {"most": LONGEST},
        "too-large": gettext("This expression is too large: its repetitions stand for too many signs."),
        "matches-nothing": gettext("This expression also fits where nothing stands. Leave out what may be missing."),
        "word-edge": gettext(r"\b and \B know the edges of Latin words alone. Write a space, or [^\w], instead."),
        "not-closed": gettext("A parenthesis is opened and not closed."),
        "not-opened": gettext("A parenthesis is closed that was not opened. Before a parenthesis as such stands \\."),
        "no-bracket": gettext("A square bracket is opened and not closed."),
        "nothing-to-repeat": gettext("Nothing stands before a sign of repetition (* + ? {}) that it could repeat."),
        "repeated-twice": gettext("Two signs of repetition stand one after the other."),
        "repeated-too-often": gettext("In {…} stand one or two numbers up to 1,000, the smaller one first."),
        "unknown-sign": gettext("A backslash stands before a sign with which it means nothing here."),
        "looks-around": gettext("What looks ahead or behind, as (?= and (?<=, is not known here."),
        "bad-range": gettext("In square brackets stands a range that there is not, or that ends before it begins."),
        "ends-with-backslash": gettext("A backslash stands at the end; with nothing behind it, it means nothing."),
    }
    sentence = told.get(error.code, gettext("This cannot be read as a regular expression."))
    return f"{sentence} \u2068{error.part}\u2069" if error.part else sentence
