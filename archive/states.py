"""The states of an article and of its links to records, for the rooms on both sides of a link."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Of an article: the public sees those that are published."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class LinkState(models.TextChoices):
    """Of a link from an article to a record: found by a rule, or decided by a curator."""

    RECOGNISED = "recognised", _("recognised")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
