"""What is answered at every address of an article that was withdrawn: 410, with the day and the reason."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from archive.articles.models import Article
from archive.pages.revalidation import View


def told_when_gone(view: View) -> View:
    """Answer for a view that finds no public article: 410 where there was one, 404 where the public never saw one."""

    @wraps(view)
    def answered(request: HttpRequest, identifier: str, **named: object) -> HttpResponseBase:
        try:
            return view(request, identifier, **named)
        except Http404:
            return _gone(request, identifier)

    return answered


def _gone(request: HttpRequest, identifier: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.gone(), identifier=identifier)
    title = article.title if article.is_title_told and not article.erased_at else ""
    day = timezone.localdate(article.withdrawn_at or article.updated_at)
    context = {"article": article, "shown_title": title, "day": day}
    response = render(request, "articles/gone.html", context, status=HTTPStatus.GONE)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    patch_cache_control(response, no_cache=True)
    return response
