"""Arabic or Persian, by letters and small words."""

from __future__ import annotations

import pytest

from search.analysis import guess_language, stop_words
from tests import CAPTURES


@pytest.mark.parametrize(
    ("name", "language"), [("000", "ar"), ("001", "ar"), ("002", "ar"), ("003", "fa"), ("004", "ar")]
)
def test_language_of_the_five_captures(name: str, language: str) -> None:
    (path,) = CAPTURES.glob(f"{name}_*.txt")
    assert guess_language(path.read_text(encoding="utf-8")) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("مشاورات سياسية بين الخارجية وقطر", "ar"),
        ("رایزنی سیاسی در تهران", "fa"),
        ("رئيس دستگاه ديپلماسي گفت", "fa"),
        ("ارائه خدمات بر خط بانكي در دفاتر روستايي امكان پذير مي شود", "fa"),
        ("Baku", None),
        ("", None),
        ("12 34", None),
        ("پاکستان کے وزیرِ خارجہ نے کہا ہے کہ یہ دورہ اہم ہے ٹھیک ڈاکٹر", None),
    ],
)
def test_language_of_a_line(text: str, language: str | None) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("name", ["علي", "ضد", "حق", "ايران", "قطر", "وزير"])
def test_no_name_and_no_word_of_weight_is_a_stop_word(name: str) -> None:
    assert name not in stop_words()


def test_stop_words_are_folded() -> None:
    assert {"الي", "في"} <= stop_words("ar")
    assert {"كه", "از"} <= stop_words("fa")
