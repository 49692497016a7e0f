"""The ways in which sentences of the press tell a meeting, one by one; what is planned, denied or a call tells none."""

from __future__ import annotations

import pytest

from archive.meetings.reading import arabic, persian
from archive.meetings.reading.clauses import is_city, is_somewhere, parted, subject_of
from archive.meetings.reading.parties import NOBODY
from archive.meetings.reading.sentences import Sentence, sentences
from archive.meetings.reading.telling import told
from tools.meetings.evaluation import named_in


def sentence(text: str, language: str = "ar", *, title: bool = False) -> Sentence:
    (found,) = sentences(text, language, named_in(text, language), len(text) + 1 if title else 0)
    return found


def states(text: str, language: str = "ar", *, title: bool = False) -> set[str]:
    found = next(told(sentence(text, language, title=title)), None)
    return {state for side in found.sides for state in side.states} if found else set()


ARABIC = {
    "a verb with its subject behind it": "التقى وزير الخارجية الإيراني نظيره القطري.",
    "a verb with its subject before it": "وزير الخارجية الإيراني عباس عراقجي التقى نظيره القطري.",
    "a verb of receiving": "استقبل أمير قطر وزير الخارجية الإيراني.",
    "during his meeting": "قال وزير الخارجية الإيراني خلال لقائه نظيره القطري إن العلاقات جيدة.",
    "a meeting that joined two": "تناول اللقاء الذي جمع وزير الخارجية الإيراني بنظيره القطري العلاقات.",
    "a meeting that was held": "عقد وزير الخارجية الإيراني اجتماعا مع نظيره القطري.",
    "talks that were made": "أجرى وزير الخارجية الإيراني محادثات مع وزير خارجية قطر.",
    "talks between two": "عقدت في الدوحة مباحثات بين وزير الخارجية الإيراني ونظيره القطري.",
    "adjectives of two states": "عقدت الجولة الأولى من مشاورات سياسية إيرانية قطرية.",
}


@pytest.mark.parametrize("text", ARABIC.values(), ids=ARABIC)
def test_an_arabic_sentence_tells_who_met_whom(text: str) -> None:
    assert states(text) == {"ir", "qa"}


PERSIAN = {
    "with whom he met": "وزیر امور خارجه ایران با وزیر امور خارجه قطر دیدار کرد.",
    "with whom he had a meeting": "وزیر امور خارجه ایران با وزیر امور خارجه قطر دیدار و گفت‌وگو کرد.",
    "in a meeting": "وزیر امور خارجه ایران در دیدار با وزیر امور خارجه قطر گفت روابط دو کشور خوب است.",
    "together": "وزیر امور خارجه ایران و وزیر امور خارجه قطر در دوحه دیدار کردند.",
}


@pytest.mark.parametrize("text", PERSIAN.values(), ids=PERSIAN)
def test_a_persian_sentence_tells_who_met_whom(text: str) -> None:
    assert states(text, "fa") == {"ir", "qa"}


NONE = {
    "planned": ("يلتقي وزير الخارجية الإيراني نظيره القطري الأسبوع المقبل.", "ar"),
    "will": ("سيلتقي وزير الخارجية الإيراني نظيره القطري.", "ar"),
    "denied": ("نفى المتحدث أن يكون وزير الخارجية الإيراني التقى نظيره القطري.", "ar"),
    "not": ("لم يلتق وزير الخارجية الإيراني نظيره القطري.", "ar"),
    "cancelled": ("ألغي لقاء وزير الخارجية الإيراني ونظيره القطري.", "ar"),
    "a question": ("هل التقى وزير الخارجية الإيراني نظيره القطري؟ مباحثات إيران وقطر.", "ar"),
    "will, in Persian": ("وزیر امور خارجه ایران با وزیر امور خارجه قطر دیدار خواهد کرد.", "fa"),
}


@pytest.mark.parametrize(("text", "language"), NONE.values(), ids=NONE)
def test_what_did_not_happen_is_no_meeting(text: str, language: str) -> None:
    found = sentences(text, language, named_in(text, language))
    assert not [one for one in found if list(told(one))]


def test_the_present_tells_only_in_a_title() -> None:
    text = "وزير الخارجية الإيراني يلتقي نظيره القطري"
    assert states(text, title=True) == {"ir", "qa"}
    assert not states(text)


def test_every_rule_of_both_languages_is_met_by_a_sentence() -> None:
    """Which rules give two sides at some word of the sentences above."""
    for module, language, texts in ((arabic, "ar", ARABIC), (persian, "fa", PERSIAN)):
        found = {
            rule.__name__
            for rule in module.RULES
            for text in texts.values()
            for one in [sentence(text, language)]
            for at in range(len(one))
            if len(tuple(rule(one, at))) > 1
        }
        assert len(found) >= len(module.RULES) - 1, found


def test_the_subject_of_a_clause_is_the_person_who_stands_in_it() -> None:
    one = sentence("قال وزير الخارجية الإيراني إنه التقى وزير خارجية قطر.")
    at = next(n for n in range(len(one)) if one.has(n, "met"))
    assert subject_of(one, at).states == {"ir"}
    assert subject_of(one, 0) is NOBODY


def test_a_list_is_parted_into_its_parties() -> None:
    found = next(told(sentence("عقدت في الدوحة مباحثات بين وزير الخارجية الإيراني ونظيره القطري.")))
    assert [len(side.parties) for side in found.sides] == [1, 1]
    assert parted(NOBODY) == ()


def test_a_place_is_a_city_or_a_state() -> None:
    one = sentence("وزیر امور خارجه ایران و وزیر امور خارجه قطر در دوحه دیدار کردند.", "fa")
    assert is_somewhere(one, len(one) - 5) and not is_somewhere(one, len(one) - 2)
    assert is_city("دوحه") and not is_city("وزير")
