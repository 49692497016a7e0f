"""A feed of the meetings that curators confirmed, all or those of one country or of two, the last decided first."""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.articles.models import GUID_NAMESPACE
from archive.articles.rights import Audience
from archive.authorities.directory import directory
from archive.authorities.models import Kind
from archive.meetings.models import Meeting
from archive.pages.interface import reader_language
from archive.text.xml import legal
from search.browse.meetings import ShownMeeting, dressed
from search.browse.state import revalidated
from search.feeds.formats import FORMATS, content, sent
from search.question.address import IDENTIFIER, present

MOST_COUNTRIES: Final = 2


@require_safe
@revalidated
def feed_of_meetings(request: HttpRequest, form: str) -> HttpResponse:
    asked = (slug for slug in request.GET.getlist("country") if IDENTIFIER.fullmatch(slug))
    slugs = present(Kind.COUNTRY, asked)[:MOST_COUNTRIES]
    found = Meeting.objects.public().of(*slugs).order_by("-updated_at", "-pk")[: settings.FEED_SIZE]
    names, language = directory(), reader_language()
    called = " × ".join(names.label(Kind.COUNTRY, slug, language) for slug in slugs)
    link = request.build_absolute_uri(reverse("browse:meetings"))
    feed = FORMATS[form](
        title=legal(" · ".join(filter(None, (gettext("Meetings"), called)))) + " – " + gettext("Diwan"),
        link=link,
        description=gettext("Meetings that reports of the archive tell, each confirmed by a curator"),
        language=language,
        feed_url=request.build_absolute_uri(),
        feed_guid=request.build_absolute_uri(),
    )
    for meeting in dressed(found, Audience.BULK):
        feed.add_item(
            title=legal(meeting.title),
            link=request.build_absolute_uri(meeting.held.get_absolute_url()),
            description=_description(meeting),
            unique_id=uuid.uuid5(GUID_NAMESPACE, f"meeting {meeting.held.identifier}").urn,
            unique_id_is_permalink=False,
            pubdate=meeting.held.updated_at,
            updateddate=meeting.held.updated_at,
            language=language,
            source_name="",
        )
    return sent(feed)


def _description(meeting: ShownMeeting) -> SafeString:
    """Each report by its title and the sentence that tells of the meeting, in its own language."""
    told = [
        content([one.article.title, *([one.quote.words.text] if one.quote else [])], one.article.language)
        for one in meeting.witnesses
    ]
    return mark_safe("".join(told))  # noqa: S308 - each part is escaped
