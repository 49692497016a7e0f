"""From a query tree to a Whoosh query: every word as the alternatives by which a text may answer it.

Weights were measured on questions with known answers (docs/evaluation.md): 0.3 for the folded word, 1.0 for its best
stem, 0.7 for its loose stem, which ranks and never matches; in a title twice that. A word is worth the same however the
text spells it: of its own form, a joined form, its halves and other names of the place only the best counts, and none
is worth more than the word as typed, however rare the spelling.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice, product
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
from search.analysis.asking import Alternatives, Term, alternatives, with_particles
from search.backends.term_reader import TermReader
from search.query import All, And, Days, Field, Fuzzy, Linked, Named, Node, Not, Or, Phrase, Prefix, Word, runs
from search.streams import CONTINUED

NORM, STEM, LOOSE, LINK = 0.3, 1.0, 0.7, 2.0
SOUND = 0.2  # a name known by its sound alone: less than any spelling of the word
FIELDS = {"title": 2.0, "text": 1.0}
MOST_EXPANSIONS = 500
MOST_FUZZY = 50
MOST_READINGS = 16
Reading = tuple[tuple[str, ...], ...]


class Vocabulary:
    """The folded terms of the index, asked one by one."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader

    def __contains__(self, term: object) -> bool:
        return any((f"{name}_{_layer(str(term))}", str(term)) in self.reader for name in FIELDS)

    def starting_with(self, prefix: str) -> Iterator[str]:
        """Terms that begin with `prefix`, those of titles and texts together, in the order of their letters."""
        found = {
            term.decode()
            for name in FIELDS
            for term in islice(self.reader.expand_prefix(f"{name}_norm", prefix), 20_000)
        }
        return iter(sorted(found))

    def near(self, word: str, distance: int) -> dict[str, int]:
        """Terms within `distance` edits that begin with the same letter, each with its edits."""
        fields = [f"{name}_norm" for name in FIELDS]
        if isinstance(self.reader, TermReader):
            return {term: edits for field in fields for term, edits in self.reader.near(field, word, distance)}
        terms = {term.decode() for field in fields for term in self.reader.expand_prefix(field, word[:1])}
        edits = {term: OSA.distance(word, term, score_cutoff=distance) for term in terms}
        return {term: count for term, count in edits.items() if count <= distance}


class Rarity:
    """How much the rarity of a term counts: the idf of BM25, which gives a word that every text has next to nothing."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.documents = reader.doc_count_all()
        self._held: dict[tuple[str, str], int] = {}

    def held(self, field: str, term: str) -> int:
        """How many documents have the term."""
        key = field, term
        if key not in self._held:
            self._held[key] = int(self.reader.doc_frequency(field, term))
        return self._held[key]

    def idf(self, field: str, term: str) -> float:
        held = self.held(field, term)
        return log1p((self.documents - held + 0.5) / (held + 0.5))

    def correction(self, field: str, term: str) -> float:
        """What Whoosh's score of a term is multiplied by: its own idf is about 1 where a word says nothing."""
        return self.idf(field, term) / (log(self.documents / (self.held(field, term) + 1)) + 1)


