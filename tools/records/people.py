"""Whose the given posts are: rows of one person together, and with the official who is on file already."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from archive.authorities.gazetteer.guards import is_given_name
from archive.authorities.gazetteer.inflection import spell
from archive.authorities.gazetteer.words import split_words
from archive.authorities.recognition.posts import HONOURS
from search.analysis import name_keys
from tools.records.rows import GivenPost, Row

Record = dict[str, Any]
SAME_TERM: Final = 183  # days: sources that differ by less speak of the same beginning
_PARTICLES: Final = frozenset(("bin", "ibn", "the", "von", "van", "der", "del"))
_LISTED: Final = "spelling listed"  # an Arabic form that the source took from our own file, by a looser match


class OnFile(NamedTuple):
    """An official of the file kept by hand, by one state: roles, Latin names, folded letters of the other forms."""

    slug: str
    roles: set[str]
    latin: set[str]
    forms: set[str]
    heads_body: bool

    @classmethod
    def by_state(cls, officials: Iterable[Record]) -> Mapping[str, list[OnFile]]:
        """Those of each country and body, and all under ""."""
        held: dict[str, list[OnFile]] = {}
        for record in officials:
            latin = {name["text"] for name in record["names"] if name["language"] == "en" and name["use"] == "name"}
            forms = {letters(n["text"]) for n in record["names"] if n["language"] != "en" and n["use"] != "surname"}
            heads_body = any(post["body"] for post in record["posts"])
            for state in {"", *(post["country"] or post["body"] for post in record["posts"])}:
                roles = {post["role"] for post in record["posts"] if state == (post["country"] or post["body"])}
                held.setdefault(state, []).append(cls(record["slug"], roles, latin, forms, heads_body))
        return held


@dataclass(eq=False)
class Person:
    """One person's posts of one state; `slug` of the official on file, "" for one who is new."""

    posts: list[GivenPost]
    slug: str = ""
    names: set[str] = field(default_factory=set)

    @property
    def state(self) -> str:
        return self.posts[0].state

    @property
    def row(self) -> Row:
        """The row whose name is shown: Wikidata's before others."""
        return min((post.row for post in self.posts), key=lambda row: not row["wikidata"])


def persons(posts: Iterable[GivenPost], officials: Iterable[Record]) -> list[Person]:
    """Group posts by person, by Wikidata's identifier, else by state and name; then find who is on file.

    Who may be either of two persons is left out.
    """
    known: dict[str, Person] = {}
    by_place: dict[str, list[Person]] = {}
    for post in sorted(posts, key=lambda post: not post.row["wikidata"]):
        identifier, neighbours = post.row["wikidata"], by_place.setdefault(_place(post), [])
        same = [known[identifier]] if identifier in known else []
        same = same or [person for person in neighbours if _is_same(person, post, whole=bool(identifier))]
        if len(same) > 1:
            continue
        person = same[0] if same else Person([])
        _add(person, post)
        if person not in neighbours:
            neighbours.append(person)
        if identifier:
            known[identifier] = person
    found = {id(person): person for neighbours in by_place.values() for person in neighbours}
    on_file = OnFile.by_state(officials)
    return [replace(person, posts=_terms(person.posts)) for person in found.values() if _match(person, on_file)]


def _place(post: GivenPost) -> str:
    """Where one person may be told by a name: a state, or all crowns, for one head wears several."""
    return "crowns" if post.role == "king" else post.state


def _add(person: Person, post: GivenPost) -> None:
    person.posts.append(post)
    person.names |= _names(post.row)


def _names(row: Row) -> set[str]:
    """The Latin names of a row; a variant that is not of one piece with the name may be another person's."""
    name, variants = row["name_en"], filter(None, row["name_variants"].split(" | "))
    return {name, *(variant for variant in variants if _meet([variant], [name]))}


