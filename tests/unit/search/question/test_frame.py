"""The frame of a question: what is left out of it, what never is, and what comes first then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.answer.matching import match
from search.question.any_of_the_words import relaxed
from search.question.frame import unframed
from search.syntax import parse
from search.tree import And, Node, Phrase, Welcome, Word, distributed
from tools.bindings import rank

CASES = Path(__file__).resolve().parents[3] / "cases" / "question.jsonl"


def asked(query: str) -> Node:
    return unframed(distributed(parse(query).tree), query)


def words(query: str) -> str:
    tree = asked(query)
    children = tree.children if isinstance(tree, And) else (tree,)
    return " ".join(child.text for child in children if isinstance(child, Word))


@pytest.mark.parametrize("line", CASES.read_text("utf-8").splitlines())
def test_what_answers_comes_before_what_asks_alike(line: str) -> None:
    case = json.loads(line)
    assert rank(case["passages"], case["query"])[:1] == [case["first"]]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("چگونه می‌توان ویزای تحصیلی ایتالیا گرفت؟", "ویزای تحصیلی ایتالیا"),
        ("چگونه می توان ویزا گرفت", "ویزا"),
        ("برجام چیه", "برجام"),
        ("تنگه هرمز كجاست", "تنگه هرمز"),
        ("به چه ضمانت‌نامه می گویند", "به ضمانت‌نامه"),
        ("وزير خارجه قطر كيست", "وزير خارجه قطر"),
        ("ایران عضو بریکس شد؟", "ایران عضو بریکس"),
        ("أين تقع قطر", "قطر"),
        ("اين تقع قطر", "قطر"),
        ("من فضلك ما هي عاصمة أذربيجان", "عاصمة أذربيجان"),
        ("شو يعني فيزا", "فيزا"),
        ("who is the foreign minister of Qatar", "the foreign minister of Qatar"),
    ],
)
def test_a_question_is_asked_for_its_subject(query: str, left: str) -> None:
    assert words(query) == left


@pytest.mark.parametrize(
    "query",
    [
        "ایران عضو بریکس شد",
        "مذاکرات وین",
        "مذاكرات وين",
        "میدان مین",
        "ماهی خاویار",
        "نشست چند جانبه",
        "کم بارش",
        "چه باید کرد",
        "چرا",
        "WHO director",
        "چرا OR قطر",
        "«چه کسی»",
        "تم توقيع اتفاق",
    ],
)
def test_what_is_no_question_or_nothing_else_stays(query: str) -> None:
    assert asked(query) == distributed(parse(query).tree)


def test_the_question_as_typed_is_welcome_and_stays_so_when_any_word_is_enough() -> None:
    welcome = Welcome(Phrase(("قطر", "کجا", "سفیر", "دارد")))
    assert asked("قطر کجا سفیر دارد") == And((Word("قطر"), Word("سفیر"), welcome))
    looser = relaxed(asked("قطر کجا سفیر دارد"))
    assert isinstance(looser, And)
    assert welcome in looser.children


def test_texts_need_not_have_the_frame_but_where_it_is_quoted() -> None:
    assert match("خلفوف وزیر است", "خلفوف کیست؟")
    assert match("خلفوف وزیر است", "«خلفوف کیست»") is None
