"""The page about the archive: its owner's words, in the reader's language where there are any."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.about.models import ArchiveDescription
from archive.articles.models import Article
from archive.pages.interface import reader_language
from archive.pages.revalidation import revalidated
from archive.text.languages import direction


def state(_request: HttpRequest) -> tuple[object, ...]:
    """What the page is made of: what is written, and how many articles are public."""
    return (*ArchiveDescription.objects.values_list("language", "updated_at"), Article.objects.published().count())


@require_safe
@revalidated(state)
def about(request: HttpRequest) -> HttpResponse:
    written = {one.language: one for one in ArchiveDescription.objects.all() if one.parts}
    wanted = [reader_language(), "en", *dict(settings.LANGUAGES)]
    description = next((written[language] for language in wanted if language in written), None)
    context = {
        "page_title": gettext("About the archive"),
        "total": Article.objects.published().count(),
        "description": description,
        "direction": direction(description.language) if description else "",
    }
    return render(request, "about/about.html", context)
