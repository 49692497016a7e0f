"""The meetings of two countries as their reports tell them, in the order of time, each with its witnesses."""

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
from archive.pages.interface import reader_language
from archive.pages.shown import localdigits
from archive.stories.models import Fingerprint
from search.browse.events import CONSULTATIONS, OPENING, TALKS, Told, is_head, told

MOST: Final = 100  # reports that are read, the newest
SAME_ROUND_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Official:
    """Who is named at the head of the reports; `leads`: as the head of a side."""

    label: str
    url: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Witness:
    """A report of a meeting and what it tells of it; `day` is the day it tells, else its own, None without either.

    `story` is the number of the story that the report belongs to; None where it stands alone.
    """

    article: Article
    told: Told
    day: date | None
    is_own_day: bool
    story: int | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting by all its witnesses; what they tell differently is in `rounds` and `days` with more than one."""

    witnesses: tuple[Witness, ...]
    officials: tuple[Official, ...]

    @property
    def day(self) -> date | None:
        return min((one.day for one in self.witnesses if one.day), default=None)

    @property
    def is_day_of_report(self) -> bool:
        """No witness tells the day: it is the day on which the first of them was printed."""
        return self.day is not None and all(one.is_own_day for one in self.witnesses)

    @property
    def is_between(self) -> bool:
        """A witness names both countries in the sentence that tells of the meeting."""
        return any(one.told.is_between for one in self.witnesses)

    @property
    def rounds(self) -> tuple[int, ...]:
        return tuple(sorted({one.told.round for one in self.witnesses if one.told.round}))

    @property
    def place(self) -> tuple[str, str]:
        """As one of the witnesses writes it, and in which language."""
        return next(((one.told.place, one.article.language) for one in self.witnesses if one.told.place), ("", ""))

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


def meetings(articles: ArticleQuerySet, countries: Sequence[AuthorityRecord], names: Directory) -> list[Meeting]:
    """The meetings told at the heads of the newest reports whose heads name both countries; the undated last."""
    found: ArticleQuerySet = articles
    for country in countries:
        found = found.filter(fingerprint__traits__head__icontains=f'"country:{country.slug}"')
    read = found.described().select_related("fingerprint").prefetch_related("access_points__mentions")
    dressed = listed(read.newest_first()[:MOST], reader_language())
    sides = [country.slug for country in countries]
    groups = _grouped(one for one in (_witness(article, sides, names) for article in dressed) if one)
    held = [Meeting(tuple(group), tuple(_officials(group, names))) for group in groups]
    return sorted(held, key=lambda meeting: meeting.day or date.max)


def _witness(article: Article, sides: Sequence[str], names: Directory) -> Witness | None:
    named = [list(_named(article, slug, names)) for slug in sides]
    event = told(article.title, article.body, article.language, named)
    if event is None:
        return None
    own = article.dated_on if article.date_precision in {Precision.DAY, Precision.MINUTE} else None
    traits: Fingerprint = cast(Any, article).fingerprint  # the other end of a OneToOneField
    days = [clue[4:] for clue in traits.traits["head"] if clue.startswith("day:")]
    day = date.fromisoformat(days[0]) if len(days) == 1 else None
    return Witness(article, event, day or own, day is None, traits.story)


def _named(article: Article, slug: str, names: Directory) -> Iterator[int]:
    """Where a country, or an official with a post of it on file, is named: offsets as of `told`."""
    begins = {Field.TITLE: 0, Field.BODY: len(article.title) + 2}
    for mention in shown_mentions(article):
        record = mention.access_point.record
        states = {office.state for office in names.offices.get(record.slug, ())}
        is_of = record.slug == slug if record.kind == Kind.COUNTRY else record.kind == Kind.OFFICIAL and slug in states
        if is_of and mention.field in begins:
            yield begins[Field(mention.field)] + mention.start


def _grouped(witnesses: Iterable[Witness]) -> list[list[Witness]]:
    """Reports of one story are of one meeting; so are those of one round within a week."""
    groups: list[list[Witness]] = []
    for one in witnesses:
        group = next((group for group in groups if any(_same(one, other) for other in group)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _same(one: Witness, other: Witness) -> bool:
    if one.story is not None and one.story == other.story:
        return True
    if not one.told.round or (one.told.round, one.told.kind) != (other.told.round, other.told.kind):
        return False
    return bool(one.day and other.day) and abs((one.day - other.day).days) <= SAME_ROUND_DAYS  # type: ignore[operator]


def _officials(group: Iterable[Witness], names: Directory) -> list[Official]:
    """Those whom the first lines of a report name, the heads of delegations first."""
    found: dict[str, Official] = {}
    for one in group:
        for mention in shown_mentions(one.article):
            record = mention.access_point.record
            if record.kind != Kind.OFFICIAL or (mention.field == Field.BODY and mention.start > OPENING):
                continue
            leads = mention.field == Field.BODY and is_head(one.article.body, mention.start)
            if record.slug not in found or leads:
                label = names.label(Kind.OFFICIAL, record.slug, reader_language())
                found[record.slug] = Official(label, record.get_absolute_url(), leads)
    return sorted(found.values(), key=lambda official: not official.leads)
