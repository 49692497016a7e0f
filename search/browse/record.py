"""Pages of the authority file: lists of records, and one record with its names, posts, company and articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.articles.models import Article
from archive.articles.reading import listed
from archive.authorities import listing
from archive.authorities.directory import directory
from archive.authorities.models import AuthorityRecord, Kind, NameUse, Post
from archive.pages.interface import reader_language
from search.browse.charts import finest, in_bucket
from search.browse.company import KINDS, Coverage, asking, companions, company
from search.browse.lists import PLURALS, in_order, sources
from search.browse.metadata import of_record
from search.browse.newest import newest_on
from search.browse.spellings import READ, attested, uses
from search.browse.state import revalidated
from search.engine.protocol import SearchUnavailable
from search.export.views import links, most_in_files
from search.pages.views import feed_addresses
from search.question.address import url
from search.request import SearchRequest

SHOWN_ARTICLES: Final = 10
SHOWN_POSTS: Final = 60


@require_safe
@revalidated
def index(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Every record of a kind that a public article is linked to, by letter or with `by=count` by number of articles."""
    by_count = request.GET.get("by") == "count"
    entries = listing.met(kind, reader_language())
    context = {
        "page_title": PLURALS[kind],
        "kind_label": PLURALS[kind],
        "records": entries if by_count else [],
        "letters": [] if by_count else in_order(entries, reader_language()),
        "sources": sources(entries) if kind == Kind.SOURCE else [],
        "total": len(entries),
        "by_count": by_count,
    }
    return render(request, "browse/index.html", context)


@require_safe
@revalidated
def record(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    held = get_object_or_404(
        AuthorityRecord.objects.select_related("merged_into").prefetch_related(
            "names", Prefetch("posts", Post.objects.select_related("country", "body"))
        ),
        kind=kind,
        slug=slug,
    )
    if held.merged_into:
        return redirect(held.merged_into, permanent=True)
    context = _context(held)
    return render(request, "browse/record.html", context | {"metadata": of_record(request, held, context["label"])})


@require_safe
@revalidated
def record_as_json(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    """A record for programs: its names and posts, and where its page is."""
    held = get_object_or_404(
        AuthorityRecord.objects.select_related("merged_into").prefetch_related("names"), kind=kind, slug=slug
    )
    if held.merged_into:
        return redirect(f"browse:{kind}-json", held.merged_into.slug, permanent=True)
    response = JsonResponse(described(request, held), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def described(request: HttpRequest, held: AuthorityRecord) -> dict[str, Any]:
    """A record as plain values of JSON: its names, its posts, where its page is."""
    columns = ("role", "title_ar", "title_fa", "title_en", "country__slug", "body__slug", "start", "end")
    posts = [
        {name.removesuffix("__slug"): value for name, value in post.items()} for post in held.posts.values(*columns)
    ]
    return {
        "kind": held.kind,
        "identifier": held.slug,
        "url": request.build_absolute_uri(held.get_absolute_url()),
        "same_as": [address for _name, address in held.same_as],
        "names": list(held.names.exclude(use=NameUse.HIDDEN).values("text", "language", "form", "use")),
        "posts": posts,
    }


def _context(held: AuthorityRecord) -> dict[str, Any]:
    language, asked = reader_language(), asking(held)
    label = directory().label(held.kind, held.slug, language)
    most = SHOWN_ARTICLES if held.kind == Kind.SOURCE else READ
    found = coverage(held, newest=most)
    newest = newest_on(held, found, most)
    return {
        "record": held,
        "label": label,
        "page_title": label,
        "kind_label": held.get_kind_display(),
        "names": listing.names(held, language),
        "posts": listing.posts(held, language),
        "relations": listing.relations(held, language),
        "holders": _holders(held, language),
        **_attested(held, newest, language),
        **found_on(asked, found, newest, lambda: listing.articles(held).count(), held),
    }


def _attested(held: AuthorityRecord, newest: list[int], language: str) -> dict[str, Any]:
    if held.kind == Kind.SOURCE:
        return {}
    file = reverse(f"browse:{held.kind}-names", args=[held.slug])
    return {
        "attested": attested(uses(held, newest), held, directory(), language),
        "spellings_of": READ,
        "names_files": [{"name": "CSV", "url": file}, {"name": "JSON Lines", "url": f"{file}?format=jsonl"}],
    }


def _holders(held: AuthorityRecord, language: str) -> list[dict[str, Any]]:
    """Who is on file for a post of this country or body, by time."""
    if held.kind not in {Kind.COUNTRY, Kind.BODY}:
        return []
    posts = Post.objects.filter(**{held.kind: held.pk}, record__merged_into__isnull=True).select_related("record")
    names = directory()
    return [
        {
            "label": names.label(Kind.OFFICIAL, post.record.slug, language),
            "url": post.record.get_absolute_url(),
            "title": post.title(language),
            "post": post,
        }
        for post in posts[:SHOWN_POSTS]
    ]


def coverage(*records: AuthorityRecord, newest: int = 0) -> Coverage | None:
    """What the index has of the reports on all of these records; None where it cannot answer."""
    try:
        return company(*records, newest=newest)
    except SearchUnavailable:
        return None


def found_on(
    asked: SearchRequest,
    found: Coverage | None,
    newest: Sequence[int],
    counted: Callable[[], int],
    *records: AuthorityRecord,
) -> dict[str, Any]:
    """The articles on one record or on several together: the newest, their days, who else is in them, ways to them all.

    `newest` are their keys. Without an index there are no counts: the page says so, and the database counts them.
    """
    query, total = asked.to_query(), found.total if found else counted()
    articles = Article.objects.filter(pk__in=newest[:SHOWN_ARTICLES]).outlined().still_published().newest_first()
    shown = listed(articles, reader_language())
    return {
        "found": found,
        "chart": finest(found.days, lambda bucket: url(in_bucket(asked, bucket))) if found else None,
        "undated_url": url(asked.with_values("year", ["undated"])),
        "companions": _companions(found, records) if found else [],
        "articles": shown,
        "total": total,
        "search_url": url(asked),
        "timeline_url": url(asked.in_view("timeline")),
        "together_url": url(asked.in_view("together")),
        "collocates_url": url(asked.in_view("collocates")),
        "links": links(asked),
        **most_in_files(total),
        "feeds": feed_addresses(query),
    }


def _companions(found: Coverage, records: Sequence[AuthorityRecord]) -> list[dict[str, Any]]:
    names = directory()
    return [
        {"name": str(kind), "title": PLURALS[kind], "entries": entries}
        for kind in KINDS
        if (entries := companions(found, kind, records, names))
    ]
