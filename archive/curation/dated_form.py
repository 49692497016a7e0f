"""A date in a form of the desk: typed as readers type it, in any calendar, and checked."""

from __future__ import annotations

import datetime
import re
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.articles.dating import EARLIEST
from archive.calendars.words import date_or_blank
from archive.curation.guarded import ReasonedForm
from archive.extraction.dates.typed import TypedDate, read_date
from archive.pages.desk import Unseen
from archive.pages.interface import reader_language

TOMORROW: Final = datetime.timedelta(days=1)
SURE = gettext_lazy("Save again if this is meant: %(why)s")
_EXAMPLE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2})*|[۰-۹]+ \w+ [۰-۹]+")


def _apart(told: object) -> str:
    """Each date of a text in Unicode isolates, so that it reads its own way in any line."""
    return _EXAMPLE.sub("\u2068\\g<0>\u2069", str(told))


examples_apart = lazy(_apart, str)


class DateInput(forms.TextInput):
    """A date in words or numbers, of any calendar."""

    def __init__(self) -> None:
        super().__init__({"dir": "auto", "size": 30, "autocomplete": "off"})


class DatedForm(ReasonedForm):
    """`typed` is the date that was typed anew; None where it is as it was, or there is none."""

    dated_on = forms.CharField(
        label=gettext_lazy("date"),
        required=False,
        max_length=100,
        widget=DateInput,
        help_text=examples_apart(
            gettext_lazy("A day, a month or a year of any calendar: 2020-10-28, ۷ آبان ۱۳۹۹, 1442. Empty: undated.")
        ),
    )
    date_confirmed = forms.CharField(widget=Unseen, required=False)
    typed: TypedDate | None = None

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.initial["dated_on"] = self.shown_date()

    def shown_date(self) -> str:
        """The date that is held, as the form shows it."""
        raise NotImplementedError

    def clean_dated_on(self) -> datetime.date | None:
        typed = str(self.cleaned_data["dated_on"]).strip()
        if not typed or typed == self.initial["dated_on"]:
            return None if not typed else self.instance.dated_on
        self.typed = read_date(typed)
        if self.typed is None:
            raise forms.ValidationError(_("This is no date of a calendar that the archive knows."))
        if why := doubt(self.typed):
            self._ask_again("date_confirmed", typed, SURE % {"why": why})
        return self.typed.first

    def _ask_again(self, name: str, typed: str, message: str) -> None:
        """Refuse what was typed, unless it was refused before and is sent again."""
        if self.data.get(self.add_prefix(name)) != typed:
            self.send_back(name, typed)
            raise forms.ValidationError(message)


def doubt(typed: TypedDate) -> str:
    """Why a date is to be looked at again, in words; "" where nothing speaks against it."""
    if typed.first > timezone.localdate() + TOMORROW:
        return _("this day is still to come")
    if typed.first < EARLIEST:
        return _("this day is before the year 1900")
    if typed.other is not None:
        here, there = (_day(one) for one in (typed, typed.other))
        return _("it was read as %(here)s, but may be %(there)s") % {"here": here, "there": there}
    return ""


def _day(typed: TypedDate) -> str:
    return date_or_blank(typed.first, typed.calendar, reader_language()) or str(typed.first)
