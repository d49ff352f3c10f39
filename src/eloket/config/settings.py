"""Django's settings, derived from the one typed settings object (`settings.ELOKET`)."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url

from eloket.config.omgeving import Omgeving, load
from eloket.kernel.crypto import derive

ELOKET = load()
_SOURCE = Path(__file__).resolve().parent.parent
_DATA = ELOKET.data_dir.resolve()

DEBUG = False
SECRET_KEY = derive(ELOKET.secrets[0], "eloket/django").hex()
SECRET_KEY_FALLBACKS = [derive(secret, "eloket/django").hex() for secret in ELOKET.secrets[1:]]
ALLOWED_HOSTS = [*ELOKET.hosts]
ROOT_URLCONF = "eloket.config.urls"
WSGI_APPLICATION = "eloket.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "eloket.config",
    "eloket.identity",
    "eloket.identity.lokaal",
    "eloket.audit",
    "eloket.documenten",
    "eloket.profile",
    "eloket.machtigingen",
    "eloket.beschikbaarheid",
    "eloket.zaken",
    "eloket.archief",
    "eloket.berichten",
    "eloket.notifications",
    "eloket.loket",
    "eloket.inzage",
    "eloket.export",
    "eloket.sources.register",
    "eloket.ops",
    "eloket.design_system",
]

# Order matters: the audience gate refuses before CsrfViewMiddleware reads a body, so a stranger uploads nothing.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "eloket.identity.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # answers static files itself, so the headers stand above it
    "django.middleware.common.CommonMiddleware",
    "eloket.identity.middleware.GzipHtmlMiddleware",
    "eloket.identity.middleware.FoutMiddleware",
    "eloket.identity.middleware.SessieMiddleware",
    "eloket.identity.middleware.AudienceMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "eloket.identity.partijcontrole.PartijMiddleware",  # below it too, and above what gives back what was typed
    "eloket.identity.limieten.middleware.LimietMiddleware",  # below it: it gives back what was typed
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_SOURCE / "design_system" / "templates", _SOURCE],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "eloket.config.jinja.environment",
            "context_processors": [
                "eloket.identity.pagina.csrf_once",
                "eloket.beschikbaarheid.balk.context",
            ],
        },
    }
]

if ELOKET.database_url:
    _database: dict[str, Any] = {**dj_database_url.parse(ELOKET.database_url, conn_max_age=600)}
    _database["CONN_HEALTH_CHECKS"] = True
else:
    _database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": _DATA / "eloket.sqlite3",
        "CONN_MAX_AGE": None,
        # Measured: without WAL and IMMEDIATE a third of the writes are lost to "database is locked".
        # FULL: what was confirmed to a resident survives a power cut too.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
        },
        # A database in memory, as Django would take for tests, refuses at once where a file waits for a lock.
        "TEST": {"NAME": _DATA / "test.sqlite3"},
    }
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_ENGINE = "eloket.identity.sessie"
SESSION_COOKIE_NAME = "eloket_sessie" if ELOKET.is_demo else "__Host-eloket_sessie"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would drop the session on the way back from the login provider
SESSION_COOKIE_SECURE = not ELOKET.is_demo
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "eloket_csrf" if ELOKET.is_demo else "__Host-eloket_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = not ELOKET.is_demo
CSRF_FAILURE_VIEW = "eloket.identity.middleware.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ELOKET.base_url] if not ELOKET.is_demo else []

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not ELOKET.is_demo
SECURE_HSTS_SECONDS = 0 if ELOKET.is_demo else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ELOKET.behind_proxy else None

# Of local accounts of civil servants; nobody else has a password here.
PASSWORD_HASHERS = ["eloket.identity.lokaal.wachtwoord.Argon2"]

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = _DATA / "static"
_DATA.mkdir(parents=True, exist_ok=True, mode=0o700)  # the database and the files are for their owner only
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns about a folder that is not there yet
STATICFILES_DIRS = [_SOURCE / "design_system" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": _DATA / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ELOKET.omgeving is Omgeving.TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ELOKET.omgeving is Omgeving.TEST

# Uploads: measured flat in memory; every file goes to a temporary file beside its final place (rename, no copy).
FILE_UPLOAD_HANDLERS = ["eloket.documenten.upload.BewaakteUploadHandler"]
FILE_UPLOAD_TEMP_DIR = _DATA / "files" / "tmp"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)  # Django's own start check wants it there
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# Of text: a step of forty long answers (loket.formulier) with room to spare.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Above loket.formulier.definitie.MEESTE_INVOER, and what a page sends by itself.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 50  # above our own limit of 10, so that our own clear text can answer

_smtp = urlsplit(ELOKET.smtp_url)
if ELOKET.smtp_url:
    EMAIL_BACKEND = "eloket.notifications.bezorgen.smtp.SmtpBackend"
    EMAIL_HOST = _smtp.hostname or ""
    EMAIL_PORT = _smtp.port or 25
    EMAIL_HOST_USER = unquote(_smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
    EMAIL_USE_TLS = parse_qs(_smtp.query).get("tls") == ["1"]
else:
    EMAIL_BACKEND = "eloket.notifications.bezorgen.demo_mail.EmlBackend"
EMAIL_FILE_PATH = _DATA / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ELOKET.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "eloket.config.logregels.ZonderInhoud",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {"geweigerd": {"()": "eloket.config.logregels.GeweigerdInEenRegel"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["geweigerd"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"eloket": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
