"""What every answer carries, whoever answers: policy, privacy of the admin, a word on caches, language and calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import BadRequest, DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from archive.pages.interface import reader_calendar
from config import middleware, site_files
from config.context import interface
from config.malformed import ArchiveRequest, WellFormedMiddleware, bad_request

GET = RequestFactory().get
Answer = Callable[[HttpRequest], HttpResponse]


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


def test_a_policy_is_sent_unless_the_answer_has_one_of_its_own() -> None:
    told = middleware.ContentSecurityPolicyMiddleware(plain)(GET("/")).headers["Content-Security-Policy"]
    assert told == middleware.policy()
    assert "default-src 'none'" in told and "unsafe-inline" not in told.split("script-src", 1)[-1].split(";")[0]
    own: Answer = lambda _request: HttpResponse(headers={"Content-Security-Policy": "sandbox"})  # noqa: E731
    assert middleware.ContentSecurityPolicyMiddleware(own)(GET("/")).headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("path", "is_private"),
    [
        ("/back/workshop/", True),
        ("/back/workshop", True),
        ("/back/workshop/articles/", True),
        ("/back/workshopping/", False),
        ("/", False),
    ],
)
def test_whatever_stands_below_the_admins_path_is_kept_by_nobody(settings: Any, path: str, is_private: bool) -> None:
    settings.ADMIN_PATH = "back/workshop/"
    response = middleware.PrivateAdminMiddleware(plain)(GET(path))
    assert ("no-store" in response.get("Cache-Control", "")) is is_private
    assert ("noindex" in response.get("X-Robots-Tag", "")) is is_private


def test_an_answer_that_says_nothing_of_caches_is_the_readers_own() -> None:
    assert middleware.CachingMiddleware(plain)(GET("/")).headers["Cache-Control"] == "private, no-cache"
    own: Answer = lambda _request: HttpResponse(headers={"Cache-Control": "public, max-age=9"})  # noqa: E731
    assert middleware.CachingMiddleware(own)(GET("/")).headers["Cache-Control"] == "public, max-age=9"


def test_a_language_that_is_chosen_is_remembered_and_another_word_is_not(settings: Any) -> None:
    seen: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        return HttpResponse()

    chosen = middleware.InterfaceLanguageMiddleware(answer)(GET("/?ui=fa"))
    unknown = middleware.InterfaceLanguageMiddleware(answer)(GET("/?ui=de"))
    assert seen == ["fa", ""]
    assert chosen.cookies[settings.LANGUAGE_COOKIE_NAME].value == "fa"
    assert chosen.cookies[settings.LANGUAGE_COOKIE_NAME]["samesite"] == "Lax"
    assert not unknown.cookies and "Cookie" in unknown.headers["Vary"]


def test_a_calendar_that_is_chosen_holds_for_the_page_and_the_next_ones() -> None:
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(reader_calendar())

    made = middleware.CalendarMiddleware(answer)
    chosen = made(GET("/?cal=lunar"))
    later = GET("/")
    later.COOKIES["cal"] = "lunar"
    assert chosen.content == made(later).content != made(GET("/?cal=gregorian")).content
    assert chosen.cookies["cal"].value == "lunar" and not made(later).cookies
    assert not made(GET("/?cal=mayan")).cookies


@pytest.mark.parametrize(
    ("address", "header", "language"),
    [("/?ui=ar", "fa", "ar"), ("/?ui=de", "fa", "fa"), ("/", "fr, fa;q=0.5", "fa"), ("/", "fr", "en")],
)
def test_a_language_is_known_before_any_middleware(address: str, header: str, language: str) -> None:
    assert middleware.language_of(GET(address, headers={"accept-language": header})) == language


def test_every_language_leads_to_the_same_page_of_this_site() -> None:
    with override("fa"):
        told: Any = interface(GET("/search/", {"q": "قطر", "page": "2"}))
    assert told["ui_language"] == "fa" and told["ui_direction"] == "rtl"
    assert [one["code"] for one in told["ui_languages"] if one["current"]] == ["fa"]
    links = {one["code"]: one["url"] for one in told["ui_languages"]}
    assert links["en"] == "/search/?q=%D9%82%D8%B7%D8%B1&page=2&ui=en"
    assert told["origin"] == "http://testserver"


@pytest.mark.parametrize("path", ["//evil.example/", "///evil.example"])
def test_no_language_leads_to_another_site(path: str) -> None:
    request = GET("/")
    request.path = path
    told: Any = interface(request)
    assert not [one["url"] for one in told["ui_languages"] if one["url"].startswith("//")]


def request_with(content_type: str, method: str = "POST") -> HttpRequest:
    environ = {**GET("/").META, "REQUEST_METHOD": method, "CONTENT_TYPE": content_type}
    return ArchiveRequest(environ)


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("kind", ["", FORM, f"{FORM}; charset=utf-8", f"{FORM}; charset=US-ASCII", "text/plain"])
def test_a_form_in_our_letters_is_read(kind: str) -> None:
    assert WellFormedMiddleware(plain)(request_with(kind)).status_code == 200


@pytest.mark.parametrize("charset", ["base64", "klingon", "windows-1256", "utf-16", "rot13", "\x00"])
def test_a_form_in_other_letters_is_refused_and_a_page_is_not(charset: str) -> None:
    with pytest.raises(BadRequest, match="Content-Type"):
        WellFormedMiddleware(plain)(request_with(f"{FORM}; charset={charset}"))
    assert WellFormedMiddleware(plain)(request_with(f"{FORM}; charset={charset}", "GET")).status_code == 200


def test_a_host_of_somebody_else_is_refused() -> None:
    with pytest.raises(DisallowedHost):
        WellFormedMiddleware(plain)(GET("/", headers={"host": "evil.example"}))


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_a_refusal_is_in_the_readers_language(language: str) -> None:
    response = bad_request(GET(f"/?ui={language}"), BadRequest("x"))
    assert (response.status_code, response.headers["Content-Language"]) == (400, language)
    assert f'lang="{language}"' in response.content.decode()


def test_robots_are_told_of_the_endless_search_and_not_where_the_admin_stands(settings: Any) -> None:
    told = site_files.robots(GET("/robots.txt"))
    assert b"Disallow: /search/?" in told.content and settings.ADMIN_PATH.encode() not in told.content
    assert "public" in told.headers["Cache-Control"]
    assert site_files.robots(RequestFactory().post("/robots.txt")).status_code == 405
    assert site_files.favicon(GET("/favicon.ico")).headers["Location"].endswith(".svg")