def _is_same(person: Person, post: GivenPost, *, whole: bool) -> bool:
    """The same name in full; or, unless `whole`, in part, of somebody in the same role at about the same time."""
    names = _names(post.row)
    is_called_so = not {plain(name) for name in names}.isdisjoint(map(plain, person.names))
    near = any(one.role == post.role and _is_near(one, post) for one in person.posts)
    return (is_called_so and (near or not whole)) or (near and not whole and _meet(names, person.names))


def _is_near(one: GivenPost, other: GivenPost) -> bool:
    """Whether two terms touch, or are two years apart at most."""
    first, last = _years(one)
    begins, ends = _years(other)
    return begins <= last + 2 and first <= ends + 2


def _years(post: GivenPost) -> tuple[int, int]:
    start = int((post.start or post.attested_on)[:4])
    return start, int((post.end or post.attested_on or post.start)[:4])


def _match(person: Person, on_file: Mapping[str, list[OnFile]]) -> bool:
    """Give the person the slug of the one official on file who it is; say whether nothing is open."""
    called = {plain(name) for name in person.names}
    slugs: dict[str, bool] = {}
    for post in person.posts:
        for official in on_file.get(post.state, ()):
            if _is_official(person, post, official):
                slugs[official.slug] = slugs.get(official.slug, False) or not called.isdisjoint(
                    map(plain, official.latin)
                )
        # Who heads a body held a post of a state before: Mark Rutte.
        for official in on_file[""]:
            if (official.heads_body or post.body) and not called.isdisjoint(map(plain, official.latin)):
                slugs[official.slug] = True
    best = [slug for slug, is_called_so in slugs.items() if is_called_so or not any(slugs.values())]
    person.slug = best[0] if len(best) == 1 else ""
    return len(best) < 2


def _is_official(person: Person, post: GivenPost, official: OnFile) -> bool:
    """The words of a Latin name in full are enough; some of them, or an Arabic form, when the role is the same."""
    if _meet(person.names, official.latin, whole=True):
        return True
    form, shares = _attested(post.row, "ar"), _meet(person.names, official.latin)
    sounds = _sounds(post.row["name_en"])[:1]
    begins_so = bool(form) and any(name_keys(split_words(form)[0].norm) & sound for sound in sounds)
    has_form = begins_so and letters(form) in official.forms
    return (has_form and shares) or (post.role in official.roles and (has_form or shares))


def _attested(row: Row, language: str) -> str:
    """The form in a language that the source found for itself."""
    return "" if _LISTED in row[f"name_{language}_source"] else row[f"name_{language}"]


def _meet(names: Iterable[str], others: Iterable[str], *, whole: bool = False) -> bool:
    """The words of a Latin name in full are enough; some, or an Arabic form, when the role is the same."""
    return any(
        _covers(one, other, whole) or (not whole and _covers(other, one, False)) for one in names for other in others
    )


def _covers(one: str, other: str, whole: bool) -> bool:
    if plain(one).replace("-", "") == plain(other).replace("-", ""):
        return True
    mine, theirs = _sounds(one), _sounds(other)
    rest = iter(theirs)  # in the same order: «Saud al-Faisal» is not «Faisal bin Farhan Al Saud»
    covered = all(any(sound & heard for heard in rest) for sound in mine)
    return len(mine) > 1 and covered and (not whole or len(mine) == len(theirs))


@cache
def _sounds(name: str) -> tuple[frozenset[str], ...]:
    """The sounds of each word of a Latin name; articles and initials are none."""
    words = plain(name).split("-")
    return tuple(name_keys(word) | {word} for word in words if len(word) > 2 and word not in _PARTICLES)


