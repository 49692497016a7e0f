"""Settings: one file for development, tests and production; what differs is read from the environment.

Every variable is listed in docs/operations.md. The defaults are those of production: DEBUG off, HTTPS expected.
"""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env, logs, private, search_engine, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.state_folder()
private.be_private()  # every process of the archive reads these settings before it writes a file

DEBUG = env.flag("DIWAN_DEBUG", default=False)
SECRET_KEY = secret_key.read(secret_key.place(VAR_DIR))
ALLOWED_HOSTS = env.words("DIWAN_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("DIWAN_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.forms",  # its fields as templates/ draws them
    "django_otp",  # before config: its admin takes theirs away
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",  # before archive.work: its admin takes theirs away
    "archive.work",
    "archive.captures",
    "archive.authorities",
    "archive.articles",
    "archive.curation",
    "archive.intake",
    "archive.dataset",
    "archive.stories",
    "archive.meetings",
    "archive.collections",
    "archive.about",
    "config.apps.SiteConfig",
    "search.shelf",
    "search.alerts",
    "search.webhooks",
    "search",  # before haystack: its rebuild_index replaces Haystack's
    "haystack",
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "axes",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",  # its templates, in search/discovery/
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.requests.RequestIdMiddleware",
    "config.measuring.MeasuringMiddleware",  # is not there unless a setting asks for it
    "config.slow.SlowMiddleware",
    "config.middleware.PrivateAdminMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "config.middleware.CachingMiddleware",
    "config.malformed.WellFormedMiddleware",  # before anything that asks for the host
    "django.middleware.security.SecurityMiddleware",
    "config.signing_in.gate.GateMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "config.middleware.SessionMiddleware",
    "config.middleware.InterfaceLanguageMiddleware",
    "config.middleware.CalendarMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.signing_in.codes.CodesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.middleware.OnePageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.heavy.HeavyMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["config.templates.Loader", "django.template.loaders.app_directories.Loader"],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.interface",
                "search.shelf.keeping.on_pages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that templates/ comes before Django's own

_password = env.secret("DIWAN_DATABASE_PASSWORD", "DIWAN_DATABASE_PASSWORD_FILE")
DATABASES = {"default": env.database("DIWAN_DATABASE", VAR_DIR / "diwan.sqlite3", _password)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "index"]}}

HAYSTACK_CONNECTIONS = search_engine.connections(VAR_DIR)
HAYSTACK_DOCUMENT_FIELD = "text_norm"
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"  # the change log replaces it

