"""Pages by date: the years of the archive, the months of a year, the days of a month, the reports of a day."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.articles.models import Article
from archive.articles.reading import listed
from archive.pages.interface import reader_calendar, reader_language
from search.browse.charts import DateHistogram, calendars, in_bucket, rows_of
from search.browse.days import address, days, in_calendars, named, path_to
from search.browse.state import revalidated
from search.dates.buckets import DateBucket, Unit, buckets, outside
from search.dates.labels import bucket_label
from search.export.views import links, most_in_files
from search.pages.date_panel import DateLink
from search.question.address import url
from search.request import UNDATED, SearchRequest

SHOWN: Final = 20
BELOW: Final[dict[Unit, Unit]] = {"year": "month", "month": "day"}


@require_safe
@revalidated
def years(request: HttpRequest) -> HttpResponse:
    """`/dates/`: the years in the reader's calendar, and the undated."""
    counted, calendar = days(), reader_calendar()
    context = {
        "page_title": gettext("Dates"),
        "panel": DateHistogram("year", rows_of(buckets(counted, calendar, "year"), address)),
        "calendars": calendars(),
        "undated": counted.get(0, 0),
        "undated_url": url(SearchRequest().with_values("year", [UNDATED])),
        "beyond": outside(counted, calendar),
        "total": sum(counted.values()),
        "search_url": url(SearchRequest()),
    }
    return render(request, "browse/dates.html", context)


@require_safe
@revalidated
def period(request: HttpRequest, calendar: str, year: int, month: int = 0, day: int = 0) -> HttpResponse:
    """`/dates/solar/1402/7/`: the days of a month with their counts, and its reports; whatever calendar is chosen."""
    try:
        bucket = named(calendar, year, month, day)
    except (ValueError, OverflowError) as error:
        raise Http404(str(error)) from error
    return render(request, "browse/dates.html", _context(bucket, days()))


def _context(bucket: DateBucket, counted: dict[int, int]) -> dict[str, Any]:
    language, asked = reader_language(), in_bucket(SearchRequest(), bucket)
    total = sum(n for day, n in counted.items() if bucket.first.toordinal() <= day <= bucket.last.toordinal())
    within = Article.objects.published().filter(dated_on__range=(bucket.first, bucket.last))
    return {
        "page_title": bucket_label(bucket, language),
        "path": path_to(bucket, language),
        "previous": _step(bucket.previous, language),
        "next": _step(bucket.next, language),
        "panel": _below(bucket, counted),
        "calendars": in_calendars(bucket.first, bucket.unit, bucket.calendar),
        "articles": listed(within.outlined().newest_first()[:SHOWN], language),
        "total": total,
        "search_url": url(asked),
        "links": links(asked) if total else [],
        **most_in_files(total),
    }


def _below(bucket: DateBucket, counted: dict[int, int]) -> DateHistogram | None:
    unit = BELOW.get(bucket.unit)
    if unit is None:
        return None
    return DateHistogram(unit, rows_of(buckets(counted, bucket.calendar, unit, bucket.first, bucket.last), address))


def _step(bucket: DateBucket | None, language: str) -> DateLink | None:
    return DateLink(bucket_label(bucket, language), address(bucket)) if bucket else None
