"""What an exported archive says of itself: its format, and of every model its rows, fields and what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Field, Model
from django.utils.translation import override

from archive.exchange.kept import exported, fields, model_of

FORMAT: Final = 1
TYPES: Final = (  # of Django's fields, the first that fits
    ("DateTimeField", "instant"),
    ("DateField", "day"),
    ("BooleanField", "true or false"),
    ("FloatField", "number"),
    ("JSONField", "JSON"),
    ("BinaryField", "bytes"),
    ("IntegerField", "whole number"),
    ("CharField", "text"),
    ("TextField", "text"),
)
BY_NAME: Final = ("contenttypes.ContentType", "auth.Permission")


def described(counts: dict[str, int], lost: Iterable[str]) -> dict[str, Any]:
    """The content of `archive.json`."""
    models = {label: {"rows": count, "fields": dictionary(model_of(label))} for label, count in counts.items()}
    return {"format": FORMAT, "models": models, "lost": list(lost)}


def dictionary(model: type[Model]) -> dict[str, dict[str, str]]:
    """The fields of a model by their names: of what type they are, and what they mean, in English."""
    with override("en"):
        return {field.name: {"type": type_of(field), "meaning": _meaning(field)} for field in fields(model)}


def type_of(field: Field[Any, Any]) -> str:
    """`text`, `instant`, …; `key of articles.Article` where it names a row of another model."""
    if field.related_model:
        label = field.related_model._meta.label  # type: ignore[union-attr]
        return f"name of {label}" if label in BY_NAME else f"key of {label}"
    if field.primary_key:
        return "key"
    classes = {one.__name__ for one in type(field).__mro__}
    return next(told for name, told in TYPES if name in classes)


def _meaning(field: Field[Any, Any]) -> str:
    told = f"{field.verbose_name}; {field.help_text}" if field.help_text else str(field.verbose_name)
    codes = ", ".join(f"`{code}`" for code, _label in field.flatchoices if code != "")
    return f"{told}: {codes}" if codes else told


def tables() -> str:
    """The data dictionary in Markdown, as docs/archive-format.md has it."""
    return "\n".join(_table(model) for model in exported())


def _table(model: type[Model]) -> str:
    lines = [f"### {model._meta.label}", "", "| field | type | meaning |", "| --- | --- | --- |"]
    for name, told in dictionary(model).items():
        meaning = told["meaning"].replace("|", "\\|")
        lines.append(f"| `{name}` | {told['type']} | {meaning} |")
    return "\n".join([*lines, ""])
