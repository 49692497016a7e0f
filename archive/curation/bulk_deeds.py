"""The kinds of change that curators make to many articles at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.articles.dating import precision
from archive.articles.models import AccessPoint, Article, Certainty, Language, Status
from archive.authorities.models import Kind
from archive.curation.actions import ArticleRevision, publish_all, withdraw_all
from archive.curation.bulk import PUBLISH, WITHDRAW, BulkDeed, BulkForm, How, register_deed
from archive.curation.bulk_rows import Row
from archive.curation.cut_lines import habits, without
from archive.curation.doubts import doubtful_links
from archive.curation.reason_field import ReasonField
from archive.curation.record_field import RecordField
from archive.extraction.dates.typed import read_date
from archive.work.models import Job

State = AccessPoint.State
Give = Callable[[ArticleRevision, How], None]


class WithdrawForm(BulkForm):
    note = ReasonField(label=gettext_lazy("reason"))
    is_title_told = forms.BooleanField(label=gettext_lazy("the title is told"), required=False)


class SourceForm(BulkForm):
    record = RecordField((Kind.SOURCE,), label=gettext_lazy("source"))
    note = ReasonField()


class BulkDateForm(BulkForm):
    """The date stays as typed, in any calendar; the preview shows the day that was read."""

    typed = forms.CharField(
        label=gettext_lazy("date"),
        max_length=100,
        widget=forms.TextInput({"dir": "auto", "size": 30, "autocomplete": "off"}),
    )
    note = ReasonField()

    def clean_typed(self) -> str:
        typed = str(self.cleaned_data["typed"]).strip()
        if read_date(typed) is None:
            raise forms.ValidationError(_("This is no date of a calendar that the archive knows."))
        return typed


class LanguageForm(BulkForm):
    language = forms.ChoiceField(label=gettext_lazy("language"), choices=Language.choices)
    note = ReasonField()


class CountryForm(BulkForm):
    record = RecordField((Kind.COUNTRY,), label=gettext_lazy("country"))
    note = ReasonField()


class ReasonForm(BulkForm):
    note = ReasonField()


class LinkForm(BulkForm):
    record = RecordField(label=gettext_lazy("record"))
    note = ReasonField()


def _published(row: Row, how: How) -> Row:
    return row if row.is_held else replace(row, status=Status.PUBLISHED)


def _withdrawn(row: Row, how: How) -> Row:
    return replace(row, status=Status.WITHDRAWN) if row.is_public else row


def _sourced(row: Row, how: How) -> Row:
    return replace(row, source=how["record"].pk)


def _dated(row: Row, how: How) -> Row:
    typed = read_date(how["typed"])
    if typed is None:
        return row
    return replace(row, day=typed.first, precision=precision(typed), certainty=Certainty.CURATED)


def _spoken(row: Row, how: How) -> Row:
    return replace(row, language=how["language"])


def _cut(row: Row, how: How) -> Row:
    return replace(row, habits=0)


def _linked(state: str, *, also_new: bool = False) -> Callable[[Row, How], Row]:
    def effect(row: Row, how: How) -> Row:
        key = (how["record"].pk, how["record"].kind)
        return replace(row, links={**row.links, key: state}) if also_new or key in row.links else row

    return effect


def _decided(state: str) -> Callable[[Row, How], Row]:
    def effect(row: Row, how: How) -> Row:
        decided = {key: state if key in row.doubts else was for key, was in row.links.items()}
        return replace(row, links=decided, doubts=frozenset())

    return effect


def _turned(turn: Callable[..., int]) -> Callable[..., int]:
    def change(articles: list[Article], how: How, by: User | None, job: Job | None) -> int:
        return turn(articles, by=by, job=job, **how)

    return change


def _edited(give: Give) -> Callable[..., int]:
    """Each article by a revision of its own, so that all that rests on the change follows it."""

    def change(articles: list[Article], how: How, by: User | None, job: Job | None) -> int:
        done = 0
        for article in articles:
            revision = ArticleRevision(article)
            give(revision, how)
            done += bool(revision.finish(by, note=how.get("note", ""), job=job))
        return done

    return change


def _give_source(revision: ArticleRevision, how: How) -> None:
    revision.article.source = how["record"]


def _give_date(revision: ArticleRevision, how: How) -> None:
    revision.date(read_date(how["typed"]))


def _give_language(revision: ArticleRevision, how: How) -> None:
    revision.article.language = how["language"]


def _give_text(revision: ArticleRevision, how: How) -> None:
    article = revision.article
    article.body = without(article, habits([article]).get(article.pk, ()))


def _give_link(state: str) -> Give:
    def give(revision: ArticleRevision, how: How) -> None:
        AccessPoint.objects.update_or_create(article=revision.article, record=how["record"], defaults={"state": state})

    return give


def _decide_doubts(state: str) -> Give:
    def decide(revision: ArticleRevision, how: How) -> None:
        keys = list(doubtful_links().filter(article=revision.article).values_list("pk", flat=True))
        AccessPoint.objects.filter(pk__in=keys).update(state=state)

    return decide


_CHANGED: Final = gettext_lazy("changed")
for _deed in (
    BulkDeed(
        PUBLISH,
        gettext_lazy("Publish"),
        gettext_lazy("publish articles"),
        gettext_lazy("published"),
        ReasonForm,
        _published,
        _turned(publish_all),
        reads_text=True,
    ),
    BulkDeed(
        WITHDRAW,
        gettext_lazy("Withdraw"),
        gettext_lazy("withdraw articles"),
        gettext_lazy("withdrawn"),
        WithdrawForm,
        _withdrawn,
        _turned(withdraw_all),
    ),
    BulkDeed(
        "source",
        gettext_lazy("Give a source"),
        gettext_lazy("give articles a source"),
        _CHANGED,
        SourceForm,
        _sourced,
        _edited(_give_source),
    ),
    BulkDeed(
        "date",
        gettext_lazy("Give a date"),
        gettext_lazy("give articles a date"),
        _CHANGED,
        BulkDateForm,
        _dated,
        _edited(_give_date),
    ),
    BulkDeed(
        "language",
        gettext_lazy("Give a language"),
        gettext_lazy("give articles a language"),
        _CHANGED,
        LanguageForm,
        _spoken,
        _edited(_give_language),
    ),
    BulkDeed(
        "cut",
        gettext_lazy("Cut the lines that are cut of their sources"),
        gettext_lazy("cut lines of sources out of articles"),
        _CHANGED,
        ReasonForm,
        _cut,
        _edited(_give_text),
        reads_text=True,
    ),
    BulkDeed(
        "country",
        gettext_lazy("Link to a country"),
        gettext_lazy("link articles to a country"),
        _CHANGED,
        CountryForm,
        _linked(State.ACCEPTED, also_new=True),
        _edited(_give_link(State.ACCEPTED)),
    ),
    BulkDeed(
        "accept",
        gettext_lazy("Accept mentions of a record"),
        gettext_lazy("accept mentions of a record"),
        gettext_lazy("accepted"),
        LinkForm,
        _linked(State.ACCEPTED),
        _edited(_give_link(State.ACCEPTED)),
    ),
    BulkDeed(
        "reject",
        gettext_lazy("Reject mentions of a record"),
        gettext_lazy("reject mentions of a record"),
        gettext_lazy("rejected"),
        LinkForm,
        _linked(State.REJECTED),
        _edited(_give_link(State.REJECTED)),
    ),
    BulkDeed(
        "accept-doubtful",
        gettext_lazy("Accept all doubtful mentions"),
        gettext_lazy("accept all doubtful mentions"),
        gettext_lazy("accepted"),
        ReasonForm,
        _decided(State.ACCEPTED),
        _edited(_decide_doubts(State.ACCEPTED)),
    ),
    BulkDeed(
        "reject-doubtful",
        gettext_lazy("Reject all doubtful mentions"),
        gettext_lazy("reject all doubtful mentions"),
        gettext_lazy("rejected"),
        ReasonForm,
        _decided(State.REJECTED),
        _edited(_decide_doubts(State.REJECTED)),
    ),
):
    register_deed(_deed)
