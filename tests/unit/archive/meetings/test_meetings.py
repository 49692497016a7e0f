"""Which meetings of states a sentence tells: both sides as its parties, held, with place and day of that sentence."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.meetings.proposals import place_in
from archive.meetings.reading.proposing import CONSULTATIONS, Proposal, proposals, spoken_of, way_of
from archive.meetings.reading.sentences import NamedParty, sentences
from archive.meetings.reading.telling import MEETING
from archive.stories.traits import PressReport
from tests.unit.search.question.test_expansion import a_directory
from tools.measured import JudgedScore
from tools.meetings.evaluation import named_in, read_judged, score

DAY = datetime.date(2020, 10, 26)  # a Monday


def cases() -> Iterator[list[str]]:
    lines = Path(__file__).with_name("cases.tsv").read_text("utf-8").splitlines()
    yield from (line.split("\t") for line in lines[2:])


def found(text: str, language: str, title: str = "") -> list[Proposal]:
    return list(proposals(title, text, language, named_in(f"{title}\n\n{text}", language), DAY))


@pytest.mark.parametrize(("language", "states", "place", "day", "text"), list(cases()))
def test_a_sentence_tells_of_a_meeting_or_of_none(language: str, states: str, place: str, day: str, text: str) -> None:
    told = [one for one in found(text, language) if way_of(one.kind) == MEETING]
    if states == "-":
        assert not told
        return
    (meeting,) = told
    assert meeting.is_between(*states.split()) and len({party.state for party in meeting.parties}) == 2
    whole = f"\n\n{text}"
    assert whole[slice(*meeting.sentence)] == text
    assert (whole[slice(*meeting.place)] or "-") == place
    assert (meeting.day.isoformat() if meeting.day else "-") == day


def test_a_party_stands_where_the_sentence_names_it() -> None:
    text = "التقى وزير الخارجية الإيراني عباس عراقجي نظيره الأذربيجاني."
    (meeting,) = found(text, "ar")
    whole = f"\n\n{text}"
    assert [(party.state, party.official, whole[party.start : party.end]) for party in meeting.parties] == [
        ("ir", "abbas-araghchi", "وزير الخارجية الإيراني عباس عراقجي"),
        ("az", "", "نظيره الأذربيجاني"),
    ]
    assert whole[slice(*meeting.word)] == "التقى"


def test_states_on_one_side_did_not_meet_each_other() -> None:
    (meeting,) = found("التقى وزير الخارجية الإيراني سفيري روسيا والصين.".replace("سفيري", "سفراء"), "ar")
    assert meeting.is_between("ir", "ru") and meeting.is_between("cn", "ir") and not meeting.is_between("cn", "ru")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("الثلاثاء", datetime.date(2020, 10, 20)),
        ("أمس", datetime.date(2020, 10, 25)),
        ("اليوم الاثنين", DAY),
        ("في 3 مارس 2019", datetime.date(2019, 3, 3)),
    ],
)
def test_the_day_is_the_day_that_the_sentence_gives(words: str, day: datetime.date) -> None:
    (meeting,) = found(f"التقى وزير الخارجية الإيراني {words} نظيره القطري.", "ar")
    assert (meeting.day, meeting.is_ago) == (day, False)


@pytest.mark.parametrize("words", ["الأسبوع الماضي", "اليوم الجمعة", "عام 2012"])
def test_a_meeting_of_another_time_is_not_dated_by_its_report(words: str) -> None:
    (meeting,) = found(f"التقى وزير الخارجية الإيراني {words} نظيره القطري.", "ar")
    assert (meeting.day, meeting.is_ago) == (None, True)


def test_a_title_tells_in_the_present_what_was() -> None:
    text = "وزير الخارجية الإيراني يلتقي نظيره القطري"
    assert [meeting.is_between("ir", "qa") for meeting in found("", "ar", text)] == [True]
    assert not found(f"{text}.", "ar")


def test_rounds_and_video_are_told_by_the_sentence() -> None:
    text = "عقدت الجولة الثانية من المشاورات السياسية بين أذربيجان ولاتفيا عبر الاتصال المرئي."
    (meeting,) = found(text, "ar")
    assert (meeting.kind, meeting.round, meeting.by_video) == (CONSULTATIONS, 2, True)


def test_what_is_weaker_speaks_of_talks() -> None:
    text = "قال الوزير إن المحادثات تخص إيران وأمريكا."
    named = named_in(f"\n\n{text}", "ar")
    assert not found(text, "ar")
    sentence, word = spoken_of("", text, "ar", named, ("ir", "us")) or ((0, 0), (0, 0))
    assert f"\n\n{text}"[slice(*sentence)] == text and f"\n\n{text}"[slice(*word)] == "المحادثات"
    assert spoken_of("", text, "ar", named, ("ir", "qa")) is None


def test_a_title_with_a_letter_and_a_stop_ends_no_sentence() -> None:
    text = "استقبل د. محمد وزير قطر. والتقى وزير إيران"
    held = [NamedParty(19, 22, "country", "qa", ("qa",)), NamedParty(37, 42, "country", "ir", ("ir",))]
    assert not list(sentences(text, "ar", held))
    assert [one.text for one in sentences(text.replace("قطر.", "قطر"), "ar", held)] == [text.replace("قطر.", "قطر")]


def test_the_sample_is_scored_by_halves(tmp_path: Path) -> None:
    table = tmp_path / "sample.tsv"
    rows = [
        "held\ta\tar\t2\t60\tir qa\tmeeting",
        "held\tb\tar\t2\t60\tir qa\tnone",
        "building\tc\tar\t0\t9\tir qa\tnone",
    ]
    table.write_text("# a remark\n" + "\n".join(["half\tarticle\tlang\tstart\tend\tstates\tverdict", *rows]), "utf-8")
    text = "التقى وزير الخارجية الإيراني نظيره القطري."
    held = {name: PressReport("ar", DAY, "", text) for name in ("a", "b")}
    told = score(read_judged(table), held)
    assert set(told) == {"held"}
    assert (told["held"].judged, told["held"].given, told["held"].right, told["held"].wanted) == (2, 2, 1, 1)
    assert (told["held"].precision, told["held"].recall, len(told["held"].wrong)) == (0.5, 1.0, 1)
    assert (JudgedScore().precision, JudgedScore().recall) == (1.0, 1.0)


def test_the_sample_that_ships_has_parts_that_were_not_built_on() -> None:
    sample = list(read_judged(Path("fixtures/judgments/meetings_sample.tsv")))
    assert len(sample) >= 150 and {one.half for one in sample} == {"building", "held", "fresh"}
    assert sum(one.is_meeting for one in sample if one.half == "held") >= 20


def test_a_place_behind_the_preposition_is_told_with_its_article() -> None:
    """«للمملكة» is «المملكة» behind «لـ», and «للبنان» is «لبنان»."""
    names = a_directory()
    visit = "قام وزير الخارجية السعودي عادل الجبير بزيارة {} والتقى فيها نظيره."
    for written, place in (("للمملكة الأردنية الهاشمية", "المملكة الأردنية الهاشمية"), ("للبنان", "لبنان")):
        text = visit.format(written)
        (told, *_more) = found(text, "ar")
        assert place_in(f"\n\n{text}", told, names) == place
