"""The rules that cut boilerplate, recognised mentions and read statements, in the reader's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

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
    "context": _("the words around it"),
    "spelling_with_title": _("a similar spelling with a title"),
    "one_of_two": _("one of two with this name, by the words around it"),
    "surname_with_honour": _("the surname with an honorific"),
}
EVIDENCE = {
    "body": _("in the text"),
    "meta-published": _("in the metadata of the page"),
    "time-element": _("in the markup of the page"),
    "wire-dateline": _("in the dateline of the report"),
    "opening-attribution": _("in the words that open the report"),
    "opening-prefix": _("before the first words of the report"),
    "page-metadata": _("in the metadata of the page"),
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
