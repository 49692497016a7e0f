"""Where an article answers a query: marked title and the best fragment of its text, by offsets into stored text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.articles.models import AccessPoint, Article, Field
from search.analysis.passage import Hit
from search.matching import match
from search.posts import posts_in
from search.query import And, Days, Linked, Node, Not, Or, Word
from search.query import Field as Asked
from search.results import Highlighted

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
    """What answers in one text: words by the reason, and the places of the records and posts that were asked."""

    hits: list[Hit] = field(default_factory=list)
    linked: list[Range] = field(default_factory=list)

    @property
    def ranges(self) -> list[Range]:
        return merged([*((hit.start, hit.end) for hit in self.hits), *self.linked])


def highlight(article: Article, tree: Node, *, names: bool = True) -> Marked:
    """The marked title and the best fragment of the body; without a match the beginning of the body."""
    links = set(_links(tree, article.dated_on.toordinal() if article.dated_on else 0))
    title = _marks(article, Field.TITLE, article.title, tree, links, names)
    body = _marks(article, Field.BODY, article.body, tree, links, names)
    shown = Highlighted(article.title, tuple(title.ranges))
    return Marked(shown, best_fragment(article.body, body.ranges), _is_weak((title, body)))


def places(article: Article, tree: Node, *, names: bool = True) -> dict[str, list[Range]]:
    """Where each text of the article answers, disjoint and in order: code points into kicker, title and body."""
    links = set(_links(tree, article.dated_on.toordinal() if article.dated_on else 0))
    texts = {Field.KICKER: article.kicker, Field.TITLE: article.title, Field.BODY: article.body}
    return {field: _marks(article, field, text, tree, links, names).ranges for field, text in texts.items()}


def _marks(article: Article, field: str, text: str, tree: Node, links: set[tuple[str, str]], names: bool) -> _Marks:
    language = article.language if article.language in {"ar", "fa"} else None
    linked = [*_mentions(article, field, links)]
    if any(kind == "post" for kind, _slug in links):
        linked += [span for post, span in posts_in(article, field, text) if ("post", post) in links]
    return _Marks(list(_hits(text, tree, language, names)), linked)


def _is_weak(marks: Iterable[_Marks]) -> bool:
    """Whether any word that was asked is answered by sound alone, and where no record of that name was recognised."""
    by_sound: set[str] = set()
    surely: set[str] = set()
    for one in marks:
        for hit in one.hits:
            is_sure = hit.reason != "name" or any(start < hit.end and hit.start < end for start, end in one.linked)
            (surely if is_sure else by_sound).add(hit.asked)
    return bool(by_sound - surely)


def _hits(text: str, tree: Node, language: str | None, names: bool) -> Iterator[Hit]:
    """What the tree asks of this text, whether or not the text answers all of it: the rest may stand elsewhere."""
    for node in dict.fromkeys(_parts(tree)):
        found = match(text, node, language, names=names)
        if found is None and isinstance(node, And):
            yield from (hit for child in node.children for hit in _hits(text, child, language, names))
        elif found is not None:
            yield from found.hits


def _parts(tree: Node) -> Iterator[Node]:
    """The pieces of a tree that are marked on their own: runs of words together, so that joined spellings are seen."""
    if isinstance(tree, And):
        words = tuple(child for child in tree.children if isinstance(child, Word))
        if words:
            yield And(words) if len(words) > 1 else words[0]
        yield from (part for child in tree.children if not isinstance(child, Word) for part in _parts(child))
    elif isinstance(tree, Or):
        yield from (part for child in tree.children for part in _parts(child))
    elif isinstance(tree, Asked):
        yield from _parts(tree.child)
    elif not isinstance(tree, Not | Linked):
        yield tree


def asks_records(tree: Node) -> bool:
    """Whether a record or a post may be marked, which takes the places where records were recognised."""
    return isinstance(tree, Linked) or (isinstance(tree, And | Or) and any(map(asks_records, tree.children)))


def _links(tree: Node, day: int) -> Iterator[tuple[str, str]]:
    """The records and posts that are asked; those of a time only for an article of this day, 0 for undated."""
    if isinstance(tree, Linked):
        yield tree.kind, tree.slug
    elif isinstance(tree, And | Or):
        times = [child for child in tree.children if isinstance(child, Days)] if isinstance(tree, And) else []
        if all(time.low <= day <= time.high for time in times):
            yield from (link for child in tree.children for link in _links(child, day))


def _mentions(article: Article, field: str, wanted: set[tuple[str, str]]) -> Iterator[Range]:
    """The places where a searched record was recognised."""
    for point in article.access_points.all() if wanted else ():
        if (point.record.kind, point.record.slug) in wanted and point.state != AccessPoint.State.REJECTED:
            yield from ((m.start, m.end) for m in point.mentions.all() if m.field == field)


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Ranges in order, overlapping ones as one.

    >>> merged([(5, 9), (0, 3), (7, 12)])
    [(0, 3), (5, 12)]
    """
    done: list[Range] = []
    for start, end in sorted(ranges):
        if done and start < done[-1][1]:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return done


def best_fragment(text: str, ranges: list[Range]) -> Highlighted:
    """The stretch of one paragraph with the most different matched words, cut at spaces; `ranges` as `merged` gives."""
    starts, stops = [low for low, _high in ranges], [high for _low, high in ranges]
    words = [text[low:high] for low, high in ranges]

    def worth(window: Range) -> tuple[int, int, int]:
        inside = words[bisect_left(starts, window[0]) : bisect_right(stops, window[1])]
        return len(set(inside)), len(inside), -window[0]

    low, high = max((_window(text, start) for start in starts or [0]), key=worth)
    # A phrase may go on in the next paragraph: what is seen of it is marked.
    inside = tuple((max(start, low) - low, min(end, high) - low) for start, end in ranges if start < high and low < end)
    begins, ends = low == 0 or text[low - 1] == "\n", high == len(text) or text[high] == "\n"
    return Highlighted(text[low:high], inside, cut_before=not begins, cut_after=not ends)


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
