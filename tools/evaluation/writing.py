"""The figures of an evaluation as a table for people: lines for the terminal, Markdown for docs/evaluation.md."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from search.analysis import ANALYZER_VERSION
from tools.evaluation.lucene import VERSION
from tools.evaluation.measuring import SetReport, WayRow

HEADINGS = ("", "MRR@10", "95 %", "recall@10", "recall@100", "ours is above")
_WIDTHS = (30, 7, 12, 10, 11, 14)


def lines(report: SetReport) -> Iterator[str]:
    """The table of one set for a terminal."""
    yield f"{report.name}: {_size(report)}"
    yield _line(HEADINGS)
    yield from (_line(_cells(row)) for row in report.rows)
    yield from (f"  not above {row.name}" for row in report.beaten_by)


def markdown(reports: Sequence[SetReport], lucene: str, today: datetime.date | None = None) -> str:
    """A page with every set; `lucene` says why Lucene was not run, `""` if it was."""
    written = [_PREFACE, _conditions(lucene, today or datetime.datetime.now(datetime.UTC).date())]
    for report in reports:
        written += [f"\n## {report.name}\n\n{_size(report)}\n", _markdown_row(HEADINGS), _markdown_row(("---",) * 6)]
        written += [_markdown_row(_cells(row)) for row in report.rows]
    return "\n".join(written) + "\n"


def _size(report: SetReport) -> str:
    asked = report.rows[0].figures.questions if report.rows else 0
    questions = f"{asked} of its {report.sampled_from} questions" if report.sampled_from else f"{asked} questions"
    said = f"{report.documents} documents{' (a sample)' if report.is_sample else ''}, {questions}"
    return f"{said}, {report.too_long} of them cut to the accepted length" if report.too_long else said


def _cells(row: WayRow) -> tuple[str, ...]:
    held = row.figures
    above = f"{row.above:.0%}" if row.is_peer else ""
    span = f"{held.low:.3f}–{held.high:.3f}"
    return row.name, f"{held.mrr_10:.4f}", span, f"{held.recall_10:.4f}", f"{held.recall_100:.4f}", above


def _line(cells: Sequence[str]) -> str:
    return "  " + "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _conditions(lucene: str, today: datetime.date) -> str:
    peers = f"Lucene was not run: {lucene}." if lucene else f"Lucene {VERSION}."
    return (
        f"Measured on {today.isoformat()} with analyzer {ANALYZER_VERSION}, Whoosh {version('whoosh')}, "
        f"Python {platform.python_version()}, {os.cpu_count()} processor cores ({platform.machine()}). {peers}"
    )


_PREFACE = """# How well the search finds

Written by `python -m tools evaluate_search FOLDER --output docs/evaluation.md`. A set is a list of questions, each with
the documents that answer it; other documents that answer it as well are not judged, so the figures are lower bounds.

- **ours**: parser, name expansion and engine of the archive: all words, and behind them, where fewer than ten texts
  have them all, texts with some of them (`search.question.any_of_the_words`); names in all their forms.
- **ours, all words only**: without that second answer. **without stems**: words as spelled, after folding.
  **without names**: no other forms of names and places.
- **plain lower case**: words between white space, any of them, BM25.
- **Lucene arabic, persian9, persian10**: its `ArabicAnalyzer`, its `PersianAnalyzer`, and the latter with the stemmer
  that Lucene 10 adds; *or* asks for any term, *and+or* for all, filled up by any. BM25 with k1 1.2 and
  b 0.75 everywhere.

MRR@10 is the mean of one over the rank of the first right answer among ten; the span holds it in 95 of 100 bootstrap
resamplings of the questions. *Ours is above*: the share of resamplings of the same questions in which our MRR@10 is
higher than that peer's.
"""
