"""Which requests are compared: a list of questions, and what the pages themselves link to, as varied as possible."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

from tools.pages.asking import KEEPER, LANGUAGES, SHELF, Request, Response
from tools.pages.links import forms, links

LIST = Path(__file__).with_name("addresses.txt")
CRAWLED = 42  # pages of each language that are found by links, beside the list
OF_ADMIN = 30
OF_SHELF = 14
# The files of pages, the state folder's own health, and what ends the visit.
NOT_ASKED = re.compile(r"^/(static/|account/|admin/logout|admin/jsi18n|admin/password)")

Ask = Callable[[Request], Response]


def listed(path: Path = LIST) -> list[Request]:
    """The requests of the list: `fa /search/?q=کشور: قطر`, or `* …` for all three languages; `#` begins a remark."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            who, _, address = line.partition(" ")
            path_, mark, query = address.strip().partition("?")
            whole = path_ + mark + quote(query, safe="=&%/+:,")
            found += [Request(one, whole) for one in (LANGUAGES if who == "*" else [who])]
    return found


def draw(ask: Ask) -> Iterator[tuple[Request, Response]]:
    """Requests with their answers: the list, what readers find from it by links, the forms of pages, the admin."""
    pages = [(request, ask(request)) for request in listed()]
    for language in LANGUAGES:
        pages += _crawl(language, [page for page in pages if page[0].who == language], CRAWLED, ask)
    yield from pages
    yield from _sent(pages, ask)
    home = Request(KEEPER, "/admin/")
    found = (home, ask(home))
    yield found
    yield from _crawl(KEEPER, [found], OF_ADMIN, ask)


def _crawl(who: str, pages: list[tuple[Request, Response]], most: int, ask: Ask) -> list[tuple[Request, Response]]:
    """Follow links, each time the one found first to the route that was seen least, every third time to the kind."""
    seen, asked = {request.address for request, _answer in pages}, Counter[str]()
    waiting: dict[str, list[str]] = defaultdict(list)

    def count(request: Request) -> None:
        asked.update({kind(request.address), route(request.address)})

    def wait(request: Request, answer: Response) -> None:
        for address in links(request, answer):
            if address not in seen and not NOT_ASKED.match(address):
                if who == KEEPER and not address.startswith("/admin/"):
                    continue
                seen.add(address)
                waiting[kind(address)].append(address)

    def rareness(one: str) -> tuple[int, int]:
        return (0 if len(found) % 3 == 2 else asked[one.partition(" ")[0]], asked[one])

    for page in pages:
        wait(*page)
        count(page[0])
    found: list[tuple[Request, Response]] = []
    while waiting and len(found) < most:
        rarest = min(waiting, key=rareness)
        request = Request(who, waiting[rarest].pop(0))
        if not waiting[rarest]:
            del waiting[rarest]
        count(request)
        found.append((request, ask(request)))
        wait(*found[-1])
    return found


def _sent(pages: list[tuple[Request, Response]], ask: Ask) -> list[tuple[Request, Response]]:
    """One form of each kind sent as a reader sends it, the page that it leads to, and what that page links to."""
    kinds: dict[str, Request] = {}
    for request, answer in pages:
        for address, fields in forms(request, answer):
            if not NOT_ASKED.match(address):
                kinds.setdefault(kind(address), Request(SHELF, address, "POST", fields))
    sent = [(request, ask(request)) for request in kinds.values()]
    after = [dict(answer.headers).get("Location", "") for _request, answer in sent]
    to_show = [Request(SHELF, address) for address in dict.fromkeys([*after, "/shelf/"]) if address]
    shown = [(request, ask(request)) for request in to_show]
    return [*sent, *shown, *_crawl(SHELF, shown, OF_SHELF, ask)]


def kind(address: str) -> str:
    """The route of an address and the names of its parameters: `search/ country q`."""
    query = urlsplit(address).query
    return " ".join([route(address), *sorted({name for name, _value in parse_qsl(query, keep_blank_values=True)})])


def route(address: str) -> str:
    """The pattern of the site map that answers an address: `articles/<str:identifier>/`; "nowhere" if none does."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(address).path).route or "home"
    except Resolver404:
        return "nowhere"
