"""The officials by what their names are made of: how they sound, the forename, the fathers and the family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from archive.authorities.gazetteer.kinds import NameUse
from archive.authorities.gazetteer.lineages import Lineage, forename_of, lineage_of
from archive.authorities.gazetteer.types import Bearer, GazetteerPost, NameForm
from search.analysis import name_keys


class People:
    """The full names of officials; immutable, safe to share between threads."""

    def __init__(self, forms: Sequence[NameForm], posts: Mapping[str, Sequence[GazetteerPost]]) -> None:
        self._forms = [form for form in forms if form.language != "en"]
        self._posts = posts
        self._latin: dict[str, NameForm] = {}
        for form in forms:
            if form.language == "en" and form.use == NameUse.NAME:
                self._latin.setdefault(form.record.slug, form)

    @cached_property
    def bearers(self) -> dict[tuple[str, str], list[Bearer]]:
        """The officials by role and state, for spellings that are not on file."""
        bearers: dict[tuple[str, str], list[Bearer]] = {}
        for slug, form in self._latin.items():
            words = form.text.replace("-", " ").split()
            first, last = name_keys(words[0]), name_keys(words[-1])
            for post in self._posts.get(slug, ()) if len(words) > 1 and first and last else ():
                bearers.setdefault((post.role, post.country or post.body), []).append(Bearer(form, first, last))
        return bearers

    @cached_property
    def lineages(self) -> dict[tuple[str, str], list[tuple[Lineage, NameForm]]]:
        """The officials whose names go by fathers, under their forename with the first father, and with the family."""
        lineages: dict[tuple[str, str], list[tuple[Lineage, NameForm]]] = {}
        for form in self._forms:
            if (lineage := lineage_of(form.text)) is None:
                continue
            for other in {*lineage.fathers[:1], lineage.family} - {""}:
                lineages.setdefault((lineage.forename, other), []).append((lineage, form))
        return lineages

    @cached_property
    def forenames(self) -> dict[str, frozenset[str]]:
        """The first words of the full names of each official, folded: `سيرغي`, `سيرجي`."""
        forenames: dict[str, set[str]] = {}
        for form in self._forms:
            forenames.setdefault(form.record.slug, set()).add(forename_of(form.text))
        return {slug: frozenset(names) for slug, names in forenames.items()}

    def best_known(self, forms: Sequence[NameForm]) -> NameForm:
        """The official of whom most names are on file: علييف alone is the son rather than the father."""
        return max(forms, key=lambda form: self._weights[form.record.slug])

    @cached_property
    def _weights(self) -> Counter[str]:
        return Counter(form.record.slug for form in self._forms)

    def sounds_like_forename(self, norm: str, slug: str) -> bool:
        """Say whether a folded word sounds like the forename of an official: هشيار for هوشيار."""
        form = self._latin.get(slug)
        return form is not None and bool(name_keys(norm) & name_keys(form.text.replace("-", " ").split()[0]))
