"""What is answered while the index cannot be asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from search.engine.protocol import SearchUnavailable
from search.web.unavailable import WAIT, for_programs


@for_programs
def feed(request: HttpRequest) -> HttpResponse:
    if "down" in request.GET:
        raise SearchUnavailable("there is no index")
    return HttpResponse("a feed")


def test_programs_are_told_when_to_ask_again() -> None:
    answer = feed(RequestFactory().get("/feeds/rss/?down"))
    assert isinstance(answer, HttpResponse)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(WAIT))
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "there is no index" not in answer.content.decode()


def test_an_answer_that_can_be_given_is_given() -> None:
    answer = feed(RequestFactory().get("/feeds/rss/"))
    assert isinstance(answer, HttpResponse) and answer.content == b"a feed"
