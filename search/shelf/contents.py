"""What stands on a shelf: a frozen value, the same in a cookie, in an address and under an account."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

IDENTIFIER = re.compile(r"[0-9a-f]{12,64}")
MAX_ARTICLES = 500
MAX_SEARCHES = 50
NAME_LENGTH, NOTE_LENGTH, QUERY_LENGTH = 80, 300, 1000


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search as its query string (`q=خلفوف&country=az`, percent-encoded), the reader's name and note for it.

    `seen` is how many articles it found when the reader last looked.
    """

    query: str
    name: str = ""
    note: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """Identifiers of articles in the order they were kept, and searches in the order they were saved."""

    articles: tuple[str, ...] = ()
    searches: tuple[SavedSearch, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.articles or self.searches)

    @property
    def number(self) -> int:
        return len(self.articles) + len(self.searches)

    def keeping(self, identifiers: Iterable[str]) -> Contents:
        """With these articles after those that stand there already; beyond `MAX_ARTICLES` nothing is added."""
        wanted = [identifier for identifier in identifiers if IDENTIFIER.fullmatch(identifier)]
        return replace(self, articles=tuple(dict.fromkeys([*self.articles, *wanted]))[:MAX_ARTICLES])

    def without(self, identifiers: Iterable[str]) -> Contents:
        gone = set(identifiers)
        return replace(self, articles=tuple(one for one in self.articles if one not in gone))

    def saving(self, saved: SavedSearch) -> Contents:
        """With this search, in the place of the same one if it was saved before."""
        saved = replace(saved, name=saved.name[:NAME_LENGTH], note=saved.note[:NOTE_LENGTH])
        if len(saved.query) > QUERY_LENGTH:
            return self
        if any(one.query == saved.query for one in self.searches):
            return replace(self, searches=tuple(saved if one.query == saved.query else one for one in self.searches))
        return replace(self, searches=(*self.searches, saved)[:MAX_SEARCHES])

    def asked_as(self, earlier: str, query: str) -> Contents:
        """With the search of an earlier query under the one that asks the same now, once."""
        if earlier == query or all(one.query != earlier for one in self.searches):
            return self
        renamed = (replace(one, query=query) if one.query == earlier else one for one in self.searches)
        return replace(self, searches=tuple({one.query: one for one in renamed}.values()))

    def forgetting(self, query: str) -> Contents:
        return replace(self, searches=tuple(one for one in self.searches if one.query != query))

    def joined(self, other: Contents) -> Contents:
        """Both shelves in one, this one's things first."""
        held = self.keeping(other.articles)
        known = {one.query for one in held.searches}
        for saved in other.searches:
            held = held if saved.query in known else held.saving(saved)
        return held

    def to_json(self) -> dict[str, Any]:
        """For the cookie and the database: `{"a": [identifier …], "s": [[query, name, note, seen] …]}`."""
        searches = [[one.query, one.name, one.note, one.seen] for one in self.searches]
        return {"a": list(self.articles), "s": searches}


def read_contents(held: object) -> Contents:
    """The shelf in what `to_json` made; whatever is no shelf is an empty one."""
    if not isinstance(held, dict) or not held:
        return Contents()
    contents = Contents().keeping(str(one) for one in _listed(held.get("a")))
    for row in _listed(held.get("s")):
        if isinstance(row, list) and len(row) == 4 and isinstance(row[3], int):
            query, name, note = (str(part) for part in row[:3])
            contents = contents.saving(SavedSearch(query, name, note, row[3]))
    return contents


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
