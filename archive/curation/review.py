"""The review page: the captured page, the text as it was read with its mentions, and what is described, to be decided.

Every decision is a button of one form, so that the page works without a script; `static/js/review.js` gives them keys.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.articles import reading
from archive.articles.fitness import reason_to_hold
from archive.articles.models import AccessPoint, Article, Field, Mention
from archive.articles.rules import mention_label
from archive.authorities.directory import Directory, directory
from archive.authorities.models import AuthorityRecord, Kind
from archive.captures.cleaned import frame, framing
from archive.curation.actions import Action, ArticleRevision, publish
from archive.curation.article_form import ArticleForm
from archive.curation.doubts import is_doubtful
from archive.curation.persons import propose_for
from archive.curation.queues import neighbours
from archive.curation.record_field import find_record
from archive.curation.review_deeds import BESIDE, MAY_DECIDE, OF_CURATORS, lines, strangers_in
from archive.curation.states import give
from archive.pages.desk import curator
from archive.pages.interface import reader_language
from archive.pages.queues import queue
from archive.pages.shown import localdigits
from archive.text import marked

State = AccessPoint.State
_LINES = re.compile(r"\s*\n\s*")


class WholeTitles(ArticleForm):
    """Titles are seen whole, in as many lines as they need; a new line in one is a blank."""

    stands_alone = True

    def clean_kicker(self) -> str:
        return _LINES.sub(" ", self.cleaned_data["kicker"])

    def clean_title(self) -> str:
        return _LINES.sub(" ", self.cleaned_data["title"])


ReviewForm = forms.modelform_factory(
    Article,
    form=WholeTitles,
    fields=["language", "kicker", "title", "romanized_title", "source", "dated_on"],
    widgets={name: forms.Textarea({"dir": "auto", "rows": 2}) for name in ("kicker", "title", "romanized_title")},
)
SEEN_BY_OTHER = gettext_lazy("This mention is not there any more: somebody decided of it, or the text changed.")


def review(request: HttpRequest, article: Article, site_context: dict[str, Any]) -> HttpResponse:
    """Show an article for review, or do what a button of the page says."""
    form: Any = ReviewForm(request.POST or None, instance=article)
    form.by = curator(request)
    form.fields["source"].queryset = AuthorityRecord.objects.present().of_kind(Kind.SOURCE)
    if request.method == "POST":
        deed, _sep, key = request.POST.get("do", "").partition(":")
        if deed in {"save", "publish"}:
            answer = _save(request, article, form, then_publish=deed == "publish" and site_context["may_publish"])
            if answer is not None:
                return answer
        else:
            _decide(request, article, deed, key)
            return redirect(request.get_full_path())
    context = site_context | _context(request, article, form)
    shown: HttpResponse = framing(TemplateResponse(request, "admin/curation/review.html", context))
    return shown


def _save(request: HttpRequest, article: Article, form: Any, *, then_publish: bool) -> HttpResponseRedirect | None:
    """Save what is described, and go on to the next article; None where what was typed is refused."""
    if not form.is_valid():
        return None
    revision = ArticleRevision(article)
    if "dated_on" in form.changed_data:
        revision.date(form.typed)
    form.save()
    by = curator(request)
    revision.finish(by, note=form.cleaned_data.get("why", ""))
    if not then_publish:
        messages.success(request, _("It is saved."))
        return redirect(request.get_full_path())
    if publish(article, by=by):
        messages.success(request, _("It is public."))
    else:
        messages.warning(request, reason_to_hold(article) or _("It is public already."))
    if not article.is_public:
        return redirect(request.get_full_path())
    _before, following, _left = neighbours(request.GET.get("queue", ""), article)
    return redirect(address(following, request) if following else reverse("admin:articles_article_changelist"))


def _decide(request: HttpRequest, article: Article, deed: str, key: str) -> None:
    """Accept or reject one link, accept all, give a mention to another record; whatever else a button says."""
    by, number = curator(request), int(key) if key.isdecimal() and len(key) < 19 else 0
    if deed in OF_CURATORS and not request.user.has_perm(MAY_DECIDE):
        raise PermissionDenied
    if deed in BESIDE:
        if not BESIDE[deed](request, article, number):
            messages.warning(request, str(SEEN_BY_OTHER))
        return
    revision = ArticleRevision(article)
    points = AccessPoint.objects.filter(article=article)
    if deed == "accept-all":
        changed = points.filter(state=State.RECOGNISED).update(state=State.ACCEPTED)
    elif deed in {"accept", "reject"}:
        state = State.ACCEPTED if deed == "accept" else State.REJECTED
        changed = points.filter(pk=number).update(state=state)
    else:
        changed = _lead(request, article, number, is_new=deed == "new") if deed in {"lead", "new"} else 0
    if changed:
        revision.finish(by)
    else:
        messages.warning(request, str(SEEN_BY_OTHER))


def _lead(request: HttpRequest, article: Article, number: int, *, is_new: bool) -> bool:
    """Give a mention to another record, named by its identifier or by any form of its name, or to a new one."""
    mention = Mention.objects.filter(pk=number, access_point__article=article).first()
    if mention is None:
        return False
    typed = request.POST.get(f"record-{number}", "").strip()
    record = propose_for(mention, by=curator(request)) if is_new else find_record(typed) if typed else None
    if record is None:
        return False
    point, _new = AccessPoint.objects.get_or_create(article=article, record=record)
    AccessPoint.objects.filter(pk=point.pk).update(state=State.ACCEPTED)
    give(point, mention.field, mention.start, mention.end, mention.form)
    return True


def address(article: Article, request: HttpRequest) -> str:
    """The review page of another article of the same queue."""
    path = reverse("admin:articles_article_review", args=[article.pk])
    name = request.GET.get("queue", "")
    return f"{path}?queue={name}" if name else path


def _context(request: HttpRequest, article: Article, form: Any) -> dict[str, Any]:
    names, language = directory(), reader_language()
    before, following, left = neighbours(request.GET.get("queue", ""), article)
    may_add = bool(request.user.has_perm(MAY_DECIDE))
    return {
        "title": _("Review: %(what)s") % {"what": article.title},
        "article": article,
        "form": form,
        "captured": "" if article.capture.erased_at else frame(article.capture),
        "texts": [(field, _text(article, field, names, language, may_add=may_add)) for field in Field.values],
        "bare": _bare(article, names, language),
        "dates": reading.dates(article, language),
        "days": reading.shown_dates(article),
        "clock": _clock(article),
        "evidence": reading.evidence(article),
        "removed": reading.removed(article),
        "lines": lines(article),
        "strangers": strangers_in(article),
        "notes": article.events.filter(action=Action.NOTE).select_related("by"),
        "before": address(before, request) if before else "",
        "following": address(following, request) if following else "",
        "left": left,
        "waiting": queue(request.GET.get("queue", "")) if left else None,
    }


def _clock(article: Article) -> str:
    """The time that the page states, with its zone: `23:23 UTC+03:30`; "" where there is none."""
    stated = article.evidence.get("date", {}).get("instant", "") if article.dated_at else ""
    if not stated:
        return ""
    here = datetime.datetime.fromisoformat(stated)
    zone = f"\u00a0UTC{here.isoformat()[-6:]}".removesuffix("+00:00") if here.tzinfo else ""
    return localdigits(f"{here:%H:%M}{zone}")


def _text(article: Article, field: str, names: Directory, language: str, *, may_add: bool) -> SafeString:
    """A text with its mentions, each with its link, what it leads to and by what it was recognised, to be decided.

    Nothing stands between the pieces, so that a particle stays joined to the name behind it.
    """
    mentions = [
        mention for point in article.access_points.all() for mention in point.mentions.all() if mention.field == field
    ]
    told = {mention.pk: _told(mention, names, language) | {"may_add": may_add} for mention in mentions}
    cut = marked.pieces(getattr(article, field), mentions)
    return format_html_join(
        "", "{}", ((run if mention is None else _shown(run, told[mention.pk]),) for run, mention in cut)
    )


def _shown(run: str, told: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string("admin/curation/_mention.html", {"text": run, **told}).strip())  # noqa: S308 - a template's


def _told(mention: Mention, names: Directory, language: str) -> dict[str, Any]:
    point = mention.access_point
    return {
        "mention": mention,
        "point": point,
        "label": names.label(point.record.kind, point.record.slug, language),
        "rule": mention_label(mention.rule),
        "is_doubtful": is_doubtful(mention),
    }


def _bare(article: Article, names: Directory, language: str) -> list[dict[str, Any]]:
    """The links that stand on no words of the text."""
    return [
        {"point": point, "label": names.label(point.record.kind, point.record.slug, language)}
        for point in article.access_points.all()
        if not point.mentions.all()
    ]
