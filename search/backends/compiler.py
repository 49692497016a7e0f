"""From a query tree to a Whoosh query: every word as the alternatives by which a text may answer it.

Weights were measured on questions with known answers (docs/evaluation.md): 0.3 for the folded word, 1.0 for its best
stem, 0.7 for its loose stem, which ranks and never matches; in a title twice that. A word is worth the same however the
text spells it: of its own form, a joined form, its halves and other names of the place only the best counts, and none
is worth more than the word as typed, however rare the spelling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from math import log, log1p

from rapidfuzz.distance import OSA
from whoosh import query
from whoosh.matching import DisjunctionMaxMatcher, Matcher, WrappingMatcher
from whoosh.query import Query
from whoosh.query.spans import SpanNear
from whoosh.query.wrappers import WrappingQuery
from whoosh.reading import IndexReader
from whoosh.searching import SearchContext, Searcher

from search.analysis import fold
from search.analysis.asking import Alternatives, Term, alternatives
from search.query import All, And, Days, Field, Fuzzy, Linked, Node, Not, Or, Phrase, Prefix, Word

NORM, STEM, LOOSE, LINK = 0.3, 1.0, 0.7, 2.0
FIELDS = {"title": 2.0, "text": 1.0}
MOST_EXPANSIONS = 500
MOST_FUZZY = 50
MOST_READINGS = 16


class Vocabulary:
    """The folded terms of the index, asked one by one."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader

    def __contains__(self, term: object) -> bool:
        return any((f"{name}_norm", str(term)) in self.reader for name in FIELDS)

    def starting_with(self, prefix: str) -> Iterator[str]:
        """Terms that begin with `prefix`, those of titles and texts together, in the order of their letters."""
        found = {
            term.decode()
            for name in FIELDS
            for term in islice(self.reader.expand_prefix(f"{name}_norm", prefix), 20_000)
        }
        return iter(sorted(found))


class Rarity:
    """How much the rarity of a term counts: the idf of BM25, which gives a word that every text has next to nothing."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.documents = reader.doc_count_all()

    def idf(self, field: str, term: str) -> float:
        return log1p((self.documents - (held := self._held(field, term)) + 0.5) / (held + 0.5))

    def correction(self, field: str, term: str) -> float:
        """What Whoosh's score of a term is multiplied by: its own idf is about 1 where a word says nothing."""
        if not self.documents:
            return 1.0
        return self.idf(field, term) / (log(self.documents / (self._held(field, term) + 1)) + 1)

    def _held(self, field: str, term: str) -> int:
        return int(self.reader.doc_frequency(field, term))


def compile_tree(tree: Node, reader: IndexReader, *, names: bool = True) -> Query:
    """The Whoosh query of a tree whose fields are resolved (see `search.expansion`).

    `names` lets a place answer by its other names, too.
    """
    return EachInTurn(_Compiler(Vocabulary(reader), Rarity(reader), dict(FIELDS), names).visit(tree))


