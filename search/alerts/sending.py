"""Letters are sent in the queue of work, one a step.

A letter is marked as handed over, and that committed, before the mail server is given it; so whatever dies at whatever
moment, it is not given to the server twice. Only a server that says no, or is not reached, is asked again, later.
"""

from __future__ import annotations

import datetime
import logging
from contextlib import suppress
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.work.models import Job
from archive.work.queue import LATER
from search.alerts import queued
from search.alerts.asking import forgotten
from search.alerts.letters import message
from search.alerts.models import Alert, Follower, Letter
from search.alerts.news import write
from search.engine.protocol import SearchUnavailable

logger = logging.getLogger("search.alerts")
LETTERS: Final = queued.LETTERS
LABEL: Final = _("send letters to those who follow a search")
SENT, REFUSED, LATER_AGAIN, UNREACHED, UNKNOWN, NOTHING = "sent", "refused", "later", "unreached", "unknown", "nothing"
OUTCOMES: Final = {
    SENT: _("letters sent"),
    REFUSED: _("not taken by the mail server"),
    LATER_AGAIN: _("to be tried again"),
    UNREACHED: _("mail server not reached"),
    UNKNOWN: _("handed over, no answer"),
    NOTHING: _("with nothing left to tell"),
}
LOOKED_FOR_SECONDS: Final = 60.0
LOOKED_AT_AGAIN: Final = datetime.timedelta(minutes=10)
FIRST_WAIT: Final = datetime.timedelta(minutes=5)  # doubled with each attempt
MOST_ATTEMPTS: Final = 8
MOST_REFUSED: Final = 3  # letters one after another; then no more are written
SERVER_REST: Final = 300.0  # seconds before a mail server that is not reached is called again
State = Letter.State


def begin_due() -> Job | None:
    """Have letters written and sent where some are due, and forgotten what is to be forgotten."""
    if not settings.ALERTS:
        return None
    due = _to_send().exists() or _to_look_at().exists() or any(held.exists() for held in forgotten())
    return queued.begin_letters(LATER) if due else None


def step(job: Job) -> bool | float:
    """Send the next letter, or write one; where neither is to be done, forget what is old."""
    if letter := _to_send().first():
        outcome = send(letter)
        job.count(outcome)
        job.done += 1
        return SERVER_REST if outcome == UNREACHED else True
    if follower := _to_look_at().first():
        _look(follower)
        return True
    for held in forgotten():
        held.delete()
    return False


def _to_send() -> QuerySet[Letter]:
    waiting = Letter.objects.filter(state=State.WAITING, not_before__lte=timezone.now())
    return waiting.select_related("follower").order_by("kind", "not_before")  # who waits for a link goes first


def _to_look_at() -> QuerySet[Follower]:
    now = timezone.now()
    due = Alert.objects.filter(follower=OuterRef("pk"), confirmed_at__isnull=False, next_at__lte=now)
    unsent = Letter.objects.filter(follower=OuterRef("pk"), kind=Letter.Kind.NEWS, state=State.WAITING)
    rested = Q(looked_at=None) | Q(looked_at__lte=now - LOOKED_AT_AGAIN)
    wanted = Follower.objects.filter(Exists(due), ~Exists(unsent), rested, refused__lt=MOST_REFUSED)
    return wanted.order_by(F("looked_at").asc(nulls_first=True), "pk")


def _look(follower: Follower) -> None:
    Follower.objects.filter(pk=follower.pk).update(looked_at=timezone.now())
    try:
        write(follower)
    except SearchUnavailable as error:
        logger.warning("what is new is looked for later: %s", error.reason)


def send(letter: Letter) -> str:
    """Send a letter, once; gives what became of it. What fails here in another way is tried again, after others."""
    wait = FIRST_WAIT * 2**letter.attempts
    held = Letter.objects.filter(pk=letter.pk, state=State.WAITING)
    held.update(attempts=F("attempts") + 1, not_before=timezone.now() + wait)
    mail = message(letter)
    if mail is None:
        held.delete()
        return NOTHING
    mail.connection = get_connection()
    try:
        mail.connection.open()
    except OSError as error:  # as those of smtplib are
        held.update(error=_told(error), attempts=letter.attempts, not_before=timezone.now() + FIRST_WAIT)
        return UNREACHED
    try:
        return _handed_over(letter, mail) if held.update(state=State.HANDED, sent_at=timezone.now()) else NOTHING
    finally:
        with suppress(OSError):
            mail.connection.close()


def _handed_over(letter: Letter, mail: EmailMultiAlternatives) -> str:
    handed = Letter.objects.filter(pk=letter.pk, state=State.HANDED)
    try:
        mail.send()
    except (SMTPResponseException, SMTPRecipientsRefused) as error:
        return _refused(letter, handed, error)
    except OSError as error:
        logger.warning("nobody knows whether letter %d went: %s", letter.pk, error)
        handed.update(error=_told(error))
        return UNKNOWN
    handed.update(state=State.SENT, error="")
    Follower.objects.filter(pk=letter.follower_id).update(refused=0)
    return SENT


def _refused(letter: Letter, handed: QuerySet[Letter], error: Any) -> str:
    """A server that said no has not taken the letter: it is tried again where that may help."""
    of_reader = isinstance(error, SMTPRecipientsRefused)
    code = next(iter(error.recipients.values()))[0] if of_reader else error.smtp_code
    if code < 500 and letter.attempts < MOST_ATTEMPTS:
        handed.update(state=State.WAITING, sent_at=None, error=_told(error))
        return LATER_AGAIN
    handed.update(state=State.REFUSED, error=_told(error))
    if of_reader:
        Follower.objects.filter(pk=letter.follower_id).update(refused=F("refused") + 1)
    return REFUSED


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
