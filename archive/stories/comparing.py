"""Two reports beside each other: what both name, marked in both by one number, and where they disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.articles.models import AccessPoint, Article, Field, Precision
from archive.stories.counts import counted
from archive.stories.traits import number_told, told
from archive.text import marked
from archive.text.languages import reading_language
from search.analysis import analyze

SHARED = ("official", "body", "country", "day", "round", "number")
EXACT = {Precision.DAY, Precision.MINUTE}


@dataclass(frozen=True, slots=True)
class ClueSpan:
    """A clue at its place in a field of an article: half-open offsets in code points."""

    field: str
    start: int
    end: int
    clue: str


@dataclass(frozen=True, slots=True)
class NumberedPiece:
    """A run of text; `number` is that of the clue it names where the other report names it too, else 0."""

    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """`shared`: the clues of both in the order of the first report; number n stands for the n-th of them."""

    one: tuple[ClueSpan, ...]
    other: tuple[ClueSpan, ...]
    shared: tuple[str, ...]

    def paragraphs(self, article: Article, spans: Iterable[ClueSpan], field: str) -> list[list[NumberedPiece]]:
        """The paragraphs of a field, cut at what both reports name."""
        numbers = {clue: number for number, clue in enumerate(self.shared, 1)}
        text = article.title if field == Field.TITLE else article.body
        kept = [span for span in spans if span.field == field and span.clue in numbers]
        cut = (marked.pieces(text, kept, start, end) for start, end in marked.paragraphs(text))
        return [[NumberedPiece(run, numbers[span.clue] if span else 0) for run, span in pieces] for pieces in cut]


def compare(one: Article, other: Article) -> Comparison:
    """What two articles, with their access points and mentions at hand, both name."""
    mine, theirs = tuple(spans(one)), tuple(spans(other))
    common = {span.clue for span in mine} & {span.clue for span in theirs}
    return Comparison(mine, theirs, tuple(dict.fromkeys(span.clue for span in mine if span.clue in common)))


def spans(article: Article) -> list[ClueSpan]:
    """The records, days, rounds and numbers that an article names, the title first, each at its place."""
    found = [*_records(article)]
    language = reading_language(article.language)
    day = article.dated_on if article.date_precision in EXACT else None
    for field, text in ((Field.TITLE, article.title), (Field.BODY, article.body)):
        tokens = analyze(text, language)
        stated = [ClueSpan(field, start, end, clue) for start, end, clue in told(text, language, tokens, day)]
        stated += [
            ClueSpan(field, token.start, token.end, f"number:{number}")
            for token in tokens
            if (number := number_told(token))
        ]
        found += [span for span in stated if span.clue.partition(":")[0] in SHARED]
    order = {Field.TITLE: 0, Field.BODY: 1}
    return _apart(sorted(found, key=lambda span: (order[Field(span.field)], span.start, -span.end)))


def _records(article: Article) -> Iterator[ClueSpan]:
    for point in article.access_points.all():
        if point.state != AccessPoint.State.REJECTED:
            for mention in point.mentions.all():
                if mention.field == Field.TITLE or (mention.field == Field.BODY and mention.end <= len(article.body)):
                    yield ClueSpan(
                        mention.field, mention.start, mention.end, f"{point.record.kind}:{point.record.slug}"
                    )


def _apart(found: Iterable[ClueSpan]) -> list[ClueSpan]:
    """Without spans that begin inside another: the 26 of «26 أكتوبر» is no number."""
    kept: list[ClueSpan] = []
    for span in found:
        if not kept or kept[-1].field != span.field or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def different_counts(one: Article, other: Article) -> list[tuple[str, int, int]]:
    """`(what, number, other number)` where each report counts killed or wounded once, and not alike."""
    mine, theirs = _counts(one), _counts(other)
    return [
        (what, min(mine[what]), min(theirs[what]))
        for what in mine
        if len(mine[what]) == len(theirs.get(what, ())) == 1 and mine[what] != theirs[what]
    ]


def _counts(article: Article) -> dict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for what, number in counted(analyze(article.body)):
        found[what].add(number)
    return found
