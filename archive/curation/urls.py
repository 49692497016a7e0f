"""Where readers report mistakes in an article."""

from django.urls import path

from archive.curation.mistake_views import report, thanks

app_name = "curation"
urlpatterns = [
    path("<str:identifier>/mistake/", report, name="mistake"),
    path("<str:identifier>/mistake/thanks/", thanks, name="thanks"),
]
