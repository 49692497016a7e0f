"""Answering a search request: understand it, ask the engine, fold the stories, mark what answers, frame the page.

`results_page` is what the results page shows. Whoever wants less takes it in steps: `ask` or `ask_strictly` for the
answer of the engine, `framed` for all that stands around a list, `articles` for the plain articles of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from archive.articles.models import Article
from archive.articles.reading import listed
from archive.articles.rights import Audience, shown
from archive.authorities.directory import Directory, directory
from archive.authorities.models import Kind
from archive.pages.bounds import check_time
from archive.pages.interface import reader_language
from search.analysis.collation import collation_key
from search.answer.facets import archive_counts, by_countries, chosen_dates, counts_of, facets, region_unions
from search.answer.facets import facet as facet_of
from search.answer.marking import Marker, needed, words_recalled
from search.answer.story_folding import FoldedPage, Scored, fold
from search.dates.buckets import around
from search.dates.ranges import read_range
from search.engine import engine
from search.engine.protocol import Answer, Question
from search.question.address import last_page, url
from search.question.any_of_the_words import ENOUGH, relaxed
from search.question.notices import noticed, read_as, sentences
from search.question.understanding import Understood, understand
from search.request import FACETS, UNDATED, UNKNOWN, SearchRequest
from search.results import FacetValue, FoldedStory, Hit, ResultPage, Suggestion, Undated
from search.suggest.correction import corrections
from search.tree import Node


@dataclass(frozen=True, slots=True)
class Answered:
    """A request, what was understood of it, what the engine was asked for, and what it answered.

    `strict` counts the articles that have all that was asked; of a relaxed answer none has.
    """

    request: SearchRequest
    names: Directory
    understood: Understood
    question: Question
    answer: Answer
    strict: int

    @property
    def is_relaxed(self) -> bool:
        return self.answer.total > self.strict


def results_page(request: SearchRequest, size: int = 0) -> ResultPage:
    """One page of results; SearchUnavailable when the index cannot answer. A fixed number of database queries.

    Little found is helped on: plain words of which no article has all are asked again, any of them in place of all,
    and another spelling that finds more is offered.
    """
    size = size or request.size or settings.SEARCH_PAGE_SIZE
    if request.fold:
        asked, folded = _folded(request, size)
        hits, entries = _hits(asked, folded.leading, folded.stories), folded.entries
    else:
        asked = ask(request, (request.page - 1) * size, size)
        hits, entries = _hits(asked, asked.answer.found), 0
    page = framed(asked, size)
    return replace(page, hits=hits, entries=entries, did_you_mean=_did_you_mean(asked), second=_second(asked))


def ask(request: SearchRequest, start: int = 0, size: int = 1, *, counted: bool = True) -> Answered:
    """One slice of what answers a request, relaxed where nothing has all of its words; with counts, if wanted."""
    asked = ask_strictly(request, start, size, counted=counted)
    tree = relaxed(asked.understood.tree) if not asked.strict and asked.understood.may_relax else None
    if tree is None:
        return asked
    question = replace(asked.question, tree=tree)
    understood = replace(asked.understood, tree=tree)
    return replace(asked, understood=understood, question=question, answer=engine().search(question))


def ask_strictly(
    request: SearchRequest, start: int = 0, size: int = 1, beyond: int | None = None, *, counted: bool = True
) -> Answered:
    """One slice of what has all that a request asks for, and no less; with the counts of facets and days, if wanted.

    `beyond` is the `end` of an earlier answer in an order by date: the slice begins behind it.
    """
    names = directory()
    understood = understand(request, names)
    asked = question_of(request, understood.tree, start, size)
    question = replace(
        asked, by_facet=counted, by_day=counted, unions=region_unions() if counted else (), beyond=beyond
    )
    answer = engine().search(question)
    return Answered(request, names, understood, question, answer, answer.total)


def question_of(request: SearchRequest, tree: Node, start: int = 0, size: int = 1) -> Question:
    """What the engine is asked for a tree in the order of a request, under all that narrows it; without counts."""
    days = read_range(request.since, request.until)
    return Question(
        tree,
        by_countries(request.filters),
        request.order,
        start,
        size,
        names=request.names,
        by_facet=False,
        excluded=by_countries(request.excluded),
        since=days.since,
        until=days.until,
        sources=_sources() if request.order == "source" else (),
    )


def _sources() -> tuple[str, ...]:
    """The sources of the archive by what they are called in the reader's language."""
    label, language = directory().label, reader_language()
    counts = archive_counts(engine().state().generation)["source"]
    return tuple(
        sorted(counts, key=lambda slug: (slug == UNKNOWN, collation_key(label(Kind.SOURCE, slug, language), language)))
    )


