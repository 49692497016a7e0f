"""A cluster behind TLS and a login: what is right is served; of what is wrong is told what to look at."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import certifi
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.test import Client

from search.engine import engine
from search.engine.opensearch.client import OpenSearchClient
from search.engine.protocol import EngineAway, Question
from search.indexing.indexes import BOTH
from search.indexing.writer import ensure_index, rebuild
from search.tree import Word
from tests.cluster.nodes import SearchNodes, free_ports
from tests.cluster.test_opensearch_contract import engine_of
from tests.cluster.test_opensearch_site import use
from tests.cluster.tls_end import NGINX, PASSWORD, USER, authority, certificate, tls_end
from tests.unit.search.engine.contract import fill, found, short

missing = [name for name in (NGINX, "openssl") if not shutil.which(name)]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"{' and '.join(missing)} not found (Debian packages)")

LOOK_AT_LOGIN = "DIWAN_SEARCH_USER and DIWAN_SEARCH_PASSWORD"
WRONG = {
    "wrong CA": ({"CA": certifi.where()}, "of no authority that DIWAN_SEARCH_CA trusts"),
    "wrong password": ({"PASSWORD": "another"}, LOOK_AT_LOGIN),
    "unknown user": ({"USER": "nobody"}, LOOK_AT_LOGIN),
    "no login": ({"USER": ""}, "wants a user and a password"),
}


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return authority(tmp_path_factory.mktemp("authority"), "search-ca")


@pytest.fixture(scope="module")
def end(one_node: SearchNodes, ca: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("tls")
    certificate(folder, ca)
    with tls_end(folder, one_node.addresses[0]) as address:
        yield address


@pytest.fixture
def rightly(ca: Path) -> dict[str, object]:
    return {"USER": USER, "PASSWORD": PASSWORD, "CA": str(ca), "SECONDS": 20.0}


def test_an_index_is_written_and_asked_through_tls_and_a_login_of_any_letters(
    end: str, rightly: dict[str, object], tmp_path: Path, one_node: SearchNodes
) -> None:
    made = engine_of(one_node, tmp_path / "index", HOSTS=(end,), **rightly)
    fill(made, map(short, (1, 2, 3)))
    with made.writing() as writer:
        writer.apply([short(4)], ["0001"])
    assert found(made) == {"0002", "0003", "0004"} and made.damage() == ""
    assert made.search(Question(Word("قطر"))).archive_total == 3


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_on_the_status_page_in_the_log_and_by_commands_without_a_traceback(
    case: str,
    end: str,
    rightly: dict[str, object],
    five: dict[str, object],
    layla: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    differently, told = WRONG[case]
    use(monkeypatch, (end,), **{**rightly, **differently, "SECONDS": 2.5})
    page = layla.get("/admin/status/").content.decode()
    assert told in page and "Look whether the search cluster runs and lets the archive in" in page
    answer = Client().get("/search/", {"q": "قطر"})
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert Client().get("/readyz").status_code == 503
    logged = [record for record in caplog.records if record.name.startswith("search") and told in record.getMessage()]
    assert logged and not any(record.exc_info for record in caplog.records)
    for command in ("check_index", "rebuild_index", "sync_index", "search_archive"):
        with pytest.raises(CommandError, match="The search cannot answer") as ended:
            call_command(command, stdout=StringIO())
        assert told in str(ended.value) and PASSWORD not in str(ended.value)
    with pytest.raises(SystemCheckError, match=r"config\.E003") as checked:
        call_command("check", deploy=True, stdout=StringIO(), stderr=StringIO())
    assert told in str(checked.value)
    assert PASSWORD not in caplog.text + page and "another" not in caplog.text


@pytest.mark.parametrize(
    ("host", "days", "told"),
    [
        ("IP:127.0.0.1", -1, "its certificate has expired"),
        ("DNS:search.example", 2, "its certificate is made for another host"),
    ],
)
def test_a_certificate_that_is_not_to_be_trusted_is_told_at_once(
    host: str, days: int, told: str, ca: Path, one_node: SearchNodes, tmp_path: Path
) -> None:
    certificate(tmp_path, ca, host, days)
    with tls_end(tmp_path, one_node.addresses[0]) as address:
        client = OpenSearchClient([address], user=USER, password=PASSWORD, ca=str(ca), seconds=20)
        began = time.monotonic()
        with pytest.raises(EngineAway, match=told):
            client.ask("GET", "/")
        assert time.monotonic() - began < 10, "to ask again would help nothing"


def test_tls_where_there_is_none_and_none_where_there_is_are_told(end: str, ca: Path, one_node: SearchNodes) -> None:
    node = one_node.addresses[0].replace("http:", "https:")
    with pytest.raises(EngineAway, match="speaks no TLS"):
        OpenSearchClient([node], ca=str(ca), seconds=1).ask("GET", "/")
    with pytest.raises(EngineAway, match=r"opensearch\+https"):
        OpenSearchClient([end.replace("https:", "http:")], user=USER, password=PASSWORD).ask("GET", "/")


def test_a_host_whose_certificate_is_wrong_is_passed_over(end: str, ca: Path, one_node: SearchNodes) -> None:
    other = one_node.addresses[0].replace("http:", "https:")
    client = OpenSearchClient([other, end], user=USER, password=PASSWORD, ca=str(ca), seconds=20)
    assert all(client.ask("GET", "/")["version"] for _time in range(3))


def test_a_cluster_that_is_away_is_not_taken_for_a_damaged_index(
    end: str, rightly: dict[str, object], five: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, (end,), **rightly)
    for held in BOTH:
        rebuild(held)
    before = engine().generation()
    use(monkeypatch, (f"https://127.0.0.1:{free_ports(1)[0]}",), **{**rightly, "SECONDS": 0.3})
    for thoroughly in (True, False):
        with pytest.raises(EngineAway):
            ensure_index(thoroughly=thoroughly)
    use(monkeypatch, (end,), **rightly)
    assert not ensure_index() and engine().generation() == before


def test_a_password_that_goes_over_the_net_in_clear_letters_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, one_node: SearchNodes
) -> None:
    from config.checks import the_search_cluster_can_be_asked as check

    here, elsewhere = one_node.addresses[0], "http://search.example:9200"
    use(monkeypatch, (here,), USER=USER, PASSWORD=PASSWORD)
    assert check() == []
    use(monkeypatch, (here, elsewhere), USER=USER, PASSWORD=PASSWORD)
    assert [one.id for one in check()] == ["config.W001"]
