"""Records, dates and pairs as ways through the archive, on the five articles."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from django.utils import translation

from archive.articles.models import AccessPoint, Article, Mention, Status
from archive.authorities.models import AuthorityRecord
from archive.meetings.models import Meeting
from archive.meetings.proposals import read
from search.browse.company import company
from search.browse.spellings import uses
from search.engine.protocol import SearchUnavailable
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
UNVERIFIED = "compiled from general knowledge, unverified"
KHALAFOV = "/officials/khalaf-khalafov/"


def html(client: Client, url: str, **asked: object) -> str:
    response = client.get(url, asked)
    assert response.status_code == 200, url
    return on_one_line(response.content.decode())


def test_a_post_without_dates_says_that_it_counts_on_no_day(client: Client) -> None:
    undated = html(client, "/officials/abbas-araghchi/", lang="en")
    assert "not counted as the holder on any day" in undated
    dated = html(client, "/officials/sergey-lavrov/", lang="en")
    (post,) = record("official", "sergey-lavrov").posts.filter(role="foreign_minister")
    assert post.start and not post.end and post.attested_on
    assert "attested on" in dated


def test_a_search_by_a_post_tells_how_many_holders_have_no_dates(client: Client) -> None:
    told = html(client, "/search/", q="وزير خارجية إيران", lang="en")
    assert "without dates on file" in told


def test_where_a_name_was_found_is_told_in_the_language_of_the_reader_and_led_to(
    five: dict[str, Article], client: Client
) -> None:
    report = five["001"]
    khalafov, qatar = record("official", "khalaf-khalafov"), record("country", "qa")
    khalafov.names.filter(language="en").update(source=f"capture sha256:{report.capture.payload_digest}; {UNVERIFIED}")
    qatar.names.filter(language="en").update(source="https://example.org/names?of=qatar")
    shown = html(client, KHALAFOV, ui="ar")
    assert f'<a href="{report.get_absolute_url()}"' in shown and f"<bdi>{report.title}</bdi></a>" in shown
    assert "</a>·<bdi" in shown and ">جُمع من المعارف العامة، ولم يُتحقق منه</bdi>" in shown
    report.status = Status.WITHDRAWN
    report.save()
    assert f"لقطة محفوظة ({report.capture.payload_digest[:12]}…)" in html(client, KHALAFOV, ui="ar")
    shown = html(client, "/countries/qa/", ui="fa")
    assert '<a href="https://example.org/names?of=qatar"' in shown
    assert 'href="https://cldr.unicode.org/"' in shown and "نام‌های یونیکد برای کشورها" in shown


def test_an_outlet_tells_its_domains(client: Client) -> None:
    assert "alarabiya.net" in html(client, "/sources/al-arabiya/", lang="en")


def record(kind: str, slug: str) -> AuthorityRecord:
    return AuthorityRecord.objects.get(kind=kind, slug=slug)


def without_index(monkeypatch: pytest.MonkeyPatch) -> None:
    from search.engine.whoosh.backend import DiwanWhooshBackend

    def gone(self: object, *_asked: object) -> None:
        raise SearchUnavailable("gone")

    monkeypatch.setattr(DiwanWhooshBackend, "generation", gone)
    monkeypatch.setattr(DiwanWhooshBackend, "search", gone)


def test_a_spelling_is_told_as_the_text_has_it_with_its_outlet_and_days(five: dict[str, Article]) -> None:
    found = {(use.language, use.written): use for use in uses(record("official", "khalaf-khalafov"))}
    arabic = found["ar", "خلف خلفوف"]
    assert (arabic.outlet, arabic.first, arabic.last) == ("azvision", five["001"].dated_on, five["001"].dated_on)
    assert ("fa", "خلف خلف اف") in found
    assert {use.outlet for (language, _), use in found.items() if language == "fa"} == {"defapress"}


def test_every_mention_of_every_record_is_counted_once_as_it_is_written(five: dict[str, Article]) -> None:
    for held in AuthorityRecord.objects.filter(access_points__isnull=False).distinct():
        told = sorted((use.written, use.mentions) for use in _whole(uses(held)))
        assert told == sorted(_written(held).items()), held.slug


def _whole(found: list) -> list:
    tallied: dict[str, int] = {}
    for use in found:
        tallied[use.written] = tallied.get(use.written, 0) + use.mentions
    return [type("Use", (), {"written": written, "mentions": n}) for written, n in tallied.items()]


def _written(held: AuthorityRecord) -> dict[str, int]:
    tallied: dict[str, int] = {}
    for mention in Mention.objects.filter(access_point__record=held).select_related("access_point__article"):
        text = getattr(mention.access_point.article, mention.field)[mention.start : mention.end]
        tallied[text] = tallied.get(text, 0) + 1
    return tallied


def test_a_link_that_a_curator_rejected_attests_nothing(five: dict[str, Article]) -> None:
    held = record("official", "khalaf-khalafov")
    AccessPoint.objects.filter(record=held, article=five["003"]).update(state="rejected")
    assert {use.language for use in uses(held)} == {"ar"}


def test_the_forms_of_a_name_as_a_file(ramin: Client) -> None:
    response = ramin.get(f"{KHALAFOV}names/")
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))
    arabic = next(row for row in rows if row["spelling"] == "خلف خلفوف")
    assert (arabic["source"], arabic["source_name"], arabic["first_day"]) == ("azvision", "AzVision", "2020-10-26")
    assert next(row for row in rows if row["spelling"] == "Xələf Xələfov")["mentions"] == "0"
    assert "attachment" in response.headers["Content-Disposition"]
    assert ramin.get("/officials/nobody/names/").status_code == 404


def test_a_page_shows_the_days_and_whom_else_its_reports_name(ramin: Client, five: dict[str, Article]) -> None:
    text = html(ramin, KHALAFOV)
    assert "from=2020-10-01&amp;until=2020-10-31" in text
    assert "official=khalaf-khalafov" in text and "country=lv" in text
    assert "official%3Ajanis-mazeiks" in text
    assert "/search/export/?official=khalaf-khalafov" in text
    assert 'lang="fa" dir="rtl">خلف خلف اف</bdi>' in text


def test_company_leads_to_as_many_reports_as_it_counts(ramin: Client, five: dict[str, Article]) -> None:
    for page in (KHALAFOV, "/countries/qa/", "/countries/az/qa/", "/sources/azvision/", "/bodies/nato/"):
        text = html(ramin, page)
        ranked = re.findall(r'<li><a href="(/search/[^"]*)"><bdi>[^<]*</bdi></a><span class="count">(\d+)', text)
        assert ranked, page
        for address, count in ranked:
            found = html(ramin, address.replace("&amp;", "&"))
            assert re.search(r'data-total="(\d+)"', found)[1] == count, address


def test_a_country_names_its_officials_and_leads_to_its_pairs(ramin: Client) -> None:
    text = html(ramin, "/countries/lv/")
    assert 'href="/officials/janis-mazeiks/"' in text
    assert 'href="/countries/az/lv/"' in text


def test_counts_of_the_index_are_those_of_the_database(five: dict[str, Article]) -> None:
    az, qa = record("country", "az"), record("country", "qa")
    assert company(az).total == 5 and company(az, qa).total == 2
    assert sum(company(az).days.values()) == 5 and company(az).undated == 2


def test_a_pair_has_one_address(ramin: Client) -> None:
    assert "Azerbaijan × Qatar" in html(ramin, "/countries/az/qa/")
    moved = ramin.get("/countries/qa/az/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/countries/az/qa/")
    assert ramin.get("/countries/az/az/").headers["Location"] == "/countries/az/"
    assert ramin.get("/countries/az/atlantis/").status_code == 404


def test_without_an_index_a_record_still_has_its_page_and_says_what_is_missing(
    ramin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_index(monkeypatch)
    for page in (KHALAFOV, "/countries/az/qa/"):
        text = html(ramin, page)
        assert "The index is being rebuilt" in text and text.count("data-article=") == 2
    assert "2020" in html(ramin, "/dates/")


@pytest.mark.parametrize("page", [KHALAFOV, "/countries/az/qa/", "/countries/", "/dates/", "/dates/solar/1402/7/"])
def test_a_page_that_did_not_change_is_not_sent_again(
    own_index: object, five: dict[str, Article], ramin: Client, page: str
) -> None:
    from archive.curation.actions import withdraw

    tag = {"if-none-match": ramin.get(page).headers["ETag"]}
    assert ramin.get(page, headers=tag).status_code == 304
    withdraw(five["003"], by=None)
    assert ramin.get(page, headers=tag).status_code == 200


def test_a_list_stands_in_the_order_of_the_alphabet_or_of_numbers(ramin: Client) -> None:
    text = html(ramin, "/countries/")
    assert re.findall(r'<h2 class="ruled"[^>]*><bdi>(.)</bdi>', text)[:2] == ["A", "G"]
    numbers = [int(n) for n in re.findall(r'<span class="count">(\d+)', html(ramin, "/countries/", by="count"))]
    assert numbers == sorted(numbers, reverse=True)


def test_sources_tell_their_languages_and_days(ramin: Client) -> None:
    row = next(row for row in html(ramin, "/sources/").split("<tr>") if "/sources/defapress/" in row and "<td>" in row)
    assert "Persian" in row and 'datetime="2023-10-04"' in row


def test_days_are_walked_in_the_calendar_of_the_address(ramin: Client, five: dict[str, Article]) -> None:
    with translation.override("en"):
        assert 'href="/dates/gregorian/2020/"' in html(ramin, "/dates/")
    assert 'href="/dates/solar/1402/"' in html(ramin, "/dates/", cal="solar")
    month = html(ramin, "/dates/solar/1402/7/")
    assert 'href="/dates/solar/1402/7/12/"' in month and 'href="/dates/gregorian/2023/9/' in month
    assert re.findall(r'data-article="([0-9a-f]+)"', html(ramin, "/dates/solar/1402/7/12/")) == [five["003"].identifier]
    assert "year=undated" in html(ramin, "/dates/")


@pytest.mark.parametrize(
    "path", ["solar/1402/13/", "gregorian/2020/2/31/", "lunar/1200/", "maya/1/", "gregorian/0/", "solar/99999/"]
)
def test_a_day_that_no_calendar_has_is_a_404(ramin: Client, path: str) -> None:
    assert ramin.get(f"/dates/{path}").status_code == 404


def test_a_round_of_consultations_is_proposed_with_its_sentence(ramin: Client, five: dict[str, Article]) -> None:
    read([article.pk for article in five.values()])
    text = html(ramin, "/countries/az/qa/")
    meetings = text[text.index('id="proposed-meetings"') : text.index('id="record-articles"')]
    first = next(part for part in meetings.split("<li data-meeting") if "2019-12-01" in part)
    assert "proposed meeting" in first and "Political consultations · round 1" in first
    assert '<time datetime="2019-12-01">' in first and "Doha</bdi>" in first
    assert f'href="{five["000"].get_absolute_url()}"' in meetings
    field, start, end = re.findall(
        r'data-field="(\w+)" data-start="(\d+)"\s+data-end="(\d+)"', " ".join(meetings.split())
    )[0]
    sentence = getattr(five["000"], field)[int(start) : int(end)]
    assert sentence.startswith("في 1 ديسمبر 2019") and "<mark>" in meetings and "No curator has confirmed" in meetings


def test_what_no_report_tells_of_a_meeting_is_said(ramin: Client, five: dict[str, Article]) -> None:
    read([article.pk for article in five.values()])
    text = html(ramin, "/countries/az/qa/")
    assert "no date stated" in text[text.index('id="proposed-meetings"') : text.index('id="record-articles"')]
    assert "by video" in html(ramin, "/countries/az/lv/")
    assert "No report tells of a meeting of the two." in html(ramin, "/countries/qa/ru/")


def test_a_report_that_only_speaks_of_talks_is_called_so(ramin: Client, five: dict[str, Article]) -> None:
    read([article.pk for article in five.values()])
    text = html(ramin, "/countries/am/az/")
    assert "data-proposed" not in text
    assert text.count("speak") >= 1 and 'data-speaking="' in text


def test_one_round_in_two_languages_is_one_meeting(own_index: object, five: dict[str, Article]) -> None:
    from archive.articles.linking import relink
    from archive.stories.building import renew

    Article.objects.filter(pk=five["002"].pk).update(
        title="دور اول رایزنی‌های سیاسی جمهوری آذربایجان و قطر برگزار شد", language="fa",
        dated_on=five["000"].dated_on, date_precision="day",
    )  # fmt: skip
    relink(Article.objects.get(pk=five["002"].pk))
    renew([Article.objects.get(pk=five["002"].pk)])
    read([article.pk for article in five.values()])
    held = Meeting.objects.of("az", "qa")
    assert [(meeting.round, meeting.reports.count()) for meeting in held] == [(1, 2)]
