"""The 200 questions of the measurements, `queries.jsonl`, and how they were made from the frequencies of words.

`python -m benchmarks.queries WORK` makes the file anew from the archive of a work folder. Words are drawn from bands of
document frequency: common (of the 150 most frequent words that are no function words), middle (to the 3,000th) and rare
(to the 30,000th). Words of one conjunction are drawn from one article, so that they do meet; phrases are neighbours in
a text that stand together in at least three articles; prefixes are the first letters of a word of the middle band;
names are forms of the authority file whose records are linked to most articles. Every other question is narrowed by a
facet value, a year or two, or a range of days; what is browsed has no words. The file holds single words, pairs and
triples of words and names, and no sentence of any article.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.work import Work, set_up

FILE = Path(__file__).with_name("queries.jsonl")
KINDS = {
    "word, common": 14, "word, middle": 14, "word, rare": 14,
    "2 words, all": 20, "3 words, all": 16, "2 words, any": 16, "3 words, any": 12,
    "phrase of 2": 18, "phrase of 3": 10, "prefix": 14, "name": 24, "days": 12, "browse": 16,
}  # fmt: skip
ARABIC = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]{3,}")
SAMPLE = 20_000  # articles whose words are counted


@dataclass(frozen=True, slots=True)
class Query:
    """A question for any engine: words of which all or any are wanted, a phrase, a prefix or a name, and a narrowing.

    Words are folded terms. `record` is the `kind:slug` of a name: its articles answer beside those that have the name
    as a phrase. `facets` are the chosen values by facet (any of them); `days` the first and last day.
    """

    kind: str
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    prefix: str = ""
    record: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: tuple[str, ...] = ()

    @property
    def ordinals(self) -> tuple[int, int] | None:
        """The first and the last day as proleptic Gregorian ordinals, which is how articles keep theirs."""
        return (_ordinal(self.days[0]), _ordinal(self.days[1])) if self.days else None

    @property
    def is_browsing(self) -> bool:
        return not (self.all or self.any or self.phrase or self.prefix or self.record)

    @property
    def text(self) -> str:
        """The words as a reader types them."""
        quoted = f'"{" ".join(self.phrase)}"' if self.phrase else ""
        name = " ".join(self.phrase) if self.record else quoted
        prefix = f"{self.prefix}*" if self.prefix else ""
        return " ".join(filter(None, (*self.all, " OR ".join(self.any), name, prefix)))

    def to_json(self) -> str:
        return json.dumps({key: value for key, value in asdict(self).items() if value}, ensure_ascii=False)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def read(path: Path = FILE) -> list[Query]:
    return [_query(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _query(row: dict[str, Any]) -> Query:
    facets = {facet: tuple(values) for facet, values in row.pop("facets", {}).items()}
    held = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Query(**held, facets=facets)


# Making the file


class Words:
    """What is drawn from: bands of words, articles as lists of words, and how often neighbours stand together."""

    def __init__(self, work: Work) -> None:
        from benchmarks.archive import BREAK, Kept
        from benchmarks.enlarge import facets

        kept = Kept(work.articles)
        chosen = [kept[number] for number in range(min(SAMPLE, len(kept)))]
        self.articles = [_firsts(article["words"].partition(f" {BREAK} ")[2]) for article in chosen]
        held = Counter(word for words in self.articles for word in set(words))
        ranked = [word for word, _n in held.most_common() if ARABIC.fullmatch(word) and not _is_small(word)]
        self.bands = {"common": ranked[:150], "middle": ranked[150:3000], "rare": ranked[3000:30_000]}
        self.known = set(ranked[:30_000])
        self.facets = Counter(
            (facet, value) for article in chosen for facet, values in facets(article).items() for value in values
        )
        self.days = sorted(article["dated_on"] for article in chosen if article["dated_on"])


def _firsts(stream: str) -> list[str]:
    return [place.partition("|")[0] for place in stream.split(" ")]


def _is_small(word: str) -> bool:
    """Whether the search takes a word for a function word."""
    from search.analysis.asking import alternatives

    return alternatives([word, "xxxxx"], 0).optional


class Drawing:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.chance = random.Random(2026)
        self.runs = {size: self._frequent_runs(size) for size in (2, 3)}
        self.names = self._names()

    def question(self, kind: str, number: int) -> Query:
        narrowed = self._narrowed(number)
        if kind.startswith("word"):
            return Query(kind, all=(self._word(kind.split()[-1]),), **narrowed)
        if kind.endswith("all"):
            return Query(kind, all=self._meeting(int(kind[0])), **narrowed)
        if kind.endswith("any"):
            bands = itertools.islice(itertools.cycle(("middle", "rare", "common")), int(kind[0]))
            return Query(kind, any=tuple(self._word(band) for band in bands), **narrowed)
        if kind.startswith("phrase"):
            return Query(kind, phrase=self._run(int(kind[-1])), **narrowed)
        if kind == "prefix":
            return Query(kind, prefix=self._word("middle")[: self.chance.choice((3, 4))], **narrowed)
        if kind == "name":
            record, phrase = self.names[number % len(self.names)]
            return Query(kind, phrase=phrase, record=record, **narrowed)
        if kind == "days":
            return Query(kind, all=(self._word("middle"),), days=self._days())
        return Query(kind, **self._browsing(number))

    def _word(self, band: str) -> str:
        return self.chance.choice(self.words.bands[band])

    def _meeting(self, size: int) -> tuple[str, ...]:
        """Different words of one article, so that some articles have all of them."""
        while True:
            article = self.chance.choice(self.words.articles)
            held = sorted({word for word in article if word in self.words.known})
            if len(held) > 20:
                return tuple(self.chance.sample(held, size))

    def _frequent_runs(self, size: int) -> list[tuple[str, ...]]:
        """Neighbours that stand together in three articles or more, each a word that is no function word."""
        held: Counter[tuple[str, ...]] = Counter()
        for words in self.words.articles:
            runs = zip(*(words[shift:] for shift in range(size)), strict=False)
            held.update({run for run in runs if all(word in self.words.known for word in run)})
        return sorted(run for run, count in held.items() if count > 2)

    def _run(self, size: int) -> tuple[str, ...]:
        return self.chance.choice(self.runs[size])

    def _names(self) -> list[tuple[str, tuple[str, ...]]]:
        """The records that most articles are linked to, each under the name it has in Arabic or Persian."""
        from archive.authorities.directory import directory
        from search.analysis import analyze

        found = []
        for kind, most in (("country", 12), ("official", 8), ("body", 4)):
            values = [(n, value) for (facet, value), n in self.words.facets.items() if facet == kind]
            for number, (_count, slug) in enumerate(sorted(values, reverse=True)[:most]):
                label = directory().label(kind, slug, "fa" if number % 3 == 2 else "ar")
                found.append((f"{kind}:{slug}", tuple(t.norm for t in analyze(label) if t.span == 1)))
        return found

    def _narrowed(self, number: int) -> dict[str, Any]:
        """Every other question: a language, a year or two, a country, an outlet, or a range of days."""
        if number % 2 == 0:
            return {}
        facet = ("lang", "year", "country", "source", "days")[number // 2 % 5]
        return {"days": self._days()} if facet == "days" else {"facets": {facet: self._values(facet)}}

    def _values(self, facet: str) -> tuple[str, ...]:
        ranked = [
            value for (name, value), _n in self.words.facets.most_common() if name == facet and value != "undated"
        ]
        count = 2 if facet == "year" else 1
        return tuple(sorted(self.chance.sample(ranked[:6], min(count, len(ranked)))))

    def _days(self) -> tuple[str, str]:
        """Between two days of articles."""
        low, high = sorted(self.chance.sample(self.words.days, 2))
        return date.fromordinal(low).isoformat(), date.fromordinal(high).isoformat()

    def _browsing(self, number: int) -> dict[str, Any]:
        if number < 4:
            return {}
        facets = ("lang", "year", "country", "source", "official", "body")
        if number % 4 == 3:
            return {"days": self._days()}
        return {"facets": {name: self._values(name) for name in self.chance.sample(facets, 1 + number % 2)}}


def make(work: Work) -> Iterator[Query]:
    drawing = Drawing(Words(work))
    for kind, count in KINDS.items():
        yield from (drawing.question(kind, number) for number in range(count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    work = Work(parser.parse_args().work)
    set_up(work.state)
    FILE.write_text("".join(f"{query.to_json()}\n" for query in make(work)), "utf-8")


if __name__ == "__main__":
    main()
