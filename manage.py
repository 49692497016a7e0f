#!/usr/bin/env python
"""Django's command line for Diwan; `python manage.py help` lists the archive's own commands first."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed here. Run `make run` or `make test`, which set everything up."
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
