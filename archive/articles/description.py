"""From an extracted page to the fields and access points of an article, with the evidence of each guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from archive.articles.models import AccessPoint, Article, Certainty, Field, Mention
from archive.articles.rules import rule_of
from archive.authorities import directory
from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.models import AuthorityRecord, Kind
from archive.authorities.recognition.recognition import RecognisedMention, find_mentions
from archive.extraction.dates import PartialDate
from archive.extraction.dates.dating import ArticleDate, date_article, date_hints
from archive.extraction.dates.words import language_of
from archive.extraction.page.types import ExtractedArticle
from archive.pages.kept_while import kept_while_same
from archive.text.languages import reading_language

LONGEST_TITLE = 90  # code points
UNDATED: dict[str, Any] = {
    "dated_on": None,
    "dated_at": None,
    "date_as_printed": "",
    "date_calendar": "",
    "date_precision": "",
    "date_certainty": Certainty.UNDATED,
}


def describe(extracted: ExtractedArticle, address: str = "") -> dict[str, Any]:
    """The fields of an article as the page gives them; nothing is added that the page does not say.

    `address` is where the page was fetched: its site tells the source where the page names none that is known.
    """
    date = date_article(extracted.date_lines, extracted.body, extracted.language, zone=extracted.zone)
    claim = extracted.source
    return {
        "language": extracted.language,
        "kicker": extracted.kicker,
        "title": extracted.title or first_words(extracted.body),
        "body": extracted.body,
        "source": _source(claim.name if claim else "", address or extracted.target_uri),
        "source_as_printed": claim.name if claim else "",
        "item_code": extracted.item_code[:40],
        "byline": extracted.byline.text[:200] if extracted.byline else "",
        "agency": extracted.agency.text[:200] if extracted.agency else "",
        "place": extracted.place.text[:200] if extracted.place else "",
        **(date_fields(date) if date else UNDATED),
        "evidence": _evidence(extracted, date),
    }


def first_words(body: str) -> str:
    """A page without a title is called by the beginning of its text, cut at a space, with an ellipsis."""
    return body if len(body) <= LONGEST_TITLE else body[:LONGEST_TITLE].rpartition(" ")[0] + " …"


def _source(name: str, address: str) -> AuthorityRecord | None:
    slug = directory.directory().source_of(name, address)
    if slug is None:
        return None
    met = _sources_met(directory.revision())
    if slug not in met:
        met[slug] = AuthorityRecord.objects.present().filter(kind=Kind.SOURCE, slug=slug).first()
    return met[slug]


@kept_while_same
def _sources_met(_revision: directory.Revision) -> dict[str, AuthorityRecord | None]:
    """The sources that one state of the authority file was asked for, by slug."""
    return {}


def date_fields(date: ArticleDate) -> dict[str, Any]:
    return {
        "dated_on": date.value,
        "dated_at": date.instant,
        "date_as_printed": date.as_printed,
        "date_calendar": date.calendar,
        "date_precision": date.precision,
        "date_certainty": date.certainty,
    }


def _evidence(extracted: ExtractedArticle, date: ArticleDate | None) -> dict[str, Any]:
    """Where each guess was found and what was cut; offsets point into the page's decoded text."""
    evidence: dict[str, Any] = {
        "encoding": extracted.encoding,
        "language": dict(extracted.language_evidence),
        "removed": [asdict(removed) for removed in extracted.removed],
        "date_hints": _as_kept(date.hints) if date else partial_dates(extracted.body, extracted.language),
    }
    for name, found in (
        ("source", extracted.source.evidence if extracted.source else None),
        ("item_code", extracted.item_code_evidence),
        ("target_uri", extracted.target_uri_evidence),
        ("byline", extracted.byline),
        ("agency", extracted.agency),
        ("place", extracted.place),
    ):
        if found:
            evidence[name] = asdict(found)
    if date:
        evidence["date"] = date_evidence(date, rule_of(date, extracted))
    return evidence


def date_evidence(date: ArticleDate, rule: str) -> dict[str, Any]:
    """Where a date was found, and what else it says."""
    return {
        "text": date.as_printed,
        "start": date.start,
        "end": date.end,
        "rule": rule,
        "agrees": date.agrees,
        "instant": date.instant.isoformat() if date.instant else "",  # in the time zone of the outlet
        "clock": f"{date.clock:%H:%M}" if date.clock else "",  # as printed
    }


def partial_dates(body: str, language: str) -> list[dict[str, Any]]:
    """The days without a year that a text tells."""
    return _as_kept(date_hints(body, language_of(body, language)))


def _as_kept(hints: Iterable[PartialDate]) -> list[dict[str, Any]]:
    return [{"text": hint.text, "start": hint.start, "end": hint.end} for hint in hints]


Found = tuple[Field, RecognisedMention]


def mentions_in(kicker: str, title: str, body: str, language: str, names: Gazetteer | None = None) -> list[Found]:
    """The officials, countries and bodies that an article names, each with its place in a field of it.

    By the present authority file, or by other `names`.
    """
    # One text, so that a surname in the body is known from the full name in the title.
    fields = [(Field.KICKER, kicker)] * bool(kicker) + [(Field.TITLE, title), (Field.BODY, body)]
    text = "\n\n".join(value for _name, value in fields)
    start = 0
    bounds = []
    for name, value in fields:
        bounds.append((name, start, start + len(value)))
        start += len(value) + 2
    found = []
    for mention in find_mentions(text, reading_language(language), names or directory.gazetteer()):
        for name, low, high in bounds:
            if low <= mention.start and mention.end <= high:
                form = text[mention.start : mention.end]  # as written here, not as in the authority file
                found.append((name, replace(mention, start=mention.start - low, end=mention.end - low, form=form)))
    return found


def link(found: Sequence[tuple[Article, Sequence[Found]]]) -> None:
    """Give new articles access points to the records that each names, and keep where it names them; in few statements.

    An access point stands where its record is first mentioned. Mentions of what has no record are left out.
    """
    records = _records(mention for _article, mentions in found for mention in mentions)
    wanted = {
        (article.pk, key): AccessPoint(article=article, record=records[key])
        for article, mentions in found
        for key in _keys(mentions)
        if key in records
    }
    AccessPoint.objects.bulk_create(wanted.values())
    Mention.objects.bulk_create(
        Mention(
            access_point=point,
            field=field,
            start=mention.start,
            end=mention.end,
            form=mention.form[:200],
            rule=mention.rule,
            confidence=mention.confidence,
        )
        for article, mentions in found
        for field, mention in mentions
        if (point := wanted.get((article.pk, (mention.kind, mention.record))))
    )


def _records(found: Iterable[Found]) -> dict[tuple[str, str], AuthorityRecord]:
    """The records of mentions, by kind and slug."""
    slugs = {slug for _kind, slug in _keys(found)}
    return {(one.kind, one.slug): one for one in AuthorityRecord.objects.present().filter(slug__in=slugs)}


def _keys(found: Iterable[Found]) -> list[tuple[str, str]]:
    """Kind and slug of what is mentioned, in the order of the first mention."""
    return list(dict.fromkeys((mention.kind, mention.record) for _field, mention in found))
