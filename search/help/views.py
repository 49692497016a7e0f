"""The page of help, in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.pages.interface import reader_language
from archive.pages.revalidation import revalidated
from search.help.examples import examples


@require_safe
@revalidated(lambda _request: "help")
def help_page(request: HttpRequest) -> HttpResponse:
    context = {
        "page_title": gettext("How to search, read and follow"),
        "examples": examples(),
        "text": f"help/{reader_language()}.html",
    }
    return render(request, "help/help.html", context)
