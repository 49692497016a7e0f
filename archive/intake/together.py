"""The items of one transaction: what there is of them is asked once, what new articles have is written once.

Both cost a statement for many items instead of several for each. To be made in the transaction that writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.contrib.auth.models import User

from archive.articles.description import link
from archive.articles.models import Article
from archive.captures.models import Capture
from archive.curation.actions import remember_intake
from archive.intake.readings import Read

IDENTIFIER_LENGTH: Final = 12


class TakenTogether:
    """Items by their digests, and the new articles that were made of them but for access points and events."""

    def __init__(self, digests: Iterable[str]) -> None:
        wanted = set(digests)
        held = Capture.objects.filter(payload_digest__in=wanted).values_list("payload_digest", flat=True)
        self._new = wanted.difference(held)
        starts = {digest[:IDENTIFIER_LENGTH] for digest in wanted}
        self._taken = set(Article.objects.filter(identifier__in=starts).values_list("identifier", flat=True))
        self._added: list[tuple[Article, Read]] = []

    def is_new(self, digest: str) -> bool:
        """Whether no capture has these bytes."""
        return digest in self._new

    def takes(self, digest: str) -> bool:
        """The same, and that one has them from now on."""
        is_new = digest in self._new
        self._new.discard(digest)
        return is_new

    def identifier(self, digest: str) -> str:
        """The first twelve digits of a digest, more where another article has them already."""
        length = IDENTIFIER_LENGTH
        if digest[:length] in self._taken:
            while Article.objects.filter(identifier=digest[:length]).exists():
                length += 1
        self._taken.add(digest[:IDENTIFIER_LENGTH])
        return digest[:length]

    def add(self, article: Article, found: Read) -> None:
        """Take a new article, which `write` gives the rest."""
        self._added.append((article, found))

    def write(self, by: User | None) -> None:
        """Give the new articles their access points, and remember what each was made of."""
        link([(article, found.mentions) for article, found in self._added])
        remember_intake(((article, found.item.name) for article, found in self._added), by)
        self._added.clear()
