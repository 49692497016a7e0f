"""Where an article answers a query: marked title and the best fragment of its text, by offsets into stored text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.articles.models import AccessPoint, Article, Field
from search.matching import match
from search.query import And, Linked, Node, Not, Or, Word
from search.query import Field as Asked
from search.results import Highlighted

FRAGMENT = 280  # code points; about three lines
BEFORE = 70  # of these before the first match
Range = tuple[int, int]


def highlight(article: Article, tree: Node) -> tuple[Highlighted, Highlighted]:
    """The marked title and the best fragment of the body; without a match the beginning of the body."""
    language = article.language if article.language in {"ar", "fa"} else None
    title = Highlighted(article.title, tuple(_ranges(article, Field.TITLE, article.title, tree, language)))
    ranges = _ranges(article, Field.BODY, article.body, tree, language)
    return title, best_fragment(article.body, ranges)


def _ranges(article: Article, field: str, text: str, tree: Node, language: str | None) -> list[Range]:
    found = _hits(text, tree, language)
    return merged([*found, *_mentions(article, field, set(_links(tree)))])


def _hits(text: str, tree: Node, language: str | None) -> Iterator[Range]:
    """What the tree asks of this text, whether or not the text answers all of it: the rest may stand elsewhere."""
    for node in _parts(tree):
        found = match(text, node, language)
        if found is None and isinstance(node, And):
            yield from (hit for child in node.children for hit in _hits(text, child, language))
        elif found is not None:
            yield from ((hit.start, hit.end) for hit in found.ranges)


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


def _links(tree: Node) -> Iterator[tuple[str, str]]:
    if isinstance(tree, Linked):
        yield tree.kind, tree.slug
    elif isinstance(tree, And | Or):
        yield from (link for child in tree.children for link in _links(child))


def _mentions(article: Article, field: str, wanted: set[tuple[str, str]]) -> Iterator[Range]:
    """The places where a searched record was recognised."""
    for point in article.access_points.all():
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
    """The stretch of one paragraph with the most different matched words, cut at spaces."""
    starts = [start for start, _end in ranges] or [0]
    windows = [_window(text, start) for start in starts]
    low, high = max(windows, key=lambda window: (_variety(text, ranges, window), -window[0]))
    inside = tuple((start - low, end - low) for start, end in ranges if low <= start and end <= high)
    begins, ends = low == 0 or text[low - 1] == "\n", high == len(text) or text[high] == "\n"
    return Highlighted(text[low:high], inside, cut_before=not begins, cut_after=not ends)


def _variety(text: str, ranges: list[Range], window: Range) -> tuple[int, int]:
    inside = [text[start:end] for start, end in ranges if window[0] <= start and end <= window[1]]
    return len(set(inside)), len(inside)


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
