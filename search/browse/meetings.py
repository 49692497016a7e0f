"""Meetings as readers see them: those that curators confirmed, those that the archive proposes, and mere talk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext, ngettext

from archive.articles.models import Article, Field
from archive.articles.reading import listed
from archive.articles.rights import Audience, shown
from archive.authorities.directory import Directory, directory
from archive.authorities.models import AuthorityRecord
from archive.meetings import telling
from archive.meetings.days import day_in_words
from archive.meetings.models import Meeting, MeetingQuerySet, MeetingReport
from archive.meetings.proposals import named_in
from archive.meetings.quotes import Quote, quote
from archive.meetings.reading.proposing import spoken_of
from archive.pages.interface import reader_language
from archive.pages.shown import localdigits
from archive.text.languages import reading_language
from search.analysis import place_name
from search.results import Highlighted

MOST: Final = 100  # reports that are read for mere talk, the newest
MONTH, YEAR = 30.44, 365.25  # days


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A sentence of an article at its place: half open, into `field`; `words` has the telling word marked."""

    field: str
    start: int
    end: int
    words: Highlighted


@dataclass(frozen=True, slots=True)
class Witness:
    """A public report of a meeting; `quote` is None where no sentence may be shown or none is known."""

    article: Article
    quote: ShownQuote | None


@dataclass(frozen=True, slots=True)
class ShownParty:
    """Who took part, and the head of the delegation: labels with their addresses, "" where there is none."""

    label: str
    url: str
    head: str
    head_url: str


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A meeting for a list or its own page; `rounds` are more than one where the reports count differently."""

    held: Meeting
    parties: tuple[ShownParty, ...]
    witnesses: tuple[Witness, ...]
    rounds: tuple[int, ...]

    @property
    def kind(self) -> str:
        return telling.kind_in_words(self.held)

    @property
    def names(self) -> str:
        return " × ".join(party.label for party in self.parties)

    @property
    def number(self) -> int:
        """Of public reports."""
        return len(self.witnesses)

    @property
    def has_heads(self) -> bool:
        return any(party.head for party in self.parties)

    @property
    def day(self) -> str:
        held = self.held
        return day_in_words(held.dated_on, held.date_precision, held.date_calendar, reader_language())

    @property
    def iso(self) -> str:
        length = {"month": 7, "year": 4}.get(self.held.date_precision, 10)
        return self.held.dated_on.isoformat()[:length] if self.held.dated_on else ""

    @property
    def place(self) -> str:
        return place_name(self.held.city, reader_language())

    @property
    def title(self) -> str:
        return telling.title(self.held, [party.label for party in self.parties], self.day)


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two meetings of a timeline, in words: how long, and which rounds the archive has not."""

    length: str
    missing: str


def dressed(found: MeetingQuerySet, to: Audience = Audience.PAGE) -> list[ShownMeeting]:
    """Meetings with all that a page shows of them, in a fixed number of queries."""
    names, language = directory(), reader_language()
    meetings = list(found.whole())
    public = Article.objects.published().carded()
    reports = MeetingReport.objects.filter(meeting__in=meetings, article__in=Article.objects.published())
    held: dict[int, list[MeetingReport]] = {}
    chosen = reports.order_by("pk")
    articles = {one.pk: one for one in listed(public.filter(pk__in=chosen.values("article")), language)}
    for report in chosen:
        held.setdefault(report.meeting_id, []).append(report)
    return [_dressed(one, held.get(one.pk, []), articles, names, to) for one in meetings]


def _dressed(
    meeting: Meeting, reports: list[MeetingReport], articles: dict[int, Article], names: Directory, to: Audience
) -> ShownMeeting:
    language = reader_language()
    parties = []
    for party in meeting.parties.all():
        record, head = party.present, party.present_head
        parties.append(
            ShownParty(
                names.label(record.kind, record.slug, language),
                record.get_absolute_url(),
                names.label(head.kind, head.slug, language) if head else "",
                head.get_absolute_url() if head else "",
            )
        )
    witnesses = []
    for report in reports:
        if article := articles.get(report.article_id):
            part = shown(article, to, names)
            witnesses.append(Witness(part, _marked(quote(report, part))))
    rounds = {report.told["round"] for report in reports if report.told.get("round")}
    return ShownMeeting(meeting, tuple(parties), tuple(witnesses), tuple(sorted(rounds)))


