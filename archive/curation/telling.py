"""What changed, in words: the name of a field, its value before and after, and texts with the difference marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy
from rapidfuzz.distance import Indel

from archive.articles.rules import evidence_label
from archive.authorities.models import AuthorityRecord, Kind, RelationKind
from archive.curation.models import CurationEvent
from archive.states import LinkState, Status
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
}
HIDDEN: Final = frozenset({"curated_fields"})
_PLACED: Final = 8  # parts of a mention: kind and slug of its record, field, start, end, form, rule, confidence
_LONG: Final = 80  # code points; a longer text is shown by its differences
_AROUND: Final = 6  # words around a difference


def _models() -> list[Any]:
    """What events may be of."""
    named = ("article", "record", "meeting", "collection")
    return [CurationEvent._meta.get_field(name).related_model for name in named]


def label(name: str) -> str:
    if name in LABELS:
        return str(LABELS[name])
    for model in _models():
        if name in {field.name for field in model._meta.get_fields()}:
            return str(getattr(model._meta.get_field(name), "verbose_name", name))
    return name


def value_in_words(value: Any) -> str:
    """A value as a curator reads it: a name for a record, «–» for nothing."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, list | tuple):
        return " · ".join(map(_row, value))
    if isinstance(value, dict):
        return " · ".join(f"{name}: {_proof(proof)}" for name, proof in value.items())
    return str(dict(Status.choices).get(str(value), value))


def _row(row: Any) -> str:
    if isinstance(row, dict) and "other" in row:
        return f"{dict(RelationKind.choices)[row['kind']]} {_record(*row['other'])}"
    if isinstance(row, dict):
        return str(row.get("text") or row.get("title_en") or row.get("role") or row)
    if isinstance(row, list | tuple) and len(row) == _PLACED:
        return f"{_record(row[0], row[1])} «{row[5]}»"
    if isinstance(row, list | tuple) and len(row) >= 2 and row[0] in Kind.values:
        rest = " ".join(str(dict(LinkState.choices).get(part, part)) for part in row[2:])
        return f"{_record(row[0], row[1])} {rest}".strip()
    return str(row)


def _record(kind: str, slug: str) -> str:
    record = AuthorityRecord.objects.filter(kind=kind, slug=slug).first()
    return str(record or slug)


def _proof(proof: Any) -> str:
    if not isinstance(proof, dict):
        return str(proof)
    return f"{proof.get('text', '')} ({evidence_label(proof.get('rule', ''))})"


def told(name: str, was: Any, now: Any) -> str:
    """One change in one line: `names: + خلف خلفوف − Khalafov`, `title: old → new`."""
    if isinstance(was, list) and isinstance(now, list):
        gone, new = [row for row in was if row not in now], [row for row in now if row not in was]
        parts = [f"+ {_row(row)}" for row in new] + [f"− {_row(row)}" for row in gone]
        return f"{label(name)}: {' '.join(parts)}"
    return f"{label(name)}: {becomes(value_in_words(was), value_in_words(now))}"


def rows(changes: dict[str, Any]) -> list[tuple[str, SafeString]]:
    """The changes of an event, each with its label and what changed, marked; those of an earlier release as told."""
    shown = []
    for name, change in changes.items():
        if name in HIDDEN:
            continue
        pair = change if isinstance(change, list) and len(change) == 2 else ["", change]
        shown.append((label(name), marked(*pair)))
    return shown


def marked(was: Any, now: Any) -> SafeString:
    """What was taken out and what was put in, as `<del>` and `<ins>`; of a long text with the words around."""
    if isinstance(was, list) and isinstance(now, list):
        gone = [("del", _row(row)) for row in was if row not in now]
        return _joined([*gone, *(("ins", _row(row)) for row in now if row not in was)])
    if isinstance(was, str) and isinstance(now, str) and max(len(was), len(now)) > _LONG:
        return _joined(_steps(was.split(" "), now.split(" ")))
    return _joined([("del", value_in_words(was)), ("ins", value_in_words(now))])


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
