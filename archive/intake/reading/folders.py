"""What of a folder or a bundle is read, by the names: kinds that are known, files that say something of others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from archive.intake.reading.items import Reason, gettext_noop, suffix

PAGES: Final = frozenset("txt html htm xhtml mht mhtml eml pdf".split())
READ: Final = PAGES | frozenset("json jsonl ndjson csv tsv tab zip wacz warc gz bz2 xz mbox".split())
LEFT_OUT: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})  # what systems leave in folders
NOT_A_KIND: Final = gettext_noop("By its name it is of no kind that is read.")


def reads_by_name(name: str) -> Reason | None:
    """Why a file is not even opened, None where it is."""
    return None if suffix(name) in READ else Reason(NOT_A_KIND)


def is_left_out(name: str) -> bool:
    """Whether a file is of the system that packed the folder, and no content at all."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].lower() in LEFT_OUT


def sidecars_of(names: Iterable[str]) -> dict[str, str]:
    """Which file says something of which page: `news.html.json` or `news.json` of `news.html`."""
    held = set(names)
    found = {}
    for name in held:
        if suffix(name) in PAGES:
            stem = name.rpartition(".")[0]
            if beside := next((one for one in (f"{name}.json", f"{stem}.json") if one in held), ""):
                found[name] = beside
    return found
