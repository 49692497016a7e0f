"""Every kind of page a reader meets, with an address of the archive of the five that shows it full."""

from __future__ import annotations

from django.urls import get_resolver

LANGUAGES = ("ar", "fa", "en")
ARTICLE, PERSIAN = "3d43f546d925", "26b14ba7e75e"

# The name of a URL pattern → addresses of it. One pattern may have several states worth judging.
PAGES: dict[str, tuple[str, ...]] = {
    "home": ("/",),
    "search": (
        "/search/",
        "/search/?q=Khalafov&country=az",
        "/search/?q=خلفوف&country=qa",
        "/search/?country=region-south-caucasus",
        "/search/?q=(خلفوف",
    ),
    "search-facet": ("/search/facet/official/?by=post", "/search/facet/country/?q=خلفوف&find=قطر"),
    "search-concordance": ("/search/concordance/?q=خلفوف&by=after-1",),
    "search-timeline": ("/search/timeline/?q=قطر&cal=lunar",),
    "search-together": ("/search/together/",),
    "search-collocates": (
        "/search/collocates/?q=وزير الخارجية",
        "/search/collocates/?q=قطر&with=أذربيجان&of=phrases",
        "/search/collocates/?of=frequent",
        "/search/collocates/",
    ),
    "search-expression": (
        "/search/expression/?q=قطر&re=وزير\\s\\w%2B",
        "/search/expression/",
    ),
    "search-map": ("/search/map/", "/search/map/?what=cities&frame=world", "/search/map/?what=meetings"),
    "search-wording": ("/search/wording/?q=قطر&with=رایزنی&unit=year",),
    "explain": (f"/explain/?q=خلفوف&article={ARTICLE}",),
    "explain-word": ("/explain/word/?q=والمشاورات",),
    "articles:detail": (f"/articles/{ARTICLE}/", f"/articles/{PERSIAN}/"),
    "stories:witnesses": (f"/articles/{ARTICLE}/witnesses/?with={PERSIAN}", f"/articles/{ARTICLE}/witnesses/"),
    "articles:original": (f"/articles/{ARTICLE}/original/",),
    "curation:mistake": (f"/articles/{PERSIAN}/mistake/",),
    "curation:thanks": (f"/articles/{PERSIAN}/mistake/thanks/",),
    "shelf": ("/shelf/", f"/shelf/?a={ARTICLE}&a={PERSIAN}"),
    "shelf-cite": (f"/shelf/cite/?a={ARTICLE}&a={PERSIAN}&style=apa&in=fa",),
    "sign-in": ("/account/sign-in/",),
    "alerts:follow": ("/alerts/?q=خلفوف&country=az",),
    "browse:officials": ("/officials/",),
    "browse:official": ("/officials/khalaf-khalafov/",),
    "browse:countries": ("/countries/",),
    "browse:country": ("/countries/az/",),
    "browse:bodies": ("/bodies/",),
    "browse:body": ("/bodies/nato/",),
    "browse:sources": ("/sources/",),
    "browse:pair": ("/countries/az/qa/",),
    "browse:meetings": ("/meetings/",),
    "browse:meetings-proposed": ("/meetings/proposed/",),
    "browse:collections": ("/collections/",),
    "browse:dates": ("/dates/",),
    "browse:date-year": ("/dates/solar/1402/",),
    "browse:date-month": ("/dates/gregorian/2020/10/",),
    "browse:date-day": ("/dates/lunar/1445/3/19/",),
    "dataset:page": ("/data/",),
    "api:page": ("/api/",),
    "about": ("/about/",),
    "help": ("/help/",),
    "browse:source": ("/sources/al-sharq/",),
}
# Addresses that answer with something else than a page for readers.
NOT_PAGES = {
    "search-export", "concordance-export", "together-export", "wording-export", "collocates-export", "map-export",
    "expression-export", "api:expression",
    "shelf-articles", "shelf-export",
    "shelf-searches", "sign-out", "search-picture", "suggest", "articles:capture", "articles:picture",
    "articles:citation", "dataset:dump", "articles:form", "articles:timemap",
    "oai", "api:index", "api:description", "api:nothing", "api:articles", "api:article", "api:facets", "api:facet",
    "api:suggest", "api:timeline", "api:together", "api:wording", "api:map", "api:concordance", "api:collocates",
    "api:officials", "api:official",
    "api:countries", "api:country", "api:bodies", "api:body", "api:sources", "api:source",
    "assistants", "api:citation", "api:meetings", "api:meeting", "api:collections", "api:collection",
    "opensearch", "sitemap-index", "sitemap-pages", "sitemap", "security",
    "browse:official-json", "browse:country-json", "browse:body-json", "browse:source-json",
    "healthz", "readyz", "metrics", "robots", "favicon", "admin-status", "account",
    "browse:official-names", "browse:country-names", "browse:body-names",
    "alerts:confirm", "alerts:mine",  # letters lead there
    "browse:meeting", "browse:collection", "browse:meeting-json",  # curators make them: there are none among the five
}  # fmt: skip
EVERY_PATH = tuple(path for paths in PAGES.values() for path in paths)


def public_names() -> set[str]:
    """The names of all URL patterns outside the admin and the feeds, `namespace:name`."""
    return {name for name in _names(get_resolver(), "") if not name.startswith(("admin:", "feeds:", "djdt:"))}


def _names(resolver: object, prefix: str) -> set[str]:
    found: set[str] = set()
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found |= _names(entry, space)
        elif entry.name:
            found.add(f"{prefix}{entry.name}")
    return found
