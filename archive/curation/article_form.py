"""The form of an article."""

from __future__ import annotations

from django import forms

from archive.articles.dating import as_typed
from archive.articles.models import Article
from archive.curation.actions import ArticleRevision
from archive.curation.dated_form import DatedForm


class ArticleForm(DatedForm):
    revision: ArticleRevision

    class Meta:
        model = Article
        fields = "__all__"
        widgets = {
            name: forms.TextInput({"dir": "auto", "class": "vTextField"})
            for name in (
                "kicker",
                "title",
                "romanized_title",
                "source_as_printed",
                "item_code",
                "byline",
                "agency",
                "place",
            )
        } | {"body": forms.Textarea({"dir": "auto", "rows": 24, "class": "vLargeTextField"})}

    def shown_date(self) -> str:
        return as_typed(self.instance)
