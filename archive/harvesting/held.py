"""The records of harvesters: every report that is or was public, when its description changed last, and its sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from archive.articles.models import AccessPoint, Article, ArticleQuerySet, Language, Status
from archive.articles.reading import linked
from archive.authorities.directory import directory
from archive.authorities.listing import counted
from archive.authorities.models import Kind
from archive.harvesting.arguments import Harvest, end, moment
from archive.harvesting.errors import HarvestError

PAGE: Final = 100
IDENTIFIER: Final = "oai:diwan:"  # before that of the article, wherever the archive stands
LANGUAGE: Final = "language"
LINKED: Final = (Kind.OFFICIAL, Kind.COUNTRY, Kind.BODY, Kind.SOURCE)  # kinds that reports are linked to


def known() -> ArticleQuerySet:
    """All that is or was public, each with `changed_at`: a change of the report, or of a record that it names."""
    public = Q(status=Status.PUBLISHED) | Q(first_published_at__isnull=False)
    points = AccessPoint.objects.filter(article=OuterRef("pk")).order_by().values("article")
    newest = Subquery(points.annotate(last=Max("record__updated_at")).values("last"))
    changed = Greatest("updated_at", Coalesce("source__updated_at", F("updated_at")), Coalesce(newest, F("updated_at")))
    found: ArticleQuerySet = Article.objects.filter(public).annotate(changed_at=changed)
    return found


def described(held: ArticleQuerySet) -> ArticleQuerySet:
    """With all that a header and a description need, without the text, which is in neither."""
    return held.described().defer("body", "evidence", "curated_fields")


def wanted(asked: Harvest) -> tuple[list[Any], bool]:
    """The next records of a harvest, and whether there are more behind them."""
    held = known().filter(pk__gt=asked.after)
    if since := moment(asked.since):
        held = held.filter(changed_at__gte=since)
    if until := end(asked.until):
        held = held.filter(changed_at__lt=until)
    if asked.part:
        held = held.filter(_of_set(asked.part))
    found = list(described(held).order_by("pk")[: PAGE + 1])
    if not found and not asked.given:
        raise HarvestError("noRecordsMatch", "There are no such records.")
    return found[:PAGE], len(found) > PAGE


def one(identifier: str) -> Any:
    """The record of an identifier, be it deleted."""
    found = described(known()).filter(identifier=identifier.removeprefix(IDENTIFIER)).first()
    if found is None or not identifier.startswith(IDENTIFIER):
        raise HarvestError("idDoesNotExist", "There is no such record.")
    return found


def _of_set(part: str) -> Q:
    """`country:az` are those linked to it, or to the record that it became; `country` those linked to any."""
    kind, _colon, value = part.partition(":")
    value = directory().present(kind, value)
    if kind == LANGUAGE:
        return Q(language=value) if value else Q()
    if kind == Kind.SOURCE:
        return Q(source__slug=value) if value else Q(source__isnull=False)
    if kind not in LINKED:
        raise HarvestError("noRecordsMatch", "There is no such set.")
    points = AccessPoint.objects.filter(~Q(state=AccessPoint.State.REJECTED), record__kind=kind)
    if value:
        points = points.filter(record__slug=value)
    return Q(pk__in=points.values("article"))


def sets() -> Iterator[tuple[str, str]]:
    """Every set that holds anything, with its name in English."""
    yield LANGUAGE, "by language"
    yield from ((f"{LANGUAGE}:{language}", str(language.label)) for language in Language)
    label = directory().label
    for kind in LINKED:
        yield str(kind), f"by {kind}"
        yield from ((f"{kind}:{slug}", label(kind, slug, "en")) for slug, _number in counted(kind))


def sets_of(article: Article) -> Iterator[str]:
    yield f"{LANGUAGE}:{article.language}"
    if article.source:
        yield f"{Kind.SOURCE}:{article.source.slug}"
    for point in linked(article):
        yield f"{point.record.kind}:{point.record.slug}"
