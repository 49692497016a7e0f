"""Words typed apart that are one word, and words that only stand side by side."""

from __future__ import annotations

import pytest

from search.question.compounds import with_compounds
from search.syntax import parse
from search.tree import And, Fielded, Not, Or, Word


def asked(query: str) -> object:
    return with_compounds(parse(query).tree)


@pytest.mark.parametrize(
    "typed",
    [
        "می شود", "نمی گوید", "خلف اف", "کتاب ها", "کتاب های شان", "هسته ای", "قره باغ", "گفت و گو", "رئیس جمهور",
        "رییس جمهوری", "بین المللی", "عبد العزيز", "أبو ظبي", "حزب الله",
    ],
)  # fmt: skip
def test_what_is_one_word_is_asked_as_one(typed: str) -> None:
    assert asked(typed) == Word(typed)


@pytest.mark.parametrize("typed", ["به عنوان", "کشته شده", "حرية الدين", "وزير خارجية", "صلح امنیت", "من هو"])
def test_what_stands_side_by_side_stays_apart(typed: str) -> None:
    first, second = typed.split()
    assert asked(typed) == And((Word(first), Word(second)))


def test_the_rest_of_a_question_stays_as_it_is() -> None:
    assert asked("وزیر می گوید -قطر") == And((Word("وزیر"), Word("می گوید"), Not(Word("قطر"))))
    assert asked("title:(می شود) OR صلح") == Or((Fielded("title", Word("می شود")), Word("صلح")))
    assert asked('"می شود"') == parse('"می شود"').tree


def test_a_joined_word_spans_what_was_typed() -> None:
    tree = asked("سفیر می شود")
    assert isinstance(tree, And)
    word = tree.children[1]
    assert isinstance(word, Word)
    assert (word.start, word.end) == (5, 11)
