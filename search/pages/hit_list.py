"""The reports that a search found as HTML: a page has twenty, and a template takes ten times as long for each.

`tests/templates/hits.html` is the same as a template, and a test holds both equal. Every value is escaped here, as
Django escapes; what functions take and give as `SafeString` is markup already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from archive.articles.reading import shown_dates
from archive.text.html import marked
from archive.text.languages import direction
from search.answer.story_folding import more_reports
from search.question.address import carried, state_query, url
from search.request import SearchRequest
from search.results import FoldedStory, Hit


@dataclass
class Around:
    """What is the same for every report of a page: the question, the reader's language, the address, the shelf."""

    asked: SearchRequest
    language: str
    way: str
    here: str
    on_shelf: Any

    @cached_property
    def spoken(self) -> str:
        """The attributes of what the archive says itself beside a report."""
        return f'lang="{self.language}" dir="{self.way}"'

    @cached_property
    def carried(self) -> str:
        return escape(carried(self.asked))

    @cached_property
    def explain(self) -> str:
        """The beginning of the address that tells why an article was found; "" where no words were asked."""
        return f"{reverse('explain')}?{escape(state_query(self.asked))}&amp;article=" if self.asked.q else ""

    @cached_property
    def shelve(self) -> str:
        return f'<form class="shelve" method="post" action="{reverse("shelf-articles")}" {self.spoken}>\n'

    @cached_property
    def unfolded(self) -> str:
        """The same question with every report by itself."""
        return escape(url(replace(self.asked, fold=False, page=1)))

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What is said beside every report, in the reader's language."""
        said = {
            "undated": gettext("no date stated"),
            "inferred": gettext("date inferred from the text"),
            "countries": gettext("Countries"),
            "weak": gettext("A weaker match: the name only sounds like the one you typed."),
            "why": gettext("Why was this found?"),
            "kept": gettext("On your shelf. Take it down"),
            "keep": gettext("Put on the shelf"),
            "unfold": gettext("Show every report by itself"),
        }
        return {name: escape(text) for name, text in said.items()}


def hits(context: Mapping[str, Any], found: Iterable[Hit]) -> SafeString:
    """The items of a list of hits, each with the reports of its story folded below."""
    around = _around(context)
    items = (f"{_item(hit, 'article')}{report(hit, around)}{_fold(hit, around)}</li>\n" for hit in found)
    return mark_safe("".join(items))  # noqa: S308 - every value was escaped


def other_hits(context: Mapping[str, Any], found: Iterable[Hit]) -> SafeString:
    """The items of the list of articles that have some of the words only."""
    around = _around(context)
    items = (f"{_item(hit, 'second')}{report(hit, around, heading='h3')}</li>\n" for hit in found)
    return mark_safe("".join(items))  # noqa: S308 - every value was escaped


def _item(hit: Hit, kind: str) -> str:
    """The beginning of an item, which the shelf leads back to; what `kind` of list it stands in is for programs."""
    name = escape(hit.article.identifier)
    return f'<li data-{kind}="{name}" id="{name}">\n'


def _around(context: Mapping[str, Any]) -> Around:
    request: HttpRequest = context["request"]
    here = escape(request.get_full_path())
    return Around(context["page"].request, context["ui_language"], context["ui_direction"], here, context["on_shelf"])


def report(hit: Hit, around: Around, heading: str = "h2") -> SafeString:
    article = hit.article
    language = escape(article.language)
    parts = [f'<article class="report" dir="{direction(article.language)}">\n', _meta(article, around)]
    if article.kicker:
        parts.append(f'<p class="kicker" lang="{language}">{escape(article.kicker)}</p>\n')
    address = escape(article.get_absolute_url()) + around.carried
    parts.append(f'<{heading} class="title" lang="{language}">\n')
    parts.append(f'<a href="{address}">{marked(hit.title)}</a>\n</{heading}>\n')
    if hit.fragment.text:
        parts.append(f'<p class="fragment" lang="{language}">{marked(hit.fragment)}</p>\n')
    if hit.weak:
        parts.append(f'<p class="soft" {around.spoken}>\n{around.words["weak"]}\n</p>\n')
    parts += (_countries(article, around), _ways(article, around), "</article>\n")
    return mark_safe("".join(parts))  # noqa: S308 - every value was escaped


