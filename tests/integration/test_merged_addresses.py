"""What asks for a record or a meeting that became another one goes on with that: webhooks, collections, facets, what
readers keep and collect.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import lxml.html
import pytest
from django.test import Client
from django.utils import timezone

from archive.articles.models import AccessPoint, Article
from archive.authorities.merging import merge, undo
from archive.authorities.models import AuthorityRecord, FormStatus, Kind
from archive.collections.models import Collection
from archive.meetings import actions as meetings
from archive.meetings.models import Meeting
from search.alerts.models import Alert, Follower
from search.alerts.news import news
from search.indexing.indexes import READERS
from search.indexing.writer import apply_all, rebuild
from search.webhooks.gathering import gather
from search.webhooks.models import Webhook
from tests.integration.test_shelf import OURS

pytestmark = pytest.mark.django_db
OLD, NOW = "halaf-halafov", "khalaf-khalafov"


@pytest.fixture
def double(five: dict[str, Article], own_index: Path) -> AuthorityRecord:
    """Khalafov a second time, of two articles; none of them is an article of the first one's."""
    made = AuthorityRecord.objects.create(kind=Kind.OFFICIAL, slug=OLD)
    made.names.create(text="Halaf Halafov", language="en", form=FormStatus.AUTHORIZED, source="a list")
    for number in ("002", "004"):
        AccessPoint.objects.create(article=five[number], record=made)
    rebuild(READERS)
    return made


@pytest.fixture
def kept() -> AuthorityRecord:
    return AuthorityRecord.objects.get(kind=Kind.OFFICIAL, slug=NOW)


def told(webhook: Webhook) -> dict[str, str]:
    """What the receiver is told next, by the identifiers of articles."""
    apply_all()
    webhook.refresh_from_db()
    gather(webhook)
    made = {identifier: event for one in webhook.deliveries.all() for identifier, event in one.items}
    webhook.deliveries.all().delete()
    return made


def members(webhook: Webhook) -> set[str]:
    return set(webhook.members.values_list("identifier", flat=True))


def numbered(five: dict[str, Article], *numbers: str) -> set[str]:
    return {five[number].identifier for number in numbers}


def meeting_of(five: dict[str, Article], *numbers: str) -> Meeting:
    """A confirmed meeting of Azerbaijan and Qatar of which these articles tell."""
    made: Meeting = Meeting.objects.create(state=Meeting.State.CONFIRMED)
    for side, slug in enumerate(("az", "qa")):
        made.parties.create(record=AuthorityRecord.objects.get(kind=Kind.COUNTRY, slug=slug), side=side)
    for number in numbers:
        made.reports.create(article=five[number])
    return made


@pytest.fixture
def two(five: dict[str, Article], own_index: Path) -> tuple[Meeting, Meeting]:
    """Two meetings, of one report each, that a curator finds to be one: the one that goes, and the one that stays."""
    made = meeting_of(five, "004"), meeting_of(five, "000")
    rebuild(READERS)
    return made


def found(client: Client, address: str) -> set[str]:
    """The identifiers of the articles that a page of readers lists."""
    return set(lxml.html.fromstring(client.get(address).content.decode()).xpath("//@data-article"))


# Records


def test_a_webhook_of_a_search_follows_a_record_into_the_other_and_back(
    five: dict[str, Article], double: AuthorityRecord, kept: AuthorityRecord
) -> None:
    webhook = Webhook.objects.create(address="https://example.org/in", query=f"official={OLD}")
    told(webhook)
    assert members(webhook) == numbered(five, "002", "004")
    done = merge(double, kept)
    came = {one for one, event in told(webhook).items() if event == "published"}
    assert members(webhook) == numbered(five, "002", "004") | of_both(kept)
    assert came == of_both(kept) - numbered(five, "002", "004")
    undo(done)
    left = {one for one, event in told(webhook).items() if event == "left"}
    assert members(webhook) == numbered(five, "002", "004") and left == came


def of_both(record: AuthorityRecord) -> set[str]:
    return set(Article.objects.filter(access_points__record=record).values_list("identifier", flat=True))


def test_a_webhook_of_a_record_follows_it_back_when_the_merge_is_undone(
    five: dict[str, Article], double: AuthorityRecord, kept: AuthorityRecord
) -> None:
    webhook = Webhook.objects.create(address="https://example.org/in", record=double)
    told(webhook)
    done = merge(double, kept)
    told(webhook)
    assert members(webhook) > numbered(five, "002", "004")
    undo(done)
    told(webhook)
    assert members(webhook) == numbered(five, "002", "004")


def test_a_collection_of_a_saved_search_goes_on_with_what_its_record_became(
    five: dict[str, Article], double: AuthorityRecord, kept: AuthorityRecord, ramin: Client
) -> None:
    Collection.objects.create(slug="khalafov", title_en="Khalafov", query=f"official={OLD}", is_public=True)
    address = "/collections/khalafov/"
    assert found(ramin, address) == numbered(five, "002", "004")
    done = merge(double, kept)
    apply_all()
    assert found(ramin, address) == found(ramin, f"/search/?official={NOW}") > numbered(five, "002", "004")
    links = lxml.html.fromstring(ramin.get(address).content.decode()).xpath("//main//a/@href")
    assert any(f"official={NOW}" in link for link in links) and not [one for one in links if OLD in one]
    undo(done)
    apply_all()
    assert found(ramin, address) == numbered(five, "002", "004")


