"""The site map."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import health, site_files
from config.status import status
from search.explain_views import why, word
from search.exports_views import export, search_picture
from search.facet_views import facet_values
from search.suggest_views import suggestions
from search.views import home, results

urlpatterns = [
    path("", home, name="home"),
    path("search/", results, name="search"),
    path("search/facet/<slug:name>/", facet_values, name="search-facet"),
    path("search/", include("search.readings.urls")),
    path("search/export/", export, name="search-export"),
    path("search/picture.png", search_picture, name="search-picture"),
    path("explain/", why, name="explain"),
    path("explain/word/", word, name="explain-word"),
    path("suggest/", suggestions, name="suggest"),
    path("articles/", include("archive.stories.urls")),
    path("articles/", include("archive.curation.urls")),
    path("articles/", include("archive.articles.urls")),
    path("", include("search.records.urls")),
    path("", include("search.shelf.urls")),
    path("feeds/", include("search.feed_urls")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", site_files.robots, name="robots"),
    path("favicon.ico", site_files.favicon, name="favicon"),
    path(f"{settings.ADMIN_PATH}status/", admin.site.admin_view(status), name="admin-status"),
    path(settings.ADMIN_PATH, admin.site.urls),
]

handler400 = "config.malformed.bad_request"
handler500 = "config.requests.server_error"
