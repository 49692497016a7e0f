"""The reader's interface language as one of the archive's three codes."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def reader_language() -> str:
    """`ar`, `fa` or `en`: the active translation without its region."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
