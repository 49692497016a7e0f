"""Pages of stories; they hang below the page of an article."""

from django.urls import path

from archive.stories.views import witnesses_of

app_name = "stories"
urlpatterns = [path("<str:identifier>/witnesses/", witnesses_of, name="witnesses")]
