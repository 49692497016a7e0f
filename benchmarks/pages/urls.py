"""The site map of the measurements: Diwan's, and the pages beside it."""

from django.urls import include, path

from benchmarks.pages.views import kept, limit, stock

urlpatterns = [
    path("measured/limit/", limit),
    path("measured/kept/", kept),
    path("measured/stock/", stock),
    path("", include("config.urls")),
]
