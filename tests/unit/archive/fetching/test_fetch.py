"""An address fetched from real servers on the loopback address, kind and hostile ones."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator

import pytest

from archive.fetching.errors import AddressRefused, NotReached, TooLarge, TooManyRedirects, TooSlow
from archive.fetching.fetch import Fetched, Limits, Reach, fetch, post
from tests.unit.archive.fetching.site import Site, page, redirect, served

NEWS = "<html><body><p>عقدت وزارتا الخارجية مشاورات سياسية</p></body></html>".encode()
HERE = Reach(agent="DiwanTest", loopback=True)
LITTLE = Limits(seconds=1.0, bytes=100_000)


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        yield site


def got(address: str, limits: Limits = LITTLE, **conditions: str) -> Fetched:
    return fetch(address, reach=HERE, limits=limits, conditions=conditions)


def test_a_page_comes_with_its_bytes_status_headers_and_time(site: Site) -> None:
    site.pages["/a"] = page(NEWS, "Content-Type: text/html; charset=utf-8", 'ETag: "1"')
    answer = got(site.address("/a"))
    assert (answer.status, answer.body, answer.address, answer.hops) == (200, NEWS, site.address("/a"), ())
    assert answer.header("content-type") == "text/html; charset=utf-8" and answer.header("etag") == '"1"'
    assert answer.at.tzinfo
    assert "User-Agent: DiwanTest\r\n" in site.heads[0] and f"Host: 127.0.0.1:{site.port}\r\n" in site.heads[0]


def test_letters_of_an_address_are_encoded_once(site: Site) -> None:
    site.pages["/%D8%B3?q=%D9%82%D8%B7%D8%B1"] = page(NEWS)
    assert got(site.address("/س?q=قطر")).body == got(site.address("/%D8%B3?q=%D9%82%D8%B7%D8%B1")).body == NEWS


def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.pages["/a"] = page(gzip.compress(NEWS), "Content-Encoding: gzip")
    assert got(site.address("/a")).body == NEWS


def test_redirects_are_followed_and_told(site: Site) -> None:
    site.pages |= {"/a": redirect("/b"), "/b": redirect("c?x=1", "301 Moved Permanently"), "/c?x=1": page(NEWS)}
    answer = got(site.address("/a"))
    assert answer.address == site.address("/c?x=1")
    assert answer.hops == ((site.address("/a"), 302), (site.address("/b"), 301))


def test_a_thousand_redirects_end_after_three(site: Site) -> None:
    site.pages |= {f"/{number}": redirect(f"/{number + 1}") for number in range(1000)}
    with pytest.raises(TooManyRedirects):
        got(site.address("/0"))
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    "to",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://[fd00::1]/",
    ],
)
def test_each_redirect_is_looked_at_like_an_address_that_was_typed(site: Site, to: str) -> None:
    site.pages["/a"] = redirect(to)
    with pytest.raises(AddressRefused):
        got(site.address("/a"))


def test_what_did_not_change_is_not_sent_again(site: Site) -> None:
    site.pages["/a"] = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nConnection: close\r\n\r\n'
    assert got(site.address("/a"), **{"If-None-Match": '"1"'}).is_unchanged
    assert 'If-None-Match: "1"\r\n' in site.heads[0]


def test_an_error_of_the_site_is_an_answer(site: Site) -> None:
    assert got(site.address("/nothing")).status == 404


def test_a_page_that_is_too_large_is_not_read(site: Site) -> None:
    site.pages["/told"] = page(b"", length=LITTLE.bytes + 1)
    site.pages["/untold"] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"a" * (LITTLE.bytes + 1)
    for path in ("/told", "/untold"):
        with pytest.raises(TooLarge):
            got(site.address(path))


def test_a_small_page_that_unpacks_to_a_large_one_is_refused(site: Site) -> None:
    bomb = gzip.compress(bytes(200 * LITTLE.bytes))
    assert len(bomb) < LITTLE.bytes
    site.pages["/a"] = page(bomb, "Content-Encoding: gzip")
    with pytest.raises(TooLarge):
        got(site.address("/a"))


def test_packing_that_was_not_asked_for_is_refused(site: Site) -> None:
    site.pages["/a"] = page(b"\x1b", "Content-Encoding: br")
    with pytest.raises(AddressRefused, match="br"):
        got(site.address("/a"))


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_that_is_cut_off_is_no_page(site: Site, packed: bool) -> None:
    whole = gzip.compress(NEWS) if packed else NEWS
    headers = ["Content-Encoding: gzip"] if packed else []
    site.pages["/a"] = page(whole[:-9], *headers, length=len(whole))
    site.pages["/b"] = page(whole[:-9], *headers, length=len(whole) - (9 if packed else 0))
    for path in ("/a", "/b"):
        with pytest.raises(NotReached, match="cut off"):
            got(site.address(path))


def dripping(head: bytes) -> object:
    def drip(line: socket.socket, _path: str) -> None:
        line.sendall(head)
        for _second in range(100):
            line.sendall(b"a")
            time.sleep(0.05)

    return drip


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"]
)
def test_a_site_that_drips_is_left_when_its_time_is_up(site: Site, head: bytes) -> None:
    site.pages["/a"] = dripping(head)  # type: ignore[assignment]
    began = time.monotonic()
    with pytest.raises((TooSlow, NotReached)):
        got(site.address("/a"), Limits(seconds=0.3))
    assert time.monotonic() - began < 3, "it would have dripped for five seconds"


def test_a_site_that_says_nothing_is_left_when_its_time_is_up(site: Site) -> None:
    site.pages["/a"] = lambda _line, _path: time.sleep(2)
    with pytest.raises(TooSlow):
        got(site.address("/a"), Limits(seconds=0.2))


@pytest.mark.parametrize("answer", [b"", b"hello\r\n\r\n", b"HTTP/1.1 \r\n\r\n", b"\x00\x01\x02" * 100])
def test_what_is_no_http_is_an_error_in_words(site: Site, answer: bytes) -> None:
    site.pages["/a"] = answer
    with pytest.raises(NotReached):
        got(site.address("/a"))


def test_a_port_where_nobody_listens_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotReached, match="cannot be reached"):
        got(f"http://127.0.0.1:{port}/")


def test_the_connection_is_made_to_what_the_name_was_looked_at_to_be(site: Site) -> None:
    """A name that leads to a public site when it is asked first and to this machine a moment later."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    site.pages["/a"] = page(NEWS)
    rebinding = Reach(loopback=True, resolver=lambda _host, _port: next(answers))
    assert fetch(site.address("/a", "news.example"), reach=rebinding).body == NEWS
    assert f"Host: news.example:{site.port}\r\n" in site.heads[0]


