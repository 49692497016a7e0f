"""Which reports are one story: copies, events across languages, and what keeps reports apart."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.articles.models import Article
from archive.authorities.recognition.recognition import find_mentions
from archive.stories.clusters import ArticleTie, Decided, stories
from archive.stories.copies import BAND, bands, share, signature
from archive.stories.counts import rounds
from archive.stories.evidence import contradict, mutual, nearest, tie
from archive.stories.fingerprints import read
from archive.stories.traits import NamedRecord, PressReport, Traits, rarity, traits
from search.analysis import analyze

DAY = datetime.date(2020, 10, 26)
# Written for these tests after the consultations that the second capture reports.
PERSIAN = PressReport(
    "fa",
    DAY,
    "رایزنی‌های سیاسی آذربایجان و لتونی برگزار شد",
    "روز دوشنبه ۲۶ اکتبر رایزنی‌های سیاسی میان وزارت امور خارجه جمهوری آذربایجان و وزارت خارجه لتونی به صورت "
    "ویدئوکنفرانس برگزار شد. ریاست هیأت‌ها را خلف خلف‌اف معاون وزیر امور خارجه آذربایجان و یانیس ماژیکس، مدیر سیاسی "
    "وزارت خارجه لتونی بر عهده داشتند.\n\nخلف‌اف گفت در تجاوز ارمنستان ۶۵ غیرنظامی کشته و ۳۰۰ نفر زخمی شدند.",
)


def seen(report: PressReport) -> Traits:
    """The traits of a text with the records that are recognised in it."""
    named = [
        NamedRecord(mention.kind, mention.record, mention.start)
        for mention in find_mentions(f"{report.title}\n\n{report.body}", report.language)
    ]
    return traits(report, named)


def words(text: str) -> list[str]:
    return [token.norm for token in analyze(text)]


def loaded(five: dict[str, Article], number: str) -> Article:
    return Article.objects.prefetch_related("access_points__record", "access_points__mentions").get(pk=five[number].pk)


def test_a_name_is_one_clue_in_both_scripts_however_many_ways_there_are_to_read_it() -> None:
    arabic = traits(PressReport("ar", DAY, "ميكلسون على دكة البدلاء", ""), ())
    persian = traits(PressReport("fa", DAY, "میکلسون بازی نکرد", ""), ())
    heard = [clue for clue in arabic.clues if clue.startswith("name:MKLS")]
    assert heard and set(heard) & persian.clues.keys()
    assert sum(arabic.clues[clue] ** 2 for clue in heard) <= rarity("ميكلسون") ** 2 * (1 + 1e-9)


def test_a_copy_that_lost_its_end_is_a_copy(five: dict[str, Article]) -> None:
    whole = five["001"].body
    cut = whole[: len(whole) * 3 // 4]
    assert share(signature(words(whole)), signature(words(cut))) == pytest.approx(0.75, abs=0.12)
    assert set(bands(signature(words(whole)))) & set(bands(signature(words(cut))))


def test_vowel_signs_and_persian_letters_do_not_make_another_text(five: dict[str, Article]) -> None:
    body = five["001"].body
    assert signature(words(body)) == signature(words(body.replace("ي", "ی").replace("ك", "ک").replace("محم", "مُحم")))


def test_two_reports_of_consultations_are_no_copies(five: dict[str, Article]) -> None:
    assert share(signature(words(five["000"].body)), signature(words(five["001"].body))) < 0.1


def test_a_short_text_is_never_called_a_copy() -> None:
    assert signature(words("وزير الخارجية يصل إلى باكو")) == b""
    assert bands(b"") == []
    assert share(b"", b"") == 0


def test_a_signature_means_the_same_in_every_release() -> None:
    """Signatures are kept in the database; should this fail, `traits.VERSION` must rise."""
    signed = signature([f"كلمة{number}" for number in range(40)])
    assert len(signed) == 512
    assert bands(signed)[0] == FIRST_BAND
    assert len(bands(signed)) == 128 // BAND


FIRST_BAND = -1948445351561144632


@given(st.lists(st.sampled_from("اب پت ثج چح خد ذر زژ سش صض طظ عغ فق کگ لم نو هی".split()), max_size=60))
def test_a_text_shares_all_with_itself(text: list[str]) -> None:
    signed = signature(text)
    assert share(signed, signed) == (1.0 if signed else 0.0)


@pytest.mark.parametrize(
    ("text", "number"),
    [("عقدت الجولة الثانية من المشاورات", 2), ("دور سوم رایزنی‌های سیاسی", 3), ("سومین دور مذاکرات", 3)],
)
def test_rounds_are_counted_in_both_languages(text: str, number: int) -> None:
    assert [found for _start, _end, found in rounds(analyze(text))] == [number]


def test_an_ordinal_of_something_else_is_no_round() -> None:
    assert not list(rounds(analyze("الاجتماع الثاني لفريق العمل")))


@pytest.mark.django_db
def test_the_persian_report_of_the_same_consultations_is_the_same_story(five: dict[str, Article]) -> None:
    persian, held = seen(PERSIAN), {number: read(loaded(five, number)) for number in five}
    assert nearest(persian, held) == "001" and nearest(held["001"], {"persian": persian}) == "persian"
    found = mutual(held["001"], persian)
    assert found.kind == "event"
    assert {"country:az", "country:lv", "official:khalaf-khalafov"} <= set(found.shared)


@pytest.mark.django_db
def test_a_report_that_resembles_two_alike_is_nearest_to_neither(five: dict[str, Article]) -> None:
    arabic = read(loaded(five, "001"))
    assert nearest(seen(PERSIAN), {"one": arabic, "other": arabic}) is None
    assert nearest(seen(PERSIAN._replace(day=DAY + datetime.timedelta(days=7))), {"one": arabic}) is None


@pytest.mark.django_db
def test_the_same_words_of_another_week_are_another_story(five: dict[str, Article]) -> None:
    assert tie(read(loaded(five, "001")), seen(PERSIAN._replace(day=DAY + datetime.timedelta(days=7)))) is None


@pytest.mark.django_db
def test_an_undated_report_of_an_event_stays_by_itself(five: dict[str, Article]) -> None:
    assert tie(read(loaded(five, "001")), seen(PERSIAN._replace(day=None))) is None


@pytest.mark.django_db
def test_the_five_are_five_stories(five: dict[str, Article]) -> None:
    read_all = [read(loaded(five, number)) for number in five]
    assert not [1 for one in read_all for other in read_all if one is not other and tie(one, other)]


def test_two_rounds_are_two_events() -> None:
    first = seen(PressReport("ar", DAY, "مشاورات سياسية", "عقدت الجولة الأولى من المشاورات السياسية في باكو."))
    second = seen(PressReport("ar", DAY, "مشاورات سياسية", "عقدت الجولة الثانية من المشاورات السياسية في باكو."))
    assert contradict(first, second)
    assert not contradict(first, first)


def test_titles_that_name_other_countries_are_two_events() -> None:
    egypt = seen(PressReport("ar", DAY, "الرئيس يهنئ مصر بعيدها الوطني", "بعث الرئيس برقية تهنئة."))
    oman = seen(PressReport("ar", DAY, "الرئيس يهنئ سلطنة عمان بعيدها الوطني", "بعث الرئيس برقية تهنئة."))
    assert contradict(egypt, oman)


# Clusters

DAYS: dict[int, datetime.date | None] = dict.fromkeys(range(1, 7), DAY)


def event(one: int, other: int, strength: float = 0.7) -> ArticleTie:
    return ArticleTie(one, other, "event", strength)


def test_ties_of_two_make_stories_of_many() -> None:
    assert stories(DAYS, [event(1, 2), event(2, 3), event(5, 6)]) == [[1, 2, 3], [5, 6]]


def test_an_event_does_not_grow_from_day_to_day() -> None:
    days = {key: DAY + datetime.timedelta(days=2 * key) for key in range(1, 5)}
    assert stories(days, [event(1, 2, 0.9), event(2, 3), event(3, 4, 0.8)]) == [[1, 2], [3, 4]]


def test_what_a_curator_parted_is_never_in_one_story() -> None:
    apart = Decided(apart=frozenset({(1, 3)}))
    assert stories(DAYS, [event(1, 2, 0.9), event(2, 3)], apart) == [[1, 2]]


def test_what_a_curator_joined_needs_no_tie() -> None:
    assert stories(DAYS, [], Decided(together=frozenset({(2, 4)}))) == [[2, 4]]


pairs = st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda pair: pair[0] < pair[1])


@given(st.lists(pairs, unique=True), st.frozensets(pairs, max_size=3), st.randoms())
def test_the_order_in_which_ties_are_found_does_not_matter(
    tied: list[tuple[int, int]], apart: frozenset[tuple[int, int]], random: object
) -> None:
    edges = [event(one, other, (one * other % 5) / 5) for one, other in tied]
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = stories(DAYS, edges, Decided(apart=apart))
    assert found == stories(DAYS, shuffled, Decided(apart=apart))
    assert not [1 for group in found for pair in apart if set(pair) <= set(group)]
    assert _disjoint(found)


def _disjoint(groups: Iterable[list[int]]) -> bool:
    members = [key for group in groups for key in group]
    return len(members) == len(set(members))
