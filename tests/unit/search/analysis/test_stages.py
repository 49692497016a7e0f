"""Each stage of a word can be shown, with the rule that made each stem and the fate of each letter."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from search.analysis.stages import characters, explain


@pytest.mark.parametrize(
    ("word", "fates"),
    [
        ("أَـ", ["folded", "dropped", "dropped"]),
        ("سلام", ["kept", "kept", "kept", "kept"]),
        ("می\u200cکند", ["kept", "folded", "half_space", "folded", "kept", "kept"]),
        ("ا\u0653", ["kept", "composed"]),
        ("Xə", ["folded", "folded"]),
        ("e\u0301", ["kept", "composed"]),
        ("۱٬۰", ["folded", "kept", "folded"]),
        ("ﻻ", ["folded"]),
        ("", []),
    ],
)
def test_each_letter_has_its_fate(word: str, fates: list[str]) -> None:
    assert [letter.fate for letter in characters(word)] == fates


def test_a_letter_is_named_as_unicode_names_it() -> None:
    (letter,) = characters("ک")
    assert letter == ("ک", "U+06A9", "ARABIC LETTER KEHEH", "folded", "ك")


@pytest.mark.parametrize(
    ("word", "lang", "steps"),
    [
        ("وللوزير", "ar", {"وزير": ("clitics", "ولل", "")}),
        ("سفيرها", "ar", {"سفيرها": ("word", "", ""), "سفير": ("ending", "ها", "")}),
        ("للجنة", "ar", {"جنه": ("clitics", "لل", ""), "لجنه": ("clitics", "ل", "")}),
        ("وزراء", None, {"وزير": ("lemma", "وزراء", "وزير")}),
        ("کتاب\u200cهای", None, {"كتاب": ("half_space", "هاي", "")}),
        ("نمایندگان", "fa", {"نماينده": ("ending", "گان", "ه")}),
        ("تهران", "fa", {"تهران": ("word", "", "")}),
        ("۲۰۱۹", None, {"2019": ("word", "", "")}),
    ],
)
def test_each_stem_is_told_with_the_rule_that_made_it(word: str, lang: str | None, steps: dict[str, object]) -> None:
    told = {step.stem: step[1:] for step in explain(word, lang)[0].stems}
    assert {stem: told[stem] for stem in steps} == steps


def test_words_written_apart_are_shown_alone_and_as_one() -> None:
    found = [(one.written, one.token.norm, one.token.span, one.is_small) for one in explain("می کند", "fa")]
    assert [row[:3] for row in found] == [("می", "مي", 1), ("می کند", "ميكند", 2), ("کند", "كند", 1)]
    assert found[0][3]


def test_a_listed_spelling_is_told_from_letters_alone() -> None:
    assert explain("هيئت")[0].respelled
    assert not explain("خلفوف")[0].respelled


def test_a_name_shows_the_keys_under_which_it_meets_itself_in_other_scripts() -> None:
    assert set(explain("Xələfov")[0].keys) & set(explain("خلف\u200cاف")[0].keys)
    assert explain("في")[0].keys == ()


def test_every_stem_of_every_word_of_a_sentence_is_explained() -> None:
    sentence = "وأعرب نائب وزير الخارجية الأذربيجاني عن شكره لممثلي الدول والمنظمات وسفرائها، کشورهای همسایه‌مان را"
    for lang in (None, "ar", "fa"):
        for one in explain(sentence, lang):
            assert tuple(step.stem for step in one.stems) == one.token.stems
            assert all(step.rule == "word" or step.cut or step.added for step in one.stems)


def shown(*arguments: str) -> str:
    told = io.StringIO()
    call_command("analyze_text", *arguments, stdout=told)
    return told.getvalue()


def test_the_command_shows_each_stage_in_a_terminal() -> None:
    told = shown("وَللوزير", "--language", "ar")
    assert "U+064E" in told and "ARABIC FATHA" in told and "dropped" in told
    assert "وزير (clitics: without ولل)" in told


def test_the_command_shapes_words_for_a_terminal_without_bidi() -> None:
    told = shown("سلام", "--visual")
    assert "ﻡﻼﺳ" in told and "سلام" not in told


def test_what_has_no_word_gives_a_line_and_no_error() -> None:
    assert shown("؟").count("\n") == 1
