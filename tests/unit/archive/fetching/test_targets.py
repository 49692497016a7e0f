"""Which addresses are asked: as typed, and by what their names resolve to."""

from __future__ import annotations

import pytest

from archive.fetching.errors import AddressRefused, NotReached
from archive.fetching.targets import led_to, public_addresses, target


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("https://news.example", "https://news.example/"),
        ("  HTTPS://News.Example:443/a?b=c#part ", "https://news.example/a?b=c"),
        ("http://news.example:80/", "http://news.example/"),
        ("https://اخبار.example/سياسة", "https://xn--mgbacxr.example/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9"),
        ("https://news.example/a%20b?q=%D9%82%D8%B7%D8%B1", "https://news.example/a%20b?q=%D9%82%D8%B7%D8%B1"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
    ],
)
def test_an_address_is_asked_as_it_stands_for(typed: str, asked: str) -> None:
    assert target(typed).address == asked


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "news.example",
        "file:///etc/passwd",
        "ftp://news.example/",
        "gopher://news.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:///path",
        "http://user:secret@news.example/",
        "http://news.example@10.0.0.1/",
        "http://news.example:22/",
        "http://news.example:8080/",
        "http://news.example:99999/",
        "http://news.example/a b",
        "http://news.example/\r\nHost: other",
        "http://news.example\\@10.0.0.1/",
        "http://[::1/",
        f"http://{'a' * 70}.example/",
        "http://news.example/" + "a" * 3000,
    ],
)
def test_what_is_no_page_of_the_web_is_refused_with_its_reason(typed: str) -> None:
    with pytest.raises(AddressRefused, match=r"\w{3,}"):
        target(typed)


@pytest.mark.parametrize(
    "stands_at",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1",
        "fe80::1%eth0",
        "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:db8::1",
    ],
)  # fmt: skip
def test_a_site_that_is_not_public_is_refused(stands_at: str) -> None:
    with pytest.raises(AddressRefused, match="not a public site"):
        public_addresses(target("https://news.example/"), lambda _host, _port: [stands_at])


def test_one_address_that_is_not_public_is_enough() -> None:
    with pytest.raises(AddressRefused):
        public_addresses(target("https://news.example/"), lambda _host, _port: ["93.184.216.34", "10.0.0.1"])


@pytest.mark.parametrize("stands_at", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_a_public_site_is_asked(stands_at: str) -> None:
    assert public_addresses(target("https://news.example/"), lambda _host, _port: [stands_at]) == [stands_at]


def test_a_name_that_nobody_has_is_told() -> None:
    with pytest.raises(NotReached, match=r"news\.example"):
        public_addresses(target("https://news.example/"), lambda _host, _port: [])


def test_a_site_leads_elsewhere_but_never_from_https_back() -> None:
    page = target("https://news.example/a/b")
    assert led_to(page, "../c").address == "https://news.example/c"
    assert led_to(page, "//other.example/").address == "https://other.example/"
    with pytest.raises(AddressRefused):
        led_to(page, "http://news.example/a/b")
