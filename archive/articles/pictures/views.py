"""The picture of a link to an article."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.articles.citing.cited import ARCHIVE
from archive.articles.citing.styles import credited
from archive.articles.citing.views import as_cited
from archive.articles.models import Article
from archive.articles.pictures.pictures import Card, picture
from archive.articles.reading import records
from archive.authorities.directory import directory
from archive.authorities.models import Kind

MOST_COUNTRIES = 4


@require_safe
@cache_control(public=True, max_age=86400)
def article_picture(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Title, source and date of a published article in its own language: one picture for every reader."""
    held = get_object_or_404(Article.objects.published().described(), identifier=identifier)
    card = article_card(request, held)
    response = HttpResponse(picture(card), content_type="image/png")
    response.headers["ETag"] = f'"{card.digest[:32]}"'
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def article_card(request: HttpRequest, article: Article) -> Card:
    """What the picture of a described article shows; an article of unknown language speaks English."""
    work = as_cited(request, article)
    language = work.language if work.is_known else "en"
    countries = [country["label"] for country in records(article, Kind.COUNTRY, directory(), language)]
    return Card(
        title=work.title,
        above=work.kicker or " · ".join(countries[:MOST_COUNTRIES]),
        below=credited(work, language),
        name=ARCHIVE[language],
        rtl=language != "en",
    )
