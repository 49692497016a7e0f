"""What is always true of an article, whatever was done to it: links on the words they name, dates as they are told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, NamedTuple

from archive.articles.dating import DATE_FIELDS, is_date_decided
from archive.articles.linking import CURATOR
from archive.articles.models import AccessPoint, Article, Certainty, Field, Mention, Precision
from archive.articles.rules import MENTIONS
from archive.authorities.models import Kind
from archive.extraction.dates import find_dates
from archive.extraction.dates.typed import read_date

TOLD: Final = (Certainty.STATED, Certainty.INFERRED)


class Fault(NamedTuple):
    """What is not so: `what` is "date", "source", "mention"; `claimed` the words kept, `found` what stands there."""

    what: str
    claimed: str
    found: str


def unsound(article: Article) -> Iterator[Fault]:
    """What an article's own fields do not bear out; its access points, records and mentions being fetched with it."""
    yield from _links(article)
    for hint in article.evidence.get("date_hints", []):
        yield from unlike("date hint", hint, article.body)
    yield from _date(article)
    for name in set(article.curated_fields) - {field.name for field in Article._meta.get_fields()}:
        yield Fault("curated field", name, "")
    if not article.title.strip() and not article.erased_at:
        yield Fault("title", "", "")


def unlike(what: str, kept: dict[str, Any], text: str) -> Iterator[Fault]:
    """Words that are kept and do not stand where they are said to."""
    claimed, found = kept.get("text", ""), text[kept.get("start", 0) : kept.get("end", 0)]
    if not claimed or claimed != found:
        yield Fault(what, claimed, found)


def _links(article: Article) -> Iterator[Fault]:
    shown: list[Mention] = []
    for point in article.access_points.all():
        mentions = list(point.mentions.all())
        for mention in mentions:
            kept = {"text": mention.form, "start": mention.start, "end": mention.end}
            yield from unlike("mention", kept, getattr(article, mention.field))
            if mention.rule not in MENTIONS:
                yield Fault("rule", mention.rule, mention.form)
        if point.record.merged_into_id:
            yield Fault("link to a merged record", str(point.record.slug), str(point.record.merged_into_id))
        if point.record.kind == Kind.SOURCE:
            yield Fault("link to a source", str(point.record.slug), "")
        if point.state == AccessPoint.State.RECOGNISED and not mentions:
            yield Fault("link without a mention", str(point.record.slug), "")
        if point.state != AccessPoint.State.REJECTED:
            shown += mentions
    for field in Field.values:
        ordered = sorted((one for one in shown if one.field == field), key=lambda one: (one.start, one.end))
        for one, other in pairwise(ordered):
            if other.start < one.end:
                yield Fault("mentions that overlap", one.form, other.form)


def _date(article: Article) -> Iterator[Fault]:
    proof, certainty = article.evidence.get("date", {}), article.date_certainty
    given = {
        name: getattr(article, name) for name in DATE_FIELDS if name != "date_certainty" and getattr(article, name)
    }
    if certainty == Certainty.UNDATED and given:
        yield Fault("undated", str(given), "")
    if certainty != Certainty.UNDATED and not (article.dated_on and article.date_precision):
        yield Fault("dated without a day", certainty, str(given))
    if article.dated_at and article.date_precision != Precision.MINUTE:
        yield Fault("time", str(article.dated_at), article.date_precision)
    if (proof.get("rule") == CURATOR) != is_date_decided(article):
        yield Fault("a curator's date", proof.get("rule", ""), ", ".join(article.curated_fields))
    if certainty == Certainty.CURATED:
        typed = read_date(proof.get("text", ""))
        if proof.get("rule") != CURATOR or typed is None or typed.first != article.dated_on:
            yield Fault("day", str(proof.get("text", "")), str(article.dated_on))
    if certainty == Certainty.INFERRED:
        yield from unlike("date", proof, article.body)
    if certainty in TOLD:
        days = {hit.first_day.isoformat() for hit in find_dates(article.date_as_printed, article.language)}
        days.add(proof.get("instant", "")[:10])  # in the outlet's zone the day may be another than in UTC
        if str(article.dated_on) not in days or article.date_as_printed != proof.get("text"):
            yield Fault("day", f"{article.date_as_printed} = {article.dated_on}", ", ".join(sorted(days)))
