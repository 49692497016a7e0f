"""What moved between two records, by a merge or a split, in words."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from archive.authorities.models import Name
from archive.curation.wording import NOTHING
from archive.pages.shown import apart, in_a_row, localnumber

_COUNTED: Final = {
    "points": _("access points"),
    "mentions": _("mentions"),
    "reports": _("reports"),
    "posts": _("posts"),
    "country_posts": _("posts"),
    "body_posts": _("posts"),
    "relations": _("relations"),
    "related": _("relations"),
    "merged": _("merges"),
}


def told_of(moved: dict[str, Any]) -> str:
    """«names: خلفوف، خلف‌اف · access points: 12»; keys of rows are told by what they are now."""
    names = moved.get("names", [])
    rows = names.get("moved", []) if isinstance(names, dict) else names
    texts = Name.objects.filter(pk__in=[key for key, _form in rows]).order_by("pk").values_list("text", flat=True)
    parts = [f"{_('names')}: {in_a_row(map(str, map(apart, texts)))}"] if texts else []
    counts: dict[str, int] = {}
    for name, label in _COUNTED.items():
        counts[str(label)] = counts.get(str(label), 0) + _number(moved.get(name))
    parts += [f"{label}: {localnumber(number)}" for label, number in counts.items() if number]
    return " · ".join(parts) or NOTHING


def _number(kept: Any) -> int:
    """How many rows a list names, or the lists of a part."""
    return sum(map(len, kept.values())) if isinstance(kept, dict) else len(kept or ())
