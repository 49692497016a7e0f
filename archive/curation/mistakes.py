"""Mistakes that readers report: what is accepted of them, how often, and where in the article they point."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article
from archive.articles.reading import Piece
from archive.curation.models import Mistake, Sender
from archive.pages.senders import address_of
from archive.text.marked import window

HOUR = datetime.timedelta(hours=1)
AROUND = 120  # code points of the article shown before and behind a passage
KEPT = "\n\u200c\u200d"  # of the control and format characters: lines, ZWNJ, ZWJ


class CleanField(forms.CharField):
    """Text in NFC, without control characters and marks of direction; half-spaces and lines stay."""

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n")
        return unicodedata.normalize("NFC", "".join(map(_kept, text))).strip()


def _kept(letter: str) -> str:
    kind = unicodedata.category(letter)
    return letter if letter in KEPT or kind[0] != "C" else "" if kind == "Cf" else " "


class MistakeForm(forms.Form):
    """What a reader sends. `website` is seen by machines alone, and whoever fills it in is one."""

    about = forms.ChoiceField(
        choices=Mistake.About.choices,
        error_messages={
            "required": _("Please choose what is wrong."),
            "invalid_choice": _("Please choose one of these."),
        },
    )
    passage = CleanField(
        required=False,
        max_length=2000,
        error_messages={"max_length": _("The passage is too long: at most 2000 characters.")},
    )
    told = CleanField(
        max_length=2000,
        error_messages={
            "required": _("Please say in a few words what is wrong."),
            "max_length": _("This is too long: at most 2000 characters."),
        },
    )
    contact = CleanField(
        required=False,
        max_length=200,
        error_messages={"max_length": _("The address is too long: at most 200 characters.")},
    )
    website = forms.CharField(required=False)

    @property
    def is_machine(self) -> bool:
        return bool(self.data.get("website"))


def may_report(request: HttpRequest) -> bool:
    """Whether this address has reported less than `MISTAKES_PER_HOUR` allows; if so, this report is counted.

    The traces of all who reported more than an hour ago are taken out here: opening the form writes nothing.
    """
    Sender.objects.filter(at__lte=timezone.now() - HOUR).delete()
    trace = salted_hmac("archive.curation.mistakes", address_of(request), algorithm="sha256").hexdigest()
    if Sender.objects.filter(trace=trace).count() >= settings.MISTAKES_PER_HOUR:
        return False
    Sender.objects.create(trace=trace)
    return True


@dataclass(frozen=True, slots=True)
class Preview:
    """The passage in its place; `was_removed` when it is one that was left out; without pieces it was not found."""

    pieces: tuple[Piece, ...] = ()
    was_removed: bool = False


def preview(article: Article, passage: str) -> Preview | None:
    """Where in the article a passage stands, with the words around it; None without a passage."""
    if not passage:
        return None
    for text in (article.body, article.title, article.kicker):
        start = text.find(passage)
        if start >= 0:
            end = start + len(passage)
            low, high = window(text, start, end, AROUND, AROUND)
            before, behind = text[low:start], text[end:high]
            return Preview(
                (
                    Piece(f"… {before}" if low else before),
                    Piece(text[start:end], kind="match"),
                    Piece(f"{behind} …" if high < len(text) else behind),
                )
            )
    removed = any(passage in cut["text"] for cut in article.evidence.get("removed", []))
    return Preview((Piece(passage, kind="match"),) if removed else (), removed)
