"""An article, its captured original, its citations as files, and the picture of a link to it."""

from django.urls import path, re_path

from archive.articles.citing.views import citation
from archive.articles.pictures.views import article_picture
from archive.articles.views import article, capture, original

app_name = "articles"
urlpatterns = [
    path("<str:identifier>/", article, name="detail"),
    path("<str:identifier>/capture/", capture, name="capture"),
    path("<str:identifier>/original/", original, name="original"),
    path("<str:identifier>/picture.png", article_picture, name="picture"),
    re_path(r"^(?P<identifier>[^/]+)/cite\.(?P<form>ris|bib|json)$", citation, name="citation"),
]