def _terms(posts: list[GivenPost]) -> list[GivenPost]:
    """One post for each term: what another source tells of the same term only says how long it is known to last."""
    kept: list[GivenPost] = []
    for post in sorted(posts, key=lambda one: (not one.end, not one.row["wikidata"], one.start or "9")):
        same = [one for one in kept if one.place == post.place and one.titles == post.titles and _is_within(post, one)]
        if not same:
            kept.append(post)
        elif not same[0].end and post.attested_on > same[0].attested_on:
            kept[kept.index(same[0])] = replace(same[0], attested_on=post.attested_on)
    return sorted(kept, key=lambda one: (one.start or one.attested_on, one.end, one.role))


def _is_within(post: GivenPost, other: GivenPost) -> bool:
    """Whether a term begins in another one, or half a year before it at most."""
    begins, low, high = post.start or post.attested_on, other.start, other.end or other.attested_on
    if not low:
        return begins == high
    return low <= begins <= max(high, low) or abs(_day(begins) - _day(low)) <= SAME_TERM


def _day(partial: str) -> int:
    year, month, day = (*map(int, partial.split("-")), 1, 1)[:3]
    return date(year, month, day).toordinal()


def plain(name: str) -> str:
    """A Latin name as a slug: `López de la Calle` → `lopez-de-la-calle`."""
    marked = unicodedata.normalize(
        "NFKD", name.replace("ø", "o").replace("ł", "l").replace("ı", "i").replace("ß", "ss")
    )
    letters_only = "".join(letter for letter in marked if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’ʿʾ`]", "", letters_only)).strip("-")


def letters(text: str) -> str:
    """The folded letters of a name without spaces, by which the gazetteer finds it."""
    return spell([word.norm for word in split_words(text)]).key


def _tells(text: str, name: str) -> bool:
    """Whether a form names the bearer of a Latin name, and hardly anybody else.

    Not «سلطان بن عبدالعزيز», «محمد حسن», «الشيخ عبدالرحمن», whose words are many people's; and its first and last word
    sound like the Latin ones: «خالد الصالح» is not Khaled Saleh Mohammed Al-Sabah.
    """
    words = split_words(text)
    if len(words) < 2 or words[0].norm in HONOURS or ({"بن", "ابن"} & {word.norm for word in words} and len(words) < 4):
        return False
    sounds = [sound for part in name.split(" | ") if (sound := _sounds(part))]
    ends = [(sound[0], sound[-1]) for sound in sounds]
    first, last = name_keys(words[0].norm), name_keys(words[-1].norm)
    is_called_so = any(first & begin and last & end for begin, end in ends)
    return is_called_so and not all(is_given_name(word.norm) for word in words)


def often_named(person: Person, fewest: int) -> int:
    """In how many articles of the shared news the person is named, by the source's count; 0 below `fewest`."""
    counts = [int(number) for post in person.posts for number in re.findall(r":(\d+)", post.row["attested_in_news"])]
    return max(counts, default=0) if max(counts, default=0) >= fewest else 0


def arabic_forms(people: Iterable[Person], officials: Iterable[Record]) -> Mapping[int, Iterator[Record]]:
    """By `id` of a new person: the Arabic and Persian forms that tell of the person and of nobody else here."""
    taken = Counter(
        letters(name["text"]) for record in officials for name in record["names"] if name["language"] != "en"
    )
    forms: dict[int, dict[tuple[str, str], Record]] = {}
    owners: dict[str, set[int]] = {}
    for person in people:
        for post in person.posts:
            for language in ("ar", "fa"):
                text = unicodedata.normalize("NFC", _attested(post.row, language)).strip()
                if not taken[letters(text)] and _tells(text, " | ".join(person.names)):
                    source = post.row[f"name_{language}_source"].replace(
                        "Wikidata label", f"Wikidata label {post.row['wikidata']}"
                    )
                    form = {"text": text, "language": language, "form": "parallel", "use": "name", "source": source}
                    forms.setdefault(id(person), {}).setdefault((text, language), form)
                    owners.setdefault(letters(text), set()).add(id(person))
    return {
        key: iter(form for form in own.values() if len(owners[letters(form["text"])]) == 1)
        for key, own in forms.items()
    }
