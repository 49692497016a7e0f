"""How long the body of a request may be: a form's length, and more for who was given leave to send files."""

from __future__ import annotations

from urllib.parse import parse_qs

from django.conf import settings
from gunicorn.http.message import Request

from archive.pages.grants import PARAMETER, is_granted


def longest_body(request: Request) -> int:
    """Bytes; the grant of a curator stands in the address, and is looked at before a byte of the body is read."""
    given = parse_qs(request.query).get(PARAMETER, [""])[0] if PARAMETER in request.query else ""
    return settings.UPLOAD_MAX_BYTES if given and is_granted(given) else settings.BODY_MAX_BYTES
