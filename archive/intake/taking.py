"""Taking an item in: read it, keep its bytes, describe the article; the same item twice changes nothing.

Nothing is decided here that a curator decided before: fields that a curator edited and access points that a curator
accepted or rejected stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from archive.articles.description import Found, describe, link, mentions_in, relink
from archive.articles.fitness import reason_to_hold
from archive.articles.models import Article
from archive.articles.signals import visibility_changed
from archive.captures.models import Capture
from archive.captures.payloads import store
from archive.curation.actions import Action, publish, remember
from archive.extraction import ExtractedArticle, ExtractionError
from archive.intake.doubts import doubt, kept_in_doubt
from archive.intake.models import PATH_LENGTH, AccessionItem
from archive.intake.reading.items import Item, Reason
from archive.intake.reading.items import media_type as usual_type
from archive.intake.stated import extracted_from, moment, words

IDENTIFIER_LENGTH = 12
Outcome = AccessionItem.Outcome


@dataclass(frozen=True, slots=True)
class Wish:
    """How items are to be taken in: `publishing` publishes new articles, `refresh` reads held ones again by the present
    rules, `despite_doubts` leaves the quarantine out.
    """

    by: User | None = None
    publishing: bool = False
    refresh: bool = False
    despite_doubts: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """An item and what it holds: an article as it is described, or the reason why there is none.

    `is_kept` where it goes into quarantine. Reading writes nothing.
    """

    item: Item
    digest: str
    extracted: ExtractedArticle | None = None
    description: dict[str, Any] | None = None
    mentions: tuple[Found, ...] = ()
    reason: Reason | None = None
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one item.

    `reason` says why it is not taken in, or why an article that was to be published is a draft; `protected` names the
    fields that a curator's edit kept from being overwritten.
    """

    outcome: AccessionItem.Outcome
    article: Article | None = None
    capture: Capture | None = None
    reason: Reason | None = None
    protected: tuple[str, ...] = ()


def read(item: Item, wish: Wish) -> Read:
    """What an item holds."""
    digest = store().digest(item.payload)
    try:
        extracted = extracted_from(item, settings.CAPTURE_MAX_BYTES)
    except ExtractionError as error:
        reason = Reason(error.template, error.parameters)
        return Read(item, digest, reason=reason, is_kept=kept_in_doubt(error))
    description = describe(extracted)
    if said := words(item.stated):
        description["evidence"]["giver"] = said
    doubtful = None if wish.despite_doubts else doubt(item, extracted, description["dated_on"])
    named = {name: description[name] for name in ("kicker", "title", "body", "language")}
    return Read(item, digest, extracted, description, tuple(mentions_in(**named)), doubtful, doubtful is not None)


def take_in(item: Item, wish: Wish = Wish()) -> Receipt:
    """Read one item and take it in, with its bytes, as a draft unless it is to be published.

    All of it or nothing: where the database cannot take the article, its bytes do not stay either.
    """
    if receipt := unchanged(item, wish):
        return receipt
    found = read(item, wish)
    with payloads_of([found]), transaction.atomic():
        return settle(found, wish)


def unchanged(item: Item, wish: Wish) -> Receipt | None:
    """The receipt of what is held already and is not to be read again. Bytes that are damaged or gone are put back."""
    held = Article.objects.filter(capture__payload_digest=store().digest(item.payload)).first()
    if held is None or wish.refresh:
        return None
    store().mend(item.payload)
    return Receipt(Outcome.UNCHANGED, held)


