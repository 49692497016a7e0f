"""The address of the protocol over HTTP, where the operator opened it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt  # nothing is written, and programs have no cookie
def assistants(request: HttpRequest) -> HttpResponse:
    """404 unless `DIWAN_ASSISTANTS` is on; messages are POSTs, and there is no stream to GET."""
    if not settings.ASSISTANTS:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    from search.assistants.exchange import answered  # the package is large: loaded where it is used

    return answered(request)
