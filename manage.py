#!/usr/bin/env python
"""Django's command line for Diwan; `python manage.py help` lists the archive's own commands first."""

import errno
import os
import sys

NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
MAKE_AN_ARCHIVE = {"import_archive", "prepare", "restore"}  # commands that may be the first ones in a state folder


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed here. Run `make run` or `make test`, which set everything up."
        ) from error
    try:
        if MAKE_AN_ARCHIVE.intersection(sys.argv[1:2]):
            from config import secret_key

            secret_key.provide()
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error
    except OSError as error:
        if error.errno not in NO_SPACE:
            raise
        raise SystemExit(f"{error.strerror}: {error.filename or 'the disk is full'}") from error


if __name__ == "__main__":
    main()
