"""One record that is two: some forms of its name and some mentions go to another one, new or held; undone as one.

Mentions of a form go with the form. A mention that is chosen by itself goes by the curator's word, which reading again
leaves alone; so a single mention is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.articles.linking import CURATOR
from archive.articles.models import AccessPoint, Article, Mention
from archive.authorities.directory import same_name
from archive.authorities.merging import KEYS
from archive.authorities.models import AuthorityRecord, FormStatus, Name, Split
from archive.authorities.signals import record_changed
from archive.authorities.states import state_of
from archive.curation.models import CurationEvent
from archive.curation.record_actions import Action, Curator, remember
from archive.curation.rereading import fetched, links_of, reread_for

State = AccessPoint.State


class NotSplittable(ValueError):
    """This record cannot be split so; the message says why, for a curator."""


@transaction.atomic
def split(
    record: AuthorityRecord,
    other: AuthorityRecord,
    *,
    names: Iterable[int] = (),
    mentions: Iterable[int] = (),
    by: Curator = None,
) -> Split:
    """Give names and mentions of a record, by their keys, to another one; one that is not saved yet is made."""
    forms = list(record.names.filter(pk__in=names).order_by("pk"))
    chosen = Mention.objects.filter(pk__in=mentions, access_point__record=record)
    if other.pk == record.pk or other.kind != record.kind:
        raise NotSplittable(_("The other record is another one of the same kind."))
    if record.merged_into_id or other.merged_into_id:
        raise NotSplittable(_("One of the records was merged already."))
    if not forms and not chosen.exists():
        raise NotSplittable(_("Choose a form of the name, or a mention."))
    is_new = other.pk is None
    before = state_of(record), None if is_new else state_of(other)
    moved: dict[str, Any] = {"new": is_new, "curated": [record.curated, other.curated]}
    record.curated = other.curated = True
    record.save()
    other.save()
    of_forms = going_with(record, forms)
    keys = sorted({*of_forms.values_list("pk", flat=True), *chosen.values_list("pk", flat=True)})
    told = _links_before(keys)
    words = set(chosen.values_list("pk", flat=True))
    moved |= {"names": _give(forms, other), "mentions": _lead(keys, words, other)}
    done = Split.objects.create(record=record, other=other, by=by, moved=moved)
    _finish(done, before, told, by, Action.SPLIT)
    return done


def going_with(record: AuthorityRecord, forms: Sequence[Name]) -> QuerySet[Mention]:
    """The mentions of a record that go with these forms: their letters are those of one, and of none that stays."""
    staying = {same_name(name.text) for name in record.names.exclude(pk__in=[form.pk for form in forms])}
    going = {same_name(form.text) for form in forms} - staying
    held = Mention.objects.filter(access_point__record=record)
    written = held.order_by().values_list("form", flat=True).distinct()
    return held.filter(form__in=[form for form in written if same_name(form) in going])


def _give(forms: Sequence[Name], other: AuthorityRecord) -> list[list[Any]]:
    """Hand forms over, the first of a language as the authorized one where there is none; what they were."""
    known = {tuple(getattr(name, key) for key in KEYS) for name in other.names.all()}
    authorized = set(other.names.filter(form=FormStatus.AUTHORIZED).values_list("language", flat=True))
    moved = []
    for name in forms:
        if tuple(getattr(name, key) for key in KEYS) in known:
            raise NotSplittable(_("«%(name)s» is a form of the other record already.") % {"name": name})
        moved.append([name.pk, name.form])
        name.record = other
        is_first = name.language not in authorized
        name.form = FormStatus.AUTHORIZED if is_first else FormStatus.VARIANT
        authorized.add(name.language)
        name.save()
    return moved


def _lead(keys: Sequence[int], words: set[int], other: AuthorityRecord) -> list[dict[str, Any]]:
    """Have mentions lead to another record; a link whose last mention goes is no more. What they were."""
    moved: list[dict[str, Any]] = []
    rows = Mention.objects.filter(pk__in=keys).select_related("access_point").order_by("pk")
    for mention in rows:
        was = mention.access_point
        state = State.ACCEPTED if mention.pk in words else was.state
        point, is_new = AccessPoint.objects.get_or_create(
            article_id=was.article_id, record=other, defaults={"state": state}
        )
        told = {"mention": mention.pk, "article": was.article_id, "state": was.state, "rule": mention.rule}
        moved.append({**told, "confidence": mention.confidence, "kept": None if is_new else point.state})
        if mention.pk in words:
            mention.rule, mention.confidence = CURATOR, 1.0
            AccessPoint.objects.filter(pk=point.pk).update(state=State.ACCEPTED)
        mention.access_point = point
        mention.save()
        if not was.mentions.exists():
            was.delete()
    return moved


@transaction.atomic
def undo(done: Split, *, by: Curator = None) -> None:
    """Take a split back, as one; NotSplittable where it was undone, or one of the records was merged since."""
    record, other = done.record, done.other
    if done.undone_at or record.merged_into_id or other.merged_into_id:
        raise NotSplittable(_("This split cannot be undone any more."))
    before = state_of(record), state_of(other)
    told = _links_before([row["mention"] for row in done.moved["mentions"]])
    for key, form in done.moved["names"]:
        other.names.filter(pk=key).update(record=record, form=form)
    for row in reversed(done.moved["mentions"]):
        _lead_back(row, record, other)
    record.curated, other.curated = done.moved["curated"]
    if done.moved["new"]:
        other.merged_into = record  # its identifier may be in use: it leads back
    record.save()
    other.save()
    done.undone_at, done.undone_by = timezone.now(), by
    done.save(update_fields=["undone_at", "undone_by"])
    _finish(done, before, told, by, Action.UNSPLIT)


def _lead_back(row: dict[str, Any], record: AuthorityRecord, other: AuthorityRecord) -> None:
    mention = Mention.objects.filter(pk=row["mention"], access_point__record=other).first()
    if mention is None:
        return  # the text changed since, or a curator decided otherwise
    left = mention.access_point
    mention.access_point, _new = AccessPoint.objects.get_or_create(
        article_id=row["article"], record=record, defaults={"state": row["state"]}
    )
    mention.rule, mention.confidence = row["rule"], row["confidence"]
    mention.save()
    if row["kept"] is None and not left.mentions.exists():
        left.delete()
    elif row["kept"] is not None:
        AccessPoint.objects.filter(pk=left.pk).update(state=row["kept"])


def _links_before(mentions: Sequence[int]) -> dict[int, list[list[str]]]:
    """The links of the articles of these mentions, by the key of the article."""
    held = Article.objects.filter(access_points__mentions__in=mentions).distinct()
    return {article.pk: links_of(article) for article in fetched(held)}


def _finish(done: Split, before: tuple[Any, Any], told: dict[int, Any], by: Curator, action: Action) -> None:
    """Write the history of both records and of the articles, announce both, have what they concern read again."""
    pairs = ((done.record, before[0]), (done.other, before[1]))
    for record, was in pairs:
        remember(record, action if was is not None else Action.ADD, by, note=str(done), before=was)
        record_changed.send(AuthorityRecord, record=record)
    CurationEvent.objects.bulk_create(
        CurationEvent(
            article=article,
            action=action,
            by=by,
            note=str(done)[:500],
            changes={"access_points": [told[article.pk], links_of(article)]},
            exact=True,
        )
        for article in fetched(Article.objects.filter(pk__in=told))
        if told[article.pk] != links_of(article)
    )
    Article.objects.filter(pk__in=told).update(updated_at=timezone.now())
    for record, was in pairs:
        reread_for(record, was, state_of(record), by)
