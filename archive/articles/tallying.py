# ruff: noqa: S608  (the names in these statements are our own)
"""What is tallied of public articles, and the triggers that do it (`archive.authorities.tallies`).

| what | key | last |
| --- | --- | --- |
| `status` | a status: of all articles, not of the public ones alone | |
| `day` | the day of the report, `2015-07-02`; "" for the undated | |
| `source` | the primary key of the source | |
| `language` | the primary key of the source, a colon, the language | |
| `record` | the primary key of a record that no curator rejected | |
| `block` | the primary key divided by `BLOCK` | the last change of one that is public or was |
| `fixity` | what the last check of a capture found, "" where none was made; not of those erased | the last such check |

The numbers are taken anew when the triggers are laid, after every migration.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.db import connections, transaction

from archive.articles.models import AccessPoint, Article
from archive.authorities.tallies import Tally, tallied
from archive.captures.fixity import FixityCount, Outcome
from archive.captures.models import Capture, FixityEvent

BLOCK: Final = 10_000  # keys in a block; a site map of one may hold 50,000 addresses
TALLY, ARTICLE, POINT, CAPTURE, EVENT = (
    model._meta.db_table for model in (Tally, Article, AccessPoint, Capture, FixityEvent)
)
DAY, OUTLET, SOURCE, BLOCK_OF = (
    "COALESCE(CAST({row}.dated_on AS varchar), '')",
    "CAST({row}.source_id AS varchar)",
    "{row}.source_id || ':' || {row}.language",
    f"CAST({{row}}.id / {BLOCK} AS varchar)",
)
PUBLIC: Final = "{row}.status = 'published'"
KNOWN: Final = "({row}.status = 'published' OR {row}.first_published_at IS NOT NULL)"
OF_ARTICLE: Final = (  # what, key, when it is counted
    ("status", "{row}.status", "1 = 1"),
    ("day", DAY, PUBLIC),
    ("source", OUTLET, PUBLIC + " AND {row}.source_id IS NOT NULL"),
    ("language", SOURCE, PUBLIC + " AND {row}.source_id IS NOT NULL"),
    ("block", BLOCK_OF, PUBLIC),
)
# What the last check of a capture found, the event of a row left out, or counted as it is; whether it has its bytes.
OTHER: Final = f"FROM {EVENT} other WHERE other.capture_id = {{row}}.capture_id AND other.id <> {{row}}.id"
LATER: Final = "(other.at > {row}.at OR (other.at = {row}.at AND other.id > {row}.id))"
WITHOUT: Final = f"COALESCE((SELECT other.outcome {OTHER} ORDER BY other.at DESC, other.id DESC LIMIT 1), '')"
WITH: Final = f"CASE WHEN EXISTS (SELECT 1 {OTHER} AND {LATER}) THEN {WITHOUT} ELSE {{row}}.outcome END"
OF_KEPT: Final = f"EXISTS (SELECT 1 FROM {CAPTURE} held WHERE held.id = {{row}}.capture_id AND held.erased_at IS NULL)"
FOUND: Final = (
    f"COALESCE((SELECT event.outcome FROM {EVENT} event WHERE event.capture_id = {{row}}.id"
    " ORDER BY event.at DESC, event.id DESC LIMIT 1), '')"
)
COUNTED: Final = ("status", "dated_on", "source_id", "language", "updated_at")  # columns that a number rests on


def by_status() -> Mapping[str, int]:
    """How many articles there are of each status that any has; one query."""
    return tallied("status")


def by_fixity() -> FixityCount:
    """How the captures stand by the last check of each; one query."""
    rows = list(Tally.objects.filter(what="fixity").values_list("key", "number", "last"))
    numbers = {key: number for key, number, _last in rows}
    return FixityCount(
        intact=numbers.get(Outcome.INTACT, 0),
        damaged=numbers.get(Outcome.DAMAGED, 0),
        missing=numbers.get(Outcome.MISSING, 0),
        unchecked=numbers.get("", 0),
        last_at=max((last for _key, _number, last in rows if last), default=None),
    )


def lay(using: str = "default", **_kwargs: Any) -> None:
    """Lay the triggers and take all numbers anew, where the tables are there and that was not done."""
    connection = connections[using]
    statements = [*LAID[connection.vendor](), *_anew()]
    mark = {"what": "laid", "key": hashlib.sha256("\n".join(statements).encode()).hexdigest()[:40]}
    if {TALLY, ARTICLE, POINT, CAPTURE, EVENT} <= set(connection.introspection.table_names()):
        with transaction.atomic(using), connection.cursor() as cursor:
            if not Tally.objects.using(using).filter(**mark).exists():
                for statement in statements:
                    cursor.execute(statement)
                Tally.objects.using(using).create(**mark)


def take_away(plan: Sequence[object], using: str = "default", **_kwargs: Any) -> None:
    """Take the triggers away before migrations: SQLite renames no table that a trigger of another one names."""
    connection = connections[using]
    if plan and TALLY in connection.introspection.table_names():
        with transaction.atomic(using), connection.cursor() as cursor:
            Tally.objects.using(using).filter(what="laid").delete()
            for table, events in _events():
                for event, _columns, _body in events:
                    cursor.execute(TAKEN[connection.vendor].format(name=_name(table, event)))


def untrue() -> list[tuple[str, str, int, int]]:
    """What is tallied wrongly: what, key, the number that is kept, the number that there is."""
    with connections["default"].cursor() as cursor:
        found: dict[tuple[str, str], int] = {}
        for statement in _counts():
            cursor.execute(statement)
            found |= {(what, key): number for what, key, number, _last in cursor.fetchall() if number}
    held = {(what, key): number for what, key, number in Tally.objects.values_list("what", "key", "number") if number}
    every = sorted(found.keys() | held.keys())
    return [(*of, held.get(of, 0), found.get(of, 0)) for of in every if held.get(of, 0) != found.get(of, 0)]


def _anew() -> list[str]:
    """The statements that count everything, and keep it."""
    kept = [f"INSERT INTO {TALLY} (what, key, number, last) {counted}" for counted in _counts()]
    return [f"DELETE FROM {TALLY}", *kept]


def _counts() -> list[str]:
    """The statements that count everything: what, key, number, last."""
    found = []
    for what, key, where in OF_ARTICLE:
        key, where = key.format(row="held"), where.format(row="held")
        found.append(
            f"SELECT '{what}', {key}, COUNT(CASE WHEN {where} THEN 1 END), {_latest(what)}"
            f" FROM {ARTICLE} held WHERE {key} IS NOT NULL GROUP BY {key}"
        )
    found.append(
        f"SELECT 'record', CAST(point.record_id AS varchar), COUNT(*), {_latest('record')}"
        f" FROM {POINT} point JOIN {ARTICLE} held ON held.id = point.article_id"
        f" WHERE {PUBLIC.format(row='held')} AND point.state <> 'rejected' GROUP BY point.record_id"
    )
    found.append(
        f"SELECT 'fixity', state, COUNT(*), MAX(last) FROM (SELECT {FOUND.format(row='held')} AS state,"
        f" (SELECT MAX(event.at) FROM {EVENT} event WHERE event.capture_id = held.id) AS last"
        f" FROM {CAPTURE} held WHERE held.erased_at IS NULL) of_each GROUP BY state"
    )
    return found


def _latest(what: str) -> str:
    return f"MAX(CASE WHEN {KNOWN.format(row='held')} THEN held.updated_at END)" if what == "block" else "NULL"


def _name(table: str, event: str) -> str:
    return f"tally_{table}_{event.lower()}"


def _events() -> list[tuple[str, list[tuple[str, str, list[str]]]]]:
    """By table the events, the columns of an update, and the statements that follow."""
    come, gone = _article("NEW", 1), _article("OLD", -1)
    turned = "NEW.status <> OLD.status"
    updated = [*gone, *come, *_points("OLD", -1, turned), *_points("NEW", 1, turned), *_last("NEW")]
    return [
        (
            ARTICLE,
            [
                ("INSERT", "", [*come, *_last("NEW")]),
                ("DELETE", "", [*gone, *_last("OLD")]),
                ("UPDATE", ", ".join(COUNTED), updated),
            ],
        ),
        (POINT, _each("state, record_id, article_id", _point)),
        (CAPTURE, _each("erased_at", _capture)),
        (EVENT, _each("outcome, at, capture_id", _check)),
    ]


def _each(columns: str, count: Callable[[str, int], list[str]]) -> list[tuple[str, str, list[str]]]:
    """A row that comes is counted, one that goes is no more; one that changes in these columns does both."""
    come, gone = count("NEW", 1), count("OLD", -1)
    return [("INSERT", "", come), ("DELETE", "", gone), ("UPDATE", columns, [*gone, *come])]


def _article(row: str, step: int) -> list[str]:
    found = []
    for what, key, where in OF_ARTICLE:
        found += _add(what, key.format(row=row), step, where.format(row=row))
    return found


def _capture(row: str, step: int) -> list[str]:
    return _add("fixity", FOUND.format(row=row), step, f"{row}.erased_at IS NULL")


def _check(row: str, step: int) -> list[str]:
    """A check that comes or goes: the capture leaves what its last one was before, and has what it is then."""
    where, key = OF_KEPT.format(row=row), f"{row}.outcome"
    came, left = WITH.format(row=row), WITHOUT.format(row=row)
    moved = [*_add("fixity", left, -step, where), *_add("fixity", came, step, where)]
    if step < 0:
        return moved
    later = f"(last IS NULL OR last < {row}.at)"
    return [
        *moved,
        *_add("fixity", key, 0, where),
        f"UPDATE {TALLY} SET last = {row}.at WHERE what = 'fixity' AND key = {key} AND {where} AND {later}",
    ]


def _add(what: str, key: str, step: int, where: str) -> list[str]:
    """Two plain statements, not one with ON CONFLICT: an OR IGNORE of the write itself would hold for it, too."""
    there = f"EXISTS (SELECT 1 FROM {TALLY} WHERE what = '{what}' AND key = {key})"
    found = [
        f"INSERT INTO {TALLY} (what, key, number) SELECT '{what}', {key}, 0 WHERE {where} AND NOT {there}",
        f"UPDATE {TALLY} SET number = number + ({step}) WHERE what = '{what}' AND key = {key} AND {where}",
    ]
    return found if step >= 0 else found[1:]


def _points(row: str, step: int, where: str) -> list[str]:
    """The records of an article that becomes public or leaves the public."""
    mine = f"FROM {POINT} point WHERE point.article_id = {row}.id AND point.state <> 'rejected'"
    is_now = f"{where} AND {PUBLIC.format(row=row)}"
    there = f"EXISTS (SELECT 1 FROM {TALLY} held WHERE held.what = 'record' AND held.key = CAST(record_id AS varchar))"
    found = [
        f"INSERT INTO {TALLY} (what, key, number) SELECT 'record', CAST(point.record_id AS varchar), 0"
        f" {mine} AND {is_now} AND NOT {there}",
        f"UPDATE {TALLY} SET number = number + ({step}) WHERE what = 'record' AND {is_now}"
        f" AND key IN (SELECT CAST(point.record_id AS varchar) {mine})",
    ]
    return found if step > 0 else found[1:]


def _point(row: str, step: int) -> list[str]:
    held = f"EXISTS (SELECT 1 FROM {ARTICLE} held WHERE held.id = {row}.article_id AND {PUBLIC.format(row='held')})"
    return _add("record", f"CAST({row}.record_id AS varchar)", step, f"{row}.state <> 'rejected' AND {held}")


def _last(row: str) -> list[str]:
    key, where = BLOCK_OF.format(row=row), KNOWN.format(row=row)
    later = f"(last IS NULL OR last < {row}.updated_at)"
    return [f"UPDATE {TALLY} SET last = {row}.updated_at WHERE what = 'block' AND key = {key} AND {where} AND {later}"]


def _of_sqlite() -> list[str]:
    found = []
    for table, events in _events():
        for event, columns, body in events:
            name = _name(table, event)
            when = f"{event} OF {columns}" if columns else event
            found.append(f"DROP TRIGGER IF EXISTS {name}")
            found.append(f"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN {'; '.join(body)}; END")
    return found


def _of_postgresql() -> list[str]:
    # One transaction after the other: two that publish many would otherwise wait for each other's numbers in a circle.
    first = f"PERFORM pg_advisory_xact_lock({LOCK})"
    # The number of a check rests on the other checks of its capture, and those of the same statement come one by one
    # only before each row is written.
    found = []
    for table, events in _events():
        for event, columns, body in events:
            name = _name(table, event)
            when = f"{event} OF {columns}" if columns else event
            before = table == EVENT
            given = ("OLD" if event == "DELETE" else "NEW") if before else "NULL"
            found += [
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {first};"
                f" {'; '.join(body)}; RETURN {given}; END $$ LANGUAGE plpgsql",
                f"DROP TRIGGER IF EXISTS {name} ON {table}",
                f"CREATE TRIGGER {name} {'BEFORE' if before else 'AFTER'} {when} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {name}()",
            ]
    return found


LOCK: Final = 7_261_014  # any number that no other lock of this database has
TAKEN: Final = {
    "sqlite": "DROP TRIGGER IF EXISTS {name}",
    "postgresql": "DROP FUNCTION IF EXISTS {name}() CASCADE",
}
LAID: Final = {"sqlite": _of_sqlite, "postgresql": _of_postgresql}
