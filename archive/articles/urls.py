"""An article and its other forms, its captured original, its citations as files, and the picture of a link to it."""

from django.urls import path, re_path

from archive.articles.citing.lasting import article_as, lasting, memento, time_map
from archive.articles.citing.views import citation
from archive.articles.gone import told_when_gone
from archive.articles.pictures.views import article_picture
from archive.articles.views import article, capture, original

app_name = "articles"
FORM = r"^(?P<identifier>[^/.]+)\.(?P<form>csl\.json|json|ris|bib|txt|md)$"
urlpatterns = [
    re_path(r"^timemap/link/(?P<address>.+)$", time_map, name="timemap"),
    path("<str:identifier>/", told_when_gone(lasting(article)), name="detail"),
    re_path(
        r"^(?P<identifier>[^/.]+)\.(?P<form>csl\.json|json|ris|bib|txt|md)$", told_when_gone(article_as), name="form"
    ),
    path("<str:identifier>/capture/", told_when_gone(memento(capture)), name="capture"),
    path("<str:identifier>/original/", told_when_gone(original), name="original"),
    path("<str:identifier>/picture.png", told_when_gone(article_picture), name="picture"),
    re_path(r"^(?P<identifier>[^/]+)/cite\.(?P<form>ris|bib|json)$", told_when_gone(citation), name="citation"),
]
