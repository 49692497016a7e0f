"""Addresses as people paste them, and the one host that a request is for (RFC 9112, section 3.2)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.http.errors import InvalidHeader, InvalidRequestLine

from config.edge.targets import ascii_target, settle_host

HOST = ("HOST", "archive.example")


def asked(uri: str, *hosts: str, method: str = "GET", version: tuple[int, int] = (1, 1)) -> Any:
    headers = [("ACCEPT", "*/*"), *(("HOST", host) for host in hosts)]
    return SimpleNamespace(method=method, uri=uri, headers=headers, version=version)


def hosts(request: Any) -> list[str]:
    settle_host(request)
    return [value for name, value in request.headers if name == "HOST"]


def test_an_address_in_arabic_letters_is_asked_as_its_encoded_form() -> None:
    head = "GET /search/?q=خلفوف HTTP/1.1\r\nX-Name: خلف\r\n\r\n".encode()
    line, _end, rest = ascii_target(head).partition(b"\r\n")
    assert line == b"GET /search/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81 HTTP/1.1"
    assert rest == "X-Name: خلف\r\n\r\n".encode()


@pytest.mark.parametrize("head", [b"GET /search/?q=%D9%82 HTTP/1.1\r\n\r\n", b"GET", b"\r\n", b""])
def test_a_head_of_ascii_stays_as_it_is(head: bytes) -> None:
    assert ascii_target(head) == head


def test_a_method_is_not_made_readable() -> None:
    assert ascii_target("أ /x HTTP/1.1\r\n".encode()).startswith("أ ".encode())


def test_an_absolute_target_names_the_host_whatever_the_header_says() -> None:
    assert hosts(asked("http://archive.example/search/", "evil.example")) == ["archive.example"]
    assert hosts(asked("HTTPS://archive.example:8443/", "evil.example")) == ["archive.example:8443"]


def test_the_header_names_the_host_of_a_path_and_other_headers_stay() -> None:
    request = asked("/search/", "archive.example:80")
    assert hosts(request) == ["archive.example:80"]
    assert ("ACCEPT", "*/*") in request.headers
    assert hosts(asked("*", "archive.example", method="OPTIONS")) == ["archive.example"]


def test_only_http_1_0_may_leave_the_host_out() -> None:
    assert hosts(asked("/", version=(1, 0))) == []
    with pytest.raises(InvalidHeader):
        settle_host(asked("/"))


@pytest.mark.parametrize("host", ["archive.example:65536", "archive.example:99999999999999999999"])
def test_a_port_beyond_the_last_is_refused(host: str) -> None:
    with pytest.raises(InvalidHeader):
        settle_host(asked("/", host))
    assert hosts(asked("/", "archive.example:65535")) == ["archive.example:65535"]
    assert hosts(asked("/", "archive.example:")) == ["archive.example:"]


@pytest.mark.parametrize("uri", ["ftp://archive.example/", "javascript:alert(1)", "http://[::1/", "search/", "archive"])
def test_a_target_that_is_neither_path_nor_address_is_refused(uri: str) -> None:
    with pytest.raises(InvalidRequestLine):
        settle_host(asked(uri, "archive.example"))
