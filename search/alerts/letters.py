"""A letter as it is read: one sheet in the reader's language, written as plain text and as HTML, right to left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from archive.articles.models import Article
from archive.articles.reading import listed, shown_dates
from archive.articles.rights import Audience, shown
from archive.authorities.directory import directory
from archive.pages.shown import localnumber
from archive.text.languages import direction
from search.alerts.asking import DAYS_TO_CONFIRM, token_of
from search.alerts.models import Follower, Letter
from search.export.views import in_words
from search.question.address import read_request, url

MARKS: Final = {"rtl": "\u200f", "ltr": "\u200e"}  # of direction, behind what is perhaps of the other one
BEGINNING: Final = 200  # code points of a report's text


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A report: source and date are in the reader's language, the beginning of its text in its own."""

    title: str
    url: str
    language: str
    source: str
    date: str
    beginning: str

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class NewsOfSearch:
    title: str
    url: str
    items: tuple[NewsItem, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in a letter; `links` are sentences with an address each, `foot` the same in small."""

    subject: str
    language: str
    lead: tuple[str, ...]
    searches: tuple[NewsOfSearch, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    foot: tuple[tuple[str, str], ...] = ()

    @property
    def direction(self) -> str:
        return direction(self.language)


def message(letter: Letter) -> EmailMultiAlternatives | None:
    """The letter as a mail; None where nothing is left to tell: a search was ended, an article withdrawn."""
    is_news = letter.kind == Letter.Kind.NEWS
    language = letter.follower.language if is_news else letter.contents["language"]
    with translation.override(language):
        sheet = _news(letter, language) if is_news else _question(letter, language)
        html = render_to_string("alerts/letter.html", {"sheet": sheet}) if sheet else ""
    if sheet is None:
        return None
    ending = settings.SITE + reverse("alerts:mine", args=[letter.follower.key])
    headers = {
        "Message-ID": letter.message_id,
        "List-Unsubscribe": f"<{ending}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<alerts.{urlsplit(settings.SITE).hostname}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    mail = EmailMultiAlternatives(
        sheet.subject, text(sheet), settings.MAIL_FROM, [letter.follower.address], None, headers=headers
    )
    mail.attach_alternative(html, "text/html")
    return mail


def text(sheet: Sheet) -> str:
    """The sheet as plain text; in a language that is read from the right, each line says so, but for addresses."""
    return "\n".join(line if line.startswith("http") else _turned(line, sheet) for line in _lines(sheet)) + "\n"


def _turned(line: str, sheet: Sheet) -> str:
    return f"{MARKS['rtl']}{line}" if line and sheet.direction == "rtl" else line


def _lines(sheet: Sheet) -> Iterator[str]:
    for sentence in sheet.lead:
        yield from (sentence, "")
    for told, address in sheet.links:
        yield from (told, address, "")
    for search in sheet.searches:
        yield from (f"== {search.title} ==", search.url, "")
        for item in search.items:
            meta = f"{MARKS[sheet.direction]} · ".join(filter(None, (item.source, item.date)))
            yield from filter(None, (item.title, meta, item.beginning, item.url))
            yield ""
        if search.more:
            yield from (search.more, "")
    yield "--"
    for told, address in sheet.foot:
        yield from filter(None, (told, address))


def _question(letter: Letter, language: str) -> Sheet | None:
    """Do you want this mail? No word of the search stands here: anybody may have typed it."""
    if not letter.follower.alerts.filter(pk=letter.contents["alert"]).exists():
        return None
    yes = reverse("alerts:confirm", args=[token_of(letter.contents)])
    days = localnumber(DAYS_TO_CONFIRM)
    return Sheet(
        subject=gettext("Diwan: please confirm your mail address"),
        language=language,
        lead=(
            gettext(
                "Somebody asked that Diwan, the archive of diplomatic news, write to this address when a search finds "
                "new reports."
            ),
            gettext(
                "If it was you, open the link and confirm. If it was not, do nothing: the address is then forgotten "
                "after %(days)s days."
            )
            % {"days": days},
        ),
        links=((gettext("Confirm"), _whole(yes, language)),),
        foot=((gettext("No more of these letters to this address:"), _mine(letter.follower, language)),),
    )


def _news(letter: Letter, language: str) -> Sheet | None:
    alerts = letter.follower.alerts.filter(confirmed_at__isnull=False).in_bulk()
    told = [(alerts[key], total, names) for key, total, names in letter.contents["news"] if key in alerts]
    held = _articles({name for _alert, _total, names in told for name in names}, language)
    searches = []
    for alert, total, names in told:
        asked = read_request(QueryDict(alert.query))
        items = tuple(held[name] for name in names if name in held)
        words, more = in_words(asked) or gettext("The whole archive"), total - len(names)
        address = settings.SITE + (url(asked) if alert.query else reverse("search"))
        said = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": localnumber(more)} if more else ""
        if items:
            searches.append(NewsOfSearch(words, address, items, said))
    if not searches:
        return None
    shown_here = {item.url for search in searches for item in search.items}
    number = len(shown_here) + sum(total - len(names) for _alert, total, names in told)
    return Sheet(
        subject=ngettext("Diwan: %(n)s new report", "Diwan: %(n)s new reports", number) % {"n": localnumber(number)},
        language=language,
        lead=(gettext("New in the archive, for the searches that you follow:"),),
        searches=tuple(searches),
        foot=(
            (
                gettext("You asked for this mail. Choose what you follow, or stop all of it:"),
                _mine(letter.follower, language),
            ),
        ),
    )


def _articles(names: set[str], language: str) -> dict[str, NewsItem]:
    """The public ones of these articles, each with no more than its source allows to be given away."""
    public = Article.objects.carded().filter(identifier__in=names).still_published()
    return {article.identifier: _item(article, language) for article in listed(public, language)}


def _item(held: Article, language: str) -> NewsItem:
    article = shown(held, Audience.BULK, directory())
    source = held.source_label or held.source_as_printed  # type: ignore[attr-defined]
    paragraph = next(filter(None, article.paragraphs), "")
    return NewsItem(
        title=" ".join(held.title.split()),
        url=settings.SITE + held.get_absolute_url(),
        language=held.language,
        source=source,
        date=next((date["text"] for date in shown_dates(held)), ""),
        beginning=Truncator(" ".join(paragraph.split())).chars(BEGINNING),
    )


def _mine(follower: Follower, language: str) -> str:
    return _whole(reverse("alerts:mine", args=[follower.key]), language)


def _whole(path: str, language: str) -> str:
    """An address of this site as letters name it, whose page is in the language of the letter."""
    return f"{settings.SITE}{path}?ui={language}"