def test_this_machine_is_refused_before_a_byte_is_sent(site: Site) -> None:
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "0", "[::1]", "[::ffff:127.0.0.1]"):
        with pytest.raises((AddressRefused, NotReached)):
            fetch(f"http://{host}/", reach=Reach())
    assert not site.asked


def sent(address: str, seconds: float = 5.0, body: bytes = b"{}") -> int:
    return post(address, body, {"Content-Type": "application/json"}, reach=HERE, seconds=seconds)


def test_what_is_sent_arrives_as_it_is(site: Site) -> None:
    site.pages["/in"] = page(b"", status="204 No Content")
    body = "خلف خلفوف".encode() * 100_000
    assert sent(site.address("/in"), body=body) == 204
    assert site.bodies == [body] and site.heads[0].startswith("POST /in HTTP/1.1\r\n")
    assert "Content-Type: application/json\r\n" in site.heads[0]


def test_what_is_sent_goes_to_no_other_address(site: Site) -> None:
    site.pages |= {"/in": redirect("/other", "307 Temporary Redirect"), "/other": page(b"")}
    assert sent(site.address("/in")) == 307
    assert site.asked == ["/in"]


def test_of_a_huge_answer_to_what_is_sent_no_more_than_the_head_is_read(site: Site) -> None:
    site.pages["/in"] = page(b"", length=10**12)
    assert sent(site.address("/in")) == 200


@pytest.mark.parametrize("piece", [b"", b"HTTP/1.1 200 OK\r\n", b"H"], ids=["silence", "headers for ever", "a drip"])
def test_who_does_not_answer_what_is_sent_is_left_in_time(site: Site, piece: bytes) -> None:
    def slow(line: socket.socket, _path: str) -> None:
        line.sendall(piece)
        for number in range(600):
            line.sendall(f"X-{number}: 1\r\n".encode() if len(piece) > 1 else b"")
            time.sleep(0.1)

    site.pages["/in"] = slow
    with pytest.raises(TooSlow):
        sent(site.address("/in"), seconds=0.5)


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/", "http://169.254.169.254/", "file:///etc/passwd", "http://[::]/"]
)
def test_nothing_is_sent_to_what_is_not_public(address: str) -> None:
    with pytest.raises(AddressRefused):
        sent(address)


def test_nothing_is_sent_to_the_machine_itself(site: Site) -> None:
    with pytest.raises(AddressRefused):
        post(f"http://localhost:{site.port}/", b"{}", {}, reach=Reach(), seconds=5.0)
    assert site.asked == []
