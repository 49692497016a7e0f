"""Addresses that last: every form of an article at its own, the form a client asks for, captures as mementos."""

from __future__ import annotations

import datetime
import json
import re

import bibtexparser
import pytest
import rispy
from django.test import Client

from archive.articles.citing.files import FORMS
from archive.articles.models import Article
from archive.captures.models import Capture
from archive.curation import actions
from archive.states import Status

pytestmark = pytest.mark.django_db
ONE = "3d43f546d925"
PAGE = f"/articles/{ONE}/"
ORIGINAL = "https://azvision.az/news/25?a=1"
NOON = datetime.datetime(2020, 10, 21, 12, tzinfo=datetime.UTC)


@pytest.fixture
def captured(five: dict[str, Article]) -> Article:
    """Two captures of one address, one of them of another article."""
    for number, moment in (("001", NOON), ("002", NOON - datetime.timedelta(days=1))):
        Capture.objects.filter(pk=five[number].capture_id).update(target_uri=ORIGINAL, captured_at=moment)
    return five["001"]


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_has_an_address_and_its_type(ramin: Client, five: dict[str, Article], form: str) -> None:
    answer = ramin.get(f"/articles/{ONE}.{form}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == f"{FORMS[form].media_type}; charset=utf-8"
    assert "وزارتا خارجية أذربيجان ولاتفيا" in answer.content.decode()
    assert ramin.get(f"/articles/{ONE}.{form}", headers={"if-none-match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("form", list(FORMS))
def test_drafts_and_withdrawn_articles_have_no_form(ramin: Client, five: dict[str, Article], form: str) -> None:
    address = f"/articles/{ONE}.{form}"
    tag = ramin.get(address).headers["ETag"]
    actions.withdraw(five["001"])
    assert ramin.get(address, headers={"if-none-match": tag}).status_code == 410
    assert ramin.get(PAGE, headers={"accept": FORMS[form].media_type}).status_code == 410
    Article.objects.filter(pk=five["003"].pk).update(status=Status.DRAFT)
    assert ramin.get(f"/articles/{five['003'].identifier}.{form}").status_code == 404
    assert ramin.get(f"/articles/no-such.{form}").status_code == 404


def test_json_says_what_the_page_says(ramin: Client, five: dict[str, Article]) -> None:
    told = json.loads(ramin.get(f"/articles/{ONE}.json").content)
    assert (told["title"], told["text"]) == (five["001"].title, five["001"].body)
    assert told["url"] == f"http://testserver{PAGE}" and told["capture"]["sha256"] == five["001"].capture.payload_digest
    latvia = next(record for record in told["records"] if record["identifier"] == "lv")
    assert latvia["url"] == "http://testserver/countries/lv/" and latvia["names"]["en"] == "Latvia"
    for address in [told["capture"]["url"], *told["forms"].values()]:
        assert ramin.get(address.removeprefix("http://testserver")).status_code == 200


def test_citations_are_read_by_the_readers_of_their_formats(ramin: Client, five: dict[str, Article]) -> None:
    (reference,) = rispy.loads(ramin.get(f"/articles/{ONE}.ris").content.decode())
    assert reference["title"] == five["001"].title
    assert len(bibtexparser.parse_string(ramin.get(f"/articles/{ONE}.bib").content.decode()).entries) == 1
    assert json.loads(ramin.get(f"/articles/{ONE}.csl.json").content)[0]["type"] == "article-newspaper"


def test_nothing_of_an_article_is_markup_in_markdown(ramin: Client, five: dict[str, Article]) -> None:
    Article.objects.filter(identifier=ONE).update(title="# <b>*خبر*</b>", body="1. نص\n\n- [a](javascript:x)\n\n+ ب")
    told = ramin.get(f"/articles/{ONE}.md").content.decode()
    assert r"# \# \<b\>\*خبر\*\</b\>" in told
    assert r"1\. نص" in told and r"\- \[a\](javascript:x)" in told and r"\+ ب" in told


@pytest.mark.parametrize(
    ("accept", "status", "leads_to"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200, ""),
        ("*/*", 200, ""),
        ("text/*", 200, ""),
        ("application/json", 303, "json"),
        ("application/vnd.citationstyles.csl+json, text/html;q=0.5", 303, "csl.json"),
        ("text/markdown;q=0.9, text/html;q=0.4", 303, "md"),
        ("application/x-bibtex;q=0.2, */*;q=0", 303, "bib"),
        ("application/*", 300, ""),
        ("image/png", 406, ""),
        ("nonsense", 406, ""),
    ],
)
def test_a_client_is_given_the_form_that_it_asks_for(
    ramin: Client, five: dict[str, Article], accept: str, status: int, leads_to: str
) -> None:
    answer = ramin.get(PAGE, headers={"accept": accept})
    assert answer.status_code == status
    assert "Accept" in re.split(r",\s*", answer.headers["Vary"])
    if leads_to:
        assert answer.headers["Location"] == f"/articles/{ONE}.{leads_to}"
    if status in {300, 406}:
        named = answer.content.decode().split()
        assert f"http://testserver/articles/{ONE}.json" in named
        assert all(f"<{address}>" in answer.headers["Link"] for address in named)


def test_a_page_names_its_other_addresses(ramin: Client, captured: Article) -> None:
    links = ramin.get(PAGE).headers["Link"]
    assert f'<http://testserver{PAGE}>; rel="cite-as"' in links
    assert (
        f'<http://testserver/articles/{ONE}.ris>; rel="alternate"; type="application/x-research-info-systems"' in links
    )
    assert f'<{ORIGINAL}>; rel="original"' in links
    for address in re.findall(r"<http://testserver(\S+)>", links):
        assert ramin.get(address).status_code == 200


def test_a_capture_is_a_memento_and_its_address_has_a_map_of_all(ramin: Client, captured: Article) -> None:
    memento = ramin.get(f"{PAGE}capture/")
    assert memento.headers["Memento-Datetime"] == "Wed, 21 Oct 2020 12:00:00 GMT"
    assert f'<{ORIGINAL}>; rel="original"' in memento.headers["Link"]
    (address,) = re.findall(r'<http://testserver(\S+)>; rel="timemap"', memento.headers["Link"])
    answer = ramin.get(address)
    assert answer.headers["Content-Type"] == "application/link-format"
    first, last = re.findall(r'<([^>]+)>; rel="(\w+) memento"; datetime="([^"]+)"', answer.content.decode())
    assert first[1:] == ("first", "Tue, 20 Oct 2020 12:00:00 GMT")
    assert last == (f"http://testserver{PAGE}capture/", "last", "Wed, 21 Oct 2020 12:00:00 GMT")
    assert f'<http://testserver{address}>; rel="self"' in answer.content.decode()


def test_what_is_withdrawn_is_no_memento(ramin: Client, captured: Article) -> None:
    actions.withdraw(captured)
    told = ramin.get(f"/articles/timemap/link/{ORIGINAL}").content.decode()
    assert ONE not in told and "first last memento" in told
    gone = ramin.get(f"{PAGE}capture/")
    assert gone.status_code == 410 and "Memento-Datetime" not in gone.headers
    assert ramin.get("/articles/timemap/link/https://example.org/").status_code == 404


def test_an_address_that_no_header_can_hold_is_in_none(ramin: Client, captured: Article) -> None:
    for address in (
        'https://a.example/"x"',
        "https://a.example/<x>",
        "https://a.example/خبر",
        "https://a.example/\r\nX: 1",
    ):
        Capture.objects.filter(pk=captured.capture_id).update(target_uri=address)
        assert 'rel="original"' not in ramin.get(PAGE).headers["Link"]
        assert "X" not in ramin.get(f"{PAGE}capture/").headers


def test_a_record_that_was_merged_leads_to_the_other_for_ever(ramin: Client, db: None) -> None:
    from archive.authorities import merging
    from archive.authorities.models import AuthorityRecord

    gone, kept = AuthorityRecord.objects.filter(kind="official", slug__in=["khalaf-khalafov", "antony-blinken"])
    merging.merge(gone, kept)
    for ending in ("/", ".json"):
        answer = ramin.get(f"/officials/{gone.slug}{ending}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/officials/{kept.slug}{ending}")


def test_a_record_as_json_says_its_names_and_posts(ramin: Client, five: dict[str, Article]) -> None:
    told = json.loads(ramin.get("/officials/khalaf-khalafov.json").content)
    assert told["url"] == "http://testserver/officials/khalaf-khalafov/"
    assert {"text": "خلف خلفوف", "language": "ar"}.items() <= next(
        n for n in told["names"] if n["language"] == "ar"
    ).items()
    assert json.loads(ramin.get("/countries/az.json").content)["kind"] == "country"
    assert ramin.get("/countries/nowhere.json").status_code == 404
