"""Whatever curators do to an article, in any order: its links stand on the words they name, its date is as told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from archive.articles.models import AccessPoint, Article, Mention, Status
from archive.articles.reading import removed
from archive.articles.soundness import unsound
from archive.authorities.merging import NotMergeable
from archive.authorities.models import AuthorityRecord, Kind
from archive.curation import bulk, record_actions, record_undoing
from archive.curation.actions import ArticleRevision, publish, revert, withdraw
from archive.curation.cut_lines import put_back, take_out
from archive.curation.models import UnknownName
from archive.curation.persons import propose, propose_for
from archive.curation.rereading import REREAD
from archive.curation.states import give, state_of
from archive.curation.unknown import read_in
from archive.extraction.dates.typed import read_date
from archive.intake.kept import item_of
from archive.intake.taking import Wish, take_in
from archive.work.kinds import kind_named, may_undo
from archive.work.models import Job
from tests.oracle import draws

pytestmark = pytest.mark.django_db

WORDS = [
    *(
        "قطر",
        " وأذربيجان",
        "باكو ",
        "خلف خلفوف",
        "وزير الخارجية",
        " في 1 ديسمبر 2019 ، عقدت الجولة",
        "۱۲ مهر ۱۴۰۲",
        ".",
    ),
    *("\n\n", " ", ".", "ا", "لل", "12 مارس", "إيران", "ایران", "عراقچی", "\u200c", "سلطان بن سعد المريخي", "𐭠", ""),
]
DATES = ["2020-10-28", "۷ آبان ۱۳۹۹", "12 ربيع الأول 1442", "1399/08", "2019", "أكتوبر 2020", "1442", ""]
MANY = 40  # articles of a change of many, where an archive has more
FEW = 3  # names that are given a record at once: each of them has its texts read again
Edit = tuple[str, int, int, str]
EDITS = st.tuples(
    st.sampled_from(
        "text text text text language date decide lead field status refresh revert merge".split()
        + "bulk undo back out new name".split()
    ),
    st.integers(0, 10_000),
    st.integers(0, 120),
    st.sampled_from(WORDS),
)


def text(article: Article, where: int, length: int, word: str) -> None:
    name = ("kicker", "title", "body", "body")[where % 4]
    held = getattr(article, name)
    start = where % (len(held) + 1)
    changed = (held[:start] + word + held[start + length % 30 :]).strip()
    if changed or name == "kicker":
        revision = ArticleRevision(article)
        setattr(article, name, changed)
        revision.finish(None)


def language(article: Article, where: int, length: int, word: str) -> None:
    revision = ArticleRevision(article)
    article.language = ("ar", "fa", "und")[where % 3]
    revision.finish(None)


def date(article: Article, where: int, length: int, word: str) -> None:
    revision = ArticleRevision(article)
    revision.date(read_date(DATES[where % len(DATES)]))
    revision.finish(None)


def decide(article: Article, where: int, length: int, word: str) -> None:
    points = list(article.access_points.all())
    revision = ArticleRevision(article)
    if points:
        state = (AccessPoint.State.ACCEPTED, AccessPoint.State.REJECTED)[length % 2]
        AccessPoint.objects.filter(pk=points[where % len(points)].pk).update(state=state)
    revision.finish(None)


def lead(article: Article, where: int, length: int, word: str) -> None:
    """Give a mention to another record."""
    mentions = list(Mention.objects.filter(access_point__article=article))
    if mentions:
        mention = mentions[where % len(mentions)]
        records = AuthorityRecord.objects.present().exclude(kind=Kind.SOURCE).order_by("pk")
        revision = ArticleRevision(article)
        point, _new = AccessPoint.objects.get_or_create(article=article, record=records[where % 40])
        AccessPoint.objects.filter(pk=point.pk).update(state=AccessPoint.State.ACCEPTED)
        give(point, mention.field, mention.start, mention.end, mention.form)
        revision.finish(None)


def field(article: Article, where: int, length: int, word: str) -> None:
    revision = ArticleRevision(article)
    setattr(article, ("source_as_printed", "item_code", "byline", "agency", "place")[where % 5], word.strip())
    revision.finish(None)


def status(article: Article, where: int, length: int, word: str) -> None:
    (withdraw if article.status == Status.PUBLISHED else publish)(article)


def refresh(article: Article, where: int, length: int, word: str) -> None:
    take_in(item_of(article), Wish(refresh=True))


def back(article: Article, where: int, length: int, word: str) -> None:
    events = list(article.events.all())
    revert(article, events[where % len(events)])


def merge(article: Article, where: int, length: int, word: str) -> None:
    records = list(AuthorityRecord.objects.present().filter(access_points__article=article).order_by("pk"))
    if len(records) < 2:
        return
    gone, kept = records[where % len(records)], records[(where + length) % len(records)]
    try:
        done = record_actions.merge(gone, kept)
    except NotMergeable:
        return
    if length % 2:
        record_actions.undo(done)


def many(article: Article, where: int, length: int, word: str) -> None:
    """A change of many articles at once, worked off."""
    records = AuthorityRecord.objects.present().order_by("pk")
    countries = list(records.filter(kind=Kind.COUNTRY)[:40])
    sources = list(records.filter(kind=Kind.SOURCE)[:40])
    doings: list[tuple[str, dict[str, Any]]] = [
        ("source", {"record": sources[length % len(sources)].pk}),
        ("date", {"typed": DATES[length % (len(DATES) - 1)]}),
        ("language", {"language": ("ar", "fa")[length % 2]}),
        ("country", {"record": countries[length % len(countries)].pk}),
        ("accept", {"record": countries[length % len(countries)].pk}),
        ("reject", {"record": countries[length % len(countries)].pk}),
        ("withdraw", {"note": word, "is_title_told": bool(length % 2)}),
        ("publish", {}),
    ]
    doing, how = doings[where % len(doings)]
    first = Article.objects.filter(pk__gte=article.pk, erased_at=None).order_by("pk")[:MANY]
    articles = Article.objects.filter(pk__in=list(first.values_list("pk", flat=True)))
    job = bulk.put_off(doing, articles, None, **how)
    worked(job)


def undo(article: Article, where: int, length: int, word: str) -> None:
    """All that the last of them changed is taken back; what nobody changed since is as it was before."""
    jobs = Job.objects.exclude(kind__in=(bulk.UNDO, record_undoing.UNDO)).filter(state=Job.State.DONE)
    job = jobs.order_by("-pk").first()
    if job is not None and may_undo(job):
        worked(kind_named(job.kind).undo(job, None))  # type: ignore[misc]  # it may


def line_back(article: Article, where: int, length: int, word: str) -> None:
    if cuts := removed(article):
        put_back(article, cuts[where % len(cuts)]["number"])


def line_out(article: Article, where: int, length: int, word: str) -> None:
    take_out(article, where % len(article.paragraphs))


def new_record(article: Article, where: int, length: int, word: str) -> None:
    """A new record of the words of a mention, which then leads to it."""
    mentions = list(Mention.objects.filter(access_point__article=article))
    if mentions:
        mention = mentions[where % len(mentions)]
        revision = ArticleRevision(article)
        point, _new = AccessPoint.objects.get_or_create(article=article, record=propose_for(mention))
        AccessPoint.objects.filter(pk=point.pk).update(state=AccessPoint.State.ACCEPTED)
        give(point, mention.field, mention.start, mention.end, mention.form)
        revision.finish(None)


def unknown(article: Article, where: int, length: int, word: str) -> None:
    """A person whom no record names is written in, read, and a record proposed, whose texts are read again."""
    text(article, where, 0, " قال السفير أسامة نقلي ")
    read_in([held(article.pk)])
    for name in UnknownName.objects.filter(state=UnknownName.State.OPEN)[:FEW]:
        propose(name)
    for job in Job.objects.filter(kind=REREAD, state=Job.State.WAITING):
        worked(job)


def worked(job: Job) -> None:
    """Do the steps of a job as a worker does, in the transaction of the test."""
    while kind_named(job.kind).step(job):
        pass
    job.end(Job.State.DONE)
    job.save()


DO: dict[str, Callable[[Article, int, int, str], None]] = {
    "text": text,
    "language": language,
    "date": date,
    "decide": decide,
    "lead": lead,
    "field": field,
    "status": status,
    "refresh": refresh,
    "revert": back,
    "merge": merge,
    "bulk": many,
    "undo": undo,
    "back": line_back,
    "out": line_out,
    "new": new_record,
    "name": unknown,
}


def held(key: int) -> Article:
    found: Article = Article.objects.prefetch_related("access_points__record", "access_points__mentions").get(pk=key)
    return found


@draws(5)
@given(number=st.integers(0, 4), edits=st.lists(EDITS, min_size=5, max_size=5))
def test_links_stand_on_the_words_they_name_whatever_was_edited(number: int, edits: list[Edit]) -> None:
    key = Article.objects.order_by("pk").values_list("pk", flat=True)[number]
    with transaction.atomic():
        for deed, where, length, word in edits:
            DO[deed](held(key), where, length, word)
            reached = Article.objects.all() if deed in {"bulk", "undo", "name"} else Article.objects.filter(pk=key)
            for other in reached.values_list("pk", flat=True):
                assert list(unsound(held(other))) == [], deed
        transaction.set_rollback(True)


@draws(3)
@given(number=st.integers(0, 4), edits=st.lists(EDITS, max_size=3), where=st.integers(0, 7), length=st.integers(0, 120))
def test_what_many_underwent_is_undone_exactly(number: int, edits: list[Edit], where: int, length: int) -> None:
    key = Article.objects.order_by("pk").values_list("pk", flat=True)[number]
    with transaction.atomic():
        for deed, *rest in edits:
            DO[deed](held(key), *rest)
        was = {one.pk: state_of(one) for one in Article.objects.all()}
        many(held(key), where, length, "سبب")
        undo(held(key), 0, 0, "")
        is_now = {one.pk: state_of(one) for one in Article.objects.all()}
        if where % 8 == 7:  # what was a draft and was published is withdrawn
            was = {pk: state | {"status": is_now[pk]["status"]} for pk, state in was.items()}
        assert is_now == was
        transaction.set_rollback(True)


def test_a_link_that_a_curator_gave_is_where_it_was_when_an_edit_before_it_is_taken_back(
    five: dict[str, Article],
) -> None:
    article = held(five["000"].pk)
    lead(article, 1536, 26, "")
    given = [(m.start, m.form) for m in Mention.objects.filter(access_point__article=article, rule="curator")]
    event = article.events.latest("pk")
    unknown(held(article.pk), 3394, 0, "")
    assert [m.start for m in Mention.objects.filter(access_point__article=article, rule="curator")] != [given[0][0]]
    assert revert(held(article.pk), event)
    now = [(m.start, m.form) for m in Mention.objects.filter(access_point__article=article, rule="curator")]
    assert now == given and list(unsound(held(article.pk))) == []


def test_what_a_curator_decided_stays_decided(five: dict[str, Article]) -> None:
    article = held(five["000"].pk)
    accepted, rejected = list(article.access_points.all())[:2]
    AccessPoint.objects.filter(pk=accepted.pk).update(state=AccessPoint.State.ACCEPTED)
    AccessPoint.objects.filter(pk=rejected.pk).update(state=AccessPoint.State.REJECTED)
    for at in (0, 40):
        text(held(article.pk), 4 * at + 2, 3, "وقال في باكو ")
    states: Any = dict(AccessPoint.objects.filter(article=article).values_list("pk", "state"))
    assert states[accepted.pk] == "accepted" and states[rejected.pk] == "rejected"


def test_an_undated_article_that_a_curator_leaves_undated_is_so_by_the_curator(five: dict[str, Article]) -> None:
    article = held(five["000"].pk)
    revision = ArticleRevision(article)
    revision.date(None)
    revision.finish(None)
    Article.objects.filter(pk=article.pk).update(curated_fields=[])
    revision = ArticleRevision(held(article.pk))
    revision.date(None)
    revision.finish(None)
    assert "dated_on" in held(article.pk).curated_fields and list(unsound(held(article.pk))) == []
