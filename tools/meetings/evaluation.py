"""How well meetings of states are recognised: a sample of judged sentences against what is proposed of them.

Pure: no database; records are recognised by the shipped names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.gazetteer.kinds import Kind
from archive.authorities.recognition.recognition import find_mentions
from archive.meetings.proposing import Proposal, proposals
from archive.meetings.sentences import Named
from archive.stories.traits import PressReport

MEETING: Final = "meeting"
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


@dataclass
class MeetingScore:
    """Counts of one half; `wrong` and `missed` are the sentences that a person may want to read."""

    given: int = 0
    right: int = 0
    wanted: int = 0
    judged: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


def read_judged(path: Path) -> Iterator[JudgedSentence]:
    """The rows of a judged sample: tab-separated, `#` begins a remark, the first row names the columns."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for half, article, lang, start, end, states, verdict in lines[1:]:
        one, other = states.split()
        yield JudgedSentence(half, article, lang, int(start), int(end), (one, other), verdict == MEETING)


def named_in(text: str, language: str) -> list[Named]:
    """The records that are recognised in a text, each with the states that it is or holds a post of."""
    posts = Gazetteer.shipped().posts
    found = []
    for mention in find_mentions(text, language):
        held = (post.country for post in posts.get(mention.record, ()) if post.country)
        of_official = tuple(dict.fromkeys(held)) if mention.kind == Kind.OFFICIAL else ()
        states = (mention.record,) if mention.kind == Kind.COUNTRY else of_official
        found.append(Named(mention.start, mention.end, mention.kind, mention.record, states))
    return found


def proposed(report: PressReport, language: str) -> list[Proposal]:
    text = f"{report.title}\n\n{report.body}"[:LONGEST]
    body = text[len(report.title) + 2 :]
    return list(proposals(report.title, body, language, named_in(text, language), report.day))


def score(judged: Iterable[JudgedSentence], held: Mapping[str, PressReport]) -> dict[str, MeetingScore]:
    """The score of each half, of the sentences whose reports are at hand."""
    scores: dict[str, MeetingScore] = {}
    for one in judged:
        report = held.get(one.article)
        if report is None:
            continue
        found = any(
            meeting.is_between(*one.states) and meeting.sentence[0] < one.end and one.start < meeting.sentence[1]
            for meeting in proposed(report, one.lang)
        )
        told, sentence = scores.setdefault(one.half, MeetingScore()), _sentence(report, one)
        told.judged += 1
        told.wanted += one.is_meeting
        told.given += found
        told.right += found and one.is_meeting
        if found != one.is_meeting:
            (told.wrong if found else told.missed).append(sentence)
    return scores


def _sentence(report: PressReport, one: JudgedSentence) -> str:
    words = " ".join(f"{report.title}\n\n{report.body}"[one.start : one.end].split())
    return f"{' × '.join(one.states)}: {words}"