SPELLINGS_DIR = VAR_DIR  # what the analyzer made of words that were met, see search/analysis/spellings.py
CAPTURES_DIR = VAR_DIR / "captures"
CAPTURE_MAX_BYTES = env.integer("DIWAN_CAPTURE_MAX_BYTES", 10 * 1024 * 1024, minimum=1024)
FETCH_AGENT = env.text("DIWAN_FETCH_AGENT", "Diwan (archive of news)")  # how the archive names itself to sites
FETCH_SECONDS = env.integer("DIWAN_FETCH_SECONDS", 15, minimum=1)  # that fetching one page may take
FETCH_PAUSE = env.integer("DIWAN_FETCH_PAUSE", 2, minimum=0)  # seconds between two pages of one site, at least
FETCH_LOOPBACK = False  # tests serve pages on the machine itself; nothing else may open this
BODY_MAX_BYTES = env.integer("DIWAN_BODY_MAX_BYTES", 2_621_440, minimum=1024)  # of a request; there are only forms
UPLOAD_MAX_BYTES = env.integer("DIWAN_UPLOAD_MAX_BYTES", 200 * 1024 * 1024, minimum=1024)  # of a curator's files
UPLOADS_DIR = VAR_DIR / "uploads"  # what curators sent, until it is taken in
FILE_UPLOAD_TEMP_DIR = VAR_DIR
BACKUPS_DIR = env.folder("DIWAN_BACKUPS", None)
BACKUPS_KEPT = env.backup_rule("DIWAN_BACKUPS_KEPT", "7,5,12")
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
PATIENCE_SECONDS = env.integer("DIWAN_PATIENCE_SECONDS", 20, minimum=1)  # with slow clients: config/edge/connection.py
WAITING_MAX_BYTES = env.integer("DIWAN_WAITING_MB", 512, minimum=1) * 1024 * 1024  # for slow clients, in each worker
SEARCH_MEMORY_MB = env.integer("DIWAN_SEARCH_MEMORY_MB", 32, minimum=1)  # what a process keeps of postings and answers
SEARCH_MAPPED_MB = env.integer("DIWAN_SEARCH_MAPPED_MB", 32, minimum=1)  # of the mapped index resident in a process
WORDS_REMEMBERED = env.integer("DIWAN_WORDS_REMEMBERED", 1 << 16, minimum=1)  # spellings of each language, analysed
SEARCH_PAGE_SIZE = env.integer("DIWAN_PAGE_SIZE", 20, minimum=1)
MANY_TO_INDEX = 1_000  # articles or changes; more are left to the index writer, for serving not to wait for them
FEED_SIZE = env.integer("DIWAN_FEED_SIZE", 50, minimum=1)
WEBSUB_HUB = env.address("DIWAN_WEBSUB_HUB")  # that feeds name
EXPORT_LIMIT = env.integer("DIWAN_EXPORT_LIMIT", 10_000, minimum=1)  # articles in an exported file
DOSSIER_LIMIT = env.integer("DIWAN_DOSSIER_LIMIT", 100, minimum=1)  # articles in a PDF
# What readers see of reports, and what leaves in files, feeds and to programs, where a source says nothing else.
RIGHTS = ("whole", "excerpt", "description")
RIGHTS_PAGES = env.choice("DIWAN_RIGHTS_PAGES", "whole", RIGHTS)
RIGHTS_BULK = env.choice("DIWAN_RIGHTS_BULK", "whole", RIGHTS)
ASSISTANTS = env.flag("DIWAN_ASSISTANTS", default=False)  # whether /api/mcp answers
MISTAKES_PER_HOUR = env.integer("DIWAN_MISTAKES_PER_HOUR", 5)  # reports of mistakes taken from one address
SLOW_MS = env.integer("DIWAN_SLOW_MS", 1000, minimum=1)  # a question that takes longer is told on the status page
PAGE_SECONDS = env.integer("DIWAN_PAGE_SECONDS", 5, minimum=1)  # of a processor that an ordinary page may take
HEAVY_SECONDS = env.integer("DIWAN_HEAVY_SECONDS", 30, minimum=1)  # that an export or another heavy answer may take
HEAVY_AT_ONCE = env.integer("DIWAN_HEAVY_AT_ONCE", 3, minimum=1)  # heavy answers that all workers make at a time
HEAVY_PER_MINUTE = env.integer("DIWAN_HEAVY_PER_MINUTE", 60)  # heavy answers that one address may ask for
HEAVY_MEMORY_MB = env.integer("DIWAN_HEAVY_MEMORY_MB", 512, minimum=64)  # that making one may take
HEAVY_FILE_MB = env.integer("DIWAN_HEAVY_FILE_MB", 64, minimum=1)  # that one may be long
SLOTS_DIR = VAR_DIR / "slots"  # locks, see config/slots.py
DATASETS_DIR = VAR_DIR / "datasets"  # monthly dumps
PICTURES_KEPT = env.integer("DIWAN_PICTURES_KEPT", 2000)
PAGES_KEPT = env.integer("DIWAN_PAGES_KEPT", 1000)  # pages, as they were made, for other readers
CACHE = env.cache("DIWAN_CACHE", env.secret("DIWAN_CACHE_PASSWORD", "DIWAN_CACHE_PASSWORD_FILE"))
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": env.kept(VAR_DIR / "pages", PAGES_KEPT, CACHE),
    "pictures": env.kept(VAR_DIR / "pictures", PICTURES_KEPT, CACHE),
    "rates": env.kept(VAR_DIR / "rates", 1000, ""),
}
SECURITY_CONTACTS = env.words("DIWAN_SECURITY_CONTACTS", [])  # whom to tell of a weakness
ADMIN_PATH = env.path("DIWAN_ADMIN_PATH", "admin/")

