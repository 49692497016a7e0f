"""More articles than there are: real sentences and real access points in new company.

A made article has a real one as its host, and two guests of the same outlet and language. Each sentence of the host
stays or gives way to a sentence of a guest, each with an even chance; the headline is the host's or a guest's; day,
outlet and language are the host's. What was recognised in a sentence or headline comes along with it, and so do its
access points. So words, terms, records, sentences of an article and articles of a day keep their frequencies, phrases
stay phrases, and lengths keep their shape. What does not grow is the vocabulary, and texts are looser than written
ones: words of one subject meet a little less often. Article n is the same in every run.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.archive import AT_ONCE, PROCESSES, Kept, entry_of, folded, pack
from benchmarks.work import FACETS, Work, say, set_up

END = re.compile(r"[.؟!?…؛]+\s+|\n+")
Noted = tuple[str, int, int, str, str]  # field, start, end, kind, slug


class Enlarged:
    """The articles of an archive, and made ones behind them up to `size`."""

    def __init__(self, kept: Kept, size: int) -> None:
        self.kept = kept
        self.size = size
        self.companies: dict[tuple[str, str], list[int]] = defaultdict(list)
        if size > len(kept):
            for number, article in enumerate(kept):
                self.companies[article["language"], article["source"]].append(number)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self.__getitem__, range(self.size))

    def __getitem__(self, number: int) -> dict[str, Any]:
        """An article; a made one has no folded words yet."""
        return self.kept[number] if number < len(self.kept) else self._made(number)

    def _made(self, number: int) -> dict[str, Any]:
        chance = random.Random(number)
        host = self.kept[chance.randrange(len(self.kept))]
        company = self.companies[host["language"], host["source"]]
        guests = [self.kept[chance.choice(company)] for _ in range(2)]
        headline = chance.choice([host, host, *guests])
        body, noted = _text(host, guests, chance)
        mentions = (*(mention for mention in headline["mentions"] if mention[0] != "body"), *noted)
        records = tuple(sorted({mention[3:] for mention in mentions}))
        held = host["posts"] | guests[0]["posts"] | guests[1]["posts"]
        return host | {
            "key": number + 1,
            "identifier": hashlib.sha256(str(number).encode()).hexdigest()[:16],
            "kicker": headline["kicker"],
            "title": headline["title"],
            "body": body,
            "mentions": tuple(sorted(mentions)),
            "records": records,
            "posts": {slug: held[slug] for kind, slug in records if kind == "official" and slug in held},
            "words": "",
        }


def sentences(body: str) -> list[tuple[int, int]]:
    """Where each sentence of a text begins and ends, the space behind it included."""
    bounds = sorted({0, len(body), *(found.end() for found in END.finditer(body))})
    return list(pairwise(bounds))


def _text(host: dict[str, Any], guests: list[dict[str, Any]], chance: random.Random) -> tuple[str, list[Noted]]:
    """The sentences of a made text, and what was recognised in them where it now stands."""
    body, noted = "", []
    offered = [(article, sentences(article["body"])) for article in (host, *guests)]
    for place in offered[0][1]:
        article, (start, end) = host, place
        if chance.random() < 0.5:
            article, places = offered[chance.randrange(2) + 1]
            start, end = chance.choice(places)
        shift = len(body) - start
        for field, low, high, kind, slug in article["mentions"]:
            if field == "body" and start <= low and high <= end:
                noted.append((field, low + shift, high + shift, kind, slug))
        body += article["body"][start:end]
        body += "" if body[-1:].isspace() else "\n"
    return body, noted


# What engines that are not ours are fed with


def keep_tokens(work: Work, size: int) -> None:
    """Write the folded words and the facets of `size` articles, one packed record each, unless they are there."""
    if work.read(f"tokens-{size}"):
        return
    started = time.perf_counter()
    shutil.rmtree(work.tokens(size), ignore_errors=True)
    parts = [range(at, min(at + AT_ONCE, size)) for at in range(0, size, AT_ONCE)]
    pool = get_context("spawn").Pool(PROCESSES, _begin, (work, size))
    with pool, Kept.create(work.tokens(size)) as kept:
        for part, made in zip(parts, pool.imap(_packed, parts), strict=True):
            for packed in made:
                kept.append(packed)
            if part.start and part.start % 20_000 == 0:
                say(f"  {part.start:,} of {size:,} articles made")
    work.write(f"tokens-{size}", {"articles": size, "seconds": time.perf_counter() - started})


_of_process: list[Enlarged] = []


def _begin(work: Work, size: int) -> None:
    set_up(work.state)
    _of_process.append(Enlarged(Kept(work.articles), size))


def _packed(part: range) -> list[bytes]:
    return [pack(neutral(_of_process[0][number])) for number in part]


def neutral(article: dict[str, Any]) -> dict[str, Any]:
    """An article for any engine: stacks of words by position, facets as lists, the day as an ordinal."""
    words = article["words"] or folded(entry_of(article))
    if not words.replace(" ", "").replace("|", "").isalnum():
        words = " ".join("|".join(map(_spelled, place.split("|"))) for place in words.split(" "))
    return {"identifier": article["identifier"], "words": words, "day": article["dated_on"], "facets": facets(article)}


def facets(article: dict[str, Any]) -> dict[str, list[str]]:
    """The values of each facet, as the index has them."""
    year = f"{date.fromordinal(article['dated_on']).year:04}" if article["dated_on"] else "undated"
    single = {"year": [year], "lang": [article["language"]], "source": [article["source"]] if article["source"] else []}
    return {facet: single.get(facet) or _slugs(article["records"], facet) for facet in FACETS}


def _slugs(records: Iterable[tuple[str, str]], wanted: str) -> list[str]:
    return sorted({slug for kind, slug in records if kind == wanted})


def _spelled(word: str) -> str:
    """A word with a sign in it (`2.5`) under a name of letters, so that no engine parts it."""
    return word if not word or word.isalnum() else "zz" + word.encode().hex()


def read_tokens(folder: Path) -> Kept:
    return Kept(folder)