def _meta(article: Any, around: Around) -> SafeString:
    """The line above a title: the source, the dates, the language of the report where readers chose none."""
    source = article.source_label or article.source_as_printed
    parts = [f'<p class="meta" lang="{around.language}">\n']
    if source:
        parts.append(f'<bdi class="source">{escape(source)}</bdi>\n')
    dates = shown_dates(article)
    for date in dates:
        language, way = date["language"], direction(date["language"])
        parts.append(f'<time datetime="{date["iso"]}" lang="{language}"\ndir="{way}">{escape(date["text"])}</time>\n')
    if not dates:
        parts.append(f'<span class="warning" dir="{around.way}">{around.words["undated"]}</span>\n')
    if article.is_date_inferred:
        parts.append(f'<span class="warning" dir="{around.way}">{around.words["inferred"]}</span>\n')
    if not around.asked.is_of_one_language:
        parts.append(f'<span class="tag" dir="{around.way}">{escape(article.get_language_display())}</span>\n')
    parts.append("</p>\n")
    return mark_safe("".join(parts))  # noqa: S308 - every value was escaped


def _countries(article: Any, around: Around) -> SafeString:
    if not article.country_links:
        return SafeString()
    items = (
        f'<li><a href="{escape(place["url"])}"><bdi>{escape(place["label"])}</bdi></a></li>\n'
        for place in article.country_links
    )
    start = f'<ul class="where" lang="{around.language}" aria-label="{around.words["countries"]}">\n'
    return mark_safe(f"{start}{''.join(items)}</ul>\n")  # noqa: S308 - every value was escaped


def _ways(article: Any, around: Around) -> SafeString:
    """Why this was found, and the shelf."""
    name = escape(article.identifier)
    parts = [f'<div class="inline soft" {around.spoken}>\n']
    if around.explain:
        parts.append(f'<a href="{around.explain}{name}"\nrel="nofollow">{around.words["why"]}</a>\n')
    is_kept = article.identifier in around.on_shelf
    action, told = ("drop", around.words["kept"]) if is_kept else ("keep", around.words["keep"])
    parts += (
        around.shelve,
        f'<input type="hidden" name="a" value="{name}">\n',
        f'<input type="hidden" name="next" value="{around.here}#{name}">\n',
        f'<button class="link" name="action" value="{action}">{told}</button>\n</form>\n</div>\n',
    )
    return mark_safe("".join(parts))  # noqa: S308 - every value was escaped


def _fold(hit: Hit, around: Around) -> SafeString:
    """The other reports of the story, behind a line that says how many."""
    story: FoldedStory | None = hit.story
    if not story:
        return SafeString()
    items = (
        f'<li id="{name}" data-folded="{name}">\n<div>\n{_meta(one, around)}</div>\n{_title(one, around)}</li>\n'
        for one, name in ((one, escape(one.identifier)) for one in story.articles)
    )
    every = f'<li><a href="{around.unfolded}" rel="nofollow">{around.words["unfold"]}</a></li>\n'
    rest = every if story.total > len(story.articles) else ""
    start = f'<details class="fold more">\n<summary>{escape(more_reports(hit))}</summary>\n<ul class="quotes">\n'
    return mark_safe(f"{start}{''.join(items)}{rest}</ul>\n</details>\n")  # noqa: S308 - every value was escaped


def _title(article: Any, around: Around) -> SafeString:
    """A title in its language that leads to its report, which marks what was asked and leads back."""
    text = f'<bdi lang="{escape(article.language)}" dir="{direction(article.language)}">{escape(article.title)}</bdi>'
    address = escape(article.get_absolute_url()) + around.carried
    return mark_safe(f'<a href="{address}"\n>{text}</a>\n')  # noqa: S308 - every value was escaped
