"""The archive's own part: public reports are read in the queue of work, and what they tell becomes proposals.

A report that changed is read again. What a curator decided stays decided: of such a meeting only the place of its
sentence in the text follows.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.articles.models import Article, Certainty, Field, Precision
from archive.articles.reading import shown_mentions
from archive.articles.rights import Audience, shown
from archive.authorities.directory import Directory, directory
from archive.authorities.models import AuthorityRecord, Kind
from archive.meetings.models import PLACE, Meeting, MeetingParty, MeetingReading, MeetingReport
from archive.meetings.quotes import digest
from archive.meetings.reading.proposing import Proposal, proposals, way_of
from archive.meetings.reading.sentences import NamedParty
from archive.stories.models import Fingerprint
from archive.text.languages import reading_language
from archive.work.models import Job
from archive.work.queue import LATER, begin

PROPOSE: Final = "meetings"
SAME_ROUND_DAYS: Final = 7
SAME_MEETING_DAYS: Final = 1  # between the days that two reports of one meeting of the same persons tell
_PIECE: Final = 10  # reports of one step: the database is not written by others meanwhile
_WAIT: Final = datetime.timedelta(hours=1)  # after a failure, which would come again
LEVELS: Final = {
    **dict.fromkeys(("president", "king", "emir", "sultan", "supreme_leader"), Meeting.Level.HEADS_OF_STATE),
    **dict.fromkeys(("prime_minister", "chancellor"), Meeting.Level.HEADS_OF_GOVERNMENT),
    "foreign_minister": Meeting.Level.MINISTERS,
    "minister": Meeting.Level.MINISTERS,
    "deputy_foreign_minister": Meeting.Level.DEPUTIES,
    "ambassador": Meeting.Level.AMBASSADORS,
    "permanent_representative": Meeting.Level.AMBASSADORS,
}


def begin_due() -> Job | None:
    """Have the reports read that were not, where nobody is at it: called now and then by the worker."""
    jobs = Job.objects.filter(kind=PROPOSE)
    is_busy = jobs.exclude(state__in=Job.OVER).exists()
    has_failed = jobs.filter(state=Job.State.FAILED, ended_at__gt=timezone.now() - _WAIT).exists()
    if is_busy or has_failed or not unread().exists():
        return None
    return begin(PROPOSE, {}, total=unread().count(), priority=LATER)


def unread() -> QuerySet[Article]:
    """The public reports that were not read as they are now."""
    found: QuerySet[Article] = Article.objects.published().filter(meeting_reading=None)
    return found


def step(job: Job) -> bool:
    keys = list(unread().filter(pk__gt=job.cursor or 0).order_by("pk").values_list("pk", flat=True)[:_PIECE])
    job.count("proposed", read(keys))
    job.count("read", len(keys))
    job.done, job.cursor = job.done + len(keys), keys[-1] if keys else job.cursor
    return bool(keys)


@transaction.atomic
def read(keys: Sequence[int]) -> int:
    """Read these public reports; how many new proposals there are."""
    names, made = directory(), 0
    held = Article.objects.described().prefetch_related("access_points__mentions").filter(pk__in=keys)
    for article in held.order_by("pk"):
        made += _keep(article, list(told_by(shown(article, Audience.PAGE, names), names)))
    MeetingReading.objects.bulk_create([MeetingReading(article_id=key) for key in keys], ignore_conflicts=True)
    return made


def told_by(article: Article, names: Directory) -> Iterator[Proposal]:
    """What a report tells, of several meetings of the same states in one way the one that it tells most of."""
    language, named = reading_language(article.language), named_in(article, names)
    if language is None or len({state for one in named for state in one.states}) < 2:
        return
    best: dict[tuple[str, frozenset[str]], Proposal] = {}
    for told in proposals(article.title, article.body, language, named, _day_of(article)):
        which = way_of(told.kind), frozenset(party.state for party in told.parties)
        if which not in best or _rank(told) > _rank(best[which]):
            best[which] = told
    yield from best.values()


def _rank(told: Proposal) -> tuple[bool, bool, bool, int]:
    return bool(told.round), bool(told.day), bool(told.place[1]), -told.sentence[0]


def _day_of(article: Article) -> datetime.date | None:
    return article.dated_on if article.date_precision in {Precision.DAY, Precision.MINUTE} else None


def named_in(article: Article, names: Directory) -> list[NamedParty]:
    """The records that a report names, in the order of the text, each with the states that it is or speaks for."""
    begins = {Field.TITLE: 0, Field.BODY: len(article.title) + 2}
    found = []
    for mention in shown_mentions(article):
        record = mention.access_point.record
        if mention.field in begins:
            start = begins[Field(mention.field)]
            states = (record.slug,) if record.kind == Kind.COUNTRY else _states(record, names)
            found.append(NamedParty(start + mention.start, start + mention.end, record.kind, record.slug, states))
    return sorted(found)


def _states(record: AuthorityRecord, names: Directory) -> tuple[str, ...]:
    if record.kind != Kind.OFFICIAL:
        return ()
    return tuple(dict.fromkeys(office.state for office in names.offices.get(record.slug, ()) if office.state))


def _keep(article: Article, told: list[Proposal]) -> int:
    """Have the records say what a report tells now; how many new proposals that makes."""
    own = list(article.meeting_reports.select_related("meeting").prefetch_related("meeting__parties__record"))
    made = 0
    for one in told:
        report = next((held for held in own if _is_of(held.meeting, one)), None)
        if report is None:
            made += _propose(article, one)
            continue
        own.remove(report)
        _fill(report, article, one).save()
        describe(report.meeting)
    for report in own:
        if report.told and report.meeting.is_open and not report.meeting.events.exists():
            report.delete()
            describe(report.meeting)
    return made


def _is_of(meeting: Meeting, told: Proposal) -> bool:
    """Whether a meeting that the report tells already is this one: most of its parties are the same, and its way."""
    states = {party.state for party in told.parties}
    return (
        way_of(meeting.kind) == way_of(told.kind)
        and len(states & {party.record.slug for party in meeting.parties.all()}) > 1
    )


def _fill(report: MeetingReport, article: Article, told: Proposal) -> MeetingReport:
    text = f"{article.title}\n\n{article.body}"
    field, begun = (Field.TITLE, 0) if told.sentence[0] < len(article.title) else (Field.BODY, len(article.title) + 2)
    place = (*(at - begun for at in (*told.sentence, *told.word)), digest(text[slice(*told.sentence)]))
    for name, value in zip(PLACE, (field.value, *place), strict=True):
        setattr(report, name, value)
    own = _day_of(article)
    report.told = {
        "kind": told.kind,
        "round": told.round,
        "day": told.day.isoformat() if told.day else "",
        "day_of_report": own.isoformat() if own and not told.day and not told.is_ago else "",
        "city": place_in(text, told, directory()),
        "by_video": told.by_video,
        "heads": {party.state: party.official for party in reversed(told.parties) if party.official},
    }
    return report


def place_in(text: str, told: Proposal, names: Directory) -> str:
    """The place in the words of the text; of «للمملكة الأردنية الهاشمية» with the article that is written into «لل»."""
    start, end = told.place
    said = text[start:end]
    whole = f"ا{said}"
    forms = {form.text for party in told.parties for form in names.names(Kind.COUNTRY, party.state)}
    return whole if start and text[start - 1 : start + 1] == "لل" and whole in forms else said


def _propose(article: Article, told: Proposal) -> int:
    """Put the report to a proposal of the same meeting, or make one; how many were made."""
    report = _fill(MeetingReport(article=article), article, told)
    states = frozenset(party.state for party in told.parties)
    meeting = next((one for one in _alike(states) if is_same(report, one)), None)
    is_new = meeting is None
    if meeting is None:
        records = {one.slug: one for one in AuthorityRecord.objects.filter(kind=Kind.COUNTRY, slug__in=states)}
        if len(records) < 2:
            return 0
        meeting = Meeting.objects.create()
        sides = {party.state: number for number, side in enumerate(told.sides) for party in side}
        for slug, side in sides.items():
            MeetingParty.objects.create(meeting=meeting, record=records[slug], side=side)
    report.meeting = meeting
    report.save()
    describe(meeting)
    return int(is_new)


def _alike(states: Iterable[str], state: str = Meeting.State.PROPOSED) -> Iterator[Meeting]:
    """The meetings of the very same parties, the newest first."""
    wanted = set(states)
    found = Meeting.objects.present().filter(state=state)
    for slug in wanted:
        found = found.filter(parties__record__slug=slug)
    for one in found.prefetch_related("parties__record", "reports").order_by("-pk"):
        if {party.record.slug for party in one.parties.all()} == wanted:
            yield one


def is_same(report: MeetingReport, meeting: Meeting) -> bool:
    """Reports of one story are of one meeting; so are those of one round within a week, of the same persons and day."""
    return any(_tells_the_same(report, other) for other in meeting.reports.all() if other.told)


def _tells_the_same(one: MeetingReport, other: MeetingReport) -> bool:
    if way_of(one.told["kind"]) != way_of(other.told["kind"]):
        return False
    keys = (one.article_id, other.article_id)
    stories = dict(Fingerprint.objects.filter(pk__in=keys, story__isnull=False).values_list("pk", "story"))
    if len(stories) == 2 and len(set(stories.values())) == 1:
        return True
    first, second = _told_day(one.told), _told_day(other.told)
    if first is None or second is None:
        return False
    apart = abs((first - second).days)
    if one.told["round"] and all(one.told[name] == other.told[name] for name in ("round", "kind")):
        return apart <= SAME_ROUND_DAYS
    shared = set(one.told["heads"].values()) & set(other.told["heads"].values())
    return apart <= SAME_MEETING_DAYS and len(shared) > 1


def _told_day(told: dict[str, Any]) -> datetime.date | None:
    day = told["day"] or told["day_of_report"]
    return datetime.date.fromisoformat(day) if day else None


def candidates(meeting: Meeting) -> list[Meeting]:
    """The confirmed meetings that a proposal may be: of the same parties, of the same story, round or days."""
    slugs = {party.record.slug for party in meeting.parties.all()}
    return [
        one
        for one in _alike(slugs, Meeting.State.CONFIRMED)
        if one.pk != meeting.pk
        and way_of(one.kind) == way_of(meeting.kind)
        and (_is_near(one, meeting) or any(is_same(report, one) for report in meeting.reports.all() if report.told))
    ]


def _is_near(one: Meeting, other: Meeting) -> bool:
    return bool(one.dated_on and other.dated_on and abs((one.dated_on - other.dated_on).days) <= SAME_ROUND_DAYS)


def describe(meeting: Meeting) -> None:
    """Have a proposal say what its reports tell together; one without a report goes. A curator's word stays."""
    if not meeting.is_open or meeting.events.exists():
        return
    told = [report.told for report in meeting.reports.all().order_by("pk") if report.told]
    if not told:
        meeting.delete()
        return
    days = sorted(filter(None, (one["day"] for one in told)))
    own = sorted(filter(None, (one["day_of_report"] for one in told)))
    kinds = {one["kind"] for one in told}
    meeting.kind = next((k for k in ("consultations", "talks") if k in kinds), way_of(told[0]["kind"]))
    meeting.round = next((one["round"] for one in told if one["round"]), None)
    meeting.city = next((one["city"] for one in told if one["city"]), "")
    meeting.by_video = any(one["by_video"] for one in told)
    meeting.dated_on = datetime.date.fromisoformat((days or own)[0]) if days or own else None
    meeting.date_precision = Precision.DAY if meeting.dated_on else ""
    meeting.date_certainty = Certainty.STATED if days else Certainty.INFERRED if own else Certainty.UNDATED
    heads = {state: slug for one in reversed(told) for state, slug in one["heads"].items()}
    meeting.level = _level(heads)
    meeting.save()
    records = {one.slug: one for one in AuthorityRecord.objects.filter(kind=Kind.OFFICIAL, slug__in=heads.values())}
    for party in meeting.parties.select_related("record"):
        party.head = records.get(heads.get(party.record.slug, ""))
        party.save()


def _level(heads: dict[str, str]) -> str:
    """The level of those who met, by their latest posts on file; "" where one is unknown, or they are of several."""
    offices = directory().offices
    found = [
        [LEVELS.get(office.role, "") for office in offices.get(slug, ()) if office.state == state]
        for state, slug in heads.items()
    ]
    levels = {held[-1] if held else "" for held in found}
    return str(levels.pop()) if len(levels) == 1 and len(found) > 1 else ""
