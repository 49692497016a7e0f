"""R36, R24: whatever is malformed in line, fields, cookies and forms is answered in words; nothing is a 500."""

from __future__ import annotations

import random

import pytest

from tests.faults.archive import Archive
from tests.security.lines import ask, request
from tests.security.test_wrong_hosts import refused

FORM = "Content-Type: application/x-www-form-urlencoded"
SETTINGS = {"DIWAN_BEHIND_PROXY": "on"}
REFUSED = {
    "no version": b"GET /\r\n\r\n",
    "a version to come": request().replace(b"HTTP/1.1", b"HTTP/2.0"),
    "a method in small letters": request(method=b"get"),
    "a space in the target": request("/search/?q=a b"),
    "lines without CR": b"GET / HTTP/1.1\nHost: localhost\n\n",
    "a greeting of TLS": b"\x16\x03\x01\x00\xa5\x01\x00\r\n\r\n",
    "two empty lines first": b"\r\n\r\n" + request(),
    "a field without a colon": request("/", "Foo"),
    "a folded field": request("/", "X-A: a\r\n b"),
    "NUL in a field": request("/", b"X-A: a\0b"),
    "a length that is none": request("/", "Content-Length: x", method=b"POST"),
    "a negative length": request("/", "Content-Length: -1", method=b"POST"),
    "a length of digits without end": request("/", b"Content-Length: " + 8000 * b"9", method=b"POST"),
    "two lengths": request("/", "Content-Length: 0", "Content-Length: 0", method=b"POST"),
    "a length and chunks": request("/", "Content-Length: 5", "Transfer-Encoding: chunked", method=b"POST"),
    "a chunk of no size": request("/", "Transfer-Encoding: chunked", method=b"POST") + b"zz\r\n\r\n",
    "a chunk that is longer": request("/", "Transfer-Encoding: chunked", method=b"POST") + b"1\r\nab\r\n0\r\n\r\n",
    "a trailer that is none": request("/", "Transfer-Encoding: chunked", method=b"POST") + b"0\r\nabc\r\n\r\n",
    "contradicting schemes": request("/", "X-Forwarded-Proto: https", "X-Forwarded-Ssl: off"),
    "a charset that no text has": request(
        "/admin/login/", FORM + "; charset=base64", "Content-Length: 0", method=b"POST"
    ),
    "an unknown charset": request("/admin/login/", FORM + "; charset=klingon", "Content-Length: 0", method=b"POST"),
    "a charset of our alphabet": request(
        "/admin/login/", FORM + "; charset=windows-1256", "Content-Length: 0", method=b"POST"
    ),
    "a type that is none": request(
        "/", b"Content-Type: text/html; charset*=a'b'%ff%00", "Content-Length: 0", method=b"POST"
    ),
}
ANSWERED = {
    "a form's charset in the address": (request("/search/?q=قطر", "Content-Type: text/html; charset=base64"), {200}),
    "bytes as cookies": (request("/", b"Cookie: \xff\xfe=\xff; a; =; sessionid=\xff; csrftoken=\xff"), {200}),
    "a session that is none": (request("/admin/", b'Cookie: sessionid="\\000\\377"'), {302}),
    "languages without end": (request("/", b"Accept-Language: " + 1500 * b"a-,"), {200}),
    "a day that is none": (request("/search/", "If-Modified-Since: Thu, 99 Foo 99999 00:00:00 GMT"), {200}),
    "a tag that is none": (request("/search/", b'If-None-Match: "\xff", W/, "'), {200}),
    "a range that is none": (request("/static/css/diwan.css", "Range: bytes=9-1,x"), {200, 404, 416}),
    "an address that is none": (request("/", b"X-Forwarded-For: \xff, "), {200}),
    "half a letter": (request("/search/?q=%D8"), {200}),
    "a surrogate": (request("/search/?q=%ED%A0%80"), {200, 400}),
    "NUL in the path": (request("/articles/%00/"), {404}),
    "NUL in the query": (request("/search/?q=%00&page=%00&country=%00&from=%00"), {200, 400, 404}),
    "percents": (request("/%zz%?%"), {404}),
    "a path of a server": (request("//evil.example/%2e%2e/%2e%2e/etc/passwd"), {404}),
    "a bracket": (request("//["), {404}),
    "an asterisk": (request("*", method=b"OPTIONS"), {404}),
    "a tunnel": (request("localhost:80", method=b"CONNECT"), {404}),
    "an unknown method": (request(method=b"BREW"), {403, 405}),
    "a target that is too long": (request("/" + 5000 * "a"), {414}),
    "a field that is too long": (request("/", "X-A: " + 9000 * "a"), {431}),
    "too many fields": (request("/", *(f"X-{number}: a" for number in range(120))), {431}),
    "a head without an end": (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + 4200 * b"X-A: abc\r\n", {431}),
    "an expectation": (request("/", "Expect: tea"), {417}),
    "an unknown coding": (request("/", "Transfer-Encoding: tea", method=b"POST"), {501}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_r36_a_malformed_request_is_refused_in_one_line(archive: Archive, name: str) -> None:
    assert "This request was not understood" in refused(archive, REFUSED[name]).body


@pytest.mark.parametrize("name", ANSWERED)
def test_r36_an_odd_request_is_answered(archive: Archive, name: str) -> None:
    data, statuses = ANSWERED[name]
    assert ask(archive.bind, data).status in statuses
    assert "Traceback" not in archive.log.read_text("utf-8", "replace")


def test_r36_damaged_requests_are_never_our_fault(archive: Archive) -> None:
    """Bytes of real requests changed, left out, doubled and moved: nothing is a 500, and nobody waits in vain."""
    chance = random.Random(36)  # noqa: S311
    whole = [*REFUSED.values(), *(data for data, _statuses in ANSWERED.values() if len(data) < 2000)]
    for _round in range(150):
        data = bytearray(chance.choice(whole))
        for _change in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            piece = data[at : at + chance.randint(0, 8)]
            data[at : at + chance.randint(0, 4)] = chance.choice(
                [bytes([chance.randrange(256)]), b"\r\n", b"\0", b"%", b":", b" ", bytes(piece) * 2, b""]
            )
        assert ask(archive.bind, bytes(data) + b"\r\n\r\n" + 70 * b"a\r\n").status != 500, bytes(data)
    assert "Traceback" not in archive.log.read_text("utf-8", "replace")
