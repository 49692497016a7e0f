"""What an event keeps of a record, as a curator reads it: the label of a code, the name or title behind an identifier,
a day as the curator counts days, a row of a list in one line.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _

from archive.articles.models import Article, Field
from archive.articles.reading import EVIDENCE, rule_in_words
from archive.articles.rules import mention_label
from archive.authorities.directory import directory
from archive.authorities.listing import language_name
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, NameUse, Post, RelationKind
from archive.curation.models import CurationEvent
from archive.pages.interface import reader_language
from archive.pages.shown import apart, localdigits, moment, partial_date
from archive.states import LinkState
from archive.text.digests import short_digests

NOTHING: Final = "–"
_DOT: Final = " · "
_SHAPES: Final = (AttributeError, IndexError, KeyError, TypeError, ValueError)  # what is kept has another shape
_POSITIONED: Final = 6  # parts of a mention that has a place in a text


def kept_by() -> list[type[models.Model]]:
    """What events may be of."""
    named = ("article", "record", "meeting", "collection")
    return [CurationEvent._meta.get_field(name).related_model for name in named]  # type: ignore[misc]


def field_of(name: str, of: type[models.Model] | None = None) -> models.Field[Any, Any] | None:
    """The field of that name, of this kind of record, else of another that has one."""
    for model in (*([of] if of else []), *kept_by()):
        for field in model._meta.concrete_fields:
            if field.name == name:
                return field
    return None


def in_words(value: Any, field: models.Field[Any, Any] | None = None) -> str:
    """A value of a field as a curator reads it, «–» for nothing."""
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return _DOT.join(_evidence(name, proof) for name, proof in value.items())
    if isinstance(value, list | tuple):
        return _DOT.join(map(str, value))
    if field is not None and value in dict(field.flatchoices):
        return str(dict(field.flatchoices)[value])
    if isinstance(field, models.ForeignKey):
        return _referred(field, value)
    return _dated(value, field) or (localdigits(value) if isinstance(value, int) else str(value))


def _dated(value: Any, field: models.Field[Any, Any] | None) -> str:
    """A day or a moment, also as it is kept in JSON; "" for what is none."""
    try:
        if isinstance(field, models.DateTimeField) or isinstance(value, datetime.datetime):
            at = value if isinstance(value, datetime.datetime) else datetime.datetime.fromisoformat(value)
            return moment(at)
        if isinstance(field, models.DateField) or isinstance(value, datetime.date):
            return partial_date(str(value))
    except (TypeError, ValueError):
        pass  # as an earlier release told it
    return ""


def _referred(field: models.ForeignKey[Any, Any], value: Any) -> str:
    """What a record refers to by its identifier."""
    model: Any = field.related_model
    if model is AuthorityRecord:
        held = directory()
        kinds = [Kind.SOURCE.value] if field.name == "source" else Kind.values
        known = (kind for kind in kinds if (kind, value) in held.labels or (kind, value) in held.merged)
        return record_in_words(next(known, ""), value)
    names = {one.name for one in model._meta.concrete_fields}
    return str((model._default_manager.filter(identifier=value).first() if "identifier" in names else None) or value)


def _evidence(name: str, proof: Any) -> str:
    label = str(EVIDENCE.get(name, name))
    try:
        return f"{label}: {apart(str(proof.get('text', '') or NOTHING))} ({rule_in_words(proof)})"
    except _SHAPES:
        return f"{label}: {apart(str(proof))}"


# Rows of lists


def rows_in_words(name: str, rows: Iterable[Any]) -> list[str]:
    """Each row of a list that an event keeps."""
    rows = list(rows)
    if name in {"articles", "reports"}:
        return _titles([row[0] if isinstance(row, list | tuple) else row for row in rows])
    tell = _ROWS.get(name, _other)
    return [tell(row) for row in rows]


def _titles(identifiers: Sequence[Any]) -> list[str]:
    """An identifier is told as such where its article is gone."""
    named = Article.objects.filter(identifier__in=list(map(str, identifiers)))
    held = dict(named.values_list("identifier", "title"))
    return [held.get(str(one)) or str(one) for one in identifiers]


def record_in_words(kind: Any, slug: Any) -> str:
    """What to call the record of this kind and slug, or the one that it was merged into."""
    held = directory()
    return held.label(str(kind), held.merged.get((str(kind), str(slug)), str(slug)), reader_language())


def _join(*parts: object) -> str:
    return _DOT.join(str(part) for part in parts if part)


def _apart(text: str) -> str:
    return str(apart(text)) if text else ""


def _source(row: dict[str, Any]) -> str:
    return _apart(short_digests(row.get("source") or ""))


def _span(row: dict[str, Any]) -> str:
    """«2019 – July 2020»; "" where neither end is known."""
    start, end = (partial_date(row.get(name) or "") for name in ("start", "end"))
    return f"{start} – {end}".strip() if start or end else ""


def name_in_words(row: dict[str, Any]) -> str:
    """A form of a name with its language, what it is for and where it was found."""
    use = row.get("use", NameUse.NAME)
    return _join(
        apart(row["text"]),
        language_name(row["language"]) if row.get("language") else "",
        dict(FormStatus.choices).get(row.get("form", ""), row.get("form")),
        dict(NameUse.choices).get(use, use) if use != NameUse.NAME else "",
        _source(row),
    )


def _post(row: dict[str, Any]) -> str:
    titles = (row.get(f"title_{code}") for code in (reader_language(), "en", "ar", "fa"))
    places = [record_in_words(kind, row[kind]) for kind in (Kind.COUNTRY.value, Kind.BODY.value) if row.get(kind)]
    attested = partial_date(row.get("attested_on") or "")
    return _join(
        _apart(next(filter(None, titles), row.get("role", "").replace("_", " "))),
        *places,
        _span(row),
        f"{_label(Post, 'attested_on')} {attested}" if attested else "",
        _source(row),
        _label(Post, "verified") if row.get("verified") else "",
    )


def _label(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.verbose_name)


def _relation(row: dict[str, Any]) -> str:
    told = dict(RelationKind.choices).get(row["kind"], row["kind"])
    return _join(f"{told} {record_in_words(*row['other'])}", _span(row), _source(row))


def _link(row: Sequence[Any]) -> str:
    """A link to a record, in its state."""
    states = dict(LinkState.choices)
    return " ".join([record_in_words(row[0], row[1]), *(str(states.get(part, part)) for part in row[2:])])


def _mention(row: Sequence[Any]) -> str:
    """A mention: the record, the words of the text, in which text, and by which rule where one found it."""
    field = dict(Field.choices).get(row[2], row[2])
    rule = mention_label(row[6]) if len(row) > _POSITIONED else ""
    return _join(f"{record_in_words(row[0], row[1])} «{row[5]}»", field, rule)


def _party(row: Sequence[Any]) -> str:
    head = record_in_words(Kind.OFFICIAL, row[3]) if row[3] else ""
    side = f"{_('side')} {localdigits(row[2])}" if row[2] else ""
    return _join(record_in_words(row[0], row[1]), side, head)


def _other(row: Any) -> str:
    """A row of a list that has no words of its own; a link where it begins as one."""
    is_link = isinstance(row, list | tuple) and len(row) > 1 and row[0] in Kind.values
    try:
        return _link(row) if is_link else in_words(row)
    except _SHAPES:
        return in_words(row)


def _told(tell: Callable[[Any], str]) -> Callable[[Any], str]:
    """Rows of an earlier release that have another shape are told as they are."""

    def told(row: Any) -> str:
        try:
            return tell(row)
        except _SHAPES:
            return _other(row)

    return told


_ROWS: Final[dict[str, Callable[[Any], str]]] = {
    "names": _told(name_in_words),
    "posts": _told(_post),
    "relations": _told(_relation),
    "access_points": _told(_link),
    "given": _told(_mention),
    "mentions": _told(_mention),
    "parties": _told(_party),
}
