"""Searches followed by mail."""

from django.urls import path

from search.alerts.views import confirmed, follow, mine

app_name = "alerts"
urlpatterns = [
    path("", follow, name="follow"),
    path("confirm/<str:token>/", confirmed, name="confirm"),
    path("mine/<str:key>/", mine, name="mine"),
]
