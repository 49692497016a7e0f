"""Records of sources that nobody has described: made from the name that a report prints, for a curator to confirm."""

from __future__ import annotations

import hashlib

from django.utils.text import slugify

from archive.authorities.directory import same_name
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, Name


def proposed(name: str, language: str, found_in: str) -> AuthorityRecord | None:
    """The record of a printed name that is on no file: made now, or by an earlier report; None for no name.

    Spellings that are folded alike share one («دفاعپرس», «دفاع پرس»). One that was joined to another record meanwhile
    gives that. To be called in a transaction.
    """
    folded = same_name(name)
    if not folded:
        return None
    digest = hashlib.sha256(folded.encode()).hexdigest()[:10]
    slug = f"{slugify(name)[:60] or 'source'}-{digest}"
    record: AuthorityRecord
    record, is_new = AuthorityRecord.objects.get_or_create(kind=Kind.SOURCE, slug=slug, defaults={"is_proposed": True})
    if is_new:
        authorized = {"language": language, "form": FormStatus.AUTHORIZED, "source": found_in}
        Name.objects.create(record=record, text=name[:200], **authorized)
    while record.merged_into is not None:
        record = record.merged_into
    return record


def forget_unused() -> int:
    """Take away proposals that no report rests on and no curator has touched; how many."""
    unused = AuthorityRecord.objects.filter(kind=Kind.SOURCE, is_proposed=True, curated=False, reports__isnull=True)
    chosen = unused.filter(merged_into__isnull=True, merges_here__isnull=True, merges_away__isnull=True)
    gone: int = AuthorityRecord.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))).delete()[0]
    return gone
