"""From what was to what is, by an arrow that points on in the direction in which it is read."""

from __future__ import annotations

from django.utils.translation import get_language_bidi


def becomes(was: object, now: object) -> str:
    """`Khalaf Khalafow → Khalaf Khalafov`; where the language is written from the right, with ←."""
    return f"{was} {'←' if get_language_bidi() else '→'} {now}"
