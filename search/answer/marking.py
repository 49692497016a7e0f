"""Where an article answers a query: marked title and the best fragment of its text, by offsets into stored text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.articles.models import AccessPoint, Article, Field
from search.analysis.passage import WordMatch
from search.answer.matching import word_matches
from search.documents.posts import posts_in
from search.results import Highlighted, merged
from search.tree import And, Days, Linked, Node, Not, Or, Welcome, Word, all_of, leaves
from search.tree import Field as Asked

FRAGMENT = 280  # code points; about three lines
BEFORE = 70  # of these before the first match
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


def highlight(article: Article, tree: Node, *, names: bool = True) -> Marked:
    """The marked title and the best fragment of the body; without a match the beginning of the body."""
    texts = {Field.TITLE: article.title, Field.BODY: article.body}
    title, body = _marks(article, texts, tree, names)
    shown = Highlighted(article.title, tuple(title.ranges))
    return Marked(shown, best_fragment(article.body, body.ranges), _is_weak((title, body)))


def places(article: Article, tree: Node, *, names: bool = True) -> dict[str, list[Range]]:
    """Where each text of the article answers, disjoint and in order: code points into kicker, title and body."""
    texts = {Field.KICKER: article.kicker, Field.TITLE: article.title, Field.BODY: article.body}
    return {field: marks.ranges for field, marks in zip(texts, _marks(article, texts, tree, names), strict=True)}


def needed(tree: Node) -> tuple[str, ...]:
    """What marking asks of the database: the places of records and, where a post was asked, who is on file for it.

    Nothing where no record is asked: words are looked for in the text.
    """
    kinds = {leaf.kind for leaf, wanted in leaves(tree) if wanted and isinstance(leaf, Linked)}
    posts = ("access_points__record__posts__country", "access_points__record__posts__body")
    return ("access_points__mentions", *(posts if "post" in kinds else ())) if kinds else ()


def _marks(article: Article, texts: Mapping[Field, str], tree: Node, names: bool) -> list[_Marks]:
    """What answers in each of the texts: by its words, by a record that was recognised there, by the name of a post."""
    language = article.language if article.language in {"ar", "fa"} else None
    links = set(_links(tree, article.dated_on.toordinal() if article.dated_on else 0))
    mentions = [
        mention
        for point in (article.access_points.all() if links else ())
        if (point.record.kind, point.record.slug) in links and point.state != AccessPoint.State.REJECTED
        for mention in point.mentions.all()
    ]
    found = []
    for name, text in texts.items():
        linked = [(mention.start, mention.end) for mention in mentions if mention.field == name]
        if any(kind == "post" for kind, _slug in links):
            linked += [span for post, span in posts_in(article, name, text) if ("post", post) in links]
        hits = list(_matches(text, tree, language, names))
        found.append(_Marks(hits, linked, merged([*((hit.start, hit.end) for hit in hits), *linked])))
    return found


def _is_weak(marks: Iterable[_Marks]) -> bool:
    """Whether any word that was asked is answered by sound alone, and where no record of that name was recognised."""
    by_sound: set[str] = set()
    surely: set[str] = set()
    for one in marks:
        for hit in one.hits:
            is_sure = hit.reason != "name" or any(start < hit.end and hit.start < end for start, end in one.linked)
            (surely if is_sure else by_sound).add(hit.asked)
    return bool(by_sound - surely)


def _matches(text: str, tree: Node, language: str | None, names: bool) -> Iterator[WordMatch]:
    """What the tree asks of this text, whether or not the text answers all of it: the rest may stand elsewhere.

    Runs of words are asked together, so that joined spellings are seen.
    """
    if isinstance(tree, Asked | Welcome):
        yield from _matches(text, tree.child, language, names)
    elif isinstance(tree, And | Or):
        words = all_of(child for child in tree.children if isinstance(child, Word)) if isinstance(tree, And) else None
        together = word_matches(text, words, language, names=names) if isinstance(words, And) else None
        yield from together or ()
        for child in dict.fromkeys(tree.children):
            if together is None or not isinstance(child, Word):
                yield from _matches(text, child, language, names)
    elif not isinstance(tree, Not | Linked):
        yield from word_matches(text, tree, language, names=names) or ()


def _links(tree: Node, day: int) -> Iterator[tuple[str, str]]:
    """The records and posts that are asked; those of a time only for an article of this day, 0 for undated."""
    if isinstance(tree, Linked):
        yield tree.kind, tree.slug
    elif isinstance(tree, And | Or):
        times = [child for child in tree.children if isinstance(child, Days)] if isinstance(tree, And) else []
        if all(time.low <= day <= time.high for time in times):
            yield from (link for child in tree.children for link in _links(child, day))


def best_fragment(text: str, ranges: list[Range]) -> Highlighted:
    """The stretch of one paragraph with the most different matched words, cut at spaces; `ranges` as `merged` gives."""
    starts, stops = [low for low, _high in ranges], [high for _low, high in ranges]
    words = [text[low:high] for low, high in ranges]
    low, high, most = 0, 0, (-1, -1, 0)
    for start in starts or [0]:
        first, last = _window(text, start)
        inside = words[bisect_left(starts, first) : bisect_right(stops, last)]
        worth = (len(set(inside)), len(inside), -first)
        if worth > most:
            low, high, most = first, last, worth
    # A phrase may go on in the next paragraph: what is seen of it is marked.
    seen = tuple((max(start, low) - low, min(end, high) - low) for start, end in ranges if start < high and low < end)
    begins, ends = low == 0 or text[low - 1] == "\n", high == len(text) or text[high] == "\n"
    return Highlighted(text[low:high], seen, cut_before=not begins, cut_after=not ends)


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
