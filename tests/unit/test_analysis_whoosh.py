"""The analyzer inside a real Whoosh index."""

from __future__ import annotations

import pickle

import pytest
from whoosh.fields import STORED, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import Phrase, Query, Term

from search.backends.analyzers import LooseAnalyzer, NameKeyAnalyzer, NormAnalyzer, StemAnalyzer

ANALYZERS = [NormAnalyzer, StemAnalyzer, LooseAnalyzer, NameKeyAnalyzer]
TEXT_003 = "خلف خلف اف گفت: منطقه می شود"


def terms(analyzer: NormAnalyzer | StemAnalyzer | LooseAnalyzer | NameKeyAnalyzer, text: str) -> list[tuple[str, int]]:
    return [(token.text, token.pos) for token in analyzer(text, positions=True)]


@pytest.mark.parametrize("analyzer", ANALYZERS)
def test_analyzer_survives_the_pickling_of_the_schema(analyzer: type[NormAnalyzer]) -> None:
    assert pickle.loads(pickle.dumps(analyzer())) == analyzer()  # noqa: S301


def test_joined_form_is_stacked_on_its_first_word() -> None:
    assert terms(NormAnalyzer(), "می کند") == [("مي", 0), ("ميكند", 0), ("كند", 1)]


def test_offsets_are_those_of_the_text() -> None:
    text = "قال الوزيـر"
    spans = [text[token.startchar : token.endchar] for token in NormAnalyzer()(text, positions=True, chars=True)]
    assert spans == ["قال", "الوزيـر"]


def test_stem_and_loose_fields_have_their_own_terms() -> None:
    assert ("فلسطين", 1) in terms(StemAnalyzer(), "في فلسطين")
    assert ("فلسط", 1) in terms(LooseAnalyzer(), "في فلسطين")


@pytest.mark.parametrize(
    "asked",
    [
        Term("norm", "خلفاف"),
        Term("norm", "ميشود"),
        Term("names", "a:XLF+F"),
        Phrase("norm", ["خلف", "خلفاف"]),
        Term("stem", "منطقه"),
    ],
)
def test_index_finds_what_was_written_apart(asked: Query) -> None:
    schema = Schema(
        id=STORED,
        norm=TEXT(analyzer=NormAnalyzer()),
        stem=TEXT(analyzer=StemAnalyzer()),
        names=TEXT(analyzer=NameKeyAnalyzer()),
    )
    index = RamStorage().create_index(schema)
    with index.writer() as writer:
        writer.add_document(id=3, norm=TEXT_003, stem=TEXT_003, names=TEXT_003)
    with index.searcher() as searcher:
        assert [hit["id"] for hit in searcher.search(asked)] == [3]
