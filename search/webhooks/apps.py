"""Webhooks: programs elsewhere that are told of articles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "search.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from archive.work.clock import every
        from archive.work.kinds import JobKind, register
        from search.webhooks import listening  # noqa: F401 - it registers itself
        from search.webhooks.sending import LOOKED_FOR_SECONDS, SEND, begin_due, step

        outcomes = {"sent": _("deliveries that arrived"), "failed": _("attempts that failed")}
        register(JobKind(SEND, _("send to a webhook"), step, outcomes, commits=True))
        every(LOOKED_FOR_SECONDS, SEND, begin_due)
