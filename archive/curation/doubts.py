"""Which links are doubtful: recognised by rule on words that may mean another, until a curator decides."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from archive.articles.models import AccessPoint, Mention

SURE: Final = 0.75  # a mention of a lower confidence is doubtful until its link is decided


def is_doubtful(mention: Mention) -> bool:
    return mention.access_point.state == AccessPoint.State.RECOGNISED and mention.confidence < SURE


def doubtful_links() -> QuerySet[Any]:
    """The undecided links with a mention in doubt, in no order."""
    in_doubt = Mention.objects.filter(access_point=OuterRef("pk"), confidence__lt=SURE)
    return AccessPoint.objects.filter(Exists(in_doubt), state=AccessPoint.State.RECOGNISED).order_by()
