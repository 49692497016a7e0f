"""One moment told in two zones, and the zone of an outlet by its address."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from archive.extraction.dates.moments import is_day_of, local, printed_zone
from archive.extraction.dates.outlet_zones import zone_of_address

MIDNIGHT = datetime(2020, 12, 24, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "hours"),
    [
        (date(2020, 12, 24), time(23, 59), 0.0),
        (date(2020, 12, 25), time(2, 59), 3.0),  # Doha
        (date(2020, 12, 25), time(3, 29), 3.5),  # Tehran
        (date(2020, 12, 25), time(4, 29), 4.5),  # Kabul
        (date(2020, 12, 25), time(5, 44), 5.75),  # Kathmandu
        (date(2020, 12, 24), time(18, 59), -5.0),  # New York
        (date(2020, 12, 25), time(3, 2), 3.0),  # printed three minutes later
        (date(2020, 12, 25), time(13, 59), 14.0),
        (date(2020, 12, 24), time(11, 59), -12.0),
    ],
)
def test_the_printed_hour_tells_the_outlets_zone(day: date, clock: time, hours: float) -> None:
    assert printed_zone(day, clock, MIDNIGHT) == timezone(timedelta(hours=hours))


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        (date(2020, 12, 25), time(14, 59)),  # no zone is so far east
        (date(2020, 12, 24), time(10, 59)),
        (date(2020, 12, 25), time(3, 6)),  # seven minutes from a quarter: another moment
        (date(2020, 12, 26), time(2, 59)),
        (date(2019, 12, 25), time(2, 59)),
    ],
)
def test_an_hour_of_another_moment_tells_none(day: date, clock: time) -> None:
    assert printed_zone(day, clock, MIDNIGHT) is None


def test_a_moment_stated_in_another_zone_is_the_same_moment() -> None:
    in_baku = MIDNIGHT.astimezone(timezone(timedelta(hours=4)))
    assert printed_zone(date(2020, 12, 25), time(2, 59), in_baku) == timezone(timedelta(hours=3))


def test_a_moment_is_shown_in_the_zone_of_its_outlet() -> None:
    assert local(MIDNIGHT, "Asia/Tehran").isoformat() == "2020-12-25T03:29:00+03:30"
    assert local(MIDNIGHT, None) is MIDNIGHT
    summer = datetime(2020, 7, 1, 12, tzinfo=UTC)
    assert local(summer, "Asia/Tehran").isoformat() == "2020-07-01T16:30:00+04:30"  # Iran had summer time until 2022


@pytest.mark.parametrize(
    ("day", "may_be"), [(23, False), (24, True), (25, True), (26, False)], ids=lambda value: str(value)
)
def test_a_day_may_be_that_of_a_moment_somewhere_in_the_world(day: int, may_be: bool) -> None:
    assert is_day_of(date(2020, 12, day), MIDNIGHT) is may_be


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        ("https://www.isna.ir/news/1", "Asia/Tehran"),
        ("https://azvision.az/news/1", "Asia/Baku"),
        ("HTTP://WWW.QNA.ORG.QA", "Asia/Qatar"),
        ("https://www.spa.gov.sa:443/x", "Asia/Riyadh"),
        ("https://pajhwok.af?p=1", "Asia/Kabul"),
        ("https://www.bbc.co.uk/arabic", "Europe/London"),
    ],
)
def test_a_state_of_one_zone_gives_it(address: str, zone: str) -> None:
    assert zone_of_address(address) == zone


@pytest.mark.parametrize(
    "address",
    [
        "https://www.bbc.com/persian",
        "https://tass.ru/x",  # a state of eleven zones
        "https://news.tv/x",
        "https://startup.io",
        "https://example.xx/",
        "https://example.org/page.ir",
        "isna.ir",
        "",
    ],
)
def test_an_address_of_no_state_or_of_many_zones_gives_none(address: str) -> None:
    assert zone_of_address(address) is None
