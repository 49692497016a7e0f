"""Feeds of the archive and, with the parameters of the results page, of any search; of meetings and withdrawals."""

from django.urls import path

from search.feeds import meetings, withdrawn
from search.feeds.views import atom, json, rss

app_name = "feeds"
urlpatterns = [
    path("rss/", rss, name="rss"),
    path("atom/", atom, name="atom"),
    path("json/", json, name="json"),
    path("meetings/rss/", meetings.rss, name="meetings-rss"),
    path("meetings/atom/", meetings.atom, name="meetings-atom"),
    path("meetings/json/", meetings.json, name="meetings-json"),
    path("withdrawn/rss/", withdrawn.rss, name="withdrawn-rss"),
    path("withdrawn/atom/", withdrawn.atom, name="withdrawn-atom"),
    path("withdrawn/json/", withdrawn.json, name="withdrawn-json"),
]
