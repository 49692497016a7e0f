"""Lists of records by the reader's alphabet, and the sources with the days of their reports."""

from __future__ import annotations

from datetime import date

import pytest

from archive.articles.models import Article
from archive.authorities import listing
from archive.authorities.models import Kind
from search.browse.lists import PLURALS, in_order, list_url, sources


def test_persian_letters_stand_in_their_place_of_the_persian_alphabet() -> None:
    entries = [{"label": name} for name in ("تهران", "پاریس", "باکو", "بغداد")]
    assert [(group.letter, [e["label"] for e in group.entries]) for group in in_order(entries, "fa")] == [
        ("ب", ["باکو", "بغداد"]),
        ("پ", ["پاریس"]),
        ("ت", ["تهران"]),
    ]


@pytest.mark.parametrize("kind", PLURALS)
def test_every_kind_of_record_has_a_list(kind: Kind) -> None:
    assert list_url(kind) in {"/countries/", "/officials/", "/bodies/", "/sources/"}
    assert len({list_url(one) for one in PLURALS}) == len(PLURALS)


def test_a_source_has_the_language_and_the_days_of_its_reports(five: dict[str, Article]) -> None:
    held = {one.entry["slug"]: one for one in sources(listing.met(Kind.SOURCE, "en"))}
    report = five["003"]
    defa = held[report.source.slug]
    assert (defa.first, defa.last) == (date(2023, 10, 4), date(2023, 10, 4))
    assert len(defa.languages) == 1
    undated = [one for one in held.values() if one.first is None]
    assert all(one.languages for one in undated)