class _Compiler:
    def __init__(self, vocabulary: Vocabulary, rarity: Rarity, fields: dict[str, float], names: bool) -> None:
        self.vocabulary = vocabulary
        self.rarity = rarity
        self.fields = fields
        self.names = names

    def visit(self, node: Node) -> Query:
        match node:
            case All():
                return query.Every()
            case And(children):
                return self._all(children)
            case Or(children):
                return self._any(children)
            case Not(child):
                return query.Not(self.visit(child))
            case Linked(kind, slug):
                return query.ConstantScoreQuery(query.Term(kind, slug), LINK)
            case Days(low, high):
                return query.ConstantScoreQuery(query.NumericRange("day", max(low, 1), high), 0.0)
            case Field("title", child):
                return _Compiler(self.vocabulary, self.rarity, {"title": FIELDS["title"]}, self.names).visit(child)
            case Field(_, child):
                return self.visit(child)
        return self._leaf(node)

    def _leaf(self, node: Node) -> Query:
        match node:
            case Word():
                return self._all([node])
            case Phrase(words, slop):
                return self._phrase(words, slop)
            case Prefix(text):
                return self._terms(islice(self.vocabulary.starting_with(fold(text)), MOST_EXPANSIONS))
            case Fuzzy(text, distance):
                return self._terms(self._near(fold(text), distance))
        return query.NullQuery

    def _all(self, children: Sequence[Node]) -> Query:
        """Every child required; function words beside other words are welcome and not required."""
        words = [child.text for child in children if isinstance(child, Word)]
        asked = [alternatives(words, index, self.vocabulary) for index in range(len(words))]
        required = [self._word(one) for one in asked if not one.optional]
        required += [self.visit(child) for child in children if not isinstance(child, Word)]
        if not any(not isinstance(one, query.Not) for one in required):
            required.append(query.Every())
        whole = query.And(required) if len(required) > 1 else required[0]
        return _ranked(whole, [part for one in asked for part in self._welcome(one)])

    def _any(self, children: Sequence[Node]) -> Query:
        """Any child; the loose stem of a word ranks also what another child found."""
        words = [alternatives([child.text], 0, self.vocabulary) for child in children if isinstance(child, Word)]
        found = [self._word(word) for word in words]
        found += [self.visit(child) for child in children if not isinstance(child, Word)]
        whole = query.Or(found) if found else query.NullQuery
        return _ranked(whole, [part for word in words for part in self._welcome(word)])

    def _word(self, asked: Alternatives) -> Query:
        """What answers a word, worth the best of its spellings."""
        ways = [self._term(term, asked.term or term) for term in _terms_of(asked)]
        synonyms = asked.synonyms if self.names else ()
        phrases = [*asked.splits, *(phrase for synonym in synonyms for phrase in synonym.phrases)]
        ways += [self._adjacent(phrase, 0, 1 / len(phrase)) for phrase in phrases]
        return _best(ways)

    def _welcome(self, asked: Alternatives) -> Iterator[Query]:
        """What ranks texts and finds none: the loose stems of a word, and all of a function word."""
        if asked.optional:
            yield self._word(asked)
        for term in _terms_of(asked):
            if term.loose:
                yield from self._loose(term, asked.term or term)

    def _term(self, term: Term, typed: Term) -> Query:
        """The folded word and its best stem; a word that has no loose stem (`Palu`, `2016`) gets its weight here."""
        norm = NORM if term.loose else NORM + LOOSE
        parts = []
        for name, boost in self.fields.items():
            most = self.rarity.idf(f"{name}_norm", typed.norm)
            parts.append(self._posting(f"{name}_norm", term.norm, norm * boost, most))
            parts.append(_best([self._posting(*stem) for stem in self._stems(name, boost, term, typed)]))
        return query.Or(parts)

    def _stems(
        self, name: str, boost: float, term: Term, typed: Term
    ) -> Iterator[tuple[str, str, float, float | None]]:
        field = f"{name}_stem"
        most = min(self.rarity.idf(field, stem) for stem in typed.stems) if term is not typed and typed.stems else None
        for stem in term.stems:
            yield field, stem, STEM * boost, most

    def _loose(self, term: Term, typed: Term) -> Iterator[Query]:
        """The loose stem, or a guarded stem that is a loose stem in the text: of `گریه‌هایشان` also گریه."""
        for name, boost in self.fields.items():
            field = f"{name}_loose"
            most = self.rarity.idf(field, typed.loose or typed.norm)
            forms = dict.fromkeys((term.loose or term.norm, *term.stems))
            parts = [self._posting(field, form, LOOSE * boost, most) for form in forms]
            yield _best(parts)

    def _posting(self, field: str, term: str, weight: float, most: float | None = None) -> Query:
        """A term of the index, weighted by its rarity, which counts for no more than `most`."""
        idf = self.rarity.idf(field, term)
        share = 1.0 if most is None or idf <= most else most / idf
        return query.Term(field, term, boost=weight * share * self.rarity.correction(field, term))

    def _terms(self, terms: Iterable[str]) -> Query:
        found = [query.Term(f"{name}_norm", term, boost=b) for term in terms for name, b in self.fields.items()]
        return query.Or(found) if found else query.NullQuery

    def _near(self, word: str, distance: int) -> list[str]:
        """Known words within `distance` edits that begin with the same letter, the nearest first."""
        near = [
            (OSA.distance(word, term, score_cutoff=distance), term) for term in self.vocabulary.starting_with(word[:1])
        ]
        return [term for edits, term in sorted(near) if edits <= distance][:MOST_FUZZY]

    def _phrase(self, words: Sequence[str], slop: int) -> Query:
        """The words in this order, also where the text joins two of them or parts one; nothing else is added."""
        asked = [alternatives(words, index, self.vocabulary) for index in range(len(words))]
        readings = islice(_readings(asked, 0), MOST_READINGS)
        found = [self._adjacent(reading, slop, 1.0) for reading in readings]
        return query.Or(found) if found else query.NullQuery

    def _adjacent(self, words: Sequence[str], slop: int, weight: float) -> Query:
        """The words one after the other, at most `slop` others between two of them, in any of the fields."""
        found = []
        for name, boost in self.fields.items():
            terms = [self._posting(f"{name}_norm", word, (NORM + STEM) * boost * weight) for word in words]
            found.append(reduce(lambda left, right: Near(left, right, slop=slop + 1), terms))
        return query.Or(found)


