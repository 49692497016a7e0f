"""The captured original as text to be read: what it holds is told, and nothing in it runs or is asked for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.articles.models import Article
from archive.articles.states import state
from archive.captures.payloads import store
from archive.pages.revalidation import revalidated

MOST = 300_000  # code points shown; the rest is in the bytes
UNREADABLE = "\ufffd"


@require_safe
@revalidated(state)
def original(request: HttpRequest, identifier: str) -> HttpResponse:
    """The bytes decoded and escaped: HTML is seen as its source. Of damaged bytes the page says so."""
    held = get_object_or_404(Article.objects.published().select_related("capture"), identifier=identifier)
    capture = held.capture
    try:
        text = store().get(capture.payload_digest).decode(capture.encoding, "replace")
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
