"""SQLite FTS5: found rows in a temporary table, facets by GROUP BY over it, ranking by bm25()."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.engines import Found, links
from benchmarks.queries import Query
from benchmarks.work import FACETS, TOP, Work

# The found rows first, whatever SQLite expects of them.
FOUND = "hits CROSS JOIN article ON article.id = hits.id"
EXPECTED = 200  # found rows
SINGLE = ("year", "lang", "source")
SCHEMA = """
CREATE VIRTUAL TABLE fts USING fts5(words, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE article (id INTEGER PRIMARY KEY, identifier TEXT, day INTEGER, year INTEGER, lang INTEGER, source INTEGER);
CREATE TABLE link (id INTEGER, facet INTEGER, value INTEGER, PRIMARY KEY (id, facet, value)) WITHOUT ROWID;
CREATE TABLE value (number INTEGER PRIMARY KEY, facet TEXT, name TEXT, UNIQUE (facet, name));
"""
INDEXES = """
CREATE INDEX linked ON link (facet, value, id);
CREATE INDEX days ON article (day, id);
CREATE INDEX singles ON article (year, lang, source);
"""


class Fts5:
    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def build(self, articles: Iterable[dict[str, Any]], folder: Path) -> None:
        self._connect(folder)
        run = self.connection.execute
        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")
        self.connection.executescript(SCHEMA)
        values: dict[tuple[str, str], int] = {}
        for number, article in enumerate(articles):
            facets = article["facets"]
            held = {
                facet: [values.setdefault((facet, name), len(values)) for name in facets[facet]] for facet in FACETS
            }
            run("INSERT INTO fts (rowid, words) VALUES (?, ?)", (number, article["words"].replace("|", " ")))
            singles = [held[facet][0] if held[facet] else None for facet in SINGLE]
            run(
                "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)",
                (number, article["identifier"], article["day"], *singles),
            )
            links = ((number, FACETS.index(f), value) for f in FACETS if f not in SINGLE for value in held[f])
            self.connection.executemany("INSERT INTO link VALUES (?, ?, ?)", links)
        rows = ((number, facet, name) for (facet, name), number in values.items())
        self.connection.executemany("INSERT INTO value VALUES (?, ?, ?)", rows)
        self.connection.executescript(INDEXES)
        run("INSERT INTO fts (fts) VALUES ('optimize')")
        run("ANALYZE")
        self.connection.commit()
        self.connection.close()

    def _connect(self, folder: Path) -> None:
        self.connection = sqlite3.connect(folder / "articles.sqlite3")
        for setting in ("cache_size = -131072", "mmap_size = 2147483648", "temp_store = MEMORY"):
            self.connection.execute(f"PRAGMA {setting}")

    def open(self, folder: Path) -> None:
        self._connect(folder)
        rows = self.connection.execute("SELECT facet, name, number FROM value").fetchall()
        self.numbers = {(facet, name): number for facet, name, number in rows}
        self.names = {number: name for _facet, name, number in rows}
        self.connection.execute("CREATE TEMP TABLE hits (id INTEGER PRIMARY KEY, rank REAL)")
        # Without statistics SQLite expects a million found rows, and reads whole tables to be ready for them.
        self.connection.executemany("INSERT INTO hits VALUES (?, 0)", ((number,) for number in range(EXPECTED)))
        self.connection.execute("ANALYZE temp.hits")

    def ask(self, query: Query) -> Found:
        table = "article" if query.is_browsing and not query.facets and not query.days else "hits"
        if table == "hits":
            self.connection.execute("DELETE FROM temp.hits")
            self._find(query)
        order = "day DESC, article.id DESC" if query.is_browsing else "rank, day DESC"
        joined = "article" if table == "article" else FOUND
        (total,) = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        best = self.connection.execute(f"SELECT identifier FROM {joined} ORDER BY {order} LIMIT {TOP}")
        return Found(total, [row[0] for row in best], {facet: self._counts(facet, table) for facet in FACETS})

    def _find(self, query: Query) -> None:
        """Put the found rows into the temporary table."""
        where, given = self._conditions(query)
        asked = self._match(query)
        if asked:
            self.connection.execute(
                "INSERT INTO hits SELECT fts.rowid, bm25(fts) FROM fts CROSS JOIN article ON article.id = fts.rowid"
                f" WHERE fts MATCH ? {where}"
                if where
                else "INSERT INTO hits SELECT rowid, bm25(fts) FROM fts WHERE fts MATCH ?",
                (asked, *given),
            )
        elif query.is_browsing:
            self.connection.execute(f"INSERT INTO hits SELECT id, 0 FROM article WHERE 1 {where}", given)
        if query.record:
            facet, value = links(query)
            self.connection.execute(
                "INSERT OR IGNORE INTO hits SELECT article.id, 0 FROM link JOIN article USING (id)"
                f" WHERE facet = ? AND value = ? {where}",
                (FACETS.index(facet), self.numbers.get((facet, value), -1), *given),
            )

    def _match(self, query: Query) -> str:
        parts = [f'"{word}"' for word in query.all]
        parts += [f"({' OR '.join(f'{chr(34)}{word}{chr(34)}' for word in query.any)})"] if query.any else []
        parts += [f'"{" ".join(query.phrase)}"'] if query.phrase else []
        parts += [f'"{query.prefix}"*'] if query.prefix else []
        return " AND ".join(parts)

    def _conditions(self, query: Query) -> tuple[str, list[int]]:
        where, given = "", []
        for facet, names in query.facets.items():
            numbers = [self.numbers.get((facet, name), -1) for name in names]
            marks = ", ".join("?" * len(numbers))
            if facet in SINGLE:
                where += f" AND article.{facet} IN ({marks})"
                given += numbers
            else:
                having = f"SELECT 1 FROM link l WHERE l.id = article.id AND l.facet = ? AND l.value IN ({marks})"
                where += f" AND EXISTS ({having})"
                given += [FACETS.index(facet), *numbers]
        if query.ordinals:
            where += " AND article.day BETWEEN ? AND ?"
            given += query.ordinals
        return where, given

    def _counts(self, facet: str, table: str) -> dict[str, int]:
        if facet in SINGLE:
            source = "article" if table == "article" else FOUND
            rows = self.connection.execute(
                f"SELECT {facet}, count(*) n FROM {source} WHERE {facet} NOT NULL"
                f" GROUP BY 1 ORDER BY n DESC LIMIT {TOP}"
            )
        elif table == "article":
            rows = self.connection.execute(
                f"SELECT value, count(*) n FROM link WHERE facet = ? GROUP BY value ORDER BY n DESC LIMIT {TOP}",
                (FACETS.index(facet),),
            )
        else:
            rows = self.connection.execute(
                "SELECT value, count(*) n FROM hits CROSS JOIN link ON link.id = hits.id AND facet = ?"
                f" GROUP BY value ORDER BY n DESC LIMIT {TOP}",
                (FACETS.index(facet),),
            )
        return {self.names[number]: count for number, count in rows}

    def close(self) -> None:
        self.connection.close()


def make(_work: Work) -> Fts5:
    return Fts5()
