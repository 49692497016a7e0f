"""The archive for programs: as docs/api.md tells it, walked while it changes, refusing what makes no sense."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.articles.signals import visibility_changed
from archive.authorities.models import AuthorityRecord, Kind
from archive.collections.models import Collection
from archive.curation import actions
from archive.meetings.actions import confirm
from archive.meetings.models import Meeting
from archive.meetings.proposals import read, unread
from archive.pages import bounds
from search.engine.protocol import SearchUnavailable
from search.indexing.writer import apply_all
from tests.security.site import hold

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"^    GET (\S+)\n\n```json\n(.*?)\n```", PAGE, re.MULTILINE | re.DOTALL)
ONE = "3d43f546d925"


def asked(client: Client, address: str, status: int = 200, **headers: str) -> Any:
    answer = client.get(address, headers=headers)
    assert answer.status_code == status, answer.content.decode()
    kind = "application/json" if status < 400 else "application/problem+json"
    assert (
        answer.headers["Content-Type"].partition(";")[0] == kind
        and answer.headers["Access-Control-Allow-Origin"] == "*"
    )
    return json.loads(answer.content)


def has(told: Any, part: Any) -> bool:
    """Whether an answer has what an example shows of it; of a list the first values."""
    if isinstance(part, dict):
        return all(name in told and has(told[name], value) for name, value in part.items())
    if isinstance(part, list):
        return len(told) >= len(part) and all(map(has, told, part))
    return bool(told == part)


@pytest.mark.parametrize(("address", "part"), EXAMPLES, ids=[address for address, _part in EXAMPLES])
def test_the_examples_of_the_page_are_true(five: dict[str, Article], address: str, part: str) -> None:
    hold(Article.objects.get(identifier=ONE))
    shown = json.loads(part)
    told = asked(Client(), address, shown.get("status", 200))
    assert has(told, shown), json.dumps(told, ensure_ascii=False)[:2000]


def test_the_page_has_an_example_of_every_operation() -> None:
    from search.api.served import OPERATIONS

    assert len(EXAMPLES) > 10
    names = {re.split(r"[/?]", address.removeprefix("/api/v1/"))[0] for address, _part in EXAMPLES}
    operations = {str(one.pattern).partition("/")[0] for one in OPERATIONS}
    assert operations - names == {"countries", "bodies", "sources"}  # as officials


def walked(client: Client, address: str, between: Any = lambda: None) -> list[str]:
    """The identifiers of all answers from this address on; something may happen behind the first one."""
    found: list[str] = []
    following: str | None = address
    while following:
        told = asked(client, following.removeprefix("http://testserver"))
        found += [item["identifier"] for item in told["items"]]
        following = told["next"]
        between()
        between = lambda: None  # noqa: E731
    return found


@pytest.mark.parametrize(
    "more", ["sort=newest", "sort=arrived", "sort=oldest", "q=قطر", "q=أذربيجان OR آذربایجان&sort=newest"]
)
def test_all_of_a_question_is_walked_in_its_order(five: dict[str, Article], ramin: Client, more: str) -> None:
    whole = walked(ramin, f"/api/v1/articles?{more}&size=100")
    assert len(whole) > 1
    assert walked(ramin, f"/api/v1/articles?{more}&size=1") == whole


@pytest.mark.parametrize("order", ["newest", "oldest", "arrived"])
def test_a_walk_misses_nothing_and_meets_nothing_twice_while_articles_go_and_come(
    own_index: Path, five: dict[str, Article], ramin: Client, order: str
) -> None:
    whole = walked(ramin, f"/api/v1/articles?sort={order}&size=100")

    def first_two_go() -> None:
        for identifier in whole[:2]:
            actions.withdraw(Article.objects.get(identifier=identifier))
        apply_all()

    assert walked(ramin, f"/api/v1/articles?sort={order}&size=2", first_two_go) == whole

    def they_come_again() -> None:
        for identifier in whole[:2]:
            actions.publish(Article.objects.get(identifier=identifier))
        apply_all()

    assert walked(ramin, f"/api/v1/articles?sort={order}&size=1", they_come_again) == whole[2:]


def test_records_are_walked_by_their_identifiers(five: dict[str, Article], ramin: Client) -> None:
    whole = walked(ramin, "/api/v1/countries?size=500")
    assert whole == sorted(whole) and {"az", "qa", "lv"} <= set(whole)
    assert walked(ramin, "/api/v1/countries?size=3") == whole


def test_meetings_are_walked_and_one_that_was_merged_leads_to_the_other(
    five: dict[str, Article], ramin: Client
) -> None:
    assert asked(ramin, "/api/v1/meetings")["total"] == 0
    read(list(unread().values_list("pk", flat=True)))
    for proposed in Meeting.objects.all():
        confirm(proposed)
    whole = walked(ramin, "/api/v1/meetings?size=50")
    assert len(whole) > 1 and whole == sorted(whole) == walked(ramin, "/api/v1/meetings?size=1")
    told = asked(ramin, "/api/v1/meetings?country=az&country=qa&kind=consultations")["items"]
    assert all({"az", "qa"} <= {party["identifier"] for party in one["parties"]} for one in told)
    (first,) = [one for one in told if one["round"] == 1]
    assert first["reports"][0]["quote"]["text"].startswith("في 1 ديسمبر 2019")
    Meeting.objects.filter(identifier=whole[0]).update(merged_into=Meeting.objects.get(identifier=whole[1]))
    answer = ramin.get(f"/api/v1/meetings/{whole[0]}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/api/v1/meetings/{whole[1]}")
    asked(ramin, "/api/v1/meetings/00000000", 404)


def test_a_sentence_that_rights_keep_back_is_told_by_no_meeting(
    five: dict[str, Article], ramin: Client, settings: Any
) -> None:
    hold(five["001"])
    settings.RIGHTS_BULK = "description"
    (report,) = asked(ramin, "/api/v1/meetings")["items"][0]["reports"]
    assert report["article"] == ONE and report["quote"] is None


def test_a_collection_leads_to_its_articles_by_hand_or_by_a_search(
    own_index: Path, five: dict[str, Article], ramin: Client
) -> None:
    hold(five["001"])
    query = "q=خلفوف&country=az&sort=oldest&fold=0&page=2"
    Collection.objects.create(slug="khalafov", title_ar="خلفوف", query=query, is_public=True)
    Collection.objects.create(slug="own", title_ar="مسودة")
    visibility_changed.send(Article, articles=[five["001"]])
    apply_all()
    assert walked(ramin, "/api/v1/collections?size=1") == ["consultations", "khalafov"]
    asked(ramin, "/api/v1/collections/own", 404)
    for slug, is_search in (("consultations", False), ("khalafov", True)):
        told = asked(ramin, f"/api/v1/collections/{slug}")
        assert told["is_search"] is is_search
        found = walked(ramin, told["articles"].removeprefix("http://testserver"))
        assert ONE in found and (is_search or found == [ONE])
        assert ONE in ramin.get(told["feed"].removeprefix("http://testserver")).content.decode()


def test_what_came_last_is_first_by_arrival(five: dict[str, Article], ramin: Client) -> None:
    told = asked(ramin, "/api/v1/articles?sort=arrived")
    came = sorted(five.values(), key=lambda one: -one.pk)
    assert [item["identifier"] for item in told["items"]] == [one.identifier for one in came]
    assert told["url"] == "http://testserver/search/"


def test_a_cursor_belongs_to_its_question(five: dict[str, Article], ramin: Client) -> None:
    following = asked(ramin, "/api/v1/articles?size=1&sort=newest")["next"].partition("?")[2]
    for address in (
        f"{following}&q=قطر",
        following.replace("newest", "oldest"),
        "cursor=AAAA",
        "cursor=W10",
        "cursor=é",
        "cursor=W1sxXSwyXQ",
    ):
        told = asked(ramin, f"/api/v1/articles?{address}", 400)
        assert [one["parameter"] for one in told["errors"]] == ["cursor"]
    for size in (2, 20):  # one of them a page may have, too
        asked(ramin, f"/api/v1/articles?{following.replace('size=1', f'size={size}')}")
    assert "size" not in asked(ramin, "/api/v1/articles?size=20")["url"]


def test_labels_and_refusals_are_in_the_language_of_the_reader(five: dict[str, Article]) -> None:
    client = Client()
    told = asked(client, "/api/v1/officials/khalaf-khalafov", **{"accept-language": "ar"})
    assert told["label"] == "خلف خلفوف"
    english = asked(client, "/api/v1/nothing", 404, **{"accept-language": "en"})["title"]
    titles = {asked(client, "/api/v1/nothing", 404, **{"accept-language": code})["title"] for code in ("ar", "fa")}
    assert len({english, *titles}) == 3 and english == "There is nothing at this address"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("articles?size=0", 400),
        ("articles?size=101", 400),
        ("articles?sort=price", 400),
        ("articles?country=A!", 400),
        ("articles?from=yesterday", 400),
        (f"articles?q={'a' * 257}", 400),
        (f"articles?q={'a%20' * 60}", 400),
        ("articles?" + "&".join(f"country=x{number}" for number in range(41)), 400),
        ("articles?q=%00%FF", 200),
        ("articles/000000000000", 404),
        ("articles/..%2F..%2Fetc", 404),
        ("facets/price", 404),
        ("meetings?country=az&country=qa&country=lv", 400),
        ("meetings?kind=war", 400),
        ("meetings?size=51", 400),
        ("meetings/%00", 404),
        ("collections/nothing", 404),
        ("officials/nobody", 404),
        ("concordance?q=قطر&page=51", 400),
        ("suggest?n=21", 400),
        ("", 200),
    ],
)
def test_what_makes_no_sense_is_refused_and_never_an_error(
    five: dict[str, Article], ramin: Client, address: str, status: int
) -> None:
    asked(ramin, f"/api/v1/{address}", status)


def test_it_can_only_be_read(five: dict[str, Article]) -> None:
    client = Client(enforce_csrf_checks=True)
    for method in (client.post, client.put, client.delete, client.patch):
        answer = method("/api/v1/articles")
        assert answer.status_code == 405 and json.loads(answer.content)["status"] == 405
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.head("/api/v1/articles").status_code == 200
    before = client.options("/api/v1/articles", headers={"origin": "https://example.org"})
    assert before.status_code == 204 and "If-None-Match" in before.headers["Access-Control-Allow-Headers"]


def test_a_withdrawn_article_is_gone_with_its_reason(own_index: Path, five: dict[str, Article], ramin: Client) -> None:
    address = f"/api/v1/articles/{ONE}"
    tag = ramin.get(address).headers["ETag"]
    assert ramin.get(address, headers={"if-none-match": tag}).status_code == 304
    actions.withdraw(five["001"], note="a mistake")
    told = asked(ramin, address, 410, **{"if-none-match": tag})
    assert told["detail"] == "a mistake"


def test_a_merged_record_leads_to_the_other(five: dict[str, Article], ramin: Client) -> None:
    kept = AuthorityRecord.objects.get(kind=Kind.COUNTRY, slug="az")
    AuthorityRecord.objects.create(kind=Kind.COUNTRY, slug="azr", merged_into=kept)
    answer = ramin.get("/api/v1/countries/azr")
    assert answer.status_code == 301 and answer.headers["Location"] == "/api/v1/countries/az"


def test_heavy_work_tells_its_limits(five: dict[str, Article], ramin: Client, settings: Any) -> None:
    settings.HEAVY_PER_MINUTE = 7
    assert ramin.get("/api/v1/together").headers["RateLimit-Policy"] == '"heavy";q=7;w=60'
    assert "RateLimit-Policy" not in ramin.get("/api/v1/articles").headers


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (bounds.TooMany(7), 503),
        (bounds.TooMany(7, of_address=True), 429),
        (bounds.OutOfTime(), 503),
        (bounds.OutOfSpace(), 503),
        (SearchUnavailable("test"), 503),
    ],
)
def test_what_cannot_be_answered_now_is_a_problem_too(
    five: dict[str, Article], ramin: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fails(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr("search.api.articles.ask_strictly", fails)
    told = asked(ramin, "/api/v1/articles", status)
    assert told["status"] == status and "no-store" in ramin.get("/api/v1/articles").headers["Cache-Control"]


def test_the_page_for_people_has_a_form_that_is_answered(five: dict[str, Article], ramin: Client) -> None:
    import lxml.html

    page = lxml.html.fromstring(ramin.get("/api/").content.decode())
    forms = [form for form in page.forms if form.action.startswith("/api/v1/")]
    assert len(forms) > 8
    for form in forms:
        asked(ramin, f"{form.action}?" + "&".join(f"{name}={value}" for name, value in form.form_values()))
    assert not page.xpath("//script[not(@src)]")
