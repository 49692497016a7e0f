"""The meetings of two countries that reports propose, in the order of time, and reports that only speak of talks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django.utils.translation import gettext

from archive.articles.models import Article, ArticleQuerySet, Field, Precision
from archive.articles.reading import listed, shown_mentions
from archive.authorities.directory import Directory
from archive.authorities.models import AuthorityRecord, Kind
from archive.meetings.proposing import CONSULTATIONS, TALKS, Proposal, Span, proposals, spoken_of
from archive.meetings.sentences import Named
from archive.pages.interface import reader_language
from archive.pages.shown import localdigits
from archive.stories.models import Fingerprint
from archive.text.languages import reading_language
from search.results import Highlighted

MOST: Final = 100  # reports that are read, the newest
SAME_ROUND_DAYS: Final = 7
SAME_MEETING_DAYS: Final = 1  # between the days that two reports of one meeting of the same persons tell


@dataclass(frozen=True, slots=True)
class Official:
    """Who is named as a party of a meeting."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article at its place: half open, into `field`; `words` has the telling word marked."""

    field: str
    start: int
    end: int
    words: Highlighted


@dataclass(frozen=True, slots=True)
class Witness:
    """A report that proposes a meeting; `day` is the day it tells, else its own, None without either.

    `story` is the number of the story that the report belongs to; None where it stands alone.
    """

    article: Article
    told: Proposal
    quote: Quote
    day: date | None
    is_own_day: bool
    story: int | None

    @property
    def officials(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(party.official for party in self.told.parties if party.official))

    @property
    def place(self) -> str:
        start, end = self.told.place
        return f"{self.article.title}\n\n{self.article.body}"[start:end]


@dataclass(frozen=True, slots=True)
class Speaking:
    """A report with a sentence that names both countries and a word for talks, and proposes no meeting of the two."""

    article: Article
    quote: Quote


@dataclass(frozen=True, slots=True)
class Meeting:
    """One proposed meeting by all its witnesses; what they tell differently is in `rounds` with more than one."""

    witnesses: tuple[Witness, ...]
    officials: tuple[Official, ...]

    @property
    def day(self) -> date | None:
        told = [one.day for one in self.witnesses if one.day and not one.is_own_day]
        return min(told or [one.day for one in self.witnesses if one.day], default=None)

    @property
    def is_day_of_report(self) -> bool:
        """No witness tells the day: it is the day on which the first of them was printed."""
        return self.day is not None and all(one.is_own_day for one in self.witnesses)

    @property
    def rounds(self) -> tuple[int, ...]:
        return tuple(sorted({one.told.round for one in self.witnesses if one.told.round}))

    @property
    def place(self) -> tuple[str, str]:
        """As one of the witnesses writes it, and in which language."""
        return next(((one.place, one.article.language) for one in self.witnesses if one.place), ("", ""))

    @property
    def by_video(self) -> bool:
        return any(one.told.by_video for one in self.witnesses)

    @property
    def title(self) -> str:
        """What the witnesses call it, in the reader's language."""
        kinds = {one.told.kind for one in self.witnesses}
        if CONSULTATIONS in kinds:
            return gettext("Political consultations")
        return gettext("Talks") if TALKS in kinds else gettext("Meeting")

    @property
    def round_label(self) -> str:
        return " / ".join(gettext("round %(n)s") % {"n": localdigits(number)} for number in self.rounds)


def meetings(
    articles: ArticleQuerySet, countries: Sequence[AuthorityRecord], names: Directory
) -> tuple[list[Meeting], list[Speaking]]:
    """The meetings that the newest reports propose, the undated last; and the reports that only speak of talks."""
    read = articles.described().select_related("fingerprint").prefetch_related("access_points__mentions")
    dressed = listed(read.newest_first()[:MOST], reader_language())
    states = (countries[0].slug, countries[1].slug)
    witnesses: list[Witness] = []
    speaking: list[Speaking] = []
    for article in dressed:
        language = reading_language(article.language)
        if language is None:
            continue
        named = _named(article, names)
        witness = _witness(article, language, named, states)
        words = None if witness else spoken_of(article.title, article.body, language, named, states)
        if witness:
            witnesses.append(witness)
        elif words:
            speaking.append(Speaking(article, _quote(article, *words)))
    held = [Meeting(tuple(group), _officials(group, names)) for group in _grouped(witnesses)]
    return sorted(held, key=lambda meeting: meeting.day or date.max), speaking


