"""Taking an item in: read it, keep its bytes, describe the article; the same item twice changes nothing.

Nothing is decided here that a curator decided before: fields that a curator edited and access points that a curator
accepted or rejected stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_noop

from archive.articles.description import describe, mentions_in
from archive.articles.fitness import held_by
from archive.articles.models import Article
from archive.articles.rules import READ_BY
from archive.articles.signals import unpublished_changed
from archive.authorities.proposing import proposed
from archive.captures.models import Capture
from archive.captures.payloads import side_by_side, store
from archive.curation.actions import Action, ArticleRevision, publish_all
from archive.database.turns import INTAKE, take_turn
from archive.extraction import ExtractionError
from archive.intake.doubts import doubt, kept_in_doubt
from archive.intake.habits import without_habits
from archive.intake.known import Alike, Known
from archive.intake.marks import marks
from archive.intake.models import PATH_LENGTH, AccessionItem, Pair
from archive.intake.reading.items import Item, Reason
from archive.intake.reading.items import media_type as usual_type
from archive.intake.reading.pdf import SCAN
from archive.intake.readings import Read
from archive.intake.stated import extracted_from, moment, words
from archive.intake.together import TakenTogether
from archive.intake.versions import attach, holders

HELD_BACK: Final = gettext_noop("It is in quarantine since an earlier intake.")
Outcome = AccessionItem.Outcome


@dataclass(frozen=True, slots=True)
class Wish:
    """How items are to be taken in: `publishing` publishes new articles, `refresh` reads held ones again by the present
    rules, `despite_doubts` leaves the quarantine out. `known` tells what an item resembles; where `asking` is set, a
    curator decides of that, else a rule. `together` are the items of one transaction, which writes them at its end.
    """

    by: User | None = None
    publishing: bool = False
    refresh: bool = False
    despite_doubts: bool = False
    known: Known | None = None
    asking: bool = False
    together: TakenTogether | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one item.

    `reason` says why it is not taken in, or why an article that was to be published is a draft; `protected` names the
    fields that a curator's edit kept from being overwritten; `alike` is the article that it resembles.
    """

    outcome: AccessionItem.Outcome
    article: Article | None = None
    capture: Capture | None = None
    reason: Reason | None = None
    protected: tuple[str, ...] = ()
    alike: Alike | None = None


def read(item: Item, wish: Wish) -> Read:
    """What an item holds."""
    digest = store().digest(item.payload)
    try:
        extracted = extracted_from(item, settings.CAPTURE_MAX_BYTES)
    except ExtractionError as error:
        reason = Reason(error.template, error.parameters)
        return Read(item, digest, reason=reason, is_kept=kept_in_doubt(error))
    description = describe(extracted, item.address)
    plain = without_habits(extracted, description["source"])
    if plain is not extracted:
        extracted, description = plain, describe(plain, item.address)
    if said := words(item.stated):
        description["evidence"]["giver"] = said
    if item.read_by:
        description["evidence"]["read_by"] = {"text": item.read_by, "rule": READ_BY}
    doubtful = None if wish.despite_doubts else doubt(item, extracted, description["dated_on"])
    named = {name: description[name] for name in ("kicker", "title", "body", "language")}
    known_by = marks(item.address or extracted.target_uri, description["title"], description["body"])
    mentions = tuple(mentions_in(**named))
    return Read(item, digest, extracted, description, mentions, doubtful, doubtful is not None, known_by)


def take_in(item: Item, wish: Wish = Wish()) -> Receipt:
    """Read one item and take it in, with its bytes, as a draft unless it is to be published.

    All of it or nothing: where the database cannot take the article, its bytes do not stay either.
    """
    if receipt := unchanged(item, wish):
        return receipt
    found = read(item, wish)
    with payloads_of([found]) as payloads, transaction.atomic():
        take_turn(INTAKE)
        payloads.keep()
        receipt = settle(found, wish)
        publish_added([receipt], wish)
        return receipt


def unchanged(item: Item, wish: Wish) -> Receipt | None:
    """The receipt of what is held already and is not to be read again. Bytes that are damaged or gone are put back."""
    held = holders([store().digest(item.payload)]).get(store().digest(item.payload))
    if held is not None and held.erased_at:
        return Receipt(Outcome.UNCHANGED, held)  # its bytes may not come back
    if held is None or wish.refresh:
        return None
    store().mend(item.payload)
    return Receipt(Outcome.UNCHANGED, held)


class payloads_of:  # noqa: N801 - read as words: `with payloads_of(found):`
    """Keep the bytes of what is to be taken in before the database does, and take them away where it does not.

    Somebody else may be taking in the same bytes, and take them away again: `keep` puts them back when it is this one's
    turn to write. Where the database cannot be asked, the bytes stay; `check_fixity` counts them and they do no harm.
    """

    def __init__(self, found: Iterable[Read]) -> None:
        self._payloads = [(one.digest, one.item.payload) for one in found if one.is_kept or one.reason is None]
        self._new: list[str] = []

    def __enter__(self) -> Self:
        try:
            self.keep()
        except BaseException:
            self._forget()
            raise
        return self

    def keep(self) -> None:
        """Keep those that are not there."""
        held = side_by_side(store().has, [digest for digest, _payload in self._payloads])
        new = {digest: payload for (digest, payload), is_held in zip(self._payloads, held, strict=True) if not is_held}
        self._new += new
        list(side_by_side(store().put, new.values()))

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is not None:
            self._forget()

    def _forget(self) -> None:
        with suppress(DatabaseError, OSError), transaction.atomic():
            take_turn(INTAKE)
            held = Capture.objects.filter(payload_digest__in=self._new).values_list("payload_digest", flat=True)
            for digest in set(self._new).difference(held):
                store().remove(digest)


