"""Requests and answers: who asks which address, and what comes back, to the byte."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

LANGUAGES = ("ar", "fa", "en")
KEEPER, SHELF = "keeper", "shelf"  # a curator, signed in; a reader whose cookies are kept from one request to the next
HOST = "localhost"


@dataclass(frozen=True, slots=True)
class Request:
    """`who` is a language (a reader with its cookie alone), `KEEPER` or `SHELF`; `fields` are those of a POST."""

    who: str
    address: str
    method: str = "GET"
    fields: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.who:<6} {self.method} {self.address}"

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Request:
        return cls(**{**plain, "fields": tuple((name, value) for name, value in plain["fields"])})


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def media_type(self) -> str:
        return dict(self.headers).get("Content-Type", "").partition(";")[0]


def ask(request: Request) -> Response:
    """Send a request through the whole of Django; an uncaught error comes back as the page of status 500."""
    client = _client(request.who)
    headers = {"origin": f"http://{HOST}", "host": HOST}
    if request.method == "POST":
        fields: dict[str, list[str]] = {}
        for name, value in request.fields:
            fields.setdefault(name, []).append(value)
        response = client.post(request.address, fields, headers=headers)
    else:
        response = client.get(request.address, headers=headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    cookies = [("Set-Cookie", morsel.OutputString()) for _name, morsel in sorted(response.cookies.items())]
    response.close()
    return Response(response.status_code, (*sorted(response.headers.items()), *cookies), body)


def _client(who: str) -> Any:
    return _same(who) if who in {KEEPER, SHELF} else _new(who)


@cache
def _same(who: str) -> Any:
    client = _new("en")
    if who == KEEPER:
        from django.contrib.auth import get_user_model

        client.force_login(get_user_model().objects.filter(is_superuser=True).order_by("pk")[0])
    return client


def _new(language: str) -> Any:
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME=HOST, raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client
