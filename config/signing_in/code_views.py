"""The pages on which staff show a one-time code, set codes up, renew their recovery codes, or do without; and see
their sign-ins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.models import StaffSignIn
from config.signing_in import codes

MOST = 100  # sign-ins that are listed
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@read_or_send
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a code of whoever has signed in with a password; then on to where they were going."""
    if not codes.has_codes(request.user):
        return HttpResponseRedirect(reverse("admin:codes_set_up" if settings.STAFF_CODES else "admin:index"))
    is_sent = request.method == "POST"
    if is_sent and codes.shows(request, request.POST.get("code", "")):
        return HttpResponseRedirect(_onward(request))
    return _page(request, "ask", _("One-time code"), is_wrong=is_sent, next=_onward(request))


@read_or_send
def set_up(request: HttpRequest) -> HttpResponse:
    """Offer a key; keep it when a code made of it comes back, and show the recovery codes, once."""
    if codes.has_codes(request.user) and not request.user.is_verified():  # type: ignore[union-attr]
        return HttpResponseRedirect(reverse("admin:code"))
    device, is_sent = codes.offered(request.user, request.POST.get("key", "")), request.method == "POST"
    if device is not None:
        made = codes.set_up(request, device, request.POST.get("code", ""))
        if made:
            return _page(request, "recovery", _("Recovery codes"), recovery=made)
    signed = request.POST.get("key", "") if device else codes.new_key(request.user)
    device = codes.offered(request.user, signed)
    assert device is not None  # noqa: S101  (signed just now)
    key = {"key": signed, "picture": codes.picture(device), "typed": codes.typed_key(device)}
    return _page(request, "set_up", _("Set up one-time codes"), is_wrong=is_sent, **key)


@read_or_send
def own(request: HttpRequest) -> HttpResponse:
    """How it stands; with another code the recovery codes are renewed, or the codes given up where they may be."""
    is_sent, wanted = request.method == "POST", request.POST.get("action", "")
    if is_sent and codes.shows(request, request.POST.get("code", "")):
        if wanted == "renew":
            return _page(request, "recovery", _("Recovery codes"), recovery=codes.renew_recovery(request.user))
        if wanted == "remove" and not settings.STAFF_CODES:
            codes.remove(request.user)
            messages.success(request, _("You sign in without one-time codes now."))
        return HttpResponseRedirect(reverse("admin:codes"))
    more = {"has_codes": codes.has_codes(request.user), "left": codes.recovery_left(request.user)}
    return _page(request, "own", _("One-time codes"), is_wrong=is_sent, is_compulsory=settings.STAFF_CODES, **more)


@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """When one's own name and password were used, from where, with which browser."""
    held = StaffSignIn.objects.filter(user_id=request.user.pk or 0)[:MOST]
    return _page(request, "sign_ins", _("Your sign-ins"), sign_ins=held)


def _page(request: HttpRequest, name: str, title: str, **more: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **more}
    if not context["has_permission"]:  # nothing of the admin is told before a code was shown
        context |= {"available_apps": [], "is_nav_sidebar_enabled": False}
    return TemplateResponse(request, f"admin/codes/{name}.html", context)


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else reverse("admin:index")
