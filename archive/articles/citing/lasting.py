"""Addresses that last: one form of an article at one address, the form that a client asks for, captures as mementos.

A client says by `Accept` what it takes (RFC 9110): the page, a form (303, to its address), several that it likes as
much (300), or nothing that there is (406). Captures are mementos of the addresses they were taken from (RFC 7089).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from archive.articles.citing.files import FORMS
from archive.articles.citing.views import as_cited
from archive.articles.models import Article
from archive.articles.rights import Audience, shown
from archive.articles.states import state
from archive.authorities.directory import directory
from archive.captures.models import Capture
from archive.pages.revalidation import View, revalidated

LINK_FORMAT: Final = "application/link-format"


@require_safe
@revalidated(state, for_others=False)
def article_as(request: HttpRequest, identifier: str, form: str) -> HttpResponse:
    """A public article in one form, as far as the rights of its source allow; text is shown as it is, never run."""
    held = get_object_or_404(Article.objects.published().described(), identifier=identifier)
    held = shown(held, Audience.BULK, directory())
    made = FORMS[form]
    content = made.write(held, as_cited(request, held))
    response = HttpResponse(content, content_type=f"{made.media_type}; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def lasting(view: View) -> View:
    """Have the page of an article answer clients that ask for another form, and name its other addresses."""

    @wraps(view)
    def answered(request: HttpRequest, identifier: str) -> HttpResponseBase:
        liked = _liked(request)
        if liked == ["html"] or not Article.objects.published().filter(identifier=identifier).exists():
            response = view(request, identifier)  # which tells of what is gone
            if response.status_code in {200, 304}:
                response.headers["Link"] = ", ".join([*_links(request, identifier), *_original(request, identifier)])
        else:
            response = _elsewhere(request, identifier, liked)
        patch_vary_headers(response, ["Accept"])
        return response

    return answered


def _liked(request: HttpRequest) -> list[str]:
    """The forms that the client likes best; the page alone wherever it is one of them."""
    offered = {"html": "text/html", **{form: made.media_type for form, made in FORMS.items()}}
    taken = {form: request.accepted_type(media_type) for form, media_type in offered.items()}
    marks = {form: accepted.quality for form, accepted in taken.items() if accepted and accepted.quality > 0}
    liked = [form for form, mark in marks.items() if mark == max(marks.values())]
    return ["html"] if "html" in liked else liked


def _elsewhere(request: HttpRequest, identifier: str, liked: list[str]) -> HttpResponse:
    if len(liked) == 1:
        response: HttpResponse = HttpResponseRedirect(_form(identifier, liked[0]))
        response.status_code = 303
        return response
    forms = liked or list(FORMS)
    lines = "".join(f"{request.build_absolute_uri(_form(identifier, form))}\n" for form in forms)
    response = HttpResponse(lines, status=300 if liked else 406, content_type="text/plain; charset=utf-8")
    response.headers["Link"] = ", ".join(_alternate(request, identifier, form) for form in forms)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _form(identifier: str, form: str) -> str:
    return reverse("articles:form", args=[identifier, form])


def _alternate(request: HttpRequest, identifier: str, form: str) -> str:
    address = request.build_absolute_uri(_form(identifier, form))
    return f'<{address}>; rel="alternate"; type="{FORMS[form].media_type}"'


def _links(request: HttpRequest, identifier: str) -> Iterator[str]:
    """How to cite the page (RFC 8574), what describes it, its other forms, the feed of the archive."""
    yield f'<{request.build_absolute_uri(reverse("articles:detail", args=[identifier]))}>; rel="cite-as"'
    for form in FORMS:
        yield _alternate(request, identifier, form)
    feed = request.build_absolute_uri(reverse("feeds:atom"))
    yield f'<{feed}>; rel="alternate"; type="application/atom+xml"'


def _original(request: HttpRequest, identifier: str) -> Iterator[str]:
    """The address that an article was captured from, and where all captures of it are listed."""
    address = Article.objects.filter(identifier=identifier).values_list("capture__target_uri", flat=True).first()
    if address and _is_plain(address):
        yield f'<{address}>; rel="original"'
        yield f'<{_time_map(request, address)}>; rel="timemap"; type="{LINK_FORMAT}"'


def memento(view: View) -> View:
    """Have a captured page say when it was so, and of which address it is a memento."""

    @wraps(view)
    def answered(request: HttpRequest, identifier: str) -> HttpResponseBase:
        response = view(request, identifier)
        held = Capture.objects.filter(articles__identifier=identifier).first()
        if held and response.status_code in {200, 304}:
            if held.captured_at:
                response.headers["Memento-Datetime"] = http_date(held.captured_at.timestamp())
            if links := ", ".join(_original(request, identifier)):
                response.headers["Link"] = links
        return response

    return answered


@require_safe
def time_map(request: HttpRequest, address: str) -> HttpResponse:
    """The public captures of an address, oldest first, as links (RFC 7089); 404 where there are none."""
    query = request.META.get("QUERY_STRING", "")
    address = f"{address}?{query}" if query else address
    found = Article.objects.published().filter(capture__target_uri=address, capture__captured_at__isnull=False)
    held = list(found.order_by("capture__captured_at", "pk").values_list("identifier", "capture__captured_at"))
    if not held or not _is_plain(address):
        raise Http404("no capture of this address is public")
    lines = [f'<{address}>; rel="original"', f'<{_time_map(request, address)}>; rel="self"; type="{LINK_FORMAT}"']
    for number, (identifier, moment) in enumerate(held):
        place = {0: "first "}.get(number, "") + {len(held) - 1: "last "}.get(number, "")
        capture = request.build_absolute_uri(reverse("articles:capture", args=[identifier]))
        lines.append(f'<{capture}>; rel="{place}memento"; datetime="{http_date(moment.timestamp())}"')
    response = HttpResponse(",\n".join(lines) + "\n", content_type=LINK_FORMAT)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _time_map(request: HttpRequest, address: str) -> str:
    return request.build_absolute_uri(reverse("articles:timemap", args=["x"])).removesuffix("x") + address


def _is_plain(address: str) -> bool:
    """Whether an address can stand in a header between angle brackets."""
    return address.isascii() and address.isprintable() and not set('<>" ') & set(address)
