"""The page on which a reader reports a mistake: asked, shown again as it will be sent, then sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.articles.models import Article
from archive.articles.rights import Audience, shown
from archive.authorities.directory import directory
from archive.curation.mistakes import MistakeForm, may_report, preview
from archive.curation.models import Mistake


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, identifier: str) -> HttpResponse:
    """The form has a token against forgery and is kept by nobody; the article, which only leads here, may be kept."""
    held = get_object_or_404(Article.objects.published(), identifier=identifier)
    article = shown(held, Audience.PAGE, directory())
    if request.method != "POST":
        return _shown(request, article, MistakeForm(initial=_begun(request, article)))
    form = MistakeForm(request.POST)
    if not form.is_valid():
        return _shown(request, article, form, status=400)
    if "send" not in request.POST:
        return _shown(request, article, form, ready=True, preview=preview(article, form.cleaned_data["passage"]))
    if not form.is_machine:
        if not may_report(request):
            form.add_error(None, _("Many reports came from your address within the hour. Please send this one later."))
            return _shown(request, article, form, status=429)
        fields = {name: form.cleaned_data[name] for name in ("about", "passage", "told", "contact")}
        Mistake.objects.create(article=article, **fields)
    return redirect("curation:thanks", identifier=article.identifier)


@require_safe
def thanks(request: HttpRequest, identifier: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.published(), identifier=identifier)
    return render(request, "curation/thanks.html", {"article": article})


def _begun(request: HttpRequest, article: Article) -> dict[str, str]:
    """What the address says already: `?cut=2` is the third passage that was left out, `?about=date` what is wrong."""
    about, cut = request.GET.get("about", ""), request.GET.get("cut", "")
    removed = article.evidence.get("removed", [])
    if cut.isascii() and cut.isdigit() and int(cut[:6]) < len(removed):
        return {"about": Mistake.About.BOILERPLATE, "passage": removed[int(cut[:6])]["text"][:2000]}
    return {"about": about if about in Mistake.About.values else ""}


def _shown(request: HttpRequest, article: Article, form: MistakeForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"article": article, "form": form, "choices": Mistake.About.choices, **more}
    response = render(request, "curation/mistake.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    if status == 429:
        response.headers["Retry-After"] = "3600"
    return response
