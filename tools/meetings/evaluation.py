"""How well meetings of states are recognised: a sample of judged sentences against what is proposed of them.

Pure: no database; records are recognised by the shipped names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.gazetteer.kinds import Kind
from archive.authorities.recognition.recognition import find_mentions
from archive.meetings.reading.proposing import Proposal, proposals, way_of
from archive.meetings.reading.sentences import NamedParty
from archive.stories.traits import PressReport
from tools.measured import JudgedScore, judged_rows

Event = tuple[str, frozenset[str]]  # its kind, and the two states
Scores = dict[str, JudgedScore]
MEETING: Final = "meeting"  # a verdict, and the way in which they met
LONGEST: Final = 8000  # code points of title and text that the sample was drawn from


class JudgedSentence(NamedTuple):
    """A sentence with two states and whether it tells of their meeting; offsets into title, two line ends and text."""

    half: str
    article: str
    lang: str
    start: int
    end: int
    states: tuple[str, str]
    is_meeting: bool


def read_judged(path: Path) -> Iterator[JudgedSentence]:
    """The rows of a judged sample: tab-separated, `#` begins a remark, the first row names the columns."""
    for half, article, lang, start, end, states, verdict in judged_rows(path)[1:]:
        one, other = states.split()
        yield JudgedSentence(half, article, lang, int(start), int(end), (one, other), verdict == MEETING)


def named_in(text: str, language: str) -> list[NamedParty]:
    """The records that are recognised in a text, each with the states that it is or holds a post of."""
    posts = Gazetteer.shipped().posts
    found = []
    for mention in find_mentions(text, language):
        held = (post.country for post in posts.get(mention.record, ()) if post.country)
        of_official = tuple(dict.fromkeys(held)) if mention.kind == Kind.OFFICIAL else ()
        states = (mention.record,) if mention.kind == Kind.COUNTRY else of_official
        found.append(NamedParty(mention.start, mention.end, mention.kind, mention.record, states))
    return found


def proposed(report: PressReport, language: str) -> list[Proposal]:
    text = f"{report.title}\n\n{report.body}"[:LONGEST]
    body = text[len(report.title) + 2 :]
    return list(proposals(report.title, body, language, named_in(text, language), report.day))


def score(judged: Iterable[JudgedSentence], held: Mapping[str, PressReport]) -> dict[str, JudgedScore]:
    """The score of each half, of the sentences whose reports are at hand."""
    scores: dict[str, JudgedScore] = {}
    for one in judged:
        report = held.get(one.article)
        if report is None:
            continue
        found = any(
            way_of(meeting.kind) == MEETING
            and meeting.is_between(*one.states)
            and meeting.sentence[0] < one.end
            and one.start < meeting.sentence[1]
            for meeting in proposed(report, one.lang)
        )
        told, sentence = scores.setdefault(one.half, JudgedScore()), _sentence(report, one)
        told.judged += 1
        told.wanted += one.is_meeting
        told.given += found
        told.right += found and one.is_meeting
        told.found = told.right
        if found != one.is_meeting:
            (told.wrong if found else told.missed).append(sentence)
    return scores


def read_events(path: Path) -> Iterator[tuple[str, frozenset[Event]]]:
    """The rows of a table of reports that were read whole: the report, and the events that it tells."""
    for article, _lang, told in judged_rows(path)[1:]:
        parted = (event.partition(":") for event in told.split() if event != "-")
        yield article, frozenset((kind, frozenset(states.split("+"))) for kind, _sep, states in parted)


def score_events(judged: Iterable[tuple[str, frozenset[Event]]], held: Mapping[str, PressReport]) -> Scores:
    """The score of each kind of event but a meeting in a room, of the reports that are at hand."""
    scores: Scores = {}
    for article, wanted in judged:
        report = held.get(article)
        if report is None:
            continue
        given = {
            (one.kind, frozenset(party.state for party in one.parties))
            for one in proposed(report, report.language)
            if way_of(one.kind) != MEETING
        }
        for kind, states in wanted | given:
            told = scores.setdefault(kind, JudgedScore())
            is_right = (kind, states) in wanted & given
            told.judged += 1
            told.wanted += (kind, states) in wanted
            told.given += (kind, states) in given
            told.right += is_right
            told.found = told.right
            if not is_right:
                words = f"{' × '.join(sorted(states))}: {article} {report.title[:80]}"
                (told.missed if (kind, states) in wanted else told.wrong).append(words)
    return scores


def _sentence(report: PressReport, one: JudgedSentence) -> str:
    words = " ".join(f"{report.title}\n\n{report.body}"[one.start : one.end].split())
    return f"{' × '.join(one.states)}: {words}"
