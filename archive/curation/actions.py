"""What a curator or a command does to an article; each action leaves its event in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from archive.articles.dating import DATE_FIELDS, date_by_curator, read_dates_anew
from archive.articles.fitness import reason_to_hold
from archive.articles.linking import CURATOR, TEXTS, forget_fetched, relink
from archive.articles.models import Article, Status
from archive.articles.signals import unpublished_changed, visibility_changed
from archive.curation.models import CurationEvent
from archive.curation.states import DESCRIBED, Changes, State, before, differences, put_back, state_of
from archive.curation.unknown import read_in
from archive.extraction.dates.typed import TypedDate
from archive.work.models import Job

Action = CurationEvent.Action
Curator = User | None
EVIDENCE_OF: Final = {
    "source": "source",
    "source_as_printed": "source",
    **{name: name for name in ("item_code", "byline", "agency", "place")},
}


def publish(article: Article, *, by: Curator = None, note: str = "") -> bool:
    """Make an article public; False when it is already, or has next to no text (`reason_to_hold`)."""
    return bool(publish_all([article], by=by, note=note))


def withdraw(article: Article, *, by: Curator = None, note: str = "", is_title_told: bool = False) -> bool:
    """Take an article out of every public place, keeping the record and its capture; False when it is not public.

    Its address tells the day and the `note` as the reason, and its title where that is wanted.
    """
    return bool(withdraw_all([article], by=by, note=note, is_title_told=is_title_told))


@transaction.atomic
def publish_all(articles: Iterable[Article], *, by: Curator = None, note: str = "", job: Job | None = None) -> int:
    """Make articles public, together; how many were. What is public, or is to be held, stays as it is."""
    chosen = [one for one in articles if one.status != Status.PUBLISHED and not reason_to_hold(one)]
    now = timezone.now()
    for one in chosen:
        one.first_published_at, one.publish_on = one.first_published_at or now, None
    first = [one.pk for one in chosen if one.first_published_at == now]
    Article.objects.filter(pk__in=first).update(first_published_at=now)
    return _turn(chosen, Action.PUBLISH, by, note, job, status=Status.PUBLISHED, publish_on=None)


@transaction.atomic
def withdraw_all(
    articles: Iterable[Article],
    *,
    by: Curator = None,
    note: str = "",
    is_title_told: bool = False,
    job: Job | None = None,
) -> int:
    """Take articles out of every public place, together; how many were. What is not public stays as it is."""
    chosen = [one for one in articles if one.status == Status.PUBLISHED]
    told = {"withdrawn_at": timezone.now(), "withdrawal_reason": note[:500], "is_title_told": is_title_told}
    return _turn(chosen, Action.WITHDRAW, by, note, job, status=Status.WITHDRAWN, **told)


def _turn(articles: list[Article], action: str, by: Curator, note: str, job: Job | None, **told: Any) -> int:
    """Give articles a status, and what is told of it, in a few statements for them all."""
    changed = {"updated_at": timezone.now(), **told}
    events = []
    for one in articles:
        event = CurationEvent(article=one, action=action, by=by, note=note[:500], job=job, exact=True)
        event.changes = {"status": [one.status, told["status"]]}
        events.append(event)
        for name, value in changed.items():
            setattr(one, name, value)
    Article.objects.filter(pk__in=[one.pk for one in articles]).update(**changed)
    CurationEvent.objects.bulk_create(events)
    if articles:
        visibility_changed.send(Article, articles=articles, turned=True)
        unpublished_changed.send(Article, articles=articles)
    return len(articles)


class ArticleRevision:
    """A change of what is described of an article, in one transaction: begun before it is saved, finished after.

    What rests on the text follows it, the evidence names the curator for what the curator gave, an import leaves that
    alone from then on, and the event tells what became otherwise.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        held = Article.objects.select_for_update().get(pk=article.pk)
        self._before = state_of(held)
        self._is_dated = False

    def date(self, typed: TypedDate | None) -> None:
        """Date the article by the curator's word; None makes it undated."""
        date_by_curator(self.article, typed, timezone.localdate())
        self._is_dated = True

    def finish(self, by: Curator, *, note: str = "", action: str = Action.EDIT, job: Job | None = None) -> Changes:
        """Write the article and all that follows from its change, and remember it; an edit of nothing is none."""
        article = self.article
        forget_fetched(article)
        if action == Action.EDIT:
            self._claim(differences(self._before, state_of(article)))
        follow(article, self._before, anew=action != Action.EDIT, given_now=action == Action.REVERT)
        article.save()
        changes = differences(self._before, state_of(article))
        if changes or action != Action.EDIT:
            remember(article, action, by, note=note, changes=changes, job=job)
            (visibility_changed if article.is_public else unpublished_changed).send(Article, articles=[article])
        return changes

    def _claim(self, changes: Changes) -> None:
        """Have the curator be named for the fields that the curator changed."""
        fields = [name for name in changes if name in DESCRIBED]
        if self._is_dated or not set(DATE_FIELDS).isdisjoint(fields):  # undated by a curator, too
            fields += DATE_FIELDS
        new = [name for name in dict.fromkeys(fields) if name not in self.article.curated_fields]
        self.article.curated_fields = [*self.article.curated_fields, *new]
        for name in {EVIDENCE_OF[field] for field in fields if field in EVIDENCE_OF}:
            self.article.evidence[name] = _word_of_curator(self.article, name)


