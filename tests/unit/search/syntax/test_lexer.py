"""A query as tokens, each at its place in what was typed; parentheses in pairs; ranges of dates the right way round."""

from __future__ import annotations

import pytest

from search.syntax.lexer import MAX_SLOP, tokens_of
from search.syntax.lookahead import after_dots, bounds, has_digit, number_after, words_between
from search.syntax.notices import NOTICE_MESSAGES, notice
from search.syntax.parentheses import MAX_DEPTH, with_paired_parentheses
from search.syntax.ranges import in_order, year_range
from search.syntax.tokens import TokenKind
from search.tree import Fuzzy, Phrase, Prefix, Range, Word


def kinds(query: str) -> str:
    return " ".join(token.kind.name for token in tokens_of(query)[0])


def codes(query: str) -> list[str]:
    return [one.code for one in tokens_of(query)[1]]


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("قطر إيران", "TERM TERM"),
        ("قطر AND إيران", "TERM AND TERM"),
        ("قطر and إيران", "TERM TERM TERM"),
        ("-قطر", "MINUS TERM"),
        ("قطر -إيران", "TERM MINUS TERM"),
        ("قطر-إيران", "TERM TERM"),
        ("قطر - إيران", "TERM TERM"),
        ("عنوان:قطر", "FIELD TERM"),
        ("country:-قطر", "FIELD MINUS TERM"),
        ("title:AND", "FIELD TERM"),
        ("-AND", "MINUS TERM"),
        ("(قطر OR إيران)", "OPEN TERM OR TERM CLOSE"),
        ("«وزير الخارجية»~3", "TERM"),
        ("-«»", ""),
        ("«»", ""),
        ("2019..2023", "TERM"),
        ("..2023 2019..", "TERM TERM"),
        ("[2019 TO 2023]", "TERM"),
        ("[خبر عاجل]", "TERM TERM"),
        ("قط* خلف~2", "TERM TERM"),
        ("؟ ! ،", ""),
        ("", ""),
    ],
)
def test_what_is_typed_is_read_as_tokens(query: str, read: str) -> None:
    assert kinds(query) == read


def test_every_token_knows_its_place_in_what_was_typed() -> None:
    query = "  \u200fعنوان:\u200f«وزير خارجية» -(قط* OR 2019..2023)"
    for token in tokens_of(query)[0]:
        assert query[token.start : token.end].replace("\u200f", "") == token.text
        if token.node:
            assert (token.node.start, token.node.end) == (token.start, token.end)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("«وزير", "unclosed-quote"),
        ("foo:قطر", "unknown-field"),
        ("ق*", "prefix-too-short"),
        ("ق~", "fuzzy-too-short"),
        ("قطر~9", "fuzzy-too-far"),
        (f"«وزير خارجية»~{MAX_SLOP + 1}", "proximity-too-far"),
        ("قط*ر", "wildcard-misplaced"),
    ],
)
def test_what_was_changed_is_told(query: str, code: str) -> None:
    assert codes(query) == [code]


def test_what_was_bounded_is_asked_with_its_bound() -> None:
    (fuzzy,), (phrase,) = tokens_of("قطر~9")[0], tokens_of(f"«وزير خارجية»~{MAX_SLOP * 9}")[0]
    assert fuzzy.node == Fuzzy("قطر", 2)
    assert phrase.node == Phrase(("وزير", "خارجية"), MAX_SLOP)
    assert tokens_of("قطر~0")[0][0].node == Word("قطر")
    assert tokens_of("«قطر»~7")[0][0].node == Phrase(("قطر",), 0)
    assert tokens_of("ق*")[0][0].node == Word("ق") and tokens_of("قط**")[0][0].node == Prefix("قط")


def test_a_star_by_itself_is_nothing_and_told_to_nobody() -> None:
    assert tokens_of("قطر * إيران")[1] == []


def paired(query: str) -> tuple[str, list[str]]:
    tokens, notices = with_paired_parentheses(query, tokens_of(query)[0])
    shape = {TokenKind.OPEN: "(", TokenKind.CLOSE: ")"}
    return "".join(shape.get(token.kind, "a") for token in tokens), [one.code for one in notices]


