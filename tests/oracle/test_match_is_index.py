"""A text matched without an index, and an index of that text alone, give the same answer."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from search.analysis import analyze, guess_language
from search.answer.matching import match
from search.engine.whoosh.asking.translation import compile_tree
from search.engine.whoosh.evaluating.postings_cache import PostingsCache
from search.engine.whoosh.snapshot import Snapshot
from search.syntax import parse
from search.terms import terms, with_terms
from search.tree import And, Fuzzy, Node, Not, Or, Phrase, Prefix, Word, completed, distributed
from tests import CAPTURES
from tests.oracle import draws
from tests.oracle.written_out import schema, streams

SENTENCES = sorted(
    {
        sentence.strip()
        for path in CAPTURES.iterdir()
        for sentence in re.split(r"(?<=[.:؟!])\s+|\n+", path.read_text(encoding="utf-8"))
        if 20 < len(sentence.strip()) < 260
    }
)
WORDS = sorted({text[token.start : token.end] for text in SENTENCES for token in analyze(text) if token.span == 1})
ELSEWHERE = [
    "Khalafov",
    "Xələfov",
    "Bayramov",
    "تهران",
    "طهران",
    "political",
    "consultations",
    "آتش",
    "بس",
    "1402",
    "نامه",
]


@lru_cache(maxsize=512)
def index_of(text: str) -> Snapshot:
    """An index that holds this text alone, as the archive's index would."""
    index = RamStorage().create_index(schema())
    tokens = analyze(text, guess_language(text))
    with index.writer() as writer:
        concepts = " ".join(found.concept.slug for found in terms().find_tokens(tokens, text))
        kept = {"identifier": "1", "day": 0, "arrival": 1, "digest": ""}
        writer.add_document(concept=concepts, **kept, **streams("text", tokens, text))
    return Snapshot(index, "1", PostingsCache(2**20))


def is_found(text: str, tree: Node, *, names: bool) -> bool:
    held = index_of(text)
    return any(len(found.ids) for found in held.matches(compile_tree(tree, held.reader, names=names)))


def spoiled(word: str, way: int) -> str:
    """The word as another reader may type it."""
    ways = [
        word,
        word.replace("أ", "ا").replace("إ", "ا").replace("ة", "ه").replace("ى", "ي"),
        word.replace("ی", "ي").replace("ک", "ك"),
        word.replace("\u200c", ""),
        word[:3] + "\u200c" + word[3:] if len(word) > 5 else word,
        "و" + word,
        "ل" + word.removeprefix("ا") if word.startswith("ال") else "ب" + word,
        word.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        word[:2] + word[3:] if len(word) > 4 else word,
        word.removeprefix("ال"),
    ]
    return ways[way % len(ways)]


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, Node]:
    """A sentence, and a question made of its words and of others, some of them in another spelling."""
    text = draw(st.sampled_from(SENTENCES))
    own = [text[token.start : token.end] for token in analyze(text) if token.span == 1]

    def words(most: int) -> list[str]:
        first = draw(st.integers(0, max(0, len(own) - 1)))
        run = own[first : first + draw(st.integers(1, most))]
        run += draw(st.lists(st.sampled_from([*WORDS, *ELSEWHERE]), max_size=1))
        return [spoiled(word, draw(st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))) for word in run]

    def leaf() -> Node:
        kind = draw(st.sampled_from(["words", "words", "phrase", "prefix", "fuzzy"]))
        if kind == "phrase":
            return Phrase(tuple(words(4)), draw(st.sampled_from([0, 0, 1, 3])))
        if kind == "prefix":
            return Prefix(words(1)[0][: draw(st.integers(2, 5))])
        if kind == "fuzzy":
            return Fuzzy(words(1)[0], draw(st.integers(1, 2)))
        asked = [Word(word) for word in words(4)]
        return asked[0] if len(asked) == 1 else And(tuple(asked))

    shape = draw(st.sampled_from(["leaf", "leaf", "and", "or", "not"]))
    if shape == "leaf":
        return text, leaf()
    if shape == "or":
        return text, Or((completed(leaf()), completed(leaf())))
    one, other = leaf(), leaf()
    parts = one.children if isinstance(one, And) else (one,)
    if shape == "not":
        return text, And((*parts, Not(other)))
    return text, And((*parts, *(other.children if isinstance(other, And) else (other,))))


@draws(80)
@given(questions(), st.booleans())
def test_matching_a_text_is_asking_an_index_of_it(question: tuple[str, Node], names: bool) -> None:
    text, asked = question
    tree = distributed(with_terms(asked) if names else asked)
    assert (match(text, tree, names=names) is not None) == is_found(text, tree, names=names)


@pytest.mark.parametrize("names", [True, False])
@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("س وع", '"س و ع"'),
        ("س و ع", '"س وع"'),
        ("للجولة الأولى", '"الجولة الأولى"'),
        ("می کند کار", '"میکند کار"'),
        ("نامه ی من", '"نامه من"'),
        ("والعاصمة طهران", "تهران"),
        ("وطهران", "تهران"),
        ("قال خلفوف", "Khalafov"),
        ("رایزنی‌های سیاسی دو کشور", "مشاورات سياسية"),
        ("صلح", "-قطر OR روسیه"),
        ("البيت", "في «البيت»"),
        ("في", "في -قطر"),
        ("وزير قال الدولة", '"وزيرالدولة قال"~3'),
    ],
)
def test_both_agree_on_hard_cases(text: str, query: str, names: bool) -> None:
    tree = distributed(parse(query).tree)
    tree = with_terms(tree) if names else tree
    assert (match(text, tree, names=names) is not None) == is_found(text, tree, names=names)
