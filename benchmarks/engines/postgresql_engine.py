"""PostgreSQL full text: a tsvector with a GIN index, one statement a question, facets counted over a materialized CTE.

The server is a cluster of its own in the folder of the index, made and stopped with it; Debian's package is enough.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.engines import Found, links
from benchmarks.queries import Query
from benchmarks.work import FACETS, TOP, Work

SINGLE = ("year", "lang", "source")
MOST_PLACE = 16_383
SETTINGS = {
    "listen_addresses": "", "fsync": "off", "full_page_writes": "off", "shared_buffers": "256MB", "work_mem": "64MB",
    "maintenance_work_mem": "256MB", "jit": "off", "max_wal_size": "4GB", "default_toast_compression": "lz4",
    "max_parallel_maintenance_workers": "0",
}  # fmt: skip
COLUMNS = "identifier, day, year, lang, source, country, official, body"
FACET_PARTS = "\n".join(
    f"UNION ALL (SELECT '{facet}', {facet}, count(*)::float8 FROM hits WHERE {facet} IS NOT NULL"
    f" GROUP BY {facet} ORDER BY 3 DESC LIMIT {TOP})"
    if facet in SINGLE
    else f"UNION ALL (SELECT '{facet}', v, count(*)::float8 FROM hits, unnest({facet}) v"
    f" GROUP BY v ORDER BY 3 DESC LIMIT {TOP})"
    for facet in FACETS
)


class PostgreSQL:
    def version(self) -> str:
        told = subprocess.run([_binaries() / "postgres", "--version"], capture_output=True, text=True, check=True)
        return told.stdout.strip().split(" (Debian")[0].replace("postgres (PostgreSQL)", "PostgreSQL")

    # The server

    def _start(self, folder: Path) -> None:
        self.folder = folder.resolve()
        if not (self.folder / "data").exists():
            if os.geteuid() == 0:
                shutil.chown(self.folder, "postgres")
                self.folder.parent.chmod(0o755)  # another engine may have made it for itself alone
            self._run("initdb", "-A", "trust", "-E", "UTF8", "--locale=C")
        with self._alone():
            if not self._try("status"):
                options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
                options += f" -c unix_socket_directories={self.folder}"
                self._run("pg_ctl", "-w", "-l", str(self.folder / "data" / "log"), "-o", options, "start")
            self.connection = psycopg.connect(host=str(self.folder), user=_user(), dbname="postgres", autocommit=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two processes that ask at once share a server: the first starts it, the last one stops it."""
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(self._command(program, *arguments), check=True, stdout=subprocess.DEVNULL, cwd="/")

    def _try(self, *arguments: str) -> bool:
        command = self._command("pg_ctl", *arguments)
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/").returncode == 0

    def _command(self, program: str, *arguments: str) -> list[str]:
        words = [str(_binaries() / program), "-D", str(self.folder / "data"), *arguments]
        return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words

    def server_memory(self) -> float:
        """MB that the server's processes hold now, shared pages once; after it ended, what it was at its end."""
        if not self._is_up():
            return self.memory_at_end
        pid = (self.folder / "data" / "postmaster.pid").read_text().split()[0]
        children = subprocess.run(["pgrep", "-P", pid], capture_output=True, text=True).stdout.split()
        return sum(map(_proportional, [pid, *children]))

    def _busy(self) -> float:
        """Seconds of processor that the process behind the connection took."""
        fields = Path(f"/proc/{self.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _is_up(self) -> bool:
        return (self.folder / "data" / "postmaster.pid").exists()

    # The index

    def build(self, articles: Iterable[dict[str, Any]], folder: Path) -> None:
        self._start(folder)
        run = self.connection.execute
        run(
            "CREATE UNLOGGED TABLE article (id int, identifier text, day int, year smallint, lang smallint,"
            " source smallint, country smallint[], official smallint[], body smallint[], words tsvector)"
        )
        run("CREATE TABLE value (number smallint, facet text, name text)")
        values: dict[tuple[str, str], int] = {}
        with self.connection.cursor() as cursor, cursor.copy("COPY article FROM STDIN") as copy:
            for number, article in enumerate(articles):
                copy.write_row(_row(number, article, values))
        with self.connection.cursor() as cursor, cursor.copy("COPY value FROM STDIN") as copy:
            for (facet, name), number in values.items():
                copy.write_row((number, facet, name))
        run("ALTER TABLE article ADD PRIMARY KEY (id)")
        run("CREATE INDEX ON article USING gin (words) WITH (fastupdate = off)")
        run("CREATE INDEX ON article (day DESC, id DESC)")
        run("VACUUM ANALYZE article")
        run("CHECKPOINT")
        self.server_processor = self._busy()
        (size,) = run("SELECT pg_total_relation_size('article')").fetchone()
        self.megabytes = size / 2**20
        self.close()

    def open(self, folder: Path) -> None:
        self._start(folder)
        self.connection.prepare_threshold = 0
        rows = self.connection.execute("SELECT facet, name, number FROM value").fetchall()
        self.numbers = {(facet, name): number for facet, name, number in rows}
        self.names = {number: name for _facet, name, number in rows}

    def ask(self, query: Query) -> Found:
        where, given = self._conditions(query)
        asked = _tsquery(query)
        if asked:
            rank, tables, found = "ts_rank(words, q)", "article, CAST(%s AS tsquery) q", "words @@ q"
            given = [asked, *given]
        else:
            rank, tables, found = "0", "article", "true"
        order = "day DESC, identifier" if query.is_browsing else "rank DESC, day DESC"
        rows = self.connection.execute(
            f"WITH hits AS MATERIALIZED (SELECT {COLUMNS}, {rank} AS rank FROM {tables} WHERE {found} {where}),"
            f" best AS (SELECT identifier, row_number() OVER (ORDER BY {order}) n FROM hits"
            f" ORDER BY {order} LIMIT {TOP})"
            f" SELECT identifier, NULL::smallint, n::float8 FROM best"
            f" UNION ALL SELECT 'total', NULL, count(*)::float8 FROM hits {FACET_PARTS}",
            given,
        ).fetchall()
        best = [name for name, value, _n in rows if value is None and name != "total"]
        total = next(int(n) for name, value, n in rows if value is None and name == "total")
        counts = {f: {self.names[v]: int(n) for name, v, n in rows if v is not None and name == f} for f in FACETS}
        return Found(total, best, counts)

    def _conditions(self, query: Query) -> tuple[str, list[Any]]:
        where, given = "", []
        for facet, names in query.facets.items():
            numbers = [self.numbers.get((facet, name), -1) for name in names]
            where += f" AND {facet} = ANY(%s)" if facet in SINGLE else f" AND {facet} && %s::smallint[]"
            given.append(numbers)
        if query.ordinals:
            where += " AND day BETWEEN %s AND %s"
            given += query.ordinals
        return where, given

    def close(self) -> None:
        self.memory_at_end = self.server_memory()
        with self._alone():
            asking = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            (others,) = self.connection.execute(asking).fetchone() or (1,)
            self.connection.close()
            if others == 1:
                self._try("-w", "-m", "fast", "stop")


def _row(number: int, article: dict[str, Any], values: dict[tuple[str, str], int]) -> tuple[Any, ...]:
    held = {
        facet: [values.setdefault((facet, name), len(values)) for name in article["facets"][facet]] for facet in FACETS
    }
    places: dict[str, list[int]] = {}
    for position, place in enumerate(article["words"].split(" "), 1):
        for word in filter(None, place.split("|")):
            places.setdefault(word, []).append(min(position, MOST_PLACE))
    words = " ".join(f"{word}:{','.join(map(str, at[:255]))}" for word, at in places.items())
    links = " ".join(f"'{facet}={name}'" for facet in FACETS for name in article["facets"][facet])
    single = [held[facet][0] if held[facet] else None for facet in SINGLE]
    many = [held[facet] for facet in ("country", "official", "body")]
    return (number, article["identifier"], article["day"], *single, *many, f"{words} {links}")


def _tsquery(query: Query) -> str:
    parts = list(query.all)
    parts += [f"({' | '.join(query.any)})"] if query.any else []
    phrase = " <-> ".join(query.phrase)
    facet, value = links(query)
    parts += [f"('{facet}={value}' | ({phrase}))" if query.record else f"({phrase})"] if phrase else []
    parts += [f"{query.prefix}:*"] if query.prefix else []
    return " & ".join(parts)


def _binaries() -> Path:
    return sorted(path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1]


def _user() -> str:
    import pwd

    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _proportional(pid: str) -> float:
    """MB of a process, each shared page divided among those that share it."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(told.split("Pss:")[1].split()[0]) / 1024


def make(_work: Work) -> PostgreSQL:
    return PostgreSQL()
