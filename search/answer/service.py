"""Answering a search request: read the query, add names, ask the engine, and dress the answer for a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from archive.articles.models import Article
from archive.articles.reading import listed
from archive.authorities.directory import Directory, directory
from archive.pages.interface import reader_language
from archive.pages.shown import localdigits
from archive.text.html import isolated
from search.answer.archive_counts import archive_counts
from search.answer.facets import facets
from search.answer.marking import asks_records, highlight, merged
from search.answer.story_folding import Folded, fold, stories
from search.dates.buckets import around
from search.dates.notices import chosen_dates, date_notices
from search.dates.ranges import read_range
from search.engine import engine
from search.engine.protocol import Answer, Question
from search.question.address import MAX_PAGE, url
from search.question.any_of_the_words import ENOUGH, relaxed
from search.question.choice_notices import choice_notices
from search.question.expansion import Understood, expand
from search.request import UNDATED, SearchRequest
from search.results import Highlighted, Hit, ResultPage, Suggestion, Undated
from search.suggest.correction import correction
from search.syntax import NOTICE_MESSAGES, Notice, ParsedQuery, parse, to_text
from search.tree import Node, distributed

OPERATORS = {"AND", "OR", "NOT"}  # whoever types one means it: no second answer


def search(request: SearchRequest, page_size: int = 0, *, helping: bool = False, marked: bool = True) -> ResultPage:
    """One page of results; SearchUnavailable when the index cannot answer. A fixed number of database queries.

    With `helping`, as for a page and not for a feed, little found is helped on: plain words of which no article
    has all are asked again, any of them in place of all, and another spelling that finds more is offered. Without
    `marked` the hits are articles whose records are not at hand, whole and with nothing marked in them.
    """
    size = page_size or settings.SEARCH_PAGE_SIZE
    names = directory()
    folded = _folded(request, names, size) if helping and request.fold else None
    asked = folded[0] if folded else ask(request, names, (request.page - 1) * size, size, helping=helping)
    plain = () if folded else _hits(asked.answer, asked.understood, request.names) if marked else _bare(asked.answer)
    return replace(
        framed(request, asked, names, size),
        hits=_unfoldable(asked, folded[1], request, names) if folded else plain,
        entries=folded[1].entries if folded else 0,
        did_you_mean=_did_you_mean(request, asked.parsed, asked.strict, names) if helping else None,
        second=_second(request, asked) if helping and not asked.is_relaxed else (),
    )


def framed(request: SearchRequest, asked: Asked, names: Directory, size: int) -> ResultPage:
    """All that stands around the hits of a page, without them: counts, facets, what was searched for and how."""
    parsed, answer = asked.parsed, asked.answer
    return ResultPage(
        request=request,
        total=answer.total,
        relaxed=asked.is_relaxed,
        archive_total=answer.archive_total,
        hits=(),
        facets=(
            *chosen_dates(request, answer.total, url),
            *facets(request, answer.counts, archive_counts(answer.generation), names, url),
        ),
        page_size=size,
        expansions=asked.understood.expansions,
        notices=(
            *(_sentence(notice) for notice in parsed.notices),
            *date_notices(request, url),
            *choice_notices(request),
        ),
        noticed=_noticed(parsed),
        read_as=_read_as(request, parsed),
        refused=parsed.refused,
        not_shown=_undated(request, asked.understood),
        days=_days(asked) if asked.question.by_day else {},
        undated=answer.counts.get("year", {}).get(UNDATED, 0),
    )


def _folded(request: SearchRequest, names: Directory, size: int) -> tuple[Asked, Folded]:
    """The answer with the reports of one story in one entry, and the entries of the wanted page."""
    wanted = MAX_PAGE * size
    asked = ask(request, names, 0, wanted, helping=True)
    while True:
        folded = fold(asked.answer, request.page, size)
        if folded.entries >= wanted or len(asked.answer.found) >= asked.answer.total:
            return asked, folded
        asked = ask(request, names, 0, 2 * len(asked.answer.found), helping=True)


def _unfoldable(asked: Asked, folded: Folded, request: SearchRequest, names: Directory) -> tuple[Hit, ...]:
    """The articles that lead the entries of the page, each with the reports behind it."""
    hits = _hits(replace(asked.answer, found=folded.leading), asked.understood, request.names)
    behind = stories(folded, names)
    return tuple(replace(hit, story=behind.get(hit.article.identifier)) for hit in hits)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was read, understood and answered; `strict` counts what has all that was asked."""

    parsed: ParsedQuery
    understood: Understood
    question: Question
    answer: Answer
    strict: int

    @property
    def is_relaxed(self) -> bool:
        return self.answer.total > self.strict

    @property
    def may_relax(self) -> bool:
        return not OPERATORS & set(self.parsed.text.split())


def ask(request: SearchRequest, names: Directory, start: int, size: int, *, helping: bool = False) -> Asked:
    """The engine's answer to a request for one slice, without its articles; `helping` as in `search`."""
    parsed = parse(request.q)
    understood = expand(distributed(parsed.tree), names, with_names=request.names, language=reader_language())
    question = replace(question_of(request, understood.tree, request.order, start, size), by_day=helping)
    answer: Answer = engine().search(question)
    asked = Asked(parsed, understood, question, answer, answer.total)
    return _relaxed(asked) if helping and not asked.strict and asked.may_relax else asked


