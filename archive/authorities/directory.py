"""The authority file held in memory: labels in every language and the gazetteer, renewed when a record changes.

Each page costs one small query that tells whether anything changed, and no query for each label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Max
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from archive.authorities.gazetteer.gazetteer import Gazetteer, NameForm, RecordKey
from archive.authorities.gazetteer.types import GazetteerPost
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, Name, Post
from archive.pages.asked_once import once_a_page
from archive.pages.kept_while import kept_while_same
from search.analysis import analyze

Revision = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """An official on file for a post; dates are ISO 8601, may be partial and are "" where not known."""

    slug: str
    start: str
    end: str
    attested_on: str


@dataclass(frozen=True, slots=True)
class Office:
    """A post that an official held, of a country or a body (`kind`, `state`; "" where none is on file).

    `titles` are by language; dates are as in `Holder`.
    """

    role: str
    titles: Mapping[str, str]
    kind: str
    state: str
    start: str
    end: str
    attested_on: str

    @property
    def since(self) -> str:
        """The earliest day on file, by which posts are put in order."""
        return self.start or self.attested_on or self.end

    def title(self, language: str) -> str:
        """The title in `language`, else in English, else the role in words."""
        return self.titles.get(language) or self.titles.get("en") or self.role.replace("_", " ")


@dataclass(frozen=True)
class Directory:
    """One state of the authority file. `labels[kind, slug][language]` is the form to show."""

    labels: Mapping[tuple[str, str], Mapping[str, str]]
    forms: tuple[NameForm, ...]
    posts: Mapping[str, tuple[GazetteerPost, ...]]
    held: Mapping[tuple[str, str], tuple[Holder, ...]]
    offices: Mapping[str, tuple[Office, ...]] = field(default_factory=dict)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names that are recognised in texts and queries: all but those of sources."""
        return Gazetteer((form for form in self.forms if form.record.kind != Kind.SOURCE), self.posts)

    @cached_property
    def _by_record(self) -> dict[RecordKey, list[NameForm]]:
        grouped: dict[RecordKey, list[NameForm]] = {}
        for form in self.forms:
            grouped.setdefault(form.record, []).append(form)
        return grouped

    @cached_property
    def _sources(self) -> dict[str, str]:
        return {_joined(form.text): form.record.slug for form in self.forms if form.record.kind == Kind.SOURCE}

    def names(self, kind: str, slug: str) -> list[NameForm]:
        """Every form of one record's name, in the order of the record."""
        return self._by_record.get(RecordKey(kind, slug), [])

    def holders(self, role: str, state: str) -> tuple[Holder, ...]:
        """Who is on file for a role of a country or a body: `foreign_minister`, `az`."""
        return self.held.get((role, state), ())

    def source(self, name: str) -> str | None:
        """The source of this name in any spelling («دفاعپرس», «دفاع‌پرس», «دفاع پرس»), None when it is not known."""
        return self._sources.get(_joined(name))

    def label(self, kind: str, slug: str, language: str) -> str:
        """The authorized form in `language`, else in English, else any; the slug of an unknown record."""
        forms = self.labels.get((kind, slug), {})
        return forms.get(language) or forms.get("en") or next(iter(forms.values()), slug)


def directory() -> Directory:
    """The present state of the authority file."""
    return _read(revision())


def gazetteer() -> Gazetteer:
    """The names of the present authority file, compiled for recognition."""
    return directory().gazetteer


def label(record: AuthorityRecord, language: str) -> str:
    """What to call a record in the reader's language."""
    return directory().label(record.kind, record.slug, language)


@once_a_page
def revision() -> Revision:
    """Changes whenever the authority file does; one small query."""
    state = AuthorityRecord.objects.aggregate(Count("pk"), Max("pk"), Max("updated_at"))
    return tuple(state.values())


@receiver([post_save, post_delete], sender=Post)
def _note_post(instance: Post, **_kwargs: object) -> None:
    """A post is part of its record: with it the record changes, for every process that holds the directory."""
    AuthorityRecord.objects.filter(pk=instance.record_id).update(updated_at=timezone.now())


@kept_while_same
def _read(_revision: Revision) -> Directory:
    names = list(
        Name.objects.filter(record__merged_into__isnull=True)
        .order_by("pk")
        .values_list("record__kind", "record__slug", "text", "language", "use", "form")
    )
    forms = (NameForm(RecordKey(kind, slug), text, lang, use) for kind, slug, text, lang, use, _form in names)
    return Directory(_labels(names), tuple(forms), _posts(), _holders(), _offices())


def _posts() -> dict[str, tuple[GazetteerPost, ...]]:
    """By official: the posts whose titles make a surname alone count."""
    rows = Post.objects.order_by("pk").values_list("record__slug", "role", "country__slug", "body__slug")
    posts: dict[str, tuple[GazetteerPost, ...]] = {}
    for slug, role, country, body in rows:
        posts[slug] = (*posts.get(slug, ()), GazetteerPost(role, country or "", body or ""))
    return posts


def _holders() -> dict[tuple[str, str], tuple[Holder, ...]]:
    """By role and state: the officials on file with the dates of each post."""
    asked = ("role", "country__slug", "body__slug", "record__slug", "start", "end", "attested_on")
    held: dict[tuple[str, str], tuple[Holder, ...]] = {}
    rows = Post.objects.filter(record__merged_into__isnull=True).order_by("pk").values_list(*asked)
    for role, country, body, *known in rows:
        key = (role, country or body or "")
        held[key] = (*held.get(key, ()), Holder(*known))
    return held


def _offices() -> dict[str, tuple[Office, ...]]:
    """By official: the posts on file by time, those without any date first and in the order of the file."""
    asked = ("role", "country__slug", "body__slug", "start", "end", "attested_on", "title_ar", "title_fa", "title_en")
    offices: dict[str, tuple[Office, ...]] = {}
    for slug, role, country, body, *rest in Post.objects.order_by("pk").values_list("record__slug", *asked):
        *dates, arabic, persian, english = rest
        titles = {"ar": arabic, "fa": persian, "en": english}
        kind = Kind.COUNTRY if country else Kind.BODY
        offices[slug] = (*offices.get(slug, ()), Office(role, titles, kind, country or body or "", *dates))
    return {slug: tuple(sorted(held, key=lambda office: office.since)) for slug, held in offices.items()}


def _joined(name: str) -> str:
    """The folded letters of a name without spaces and half-spaces."""
    return "".join(token.norm for token in analyze(name) if token.span == 1)


def _labels(names: Iterable[tuple[str, str, str, str, str, str]]) -> dict[tuple[str, str], dict[str, str]]:
    ranks = {FormStatus.AUTHORIZED: 0, FormStatus.PARALLEL: 1, FormStatus.VARIANT: 2}
    labels: dict[tuple[str, str], dict[str, str]] = {}
    for kind, slug, text, language, _use, _form in sorted(names, key=lambda name: ranks[FormStatus(name[5])]):
        labels.setdefault((kind, slug), {}).setdefault(language, text)
    return labels
