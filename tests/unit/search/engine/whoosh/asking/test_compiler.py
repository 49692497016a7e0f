"""A tree as a query: every word as the alternatives by which a text may answer it, of kinds that are evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from whoosh import query as q
from whoosh.query import Query
from whoosh.query.spans import SpanNear

from search.analysis import fold
from search.analysis.asking import alternatives
from search.engine.asking.compiler import MOST_FUZZY
from search.engine.asking.phrase_rows import phrase_rows
from search.engine.asking.terms import FoldedWords, idf, layer
from search.engine.whoosh.asking.translation import compile_tree
from search.engine.whoosh.snapshot import Snapshot
from search.tree import And, Days, Fielded, Fuzzy, Linked, Node, Not, Or, Phrase, Prefix, Word
from tests.unit.search.engine.whoosh.archive import new_index, paragraphs, snapshot, write


@cache
def held() -> Snapshot:
    index = new_index()
    write(index.writer(), list(paragraphs()))
    return snapshot(index)


def compiled(tree: Node) -> Query:
    return compile_tree(tree, held().reader)


def parts_of(query: Query) -> Iterator[Query]:
    """The query and all within it."""
    yield query
    within = [query.query] if isinstance(query, q.Not) else list(query.children()) if not query.is_leaf() else []
    for part in [query.a, query.b] if isinstance(query, SpanNear) else within:
        yield from parts_of(part)


def terms_of(query: Query, field: str) -> dict[str, float]:
    found = (part for part in parts_of(query) if isinstance(part, q.Term) and part.fieldname == field)
    return {term.text: term.boost for term in found}


def test_a_word_asks_its_folded_form_in_title_and_text_of_which_the_title_counts_twice() -> None:
    word = fold("الخارجية")
    title, text = (terms_of(compiled(Word("الخارجية")), f"{name}_norm") for name in ("title", "text"))
    weighed = {name: 1 / held().reader.correction(f"{name}_norm", word) for name in ("title", "text")}
    assert title[word] * weighed["title"] == pytest.approx(2 * text[word] * weighed["text"])


def test_a_word_of_a_title_is_asked_of_titles_alone() -> None:
    query = compiled(Fielded("title", Word("الخارجية")))
    assert terms_of(query, "title_norm") and not terms_of(query, "text_norm")


def test_a_word_that_no_article_has_is_asked_of_nothing() -> None:
    assert compiled(Word("كلمةلاتوجدهنا")) == q.NullQuery
    assert compiled(And((Word("قطر"), Word("كلمةلاتوجدهنا")))) == q.NullQuery
    assert compiled(Or((Word("قطر"), Word("كلمةلاتوجدهنا")))) != q.NullQuery


def test_what_is_only_excluded_is_excluded_from_everything() -> None:
    query = compiled(And((Not(Word("قطر")),)))
    kinds = [type(part) for part in parts_of(query)]
    assert q.Every in kinds and q.Not in kinds


def test_a_function_word_beside_others_is_welcome_and_not_required() -> None:
    both, alone = compiled(And((Word("في"), Word("قطر")))), compiled(Word("قطر"))
    found = [[matches.ids.tolist() for matches in held().matches(query)] for query in (both, alone)]
    assert found[0] == found[1] and any(found[0])
    assert isinstance(both, q.AndMaybe)


def test_links_and_days_are_worth_the_same_wherever_they_answer() -> None:
    for tree in (Linked("country", "az"), Days(737_500, 738_000)):
        scores = {score for matches in held().matches(compiled(tree)) for score in matches.scores.tolist()}
        assert len(scores) == 1


def test_a_beginning_asks_all_words_that_begin_so_and_an_empty_one_none() -> None:
    assert {part.text for part in parts_of(compiled(Prefix("الخ"))) if isinstance(part, q.Prefix)} == {"الخ"}
    assert compiled(Prefix("")) == q.NullQuery


def test_words_spelled_alike_are_asked_up_to_a_bound() -> None:
    asked = {term for name in ("title", "text") for term in terms_of(compiled(Fuzzy("الخارجيه", 2)), f"{name}_norm")}
    assert fold("الخارجية") in asked and 0 < len(asked) <= MOST_FUZZY


def test_a_phrase_is_a_row_of_words_of_one_field() -> None:
    rows = [part for part in parts_of(compiled(Phrase(("وزارة", "الخارجية"), 0))) if isinstance(part, SpanNear)]
    assert rows
    for row in rows:
        assert row.slop == 1
        fields = {part.fieldname.partition("_")[0] for part in parts_of(row) if isinstance(part, q.Term)}
        assert len(fields) == 1


def test_the_words_of_a_phrase_may_be_joined_in_a_text_or_parted() -> None:
    """«الجولة الأولى» also behind a particle, «می کند» also as one word, «میکند» also as two."""

    def rows(*words: str) -> set[tuple[tuple[str, ...], ...]]:
        asked = [alternatives(words, index, known) for index in range(len(words))]
        return set(phrase_rows(asked, known))

    known = {"الجوله", "للجوله", "الاولي", "مي", "كند", "ميكند"}
    assert rows("الجولة", "الأولى") >= {(("الجوله",), ("الاولي",)), (("للجوله",), ("الاولي",))}
    assert rows("می", "کند") >= {(("مي",), ("كند",)), (("ميكند",),)}
    assert rows("الجولة", "غائب") == set()


def test_a_rare_word_counts_for_more_than_a_common_one() -> None:
    terms, words = held().reader, FoldedWords(held().reader)
    every = [term.decode() for term in held().segments[0].terms("text_norm", b"")]
    common, rare = "في", next(term for term in every if terms.held("text_norm", term) == 1)
    assert idf(terms, "text_norm", rare) > idf(terms, "text_norm", common) > 0
    assert rare in words and "كلمةلاتوجدهنا" not in words
    assert layer(">ميكند") == "names" and layer("ميكند") == "norm"