def question_of(
    request: SearchRequest, tree: Node, order: str = "relevance", start: int = 0, size: int = 1
) -> Question:
    """What the engine is asked for a tree under all that narrows a request."""
    days = read_range(request.since, request.until)
    return Question(
        tree,
        request.filters,
        order,
        start,
        size,
        names=request.names,
        excluded=request.excluded,
        since=days.since,
        until=days.until,
    )


def _days(asked: Asked) -> Mapping[int, int]:
    """How many articles the days have; of a single day its neighbours too, so that it can be seen among them."""
    question = asked.question
    if question.since is None or question.since != question.until:
        return asked.answer.days
    since, until = around(question.since)
    answer: Answer = engine().search(replace(question, since=since, until=until, start=0, size=0))
    return answer.days


def _relaxed(asked: Asked) -> Asked:
    """The second answer to words of which no article has all; the first one where the second finds nothing either."""
    tree = relaxed(asked.understood.tree)
    if tree is None:
        return asked
    question = replace(asked.question, tree=tree)
    answer: Answer = engine().search(question)
    return replace(asked, understood=replace(asked.understood, tree=tree), question=question, answer=answer)


def _second(request: SearchRequest, asked: Asked) -> tuple[Hit, ...]:
    """Behind a first page of few that have all the words, the best of those that have some, up to `ENOUGH` in all."""
    few = 0 < asked.strict < ENOUGH and request.page == 1 and request.order == "relevance"
    tree = relaxed(asked.understood.tree) if few and asked.may_relax else None
    if tree is None:
        return ()
    answer: Answer = engine().search(question_of(request, tree, size=ENOUGH))
    first = {identifier for identifier, _score in asked.answer.found}
    others = [found for found in answer.found if found[0] not in first][: ENOUGH - asked.strict]
    return _hits(replace(answer, found=tuple(others)), replace(asked.understood, tree=tree), request.names)


def _did_you_mean(request: SearchRequest, parsed: ParsedQuery, total: int, names: Directory) -> Suggestion | None:
    """A query in another spelling that finds more, for a first page with little on it."""

    def count(text: str) -> int:
        tree = expand(distributed(parse(text).tree), names, with_names=request.names, language=reader_language()).tree
        answer: Answer = engine().search(question_of(request, tree))
        return answer.total

    found = correction(parsed, total, count) if request.page == 1 else None
    return Suggestion(found, url(replace(request, q=found.text))) if found else None


def _undated(request: SearchRequest, understood: Understood) -> Undated | None:
    """The undated articles that answer the question but for its choice of dates; None without such a choice."""
    alone = request.undated_alone()
    if alone is None:
        return None
    answer: Answer = engine().search(question_of(alone, understood.tree))
    return Undated(answer.total, url(alone)) if answer.total else None


def _sentence(notice: Notice) -> SafeString:
    """The sentence in the reader's language; what was typed stands isolated in it, for it may run the other way."""
    shown = {
        name: localdigits(value) if isinstance(value, int) else isolated(value)
        for name, value in notice.parameters.items()
    }
    return mark_safe(escape(gettext(NOTICE_MESSAGES[notice.code])) % shown)  # noqa: S308 - all of it is escaped


def _noticed(parsed: ParsedQuery) -> Highlighted | None:
    """The query as typed with the parts marked that the notices speak of; None where they speak of all of it."""
    parts = merged((n.start, n.end) for n in parsed.notices if 0 < n.end - n.start < len(parsed.text.strip()))
    return Highlighted(parsed.text, tuple(parts)) if parts else None


def _read_as(request: SearchRequest, parsed: ParsedQuery) -> Suggestion | None:
    """The query as it was read, where that differs from what was typed."""
    text = to_text(parsed.tree) if parsed.notices and not parsed.refused else ""
    if not text or text == parsed.text.strip():
        return None
    return Suggestion(Highlighted(text), url(replace(request, q=text, page=1)))


def _hits(answer: Answer, understood: Understood, names: bool) -> tuple[Hit, ...]:
    """The found articles with their marked text; an article that left the public since the last commit is left out."""
    identifiers = [identifier for identifier, _score in answer.found]
    held = Article.objects.described().prefetch_related(*needed(understood))
    dressed = listed(held.filter(identifier__in=identifiers).still_published(), reader_language())
    articles = {article.identifier: article for article in dressed}
    return tuple(
        _hit(articles[identifier], understood.tree, score, names)
        for identifier, score in answer.found
        if identifier in articles
    )


def _bare(answer: Answer) -> tuple[Hit, ...]:
    """The found articles as they are; one query."""
    held = Article.objects.still_published().in_bulk([name for name, _score in answer.found], field_name="identifier")
    return tuple(
        Hit(held[name], Highlighted(held[name].title), Highlighted(""), score)
        for name, score in answer.found
        if name in held
    )


def needed(understood: Understood) -> tuple[str, ...]:
    """What marking asks of the database: the places of records and, where a post was asked, who is on file for it.

    Nothing where no record is asked: words are looked for in the text.
    """
    if not asks_records(understood.tree):
        return ()
    posts = ("access_points__record__posts__country", "access_points__record__posts__body")
    is_post = any(expansion.kind == "post" for expansion in understood.expansions)
    return ("access_points__mentions", *(posts if is_post else ()))


def _hit(article: Article, tree: Node, score: float, names: bool) -> Hit:
    marked = highlight(article, tree, names=names)
    return Hit(article, marked.title, marked.fragment, score, marked.weak)
