"""Pictures of links: their size, their letters, and how many are kept."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.cache import caches
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from archive.articles.pictures.drawing import FACES, _has, broken, width
from archive.articles.pictures.pictures import INK, SIZE, TITLES, Card, drawn, picture
from archive.articles.visual.visual import for_eye, for_terminal, glyphs, is_rtl, ordered, shaped
from config import env

PEACE = Card(
    "زبان صلح و امنیت جایگزین تنش شود", "امیرعبداللهیان در دیدار خلف‌اف", "دفاع‌پرس · ۱۲ مهر ۱۴۰۲", "دیوان", True
)


@pytest.fixture
def pictures_folder(settings: pytest.FixtureRequest, tmp_path: Path) -> Path:
    settings.CACHES = settings.CACHES | {"pictures": env.kept(tmp_path / "pictures", 3, "")}
    return tmp_path / "pictures"


def image(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(drawn(card))).convert("RGB")


def inked(card: Card) -> tuple[int, int, int, int]:
    """The box of what is drawn in ink above the foot."""
    held = image(card).crop((30, 0, SIZE[0] - 30, SIZE[1] - 150))
    ground = Image.new("RGB", held.size, held.getpixel((0, 0)))
    box = ImageChops.difference(held, ground).getbbox()
    assert box is not None
    return box


def test_a_picture_has_the_size_that_link_previews_want() -> None:
    assert Image.open(io.BytesIO(drawn(PEACE))).size == (1200, 630)
    assert len(drawn(PEACE)) < 60_000


def test_a_right_to_left_title_begins_at_the_right_and_a_latin_one_at_the_left() -> None:
    right = inked(PEACE)
    left = inked(Card("Khalafov", "", "", "Diwan", False))
    assert SIZE[0] - 30 - 84 - right[2] <= 45
    assert left[0] <= 84


@pytest.mark.parametrize("words", [1, 8, 30, 300])
def test_a_title_of_any_length_stays_within_the_picture(words: int) -> None:
    box = inked(replace(PEACE, title=" ".join(["وزير"] * words), above=""))
    assert box[1] >= 40 and box[3] <= SIZE[1] - 150


def test_a_word_wider_than_the_picture_is_cut() -> None:
    style = TITLES[0]
    lines = broken("س" * 400, style, 1000, rtl=True, most=3)
    assert all(width(line, style, rtl=True) <= 1000 for line in lines)
    assert lines[-1].endswith("…")


def test_every_joined_form_of_arabic_and_persian_has_a_shape() -> None:
    """Letters without a shape would be boxes: all four forms of every letter of both alphabets are looked for."""
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىپچژگکیۀ"
    for face, fonts in FACES.items():
        for letter in letters:
            for word in (letter, f"ب{letter}", f"{letter}ب", f"ب{letter}ب"):
                for drawn_letter in for_eye(word, rtl=True):
                    assert any(_has(name, drawn_letter) for name in fonts), (face, word)


def test_the_same_card_gives_the_same_bytes_and_another_title_another_picture(pictures_folder: Path) -> None:
    assert picture(PEACE) == picture(PEACE) == drawn(PEACE)
    assert len(list(pictures_folder.iterdir())) == 1
    assert replace(PEACE, title="قطر").digest != PEACE.digest


def test_only_the_pictures_asked_for_last_are_kept(pictures_folder: Path) -> None:
    for number in range(5):
        picture(replace(PEACE, title=f"قطر {number}"))
        for age, path in enumerate(sorted(pictures_folder.iterdir(), key=lambda p: p.stat().st_mtime_ns)):
            os.utime(path, (age, age))
    assert len(list(pictures_folder.iterdir())) == 3
    assert caches["pictures"].get(replace(PEACE, title="قطر 4").digest)
    assert not caches["pictures"].get(replace(PEACE, title="قطر 0").digest)


def test_a_folder_that_cannot_be_written_costs_no_picture(pictures_folder: Path) -> None:
    pictures_folder.write_text("a file where a folder should be")
    assert picture(PEACE) == drawn(PEACE)


def test_hostile_letters_do_not_stop_the_pen() -> None:
    drawn(replace(PEACE, title="\x00\ud800\U0001f600 قطر \u202e\u2067 ﷽", above="\n", below="𐤀"))


def test_ink_is_used() -> None:
    colours = {colour for _count, colour in image(PEACE).getcolors(maxcolors=4096) or []}
    assert tuple(bytes.fromhex(INK[1:])) in colours


@pytest.mark.parametrize(
    ("text", "rtl", "visual"),
    [
        ("سلام", True, "ﻡﻼﺳ"),
        ("(قطر)", True, "(ﺮﻄﻗ)"),
        ("«قطر»", True, "«ﺮﻄﻗ»"),
        ("قطر Khalafov (NATO) قطر", True, "ﺮﻄﻗ Khalafov (NATO) ﺮﻄﻗ"),
        ("Khalafov (قطر) 2020", False, "Khalafov (ﺮﻄﻗ) 2020"),
        ("قطر 26 قطر", True, "ﺮﻄﻗ 26 ﺮﻄﻗ"),
        ("می‌شود", True, "ﺩﻮﺷﯽﻣ"),
        ("Baku", False, "Baku"),
        ("", True, ""),
    ],
)
def test_a_line_for_the_eye_is_joined_reordered_and_mirrored(text: str, rtl: bool, visual: str) -> None:
    assert for_eye(text, rtl=rtl) == visual


def test_a_terminal_line_takes_the_direction_of_its_first_letter() -> None:
    assert for_terminal("قطر: Baku") == "Baku :ﺮﻄﻗ"
    assert for_terminal("Baku: قطر") == "Baku: ﺮﻄﻗ"
    assert (is_rtl("«قطر»"), is_rtl("12 Baku"), is_rtl("12")) == (True, False, False)


@pytest.mark.parametrize(
    "text", ["لأن (می‌شود)", "كلًا", "كلاً", "لَّا", "خارجهٔ ایران", "خارجۀ ایران", "«قطر» [باكو]", "مُحَمَّد"]
)
def test_glyphs_stand_for_the_letters_as_written(text: str) -> None:
    pairs = glyphs(shaped(text), rtl=True)
    letters = "".join(letters for _shape, letters in reversed(pairs)).replace("\u200f", "")
    assert letters == text


@example("هٔ", False)
@given(st.text(st.sampled_from("لاأةهٔیپ‌ًَّ ()[]«»Kf09۲.،:-%"), max_size=40), st.booleans())
def test_no_letter_is_lost_or_added_by_shaping(text: str, rtl: bool) -> None:
    marks = "\u200e\u200f"
    told = "".join(letters for _shape, letters in glyphs(shaped(text), rtl=rtl))
    assert sorted(told.replace(marks[0], "").replace(marks[1], "")) == sorted(text)


def test_lam_alef_is_one_shape() -> None:
    assert "ﻷ" in ordered(shaped("لأن"), rtl=True)
