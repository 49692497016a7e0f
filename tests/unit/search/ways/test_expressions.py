"""Regular expressions over text in the Arabic script: what they fit, folded and as written."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ways.expression.patterns import LONGEST, BadExpression, expression


def found(typed: str, text: str, *, is_folded: bool = True) -> list[str]:
    return [text[start:end] for start, end in expression(typed, is_folded=is_folded).places(text)]


@pytest.mark.parametrize(
    ("typed", "text", "folded", "written"),
    [
        ("أذربيجان", "اذربيجان وأذربيجان", ["اذربيجان", "أذربيجان"], ["أذربيجان"]),
        ("ک.ور", "كشور کشور", ["كشور", "کشور"], ["کشور"]),
        ("وزارة", "وِزارة، وزاره", ["وِزارة", "وزاره"], []),
        ("شئون", "شئون وشؤون", ["شئون", "شؤون"], ["شئون"]),
        ("می.?کند", "می‌کند می کند", ["می‌کند", "می کند"], ["می‌کند", "می کند"]),
        (r"\d{4}", "سنة ١٤٠٢ و ۱۴۰۳ و 2023", ["١٤٠٢", "۱۴۰۳", "2023"], ["١٤٠٢", "۱۴۰۳", "2023"]),
        ("1402", "سنة ١٤٠٢", ["١٤٠٢"], []),
        ("khal\\w+", "Khalafov Xələfov", ["Khalafov"], []),
        (r"[أإ]\w+", "إيران أكد", ["إيران", "أكد"], ["إيران", "أكد"]),
        ("^وزير|باكو$", "وزير في باكو\nوزير باكو", ["وزير", "باكو", "وزير", "باكو"], ["وزير", "باكو", "وزير", "باكو"]),
    ],
)
def test_spellings_are_the_same_unless_every_sign_shall_count(
    typed: str, text: str, folded: list[str], written: list[str]
) -> None:
    assert found(typed, text) == folded
    assert found(typed, text, is_folded=False) == written


def test_classes_know_every_script_and_spaces_of_every_kind() -> None:
    assert found(r"\w+", "قال Khalafov: ۱۲") == ["قال", "Khalafov", "۱۲"]
    assert found(r"[^\w\s]", "قال: «نعم»") == [":", "«", "»"]
    assert found(r"خلف\sخلفوف", "خلف\u00a0خلفوف") == ["خلف\u00a0خلفوف"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("(", "not-closed"), (")", "not-opened"), ("[ا", "no-bracket"), ("*", "nothing-to-repeat"),
        ("ا**", "repeated-twice"), ("ا{1001}", "repeated-too-often"),
        ("(ا)\\1", "unknown-sign"), (r"\q", "unknown-sign"),
        ("(?<=ا)ب", "looks-around"), ("[ي-ا]", "bad-range"), (r"\p{Foo}", "bad-range"), ("ا\\", "ends-with-backslash"),
        (r"\bقال", "word-edge"), (r"[\W]", "unknown-sign"), ("ا*", "matches-nothing"), ("^", "matches-nothing"),
        ("ا" * (LONGEST + 1), "too-long"), (r"((\pL{1,9}){1,9}){1,9}" * 9, "too-large"),
    ],
)  # fmt: skip
def test_what_is_no_expression_is_told_by_its_reason(typed: str, code: str) -> None:
    with pytest.raises(BadExpression) as refused:
        expression(typed)
    assert refused.value.code == code


def test_an_expression_that_others_stumble_over_takes_no_more_than_its_text() -> None:
    """`(ا+)+ب` takes a backtracking engine longer than the universe is old."""
    began = time.thread_time()
    assert found("(ا+)+ب", "ا" * 20_000, is_folded=False) == []
    assert time.thread_time() - began < 5


@given(st.text(alphabet="ا أآةهيىی‌ كک\u064bولﷺ12٣a\n.", max_size=40))
def test_places_lie_in_the_text_in_order_and_never_empty(text: str) -> None:
    places = list(expression(r"\w+").places(text))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


@given(st.text(max_size=30), st.booleans())
def test_whatever_is_typed_is_an_expression_or_told_as_none(typed: str, is_folded: bool) -> None:
    text = "وزير الخارجية في باكو ١٢"
    with contextlib.suppress(BadExpression):
        assert all(0 <= start < end <= len(text) for start, end in expression(typed, is_folded=is_folded).places(text))
