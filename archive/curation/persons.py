"""What a curator does with a name that no record has: propose a record, join it to another, leave it unrecorded."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from archive.articles.citing.transliteration import transliterate
from archive.articles.models import Mention, Precision
from archive.authorities.directory import same_name
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, Name, Post
from archive.authorities.signals import record_changed
from archive.authorities.states import State, state_of
from archive.curation.models import CurationEvent, UnknownMention, UnknownName
from archive.curation.record_actions import Curator, remember, reread_after
from archive.text.languages import reading_language
from search.analysis import fold

_SOURCES = 300  # letters of what a name and a post are from


@transaction.atomic
def propose(name: UnknownName, *, by: Curator = None) -> AuthorityRecord | None:
    """A proposed official with the forms, the post and the country of the sentences; None where no text has the name.

    The reports are its source. All texts that may have the name are read again.
    """
    mentions = list(name.mentions.select_related("article").order_by("article__dated_on", "pk"))
    if not mentions:
        return None
    form, _number = Counter(_plain(one.form) for one in mentions).most_common(1)[0]
    record = _record(Kind.OFFICIAL, form, _language(mentions[0]))
    before = state_of(record) if record.names.exists() else None
    _name(record, mentions)
    _post(record, mentions)
    _settle(name, record, before, by)
    return record


@transaction.atomic
def propose_for(mention: Mention, *, by: Curator = None) -> AuthorityRecord:
    """A proposed record of the words of a mention, of the kind of the record that it led to wrongly."""
    article = mention.access_point.article
    language = reading_language(article.language) or "ar"
    record = _record(mention.access_point.record.kind, _plain(mention.form), language)
    if not record.names.exists():
        told = {"form": FormStatus.AUTHORIZED, "source": f"article {article.identifier}"}
        Name.objects.create(record=record, text=_plain(mention.form), language=language, **told)
        remember(record, CurationEvent.Action.ADD, by)
        record_changed.send(AuthorityRecord, record=record)
    return record


def _record(kind: str, form: str, language: str) -> AuthorityRecord:
    """The record proposed of a name, made now or earlier; its identifier is the name in Latin letters."""
    digest = hashlib.sha256(fold(form).encode()).hexdigest()[:6]
    latin = slugify(transliterate(form, language))[:60].strip("-") or kind
    record: AuthorityRecord
    record, _new = AuthorityRecord.objects.get_or_create(
        kind=kind, slug=f"{latin}-{digest}", defaults={"is_proposed": True}
    )
    while record.merged_into is not None:
        record = record.merged_into
    return record


@transaction.atomic
def join(name: UnknownName, record: AuthorityRecord, *, by: Curator = None) -> None:
    """Take a name for another form of a record: a misspelling, an outlet's own spelling."""
    before = state_of(record)
    _name(record, list(name.mentions.select_related("article").order_by("pk")))
    record.curated = True
    record.save()
    _settle(name, record, before, by)


def ask_again(record: AuthorityRecord) -> None:
    """Have the names wait for a curator again that were given to a record and are no form of it any more."""
    forms = {same_name(text) for text in record.names.values_list("text", flat=True)}
    given = UnknownName.objects.filter(record=record)
    gone = [name.pk for name in given if name.folded.replace(" ", "") not in forms]
    told: dict[str, Any] = {"record": None, "decided_by": None, "decided_at": None}
    UnknownName.objects.filter(pk__in=gone).update(state=UnknownName.State.OPEN, **told)


def dismiss(name: UnknownName, *, by: Curator = None) -> None:
    """Have a name not be asked of again: no person, or one that the archive does not record."""
    _decide(name, UnknownName.State.DISMISSED, by)


def _settle(name: UnknownName, record: AuthorityRecord, before: State | None, by: Curator) -> None:
    name.record = record
    _decide(name, UnknownName.State.PROPOSED, by)
    action = CurationEvent.Action.ADD if before is None else CurationEvent.Action.EDIT
    event = remember(record, action, by, before=before)
    record_changed.send(AuthorityRecord, record=record)
    reread_after(record, event, before, by)


def _decide(name: UnknownName, state: str, by: Curator) -> None:
    name.state, name.decided_by, name.decided_at = state, by, timezone.now()
    name.save()


def _name(record: AuthorityRecord, mentions: Sequence[UnknownMention]) -> None:
    """Every form: a variant where its language has one to show, else the most frequent one is shown."""
    forms = Counter((_language(one), _plain(one.form)) for one in mentions)
    named = set(record.names.exclude(form=FormStatus.VARIANT).values_list("language", flat=True))
    for (language, text), _number in forms.most_common():
        having = [one for one in mentions if (_language(one), _plain(one.form)) == (language, text)]
        first = FormStatus.PARALLEL if named else FormStatus.AUTHORIZED
        status = FormStatus.VARIANT if language in named else first
        named.add(language)
        told = {"form": status, "source": _sources(having)}
        Name.objects.get_or_create(record=record, text=text, language=language, defaults=told)


def _post(record: AuthorityRecord, mentions: Sequence[UnknownMention]) -> None:
    """The post beside the name in most sentences, rather one with its country or body, attested on their last day.

    A title of no country and no body is no post: it is noted, for whoever looks at the record.
    """
    posts = Counter((one.role, one.kind, one.state) for one in mentions)
    (role, kind, state), _number = max(posts.items(), key=lambda post: (bool(post[0][2]), post[1]))
    having = [one for one in mentions if (one.role, one.kind, one.state) == (role, kind, state)]
    days = [
        one.article.dated_on.isoformat()
        for one in having
        if one.article.dated_on and one.article.date_precision in {Precision.DAY, Precision.MINUTE}
    ]
    titles: dict[str, Any] = {}
    for language in ("ar", "fa"):
        printed = Counter(_plain(one.post) for one in having if _language(one) == language)
        titles[f"title_{language}"] = printed.most_common(1)[0][0] if printed else ""
    held = AuthorityRecord.objects.filter(kind=kind, slug=state).first() if state else None
    if held is None:
        record.note = record.note or " · ".join(filter(None, titles.values()))
        record.save()
        return
    post = Post(record=record, role=role, **titles, attested_on=max(days, default=""), source=_sources(having))
    setattr(post, kind, held)
    post.save()


def _sources(mentions: Sequence[UnknownMention]) -> str:
    """The reports: `articles 3d43f546d925, 9c4b…`, as many as there is room for."""
    told = "articles "
    for identifier in dict.fromkeys(one.article.identifier for one in mentions):
        if len(told) + len(identifier) + 2 > _SOURCES:
            break
        told += f"{identifier}, "
    return told.rstrip(", ")


def _language(mention: UnknownMention) -> str:
    return reading_language(mention.article.language) or "ar"


def _plain(form: str) -> str:
    return " ".join(form.split())
