"""Forms without a token: a page that is the same for everyone may hold one, and only our own pages may send it.

Django's token is different in every page, so that a page with one cannot be kept by a browser and asked for again by
its tag. Browsers tell with every form that they send which site it stands on; that is asked here instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def from_our_pages(view: View) -> View:
    """Refuse with 403 and a sentence what a page of another site, or no page at all, has sent."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        if not is_ours(request):
            return render(request, "403.html", status=403)
        return view(request, *arguments, **named)

    return guarded


def is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that the form stands on this site; silence is a no."""
    told = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(told)
    site = f"{parts.scheme}://{parts.netloc}"
    return site in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
