"""What recognition passes on: places that may be a name, and what was decided of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from archive.authorities.gazetteer.types import NameForm, NameMatch

# By rule; ranks the mentions of a text for a curator, and is no probability.
CONFIDENCE: Final = {
    "official_name": 0.99,
    "name": 0.98,
    "press": 0.97,
    "full_name": 0.97,
    "short": 0.95,
    "demonym": 0.95,
    "misspelling": 0.9,
    "surname_after_full_name": 0.9,
    "province": 0.85,
    "capital": 0.8,
    "common_full_name": 0.8,
    "surname_with_title": 0.75,
    "surname_in_headline": 0.7,
    "context": 0.7,
    "spelling_with_title": 0.65,
    "one_of_two": 0.6,
    "surname_with_honour": 0.5,
}


@dataclass(frozen=True, eq=False)
class Candidate:
    """A place of a text that may name one of `forms`; `sure` when its neighbours leave no doubt.

    `strict` ones count only beside another state, wherever else the text names theirs: چک is mostly a cheque.
    """

    match: NameMatch
    forms: tuple[NameForm, ...]
    sure: bool
    strict: bool = False
    bearers: tuple[NameForm, ...] = ()  # officials with this surname, where it is a demonym too: السوداني

    @property
    def kind(self) -> str:
        return self.forms[0].record.kind

    @property
    def slugs(self) -> frozenset[str]:
        return frozenset(form.record.slug for form in self.forms)


@dataclass(frozen=True, eq=False)
class Identification:
    """A candidate taken for one form of one record, by a rule."""

    candidate: Candidate
    form: NameForm
    rule: str

    @property
    def confidence(self) -> float:
        return CONFIDENCE[self.rule]
