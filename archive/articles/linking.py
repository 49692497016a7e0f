"""The links of an article after its text, or the authority file, changed: read anew, moved, or left as they are.

What a curator decided stays decided: an accepted access point, a rejected one, a mention that a curator gave to another
record. Such mentions move with the text that they stand in; where that text is gone, they are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from rapidfuzz.distance import Indel

from archive.articles.description import mentions_in
from archive.articles.models import AccessPoint, Article, Field, Mention
from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.models import AuthorityRecord

CURATOR: Final = "curator"  # the rule of a mention, and of evidence, that a curator gave
TEXTS: Final = ("kicker", "title", "body", "language")
_MOST_COMPARED: Final = 400_000_000  # pairs of code points; of two longer texts only beginning and end are compared

Key = tuple[str, str]
Texts = Mapping[str, str]


class MentionPlace(NamedTuple):
    """A mention as it is to be kept: where it stands, in what form, by what rule."""

    field: str
    start: int
    end: int
    form: str
    rule: str
    confidence: float

    def overlaps(self, other: MentionPlace) -> bool:
        return self.field == other.field and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Relinked:
    """What became otherwise: the records gained and lost, and the mentions taken away and added, by record."""

    gained: tuple[Key, ...]
    lost: tuple[Key, ...]
    removed: tuple[tuple[Key, MentionPlace], ...]
    added: tuple[tuple[Key, MentionPlace], ...]

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.gained or self.lost)


def texts_of(article: Article) -> dict[str, str]:
    return {name: getattr(article, name) for name in TEXTS}


def relinked(
    article: Article, before: Texts | None = None, names: Gazetteer | None = None, *, given_now: bool = False
) -> Relinked:
    """How the links of an article are to change, by its text and the authority file as they are; writes nothing.

    `before` is the text as it was when its mentions were kept; with `given_now` those that a curator gave are in the
    present text already. `names` is an authority file as it may come to be. The access points are those fetched with
    the article.
    """
    held = {(point.record.kind, point.record.slug): point for point in article.access_points.all()}
    present = {key: {_place(mention) for mention in point.mentions.all()} for key, point in held.items()}
    wanted = _wanted(article, _kept(article, held, before or texts_of(article), given_now), set(held), names)
    undecided = {key for key, point in held.items() if point.state == AccessPoint.State.RECOGNISED}
    return Relinked(
        gained=tuple(key for key in wanted if key not in held),
        lost=tuple(key for key in held if key in undecided and key not in wanted),
        removed=tuple((key, place) for key, was in present.items() for place in sorted(was - wanted.get(key, set()))),
        added=tuple((key, place) for key, now in wanted.items() for place in sorted(now - present.get(key, set()))),
    )


def _kept(
    article: Article, held: Mapping[Key, AccessPoint], before: Texts, given_now: bool
) -> list[tuple[Key, MentionPlace]]:
    """The mentions that a curator's decision keeps, where they stand now."""
    maps = {field: _Moving(before[field], getattr(article, field)) for field in Field.values}
    kept = []
    for key, point in held.items():
        for place in map(_place, point.mentions.all()):
            is_given = place.rule == CURATOR
            if is_given or point.state != AccessPoint.State.RECOGNISED:
                now = place if is_given and given_now else maps[place.field].moved(place)
                kept += [(key, now)] if now else []
    return kept


def _wanted(
    article: Article, kept: list[tuple[Key, MentionPlace]], held: set[Key], names: Gazetteer | None
) -> dict[Key, set[MentionPlace]]:
    """The mentions that an article is to have: those that are kept, and what is read beside them."""
    wanted: dict[Key, set[MentionPlace]] = {}
    read = [((m.kind, m.record), _read(field, m)) for field, m in mentions_in(**texts_of(article), names=names)]
    given = [place for _key, place in kept if place.rule == CURATOR]  # nothing else may be read there
    found = [(key, place) for key, place in read if not any(place.overlaps(other) for other in given)]
    new = {key for key, _place in found} - held
    known = new if names else _known(new)
    found = [(key, place) for key, place in found if key in held or key in known]
    for key, place in found:
        wanted.setdefault(key, set()).add(place)
    taken = [place for _key, place in found]
    for key, place in sorted(kept, key=lambda one: one[1].rule != CURATOR):
        if not any(place.overlaps(other) for other in taken):
            wanted.setdefault(key, set()).add(place)
            taken.append(place)
    return wanted


def _known(keys: set[Key]) -> set[Key]:
    """Those that have a record of their own: the directory may be a moment older than the database."""
    if not keys:
        return set()
    rows = AuthorityRecord.objects.present().filter(slug__in={slug for _kind, slug in keys})
    return keys & set(rows.values_list("kind", "slug"))


