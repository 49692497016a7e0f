"""What the date of an article rests on: a line of the text, the metadata of the page, a first sentence, a curator."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article, Certainty
from archive.extraction.dates.dating import ArticleDate
from archive.extraction.page.types import ExtractedArticle

METADATA: Final = frozenset({"meta-published", "time-element", "page-metadata"})  # rules of extraction
KINDS: Final = {
    "dateline": _("a dateline in the text"),
    "metadata": _("the metadata of the page"),
    "lead": _("the first sentence"),
    "curator": _("a curator"),
    "none": _("nothing: undated"),
}


def kind_of(article: Article) -> str:
    """One of `KINDS`. An address or the day of a capture is none of them: neither ever dates an article."""
    return kind_by(article.date_certainty, article.evidence.get("date", {}).get("rule", ""))


def kind_by(certainty: str, rule: str) -> str:
    """The same by the certainty of the date and the rule of extraction that found it."""
    if certainty == Certainty.STATED:
        return "metadata" if rule in METADATA else "dateline"
    kinds: dict[str, str] = {Certainty.INFERRED: "lead", Certainty.CURATED: "curator"}
    return kinds.get(certainty, "none")


def rule_of(date: ArticleDate, extracted: ExtractedArticle) -> str:
    """By which rule of extraction a date was found: `dateline`, `meta-published`, …; `body` for a first sentence."""
    if date.field != "dateline":
        return date.field
    lines = (line for line in extracted.date_lines if line.start <= date.start and date.end <= line.end)
    return next((line.rule for line in lines), date.field)
