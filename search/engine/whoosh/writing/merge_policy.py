"""Which segments are joined: with every commit a few small ones, while nothing is to be done also larger ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoosh.reading import SegmentReader

MERGED_AT_ONCE = 200  # documents that a commit may rewrite besides its own: well below a second
TIDIED_AT_ONCE = 5_000  # documents that an idle writer may rewrite in one turn, while a new change waits
WASTED, RUINED = 0.25, 0.5  # deleted documents that have a segment rewritten: a small one, any


def merge_some(writer: Any, segments: list[Any]) -> list[Any]:
    """With every commit: join small segments, at most `MERGED_AT_ONCE` documents of them."""
    return _merge(writer, segments, to_merge([_living(s) for s in segments], writer.docnum, MERGED_AT_ONCE))


def merge_more(writer: Any, segments: list[Any]) -> list[Any]:
    """While nothing is to be done: join segments of up to `TIDIED_AT_ONCE` documents, and those that hold waste."""
    return _merge(writer, segments, to_tidy(segments))


def to_merge(sizes: Sequence[int], new: int, most: int) -> set[int]:
    """Which segments a new one of `new` documents takes in: every one not larger than all smaller ones together.

    So sizes at least double from one segment to the next: there are at most log2(n) + n / `most` of them, and a
    document is rewritten at most log2(`most`) times. Segments without living documents are always taken.

    >>> to_merge([1000, 1, 2, 4], 1, 2000)
    {1, 2, 3}
    """
    chosen: set[int] = set()
    total = new or min((size for size in sizes if size), default=0)
    for place in sorted(range(len(sizes)), key=sizes.__getitem__):
        if sizes[place] and (sizes[place] > total or total + sizes[place] > new + most):
            break
        chosen.add(place)
        total += sizes[place]
    return chosen


def to_tidy(segments: Sequence[Any]) -> set[int]:
    """Which segments an idle writer rewrites: several small ones, or the first that holds too much waste."""
    small = to_merge([_living(segment) for segment in segments], 0, TIDIED_AT_ONCE)
    if len(small) > 1:
        return small
    for place, segment in enumerate(segments):
        wasted = segment.deleted_count() / max(1, segment.doc_count_all())
        if wasted > RUINED or (wasted > WASTED and _living(segment) <= TIDIED_AT_ONCE):
            return {place}
    return set()


def _merge(writer: Any, segments: list[Any], chosen: set[int]) -> list[Any]:
    """Have the writer take in the chosen segments; give the others."""
    for place in sorted(chosen):
        if _living(segments[place]):
            reader = SegmentReader(writer.storage, writer.schema, segments[place])
            writer.add_reader(reader)
            reader.close()
    return [segment for place, segment in enumerate(segments) if place not in chosen]


def _living(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())
