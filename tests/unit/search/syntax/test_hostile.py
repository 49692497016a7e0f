"""Nothing typed may raise an error, take long, or lose its meaning when it is written down again."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.syntax import MAX_CHARACTERS, NOTICE_MESSAGES, ParsedQuery, parse, to_text
from search.tree import (
    All,
    And,
    Fielded,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Word,
    all_of,
    any_of,
    completed,
    distributed,
    leaves,
    negated,
    terms,
    within,
)

PIECES = [
    "a", "قطر", "خلف", "می\u200cکند", "title:", "عنوان:", "کشور :", "country:", "date:", "2019", "2023", "۱۴۰۲",
    "..", "...", "…", "-", "- ", " -", "(", ")", "﴾", "﴿", "（", "«", "»", '"', "“", "”", "„", "‹", "›", "*", "~",
    "~2", "~9", " AND ", " OR ", " NOT ", "OR", "AND", " ", "\u200f", "\u200c", "\u202e", "\u0301", "َ", "ـ", "؟",
    "?", "،", "؛", "[", "]", " TO ", "https://", "x.az", "/", ":", "@", "+", "\ud800", "\0", "\ufdfa", "\ufb2c",
    "\u0344", "K", "²", "😀", "|", "&", "\\", "foo:", "'", "¬", "\u00ad", "=", "–", "٫", "1,2", "23:23", "\u06dd",
    "\u0600", "\U0001d160", "\n", "\u00a0", "\u2028", "{", "}", "^2", "%00", "<b>", "' OR 1=1", "_exists_", "/.*/",
]  # fmt: skip
REPEATED = [
    *PIECES, "a:", "a* ", "a~9 ", "(a ", "-(", "title:(", "title:(-", "a.", "a OR ", "()", "[1 TO ", "[a TO b]",
    "1..a", "[[a", 'a"', "…1", "قَ", "ا1", '"a" ', "2019..2020 ", "((a OR b) ", "-(-(",
]  # fmt: skip
HOSTILE = [(piece * MAX_CHARACTERS)[:length] for piece in REPEATED for length in (1, 2, 17, 255, 256)]


def check(query: str) -> ParsedQuery:
    """What holds for every query, whatever it is."""
    parsed = parse(query)
    for told in parsed.notices:
        assert query[told.start : told.end] == told.text
        assert told.message
        assert told.code in NOTICE_MESSAGES
    text = to_text(parsed.tree)
    if not parsed.refused and len(text) <= MAX_CHARACTERS:
        assert parse(text).tree == parsed.tree
        assert to_text(parse(text).tree) == text
    assert_normal(parsed)
    return parsed


def assert_normal(parsed: ParsedQuery) -> None:
    if parsed.refused:
        return
    waiting: list[tuple[Node, bool, bool]] = [(parsed.tree, False, False)]
    while waiting:
        node, in_and, in_date = waiting.pop()
        if isinstance(node, And | Or):
            assert len(node.children) > 1
            assert not any(isinstance(child, type(node)) for child in node.children)
            waiting.extend((child, isinstance(node, And), in_date) for child in node.children)
        elif isinstance(node, Not):
            assert in_and
            assert not isinstance(node.child, Not | All)
            waiting.append((node.child, False, in_date))
        elif isinstance(node, Fielded):
            assert not isinstance(node.child, Fielded | Not | All)
            waiting.append((node.child, False, node.name == "date"))
        elif isinstance(node, All):
            assert in_and or node is parsed.tree
        else:
            assert in_date or not isinstance(node, Range)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=200)
def test_fields_can_be_spread_over_any_query(query: str) -> None:
    parsed = parse(query)
    spread = distributed(parsed.tree)
    assert_normal(ParsedQuery(query, spread, refused=parsed.refused))
    assert list(terms(spread)) == list(terms(parsed.tree))
    assert distributed(spread) == spread


def height(tree: Node) -> int:
    """Levels of the tree, counted without recursion."""
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        children = node.children if isinstance(node, And | Or) else ()
        below = (node.child,) if isinstance(node, Not | Fielded) else children
        waiting.extend((child, level + 1) for child in below)
    return deepest


@pytest.mark.parametrize("piece", REPEATED)
def test_repeated_marks_are_harmless(piece: str) -> None:
    for length in (1, 2, 17, 255, 256):
        check((piece * MAX_CHARACTERS)[:length])


def test_more_than_500_hostile_queries_are_known() -> None:
    assert len(set(HOSTILE)) >= 500


@pytest.mark.parametrize("seed", range(20))
def test_random_mixtures_of_marks_are_harmless(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (a game, no secret)
    for length in (2, 3, 5, 8, 13, 21, 34, 55):
        check("".join(chance.choice(PIECES) for _ in range(length))[:MAX_CHARACTERS])


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_any_text_is_a_query(query: str) -> None:
    check(query)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300)
def test_any_mixture_of_operators_is_a_query(query: str) -> None:
    check(query)


@given(st.text(st.characters(categories=["Cs", "Cc", "Cf", "Co", "Cn", "Mn", "Zs"]), max_size=100))
@settings(max_examples=100)
def test_invisible_text_asks_for_everything(query: str) -> None:
    assert check(query).tree == All()


PLAIN = ("كلمة " * MAX_CHARACTERS)[:MAX_CHARACTERS]


def test_no_256_characters_take_much_longer_than_plain_words() -> None:
    slowest = max(_seconds(query) for query in HOSTILE if len(query) == MAX_CHARACTERS)
    assert slowest < 20 * _seconds(PLAIN)


@pytest.mark.parametrize("query", ["[" * 100_000, "a " * 100_000, " " * 100_000 + "a", "(" * 100_000, "-" * 100_000])
def test_no_100_000_characters_take_much_longer_than_256(query: str) -> None:
    assert _seconds(query) < 20 * _seconds(PLAIN)


def _seconds(query: str) -> float:
    """The least processor time of several runs: what other processes do does not count."""
    taken = []
    for _ in range(5):
        start = time.thread_time()
        parse(query)
        taken.append(time.thread_time() - start)
    return min(taken)


def test_no_tree_is_high_enough_to_hurt_those_who_walk_it() -> None:
    nested = ["(a OR (b ", "-(a -(b ", "title:(-body:(", "country:(-date:(-", "-(-title:(a OR "]
    assert all(height(parse((piece * MAX_CHARACTERS)[:MAX_CHARACTERS]).tree) <= 70 for piece in nested)
    assert all(repr(parse((piece * MAX_CHARACTERS)[:MAX_CHARACTERS])) for piece in nested)


WORDS = st.sampled_from(
    ["قطر", "إيران", "خلف\u200cاف", "Khalafov", "و", "X-12", "1,234", "23:23", "azvision.az", "not"]
)
LEAVES: st.SearchStrategy[Leaf] = st.one_of(
    st.builds(Word, WORDS),
    st.lists(WORDS, min_size=1, max_size=1).map(lambda words: Phrase(tuple(words))),
    st.builds(Phrase, st.lists(WORDS, min_size=2, max_size=3).map(tuple), st.integers(0, 50)),
    st.sampled_from([Prefix("أذرب"), Prefix("Kh"), Fuzzy("أذريجان"), Fuzzy("ستولتنبرج", 2)]),
)
DATES = st.sampled_from(
    [Range("2019", "2023"), Range("۱۴۰۲/۰۷", None), Range(None, "2020-10-26"), Range("مهر ۱۴۰۲", "آبان ۱۴۰۲")]
).map(lambda bounds: Fielded("date", bounds))


def grown(smaller: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(smaller, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda nodes: all_of(nodes) or All()),
        several.map(lambda nodes: any_of(nodes) or All()),
        smaller.map(negated),
        st.builds(within, st.sampled_from(["title", "country", "official", "body", "source", "lang"]), smaller),
    )


TREES = st.recursive(st.one_of(LEAVES, DATES), grown, max_leaves=8).map(completed)


@given(TREES)
@settings(max_examples=120)
def test_every_tree_is_read_again_as_it_was_written(tree: Node) -> None:
    text = to_text(tree)
    if len(text) <= MAX_CHARACTERS and not parse(text).refused:
        assert parse(text).tree == tree


@given(TREES)
@settings(max_examples=100)
def test_each_leaf_is_a_term_of_the_tree_or_of_its_opposite(tree: Node) -> None:
    opposite = completed(negated(tree))
    every_leaf = Counter(leaf for leaf, _wanted in leaves(tree) if isinstance(leaf, Leaf))
    assert Counter(terms(tree)) + Counter(terms(opposite)) == every_leaf
