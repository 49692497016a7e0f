"""By which rule an official or a state is taken for named: posts, surnames, spellings, one state of two."""

from __future__ import annotations

import pytest

from archive.authorities.gazetteer.words import split_words
from archive.authorities.recognition import posts, states
from archive.authorities.recognition.posts import find_roles, may_begin_role
from archive.authorities.recognition.recognition import find_mentions
from archive.authorities.recognition.types import CONFIDENCE


def rules(text: str, language: str = "ar") -> dict[str, str]:
    return {mention.record: mention.rule for mention in find_mentions(text, language)}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("وزير الخارجية العراقي", "foreign_minister"),
        ("سخنگوی وزارت امور خارجه", "foreign_ministry_spokesperson"),
        ("رئيس الوزراء", "prime_minister"),
    ],
)
def test_a_title_names_its_role(text: str, role: str) -> None:
    assert next(find_roles(split_words(text))).role == role


def test_the_longest_title_counts() -> None:
    (role,) = find_roles(split_words("نائب رئيس الوزراء"))
    assert role.last == 3


def test_few_words_begin_a_title() -> None:
    assert may_begin_role("وزير")
    assert not may_begin_role("اكتوبر")


def test_a_surname_counts_after_its_full_name() -> None:
    found = [m.rule for m in find_mentions("التقى خلف خلفوف. وقال خلفوف", "ar") if m.record == "khalaf-khalafov"]
    assert found == ["full_name", "surname_after_full_name"]


def test_a_surname_counts_with_the_title_that_its_bearer_held() -> None:
    assert rules("وزير الخارجية الأذربيجاني بيراموف")["jeyhun-bayramov"] == "surname_with_title"


def test_a_surname_behind_the_given_name_of_another_is_nobody_on_file() -> None:
    assert "jeyhun-bayramov" not in rules("قال محمد بيراموف في باكو")


def test_an_unknown_spelling_beside_title_and_state_is_the_one_official_who_held_it() -> None:
    assert rules("وزيرة الخارجية الإندونيسية ريتنو مرسودي")["retno-marsudi"] == "spelling_with_title"
    assert rules("التقى ريتنو مرسودي") == {}


@pytest.mark.parametrize(
    ("text", "state"),
    [("سيول وكوريا الجنوبية ثم كوريا", "kr"), ("زار كوريا", "kr"), ("بيونغ يانغ وكوريا الشمالية ثم كوريا", "kp")],
)
def test_korea_is_the_one_that_the_text_names_elsewhere(text: str, state: str) -> None:
    assert [m.record for m in find_mentions(text, "ar")][-1] == state


def test_every_rule_has_its_confidence_and_none_is_certain() -> None:
    assert all(0 < confidence < 1 for confidence in CONFIDENCE.values())


def test_a_general_title_covers_exact_ones() -> None:
    assert "foreign_minister" in posts.GENERAL_ROLES["minister"]


def test_nothing_is_decided_of_no_words() -> None:
    assert states.decide_states("", [], []) == []
    assert find_mentions("", "ar") == []