def compile_tree(tree: Node, reader: IndexReader, *, names: bool = True) -> Query:
    """The Whoosh query of a tree whose fields are resolved (see `search.expansion`).

    `names` lets a place answer by its other names, too, and a name by its sound in any script.
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
            case Named(slug):
                return query.ConstantScoreQuery(query.Term("concept", slug), self.rarity.idf("concept", slug))
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
        asked = list(self._asked(children))
        required = [self._word(one) for one in asked if not one.optional]
        required += [self.visit(child) for child in children if not isinstance(child, Word)]
        if not any(not isinstance(one, query.Not) for one in required):
            required.append(query.Every())
        if query.NullQuery in required:
            return query.NullQuery
        whole = query.And(required) if len(required) > 1 else required[0]
        return _ranked(whole, [part for one in asked for part in self._welcome(one)])

    def _asked(self, children: Sequence[Node]) -> Iterator[Alternatives]:
        """The words among the children, each with the neighbours with which it may be one word."""
        for words, beside in runs(children):
            for index in range(len(words)):
                yield alternatives(words, index, self.vocabulary, beside=beside)

    def _any(self, children: Sequence[Node]) -> Query:
        """Any child; the loose stem of a word ranks also what another child found."""
        words = [alternatives([child.text], 0, self.vocabulary) for child in children if isinstance(child, Word)]
        found = [self._word(word) for word in words]
        found += [self.visit(child) for child in children if not isinstance(child, Word)]
        return _ranked(_sum(found), [part for word in words for part in self._welcome(word)])

    def _word(self, asked: Alternatives) -> Query:
        """What answers a word, worth the best of its spellings."""
        ways = [self._term(term, asked.term or term) for term in _terms_of(asked)]
        ways += [self._adjacent(phrase, 1 / len(phrase)) for phrase in asked.splits]
        if self.names:
            ways += [self._place(phrase) for synonym in asked.synonyms for phrase in synonym.phrases]
            ways += [] if asked.optional else self._sounds(asked)
        return _best(ways)

    def _place(self, phrase: Sequence[str]) -> Query:
        """Another name of a place; the first word may carry particles and each an ending: `والعاصمة طهران`."""
        found = [self._adjacent(phrase, 1 / len(phrase))]
        for name, boost in self.fields.items():
            rows = product(*[[(f"{name}_norm", word), (f"{name}_stem", word)] for word in phrase])
            weight = (NORM + STEM) * boost / len(phrase)
            found += [self._row(row, weight) for row in islice(rows, 1, MOST_READINGS)]
        return _best(found)

    def _sounds(self, asked: Alternatives) -> Iterator[Query]:
        """Names that sound like the word, in this or another script: `Khalafov`, `خلفوف`."""
        keys = dict.fromkeys(key for term in _terms_of(asked) for key in term.keys)
        for name, boost in self.fields.items():
            field = f"{name}_names"
            yield _best([self._posting(field, key, SOUND * boost) for key in keys])
            for run in asked.name_runs:
                held = [[(field, key) for key in keys if self.rarity.held(field, key)] for keys in run]
                yield _best([self._row(row, SOUND * boost) for row in islice(product(*held), MOST_READINGS)])

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
        return _sum(parts)

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
        if not self.rarity.held(field, term):
            return query.NullQuery
        idf = self.rarity.idf(field, term)
        share = 1.0 if most is None or idf <= most else most / idf
        return query.Term(field, term, boost=weight * share * self.rarity.correction(field, term))

    def _terms(self, terms: Iterable[str]) -> Query:
        return _sum(query.Term(f"{name}_norm", term, boost=b) for term in terms for name, b in self.fields.items())

    def _near(self, word: str, distance: int) -> list[str]:
        """Known words within `distance` edits that begin with the same letter, the nearest first."""
        near = self.vocabulary.near(word, distance)
        return sorted(near, key=lambda term: (near[term], term))[:MOST_FUZZY]

    def _phrase(self, words: Sequence[str], slop: int) -> Query:
        """The words in this order, also where the text joins two of them or parts one; nothing else is added.

        The first may stand behind particles: «الجولة الأولى» is found in `للجولة الأولى`.
        """
        asked = [alternatives(words, index, self.vocabulary) for index in range(len(words))]
        readings = islice(_readings(asked, self.vocabulary), MOST_READINGS)
        return _sum(self._read(reading, slop) for reading in readings)

    def _read(self, reading: Sequence[Sequence[str]], slop: int) -> Query:
        """The parts of a phrase in their order, at most `slop` words between two of them; a part is undivided."""
        found = []
        for name, boost in self.fields.items():
            rows = [[(f"{name}_{_layer(term)}", term) for term in part] for part in reading]
            found.append(_chain([self._row(row, (NORM + STEM) * boost) for row in rows], slop))
        return _sum(found)

    def _adjacent(self, words: Sequence[str], weight: float) -> Query:
        """The words one right after the other, in any of the fields."""
        rows = [([(f"{name}_norm", word) for word in words], boost) for name, boost in self.fields.items()]
        return _sum(self._row(row, (NORM + STEM) * boost * weight) for row, boost in rows)

    def _row(self, row: Sequence[tuple[str, str]], weight: float) -> Query:
        """Terms, each of a field, one right after the other."""
        return _chain([self._posting(field, term, weight) for field, term in row], 0)


class EachInTurn(WrappingQuery):
    """The same answers, each still at hand when its score is asked for: Whoosh's matchers run ahead of their scores."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        return _InTurnMatcher(self.child.matcher(searcher, context))


