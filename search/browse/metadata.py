"""What the page of a record tells programs: schema.org, as JSON-LD."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from archive.articles.citing.metadata import json_ld, trail
from archive.authorities.models import AuthorityRecord, Kind
from search.browse.lists import PLURALS

TYPES: Final = {
    Kind.OFFICIAL: "Person",
    Kind.COUNTRY: "Country",
    Kind.BODY: "Organization",
    Kind.SOURCE: "NewsMediaOrganization",
}
LISTS: Final = {
    Kind.OFFICIAL: "browse:officials",
    Kind.COUNTRY: "browse:countries",
    Kind.BODY: "browse:bodies",
    Kind.SOURCE: "browse:sources",
}


def of_record(request: HttpRequest, record: AuthorityRecord, label: str) -> list[SafeString]:
    """The identity with every form of its name, and the way to its page."""
    whole = request.build_absolute_uri
    kind, address = Kind(record.kind), whole(record.get_absolute_url())
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES[kind],
        "@id": address,
        "url": address,
        "identifier": record.slug,
        "name": label,
        "alternateName": sorted({name.text for name in record.names.all()} - {label}),
    }
    if held := [address for _name, address in record.same_as]:
        told["sameAs"] = held
    way = [(gettext("Diwan"), whole("/")), (str(PLURALS[kind]), whole(reverse(LISTS[kind]))), (label, address)]
    return [mark_safe(json_ld(one)) for one in (told, trail(*way))]  # noqa: S308 - `<`, `>` and `&` are escaped
