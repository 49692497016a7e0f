"""Many articles at once into a collection by hand, and out of it: kinds of change that the desk previews and undoes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article
from archive.collections.models import Collection
from archive.curation.bulk import BulkDeed, BulkForm, How, register_deed
from archive.curation.bulk_rows import Row
from archive.curation.models import CurationEvent
from archive.curation.reason_field import ReasonField
from archive.curation.revising import revised
from archive.work.models import Job

MAY: Final = "collections.change_collection"


class GatherForm(BulkForm):
    collection = forms.ModelChoiceField(Collection.objects.filter(query=""), label=_("collection"))
    note = ReasonField()


def _meant(how: How) -> How:
    return how | {"collection": Collection.objects.get(pk=how["collection"])}


def _added(row: Row, how: How) -> Row:
    collection: Collection = how["collection"]
    is_by_hand = not collection.query  # it may have become a saved search meanwhile
    return replace(row, groups={**row.groups, collection.slug: collection.is_public}) if is_by_hand else row


def _taken_out(row: Row, how: How) -> Row:
    return replace(row, groups={slug: seen for slug, seen in row.groups.items() if slug != how["collection"].slug})


def _changed(change: Callable[[Collection, list[int]], int]) -> Callable[..., int]:
    """The collection remembers each step, with the job by which all of them are taken back."""

    def done(articles: list[Article], how: How, by: User | None, job: Job | None) -> int:
        collection: Any = how["collection"]
        with revised(collection, CurationEvent.Action.EDIT, by, how.get("note", ""), job):
            number = change(collection, [article.pk for article in articles])
            collection.save()
        return number

    return done


register_deed(
    BulkDeed(
        "collect",
        _("Add to a collection"),
        _("add articles to a collection"),
        _("added"),
        GatherForm,
        _added,
        _changed(Collection.add),
        meant=_meant,
        order=("dated_on", "pk"),
        permission=MAY,
    )
)
register_deed(
    BulkDeed(
        "take_out",
        _("Take out of a collection"),
        _("take articles out of a collection"),
        _("taken out"),
        GatherForm,
        _taken_out,
        _changed(Collection.take_out),
        meant=_meant,
        permission=MAY,
    )
)
