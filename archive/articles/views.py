"""The page of an article, and its captured original."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.articles import reading
from archive.articles.models import Article, Field
from archive.articles.rights import Audience, note, shown
from archive.articles.signals import page_made
from archive.articles.states import state
from archive.authorities.directory import directory
from archive.authorities.models import Kind
from archive.captures.payloads import PayloadsUnreachable, store
from archive.pages.interface import reader_language
from archive.pages.revalidation import revalidated


@require_safe
@revalidated(state)
def article(request: HttpRequest, identifier: str) -> HttpResponse:
    held = Article.objects.published().described().prefetch_related("access_points__mentions", "capture__fixity_events")
    found = get_object_or_404(held, identifier=identifier)
    context = _context(shown(found, Audience.PAGE, directory()))
    return render(request, "articles/article.html", context | _joined(request, context))


@require_safe
@revalidated(state, for_others=False)
def capture(request: HttpRequest, identifier: str) -> HttpResponse:
    """The bytes as received, shown as text and never run: whatever they are, a browser takes them for plain text."""
    held = _with_capture(identifier)
    if note(held):
        return _not_shown(request, held)
    try:
        payload = store().get(held.capture.payload_digest)
    except FileNotFoundError as error:
        raise Http404("the captured bytes are missing") from error
    response = HttpResponse(payload, content_type=f"text/plain; charset={held.capture.encoding}")
    response.headers["Content-Disposition"] = f'inline; filename="{held.identifier}.txt"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _with_capture(identifier: str) -> Article:
    """A public article with its capture, as pages may show it."""
    held = Article.objects.published().select_related("capture")
    return shown(get_object_or_404(held, identifier=identifier), Audience.PAGE, directory())


def _not_shown(request: HttpRequest, article: Article) -> HttpResponse:
    """In place of the bytes of a capture that hold more than may be shown."""
    return render(request, "articles/not_shown.html", {"article": article, "note": note(article)}, status=403)


def _joined(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What others add to the page."""
    pieces = {
        "kicker": context["kicker_pieces"],
        "title": context["title_pieces"],
        "paragraphs": context["paragraphs"],
    }
    answers: list[tuple[Any, Any]] = page_made.send(Article, request=request, article=context["article"], **pieces)
    return {name: value for _listener, added in answers for name, value in (added or {}).items()}


def _context(held: Article) -> dict[str, Any]:
    language = reader_language()
    names = directory()
    mentions = reading.shown_mentions(held)
    by_field = {field: [m for m in mentions if m.field == field] for field in Field.values}
    return {
        "article": held,
        "note": note(held),
        "text_template": "articles/text.html",
        "source_label": names.label(Kind.SOURCE, held.source.slug, language) if held.source else held.source_as_printed,
        "title_pieces": reading.pieces(held.title, by_field[Field.TITLE], names, language),
        "kicker_pieces": reading.pieces(held.kicker, by_field[Field.KICKER], names, language),
        "paragraphs": reading.paragraphs(held, mentions, names, language),
        "dates": reading.dates(held, language),
        "officials": reading.records(held, Kind.OFFICIAL, names, language),
        "countries": reading.records(held, Kind.COUNTRY, names, language),
        "bodies": reading.records(held, Kind.BODY, names, language),
        "capture": held.capture,
        "fixity": next(iter(held.capture.fixity_events.all()), None),
        "original_url": "" if note(held) else reverse("articles:original", args=[held.identifier]),
        "removed": reading.removed(held),
        "evidence": reading.evidence(held),
        "links": reading.search_links(held),
        "source_url": held.source.get_absolute_url() if held.source else "",
        "hints": held.evidence.get("date_hints", []),
    }


MOST = 300_000  # code points shown; the rest is in the bytes
UNREADABLE = "\ufffd"


@require_safe
@revalidated(state)
def original(request: HttpRequest, identifier: str) -> HttpResponse:
    """The bytes decoded and escaped: HTML is seen as its source. Of damaged bytes the page says so."""
    held = _with_capture(identifier)
    if note(held):
        return _not_shown(request, held)
    capture = held.capture
    try:
        text = store().get(capture.payload_digest).decode(capture.encoding, "replace")
    except PayloadsUnreachable:
        raise
    except OSError as error:
        raise Http404("the captured bytes are missing") from error
    context = {
        "article": held,
        "capture": capture,
        "fixity": capture.fixity_events.first(),
        "text": text[:MOST].replace("\x00", UNREADABLE),
        "is_cut": len(text) > MOST,
        "unreadable": text.count(UNREADABLE),
        "is_markup": "html" in capture.media_type or "xml" in capture.media_type,
    }
    return render(request, "articles/original.html", context)
