"""The authority file held in memory: labels in every language and the gazetteer, renewed when a record changes.

Each page costs one small query that tells whether anything changed, and no query for each label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final
from urllib.parse import urlsplit

from archive.authorities.gazetteer.gazetteer import Gazetteer, NameForm, RecordKey
from archive.authorities.gazetteer.types import RECOGNISED_KINDS, GazetteerPost
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, Name, NameUse, Post
from archive.authorities.revisions import revisions
from archive.pages.kept_while import kept_while_same
from search.analysis import analyze
from search.terms import KeptTerm, follow

Revision = int | None
RANKS: Final = {FormStatus.AUTHORIZED: 0, FormStatus.PARALLEL: 1, FormStatus.VARIANT: 2}


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
    """One state of the authority file. `labels[kind, slug][language]` is the form to show.

    `rights` are what a source allows on pages and in bulk, by its primary key, "" where its curator chose nothing;
    `proposals` the slugs of sources that no curator has confirmed; `merged` tells of every record that became another
    one the slug of that. `terms` are those that a curator touched; the labels of all are no names of anybody, and stand
    apart in `term_forms`.
    """

    labels: Mapping[tuple[str, str], Mapping[str, str]]
    forms: tuple[NameForm, ...]
    posts: Mapping[str, tuple[GazetteerPost, ...]]
    held: Mapping[tuple[str, str], tuple[Holder, ...]]
    offices: Mapping[str, tuple[Office, ...]] = field(default_factory=dict)
    rights: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    proposals: frozenset[str] = frozenset()
    merged: Mapping[tuple[str, str], str] = field(default_factory=dict)
    terms: tuple[KeptTerm, ...] = ()
    term_forms: tuple[NameForm, ...] = ()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names that are recognised in texts and queries: all but those of sources and terms."""
        return _compiled(tuple(form for form in self.forms if form.record.kind in RECOGNISED_KINDS), self.posts)

    @cached_property
    def _by_record(self) -> dict[RecordKey, list[NameForm]]:
        grouped: dict[RecordKey, list[NameForm]] = {}
        for form in self.forms:
            grouped.setdefault(form.record, []).append(form)
        return grouped

    @cached_property
    def _sources(self) -> dict[str, str]:
        """By folded name; of two sources of one name, one that is confirmed."""
        forms = [form for form in self.forms if form.record.kind == Kind.SOURCE and form.use != NameUse.FEED]
        forms.sort(key=lambda form: form.record.slug not in self.proposals)
        return {same_name(form.text): form.record.slug for form in forms}

    @cached_property
    def _addresses(self) -> dict[tuple[str, str], str]:
        """By use and address: the sources of sites and feeds."""
        at = (NameUse.DOMAIN, NameUse.FEED)
        forms = (form for form in self.forms if form.record.kind == Kind.SOURCE and form.use in at)
        return {(form.use, form.text.lower().removeprefix("www.")): form.record.slug for form in forms}

    @cached_property
    def _folded(self) -> list[tuple[RecordKey, str]]:
        return [(form.record, same_name(form.text)) for form in (*self.forms, *self.term_forms)]

    def spelled(self, typed: str) -> dict[str, set[str]]:
        """The records, by kind, of which a form has all words typed, in any spelling, each at least in part."""
        words = [folded for word in typed.split() if (folded := same_name(word))]
        found: dict[str, set[str]] = {}
        for record, form in self._folded if words else ():
            if all(word in form for word in words):
                found.setdefault(record.kind, set()).add(record.slug)
        for record in self.gazetteer.lookup(typed):
            found.setdefault(record.kind, set()).add(record.slug)
        return found

    def names(self, kind: str, slug: str) -> list[NameForm]:
        """Every form of one record's name, in the order of the record."""
        return self._by_record.get(RecordKey(kind, slug), [])

    def present(self, kind: str, slug: str) -> str:
        """The slug under which a record is found now: of one that was merged, that of the record it became."""
        return self.merged.get((kind, slug), slug)

    def holders(self, role: str, state: str) -> tuple[Holder, ...]:
        """Who is on file for a role of a country or a body: `foreign_minister`, `az`."""
        return self.held.get((role, state), ())

    def source(self, name: str) -> str | None:
        """The source of this name in any spelling («دفاعپرس», «دفاع‌پرس», «دفاع پرس»), None when it is not known."""
        return self._sources.get(same_name(name))

    def source_of(self, printed: str, address: str) -> str | None:
        """The source of a report by its printed name, else by the site of its address: `https://ar.azvision.az/…`."""
        if printed and (found := self.source(printed)):
            return found
        parts = host(address).split(".")
        sites = [(NameUse.DOMAIN, ".".join(parts[first:])) for first in range(len(parts) - 1)]
        return next((self._addresses[site] for site in sites if site in self._addresses), None)

    def source_of_feed(self, address: str) -> str | None:
        return self._addresses.get((NameUse.FEED, address.lower()))

    def label(self, kind: str, slug: str, language: str) -> str:
        """The authorized form in `language`, else in English, else any; the slug of an unknown record."""
        forms = self.labels.get((kind, slug), {})
        return forms.get(language) or forms.get("en") or next(iter(forms.values()), slug)


