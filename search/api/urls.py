"""The interface for programs, version 1, and a page for people who write them."""

from django.urls import include, path

from search.api.page import page
from search.api.served import patterns

app_name = "api"
urlpatterns = [path("", page, name="page"), path("v1/", include(patterns()))]
