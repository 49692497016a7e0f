"""The rules by which an article was read, in the reader's words: what was cut, who is named, what its date rests on."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article, Certainty
from archive.extraction.dates.dating import ArticleDate
from archive.extraction.page.types import ExtractedArticle

READ_BY: Final = "read-by"  # the rule of a text that a program read from a picture
GIVER: Final = "giver"  # the rule of what a giver states
REMOVED = {
    "view-counter": _("view counter"),
    "reading-time": _("reading time"),
    "comment-counter": _("number of comments"),
    "item-code": _("item code"),
    "page-address": _("address of the page"),
    "dateline": _("dateline"),
    "transmission-time": _("time of transmission"),
    "end-of-message": _("end of the agency's message"),
    "share-bar": _("share bar"),
    "gallery-control": _("control of a picture gallery"),
    "tag-list": _("list of tags"),
    "author-contact": _("contact of the author"),
    "photo-credit": _("photo credit"),
    "follow-prompt": _("invitation to follow"),
    "source-line": _("line naming the source"),
    "copyright": _("copyright notice"),
    "cookie-banner": _("cookie notice"),
    "advertisement": _("advertisement"),
    "more-link": _("link to more"),
    "category": _("category"),
    "navigation": _("menu"),
    "breadcrumb": _("path of the page"),
    "back-to-top": _("button back to the top"),
    "feedback-prompt": _("invitation to comment"),
    "related-heading": _("heading of related links"),
    "related-list": _("list of related links"),
    "latest-heading": _("heading of the latest news"),
    "popular-heading": _("heading of the most read"),
    "after-article": _("what follows the article"),
    "ornament": _("ornament"),
    "repeated-title": _("title printed again"),
    "repeated-kicker": _("kicker printed again"),
    "repeated-paragraph": _("paragraph printed again"),
    "page-metadata": _("metadata of the page"),
    "link-list": _("list of links"),
    "byline": _("byline"),
    "post-meta": _("details of the post"),
    "footer": _("footer"),
    "sidebar": _("sidebar"),
    "form": _("form"),
    "comments": _("comments"),
    "outside-article": _("outside the article"),
    "label": _("label of the page"),
    "caption": _("caption of a picture"),
    "quoted-post": _("post of a social network"),
    "source-habit": _("line that a curator had be cut from this source"),
}
MENTIONS = {
    "official_name": _("its official name"),
    "name": _("its name"),
    "press": _("a spelling of the press"),
    "full_name": _("the full name"),
    "short": _("the short name"),
    "demonym": _("an adjective of the country"),
    "misspelling": _("a known misspelling"),
    "surname_after_full_name": _("the surname after the full name"),
    "province": _("one of its provinces"),
    "capital": _("the capital for the government"),
    "common_full_name": _("a full name that others bear too"),
    "surname_with_title": _("the surname with a title"),
    "surname_in_headline": _("the surname in a headline"),
    "context": _("the words around it"),
    "spelling_with_title": _("a similar spelling with a title"),
    "one_of_two": _("one of two with this name, by the words around it"),
    "surname_with_honour": _("the surname with an honorific"),
    "curator": _("a curator"),
}
EVIDENCE = {
    "body": _("in the text"),
    "meta-published": _("in the metadata of the page"),
    "time-element": _("in the markup of the page"),
    "wire-dateline": _("in the dateline of the report"),
    "opening-attribution": _("in the words that open the report"),
    "opening-prefix": _("before the first words of the report"),
    "page-metadata": _("in the metadata of the page"),
    GIVER: _("stated by who gave the page"),
    "curator": _("by a curator"),
    READ_BY: _("read by a program, which may misread letters"),
}


def removed_label(rule: str) -> str:
    """What a rule of boilerplate cuts; a rule of an earlier version by its own name."""
    return str(REMOVED.get(rule, rule))


def mention_label(rule: str) -> str:
    """By what a mention was recognised."""
    return str(MENTIONS.get(rule, rule))


def evidence_label(rule: str) -> str:
    """Where on the page a statement was found."""
    return str(EVIDENCE[rule]) if rule in EVIDENCE else removed_label(rule)


METADATA: Final = frozenset({"meta-published", "time-element", "page-metadata"})  # rules of extraction
KINDS: Final = {
    "dateline": _("a dateline in the text"),
    "metadata": _("the metadata of the page"),
    "giver": _("who gave the page"),
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
        return "metadata" if rule in METADATA else "giver" if rule == GIVER else "dateline"
    kinds: dict[str, str] = {Certainty.INFERRED: "lead", Certainty.CURATED: "curator"}
    return kinds.get(certainty, "none")


def rule_of(date: ArticleDate, extracted: ExtractedArticle) -> str:
    """By which rule of extraction a date was found: `dateline`, `meta-published`, …; `body` for a first sentence."""
    if date.field != "dateline":
        return date.field
    lines = (line for line in extracted.date_lines if line.start <= date.start and date.end <= line.end)
    return next((line.rule for line in lines), date.field)
