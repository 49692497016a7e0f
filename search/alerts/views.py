"""The pages of who follows a search by mail: asking for it, saying yes, and what is followed, to be ended.

Those of links in letters ask for no token against forgery: the secret in their address is one, and mail services press
the button *unsubscribe* (RFC 8058) without having seen a page. Nothing is done when such an address is only opened, for
programs that look for harm in mail open all of them.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.pages.interface import reader_language
from search.alerts.asking import AlertsFull, FollowForm, ask, asked_by, confirm, end, end_all, may_ask
from search.alerts.models import QUERY_LENGTH, Alert, Follower, Rhythm
from search.export.views import in_words
from search.question.address import read_request, url
from search.question.costs import is_costly_query
from search.request import SearchRequest
from search.syntax import parse

METHODS: Final = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
def follow(request: HttpRequest) -> HttpResponse:
    """Ask to follow the search of these parameters; the answer is the same whoever follows what already."""
    if not settings.ALERTS:
        raise Http404("the archive sends no mail")
    asked = read_request(request.GET).on_page(1).in_view("").sorted_by("")
    query = asked.to_query()
    told: dict[str, Any] = {"words": in_words(asked), "url": _url(query), "rhythms": Rhythm.choices}
    if len(query) > QUERY_LENGTH or parse(asked.q).refused or is_costly_query(asked.q):
        return _shown(request, "refused", told, status=400)
    form = FollowForm(request.POST if request.method == "POST" else None, initial={"rhythm": Rhythm.DAILY})
    told["form"] = form
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "follow", told, status=400 if form.is_bound else 200)
    address = form.cleaned_data["address"]
    if not form.is_machine:
        if not may_ask(request, address):
            form.add_error(None, _("Too much mail was asked for within a short time. Please try again tomorrow."))
            return _shown(request, "follow", told, status=429)
        ask(address, query, form.cleaned_data["rhythm"], reader_language())
    return _shown(request, "asked", told | {"address": address})


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
def confirmed(request: HttpRequest, token: str) -> HttpResponse:
    """The page that a letter leads to: the search in words, and the button that says yes."""
    found = asked_by(token)
    if found is None:
        return _shown(request, "gone", {}, status=404)
    alert, contents = found
    told = {"search": _followed(alert, contents["rhythm"]), "limit": settings.ALERTS_PER_ADDRESS}
    if request.method != "POST":
        return _shown(request, "confirm", told)
    try:
        confirm(alert, contents)
    except AlertsFull:
        return _shown(request, "confirm", told | {"is_full": True}, status=409)
    return _led(reverse("alerts:mine", args=[alert.follower.key]) + "?confirmed=1")


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """What an address follows. A form with the key of a search as `end` ends that one; every other one ends all."""
    follower = Follower.objects.filter(key=key).first()
    if request.method == "POST":
        wanted = request.POST.get("end", "")
        alert = follower.alerts.filter(pk=wanted).first() if follower and wanted.isdecimal() else None
        if alert is not None:
            end(alert)
        elif follower is not None and not wanted:
            end_all(follower, for_good=request.POST.get("all") == "good")
        is_left = Follower.objects.filter(key=key).exists()
        return _led(reverse("alerts:mine", args=[key])) if is_left else _shown(request, "ended", {})
    if follower is None:
        return _shown(request, "gone", {}, status=404)
    searches = [_followed(alert, alert.rhythm) for alert in follower.alerts.filter(confirmed_at__isnull=False)]
    told = {"follower": follower, "searches": searches, "is_new": "confirmed" in request.GET}
    return _shown(request, "mine", told)


def _followed(alert: Alert, rhythm: str) -> dict[str, Any]:
    asked = read_request(QueryDict(alert.query))
    return {"key": alert.pk, "words": in_words(asked), "url": _url(alert.query, asked), "rhythm": Rhythm(rhythm).label}


def _url(query: str, asked: SearchRequest | None = None) -> str:
    return url(asked or read_request(QueryDict(query))) if query else reverse("search")


def _led(address: str) -> HttpResponse:
    return _private(HttpResponseRedirect(address, status=303))


def _shown(request: HttpRequest, page: str, told: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, f"alerts/{page}.html", told, status=status)
    if status == 429:
        response.headers["Retry-After"] = "3600"
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """No robot, and no other site, learns the address of the page."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
