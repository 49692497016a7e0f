# ruff: noqa: S608  (the names in these statements are our own, and what is laid into them are keys)
"""Reports that have something to do with one, each with the reason: the same officials, countries, bodies, and when."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db import connections
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from archive.articles.cards import card
from archive.articles.models import AccessPoint, Article, Precision, Status
from archive.articles.reading import linked, listed
from archive.authorities.directory import directory
from archive.authorities.models import Kind
from archive.pages.shown import localdigits

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


class RelatedCandidate(NamedTuple):
    """A report by its key, what the records weigh that it shares, and what tells how far it is in time."""

    key: int
    worth: int
    dated_on: datetime.date | None
    date_precision: str


def related(article: Article, language: str) -> list[Related]:
    """Up to five reports of other stories, the closest first; a fixed number of queries of bounded work."""
    points = [point for point in linked(article) if point.record.kind in WEIGHTS]
    shared = {(point.record.kind, point.record.slug) for point in points}
    candidates = _candidates(article, {point.record_id: WEIGHTS[Kind(point.record.kind)] for point in points})

    def rank(other: RelatedCandidate) -> tuple[int, int, int]:
        distance = _distance(article, other)
        return other.worth + 4 - distance, -distance, other.key

    best = [one.key for one in sorted(candidates, key=rank, reverse=True)[:SHOWN]]
    held = {one.pk: one for one in Article.objects.lined().filter(pk__in=best).still_published()} if best else {}
    ranked = [held[key] for key in best if key in held]
    return [_told(article, other, shared, language) for other in listed(ranked, language)]


# Statements of their own, for to compose them anew by the ORM took longer than to answer them. They go from articles to
# their points by the key of both: what is read is bounded by `TELLING` and `NEAREST`, however large the archive is.
SHARING: Final = f"""
    SELECT point.article_id, SUM(CASE point.record_id {{worth}} END) AS worth
    FROM articles_accesspoint point WHERE point.article_id IN ({{among}})
    AND point.record_id IN ({{shared}}) AND point.state <> '{AccessPoint.State.REJECTED}' GROUP BY point.article_id
"""
BEST: Final = f"""
    SELECT * FROM (
        SELECT article.id, sharing.worth, article.dated_on, article.date_precision
        FROM ({{sharing}}) sharing JOIN articles_article article ON article.id = sharing.article_id
        WHERE sharing.worth >= {LEAST} AND article.status = '{Status.PUBLISHED}' AND article.id <> %(article)s
        AND article.id NOT IN (
            SELECT article_id FROM stories_fingerprint
            WHERE story = (SELECT story FROM stories_fingerprint WHERE article_id = %(article)s)
        ) ORDER BY sharing.worth DESC, article.id DESC LIMIT %(considered)s
    ) {{name}}
"""
# Records that so few reports have that a report of another year would not have them by chance.
OF_TELLING: Final = """
    SELECT article_id FROM articles_accesspoint WHERE record_id IN (
        SELECT record.id FROM authorities_authorityrecord record WHERE record.id IN ({shared}) AND NOT EXISTS (
            SELECT 1 FROM authorities_tally tally
            WHERE tally.what = 'record' AND tally.key = CAST(record.id AS varchar) AND tally.number > %(telling)s
        )
    )
"""
# The reports of the days around this one, as far as a month away and up to `NEAREST` on each side.
OF_DAYS: Final = f"""
    SELECT id FROM (
        SELECT id FROM articles_article WHERE status = '{Status.PUBLISHED}' AND dated_on BETWEEN %(day)s AND %(last)s
        ORDER BY dated_on, id LIMIT %(nearest)s
    ) after
    UNION ALL SELECT id FROM (
        SELECT id FROM articles_article WHERE status = '{Status.PUBLISHED}' AND dated_on BETWEEN %(first)s AND %(day)s
        ORDER BY dated_on DESC, id DESC LIMIT %(nearest)s
    ) before
"""


def _candidates(article: Article, worths: Mapping[int, int]) -> list[RelatedCandidate]:
    """Those with most in common within a month, and those of any time that share a telling record; one statement."""
    if not worths:
        return []
    shared = ", ".join(str(int(record)) for record in worths)
    worth = " ".join(f"WHEN {record:d} THEN {weight:d}" for record, weight in worths.items())
    told: dict[str, int | str] = {"article": article.pk, "considered": CONSIDERED, "telling": TELLING}
    among = {"telling": OF_TELLING.format(shared=shared)}
    if day := article.dated_on:
        last, first = min(day, datetime.date.max - NEAR) + NEAR, max(day, datetime.date.min + NEAR) - NEAR
        told |= {"day": str(day), "last": str(last), "first": str(first), "nearest": NEAREST}
        among["near"] = OF_DAYS
    best = (
        BEST.format(name=name, sharing=SHARING.format(among=held, shared=shared, worth=worth))
        for name, held in among.items()
    )
    with connections[Article.objects.db].cursor() as cursor:
        cursor.execute(" UNION ".join(best), told)
        return [
            RelatedCandidate(key, worth, day and datetime.date.fromisoformat(str(day)), precision)
            for key, worth, day, precision in cursor.fetchall()
        ]


def _distance(article: Article, other: Article | RelatedCandidate) -> int:
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