def framed(asked: Answered, size: int) -> ResultPage:
    """All that stands around the hits of a page, without them: counts, facets, what was searched for and how."""
    request, answer, parsed = asked.request, asked.answer, asked.understood.parsed
    return ResultPage(
        request=request,
        total=answer.total,
        relaxed=asked.is_relaxed,
        archive_total=answer.archive_total,
        hits=(),
        facets=(*chosen_dates(request, answer.total), *facets(request, answer, asked.names)),
        page_size=size,
        expansions=asked.understood.expansions,
        notices=tuple(sentences(request, parsed)),
        noticed=noticed(parsed) if parsed.notices else None,
        read_as=read_as(request, parsed) if parsed.notices else None,
        refused=parsed.refused,
        not_shown=_not_shown(asked),
        days=_days(asked),
        undated=answer.counts.get("year", {}).get(UNDATED, 0),
    )


def chosen_values(asked: Answered) -> list[FacetValue]:
    """What is chosen or excluded, in the order of the panel, without the facets that it stands in."""
    request = asked.request
    narrowed = [name for name in FACETS if request.chosen(name) or request.left_out(name)]
    panel = [facet_of(request, name, counts_of(asked.answer, name), {}, asked.names) for name in narrowed]
    return [value for one in (*chosen_dates(request, asked.answer.total), *panel) for value in one.chosen]


def _folded(request: SearchRequest, size: int) -> tuple[Answered, FoldedPage]:
    """The answer with the reports of one story in one entry, and the entries of the wanted page."""
    wanted, as_found = last_page(size) * size, request.order == "source"
    asked = ask(request, 0, wanted)
    folded = fold(asked.answer, request.page, size, asked.names, as_found=as_found)
    while folded.entries < wanted and len(asked.answer.found) < asked.answer.total:
        asked = ask(request, 0, 2 * len(asked.answer.found))
        folded = fold(asked.answer, request.page, size, asked.names, as_found=as_found)
    return asked, folded


def _days(asked: Answered) -> Mapping[int, int]:
    """How many articles the days have; of a single day its neighbours too, so that it can be seen among them."""
    question = asked.question
    if question.since is None or question.since != question.until:
        return asked.answer.days
    since, until = around(question.since)
    answer = engine().search(replace(question, since=since, until=until, start=0, size=0))
    return answer.days


def _not_shown(asked: Answered) -> Undated | None:
    """The undated articles that answer the question but for its choice of dates; None without one that can be read."""
    request, days = asked.request, asked.question
    alone = request.undated_alone()
    if alone is None or not (request.chosen("year") or request.chosen("month") or days.since or days.until):
        return None
    answer = engine().search(question_of(alone, asked.understood.tree))
    return Undated(answer.total, url(alone)) if answer.total else None


def _second(asked: Answered) -> tuple[Hit, ...]:
    """Behind a first page of few that have all the words, the best of those that have some, up to `ENOUGH` in all."""
    few = 0 < asked.strict < ENOUGH and asked.request.page == 1 and asked.request.order == "relevance"
    tree = relaxed(asked.understood.tree) if few and not asked.is_relaxed and asked.understood.may_relax else None
    if tree is None:
        return ()
    answer = engine().search(question_of(asked.request, tree, size=ENOUGH))
    first = {identifier for identifier, _score in asked.answer.found}
    others = [found for found in answer.found if found[0] not in first][: ENOUGH - asked.strict]
    return _hits(replace(asked, understood=replace(asked.understood, tree=tree)), others)


def _did_you_mean(asked: Answered) -> Suggestion | None:
    """A query in another spelling that finds more, for a first page with little on it."""
    for text in corrections(asked.understood.parsed, asked.strict) if asked.request.page == 1 else ():
        request = replace(asked.request, q=text.text)
        answer = engine().search(question_of(request, understand(request, asked.names).tree))
        if answer.total > asked.strict:
            return Suggestion(text, url(request))
    return None


def _hits(
    asked: Answered, found: Sequence[Scored], stories: Mapping[str, FoldedStory] | None = None
) -> tuple[Hit, ...]:
    """The found articles with their marked text; an article that left the public since the last commit is left out."""
    tree, stories = asked.understood.tree, stories or {}
    wanted = Article.objects.carded().prefetch_related(*needed(tree))
    public = wanted.filter(identifier__in=[identifier for identifier, _score in found]).still_published()
    held = {article.identifier: article for article in listed(public, reader_language())}
    marker = Marker(tree, names=asked.request.names)
    hits = []
    with words_recalled():
        for identifier, score in found:
            if identifier in held:
                check_time()
                article = shown(held[identifier], Audience.PAGE, asked.names)
                marked = marker.highlight(article)
                story = stories.get(identifier)
                hits.append(Hit(article, marked.title, marked.fragment, score, marked.weak, story))
    return tuple(hits)


def articles(asked: Answered) -> list[Article]:
    """The found articles, whole and with nothing marked in them, in the order of the answer; one query."""
    found = [identifier for identifier, _score in asked.answer.found]
    held = Article.objects.carded().still_published().in_bulk(found, field_name="identifier")
    return [held[identifier] for identifier in found if identifier in held]
