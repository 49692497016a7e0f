"""An article and its captured original."""

from django.urls import path

from archive.articles.views import article, capture

app_name = "articles"
urlpatterns = [
    path("<str:identifier>/", article, name="detail"),
    path("<str:identifier>/capture/", capture, name="capture"),
]
