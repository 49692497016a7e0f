"""What records are, and what the forms of their names are for; plain values, for recognition as well as for models."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    OFFICIAL = "official", _("official")
    COUNTRY = "country", _("country")
    BODY = "body", _("body")
    SOURCE = "source", _("source")
    TERM = "term", _("term")


class RelationKind(models.TextChoices):
    """What a record is to another one; told of the first, and the other way round on the page of the other."""

    PREDECESSOR = "predecessor", _("came after")
    PART = "part", _("is a part of")
    MEMBER = "member", _("is a member of")
    BROADER = "broader", _("is narrower than")


class Rights(models.TextChoices):
    """What of a source's reports is shown."""

    WHOLE = "whole", _("the whole text")
    EXCERPT = "excerpt", _("an excerpt")
    DESCRIPTION = "description", _("the description alone")


class FormStatus(models.TextChoices):
    AUTHORIZED = "authorized", _("authorized form")
    PARALLEL = "parallel", _("parallel form")
    VARIANT = "variant", _("variant form")


class NameUse(models.TextChoices):
    NAME = "name", _("name")
    OFFICIAL_NAME = "official_name", _("official name")
    SHORT = "short", _("short name")
    PRESS = "press", _("press spelling")
    SURNAME = "surname", _("surname alone")
    DEMONYM = "demonym", _("demonym or adjective")
    CAPITAL = "capital", _("capital for the government")
    MISSPELLING = "misspelling", _("misspelling")
    DOMAIN = "domain", _("web address")
    FEED = "feed", _("address of a feed")
    HIDDEN = "hidden", _("found, never shown")
    RETIRED = "retired", _("shown, found no more")
