"""The pages of the authority file: lists of officials and countries, and one page for every record."""

from django.urls import path

from archive.articles import records as views
from archive.authorities.models import Kind

app_name = "authorities"
urlpatterns = [
    path("officials/", views.index, {"kind": Kind.OFFICIAL}, name="officials"),
    path("countries/", views.index, {"kind": Kind.COUNTRY}, name="countries"),
    path("bodies/", views.index, {"kind": Kind.BODY}, name="bodies"),
    path("sources/", views.index, {"kind": Kind.SOURCE}, name="sources"),
    path("officials/<slug:slug>/", views.record, {"kind": Kind.OFFICIAL}, name="official"),
    path("countries/<slug:slug>/", views.record, {"kind": Kind.COUNTRY}, name="country"),
    path("bodies/<slug:slug>/", views.record, {"kind": Kind.BODY}, name="body"),
    path("sources/<slug:slug>/", views.record, {"kind": Kind.SOURCE}, name="source"),
]
