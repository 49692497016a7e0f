"""What the analyzer made of each spelling, kept for the next process that meets it; may be deleted at any time.

Analysis of spellings not met before is most of a rebuild of a small archive, and a good part of an intake. Its results
do not depend on the article, so they are kept by spelling: a table of SQLite, which every process that takes in, reads
or indexes many texts asks and adds to, batch by batch (`search.analysis.recalling`, `search.documents.vocabulary`).
The name of the file tells the analyzer that made it. Each row has a checksum, for a bit that flips here would be a
wrong term in the index; whatever cannot be read is analysed again.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import marshal
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from search.analysis.analyzer import KnownSpelling
from search.analysis.fingerprint import fingerprint
from search.analysis.name_terms import token_keys
from search.analysis.token import Token

logger = logging.getLogger("search.writer")
MOST: Final = 2_000_000  # spellings that are kept, about 150 bytes each
# Of a form: may be one term with the next word, with the one before; has no position or several.
BEGINS, ENDS, ODD = 1, 2, 4
SOON: Final = 0.05  # seconds that a page waits for who writes: to work the words out takes no longer
_FORMAT: Final = 1
_AT_ONCE: Final = 500
_TABLE: Final = "CREATE TABLE IF NOT EXISTS spelling (word TEXT PRIMARY KEY, made BLOB NOT NULL)"


class AnalysedSpelling(NamedTuple):
    """What is known of a spelling: its token's kind, norm, parts, stems and loose stem, flags, and terms as a name."""

    token: tuple[str, str, tuple[str, ...], tuple[str, ...], str | None]
    flags: int
    names: tuple[str, ...]

    @property
    def form(self) -> KnownSpelling | None:
        """The same as the analyzer knows it; None of a sign that stands for several words, or for none."""
        if self.flags & ODD:
            return None
        return KnownSpelling(*self.token, bool(self.flags & BEGINS), bool(self.flags & ENDS), ())  # type: ignore[arg-type]


def analysed(word: str, form: KnownSpelling) -> AnalysedSpelling:
    """What is kept of a word of the tokenizer, from what the analyzer knows of it."""
    odd = not form.norm or bool(form.more)
    names = sorted(token_keys(Token(0, len(word), 0, *form[:5]), word)) if form.norm else ()
    return AnalysedSpelling(form[:5], BEGINS * form.begins | ENDS * form.ends | ODD * odd, tuple(dict.fromkeys(names)))


class Spellings:
    """The file in a folder, for one thread; where it cannot be used, nothing is found and nothing kept.

    `is_read`: it is only read, and not waited for.
    """

    def __init__(self, folder: Path, *, is_read: bool = False) -> None:
        made_by = f"{_FORMAT} {fingerprint()} {unicodedata.unidata_version}"
        self.path = folder / f"spellings-{hashlib.sha256(made_by.encode()).hexdigest()[:16]}.sqlite3"
        self._table: sqlite3.Connection | None = None
        self._is_usable = not is_read or self.path.exists()
        self._is_read = is_read

    def remove_others(self) -> None:
        """Remove what other analyzers left."""
        for path in self.path.parent.glob("spellings-*"):
            if not path.name.startswith(self.path.name):
                path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove all that is kept."""
        for path in self.path.parent.glob("spellings-*"):
            path.unlink(missing_ok=True)

    def find(self, words: Sequence[str], lang: str | None) -> dict[str, AnalysedSpelling]:
        """What is known of some spellings."""
        found: dict[str, AnalysedSpelling] = {}
        with self._held() as table:
            for start in range(0, len(words) if table else 0, _AT_ONCE):
                keys = [_key(word, lang) for word in words[start : start + _AT_ONCE]]
                marks = ",".join("?" * len(keys))
                rows = table.execute(f"SELECT word, made FROM spelling WHERE word IN ({marks})", keys)  # noqa: S608
                found |= {key.partition(":")[2]: made for key, row in rows if (made := _read(key, row))}
        return found

    def keep(self, made: Iterable[tuple[str, str | None, AnalysedSpelling]]) -> None:
        """Add spellings, as long as there are not too many."""
        with self._held() as table:
            if table and (table.execute("SELECT max(rowid) FROM spelling").fetchone()[0] or 0) < MOST:
                rows = [((key := _key(word, lang)), _written(key, one)) for word, lang, one in made]
                with table:
                    table.executemany("INSERT OR IGNORE INTO spelling VALUES (?, ?)", rows)

    def close(self) -> None:
        if self._table is not None:
            self._table.close()
            self._table = None

    @contextlib.contextmanager
    def _held(self) -> Iterator[Any]:
        """The open table, None where there is none to use; an error in using it ends its use."""
        try:
            if self._table is None and self._is_usable:
                self._open()
        except sqlite3.Error as error:
            self._give_up(error)
        try:
            yield self._table
        except sqlite3.Error as error:
            self._give_up(error)

    def _open(self) -> None:
        if self._is_read:
            self._table = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", timeout=SOON, uri=True)
            return
        self._table = sqlite3.connect(self.path, timeout=60)
        self._table.execute("PRAGMA synchronous = OFF")  # the file may be lost
        self._table.execute(_TABLE)

    def _give_up(self, error: sqlite3.Error) -> None:
        logger.log(logging.DEBUG if self._is_read else logging.WARNING, "kept spellings are not used: %s", error)
        self._is_usable = False
        with contextlib.suppress(sqlite3.Error):
            self.close()
        if not isinstance(error, sqlite3.OperationalError):  # no room, no permission and a lock pass; damage does not
            self.path.unlink(missing_ok=True)


def _key(word: str, lang: str | None) -> str:
    return f"{lang or ''}:{word}"


def _written(key: str, made: AnalysedSpelling) -> bytes:
    body = marshal.dumps(tuple(made), 4)
    return zlib.crc32(key.encode("utf-8", "surrogatepass") + body).to_bytes(4, "big") + body


def _read(key: str, row: bytes) -> AnalysedSpelling | None:
    if zlib.crc32(key.encode("utf-8", "surrogatepass") + row[4:]).to_bytes(4, "big") != row[:4]:
        return None
    return AnalysedSpelling(*marshal.loads(row[4:]))  # noqa: S302  (our own, of this analyzer, with its checksum)
