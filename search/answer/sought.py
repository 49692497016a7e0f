"""What marking asks of each text for a tree, and every term that a text may answer it by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from search.analysis import fold
from search.analysis.asking import Term, alternatives, cut_words, with_particles
from search.analysis.thin_passage import Sought
from search.terms import terms
from search.tree import And, Fielded, Fuzzy, Leaf, Named, Node, Or, Phrase, Prefix, Welcome, Word, all_of


class TextQuestion(NamedTuple):
    """A node to ask a text for, and what to ask where the text does not answer all of it."""

    node: Node
    otherwise: tuple[Word, ...] = ()


def text_questions(tree: Node) -> Iterator[TextQuestion]:
    """What a tree asks of one text, whether or not the text answers all of it: the rest may stand elsewhere.

    Runs of words are asked together, so that joined spellings are seen.
    """
    if isinstance(tree, Fielded | Welcome):
        yield from text_questions(tree.child)
    elif isinstance(tree, And | Or):
        words = tuple(dict.fromkeys(child for child in tree.children if isinstance(child, Word)))
        together = (
            all_of(child for child in tree.children if isinstance(child, Word)) if isinstance(tree, And) else None
        )
        if isinstance(together, And):
            yield TextQuestion(together, words)
        for child in dict.fromkeys(tree.children):
            if not isinstance(together, And) or not isinstance(child, Word):
                yield from text_questions(child)
    elif isinstance(tree, Leaf | Named):
        yield TextQuestion(tree)


def sought(questions: Iterable[TextQuestion], lang: str | None) -> Sought:
    """The terms by which a text may answer any of the questions, asked in a language."""
    found: set[str] = set()
    starts, near = [], []
    for question in questions:
        match question.node:
            case Word(text):
                found.update(_of_words((text,), lang))
            case And(children):
                together = [child.text for child in children if isinstance(child, Word)]
                found.update(_of_words(together, lang))
            case Phrase(words):
                found.update(_of_words(words, lang, in_phrase=True))
            case Prefix(text):
                starts.append(fold(text))
            case Fuzzy(text, distance):
                near.append((fold(text), distance))
            case Named(slug):
                found |= terms().words_of(slug)
    return Sought(found, starts, near)


def _of_words(words: Sequence[str], lang: str | None, *, in_phrase: bool = False) -> Iterator[str]:
    for index, word in enumerate(words):
        asked = alternatives(words, index, (), lang)
        whole = [asked.term] if asked.term else []
        for term in (*whole, *(join.term for join in asked.joins)):
            yield from _of_term(term)
        if in_phrase:
            yield from (spelling for term in whole for spelling in with_particles(term))
        yield from cut_words(word, lang)
        for phrase in (*asked.splits, *(phrase for synonym in asked.synonyms for phrase in synonym.phrases)):
            yield from phrase
        yield from (key for run in asked.name_runs for keys in run for key in keys)


def _of_term(term: Term) -> Iterator[str]:
    yield term.norm
    yield from term.stems
    yield from term.keys