def _named(article: Article, names: Directory) -> list[Named]:
    """The records that a report names, in the order of the text, each with the states that it is or speaks for."""
    begins = {Field.TITLE: 0, Field.BODY: len(article.title) + 2}
    found = []
    for mention in shown_mentions(article):
        record = mention.access_point.record
        if mention.field in begins:
            start = begins[Field(mention.field)]
            states = (record.slug,) if record.kind == Kind.COUNTRY else _states(record, names)
            found.append(Named(start + mention.start, start + mention.end, record.kind, record.slug, states))
    return sorted(found)


def _states(record: AuthorityRecord, names: Directory) -> tuple[str, ...]:
    if record.kind != Kind.OFFICIAL:
        return ()
    return tuple(dict.fromkeys(office.state for office in names.offices.get(record.slug, ()) if office.state))


def _witness(article: Article, language: str, named: Sequence[Named], states: tuple[str, str]) -> Witness | None:
    """What a report tells of a meeting of the two, by the sentence that tells most of it."""
    own = article.dated_on if article.date_precision in {Precision.DAY, Precision.MINUTE} else None
    told = proposals(article.title, article.body, language, named, own)
    between = [one for one in told if one.is_between(*states)]
    if not between:
        return None
    best = max(between, key=lambda one: (bool(one.round), bool(one.day), bool(one.place[1]), -one.sentence[0]))
    fingerprint: Fingerprint = cast(Any, article).fingerprint  # the other end of a OneToOneField
    day = best.day or (None if best.is_ago else own)
    quote = _quote(article, best.sentence, best.word)
    return Witness(article, best, quote, day, best.day is None, fingerprint.story)


def _quote(article: Article, sentence: Span, word: Span) -> Quote:
    field, begun = (Field.TITLE, 0) if sentence[0] < len(article.title) else (Field.BODY, len(article.title) + 2)
    text = article.title if field == Field.TITLE else article.body
    start, end = sentence[0] - begun, sentence[1] - begun
    marked = ((word[0] - sentence[0], word[1] - sentence[0]),)
    return Quote(field, start, end, Highlighted(text[start:end], marked, False, False))


def _grouped(witnesses: Iterable[Witness]) -> Iterator[list[Witness]]:
    """Reports of one story are of one meeting; so are those of one round within a week, of the same persons and day."""
    groups: list[list[Witness]] = []
    for one in witnesses:
        group = next((group for group in groups if any(_same(one, other) for other in group)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    yield from groups


def _same(one: Witness, other: Witness) -> bool:
    if one.story is not None and one.story == other.story:
        return True
    apart = abs((one.day - other.day).days) if one.day and other.day else None
    if apart is None:
        return False
    if one.told.round and (one.told.round, one.told.kind) == (other.told.round, other.told.kind):
        return apart <= SAME_ROUND_DAYS
    return apart <= SAME_MEETING_DAYS and len(set(one.officials) & set(other.officials)) > 1


def _officials(group: Iterable[Witness], names: Directory) -> tuple[Official, ...]:
    """Those whom the sentences name as parties, in their order."""
    slugs = dict.fromkeys(slug for one in group for slug in one.officials)
    records = AuthorityRecord.objects.filter(kind=Kind.OFFICIAL, slug__in=list(slugs)).in_bulk(field_name="pk")
    held = {record.slug: record for record in records.values()}
    return tuple(
        Official(names.label(Kind.OFFICIAL, slug, reader_language()), held[slug].get_absolute_url())
        for slug in slugs
        if slug in held
    )
