"""What must hold of the settings for the search to be trusted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def haystack_must_not_fail_silently(**_kwargs: Any) -> list[Error]:
    """Haystack swallows errors of the engine unless told not to; a reader would take a failure for "no results"."""
    silent = [name for name, options in settings.HAYSTACK_CONNECTIONS.items() if options.get("SILENTLY_FAIL", True)]
    return [
        Error(f"HAYSTACK_CONNECTIONS[{name!r}] fails silently.", hint='Set "SILENTLY_FAIL": False.', id="search.E001")
        for name in silent
    ]
