"""The site map."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from archive.about.views import about
from archive.harvesting.views import oai
from config import health, site_files
from config.metrics import metrics
from config.status import status

urlpatterns = [
    path("articles/", include("archive.stories.urls")),
    path("articles/", include("archive.curation.urls")),
    path("articles/", include("archive.articles.urls")),
    path("about/", about, name="about"),
    path("oai", oai, name="oai"),
    path("data/", include("archive.dataset.urls")),
    path("", include("search.urls")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("robots.txt", site_files.robots, name="robots"),
    path(".well-known/security.txt", site_files.security, name="security"),
    path("favicon.ico", site_files.favicon, name="favicon"),
    path(f"{settings.ADMIN_PATH}status/", admin.site.admin_view(status), name="admin-status"),
    path(settings.ADMIN_PATH, admin.site.urls),
]

handler400 = "config.malformed.bad_request"
handler500 = "config.requests.server_error"
