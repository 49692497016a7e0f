"""Forms of the desk that notice that somebody else saved since they were opened: nobody is overwritten in silence."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from django import forms
from django.db.models import Model
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.articles.models import Article
from archive.authorities import states as record_states
from archive.authorities.models import AuthorityRecord
from archive.curation import states
from archive.curation.models import CurationEvent
from archive.curation.reason_field import KEPT, ReasonField
from archive.curation.telling import HIDDEN, told
from archive.curation.wording import field_of, in_words
from archive.pages.desk import Unseen
from archive.pages.shown import moment

CONFLICT = gettext_lazy(
    "Changed by %(who)s since you opened it (%(when)s). Nothing was saved; your entries are below, and beside them "
    "stands what the archive holds now. Save again to keep yours."
)

OWN = gettext_lazy("It was you: in another window, or by pressing twice.")
AGAIN: Final = "_again"
_FOLLOWS: Final = HIDDEN | {"evidence"}  # from other changes, of which is told


class GuardedForm(forms.ModelForm):
    """`version` tells which state was opened: a digest of all that the form shows, rows beneath it included, and the
    last event of its history.
    """

    version = forms.CharField(widget=Unseen, required=False)
    by: Any = None  # who has the form before the eyes
    stands_alone = False  # no rows are beneath it

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.initial["version"] = version_of(self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuse to save over what another saved; what was typed stays in the form, and saving again keeps it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if AGAIN in self.data:
            self.add_error(None, _("Nothing is saved yet."))
        opened = cleaned.get("version", "")
        if self.instance.pk is None or not opened:
            return cleaned
        held = type(self.instance)._default_manager.select_for_update().get(pk=self.instance.pk)
        present = version_of(held)
        if opened != present:
            events = _since(held, opened)
            is_own = bool(events) and self.by is not None and {event.by_id for event in events} == {self.by.pk}
            if is_own and self.stands_alone and not self._differs(held):
                return cleaned  # the same was sent twice
            self.send_back("version", present)  # the next save is of the present version
            self._tell(held, events, is_own=is_own)
        return cleaned

    def send_back(self, name: str, value: str) -> None:
        """Have the form that is shown again hold another value in a hidden field."""
        self.data = {**self.data.dict(), self.add_prefix(name): value} if hasattr(self.data, "dict") else self.data

    def _differs(self, held: Model) -> bool:
        """Whether anything was typed that is not so already."""
        instance: Any = type(self)(instance=held).initial
        return any(
            str(instance.get(name) or "") != str(self.data.get(self.add_prefix(name)) or "").replace("\r\n", "\n")
            for name, field in self.fields.items()
            if name not in {"version", "why"} and not field.disabled and not isinstance(field.widget, forms.HiddenInput)
        )

    def _tell(self, held: Model, events: list[CurationEvent], *, is_own: bool) -> None:
        who = str(events[0].by or _("a command")) if events else _("a command")
        when = events[0].at if events else getattr(held, "updated_at", None)
        told_of = CONFLICT % {"who": who, "when": moment(when)}
        self.add_error(None, f"{told_of} {OWN}" if is_own else told_of)
        for name, (was, now) in _changes(events).items():
            if name in self.fields:
                theirs = held.serializable_value(name)
                if str(theirs) != str(self.data.get(self.add_prefix(name), "")):
                    self.add_error(name, _("Now: %(value)s") % {"value": _shown(held, name)})
            elif name not in _FOLLOWS:
                self.add_error(None, told(name, was, now, type(held)))
        if not events:
            for name in self.fields:
                typed = str(self.data.get(self.add_prefix(name), ""))
                if name in model_to_dict(held) and str(held.serializable_value(name)) != typed:
                    self.add_error(name, _("Now: %(value)s") % {"value": _shown(held, name)})


class ReasonedForm(GuardedForm):
    """Asks why something is changed, too."""

    why = ReasonField(help_text=KEPT)


def events_of(held: Model) -> list[CurationEvent]:
    """The events of what has a history, the latest first; none of anything else."""
    events: Any = getattr(held, "events", None)
    return list(events.select_related("by")) if events is not None else []


def _shown(held: Model, name: str) -> str:
    """A value as a curator reads it: the label of a choice, the name of a record."""
    return in_words(getattr(held, name), field_of(name, type(held)))


def _since(held: Model, opened: str) -> list[CurationEvent]:
    """What was done to it since a version was opened, the latest first."""
    seen = opened.rpartition(" ")[2]
    return [event for event in events_of(held) if event.pk > (int(seen) if seen.isdigit() else 0)]


def version_of(held: Model) -> str:
    """A digest of the state and the number of the last event: `5f1c09… 17`; "" of what is not saved yet."""
    if held.pk is None:
        return ""
    state = _state_of(held)
    last = events_of(held)[:1]
    digest = hashlib.sha256(json.dumps(state, sort_keys=True, default=str).encode()).hexdigest()[:16]
    return f"{digest} {last[0].pk if last else 0}"


def _state_of(held: Model) -> dict[str, Any]:
    if isinstance(held, Article):
        return states.state_of(held)
    if isinstance(held, AuthorityRecord):
        return record_states.state_of(held)
    told: Any = getattr(held, "state_of", None)
    return told() if told else model_to_dict(held)


def _changes(events: list[CurationEvent]) -> dict[str, tuple[Any, Any]]:
    """What several events changed together, the latest first: each with what it was before all and is after all."""
    changes: dict[str, tuple[Any, Any]] = {}
    for event in events:
        for name, (was, now) in event.changes.items():
            changes[name] = (was, changes[name][1] if name in changes else now)
    return changes