def _marked(found: Quote | None) -> ShownQuote | None:
    return ShownQuote(found.field, found.start, found.end, Highlighted(found.text, (found.word,))) if found else None


def timeline(meetings: Sequence[ShownMeeting]) -> Iterator[tuple[Gap | None, ShownMeeting]]:
    """Meetings in the order of time, each with what lies between it and the one before."""
    before: ShownMeeting | None = None
    for one in sorted(meetings, key=lambda one: (one.held.dated_on or date.max, one.held.pk)):
        yield (_gap(before.held, one.held) if before else None), one
        before = one


def _gap(before: Meeting, after: Meeting) -> Gap | None:
    days = (after.dated_on - before.dated_on).days if before.dated_on and after.dated_on else 0
    missing = ""
    if before.kind == after.kind and before.round and after.round and after.round > before.round + 1:
        first, last = before.round + 1, after.round - 1
        numbers = localdigits(f"{first}" if first == last else f"{first}–{last}")
        missing = gettext("no report of round %(n)s") % {"n": numbers}
    length = _length(days)
    return Gap(length, missing) if length or missing else None


def _length(days: int) -> str:
    """«5 months later», from a month on; "" for less."""
    if days < MONTH:
        return ""
    if days < YEAR:
        number = round(days / MONTH)
        told = ngettext("%(n)s month later", "%(n)s months later", number)
    else:
        number = round(days / YEAR)
        told = ngettext("%(n)s year later", "%(n)s years later", number)
    return told % {"n": localdigits(number)}


def speaking(keys: Sequence[int], countries: Sequence[AuthorityRecord], told: Iterable[ShownMeeting]) -> list[Witness]:
    """Those reports with a sentence that names both countries and a word for talks, of no meeting of `told`."""
    names = directory()
    known = {witness.article.pk for meeting in told for witness in meeting.witnesses}
    articles = Article.objects.filter(pk__in=keys).still_published().described().newest_first()
    read = articles.prefetch_related("access_points__mentions")
    found = []
    for article in listed(read, reader_language()):
        part, language = shown(article, Audience.PAGE, names), reading_language(article.language)
        if article.pk in known or language is None:
            continue
        slugs = [record.slug for record in countries]
        words = spoken_of(part.title, part.body, language, named_in(part, names), slugs)
        if words:
            found.append(Witness(part, _spoken(part, *words)))
    return found


def _spoken(article: Article, sentence: tuple[int, int], word: tuple[int, int]) -> ShownQuote:
    field, begun = (Field.TITLE, 0) if sentence[0] < len(article.title) else (Field.BODY, len(article.title) + 2)
    text = article.title if field == Field.TITLE else article.body
    start, end = sentence[0] - begun, sentence[1] - begun
    marked = ((word[0] - sentence[0], word[1] - sentence[0]),)
    return ShownQuote(field, start, end, Highlighted(text[start:end], marked))


def as_json(meeting: ShownMeeting, absolute: Any) -> dict[str, Any]:
    """A confirmed meeting for programs: its facts, its parties, the reports that tell of it."""
    held = meeting.held
    return {
        "identifier": held.identifier,
        "url": absolute(held.get_absolute_url()),
        "title": meeting.title,
        "kind": held.kind,
        "round": held.round,
        "level": held.level,
        "date": meeting.iso,
        "date_precision": held.date_precision,
        "date_evidence": held.date_certainty,
        "place": held.city,
        "by_video": held.by_video,
        "parties": [
            {
                "kind": party.present.kind,
                "identifier": party.present.slug,
                "head_of_delegation": party.present_head.slug if party.present_head else None,
            }
            for party in held.parties.all()
        ],
        "reports": [absolute(witness.article.get_absolute_url()) for witness in meeting.witnesses],
    }
