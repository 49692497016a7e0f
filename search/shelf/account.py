"""Signing in and out as a reader: what was kept before comes along, and nothing stays behind in the browser."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

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
