"""Records as readers see them: those met in public articles, and all that is held of one record.

Articles are reached from the record's side (`record.articles`, `record.reports`), so that this room knows nothing of
the one that describes articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import gettext, gettext_lazy

from archive.authorities.directory import directory
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, NameUse, Post, Relation, RelationKind
from archive.authorities.tallies import of_each
from archive.pages.addresses import path_to
from archive.states import LinkState
from archive.text.languages import direction

NO_LANGUAGE = "zxx"  # BCP 47: no linguistic content, as of a domain
FORM_ORDER = {str(form): place for place, form in enumerate(FormStatus)}


def met(kind: str, language: str, most: int | None = None) -> list[dict[str, Any]]:
    """The records of one kind that public articles are linked to, most often met first, as links with counts."""
    return links(kind, counted(kind)[:most], language)


def links(kind: str, met_records: Iterable[tuple[str, int]], language: str) -> list[dict[str, Any]]:
    """Records, given by slug with how often they are met, as links in the reader's language."""
    label = directory().label
    return [
        {"label": label(kind, slug, language), "url": path_to(f"browse:{kind}", slug), "count": total, "slug": slug}
        for slug, total in met_records
    ]


def counted(kind: str) -> list[tuple[str, int]]:
    """The records of one kind that public articles are linked to, by slug with their number, the most first."""
    total = of_each("source" if kind == Kind.SOURCE else "record").values("number")
    records = AuthorityRecord.objects.present().of_kind(kind).annotate(total=Subquery(total)).filter(total__gt=0)
    return list(records.order_by("-total", "slug").values_list("slug", "total"))


def articles(record: AuthorityRecord) -> QuerySet[Any]:
    """The public articles of a record, newest first; of a source, those it published."""
    if record.kind == Kind.SOURCE:
        return record.reports.published().outlined().newest_first()
    held = record.articles.published().filter(~Q(access_points__record=record, access_points__state=LinkState.REJECTED))
    return held.outlined().newest_first()


def names(record: AuthorityRecord, language: str) -> list[dict[str, Any]]:
    """Every form of the name, grouped by language: the reader's first, then in the order of the record."""
    groups: dict[str, list[dict[str, str]]] = {}
    for name in sorted(record.names.all(), key=lambda name: (FORM_ORDER[name.form], name.pk)):
        form = {
            "text": name.text,
            "form_label": name.get_form_display(),
            "use_label": name.get_use_display() if name.use != NameUse.NAME else "",
            "source": name.source,
        }
        groups.setdefault(name.language, []).append(form)
    return [
        {
            "language": code,
            "language_label": language_name(code),
            "direction": direction(code),
            "names": forms,
        }
        for code, forms in sorted(groups.items(), key=lambda group: group[0] != language)
    ]


# How a relation is told on the page of the other record.
OTHER_WAY = {
    RelationKind.PREDECESSOR: gettext_lazy("came before"),
    RelationKind.PART: gettext_lazy("has as a part"),
    RelationKind.MEMBER: gettext_lazy("has as a member"),
    RelationKind.BROADER: gettext_lazy("is broader than"),
}


MOST_COLLEAGUES = 20  # on the page of an official


def colleagues(record: AuthorityRecord, own: Iterable[Relation], language: str) -> list[dict[str, Any]]:
    """Other officials who are on file for a body of this one, by a relation or a post, each with the source of that.

    `own` are the relations of the record to others.
    """
    kinds = (RelationKind.PART, RelationKind.MEMBER)
    of_relations = (one.other_id for one in own if one.kind in kinds)
    bodies = {*of_relations, *(post.body_id for post in record.posts.all() if post.body_id)}
    if record.kind != Kind.OFFICIAL or not bodies:
        return []
    others = {"record__kind": Kind.OFFICIAL, "record__merged_into__isnull": True}
    related = Relation.objects.filter(kind__in=kinds, other__in=bodies, **others).exclude(record=record)
    posted = Post.objects.filter(body__in=bodies, **others).exclude(record=record)
    held: list[tuple[Any, Any]] = [
        (one, one.other) for one in related.select_related("record", "other")[:MOST_COLLEAGUES]
    ]
    held += [(one, one.body) for one in posted.select_related("record", "body")[:MOST_COLLEAGUES]]
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for one, body in held:
        told = gettext("in the same body (%(body)s):") % {"body": directory().label(body.kind, body.slug, language)}
        found.setdefault((one.record_id, body.pk), _related(one, told, one.record, language))
    return list(found.values())[:MOST_COLLEAGUES]


def relations(record: AuthorityRecord, language: str) -> list[dict[str, Any]]:
    """What the record is to others, and others to it, each with its dates and the source; then its `colleagues`."""
    both = Relation.objects.filter(Q(record=record) | Q(other=record)).select_related("record", "other")
    to_others = [one for one in both if one.record_id == record.pk]
    own = [(one, one.get_kind_display(), one.other) for one in to_others]
    of_others = [(one, OTHER_WAY[RelationKind(one.kind)], one.record) for one in both if one.other_id == record.pk]
    told = [_related(one, told, other, language) for one, told, other in [*own, *of_others] if not other.merged_into_id]
    return told + colleagues(record, to_others, language)


def _related(one: Relation | Post, told: object, other: AuthorityRecord, language: str) -> dict[str, Any]:
    return {
        "told": told,
        "label": directory().label(other.kind, other.slug, language),
        "url": other.get_absolute_url(),
        "start": one.start,
        "end": one.end,
        "source": one.source,
    }


def language_name(code: str) -> str:
    """A language in the reader's, or its code where the archive has no name for it."""
    known = {"ar": gettext("Arabic"), "fa": gettext("Persian"), "en": gettext("English"), "az": gettext("Azerbaijani")}
    return gettext("web addresses") if code == NO_LANGUAGE else known.get(code, code)


def posts(record: AuthorityRecord, language: str) -> list[dict[str, Any]]:
    """The posts held, each with the source of the statement and whether anybody verified it."""
    file = directory()
    return [
        {
            "title": post.title(language),
            "country_label": file.label(Kind.COUNTRY, post.country.slug, language) if post.country else "",
            "country_url": post.country.get_absolute_url() if post.country else "",
            "body_label": file.label(Kind.BODY, post.body.slug, language) if post.body else "",
            "body_url": post.body.get_absolute_url() if post.body else "",
            "start": post.start,
            "end": post.end,
            "attested_on": post.attested_on,
            "source": post.source,
            "verified": post.verified,
        }
        for post in record.posts.all()
    ]
