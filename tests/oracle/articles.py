"""Articles as the index takes them in: the five texts, their paragraphs, and texts in which much is odd."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from haystack import connections
from whoosh import index as whoosh_index
from whoosh.index import Index

from search.documents.entries import IndexEntry
from search.documents.vocabulary import Vocabulary
from search.engine.whoosh.schema import whoosh_schema
from search.engine.whoosh.writing.building import add_entries
from search.engine.whoosh.writing.writer import ArticleWriter
from tests import CAPTURES
from tools.evaluation.articles import entry_of_text

TEXTS = [path.read_text("utf-8") for path in sorted(CAPTURES.iterdir())]
ODD = [
    "قال النبي ﷺ وبسم الله ﷽ محمدﷺ ـ ـــ ً",
    "می کند نامه ی کتاب های شان ابو عبد الله خلف اف X-12 Amir-Abdollahian amir-abdollahian",
    "عبد  الله عبد\nالله عبد\u00a0الله ابو\nعبد الله كتاب-ها وقف-إطلاق النار وقف إطلاق-النار",
    "وزير الخارجية الأذربيجاني جيهون بيراموف والتقى السفير في قطر نائب رئيس الوزراء العراقي",
    "",
    "Minister of Foreign Affairs of Azerbaijan, Azerbaijan's foreign minister ceasefire cease-fire",
]


def entry(body: str, number: int = 1, title: str = "") -> IndexEntry:
    """An article with what the shipped authority file recognises in its body."""
    return entry_of_text(number, f"{number:04x}", body, title)


@cache
def three_hundred() -> list[IndexEntry]:
    """The paragraphs of the five texts, some of them long, some odd, with and without dates."""
    parts = [part for text in [*TEXTS, *ODD] for part in (text, *text.split("\n\n"))]
    known = {part: entry(part) for part in set(parts)}
    made = [
        replace(known[parts[n % len(parts)]], key=n, identifier=f"{n:04x}", title=parts[n % 7][:60]) for n in range(300)
    ]
    made[11] = replace(made[11], body=" ".join(TEXTS) * 3)
    day = datetime.date(2023, 10, 7)
    return [replace(one, dated_on=day, precision="day") if one.key % 3 else one for one in made]


def empty_index(folder: Path) -> Index:
    """An empty index as the archive makes it."""
    folder.mkdir(exist_ok=True)
    schema = whoosh_schema(connections["default"].get_unified_index().all_searchfields())
    return whoosh_index.create_in(str(folder), schema)


def add(index: Index, held: list[IndexEntry], batch: int = 300, **options: Any) -> Index:
    """Index articles in one commit by the writer that the archive uses."""
    writer = ArticleWriter(index, Vocabulary(), **options)
    for start in range(0, len(held), batch):
        add_entries(writer, held[start : start + batch])
    writer.commit()
    return index
