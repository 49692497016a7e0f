"""What a reader finds in a whole: items to take in, and what is set aside with the reason."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Any, Final

from archive.captures.plain_files import clean_name


def gettext_noop(sentence: str) -> str:
    """A sentence of a reason, marked for translators by this name; it is translated where it is shown."""
    return sentence


MEDIA_TYPES: Final = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "json": "application/json",
    "jsonl": "application/json",
    "csv": "text/csv",
    "eml": "message/rfc822",
    "mhtml": "multipart/related",
    "mht": "multipart/related",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not taken in: an English sentence to be translated as it stands, and what stands in it."""

    template: str
    parameters: Mapping[str, int | str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.parameters if self.parameters else self.template


@dataclass(frozen=True, slots=True)
class Stated:
    """What a giver says of an article, each word as given: «۱۲ مهر ۱۴۰۲», "Jawhara FM", "2019-06-03".

    `html` is in place of `body` where the text is markup; `tags` are what the giver sorts by.
    """

    title: str = ""
    kicker: str = ""
    body: str = ""
    html: str = ""
    date: str = ""
    date_as_printed: str = ""
    source: str = ""
    address: str = ""
    language: str = ""
    captured_at: str = ""
    identifier: str = ""
    tags: tuple[str, ...] = ()

    def under(self, nearer: Stated) -> Stated:
        """These words for all that `nearer` leaves open."""
        said = {name: getattr(nearer, name) for name in self.__slots__ if getattr(nearer, name)}
        return replace(self, **said)

    @property
    def has_text(self) -> bool:
        return bool(self.body or self.html)


@dataclass(frozen=True, slots=True)
class Http:
    """How a server answered when the page was fetched."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One article to be: `payload` is kept as evidence, and read as a page unless `page` or `stated` has the text.

    `name` is its place in the whole («news.zip/2021/a.html», "batch.csv:3"); `page` the page that stands in the payload
    (of an e-mail, of a web archive); `charset` what the giver declares; `captured_at` when the page was fetched;
    `read_by` the program that read the page's text from a picture.
    """

    name: str
    payload: bytes
    media_type: str = ""
    stated: Stated = Stated()
    page: bytes | None = None
    charset: str | None = None
    address: str = ""
    captured_at: datetime.datetime | None = None
    http: Http | None = None
    read_by: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """What is no article: named, counted, kept out. `refused` says that it should have been one."""

    name: str
    reason: Reason
    refused: bool = False


Found = Item | SetAside


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is read at most: bytes of an article, members of a bundle, and how many times its size it may unpack to."""

    item_bytes: int = 10 * 1024 * 1024
    members: int = 100_000
    ratio: int = 100


@dataclass(frozen=True, slots=True)
class Whole:
    """An open file to be read, and all that its readers need to know: `file` can be sought in.

    `columns` maps fields to names of columns as the giver maps them; `depth` counts the bundles around it.
    """

    file: IO[bytes]
    name: str
    bounds: Bounds = Bounds()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stated: Stated = Stated()
    depth: int = 0
    read_within: Callable[[Whole], Iterator[Found]] = lambda _whole: iter(())

    def inner(self, file: IO[bytes], name: str, **changes: Any) -> Whole:
        """A member of this bundle."""
        return replace(self, file=file, name=f"{self.name}/{clean_name(name)}", depth=self.depth + 1, **changes)

    def all_bytes(self) -> bytes | None:
        """The whole of a file that is one item, None where it is larger than an item may be."""
        payload = self.file.read(self.bounds.item_bytes + 1)
        return payload if len(payload) <= self.bounds.item_bytes else None


LOCKED: Final = gettext_noop("It is locked by a password.")
TOO_LARGE: Final = gettext_noop("It has more than the %(limit)d bytes that are read.")


def too_large(whole: Whole, name: str = "") -> SetAside:
    return SetAside(name or whole.name, Reason(TOO_LARGE, {"limit": whole.bounds.item_bytes}), refused=True)


def suffix(name: str) -> str:
    """The last part of a file's name: "html" of «خبر.HTML»; "" where it has none."""
    return name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""


def media_type(name: str) -> str:
    return MEDIA_TYPES.get(suffix(name), "text/plain")
