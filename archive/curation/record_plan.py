"""What would become of each record of a file: new, changed, unchanged, or refused with the line and the reason."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from archive.authorities.dates import partial_date, refuse_nonsense
from archive.authorities.exchanged import NotAFile, ReadRecords, Told, read_table
from archive.authorities.models import AuthorityRecord, Kind, Name, Post, Relation
from archive.authorities.skos import read_skos
from archive.authorities.states import ELSEWHERE, OF_SOURCE, State, states_of
from archive.curation.states import Changes, differences

Key = tuple[str, str]
DATES: Final = ("start", "end", "attested_on")
RIGHTS: Final = ("rights_pages", "rights_bulk")
_BOOLEANS: Final = ("is_proposed", "verified")
_LEADS: Final = ("country", "body", "other")
_MOST_DATE: Final = 60  # letters that are read of one
_BAD: Final = re.compile("[\0\ud800-\udfff]")  # what no database keeps
_PARTS: Final = (("names", Name), ("posts", Post), ("relations", Relation))


@dataclass(frozen=True, slots=True)
class Planned:
    """A record as the file tells it, with the digest of the state that it has; "" where it is new."""

    kind: str
    slug: str
    state: State
    seen: str
    changes: Changes


@dataclass(slots=True)
class Plan:
    planned: list[Planned] = field(default_factory=list)
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    @property
    def new(self) -> list[Planned]:
        return [one for one in self.planned if not one.seen]

    @property
    def changed(self) -> list[Planned]:
        return [one for one in self.planned if one.seen]


def read_file(content: bytes) -> ReadRecords:
    """A table of CSV or a document of JSON-LD, whichever it is; NotAFile where it is neither."""
    try:
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotAFile(_("Line %(line)d is not UTF-8.") % {"line": line}) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise NotAFile(_("Line %(line)d has a NUL.") % {"line": line})
    return read_skos(text) if text.lstrip()[:1] == "{" else read_table(text)


def digest(state: State) -> str:
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:16]


def planned(read: ReadRecords, *, may_give_rights: bool) -> Plan:
    """Nothing is written. A record that is refused is refused whole, and so is what refers to it."""
    plan = Plan(refused=list(read.refused))
    held = {(record.kind, record.slug): state for record, state in states_of(AuthorityRecord.objects.all())}
    told: dict[Key, tuple[Told, State]] = {}
    for one in read.records:
        try:
            state = _checked(one)
            _allowed(one, state, held.get((one["kind"], one["slug"])), may_give_rights=may_give_rights)
            told[one["kind"], one["slug"]] = one, state
        except _Refused as refused:
            plan.refused.append((refused.line, refused.reason))
    present = {key for key, state in held.items() if not state["merged_into"]}
    plan.refused += _drop_astray(told, present)
    plan.refused += _drop_cycles(told, held)
    plan.refused += _drop_astray(told, present)
    for key, (_one, state) in told.items():
        was = held.get(key)
        changes = differences(was or {}, {"merged_into": None, **state})
        if was is not None and not changes:
            plan.unchanged += 1
        else:
            plan.planned.append(Planned(*key, state, digest(was) if was else "", changes))
    plan.refused.sort()
    return plan


class _Refused(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def _checked(one: Told) -> State:
    """The state that a told record is to have, by the rules of its form."""
    line = one["line"]
    state: State = {"note": one["note"], **{name: one[name] for name in ELSEWHERE}}
    if one["kind"] == Kind.SOURCE:
        state |= {name: one[name] for name in OF_SOURCE}
    _clean(AuthorityRecord, {"kind": one["kind"], "slug": one["slug"], **state}, line)
    for part, model in _PARTS:
        state[part] = [_row(model, row, one) for row in one[part]]
    if not state["names"]:
        raise _Refused(line, _("A record has a name."))
    names = [(name["text"], name["language"], name["use"]) for name in state["names"]]
    if len(set(names)) < len(names):
        raise _Refused(line, _("The same name stands in this record twice."))
    return state


def _row(model: type[Model], row: Told, one: Told) -> Told:
    line: int = row["line"] if "line" in row else one["line"]
    values = {name: value for name, value in row.items() if name != "line"}
    try:
        for name in (name for name in DATES if isinstance(values.get(name), str)):
            values[name] = partial_date(values[name][:_MOST_DATE])
    except ValidationError as error:
        raise _Refused(line, f"“{values[name][:80]}”: {' '.join(error.messages)}") from error
    _clean(model, {name: value for name, value in values.items() if name not in _LEADS}, line)
    leads = [values[name] or "" for name in _LEADS[:2] if name in values] + values.get("other", [])
    if any(type(lead) is not str for lead in leads) or len(values.get("other", ("", ""))) != len(("kind", "slug")):
        raise _Refused(line, _("“%(name)s” has no such value.") % {"name": ", ".join(_LEADS)})
    if model is Post and not (values["country"] or values["body"]):
        raise _Refused(line, _("A post is of a country or of a body."))
    if model is Relation and values["other"] == [one["kind"], one["slug"]]:
        raise _Refused(line, _("A record is in no relation to itself."))
    return values


def _clean(model: type[Model], values: Told, line: int) -> None:
    """Refuse what no field takes, and dates that cannot be."""
    for name, value in values.items():
        if type(value) is not (bool if name in _BOOLEANS else str) or _BAD.search(str(value)):
            raise _Refused(line, _("“%(name)s” has no such value.") % {"name": name})
    try:
        exclude = {field.name for field in model._meta.fields} - values.keys()
        model(**values).clean_fields(exclude=exclude)
        if model is Name:
            model(**values).clean()
        if "start" in values:
            refuse_nonsense(**{name: values[name] for name in DATES if name in values})
    except ValidationError as error:
        told = (f"{name}: {' '.join(reasons)}" for name, reasons in error.message_dict.items())
        raise _Refused(line, " ".join(told)[:300]) from error


def _allowed(one: Told, state: State, held: State | None, *, may_give_rights: bool) -> None:
    """What was merged away stays so; what of a source is shown, administrators say."""
    if held and held["merged_into"]:
        reason = _("This record was merged into %(other)s.") % {"other": held["merged_into"]}
        raise _Refused(one["line"], reason)
    rights = [state.get(name, "") for name in RIGHTS]
    if not may_give_rights and rights != [(held or {}).get(name, "") for name in RIGHTS]:
        raise _Refused(one["line"], _("What of a source is shown is said by administrators alone."))


def references(state: State) -> Iterator[Key]:
    """The records that a state names."""
    for post in state["posts"]:
        yield from ((kind, post[kind]) for kind in (Kind.COUNTRY.value, Kind.BODY.value) if post[kind])
    yield from (tuple(relation["other"]) for relation in state["relations"])


def _drop_astray(told: dict[Key, tuple[Told, State]], present: set[Key]) -> list[tuple[int, str]]:
    """Refuse what names a record that is neither held nor in the file, until nothing does."""
    refused: list[tuple[int, str]] = []
    while True:
        known = present | told.keys()
        astray = {
            key: other for key, (_one, state) in told.items() for other in references(state) if other not in known
        }
        if not astray:
            return refused
        for key, other in astray.items():
            reason = _("There is no record “%(other)s” that it names.") % {"other": "/".join(other)[:100]}
            refused.append((told.pop(key)[0]["line"], reason))


def _drop_cycles(told: dict[Key, tuple[Told, State]], held: dict[Key, State]) -> list[tuple[int, str]]:
    """Refuse the records by whose relations something would come before, or be a part of, itself."""
    states = {**held, **{key: state for key, (_one, state) in told.items()}}
    arrows: defaultdict[tuple[str, Key], set[Key]] = defaultdict(set)
    for key, state in states.items():
        for relation in state["relations"]:
            arrows[relation["kind"], key].add(tuple(relation["other"]))
    refused = []
    for key in list(told):
        one, state = told[key]
        if state["relations"] == held.get(key, {}).get("relations"):
            continue
        for relation in state["relations"]:
            if key in _reached(arrows, relation["kind"], tuple(relation["other"])):
                del told[key]
                reason = _("It would be in this relation to itself, by way of “%(other)s”.")
                refused.append((one["line"], reason % {"other": "/".join(relation["other"])}))
                break
    return refused


def _reached(arrows: dict[tuple[str, Key], set[Key]], kind: str, start: Key) -> Iterable[Key]:
    seen, open_ = {start}, [start]
    while open_:
        new = arrows.get((kind, open_.pop()), set()) - seen
        seen |= new
        open_ += new
    return seen
