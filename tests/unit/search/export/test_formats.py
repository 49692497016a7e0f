"""The files of an export, written from the five real articles."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterator
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from django.utils.translation import override

from archive.articles.models import Article
from archive.text.tables import harmless
from search.export.formats import COLUMNS, FORMATS, LABELS, Heading
from search.export.result_set import Exported, articles, found
from search.request import SearchRequest

HEADING = Heading("Diwan · خلفوف @", "https://diwan.example/search/?q=x", "5 articles", "en")
TODAY = datetime.date(2026, 11, 21)


def exported(request: SearchRequest | None = None) -> Iterator[Exported]:
    result = found(request or SearchRequest())
    return articles(result, lambda path: f"https://diwan.example{path}", TODAY)


def written(form: str) -> str:
    return "".join(FORMATS[form].write(exported(), HEADING))


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("\u200f=1", "'\u200f=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("＝1", "'＝1"),
        ("－1", "'－1"),
        ("'=1", "''=1"),
        ("خلفوف = Khalafov", "خلفوف = Khalafov"),
        ("2023-10-04", "2023-10-04"),
        ("", ""),
    ],
)
def test_no_cell_begins_a_formula_and_one_apostrophe_less_restores_it(cell: str, safe: str) -> None:
    assert harmless(cell) == safe
    assert (safe[1:] if safe.startswith("'") else safe) == cell


def test_csv_holds_every_article_with_its_text(five: dict[str, Article]) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv"), newline="")))
    assert {row["identifier"] for row in rows} == {article.identifier for article in five.values()}
    peace = next(row for row in rows if row["source"] == "Defa Press")
    assert peace["text"] == five["003"].body
    assert peace["date"] == "2023-10-04"
    assert peace["date_in_calendar"] == "۱۲ مهر ۱۴۰۲"
    assert "Khalaf Khalafov" in peace["officials"].split(" | ")


def test_a_table_tells_its_question_above_where_that_is_wanted(five: dict[str, Article]) -> None:
    """Readers of tables pass lines with # over; without them the table is the same."""
    lines = "".join(FORMATS["csv"].write(exported(), replace(HEADING, is_above=True)))
    assert lines.startswith("# Diwan · خلفوف @\r\n# https://diwan.example/search/?q=x\r\n# 5 articles\r\nidentifier,")
    assert lines.endswith(written("csv"))


@pytest.mark.parametrize(("language", "title"), [("ar", "العنوان"), ("fa", "عنوان"), ("en", "title")])
def test_columns_are_called_in_the_language_of_the_reader_where_that_is_wanted(
    five: dict[str, Article], language: str, title: str
) -> None:
    with override(language):
        text = "".join(FORMATS["csv"].write(exported(), replace(HEADING, is_labelled=True)))
    heads, *rows = csv.reader(io.StringIO(text, newline=""))
    assert len(set(heads)) == len(COLUMNS) == len(LABELS)
    assert heads[COLUMNS.index("title")] == title
    assert rows == list(csv.reader(io.StringIO(written("csv"), newline="")))[1:]


def test_json_lines_keep_text_and_lists_as_they_are(five: dict[str, Article]) -> None:
    rows = [json.loads(line) for line in written("jsonl").splitlines()]
    assert [tuple(row) for row in rows] == [COLUMNS] * 5
    peace = next(row for row in rows if row["identifier"] == five["003"].identifier)
    assert peace["title"] == five["003"].title
    assert "Khalaf Khalafov" in peace["officials"]


def test_ris_bibtex_and_csl_are_read_by_other_programs(five: dict[str, Article]) -> None:
    entries = rispy.loads(written("ris"))
    peace = f"{five['003'].kicker} {five['003'].title}"
    assert {entry["title"] for entry in entries} == {peace, *(a.title for a in five.values() if not a.kicker)}
    library = bibtexparser.parse_string(written("bib"))
    assert not library.failed_blocks
    assert len(library.entries) == 5
    items = json.loads(written("csl"))
    assert {item["type"] for item in items} == {"article-newspaper"}


def test_a_citation_processor_sets_csl_json(five: dict[str, Article]) -> None:
    items = json.loads(written("csl"))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    text = "\n".join(str(entry) for entry in bibliography.bibliography())
    assert five["003"].title in text
    assert "2023" in text


def test_plain_text_names_the_question_and_cites_each_article(five: dict[str, Article]) -> None:
    text = written("txt")
    assert text.startswith("Diwan · خلفوف @\nhttps://diwan.example/search/?q=x\n5 articles\n")
    for article in five.values():
        assert article.body in text
        assert f"https://diwan.example/articles/{article.identifier}/" in text


@pytest.mark.django_db
def test_files_of_nothing_are_whole() -> None:
    nothing: list[Exported] = []
    assert json.loads("".join(FORMATS["csl"].write(nothing, HEADING))) == []
    assert "".join(FORMATS["csv"].write(nothing, HEADING)).startswith("identifier,title,")
    assert "".join(FORMATS["jsonl"].write(nothing, HEADING)) == ""


def test_articles_come_in_the_order_of_the_results(five: dict[str, Article]) -> None:
    newest = [one.article.identifier for one in exported(SearchRequest(sort="newest"))]
    oldest = [one.article.identifier for one in exported(SearchRequest(sort="oldest"))]
    assert newest != oldest
    assert set(newest) == set(oldest)


def test_an_export_that_is_cut_says_so(five: dict[str, Article]) -> None:
    result = found(SearchRequest(), most=2)
    assert (result.total, len(result.identifiers), result.is_cut) == (5, 2, True)


def test_what_was_withdrawn_since_the_question_is_left_out(five: dict[str, Article]) -> None:
    result = found(SearchRequest())
    Article.objects.filter(pk=five["003"].pk).update(status="withdrawn")
    left = [one.article.identifier for one in articles(result, str, TODAY)]
    assert len(left) == 4
    assert five["003"].identifier not in left


def test_many_articles_cost_a_fixed_number_of_questions_a_batch(
    five: dict[str, Article], django_assert_max_num_queries: object
) -> None:
    result = found(SearchRequest())
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        for one in articles(result, str, TODAY):
            "".join(FORMATS["csv"].write([one], HEADING))