# Signing in: see docs/operations.md and config/signing_in/.
AUTHENTICATION_BACKENDS = ["config.signing_in.backend.GuardedBackend"]
PASSWORD_HASHERS = ["config.signing_in.hashing.PasswordHasher"]
PASSWORDS_AT_ONCE = env.integer("DIWAN_PASSWORDS_AT_ONCE", 0)  # hashed over all workers; 0 is one for two processors
GUESSES_OF_NAME = env.integer("DIWAN_GUESSES_OF_NAME", 5, minimum=1)  # of one name, from one address, then a pause
GUESSES_OF_ADDRESS = env.integer("DIWAN_GUESSES_OF_ADDRESS", 50, minimum=1)  # of any names, from one address
STAFF_CODES = env.flag("DIWAN_STAFF_CODES", default=False)  # whether staff must have one-time codes
OTP_TOTP_ISSUER = "Diwan"
OTP_STATIC_THROTTLE_FACTOR = 0  # recovery codes cannot be guessed; waiting would lock their owner out
AXES_HANDLER = "config.signing_in.attempts.Attempts"
AXES_USERNAME_CALLABLE = "config.signing_in.attempts.name_key"
AXES_CLIENT_IP_CALLABLE = "config.signing_in.attempts.plain_address"
AXES_LOCKOUT_CALLABLE = "config.signing_in.answers.locked"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "config.signing_in.own_words.OwnWordsValidator"},
]

MESSAGE_STORAGE = "config.messages.HostCookieStorage"  # the session is not written to by a GET

LANGUAGE_CODE = "en"
LANGUAGES = [("ar", _("Arabic")), ("fa", _("Persian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
FILE_UPLOAD_PERMISSIONS = 0o600  # collected files too; see config/private.py
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.style_sheets.SheetsWithoutBlanks"},
}
_bucket = env.bucket("DIWAN_CAPTURES", env.secret("DIWAN_CAPTURES_SECRET", "DIWAN_CAPTURES_SECRET_FILE"))
if _bucket:
    STORAGES["captures"] = _bucket  # in place of CAPTURES_DIR

# `make run` listens on the loopback address without TLS and says DIWAN_HTTPS=off; everything else is served by HTTPS.
HTTPS = env.flag("DIWAN_HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
BEHIND_PROXY = env.flag("DIWAN_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
COOKIE_PREFIX = "__Host-" if HTTPS else ""  # browsers take such cookies from this very host alone, over HTTPS
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_MAX_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an article's form lists every mention and name
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

# Searches followed by mail; letters name the site as `SITE` does, for nobody asks for them by an address.
SITE = env.site("DIWAN_SITE", "https" if HTTPS else "http", ALLOWED_HOSTS)
MAIL_SERVER = env.mail_server("DIWAN_MAIL", "off" if HTTPS else "console")
MAIL_FROM = env.text("DIWAN_MAIL_FROM", f"Diwan <diwan@{SITE.partition('://')[2].partition(':')[0]}>")
EMAIL_BACKEND = MAIL_SERVER.backend
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starttls, MAIL_SERVER.tls
EMAIL_TIMEOUT = 20  # seconds of silence
ALERTS = bool(MAIL_SERVER.backend)  # whether searches can be followed by mail
ALERTS_HOUR = env.integer("DIWAN_ALERTS_HOUR", 4, maximum=23)  # of the day, UTC, at which letters are written
ALERTS_PER_HOUR = env.integer("DIWAN_ALERTS_PER_HOUR", 5)  # asked for from one network
ALERTS_PER_ADDRESS = env.integer("DIWAN_ALERTS_PER_ADDRESS", 20, minimum=1)  # that one mail address may follow
ALERTS_UNCONFIRMED = env.integer("DIWAN_ALERTS_UNCONFIRMED", 1000)  # of all addresses; then no more are asked for

# What operators count and follow: see docs/operations.md and archive/telemetry/.
METRICS = env.choice("DIWAN_METRICS", "off", ("off", "loopback", "token"))  # who may ask for /metrics
METRICS_TOKEN = env.token("DIWAN_METRICS_TOKEN", "DIWAN_METRICS_TOKEN_FILE", is_needed=METRICS == "token")
METRICS_DIR = VAR_DIR / "metrics"  # numbers, of each process in its own files
TRACES = env.address("DIWAN_TRACES")  # where spans are sent, by OTLP over HTTP

LOGGING = logs.configured(env.choice("DIWAN_LOG", "lines", logs.FORMS), is_counting=METRICS != "off")
