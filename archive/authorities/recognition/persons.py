"""Decides whether a name is an official's: full names, common ones with a post, surnames with their bearer or title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from archive.authorities.gazetteer.guards import is_given_name
from archive.authorities.gazetteer.kinds import NameUse
from archive.authorities.gazetteer.types import GazetteerPost
from archive.authorities.gazetteer.words import TextWord, can_continue, folded
from archive.authorities.recognition.posts import PostReader
from archive.authorities.recognition.types import Candidate, Identification

# A longer name, or a thing named after a person: خالد بن محمد…, جامعة السلطان قابوس, فرودگاه حیدر علی‌اف.
_NOT_BEFORE_PERSON: Final = folded(
    "بن ابن بنت جامعة بجامعة لجامعة مطار بمطار شارع جائزة مستشفى جسر ميناء ميدان مسجد جامع مدرسة حديقة مركز استاد ملعب"
    " فرودگاه دانشگاه خیابان بیمارستان بنیاد ورزشگاه"
)
# A general title covers the exact ones: الوزير بيراموف is the foreign minister.
GENERAL_ROLES: Final[Mapping[str, frozenset[str]]] = {
    "president": frozenset(("vice_president", "prime_minister", "commission_president", "regional_president")),
    "minister": frozenset(
        ("foreign_minister", "defence_minister", "minister_of_state", "minister_of_state_for_foreign_affairs")
    ),
    "leader": frozenset(("president", "prime_minister", "party_leader", "supreme_leader")),
}


class PersonDecider:
    """Decides on the names of one text, whose countries and bodies are known by now."""

    def __init__(
        self, words: Sequence[TextWord], reader: PostReader, posts: Mapping[str, Sequence[GazetteerPost]]
    ) -> None:
        self._words, self._reader, self._posts = words, reader, posts
        self._named: set[str] = set()

    def decide(self, candidates: Sequence[Candidate]) -> list[Identification]:
        """Decide on full names first: a surname counts wherever its bearer is named in full, in a kicker before too."""
        full = [item for item in candidates if item.forms[0].use != NameUse.SURNAME]
        decisions = [decision for item in full if (decision := self._decide_full(item))]
        self._named = {decision.form.record.slug for decision in decisions}
        surnames = [item for item in candidates if item.forms[0].use == NameUse.SURNAME]
        return decisions + [decision for item in surnames if (decision := self._decide_surname(item))]

    def prefer_bearer(self, decision: Identification) -> Identification:
        """Read a demonym as the surname of someone named in full, unless a noun with article stands before it."""
        match = decision.candidate.match
        before = self._words[match.first - 1].norm if match.first else ""
        for form in decision.candidate.bearers:
            if form.record.slug in self._named and not before.startswith("ال"):
                return Identification(decision.candidate, form, "surname_after_full_name")
        return decision

    def _decide_full(self, item: Candidate) -> Identification | None:
        form, match = item.forms[0], item.match
        if match.first and self._words[match.first - 1].norm in _NOT_BEFORE_PERSON:
            return None
        if not all(is_given_name(word.norm) for word in self._words[match.first : match.last]):
            return Identification(item, form, "full_name")
        is_whole = match.first == 0 and match.last == len(self._words)
        belongs = is_whole or self._fits(item, form.record.slug) or self._is_of_named_state(form.record.slug)
        return Identification(item, form, "common_full_name") if belongs else None

    def _decide_surname(self, item: Candidate) -> Identification | None:
        """Decide by a bearer named in full, by a title, by an honour; a given name before it is another person's."""
        first, forms = item.match.first, item.forms
        if named := next((form for form in forms if form.record.slug in self._named), None):
            return Identification(item, named, "surname_after_full_name")
        before = self._words[first - 1].norm if first and can_continue(self._words[first]) else ""
        if before and (is_given_name(before) or is_given_name(before.removeprefix("سيد"))):
            return None  # with the bearer's own it would be a full name on file
        if titled := next((form for form in forms if self._fits(item, form.record.slug)), None):
            return Identification(item, titled, "surname_with_title")
        if not self._reader.is_addressed(first):
            return None
        compatriots = [form for form in forms if self._is_of_named_state(form.record.slug)]
        return Identification(item, compatriots[0], "surname_with_honour") if len(compatriots) == 1 else None

    def _is_of_named_state(self, slug: str) -> bool:
        """Say whether the text names a state or body that the official served."""
        return any((post.country or post.body) in self._reader.named for post in self._posts.get(slug, ()))

    def _fits(self, item: Candidate, slug: str) -> bool:
        """Say whether a title beside the name is one that the official held, for the state named with it."""
        role, state = self._reader.role_of(item.match.first, item.match.last)
        roles = {role.role, *GENERAL_ROLES.get(role.role, ())} if role else set()
        return any(
            post.role in roles and (state is None or state.slug in (post.country, post.body))
            for post in self._posts.get(slug, ())
        )
