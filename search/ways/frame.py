"""What all views of a result set have in common: how a page and its file are bounded, kept, refused and answered.

A view makes a `WayPage` or a `WayFile`; None in place of a file is a query that is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.pages.bounds import View, heavy
from search.export import tables
from search.pages.views import context
from search.question.address import url
from search.request import SearchRequest
from search.results import ResultPage
from search.web.caching import revalidated
from search.web.unavailable import for_programs, for_readers

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WayPage:
    """What stands around a view, and what its template is told beside.

    `is_hurried`: it was made of less than usual, so nobody is given it twice. `is_refused`: beside a query that is not
    asked, something else in the address cannot be (400).
    """

    found: ResultPage
    told: Mapping[str, Any] = field(default_factory=dict)
    is_hurried: bool = False
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class WayFile:
    """A table as a file: the view that it is of, the names of its columns, its rows; `is_cut`: they are not all."""

    view: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    is_cut: bool = False


def way_page(template: str) -> Callable[[Callable[[HttpRequest], WayPage]], View]:
    """A view of a result set as a page: in bounds, made once for all who would get the same."""

    def decorated(made: Callable[[HttpRequest], WayPage]) -> View:
        @wraps(made)
        def answered(request: HttpRequest) -> HttpResponseBase:
            page = made(request)
            told = {**context(page.found), **page.told}
            status = 400 if page.found.refused or page.is_refused else 200
            response = render(request, template, told, status=status)
            return _not_kept(response) if page.is_hurried else response

        return require_safe(revalidated(for_readers(heavy(answered))))

    return decorated


def way_file(made: Callable[[HttpRequest], WayFile | None]) -> View:
    """The table of a view as a file in the format that the address names."""

    @wraps(made)
    def answered(request: HttpRequest) -> HttpResponseBase:
        file = made(request)
        if file is None:
            return tables.refused()
        return tables.table(request, file.view, file.columns, file.rows, is_cut=file.is_cut)

    return require_safe(revalidated(for_programs(heavy(answered))))


def _not_kept(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store"
    return response


def option_links(
    asked: SearchRequest, options: Callable[[Any], Options], wanted: Any, changes: Iterable[tuple[str, Any]]
) -> list[dict[str, Any]]:
    """Links to the same view with another choice, each by its label; `options` are the parameters of a choice."""
    return [
        {"label": label, "current": changed == wanted, "url": url(asked.in_view(asked.view, options(changed)))}
        for label, changed in changes
    ]
