"""The form in which a word of a question and the words of a text are the same: a folded word, a stem, a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from search.analysis.asking import Alternatives
from search.analysis.passage import Passage, WordMatch
from search.analysis.token import Token


class SharedForm:
    """One word as asked and one text; each hit of the word is looked at by itself."""

    def __init__(self, asked: Alternatives, passage: Passage) -> None:
        self.word = [asked.term] if asked.term else []
        self.joined = [join.term for join in asked.joins]
        self.passage = passage
        self.starting: defaultdict[int, list[Token]] = defaultdict(list)
        for token in passage.tokens:
            self.starting[token.start].append(token)

    def form(self, hit: WordMatch) -> str:
        """`للوزير` and `وزير` meet in the stem `وزير`, `خلفوف` and `Khalafov` in the key `XLF+F`; "" where unknown."""
        tokens = [token for token in self.starting[hit.start] if token.end == hit.end]
        if hit.reason == "stem":
            stems = (stem for term in (*self.word, *self.joined) for stem in term.stems)
            return next((stem for stem in stems if any(stem in token.stems for token in tokens)), "")
        if hit.reason == "name":
            return self._key(tokens)
        if hit.reason in {"split", "place"}:
            return " ".join(self._norms(hit))
        norms = {norm for token in tokens for norm in (token.norm, *token.parts)}
        known = [*self.joined, *self.word] if hit.reason == "joined" else [*self.word, *self.joined]
        return next((term.norm for term in known if term.norm in norms), "")

    def _norms(self, hit: WordMatch) -> Iterator[str]:
        """The folded words inside a hit, each once."""
        for at in range(hit.start, hit.end):
            yield from (token.norm for token in self.starting.get(at, ()) if token.span == 1 and token.end <= hit.end)

    def _key(self, tokens: list[Token]) -> str:
        """The plainest key that question and text have in common, without its script."""
        wanted = {key for term in (*self.word, *self.joined) for key in term.keys}
        shared = {key[2:] for key in wanted if any(token in tokens for token in self.passage.by_key.get(key, ()))}
        return min(shared, key=lambda key: (key.startswith("="), len(key), key), default="")
