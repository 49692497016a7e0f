"""The small files that browsers and robots ask of every site."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# Articles, records and lists are for everybody; the endless space of filtered searches, other views of them and files
# is not worth a robot's time. An article has one address; what else is below it is for its readers. Where the admin
# stands is told to nobody: its answers say themselves that they are for no robot.
ROBOTS = """User-agent: *
Disallow: /search/?
Disallow: /search/facet/
Disallow: /search/concordance/
Disallow: /search/timeline/
Disallow: /search/together/
Disallow: /search/wording/
Disallow: /search/map/
Disallow: /search/export/
Disallow: /search/picture.png
Disallow: /suggest/
Disallow: /explain/
Disallow: /shelf/
Disallow: /account/
Disallow: /alerts/
Disallow: /feeds/*?
Disallow: /api/v1/
Disallow: /oai
Disallow: /*cal=
Disallow: /*/names/
Disallow: /data/*.zip
Disallow: /*.json$
Disallow: /articles/*?
Disallow: /articles/*/
Allow: /articles/*/$
Disallow: /articles/*/*/$
Allow: /articles/*/picture.png
"""


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    site_map = request.build_absolute_uri(reverse("sitemap-index"))
    return HttpResponse(f"{ROBOTS}\nSitemap: {site_map}\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); 404 where the operator names nobody."""
    contacts = settings.SECURITY_CONTACTS
    if not contacts:
        raise Http404("DIWAN_SECURITY_CONTACTS is not set")
    lines = [("Contact", one if ":" in one else f"mailto:{one}") for one in contacts]
    lines += [
        ("Expires", f"{timezone.now().date() + datetime.timedelta(days=180)}T00:00:00Z"),
        ("Preferred-Languages", "en, ar, fa"),
        ("Canonical", request.build_absolute_uri(reverse("security"))),
    ]
    told = "".join(f"{name}: {value}\n" for name, value in lines)
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("icons/diwan.svg"), permanent=False)
