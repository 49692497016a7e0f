"""Feeds of the archive and, with the parameters of the results page, of any search; of meetings and withdrawals."""

from django.urls import path

from search.feeds.formats import FORMATS
from search.feeds.meetings import feed_of_meetings
from search.feeds.views import feed_of_search
from search.feeds.withdrawn import feed_of_withdrawals

app_name = "feeds"
urlpatterns = [
    path(f"{of and of + '/'}{form}/", feed, {"form": form}, name=f"{of and of + '-'}{form}")
    for of, feed in (("", feed_of_search), ("meetings", feed_of_meetings), ("withdrawn", feed_of_withdrawals))
    for form in FORMATS
]
