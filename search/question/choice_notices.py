"""What the reader is told when an address chooses more values than one question may have."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import ngettext

from archive.pages.shown import localnumber
from search.question.address import MAX_VALUES
from search.request import SearchRequest


def choice_notices(request: SearchRequest) -> Iterator[str]:
    """A sentence on the values of a facet that were left aside; none where all were read."""
    if request.unread:
        yield ngettext(
            "%(n)s further choice was left aside: no more than %(most)s of one list can be asked for at once.",
            "%(n)s further choices were left aside: no more than %(most)s of one list can be asked for at once.",
            request.unread,
        ) % {"n": localnumber(request.unread), "most": localnumber(MAX_VALUES)}
