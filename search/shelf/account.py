"""A reader's account: signing in and out, another password, and the end of it.

What was kept before signing in comes along, and nothing stays behind in the browser.
"""

from __future__ import annotations

from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from search.shelf.keeping import change, signed_out


class SignIn(LoginView):
    template_name = "shelf/sign_in.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return reverse("shelf")

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        change(self.request, response, lambda held: held)
        return response


class SignOut(LogoutView):
    next_page = "home"

    def dispatch(self, request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *arguments, **named)
        signed_out(response)
        return response


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """A new password, or the end of the account with its shelf; each asks for the password that is held.

    Staff have pages of their own, behind their one-time codes.
    """
    user = request.user
    if not isinstance(user, User):
        return redirect(f"{reverse('sign-in')}?next={reverse('account')}")
    if user.is_staff:
        return redirect("admin:password_change")
    wanted = request.POST.get("do", "")
    form = SetPasswordForm(user, request.POST if wanted == "password" else None)
    is_known = wanted != "" and _knows(request, user)
    if is_known and wanted == "password" and form.is_valid():
        form.save()
        update_session_auth_hash(request, user)
        return HttpResponseRedirect(f"{reverse('account')}?changed=1", status=303)
    told = {"form": form, "is_wrong": wanted != "" and not is_known, "changed": "changed" in request.GET}
    if is_known and wanted == "delete":
        try:
            return _ended(request, user)
        except ProtectedError:
            told["is_named"] = True
    response = render(request, "shelf/account.html", told)
    add_never_cache_headers(response)
    return response


def _knows(request: HttpRequest, user: User) -> bool:
    """Whether the password held was typed; checked where passwords are checked, as slowly and as often."""
    return authenticate(request, username=user.get_username(), password=request.POST.get("password", "")) is not None


def _ended(request: HttpRequest, user: User) -> HttpResponse:
    """Delete the account with its shelf; nothing of it stays, not in the browser either.

    ProtectedError where the history of the archive names the reader, who was of the staff once.
    """
    user.delete()
    logout(request)
    response = HttpResponseRedirect(reverse("home"), status=303)
    signed_out(response)
    return response
