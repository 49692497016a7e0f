"""Citations of an article as files: RIS, BibTeX, CSL-JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive.articles.citing.cited import Cited, cited
from archive.articles.citing.formats import bibtex, csl_json, ris
from archive.articles.models import Article
from archive.articles.states import state
from archive.authorities.directory import directory
from archive.pages.revalidation import revalidated


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A file format of citations: its media type and how one article is written in it."""

    media_type: str
    write: Callable[[Cited], str]


FORMATS: Final = {
    "ris": CitationFormat("application/x-research-info-systems", ris),
    "bib": CitationFormat("application/x-bibtex", bibtex),
    "json": CitationFormat("application/vnd.citationstyles.csl+json", lambda work: f"[{csl_json(work)}]\n"),
}


@require_safe
@revalidated(state, for_others=False)
def citation(request: HttpRequest, identifier: str, form: str) -> HttpResponse:
    """The citation of a published article, to be saved under a name of ASCII letters."""
    held = get_object_or_404(Article.objects.published().described(), identifier=identifier)
    made = FORMATS[form]
    response = HttpResponse(made.write(as_cited(request, held)), content_type=f"{made.media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="diwan-{held.identifier}.{form}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def as_cited(request: HttpRequest, article: Article) -> Cited:
    """What a citation of a described article says today, with its address on this site."""
    url = request.build_absolute_uri(article.get_absolute_url())
    return cited(article, url, timezone.now().date(), directory())
