"""Letters that were misread before a page was saved: known in every encoding that news went through."""

from __future__ import annotations

import pytest

from archive.extraction.page.misreading import is_misread

ARABIC = [
    "عقدت وزارتا الخارجية في الدوحة مشاورات سياسية، وترأس الوفدين نائبا الوزيرين خلف خلفوف وسلطان المريخي.",
    "وجرى خلال الاجتماع بحث العلاقات الثنائية بين البلدين وسبل تعزيزها في مختلف المجالات.",
]
PERSIAN = [
    "رایزنی‌های سیاسی میان وزارت خارجه آذربایجان و قطر در دوحه برگزار شد و دو طرف درباره روابط گفت‌وگو کردند.",
]


@pytest.mark.parametrize("shown_as", ["cp1252", "latin-1", "cp1256", "cp1251", "mac_roman", "cp437"])
@pytest.mark.parametrize("lines", [ARABIC, PERSIAN], ids=["ar", "fa"])
def test_utf_8_shown_in_another_encoding_is_misread(lines: list[str], shown_as: str) -> None:
    assert is_misread([line.encode().decode(shown_as, "replace") for line in lines])


@pytest.mark.parametrize("shown_as", ["cp1252", "latin-1"])
def test_an_arabic_page_of_windows_shown_as_western_is_misread(shown_as: str) -> None:
    assert is_misread([line.encode("cp1256", "replace").decode(shown_as, "replace") for line in ARABIC])


def test_letters_that_became_question_marks_are_lost() -> None:
    assert is_misread([line.encode("ascii", "replace").decode() for line in ARABIC])
    assert is_misread([line.encode("ascii", "replace").decode("ascii").replace("?", "\ufffd") for line in ARABIC])


def test_one_letter_that_was_lost_in_many_words_is_seen() -> None:
    assert is_misread([line.replace("ي", "?") for line in ARABIC])


@pytest.mark.parametrize("escape", ["%D8%A7%D9%84", "=D8=A7=D9=84", "\\u0627\\u0644", "&#1575;&#1604;"])
def test_letters_that_were_never_decoded_are_misread(escape: str) -> None:
    assert is_misread([f"{escape * 6} {escape * 4} {escape * 5}"])


def test_arabic_letters_that_make_no_words_are_gibberish() -> None:
    backwards = [
        " ".join(word[::-1] for word in line.split()).translate(str.maketrans("اليو", "ظثضغ")) for line in ARABIC
    ]
    assert is_misread(backwards * 3)


FAIR = {
    "Arabic": ARABIC,
    "Persian": PERSIAN,
    "French": [
        "Élysée : l'émissaire français a été reçu à Téhéran, où il a évoqué la sécurité régionale, après l'été."
    ],
    "Azerbaijani": ["Xarici işlər nazirinin müavini Xələf Xələfov Dohada siyasi məsləhətləşmələr aparıb, görüşüb."],
    "Russian": ["Заместитель министра иностранных дел Азербайджана провёл в Дохе политические консультации."],
    "an address": ["https://azvision.az/?q=%D8%AE%D9%84%D9%81 " + ARABIC[0]],
    "a question asked twice": ["ماذا قال الوزير؟؟ " + ARABIC[0] + " Really?? What??"],
    "names in Latin letters": [ARABIC[0] + " (AzVision, CNN, REUTERS) iPhone YouTube"],
    "too little to say": ["Ø§Ù„"],
    "nothing": [],
}


@pytest.mark.parametrize("lines", FAIR.values(), ids=FAIR)
def test_what_its_author_wrote_is_fair(lines: list[str]) -> None:
    assert not is_misread(lines)
