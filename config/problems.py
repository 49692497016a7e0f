"""What is wrong with the archive at this moment, each with what to do about it; in words of the reader's language."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.captures.fixity import FixityCount
from archive.intake.models import AccessionItem
from archive.pages.shown import localnumber
from archive.work.models import Job
from config.backup_folder import is_late
from config.keeping import A_QUARTER
from config.slow import SlowQuestion
from config.standing import Standing
from search.indexing import health
from search.webhooks.models import Webhook

LONG: Final = datetime.timedelta(minutes=10)  # that work may wait for a worker
A_DAY: Final = 24 * 3600


class StatusProblem(NamedTuple):
    """`told` in a sentence, `remedy` in another; `address` leads to what it is about, "" for nowhere."""

    told: str
    remedy: str
    address: str = ""


def problems(whole: Standing, fixity: FixityCount, slow: list[SlowQuestion]) -> list[StatusProblem]:
    asked_now = (_of_serving(whole), _of_machine(whole), _of_captures(fixity), _of_work(), _of_webhooks())
    return [*chain.from_iterable(asked_now), *_of_questions(slow)]


def _of_serving(whole: Standing) -> Iterator[StatusProblem]:
    """That readers get no answers, or late ones."""
    found = whole.figures
    if whole.missing:
        told = ", ".join(f"{name}: {what}" for name, what in whole.missing.items())
        yield StatusProblem(_("Something that serving needs is missing: %(what)s") % {"what": told}, _prepare())
    if found.database != "ok":
        yield StatusProblem(
            _("The database does not answer: %(what)s") % {"what": found.database},
            _("Look whether its disk is full or another process holds it, then restart the archive."),
        )
    elif found.index != "ok":
        remedy = _look_at_the_cluster() if found.is_away else _prepare()
        yield StatusProblem(_("The search cannot answer: %(what)s") % {"what": found.index}, remedy)
    elif found.lags:
        behind = found.pending or abs((found.articles or 0) - (found.indexed or 0))
        yield StatusProblem(
            _("The search is behind the database; changes that wait: %(count)s, for %(seconds)s seconds.")
            % {"count": localnumber(behind), "seconds": localnumber(round(found.oldest_pending))},
            _("Wait; where it does not become less, run `manage.py check_index --repair`."),
        )


def _prepare() -> str:
    return _("Run `manage.py prepare`.")


def _look_at_the_cluster() -> str:
    return _("Look whether the search cluster runs and lets the archive in (docs/operations.md, Search on a cluster).")


def _of_machine(whole: Standing) -> Iterator[StatusProblem]:
    found = whole.figures
    if found.disk_free < health.LITTLE_SPACE:
        yield StatusProblem(
            _("The disk is nearly full."),
            _("Make room under %(folder)s: pictures/ and pages/ may be deleted, old dumps in datasets/ moved away.")
            % {"folder": settings.VAR_DIR},
        )
    if found.writer_seen is None or found.writer_seen > health.WRITER_SILENT:
        yield StatusProblem(
            _("No index writer gives a sign of life: what is published is not found."),
            _("Start `manage.py serve`, or `manage.py sync_index --watch` beside another server."),
        )
    if settings.BACKUPS_DIR and is_late(settings.BACKUPS_DIR, timezone.now()):
        yield StatusProblem(
            _("There is no backup of the last two days in %(folder)s.") % {"folder": settings.BACKUPS_DIR},
            _("Run `manage.py backup`, and look why its timer did not (docs/operations.md, Backup)."),
        )
    if whole.is_open_to_others:
        yield StatusProblem(_("Other users of this machine may read the state of the archive."), _prepare())


def _of_captures(fixity: FixityCount) -> Iterator[StatusProblem]:
    captures = reverse("admin:captures_capture_changelist")
    for count, outcome in ((fixity.damaged, "damaged"), (fixity.missing, "missing")):
        if count:
            yield StatusProblem(
                _("Captures are not as they were received: %(count)s.") % {"count": localnumber(count)},
                _("Put their bytes back from a backup (docs/operations.md, Fixity), then `manage.py check_fixity`."),
                f"{captures}?fixity_events__outcome__exact={outcome}",
            )
    if fixity.intact and (fixity.last_at is None or fixity.last_at < timezone.now() - A_QUARTER):
        yield StatusProblem(_("No capture was verified for three months."), _("Run `manage.py check_fixity`."))


def _of_work() -> Iterator[StatusProblem]:
    """That work failed or nobody does it, and what waits for a curator."""
    jobs = reverse("admin:work_job_changelist")
    failed = Job.objects.filter(state=Job.State.FAILED).count()
    if failed:
        yield StatusProblem(
            _("Work in the background failed: %(count)s.") % {"count": localnumber(failed)},
            _("Read its error, mend the cause, then choose it in the list and resume it."),
            f"{jobs}?state__exact=failed",
        )
    late = Job.objects.filter(state=Job.State.WAITING, asked_at__lt=timezone.now() - LONG)
    if late.exists() and not Job.objects.filter(state=Job.State.RUNNING).exists():
        yield StatusProblem(
            _("Work waits and no worker does it."),
            _("Start `manage.py serve`, or `manage.py work` beside another server."),
            f"{jobs}?state__exact=waiting",
        )
    doubtful = AccessionItem.objects.filter(outcome=AccessionItem.Outcome.QUARANTINED).count()
    if doubtful:
        yield StatusProblem(
            _("Items are in quarantine: %(count)s.") % {"count": localnumber(doubtful)},
            _("Decide on each: take it in as a draft, or discard it."),
            f"{reverse('admin:intake_accessionitem_changelist')}?outcome__exact=quarantined",
        )


def _of_webhooks() -> Iterator[StatusProblem]:
    off = Webhook.objects.filter(is_on=False).exclude(off_because="").count()
    if off:
        yield StatusProblem(
            _("Webhooks were switched off, for they took no delivery: %(count)s.") % {"count": localnumber(off)},
            _("Read why, send a test, and switch them on again: what waits for them is sent then."),
            f"{reverse('admin:webhooks_webhook_changelist')}?is_on__exact=0",
        )


def _of_questions(slow: list[SlowQuestion]) -> Iterator[StatusProblem]:
    since = timezone.now().timestamp() - A_DAY
    late = [one for one in slow if one.at > since]
    if late:
        worst: Any = max(one.seconds for one in late)
        yield StatusProblem(
            _("Questions took long since yesterday: %(count)s, the longest %(seconds)s seconds.")
            % {"count": localnumber(len(late)), "seconds": localnumber(round(worst))},
            _("See them below; more memory for the search (DIWAN_SEARCH_MEMORY_MB) makes common words quicker."),
        )
