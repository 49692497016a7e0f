"""The page of the concordance and its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.articles.models import Article
from archive.authorities.directory import directory
from archive.authorities.models import Kind
from archive.pages.bounds import heavy
from archive.pages.interface import reader_language
from search.answer.service import ask
from search.export import tables
from search.pages.views import context, pagination
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
from search.ways.kwic import ORDERS
from search.web.caching import revalidated
from search.web.unavailable import for_programs, for_readers

VIEW: Final = "concordance"
COLUMNS: Final = (
    "identifier", "url", "date", "source", "language", "title", "field", "start", "end", "before", "match", "after",
)  # fmt: skip


@require_safe
@revalidated
@for_readers
@heavy
def page(request: HttpRequest) -> HttpResponse:
    asked, order = _read(request)
    found = concordance(asked, order)
    told = {**context(found.page), **_context(found, asked, order)}
    return render(request, "search/concordance.html", told, status=400 if found.page.refused else 200)


@require_safe
@revalidated
@for_programs
@heavy
def export(request: HttpRequest) -> HttpResponseBase:
    """The lines of the result set, in the order of its articles; in another order, the lines of the page's."""
    asked, order = _read(request)
    most = ARTICLES if order else min(FILE_ARTICLES, settings.EXPORT_LIMIT)
    found = ask(asked, 0, most)
    if found.understood.parsed.refused:
        return tables.refused()
    rows = every_row(found, asked.names, order, reader_language())
    cells = list(islice(_cells(rows, request.build_absolute_uri), FILE_LINES + 1))
    is_cut = len(cells) > FILE_LINES or found.answer.total > len(found.answer.found)
    return tables.table(request, VIEW, COLUMNS, cells[:FILE_LINES], is_cut=is_cut)


def _read(request: HttpRequest) -> tuple[SearchRequest, str]:
    asked, order = read_request(request.GET), request.GET.get("by", "")
    order = order if order in ORDERS else ""
    return asked.in_view(VIEW, (("by", order),) if order else ()).on_page(asked.page), order


def _context(found: Concordance, asked: SearchRequest, order: str) -> dict[str, Any]:
    names, language = directory(), reader_language()
    return {
        "concordance": found,
        "rows": [
            {
                "article": row.article,
                "line": row.line,
                "field": row.field,
                "is_alone": row.is_alone,
                "source": _source(row.article, names.label, language),
                "url": hit_url(row, asked),
            }
            for row in found.rows
        ],
        "pagination": pagination(asked, found.pages),
        "order_groups": _order_groups(asked, order),
        "files": tables.links(reverse("concordance-export"), asked),
        "most_lines": FILE_LINES if found.is_cut else 0,
        "most_articles": FILE_ARTICLES,
        "headers": [gettext("Before"), gettext("Match"), gettext("After"), gettext("Report")],
    }


def _order_groups(asked: SearchRequest, order: str) -> list[dict[str, Any]]:
    """Links to the orders of the lines, those before the match from far to near, as they stand on the page."""

    def link(name: str) -> dict[str, Any]:
        options = (("by", name),) if name else ()
        return {"number": name[-1:], "url": url(asked.in_view(VIEW, options)), "current": name == order}

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


def _cells(rows: Iterator[ConcordanceRow], address: Any) -> Iterator[tuple[object, ...]]:
    names = directory()
    for row in rows:
        article, line = row.article, row.line
        yield (
            article.identifier, address(article.get_absolute_url()),
            article.dated_on.isoformat() if article.dated_on else "", _source(article, names.label, "en"),
            article.language, article.title, row.field, line.start, line.end,
            line.before.strip(), line.match, line.after.strip(),
        )  # fmt: skip
