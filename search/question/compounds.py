"""Words that the reader typed apart and that are one word: `می شود` is asked as `می‌شود`, `رئیس جمهور` as `رئیس‌جمهور`.

So that a word has one set of answers, however it is typed: asked one by one, its halves would also find texts in which
they stand far from each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from search.analysis import analyze
from search.analysis.joiner import are_one_word
from search.tree import And, Fielded, Node, Not, Or, Word

_LONGEST = 3


def with_compounds(tree: Node) -> Node:
    """The tree with each run of words that are one word as one `Word`, its parts apart as typed.

    >>> with_compounds(And((Word("خبر"), Word("می"), Word("شود"))))
    And(children=(Word(text='خبر', start=0, end=0), Word(text='می شود', start=0, end=0)))
    """
    match tree:
        case And(children):
            made = [node for part in _parts(children) for node in part]
            return made[0] if len(made) == 1 else And(tuple(made))
        case Or(children):
            return Or(tuple(map(with_compounds, children)))
        case Not(child):
            return Not(with_compounds(child))
        case Fielded(name, child, start, end):
            return Fielded(name, with_compounds(child), start, end)
        case _:
            return tree


def _parts(children: Sequence[Node]) -> list[list[Node]]:
    parts: list[list[Node]] = []
    for are_words, group in groupby(children, key=lambda child: isinstance(child, Word)):
        nodes = list(group)
        words = [node for node in nodes if isinstance(node, Word)]
        parts.append(_joined(words) if are_words else list(map(with_compounds, nodes)))
    return parts


def _joined(words: Sequence[Word]) -> list[Node]:
    """The words with the longest runs that are one word, from the first on."""
    done: list[Node] = []
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST, len(words) - at), 1, -1)
        length = next((n for n in lengths if _are_one(tuple(word.text for word in words[at : at + n]))), 1)
        run = words[at : at + length]
        done.append(Word(" ".join(word.text for word in run), run[0].start, run[-1].end))
        at += length
    return done


@lru_cache(maxsize=4096)
def _are_one(words: tuple[str, ...]) -> bool:
    tokens = [token for word in words for token in analyze(word) if token.span == 1]
    return len(tokens) == len(words) and are_one_word(tuple(token.norm for token in tokens))