class _InTurnMatcher(WrappingMatcher):
    def all_ids(self) -> Iterator[int]:
        while self.is_active():
            yield self.id()
            self.next()


class AnyOf(query.Or):
    """Any of the queries; Whoosh's choice for small indexes fills an array for each, which costs more than it saves."""

    matcher_type = query.Or.DEFAULT_MATCHER


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
    also = _sum(welcome)
    return whole if query.NullQuery in (whole, also) else query.AndMaybe(whole, also)


def _sum(ways: Iterable[Query]) -> Query:
    """Any of the queries, worth all that a text answers."""
    found = [way for way in ways if way != query.NullQuery]
    return AnyOf(found) if len(found) > 1 else (found[0] if found else query.NullQuery)


def _best(ways: Iterable[Query]) -> Query:
    """Any of the queries, worth the best that a text answers."""
    found = [way for way in ways if way != query.NullQuery]
    return BestOf(found) if len(found) > 1 else (found[0] if found else query.NullQuery)


def _chain(parts: Sequence[Query], slop: int) -> Query:
    """The parts in their order, at most `slop` words between two of them; nothing where one of them is nowhere."""
    if not parts or query.NullQuery in parts:
        return query.NullQuery
    return reduce(lambda left, right: Near(left, right, slop=slop + 1), parts)


def _terms_of(asked: Alternatives) -> list[Term]:
    """The word itself and what it may be joined to, in this order."""
    return [*([asked.term] if asked.term else []), *(join.term for join in asked.joins)]


def _readings(asked: Sequence[Alternatives], vocabulary: Container[str]) -> Iterator[Reading]:
    """The rows of known terms that a text may have for the words of a phrase, as typed first.

    From the end of the phrase, so that what leads nowhere is never begun: linear, however many ways there are.
    """
    ways: list[list[tuple[tuple[str, ...], int]]] = [[] for _ in asked]
    for index in reversed(range(len(asked))):
        ways[index] = [
            (terms, following)
            for terms, following in _ways(asked[index])
            if (following == len(asked) or ways[following]) and all(term in vocabulary for term in terms)
        ]
    return _rows(ways, 0)


def _rows(ways: Sequence[Sequence[tuple[tuple[str, ...], int]]], index: int) -> Iterator[Reading]:
    if index >= len(ways):
        yield ()
        return
    for terms, following in ways[index]:
        for rest in _rows(ways, following):
            yield (terms, *rest) if terms else rest


def _ways(one: Alternatives) -> Iterator[tuple[tuple[str, ...], int]]:
    """What may stand for a word of a phrase, and the word that follows; a sign without letters stands for nothing."""
    if one.term:
        for spelling in _spans(one.term):
            yield spelling, one.index + 1
    for split in one.splits:
        yield split, one.index + 1
    for join in one.joins:
        if join.first == one.index:
            for spelling in _spans(join.term):
                yield spelling, join.last
    if one.term and one.index == 0:
        for behind in with_particles(one.term):
            yield (behind,), one.index + 1
    if not one.term and not one.splits:
        yield (), one.index + 1


def _spans(term: Term) -> Iterator[tuple[str, ...]]:
    """A term as one word of a text, and as two or three that the text writes apart and the analyzer joins."""
    for further in range(3):
        yield (term.norm, *[CONTINUED + term.norm] * further)


def _layer(term: str) -> str:
    return "names" if term.startswith(CONTINUED) else "norm"
