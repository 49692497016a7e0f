"""The form of an article, which notices that somebody else saved the article since it was opened."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.articles.models import Article

CONFLICT = gettext_lazy(
    "Changed by %(who)s since you opened it (%(when)s). Nothing was saved; your entries are below, and beside them "
    "stands what the archive holds now. Save again to keep yours."
)


class ArticleForm(forms.ModelForm):
    """`version` tells which state of the article was opened: its time of change and its last event."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.initial["version"] = version_of(self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuse to save over what another saved; what was typed stays in the form, and saving again keeps it."""
        cleaned: dict[str, Any] = super().clean() or {}
        held = Article.objects.select_for_update().get(pk=self.instance.pk)
        present, opened = version_of(held), cleaned.get("version", "")
        if opened and opened != present:
            # What is typed is shown again; the next save is of the present version.
            self.data = {**self.data.dict(), self.add_prefix("version"): present}  # type: ignore[attr-defined]
            seen = opened.rpartition(" ")[2]
            events = list(held.events.filter(pk__gt=int(seen) if seen.isdigit() else 0).select_related("by"))
            who = str(events[0].by or _("a command")) if events else _("a command")
            self.add_error(None, CONFLICT % {"who": who, "when": localize(held.updated_at)})
            for name in ({name for event in events for name in event.changes}) & set(self.fields):
                theirs = held.serializable_value(name)
                if str(theirs) != str(self.data.get(self.add_prefix(name), "")):
                    self.add_error(name, _("Now: %(value)s") % {"value": theirs})
        return cleaned


def version_of(article: Article) -> str:
    """The time of the last change and the number of the last event: `2026-11-21T23:30:00.5+00:00 17`."""
    if article.pk is None:
        return ""
    last = article.events.order_by("-pk").values_list("pk", flat=True).first()
    return f"{article.updated_at.isoformat()} {last or 0}"
