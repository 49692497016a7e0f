"""The names of the authority records, compiled to be found in running text and in queries.

A name is kept under its folded letters without spaces, so that ZWNJ, space and joined spelling are one; where it may
be cut is remembered. Particles that Arabic writes onto a name are taken off only when what remains is a known name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate
from typing import Final

from archive.authorities.gazetteer.files import shipped_records
from archive.authorities.gazetteer.guards import Verdict, judge
from archive.authorities.gazetteer.inflection import inflect
from archive.authorities.gazetteer.kinds import Kind, NameUse
from archive.authorities.gazetteer.people import People
from archive.authorities.gazetteer.types import (
    RECOGNISED_KINDS,
    GazetteerEntry,
    GazetteerPost,
    NameForm,
    NameMatch,
    RecordKey,
)
from archive.authorities.gazetteer.words import TextWord, can_continue, cut_honours, cut_particles, split_words
from search.analysis.remembered import Remembered

__all__ = ["Gazetteer", "GazetteerPost", "NameForm", "RecordKey"]


# Below this, a name may not be spelled with spaces where it has none: `ما لي` is not Mali.
_LOOSE_LETTERS: Final = 6
_MOST_WORDS: Final = 9
_MOST_PARTICLES: Final = 4  # letters: و, a preposition, the article
_MOST_CUT: Final = 2  # of these; what is cut beyond is an honour


class Gazetteer:
    """Name forms compiled once; immutable, safe to share between threads.

    `posts` gives the posts of officials by slug, by which surnames with a title are recognised; without it, those of
    the shipped records. `begins` tells of a folded word what may remain of it that a form begins with; () for most.
    """

    def __init__(self, forms: Iterable[NameForm], posts: Mapping[str, Sequence[GazetteerPost]] | None = None) -> None:
        self._posts = posts
        self._people: list[NameForm] = []
        self._entries: dict[str, list[GazetteerEntry]] = {}
        for form in forms:
            if form.record.kind == Kind.OFFICIAL and form.use != NameUse.SURNAME:
                self._people.append(form)
            for number, spelling in enumerate(inflect(form.text, form.language, form.use)):
                entry = GazetteerEntry(form, spelling.breaks, form.use == NameUse.DEMONYM, number > 0)
                entries = self._entries.setdefault(spelling.key, [])
                if not any(other.form == form for other in entries):
                    entries.append(entry)
        self._keys: list[str] = sorted(self._entries)
        self.begins: Remembered[str, tuple[tuple[str, int, bool], ...]] = Remembered(self._find_starts)

    @staticmethod
    def shipped() -> Gazetteer:
        """The records of `fixtures/authorities`, compiled once a process."""
        return _shipped()

    @property
    def posts(self) -> Mapping[str, Sequence[GazetteerPost]]:
        return _shipped_posts() if self._posts is None else self._posts

    @cached_property
    def people(self) -> People:
        """The officials by what their names are made of."""
        return People(self._people, self.posts)

    def lookup(self, text: str) -> list[RecordKey]:
        """Give the records that carry this form, whatever its use; particles come off where nothing else is known.

        `أذربيجان`, `وأذربيجان` and `الأذربيجانية` → country az; `خلف اف` → official khalaf-khalafov; `صلح` → [].
        """
        words = split_words(text)
        whole = [match for match in self.matches_at(words, 0) if match.last == len(words)] if words else []
        fewest = min((match.cut for match in whole), default=0)
        return list(dict.fromkeys(match.entry.form.record for match in whole if match.cut == fewest))

    def find_in_query(self, words: Sequence[str]) -> list[tuple[int, int, list[RecordKey]]]:
        """Give the spans `(first, last, records)` of a query's words that are forms of records, longest first.

        Spans do not overlap and are half open: `["وزير", "خارجية", "أذربيجان"]` → `[(2, 3, [country az])]`. Case does
        not count. Guarded words give nothing beside others: `تقرير مالي` → [], `المحيط الهندي` → [], `مالي` → Mali.
        """
        text_words = [word._replace(capital=True) for word in split_words(" ".join(words))]
        starts = {at: number for number, at in enumerate(accumulate((len(w) + 1 for w in words), initial=0))}
        found: list[tuple[int, int, list[RecordKey]]] = []
        at = 0
        while at < len(text_words):
            last, records = self._find_asked(text_words, at)
            end = text_words[last].start if last < len(text_words) else sum(len(word) + 1 for word in words)
            span = starts.get(text_words[at].start), starts.get(end)
            if records and span[0] is not None and span[1] is not None:
                found.append((span[0], span[1], records))
            at = last
        return found

    def _find_asked(self, words: Sequence[TextWord], at: int) -> tuple[int, list[RecordKey]]:
        """Give the records of the longest form at a word of a query and where it ends, the next word for none."""
        accepted: list[NameMatch] = []
        for match in self.matches_at(words, at):
            if accepted and (match.last, match.cut) != (accepted[0].last, accepted[0].cut):
                break
            if match.entry.form.record.kind not in RECOGNISED_KINDS:
                continue
            is_whole = at == 0 and match.last == len(words)
            verdict = Verdict.SURE if match.entry.form.record.kind == Kind.OFFICIAL else judge(words, match, None)
            if verdict is Verdict.SURE or (verdict is not Verdict.REJECTED and is_whole):
                accepted.append(match)
        records = list(dict.fromkeys(match.entry.form.record for match in accepted))
        return (accepted[0].last if accepted else at + 1), records

    def matches_at(self, words: Sequence[TextWord], first: int) -> list[NameMatch]:
        """Give every spelling of a form that begins with the word at `first`, longest first, fewest particles first."""
        starts = self.begins[words[first].norm]
        if not starts:
            return []
        matches = [match for start in starts for match in self._walk(words, first, *start)]
        matches.sort(key=lambda match: (-match.last, match.cut, match.article))
        return matches

    def may_begin(self, norm: str, following: str | None = None) -> bool:
        """Whether a form may begin with this folded word, particles taken off, and with the one that follows it."""
        starts = self.begins[norm]
        if following is None:
            return bool(starts)
        return any(rest in self._entries or self._begins_key(rest + following) for rest, _cut, _article in starts)

    def rests(self, norm: str) -> Iterator[str]:
        """What is left of every form that begins with this folded word, particles taken off: `خلف` → `خلفوف`."""
        for rest, _cut, _article in self.begins[norm]:
            at = bisect_left(self._keys, rest)
            while at < len(self._keys) and self._keys[at].startswith(rest):
                yield self._keys[at][len(rest) :]
                at += 1

    def _find_starts(self, norm: str) -> tuple[tuple[str, int, bool], ...]:
        """What may remain of a folded word that some key begins with (see `cut_particles`, `cut_honours`)."""
        starts = cut_particles(norm) if self._may_hold_start(norm) else []
        starts += [(rest, cut, False) for rest, cut in cut_honours(norm)]
        return tuple(start for start in starts if self._begins_key(start[0]))

    def _may_hold_start(self, norm: str) -> bool:
        """A quick no for most words: what some key begins with stands nowhere where particles may end."""
        found = self._beginnings
        return "لل" in norm[:4] or any(norm[at : at + 3] in found for at in range(_MOST_PARTICLES + 1))

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(key[:length] for key in self._keys for length in (1, 2, 3))

    def _walk(self, words: Sequence[TextWord], first: int, rest: str, cut: int, article: bool) -> Iterator[NameMatch]:
        """Join word after word to `rest`, what is left of the first, while some key still begins so."""
        key, cuts, last = rest, set[int](), first + 1
        while True:
            for entry in self._entries.get(key, ()):
                if cut > _MOST_CUT and (last - first == 1 or not _is_full_name(entry)):
                    continue  # an honour is written onto forenames: حاج‌صادقی is a surname of its own
                if (entry.takes_article or not article) and _written_so(key, cuts, entry.breaks):
                    yield NameMatch(first, last, cut, article, key, entry)
            if last == len(words) or last - first >= _MOST_WORDS or not can_continue(words[last]):
                return
            cuts.add(len(key))
            key += words[last].norm
            last += 1
            if not self._begins_key(key):
                return

    def _begins_key(self, text: str) -> bool:
        at = bisect_left(self._keys, text)
        return at < len(self._keys) and bool(text) and self._keys[at].startswith(text)


def _is_full_name(entry: GazetteerEntry) -> bool:
    return entry.form.record.kind == Kind.OFFICIAL and entry.form.use != NameUse.SURNAME


def _written_so(key: str, cuts: set[int], breaks: frozenset[int]) -> bool:
    """Short names are cut only where they are written apart; long ones wherever a writer may have put a space."""
    return cuts <= breaks or (len(key) > _LOOSE_LETTERS and all(1 < cut < len(key) - 1 for cut in cuts - breaks))


@cache
def _shipped() -> Gazetteer:
    return Gazetteer(
        NameForm(RecordKey(record["kind"], record["slug"]), name["text"], name["language"], name["use"])
        for record in shipped_records()
        for name in record["names"]
    )


@cache
def _shipped_posts() -> dict[str, tuple[GazetteerPost, ...]]:
    return {
        record["slug"]: tuple(GazetteerPost(post["role"], post["country"], post["body"]) for post in record["posts"])
        for record in shipped_records()
        if record["posts"]
    }
