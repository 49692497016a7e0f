"""Finds the countries, bodies and officials that a text names, each with its place and the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from archive.authorities.gazetteer.files import read_table, shipped_records
from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.gazetteer.guards import Verdict, judge
from archive.authorities.gazetteer.kinds import FormStatus, Kind, NameUse
from archive.authorities.gazetteer.types import RECOGNISED_KINDS, GazetteerEntry, NameForm, NameMatch, RecordKey
from archive.authorities.gazetteer.words import TextWord, behind_letters, words_of
from archive.authorities.recognition.persons import PersonDecider
from archive.authorities.recognition.posts import GENERAL_ROLES, PostReader, StateSpan
from archive.authorities.recognition.spellings import decide_spellings
from archive.authorities.recognition.states import decide_states
from archive.authorities.recognition.strangers import Stranger, find_strangers
from archive.authorities.recognition.types import Candidate, Identification
from search.analysis import guess_language
from search.analysis.recalling import analyze_once

# A phrase of the places table that looks like a name and is none: چین و چروک "wrinkles".
NOTHING: Final = "-"


@dataclass(frozen=True)
class RecognisedMention:
    """A stretch of the text that names a record.

    `start` and `end` are offsets into the text as given, without attached particles and honours; `kind` and `record`
    (a slug) identify the record, `form` is the form of its name that was found, `rule` says why it counts,
    `confidence` (0 to 1) how much.
    """

    start: int
    end: int
    kind: str
    record: str
    form: str
    rule: str
    confidence: float


@dataclass(frozen=True)
class Description:
    """Who a mention speaks of: the name in Latin script, the role and country as beside the name or as on file."""

    name: str
    role: str
    country: str
    body: str
    from_text: bool


def find_mentions(text: str, lang: str | None = None, gazetteer: Gazetteer | None = None) -> list[RecognisedMention]:
    """Give the mentions of a text in order, none overlapping; `lang` is `ar`, `fa` or None (guessed).

    Without `gazetteer` the shipped records are used; neither way touches a database. Linear in the text. Any
    Unicode text, never raises; "" gives [].
    """
    reading = _read(text, lang, gazetteer)
    return [_mention(text, reading.words, decision) for decision in reading.decisions]


def describe_officials(
    text: str, lang: str | None = None, gazetteer: Gazetteer | None = None
) -> list[tuple[RecognisedMention, Description]]:
    """Give each mention of an official with role and country, by the words beside the name, else by the record.

    `وزير الخارجية العراقي فؤاد حسين` → Fuad Hussein, foreign_minister, iq.
    """
    reading = _read(text, lang, gazetteer)
    return [
        (_mention(text, reading.words, decision), _describe(reading, decision))
        for decision in reading.decisions
        if decision.form.record.kind == Kind.OFFICIAL
    ]


def strangers(text: str, lang: str | None = None, gazetteer: Gazetteer | None = None) -> list[Stranger]:
    """Give the persons beside a title whom no record names, in order, none overlapping."""
    reading = _read(text, lang, gazetteer)
    officials = {
        at
        for decision in reading.decisions
        if decision.form.record.kind == Kind.OFFICIAL
        for at in range(decision.candidate.match.first, decision.candidate.match.last)
    }
    return list(find_strangers(text, reading.words, reading.reader, officials))


@dataclass(frozen=True)
class _Reading:
    words: list[TextWord]
    decisions: list[Identification]
    reader: PostReader
    gazetteer: Gazetteer


def _read(text: str, lang: str | None, gazetteer: Gazetteer | None) -> _Reading:
    """Find candidates, then decide: states first, then persons, whose titles and countries they are."""
    # In the language in which stories and the index read it, so that a word is met for the first time once.
    gazetteer, words = gazetteer or Gazetteer.shipped(), words_of(analyze_once(text, lang), text)
    candidates = _find_candidates(words, lang or guess_language(text), gazetteer)
    states = decide_states(text, words, [item for item in candidates if item.kind != Kind.OFFICIAL])
    reader = PostReader(words, map(_state_span, states))
    persons = PersonDecider(text, words, reader, gazetteer)
    decisions = persons.decide([item for item in candidates if item.kind == Kind.OFFICIAL])
    decisions += map(persons.prefer_bearer, states)
    taken = {at for item in decisions for at in range(item.candidate.match.first, item.candidate.match.last)}
    decisions += decide_spellings(words, reader, gazetteer.people.bearers, taken)
    decisions.sort(key=lambda decision: decision.candidate.match.first)
    return _Reading(words, decisions, reader, gazetteer)


def _state_span(decision: Identification) -> StateSpan:
    match, record = decision.candidate.match, decision.form.record
    return StateSpan(match.first, match.last, record.kind, record.slug)


def _find_candidates(words: Sequence[TextWord], lang: str | None, gazetteer: Gazetteer) -> list[Candidate]:
    """Go through the words once, taking the longest acceptable form at each; words within it are spent."""
    candidates = []
    begins, of_places = gazetteer.begins, _places().begins
    at = 0
    while at < len(words):
        norm = words[at].norm
        if not begins[norm] and not of_places[norm]:  # as most words
            at += 1
            continue
        candidate = _candidate_at(words, at, lang, gazetteer)
        if candidate is None:
            at += 1
            continue
        if NOTHING not in candidate.slugs:
            candidates.append(candidate)
        at = candidate.match.last
    return candidates


def _candidate_at(words: Sequence[TextWord], at: int, lang: str | None, gazetteer: Gazetteer) -> Candidate | None:
    matches = gazetteer.matches_at(words, at) + _places().matches_at(words, at)
    if not matches:
        return None
    matches.sort(key=lambda match: (-match.last, match.cut, match.article))
    taken: list[tuple[NameMatch, Verdict]] = []
    for match in matches:
        if match.entry.form.record.kind not in RECOGNISED_KINDS:
            continue
        if taken and (match.last, match.cut) != (taken[0][0].last, taken[0][0].cut):
            break
        verdict = judge(words, match, lang) if match.entry.form.record.kind != Kind.OFFICIAL else Verdict.SURE
        if verdict is not Verdict.REJECTED:
            taken.append((match, verdict))
    if not taken:
        return None
    # Sort out forms of several kinds on the same words: a person's full name, then bodies, countries, surnames.
    entries = sorted((match.entry for match, _ in taken), key=lambda entry: _rank(entry, lang))
    surnames = tuple(entry.form for entry in entries if entry.form.use == NameUse.SURNAME)
    named = [entry.form for entry in entries if entry.form.use != NameUse.SURNAME]
    kind = min((form.record.kind for form in named), key=RECOGNISED_KINDS.index, default="")
    best = tuple(form for form in named if form.record.kind == kind) or surnames
    verdicts = {verdict for match, verdict in taken if match.entry.form in best}
    match = next(match for match, _ in taken if match.entry.form == best[0])
    bearers = surnames if best is not surnames else ()
    return Candidate(match, best, Verdict.SURE in verdicts, Verdict.NEEDS_COMPANY in verdicts, bearers)


def _rank(entry: GazetteerEntry, lang: str | None) -> tuple[bool, bool, bool]:
    """Names before demonyms, forms as written before inflected ones, the text's own language before the other."""
    return entry.form.use == NameUse.DEMONYM, entry.inflected, entry.form.language != lang


