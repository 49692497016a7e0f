"""Taking a page in: keep its bytes, read them, describe the article; the same page twice changes nothing.

Nothing is decided here that a curator decided before: fields that a curator edited and access points that a curator
accepted or rejected stay as they are.
"""

from __future__ import annotations

import datetime
import mimetypes
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from archive.articles.description import describe, link_records
from archive.articles.models import Article
from archive.articles.signals import visibility_changed
from archive.captures.models import Capture
from archive.captures.payloads import store
from archive.extraction.article import extract
from archive.extraction.page.types import ExtractedArticle

IDENTIFIER_LENGTH = 12


class IntakeOutcome(StrEnum):
    ADDED = "added"
    UNCHANGED = "unchanged"
    REFRESHED = "refreshed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one page.

    `protected` names the fields that a curator's edit kept from being overwritten; `held_back` says why a page that was
    to be published is a draft.
    """

    outcome: IntakeOutcome
    article: Article
    protected: tuple[str, ...] = ()
    held_back: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a page came from: the file's name as given; its address and time of capture when they are known."""

    received_from: str
    target_uri: str = ""
    captured_at: datetime.datetime | None = None


def take_in(payload: bytes, provenance: Provenance, *, refresh: bool = False) -> Receipt:
    """Take one page in as a draft; raises ExtractionError when no article can be read from it.

    With `refresh` a page that is held already is read again by the present rules. Bytes that are held but damaged or
    gone are put back.
    """
    digest = store().digest(payload)
    held = Article.objects.filter(capture__payload_digest=digest).first()
    if held:
        store().mend(payload)
    if held and not refresh:
        return Receipt(IntakeOutcome.UNCHANGED, held)
    extracted = extract(payload, name=provenance.received_from, max_bytes=settings.CAPTURE_MAX_BYTES)
    if held:
        return _refresh(held, extracted)
    return _add(payload, provenance, extracted)


def forget(payload: bytes) -> None:
    """Take away bytes that were kept for an article that the database did not take.

    Nobody else may be taking in the same bytes meanwhile: SQLite has one writer at a time, whose turn this waits for.
    Elsewhere, and where the database cannot be asked, the bytes stay; `check_fixity` counts them and they do no harm.
    """
    if connection.vendor != "sqlite":
        return
    with suppress(DatabaseError, OSError), transaction.atomic():
        digest = store().digest(payload)
        if not Capture.objects.filter(payload_digest=digest).exists():
            store().remove(digest)


@transaction.atomic
def _add(payload: bytes, provenance: Provenance, extracted: ExtractedArticle) -> Receipt:
    capture = Capture.objects.create(
        payload_digest=store().put(payload),
        payload_size=len(payload),
        media_type=mimetypes.guess_type(provenance.received_from)[0] or "text/plain",
        encoding=extracted.encoding,
        target_uri=provenance.target_uri or extracted.target_uri,
        captured_at=provenance.captured_at,
        received_from=provenance.received_from,
    )
    # The first twelve digits of the digest, more when another article has them already.
    length = IDENTIFIER_LENGTH
    while Article.objects.filter(identifier=capture.payload_digest[:length]).exists():
        length += 1
    article = Article(capture=capture, identifier=capture.payload_digest[:length], **describe(extracted))
    article.save()
    link_records(article)
    return Receipt(IntakeOutcome.ADDED, article)


@transaction.atomic
def _refresh(article: Article, extracted: ExtractedArticle) -> Receipt:
    description = describe(extracted)
    protected = tuple(name for name in article.curated_fields if name in description)
    for name, value in description.items():
        if name not in protected:
            setattr(article, name, value)
    article.save()
    link_records(article)
    if article.is_public:
        visibility_changed.send(Article, article=article)
    return Receipt(IntakeOutcome.REFRESHED, article, protected)
