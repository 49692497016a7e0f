"""A text against a query, without an index: which ranges of the text answer it, and why each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from search.analysis import fold, guess_language
from search.analysis.asking import Alternatives, alternatives, cut_words
from search.analysis.passage import REASONS, Passage, WordMatch, strongest
from search.question.frame import as_asked
from search.syntax import parse
from search.terms import TermMatch, terms, with_terms
from search.tree import And, Fielded, Fuzzy, Leaf, Named, Node, Not, Or, Phrase, Prefix, Welcome, Word, runs

_TEXT_FIELDS: Final = frozenset(("title", "body"))
_BETWEEN_HITS: Final = re.compile(r"[^\S\n]*(?:[-\u2010\u2011\u200c]?[^\S\n]*)")


class MatchedRange(NamedTuple):
    """A range of the text to be marked, half open; `reason` is the strongest, `hits` are all that it was made of."""

    start: int
    end: int
    reason: str
    hits: tuple[WordMatch, ...]


@dataclass(frozen=True, slots=True)
class TextMatch:
    """Where a text answers a query: disjoint ranges in its order; none if nothing was asked of the text."""

    ranges: tuple[MatchedRange, ...]


def match(
    text: str, query: str | Node, lang: str | None = None, *, fuzzy: bool = False, names: bool = True
) -> TextMatch | None:
    """Say where a text answers a query, or None if it does not; the same texts as the index would find.

    Offsets are Python string indices into `text`, as given. `query` is what a reader typed or a parsed tree. `lang` is
    the language of text and query; None guesses that of the text and asks in both. `fuzzy` lets a word that is not
    found be misspelled; `names` lets names meet across scripts and terms across languages. What a query asks of other
    fields than `title` and `body` is taken as answered.

    >>> match("آنها می روند", "میروند").ranges[0][:3]
    (5, 12, 'joined')
    """
    tree = query if not isinstance(query, str) else as_asked(parse(query).tree, query)
    found = word_matches(
        text, with_terms(tree) if isinstance(query, str) and names else tree, lang, fuzzy=fuzzy, names=names
    )
    return None if found is None else TextMatch(tuple(_merged(text, found)))


def word_matches(
    text: str | Passage, tree: Node, lang: str | None = None, *, fuzzy: bool = False, names: bool = True
) -> list[WordMatch] | None:
    """The same as `match`, of a parsed tree, before ranges that touch are joined; none if nothing is asked of texts."""
    if not _asks_text(tree):
        return []
    passage = text if isinstance(text, Passage) else _passage(text, lang or guess_language(text))
    matches = _Question(passage, lang, fuzzy, names).answer(tree)
    return None if matches is None else strongest(matches)


@lru_cache(maxsize=32)
def _passage(text: str, lang: str | None) -> Passage:
    return Passage(text, lang)


@lru_cache(maxsize=32)
def _concepts(passage: Passage) -> list[TermMatch]:
    return terms().find_tokens(passage.tokens, passage.text)


def _asks_text(node: Node) -> bool:
    """Say whether a tree wants anything of the text itself: words, not days, links or other fields."""
    if isinstance(node, And | Or):
        return any(map(_asks_text, node.children))
    if isinstance(node, Not):
        return _asks_text(node.child)
    if isinstance(node, Fielded):
        return node.name in _TEXT_FIELDS and _asks_text(node.child)
    return isinstance(node, Leaf | Named)


@dataclass(frozen=True, slots=True)
class _Question:
    """How one text is asked: each method gives the hits of a node, or None where the text does not answer it."""

    passage: Passage
    lang: str | None
    fuzzy: bool
    names: bool

    def answer(self, node: Node) -> list[WordMatch] | None:
        match node:
            case And(children):
                return self._all(children)
            case Or(children):
                asked = [child for child in children if _asks_text(child)]
                answers = [hits for child in asked or children if (hits := self.answer(child)) is not None]
                return [hit for hits in answers for hit in hits] if answers else None
            case Not(child):
                return None if _asks_text(child) and self.answer(child) is not None else []
            case Welcome(child):
                return self.answer(child) or []
            case Fielded(name, child):
                return self.answer(child) if name in _TEXT_FIELDS else []
            case Word():
                return self._all([node])
            case Phrase():
                return self._phrase(node) or None
            case Prefix(text):
                return self._prefix(fold(text)) or None
            case Fuzzy():
                return self._misspelled(node) or None
            case Named(slug):
                concepts = _concepts(self.passage)
                return [
                    WordMatch(one.start, one.end, "term", slug) for one in concepts if one.concept.slug == slug
                ] or None
            case _:
                return []

    def _all(self, children: Sequence[Node]) -> list[WordMatch] | None:
        """Function words are told where they touch anything that was found, by a word or otherwise."""
        spare: list[WordMatch] = []
        answers = [self._words(words, beside, spare) for words, beside in runs(children)]
        answers += [self.answer(child) for child in children if not isinstance(child, Word)]
        if any(hits is None for hits in answers):
            return None
        needed = [hit for hits in answers if hits for hit in hits]
        return needed + _touching(self.passage.text, spare, needed) if spare else needed

    def _words(self, words: Sequence[str], beside: bool, spare: list[WordMatch]) -> list[WordMatch] | None:
        """All the words, in any order; function words may be missing where anything else is asked `beside` them.

        Those that are there are added to `spare`.
        """
        needed: list[WordMatch] = []
        for index in range(len(words)):
            asked = self._alternatives(tuple(words), index, beside=beside)
            hits = self.passage.find_word(asked, self.names and not asked.optional)
            if not hits and self.fuzzy and asked.term:
                hits = self.passage.find_near(asked.term, asked.text)
            if asked.optional:
                spare += hits
            elif not hits:
                return None
            else:
                needed += hits
        return needed

    def _alternatives(self, words: tuple[str, ...], index: int, *, beside: bool = False) -> Alternatives:
        known = cut_words(words[index], self.lang) & self.passage.vocabulary
        return _asked_of(words, index, known, self.lang, beside=beside)

    def _phrase(self, node: Phrase) -> list[WordMatch]:
        words = node.words
        slots = [self._alternatives(words, index) for index in range(len(words))]
        kept = [slot for slot in slots if slot.term or slot.splits]
        return self.passage.find_phrase(kept, node.slop) if kept else []

    def _prefix(self, start: str) -> list[WordMatch]:
        return [
            WordMatch(token.start, token.end, "prefix", start)
            for norm in self.passage.vocabulary
            if norm.startswith(start)
            for token in self.passage.written(norm)
        ]

    def _misspelled(self, node: Fuzzy) -> list[WordMatch]:
        asked = fold(node.text)
        return [
            WordMatch(token.start, token.end, "folded" if norm == asked else "fuzzy", node.text)
            for norm in self.passage.vocabulary
            if norm[:1] == asked[:1] and OSA.distance(norm, asked) <= node.distance
            for token in self.passage.written(norm)
        ]


# Texts of a page are asked for the same words, and differ in few of what these may be cut into.
_asked_of: Final = lru_cache(maxsize=1024)(alternatives)


def _touching(text: str, spare: Iterable[WordMatch], needed: Sequence[WordMatch]) -> list[WordMatch]:
    """Keep the function words that stand beside a needed word: `و` of `صلح و امنیت`, not each `و` of the text."""
    wanted = set(needed)
    groups = _groups(text, sorted({*spare, *needed}))
    return [hit for group in groups if not wanted.isdisjoint(group) for hit in group if hit not in wanted]


def is_joint(gap: str) -> bool:
    """Whether only spaces, a half-space or a hyphen keep two words apart."""
    return bool(_BETWEEN_HITS.fullmatch(gap))


def _merged(text: str, hits: Sequence[WordMatch]) -> Iterator[MatchedRange]:
    """Join ranges that overlap, or that only a space, a half-space or a hyphen keeps apart."""
    for group in _groups(text, hits):
        reason = min((hit.reason for hit in group), key=REASONS.index)
        yield MatchedRange(group[0].start, max(hit.end for hit in group), reason, tuple(group))


def joined(text: str, ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that overlap or that only a joint keeps apart as one.

    >>> joined("خلف خلفوف في باكو", [(4, 9), (0, 3), (13, 17)])
    [(0, 9), (13, 17)]
    """
    hits = [WordMatch(start, end, "exact", "") for start, end in sorted(ranges)]
    return [(group[0].start, max(hit.end for hit in group)) for group in _groups(text, hits)]


def _groups(text: str, hits: Iterable[WordMatch]) -> Iterator[list[WordMatch]]:
    """Put hits, given in the order of the text, together as long as nothing but a joint stands between them."""
    group: list[WordMatch] = []
    end = 0
    for hit in hits:
        if group and hit.start > end and not is_joint(text[end : hit.start]):
            yield group
            group = []
        end = max(end, hit.end) if group else hit.end
        group.append(hit)
    if group:
        yield group