def _mention(text: str, words: Sequence[TextWord], decision: Identification) -> RecognisedMention:
    match, form = decision.candidate.match, decision.form
    start = behind_letters(text, words[match.first], match.cut)
    end = words[match.last - 1].end
    return RecognisedMention(
        start, end, form.record.kind, form.record.slug, form.text, decision.rule, decision.confidence
    )


def _describe(reading: _Reading, decision: Identification) -> Description:
    slug, match = decision.form.record.slug, decision.candidate.match
    role, state = reading.reader.role_of(match.first, match.last)
    posts = reading.gazetteer.posts.get(slug, ())
    said = role.role if role else ""
    held = next((post for post in posts if post.role == said), posts[0] if posts else None)
    if held and (not said or said in GENERAL_ROLES):
        said = held.role
    country = state.slug if state and state.kind == Kind.COUNTRY else held.country if held else ""
    body = state.slug if state and state.kind == Kind.BODY else held.body if held else ""
    return Description(_latin_names().get(slug, slug), said, country, body, role is not None)


@cache
def _latin_names() -> dict[str, str]:
    names = {}
    for record in shipped_records():
        for name in record["names"]:
            if name["language"] == "en" and name["form"] == FormStatus.AUTHORIZED:
                names[record["slug"]] = name["text"]
    return names


@cache
def _places() -> Gazetteer:
    return Gazetteer(
        NameForm(RecordKey("country", row["country"] or NOTHING), row["text"], row["language"], "province")
        for row in read_table("places.tsv")
    )