class payloads_of:  # noqa: N801 - read as words: `with payloads_of(found):`
    """Keep the bytes of what is to be taken in before the database does, and take them away where it does not.

    Nobody else may be taking in the same bytes meanwhile: SQLite has one writer at a time, whose turn this waits for.
    Elsewhere, and where the database cannot be asked, the bytes stay; `check_fixity` counts them and they do no harm.
    """

    def __init__(self, found: Iterable[Read]) -> None:
        self._payloads = [(one.digest, one.item.payload) for one in found if one.is_kept or one.reason is None]
        self._new: list[str] = []

    def __enter__(self) -> None:
        try:
            for digest, payload in self._payloads:
                if not store().path(digest).exists():
                    self._new.append(digest)
                    store().put(payload)
        except BaseException:
            self._forget()
            raise

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is not None:
            self._forget()

    def _forget(self) -> None:
        if connection.vendor != "sqlite":
            return
        with suppress(DatabaseError, OSError), transaction.atomic():
            held = Capture.objects.filter(payload_digest__in=self._new).values_list("payload_digest", flat=True)
            for digest in set(self._new).difference(held):
                store().remove(digest)


def settle(found: Read, wish: Wish) -> Receipt:
    """Give what was read its place in the database. To be called in a transaction, the bytes being kept."""
    if found.extracted is None or found.description is None or found.reason is not None:
        return _quarantine(found) if found.is_kept else Receipt(Outcome.REFUSED, reason=found.reason)
    held = Article.objects.filter(capture__payload_digest=found.digest).first()
    if held is None:
        return _add(found, wish)
    if not wish.refresh:
        return Receipt(Outcome.UNCHANGED, held)
    store().mend(found.item.payload)
    return _refresh(held, found.description, found.item, wish)


def _add(found: Read, wish: Wish) -> Receipt:
    capture = _capture(found)
    # The first twelve digits of the digest, more when another article has them already.
    length = IDENTIFIER_LENGTH
    while Article.objects.filter(identifier=found.digest[:length]).exists():
        length += 1
    article = Article(capture=capture, identifier=found.digest[:length], **(found.description or {}))
    article.save(force_insert=True)
    link(article, list(found.mentions))
    remember(article, Action.IMPORT, wish.by, note=found.item.name)
    held_back = None
    if wish.publishing and not publish(article, by=wish.by):
        held_back = Reason("%(why)s", {"why": reason_to_hold(article)})
    return Receipt(Outcome.ADDED, article, capture, held_back)


def _quarantine(found: Read) -> Receipt:
    """Keep what is doubtful as a capture without an article. What is an article by now stays as it is."""
    held = Article.objects.filter(capture__payload_digest=found.digest).first()
    if held is not None:
        return Receipt(Outcome.UNCHANGED, held)
    return Receipt(Outcome.QUARANTINED, capture=_capture(found), reason=found.reason)


def _capture(found: Read) -> Capture:
    item, extracted = found.item, found.extracted
    stated_address = extracted.target_uri if extracted else item.stated.address[:2000]
    held = Capture.objects.filter(payload_digest=found.digest).first()
    return held or Capture.objects.create(
        payload_digest=found.digest,
        payload_size=len(item.payload),
        media_type=(item.media_type or usual_type(item.name))[:100],
        encoding=_encoding(found),
        target_uri=item.address or stated_address,
        captured_at=item.captured_at or moment(item.stated.captured_at),
        received_from=item.name[-PATH_LENGTH:],
        http_status=item.http.status if item.http else None,
        http_headers=[list(pair) for pair in item.http.headers] if item.http else [],
    )


def _encoding(found: Read) -> str:
    """The encoding of the payload: of a record, or of a message with a page in it, that of its own text."""
    is_page = found.item.page is None and not found.item.stated.has_text
    return found.extracted.encoding if found.extracted and is_page else "utf-8"


def _refresh(article: Article, description: dict[str, Any], item: Item, wish: Wish) -> Receipt:
    protected = tuple(name for name in article.curated_fields if name in description)
    for name, value in description.items():
        if name not in protected:
            setattr(article, name, value)
    article.save()
    relink(article)
    if article.is_public:
        visibility_changed.send(Article, article=article)
    remember(article, Action.REFRESH, wish.by, note=item.name)
    return Receipt(Outcome.REFRESHED, article, article.capture, protected=protected)
