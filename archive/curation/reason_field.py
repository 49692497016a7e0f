"""Why something is changed, as the forms of the desk ask for it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

WHY: Final = gettext_lazy("why")
KEPT: Final = gettext_lazy("Kept in the history, beside your name.")


class ReasonField(forms.CharField):
    """Some words in any script, at most as many as an event keeps; none are needed."""

    def __init__(self, *, label: Any = WHY, help_text: Any = "") -> None:
        widget = forms.TextInput({"dir": "auto", "class": "vTextField"})
        super().__init__(label=label, required=False, max_length=500, widget=widget, help_text=help_text)
