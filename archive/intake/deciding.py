"""What a curator decides of an item that resembles an article, before or after a rule has decided of it."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop

from archive.articles.models import Article
from archive.intake.kept import kept_item
from archive.intake.known import trace_again
from archive.intake.models import Pair
from archive.intake.quarantine import GONE, decide, discard
from archive.intake.reading.items import Reason
from archive.intake.readings import Read
from archive.intake.taking import Outcome, Wish, add, described_again, read
from archive.intake.undoing import is_touched, remove
from archive.intake.versions import attach, detach
from archive.stories.decisions import join

STANDS: Final = gettext_noop("The second article was touched since; withdraw it, and leave the pair.")
Decision = Pair.Decision


def settle_pair(pair: Pair, decision: Decision, by: User | None = None) -> Reason | None:
    """Carry out a decision; the reason where it cannot be.

    NEWER and SAME make the item a capture of the article, which keeps its identifier, and with NEWER takes its text,
    but for what a curator decided. WITNESS makes it an article of its own, in one story with the other. LEFT discards
    what waits, and changes nothing of what stands.
    """
    if decision in (Decision.NEWER, Decision.SAME):
        return _same_article(pair, decision, by)
    if decision == Decision.WITNESS:
        return _witness(pair, by)
    if pair.item.outcome == Outcome.ALIKE:
        discard(pair.item, by)
    _note(pair, Decision.LEFT, by)
    return None


def reading(pair: Pair) -> Read | None:
    """What the item of a pair holds; None where its bytes are gone, or nothing can be read from them now."""
    try:
        found = kept_item(pair.item.capture, pair.item) if pair.item.capture else None
    except OSError:
        return None
    held = read(found, Wish(despite_doubts=True)) if found else None
    return held if held and held.extracted is not None else None


@transaction.atomic
def _same_article(pair: Pair, decision: Decision, by: User | None) -> Reason | None:
    held, item, found = pair.held, pair.item, reading(pair)
    if found is None or item.capture is None:
        return Reason(GONE)
    own = item.article if item.article_id != held.pk else None
    if own is not None:
        if own.first_published_at or is_touched(own, item):
            return Reason(STANDS)
        remove(own)
        item.article = None
    attach(held, item.capture)
    if decision == Decision.NEWER and held.capture_id != item.capture_id:
        held.capture = item.capture
        described_again(held, found, Wish(by))
        trace_again(held, found.marks)
    decide(item, Outcome.REFRESHED if decision == Decision.NEWER else Outcome.CAPTURED, by, article=held)
    _note(pair, decision, by)
    return None


@transaction.atomic
def _witness(pair: Pair, by: User | None) -> Reason | None:
    item, found = pair.item, reading(pair)
    own = item.article if item.article_id != pair.held_id else None
    if own is None:
        if found is None or item.capture is None:
            return Reason(GONE)
        if pair.held.capture_id == item.capture_id:
            return Reason(DESCRIBED)
        detach(item.capture)
        own = add(found, Wish(by)).article
        assert own is not None  # noqa: S101 - it was added
        trace_again(own, found.marks)
    join([pair.held_id, own.pk], by=by)
    decide(item, Outcome.ADDED, by, article=own)
    _note(pair, Decision.WITNESS, by)
    return None


DESCRIBED: Final = gettext_noop("The article has the text of this capture now.")


def _note(pair: Pair, decision: Decision, by: User | None) -> None:
    pair.decision, pair.decided_by = decision, by
    pair.save(update_fields=["decision", "decided_by"])


def protected(article: Article) -> list[str]:
    """The fields that keep what a curator wrote, whatever is taken from another capture, by their names for readers."""
    names = {field.name: field.verbose_name for field in article._meta.get_fields() if hasattr(field, "verbose_name")}
    return [str(names.get(name, name)) for name in article.curated_fields if name in names]
