"""Payloads in a bucket of an object store that speaks S3: one object each, `ab/cdef…`, below a prefix.

What is written is read back and compared before the database may name it, what is read is compared with its digest: a
store, or what stands between, may give other bytes than it was given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from storages.backends.s3 import S3Storage
from urllib3.exceptions import HTTPError

from archive.captures.payloads import AT_ONCE, DIGEST, Payloads, PayloadsUnreachable

PATIENCE: Final = Config(
    connect_timeout=3,  # seconds, as the next
    read_timeout=20,
    retries={"total_max_attempts": 3, "mode": "standard"},
    max_pool_connections=AT_ONCE,
    s3={"addressing_style": "path"},
    signature_version="s3v4",
    request_checksum_calculation="when_required",  # not every store knows those of Amazon; ours is the digest
    response_checksum_validation="when_required",
)


class PatientS3Storage(S3Storage):
    """Django's storage of a bucket, which gives up within a time and starts no threads of its own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(client_config=PATIENCE, transfer_config=TransferConfig(use_threads=False), **options)


class PayloadBucket(Payloads):
    """Payloads in a storage of Django's; PayloadsUnreachable where it does not answer, or refuses."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def put(self, payload: bytes) -> str:
        digest = self.digest(payload)
        if not self.has(digest):
            self._write(digest, payload)
        return digest

    def get(self, digest: str) -> bytes:
        payload = self._read(digest)
        return payload if self.digest(payload) == digest else self._read(digest)  # damaged there, or on the way

    def has(self, digest: str) -> bool:
        with _reached():
            return bool(self._storage.exists(self._name(digest)))

    def present_digest(self, digest: str) -> str:
        return hashlib.sha256(self.get(digest)).hexdigest()

    def mend(self, payload: bytes) -> bool:
        digest = self.digest(payload)
        if self.is_intact(digest):
            return False
        self._write(digest, payload)
        return True

    def remove(self, digest: str) -> None:
        with _reached():
            self._storage.delete(self._name(digest))

    def digests(self) -> Iterator[str]:
        with _reached():
            folders, _files = self._storage.listdir("")
        for folder in sorted(folders):
            with _reached():
                _folders, names = self._storage.listdir(folder)
            yield from filter(DIGEST.fullmatch, (folder + name for name in sorted(names)))

    def _write(self, digest: str, payload: bytes) -> None:
        with _reached():
            self._storage.save(self._name(digest), ContentFile(payload))
        if self._read(digest) != payload:
            self.remove(digest)
            raise PayloadsUnreachable(f"The object store gave other bytes back than it was given for {digest}.")

    def _read(self, digest: str) -> bytes:
        try:
            with _reached(), self._storage.open(self._name(digest)) as file:
                return bytes(file.read())
        except FileNotFoundError:
            with _reached():
                self._storage.listdir(self.place(digest)[0])  # a bucket that is not there holds nothing, and refuses
            raise

    def _name(self, digest: str) -> str:
        return "/".join(self.place(digest))


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error, HTTPError) as error:
        raise PayloadsUnreachable(f"The object store of captures does not answer as it should: {error}") from error
