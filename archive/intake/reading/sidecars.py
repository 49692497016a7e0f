"""A sidecar: a file of JSON beside a page that says what the page does not: `news.html` and `news.html.json`."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from archive.intake.reading.columns import places, stated
from archive.intake.reading.items import Reason, Stated, Whole, gettext_noop

NOT_READ: Final = gettext_noop("What it says of the page beside it cannot be read (%(what)s).")


def read_sidecar(payload: bytes, whole: Whole) -> tuple[Stated, Reason | None]:
    """What the giver says of a page, its text excepted; or why that cannot be read, and the page is read without it."""
    try:
        record = json.loads(payload.decode("utf-8-sig"))
        if not isinstance(record, dict):
            raise ValueError("no record")
    except (ValueError, RecursionError) as error:
        return whole.stated, Reason(NOT_READ, {"what": str(error)[:100]})
    said = stated(record, places(record, whole.columns), whole.columns)
    return whole.stated.under(replace(said, body="", html="")), None