@pytest.mark.parametrize(
    ("query", "shape", "told"),
    [
        ("(قطر)", "(a)", []),
        ("((قطر) إيران)", "((a)a)", []),
        ("(قطر", "(a)", ["unbalanced-parenthesis"]),
        ("قطر)", "a", ["unbalanced-parenthesis"]),
        (")(", "()", ["unbalanced-parenthesis"]),
        ("))) قطر (((", "a((()))", ["unbalanced-parenthesis"]),
        ("﴿قطر﴾", "(a)", []),
        ("﴾قطر﴿", "(a)", []),
        ("（قطر）", "(a)", []),
        ("(" * 20 + "قطر" + ")" * 20, "(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH, ["nested-too-deep"]),
    ],
)
def test_parentheses_come_in_pairs(query: str, shape: str, told: list[str]) -> None:
    assert paired(query) == (shape, told)


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("2019-2023", ("2019", "2023")),
        ("۱۴۰۱–۱۴۰۲", ("۱۴۰۱", "۱۴۰۲")),
        ("2019-10", None),
        ("2019-20-3", None),
        ("2019/2023", None),
        ("20192023", None),
        ("abcd-efgh", None),
    ],
)
def test_two_years_with_a_hyphen_are_a_range(word: str, ends: tuple[str, str] | None) -> None:
    found = year_range(Word(word))
    assert (found and (found.low, found.high)) == ends


@pytest.mark.parametrize(
    ("low", "high", "is_turned"),
    [
        ("2019", "2023", False),
        ("2023", "2019", True),
        ("2023-05", "2023-04", True),
        ("26/10/2020", "25/10/2020", True),
        ("۱۴۰۲", "۱۴۰۱", True),
        ("1402", "2023", False),  # of two calendars: not compared
        ("2023", "1402", False),
        ("2023-05", "2023", False),  # a month of its own year
        ("مهر ۱۴۰۲", "آبان ۱۴۰۱", False),
        (None, "2019", False),
    ],
)
def test_a_range_goes_from_its_earlier_to_its_later_end(low: str | None, high: str | None, is_turned: bool) -> None:
    asked = Range(low, high, 3, 9)
    assert in_order(asked) == (Range(high, low, 3, 9) if is_turned else asked)


@pytest.mark.parametrize(
    ("inside", "ends"),
    [
        ("2019 TO 2023", ("2019", "2023")),
        ("مهر ۱۴۰۲ تا آبان ۱۴۰۲", ("مهر ۱۴۰۲", "آبان ۱۴۰۲")),
        ("2019 إلى", ("2019", None)),
        ("TO 2023", (None, "2023")),
        ("TO", (None, None)),
        ("2019 2023", None),
        ("2019 TO 2020 TO 2021", None),
        ("قطر TO إيران", None),
        ("(2019) TO 2023", None),
        ("أ ب ج د 2019 TO 2023", None),
    ],
)
def test_brackets_hold_two_dates_or_nothing_special(inside: str, ends: tuple[str | None, str | None] | None) -> None:
    assert bounds(f"[{inside}]", 1, len(inside) + 1) == ends


def test_dots_and_numbers_are_looked_for_where_they_may_stand() -> None:
    assert [after_dots(text, 0) for text in ("..", "...2019", ".", "…2019", "2019")] == [2, 3, 0, 1, 0]
    assert number_after("~12x", 1, default=1) == (12, 3)
    assert number_after("~x", 1, default=1) == (1, 1)
    assert [has_digit(word) for word in ("۱۴۰۲", "مهر", "v2", "²")] == [True, False, True, False]
    assert words_between("«وزير، خارجية»", 1, 13) == ["وزير", "خارجية"]


def test_every_sentence_can_be_told_with_its_text_and_bound() -> None:
    for code in NOTICE_MESSAGES:
        told = notice(code, "قطر~9", 0, 5, limit=2, length=300, count=40)
        assert (told.text, told.start, told.end) == ("قطر~9", 0, 5)
        assert "%" not in told.message and told.message.endswith(".")