def _word_of_curator(article: Article, name: str) -> dict[str, Any]:
    held = article.evidence.get(name, {})
    value = article.source or article.source_as_printed if name == "source" else getattr(article, name)
    page = held.get("page", held if held.get("rule") != CURATOR else {})
    return {"text": str(value or ""), "rule": CURATOR, "on": timezone.localdate().isoformat(), "page": page}


@transaction.atomic
def edit(article: Article, values: dict[str, Any], *, by: Curator = None, note: str = "") -> Changes:
    """Give fields of an article other values, by a curator's word; what became otherwise."""
    revision = ArticleRevision(article)
    for name, value in values.items():
        setattr(article, name, value)
    return revision.finish(by, note=note)


def follow(article: Article, before: State, *, anew: bool = False, given_now: bool = False) -> None:
    """Have links, dates and names that no record has follow a text that changed; the article is saved by who calls.

    With `given_now` the mentions that a curator gave stand in the present text already, as after going back to it.
    """
    texts = {name: before[name] for name in TEXTS}
    is_changed = any(getattr(article, name) != was for name, was in texts.items())
    if anew or is_changed:
        read_dates_anew(article)
    # A link that a curator changed may leave room for another, even where the text is the same.
    relink(article, texts, given_now=given_now)
    if is_changed:
        read_in([article])


def remember(
    article: Article,
    action: str,
    by: Curator,
    note: str = "",
    changes: dict[str, Any] | None = None,
    job: Job | None = None,
) -> None:
    """Note what was done to an article, within the transaction that does it."""
    CurationEvent.objects.create(
        article=article, action=action, by=by, note=note[:500], changes=changes or {}, exact=True, job=job
    )


def remember_intake(taken: Iterable[tuple[Article, str]], by: Curator) -> None:
    """Note of new articles, together, of which item each was made; within the transaction that makes them."""
    CurationEvent.objects.bulk_create(
        CurationEvent(article=article, action=Action.IMPORT, by=by, note=note[:500], exact=True)
        for article, note in taken
    )


@transaction.atomic
def revert(article: Article, event: CurationEvent, *, by: Curator = None, note: str = "") -> bool:
    """Give an article the state that it had after an event; False where that is not known exactly, or is the present.

    Going back goes through publishing and withdrawing like anybody else: what was a draft before it is withdrawn.
    """
    return _bring(article, state_after(article, event), by, note)


@transaction.atomic
def take_back(article: Article, event: CurationEvent, *, by: Curator = None, job: Job | None = None) -> bool:
    """Undo one event and keep what came later; False where what it changed was changed again since."""
    return _bring(article, before(state_of(article), event.changes), by, "", job)


def _bring(article: Article, wanted: State | None, by: Curator, note: str, job: Job | None = None) -> bool:
    if wanted is None or article.erased_at:
        return False
    done = False
    if differences(wanted, state_of(article)).keys() - {"status"}:
        revision = ArticleRevision(article)
        put_back(article, wanted)
        revision.finish(by, note=note, action=Action.REVERT, job=job)
        done = True
    turn = publish_all if wanted["status"] == Status.PUBLISHED else withdraw_all
    return bool(turn([article], by=by, note=note, job=job)) or done


def state_after(article: Article, event: CurationEvent) -> State | None:
    """What an article was after an event, by undoing all that came later; None where one tells it in words alone."""
    state = state_of(article)
    for later in article.events.filter(pk__gt=event.pk).order_by("-pk"):
        if later.changes and not later.exact:
            return None
        state |= {name: was for name, (was, _now) in later.changes.items() if name in state}
    return state
