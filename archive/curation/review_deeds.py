"""What the buttons of the review page do beside deciding on mentions: notes, names, lines, and who works on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from archive.articles.models import Article
from archive.curation import persons
from archive.curation.actions import Action, remember
from archive.curation.cut_lines import LONGEST, cut_from_now_on, put_back, take_out
from archive.curation.guarded import version_of
from archive.curation.models import UnknownMention, UnknownName
from archive.curation.record_field import find_record
from archive.curation.unknown_words import post_in_words
from archive.pages.desk import curator
from archive.pages.shown import localnumber

_AT_HEAD, _AT_END = 3, 5  # paragraphs among which lines of the page are left over
Deed = Callable[[HttpRequest, Article, int], bool]


def lines(article: Article) -> list[dict[str, Any]]:
    """The short paragraphs at head and end of the text, with their places: lines of the page, maybe."""
    paragraphs = article.paragraphs
    edges = [*range(min(_AT_HEAD, len(paragraphs))), *range(max(_AT_HEAD, len(paragraphs) - _AT_END), len(paragraphs))]
    short = [number for number in edges if len(paragraphs[number]) <= LONGEST]
    return [{"number": number, "text": paragraphs[number]} for number in short] if len(paragraphs) > 1 else []


def strangers_in(article: Article) -> list[dict[str, Any]]:
    """The persons beside titles of this text whom no record names and nobody decided on."""
    places = article.unknown_mentions.filter(name__state=UnknownName.State.OPEN).select_related("name")
    by_name: dict[UnknownName, list[UnknownMention]] = {}
    for place in places:
        by_name.setdefault(place.name, []).append(place)
    return [{"name": name, "form": found[0].form, "post": post_in_words(found)} for name, found in by_name.items()]


def _note(request: HttpRequest, article: Article, number: int) -> bool:
    if words := request.POST.get("note", "").strip():
        remember(article, Action.NOTE, curator(request), note=words)
    return True


def _assign(request: HttpRequest, article: Article, number: int) -> bool:
    """Take it in hand, or out of hand again."""
    by = curator(request)
    Article.objects.filter(pk=article.pk).update(assigned_to=None if article.assigned_to == by else by)
    return True


def _propose(request: HttpRequest, article: Article, number: int) -> bool:
    name = _open_name(number)
    return bool(name and persons.propose(name, by=curator(request)))


def _join(request: HttpRequest, article: Article, number: int) -> bool:
    name, record = _open_name(number), find_record(request.POST.get(f"known-{number}", "").strip())
    if name is None:
        return False
    if record is None:
        messages.warning(request, _("No record has this identifier or name."))
        return True
    persons.join(name, record, by=curator(request))
    return True


def _dismiss(request: HttpRequest, article: Article, number: int) -> bool:
    name = _open_name(number)
    if name is not None:
        persons.dismiss(name, by=curator(request))
    return name is not None


def _open_name(number: int) -> UnknownName | None:
    return UnknownName.objects.filter(pk=number, state=UnknownName.State.OPEN).first()


def _restore(request: HttpRequest, article: Article, number: int) -> bool:
    return not _is_other(request, article) and put_back(article, number, by=curator(request))


def _cut(request: HttpRequest, article: Article, number: int) -> bool:
    """Cut a line of the text here, and such lines of its source from now on."""
    paragraphs = article.paragraphs
    if article.source is None or _is_other(request, article) or number >= len(paragraphs):
        return False
    if len(paragraphs) > 1 and not cut_from_now_on(article.source, paragraphs[number], by=curator(request)):
        messages.warning(request, _("Such lines are cut already, or it is too long for one."))
    elif len(paragraphs) > 1:
        _tell_of_others(request, article, paragraphs[number])
    return take_out(article, number, by=curator(request))


def _tell_of_others(request: HttpRequest, article: Article, line: str) -> None:
    """Lead to what is held of the source, where the same line stands in it."""
    others = Article.objects.filter(source=article.source, body__contains=line).exclude(pk=article.pk).count()
    if others:
        told = _(
            "Held articles of this source that have this line, too: {count}. "
            '<a href="{address}">Choose them in the list</a>, and cut it there.'
        )
        address = f"{reverse('admin:articles_article_changelist')}?source__id__exact={article.source_id}"
        messages.info(request, format_html(told, count=localnumber(others), address=address))


def _is_other(request: HttpRequest, article: Article) -> bool:
    """Whether the article changed since the page was opened: its lines may be others by now."""
    opened = request.POST.get("version", "")
    return bool(opened) and opened != version_of(article)


BESIDE: Final[dict[str, Deed]] = {
    "note": _note,
    "assign": _assign,
    "propose": _propose,
    "join": _join,
    "dismiss": _dismiss,
    "restore": _restore,
    "cut": _cut,
}
# What reaches beyond the article is for those who may publish.
MAY_DECIDE: Final = "articles.publish_article"
OF_CURATORS: Final = frozenset(("propose", "join", "dismiss", "cut", "new"))
