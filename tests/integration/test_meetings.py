"""Meetings: proposed from reports, decided by a curator, and called meetings to readers from then on alone."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.articles.signals import visibility_changed
from archive.curation import actions as articles
from archive.curation.erasing import erase
from archive.curation.revising import revert
from archive.meetings.actions import NotOneMeeting, confirm, merge, reject, reopen
from archive.meetings.models import Meeting, MeetingReading, MeetingReport
from archive.meetings.proposals import PROPOSE, begin_due, candidates, read, unread
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from search.indexing.writer import apply_all
from tests.conftest import ADMIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(five: dict[str, Article]) -> dict[str, Meeting]:
    """What the five reports propose, by parties: Azerbaijan with Qatar, Latvia and others."""
    read(list(unread().values_list("pk", flat=True)))
    return {" ".join(sorted(one.parties.values_list("record__slug", flat=True))): one for one in Meeting.objects.all()}


@pytest.fixture
def round_one(proposed: dict[str, Meeting]) -> Meeting:
    """The first consultations of Azerbaijan and Qatar, in Doha on 1 December 2019."""
    return Meeting.objects.get(round=1)


def html(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_report_proposes_what_it_tells_with_its_sentence(round_one: Meeting, five: dict[str, Article]) -> None:
    assert (round_one.state, round_one.kind, round_one.city) == ("proposed", "consultations", "الدوحة")
    assert (round_one.dated_on, round_one.date_certainty) == (datetime.date(2019, 12, 1), "stated")
    (report,) = round_one.reports.all()
    text = getattr(five["000"], report.field)
    assert text[report.start : report.end].startswith("في 1 ديسمبر 2019")
    assert report.start <= report.word_start < report.word_end <= report.end


def test_reports_are_read_in_the_queue_of_work_once_and_again_after_a_change(five: dict[str, Article]) -> None:
    job = begin_due()
    assert job is not None and begin_due() is None
    work_off()
    job.refresh_from_db()
    assert (job.state, job.outcome["read"]) == ("done", 5) and job.outcome["proposed"] == Meeting.objects.count() > 1
    assert begin_due() is None
    before = list(Meeting.objects.values_list("pk", flat=True))
    visibility_changed.send(Article, articles=[five["000"]])
    assert list(unread()) == [five["000"]]
    read([five["000"].pk])
    assert list(Meeting.objects.values_list("pk", flat=True)) == before and not unread().exists()


def test_after_a_failure_the_reading_waits(five: dict[str, Article]) -> None:
    job = Job.objects.create(kind=PROPOSE)
    job.end(Job.State.FAILED, "ValueError: a sentence")
    job.save()
    assert begin_due() is None


def test_readers_see_a_proposal_as_one_and_a_meeting_where_it_is_confirmed(round_one: Meeting, ramin: Client) -> None:
    address = f"/meetings/{round_one.identifier}/"
    assert ramin.get(address).status_code == 404
    assert round_one.identifier not in html(ramin, "/meetings/")
    assert round_one.identifier in html(ramin, "/meetings/proposed/")
    assert confirm(round_one) and not confirm(round_one)
    page = html(ramin, address)
    assert "Azerbaijan</bdi>" in page and "Political consultations · round 1" in page and "Doha" in page
    assert "1 December 2019" in page and "<mark>" in page and "proposed meeting" not in page
    assert address in html(ramin, "/meetings/") and address in html(ramin, "/countries/az/qa/")
    assert round_one.identifier not in html(ramin, "/meetings/proposed/")
    assert "Tehran" not in page and "طهران" not in page


@pytest.mark.parametrize(("language", "called"), [("ar", "مشاورات سياسية"), ("fa", "رایزنی‌های سیاسی")])
def test_a_meeting_is_called_in_the_readers_language(round_one: Meeting, language: str, called: str) -> None:
    confirm(round_one)
    client = Client(headers={"accept-language": language})
    page = html(client, f"/meetings/{round_one.identifier}/")
    assert called in page and "Political consultations" not in page


def test_a_meeting_is_a_facet_with_feeds_and_files(round_one: Meeting, ramin: Client, own_index: Path) -> None:
    confirm(round_one)
    apply_all()
    identifier = round_one.reports.get().article.identifier
    found = html(ramin, f"/search/?meeting={round_one.identifier}")
    assert f"/articles/{identifier}/" in found and "Azerbaijan × Qatar · Political consultations · round 1" in found
    assert "1 article" in found
    assert identifier in html(ramin, f"/feeds/atom/?meeting={round_one.identifier}")
    rows = ramin.get(f"/search/export/?meeting={round_one.identifier}&format=jsonl")
    assert len(b"".join(rows.streaming_content).splitlines()) == 1  # type: ignore[attr-defined]
    reject(round_one)
    apply_all()
    assert f"/articles/{identifier}/" not in html(ramin, f"/search/?meeting={round_one.identifier}")


def test_a_meeting_is_told_to_programs(round_one: Meeting, ramin: Client) -> None:
    confirm(round_one)
    told = ramin.get(f"/meetings/{round_one.identifier}.json").json()
    assert (told["kind"], told["round"], told["date"]) == ("consultations", 1, "2019-12-01")
    assert {party["identifier"] for party in told["parties"]} == {"az", "qa"} and len(told["reports"]) == 1
    page = html(ramin, f"/meetings/{round_one.identifier}/")
    event = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert (event["@type"], event["startDate"], event["location"]["name"]) == ("Event", "2019-12-01", "Doha")


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_confirmed_meetings_are_a_feed(round_one: Meeting, ramin: Client, form: str) -> None:
    assert round_one.identifier not in html(ramin, f"/feeds/meetings/{form}/")
    confirm(round_one)
    feed = html(ramin, f"/feeds/meetings/{form}/?country=az&country=qa")
    assert round_one.identifier in feed and "ديسمبر 2019" in feed
    assert round_one.identifier not in html(ramin, f"/feeds/meetings/{form}/?country=az&country=lv")


def test_a_meeting_goes_with_its_last_public_report(round_one: Meeting, ramin: Client) -> None:
    confirm(round_one)
    article = round_one.reports.get().article
    articles.withdraw(article)
    assert ramin.get(f"/meetings/{round_one.identifier}/").status_code == 404
    assert not Meeting.objects.public().exists() and round_one.identifier not in html(ramin, "/meetings/")
    articles.publish(article)
    assert ramin.get(f"/meetings/{round_one.identifier}/").status_code == 200


def test_of_an_erased_report_nothing_stays(round_one: Meeting) -> None:
    article = round_one.reports.get().article
    erase(article, note="a court")
    assert not MeetingReport.objects.filter(article=article).exists()
    assert not Meeting.objects.filter(pk=round_one.pk).exists() and not MeetingReading.objects.filter(article=article)


def test_no_other_words_are_ever_shown_for_the_sentence(round_one: Meeting, ramin: Client) -> None:
    """The text moves; until the report was read again its page shows none, and then the sentence at its new place."""
    confirm(round_one)
    report = round_one.reports.get()
    article = Article.objects.get(pk=report.article_id)
    articles.edit(article, {"body": f"فقرة جديدة في أول الخبر.\n\n{article.body}"})
    page = html(ramin, f"/meetings/{round_one.identifier}/")
    assert "في 1 ديسمبر 2019" not in page and "data-start" not in page
    read([article.pk])
    moved = MeetingReport.objects.get(pk=report.pk)
    article.refresh_from_db()
    assert moved.start == report.start + len("فقرة جديدة في أول الخبر.\n\n")
    assert article.body[moved.start : moved.end].startswith("في 1 ديسمبر 2019")
    round_one.refresh_from_db()
    assert round_one.is_confirmed and Meeting.objects.filter(round=1).count() == 1


def test_a_rejected_meeting_is_not_proposed_again(round_one: Meeting, ramin: Client) -> None:
    assert reject(round_one)
    article = round_one.reports.get().article
    visibility_changed.send(Article, articles=[article])
    read([article.pk])
    assert Meeting.objects.filter(round=1).count() == 1
    assert round_one.identifier not in html(ramin, "/countries/az/qa/")


def test_what_is_read_no_longer_is_proposed_no_longer(round_one: Meeting) -> None:
    article = Article.objects.get(pk=round_one.reports.get().article_id)
    articles.edit(article, {"title": "خبر آخر", "body": "لا شيء عن اللقاءات."})
    read([article.pk])
    assert not Meeting.objects.filter(pk=round_one.pk).exists()


# On the desk


def send(client: Client, meeting: Meeting, **more: str) -> Any:
    """Send the form of a meeting as it is shown, with other values and a button."""
    address = reverse("admin:meetings_meeting_change", args=[meeting.pk])
    page = lxml.html.fromstring(client.get(address).content.decode())
    form = next(form for form in page.forms if form.get("id") == "meeting_form")
    held = {name: value for name, value in form.form_values() if not name.startswith("_")}
    return client.post(address, held | more)


def test_proposals_wait_in_a_queue_with_their_sentences(round_one: Meeting, layla: Client) -> None:
    first = html(layla, ADMIN)
    count = Meeting.objects.proposed().count()
    assert f'data-queue="meetings" data-count="{count}"' in first
    listed = html(layla, f"{ADMIN}meetings/meeting/?state=proposed")
    assert "في 1 ديسمبر 2019" in listed
    path = reverse("admin:meetings_meeting_change", args=[round_one.pk])
    persian = layla.get(path, headers={"accept-language": "fa"}).content.decode()
    assert "۱۰ آذر ۱۳۹۸" in persian and "· 2019-12-01" not in persian


def test_one_click_confirms_a_proposal_and_leads_to_the_next(round_one: Meeting, layla: Client) -> None:
    answer = send(layla, round_one, _confirm="1")
    round_one.refresh_from_db()
    assert round_one.is_confirmed and answer.status_code == 302
    (event,) = round_one.events.all()
    assert (event.action, str(event.by), event.changes) == (
        "confirm",
        "layla",
        {"state": ["proposed", "confirmed"]},
    )
    assert "confirmed" in html(layla, reverse("admin:meetings_meeting_history", args=[round_one.pk]))


def test_what_is_corrected_is_saved_with_the_decision_and_undone(round_one: Meeting, layla: Client) -> None:
    send(
        layla, round_one, dated_on="۱۱ آذر ۱۳۹۸", city="دبي", level="deputies", _confirm="1", why="by the second report"
    )
    round_one.refresh_from_db()
    assert (round_one.dated_on, round_one.date_certainty) == (datetime.date(2019, 12, 2), "curated")
    assert (round_one.date_as_printed, round_one.date_calendar) == ("۱۱ آذر ۱۳۹۸", "solar_hijri")
    assert round_one.is_confirmed and round_one.city == "دبي"
    edited = round_one.events.get(action="edit")
    assert edited.note == "by the second report" and edited.changes["city"] == ["الدوحة", "دبي"]
    send(layla, round_one, city="باكو")
    layla.post(reverse("admin:meetings_meeting_history", args=[round_one.pk]), {"to": edited.pk})
    round_one.refresh_from_db()
    assert (round_one.city, round_one.state) == ("دبي", "proposed"), "as after the edit, before the confirmation"


def test_parties_and_reports_are_edited_and_put_back(round_one: Meeting, five: dict[str, Article]) -> None:
    confirm(round_one)
    event = round_one.events.get()
    before = round_one.state_of()
    from archive.curation.revising import revised

    with revised(round_one, "edit", None):
        round_one.parties.first().delete()  # type: ignore[union-attr]
        round_one.reports.create(article=five["001"])
    assert round_one.state_of() != before
    assert revert(round_one, event)
    assert round_one.state_of() == before and not revert(round_one, event)


def test_a_day_that_is_none_or_to_come_is_asked_again(round_one: Meeting, layla: Client) -> None:
    assert "no date of a calendar" in send(layla, round_one, dated_on="yesterday").content.decode()
    assert "still to come" in send(layla, round_one, dated_on="2099-01-01").content.decode()
    round_one.refresh_from_db()
    assert round_one.dated_on == datetime.date(2019, 12, 1)


def test_two_curators_do_not_overwrite_each_other(round_one: Meeting, layla: Client) -> None:
    address = reverse("admin:meetings_meeting_change", args=[round_one.pk])
    page = lxml.html.fromstring(layla.get(address).content.decode())
    form = next(form for form in page.forms if form.get("id") == "meeting_form")
    held = {name: value for name, value in form.form_values() if not name.startswith("_")}
    send(layla, round_one, city="دبي")
    refused = layla.post(address, held | {"city": "باكو"}).content.decode()
    assert "Changed by layla since you opened it" in refused
    round_one.refresh_from_db()
    assert round_one.city == "دبي"


def test_reports_of_one_meeting_are_merged_and_parted_again(
    round_one: Meeting, five: dict[str, Article], layla: Client, ramin: Client
) -> None:
    other = Meeting.objects.create(dated_on=datetime.date(2019, 12, 3), date_precision="day")
    for party in round_one.parties.all():
        other.parties.create(record=party.record, side=party.side)
    other.reports.create(article=five["002"])
    confirm(round_one)
    assert candidates(other) == [round_one]
    send(layla, other, _same=str(round_one.pk))
    other.refresh_from_db()
    assert other.merged_into == round_one
    assert set(round_one.reports.values_list("article", flat=True)) >= {five["002"].pk}
    answer = ramin.get(f"/meetings/{other.identifier}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/meetings/{round_one.identifier}/")
    assert reopen(other, by=User.objects.get(username="layla"))
    assert list(other.reports.values_list("article", flat=True)) == [five["002"].pk]
    assert five["002"].pk not in round_one.reports.values_list("article", flat=True)
    assert [event.action for event in other.events.all()][:2] == ["unmerge", "merge"]


def test_meetings_of_others_are_not_merged(proposed: dict[str, Meeting]) -> None:
    one, other = proposed["az qa"] if "az qa" in proposed else Meeting.objects.get(round=1), proposed["az lv"]
    with pytest.raises(NotOneMeeting):
        merge(other, one)


def test_many_are_decided_at_once(proposed: dict[str, Meeting], layla: Client) -> None:
    keys = list(Meeting.objects.values_list("pk", flat=True))
    chosen = {"_selected_action": keys}
    layla.post(f"{ADMIN}meetings/meeting/", {"action": "confirm_selected", **chosen})
    assert Meeting.objects.filter(state="confirmed").count() == len(keys)
    layla.post(f"{ADMIN}meetings/meeting/", {"action": "reject_selected", **chosen})
    assert Meeting.objects.filter(state="rejected").count() == len(keys)


# The timeline of two countries


def test_a_timeline_tells_the_gaps_between_rounds(round_one: Meeting, five: dict[str, Article], ramin: Client) -> None:
    confirm(round_one)
    for number, day in ((4, datetime.date(2021, 11, 30)), (5, datetime.date(2022, 4, 30))):
        later = Meeting.objects.create(
            kind="consultations", round=number, dated_on=day, date_precision="day", state="confirmed"
        )
        for party in round_one.parties.all():
            later.parties.create(record=party.record, side=party.side)
        later.reports.create(article=five["001"])
    page = " ".join(html(ramin, "/countries/az/qa/").split())
    gaps = re.findall(r'<li class="gap">\s*(.*?)\s*</li>', page)
    assert gaps == ["2 years later · no report of round 2–3", "5 months later"]


def test_states_of_one_side_have_no_meeting_with_each_other(round_one: Meeting) -> None:
    assert list(Meeting.objects.of("az", "qa").filter(round=1)) == [round_one]
    round_one.parties.update(side=0)
    assert not Meeting.objects.of("az", "qa").filter(round=1).exists()


def test_a_list_of_meetings_is_chosen_from_by_country_and_kind(round_one: Meeting, ramin: Client) -> None:
    confirm(round_one)
    address = f"/meetings/{round_one.identifier}/"
    assert address in html(ramin, "/meetings/?country=qa&kind=consultations")
    assert address not in html(ramin, "/meetings/?country=lv") and address not in html(ramin, "/meetings/?kind=call")
    assert ramin.get("/meetings/?country=%00&kind=x&page=99999999").status_code == 200
