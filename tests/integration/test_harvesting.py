"""Harvested by the clients that libraries use: nothing missed and nothing twice, whatever changes meanwhile.

`HARVEST_RECORDS` is how many reports are harvested; `make long` harvests 50,000.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import timezone
from lxml import etree
from oaipmh_scythe import Scythe
from sickle import Sickle

from archive.articles.models import AccessPoint, Article
from archive.authorities.models import AuthorityRecord, Kind, Rights
from archive.curation import actions
from archive.harvesting import held
from archive.states import Status

pytestmark = pytest.mark.django_db
RECORDS = int(os.environ.get("HARVEST_RECORDS", "500"))
OAI = {"oai": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}
OAI["mods"] = "http://www.loc.gov/mods/v3"
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
ONE = "oai:diwan:3d43f546d925"
# What a client gives of each record that it harvests: its identifier, and its title or None where it is deleted.
Harvested = list[tuple[str, str | None]]


@pytest.fixture
def served(five: dict[str, Article]) -> Iterator[str]:
    """The address of the site on this machine, which sees what this test writes."""
    connections["default"].inc_thread_sharing()
    thread = LiveServerThread(
        "127.0.0.1", lambda _files: get_wsgi_application(), connections_override={"default": connections["default"]}
    )
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://127.0.0.1:{thread.port}/oai"
    thread.terminate()
    connections["default"].dec_thread_sharing()


def many(number: int) -> None:
    """So many more public reports like one of the five, each with its links."""
    like = Article.objects.get(identifier="3d43f546d925")
    records = list(AuthorityRecord.objects.filter(access_points__article=like))
    held_last = Article.objects.order_by("-pk").values_list("pk", flat=True)[0]
    made = []
    for place in range(held_last + 1, held_last + 1 + number):
        article = Article.objects.get(pk=like.pk) if not made else made[0]
        values = {f.attname: getattr(article, f.attname) for f in Article._meta.concrete_fields if f.name != "id"}
        values |= {"identifier": f"{place:012x}", "title": f"قطر {place}", "first_published_at": LONG_AGO}
        made.append(Article(**values))
    for start in range(0, number, 1000):
        rows = Article.objects.bulk_create(made[start : start + 1000])
        AccessPoint.objects.bulk_create(AccessPoint(article=row, record=record) for row in rows for record in records)


def by_sickle(address: str, between: Callable[[], None], **more: str) -> Harvested:
    """Something happens when the first record was given."""
    found: Harvested = []
    arguments = {"metadataPrefix": "oai_dc", "ignore_deleted": False, **more}
    for record in Sickle(address).ListRecords(**arguments):
        found.append((record.header.identifier, None if record.deleted else record.metadata["title"][0]))
        if len(found) == 1:
            between()
    return found


def by_scythe(address: str, between: Callable[[], None], **more: str) -> Harvested:
    found: Harvested = []
    with Scythe(address) as client:
        named = {"from_": more["from"]} if "from" in more else {}
        for record in client.list_records(metadata_prefix="oai_dc", ignore_deleted=False, **named):
            deleted = record.header.deleted
            found.append((record.header.identifier, None if deleted else record.metadata["title"][0]))
            if len(found) == 1:
                between()
    return found


def present() -> dict[str, str | None]:
    return {
        f"oai:diwan:{one.identifier}": f"{one.kicker} {one.title}".strip() if one.status == Status.PUBLISHED else None
        for one in held.known().only("identifier", "kicker", "title", "status")
    }


def changes() -> None:
    """A report behind and one before the place of the harvest is edited, one withdrawn, one comes."""
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    for place in (0, -1):
        article = Article.objects.get(pk=keys[place])
        article.title = f"{article.title} – {place}"
        article.save()
    actions.withdraw(Article.objects.get(pk=keys[1]))
    actions.withdraw(Article.objects.get(pk=keys[-2]))
    many(1)


@pytest.mark.parametrize("client", [by_sickle, by_scythe], ids=["sickle", "scythe"])
def test_two_harvests_with_changes_between_and_within_give_the_present_archive(
    served: str, client: Callable[..., Harvested]
) -> None:
    many(RECORDS)
    Article.objects.update(updated_at=LONG_AGO)
    AuthorityRecord.objects.update(updated_at=LONG_AGO)
    before = set(present())
    began = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    first = client(served, changes)
    names = [name for name, _title in first]
    assert len(names) == len(set(names)) and before <= set(names)
    changes()
    second = client(served, lambda: None, **{"from": began})
    again = [name for name, _title in second]
    assert len(again) == len(set(again)) < RECORDS
    assert dict(first) | dict(second) == present()


def asked(**arguments: str) -> Any:
    answer = Client().get("/oai", arguments)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(answer.content)
    sent = Client().post("/oai", arguments)
    assert len(etree.fromstring(sent.content)) == len(root)
    return root


def texts(root: Any, path: str) -> list[str]:
    return [str(text) for text in root.xpath(f"{path}/text()", namespaces=OAI)]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Identify\x00"}, "badVerb"),
        ({"verb": "Identify", "x": "1"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-01-01", "until": "2019-01-01"},
            "badArgument",
        ),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-01-01", "until": "2021-01-01T00:00:00Z"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1999-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "colour:red"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "resumptionToken": "W10="}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "é"}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "W10="}, "badResumptionToken"),
        ({"verb": "GetRecord", "metadataPrefix": "mods", "identifier": "3d43f546d925"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "mods", "identifier": "oai:diwan:0"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:diwan:0"}, "idDoesNotExist"),
    ],
)
def test_what_makes_no_sense_is_told_in_the_words_of_the_protocol(
    five: dict[str, Article], arguments: dict[str, str], code: str
) -> None:
    assert asked(**arguments).xpath("//oai:error/@code", namespaces=OAI) == [code]


def test_sets_are_those_that_hold_something(five: dict[str, Article]) -> None:
    specs = texts(asked(verb="ListSets"), "//oai:setSpec")
    assert {"language:ar", "country", "country:az", "official:khalaf-khalafov", "source:azvision"} <= set(specs)
    for spec in specs:
        root = asked(verb="ListIdentifiers", metadataPrefix="oai_dc", set=spec)
        given = texts(root, "//oai:header/oai:identifier")
        assert given or spec == "language:und", spec
        if ":" in spec:
            assert all(spec in texts(header, "oai:setSpec") for header in root.xpath("//oai:header", namespaces=OAI))
    assert texts(asked(verb="ListIdentifiers", metadataPrefix="mods", set="country:lv"), "//oai:identifier") == [ONE]


def test_a_record_is_told_as_dublin_core_and_as_mods(five: dict[str, Article]) -> None:
    core = asked(verb="GetRecord", metadataPrefix="oai_dc", identifier=ONE)
    assert texts(core, "//dc:title") == [five["001"].title] and texts(core, "//dc:date") == ["2020-10-26"]
    assert {"Latvia", "لاتفيا", "لتونی"} <= set(texts(core, "//dc:subject"))
    mods = asked(verb="GetRecord", metadataPrefix="mods", identifier=ONE)
    assert texts(mods, "//mods:dateIssued") == ["2020-10-26"]
    assert texts(mods, "//mods:relatedItem[@type='host']//mods:title") == ["AzVision"]
    assert "لاتفيا" in texts(mods, "//mods:subject/mods:geographic[@xml:lang='ar']")
    assert texts(mods, "//mods:identifier") == [five["001"].guid]


def test_no_text_is_in_a_description(five: dict[str, Article]) -> None:
    AuthorityRecord.objects.filter(slug="azvision").update(rights_pages=Rights.DESCRIPTION)
    for prefix in ("oai_dc", "mods"):
        told = etree.tostring(asked(verb="ListRecords", metadataPrefix=prefix), encoding="unicode")
        assert not [one for one in five.values() if one.paragraphs[0] in told]


def test_a_withdrawn_report_is_deleted_and_a_draft_is_unknown(five: dict[str, Article]) -> None:
    actions.withdraw(five["001"])
    root = asked(verb="GetRecord", metadataPrefix="oai_dc", identifier=ONE)
    assert root.xpath("//oai:header/@status", namespaces=OAI) == ["deleted"] and not root.xpath(
        "//*[local-name()='dc']"
    )
    Article.objects.filter(pk=five["002"].pk).update(status=Status.DRAFT, first_published_at=None)
    assert f"oai:diwan:{five['002'].identifier}" not in present()


def test_a_record_changes_with_the_names_that_it_has(five: dict[str, Article]) -> None:
    Article.objects.update(updated_at=LONG_AGO)
    AuthorityRecord.objects.update(updated_at=LONG_AGO)
    arguments = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "from": "2021-01-01"}
    assert asked(**arguments).xpath("//oai:error/@code", namespaces=OAI) == ["noRecordsMatch"]
    AuthorityRecord.objects.get(kind=Kind.COUNTRY, slug="lv").save()
    assert texts(asked(**arguments), "//oai:identifier") == [ONE]


def test_a_page_costs_a_fixed_number_of_queries(five: dict[str, Article], django_assert_max_num_queries: Any) -> None:
    many(30)
    Client().get("/oai", {"verb": "Identify"})
    with django_assert_max_num_queries(12):
        asked_once = Client().get("/oai", {"verb": "ListRecords", "metadataPrefix": "mods"})
    assert asked_once.content.count(b"<record>") == 35
