"""Who may do what at the desk: groups that a migration makes, each with what its work asks for and no more.

A reader has an account and no group, and sees nothing of the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy

EDITORS: Final = "Editors"
CURATORS: Final = "Curators"
ADMINISTRATORS: Final = "Administrators"
NAMES: Final[Mapping[str, Any]] = {
    EDITORS: gettext_lazy("Editors"),
    CURATORS: gettext_lazy("Curators"),
    ADMINISTRATORS: gettext_lazy("Administrators"),
}
May = Mapping[str, Mapping[str, tuple[str, ...]]]
_ALL: Final = ("view", "add", "change", "delete")

# By group, app and model; what is none of Django's four is declared by the model.
MAY: Final[Mapping[str, May]] = {
    EDITORS: {  # describe drafts
        "articles": {"article": ("view", "change"), "accesspoint": _ALL},
        "authorities": {"authorityrecord": ("view",), "name": ("view",), "post": ("view",), "relation": ("view",)},
        "captures": {"capture": ("view",), "fixityevent": ("view",)},
        "collections": {"collection": ("view",)},
        "curation": {"curationevent": ("view",), "mistake": ("view",)},
        "intake": {"accession": ("view",), "accessionitem": ("view",), "pair": ("view",)},
        "meetings": {"meeting": ("view",)},
    },
    CURATORS: {  # take in, publish, withdraw, and decide who is who
        "articles": {"article": ("view", "change", "publish"), "accesspoint": _ALL},
        "authorities": {
            "authorityrecord": ("view", "add", "change"),
            "name": _ALL,
            "post": _ALL,
            "relation": _ALL,
            "merge": ("view", "add"),
            "split": ("view", "add"),
        },
        "captures": {"capture": ("view", "change"), "fixityevent": ("view",)},
        "collections": {"collection": ("view", "add", "change"), "collectedarticle": _ALL},
        "curation": {"curationevent": ("view",), "mistake": ("view", "change")},
        "intake": {
            "accession": ("view", "add", "change"),
            "accessionitem": ("view", "change"),
            "pair": ("view", "change"),
            "watchedfeed": _ALL,
        },
        "meetings": {"meeting": ("view", "add", "change"), "meetingparty": _ALL, "meetingreport": _ALL},
    },
    ADMINISTRATORS: {  # people, sources, settings; what a court has erased
        "about": {"archivedescription": _ALL},
        "articles": {"article": ("view", "erase")},
        "auth": {"group": ("view",), "user": ("view", "add", "change")},
        "authorities": {
            "authorityrecord": ("view", "add", "change", "give_rights"),
            "name": _ALL,
            "post": ("view",),
            "relation": ("view",),
        },
        "captures": {"capture": ("view",), "fixityevent": ("view",)},
        "collections": {"collection": ("view",)},
        "curation": {"curationevent": ("view",), "mistake": ("view",)},
        "intake": {"accession": ("view",), "accessionitem": ("view",), "pair": ("view",), "watchedfeed": _ALL},
        "meetings": {"meeting": ("view",)},
        "webhooks": {"webhook": _ALL, "webhookdelivery": ("view",)},
    },
}


def role_in_words(name: str) -> str:
    """The name of a group in the reader's language; one that the archive did not make, as it is called."""
    return str(NAMES.get(name, name))


def role(name: str) -> Group:
    """The group of a role, made where it is not there: tests and imports empty the tables."""
    group, is_new = Group.objects.get_or_create(name=name)
    if is_new:
        group.permissions.set(_wanted(Permission.objects, MAY[name]))
    return group


def curators() -> Group:
    return role(CURATORS)


def lay(apps: Any, *, may: Mapping[str, May] = MAY, added: Mapping[str, May] | None = None) -> None:
    """For migrations: make the groups that are missing; those that are held are given what is `added`, no more."""
    there = {app.label for app in apps.get_app_configs()}  # a later migration lays what belongs to a later app
    for label in sorted({app for one in may.values() for app in one} & there):
        app = apps.get_app_config(label)
        app.models_module = True  # the permissions of an app are else made after all migrations
        create_permissions(app, apps=apps, verbosity=0)
        app.models_module = None
    groups, permissions = apps.get_model("auth", "Group").objects, apps.get_model("auth", "Permission").objects
    for name, wanted in may.items():
        group, is_new = groups.get_or_create(name=name)
        told = wanted if is_new else (added or {}).get(name, {})
        group.permissions.add(*_wanted(permissions, told))


def _wanted(permissions: Any, may: May) -> list[Any]:
    names = {
        (app, f"{verb}_{model}") for app, models in may.items() for model, verbs in models.items() for verb in verbs
    }
    held = permissions.filter(content_type__app_label__in=may).select_related("content_type")
    return [one for one in held if (one.content_type.app_label, one.codename) in names]
