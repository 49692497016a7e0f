"""What of the database travels: every model is exported, or left out for a reason that is told here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model, Q, QuerySet

_STORY: Final = "stories.Fingerprint"

EXPORTED: Final = (
    "auth.User",
    "auth.Group",
    "auth.Group_permissions",
    "auth.User_groups",
    "auth.User_user_permissions",
    "captures.Capture",
    "captures.FixityEvent",
    "authorities.AuthorityRecord",
    "authorities.Name",
    "authorities.Post",
    "authorities.Relation",
    "authorities.Merge",
    "authorities.Split",
    "articles.Article",
    "articles.AccessPoint",
    "articles.Mention",
    "meetings.Meeting",
    "meetings.MeetingParty",
    "meetings.MeetingReport",
    "collections.Collection",
    "collections.CollectedArticle",
    "curation.CurationEvent",
    "curation.Mistake",
    "curation.UnknownName",
    "curation.CutLine",
    "intake.Accession",
    "intake.AccessionItem",
    "intake.WatchedFeed",
    "intake.Trace",
    "intake.Bucket",
    "intake.Version",
    "intake.Pair",
    _STORY,
    "stories.Band",
    "stories.Link",
    "stories.Decision",
    "shelf.Shelf",
    "about.ArchiveDescription",
    "admin.LogEntry",
)
LEFT_OUT: Final = {
    "otp_totp.TOTPDevice": "secrets: keys of one-time codes",
    "otp_static.StaticDevice": "secrets: recovery codes",
    "otp_static.StaticToken": "secrets: recovery codes",
    "sessions.Session": "secrets: who is signed in",
    "config.RequestCount": "traces of readers, to be forgotten within minutes",
    "config.StaffSignIn": "who signed in to this installation",
    "axes.AccessAttempt": "wrong passwords of the last hours",
    "axes.AccessAttemptExpiration": "wrong passwords of the last hours",
    "axes.AccessFailureLog": "wrong passwords of the last hours",
    "axes.AccessLog": "wrong passwords of the last hours",
    "curation.UnknownMention": "read anew from the texts",
    "curation.Sender": "traces of readers, to be forgotten within the hour",
    "alerts.Follower": "mail addresses of readers, who gave them to this installation",
    "alerts.Alert": "what readers follow by mail at this installation",
    "alerts.Letter": "letters of this installation to readers",
    "alerts.Asking": "traces of readers, to be forgotten within a day",
    "alerts.ClosedAddress": "traces of readers, to be forgotten within a year",
    "work.Job": "work of this installation; what it decided stands in the curation events",
    "django_tasks_database.DBTaskResult": "work of this installation",
    "authorities.Revision": "tags of kept pages of this installation",
    "authorities.Tally": "counted again from what is there",
    "meetings.MeetingReading": "which reports were read for meetings; they are read again",
    "webhooks.Webhook": "programs that this installation tells; their secrets are made of its key",
    "webhooks.WebhookChange": "what these programs are still to be told",
    "webhooks.WebhookMember": "what these programs were told",
    "webhooks.WebhookDelivery": "how that went",
    "search.DraftChange": "what the index of drafts has not taken in yet; it is made anew",
    "search.IndexChange": "what the index has not taken in yet; the index is made anew",
    "auth.Permission": "made with the tables, told by name",
    "contenttypes.ContentType": "made with the tables, told by name",
}
MADE_WITH_TABLES: Final = ("auth.Group_permissions", "auth.Group")  # by migrations: an empty archive has them, too
FIELDS_LEFT_OUT: Final = {"auth.User": ("password", "last_login"), "curation.CurationEvent": ("job",)}


def exported() -> Iterator[type[Model]]:
    """The models whose rows travel."""
    return map(model_of, EXPORTED)


def model_of(label: str) -> type[Model]:
    """A model by its label, also one that only joins two others: `auth.User_groups`."""
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.label == label)


def fields(model: type[Model]) -> list[Field[Any, Any]]:
    """The fields that travel, in the order in which they are declared."""
    left_out = FIELDS_LEFT_OUT.get(model._meta.label, ())
    return [field for field in model._meta.concrete_fields if field.name not in left_out]


def rows(model: type[Model]) -> QuerySet[Any]:
    """The rows that travel: all but those of readers, whose accounts and shelves are their own."""
    held = model._base_manager.order_by("pk")
    label = model._meta.label
    if label == settings.AUTH_USER_MODEL:
        return held.filter(_who_decides())
    if label in ("auth.User_groups", "auth.User_user_permissions"):
        return held.filter(user__in=rows(model_of(settings.AUTH_USER_MODEL)))
    return held.filter(reader__is_staff=True) if label == "shelf.Shelf" else held


def _who_decides() -> Q:
    """Staff, and whoever else is named by a record."""
    found = Q(is_staff=True)
    for model in exported():
        if not model._meta.label.startswith(("auth.", "shelf.")):
            for field in model._meta.concrete_fields:
                if field.related_model is model_of(settings.AUTH_USER_MODEL):
                    named = model._base_manager.filter(**{f"{field.name}__isnull": False})
                    found |= Q(pk__in=named.values(field.attname))
    return found
