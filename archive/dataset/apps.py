"""Datasets: dumps of what readers may see, for programs."""

from django.apps import AppConfig


class DatasetConfig(AppConfig):
    name = "archive.dataset"
    label = "dataset"

    def ready(self) -> None:
        from archive.dataset import dumping
        from archive.work.clock import every
        from archive.work.kinds import JobKind, register

        register(JobKind(dumping.DUMP, dumping.LABEL, dumping.step))
        every(dumping.LOOKED_FOR_SECONDS, dumping.DUMP, dumping.begin_due)
