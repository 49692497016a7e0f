"""Records as readers see them: those met in public articles, and all that is held of one record.

Articles are reached from the record's side (`record.articles`, `record.reports`), so that this room knows nothing of
the one that describes articles.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from archive.authorities.directory import directory
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, NameUse
from archive.states import LinkState, Status
from archive.text.languages import direction

NO_LANGUAGE = "zxx"  # BCP 47: no linguistic content, as of a domain
FORM_ORDER = {str(form): place for place, form in enumerate(FormStatus)}


def met(kind: str, language: str, most: int | None = None) -> list[dict[str, Any]]:
    """The records of one kind that public articles are linked to, most often met first, as links with counts."""
    if kind == Kind.SOURCE:
        total = Count("reports", filter=Q(reports__status=Status.PUBLISHED))
    else:
        public = Q(access_points__article__status=Status.PUBLISHED) & ~Q(access_points__state=LinkState.REJECTED)
        total = Count("access_points", filter=public)
    records = AuthorityRecord.objects.present().of_kind(kind).annotate(total=total).filter(total__gt=0)
    label = directory().label
    return [
        {
            "label": label(record.kind, record.slug, language),
            "url": record.get_absolute_url(),
            "count": record.total,
            "slug": record.slug,
        }
        for record in records.order_by("-total", "slug")[:most]
    ]


def articles(record: AuthorityRecord) -> QuerySet[Any]:
    """The public articles of a record, newest first; of a source, those it published."""
    if record.kind == Kind.SOURCE:
        return record.reports.published().described().newest_first()
    held = record.articles.published().filter(~Q(access_points__record=record, access_points__state=LinkState.REJECTED))
    return held.described().newest_first()


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
            "start": post.start,
            "end": post.end,
            "attested_on": post.attested_on,
            "source": post.source,
            "verified": post.verified,
        }
        for post in record.posts.all()
    ]
