"""The articles as one SQLite table with FTS, for Datasette."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from benchmarks.archive import Kept
from benchmarks.enlarge import neutral
from benchmarks.work import Work, set_up

# Datasette finds the search table of a table by its declaration, which names it.
SCHEMA = """
CREATE TABLE article (
  id INTEGER PRIMARY KEY, title TEXT, beginning TEXT, day TEXT, year TEXT, lang TEXT, source TEXT,
  country TEXT, official TEXT, body TEXT);
CREATE VIRTUAL TABLE article_fts USING fts5(
  words, content="article", content_rowid="id", tokenize="unicode61 remove_diacritics 0");
"""
LONGEST = 300  # letters of a text that a page shows
INDEXES = "".join(f"CREATE INDEX by_{name} ON article ({name});" for name in ("day", "year", "lang", "source"))


def make(work: Work, path: Path) -> None:
    """Write the table unless it is there."""
    if path.exists():
        return
    set_up(work.state)
    from archive.articles.models import Article

    shown = {
        name: (title, begun[:LONGEST], str(day or ""))
        for name, title, begun, day in Article.objects.values_list("identifier", "title", "body", "dated_on")
    }
    passing = path.with_suffix(".part")
    passing.unlink(missing_ok=True)
    connection = sqlite3.connect(passing)
    connection.executescript(SCHEMA)
    for number, article in enumerate(map(neutral, Kept(work.articles))):
        facets = article["facets"]
        single = ["".join(facets[facet]) for facet in ("year", "lang", "source")]
        many = [json.dumps(facets[facet]) for facet in ("country", "official", "body")]
        row = (number, *shown[article["identifier"]], *single, *many)
        connection.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        words = article["words"].replace("|", " ")
        connection.execute("INSERT INTO article_fts (rowid, words) VALUES (?, ?)", (number, words))
    connection.executescript(INDEXES)
    connection.commit()
    connection.close()
    passing.rename(path)