# Meetings


@pytest.mark.parametrize(
    "address", ["/search/?meeting={}", "/search/timeline/?meeting={}", "/feeds/atom/?meeting={}", "/meetings/{}/"]
)
def test_an_address_of_an_earlier_meeting_is_of_what_it_became(
    address: str, five: dict[str, Article], two: tuple[Meeting, Meeting], ramin: Client
) -> None:
    gone, stays = two
    meetings.merge(gone, stays)
    apply_all()
    then, now = (ramin.get(address.format(one.identifier), follow=True) for one in two)
    assert then.status_code == now.status_code == 200
    for number in ("000", "004"):
        assert five[number].identifier in now.content.decode()
    told_of = [re.sub(r"<updated>[^<]*</updated>", "", one.content.decode()) for one in (then, now)]
    assert told_of[0].replace(gone.identifier, stays.identifier) == told_of[1]


def test_programs_ask_by_an_earlier_meeting(
    five: dict[str, Article], two: tuple[Meeting, Meeting], ramin: Client
) -> None:
    gone, stays = two
    meetings.merge(gone, stays)
    apply_all()
    then, now = (ramin.get("/api/v1/articles", {"meeting": one.identifier}).json() for one in two)
    assert {one["identifier"] for one in then["items"]} == numbered(five, "000", "004")
    assert then["items"] == now["items"]
    one = ramin.get(f"/api/v1/meetings/{gone.identifier}")
    assert one.status_code == 301 and stays.identifier in one.headers["Location"]


def test_a_meeting_that_is_parted_again_has_its_own_address(
    five: dict[str, Article], two: tuple[Meeting, Meeting], ramin: Client
) -> None:
    gone, stays = two
    meetings.merge(gone, stays)
    apply_all()
    gone.refresh_from_db()
    meetings.reopen(gone)
    meetings.confirm(gone)
    apply_all()
    assert found(ramin, f"/search/?meeting={gone.identifier}") == numbered(five, "004")
    assert found(ramin, f"/search/?meeting={stays.identifier}") == numbered(five, "000")


def test_the_meeting_facet_has_one_value_of_two_that_became_one(
    five: dict[str, Article], two: tuple[Meeting, Meeting], ramin: Client
) -> None:
    gone, stays = two
    meetings.merge(gone, stays)
    apply_all()
    values = ramin.get("/api/v1/facets/meeting").json()["facet"]["values"]
    assert [(one["value"], one["count"]) for one in values] == [(stays.identifier, 2)]
    page = lxml.html.fromstring(ramin.get(f"/search/?meeting={gone.identifier}").content.decode())
    links = page.xpath("//main//a/@href")
    assert any(stays.identifier in link for link in links) and not [one for one in links if gone.identifier in one]


def test_a_meeting_is_called_by_what_its_party_became(
    five: dict[str, Article], two: tuple[Meeting, Meeting], ramin: Client
) -> None:
    qatar = AuthorityRecord.objects.get(kind=Kind.COUNTRY, slug="qa")
    other = AuthorityRecord.objects.create(kind=Kind.COUNTRY, slug="qq")
    other.names.create(text="State of Doha", language="en", form=FormStatus.AUTHORIZED, source="a list")
    page = ramin.get(f"/search/?meeting={two[1].identifier}").content.decode()
    assert "Qatar" in page and "State of Doha" not in page
    merge(qatar, other)
    apply_all()
    assert "Azerbaijan × State of Doha" in ramin.get(f"/search/?meeting={two[1].identifier}").content.decode()
    assert "State of Doha" in ramin.get(two[1].get_absolute_url()).content.decode()


def test_a_webhook_of_a_meeting_follows_it(five: dict[str, Article], two: tuple[Meeting, Meeting]) -> None:
    gone, stays = two
    webhook = Webhook.objects.create(address="https://example.org/in", query=f"meeting={gone.identifier}")
    told(webhook)
    assert members(webhook) == numbered(five, "004")
    meetings.merge(gone, stays)
    assert told(webhook) == {five["000"].identifier: "published"}
    assert members(webhook) == numbered(five, "000", "004")


def test_a_search_of_an_earlier_meeting_that_a_reader_kept_goes_on(
    five: dict[str, Article], two: tuple[Meeting, Meeting], ramin: Client
) -> None:
    gone, stays = two
    ramin.post("/shelf/searches/", {"query": f"meeting={gone.identifier}", "name": "Doha"}, headers=OURS)
    follower = Follower.objects.create(address="ramin@example.org", language="en")
    past = timezone.now() - datetime.timedelta(days=3650)
    told_of = {"query": f"meeting={gone.identifier}", "confirmed_at": past, "since": past}
    alert = Alert.objects.create(follower=follower, **told_of)
    meetings.merge(gone, stays)
    apply_all()
    assert f'href="/search/?meeting={stays.identifier}"' in ramin.get("/shelf/").content.decode()
    assert len(news(alert, timezone.now() + datetime.timedelta(days=1))) == 2


def test_a_collection_of_an_earlier_meeting_goes_on(
    five: dict[str, Article], two: tuple[Meeting, Meeting], ramin: Client
) -> None:
    gone, stays = two
    Collection.objects.create(slug="doha", title_en="Doha", query=f"meeting={gone.identifier}", is_public=True)
    meetings.merge(gone, stays)
    apply_all()
    assert found(ramin, "/collections/doha/") == numbered(five, "000", "004")
