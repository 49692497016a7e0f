"""Passwords made of the archive's own words, which whoever guesses here tries first."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS: Final = ("diwan", "ديوان", "دیوان", "archive", "أرشيف", "ارشيف", "آرشیو", "curator")
ENOUGH: Final = 10  # signs that a password has without them
SHORTEST: Final = 4  # of the parts of a host that are words


def own_words() -> set[str]:
    """The words above, and those of the names under which the archive is found."""
    hosts = [part for host in settings.ALLOWED_HOSTS for part in host.casefold().replace("-", ".").split(".")]
    return {*WORDS, *(part for part in hosts if len(part) >= SHORTEST and part.isalpha())}


class OwnWordsValidator:
    """What is left of a password without the archive's own words has to be long enough by itself."""

    def validate(self, password: str, user: Any = None) -> None:
        left = password.casefold()
        for word in sorted(own_words(), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < min(ENOUGH, len(password)):
            raise ValidationError(_("The password is made of words of this archive."), code="password_of_own_words")

    def get_help_text(self) -> str:
        return _("Your password cannot be made of words of this archive, such as its name.")
