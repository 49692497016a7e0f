"""Other views of the same result set, with the parameters of the results page."""

from django.urls import path

from search.ways import timeline
from search.ways.collocates import views as collocates
from search.ways.concordance import views as concordance
from search.ways.expression import views as expression
from search.ways.map import views as map_of
from search.ways.together import views as together
from search.ways.wording import views as wording

urlpatterns = [
    path("concordance/", concordance.page, name="search-concordance"),
    path("concordance/export/", concordance.export, name="concordance-export"),
    path("expression/", expression.page, name="search-expression"),
    path("expression/export/", expression.export, name="expression-export"),
    path("timeline/", timeline.page, name="search-timeline"),
    path("together/", together.page, name="search-together"),
    path("together/export/", together.export, name="together-export"),
    path("map/", map_of.page, name="search-map"),
    path("map/export/", map_of.export, name="map-export"),
    path("wording/", wording.page, name="search-wording"),
    path("wording/export/", wording.export, name="wording-export"),
    path("collocates/", collocates.page, name="search-collocates"),
    path("collocates/export/", collocates.export, name="collocates-export"),
]
