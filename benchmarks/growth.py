"""What pages, lists and publications ask of the database in an archive, and in one many times as large.

`python -m benchmarks.growth STATE` copies a state folder, measures, lays copies of every article beside it, each
`SHIFT` days earlier than the one before, and measures again. It counts instead of timing, so that a busy machine gives
the figures of a quiet one: statements, and steps of SQLite's machine, of which every row that is read takes some.
Before each page something is published, so that nothing counts as free that an earlier page left. The index is not
enlarged: the search has figures of its own. Ends with 1 when anything takes more than `MOST` times as many steps.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.db.backends.signals import connection_created
from django.db.models import Count, F
from django.test import RequestFactory
from django.utils import timezone

from tools.pages.state import copy, enter

MOST: Final = 1.3
LITTLE: Final = 2_000  # steps: what takes no more than this has not grown
SHIFT: Final = 400  # days from one copy to the next
COPIED: Final = (
    "captures_capture",
    "captures_fixityevent",
    "articles_article",
    "articles_accesspoint",
    "articles_mention",
    "stories_fingerprint",
    "stories_band",
    "stories_link",
)
KEYS: Final = {"id", "capture_id", "article_id", "access_point_id", "fingerprint_id", "one_id", "other_id", "story"}
DAYS: Final = {"dated_on", "day"}


@dataclass(slots=True)
class Work:
    """What something asked of the database."""

    statements: list[str] = field(default_factory=list)
    steps: int = 0
    seconds: float = 0.0  # of the processor
    of: int = 1  # deeds


@contextmanager
def counted() -> Iterator[Work]:
    """Count what is asked of SQLite meanwhile, on the connection of this thread."""
    from django.db import connection

    work = Work()

    def step() -> int:
        work.steps += 1
        return 0

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        work.statements.append(sql)
        return execute(sql, params, many, context)

    def follow(**_kwargs: object) -> None:
        connection.connection.set_progress_handler(step, 1)

    connection.ensure_connection()
    follow()
    connection_created.connect(follow)  # a page may open another one
    started = time.process_time()
    try:
        with connection.execute_wrapper(note):
            yield work
    finally:
        work.seconds = time.process_time() - started
        connection_created.disconnect(follow)
        connection.ensure_connection()
        connection.connection.set_progress_handler(None, 1)


def enlarge(times: int, shift: int = SHIFT) -> None:
    """Make the archive so many times as large, by copies of its articles with all that hangs on them.

    Each copy is `shift` days earlier than the one before, so that days keep their number of articles; no text changes.
    """
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        offset = 1 + max(_highest(cursor, table) for table in COPIED)
        for table in COPIED:
            cursor.execute(f"PRAGMA table_info({table})")
            names = [row[1] for row in cursor.fetchall()]
            for copy in range(1, times):
                values = ", ".join(_copied(name, copy * offset, copy * shift) for name in names)
                columns = ", ".join(f'"{name}"' for name in names)
                bound = f" WHERE {'article_id' if table.endswith('fingerprint') else 'id'} < {offset}"
                cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}{bound}")


def _highest(cursor: Any, table: str) -> int:
    key = "article_id" if table.endswith("fingerprint") else "id"
    cursor.execute(f"SELECT COALESCE(MAX({key}), 0) FROM {table}")
    return int(cursor.fetchone()[0])


def _copied(name: str, offset: int, days: int) -> str:
    if name in KEYS:
        return f'"{name}" + {offset}'
    if name in DAYS:
        return f"date(\"{name}\", '-{days} days')"
    digits = {"identifier": 16, "payload_digest": 64}.get(name)
    return f"printf('%0{digits}x', id + {offset})" if digits else f'"{name}"'


Deed = Callable[[], object]


def deeds(count: int) -> dict[str, list[Deed]]:
    """What is measured: pages as a reader of Arabic asks for them, and what curators do, each some times."""
    from archive.articles.models import Article
    from archive.authorities.models import AuthorityRecord
    from archive.curation.actions import publish, withdraw
    from archive.stories.building import settle

    public = Article.objects.published().exclude(access_points=None).order_by("identifier")
    articles = list(public[:count])
    told = list(public.filter(fingerprint__story__isnull=False)[:count])
    most = AuthorityRecord.objects.present().annotate(n=Count("access_points")).order_by("-n", "pk")
    pairs = list(combinations(sorted(most.filter(kind="country")[:4].values_list("slug", flat=True)), 2))
    query = [urlencode({"q": " ".join(one.title.split()[:2])}) for one in articles]
    lists = ("countries", "officials", "bodies")
    addresses = {
        "article": [one.get_absolute_url() for one in articles],
        "article, with hits": [f"{one.get_absolute_url()}?{q}" for one, q in zip(articles, query, strict=True)],
        "story side by side": [f"{one.get_absolute_url()}witnesses/" for one in told],
        "results": [f"/search/?{q}" for q in query],
        "feed": [f"/feeds/rss/?{q}" for q in query],
        "home": ["/"],
        "list of records": [f"/{name}/" for name in lists],
        "list of sources": ["/sources/"],
        "record": [one.get_absolute_url() for one in most[:count]],
        "two countries": [f"/countries/{one}/{other}/" for one, other in pairs],
        "dates": ["/dates/", "/dates/gregorian/2015/", "/dates/gregorian/2015/7/"],
        "site map": ["/sitemap.xml"],
        "site map, a block": ["/sitemap-articles-0.xml"],
        "harvesters": ["/oai?verb=Identify", "/oai?verb=ListSets"],
    }
    asked = {name: [partial(_asked, address) for address in held] for name, held in addresses.items()}
    few = articles[: max(1, count // 4)]
    return {
        **asked,
        "status page": [_status_asked],
        "withdrawal": [partial(withdraw, one) for one in few],
        "publication": [partial(publish, one) for one in few],
        "story settled": [partial(settle, [one.pk]) for one in told],
    }


def _asked(address: str) -> None:
    path, _mark, query = address.partition("?")
    request = RequestFactory().get(path, QUERY_STRING=query, HTTP_ACCEPT_LANGUAGE="ar", SERVER_NAME="localhost")
    response = _handler().get_response(request)
    if response.status_code != 200:
        raise ValueError(f"{address}: {response.status_code}")


def _status_asked() -> None:
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    keeper, _new = User.objects.get_or_create(username="growth", defaults={"is_staff": True, "is_superuser": True})
    client = Client(SERVER_NAME="localhost")
    client.force_login(keeper)
    address = f"/{settings.ADMIN_PATH}status/"
    status = client.get(address).status_code
    if status != 200:
        raise ValueError(f"{address}: {status}")


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def _published() -> None:
    """What every publication leaves: pages and values that were made before are made anew."""
    from archive.stories.models import Fingerprint
    from search.models import IndexChange

    IndexChange.record(list(Fingerprint.objects.order_by("pk").values_list("article__identifier", flat=True)[:1]))
    Fingerprint.objects.filter(pk__in=[Fingerprint.objects.order_by("pk").values_list("pk", flat=True)[0]]).update(
        version=F("version"), changed_at=timezone.now()
    )


def measured(count: int) -> dict[str, Work]:
    """The work of each deed on average, in the archive as it is."""
    found: dict[str, Work] = {}
    for name, several in deeds(count).items():
        whole = Work()
        for deed in several:
            _published()
            with counted() as one:
                deed()
            whole.statements += one.statements
            whole.steps += one.steps
            whole.seconds += one.seconds
        whole.of = len(several)
        found[name] = whole
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("state", type=Path, help="DIWAN_VAR of an archive; it is copied")
    parser.add_argument("--times", type=int, default=14, help="how many times as large the larger archive is")
    parser.add_argument("--count", type=int, default=8, help="pages of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="growth-") as place:
        copy(options.state.resolve(), Path(place) / "state")
        enter(Path(place) / "state")
        from archive.articles.models import Article

        measured(1)  # what a process reads once
        sizes, works = [Article.objects.published().count()], [measured(options.count)]
        enlarge(options.times)
        sizes.append(Article.objects.published().count())
        measured(1)
        works.append(measured(options.count))
    return told(sizes, *works)


def told(sizes: list[int], small: dict[str, Work], large: dict[str, Work]) -> int:
    """Print the table; 1 when something grew that may not."""
    print(f"{'':<20} {'statements':>17} {'steps of the database':>25} {'times':>6} {'ms':>15}")
    print(f"{'articles':<20} " + " ".join(f"{n:>{w},}" for n, w in zip(sizes * 3, (8, 8, 12, 12, 15, 7), strict=True)))
    grown = []
    for name, one in small.items():
        other = large[name]
        times = other.steps / other.of / max(one.steps / one.of, 1)
        has_grown = times > MOST and other.steps / other.of > LITTLE
        grown += [name] if has_grown else []
        print(
            f"{name:<20} {len(one.statements) / one.of:>8.1f} {len(other.statements) / other.of:>8.1f} "
            f"{one.steps / one.of:>12,.0f} {other.steps / other.of:>12,.0f} {times:>6.2f} "
            f"{1000 * one.seconds / one.of:>8.1f} {1000 * other.seconds / other.of:>7.1f}"
            f"{'  grows' if has_grown else ''}"
        )
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