class EachInTurn(WrappingQuery):
    """The same answers, each still at hand when its score is asked for: Whoosh's matchers run ahead of their scores."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        return _InTurnMatcher(self.child.matcher(searcher, context))


class _InTurnMatcher(WrappingMatcher):
    def all_ids(self) -> Iterator[int]:
        while self.is_active():
            yield self.id()
            self.next()


class BestOf(query.DisjunctionMax):
    """Any of the queries, worth the best that a text answers; Whoosh's own mixes in the scores of other texts."""

    def _matcher(self, subs: Sequence[Query], searcher: Searcher, context: SearchContext) -> Matcher:
        reader = searcher.reader()
        return self._tree_matcher(subs, _BestMatcher, searcher, context, lambda sub: sub.estimate_size(reader))


class _BestMatcher(DisjunctionMaxMatcher):
    def score(self) -> float:
        left, right = self.a, self.b
        if not left.is_active() or (right.is_active() and right.id() < left.id()):
            return float(right.score())
        if not right.is_active() or left.id() < right.id():
            return float(left.score())
        return float(max(left.score(), right.score()))


class Near(SpanNear):
    """Whoosh's own, which cannot tell its size where it stands beside other queries."""

    def estimate_size(self, ixreader: IndexReader) -> int:
        return int(min(self.a.estimate_size(ixreader), self.b.estimate_size(ixreader)))

    def estimate_min_size(self, ixreader: IndexReader) -> int:
        return 0


def _ranked(whole: Query, welcome: Sequence[Query]) -> Query:
    return query.AndMaybe(whole, query.Or(welcome)) if welcome else whole


def _best(ways: Sequence[Query]) -> Query:
    return BestOf(ways) if len(ways) > 1 else (ways[0] if ways else query.NullQuery)


def _terms_of(asked: Alternatives) -> list[Term]:
    """The word itself and what it may be joined to, in this order."""
    return [*([asked.term] if asked.term else []), *(join.term for join in asked.joins)]


def _readings(asked: Sequence[Alternatives], index: int) -> Iterator[tuple[str, ...]]:
    """The rows of folded terms that a text may have for the words of a phrase from `index` on, as typed first."""
    if index >= len(asked):
        yield ()
        return
    one = asked[index]
    starts: list[tuple[tuple[str, ...], int]] = [((one.term.norm,), index + 1)] if one.term else []
    starts += [(split, index + 1) for split in one.splits]
    starts += [((join.term.norm,), join.last) for join in one.joins if join.first == index]
    for terms, following in starts:
        for rest in _readings(asked, following):
            yield (*terms, *rest)
