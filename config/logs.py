"""The log: one record a line, for people or as JSON for programs, each with the name of its request."""

from __future__ import annotations

from typing import Any, Final

from pythonjsonlogger.core import RESERVED_ATTRS

FORMS: Final = ("lines", "json")
_LINES: Final = {
    "()": "config.requests.OneLineFormatter",
    "format": "{asctime} {levelname} {name} {request_id} {message}",
    "style": "{",
}
# Django hands the request over with the record; what a reader asked for is written nowhere.
_JSON: Final = {
    "()": "pythonjsonlogger.json.JsonFormatter",
    "format": "asctime,levelname,name,request_id,message",
    "style": ",",
    "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger", "request_id": "request"},
    "reserved_attrs": [*RESERVED_ATTRS, "request", "taskName"],
}
_LEVELS: Final[dict[str, dict[str, Any]]] = {
    "axes": {"level": "ERROR"},  # what is worth a line, config.signing_in tells
    "django_tasks": {"level": "WARNING"},  # every turn of a job is a task; archive.work tells of jobs
    "django_tasks_db": {"level": "WARNING"},
    "mcp": {"level": "WARNING"},  # tells of every message
}


def configured(form: str, *, is_counting: bool = False) -> dict[str, Any]:
    """What `logging.config.dictConfig` takes, for one of the FORMS; as JSON also what gunicorn says of itself.

    Errors are counted where the archive `is_counting`.
    """
    names = ["console", "count"] if is_counting else ["console"]
    counting = {"count": {"class": "archive.telemetry.counters.CountingHandler"}} if is_counting else {}
    own = {"gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False}} if form == "json" else {}
    console = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": dict(_JSON if form == "json" else _LINES)},  # logging takes it apart
        "filters": {"request": {"()": "config.requests.RequestIdFilter"}},
        "handlers": counting | {"console": console},
        "root": {"handlers": names, "level": "INFO"},
        "loggers": _LEVELS | own,
    }
