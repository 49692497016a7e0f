"""Pages are compressed for those who take it, and say so."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from config.compressing import QuickGZipMiddleware

PAGE = "<p>خلف خلفوف في باكو</p>" * 100


def answered(response: HttpResponse | StreamingHttpResponse, taken: str = "gzip") -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": taken})
    return QuickGZipMiddleware(lambda _request: response)(request)


def test_a_page_comes_back_as_it_was() -> None:
    packed = answered(HttpResponse(PAGE, headers={"ETag": '"a"'}))
    assert gzip.decompress(packed.content).decode() == PAGE
    assert packed["Content-Encoding"] == "gzip" and packed["ETag"] == 'W/"a"' and packed["Vary"] == "Accept-Encoding"
    assert packed["Content-Length"] == str(len(packed.content)) and len(packed.content) < 1000


def test_the_length_tells_nothing_of_what_is_inside() -> None:
    assert len({len(answered(HttpResponse(PAGE)).content) for _time in range(30)}) > 5


@pytest.mark.parametrize("taken", ["", "br"])
def test_who_does_not_take_it_gets_the_page(taken: str) -> None:
    plain = answered(HttpResponse(PAGE), taken)
    assert plain.content.decode() == PAGE and plain["Vary"] == "Accept-Encoding"


def test_what_is_short_or_packed_or_sent_in_parts_is_left_to_django() -> None:
    assert answered(HttpResponse("short")).content == b"short"
    assert answered(HttpResponse(PAGE, headers={"Content-Encoding": "br"}))["Content-Encoding"] == "br"
    parts = answered(StreamingHttpResponse([PAGE.encode()]))
    assert gzip.decompress(b"".join(parts.streaming_content)).decode() == PAGE
