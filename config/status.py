"""The status page of the admin: what is wrong and what to do about it, then how everything stands, in figures."""

from __future__ import annotations

import datetime
import shutil
from urllib.parse import unquote

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from archive.articles.tallying import by_fixity, by_status
from archive.curation.models import Mistake
from archive.intake.models import Accession
from archive.states import Status
from archive.work.models import Job
from config.problems import problems
from config.slow import slow_questions
from config.standing import DEGRADED, NOT_READY, OK, Standing, standing
from config.versions import versions

LAST = 5  # intakes, and jobs at work
SHOWN = 10  # slow questions
MEGABYTE = 1 << 20


@never_cache
def status(request: HttpRequest) -> HttpResponse:
    whole = standing()
    found, captures, slow = whole.figures, by_fixity(), slow_questions()
    answers = found.database == "ok"
    waiting = Mistake.objects.filter(state=Mistake.State.OPEN)
    context = {
        **admin.site.each_context(request),
        "title": _("Status of the archive"),
        "state": _in_words(whole),
        "problems": problems(whole, captures, slow),
        "parts": [
            {"label": _("Static files"), "state": whole.part("static_files")},
            {"label": _("Translations"), "state": whole.part("translations")},
            {"label": _("Migrations"), "state": whole.part("migrations")},
        ],
        "figures": found,
        "states": _states() if answers else [],
        "fixity": captures,
        "work": dict(Job.objects.exclude(state=Job.State.DONE).values_list("state").annotate(Count("pk")).order_by()),
        "running": Job.objects.filter(state=Job.State.RUNNING)[:LAST],
        "intakes": Accession.objects.filter(is_dry_run=False)[:LAST],
        "mistakes": waiting.aggregate(count=Count("pk"), oldest=Min("received_at")),
        "equal": found.articles is not None and found.articles == found.indexed,
        "disk_free": round(found.disk_free * 100),
        "disk_left": shutil.disk_usage(settings.VAR_DIR).free // MEGABYTE,
        "oldest_pending": round(found.oldest_pending),
        "writer_seen": None if found.writer_seen is None else round(found.writer_seen),
        "slow": [
            (datetime.datetime.fromtimestamp(one.at, datetime.UTC), one.seconds, unquote(one.address))
            for one in slow[:SHOWN]
        ],
        "versions": versions(),
    }
    return TemplateResponse(request, "admin/status.html", context)


def _in_words(whole: Standing) -> str:
    degraded = _("answers, but behind") if whole.figures.lags else _("answers, but needs care")
    return {OK: _("ready"), DEGRADED: degraded, NOT_READY: _("not ready")}[whole.state]


def _states() -> list[tuple[str, str, int]]:
    """How many articles are in each state: its code, its name, the number."""
    counts = by_status()
    return [(state.value, str(state.label), counts.get(state.value, 0)) for state in Status]
