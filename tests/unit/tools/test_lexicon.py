"""What news text tells of words: how often a form is written, whose ال is no article, which pairs are halved."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tools.lexicon import corpus, families, persons
from tools.lexicon.provenance import SOURCES, write_provenance

SPELLINGS = Counter({"التزام": 1, "إلتزام": 9, "الوزير": 8, "وزير": 12, "وأكد": 7, "نيم‌پرده": 3})
FORMS = corpus.count_forms(SPELLINGS)


def test_words_are_counted_as_written_and_folded() -> None:
    counted = corpus.count_spellings(iter(["قال الوزير في Baku", "الوزير 2020"]))
    assert counted == {"قال": 1, "الوزير": 2, "في": 1}
    assert FORMS["التزام"] == 10


def test_most_writers_put_a_hamza_where_no_article_stands() -> None:
    assert corpus.words_whose_al_is_radical(SPELLINGS, FORMS) == {"التزام"}


def test_a_hamza_behind_a_joined_letter_is_inside_the_word() -> None:
    assert corpus.words_with_hamza_inside(SPELLINGS, FORMS) == {"واكد"}


def test_what_stands_before_a_half_space_counts_as_a_word() -> None:
    assert FORMS["نيم"] == 3


def test_a_word_that_mostly_takes_the_article_is_no_name() -> None:
    assert persons.is_ordinary("امير", Counter({"امير": 2, "الامير": 9}))
    assert not persons.is_ordinary("حسين", Counter({"حسين": 9, "الحسين": 2}))


def test_a_family_is_needed_only_where_its_spellings_do_not_meet_by_sound(tmp_path: Path) -> None:
    rows = "qid\tlatin\tarabic\nQ1\tPutin\tپوتین|بوتين\nQ2\tMacron\tماكرون|مکرون\n"
    (tmp_path / "name_parts_wikidata.tsv").write_text(rows, "utf-8")
    (tmp_path / "officials.json").write_text("[]", "utf-8")
    assert families.read_families(tmp_path, Counter()) == [("ماكرون", "مكرون", "macron")]


def test_the_provenance_names_each_file_with_its_digest(tmp_path: Path) -> None:
    (tmp_path / "months.txt").write_text("مهر\n", "utf-8")
    write_provenance(tmp_path)
    told = (tmp_path / "PROVENANCE.md").read_text("utf-8")
    assert f"| months.txt | {SOURCES['months.txt']} | `" in told
    assert "places.tsv" not in told
