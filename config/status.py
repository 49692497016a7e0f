"""The status page of the admin: how index, database and writer stand, in the figures of `/readyz`."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from archive.captures import fixity
from archive.curation.models import Mistake
from archive.work.models import Job
from config.standing import DEGRADED, NOT_READY, OK, standing


@never_cache
def status(request: HttpRequest) -> HttpResponse:
    whole = standing()
    found = whole.figures
    waiting = Mistake.objects.filter(state=Mistake.State.OPEN)
    context = {
        **admin.site.each_context(request),
        "title": _("Status of the archive"),
        "state": {OK: _("ready"), DEGRADED: _("answers, but behind"), NOT_READY: _("not ready")}[whole.state],
        "state_code": whole.state,
        "parts": [
            {"label": _("Static files"), "state": whole.part("static_files")},
            {"label": _("Translations"), "state": whole.part("translations")},
            {"label": _("Migrations"), "state": whole.part("migrations")},
        ],
        "figures": found,
        "fixity": fixity.standing(),
        "work": dict(Job.objects.exclude(state=Job.State.DONE).values_list("state").annotate(Count("pk")).order_by()),
        "mistakes": waiting.aggregate(count=Count("pk"), oldest=Min("received_at")),
        "equal": found.articles is not None and found.articles == found.indexed,
        "disk_free": round(found.disk_free * 100),
        "oldest_pending": round(found.oldest_pending),
        "warnings": whole.warnings,
        "writer_seen": None if found.writer_seen is None else round(found.writer_seen),
    }
    return TemplateResponse(request, "admin/status.html", context)
