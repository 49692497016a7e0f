"""Template tags that cite an article and tell programs what it is."""

from __future__ import annotations

from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from archive.articles.citing import metadata
from archive.articles.citing.cited import ARCHIVE
from archive.articles.citing.styles import STYLES, CitedRun
from archive.articles.citing.transliteration import is_written_in_arabic
from archive.articles.citing.views import FORMATS, as_cited
from archive.articles.models import Article
from archive.pages.interface import reader_language
from archive.text.html import address
from archive.text.languages import direction

register = template.Library()
FORMAT_NAMES = {"ris": "RIS", "bib": "BibTeX", "json": "CSL-JSON"}


@register.inclusion_tag("_partials/cite.html", takes_context=True)
def cite_panel(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """The permanent address; ready text in the reader's language first, then in the two others; links to files."""
    work = as_cited(context["request"], article)
    mine = reader_language()
    names = dict(settings.LANGUAGES)
    ready = [
        {
            "language": language,
            "name": names[language],
            "styles": [
                {"name": style_name(name, language), "text": _shown(style(work, language))}
                for name, style in STYLES.items()
            ],
        }
        for language in (mine, *(other for other in names if other != mine))
    ]
    links = [
        {"name": FORMAT_NAMES[form], "url": reverse("articles:citation", args=[article.identifier, form])}
        for form in FORMATS
    ]
    return {
        "ready": ready[:1], "others": ready[1:], "links": links, "coins": metadata.coins(work), "address": work.url
    }  # fmt: skip


@register.inclusion_tag("_partials/cite_metadata.html", takes_context=True)
def cite_metadata(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """The `<meta>` elements and the JSON-LD of an article's page."""
    request = context["request"]
    work = as_cited(request, article)
    picture = request.build_absolute_uri(reverse("articles:picture", args=[article.identifier]))
    return {
        "work": work,
        "picture": picture,
        "site_name": ARCHIVE[reader_language()],
        "dublin_core": list(metadata.dublin_core(work)),
        "news_article": mark_safe(metadata.news_article(work, picture)),  # noqa: S308 - `<`, `>` and `&` are escaped
    }


@register.simple_tag(takes_context=True)
def citation(context: dict[str, Any], article: Article, style: str, language: str) -> SafeString:
    """The citation of an article as one line of HTML; `style` is `chicago`, `apa` or `house`."""
    return _shown(STYLES[style](as_cited(context["request"], article), language))


@register.filter
def style_name(style: str, language: str) -> str:
    """What a style is called: «Chicago», «ديوان»."""
    return {"chicago": "Chicago", "apa": "APA", "house": ARCHIVE[language]}[style]


def _shown(parts: list[CitedRun]) -> SafeString:
    """A citation as HTML: each part of another language with its direction, nothing between the parts."""
    return mark_safe("".join(map(_part, parts)))  # noqa: S308 - every part is escaped


def _part(part: CitedRun) -> str:
    text = escape(part.text)
    if part.emphasis:  # a name of either script; the Arabic one knows no italic
        name = f"<bdi>{text}</bdi>"
        return name if is_written_in_arabic(part.text) else f"<cite>{name}</cite>"
    if not part.language:
        return text
    if part.language == "zxx":
        return f'<bdi lang="zxx" dir="ltr">{address(part.text)}</bdi>'
    way = direction(part.language)
    return f'<bdi lang="{escape(part.language)}" dir="{way}">{text}</bdi>'
