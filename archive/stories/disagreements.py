"""Where two reports of one event disagree, in the reader's words; only what both state can differ."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from archive.articles.models import Article, Field, Precision
from archive.authorities.directory import Directory
from archive.authorities.models import Kind, Post
from archive.authorities.recognition.posts import title_of_role
from archive.authorities.recognition.recognition import describe_officials
from archive.pages.interface import reader_calendar
from archive.pages.shown import in_calendar, localdigits
from archive.stories.comparing import ClueSpan, Comparison, different_counts
from archive.text.languages import reading_language
from search.analysis import fold
from search.terms import terms

EXACT = {Precision.DAY, Precision.MINUTE}
ALSO_RANKS = {"emir"}  # «الأمير» before a name is a prince as often, who may hold any post beside


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What is told differently, as the first and as the second report tell it; `quoted` when it is their own words."""

    what: str
    one: str
    other: str
    quoted: bool = False


def disagreements(
    one: Article, other: Article, compared: Comparison, names: Directory, language: str, *, is_one_event: bool
) -> list[Disagreement]:
    """Dates, rounds, numbers of killed and wounded, posts of officials, and their spelling within one language.

    What differs between reports of different events is no disagreement, the spelling of a name excepted.
    """
    if not is_one_event:
        return _spellings(one, other, compared, names, language)
    labels = {"killed": gettext("Killed"), "wounded": gettext("Wounded")}
    counts = different_counts(one, other)
    return [
        *_dates(one, other),
        *_rounds(compared),
        *(Disagreement(labels[what], localdigits(mine), localdigits(theirs)) for what, mine, theirs in counts),
        *_posts(one, other, names, language),
        *_spellings(one, other, compared, names, language),
    ]


def _dates(one: Article, other: Article) -> list[Disagreement]:
    if not one.dated_on or not other.dated_on or one.dated_on == other.dated_on:
        return []
    if not {one.date_precision, other.date_precision} <= EXACT:
        return []
    calendar = reader_calendar()
    return [Disagreement(gettext("Date"), in_calendar(one.dated_on, calendar), in_calendar(other.dated_on, calendar))]


def _rounds(compared: Comparison) -> list[Disagreement]:
    mine, theirs = (
        {int(span.clue.partition(":")[2]) for span in spans if span.clue.startswith("round:")}
        for spans in (compared.one, compared.other)
    )
    if len(mine) == len(theirs) == 1 and mine != theirs:
        return [Disagreement(gettext("Round"), localdigits(min(mine)), localdigits(min(theirs)))]
    return []


def _posts(one: Article, other: Article, names: Directory, language: str) -> list[Disagreement]:
    """The post that each report gives to an official beside the name, where none is given by both."""
    mine, theirs = (_roles(article, names) for article in (one, other))
    slugs = [slug for slug in mine if slug in theirs and not mine[slug] & theirs[slug]]
    titles = _titles(set().union(*(mine[slug] | theirs[slug] for slug in slugs)), slugs, language)
    return [
        Disagreement(
            gettext("Post of %(name)s") % {"name": names.label(Kind.OFFICIAL, slug, language)},
            _labelled(mine[slug], titles, language),
            _labelled(theirs[slug], titles, language),
        )
        for slug in slugs
    ]


def _roles(article: Article, names: Directory) -> dict[str, set[str]]:
    language = reading_language(article.language)
    roles: dict[str, set[str]] = {}
    for mention, described in describe_officials(f"{article.title}\n\n{article.body}", language, names.gazetteer):
        if described.from_text and described.role and described.role not in ALSO_RANKS:
            roles.setdefault(mention.record, set()).add(described.role)
    return roles


def _titles(roles: set[str], slugs: list[str], language: str) -> dict[str, str]:
    """What roles that the glossary does not name are called: as these officials held them, else as texts say it."""
    others = [role for role in roles if role.replace("_", "-") not in terms().concepts]
    held = Post.objects.filter(record__kind=Kind.OFFICIAL, record__slug__in=slugs, role__in=others) if others else ()
    return {role: title_of_role(role, language) for role in others} | {post.role: post.title(language) for post in held}


def _labelled(roles: set[str], titles: dict[str, str], language: str) -> str:
    """The roles by the term of the glossary, else by the title that `_titles` found."""
    concepts = terms().concepts
    known = ((role, concepts.get(role.replace("_", "-"))) for role in sorted(roles))
    return " · ".join(concept.label(language) if concept else titles[role] for role, concept in known)


def _spellings(
    one: Article, other: Article, compared: Comparison, names: Directory, language: str
) -> list[Disagreement]:
    """Full names of one official that two reports in one language spell otherwise than by signs and letter forms."""
    if one.language != other.language:
        return []
    mine, theirs = _full_names(one, compared.one), _full_names(other, compared.other)
    return [
        Disagreement(
            gettext("Spelling of %(name)s") % {"name": names.label(Kind.OFFICIAL, slug, language)},
            mine[slug],
            theirs[slug],
            quoted=True,
        )
        for slug in mine
        if slug in theirs and fold(mine[slug]) != fold(theirs[slug])
    ]


def _full_names(article: Article, spans: tuple[ClueSpan, ...]) -> dict[str, str]:
    """By official the first mention of two words or more, as written."""
    found: dict[str, str] = {}
    for span in spans:
        kind, _colon, slug = span.clue.partition(":")
        written = (article.title if span.field == Field.TITLE else article.body)[span.start : span.end]
        if kind == Kind.OFFICIAL and " " in written:
            found.setdefault(slug, written)
    return found
