"""More articles than there are: real sentences and real access points in new company.

A made article has a real one as its host, and two guests of the same outlet and language. Each sentence of the host
stays or gives way to a sentence of a guest, each with an even chance; the headline is the host's or a guest's; day,
outlet and language are the host's. An access point of the host stays with an even chance, one of a guest comes with a
chance of one in four. So words, terms, records, sentences of an article and articles of a day keep their frequencies,
phrases stay phrases, and lengths keep their shape. What does not grow is the vocabulary, and texts are looser than
written ones: words of one subject meet a little less often. Article n is the same in every run.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.archive import Streams, pack
from benchmarks.work import FACETS, Work, say

LAYERS = ("norm", "stem", "loose", "names")
LINKED = ("country", "official", "body", "post", "concept")
BREAK = "zzzz"  # between headline and text, so that no phrase goes across
EMPTY = "|"


class Enlarged:
    """The streams of an archive, and made ones behind them up to `size`."""

    def __init__(self, streams: Streams, size: int) -> None:
        self.streams = streams
        self.size = size
        self.companies: dict[tuple[str, str], list[int]] = defaultdict(list)
        if size > len(streams):
            for number, document in enumerate(streams):
                self.companies[document["lang"], document["source"]].append(number)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self.__getitem__, range(self.size))

    def __getitem__(self, number: int) -> dict[str, Any]:
        return self.streams[number] if number < len(self.streams) else self._made(number)

    def _made(self, number: int) -> dict[str, Any]:
        chance = random.Random(number)
        host = self.streams[chance.randrange(len(self.streams))]
        company = self.companies[host["lang"], host["source"]]
        guests = [self.streams[chance.choice(company)] for _ in range(2)]
        identifier = hashlib.sha256(str(number).encode()).hexdigest()
        made = {
            **host,
            **_title(chance.choice([host, host, *guests])),
            **_text(host, guests, chance),
            **{kind: _points(kind, host, guests, chance) for kind in LINKED},
            "id": f"articles.article.{number + 1}",
            "django_id": str(number + 1),
            "arrival": number + 1,
            "identifier": identifier[:16],
            "digest": identifier,
        }
        made.pop("breaks")
        return made


def _title(article: dict[str, Any]) -> dict[str, str]:
    return {f"title_{layer}": article[f"title_{layer}"] for layer in LAYERS}


def _text(host: dict[str, Any], guests: list[dict[str, Any]], chance: random.Random) -> dict[str, str]:
    """The sentences of a made text, layer by layer; every layer has as many positions."""
    chosen = [
        (0, at)
        if chance.random() < 0.5
        else (guest := chance.randrange(2) + 1, chance.randrange(_count(guests, guest)))
        for at in range(len(host["breaks"]) + 1)
    ]
    made = {}
    for layer in LAYERS:
        parts = [sentences(article, layer) for article in (host, *guests)]
        made[f"text_{layer}"] = " ".join(" ".join(parts[which][at]) for which, at in chosen if parts[which][at])
    return made


def _count(guests: list[dict[str, Any]], guest: int) -> int:
    return len(guests[guest - 1]["breaks"]) + 1


def sentences(article: dict[str, Any], layer: str) -> list[list[str]]:
    """The positions of each sentence of a text in one layer."""
    places = article[f"text_{layer}"].split(" ")
    long = max(article[f"text_{layer}"].count(" ") + 1 for layer in LAYERS)
    places += [EMPTY] * (long - len(places))
    return [places[start:end] for start, end in pairwise([0, *article["breaks"], long])]


def _points(kind: str, host: dict[str, Any], guests: list[dict[str, Any]], chance: random.Random) -> str:
    kept = {slug for slug in host[kind].split() if chance.random() < 0.5}
    kept |= {slug for guest in guests for slug in guest[kind].split() if chance.random() < 0.25}
    return " ".join(sorted(kept))


# What engines that are not ours are fed with


def keep_tokens(work: Work, size: int) -> None:
    """Write the folded words and the facets of `size` articles, one packed record each, unless they are there."""
    if work.read(f"tokens-{size}"):
        return
    started = time.perf_counter()
    shutil.rmtree(work.tokens(size), ignore_errors=True)
    with Streams.create(work.tokens(size)) as kept:
        for number, document in enumerate(Enlarged(Streams(work.streams), size)):
            kept.append(pack(neutral(document)))
            if number % 20_000 == 0 and number:
                say(f"  {number:,} of {size:,} articles made")
    work.write(f"tokens-{size}", {"articles": size, "seconds": time.perf_counter() - started})


def neutral(document: dict[str, Any]) -> dict[str, Any]:
    """An article for any engine: stacks of words by position, facets as lists, the day as an ordinal."""
    words = f"{document['title_norm']} {BREAK} {document['text_norm']}"
    if not words.replace(" ", "").replace("|", "").isalnum():
        words = " ".join("|".join(map(_spelled, place.split("|"))) for place in words.split(" "))
    facets = {facet: document[facet].split() for facet in FACETS}
    return {"identifier": document["identifier"], "words": words, "day": document["day"], "facets": facets}


def _spelled(word: str) -> str:
    """A word with a sign in it (`2.5`) under a name of letters, so that no engine parts it."""
    return word if not word or word.isalnum() else "zz" + word.encode().hex()


def read_tokens(folder: Path) -> Streams:
    return Streams(folder)
