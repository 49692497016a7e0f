"""A writer that reads all of the index every other second, as it does every four minutes."""

from django.apps import AppConfig


class FrequentRounds(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from search.management.commands import sync_index

        sync_index.CHECK_AFTER = 2.0
