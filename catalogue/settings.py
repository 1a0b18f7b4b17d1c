"""Every setting comes from the environment; docs/settings.md lists each with its default (a test holds that true)."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from catalogue.environment import Environment

# openpyxl would take lxml, which citations need, where that is there. Strangers' files are read by the parser of the
# standard library, guarded by defusedxml, with which the limits of imports were tried.
os.environ["OPENPYXL_LXML"] = "False"

BASE_DIR = Path(__file__).resolve().parent.parent
# What the running catalogue writes: database, secret key, collected static files. May lie anywhere.
env = Environment()
VAR_DIR = Path(env.str("CATALOGUE_VAR", default=str(BASE_DIR / "var")))

DEBUG = env.switch("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    # A laptop needs no thought about this: a key is made once and kept beside the database.
    from catalogue.secret import kept_secret

    SECRET_KEY = kept_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The public address, for the command line's exports, which no request tells it.
SITE_URL = env.str("SITE_URL", default="")
# Readers may write to this address, and mails to them come from it.
OPERATOR_EMAIL = env.str("OPERATOR_EMAIL", default="") or "operator@localhost"
DEFAULT_FROM_EMAIL = OPERATOR_EMAIL
# The mail server, as one address; on a laptop mails are printed where `make run` runs.
globals().update(env.mail("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
# Days that drafts are kept after they were last saved, and what is known of people after their letter was closed.
NOMINATION_DRAFT_DAYS = env.number("NOMINATION_DRAFT_DAYS", default=30)
NOMINATION_KEEP_DAYS = env.number("NOMINATION_KEEP_DAYS", default=90)

# Whether staff may publish what they made or changed themselves, with nobody else looking at it.
PUBLISH_ALONE = env.switch("PUBLISH_ALONE", default=False)

INSTALLED_APPS = [
    "catalogue.admin_config.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_countries",
    "django_filters",
    "corsheaders",
    "search",
    "records",
    "listing",
    "sources",
    "cities",
    "declarations",
    "cases",
    "notes",
    "curation",
    "catalogue",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages and exports a fifth as long over the wire. Random bytes hide the length of what holds a form's token.
    "catalogue.compression.TextsCompressed",
    "listing.middleware.limit_query",
    "records.schedule.publish_when_due",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "search.damage.again_where_damaged",
]

ROOT_URLCONF = "catalogue.urls"
WSGI_APPLICATION = "catalogue.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "catalogue.context.site",
            ],
        },
    }
]

# One setting for PostgreSQL: DATABASE_URL=postgres://user:password@host/name
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'catalogue.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Readers never wait for a writer, and a writer waits its turn instead of failing at its first write.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# On either database a new connection for each request would take longer than many a page.
DATABASES["default"]["CONN_MAX_AGE"] = env.number("CONN_MAX_AGE", default=60)
# The search index: derived, on a disk of this machine; may be deleted at any moment.
SEARCH_INDEX = env.str("SEARCH_INDEX", default=str(VAR_DIR / "search"))
# The data package that readers download: derived as well, beside the index.
PACKAGE_FOLDER = env.str("PACKAGE_FOLDER", default=str(VAR_DIR / "package"))
# Tests search within their transaction, and without threads.
SEARCH_IN_TRANSACTIONS = False
SEARCH_IN_BACKGROUND = True
# Long imports go on in a thread while their page says how far they are.
IMPORTS_IN_BACKGROUND = True
# Pages of the lists, kept in each process until anything changes (listing/kept.py): some 50 kB each, and compressed.
KEPT_PAGES = env.number("KEPT_PAGES", default=200)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if KEPT_PAGES
        else "django.core.cache.backends.dummy.DummyCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 2 * KEPT_PAGES},
    },
    # Counts of the staff's lists, kept in each process until their tables change (listing/kept_counts.py).
    "counts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counts",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
# The API may be read by the scripts of any page. It knows nobody, so nothing can be read in somebody's name.
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Link", "Retry-After"]
# Django REST framework and drf-spectacular are used as libraries: as apps they would serve the scripts and styles of
# their own pages, and ours take their place (catalogue/api/).
REST_FRAMEWORK = {"UNAUTHENTICATED_USER": None, "URL_FORMAT_OVERRIDE": "format"}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": [],
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SYNONYMS = BASE_DIR / "sources" / "data" / "synonyms.toml"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "catalogue.formats"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "catalogue.static_files.CollectedOrPlain"},
}
# What was not collected is served from where it lies, so that pages look right before `collectstatic` too.
WHITENOISE_USE_FINDERS = True

# One page edits a case with all its parts: a long one sends more fields than Django allows by default.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Off on a laptop, on wherever the site is served over HTTPS.
HTTPS = env.switch("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.switch("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Readers get a cookie only on the two pages with a form to send, and only until they close the browser.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = []

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Whoever reads the log reads no private link of a nomination in it.
    "filters": {"private": {"()": "curation.nominations.links.WithoutPrivateLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["private"]}},
    "root": {"handlers": ["console"], "level": env.choice("LOG_LEVEL", LOG_LEVELS, default="WARNING")},
}
