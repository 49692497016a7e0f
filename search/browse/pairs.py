"""The page of two countries: its meetings in the order of time, those proposed, and all reports that speak of both."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.articles.models import AccessPoint, Article, ArticleQuerySet
from archive.authorities.directory import directory
from archive.authorities.models import AuthorityRecord, Kind
from archive.meetings.models import Meeting
from archive.pages.bounds import heavy
from archive.pages.interface import reader_language
from search.browse.company import asking, pair_address
from search.browse.meetings import MOST, dressed, speaking, timeline
from search.browse.newest import newest_of
from search.browse.record import coverage, found_on
from search.browse.state import revalidated
from search.pages.views import feed_addresses


@require_safe
@revalidated
@heavy
def pair(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """`/countries/az/qa/`; in any other order, or by a record that was merged, it leads to that address."""
    records = [_present(slug) for slug in (one, other)]
    first, second = sorted(record.slug for record in records)
    if first == second:
        return redirect(records[0], permanent=True)
    if (first, second) != (one, other):
        return redirect(pair_address(first, second), permanent=True)
    return render(request, "browse/pair.html", _context(*records))


def _present(slug: str) -> AuthorityRecord:
    held = AuthorityRecord.objects.select_related("merged_into").filter(kind=Kind.COUNTRY, slug=slug).first()
    if held is None:
        raise Http404("no country of this code")
    present: AuthorityRecord = held.merged_into or held
    return present


def _context(one: AuthorityRecord, other: AuthorityRecord) -> dict[str, Any]:
    names, language = directory(), reader_language()
    labels = [names.label(Kind.COUNTRY, record.slug, language) for record in (one, other)]
    found = coverage(one, other, newest=MOST)
    both = speaking_of(one, other)
    newest = (
        newest_of(found, MOST, one, other) if found else list(both.newest_first().values_list("pk", flat=True)[:MOST])
    )
    held = Meeting.objects.of(one.slug, other.slug).by_time()
    confirmed, proposed = dressed(held.public()), dressed(held.proposed())
    sides = zip(labels, (one, other), strict=True)
    return {
        "timeline": list(timeline(confirmed)),
        "proposed": [one for _gap, one in timeline(proposed)],
        "speaking": speaking(newest, (one, other), [*confirmed, *proposed]),
        "most_read": MOST,
        "meetings_url": reverse("browse:meetings"),
        "meeting_feeds": feed_addresses(f"country={one.slug}&country={other.slug}", of="meetings-"),
        "page_title": " × ".join(labels),
        "sides": [{"label": label, "url": record.get_absolute_url()} for label, record in sides],
        **found_on(asking(one, other), found, newest, both.count, one, other),
    }


def speaking_of(*records: AuthorityRecord) -> ArticleQuerySet:
    """The public articles that are linked to all of these records by a link that no curator rejected."""
    found: ArticleQuerySet = Article.objects.published()
    for record in records:
        points = AccessPoint.objects.filter(~Q(state=AccessPoint.State.REJECTED), record=record)
        found = found.filter(pk__in=points.values("article"))
    return found
