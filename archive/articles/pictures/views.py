"""The picture of a link to an article."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from archive.articles.citing.cited import ARCHIVE
from archive.articles.citing.styles import credited
from archive.articles.citing.views import as_cited
from archive.articles.models import Article
from archive.articles.pictures.pictures import Card, picture
from archive.articles.reading import records
from archive.articles.states import state
from archive.authorities.directory import directory
from archive.authorities.models import Kind
from archive.pages.bounds import heavy
from archive.pages.revalidation import revalidated

MOST_COUNTRIES = 4


@require_safe
@revalidated(state, for_others=False)
@heavy
def article_picture(request: HttpRequest, identifier: str) -> HttpResponse:
    """Title, source and date of a published article in its own language: one picture for every reader."""
    held = get_object_or_404(Article.objects.published().described(), identifier=identifier)
    return HttpResponse(picture(article_card(request, held)), content_type="image/png")


def article_card(request: HttpRequest, article: Article) -> Card:
    """What the picture of a described article shows; an article of unknown language speaks English."""
    work = as_cited(request, article)
    language = work.own_language
    countries = [country["label"] for country in records(article, Kind.COUNTRY, directory(), language)]
    return Card(
        title=work.title,
        above=work.kicker or " · ".join(countries[:MOST_COUNTRIES]),
        below=credited(work, language),
        name=ARCHIVE[language],
        rtl=language != "en",
    )
