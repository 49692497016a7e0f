"""Decides whether a name is an official's: full names, common ones with a post, surnames with their bearer or title."""

from __future__ import annotations

from collections.abc import Sequence

from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.gazetteer.guards import is_given_name
from archive.authorities.gazetteer.kinds import NameUse
from archive.authorities.gazetteer.lineages import SON
from archive.authorities.gazetteer.words import TextWord, can_continue
from archive.authorities.recognition.bearers import Bearers
from archive.authorities.recognition.headlines import Headlines
from archive.authorities.recognition.holders import Fit, Holders
from archive.authorities.recognition.posts import NAMED_AFTER, PostReader
from archive.authorities.recognition.protocol import decide_lineages
from archive.authorities.recognition.types import Candidate, Identification


class PersonDecider:
    """Decides on the names of one text, whose countries and bodies are known by now."""

    def __init__(self, text: str, words: Sequence[TextWord], reader: PostReader, gazetteer: Gazetteer) -> None:
        self._text, self._words, self._reader, self._people = text, words, reader, gazetteer.people
        self._holders = Holders(reader, gazetteer.posts)
        self._headlines = Headlines(words, self._holders, self._people)
        self._bearers = Bearers(text, words, self._holders, self._people, (), ())

    def decide(self, candidates: Sequence[Candidate]) -> list[Identification]:
        """Decide on full names first: a surname counts wherever its bearer is named in full, in a kicker before too."""
        by_fathers = decide_lineages(self._words, self._reader, self._holders, self._people)
        free = [item for item in candidates if by_fathers.spent.isdisjoint(range(item.match.first, item.match.last))]
        full = [item for item in free if item.forms[0].use != NameUse.SURNAME]
        decisions = by_fathers.decisions + [decision for item in full if (decision := self._decide_full(item))]
        surnames = [item for item in free if item.forms[0].use == NameUse.SURNAME]
        self._bearers = Bearers(self._text, self._words, self._holders, self._people, decisions, surnames)
        return decisions + [decision for item in surnames if (decision := self._decide_surname(item))]

    def prefer_bearer(self, decision: Identification) -> Identification:
        """Read a demonym as the surname of someone named in full, unless a noun with article stands before it."""
        match, bearers = decision.candidate.match, decision.candidate.bearers
        before = self._words[match.first - 1].norm if match.first else ""
        for form in bearers:
            if form.record.slug in self._bearers.named and not before.startswith("ال"):
                return Identification(decision.candidate, form, "surname_after_full_name")
        speaker = self._headlines.speaker(match, bearers) if bearers and match.first == 0 else None
        return Identification(decision.candidate, speaker, "surname_in_headline") if speaker else decision

    def _decide_full(self, item: Candidate) -> Identification | None:
        form, match = item.forms[0], item.match
        if match.first and self._words[match.first - 1].norm in SON | NAMED_AFTER:
            return None
        if match.last - match.first == 1 and self._bearers.has_other_forename(item):
            return None
        norms = [word.norm for word in self._words[match.first : match.last]]
        if not all(map(is_given_name, [norms[0][match.cut :], *norms[1:]])):
            return Identification(item, form, "full_name")
        is_whole = match.first == 0 and match.last == len(self._words)
        slug = form.record.slug
        belongs = is_whole or self._holders.fit(match.first, match.last, slug) or self._holders.is_of_named_state(slug)
        return Identification(item, form, "common_full_name") if belongs else None

    def _decide_surname(self, item: Candidate) -> Identification | None:
        """Decide by whom the text introduces, by a title, by a headline, by an honour."""
        if self._bearers.has_other_forename(item):
            return None
        has_other_post = self._bearers.has_other_post(item)
        if not has_other_post and (own := self._bearers.with_own_forename(item)):
            return Identification(_from(item, own[1]), own[0], "full_name")
        if named := self._bearers.named_in_full(item):
            return Identification(item, named, "surname_after_full_name")
        if has_other_post:
            return None
        first, last, has_stranger = item.match.first, item.match.last, self._bearers.has_stranger(item)
        fits = {form: self._holders.fit(first, last, form.record.slug) for form in item.forms}
        titled = self._people.best_known([form for form in item.forms if fits[form] == max(fits.values())])
        enough = Fit.EXACT if has_stranger and not self._holders.is_titled(titled.record.slug) else Fit.GENERAL
        if fits[titled] >= enough:
            return Identification(item, titled, "surname_with_title")
        if has_stranger or self._follows_forename(first):
            return None
        if speaker := self._headlines.speaker(item.match, item.forms):
            return Identification(item, speaker, "surname_in_headline")
        if not self._reader.is_addressed(first):
            return None
        compatriots = [form for form in item.forms if self._holders.is_of_named_state(form.record.slug)]
        return Identification(item, compatriots[0], "surname_with_honour") if len(compatriots) == 1 else None

    def _follows_forename(self, first: int) -> bool:
        before = self._words[first - 1].norm if first and can_continue(self._words[first]) else ""
        return bool(before) and (is_given_name(before) or is_given_name(before.removeprefix("سيد")))


def _from(item: Candidate, first: int) -> Candidate:
    """The same candidate with the names before it."""
    return Candidate(item.match._replace(first=first), item.forms, item.sure)
