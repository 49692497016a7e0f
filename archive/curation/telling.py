"""What changed, in words: the name of a field, its value before and after, and texts with the difference marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, npgettext
from rapidfuzz.distance import Indel

from archive.curation.models import CurationEvent
from archive.curation.wording import field_of, in_words, kept_by, rows_in_words
from archive.pages.shown import localnumber
from archive.text.arrows import becomes

LABELS: Final = {
    "access_points": gettext_lazy("access points"),
    "mentions": gettext_lazy("mentions"),
    "given": gettext_lazy("mentions given by a curator"),
    "evidence": gettext_lazy("evidence"),
    "names": gettext_lazy("names"),
    "posts": gettext_lazy("posts"),
    "relations": gettext_lazy("relations"),
    "gained": gettext_lazy("links gained"),
    "lost": gettext_lazy("links lost"),
    "reason": gettext_lazy("reason"),
    "parties": gettext_lazy("parties"),
    "reports": gettext_lazy("reports"),
    "articles": gettext_lazy("articles"),
}
HIDDEN: Final = frozenset({"curated_fields"})
_LONG: Final = 80  # code points; a longer text is shown by its differences
_AROUND: Final = 6  # words around a difference
_MOST: Final = 100  # rows of a list that are told one by one
Of = type[Model] | None


def label(name: str, of: Of = None) -> str:
    """What a field of this kind of record is called, where none is named of any that has one of that name."""
    if name in LABELS:
        return str(LABELS[name])
    field = field_of(name, of)
    return str(field.verbose_name) if field else name


def of_event(event: CurationEvent) -> Of:
    """The kind of record that an event is of."""
    held = (event.article_id, event.record_id, event.meeting_id, event.collection_id)
    return next((model for model, key in zip(kept_by(), held, strict=True) if key), None)


def _are_lists(was: Any, now: Any) -> bool:
    """Whether rows came or went; None is a list without any, as before a record was there."""
    return isinstance(was, list | None) and isinstance(now, list | None) and bool(was or now)


def _parts(name: str, was: list[Any], now: list[Any]) -> tuple[list[str], list[str]]:
    """The rows of a list that went and those that came, in words."""
    gone, new = [row for row in was if row not in now], [row for row in now if row not in was]
    return _few(name, gone), _few(name, new)


def _few(name: str, rows: list[Any]) -> list[str]:
    """The first hundred, and how many more there are."""
    told = rows_in_words(name, rows[:_MOST])
    more = len(rows) - _MOST
    return [*told, _more(more)] if more > 0 else told


def _more(number: int) -> str:
    told = npgettext("rows of a list", "and %(n)s more", "and %(n)s more", number)
    return str(told % {"n": localnumber(number)})


def _differing(was: Any, now: Any) -> tuple[Any, Any]:
    """Of two sets of named values those that are not the same."""
    if not isinstance(was, dict) or not isinstance(now, dict):
        return was, now
    same = {name for name, value in was.items() if name in now and now[name] == value}
    return ({name: value for name, value in one.items() if name not in same} for one in (was, now))  # type: ignore[return-value]


def told(name: str, was: Any, now: Any, of: Of = None) -> str:
    """One change in one line: `names: + خلف خلفوف − Khalafov`, `title: old → new`."""
    if _are_lists(was, now):
        gone, new = _parts(name, was or [], now or [])
        return f"{label(name, of)}: {' '.join([*(f'+ {row}' for row in new), *(f'− {row}' for row in gone)])}"
    field = field_of(name, of)
    before, after = _differing(was, now)
    return f"{label(name, of)}: {becomes(in_words(before, field), in_words(after, field))}"


def rows(event: CurationEvent) -> list[tuple[str, SafeString]]:
    """The changes of an event, each with its label and what changed, marked; those of an earlier release as told."""
    shown, of = [], of_event(event)
    for name, change in event.changes.items():
        if name in HIDDEN:
            continue
        is_pair = isinstance(change, list) and len(change) == 2
        was, now = change if is_pair else [None if isinstance(change, list) else "", change]
        shown.append((label(name, of), marked(name, was, now, of)))
    return shown


def marked(name: str, was: Any, now: Any, of: Of = None) -> SafeString:
    """What was taken out and what was put in, as `<del>` and `<ins>`; of a long text with the words around."""
    if _are_lists(was, now):
        gone, new = _parts(name, was or [], now or [])
        return _joined([*(("del", row) for row in gone), *(("ins", row) for row in new)])
    if isinstance(was, str) and isinstance(now, str) and max(len(was), len(now)) > _LONG:
        return _joined(_steps(was.split(" "), now.split(" ")))
    field = field_of(name, of)
    before, after = _differing(was, now)
    return _joined([("del", in_words(before, field)), ("ins", in_words(after, field))])


def _steps(was: list[str], now: list[str]) -> Iterator[tuple[str, str]]:
    for step in Indel.opcodes(was, now):
        if step.tag == "equal":
            words = was[step.src_start : step.src_end]
            short = len(words) <= 2 * _AROUND
            yield "span", " ".join(words if short else [*words[:_AROUND], "…", *words[-_AROUND:]])
            continue
        if step.src_end > step.src_start:
            yield "del", " ".join(was[step.src_start : step.src_end])
        if step.dest_end > step.dest_start:
            yield "ins", " ".join(now[step.dest_start : step.dest_end])


def _joined(parts: Any) -> SafeString:
    tags = {name: (mark_safe(f"<{name} dir=auto>"), mark_safe(f"</{name}>")) for name in ("del", "ins", "span")}  # noqa: S308
    return format_html_join(" ", "{}{}{}", ((tags[tag][0], text, tags[tag][1]) for tag, text in parts))
