"""Names that go by fathers, as the agencies of the Gulf print them, and officials by what their names are made of."""

from __future__ import annotations

import pytest

from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.gazetteer.lineages import Lineage, forename_of, lineage_of, read_lineage, states_of_houses
from archive.authorities.gazetteer.people import People
from archive.authorities.gazetteer.words import split_words
from archive.authorities.recognition.headlines import is_common_word
from archive.authorities.recognition.holders import Fit, Holders
from archive.authorities.recognition.posts import PostReader, StateSpan
from archive.authorities.recognition.recognition import find_mentions

PEOPLE: People = Gazetteer.shipped().people


def read(text: str) -> Lineage | None:
    words = split_words(text)
    return next((found for at in range(1, len(words)) if (found := read_lineage(words, at))), None)


@pytest.mark.parametrize(
    ("text", "forename", "fathers", "family"),
    [
        ("محمد بن سلمان بن عبدالعزيز آل سعود", "محمد", ("سلمان", "عبدالعزيز"), "ال سعود"),
        ("محمد بن سلمان بن عبد العزيز آل سعود", "محمد", ("سلمان", "عبدالعزيز"), "ال سعود"),
        ("تميم بن حمد آل ثاني", "تميم", ("حمد",), "ال ثاني"),
        ("عبد الله بن زايد آل نهيان", "عبدالله", ("زايد",), "ال نهيان"),
        ("محمد بن سلمان العتيبي", "محمد", ("سلمان",), "العتيبي"),
        ("مشعل الأحمد", None, (), ""),
        ("سعود بن فيصل", "سعود", ("فيصل",), ""),
        ("محمد بن سلمان الأمير", "محمد", ("سلمان",), ""),
        ("بن سلمان", None, (), ""),
        ("محمد بن", None, (), ""),
    ],
)
def test_a_name_is_read_as_forename_fathers_and_family(
    text: str, forename: str | None, fathers: tuple[str, ...], family: str
) -> None:
    found = read(text)
    if forename is None:
        assert found is None
    else:
        assert found is not None
        assert (found.forename, found.fathers, found.family) == (forename, fathers, family)


def test_a_title_behind_the_fathers_is_no_family() -> None:
    words = split_words("محمد بن سلمان العتيبي")
    found = read_lineage(words, 1, taken={3})
    assert found is not None and (found.family, found.last) == ("", 3)


def test_a_name_does_not_go_on_behind_a_stop() -> None:
    found = read("محمد بن سلمان. العتيبي")
    assert found is not None and found.family == ""


def test_a_name_on_file_without_fathers_has_its_last_word_as_family() -> None:
    found = lineage_of("بدر البوسعيدي")
    assert found is not None and (found.forename, found.fathers) == ("بدر", ()) and found.family.endswith("سعيدي")
    assert lineage_of("خلف خلفوف") is None and lineage_of("خلفوف") is None


@pytest.mark.parametrize(("name", "forename"), [("عبد الرحمن آل ثاني", "عبدالرحمن"), ("خلف خلفوف", "خلف"), ("", "")])
def test_a_forename_may_be_of_two_words(name: str, forename: str) -> None:
    assert forename_of(name) == forename


def test_a_ruling_house_governs_its_state() -> None:
    houses = states_of_houses()
    assert "sa" in houses["ال سعود"] and "qa" in houses["ال ثاني"] and "ae" in houses["ال نهيان"]


def test_an_official_is_known_by_his_forename_however_it_is_written() -> None:
    assert "خلف" in PEOPLE.forenames["khalaf-khalafov"]
    assert PEOPLE.sounds_like_forename("خلف", "khalaf-khalafov")
    assert not PEOPLE.sounds_like_forename("محمد", "khalaf-khalafov")
    assert not PEOPLE.sounds_like_forename("خلف", "nobody")


def test_the_officials_of_a_post_are_known_by_role_and_state() -> None:
    bearers = PEOPLE.bearers[("president", "az")]
    assert any(one.form.record.slug == "ilham-aliyev" for one in bearers)


def test_of_two_of_one_surname_the_one_with_more_names_on_file_is_meant() -> None:
    forms = [one.form for one in PEOPLE.bearers[("president", "az")]]
    assert PEOPLE.best_known(forms) in forms
    assert PEOPLE.best_known(forms[:1]) == forms[0]


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("وزير الخارجية القطري محمد بن عبد الرحمن", Fit.NONE),
        ("الرئيس الأذربيجاني إلهام علييف", Fit.EXACT),
        ("الرئيس إلهام علييف", Fit.GENERAL),
        ("إلهام علييف", Fit.NONE),
    ],
)
def test_a_title_beside_a_name_fits_who_held_it(text: str, fit: Fit) -> None:
    words, gazetteer = split_words(text), Gazetteer.shipped()
    first = next((at for at, word in enumerate(words) if word.norm == "الهام"), len(words) - 2)
    states = [StateSpan(at, at + 1, "country", "az") for at, word in enumerate(words) if word.norm == "الاذربيجاني"]
    reader = PostReader(words, states)
    assert Holders(reader, gazetteer.posts).fit(first, first + 2, "ilham-aliyev") is fit


@pytest.mark.parametrize(("word", "common"), [("ظریف", True), ("خلفوف", False)])
def test_a_surname_may_be_an_ordinary_word(word: str, common: bool) -> None:
    assert is_common_word(split_words(word)[0].norm) is common


RULES = {
    "full_name": ("وصل خلف خلفوف إلى الدوحة", "khalaf-khalafov"),
    "surname_after_full_name": ("وصل خلف خلفوف إلى الدوحة. وقال خلفوف إن الزيارة ناجحة", "khalaf-khalafov"),
    "surname_with_title": ("قال الرئيس الأذربيجاني علييف", "ilham-aliyev"),
}


@pytest.mark.parametrize(("rule", "text", "record"), [(rule, *case) for rule, case in RULES.items()])
def test_a_mention_says_by_which_rule_it_was_found(rule: str, text: str, record: str) -> None:
    found = [(one.record, one.rule) for one in find_mentions(text, "ar") if one.kind == "official"]
    assert (record, rule) in found


def test_a_prince_is_no_namesake_of_another_family() -> None:
    prince = find_mentions("استقبل ولي العهد السعودي الأمير محمد بن سلمان بن عبدالعزيز آل سعود الوفد", "ar")
    other = find_mentions("فاز الطالب محمد بن سلمان العتيبي بالجائزة", "ar")
    assert [one.record for one in prince if one.kind == "official"] == ["mohammed-bin-salman"]
    assert not [one for one in other if one.kind == "official"]
