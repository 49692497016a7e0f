"""What Diwan asks of an engine, and what an engine promises: an engine is written by reading this module alone.

`Engine` is asked, by many threads of many processes at once; `IndexWriter` is what the one process may do that holds
the writer's lock. The index holds the public articles, each as one document made from an `IndexEntry`
(`search.documents`), by identifier. tests/unit/search/engine/contract.py is what every engine must pass: it fixes what
is found and counted, not scores, and the order only by date.

Words come folded where it is said so (`search.analysis.fold`); days are proleptic Gregorian ordinals, 0 for the
undated. A facet is one of `search.request.FACETS`, its values are identifiers.

Visible: a question sees one state of the index, whole. What `apply` and `build` did is seen by every question, of
every process, that begins after they returned; who has seen a state never sees an earlier one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from search.documents.entries import IndexEntry
from search.request import Filters
from search.tree import All, Node


class SearchUnavailable(Exception):
    """The index cannot answer: it is missing, damaged or made by another version. `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EngineAway(SearchUnavailable):
    """The engine cannot be asked now, so that nothing is known of its index: nobody takes that for damaged."""


class WriterBusy(Exception):
    """Another process holds the writer's lock."""


class ValueUnion(NamedTuple):
    """Values of one facet that are counted together: an article that has several of them counts once."""

    name: str
    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A tree, the conditions that narrow it, the order and the slice that is wanted.

    `filters` are the chosen facet values (OR within a facet, AND across); articles with any of the `excluded` values
    are left out. `since` and `until` are the first and the last day, either may be open; a range leaves out the
    undated. `names` lets a word be answered by other names of a place and by names that sound like it. `by_facet` asks
    for the counts of the facets, `by_day` for the number of found articles of every day. `beyond`, the `end` of an
    earlier answer, leaves out of the slice all that stands at or before it in an order by date or arrival; counts stay
    those of the whole. `sources` is the order of the sources in an order by them. `unions` are counted where the facets
    are.
    """

    tree: Node = field(default_factory=All)
    filters: Filters = ()
    order: str = "relevance"
    start: int = 0
    size: int = 20
    names: bool = True
    by_facet: bool = True
    by_day: bool = False
    excluded: Filters = ()
    since: date | None = None
    until: date | None = None
    beyond: int | None = None
    sources: tuple[str, ...] = ()
    unions: tuple[ValueUnion, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`found` holds `(article identifier, score)` of the slice, best first.

    `counts` gives for every facet the exact number of articles of each value, counted under the question without that
    facet's own choices, for `year` and `month` also without the range of days, so that `undated` is counted beside a
    range; an excluded value is counted without the exclusions of its facet, every other one with them. Empty when not
    asked for.
    `archive_total` counts every public article. `days` gives the number of found articles of every day that has any,
    in order, as proleptic Gregorian ordinals, 0 for the undated; empty when not asked for. `end` is where the slice
    ends in an order by date or arrival, there the key of its last article: it stays what it is while articles come, go
    and change, in every state of the index. `unions` counts those of the question by name, as a value of their facet
    would be; one whose values are all excluded without these exclusions.
    """

    total: int
    archive_total: int
    found: tuple[tuple[str, float], ...]
    counts: Mapping[str, Mapping[str, int]]
    generation: str
    days: Mapping[int, int] = field(default_factory=dict)
    end: int | None = None
    unions: Mapping[str, int] = field(default_factory=dict)

    @property
    def months(self) -> dict[tuple[int, int], int]:
        """`days` summed by Gregorian year and month, in order; the undated are left out."""
        sums: Counter[tuple[int, int]] = Counter()
        for day, count in self.days.items():
            if day:
                dated = date.fromordinal(day)
                sums[dated.year, dated.month] += count
        return dict(sums)

    @property
    def years(self) -> dict[int, int]:
        """`days` summed by Gregorian year, in order; the undated are left out."""
        sums: Counter[int] = Counter()
        for (year, _month), count in self.months.items():
            sums[year] += count
        return dict(sums)


@dataclass(frozen=True, slots=True)
class ValuePair:
    """Two facet values, each with its facet, in `count` articles that have both.

    `first` and `last` are the days of these articles as proleptic Gregorian ordinals, 0 where all are undated.
    """

    one: tuple[str, str]
    other: tuple[str, str]
    count: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Together:
    """The most frequent pairs of a result set, exactly counted; `total` is the number of all different pairs."""

    pairs: tuple[ValuePair, ...]
    total: int
    generation: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What the articles of a question have on every day, by proleptic Gregorian ordinals, 0 for the undated.

    `articles` are counted, `places` are where its words stand, `words` are all words of these articles, nearly. Where
    `is_exact` is not so, places that overlap may be counted apart.
    """

    articles: Mapping[int, int]
    places: Mapping[int, int]
    words: Mapping[int, int]
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class IndexState:
    """One state of the index: its generation, which every change makes another, and how many articles it holds."""

    generation: str
    articles: int


class WordList(Protocol):
    """The words of titles and texts in one state of the index, for suggestions and corrections; safe for threads.

    Words are folded. Those of two letters or more that begin with one and are no function words are *listed*. Every
    call raises SearchUnavailable when the state cannot be read any more.
    """

    @property
    def generation(self) -> str:
        """That of the state whose words these are."""
        ...

    def every(self) -> set[str]:
        """All words, function words and single letters too, and maybe some that no article has any more."""
        ...

    def starting_with(self, prefix: str, most: int) -> list[str]:
        """The most frequent listed words that begin with `prefix`, those of equal frequency the shortest first."""
        ...

    def near(self, word: str, distance: int, most: int, least: int = 0) -> list[tuple[str, int]]:
        """The listed words nearest to a word, each with its edits: 1 to `distance`; swapped neighbours are one edit.

        Words that fewer than `least` articles have may be left out.
        """
        ...

    def frequency(self, word: str) -> int:
        """About how many articles have a listed word, those of its title or of its text; 0 for any other word."""
        ...

    def count(self, words: Sequence[str]) -> int:
        """Exactly how many articles have all of these words, of which there is at least one, in title or text."""
        ...

    def has(self, word: str, stems: Iterable[str] = ()) -> bool:
        """Whether an article has the word, or a word with one of the stems."""
        ...

    def identifiers(self, word: str, most: int) -> list[str]:
        """At most so many articles that have the word, spread over all that have it."""
        ...


class BuildPart(Protocol):
    """What one process adds to an index that is being built; a context, which frees what it holds at its end."""

    def __enter__(self) -> BuildPart: ...

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None: ...

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Index a batch of articles that the index being built does not have yet."""
        ...

    def finish(self) -> object:
        """End the part; what is returned goes to `Build.take`, by a pipe of `multiprocessing` if need be."""
        ...


class Build(Protocol):
    """A new index beside the one that is served."""

    @property
    def place(self) -> str:
        """Names the build to other processes: see `Engine.part`."""
        ...

    def take(self, part: object) -> None:
        """Have the index be made of this finished part, too."""
        ...


class IndexWriter(Protocol):
    """Writes the index, under the writer's lock. OSError when there is no room; the index is then as it was."""

    def apply(self, changed: Iterable[IndexEntry], gone: Iterable[str]) -> None:
        """Add or replace articles, and take out the gone ones by identifier; to do it again changes nothing.

        SearchUnavailable when there is no index that may be served.
        """
        ...

    def holds(self, identifiers: Iterable[str]) -> set[str]:
        """Those of the articles that may be in the index: all that are, and perhaps some that were taken out."""
        ...

    def build(self) -> AbstractContextManager[Build]:
        """Build an index anew; swapped in when the block ends well, removed without a trace when it does not.

        The index that was served is served until then, whole. An index made of no part is empty.
        """
        ...

    def tidy(self) -> bool:
        """Take one turn, of a few seconds at most, at what makes asking cheaper; whether anything was to be done."""
        ...

    def mend(self) -> list[str]:
        """Make anew what lies beside the index and is gone or damaged, and name it: see `Engine.to_mend`."""
        ...

    def condemn(self, reason: str) -> None:
        """Have every process refuse the present index, whose data is damaged, until another one is built.

        One that another version made and this code does not serve stays as it is, for that version.
        """
        ...

    def forget(self) -> None:
        """Take away what is kept of words beside the index, to make the next one sooner: an article was erased."""
        ...


class Engine(Protocol):
    """Answers from the last state of the index. Every call raises SearchUnavailable where it says nothing else."""

    def generation(self) -> str:
        """The generation of the index to serve; cheap, for it is asked with every page."""
        ...

    def state(self) -> IndexState:
        """Generation and size of the index to serve; cheap enough to ask every few seconds."""
        ...

    def search(self, question: Question) -> Answer:
        """What answers the question: exact counts, and the wanted slice in its order.

        By relevance, then, or by `newest`, the latest day and arrival first; by `oldest` the earliest first; undated
        articles stand behind all others in both. By `arrived` the latest arrival first, whatever its day. By `source`,
        those of the first of `sources` first, each from the latest on; what has none of them last.
        """
        ...

    def weigh(self, trees: Sequence[Node], identifier: str, *, names: bool = True) -> list[float]:
        """What each tree, asked alone, adds to the score of one article: above 0 exactly where it answers it."""
        ...

    def together(self, question: Question, facets: Sequence[str], most: int) -> Together:
        """The pairs of values of these facets that the articles of a question have together, exactly counted."""
        ...

    def usage(self, question: Question) -> Usage:
        """How often what is asked stands in the articles of every day."""
        ...

    def words(self) -> WordList:
        """The words of the present state; the same object as long as that is served."""
        ...

    def digests(self) -> dict[str, str]:
        """Every indexed article by identifier, with the digest of the entry that it was made from."""
        ...

    def damage(self) -> str:
        """Why the index may not be served, "" when it may; reads all of it. EngineAway where nothing can be said."""
        ...

    def outdated(self) -> str:
        """In what this code would make the index in another way, "" when in nothing or there is none.

        Such an index, made by an earlier version, is served where its answers are right; it is not written to any
        more, so that `IndexWriter.apply` raises SearchUnavailable.
        """
        ...

    def to_mend(self, *, thoroughly: bool = False) -> list[str]:
        """What lies beside the index, may be done without, and is gone or damaged, by name; none in most engines.

        `thoroughly` reads it though it seems unchanged.
        """
        ...

    def was_built(self) -> bool:
        """Whether an index was ever built here, be it gone or damaged now; never raises SearchUnavailable."""
        ...

    def writing(self, *, wait: bool = False) -> AbstractContextManager[IndexWriter]:
        """Hold the writer's lock, which is freed when its process ends.

        WriterBusy when another process holds it, unless this one is to `wait`.
        """
        ...

    def part(self, place: str) -> BuildPart:
        """A part of the build of this place, which this or another process holds open with `IndexWriter.build`."""
        ...
