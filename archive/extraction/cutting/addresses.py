"""The page's own number and address, read from what it prints or from its markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.extraction.page.folding import fold
from archive.extraction.page.lines import Page
from archive.extraction.page.types import Evidence, Removed

_NUMBER = re.compile(r"[0-9][0-9/-]*[0-9]|[0-9]")
_LABEL = re.compile(r"(?:كد|شناسه|شماره|رقم|كود|رمز)\s?(?:خبر|مطلب|الخبر|المقال|الماده)\s*:?")
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»]{4,2000}", re.IGNORECASE)


def find_item_code(removed: Sequence[Removed], page: Page) -> tuple[str, Evidence | None]:
    """Return the outlet's number of the item in ASCII digits, and the digits as printed.

    «کد خبر: ۶۲۰۹۲۴» gives "620924"; where none is printed, what the metadata state; "" for none.
    """
    for above, cut in zip((None, *removed), removed, strict=False):
        labelled = (
            above is not None and _LABEL.fullmatch(fold(above.text).strip()) and _NUMBER.fullmatch(fold(cut.text))
        )
        if (cut.rule == "item-code" or labelled) and (match := _NUMBER.search(fold(cut.text))):
            start, end = cut.start + match.start(), cut.start + match.end()
            return match[0], Evidence(cut.text[match.start() : match.end()], start, end, "item-code")
    if (fact := page.fact("item-code")) and _NUMBER.fullmatch(fold(fact.text)):
        return fold(fact.text), fact
    return "", None


def find_address(page: Page, removed: Sequence[Removed]) -> Evidence | None:
    """Return the address that the page gives as its own: the canonical link, else a printed http(s) address."""
    if (fact := page.fact("canonical", "og:url")) and _ADDRESS.fullmatch(fact.text):
        return fact
    for cut in removed:
        if cut.rule == "page-address" and (match := _ADDRESS.search(cut.text)):
            return Evidence(match[0], cut.start + match.start(), cut.start + match.end(), "page-address")
    return None
