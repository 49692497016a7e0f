"""Pages of meetings: the list of those that curators confirmed, the proposals, and one meeting."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.articles.citing.metadata import json_ld, trail
from archive.authorities.directory import directory
from archive.authorities.models import Kind
from archive.meetings.models import Meeting, MeetingParty
from archive.pages.interface import reader_language
from search.browse.company import pair_address
from search.browse.meetings import ShownMeeting, as_json, dressed
from search.browse.state import revalidated
from search.export.views import links
from search.pages.views import feed_addresses, feed_links, page_links
from search.question.address import IDENTIFIER, number, url
from search.request import SearchRequest

PER_PAGE: Final = 30
MOST_PAGES: Final = 10_000


@require_safe
@revalidated
def meetings(request: HttpRequest, *, proposed: bool = False) -> HttpResponse:
    """The newest first; `country=az` and `kind=consultations` choose, `page` turns."""
    held = Meeting.objects.proposed() if proposed else Meeting.objects.public()
    country, kind = request.GET.get("country", ""), request.GET.get("kind", "")
    country = directory().present(Kind.COUNTRY, country) if IDENTIFIER.fullmatch(country) else ""
    chosen = {"country": country} if country else {}
    found = held.filter(parties__record__slug=country, parties__record__kind=Kind.COUNTRY) if country else held
    if kind in Meeting.Kind.values:
        found, chosen = found.filter(kind=kind), {**chosen, "kind": kind}
    total = found.count()
    last = max(1, -(-total // PER_PAGE))
    page = number(request.GET.get("page", "1"), min(last, MOST_PAGES))
    shown = dressed(found.by_time()[(page - 1) * PER_PAGE : page * PER_PAGE])
    context = {
        "page_title": gettext("Proposed meetings") if proposed else gettext("Meetings"),
        "proposed": proposed,
        "meetings": shown,
        "total": total,
        "others": (Meeting.objects.public() if proposed else Meeting.objects.proposed()).count(),
        "countries": _countries(held),
        "kinds": [(value, label) for value, label in Meeting.Kind.choices if held.filter(kind=value).exists()],
        "chosen": chosen,
        "pagination": page_links(page, last, lambda at: f"?{urlencode({**chosen, 'page': at})}"),
        "feeds": feed_addresses("", of="meetings-"),
    }
    return render(request, "browse/meetings.html", context)


def _countries(held: Any) -> list[tuple[str, str]]:
    """The countries of these meetings, as choices in the order of their names."""
    slugs = MeetingParty.objects.filter(meeting__in=held, record__kind=Kind.COUNTRY).order_by()
    names, language = directory(), reader_language()
    known = {slug: names.label(Kind.COUNTRY, slug, language) for slug in slugs.values_list("record__slug", flat=True)}
    return sorted(known.items(), key=lambda one: one[1])


def public_meeting(identifier: str) -> Meeting:
    """The public meeting of this identifier, or the one that it was merged into; else 404."""
    found = Meeting.objects.select_related("merged_into").filter(identifier=identifier).first()
    present = (found.merged_into or found) if found else None
    if present is None or not Meeting.objects.public().filter(pk=present.pk).exists():
        raise Http404("there is no such meeting")
    held: Meeting = present
    return held


@require_safe
@revalidated
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    held = public_meeting(slug)
    if held.identifier != slug:
        return redirect(held, permanent=True)
    (shown,) = dressed(Meeting.objects.filter(pk=held.pk))
    countries = [party.present.slug for party in held.parties.all() if party.present.kind == Kind.COUNTRY]
    asked = SearchRequest().with_values("meeting", [slug])
    context = {
        "page_title": shown.title,
        "meeting": shown,
        "pair_url": pair_address(*countries) if len(countries) == 2 else "",
        "search_url": url(asked),
        "feeds": feed_links(asked),
        "links": links(asked),
        "metadata": _metadata(request, shown),
    }
    return render(request, "browse/meeting.html", context)


@require_safe
@revalidated
def meeting_as_json(request: HttpRequest, slug: str) -> HttpResponse:
    held = public_meeting(slug)
    if held.identifier != slug:
        return redirect("browse:meeting-json", held.identifier, permanent=True)
    (shown,) = dressed(Meeting.objects.filter(pk=held.pk))
    told = as_json(shown, request.build_absolute_uri)
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _metadata(request: HttpRequest, shown: ShownMeeting) -> list[SafeString]:
    """The meeting as an event of schema.org, and the way to its page."""
    whole, held = request.build_absolute_uri, shown.held
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": whole(held.get_absolute_url()),
        "name": shown.title,
        "startDate": shown.iso,
        "location": {"@type": "VirtualLocation"} if held.by_video else {"@type": "Place", "name": shown.place},
        "organizer": [{"@type": "Country", "name": one.label, "url": whole(one.url)} for one in shown.parties],
        "attendee": [
            {"@type": "Person", "name": one.head, "url": whole(one.head_url)} for one in shown.parties if one.head
        ],
        "subjectOf": [whole(witness.article.get_absolute_url()) for witness in shown.witnesses],
    }
    if not held.by_video and not shown.place:
        del told["location"]
    way = [(gettext("Diwan"), whole("/")), (gettext("Meetings"), whole(reverse("browse:meetings")))]
    way.append((shown.title, whole(held.get_absolute_url())))
    known = {name: value for name, value in told.items() if value}
    return [mark_safe(json_ld(one)) for one in (known, trail(*way))]  # noqa: S308 - `<`, `>` and `&` are escaped
