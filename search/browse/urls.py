"""The pages of the authority file: lists of its records, one page for every record; meetings, collections, days."""

from django.urls import path

from archive.authorities.models import Kind
from search.browse import collections
from search.browse import days_views as dates
from search.browse import meetings_views as meetings
from search.browse import record as views
from search.browse import spellings_views as spellings
from search.browse.pairs import pair

app_name = "browse"
urlpatterns = [
    path("officials/", views.index, {"kind": Kind.OFFICIAL}, name="officials"),
    path("countries/", views.index, {"kind": Kind.COUNTRY}, name="countries"),
    path("bodies/", views.index, {"kind": Kind.BODY}, name="bodies"),
    path("sources/", views.index, {"kind": Kind.SOURCE}, name="sources"),
    path("officials/<slug:slug>/", views.record, {"kind": Kind.OFFICIAL}, name="official"),
    path("countries/<slug:slug>/", views.record, {"kind": Kind.COUNTRY}, name="country"),
    path("bodies/<slug:slug>/", views.record, {"kind": Kind.BODY}, name="body"),
    path("sources/<slug:slug>/", views.record, {"kind": Kind.SOURCE}, name="source"),
    path("officials/<slug:slug>.json", views.record_as_json, {"kind": Kind.OFFICIAL}, name="official-json"),
    path("countries/<slug:slug>.json", views.record_as_json, {"kind": Kind.COUNTRY}, name="country-json"),
    path("bodies/<slug:slug>.json", views.record_as_json, {"kind": Kind.BODY}, name="body-json"),
    path("sources/<slug:slug>.json", views.record_as_json, {"kind": Kind.SOURCE}, name="source-json"),
    path("officials/<slug:slug>/names/", spellings.export, {"kind": Kind.OFFICIAL}, name="official-names"),
    path("countries/<slug:slug>/names/", spellings.export, {"kind": Kind.COUNTRY}, name="country-names"),
    path("bodies/<slug:slug>/names/", spellings.export, {"kind": Kind.BODY}, name="body-names"),
    path("countries/<slug:one>/<slug:other>/", pair, name="pair"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/proposed/", meetings.meetings, {"proposed": True}, name="meetings-proposed"),
    path("meetings/<slug:slug>/", meetings.meeting, name="meeting"),
    path("meetings/<slug:slug>.json", meetings.meeting_as_json, name="meeting-json"),
    path("collections/", collections.collections, name="collections"),
    path("collections/<slug:slug>/", collections.collection, name="collection"),
    path("dates/", dates.years, name="dates"),
    path("dates/<slug:calendar>/<int:year>/", dates.period, name="date-year"),
    path("dates/<slug:calendar>/<int:year>/<int:month>/", dates.period, name="date-month"),
    path("dates/<slug:calendar>/<int:year>/<int:month>/<int:day>/", dates.period, name="date-day"),
]
