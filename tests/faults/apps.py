"""Posting lists also beside small segments."""

from django.apps import AppConfig


class SmallSegments(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from search.engine.whoosh.files import posting_lists_file

        posting_lists_file.FEWEST = 10
