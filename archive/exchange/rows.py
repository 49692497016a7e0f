"""A row of the database as plain values of JSON, and back: every field by its name, related rows by their keys.

Days and instants are ISO 8601, the latter in UTC; bytes are base64. What a database numbers as it is made (content
types, permissions) is told by name: `["articles", "article"]`, `["articles", "article", "change_article"]`.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, Model

from archive.exchange.kept import fields, rows

Row = dict[str, Any]
Names = dict[Any, dict[int, tuple[str, ...]]]
CHUNK: Final = 500  # rows in memory at a time


class NotARow(ValueError):
    """What cannot be a row of this model, in words for the operator."""


def read(model: type[Model]) -> Iterator[Row]:
    """The rows of a model that travel, by their keys."""
    own, names = fields(model), _names()
    found = rows(model).values_list(*(field.attname for field in own))
    for values in found.iterator(chunk_size=CHUNK):
        yield {field.name: _told(field, value, names) for field, value in zip(own, values, strict=True)}


def _told(field: Field[Any, Any], value: Any, names: Names) -> Any:
    if value is not None and field.related_model in names:
        return list(names[field.related_model][value])
    if isinstance(value, datetime.date):  # instants are of this type, too
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def write(model: type[Model], told: Iterable[Row]) -> int:
    """Put rows into an empty table as they are, with their keys and instants; how many there were."""
    own, count, rest = fields(model), 0, iter(told)
    more = _filled(model)
    keys = {named: {name: key for key, name in held.items()} for named, held in _names().items()}
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in [*own, *more])
    places = ", ".join(["%s"] * (len(own) + len(more)))
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of the schema
    while some := list(islice(rest, CHUNK)):
        given = [(*(_stored(field, row, keys) for field in own), *more.values()) for row in some]
        with connection.cursor() as cursor:
            cursor.executemany(statement, given)
        count += len(some)
    return count


def _stored(field: Field[Any, Any], row: Row, keys: dict[Any, dict[tuple[str, ...], int]]) -> Any:
    """The value of a field as the database takes it; NotARow where there is none."""
    try:
        value = row[field.name]
        if value is not None and field.related_model in keys:
            value = keys[field.related_model][tuple(value)]
        return field.get_db_prep_save(field.to_python(value), connection)
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise NotARow(f"{field.model._meta.label}, row {row.get('id')}: {field.name} cannot be read") from error


def _filled(model: type[Model]) -> dict[Field[Any, Any], Any]:
    """What stands in the fields that do not travel: a password that nobody has, nothing else."""
    left_out = [field for field in model._meta.concrete_fields if field not in fields(model)]
    return {field: make_password(None) if field.name == "password" else None for field in left_out}


def number_on(models: Iterable[type[Model]]) -> None:
    """Have the next rows numbered after those that were written with their keys (PostgreSQL has to be told)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def _names() -> Names:
    """Content types and permissions by their names, which are the same in every archive."""
    permissions = Permission.objects.values_list("pk", "content_type__app_label", "content_type__model", "codename")
    types = ContentType.objects.values_list("pk", "app_label", "model")
    return {
        ContentType: {key: tuple(name) for key, *name in types},
        Permission: {key: tuple(name) for key, *name in permissions},
    }
