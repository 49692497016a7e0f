"""The page that tells why an article was found, and the page that tells what becomes of a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.articles.models import Article, Field
from archive.articles.reading import listed
from archive.articles.rights import Audience, note, shown
from archive.articles.rules import mention_label
from archive.authorities.directory import directory
from archive.authorities.models import Kind
from archive.pages.bounds import heavy
from archive.pages.interface import reader_language
from search.analysis.stages import TokenStages
from search.analysis.stages import explain as explain_word
from search.engine import engine
from search.engine.protocol import SearchUnavailable
from search.explain.choices import choices
from search.explain.explanation import MOST_SHOWN, Key, Place, QueryPart, Subject, Way, context, explain, shares, ways
from search.explain.labels import KINDS, REASONS, fate_sentence, stem_sentence, via_sentence
from search.explain.subject import subject_of
from search.question.address import clean_query, read_request, url
from search.question.understanding import understand
from search.syntax import MAX_CHARACTERS
from search.terms import terms
from search.web.caching import revalidated


@require_safe
@revalidated
@heavy
def why(request: HttpRequest) -> HttpResponse:
    """`/explain/?q=…&article=…`: each part of the question with what answers it; a draft is not found."""
    asked = read_request(request.GET)
    held = Article.objects.published().described().prefetch_related("access_points__mentions")
    names = directory()
    article = shown(get_object_or_404(held, identifier=request.GET.get("article", "")), Audience.PAGE, names)
    understood = understand(asked, names)
    subject = subject_of(article)
    parts = explain(understood.tree, subject, names=asked.names)
    context = {
        "asked": asked,
        "article": listed([article], reader_language())[0],
        "parts": list(_parts(parts, subject, _shares(parts, article, asked.names))),
        "choices": list(choices(asked, article, names)),
        "note": note(article),
        "by_link_alone": _is_by_link_alone(parts),
        "results_url": url(asked),
        "refused": understood.parsed.refused,
    }
    return render(request, "search/explain.html", context, status=400 if understood.parsed.refused else 200)


@require_safe
@heavy
def word(request: HttpRequest) -> HttpResponse:
    """`/explain/word/?q=…`: every stage of every word; `lang` is `ar`, `fa` or neither."""
    text = clean_query(request.GET.get("q", ""))[:MAX_CHARACTERS]
    lang = request.GET.get("lang", "")
    lang = lang if lang in {"ar", "fa"} else ""
    context = {
        "text": text,
        "lang": lang,
        "tokens": [_stages(one) for one in explain_word(text, lang or None)],
        "languages": [
            {"code": code, "url": f"{reverse('explain-word')}?{urlencode({'q': text, 'lang': code})}"}
            for code in ("", "ar", "fa")
        ],
    }
    return render(request, "search/explain_word.html", context)


# What is shown


def _shares(parts: Iterable[QueryPart], article: Article, names: bool) -> list[int]:
    """Each part's percent of the scores of all; zeros where the index cannot be asked."""
    trees = [part.node for part in parts]
    try:
        return shares(engine().weigh(trees, article.identifier, names=names))
    except SearchUnavailable:
        return [0] * len(trees)


def _is_by_link_alone(parts: Iterable[QueryPart]) -> bool:
    found = [part for part in parts if part.is_found and not part.optional]
    return bool(found) and all(part.by_link_alone and part.asked for part in found)


def _parts(parts: Iterable[QueryPart], subject: Subject, percents: Iterable[int]) -> Iterator[dict[str, Any]]:
    for part, percent in zip(parts, percents, strict=True):
        links = [_link(key, places, subject) for key, places in part.links]
        yield {
            "part": part,
            "asked": part.asked or ", ".join(link["label"] for link in links) or gettext("the date"),
            "is_typed": bool(part.asked),
            "percent": percent,
            "ways": [_way(way, subject) for way in ways(part.places, subject.texts)],
            "links": links,
            "word_url": f"{reverse('explain-word')}?{urlencode({'q': part.asked})}" if part.asked else "",
        }


def _way(way: Way, subject: Subject) -> dict[str, Any]:
    return {
        "reason": way.reason,
        "label": mention_label(way.rule) if way.rule else str(REASONS[way.reason]),
        "via": via_sentence(way.reason, _label("concept", way.via) if way.reason == "term" else way.via),
        "written": way.written,
        "count": len(way.places),
        "places": [_place(place, subject) for place in way.places[:MOST_SHOWN]],
    }


def _place(place: Place, subject: Subject) -> dict[str, Any]:
    return {
        "field": Field(place.field).label,
        "first": place.start + 1,  # readers count from one
        "start": place.start,
        "end": place.end,
        "context": context(subject.texts[place.field], place),
    }


def _link(key: Key, places: Iterable[Place], subject: Subject) -> dict[str, Any]:
    kind, slug = key
    return {
        "kind": kind,
        "label": _label(kind, slug),
        "url": reverse(f"browse:{kind}", args=[slug]) if kind in Kind.values else "",
        "ways": [_way(way, subject) for way in ways(places, subject.texts)],
    }


def _label(kind: str, slug: str) -> str:
    """What a link is called: a record by its name, a concept by its label, a post by its country."""
    language = reader_language()
    if kind == "concept":
        concept = terms().concepts.get(slug)
        return concept.label(language) if concept else slug
    if kind == "post":
        role, _dot, state = slug.partition(".")
        names = directory()
        state_kind = Kind.COUNTRY if ("country", state) in names.labels else Kind.BODY
        return f"{role.replace('_', ' ')} · {names.label(state_kind, state, language)}"
    return slug if kind == "lang" else directory().label(kind, slug, language)


def _stages(one: TokenStages) -> dict[str, Any]:
    letters = [(letter, fate_sentence(letter.fate, letter.becomes)) for letter in one.letters]
    return {
        "one": one,
        "first": one.token.start + 1,
        "kind": str(KINDS[one.token.kind]),
        "letters": letters,
        "stems": [(step.stem, stem_sentence(*step[1:])) for step in one.stems],
    }
