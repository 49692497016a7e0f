"""What robots.txt lets us fetch, asked of real servers."""

from __future__ import annotations

import pytest

from archive.fetching.errors import AddressRefused, FetchError
from archive.fetching.fetch import Reach
from archive.fetching.robots import Robots
from tests.unit.archive.fetching.site import Site, page, served

RULES = b"""User-agent: *
Disallow: /private/
Allow: /private/open
Crawl-delay: 7

User-agent: Diwan
Disallow: /not-for-diwan
"""


def robots(agent: str = "Reader") -> Robots:
    return Robots(Reach(agent=agent, loopback=True))


def test_pages_that_a_site_excludes_are_not_fetched() -> None:
    with served() as site:
        site.pages["/robots.txt"] = page(RULES)
        rules = robots()
        rules.insist(site.address("/news/1"))
        rules.insist(site.address("/private/open"))
        with pytest.raises(AddressRefused, match=r"robots\.txt"):
            rules.insist(site.address("/private/1"))
        assert rules.pause(site.address("/news/1")) == 7
        assert site.asked == ["/robots.txt"], "asked once"


def test_rules_for_us_by_name_count_alone() -> None:
    with served() as site:
        site.pages["/robots.txt"] = page(RULES)
        robots("Diwan").insist(site.address("/private/1"))
        with pytest.raises(AddressRefused):
            robots("Diwan").insist(site.address("/not-for-diwan"))


def test_a_site_without_rules_is_fetched() -> None:
    with served() as site:
        robots().insist(site.address("/news/1"))
        assert robots().pause(site.address("/news/1")) == 0


@pytest.mark.parametrize("answer", [page(b"", status="503 Unavailable"), page(b"", status="429 Slow"), b"no http"])
def test_a_site_that_cannot_say_is_left_alone(answer: bytes) -> None:
    with served() as site:
        site.pages["/robots.txt"] = answer
        with pytest.raises(AddressRefused, match="cannot say now"):
            robots().insist(site.address("/news/1"))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://10.0.0.1/news/1", "10.0.0.1 is not a public site"),
        ("http://nowhere.example/news/1", "there is no site of the name nowhere.example"),
        ("http://127.0.0.1:9/news/1", "127.0.0.1 cannot be reached"),
    ],
)
def test_of_a_site_that_is_none_it_is_said_so_and_nothing_of_its_rules(address: str, told: str) -> None:
    known = {"10.0.0.1": ["10.0.0.1"], "127.0.0.1": ["127.0.0.1"]}
    rules = Robots(Reach(loopback=True, resolver=lambda host, _port: known.get(host, [])))
    for _again in range(2):
        with pytest.raises(FetchError, match=told):
            rules.insist(address)


def test_rules_that_are_no_text_let_us_fetch(site_of_noise: Site) -> None:
    robots().insist(site_of_noise.address("/news/1"))


@pytest.fixture
def site_of_noise() -> object:
    with served() as site:
        site.pages["/robots.txt"] = page(bytes(range(256)) * 20)
        yield site