def directory() -> Directory:
    """The present state of the authority file; the terms that are searched are those of it from then on."""
    held = _read(revision())
    follow(held.terms)
    return held


def gazetteer() -> Gazetteer:
    """The names of the present authority file, compiled for recognition."""
    return directory().gazetteer


def label(record: AuthorityRecord, language: str) -> str:
    """What to call a record in the reader's language."""
    return directory().label(record.kind, record.slug, language)


def revision() -> Revision:
    """Changes whenever the authority file does."""
    return revisions().get("authorities")


@kept_while_same
def _read(_revision: Revision) -> Directory:
    return read()


def read() -> Directory:
    """The authority file as the database holds it at this moment, within a transaction too."""
    names = list(
        Name.objects.filter(record__merged_into__isnull=True)
        .order_by("pk")
        .values_list("record__kind", "record__slug", "text", "language", "use", "form")
    )
    found = (name for name in names if name[4] != NameUse.RETIRED)
    forms = [NameForm(RecordKey(kind, slug), text, lang, use) for kind, slug, text, lang, use, _form in found]
    return Directory(
        _labels(names),
        tuple(form for form in forms if form.record.kind != Kind.TERM),
        _posts(),
        _holders(),
        _offices(),
        _rights(),
        _proposals(),
        _merged(),
        _terms(),
        tuple(form for form in forms if form.record.kind == Kind.TERM),
    )


@kept_while_same
def _compiled(forms: tuple[NameForm, ...], posts: Mapping[str, tuple[GazetteerPost, ...]]) -> Gazetteer:
    """Compiled once for the same names of officials, countries and bodies, whatever becomes of sources."""
    return Gazetteer(forms, posts)


def _terms() -> tuple[KeptTerm, ...]:
    """The terms that a curator added or changed; one that was merged into another has no labels any more."""
    records = AuthorityRecord.objects.of_kind(Kind.TERM).filter(curated=True).order_by("slug")
    found = []
    for record in records.prefetch_related("names"):
        names = (
            [] if record.merged_into_id else sorted(record.names.all(), key=lambda name: (RANKS[name.form], name.pk))
        )
        hidden = tuple((name.language, name.text) for name in names if name.use == NameUse.HIDDEN)
        shown = (name for name in names if name.use not in {NameUse.HIDDEN, NameUse.RETIRED})
        labels = tuple((name.language, name.text) for name in shown)
        found.append(KeptTerm(record.slug, labels, hidden))
    return tuple(found)


def _proposals() -> frozenset[str]:
    return frozenset(AuthorityRecord.objects.filter(is_proposed=True).order_by().values_list("slug", flat=True))


def _merged() -> dict[tuple[str, str], str]:
    gone = AuthorityRecord.objects.filter(merged_into__isnull=False).order_by()
    return {(kind, slug): kept for kind, slug, kept in gone.values_list("kind", "slug", "merged_into__slug")}


def _rights() -> dict[int, tuple[str, str]]:
    chosen = AuthorityRecord.objects.exclude(rights_pages="", rights_bulk="").order_by()
    return {key: (pages, bulk) for key, pages, bulk in chosen.values_list("pk", "rights_pages", "rights_bulk")}


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


def host(address: str) -> str:
    """The host of an address, without a port; "" for none."""
    with suppress(ValueError):
        return urlsplit(address).hostname or ""
    return ""


@lru_cache(maxsize=8192)
def same_name(name: str) -> str:
    """The folded letters of a name without spaces and half-spaces: equal for two spellings of one name."""
    return "".join(token.norm for token in analyze(name) if token.span == 1)


def _labels(names: Iterable[tuple[str, str, str, str, str, str]]) -> dict[tuple[str, str], dict[str, str]]:
    labels: dict[tuple[str, str], dict[str, str]] = {}
    for kind, slug, text, language, _use, _form in sorted(names, key=lambda name: RANKS[FormStatus(name[5])]):
        labels.setdefault((kind, slug), {}).setdefault(language, text)
    return labels
