"""Template tags of stories: other reports and related ones on an article's page, and text with numbered marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.articles.models import Article
from archive.pages.interface import reader_language
from archive.pages.shown import localdigits
from archive.stories.comparing import NumberedPiece
from archive.stories.reading import witnesses
from archive.stories.related import related

register = template.Library()


@register.inclusion_tag("_partials/witnesses.html", takes_context=True)
def witnesses_panel(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """The other reports of the story, and reports related to it."""
    language = reader_language()
    shared = {name: context.get(name, "") for name in ("ui_language", "ui_direction")}
    return {
        "article": article,
        "witnesses": witnesses(article, language),
        "related": related(article, language),
        **shared,
    }


@register.filter
def numbered(pieces: Iterable[NumberedPiece]) -> SafeString:
    """Escape the pieces of a text and mark those that both reports name, each with its number behind it."""
    mark = "<mark>{}<sup>{}</sup></mark>"
    shown = (
        format_html(mark, piece.text, localdigits(piece.number)) if piece.number else piece.text for piece in pieces
    )
    return format_html_join("", "{}", ((piece,) for piece in shown))
