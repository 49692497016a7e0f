"""The archive before OpenSearch's own security plugin, with the role of the guide: all it needs, and no more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from archive.articles.models import Article, Status
from search.engine import engine
from search.engine.opensearch.client import OpenSearchClient, OpenSearchRefusal
from search.engine.protocol import SearchUnavailable
from search.indexing.comparison import compare
from search.indexing.indexes import BOTH
from search.indexing.writer import apply_all, ensure_index, rebuild
from search.models import IndexChange
from tests.cluster.nodes import SearchNodes
from tests.cluster.secured_node import SecuredNode, secured
from tests.cluster.test_opensearch_contract import ClusterContract
from tests.cluster.test_opensearch_site import use
from tests.cluster.tls_end import PASSWORD, USER

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl not found (Debian package)")


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchNodes]:
    nodes = secured(tmp_path_factory.mktemp("secured-node"))
    yield nodes
    nodes.stop()


def let_in(nodes: SearchNodes, **differently: Any) -> dict[str, Any]:
    """How the archive is let in."""
    (node,) = nodes.nodes
    assert isinstance(node, SecuredNode)
    return {"USER": USER, "PASSWORD": PASSWORD, "CA": str(node.ca), "SECONDS": 20.0, **differently}


class TestSecuredOpenSearch(ClusterContract):
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _nodes(cls, guarded: SearchNodes) -> None:
        cls.nodes, cls.options = guarded, {"begins": "diwan-", **let_in(guarded)}


def test_the_site_is_served_and_its_index_is_kept_with_the_rights_of_the_guide(
    guarded: SearchNodes, five: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, guarded.addresses, INDEX_NAME="diwan", **let_in(guarded))
    for held in BOTH:
        rebuild(held)
    told = StringIO()
    call_command("check", deploy=True, fail_level="CRITICAL", stdout=told, stderr=told)
    assert "DIWAN_SEARCH" not in told.getvalue()
    Article.objects.filter(pk=five["001"].pk).update(status=Status.WITHDRAWN)
    IndexChange.record([five["001"].identifier])
    assert apply_all() == 1 and not compare() and engine().damage() == ""
    with engine().writing() as index:
        index.condemn("tried")
    assert ensure_index() and engine().state().articles == 4
    for address in ("/search/?q=وزير", "/search/facet/country/", "/suggest/?q=وز", "/search/collocates/?q=وزير"):
        assert Client().get(address).status_code == 200, address


@pytest.mark.parametrize(
    "path", ["/others/_search", "/_cat/indices", "/_plugins/_security/api/internalusers", "/_all/_search"]
)
def test_the_role_opens_nothing_of_others(path: str, guarded: SearchNodes) -> None:
    guarded.nodes[0].ask("/others/_doc/1?refresh=true", "PUT", {"secret": "theirs"})
    own = let_in(guarded)
    client = OpenSearchClient(guarded.addresses, user=USER, password=PASSWORD, ca=own["CA"], seconds=20)
    with pytest.raises((SearchUnavailable, OpenSearchRefusal), match=r"docs/operations\.md names its rights|^403 "):
        client.ask("GET", path)


@pytest.mark.parametrize(
    ("differently", "told"),
    [
        ({"PASSWORD": "another"}, "DIWAN_SEARCH_USER and DIWAN_SEARCH_PASSWORD"),
        ({"USER": ""}, "wants a user and a password"),
        ({"USER": "stranger"}, "docs/operations.md names its rights"),
    ],
    ids=("wrong password", "no login", "no rights"),
)
def test_who_is_not_let_in_is_told_what_to_look_at(
    differently: dict[str, str], told: str, guarded: SearchNodes, layla: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (node,) = guarded.nodes
    assert isinstance(node, SecuredNode)
    node.let_in("stranger", PASSWORD)
    use(monkeypatch, guarded.addresses, **let_in(guarded, **differently))
    page = layla.get("/admin/status/").content.decode()
    assert told in page and "Look whether the search cluster runs and lets the archive in" in page
    assert Client().get("/search/", {"q": "قطر"}).status_code == 503
    with pytest.raises(SystemCheckError, match=r"config\.E003") as checked:
        call_command("check", deploy=True, stdout=StringIO(), stderr=StringIO())
    assert told in str(checked.value) and PASSWORD not in str(checked.value)
