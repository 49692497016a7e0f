"""The spellings of a name that reports attest: as written, in which language, by which outlet, from when until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.db.models import Case, CharField, Count, F, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from archive.articles.models import AccessPoint, Field, Mention, Precision, Status
from archive.articles.templatetags.script import direction
from archive.authorities.directory import Directory
from archive.authorities.listing import language_name
from archive.authorities.models import AuthorityRecord, Kind

SHOWN: Final = 12  # spellings of a language that a page shows; the file has all
ARTICLE: Final = "access_point__article__"
EXACT: Final = Q(**{f"{ARTICLE}date_precision__in": (Precision.DAY, Precision.MINUTE)})
NEITHER: Final = Q(**{f"{ARTICLE}source": None})


@dataclass(frozen=True, slots=True)
class Use:
    """One spelling in the reports of one outlet: `written` as it stands in the text, without attached particles.

    `outlet` is the slug of a source, or with `printed` what a report without a source on file calls its own. `first`
    and `last` are the days of the first and the last report that is dated to the day; None where none is.
    """

    written: str
    language: str
    outlet: str
    printed: str
    mentions: int
    reports: int
    first: date | None
    last: date | None

    def named(self, names: Directory, language: str) -> str:
        """The outlet in the reader's language, or as it is printed; "" where no report says."""
        return names.label(Kind.SOURCE, self.outlet, language) if self.outlet else self.printed


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling in one language with its outlets, the most frequent first; `on_file` as a form of the name."""

    written: str
    on_file: bool
    uses: tuple[Use, ...]
    outlets: tuple[str, ...]

    @property
    def mentions(self) -> int:
        return sum(use.mentions for use in self.uses)

    @property
    def reports(self) -> int:
        return sum(use.reports for use in self.uses)

    @property
    def first(self) -> date | None:
        return min((use.first for use in self.uses if use.first), default=None)

    @property
    def last(self) -> date | None:
        return max((use.last for use in self.uses if use.last), default=None)


@dataclass(frozen=True, slots=True)
class Attested:
    """The spellings in the reports of one language, the most frequent first; `total` counts all of them."""

    language: str
    label: str
    direction: str
    spellings: tuple[Spelling, ...]
    total: int


def uses(record: AuthorityRecord) -> list[Use]:
    """Every spelling of a record by language and outlet, in public reports whose link no curator rejected.

    One query, which cuts the words out of the texts where they are; its rows are as many as there are spellings.
    """
    columns = ("written", f"{ARTICLE}language", f"{ARTICLE}source__slug", "printed")
    tallied = _mentions(record).values(*columns).annotate(
        mentions=Count("pk"),
        reports=Count("access_point__article", distinct=True),
        first=Min(f"{ARTICLE}dated_on", filter=EXACT),
        last=Max(f"{ARTICLE}dated_on", filter=EXACT),
    )  # fmt: skip
    rows = tallied.order_by("-mentions", "written").values_list(*columns, "mentions", "reports", "first", "last")
    return [Use(written, language, outlet or "", *told) for written, language, outlet, *told in rows]


def _mentions(record: AuthorityRecord) -> QuerySet[Mention]:
    public = Mention.objects.filter(access_point__record=record, access_point__article__status=Status.PUBLISHED)
    accepted = public.exclude(access_point__state=AccessPoint.State.REJECTED)
    parts = [When(field=field, then=_cut(field)) for field in (Field.KICKER, Field.TITLE)]
    return accepted.annotate(
        written=Case(*parts, default=_cut(Field.BODY), output_field=CharField()),
        printed=Case(When(NEITHER, then=F(f"{ARTICLE}source_as_printed")), default=Value(""), output_field=CharField()),
    )


def _cut(field: Field) -> Substr:
    return Substr(f"{ARTICLE}{field}", F("start") + 1, F("end") - F("start"))


def attested(found: Iterable[Use], record: AuthorityRecord, names: Directory, language: str) -> list[Attested]:
    """The spellings by language: that of the reader first, then by the number of spellings."""
    on_file = {name.text for name in record.names.all()}
    by_language: dict[str, list[Spelling]] = {}
    for (code, written), held in groupby(sorted(found, key=_place), key=lambda use: (use.language, use.written)):
        tallied = tuple(held)
        outlets = tuple(dict.fromkeys(name for use in tallied if (name := use.named(names, language))))
        by_language.setdefault(code, []).append(Spelling(written, written in on_file, tallied, outlets))
    groups = [_group(code, spellings) for code, spellings in by_language.items()]
    return sorted(groups, key=lambda group: (group.language != language, -group.total, group.language))


def _place(use: Use) -> tuple[str, str, int]:
    return use.language, use.written, -use.mentions


def _group(code: str, spellings: list[Spelling]) -> Attested:
    ordered = sorted(spellings, key=lambda spelling: (-spelling.mentions, spelling.written))
    return Attested(code, language_name(code), direction(code), tuple(ordered[:SHOWN]), len(ordered))


def unattested(found: Iterable[Use], record: AuthorityRecord) -> Iterator[tuple[str, str]]:
    """The forms on file, each with its language, that no report has as they are written."""
    written = {use.written for use in found}
    yield from ((name.text, name.language) for name in record.names.all() if name.text not in written)
