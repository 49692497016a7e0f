"""Two records that are one: names, posts, access points and reports move to the one that stays, and can be moved back.

The record that goes keeps its identifier and its page, which leads to the other from then on. What moved is remembered
in a `Merge`, from which `undo` restores both as they were, except what was edited or deleted since.
Articles are reached from the record's side (`access_points`, `reports`), so this room knows nothing of theirs.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.authorities.models import AuthorityRecord, FormStatus, Merge
from archive.authorities.signals import record_changed
from archive.states import LinkState

KEYS = ("text", "language", "use")


class NotMergeable(ValueError):
    """These two records cannot become one; the message says why, for a curator."""


@transaction.atomic
def merge(gone: AuthorityRecord, kept: AuthorityRecord, *, by: User | None = None) -> Merge:
    """Let `kept` take the place of `gone` everywhere; the articles of both are indexed again.

    NotMergeable when they are of different kinds, the same, or merged already.
    """
    gone, kept = _locked(gone.pk), _locked(kept.pk)
    if gone.pk == kept.pk:
        raise NotMergeable(_("A record cannot be merged into itself."))
    if gone.kind != kept.kind:
        raise NotMergeable(_("Only records of the same kind can be merged."))
    if gone.merged_into_id or kept.merged_into_id:
        raise NotMergeable(_("One of the records was merged already."))
    moved = {
        "points": _move_points(gone, kept),
        "reports": _move(gone.reports, source=kept),
        "names": _move_names(gone, kept),
        "posts": _move(gone.posts, record=kept),
        "country_posts": _move(gone.country_posts, country=kept),
        "body_posts": _move(gone.body_posts, body=kept),
        "relations": _move(gone.relations, record=kept),
        "related": _move(gone.related, other=kept),
        "merged": _move(gone.merged, merged_into=kept),
        "curated": [gone.curated, kept.curated],
        "proposed": kept.is_proposed,
    }
    gone.merged_into, gone.curated, kept.curated = kept, True, True
    kept.is_proposed = False  # a curator has chosen it
    gone.save()
    kept.save()
    record_changed.send(AuthorityRecord, record=kept)
    return Merge.objects.create(gone=gone, kept=kept, by=by, moved=moved)


@transaction.atomic
def undo(done: Merge, *, by: User | None = None) -> None:
    """Take a merge back: both records get what was theirs; NotMergeable when it was undone, or merged further."""
    gone, kept = _locked(done.gone_id), _locked(done.kept_id)
    if done.undone_at or gone.merged_into_id != kept.pk or kept.merged_into_id:
        raise NotMergeable(_("This merge cannot be undone any more."))
    moved = done.moved
    points = moved["points"]
    kept.access_points.filter(pk__in=points["moved"]).update(record=gone)
    for told in points["joined"]:
        other = kept.access_points.filter(pk=told["kept"]).first()
        if other is None:
            continue  # a curator removed the link since
        point = gone.access_points.create(article_id=told["article"], state=told["state"])
        other.mentions.filter(pk__in=told["mentions"]).update(access_point=point)
        other.state = told["kept_state"]
        other.save(update_fields=["state"])
    kept.reports.filter(pk__in=moved["reports"]).update(source=gone)
    for key, source in moved["names"].get("sources", ()):
        kept.names.filter(pk=key).update(source=source)
    for key, form in moved["names"]["moved"]:
        kept.names.filter(pk=key).update(record=gone, form=form)
    kept.posts.filter(pk__in=moved["posts"]).update(record=gone)
    kept.country_posts.filter(pk__in=moved["country_posts"]).update(country=gone)
    kept.body_posts.filter(pk__in=moved["body_posts"]).update(body=gone)
    kept.relations.filter(pk__in=moved.get("relations", ())).update(record=gone)  # earlier releases knew none
    kept.related.filter(pk__in=moved.get("related", ())).update(other=gone)
    kept.merged.filter(pk__in=moved["merged"]).update(merged_into=gone)
    gone.merged_into = None
    gone.curated, kept.curated = moved["curated"]
    kept.is_proposed = moved.get("proposed", kept.is_proposed)  # earlier releases did not say
    gone.save()
    kept.save()
    done.undone_at, done.undone_by = timezone.now(), by
    done.save(update_fields=["undone_at", "undone_by"])
    for record in (gone, kept):
        record_changed.send(AuthorityRecord, record=record)


def _locked(key: int) -> AuthorityRecord:
    """The record as it is now, held until the transaction ends."""
    record: AuthorityRecord = AuthorityRecord.objects.select_for_update().get(pk=key)
    return record


def _move(related: Any, **to: AuthorityRecord) -> list[int]:
    """Hand what hangs on a record to another; give the keys of what moved."""
    keys = list(related.order_by("pk").values_list("pk", flat=True))
    related.filter(pk__in=keys).update(**to)
    return keys


# Names


def _move_names(gone: AuthorityRecord, kept: AuthorityRecord) -> dict[str, Any]:
    """Names that are new to `kept` become its names, an authorized form a variant where there is one already.

    A form that both have stays with the record that goes, where nobody looks; who said so is told of both.
    """
    known = {tuple(getattr(name, key) for key in KEYS): name for name in kept.names.all()}
    authorized = {name.language for name in kept.names.filter(form=FormStatus.AUTHORIZED)}
    moved: list[list[Any]] = []
    sources: list[list[Any]] = []
    for name in gone.names.order_by("pk"):
        if held := known.get(tuple(getattr(name, key) for key in KEYS)):
            if name.source not in held.source:
                sources.append([held.pk, held.source])
                held.source = f"{held.source}; {name.source}"[:300]
                held.save()
            continue
        moved.append([name.pk, name.form])
        name.record = kept
        if name.form == FormStatus.AUTHORIZED and name.language in authorized:
            name.form = FormStatus.VARIANT
        name.save()
    return {"moved": moved, "sources": sources}


# Access points


def _move_points(gone: AuthorityRecord, kept: AuthorityRecord) -> dict[str, Any]:
    """An article linked to both keeps one access point with the mentions of both; who accepted either accepted it."""
    held = {point.article_id: point for point in kept.access_points.all()}
    moved: list[int] = []
    joined: list[dict[str, Any]] = []
    for point in gone.access_points.order_by("pk"):
        other = held.get(point.article_id)
        if other is None:
            moved.append(point.pk)
            continue
        joined.append(_joined(point, other))
        if point.state == LinkState.ACCEPTED and other.state != LinkState.ACCEPTED:
            other.state = LinkState.ACCEPTED
            other.save(update_fields=["state"])
    gone.access_points.filter(pk__in=moved).update(record=kept)
    return {"moved": moved, "joined": joined}


def _joined(point: Any, other: Any) -> dict[str, Any]:
    mentions = list(point.mentions.order_by("pk").values_list("pk", flat=True))
    point.mentions.update(access_point=other)
    told = {
        "article": point.article_id,
        "state": point.state,
        "mentions": mentions,
        "kept": other.pk,
        "kept_state": other.state,
    }
    point.delete()
    return told
