"""One text as a small index of its own: which of its places answer a word or a phrase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from search.analysis.analyzer import analyze
from search.analysis.asking import Alternatives, Term, with_particles
from search.analysis.name_terms import token_keys
from search.analysis.spelling_distance import is_near, spelling_distance
from search.analysis.token import Token


class WordMatch(NamedTuple):
    """A range of the text that answers a part of a query, and why; half open, whole orthographic words.

    `reason`: `exact`, `folded`, `joined`, `part`, `split`, `stem`, `phrase`, `prefix`, `place`, `term`, `name` or
    `fuzzy`, from the strongest to the weakest.
    """

    start: int
    end: int
    reason: str
    asked: str


REASONS: Final = (
    "exact", "folded", "joined", "split", "phrase", "part", "stem", "prefix", "place", "term", "name", "fuzzy",
)  # fmt: skip
_MOST_STATES: Final = 2000


class Passage:
    """The tokens of a text by position, by `norm` (with parts) and by stem."""

    def __init__(self, text: str, lang: str | None = None) -> None:
        tokens = analyze(text, lang)
        self.length = tokens[-1].position + 1 if tokens else 0  # how many positions the text has
        self._hold(text, tokens)

    def _hold(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        by_norm, by_part, by_stem = (defaultdict[str, list[Token]](list) for _index in range(3))
        for token in self.tokens:
            _start, _end, _position, _kind, norm, parts, stems, _loose, _span = token
            by_norm[norm].append(token)
            for part in parts:
                by_part[part].append(token)
            for stem in stems:
                by_stem[stem].append(token)
        self.by_norm, self.by_part, self.by_stem = by_norm, by_part, by_stem

    @cached_property
    def at(self) -> dict[int, list[Token]]:
        found: defaultdict[int, list[Token]] = defaultdict(list)
        for token in self.tokens:
            found[token.position].append(token)
        return dict(found)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The terms that the field `norm` would have."""
        return frozenset((*self.by_norm, *self.by_part))

    def written(self, norm: str) -> list[Token]:
        """The tokens that have a term of the field `norm`, whole or as one of their parts."""
        return [*self.by_norm.get(norm, ()), *self.by_part.get(norm, ())]

    @cached_property
    def by_key(self) -> dict[str, list[Token]]:
        found: defaultdict[str, list[Token]] = defaultdict(list)
        for token in self.tokens:
            for key in token_keys(token, self.text):
                found[key].append(token)
        return found

    def find_word(self, asked: Alternatives, names: bool) -> list[WordMatch]:
        """Find every place that answers a word, by itself, with its neighbours, as a place or as a name."""
        hits = list(self._find_term(asked.term, asked.text)) if asked.term else []
        for join in asked.joins:
            hits += [hit._replace(reason="joined") for hit in self._find_term(join.term, asked.text)]
        hits += [
            WordMatch(start, end, "split", asked.text) for words in asked.splits for start, end in self.find_run(words)
        ]
        if names:
            hits += self._find_names(asked)
        return hits

    def _find_term(self, term: Term, text: str) -> Iterator[WordMatch]:
        for token in self.by_norm.get(term.norm, ()):
            is_exact = self.text[token.start : token.end] == text
            how = "joined" if token.span > 1 else "exact" if is_exact else "folded"
            yield WordMatch(token.start, token.end, how, text)
        for token in self.by_part.get(term.norm, ()):
            yield WordMatch(token.start, token.end, "part", text)
        for stem in term.stems:
            for token in self.by_stem.get(stem, ()):
                yield WordMatch(token.start, token.end, "stem", text)

    def _find_names(self, asked: Alternatives) -> Iterator[WordMatch]:
        for synonym in asked.synonyms:
            for words in synonym.phrases:
                for start, end in self.find_run(words, stemmed=True):
                    yield WordMatch(start, end, "place", asked.text)
        terms = [asked.term, *(join.term for join in asked.joins)]
        for key in dict.fromkeys(key for term in terms if term for key in term.keys):
            for token in self.by_key.get(key, ()):
                yield WordMatch(token.start, token.end, "name", asked.text)
        for run in asked.name_runs:
            for start, end in self._find_name_run(run):
                yield WordMatch(start, end, "name", asked.text)

    def _find_name_run(self, run: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
        for first in {token for key in run[0] for token in self.by_key.get(key, ())}:
            ends = {first.position + first.span: first.end}
            for keys in run[1:]:
                following = {token for key in keys for token in self.by_key.get(key, ()) if token.position in ends}
                ends = {token.position + token.span: token.end for token in following}
            for end in ends.values():
                yield first.start, end

    def find_run(self, words: Sequence[str], stemmed: bool = False) -> Iterator[tuple[int, int]]:
        """Find folded words one behind the other; `stemmed` lets the first carry a clitic and each an ending."""
        first = self.written(words[0])
        if stemmed:
            first += self.by_stem.get(words[0], ())
        for token in first:
            last = self._follow(token, words[1:], stemmed)
            if last is not None:
                yield token.start, last.end

    def _follow(self, token: Token, words: Sequence[str], stemmed: bool = False) -> Token | None:
        """Give the token that answers the last of the words behind a token, or None."""
        for word in words:
            fitting = [
                next_
                for next_ in self.at.get(token.position + token.span, ())
                if next_.norm == word or word in next_.parts or (stemmed and word in next_.stems)
            ]
            if not fitting:
                return None
            token = fitting[0]
        return token

    def find_near(self, term: Term, text: str) -> list[WordMatch]:
        """Find the words of the text that may be this one, misspelled: those at the smallest distance."""
        near: list[tuple[float, Token]] = []
        for asked in dict.fromkeys((term.norm, *term.stems[:1])):
            for token in self.tokens:
                for form in dict.fromkeys((token.norm, *token.stems[:1])):
                    if is_near(asked, form):
                        near.append((spelling_distance(asked, form), token))
        best = min((distance for distance, _ in near), default=0.0)
        return [WordMatch(token.start, token.end, "fuzzy", text) for distance, token in near if distance == best]

    def find_phrase(self, slots: Sequence[Alternatives], slop: int = 0) -> list[WordMatch]:
        """Find the words of a phrase in their order, each spelled, joined or split in any way, and not inflected.

        At most `slop` other words stand between two of them.
        """
        text = " ".join(slot.text for slot in slots)
        hits = []
        for position in sorted(self.at):
            for end in self._phrase_ends(slots, position, slop):
                hits.append(WordMatch(self.at[position][0].start, end, "phrase", text))
        return hits

    def _phrase_ends(self, slots: Sequence[Alternatives], start: int, slop: int) -> Iterator[int]:
        """Follow every way to read the slots from a position on; gives the end offset of the first that succeeds."""
        waiting = [(0, start, slop, 0)]
        seen = set(waiting)
        while waiting and len(seen) < _MOST_STATES:
            slot, position, left, end = waiting.pop()
            if slot == len(slots):
                yield end
                return
            following = [(*step[:2], slop, step[2]) for step in self._steps(slots, slot, position)]
            if slot and left and position < self.length:
                following.append((slot, position + 1, left - 1, end))
            for state in following:
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)

    def _steps(self, slots: Sequence[Alternatives], slot: int, position: int) -> Iterator[tuple[int, int, int]]:
        """The next slot, the position behind and the offset of its end, for each way to answer a slot here."""
        asked = slots[slot]
        for token in self.at.get(position, ()):
            if asked.term is not None and _answers(token, asked.term, is_first=slot == 0):
                yield slot + 1, position + token.span, token.end
            for join in asked.joins:
                if join.first == slot and _answers(token, join.term):
                    yield join.last, position + token.span, token.end
        for words in asked.splits:
            for token in self.at.get(position, ()):
                if token.norm == words[0] or words[0] in token.parts:
                    last = self._follow(token, words[1:])
                    if last is not None:
                        yield slot + 1, last.position + last.span, last.end


def _answers(token: Token, term: Term, *, is_first: bool = False) -> bool:
    """Say whether a token is the word as spelled; the first of a phrase may stand behind particles."""
    if token.norm == term.norm or term.norm in token.parts:
        return True
    return is_first and token.norm in with_particles(term)


def strongest(hits: Iterable[WordMatch]) -> list[WordMatch]:
    """Keep of several reasons for one range the strongest, ranges in the order of the text."""
    best: dict[tuple[int, int], WordMatch] = {}
    for hit in hits:
        known = best.get((hit.start, hit.end))
        if known is None or REASONS.index(hit.reason) < REASONS.index(known.reason):
            best[hit.start, hit.end] = hit
    return [best[span] for span in sorted(best)]
