"""What a reader may mean while still typing: records by any form of their names, then frequent words of the index."""

from __future__ import annotations

import heapq
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from archive.authorities.directory import Directory, directory
from archive.authorities.gazetteer.gazetteer import NameForm
from archive.pages.bounds import OutOfTime, check_time
from archive.pages.kept_while import kept_while_same
from archive.text.languages import direction
from search.analysis import fold, guess_language
from search.engine import engine
from search.engine.protocol import Question, SearchUnavailable, WordList
from search.suggest.name_index import SHORTEST, NameIndex
from search.suggest.surfaces import Surface, Surfaces
from search.syntax import MAX_CHARACTERS, parse
from search.tree import And, Node, Word

MOST: Final = 20
USUAL: Final = 8
CONSIDERED: Final = 24  # words looked up for each answer
ANSWERS_KEPT: Final = 2048
logger = logging.getLogger("search")


@dataclass(frozen=True, slots=True)
class Completion:
    """One line of the list: `text` is the form that what was typed leads to, `label` its name for this reader.

    `count` is the exact number of public articles: of a record those that `url` finds, of a term those that have the
    word as it is folded, and all the words before it.
    """

    text: str
    kind: str
    label: str
    language: str
    direction: str
    count: int
    url: str


class Suggester:
    """Answers for one generation of the index and one state of the authority file."""

    def __init__(self, words: WordList, names: Directory, index: NameIndex, counts: Mapping[str, Mapping[str, int]]):
        self.words = words
        self.names = names
        self.index = index
        self.counts = counts
        self.surfaces = Surfaces(words)
        self._answers: OrderedDict[tuple[str, int, str], tuple[Completion, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def suggest(self, typed: str, most: int, language: str) -> tuple[Completion, ...]:
        """At most so many lines: records first, a quarter of the room kept for words of the index."""
        key = (typed, most, language)
        with self._lock:
            known = self._answers.get(key)
        if known is not None:
            return known
        records = list(self._records(typed, most, language))
        terms = list(self._terms(typed, most))
        room = max(most - len(terms), most - most // 4)
        lines = tuple((records[:room] + terms)[:most])
        with self._lock:
            self._answers[key] = lines
            if len(self._answers) > ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return lines

    def _records(self, typed: str, most: int, language: str) -> Iterator[Completion]:
        found = [
            (quality, -count, form)
            for record, (quality, form) in self.index.find(typed).items()
            if (count := self.counts.get(record[0], {}).get(record[1], 0))
        ]
        for _quality, count, form in heapq.nsmallest(most, found, key=lambda one: (one[0], one[1], one[2].record)):
            yield self._record(form, -count, language)

    def _record(self, form: NameForm, count: int, language: str) -> Completion:
        kind, slug = form.record
        label = self.names.label(kind, slug, language)
        address = f"{reverse('search')}?{urlencode({kind: slug})}"
        return Completion(form.text, kind, label, form.language, direction(form.language), count, address)

    def _terms(self, typed: str, most: int) -> Iterator[Completion]:
        """The last word typed, completed, for articles that have the words before it, too."""
        last = _words(typed)
        if not last or len(fold(last[-1].text)) < SHORTEST:
            return
        before = [fold(word.text) for word in last[:-1]]
        counted = self._completions(fold(last[-1].text), before, most)[:most]
        surfaces = self.surfaces.of(word for _count, word in counted)
        for count, word in counted:
            if word in surfaces:
                yield _term(typed[: last[-1].start], surfaces[word], count)

    def _completions(self, prefix: str, before: list[str], most: int) -> list[tuple[int, str]]:
        """Words that begin so with the number of articles that have them beside the words before, most first."""
        check_time()
        found = self.words.starting_with(prefix, CONSIDERED if before else most)
        counted = [(self.words.count([*before, word]), word) for word in found if word not in before]
        return sorted((one for one in counted if one[0]), key=lambda one: (one[1] != prefix, -one[0], one[1]))


def _term(before: str, surface: Surface, count: int) -> Completion:
    text = before + surface.text
    language = surface.language if surface.language != "und" else guess_language(text) or "und"
    address = f"{reverse('search')}?{urlencode({'q': text})}"
    return Completion(text, "term", text, language, direction(language), count, address)


def _words(typed: str) -> tuple[Word, ...]:
    """The words of a query that has nothing but words and ends with one; none where operators are in play."""
    parsed = parse(typed)
    if parsed.had_operators or parsed.notices or parsed.refused:
        return ()
    tree: Node = parsed.tree
    children = tree.children if isinstance(tree, And) else (tree,)
    words = tuple(child for child in children if isinstance(child, Word))
    return words if words and words[-1].end == len(typed) else ()


def suggester() -> Suggester:
    """The suggester of the present index and authority file; made anew when one of them changed."""
    return _suggester(engine().words(), directory())


@kept_while_same
def _suggester(words: WordList, names: Directory) -> Suggester:
    return Suggester(words, names, name_index(names), engine().search(Question(size=1)).counts)


@kept_while_same
def name_index(names: Directory) -> NameIndex:
    """The names of the authority file by their beginnings and sounds; made anew when a record changed."""
    return NameIndex(names.forms)


def suggest(typed: str, most: int, language: str) -> tuple[str, tuple[Completion, ...]]:
    """The generation that answered and its lines; nothing for an empty or too long query, or without an index."""
    if not typed.strip() or len(typed) > MAX_CHARACTERS:
        return "", ()
    try:
        present = suggester()
        return present.words.generation, present.suggest(typed, most, language)
    except (SearchUnavailable, OutOfTime):
        return "", ()
    except Exception:
        # A reader who types is never stopped by an index that changes or breaks under the list.
        logger.exception("suggestions are not available")
        return "", ()
