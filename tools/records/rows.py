"""Reads the given posts: whose, which role here, of which state, when, and how long that is known."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from archive.authorities.gazetteer.files import read_table, shipped_records
from archive.authorities.gazetteer.kinds import Kind
from archive.authorities.recognition.recognition import find_mentions
from tools.measured import read_lines

Row = dict[str, str]
# Bodies whose heads are given under the United Nations, by the end of the title.
_BODIES: Final = {"General Assembly": "un-general-assembly", "Court of Justice": "icj", "Trade Organization": "wto"}
# Words that the Factbook's lines left on a name.
_NO_NAME: Final = frozenset(("chamber", "elect", "consulate", "resident", "resides"))
_POSTED: Final = re.compile(r".*?(?: to| in)( the)? (?P<place>.+)")
_PARTIAL: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")  # some have more behind it: `2014s`
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHORTER: Final = (
    ("CIA World Factbook", "CIA World Factbook (public domain)"),
    (
        "US Department of State, Office of the Historian",
        "US Department of State, Office of the Historian (public domain)",
    ),
)


@dataclass(frozen=True, slots=True)
class GivenPost:
    """One post of the given data; dates as in `archive.authorities.models.Post`."""

    row: Row
    role: str
    titles: tuple[str, str, str]
    country: str
    body: str
    start: str
    end: str
    attested_on: str
    posted: str  # the state to which an ambassador was sent

    @property
    def state(self) -> str:
        return self.country or self.body

    @property
    def place(self) -> tuple[str, str, str]:
        return self.role, self.country, self.body


def read_rows(path: Path) -> list[Row]:
    """The rows of a table with a head, tab-separated, without quoting; compressed where its name ends so."""
    return list(csv.DictReader(read_lines(path), delimiter="\t", quoting=csv.QUOTE_NONE))


def read_posts(path: Path) -> list[GivenPost]:
    """The posts that have a role here, a state and a beginning or a day on which they are attested."""
    posts = [post for row in read_rows(path) if _is_sound(row) and (post := _post(row))]
    starts: dict[tuple[object, ...], list[str]] = {}
    for post in posts:
        starts.setdefault((post.place, post.titles), []).append(post.start)
    dated = (_attested(post, starts[post.place, post.titles]) for post in posts)
    return [post for post in dated if post.start or (post.attested_on and post.role != "ambassador")]


def _is_sound(row: Row) -> bool:
    """Whether a row can be right: a term has an end behind its beginning, and the name is one alone.

    Only heads of state and government hold a post for a day.
    """
    is_short = (
        row["from"] == row["to"] and len(row["to"]) == 10 and row["role"] not in {"head_of_state", "head_of_government"}
    )
    is_backwards = bool(row["to"]) and row["to"] < row["from"][: len(row["to"])]
    return not (is_short or is_backwards or _NO_NAME & set(row["name_en"].lower().split()))


def _post(row: Row) -> GivenPost | None:
    known = _known(row["role"], row["role_text"])
    if known is None or "label is wrong" in row["note"] or "Governing Council" in row["note"]:
        return None
    role, *titles = known
    country, body, posted = row["country_iso2_or_body"].lower(), "", ""
    if row["role"] == "head_of_body":
        country, body = "", next((slug for end, slug in _BODIES.items() if row["role_text"].endswith(end)), "un")
    elif ("country", country) not in _labels():
        return None
    if role == "ambassador":
        posted = row["posted_to"].lower() or _posted_to(row["role_text"])
        if ("country", posted) not in _labels() or posted == country:
            return None
        titles = _titles_of_ambassador(posted)
    arabic, persian, english = titles
    start, end = (_PARTIAL.match(row[name]) for name in ("from", "to"))
    dates = (start[0] if start else "", end[0] if end else "", "")
    return GivenPost(row, role, (arabic, persian, english), country, body, *dates, posted)


def _attested(post: GivenPost, starts: list[str]) -> GivenPost:
    """An open end is known as far as a source saw the post held, and no further.

    The Factbook's last edition, a year before its last snapshot, because it follows changes late; the last day on which
    a US Secretary met the minister; of heads and foreign ministers whom nobody follows in the data, the day of the
    snapshot of Wikidata. Nothing of it: the day of the beginning.
    """
    row = post.row
    if post.end:
        return post
    met = [day for part in row["corroborated_by"].split("|") if "met US" in part for day in _DAY.findall(part)]
    edition = row["seen_in_editions"].rpartition("..")[2].replace("-02-29", "-02-28")
    seen = [f"{int(edition[:4]) - 1}{edition[4:]}" if len(edition) == 10 else edition, *met]
    is_led = row["role"] in {"head_of_state", "head_of_government", "foreign_minister"}
    if row["source"].startswith("Wikidata") and is_led and post.start and max(starts) <= post.start:
        seen += _DAY.findall(row["source"])[-1:]
    if not post.start and row["posted_to"] and not row["from"] and ".." in row["posted_to"]:
        seen.append(row["posted_to"].rpartition("..")[2])
    last = max([day for day in seen if day], default="")
    return replace(post, attested_on=max(last, post.start) if post.start else last)


def source_of(row: Row) -> str:
    """Where a row comes from, with its licence: `Wikidata Q123 (CC0), france-cabinet @7ff37ba 2022-07-23`."""
    source = row["source"].split(" (github:")[0].split("; wikidata id")[0]
    if source.startswith("Wikidata"):
        told = re.sub(r"Wikidata( P39)? via github:every-politician-scrapers/", "", source)
        told = re.sub(r"(html/|sources/|data/)\S+ ", "", told)
        return f"Wikidata {row['wikidata']} (CC0), via every-politician-scrapers/{told}"
    for whole, shorter in _SHORTER:
        source = source.replace(whole, shorter)
    seen = row["seen_in_editions"]
    return f"{source}: {seen}" if "Factbook" in source and seen else source


def _known(given: str, text: str) -> tuple[str, str, str, str] | None:
    """The role here and its titles in Arabic, Persian and English."""
    for row, pattern in _patterns():
        if row["given"] == given and pattern.fullmatch(text):
            if row["role"] == "-":
                return None
            own = _role_titles()[row["role"]]
            english = text if row["title_en"] == "=" else row["title_en"] or own["en"]
            return row["role"], row["title_ar"] or own["ar"], row["title_fa"] or own["fa"], english
    return None


def _titles_of_ambassador(posted: str) -> list[str]:
    names = _labels()["country", posted]
    the = "the " if names["en"].startswith(("United", "Netherlands", "Philippines", "Maldives", "Bahamas")) else ""
    return [f"السفير لدى {names['ar']}", f"سفیر در {names['fa']}", f"Ambassador to {the}{names['en']}"]


def _posted_to(text: str) -> str:
    """The state of «ambassador to the Netherlands»; "" where the title names none or several."""
    found = _POSTED.fullmatch(text)
    return _by_name().get(found["place"].lower(), "") if found else ""


@cache
def _patterns() -> list[tuple[Row, re.Pattern[str]]]:
    rows = read_table("roles.tsv", Path(__file__).parent)
    return [(row, re.compile(row["pattern"], re.IGNORECASE)) for row in rows]


@cache
def _role_titles() -> dict[str, dict[str, str]]:
    titles: dict[str, dict[str, str]] = {}
    for row in read_table("roles.tsv"):
        titles.setdefault(row["role"], {}).setdefault(row["language"], row["phrase"])
    return titles


@cache
def _labels() -> dict[tuple[str, str], dict[str, str]]:
    labels: dict[tuple[str, str], dict[str, str]] = {}
    for record in shipped_records():
        for name in record["names"] if record["kind"] == "country" else ():
            if name["form"] == "authorized":
                labels.setdefault((record["kind"], record["slug"]), {})[name["language"]] = name["text"]
    return labels


@cache
def _by_name() -> dict[str, str]:
    """English names of countries to their codes; also as Wikidata's titles write some."""
    names = {"russian federation": "ru", "people's republic of china": "cn", "republic of ireland": "ie"}
    for record in shipped_records():
        for name in record["names"] if record["kind"] == "country" else ():
            if name["language"] == "en" and name["use"] in {"name", "official_name", "press", "short"}:
                names.setdefault(name["text"].lower(), record["slug"])
    return names


def states_named(folder: Path, every: int) -> list[str]:
    """The states that the news names in most articles first, by every so manieth article of both languages."""
    counts: Counter[str] = Counter()
    for lang in ("ar", "fa"):
        for line in islice(read_lines(folder / f"news_{lang}.jsonl.xz"), 0, None, every):
            story = json.loads(line)
            mentions = find_mentions(f"{story['title'] or ''}\n\n{story['body'] or ''}", lang)
            counts.update({mention.record for mention in mentions if mention.kind == Kind.COUNTRY})
    return sorted(counts, key=lambda state: (-counts[state], state))
