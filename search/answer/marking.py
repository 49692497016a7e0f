"""Where an article answers a query: marked title and the best fragment of its text, by offsets into stored text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.conf import settings

from archive.articles.cards import card
from archive.articles.models import Article, Field
from search.analysis import guess_language
from search.analysis.passage import Passage, WordMatch
from search.analysis.recalling import recalling
from search.analysis.thin_passage import Sought, ThinPassage
from search.answer.matching import word_matches
from search.answer.sought import sought, text_questions
from search.answer.standing_together import alone
from search.documents.posts import posts_in
from search.results import Highlighted, merged
from search.tree import And, Days, Linked, Node, Or, Phrase, Word, leaves

FRAGMENT = 280  # code points; about three lines
BEFORE = 70  # of these before the first match
POSTS = (
    "source",
    "access_points__mentions",
    "access_points__record__posts__country",
    "access_points__record__posts__body",
)
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """An article as a result shows it; `weak` when a name that was asked is there only by its sound."""

    title: Highlighted
    fragment: Highlighted
    weak: bool = False


@dataclass(slots=True)
class _Marks:
    """What answers in one text: words by the reason, the places of the records and posts that were asked, and all."""

    hits: list[WordMatch]
    linked: list[Range]
    ranges: list[Range]
    alone: frozenset[Range] = frozenset()


class Marker:
    """Marks the texts of articles where they answer a tree; what is the same for all of them is worked out once."""

    def __init__(self, tree: Node, *, names: bool = True) -> None:
        self.tree, self.names = tree, names
        self.questions = tuple(text_questions(tree))
        words = [leaf for leaf, wanted in leaves(tree) if wanted and isinstance(leaf, Word | Phrase)]
        self.has_company = len(words) > 1
        self._sought: dict[str | None, Sought] = {}

    def highlight(self, article: Article) -> Marked:
        """The marked title and the best fragment of the body; without a match the beginning of the body."""
        texts = {Field.TITLE: article.title, Field.BODY: article.body}
        title, body = self._marks(article, texts)
        shown = Highlighted(article.title, tuple(title.ranges), alone=title.alone)
        return Marked(shown, best_fragment(article.body, body.ranges, body.alone), _is_weak((title, body)))

    def places(self, article: Article) -> dict[str, list[Range]]:
        """Where each text of the article answers, disjoint and in order: code points into kicker, title and body."""
        return {field: ranges for field, (ranges, _alone) in self.told_apart(article).items()}

    def told_apart(self, article: Article) -> dict[str, tuple[list[Range], frozenset[Range]]]:
        """The same with those of the places where a word stands alone that stands beside the others elsewhere."""
        texts = {Field.KICKER: article.kicker, Field.TITLE: article.title, Field.BODY: article.body}
        marks = zip(texts, self._marks(article, texts), strict=True)
        return {field: (one.ranges, one.alone) for field, one in marks}

    def passage(self, text: str, language: str | None) -> Passage:
        """The text ready to be asked: only the words in it that the tree may ask for."""
        if language not in self._sought:
            self._sought[language] = sought(self.questions, language)
        return ThinPassage(text, language or guess_language(text), self._sought[language])

    def _marks(self, article: Article, texts: Mapping[Field, str]) -> list[_Marks]:
        """What answers in each of the texts: by its words, by a record recognised there, by the name of a post."""
        language = article.language if article.language in {"ar", "fa"} else None
        links = set(_links(self.tree, article.dated_on.toordinal() if article.dated_on else 0))
        recognised = [link for link in card(article).links if link[:2] in links] if links else []
        found = []
        for name, text in texts.items():
            places = (place for link in recognised for place in link.places)
            linked = [(start, end) for field, start, end in places if field == name and end <= len(text)]
            if any(kind == "post" for kind, _slug in links):
                linked += [span for post, span in posts_in(article, name, text) if ("post", post) in links]
            hits = self._matches(text, language)
            found.append(_Marks(hits, linked, merged([*((hit.start, hit.end) for hit in hits), *linked])))
        if self.has_company:
            every = [(text, one.ranges, one.hits) for text, one in zip(texts.values(), found, strict=True)]
            for one, lonely in zip(found, alone(every), strict=True):
                one.alone = frozenset(where for where in lonely if not _overlaps(where, one.linked))
        return found

    def _matches(self, text: str, language: str | None) -> list[WordMatch]:
        found: list[WordMatch] = []
        if not text or not self.questions:
            return found
        passage = self.passage(text, language)
        for node, otherwise in self.questions if passage.tokens else ():
            hits = word_matches(passage, node, language, names=self.names)
            for word in otherwise if hits is None else ():
                found += word_matches(passage, word, language, names=self.names) or ()
            found += hits or ()
        return found


def words_recalled() -> AbstractContextManager[None]:
    """Have the words of texts that are marked meanwhile taken from what is kept of them; nothing is waited for."""
    return recalling(settings.SPELLINGS_DIR, keeps=False)


def needed(tree: Node) -> tuple[str, ...]:
    """What marking asks of the database beside the article's row: where a post is asked, who is on file for it."""
    kinds = {leaf.kind for leaf, wanted in leaves(tree) if wanted and isinstance(leaf, Linked)}
    return POSTS if "post" in kinds else ()