def relink(article: Article, before: Texts | None = None, *, given_now: bool = False) -> Relinked:
    """Have the links follow the text and the authority file, as `relinked` tells; writes only what is otherwise."""
    change = relinked(article, before, given_now=given_now)
    if change:
        apply(article, change)
    return change


def apply(article: Article, change: Relinked) -> None:
    """Write a change of links."""
    held = {(point.record.kind, point.record.slug): point for point in article.access_points.all()}
    gone = [
        mention.pk
        for key, place in change.removed
        for mention in held[key].mentions.all()
        if _place(mention) == place and key not in change.lost
    ]
    Mention.objects.filter(pk__in=gone).delete()
    AccessPoint.objects.filter(pk__in=[held[key].pk for key in change.lost]).delete()
    for key in change.gained:
        record = AuthorityRecord.objects.get(kind=key[0], slug=key[1])
        held[key] = AccessPoint.objects.create(article=article, record=record)
    Mention.objects.bulk_create(Mention(access_point=held[key], **place._asdict()) for key, place in change.added)
    forget_fetched(article)


def undone(article: Article, changes: Mapping[str, Any]) -> Relinked | None:
    """The change of links that takes another one back, exactly; None where the article is otherwise by now.

    `changes` tells `access_points` before and after, as rows `[kind, slug, state]`, and the `mentions` taken away and
    added, as rows of a record and a place. What was taken away has to stand on its words, and on no other mention.
    """
    was, now = changes.get("access_points", ([], []))
    taken, given = (
        [((kind, slug), MentionPlace(*place)) for kind, slug, *place in rows]
        for rows in changes.get("mentions", ([], []))
    )
    held = {(point.record.kind, point.record.slug): point for point in article.access_points.all()}
    present = {(key, _place(mention)) for key, point in held.items() for mention in point.mentions.all()}
    gained = {(kind, slug): state for kind, slug, state in now if [kind, slug, state] not in was}
    lost = [(kind, slug) for kind, slug, state in was if [kind, slug, state] not in now]
    left = present - set(given)
    is_as_it_was_made = (
        set(given) <= present
        and all(key in held and held[key].state == state for key, state in gained.items())
        and not any(key in gained for key, _place in left)
        and not any(key in held for key in lost)
    )
    fits = all(
        getattr(article, place.field)[place.start : place.end][:200] == place.form
        and not any(place.overlaps(other) for _key, other in left)
        for _key, place in taken
    )
    if not (is_as_it_was_made and fits and _known(set(lost)) == set(lost)):
        return None
    return Relinked(gained=tuple(lost), lost=tuple(gained), removed=tuple(given), added=tuple(taken))


def forget_fetched(article: Article) -> None:
    """Have the access points read from the database again."""
    getattr(article, "_prefetched_objects_cache", {}).pop("access_points", None)


def _place(mention: Mention) -> MentionPlace:
    return MentionPlace(mention.field, mention.start, mention.end, mention.form, mention.rule, mention.confidence)


def _read(field: str, found: Any) -> MentionPlace:
    return MentionPlace(str(field), found.start, found.end, found.form[:200], found.rule, found.confidence)


class _Moving:
    """Where a stretch of a text stands after an edit."""

    def __init__(self, before: str, after: str) -> None:
        self._before, self._after = before, after
        self._same: list[tuple[int, int, int]] = []  # where unchanged stretches begin, before and after, and how long
        if before == after:
            self._same = [(0, 0, len(before))]

    def moved(self, place: MentionPlace) -> MentionPlace | None:
        """The same words in the text as it is now; None where they were changed, or cut, or joined to others."""
        self._same = self._same or list(_unchanged(self._before, self._after))
        for begins, ends_up, length in self._same:
            if begins <= place.start and place.end <= begins + length:
                shift = ends_up - begins
                new = place._replace(start=place.start + shift, end=place.end + shift)
                return new if self._stands_alike(place, new) else None
        return None

    def _stands_alike(self, old: MentionPlace, new: MentionPlace) -> bool:
        """Whether no letter came to the word before or behind it."""
        return _letter(self._before, old.start - 1) == _letter(self._after, new.start - 1) and _letter(
            self._before, old.end
        ) == _letter(self._after, new.end)


def _letter(text: str, at: int) -> str:
    return text[at] if 0 <= at < len(text) and text[at].isalnum() else ""


def _unchanged(before: str, after: str) -> Iterable[tuple[int, int, int]]:
    first = _common(before, after)
    last = min(_common(before[::-1], after[::-1]), min(len(before), len(after)) - first)
    yield 0, 0, first
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    if len(old) * len(new) <= _MOST_COMPARED:
        for step in Indel.opcodes(old, new):
            if step.tag == "equal":
                yield first + step.src_start, first + step.dest_start, step.src_end - step.src_start
    yield len(before) - last, len(after) - last, last


def _common(one: str, other: str) -> int:
    """How many code points two texts begin with in common."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
