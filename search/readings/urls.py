"""Other views of the same result set, with the parameters of the results page."""

from django.urls import path

from search.readings import concordance_views as concordance

urlpatterns = [
    path("concordance/", concordance.page, name="search-concordance"),
    path("concordance/export/", concordance.export, name="concordance-export"),
]