def _overlaps(where: Range, others: Iterable[Range]) -> bool:
    return any(start < where[1] and where[0] < end for start, end in others)


def _is_weak(marks: Iterable[_Marks]) -> bool:
    """Whether any word that was asked is answered by sound alone, and where no record of that name was recognised."""
    by_sound: set[str] = set()
    surely: set[str] = set()
    for one in marks:
        for hit in one.hits:
            is_sure = hit.reason != "name" or _overlaps(hit[:2], one.linked)
            (surely if is_sure else by_sound).add(hit.asked)
    return bool(by_sound - surely)


def _links(tree: Node, day: int) -> Iterator[tuple[str, str]]:
    """The records and posts that are asked; those of a time only for an article of this day, 0 for undated."""
    if isinstance(tree, Linked):
        yield tree.kind, tree.slug
    elif isinstance(tree, And | Or):
        times = [child for child in tree.children if isinstance(child, Days)] if isinstance(tree, And) else []
        if all(time.low <= day <= time.high for time in times):
            yield from (link for child in tree.children for link in _links(child, day))


def best_fragment(text: str, ranges: list[Range], alone: Collection[Range] = ()) -> Highlighted:
    """The stretch of one paragraph with the most different matched words, cut at spaces; `ranges` as `merged` gives.

    Words that are not `alone` count before all that are.
    """
    starts, stops = [low for low, _high in ranges], [high for _low, high in ranges]
    words = [(where not in alone, text[slice(*where)]) for where in ranges]
    low, high, most = 0, 0, (-1, -1, -1, 0)
    for start in starts or [0]:
        first, last = _window(text, start)
        inside = words[bisect_left(starts, first) : bisect_right(stops, last)]
        worth = (len({one for one in inside if one[0]}), len(set(inside)), len(inside), -first)
        if worth > most:
            low, high, most = first, last, worth
    # A phrase may go on in the next paragraph: what is seen of it is marked.
    seen = {where: _within(where, low, high) for where in ranges if where[0] < high and low < where[1]}
    begins, ends = low == 0 or text[low - 1] == "\n", high == len(text) or text[high] == "\n"
    return Highlighted(
        text[low:high],
        tuple(seen.values()),
        cut_before=not begins,
        cut_after=not ends,
        start=low,
        alone=frozenset(seen[where] for where in seen if where in alone),
    )


def _within(where: Range, low: int, high: int) -> Range:
    return max(where[0], low) - low, min(where[1], high) - low


def _window(text: str, start: int) -> Range:
    """A stretch around `start` within its paragraph, beginning and ending between words."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    low = max(first, start - BEFORE)
    high = min(last, low + FRAGMENT)
    low = max(first, high - FRAGMENT)
    if low > first:
        low = text.find(" ", low, start) + 1 or low
    if high < last:
        high = text.rfind(" ", start + 1, high) if text.rfind(" ", start + 1, high) > 0 else high
    return low, high
