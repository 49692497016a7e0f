"""In which form a word of a question and the words of a text are the same."""

from __future__ import annotations

import pytest

from search.analysis.asking import alternatives
from search.analysis.passage import Passage, strongest
from search.explain.shared_form import SharedForm

REPORT = "وترأس الوفدين نائب وزير الخارجية خلف خلفوف في لاتفيا."


@pytest.mark.parametrize(
    ("word", "reason", "form"),
    [
        ("خَلَفوف", "folded", "خلفوف"),
        ("للوزير", "stem", "وزير"),
        ("Khalafov", "name", "XLF+F"),
    ],
)
def test_a_word_and_a_text_meet_in_a_form(word: str, reason: str, form: str) -> None:
    passage = Passage(REPORT, "ar")
    asked = alternatives([word], 0, passage.vocabulary)
    shared = SharedForm(asked, passage)
    assert {(hit.reason, shared.form(hit)) for hit in strongest(passage.find_word(asked, True))} == {(reason, form)}
