"""How a name that no record has is told: the post beside it, the sentence around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.authorities.directory import directory
from archive.curation.models import UnknownMention
from archive.pages.interface import reader_language

AROUND: Final = 70  # letters of a sentence on either side


def sentence(mention: UnknownMention) -> SafeString:
    """The name within the words around it, marked, with a link to the review of the article."""
    text = getattr(mention.article, mention.field)
    before, after = text[max(0, mention.start - AROUND) : mention.start], text[mention.end : mention.end + AROUND]
    return format_html(
        '<q dir="auto">… {}<mark>{}</mark>{} …</q> <a href="{}">{}</a>',
        before,
        text[mention.start : mention.end],
        after,
        reverse("admin:articles_article_review", args=[mention.article_id]),
        _("review"),
    )


def post_in_words(mentions: Sequence[UnknownMention]) -> str:
    """The post that stands beside the name most often, with its country or body: «السفير · الأردن»."""
    posts = Counter((one.post, one.kind, one.state) for one in mentions)
    if not posts:
        return "–"
    (post, kind, state), _number = posts.most_common(1)[0]
    return f"{post} · {directory().label(kind, state, reader_language())}" if state else post
