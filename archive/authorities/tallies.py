"""How many public reports there are of what: kept as numbers, so that no page counts an archive.

Triggers of the database write them with every write to the tables that are counted, so that no way of writing can
forget it. What is counted, and by which triggers, is told by those who hold these tables (`archive.articles.tallying`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models.functions import Cast


class Tally(models.Model):
    """Of `what`, for instance `record`, and under `key`, for instance its primary key, there are so many: `number`.

    `last` is when one of these changed last, where that is kept; a number that fell to 0 stays.
    """

    what = models.CharField(max_length=10)
    key = models.CharField(max_length=40)
    number = models.BigIntegerField(default=0)
    last = models.DateTimeField(null=True)

    class Meta:
        app_label = "authorities"
        constraints = [models.UniqueConstraint(fields=["what", "key"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.key}: {self.number}"


def tallied(what: str, **narrowed: Any) -> Mapping[str, int]:
    """The numbers of all keys of which there are any; one query."""
    held = Tally.objects.filter(what=what, number__gt=0, **narrowed)
    return dict(held.order_by().values_list("key", "number"))


def of_each(what: str) -> models.QuerySet[Tally]:
    """For a subquery: the tally of each row of another table, whose primary key is the key."""
    return Tally.objects.filter(what=what, key=Cast(models.OuterRef("pk"), models.CharField()), number__gt=0)
