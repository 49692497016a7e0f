"""The site map."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import health
from search.views import home, results

urlpatterns = [
    path("", home, name="home"),
    path("search/", results, name="search"),
    path("articles/", include("archive.articles.urls")),
    path("", include("archive.articles.record_urls")),
    path("feeds/", include("search.feed_urls")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path(settings.ADMIN_PATH, admin.site.urls),
]
