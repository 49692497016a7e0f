"""Spellings by number: what the analyzer makes of each, worked out once and kept as numbers of terms.

A text of six hundred words has few that were not met before. So a spelling is analysed once, its terms in each layer
are numbered, and a text becomes a row of numbers, from which arrays do the rest (see `search.documents.inverting`).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Final

from archive.authorities.recognition.posts import may_begin_role
from search.analysis import Token
from search.analysis.analyzer import join_tokens, learn_form
from search.analysis.joiner import can_touch, is_hyphen, join_words, may_end_three
from search.analysis.spellings import AnalysedSpelling, Spellings, analysed
from search.documents.layers import CONTINUED, LAYERS, layer_terms
from search.documents.term_numbers import KeptTokens, TermNumbers
from search.terms import terms
from search.terms.finding import Beginning

CONCEPT, ROLE, CAPITAL = 8, 16, 32  # further flags of a form: may begin a concept, the role of a post; has a capital
APART: Final = -1  # no form: words that stay two
REMEMBERED: Final = 1 << 17  # forms in a generation
_NOTHING: Final[frozenset[str]] = frozenset()


class Rows:
    """Rows of numbers one behind the other; row i is `held[starts[i]:starts[i + 1]]`."""

    def __init__(self) -> None:
        self.starts = array("I", (0,))
        self.held = array("I")

    def append(self, numbers: Iterable[int]) -> None:
        self.held.extend(numbers)
        self.starts.append(len(self.held))

    def row(self, number: int) -> array[int]:
        return self.held[self.starts[number] : self.starts[number + 1]]


class Forms:
    """A generation of forms: what is known of each, by its number."""

    def __init__(self) -> None:
        self.by_spelling: dict[str | None, dict[str, int]] = {None: {}, "ar": {}, "fa": {}}
        self.by_token: dict[tuple[Token, bool, tuple[str, ...]], int] = {}
        self.joined: dict[tuple[int, int, int, bool, str | None], int] = {}
        self.beginnings: dict[int, Beginning] = {}
        self.begun: dict[int, tuple[frozenset[str], bool]] = {}  # by `_pair`
        self.pairs: dict[int, bool] = {}  # by `_pair`
        self.roles: dict[int, bool] = {}
        self.tokens = KeptTokens()
        self.flags = bytearray()
        self.rows = {layer: Rows() for layer in LAYERS}
        self.further = array("i")  # the term in `names` where a joined form goes on, APART for others

    def __len__(self) -> int:
        return len(self.tokens)

    def forget_company(self) -> None:
        """Keep what is known of each form by itself: that is all that the next generation takes over."""
        for held in (self.by_token, self.joined, self.beginnings, self.begun, self.pairs, self.roles):
            held.clear()


class Vocabulary:
    """The terms met so far, and the spellings of the last two generations; for one thread.

    `kept` holds what earlier runs made of spellings.
    """

    def __init__(self, kept: Spellings | None = None) -> None:
        self.kept = kept
        self._fresh: list[tuple[str, str | None, AnalysedSpelling]] = []
        self.terms = {layer: TermNumbers() for layer in LAYERS}
        self.forms = Forms()
        self._older = Forms()
        self._known = terms()

    def __len__(self) -> int:
        """How many terms were met."""
        return sum(map(len, self.terms.values()))

    def forget_if_full(self) -> None:
        """Call between batches: bounds the memory for spellings. Terms stay, whose numbers postings hold.

        What forms begin is forgotten where the terms of diplomacy are others than before.
        """
        if self._known is not terms():
            self._known = terms()
            self.forget_forms()
        if len(self.forms) > REMEMBERED:
            self._older, self.forms = self.forms, Forms()
            self._older.forget_company()

    def forget_forms(self) -> None:
        """Have every spelling numbered anew; terms stay."""
        self._older, self.forms = Forms(), Forms()

    def learn(self, words: Iterable[str], lang: str | None) -> None:
        """Number spellings that this generation has not met."""
        words = list(dict.fromkeys(words))
        known, older = self.forms.by_spelling[lang], self._older.by_spelling[lang]
        unknown = [word for word in words if word not in older]
        kept = self.kept.find(unknown, lang) if self.kept and unknown else {}
        for word in words:
            if word in older:
                known[word] = self._take_over(older[word])
            elif word in kept:
                known[word] = self._take_back(word, kept[word])
            else:
                known[word] = self._analyse(word, lang)

    def keep(self) -> None:
        """Keep what was analysed for the next run."""
        if self.kept:
            self.kept.keep(self._fresh)
        self._fresh = []

    def number(self, token: Token, text: str) -> int:
        """The number of a token, wherever it stands; `text` is what it was cut from."""
        key = token._replace(start=0, end=0, position=0), text[token.start].isupper(), _terms(token, "names", text)
        found = self.forms.by_token.get(key)
        if found is None:
            found = self.forms.by_token[key] = self._add(*key)
        return found

    def joined(self, words: Sequence[int], gap: str, lang: str | None) -> int:
        """The form that two or three neighbours make, the last of them over a gap; APART when they make none."""
        if gap != " " and not can_touch(gap):
            return APART
        first, second, third = (APART, *words)[-3:]
        key = (first, second, third, is_hyphen(gap), lang)
        found = self.forms.joined.get(key)
        return self._join(key, words, gap, lang) if found is None else found

    def may_join(self, first: int, second: int) -> bool:
        """Whether two neighbours, or these and the word before them, may be one term."""
        found = self.forms.pairs.get(_pair(first, second))
        if found is None:
            one, two = self.forms.tokens[first], self.forms.tokens[second]
            found = may_end_three(two.norm) or one.kind == "latin" or join_words((one.norm, two.norm)) is not None
            self.forms.pairs[_pair(first, second)] = found
        return found

    def begun(self, first: int, second: int) -> tuple[frozenset[str], frozenset[str], bool]:
        """The concepts that a word begins, alone and with its neighbour, and whether perhaps longer ones."""
        forms = self.forms
        one = forms.beginnings.get(first)
        if one is None:
            one = forms.beginnings[first] = terms().beginning(forms.tokens[first])
        if second == APART or not one.longer:
            return one.alone, _NOTHING, False
        both = forms.begun.get(_pair(first, second))
        if both is None:
            both = forms.begun[_pair(first, second)] = one.before(forms.tokens[second])
        return one.alone, *both

    def may_begin_role(self, first: int, second: int) -> bool:
        """Whether the role of a post may begin with these two, or is the first."""
        found = self.forms.roles.get(_pair(first, second))
        if found is None:
            found = may_begin_role(self.forms.tokens[first].norm, self.forms.tokens[second].norm)
            self.forms.roles[_pair(first, second)] = found
        return found

    def _join(
        self, key: tuple[int, int, int, bool, str | None], words: Sequence[int], gap: str, lang: str | None
    ) -> int:
        *before, last = (self.forms.tokens[number] for number in words)
        token = join_tokens(before, (0, 0, 0, last.norm), gap, lang)
        text = "A" if self.forms.flags[words[0]] & CAPITAL else "a"  # all that is asked of the text of a joined term
        found = self.forms.joined[key] = APART if token is None else self.number(token, text)
        return found

    def _analyse(self, word: str, lang: str | None) -> int:
        made = analysed(word, learn_form(word, lang))
        if self.kept:
            self._fresh.append((word, lang, made))
        return self._take_back(word, made)

    def _take_back(self, word: str, made: AnalysedSpelling) -> int:
        number = self._add(Token(0, 0, 0, *made.token), word[:1].isupper(), made.names)  # type: ignore[arg-type]
        self.forms.flags[number] |= made.flags
        return number

    def _take_over(self, older: int) -> int:
        number = len(self.forms)
        for layer, rows in self.forms.rows.items():
            rows.append(self._older.rows[layer].row(older))
        self.forms.tokens.take(self._older.tokens, older)
        self.forms.flags.append(self._older.flags[older])
        self.forms.further.append(self._older.further[older])
        return number

    def _add(self, token: Token, capital: bool, names: Sequence[str]) -> int:
        number = len(self.forms)
        for layer, rows in self.forms.rows.items():
            number_of = self.terms[layer].number
            found = names if layer == "names" else _terms(token, layer, "")
            rows.append([number_of(term.encode()) for term in found])
        self.forms.tokens.append(token)
        goes_on = f"{CONTINUED}{token.norm}".encode()
        self.forms.further.append(self.terms["names"].number(goes_on) if token.span > 1 else APART)
        is_role = token.span == 1 and bool(token.norm) and may_begin_role(token.norm)
        self.forms.flags.append(CONCEPT * terms().may_begin(token) | ROLE * is_role | CAPITAL * capital)
        return number


def _pair(first: int, second: int) -> int:
    """Two forms, the second of which may be APART, as one number: a dict of tuples takes twice the memory."""
    return first << 32 | second + 1


def _terms(token: Token, layer: str, text: str) -> tuple[str, ...]:
    """The terms of a token in a layer, each once; none for a word of which nothing is left."""
    found = tuple(layer_terms(token, layer, text)) if token.norm else ()
    return found if len(found) < 2 else tuple(dict.fromkeys(found))
