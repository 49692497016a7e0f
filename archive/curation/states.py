"""An article as plain values: to compare, to remember, to go back to."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Model

from archive.articles.dating import DATE_FIELDS
from archive.articles.linking import CURATOR
from archive.articles.models import AccessPoint, Article, Mention
from archive.articles.reading import EVIDENCE
from archive.authorities.models import AuthorityRecord, Kind

DESCRIBED: Final = (
    *("language", "kicker", "title", "romanized_title", "body", "source", "source_as_printed", "item_code", "byline"),
    *("agency", "place"),
    *DATE_FIELDS,
)
PLANS: Final = ("embargo_until", "publish_on")
State = dict[str, Any]
Changes = dict[str, list[Any]]


def differences(before: State, after: State) -> Changes:
    """What is otherwise, each with what it was and what it is."""
    names = [*before, *(name for name in after if name not in before)]
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}


def before(state: State, changes: Changes) -> State | None:
    """A state without some changes, whatever else changed since; None where what they changed is otherwise by now."""
    wanted = dict(state)
    for name, (was, now) in changes.items():
        held = state.get(name)
        if isinstance(held, list):
            gone, new = [row for row in was if row not in now], [row for row in now if row not in was]
            kept = [row for row in held if row not in new]
            if len(kept) + len(new) != len(held) or any(row in kept for row in gone):
                return None
            wanted[name] = sorted([*kept, *gone])
        elif isinstance(held, dict):
            parts = differences(was, now)
            if any(held.get(part) != after for part, (_was, after) in parts.items()):
                return None
            wanted[name] = {part: value for part, value in held.items() if part not in parts or part in was}
            wanted[name] |= {part: was[part] for part in parts if part in was}
        elif name in state and held != now:
            return None
        elif name in state:
            wanted[name] = was
    return wanted


def state_of(article: Article) -> State:
    """All that a curator may change of an article, in values that JSON keeps."""
    points = AccessPoint.objects.filter(article=article).order_by("record__kind", "record__slug")
    given = Mention.objects.filter(access_point__article=article, rule=CURATOR).order_by("field", "start")
    place = ("access_point__record__kind", "access_point__record__slug", "field", "start", "end", "form")
    return {
        **{name: _plain(article, name) for name in DESCRIBED},
        "status": article.status,
        **{name: _plain(article, name) for name in PLANS},
        "evidence": {name: article.evidence[name] for name in EVIDENCE if name in article.evidence},
        "curated_fields": sorted(article.curated_fields),
        "access_points": [list(row) for row in points.values_list("record__kind", "record__slug", "state")],
        "given": [list(row) for row in given.values_list(*place)],
    }


def _plain(held: Model, name: str) -> Any:
    value = getattr(held, name)
    if isinstance(value, AuthorityRecord):
        return value.slug
    return value.isoformat() if hasattr(value, "isoformat") else value


def put_back(article: Article, state: State) -> None:
    """Give an article the described fields, the links and the evidence of a state; saves all but the article."""
    for name in (*DESCRIBED, *PLANS):
        if name in state:
            setattr(article, name, _value(article, name, state[name]))
    kept = {name: value for name, value in article.evidence.items() if name not in EVIDENCE}
    article.evidence = kept | state.get("evidence", {})
    article.curated_fields = list(state.get("curated_fields", article.curated_fields))
    wanted = {(kind, slug): told for kind, slug, told in state["access_points"]}
    points = AccessPoint.objects.filter(article=article).select_related("record")
    held = {(point.record.kind, point.record.slug): point for point in points}
    records = {
        (record.kind, record.slug): record
        for record in AuthorityRecord.objects.present().filter(slug__in={slug for _kind, slug in wanted})
    }
    for key, point in held.items():
        if key not in wanted:
            point.delete()
    for key, told in wanted.items():
        if key in held:
            AccessPoint.objects.filter(pk=held[key].pk).update(state=told)
        elif key in records:
            held[key] = AccessPoint.objects.create(article=article, record=records[key], state=told)
    Mention.objects.filter(access_point__article=article, rule=CURATOR).delete()
    for kind, slug, field, start, end, form in state.get("given", []):
        if (kind, slug) in held and getattr(article, field)[start:end] == form:
            give(held[kind, slug], field, start, end, form)


def give(point: AccessPoint, field: str, start: int, end: int, form: str) -> None:
    """A mention by a curator's word, in the place of any other that stands there."""
    there = Mention.objects.filter(access_point__article=point.article_id, field=field, start__lt=end, end__gt=start)
    there.delete()
    Mention.objects.create(
        access_point=point, field=field, start=start, end=end, form=form[:200], rule=CURATOR, confidence=1.0
    )


def _value(article: Article, name: str, plain: Any) -> Any:
    if name == "source":
        return AuthorityRecord.objects.filter(kind=Kind.SOURCE, slug=plain).first() if plain else None
    field: Any = Article._meta.get_field(name)
    return field.to_python(plain)
