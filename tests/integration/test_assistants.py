"""Assistants that read for people: driven by the package's own client, over standard input and output and over HTTP."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client as Browser
from jsonschema import Draft202012Validator
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from archive.articles.models import Article
from archive.curation import actions
from search.api.served import description
from search.assistants.tools import TOOLS
from search.indexing.writer import apply_all
from tests.assistants import Ask, asked, beside_a_browser, session, words
from tests.postgresql import address_of

__all__ = ["beside_a_browser"]
pytestmark = [pytest.mark.django_db, pytest.mark.embedded_alone, pytest.mark.usefixtures("beside_a_browser")]
ROOT = Path(__file__).resolve().parents[2]
ONE, PERSIAN = "3d43f546d925", "26b14ba7e75e"
EVERY_TOOL = [
    ("search", {"q": "خلفوف"}),
    ("facets", {"q": "خلفوف"}),
    ("facet_values", {"name": "official", "q": "خلفوف"}),
    ("article", {"identifier": ONE}),
    ("words_in_context", {"q": "خلفوف"}),
    ("timeline", {"q": "خلفوف"}),
    ("cite", {"identifier": ONE}),
]


@pytest.fixture(scope="module")
def stdio(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[tuple[Any, Ask]]:
    """One session for all tests: `manage.py serve_mcp` over a copy of the archive of the five."""
    folder = tmp_path_factory.mktemp("assistants")
    held = {}
    with django_db_blocker.unblock():
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(folder / "diwan.sqlite3")) as copy:
                connection.connection.backup(copy)
        else:
            held["DIWAN_DATABASE"] = address_of(connection)
    shutil.copytree(Path(site.VAR_DIR) / "index", folder / "index", symlinks=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DIWAN_", "DJANGO_"))},
        "DIWAN_VAR": str(folder),
        "DIWAN_SECRET_KEY": "a key for tests alone",
        "DIWAN_HOSTS": "archive.example",
        **held,
    }
    with session([sys.executable, "manage.py", "serve_mcp"], environment, str(ROOT)) as opened:
        yield opened


@pytest.fixture
def ask(stdio: tuple[Any, Ask]) -> Ask:
    return stdio[1]


@pytest.fixture
def five_by_identifier(five: dict[str, Article]) -> dict[str, Article]:
    return {article.identifier: article for article in five.values()}


def told(ask: Ask, tool: str, /, **arguments: Any) -> Any:
    """The answer of a tool, the same for programs and for readers."""
    answer = ask(tool, **arguments)
    assert not answer.is_error, words(answer)
    assert json.loads(words(answer)) == answer.structured_content
    return answer.structured_content


def test_every_tool_only_reads_and_says_what_it_takes_and_gives(stdio: tuple[Any, Ask]) -> None:
    tools = stdio[0]("list_tools").tools
    assert [tool.name for tool in tools] == [tool.name for tool in TOOLS] == [name for name, _given in EVERY_TOOL]
    for tool in tools:
        assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
        Draft202012Validator.check_schema(tool.input_schema)
        Draft202012Validator.check_schema(tool.output_schema)
        assert tool.input_schema["additionalProperties"] is False and len(tool.description) > 80


def test_a_search_takes_every_filter_that_programs_have(stdio: tuple[Any, Ask]) -> None:
    search = next(tool for tool in stdio[0]("list_tools").tools if tool.name == "search")
    parameters = {one["name"] for one in description()["paths"]["/api/v1/articles"]["get"]["parameters"]}
    assert set(search.input_schema["properties"]) == parameters - {"text"}


@pytest.mark.parametrize(("name", "arguments"), EVERY_TOOL, ids=[name for name, _arguments in EVERY_TOOL])
def test_every_answer_keeps_its_schema_and_gives_addresses_of_the_site(
    ask: Ask, name: str, arguments: dict[str, Any]
) -> None:
    held = told(ask, name, **arguments)
    tool = next(tool for tool in TOOLS if tool.name == name)
    Draft202012Validator(tool.answers).validate(held)
    addresses = re.findall(r"https?://[^\s\"\\}]+", held["url"] + " " + json.dumps(held.get("items", "")))
    assert addresses and all(address.startswith("https://archive.example/") for address in addresses)


def test_a_passage_stands_in_the_text_where_it_is_said_to_stand(ask: Ask) -> None:
    found = told(ask, "search", q="خلفوف")
    assert found["total"] == len(found["items"]) == 2 and found["archive_total"] == 5
    for item in found["items"]:
        fragment = item["fragment"]
        whole = told(ask, "article", identifier=item["identifier"])
        assert whole["text"][fragment["start"] : fragment["end"]] == fragment["text"]
        length = fragment["end"] - fragment["start"]
        part = told(ask, "article", identifier=item["identifier"], start=fragment["start"], length=length)
        assert part["text"] == fragment["text"]
        assert part["part"] == {name: fragment[name] for name in ("start", "end")} | {"length": len(whole["text"])}
        assert [fragment["text"][start:end] for start, end in fragment["matches"]]


def test_words_in_context_stand_in_their_field(ask: Ask, five_by_identifier: dict[str, Article]) -> None:
    lines = told(ask, "words_in_context", q="خلفوف OR قطر")["items"]
    assert len(lines) > 3
    for line in lines:
        text = getattr(five_by_identifier[line["article"]], line["field"])
        assert text[line["start"] : line["end"]] == line["match"]


def test_what_was_also_searched_for_is_told(ask: Ask) -> None:
    for name in ("search", "facets", "timeline", "words_in_context"):
        (also,) = told(ask, name, q="خلفوف")["also_searched"]
        assert (also["typed"], also["kind"], also["identifier"]) == ("خلفوف", "official", "khalaf-khalafov")
        assert "Khalaf Khalafov" in also["forms"]
        assert told(ask, name, q="خلفوف", names="0")["also_searched"] == []


def test_a_date_is_told_with_what_it_rests_on(ask: Ask, five: dict[str, Article]) -> None:
    dates = {item["identifier"]: item["date"] for item in told(ask, "search", size=50)["items"]}
    assert {date["evidence"]["basis"] for date in dates.values()} == {"dateline", "lead", "none"}
    for identifier, date in dates.items():
        proof = date["evidence"]
        assert proof["url"] == f"https://archive.example/articles/{identifier}/original/"
        assert bool(date["day"]) == (proof["basis"] != "none") == bool(proof["text"])
        if proof["basis"] == "lead":
            text = told(ask, "article", identifier=identifier)["text"]
            assert text[proof["start"] : proof["end"]] == proof["text"]


def test_a_name_in_any_script_leads_to_its_identifier_and_a_question_with_all_filters(ask: Ask) -> None:
    (value,) = told(ask, "facet_values", name="official", find="Khalafov")["facet"]["values"]
    assert value["value"] == "khalaf-khalafov"
    narrowed = {"official": [value["value"]], "from": "2020", "until": "۱۳۹۹", "lang": ["ar"], "not-country": ["qa"]}
    found = told(ask, "search", **narrowed)
    assert [item["identifier"] for item in found["items"]] == [ONE]


def test_what_follows_is_reached_by_the_cursor(ask: Ask) -> None:
    first = told(ask, "search", size=2, sort="newest")
    cursor = first["next"].rpartition("cursor=")[2]
    second = told(ask, "search", size=50, sort="newest", cursor=cursor)
    assert len({item["identifier"] for item in (*first["items"], *second["items"])}) == first["total"] == 5


def test_a_citation_is_in_the_wanted_language_and_in_the_forms_of_managers(ask: Ask) -> None:
    held = told(ask, "cite", identifier=PERSIAN, ui="fa")
    assert held["url"] == f"https://archive.example/articles/{PERSIAN}/"
    assert set(held["styles"]) == {"chicago", "apa", "house"}
    assert all(held["url"] in text and "دفاع‌پرس" in text for text in held["styles"].values())
    assert held["csl"]["type"] == "article-newspaper" and held["ris"].startswith("TY  - NEWS")
    assert held["bibtex"].startswith("@article{") and held["date"] == "2023-10-04"


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("search", {"contry": "az"}, "contry: There is no such parameter here."),
        ("search", {"q": {"word": 1}}, "q: write text"),
        ("search", {"size": 51}, "size: at most 50"),
        ("search", {"size": 0}, "size: This is no value of the parameter."),
        ("search", {"text": "whole"}, "text: there is no such argument"),
        ("search", {"from": "yesterday"}, "from: This is no date."),
        ("search", {"country": ["x"] * 41}, "country: This is no value of the parameter."),
        ("search", {"q": "a " * 60}, "q: The query has more than"),
        ("search", {"cursor": "../../etc"}, "cursor: "),
        ("facet_values", {"name": "price"}, "There is nothing at this address (404)."),
        ("article", {}, "identifier: is needed"),
        ("article", {"identifier": "../../../healthz"}, "There is nothing at this address (404)."),
        ("article", {"identifier": ONE, "length": 20_001}, "length: at most 20000"),
        ("cite", {"identifier": "000000000000"}, "There is nothing at this address (404)."),
    ],
)
def test_what_cannot_be_asked_so_is_told_in_words(ask: Ask, name: str, arguments: dict[str, Any], said: str) -> None:
    answer = ask(name, **arguments)
    assert answer.is_error and said in words(answer)


def test_refusals_are_in_the_wanted_language(ask: Ask) -> None:
    persian = words(ask("cite", identifier="000000000000", ui="fa"))
    assert "404" in persian and "nothing" not in persian


def test_a_tool_that_there_is_not_is_refused_with_those_that_there_are(ask: Ask) -> None:
    with pytest.raises(Exception, match="There is no tool 'publish'; there are search, facets"):
        ask("publish", identifier=ONE)


def test_withdrawn_reports_and_drafts_are_told_by_no_tool(own_index: Path, five: dict[str, Article]) -> None:
    sign = "وزارتا خارجية أذربيجان ولاتفيا"
    assert sum(sign in words(answer) for answer in asked(*EVERY_TOOL)) >= 3
    actions.withdraw(five["001"], note="a mistake")
    apply_all()
    after = {name: answer for (name, _given), answer in zip(EVERY_TOOL, asked(*EVERY_TOOL), strict=True)}
    assert not any(sign in words(answer) for answer in after.values())
    assert after["article"].is_error and "(410)" in words(after["cite"]) and "a mistake" in words(after["article"])


def test_over_http_it_answers_the_same_where_the_operator_opened_it(
    five: dict[str, Article], settings: Any, ramin: Browser
) -> None:
    settings.ASSISTANTS = True

    class Site(httpx2.AsyncBaseTransport):
        """The site, asked in this process."""

        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            headers = {name: value for name, value in request.headers.items() if name != "content-length"}
            kind = headers.pop("content-type", "application/json")
            body = await request.aread()
            answer = await sync_to_async(ramin.generic)(request.method, request.url.path, body, kind, headers=headers)
            return httpx2.Response(answer.status_code, headers=dict(answer.headers), content=answer.content)

    async def all_of() -> list[Any]:
        async with httpx2.AsyncClient(transport=Site()) as http:
            carried = streamable_http_client("http://testserver/api/mcp", http_client=http)
            async with Client(carried) as client:
                return [await client.call_tool(name, arguments) for name, arguments in EVERY_TOOL]

    for over_http, (name, arguments) in zip(async_to_sync(all_of)(), EVERY_TOOL, strict=True):
        assert not over_http.is_error, words(over_http)
        (here,) = asked((name, arguments))
        assert over_http.structured_content == here.structured_content


MESSAGE = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
SENT = {"content_type": "application/json", "headers": {"accept": "application/json, text/event-stream"}}


@pytest.mark.parametrize(
    ("method", "body", "more", "status"),
    [
        ("get", "", {}, 405),
        ("delete", "", {}, 405),
        ("post", json.dumps(MESSAGE), {}, 200),
        ("post", json.dumps(MESSAGE), {"origin": "https://elsewhere.example"}, 403),
        ("post", json.dumps(MESSAGE), {"origin": "http://testserver"}, 200),
        ("post", "x" * 70_000, {}, 413),
        ("post", "{", {}, 400),
        ("post", "[]", {}, 400),
        ("post", json.dumps(MESSAGE), {"mcp-protocol-version": "1066-10-14"}, 400),
    ],
)
def test_over_http_what_is_no_message_of_a_program_is_refused(
    db: None, settings: Any, method: str, body: str, more: dict[str, str], status: int
) -> None:
    settings.ASSISTANTS = True
    sent = {**SENT, "headers": SENT["headers"] | more}
    answer = getattr(Browser(enforce_csrf_checks=True), method)("/api/mcp", **({"data": body} if body else {}), **sent)
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_over_http_there_is_nothing_unless_it_was_opened(db: None, settings: Any) -> None:
    assert settings.ASSISTANTS is False
    assert Browser().post("/api/mcp", json.dumps(MESSAGE), **SENT).status_code == 404


@pytest.mark.parametrize("address", ["ftp://127.0.0.1", "https://elsewhere.example", "archive.example", "http://[::"])
def test_links_begin_with_an_address_of_the_archive_and_no_other(address: str) -> None:
    with pytest.raises(CommandError, match="DIWAN_HOSTS"):
        call_command("serve_mcp", url=address)
