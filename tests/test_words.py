"""One word for one thing: the words of the interface are those of the glossary, and refused ones stand nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
WORD = re.compile(r"[\w\u064b-\u0652\u200c]+")


def _messages(language: str) -> Iterator[tuple[str, str]]:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        for message in read_po(file, locale=language):
            for translation in (message.string,) if isinstance(message.string, str) else message.string:
                if message.id:
                    yield str(message.id), translation


def _refused(language: str) -> set[str]:
    rows = re.findall(rf"^\| {language} \| ([^|]+) \|", GLOSSARY, re.MULTILINE)
    return {word for row in rows for word in re.split("[،,] ", row.strip())}


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_no_message_and_no_page_of_help_has_a_refused_word(language: str) -> None:
    refused = _refused(language)
    assert len(refused) > 15
    refused |= {f"ال{word}" for word in refused if language == "ar"}
    help_page = (ROOT / "templates" / "help" / f"{language}.html").read_text("utf-8")
    found = {
        (word, text)
        for text in (help_page, *(translation for _id, translation in _messages(language)))
        for word in WORD.findall(text)
        if _bare_of_particles(word, language) & refused
    }
    assert not found


@pytest.mark.parametrize(("language", "column"), [("ar", 1), ("fa", 2)])
def test_a_term_of_the_glossary_is_translated_as_it_says(language: str, column: int) -> None:
    """Of «evidence | السند، الشواهد» the message “evidence” has one of the two, with or without the article."""
    table = GLOSSARY.partition("## Words of the interface that were refused")[0]
    rows = [re.split(r" *\| *", line.strip("| ")) for line in table.splitlines() if line.startswith("| ")]
    terms = {term: row[column] for row in rows if len(row) > 2 for term in row[0].split(", ")}
    compared = [
        (term, translation, terms[term.lower()]) for term, translation in _messages(language) if term.lower() in terms
    ]
    assert len(compared) > 20
    for term, translation, given in compared:
        allowed = {_bare(one) for one in re.split("[،(]", given.replace(")", ""))}
        assert _bare(translation) in allowed, (term, translation, given)


# Nouns that stand in another form after three, eleven and a hundred.
COUNTED = (
    "خبر أخبار خبرًا كلمة كلمات حرف حروف حرفًا أحرف محرف محرفًا موضع مواضع موضعًا صفحة صفحات رمز رموز رمزًا بايت ثانية ثوان"
)


def test_no_arabic_noun_follows_a_number_that_changes_its_form() -> None:
    """«1,505 خبر» is no Arabic: a message has all six forms, or counts «من الأخبار»."""
    with (ROOT / "locale" / "ar" / "LC_MESSAGES" / "django.po").open("rb") as file:
        single = [message for message in read_po(file, locale="ar") if isinstance(message.string, str)]
    assert len(single) > 1000
    after = re.compile(r"(?:%\(\w+\)[sd]|\{\w+\}) (\w[\w\u064b-\u0652]*)")
    found = [message.string for message in single if set(after.findall(message.string)) & set(COUNTED.split())]
    assert not found


def _bare_of_particles(word: str, language: str) -> set[str]:
    """The word without what is written together with it: «وللمقال» is «مقال», and «مقاله‌هایی» is «مقاله», too."""
    if language == "fa":
        stem = re.sub("\u200cها.*", "", word)
        return {word, stem, f"{stem}\u200cها" if stem != word else word}
    bare = re.sub("^[وف]?(?:لل|[بلك]?)", "", word)
    return {word, word[1:], bare, f"ال{bare}"}


def _bare(words: str) -> str:
    return re.sub(r"\bال", "", words.strip())
