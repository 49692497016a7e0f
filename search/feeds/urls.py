"""Feeds of the whole archive and, with the parameters of the results page, of any search."""

from django.urls import path

from search.feeds.views import atom, rss

app_name = "feeds"
urlpatterns = [
    path("rss/", rss, name="rss"),
    path("atom/", atom, name="atom"),
]
