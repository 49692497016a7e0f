"""`python -m tools.records --data FOLDER`: makes the authority files of posts, bodies and outlets from given data.

FOLDER holds `names/` (posts, bodies, outlets, each row with its source) and the news, which only says which states come
first. The same data gives the same bytes. `--sample 100 --seed S` prints posts to be read by a person.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import Final

from archive.authorities.gazetteer.files import FIXTURES
from tools.records.listed import bodies, outlets
from tools.records.people import Person, Record, arabic_forms, often_named, persons, plain
from tools.records.rows import GivenPost, read_posts, source_of, states_named

LEADING: Final = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "deputy_foreign_minister", "head_of_body"}
)
OLDEST_AMBASSADOR: Final = "2001"  # the first year of the last ambassadors who are taken
OFTEN: Final = 2  # articles of the news that make an official of any post wanted


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.records", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with names/ and the news")
    parser.add_argument("--out", type=Path, default=FIXTURES, help="where the files are written")
    parser.add_argument("--states", type=int, default=60, help="how many states, those first that the news names most")
    parser.add_argument("--every", type=int, default=10, help="of every so many articles one is asked for its states")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print N posts of the file to be read")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.sample:
        print_sample(options.out / "officials_dated.json", options.sample, options.seed)
        return
    names = options.data / "names"
    states = states_named(options.data, options.every)[: options.states]
    by_hand = json.loads((FIXTURES / "officials.json").read_text("utf-8"))
    given = persons(read_posts(names / "officials_dated.tsv.xz"), by_hand)
    people = [person for person in given if wants(person, set(states))]
    entries = [*officials(people, by_hand)]
    write(options.out / "officials_dated.json", entries)
    bodies_by_hand = json.loads((FIXTURES / "bodies.json").read_text("utf-8"))
    write(options.out / "bodies_listed.json", bodies(names / "bodies.tsv", bodies_by_hand))
    write(options.out / "sources_listed.json", outlets(names / "outlets.tsv"))
    print(
        f"{sum(len(entry['posts']) for entry in entries)} posts of {len(entries)} officials; states: {' '.join(states)}"
    )
    new = sorted(((often_named(one, OFTEN), one.row["name_en"]) for one in people if not one.slug), reverse=True)
    print("Named most and on file only now:", ", ".join(f"{name} ({number})" for number, name in new if number >= 10))


def wants(person: Person, states: set[str]) -> bool:
    """Keep the posts to take: of leaders and diplomats of the states; every post of who is on file or often named."""
    if not plain(person.row["name_en"]):
        return False
    if not person.slug and not often_named(person, OFTEN):
        person.posts = [post for post in person.posts if _is_wanted(post, states)]
    return bool(person.posts)


def _is_wanted(post: GivenPost, states: set[str]) -> bool:
    if not post.start or not (post.body or post.country in states):
        return False
    if post.row["role"] in LEADING:
        return True
    if post.row["role"] != "ambassador":
        return False
    last = post.end or post.attested_on
    return last >= OLDEST_AMBASSADOR and (post.role != "ambassador" or post.posted in states)


def officials(people: Sequence[Person], by_hand: Sequence[Record]) -> list[Record]:
    """The records of the file: who is on file by hand has the posts alone, who is new a name in Latin script, too."""
    forms = arabic_forms([person for person in people if not person.slug], by_hand)
    taken, entries = {record["slug"] for record in by_hand}, dict[str, Record]()
    for person in sorted(people, key=lambda one: (plain(one.row["name_en"]), one.state, one.posts[0].start)):
        slug, names = person.slug, list[Record]()
        if not slug:
            base = plain(person.row["name_en"])
            slug = next(one for one in spellings(base, person.state) if one not in taken)
            taken.add(slug)
            names = [latin(person), *forms.get(id(person), ())]
        entry = entries.setdefault(slug, {"kind": "official", "slug": slug, "names": names, "posts": []})
        entry["posts"] += map(as_post, person.posts)
    return [entries[slug] for slug in sorted(entries)]


def spellings(base: str, state: str) -> Iterator[str]:
    """What a slug may be, of namesakes: `ahmed-ali`, `ahmed-ali-sd`, `ahmed-ali-sd-2` …"""
    return chain((base, f"{base}-{state}"), (f"{base}-{state}-{number}" for number in count(2)))


def latin(person: Person) -> Record:
    row = person.row
    text = re.sub(r"\b(Ii|Iii|Iv|Vi|[A-Z]\.[a-z]\.)(?!\w)", lambda found: found[0].upper(), row["name_en"])
    return {"text": text, "language": "en", "form": "authorized", "use": "name", "source": source_of(row)}


def as_post(post: GivenPost) -> Record:
    """A post as in the authority files, without what is empty."""
    titles = dict(zip(("ar", "fa", "en"), post.titles, strict=True))
    dates = {"start": post.start, "end": post.end, "attested_on": post.attested_on}
    kept = {name: value for name, value in dates.items() if value}
    place = {"country": post.country, "body": post.body}
    return {"role": post.role, "titles": titles, **place, **kept, "source": source_of(post.row), "verified": False}


def write(path: Path, entries: Sequence[Record]) -> None:
    """One record a line."""
    lines = [json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def print_sample(path: Path, size: int, seed: int) -> None:
    """Posts of the file drawn at random, one a line: those whose digests with the seed come first."""
    held = [(entry, post) for entry in json.loads(path.read_text("utf-8")) for post in entry["posts"]]
    held.sort(key=lambda one: sha256(f"{seed} {one[0]['slug']} {one[1]}".encode()).digest())
    for entry, post in held[:size]:
        dates = " .. ".join((post.get("start", ""), post.get("end", "")))
        attested = post.get("attested_on", "")
        names = " = ".join(name["text"] for name in entry["names"]) or entry["slug"]
        print(
            "\t".join((names, post["titles"]["en"], post["country"] or post["body"], dates, attested, post["source"]))
        )


if __name__ == "__main__":
    main()
