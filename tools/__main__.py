"""`python -m tools NAME …`: a measuring command of this folder, as `manage.py` runs those of the archive."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django

COMMANDS = (
    "evaluate_meetings",
    "evaluate_pages",
    "evaluate_recognition",
    "evaluate_search",
    "evaluate_sound",
    "evaluate_stories",
)


def main(arguments: list[str]) -> None:
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        sys.exit(f"Name one of: {', '.join(COMMANDS)}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    import_module(f"tools.{name}").Command().run_from_argv(["python -m tools", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
