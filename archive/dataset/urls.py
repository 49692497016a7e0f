"""The dumps of the archive, and a page that tells of them."""

from django.urls import path, re_path

from archive.dataset.views import dump, page

app_name = "dataset"
urlpatterns = [
    path("", page, name="page"),
    re_path(r"^(?P<name>diwan-[0-9]{4}-[0-9]{2})\.zip$", dump, name="dump"),
]
