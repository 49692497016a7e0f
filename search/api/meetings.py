"""Meetings that curators confirmed: all, those of a country or of two, those of a kind; and one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from ninja import Query, Router

from archive.articles.rights import Audience
from archive.authorities.models import Kind
from archive.meetings.models import Meeting
from search.api.asked import InLanguage, MeetingList
from search.api.records import going_on
from search.api.shapes import DescribedMeeting, FoundMeetings
from search.browse.meetings import ShownMeeting, Witness, as_json, dressed
from search.browse.meetings_views import public_meeting
from search.question.address import present

router = Router(tags=["meetings"])


@router.get("", response=FoundMeetings, url_name="meetings", summary="Meetings that curators confirmed")
def meetings(request: HttpRequest, asked: Query[MeetingList]) -> dict[str, Any]:
    """In the order of their identifiers; of two countries those in which they met each other."""
    found = Meeting.objects.public().of(*present(Kind.COUNTRY, filter(None, asked.country)))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    rest = found.filter(identifier__gt=asked.after).order_by("identifier")[: asked.size + 1]
    part = dressed(rest, Audience.BULK)
    return {
        "total": found.count(),
        "items": [_described(request, one) for one in part[: asked.size]],
        "next": going_on(request, part[asked.size - 1].held.identifier) if len(part) > asked.size else None,
    }


@router.get("/{slug}", response=DescribedMeeting, url_name="meeting", summary="One of the meetings")
def meeting(request: HttpRequest, slug: str, asked: Query[InLanguage]) -> dict[str, Any] | HttpResponse:
    """With the sentences that tell of it; one that was merged leads to the other (301)."""
    held = public_meeting(slug)
    if held.identifier != slug:
        return HttpResponsePermanentRedirect(reverse("api:meeting", args=[held.identifier]))
    (shown,) = dressed(Meeting.objects.filter(pk=held.pk), Audience.BULK)
    return _described(request, shown)


def _described(request: HttpRequest, meeting: ShownMeeting) -> dict[str, Any]:
    query, whole = urlencode({"meeting": meeting.held.identifier}), request.build_absolute_uri
    return as_json(meeting, whole) | {
        "reports": [_report(request, witness) for witness in meeting.witnesses],
        "articles": whole(f"{reverse('api:articles')}?{query}"),
        "feed": whole(f"{reverse('feeds:atom')}?{query}"),
    }


def _report(request: HttpRequest, witness: Witness) -> dict[str, Any]:
    article, quote = witness.article, witness.quote
    place = {"field": quote.field, "start": quote.start, "end": quote.end, "text": quote.words.text} if quote else None
    return {
        "article": article.identifier,
        "url": request.build_absolute_uri(article.get_absolute_url()),
        "language": article.language,
        "title": article.title,
        "quote": place,
    }
