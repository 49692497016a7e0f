"""`manage.py copy_captures [FROM]`: move captured bytes between the state folder and an object store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive.captures.payloads import Payloads, PayloadStore, side_by_side, store
from config import env


class Command(BaseCommand):
    help = (
        "Copy the captured bytes of a folder, or of the object store s3+https://…, to where DIWAN_CAPTURES names, each "
        "compared with its digest. What is there already stays; run it again after a stop. FROM stays as it is."
    )

    def add_arguments(self, parser: Any) -> None:
        folder = settings.CAPTURES_DIR
        parser.add_argument("source", nargs="?", default=str(folder), metavar="FROM", help=f"(default {folder})")

    def handle(self, *, source: str, **_options: Any) -> None:
        given, taken = _named(source), store()
        damaged, count = [], 0

        def copy(digest: str) -> tuple[str, bool]:
            payload = given.get(digest)
            is_whole = taken.digest(payload) == digest
            return digest, is_whole and bool(taken.mend(payload))

        try:
            for digest, is_new in tqdm(side_by_side(copy, given.digests()), unit=" payloads", disable=None):
                count += is_new
                if not is_new and not taken.has(digest):
                    damaged.append(digest)
        except OSError as error:
            raise CommandError(f"{error.strerror or error}; {count} payloads were copied, run it again.") from error
        self.stdout.write(f"{count} payloads copied, each with its digest.")
        if damaged:
            raise CommandError(f"Damaged where they lie, not copied: {', '.join(damaged)}")


def _named(source: str) -> Payloads:
    if "://" not in source:
        if not Path(source).is_dir():
            raise CommandError(f"{source} is no folder.")
        return PayloadStore(Path(source))
    from archive.captures.buckets import PayloadBucket

    try:
        return PayloadBucket(storages.create_storage(env.bucket_of(source)))
    except ValueError as error:
        raise CommandError(f"FROM is not understood; {error}.") from error
