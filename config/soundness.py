"""What is always true of the rows of an archive among themselves, whatever curators did and undid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from archive.articles.models import AccessPoint, Article, Certainty, Mention, Status
from archive.articles.soundness import Fault, unlike
from archive.articles.tallying import untrue
from archive.authorities.models import AuthorityRecord, Post, Relation
from archive.curation.models import UnknownMention
from archive.meetings.models import Meeting


def unsound_archive() -> Iterator[Fault]:
    """Every row that contradicts another one."""
    yield from _articles()
    yield from _records()
    yield from _meetings()
    yield from _unknown_names()
    yield from (Fault("tally", f"{what} {key} {kept}", str(there)) for what, key, kept, there in untrue())


def _articles() -> Iterator[Fault]:
    """What was public says since when, what is withdrawn until when; of what was erased no word is left."""
    held = Article.objects.all()
    yield from _each("public, but never published", held.published().filter(first_published_at=None))
    yield from _each("withdrawn on no day", held.filter(status=Status.WITHDRAWN, withdrawn_at=None))
    worded = held.exclude(erased_at=None).exclude(title="", kicker="", body="")
    yield from _each("erased, but not its words", worded)
    linked = AccessPoint.objects.filter(article=OuterRef("pk"))
    yield from _each("erased, but not its links", held.exclude(erased_at=None).filter(Exists(linked)))
    own = Mention.objects.filter(start__gte=F("end"))
    yield from (Fault("mention of no words", str(mention.pk), mention.form) for mention in own)


def _records() -> Iterator[Fault]:
    """What was merged leads to a present record of its kind, and nothing is told of it any more."""
    gone = AuthorityRecord.objects.exclude(merged_into=None)
    yield from _each("merged into one that is merged", gone.exclude(merged_into__merged_into=None))
    yield from _each("merged into another kind", gone.exclude(kind=F("merged_into__kind")))
    for model, name in ((Article, "source"), (Post, "record"), (Relation, "record")):
        told: Any = model._default_manager
        yield from _each(f"{model.__name__} of a merged record", told.exclude(**{f"{name}__merged_into": None}))


def _meetings() -> Iterator[Fault]:
    """A meeting that is confirmed has two sides or more, and a day where it says that it has one."""
    held = Meeting.objects.all()
    yield from _each("merged meeting into a merged one", held.exclude(merged_into__merged_into=None))
    sides = held.present().filter(state=Meeting.State.CONFIRMED).annotate(sides=Count("parties", distinct=True))
    yield from _each("meeting of one", sides.filter(sides__lt=2))
    dated = Q(dated_on=None)
    yield from _each("meeting dated without a day", held.filter(dated).exclude(date_certainty=Certainty.UNDATED))
    yield from _each("undated meeting with a day", held.exclude(dated).filter(date_certainty=Certainty.UNDATED))


def _unknown_names() -> Iterator[Fault]:
    for mention in UnknownMention.objects.select_related("article"):
        kept = {"text": mention.form, "start": mention.start, "end": mention.end}
        yield from unlike("unknown name", kept, getattr(mention.article, mention.field))


def _each(what: str, found: Iterable[Any]) -> Iterator[Fault]:
    yield from (Fault(what, str(getattr(one, "identifier", getattr(one, "slug", one.pk))), "") for one in found)
