"""The two files that browsers and robots ask of every site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# Articles and records are for everybody; the endless space of filtered searches is not worth a robot's time. Where the
# admin stands is told to nobody: its answers say themselves that they are for no robot.
ROBOTS = "User-agent: *\nDisallow: /search/?\nDisallow: /suggest/\n"


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("icons/diwan.svg"), permanent=False)
