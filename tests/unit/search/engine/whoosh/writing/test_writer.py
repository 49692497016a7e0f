"""Our writer writes what Whoosh's own writes: the same terms, postings, lengths and stored fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from whoosh import fields
from whoosh import index as whoosh_index

import tests
from search.engine.whoosh.files import manifest
from search.engine.whoosh.schema import IdentifierAnalyzer, StreamAnalyzer
from search.engine.whoosh.writing.writer import DiwanWriter, merge_more, to_merge, to_tidy

CAPTURES = sorted((tests.CAPTURES).glob("*.txt"))
SCHEMA = fields.Schema(
    identifier=fields.ID(stored=True, unique=True),
    text=fields.TEXT(analyzer=StreamAnalyzer(), phrase=True, stored=False),
    country=fields.FieldType(analyzer=IdentifierAnalyzer(), format=fields.formats.Existence(), scorable=False),
    day=fields.NUMERIC(int, bits=64, stored=True, signed=True),
    digest=fields.STORED(),
)


def documents() -> list[dict[str, Any]]:
    """Three hundred: the windows of forty words that the five captures are made of, some words stacked."""
    words = [word.replace("|", "") for path in CAPTURES for word in path.read_text("utf-8", "replace").split()]
    made = []
    for number in range(300):
        window = words[number * 7 % len(words) :][:40]
        stream = " ".join(f"{word}|{word[1:]}" if len(word) > 5 else word for word in window)
        countries = "qa az" if number % 3 else "ir"
        made.append(
            {"identifier": f"{number:04x}", "text": stream, "country": countries, "day": number, "digest": str(number)}
        )
    return made


def by_whoosh(folder: Path, held: list[dict[str, Any]]) -> Any:
    index = whoosh_index.create_in(str(folder), SCHEMA)
    with index.writer() as writer:
        for document in held:
            writer.add_document(**document)
    return index


def by_us(folder: Path, held: list[dict[str, Any]], **options: Any) -> Any:
    index = whoosh_index.create_in(str(folder), SCHEMA)
    writer = DiwanWriter(index, **options)
    for document in held:
        writer.add_document(**document)
    writer.commit()
    return index


def told(index: Any) -> list[Any]:
    """Everything that a reader can tell of an index."""
    with index.reader() as reader:
        terms = [(field, term, *_term(reader, field, term)) for field, term in reader.all_terms()]
        stored = [reader.stored_fields(number) for number in range(reader.doc_count_all())]
        lengths = [reader.doc_field_length(number, "text") for number in range(reader.doc_count_all())]
    return [terms, stored, lengths]


def _term(reader: Any, field: str, term: bytes) -> tuple[Any, ...]:
    info = reader.term_info(field, term)
    matcher = reader.postings(field, term)
    postings = []
    while matcher.is_active():
        value = matcher.value_as("positions") if field == "text" else None
        postings.append((matcher.id(), matcher.weight(), value, matcher.block_max_weight(), matcher.block_min_length()))
        matcher.next()
    return (
        info.weight(),
        info.doc_frequency(),
        info.min_length(),
        info.max_length(),
        info.max_weight(),
        info.min_id(),
        info.max_id(),
        postings,
    )


@pytest.mark.parametrize("limit", [1 << 30, 40_000], ids=["in memory", "spilled to disk"])
def test_a_segment_tells_the_same_as_whooshs(tmp_path: Path, limit: int) -> None:
    for name in ("theirs", "ours"):
        (tmp_path / name).mkdir()
    theirs, ours = by_whoosh(tmp_path / "theirs", documents()), by_us(tmp_path / "ours", documents(), limit=limit)
    assert told(theirs) == told(ours)
    assert not list(tmp_path.rglob("*.run"))


def test_merged_segments_tell_the_same_as_one(tmp_path: Path) -> None:
    for name in ("one", "many"):
        (tmp_path / name).mkdir()
    held = documents()
    index = by_us(tmp_path / "many", held[:100])
    for part in (held[100:200], held[200:]):
        writer = DiwanWriter(index)
        writer.mergetype = lambda _writer, segments: segments
        for document in part:
            writer.add_document(**document)
        writer.commit()
    gone = [document["identifier"] for document in held[::7]]
    writer = DiwanWriter(index)
    assert writer.remove("identifier", gone) == len(gone)
    writer.mergetype = merge_more
    writer.commit()
    kept = [document for document in held if document["identifier"] not in gone]
    assert len(list((tmp_path / "many").glob("*.seg"))) == 1
    assert told(index) == told(by_us(tmp_path / "one", kept))


@pytest.mark.parametrize(
    ("sizes", "new", "chosen"),
    [
        ([], 1, set()),
        ([1], 1, {0}),
        ([1000, 1, 2, 4], 1, {1, 2, 3}),
        ([1000, 0], 1, {1}),
        ([5, 5], 1, set()),
        ([150, 150], 500, {0}),  # not more than 200 besides its own
    ],
)
def test_a_commit_takes_in_what_is_not_larger_than_itself(sizes: list[int], new: int, chosen: set[int]) -> None:
    assert to_merge(sizes, new, 200) == chosen


def test_segments_stay_few_however_many_commits_there_are(tmp_path: Path) -> None:
    held = documents()[:64]
    index = by_us(tmp_path, held[:1])
    for document in held[1:]:
        writer = DiwanWriter(index)
        writer.add_document(**document)
        writer.commit()
    assert len(list(tmp_path.glob("*.seg"))) <= 7
    assert index.doc_count() == 64


class Segment:
    def __init__(self, documents: int, deleted: int) -> None:
        self.documents, self.deleted = documents, deleted

    def doc_count_all(self) -> int:
        return self.documents

    def deleted_count(self) -> int:
        return self.deleted


@pytest.mark.parametrize(
    ("segments", "chosen"),
    [
        ([Segment(60_000, 0)], set()),
        ([Segment(3000, 900)], {0}),
        ([Segment(60_000, 20_000)], set()),
        ([Segment(60_000, 40_000)], {0}),
        ([Segment(60_000, 0), Segment(10, 0), Segment(15, 0)], {1, 2}),
    ],
)
def test_an_idle_writer_rewrites_small_segments_and_waste(segments: list[Segment], chosen: set[int]) -> None:
    assert to_tidy(segments) == chosen


def test_the_manifest_names_what_the_commit_left(tmp_path: Path) -> None:
    by_us(tmp_path, documents()[:5])
    entries = manifest.read(tmp_path)
    assert {path.name for path in tmp_path.iterdir() if path.suffix in {".toc", ".seg"}} <= entries.keys()
    assert manifest.damaged(tmp_path, entries) == []
    (segment,) = tmp_path.glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-1] + b"?")
    assert manifest.damaged(tmp_path, entries) == [segment.name]
    assert manifest.sizes_differ(tmp_path, entries) == []


def test_a_commit_does_not_vouch_for_what_it_did_not_write(tmp_path: Path) -> None:
    index = by_us(tmp_path, documents()[:50])
    (tmp_path / manifest.MANIFEST).unlink()
    writer = DiwanWriter(index)
    writer.mergetype = lambda _writer, segments: segments
    writer.add_document(**documents()[60])
    with pytest.raises(manifest.ManifestUnreadable, match="no commit vouched"):
        writer.commit()
    writer._finish()
