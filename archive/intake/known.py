"""What an item resembles of what is held: the same address, the same text, nearly the same; and what is usual then.

Looked up for a slice of items at a time, so that a bulk intake asks the database three questions for many.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_noop

from archive.articles.models import Article, ArticleQuerySet, Precision
from archive.captures.models import Capture
from archive.database.turns import INTAKE, take_turn
from archive.extraction.page.folding import key
from archive.intake.marks import NEAR, Marks, marks, share, words
from archive.intake.models import Bucket, Pair, Trace
from archive.intake.reading.items import Reason
from archive.intake.readings import Read
from archive.stories.models import write_pairs

CHANGED: Final = gettext_noop("Its address is held already, with another text: %(identifier)s.")
SAME: Final = gettext_noop("Its text is held already: %(identifier)s.")
NEARLY: Final = gettext_noop("Nearly its text is held already: %(identifier)s.")
TRACED: Final = 200  # articles at a time
_LIKE: Final = 0.2  # of the text that two pages of one address have in common, where a giver alone says the address
_COMPARED: Final = 5
_IN: Final = 500
REASONS: Final = {Pair.Kind.VERSION: CHANGED, Pair.Kind.SAME: SAME, Pair.Kind.NEAR: NEARLY}


@dataclass(frozen=True, slots=True)
class Alike:
    """An article that an item resembles. `is_older` where the item was captured before it, `is_one_page` where both are
    of one address, `is_another` where a source or a day of its own says that it is a report of its own.
    """

    held: Article
    kind: Pair.Kind
    share: float
    is_older: bool = False
    is_one_page: bool = False
    is_another: bool = False

    @property
    def reason(self) -> Reason:
        return Reason(REASONS[self.kind], {"identifier": self.held.identifier})

    def decision(self, *, asking: bool) -> Pair.Decision:
        """What is done of it by rule; OPEN where a curator has to say."""
        if self.is_one_page and (self.kind == Pair.Kind.SAME or self.is_older):
            return Pair.Decision.SAME
        if self.kind == Pair.Kind.VERSION or asking:
            return Pair.Decision.OPEN
        return Pair.Decision.SAME if self.kind == Pair.Kind.SAME and not self.is_another else Pair.Decision.WITNESS


class Known:
    """What is held, as far as a slice of items may resemble it, and what that slice has brought itself."""

    def __init__(self) -> None:
        self._of_run: tuple[dict[int, Article], dict[int, Article]] = ({}, {})  # of a dry run, which writes nothing
        self.forget()

    def forget(self) -> None:
        """Forget the slice."""
        self._new: list[tuple[Article, Marks]] = []
        self._by_address, self._by_text = (dict(held) for held in self._of_run)
        self._by_bucket: defaultdict[int, list[Article]] = defaultdict(list)

    def meet(self, found: Iterable[Read]) -> None:
        """Look up what these may resemble."""
        self.forget()
        given = [one.marks for one in found if one.reason is None]
        held = _described()
        for article in held.filter(trace__address__in={one.address for one in given if one.address}).order_by("pk"):
            self._by_address[article.trace.address] = article
        for article in held.filter(trace__text__in={one.text for one in given if one.text}).order_by("-pk"):
            self._by_text[article.trace.text] = article
        wanted = list({value for one in given for value in one.buckets})
        meeting: defaultdict[int, list[int]] = defaultdict(list)
        for at in range(0, len(wanted), _IN):
            for value, key_of in Bucket.objects.filter(value__in=wanted[at : at + _IN]).values_list("value", "trace"):
                meeting[key_of].append(value)
        most = sorted(meeting, key=lambda one: -len(meeting[one]))[:_IN]
        for article in held.filter(pk__in=most):
            for value in meeting[article.pk]:
                self._by_bucket[value].append(article)

    def alike(self, found: Read) -> Alike | None:
        """The article that an item resembles most, None where it is new."""
        of_page, of_text = self._by_address.get(found.marks.address), self._by_text.get(found.marks.text)
        if of_page is not None:
            common = _share(found, of_page)
            if of_text == of_page or common == 1:
                return self._told(of_page, Pair.Kind.SAME, 1.0, found, is_one_page=True)
            if found.item.http or common >= _LIKE or key(of_page.title) == key((found.description or {})["title"]):
                return self._told(of_page, Pair.Kind.VERSION, common, found, is_one_page=True)
        if of_text is not None:
            return self._told(of_text, Pair.Kind.SAME, 1.0, found)
        meeting = Counter(one for value in found.marks.buckets for one in self._by_bucket.get(value, ()))
        near = [(_share(found, one), one) for one, _times in meeting.most_common(_COMPARED)]
        best = max(near, key=lambda one: one[0], default=None)
        return self._told(best[1], Pair.Kind.NEAR, best[0], found) if best and best[0] >= NEAR else None

    @staticmethod
    def _told(held: Article, kind: Pair.Kind, common: float, found: Read, *, is_one_page: bool = False) -> Alike:
        said = found.description or {}
        before, now = held.capture.captured_at, found.item.captured_at
        is_older = bool(before and now and now < before)
        sources = {key(name) for name in (held.source_as_printed, said["source_as_printed"]) if name}
        days = [day for day, how in ((held.dated_on, held.date_precision), _day(said)) if day and how in _EXACT]
        is_another = len(sources) > 1 or (len(days) > 1 and abs((days[0] - days[1]).days) > 1)
        return Alike(held, kind, round(common, 3), is_older, is_one_page, is_another)

    def add(self, article: Article, known_by: Marks) -> None:
        """Know an article that this slice brings; `save` writes what it is known by."""
        self._new.append((article, known_by))
        self._know(article, known_by)

    def _know(self, article: Article, known_by: Marks) -> None:
        for mark, held in ((known_by.address, self._by_address), (known_by.text, self._by_text)):
            if mark:
                held[mark] = article
        for value in known_by.buckets:
            self._by_bucket[value].append(article)

    def add_unwritten(self, found: Read) -> None:
        """Know what a dry run has met: in the same file its address and its text are told again."""
        said = {name: value for name, value in (found.description or {}).items() if name != "evidence"}
        capture = Capture(captured_at=found.item.captured_at)
        article = Article(identifier=found.digest[:12], capture=capture, pk=-1 - len(self._of_run[1]), **said)
        self._know(article, found.marks)
        for mark, held, kept in zip(found.marks[:2], self._of_run, (self._by_address, self._by_text), strict=True):
            if mark:
                held[mark] = kept[mark]

    def save(self) -> None:
        """Write what the articles of the slice are known by. To be called in their transaction."""
        write_traces(self._new)
        self._new.clear()


_EXACT: Final = {Precision.DAY, Precision.MINUTE}


def _day(said: dict[str, Any]) -> tuple[datetime.date | None, str]:
    return said["dated_on"], said["date_precision"]


def _described() -> ArticleQuerySet:
    return Article.objects.select_related("capture", "trace").defer("evidence")


def _share(found: Read, held: Article) -> float:
    said = found.description or {}
    return share(words(said["title"], said["body"]), words(held.title, held.body))


@transaction.atomic
def write_traces(known: Sequence[tuple[Article, Marks]]) -> None:
    """Write what articles are known by that nothing is written of."""
    Trace.objects.bulk_create(Trace(article_id=one.pk, address=of.address, text=of.text) for one, of in known)
    write_pairs(Bucket, [(one.pk, value) for one, of in known for value in of.buckets])


def trace_again(article: Article, known_by: Marks) -> None:
    """Write what an article is known by that is described from another capture now."""
    Trace.objects.filter(pk=article.pk).delete()
    write_traces([(article, known_by)])


def trace_some() -> bool:
    """Trace some of the articles that came in otherwise or by an earlier release; whether there may be more.

    Two intakes that begin together find the same articles untraced: each looks when it is its turn to write.
    """
    untraced = Article.objects.filter(trace__isnull=True)
    if not untraced.exists():
        return False
    with transaction.atomic():
        take_turn(INTAKE)
        left = list(untraced.select_related("capture").order_by("pk")[:TRACED])
        write_traces([(one, marks(one.capture.target_uri, one.title, one.body)) for one in left])
    return len(left) == TRACED
