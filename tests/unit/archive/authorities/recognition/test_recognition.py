"""Countries, bodies and officials are recognised in running text, and their namesakes are not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.authorities.gazetteer.gazetteer import Gazetteer, NameForm, RecordKey
from archive.authorities.recognition.recognition import RecognisedMention, describe_officials, find_mentions
from tests import CAPTURES, DATA
from tools.recognition.evaluation import MarkedText, score_marked, score_records

CASES = [json.loads(line) for line in (DATA / "recognition_cases.jsonl").read_text(encoding="utf-8").splitlines()]


def language(case: dict[str, Any]) -> str | None:
    return case["lang"] if case["lang"] in ("ar", "fa") else None


def cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


def capture(number: str) -> str:
    return next(CAPTURES.glob(f"{number}_*.txt")).read_text(encoding="utf-8")


def records(text: str, kind: str, lang: str | None = None) -> list[str]:
    return [mention.record for mention in find_mentions(text, lang) if mention.kind == kind]


def rules(text: str) -> dict[str, str]:
    return {text[mention.start : mention.end]: mention.rule for mention in find_mentions(text)}


@pytest.mark.parametrize("case", cases("country"))
def test_countries_of_a_phrase(case: dict[str, Any]) -> None:
    expected = case["expected"]
    wanted = [] if expected is None else [expected] if isinstance(expected, str) else expected
    assert [slug.upper() for slug in records(case["a"], "country", language(case))] == wanted


@pytest.mark.parametrize("case", cases("official"))
def test_official_of_a_phrase_with_role_and_country(case: dict[str, Any]) -> None:
    [(_, description)] = describe_officials(case["a"], language(case))
    found = {"name": description.name, "role": description.role, "country": description.country.upper()}
    assert found == case["expected"]


FIVE = [
    ("000", "az qa am", "ramiz-hasanov sultan-bin-saad-al-muraikhi ilham-aliyev", "un-security-council"),
    ("001", "az lv am", "khalaf-khalafov janis-mazeiks", "un-security-council"),
    ("002", "az qa", "rashad-ismayilov", ""),
    (
        "003",
        "ir az am ru tr ge",
        "hossein-amir-abdollahian khalaf-khalafov ilham-aliyev nasser-kanaani ali-akbar-ahmadian",
        "non-aligned-movement",
    ),
    ("004", "az am", "jeyhun-bayramov jens-stoltenberg", "nato"),
]


@pytest.mark.parametrize(("number", "countries", "officials", "bodies"), FIVE)
def test_records_of_the_five_captures(number: str, countries: str, officials: str, bodies: str) -> None:
    text = capture(number)
    assert set(records(text, "country")) == set(countries.split())
    assert set(records(text, "official")) == set(officials.split())
    assert set(records(text, "body")) == set(bodies.split())


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_mentions_are_in_order_apart_and_inside_the_text(number: str) -> None:
    text = capture(number)
    at = 0
    for mention in find_mentions(text):
        assert at <= mention.start < mention.end <= len(text)
        assert 0 < mention.confidence <= 1
        at = mention.end


def test_attached_particles_are_outside_the_mention() -> None:
    text = "أذربيجان ولاتفيا والوفد وبأرمينيا وللأمريكيين"
    assert [text[m.start : m.end] for m in find_mentions(text)] == ["أذربيجان", "لاتفيا", "أرمينيا", "لأمريكيين"]


def test_marks_before_a_name_do_not_shift_the_mention() -> None:
    text = "وَأَذربيجان"
    [mention] = find_mentions(text, "ar")
    assert text[mention.start : mention.end] == "أَذربيجان"


def test_name_of_a_person_hides_the_country_inside_it() -> None:
    assert records("رئيس الوزراء محمد شياع السوداني", "country") == []


def test_security_council_of_the_united_nations_is_one_body() -> None:
    text = "قرارات مجلس الأمن التابع للأمم المتحدة"
    assert records(text, "body") == ["un-security-council"]


@pytest.mark.parametrize(
    "text", ["مجلس الأمن القومي", "شورای عالی امنیت ملی", "شورای امنیت ملی", "مجلس الأمن الوطني العراقي"]
)
def test_national_security_council_is_not_that_of_the_united_nations(text: str) -> None:
    assert records(text, "body") == []


def test_surname_alone_is_nobody() -> None:
    assert records("قال خلفوف إن المشاورات مستمرة", "official") == []


def test_surname_counts_behind_the_full_name_and_in_the_kicker_before_it() -> None:
    text = "امیرعبداللهیان در دیدار خلف اف:\n«خلف خلف اف» با حسین امیرعبداللهیان دیدار کرد"
    assert rules(text) == {
        "امیرعبداللهیان": "surname_after_full_name",
        "خلف اف": "surname_after_full_name",
        "خلف خلف اف": "full_name",
        "حسین امیرعبداللهیان": "full_name",
    }


def test_surname_counts_behind_the_title_that_its_bearer_holds() -> None:
    assert records("السفير إسماعيلوف", "official") == ["rashad-ismayilov"]
    assert records("وزير الدفاع إسماعيلوف", "official") == []


def test_surname_behind_an_honour_counts_where_the_country_is_named() -> None:
    assert records("أكد السيد حسنوف", "official") == []
    assert records("أكد السيد حسنوف سيادة أذربيجان", "official") == ["ramiz-hasanov"]


@pytest.mark.parametrize("honour", ["سید", "حاج", "شهید", "دکتر", "آیت‌الله", "آقای", "سردار", "شهید سید"])
@pytest.mark.parametrize("between", [" ", "\u200c", ""])
def test_an_honour_before_a_name_is_none_of_it_however_it_is_written(honour: str, between: str) -> None:
    text = f"به گفته {honour.replace(' ', between)}{between}حسین امیرعبداللهیان، رایزنی‌ها ادامه دارد"
    [mention] = [mention for mention in find_mentions(text, "fa") if mention.kind == "official"]
    assert mention.record == "hossein-amir-abdollahian"
    assert text[mention.start : mention.end].endswith("حسین امیرعبداللهیان")


@pytest.mark.parametrize("text", ["سردار حاجی‌زاده", "آقای حاج‌صادقی", "دکترین عراقچی", "سیدعباس", "سیدان عباس عراقی"])
def test_what_begins_like_an_honour_is_nobody_on_file(text: str) -> None:
    assert records(text, "official") == []


def test_a_stadium_is_no_honour() -> None:
    assert records("كأس السوبر على إستاد محمد بن زايد في مدينة", "official") == []


def test_one_of_two_men_of_a_common_name_needs_his_post_behind_an_honour_as_well() -> None:
    for name in ("محمود عباس", "سید محمود عباس", "سیدمحمود عباس", "سید\u200cمحمود عباس"):
        assert records(f"{name} آمد", "official") == []
        assert records(f"رئیس فلسطین {name} آمد", "official") == ["mahmoud-abbas"]


def test_surname_behind_another_given_name_is_another_person() -> None:
    assert records("وزير الدفاع محمد كوشنر", "official") == []
    assert records("رهبر انقلاب سیدحسن خامنه‌ای", "official") == []


def test_name_in_a_spelling_not_on_file_counts_beside_its_title_and_state() -> None:
    text = "وزير الخارجية الإندونيسية ريتنو مرسودي"
    [mention] = [mention for mention in find_mentions(text) if mention.kind == "official"]
    assert (mention.record, mention.rule, text[mention.start :]) == (
        "retno-marsudi",
        "spelling_with_title",
        "ريتنو مرسودي",
    )
    assert records("وزير الخارجية الماليزية ريتنو مرسودي", "official") == []


def test_publishers_are_not_recognised_in_texts() -> None:
    gazetteer = Gazetteer([NameForm(RecordKey("source", "al-sharq"), "الشرق", "ar", "name")])
    assert find_mentions("ذكر موقع الشرق", "ar", gazetteer) == []
    assert gazetteer.lookup("الشرق") == [RecordKey("source", "al-sharq")]


def test_common_name_counts_only_with_a_post_or_country() -> None:
    assert records("اللاعب محمد مصطفى سجل هدفا", "official") == []
    assert records("رئيس الوزراء الفلسطيني محمد مصطفى", "official") == ["mohammad-mustafa"]


@pytest.mark.parametrize("text", ["جامعة السلطان قابوس", "مطار حيدر علييف", "فرودگاه حیدر علی‌اف"])
def test_thing_named_after_a_person_is_not_the_person(text: str) -> None:
    assert records(text, "official") == []


def test_surname_that_is_a_demonym_is_the_demonym_behind_a_noun() -> None:
    text = "محمد شياع السوداني يلتقي الرئيس السوداني"
    assert [mention.record for mention in find_mentions(text)] == ["mohammed-shia-al-sudani", "sd"]


def test_name_does_not_run_over_a_line_break_or_a_full_stop() -> None:
    assert records("دولة كوريا\nالشمالية", "country") == ["kr"]
    assert records("خلف. خلفوف", "official") == []


def test_form_rule_and_confidence_say_why() -> None:
    [mention] = find_mentions("بريفان", "ar")
    assert mention == RecognisedMention(0, 6, "country", "am", "بريفان", "capital", mention.confidence)
    assert mention.confidence < find_mentions("أرمينيا", "ar")[0].confidence


def test_gazetteer_of_ones_own_takes_the_place_of_the_shipped_one() -> None:
    gazetteer = Gazetteer([NameForm(RecordKey("body", "turan"), "وكالة توران", "ar", "name")])
    assert [m.record for m in find_mentions("قالت وكالة توران في باكو", "ar", gazetteer)] == ["turan"]


def test_evaluation_counts_what_is_wrong_and_what_is_missed() -> None:
    score = score_records([("أذربيجان وقطر", ["az", "lv"])], "country")
    assert (score.precision, score.recall, score.wrong, score.missed) == (0.5, 0.5, ["qa"], ["lv"])


def test_evaluation_on_marked_names() -> None:
    texts = [MarkedText("زار سيرغي لافروف باكو", {"PER": [(4, 16)], "LOC": [(17, 21)]})]
    assert score_marked(texts, "country").precision == score_marked(texts, "official").recall == 1


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("وبلكفالمأهير تن‌دمالي قطخعاج\u064e\n.،«» ae1٢"), max_size=80))
def test_any_text_is_read_without_error_and_offsets_hold(text: str) -> None:
    at = 0
    for mention in find_mentions(text):
        assert at <= mention.start < mention.end <= len(text)
        at = mention.end
