"""Articles inverted in a batch have the documents that `search.documents.fields` describes, position by position."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tests
from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.recognition.recognition import find_mentions
from search.analysis import guess_language
from search.documents import vocabulary
from search.documents.entries import Entry
from search.documents.fields import document_of
from search.documents.inverting import Inverted, invert
from search.documents.streams import LAYERS, STACK
from search.documents.vocabulary import Vocabulary

TEXTS = [path.read_text("utf-8") for path in sorted((tests.CAPTURES).iterdir())]
ODD = [
    "قال النبي ﷺ وبسم الله ﷽ محمدﷺ ـ ـــ ً",
    "می کند نامه ی کتاب های شان ابو عبد الله خلف اف X-12 Amir-Abdollahian amir-abdollahian",
    "عبد  الله عبد\nالله عبد\u00a0الله ابو\nعبد الله كتاب-ها وقف-إطلاق النار وقف إطلاق-النار",
    "وزير الخارجية الأذربيجاني جيهون بيراموف والتقى السفير في قطر نائب رئيس الوزراء العراقي",
    "",
    "Minister of Foreign Affairs of Azerbaijan, Azerbaijan's foreign minister ceasefire cease-fire",
]
WORDS = sorted({word for text in [*TEXTS, *ODD] for word in text.split(" ")})


def entry(body: str, number: int = 1, title: str = "") -> Entry:
    lang = guess_language(body)
    found = find_mentions(body, lang, Gazetteer.shipped())
    posts = Gazetteer.shipped().posts
    return Entry(
        number, f"{number:04x}", lang or "und", "mofa", "", title, body, None, "", "undated",
        tuple(sorted({(one.kind, one.record) for one in found})),
        tuple(sorted(("body", one.start, one.end, one.kind, one.record) for one in found)),
        {
            one.record: tuple((post.role, post.country or post.body) for post in posts.get(one.record, ()))
            for one in found
            if one.kind == "official"
        },
    )  # fmt: skip


def written_out(inverted: Inverted, words: Vocabulary, number: int) -> dict[str, dict[int, set[str]]]:
    """The streams of one document by position."""
    held: dict[str, dict[int, set[str]]] = {}
    for field, (terms, documents, positions) in inverted.streams.items():
        names = list(words.terms[field.partition("_")[2]])
        at: defaultdict[int, set[str]] = defaultdict(set)
        for term, document, position in zip(terms, documents, positions, strict=True):
            if document == number:
                at[int(position)].add(names[term])
        held[field] = dict(at)
    return held


def streams_of(one: Entry) -> dict[str, dict[int, set[str]]]:
    described = document_of(one)
    return {
        field: {
            position: set(filter(None, stack.split(STACK)))
            for position, stack in enumerate(str(described[field]).split(" "))
            if stack.strip(STACK)
        }
        for field in (f"{name}_{layer}" for name in ("title", "text") for layer in LAYERS)
    }


def equal(held: list[Entry], words: Vocabulary) -> None:
    inverted = invert(held, words)
    for number, one in enumerate(held):
        assert written_out(inverted, words, number) == streams_of(one)
        described = document_of(one)
        assert inverted.fields[number] == {name: described[name] for name in inverted.fields[number]}
        assert described.keys() - inverted.fields[number].keys() == streams_of(one).keys()


@pytest.mark.parametrize("text", [*TEXTS, *ODD])
def test_a_text_has_the_terms_of_its_streams(text: str) -> None:
    equal([entry(text)], Vocabulary())


def test_a_batch_has_the_terms_of_its_streams() -> None:
    equal([entry(text, number, text[:40]) for number, text in enumerate([*TEXTS, *ODD])], Vocabulary())


def test_spellings_of_earlier_generations_keep_their_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "REMEMBERED", 50)
    words = Vocabulary()
    for _round in range(3):
        equal([entry(text) for text in TEXTS[:2]], words)
        equal([entry(text) for text in ODD], words)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from([" ", "\n", "  ", "-", "\u200c", "، "]))
def test_any_words_in_any_order(chosen: list[str], gap: str) -> None:
    equal([entry(gap.join(chosen)), entry(" ".join(chosen))], Vocabulary())
