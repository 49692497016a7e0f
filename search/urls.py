"""The pages of the search: the home page, results and other views of them, explanations, records, shelf and feeds."""

from django.urls import include, path

from search.browse.home import home
from search.explain.views import why, word
from search.export.views import export, search_picture
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
    path("", include("search.browse.urls")),
    path("", include("search.shelf.urls")),
    path("feeds/", include("search.feeds.urls")),
]
