"""Reports that have something to do with one, each with the reason: the same officials, countries, bodies, and when."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.articles.cards import card
from archive.articles.models import AccessPoint, Article, Precision, Status
from archive.articles.reading import linked, listed
from archive.authorities.directory import directory
from archive.authorities.models import Kind
from archive.pages.shown import localdigits
from archive.stories.models import Fingerprint

SHOWN = 5
EXACT = {Precision.DAY, Precision.MINUTE}
WEIGHTS = {Kind.OFFICIAL: 3, Kind.BODY: 2, Kind.COUNTRY: 1}
LEAST = 2  # one country alone relates nearly everything
NEAR = datetime.timedelta(days=31)
CONSIDERED = 40
TELLING = 1000  # reports of a record that still says something across the years
NEAREST = 300  # reports before and after
COMPARED = 3  # days between two reports that are offered for comparing, at most
TIMES = (_("the same day"), _("the same week"), _("the same month"), _("the same year"))  # by `_distance`


@dataclass(frozen=True, slots=True)
class Related:
    """A report with the reason in the reader's words, and the names that both have.

    `is_comparable`: it is near enough in time and has parties in common, so that comparing the two tells something.
    """

    article: Article
    reason: str
    names: str
    is_comparable: bool


def related(article: Article, language: str) -> list[Related]:
    """Up to five reports of other stories, the closest first; a fixed number of queries."""
    mine = {point.record_id for point in linked(article) if point.record.kind in WEIGHTS}
    shared = {link[:2] for link in card(article).links if link.kind in WEIGHTS}
    held = Article.objects.outlined().filter(pk__in=_candidates(article, mine)).still_published()

    def rank(other: Article) -> tuple[int, int, int]:
        worth = sum(WEIGHTS[Kind(link.kind)] for link in card(other).links if link[:2] in shared)
        return worth + 4 - _distance(article, other), -_distance(article, other), other.pk

    ranked = sorted(held, key=rank, reverse=True)[:SHOWN]
    return [_told(article, other, shared, language) for other in listed(ranked, language)]


def _candidates(article: Article, mine: Collection[int]) -> set[int]:
    """Those with most in common within a month, and those of any time that share a telling record."""
    if not mine:
        return set()
    sharing = AccessPoint.objects.filter(record__in=list(mine), article__status=Status.PUBLISHED).exclude(
        state=AccessPoint.State.REJECTED
    )
    story = Fingerprint.objects.filter(pk=article.pk, story__isnull=False).values("story")
    others = sharing.exclude(article=article).exclude(article__fingerprint__story__in=story)
    # Records that so few reports have that a report of another year would not have them by chance.
    counted = AccessPoint.objects.filter(record__in=mine).order_by().values("record").annotate(count=Count("pk"))
    telling = AccessPoint.objects.filter(record__in=counted.filter(count__lte=TELLING).values("record"))
    found = set(_best(others.filter(article__in=telling.values("article"))))
    if article.dated_on:
        found |= set(_best(others.filter(_nearest(article.dated_on))))
    return found


def _nearest(day: datetime.date) -> Q:
    """The reports of the days around this one, as far as a month away and up to `NEAREST` on each side."""
    first = max(day, datetime.date.min + NEAR) - NEAR
    last = min(day, datetime.date.max - NEAR) + NEAR
    held = Article.objects.published().order_by("dated_on", "pk").values("pk")
    after = held.filter(dated_on__range=(day, last))[:NEAREST]
    before = held.filter(dated_on__range=(first, day)).reverse()[:NEAREST]
    return Q(article__in=after) | Q(article__in=before)


def _best(sharing: QuerySet[AccessPoint]) -> list[int]:
    worth = Case(
        *(When(record__kind=kind, then=Value(weight)) for kind, weight in WEIGHTS.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    ranked = sharing.values("article").annotate(worth=Sum(worth)).filter(worth__gte=LEAST)
    return list(ranked.order_by("-worth", "-article").values_list("article", flat=True)[:CONSIDERED])


def _distance(article: Article, other: Article) -> int:
    """0 the same day, 1 within a week, 2 the same month, 3 the same year, 4 farther or not known."""
    one, two = article.dated_on, other.dated_on
    if not one or not two:
        return 4
    exact = {article.date_precision, other.date_precision} <= EXACT
    apart = abs((one - two).days)
    if exact and apart < 7:
        return 0 if not apart else 1
    by_month = Precision.YEAR not in {article.date_precision, other.date_precision}
    if by_month and (one.year, one.month) == (two.year, two.month):
        return 2
    return 3 if one.year == two.year else 4


def _told(article: Article, other: Article, mine: Collection[tuple[str, str]], language: str) -> Related:
    shared = [link for link in card(other).links if link[:2] in mine]
    kinds = Counter(link.kind for link in shared)
    said = [*_said(kinds), *map(str, TIMES[_distance(article, other) :][:1])]
    names = directory()
    order = {kind: place for place, kind in enumerate(WEIGHTS)}
    labels = [
        names.label(link.kind, link.slug, language)
        for link in sorted(shared, key=lambda link: order.get(Kind(link.kind), 9))
    ]
    return Related(other, gettext(", ").join(said), " · ".join(labels[:4]), _is_comparable(article, other, kinds))


def _is_comparable(one: Article, other: Article, shared: Counter[str]) -> bool:
    """Within a few days by dates known to the day, with an official, a body or two countries in common."""
    if not one.dated_on or not other.dated_on or not {one.date_precision, other.date_precision} <= EXACT:
        return False
    has_parties = bool(shared[Kind.OFFICIAL] or shared[Kind.BODY] or shared[Kind.COUNTRY] > 1)
    return has_parties and abs((one.dated_on - other.dated_on).days) <= COMPARED


def _said(kinds: Counter[str]) -> Iterable[str]:
    n = kinds[Kind.OFFICIAL]
    if n:
        yield ngettext("the same official", "the same %(n)s officials", n) % {"n": localdigits(n)}
    n = kinds[Kind.BODY]
    if n:
        yield ngettext("the same body", "the same %(n)s bodies", n) % {"n": localdigits(n)}
    n = kinds[Kind.COUNTRY]
    if n == 2:
        yield gettext("the same pair of countries")
    elif n:
        yield ngettext("the same country", "the same %(n)s countries", n) % {"n": localdigits(n)}
