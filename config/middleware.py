"""What every response carries: the content security policy, the language and the calendar that the reader chose.

And what a GET leaves alone: sessions.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions import middleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language_from_request

from archive.pages.asked_once import one_page
from archive.pages.interface import CALENDAR_CODES, calendar_chosen

GetResponse = Callable[[HttpRequest], HttpResponse]
READING = {"GET", "HEAD", "OPTIONS"}
LANGUAGE_PARAMETER = "ui"
CALENDAR_PARAMETER = "cal"
CALENDAR_COOKIE = f"{settings.COOKIE_PREFIX}cal"


class ContentSecurityPolicyMiddleware:
    """Send `SECURE_CSP`, a setting with the name and shape of Django 6, so that the upgrade deletes this class."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy())
        return response


class PrivateAdminMiddleware:
    """Have every answer below the admin's path kept by nobody, and shown by no search engine.

    Pages, their scripts' catalogue, redirects, refusals and errors alike; so it stands before everything that answers.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if f"{request.path_info}/".startswith(f"/{settings.ADMIN_PATH}"):
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's sessions, of which a request that reads takes none out of the database.

    A session that is void, because the password was changed elsewhere, is deleted by Django where it is met. Here the
    browser forgets it; its row stays void, and `clearsessions` takes it out.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.method in READING:
            request.session.delete = lambda session_key=None: None  # type: ignore[method-assign]


def policy() -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in settings.SECURE_CSP.items())


def language_of(request: HttpRequest) -> str:
    """`ar`, `fa` or `en`, also before any middleware has looked at the request."""
    chosen = request.GET.get(LANGUAGE_PARAMETER, "")
    return chosen if chosen in dict(settings.LANGUAGES) else get_language_from_request(request)


class CachingMiddleware:
    """Nothing leaves without a word on caches: where a view says none, none but the reader's may keep the answer, and
    none may show it without asking; a page that is not found, or leads elsewhere, may do so again tomorrow, or not."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class InterfaceLanguageMiddleware:
    """Let `?ui=ar|fa|en` choose the interface language for this request and keep it in the language cookie.

    Stands before Django's LocaleMiddleware and hands the choice over as the cookie that it reads; without the
    parameter the cookie of an earlier choice, then the browser's Accept-Language, decide.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get(LANGUAGE_PARAMETER, "")
        known = chosen in dict(settings.LANGUAGES)
        if known:
            request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = chosen
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        if known:
            _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
        return response


class CalendarMiddleware:
    """Let `?cal=gregorian|solar|lunar` choose the calendar of shown dates for this request and keep it in a cookie.

    Without the parameter the cookie of an earlier choice decides, then the language. Stands inside
    `InterfaceLanguageMiddleware`, which says that pages vary with cookies.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get(CALENDAR_PARAMETER, "")
        known = chosen in CALENDAR_CODES
        with calendar_chosen(chosen if known else request.COOKIES.get(CALENDAR_COOKIE, "")):
            response = self.get_response(request)
        if known:
            _remember(response, CALENDAR_COOKIE, chosen)
        return response


class OnePageMiddleware:
    """Have questions about the state of the archive asked once for each page that is only read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            return self.get_response(request)
        with one_page():
            return self.get_response(request)


def _remember(response: HttpResponse, name: str, chosen: str) -> None:
    response.set_cookie(
        name,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
