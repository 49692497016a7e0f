"""The five real pages, from file to record: what must be read from them, by extraction and recognition alone."""

from __future__ import annotations

import datetime

import pytest

from archive.articles.models import Article
from archive.captures.payloads import store
from tests.conftest import FIVE

pytestmark = pytest.mark.django_db

EXPECTED = {
    "000": {
        "language": "ar",
        "date": ("2019-12-01", "inferred"),
        "source": None,
        "country": {"az", "qa", "am"},
        "official": {"ramiz-hasanov", "sultan-bin-saad-al-muraikhi", "ilham-aliyev"},
    },
    "001": {
        "language": "ar",
        "date": ("2020-10-26", "stated"),
        "source": "azvision",
        "country": {"az", "lv", "am"},
        "official": {"khalaf-khalafov", "janis-mazeiks"},
    },
    "002": {
        "language": "ar",
        "date": (None, "undated"),
        "source": "al-sharq",
        "country": {"az", "qa"},
        "official": {"rashad-ismayilov"},
    },
    "003": {
        "language": "fa",
        "date": ("2023-10-04", "stated"),
        "source": "defapress",
        "country": {"ir", "az", "am", "ru", "tr", "ge"},
        "official": {
            "hossein-amir-abdollahian",
            "khalaf-khalafov",
            "ilham-aliyev",
            "nasser-kanaani",
            "ali-akbar-ahmadian",
        },
    },
    "004": {
        "language": "ar",
        "date": (None, "undated"),
        "source": None,
        "country": {"az", "am"},
        "official": {"jeyhun-bayramov", "jens-stoltenberg"},
    },
}
BOILERPLATE = (
    "قرأ 604",
    "مواضيع:",
    "الأخبار الأخيرة",
    "مقالات ذات صلة",
    "زر الذهاب إلى الأعلى",
    "نظر شما",
    "پربیننده ها",
    "آخرین اخبار",
    "پایان پیام",
    "کد خبر",
)


@pytest.mark.parametrize("number", list(FIVE))
def test_what_the_page_says_is_described(five: dict[str, Article], number: str) -> None:
    article, expected = five[number], EXPECTED[number]
    day = article.dated_on.isoformat() if article.dated_on else None
    assert article.language == expected["language"]
    assert (day, article.date_certainty) == expected["date"]
    assert (article.source.slug if article.source else None) == expected["source"]
    for kind in ("country", "official"):
        assert set(article.records.filter(kind=kind).values_list("slug", flat=True)) == expected[kind]


@pytest.mark.parametrize("number", list(FIVE))
def test_the_bytes_are_kept_as_found(five: dict[str, Article], number: str) -> None:
    capture = five[number].capture
    assert store().get(capture.payload_digest) == FIVE[number].read_bytes()
    assert store().is_intact(capture.payload_digest)


@pytest.mark.parametrize("number", list(FIVE))
def test_no_boilerplate_is_left_in_the_body(five: dict[str, Article], number: str) -> None:
    assert not [words for words in BOILERPLATE if words in five[number].body]


@pytest.mark.parametrize("number", list(FIVE))
def test_every_mention_stands_where_it_says(five: dict[str, Article], number: str) -> None:
    article = five[number]
    for point in article.access_points.prefetch_related("mentions"):
        for mention in point.mentions.all():
            assert 0 <= mention.start < mention.end <= len(getattr(article, mention.field))


def test_the_iranian_report_is_dated_to_the_minute_by_two_calendars_that_agree(five: dict[str, Article]) -> None:
    article = five["003"]
    tehran = datetime.timezone(datetime.timedelta(hours=3, minutes=30))
    assert article.dated_at == datetime.datetime(2023, 10, 4, 23, 23, tzinfo=tehran)
    assert article.date_calendar == "solar_hijri"
    assert "۱۲ مهر ۱۴۰۲" in article.date_as_printed
    assert article.evidence["date"]["agrees"] is True


def test_the_kicker_stands_before_the_title_and_the_title_once(five: dict[str, Article]) -> None:
    article = five["003"]
    assert article.kicker == "امیرعبداللهیان در دیدار خلف اف:"
    assert article.title == "زبان صلح و امنیت جایگزین تنش و درگیری در منطقه شود"
    assert article.title not in article.body
    assert article.paragraphs[1].startswith("به گزارش گروه اخبار داخلی دفاعپرس")
    assert article.item_code == "620924"


def test_partial_dates_are_hints_and_never_a_date(five: dict[str, Article]) -> None:
    hints = [hint["text"] for hint in five["002"].evidence["date_hints"]]
    assert any("7 سبتمبر" in hint for hint in hints)
    assert any("18 أكتوبر" in hint for hint in hints)
    assert five["002"].dated_on is None


def test_one_record_for_a_man_written_in_two_ways(five: dict[str, Article]) -> None:
    arabic = five["001"].access_points.get(record__slug="khalaf-khalafov")
    persian = five["003"].access_points.get(record__slug="khalaf-khalafov")
    assert arabic.record == persian.record
    assert "خلف خلفوف" in {mention.form for mention in arabic.mentions.all()}
    assert "خلف خلف اف" in {mention.form for mention in persian.mentions.all()}


def test_bodies_are_not_countries(five: dict[str, Article]) -> None:
    assert set(five["004"].records.filter(kind="body").values_list("slug", flat=True)) == {"nato"}
    assert five["003"].records.filter(kind="body", slug="non-aligned-movement").exists()
    assert five["000"].records.filter(kind="body", slug="un-security-council").exists()
