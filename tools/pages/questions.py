"""Questions drawn from the headlines of an archive: words of a reader who looks for what it holds."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator
from urllib.parse import urlencode

from tools.pages.asking import LANGUAGES, Request, Response
from tools.pages.drawing import Ask

OPENED = 4  # questions of which one has its first article opened, its hits marked
LISTED = 30  # pages of the list that headlines are read from
_TITLE = re.compile(r'class="title"[^>]*>\s*<a [^>]*>(.*?)</a>', re.DOTALL)
_OPENED = re.compile(r'class="title"[^>]*>\s*<a [^>]*href="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")


def asked(ask: Ask, count: int, seed: int = 1) -> Iterator[tuple[Request, Response]]:
    """So many questions with their answers, in three languages in turn, and behind some the first article found."""
    for number, request in enumerate(drawn(headlines(ask), count, seed)):
        answer = ask(request)
        yield request, answer
        first = _OPENED.search(answer.body.decode("utf-8", "replace")) if number % OPENED == 0 else None
        if first:
            opened = Request(request.who, html.unescape(first[1]))
            yield opened, ask(opened)


def headlines(ask: Ask) -> list[str]:
    found: list[str] = []
    for page in range(1, LISTED + 1):
        body = ask(Request("en", f"/search/?page={page}&fold=0")).body.decode("utf-8")
        found += [html.unescape(_TAG.sub("", title)) for title in _TITLE.findall(body)]
    return found


def drawn(titles: list[str], count: int, seed: int) -> Iterator[Request]:
    """Neighbouring words of headlines, one to four, in the forms that readers type; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - the same questions for the same seed
    titles = [title for title in titles if len(title.split()) > 3]
    for number in range(count):
        words = _words(chance, titles)
        text = " ".join(words)
        forms = (
            text,
            text,
            text,
            f'"{text}"',
            f"{text} OR {' '.join(_words(chance, titles))}",
            f"{text} -{_words(chance, titles)[0]}",
            f"title:{words[0]}",
            f"{words[0][:4]}*",
            f"{words[0]}~",
        )
        query = {"q": chance.choice(forms)}
        if chance.random() < 0.2:
            query |= chance.choice(({"lang": "fa"}, {"sort": "newest"}, {"names": "0"}, {"fold": "0"}, {"page": "2"}))
        yield Request(LANGUAGES[number % len(LANGUAGES)], f"/search/?{urlencode(query)}")


def _words(chance: random.Random, titles: list[str]) -> list[str]:
    words = chance.choice(titles).split()
    length = chance.choice((1, 1, 2, 2, 3, 4))
    start = chance.randrange(max(1, len(words) - length))
    return words[start : start + length]
