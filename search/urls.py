"""The pages of the search: the home page, results and other views of them, explanations, records, shelf and feeds."""

from django.urls import include, path

from search.assistants.views import assistants
from search.browse.home import home
from search.discovery import sitemaps
from search.discovery.described import opensearch
from search.explain.views import why, word
from search.export.views import export, search_picture
from search.help.views import help_page
from search.pages.facet_views import facet_values
from search.pages.views import results
from search.suggest.views import suggestions

urlpatterns = [
    path("", home, name="home"),
    path("search/", results, name="search"),
    path("search/facet/<slug:name>/", facet_values, name="search-facet"),
    path("search/", include("search.ways.urls")),
    path("search/export/", export, name="search-export"),
    path("search/picture.png", search_picture, name="search-picture"),
    path("explain/", why, name="explain"),
    path("explain/word/", word, name="explain-word"),
    path("suggest/", suggestions, name="suggest"),
    path("help/", help_page, name="help"),
    path("", include("search.browse.urls")),
    path("", include("search.shelf.urls")),
    path("feeds/", include("search.feeds.urls")),
    path("alerts/", include("search.alerts.urls")),
    path("api/mcp", assistants, name="assistants"),
    path("api/", include("search.api.urls")),
    path("opensearch.xml", opensearch, name="opensearch"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.block, name="sitemap"),
]
