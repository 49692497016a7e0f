"""`manage.py authorities export|import FILE`: authority records as CSV or as SKOS in JSON-LD."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.authorities import exchanged, skos
from archive.authorities.exchanged import NotAFile
from archive.authorities.models import AuthorityRecord, Kind
from archive.curation.record_importing import take_in
from archive.curation.record_plan import planned, read_file
from archive.work.kinds import in_words
from archive.work.management.commands.work import see_through


class Command(BaseCommand):
    help = "Write authority records to a file (.csv or .jsonld), or take in such a file."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("way", choices=("export", "import"))
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--kind", choices=Kind.values, help="export: these alone")
        parser.add_argument(
            "--dry-run", action="store_true", help="import: tell what would become of it, write nothing"
        )

    def handle(self, *, way: str, file: Path, kind: str | None, dry_run: bool, **_options: Any) -> None:
        try:
            if way == "export":
                self._export(file, kind)
            else:
                self._import(file, dry_run=dry_run)
        except (OSError, NotAFile) as error:
            raise CommandError(f"{file}: {getattr(error, 'strerror', None) or error}") from error

    def _export(self, file: Path, kind: str | None) -> None:
        if file.suffix not in (".csv", ".jsonld"):
            raise CommandError("The name of the file ends with .csv or .jsonld.")
        write = exchanged.written if file.suffix == ".csv" else skos.written
        records = AuthorityRecord.objects.present()
        chosen = records.of_kind(kind) if kind else records
        with file.open("w", encoding="utf-8", newline="") as out:
            out.writelines(write(exchanged.told(chosen)))
        self.stdout.write(f"Written: {chosen.count()} records.")

    def _import(self, file: Path, *, dry_run: bool) -> None:
        plan = planned(read_file(file.read_bytes()), may_give_rights=True)
        for line, reason in plan.refused:
            self.stderr.write(f"refused   line {line}: {reason}")
        counts = f"{len(plan.new)} new, {len(plan.changed)} changed, {plan.unchanged} unchanged"
        self.stdout.write(f"Authority records: {counts}, {len(plan.refused)} refused.")
        if plan.planned and not dry_run:
            job = take_in(plan, None)
            see_through(job)
            told = ", ".join(f"{name}: {number}" for name, number in in_words(job.kind, job.outcome))
            self.stdout.write(f"Job {job.pk}: {told}")