def settle(found: Read, wish: Wish) -> Receipt:
    """Give what was read its place in the database, as a draft; `publish_added` does the rest.

    To be called in a transaction, the bytes being kept.
    """
    if found.extracted is None or found.description is None or found.reason is not None:
        return _quarantine(found, wish) if found.is_kept else Receipt(Outcome.REFUSED, reason=found.reason)
    is_new = wish.together is not None and wish.together.is_new(found.digest)
    held = None if is_new else holders([found.digest]).get(found.digest)
    if held is None:
        alike = wish.known.alike(found) if wish.known else None
        return resembling(found, alike, wish) if alike else add(found, wish)
    if not wish.refresh or held.erased_at or held.capture.payload_digest != found.digest:
        return Receipt(Outcome.UNCHANGED, held)
    store().mend(found.item.payload)
    return described_again(held, found, wish)


def resembling(found: Read, alike: Alike, wish: Wish) -> Receipt:
    """Take in what resembles an article as the rule says, or keep it until a curator has decided."""
    decision = alike.decision(asking=wish.asking)
    if decision == Pair.Decision.WITNESS:
        return replace(add(found, wish), alike=alike)
    capture = capture_of(found, wish.together)
    if decision == Pair.Decision.OPEN:
        return Receipt(Outcome.ALIKE, None, capture, alike.reason, alike=alike)
    attach(alike.held, capture)
    return Receipt(Outcome.CAPTURED, alike.held, capture, alike.reason, alike=alike)


def add(found: Read, wish: Wish) -> Receipt:
    """Make an article of what was read: a draft, unless it is to be published."""
    together = wish.together or TakenTogether([found.digest])
    capture = capture_of(found, together)
    article = Article(capture=capture, identifier=together.identifier(found.digest), **_with_source(found))
    article.save(force_insert=True)
    if wish.known:
        wish.known.add(article, found.marks)
    held_back = None
    if wish.publishing and found.item.read_by:
        held_back = Reason(SCAN)
    elif wish.publishing and (why := held_by(article)):
        held_back = Reason(*why)
    if held_back or not wish.publishing:
        unpublished_changed.send(Article, articles=[article])
    together.add(article, found)
    if wish.together is None:
        together.write(wish.by)
    return Receipt(Outcome.ADDED, article, capture, held_back)


def _with_source(found: Read) -> dict[str, Any]:
    """The description with a source: that of a name that is on no file is proposed."""
    told = found.description or {}
    if told["source"] is not None or not told["source_as_printed"]:
        return told
    return {**told, "source": proposed(told["source_as_printed"], told["language"], f"capture sha256:{found.digest}")}


def publish_added(receipts: Iterable[Receipt], wish: Wish) -> None:
    """Publish what was added, together, where that was asked for: many cost far less than each by itself."""
    if wish.publishing:
        added = (one.article for one in receipts if one.outcome == Outcome.ADDED and one.reason is None)
        publish_all([article for article in added if article], by=wish.by)


def _quarantine(found: Read, wish: Wish) -> Receipt:
    """Keep what is doubtful as a capture without an article. What is an article by now stays as it is."""
    held = holders([found.digest]).get(found.digest)
    if held is not None:
        return Receipt(Outcome.UNCHANGED, held)
    if Capture.objects.filter(payload_digest=found.digest).exists():
        return Receipt(Outcome.UNCHANGED, reason=Reason(HELD_BACK))
    return Receipt(Outcome.QUARANTINED, capture=capture_of(found, wish.together), reason=found.reason)


def capture_of(found: Read, together: TakenTogether | None = None) -> Capture:
    """The capture of what was read, made where there is none."""
    item, extracted = found.item, found.extracted
    stated_address = extracted.target_uri if extracted else item.stated.address[:2000]
    is_new = together is not None and together.takes(found.digest)
    held = None if is_new else Capture.objects.filter(payload_digest=found.digest).first()
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


def described_again(article: Article, found: Read, wish: Wish) -> Receipt:
    """Describe an article by what was read, but for what a curator decided of it."""
    revision = ArticleRevision(article)
    description = _with_source(found)
    protected = tuple(name for name in article.curated_fields if name in description)
    kept = {name: proof for name, proof in article.evidence.items() if isinstance(proof, dict) and proof.get("on")}
    for name, value in description.items():
        if name not in protected:
            setattr(article, name, value)
    article.evidence |= kept  # what a curator gave
    if article.is_public and (why := held_by(article)):  # what readers have is not emptied by a worse reading
        return Receipt(Outcome.UNCHANGED, Article.objects.get(pk=article.pk), article.capture, Reason(*why))
    revision.finish(wish.by, note=found.item.name, action=Action.REFRESH)
    return Receipt(Outcome.REFRESHED, article, article.capture, protected=protected)
