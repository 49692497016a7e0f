"""From a query tree to a query of the index: every word as the alternatives by which a text may answer it.

Weights were measured on questions with known answers (docs/evaluation.md): 0.3 for the folded word, 1.0 for its best
stem, 0.7 for its loose stem, which ranks and never matches; in a title twice that. A word is worth the same however the
text spells it: of its own form, a joined form, its halves and other names of the place only the best counts, and none
is worth more than the word as typed, however rare the spelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from search.analysis import fold
from search.analysis.asking import Alternatives, Term, alternatives
from search.engine.asking.combining import best, chain, ranked, summed
from search.engine.asking.phrase_rows import phrase_rows
from search.engine.asking.queries import (
    EVERYTHING,
    NOTHING,
    BeginningQuery,
    ConstantQuery,
    DaysQuery,
    EveryPart,
    IndexQuery,
    TermQuery,
    Unwanted,
)
from search.engine.asking.terms import FIELDS, FoldedWords, IndexTerms, idf, layer
from search.tree import (
    All,
    And,
    Days,
    Fielded,
    Fuzzy,
    Linked,
    Named,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Welcome,
    Word,
    runs,
)

NORM, STEM, LOOSE, LINK = 0.3, 1.0, 0.7, 2.0
SOUND = 0.2  # a name known by its sound alone: less than any spelling of the word
MOST_FUZZY = 50
MOST_READINGS = 16


def compiled(tree: Node, index: IndexTerms, *, names: bool = True) -> IndexQuery:
    """The query of a tree whose fields are resolved (see `search.question.expansion`).

    `names` lets a place answer by its other names, too, and a name by its sound in any script.
    """
    return _Compiler(index, dict(FIELDS), names).visit(tree)


class _Compiler:
    def __init__(self, index: IndexTerms, fields: dict[str, float], names: bool) -> None:
        self.index = index
        self.words = FoldedWords(index)
        self.fields = fields
        self.names = names

    def visit(self, node: Node) -> IndexQuery:
        match node:
            case All():
                return EVERYTHING
            case And(children):
                return self._all(children)
            case Or(children):
                return self._any(children)
            case Not(child):
                return Unwanted(self.visit(child))
            case Welcome(child):
                return self.visit(child)  # by itself; what finds nothing is told apart in `_all`
            case Linked(kind, slug):
                return ConstantQuery(TermQuery(kind, slug), LINK)
            case Named(slug):
                weight = (NORM + STEM + LOOSE) * idf(self.index, "concept", slug)  # a term is worth what its words are
                return ConstantQuery(TermQuery("concept", slug), weight)
            case Days(low, high):
                return ConstantQuery(DaysQuery(max(low, 1), high), 1.0)
            case Fielded("title", child):
                return _Compiler(self.index, {"title": FIELDS["title"]}, self.names).visit(child)
            case Fielded(_, child):
                return self.visit(child)
        return self._leaf(node)

    def _leaf(self, node: Node) -> IndexQuery:
        match node:
            case Word():
                return self._all([node])
            case Phrase(words, slop):
                return self._phrase(words, slop)
            case Prefix(text):
                beginning, rows = fold(text), self.fields.items() if fold(text) else ()
                return summed(BeginningQuery(f"{name}_norm", beginning, boost) for name, boost in rows)
            case Fuzzy(text, distance):
                near = self.words.near(fold(text), distance)  # each word with its edits
                nearest = sorted(near, key=lambda term: (near[term], term))[:MOST_FUZZY]
                pairs = [(term, *field) for term in nearest for field in self.fields.items()]
                return summed(TermQuery(f"{name}_norm", term, boost) for term, name, boost in pairs)
        return NOTHING

    def _all(self, children: Sequence[Node]) -> IndexQuery:
        """Every child required; function words beside other words are welcome and not required."""
        asked = list(self._asked(children))
        required = [self._word(one) for one in asked if not one.optional]
        required += [self.visit(child) for child in children if not isinstance(child, Word | Welcome)]
        if not any(not isinstance(one, Unwanted) for one in required):
            required.append(EVERYTHING)
        if NOTHING in required:
            return NOTHING
        whole = EveryPart(tuple(required)) if len(required) > 1 else required[0]
        welcome = [part for one in asked for part in self._welcome(one)]
        return ranked(whole, welcome + [self.visit(child) for child in children if isinstance(child, Welcome)])

    def _asked(self, children: Sequence[Node]) -> Iterator[Alternatives]:
        """The words among the children, each with the neighbours with which it may be one word."""
        for words, beside in runs(children):
            for index in range(len(words)):
                yield alternatives(words, index, self.words, beside=beside)

    def _any(self, children: Sequence[Node]) -> IndexQuery:
        """Any child; the loose stem of a word ranks also what another child found."""
        words = [alternatives([child.text], 0, self.words) for child in children if isinstance(child, Word)]
        found = [self._word(word) for word in words]
        found += [self.visit(child) for child in children if not isinstance(child, Word)]
        return ranked(summed(found), [part for word in words for part in self._welcome(word)])

    def _word(self, asked: Alternatives) -> IndexQuery:
        """What answers a word, worth the best of its spellings."""
        ways = [self._term(term, asked.term or term) for term in _terms_of(asked)]
        ways += [self._adjacent(phrase, 1 / len(phrase)) for phrase in asked.splits]
        if self.names:
            ways += [self._place(phrase) for synonym in asked.synonyms for phrase in synonym.phrases]
            ways += [] if asked.optional else self._sounds(asked)
        return best(ways)

    def _place(self, phrase: Sequence[str]) -> IndexQuery:
        """Another name of a place; the first word may carry particles and each an ending: `والعاصمة طهران`."""
        found = [self._adjacent(phrase, 1 / len(phrase))]
        for name, boost in self.fields.items():
            rows = product(*[[(f"{name}_norm", word), (f"{name}_stem", word)] for word in phrase])
            weight = (NORM + STEM) * boost / len(phrase)
            found += [self._row(row, weight) for row in islice(rows, 1, MOST_READINGS)]
        return best(found)

    def _sounds(self, asked: Alternatives) -> Iterator[IndexQuery]:
        """Names that sound like the word, in this or another script: `Khalafov`, `خلفوف`."""
        keys = dict.fromkeys(key for term in _terms_of(asked) for key in term.keys)
        for name, boost in self.fields.items():
            field = f"{name}_names"
            yield best([self._posting(field, key, SOUND * boost) for key in keys])
            for run in asked.name_runs:
                held = [[(field, key) for key in keys if self.index.held(field, key)] for keys in run]
                yield best([self._row(row, SOUND * boost) for row in islice(product(*held), MOST_READINGS)])

    def _welcome(self, asked: Alternatives) -> Iterator[IndexQuery]:
        """What ranks texts and finds none: the loose stems of a word, its halves, and all of a function word."""
        if asked.optional:
            yield self._word(asked)
        for half in asked.halves:
            yield self._term(half, half)
        for term in _terms_of(asked):
            if term.loose:
                yield from self._loose(term, asked.term or term)

    def _term(self, term: Term, typed: Term) -> IndexQuery:
        """The folded word and its best stem; a word that has no loose stem (`Palu`, `2016`) gets its weight here."""
        norm = NORM if term.loose else NORM + LOOSE
        parts = []
        for name, boost in self.fields.items():
            most = idf(self.index, f"{name}_norm", typed.norm)
            parts.append(self._posting(f"{name}_norm", term.norm, norm * boost, most))
            parts.append(best([self._posting(*stem) for stem in self._stems(name, boost, term, typed)]))
        return summed(parts)

    def _stems(
        self, name: str, boost: float, term: Term, typed: Term
    ) -> Iterator[tuple[str, str, float, float | None]]:
        field = f"{name}_stem"
        most = min(idf(self.index, field, stem) for stem in typed.stems) if term is not typed and typed.stems else None
        for stem in term.stems:
            yield field, stem, STEM * boost, most

    def _loose(self, term: Term, typed: Term) -> Iterator[IndexQuery]:
        """The loose stem, or a guarded stem that is a loose stem in the text: of `گریه‌هایشان` also گریه."""
        for name, boost in self.fields.items():
            field = f"{name}_loose"
            most = idf(self.index, field, typed.loose or typed.norm)
            forms = dict.fromkeys((term.loose or term.norm, *term.stems))
            parts = [self._posting(field, form, LOOSE * boost, most) for form in forms]
            yield best(parts)

    def _posting(self, field: str, term: str, weight: float, most: float | None = None) -> IndexQuery:
        """A term of the index, weighted by its rarity, which counts for no more than `most`."""
        if not self.index.held(field, term):
            return NOTHING
        rarity = idf(self.index, field, term)
        share = 1.0 if most is None or rarity <= most else most / rarity
        return TermQuery(field, term, weight * share * self.index.correction(field, term))

    def _phrase(self, words: Sequence[str], slop: int) -> IndexQuery:
        """The words in this order, also where the text joins two of them or parts one; nothing else is added.

        The first may stand behind particles: «الجولة الأولى» is found in `للجولة الأولى`.
        """
        asked = [alternatives(words, index, self.words) for index in range(len(words))]
        found = islice(phrase_rows(asked, self.words), MOST_READINGS)
        return summed(self._read(reading, slop) for reading in found)

    def _read(self, reading: Sequence[Sequence[str]], slop: int) -> IndexQuery:
        """The parts of a phrase in their order, at most `slop` words between two of them; a part is undivided."""
        found = []
        for name, boost in self.fields.items():
            rows = [[(f"{name}_{layer(term)}", term) for term in part] for part in reading]
            found.append(chain([self._row(row, (NORM + STEM) * boost) for row in rows], slop))
        return summed(found)

    def _adjacent(self, words: Sequence[str], weight: float) -> IndexQuery:
        """The words one right after the other, in any of the fields."""
        rows = [([(f"{name}_norm", word) for word in words], boost) for name, boost in self.fields.items()]
        return summed(self._row(row, (NORM + STEM) * boost * weight) for row, boost in rows)

    def _row(self, row: Sequence[tuple[str, str]], weight: float) -> IndexQuery:
        """Terms, each of a field, one right after the other."""
        return chain([self._posting(field, term, weight) for field, term in row], 0)


def _terms_of(asked: Alternatives) -> list[Term]:
    """The word itself and what it may be joined to, in this order."""
    return [*([asked.term] if asked.term else []), *(join.term for join in asked.joins)]
