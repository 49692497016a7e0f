"""The cast: the five real articles, published; Layla curates, Ramin reads.

The archive of the five is built once for a test process and belongs to every test that asks for the database; a test
that changes articles or the index asks for `own_index`, which gives it an index of its own.
"""

from __future__ import annotations

import hashlib
import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import urllib3
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.signals import request_finished
from django.db import close_old_connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponseBase
from django.test import Client
from django.utils import translation
from haystack import connections

hypothesis.settings.register_profile(
    "diwan",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # other work shares the machine
)
hypothesis.settings.load_profile("diwan")

pytest_plugins = ["tests.chromium"]

ADMIN = f"/{settings.ADMIN_PATH}"
CAPTURES = Path(__file__).resolve().parent.parent / "fixtures" / "captures"
FIVE = {path.name[:3]: path for path in sorted(CAPTURES.iterdir())}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Authority records, the five articles and their index, as `make run` makes them; translations compiled."""
    from config import translations
    from search.indexing.indexes import BOTH
    from search.indexing.writer import rebuild

    translations.compile_stale()
    with django_db_blocker.unblock():
        call_command("load_authorities", verbosity=0, stdout=io.StringIO())
        call_command("import_articles", str(CAPTURES), publish=True, stdout=io.StringIO())
        for held in BOTH:
            rebuild(held)


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """A request of an earlier test leaves its reader's language behind; each begins as a process does."""
    translation.deactivate()


@pytest.fixture
def five(db: None) -> dict[str, object]:
    """The five articles by the number in their file's name: `five["001"]`."""
    from archive.articles.models import Article

    held = {Path(a.capture.received_from).name[:3]: a for a in Article.objects.select_related("capture")}
    return {number: held[number] for number in FIVE}


@pytest.fixture
def own_index(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An index that this test may change: built from the five, gone afterwards."""
    from search.indexing.indexes import BOTH
    from search.indexing.writer import rebuild

    with (_embedded if is_embedded() else _on_cluster)(tmp_path, monkeypatch):
        for held in BOTH:
            rebuild(held)
        yield tmp_path / "index"


@contextmanager
def _embedded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the engine keep its indexes in this folder."""
    from search.engine import UNPUBLISHED, engine
    from search.engine.whoosh.files.folders import IndexFolders

    monkeypatch.setattr(engine(), "folders", IndexFolders(folder / "index"))
    monkeypatch.setattr(engine(UNPUBLISHED), "folders", IndexFolders(folder / "index-drafts"))
    yield


@contextmanager
def _on_cluster(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the engine keep its indexes in the cluster under a name of this folder, until the block ends."""
    name = f"own-{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
    made: dict[str, dict[str, Any]] = {}
    for alias, one in settings.HAYSTACK_CONNECTIONS.items():
        made[alias] = one | {"INDEX_NAME": f"{name}-{alias}", "PATH": str(folder / alias)}
    monkeypatch.setattr(settings, "HAYSTACK_CONNECTIONS", made)
    monkeypatch.setattr(connections, "connections_info", made)
    monkeypatch.setattr(connections, "thread_local", threading.local())
    try:
        yield
    finally:
        urllib3.request("DELETE", f"{made['default']['HOSTS'][0]}/{name}-*?expand_wildcards=all")


@pytest.fixture
def captures_folder(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    """A payload store of this test's own."""
    settings.CAPTURES_DIR = tmp_path / "captures"
    return tmp_path / "captures"


@pytest.fixture
def kept_pages(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    """Pages and pictures are kept as on a served archive, in folders of this test's own."""
    from config import env

    own = {name: env.kept(tmp_path / name, 1000, "") for name in ("pages", "pictures")}
    settings.CACHES = settings.CACHES | own


@pytest.fixture(autouse=True)
def files_of_answers_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server closes every answer that it sent; the test client closes a file only where a test read it whole.

    Whatever a middleware made of a streamed answer, packed for one, its file is known to the answer alone.
    """
    given: list[HttpResponseBase] = []
    request = Client.request

    def remembered(client: Client, **environ: Any) -> HttpResponseBase:
        response = request(client, **environ)
        given.append(response)
        return response

    monkeypatch.setattr(Client, "request", remembered)
    yield
    request_finished.disconnect(close_old_connections)  # as the test client does: the test's transaction goes on
    for response in given:
        if response.streaming and not response.closed:
            response.close()
    request_finished.connect(close_old_connections)


@pytest.fixture
def ramin() -> Client:
    """A reader with an English browser."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def layla(db: None) -> Client:
    """A curator, signed in."""
    from archive.curation.roles import curators

    user = User.objects.create_user("layla", password="a long enough secret", is_staff=True)
    user.groups.add(curators())
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, what asks SQLite about itself is not there to be asked; the embedded engine on a cluster."""
    others = [
        mark for mark, there in (("sqlite_alone", is_on_sqlite()), ("embedded_alone", is_embedded())) if not there
    ]
    alone = [item for item in items if any(map(item.get_closest_marker, others))]
    config.hook.pytest_deselected(items=alone)
    items[:] = [item for item in items if item not in alone]


def is_embedded() -> bool:
    return "whoosh" in settings.HAYSTACK_CONNECTIONS["default"]["ENGINE"]


def is_on_sqlite() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


@pytest.fixture(autouse=True)
def _the_connection_of_a_test_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends a request or a job closes connections; a test's own transaction would go with it.

    A database in memory, which SQLite's is, stays open by itself.
    """
    if not is_on_sqlite():
        close = BaseDatabaseWrapper.close
        monkeypatch.setattr(BaseDatabaseWrapper, "close", lambda held: None if held.in_atomic_block else close(held))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where CI is set a skipped test is a failure: a green run must have run everything."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None] | None:
    if os.environ.get("CI") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("A skipped test is a failure here (CI is set).", red=True)
    return None
