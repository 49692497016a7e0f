"""The page of the witnesses of an event: two reports side by side, and the others to choose from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.articles.models import Article
from archive.articles.rights import Audience, shown
from archive.articles.states import state
from archive.authorities.directory import directory
from archive.pages.bounds import heavy
from archive.pages.interface import reader_language
from archive.pages.revalidation import revalidated
from archive.stories.reading import side_by_side, witnesses


@require_safe
@revalidated(state)
@heavy
def witnesses_of(request: HttpRequest, identifier: str) -> HttpResponse:
    """An article beside the one that `with` names, else beside the first other report of its story."""
    language = reader_language()
    held = Article.objects.published().described().prefetch_related("access_points__mentions")
    article = get_object_or_404(held, identifier=identifier)
    choices = witnesses(article, language)
    asked = request.GET.get("with", "").strip().lower()
    wanted = asked or next((other.identifier for other in choices), "")
    other = held.filter(identifier=wanted).exclude(pk=article.pk).first() if "\0" not in wanted else None
    context = {
        "article": article,
        "other": other,
        "choices": choices,
        "unknown": asked if asked and other is None else "",
        **(side_by_side(_shown(article), _shown(other), language) if other else {}),
    }
    return render(request, "stories/witnesses.html", context)


def _shown(report: Article) -> Article:
    """As pages may show it: only what is shown is compared."""
    return shown(report, Audience.PAGE, directory())
