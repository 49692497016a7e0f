"""Which articles a changed name may concern: those that are linked to its record, and those that have its words.

Public articles are found by the finder of words. Drafts, and what the index does not hold yet, are all to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.db.models import Q

from archive.articles.finding import Unanswered, WordFinder, finder
from archive.articles.models import Article, Status
from archive.authorities.directory import host, same_name
from archive.authorities.gazetteer.gazetteer import Gazetteer, NameForm, RecordKey
from archive.authorities.gazetteer.kinds import Kind, NameUse
from archive.authorities.models import AuthorityRecord
from archive.authorities.states import State
from search.analysis import name_keys

AT: Final = (NameUse.DOMAIN, NameUse.FEED)


def concerned(record: AuthorityRecord, *states: State) -> list[int]:
    """The keys of the articles that a record's names, as they were and as they are, may concern.

    First those that are linked or found, then those that are to be read in any case; each in their order.
    """
    names = [name for state in states for name in state["names"]]
    linked = Article.objects.filter(Q(access_points__record=record) | Q(source=record))
    keys = set(linked.values_list("pk", flat=True))
    if record.kind == Kind.TERM:
        return []
    if record.kind == Kind.SOURCE:
        return sorted(keys | _printed(names) | _at(names))
    articles = Article.objects.exclude(status=Status.WITHDRAWN)
    try:
        found = set(_having(finder(), _gazetteer(record, names), _sounds(names)))
        unread = Q(status=Status.DRAFT) | Q(identifier__in=finder().waiting()) | ~Q(kicker="")
        asked = articles.filter(unread)
        keys |= {key for key, identifier in articles.values_list("pk", "identifier") if identifier in found}
    except Unanswered:
        asked = articles
    return [*sorted(keys), *sorted(set(asked.values_list("pk", flat=True)) - keys)]


def _printed(names: Iterable[dict[str, str]]) -> set[int]:
    """The articles whose printed source is one of these names in any spelling."""
    wanted = {same_name(name["text"]) for name in names if name["use"] not in AT}
    printed = Article.objects.exclude(source_as_printed="").values_list("source_as_printed", flat=True).distinct()
    alike = [name for name in printed if same_name(name) in wanted]
    return set(Article.objects.filter(source_as_printed__in=alike).values_list("pk", flat=True))


def _at(names: Iterable[dict[str, str]]) -> set[int]:
    """The articles that were captured at one of these domains, or below it."""
    sites = [name["text"].lower().removeprefix("www.") for name in names if name["use"] == NameUse.DOMAIN]
    if not sites:
        return set()
    below = re.compile("|".join(rf"(?:.*\.)?{re.escape(site)}" for site in sites))
    rows = Article.objects.exclude(capture__target_uri="").values_list("pk", "capture__target_uri")
    return {key for key, address in rows if below.fullmatch(host(address))}


def _gazetteer(record: AuthorityRecord, names: Iterable[dict[str, str]]) -> Gazetteer:
    key = RecordKey(record.kind, record.slug)
    return Gazetteer([NameForm(key, name["text"], name["language"], name["use"]) for name in names], {})


def _sounds(names: Iterable[dict[str, str]]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """How forename and family name in Latin script sound, by which spellings beside a title are recognised."""
    latin = [name["text"].replace("-", " ").split() for name in names if name["language"] == "en"]
    return [(frozenset(name_keys(words[0])), frozenset(name_keys(words[-1]))) for words in latin if len(words) > 1]


def _having(find: WordFinder, forms: Gazetteer, sounds: list[tuple[frozenset[str], frozenset[str]]]) -> Iterator[str]:
    """The identifiers of the articles in whose title or text a form may stand."""
    words = set(find.words())
    for word in words:
        if not forms.may_begin(word):
            continue
        followers = [other for other in _followers(forms, word) if other in words]
        if forms.lookup(word):
            yield from find.having(word)
        elif followers:
            yield from find.having(word) & set().union(*map(find.having, followers))
    for first, last in sounds:
        keyed = [(word, name_keys(word)) for word in words]
        begins = (find.having(word) for word, keys in keyed if first & keys)
        ends = (find.having(word) for word, keys in keyed if last & keys)
        yield from set().union(*begins) & set().union(*ends)


def _followers(forms: Gazetteer, word: str) -> Iterator[str]:
    """What may stand behind a word for a form to go on: any beginning of what is left of one."""
    for rest in forms.rests(word):
        yield from (rest[:length] for length in range(1, len(rest) + 1))
