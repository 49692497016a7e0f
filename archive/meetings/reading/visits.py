"""Visits that a sentence tells: who came from one state to another. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archive.meetings.reading.clauses import subject_of
from archive.meetings.reading.parties import NOBODY, Party, Side, is_post, persons, side
from archive.meetings.reading.sentences import Sentence
from archive.meetings.reading.verbs import verb_behind

_NEAR: Final = 14  # words between the verb and the visit
_FAR: Final = 26  # between «قام» and «بزيارة», with all titles of an heir to a throne
_TITLES: Final = 16  # words of further titles between a person and the country: «النائب الثاني لرئيس … وزير الدفاع»
_NAME: Final = 6  # words of a further post and a name that are on no file
_REACH: Final = 6  # words between the visit and its country: «زيارة رسمية تستغرق يومين إلى قطر»


def _host(sentence: Sentence, at: int) -> Side:
    """The country that stands at a word, or behind a word for its capital: «العاصمة القطرية الدوحة»."""
    for n in (at, at + 1) if sentence.has(at, "capital") else (at,):
        held = sentence.named.get(n)
        if held and held[0].kind == "country" and not sentence.any_of(held[1], held[1] + 2, "once"):
            return Side((Party(held[0].slug, held[0].start, held[0].end, "", False),), held[1])
    return NOBODY


def _towards(sentence: Sentence, first: int, last: int) -> Side:
    """The first country behind «إلى», «به», or in «لقطر», «للسعودية», between two words."""
    for n in range(first, min(last, len(sentence))):
        if sentence.has(n, "to"):
            return _host(sentence, n + 1)
        if n in sentence.named and sentence.attached(n) in {"ل", "لل"}:
            return _host(sentence, n)
        if sentence.is_cut(n) and n > first and not sentence.has(n, "day"):  # «وزير الدفاع، اليوم، إلى الأردن»
            break
    return NOBODY


def _visited(sentence: Sentence, first: int) -> Side:
    """The country or its capital that a verb takes without a particle, behind a name that is on no file."""
    for n in range(first, min(first + _NAME, len(sentence))):
        if (sentence.is_cut(n) and n > first) or sentence.has(n, "stop", "place", "with", "title", "no", "trip"):
            break
        is_adjective = n > first and n in sentence.named and sentence.words[n].norm.endswith(("ي", "يه", "يين"))
        if is_adjective or is_post(sentence, n, ""):
            break
        if (found := _host(sentence, n)).parties and not sentence.attached(n):
            return found
    return NOBODY


def _came(sentence: Sentence, at: int) -> Iterator[Side]:
    """«زار … قطر», «وصل … إلى الدوحة، عاصمة قطر»; the present only of a title."""
    is_to = sentence.has(at, "arrived") or (sentence.is_title and sentence.has(at, "arrives"))
    if not is_to and not sentence.has(at, "visited"):
        return
    if is_to and (host := _host(sentence, at + 2)).parties and sentence.has(at + 1, "to"):
        before = _right_before(sentence, at)
        yield _guest(
            sentence, before if before.parties else next(persons(sentence, host.end, host.end + _REACH), NOBODY)
        )
        yield host
        return
    behind = _person(side(sentence, at + 1))
    subject = behind if behind.parties else _right_before(sentence, at)
    first = behind.end if behind.parties else at + 1
    yield _guest(sentence, subject)
    yield _towards(sentence, first, first + _TITLES) if is_to else _visited(sentence, first)


def _visit(sentence: Sentence, at: int) -> Iterator[Side]:
    """«قام … بزيارة رسمية إلى …», «خلال زيارته لـ…», «اختتم … زيارة إلى …», «خلال زيارة وزير … إلى …»."""
    if not sentence.has(at, "trip", "visit"):
        return
    is_during = sentence.any_of(at - 2, at, "during", "occasion") or _is_counted_from(sentence, at)
    owner = _person(side(sentence, at + 1))
    verb = next((n for n in range(at - 1, max(at - _FAR, -1), -1) if sentence.has(n, "travelled")), None)
    doer = _person(side(sentence, verb + 1)) if verb is not None else NOBODY
    is_far = verb is not None and at - verb > _NEAR
    is_done = verb is not None and (not is_far or (doer.parties and sentence.words[at].norm.startswith("ب")))
    maker = next((n + 1 for n in range(at + 1, at + 4) if sentence.has(n, "makes")), None)
    if is_during and owner.parties:
        yield _guest(sentence, owner)
        yield _towards(sentence, owner.end, owner.end + _TITLES)
    elif maker is not None and (is_during or sentence.has(maker - 2, "whose")):
        yield from _made(sentence, maker, at)
    elif is_done or _came_to(sentence, at) or (is_during and _is_own(sentence, at)):
        yield _guest(sentence, doer if is_done and doer.parties else subject_of(sentence, at))
        yield _towards(sentence, at + 1, at + 1 + _REACH)


def _is_own(sentence: Sentence, at: int) -> bool:
    """«خلال زيارته», «خلال زيارة إلى …», «خلال زيارة رسمية إلى …»: whose it is stands before."""
    is_bare = sentence.has(at + 1, "to") or (sentence.has(at + 1, "kind") and sentence.has(at + 2, "to"))
    return sentence.words[at].norm.endswith(("ته", "تها")) or is_bare


def _is_counted_from(sentence: Sentence, at: int) -> bool:
    """«عقب أيام على زيارة …», «بعد أسبوع من زيارة …»."""
    is_from = at > 0 and sentence.words[at - 1].norm in {"علي", "من"}
    return is_from and sentence.any_of(at - 5, at - 2, "during")


def _made(sentence: Sentence, first: int, at: int) -> Iterator[Side]:
    """«الزيارة التي قام بها … إلى …», «بمناسبة زيارة يؤديها … إلى …»; who made it may stand before: «زيارة قام بها»."""
    first += sentence.words[first].norm in {"بها", "به"} if first < len(sentence) else 0
    owner = _person(side(sentence, first))
    yield _guest(sentence, owner if owner.parties else subject_of(sentence, at))
    yield _towards(sentence, max(owner.end, first), max(owner.end, first) + _TITLES)


def _came_to(sentence: Sentence, at: int) -> bool:
    """«حل … بتونس في زيارة إلى …»: beside a visit the verb is no solution."""
    return sentence.words[at - 1].norm == "في" and sentence.any_of(0, 3, "came") if at else False


def _right_before(sentence: Sentence, at: int) -> Side:
    """The person who stands right before a verb."""
    found = [one for one in persons(sentence, max(at - 16, 0), at) if at - one.end <= 1]
    return found[-1] if found else NOBODY


def _person(one: Side) -> Side:
    return one if one.is_personal and len(one.states) == 1 else NOBODY


def _guest(sentence: Sentence, one: Side) -> Side:
    """Who came for his state: an ambassador comes to his post; journalists, teams, parties and who
    held a post before, for themselves.
    """
    if not one.parties or sentence.any_of(0, len(sentence), "holiday"):
        return NOBODY
    first = one.parties[0].start - sentence.start
    held = [n for n, word in enumerate(sentence.words[: one.end + 4]) if word.end > first]
    return NOBODY if any(sentence.has(n, "abroad", "unofficial", "former") for n in held) else one


def _travelled(sentence: Sentence, at: int) -> Iterator[Side]:
    """«… به … سفر کرد», «… وارد … شد»."""
    if sentence.has(at, "trip") and sentence.any_of(at + 1, at + 3, "done") and verb_behind(sentence, at) == "done":
        to = next((n for n in range(at - 1, max(at - _REACH, -1), -1) if sentence.has(n, "to")), None)
        if to is not None:
            yield _guest(sentence, subject_of(sentence, to))
            yield _host(sentence, to + 1)
    elif sentence.has(at, "arrived"):
        host = _host(sentence, at + 1)
        if host.parties and sentence.any_of(host.end, host.end + 3, "done"):
            yield _guest(sentence, subject_of(sentence, at))
            yield host


def _on_trip(sentence: Sentence, at: int) -> Iterator[Side]:
    """«… در سفر به … گفت», «در جریان سفر … به …»."""
    if not sentence.has(at, "trip") or not sentence.any_of(at - 2, at, "during") or sentence.any_of(at - 2, at, "this"):
        return
    owner = _person(side(sentence, at + 1))
    first = owner.end if owner.parties else at + 1
    host = _towards(sentence, first, first + 3)
    if host.parties and verb_behind(sentence, host.end) == "done":
        yield _guest(sentence, owner if owner.parties else subject_of(sentence, at))
        yield host


RULES: Final = {"ar": (_came, _visit), "fa": (_travelled, _on_trip)}
