"""The page of the concordance and its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from archive.articles.models import Article
from archive.authorities.directory import directory
from archive.authorities.models import Kind
from archive.pages.interface import reader_language
from search.answer.service import ask
from search.export import tables
from search.pages.views import pagination
from search.question.address import VIEW_READ, read_request, url
from search.request import SearchRequest
from search.ways.concordance.made import (
    ARTICLES,
    FILE_ARTICLES,
    FILE_LINES,
    Concordance,
    ConcordanceRow,
    concordance,
    every_row,
)
from search.ways.frame import Options, WayFile, WayPage, way_file, way_page
from search.ways.kwic import ORDERS

VIEW: Final = "concordance"
COLUMNS: Final = (
    "identifier", "url", "date", "source", "language", "title", "field", "start", "end", "before", "match", "after",
)  # fmt: skip


@way_page("search/concordance.html")
def page(request: HttpRequest) -> WayPage:
    asked, order = _read(request)
    found = concordance(asked, order)
    return WayPage(found.page, _context(found, asked, order))


@way_file
def export(request: HttpRequest) -> WayFile | None:
    """The lines of the result set, in the order of its articles; in another order, the lines of the page's."""
    asked, order = _read(request)
    most = ARTICLES if order else min(FILE_ARTICLES, settings.EXPORT_LIMIT)
    found = ask(asked, 0, most)
    if found.understood.parsed.refused:
        return None
    rows = every_row(found, asked.names, order, reader_language())
    lines = list(islice(cells(rows, request.build_absolute_uri), FILE_LINES + 1))
    is_cut = len(lines) > FILE_LINES or found.answer.total > len(found.answer.found)
    return WayFile(VIEW, COLUMNS, lines[:FILE_LINES], is_cut)


def _read(request: HttpRequest) -> tuple[SearchRequest, str]:
    asked, order = read_request(request.GET), request.GET.get("by", "")
    order = order if order in ORDERS else ""
    return asked.in_view(VIEW, options_of(order)).on_page(asked.page), order


def _context(found: Concordance, asked: SearchRequest, order: str) -> dict[str, Any]:
    return {
        "lines": found,
        "rows": told_rows(found.rows, lambda row: hit_url(row, asked)),
        "pagination": pagination(asked, found.pages),
        "order_groups": order_groups(lambda name: url(asked.in_view(VIEW, options_of(name))), order),
        "files": tables.links(reverse("concordance-export"), asked),
        "most_lines": FILE_LINES if found.is_cut else 0,
        "most_articles": FILE_ARTICLES,
        "headers": headers(),
    }


def options_of(order: str) -> Options:
    return (("by", order),) if order else ()


def headers() -> list[str]:
    return [gettext("Before"), gettext("Match"), gettext("After"), gettext("Report")]


def told_rows(rows: Iterable[ConcordanceRow], address: Callable[[ConcordanceRow], str]) -> list[dict[str, Any]]:
    """Lines as the table of a page shows them; `address` says where the place of one is read."""
    names, language = directory(), reader_language()
    return [
        {
            "article": row.article,
            "line": row.line,
            "field": row.field,
            "is_alone": row.is_alone,
            "source": _source(row.article, names.label, language),
            "url": address(row),
        }
        for row in rows
    ]


def order_groups(address: Callable[[str], str], order: str) -> list[dict[str, Any]]:
    """Links to the orders of the lines, those before the match from far to near, as they stand on the page."""

    def link(name: str) -> dict[str, Any]:
        return {"number": name[-1:], "url": address(name), "current": name == order}

    return [
        {"label": gettext("by word before:"), "links": [link(name) for name in ORDERS if name.startswith("before")]},
        {"label": gettext("by word after:"), "links": [link(name) for name in ORDERS if name.startswith("after")]},
        {"label": "", "links": [link("")]},
    ]


def hit_url(row: ConcordanceRow, asked: SearchRequest) -> str:
    """The hit in its article, which marks what was asked and leads back to these lines."""
    query = replace(asked, options=(*asked.options, (VIEW_READ, VIEW))).to_query()
    return f"{row.article.get_absolute_url()}?{query}#hit-{row.number}"


def _source(article: Article, label: Any, language: str) -> str:
    if article.source is None:
        return article.source_as_printed
    return str(label(Kind.SOURCE, article.source.slug, language))


def cells(rows: Iterator[ConcordanceRow], address: Any) -> Iterator[tuple[object, ...]]:
    names = directory()
    for row in rows:
        article, line = row.article, row.line
        yield (
            article.identifier, address(article.get_absolute_url()),
            article.dated_on.isoformat() if article.dated_on else "", _source(article, names.label, "en"),
            article.language, article.title, row.field, line.start, line.end,
            line.before.strip(), line.match, line.after.strip(),
        )  # fmt: skip
