"""Settings of the tests: the project's own, with state in a temporary folder and nothing to collect or hash slowly."""

import os
import tempfile

os.environ.setdefault("DIWAN_SECRET_KEY", "a key for tests alone")
os.environ.setdefault("DIWAN_HTTPS", "off")
_state = tempfile.TemporaryDirectory(prefix="diwan-tests-")
os.environ["DIWAN_VAR"] = _state.name  # each process its own; removed with it
if "DIWAN_SEARCH" in os.environ:  # as `tests.pairs` gives it: an index for each process that tests
    os.environ["DIWAN_SEARCH"] += f"-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, STATIC_ROOT  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Every page is made anew: what tests change by hand, no tag tells.
CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

# One process asks for hundreds of heavy pages a minute, on a machine that is busy with other tests.
HEAVY_PER_MINUTE = 0
PAGE_SECONDS = HEAVY_SECONDS = 300

# Pages are fetched from servers of the tests, on this machine.
FETCH_LOOPBACK = True
FETCH_PAUSE = 0
