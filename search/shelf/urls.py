"""The shelf, its selection as citations and files, and the reader's account."""

from django.urls import path

from search.export.views import export_shelf
from search.shelf.account import SignIn, SignOut, account
from search.shelf.views import cite, keep_articles, keep_search, shelf_page

urlpatterns = [
    path("shelf/", shelf_page, name="shelf"),
    path("shelf/cite/", cite, name="shelf-cite"),
    path("shelf/export/", export_shelf, name="shelf-export"),
    path("shelf/articles/", keep_articles, name="shelf-articles"),
    path("shelf/searches/", keep_search, name="shelf-searches"),
    path("account/", account, name="account"),
    path("account/sign-in/", SignIn.as_view(), name="sign-in"),
    path("account/sign-out/", SignOut.as_view(), name="sign-out"),
]
