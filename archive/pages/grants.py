"""Leave to send more than a form: signed, for one user and a working day; asked before a body is read."""

from __future__ import annotations

from typing import Final

from django.core.signing import BadSignature, TimestampSigner

PARAMETER: Final = "grant"  # of the address that a form with files is sent to
SECONDS: Final = 12 * 3600
_signer = TimestampSigner(salt="archive.pages.grants")


def grant(user: int) -> str:
    """A grant for the user of this key."""
    return _signer.sign(str(user))


def is_granted(given: str) -> bool:
    """Whether it was given by this archive within the last working day; whose it is, the view asks."""
    try:
        _signer.unsign(given, max_age=SECONDS)
    except BadSignature:
        return False
    return True
