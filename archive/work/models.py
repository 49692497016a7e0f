"""A job: work that no request waits for, with how far it has come and what became of it."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.work.kinds import label_of


class Job(models.Model):
    """Work done in steps. After every step, in its transaction, the row tells how far it has come; so it goes on there.

    `options` is what was asked, as its kind reads it; `cursor` is where it is, as its kind wrote it; `done` of `total`
    are steps or items, whatever the kind counts; `outcome` counts items by what became of them: `{"published": 40}`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    OVER = (State.DONE, State.FAILED, State.CANCELLED)

    kind = models.CharField(_("kind"), max_length=40)
    options = models.JSONField(_("options"), default=dict)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    priority = models.SmallIntegerField(_("priority"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        help_text=_("empty: a command, without a person"),
    )
    turn = models.PositiveIntegerField(default=0)  # of its tasks in the queue; one of another turn does nothing
    lost = models.PositiveSmallIntegerField(default=0)  # workers killed in the step that comes next
    cursor = models.JSONField(null=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    outcome = models.JSONField(_("outcome"), default=dict)
    error = models.TextField(_("error"), blank=True)
    request = models.CharField(max_length=64, blank=True)  # that asked for it, by its name in the log; "" for none
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    seconds = models.FloatField(_("seconds at work"), default=0)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state"], name="work_by_state")]

    def __str__(self) -> str:
        return f"{label_of(self.kind)} · {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER

    @property
    def rate(self) -> float:
        """Items a second while it was at work; 0 before the first."""
        return self.done / self.seconds if self.seconds else 0.0

    @property
    def remaining(self) -> datetime.timedelta | None:
        """How long it will be at work yet, at its rate until now; None where nothing tells."""
        if self.is_over or not self.rate or self.total < self.done:
            return None
        return datetime.timedelta(seconds=round((self.total - self.done) / self.rate))

    def count(self, outcome: str, number: int = 1) -> None:
        """Count items that came to an outcome."""
        if number:
            self.outcome[outcome] = self.outcome.get(outcome, 0) + number

    def end(self, state: str, error: str = "") -> None:
        self.state, self.error, self.ended_at = state, error, timezone.now()
