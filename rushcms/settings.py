"""Settings, all from the environment; what is not set means production.

docs/deploy.md lists the variables. A missing or odd value stops the start and is named.
A file `.env` beside manage.py is read first (`make run` writes one); the real environment wins.
"""

import os
import re
import zoneinfo
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import dj_database_url
from django.utils.csp import CSP
from environs import Env, EnvError
from marshmallow.validate import Length, OneOf, Range, ValidationError

BASE_DIR = Path(__file__).resolve().parent.parent


MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


def a_database(url):
    """Refuse the address of any database but the two that the suite runs on."""
    if urlsplit(url).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ValidationError("Must begin with sqlite: or postgresql:.")


def host_names(names):
    """Refuse an empty list, an empty name, and the star: pages name their host in canonical addresses."""
    if not names or {"", "*"} & set(names):
        raise ValidationError("Must be host names, with commas between.")


def a_time_zone(name):
    """Refuse what is no IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError("Must be a time zone such as Europe/Berlin.")


def a_contact(uri):
    """Refuse what RFC 9116 takes for no contact; empty is nobody."""
    if uri and not re.fullmatch(r"(mailto:|https://|tel:)\S+", uri):
        raise ValidationError("Must be an address such as mailto:security@film.example or https://….")


def a_host_name(name):
    """Refuse what is no host's bare name: the content security policy says it as it is; empty is none."""
    label = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
    if name and not re.fullmatch(rf"{label}(\.{label})*(:[0-9]{{1,5}})?", name, re.IGNORECASE | re.ASCII):
        raise ValidationError("Must be a host name such as pictures.film.example.")


def a_mail_server(url):
    """Refuse the address of anything but a mail server or the console."""
    if urlsplit(url).scheme not in {"console", *MAIL_PORTS}:
        raise ValidationError("Must be console: or smtp+tls://user:password@host:587.")


env = Env(eager=False)
env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"), recurse=False)

LOCAL = env.str("RUSHCMS_MODE", "production", validate=OneOf(["production", "local"])) == "local"
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

SECRET_KEY = env.str("SECRET_KEY", validate=Length(min=1 if LOCAL else 40))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", LOCAL_HOSTS) if LOCAL else env.list("ALLOWED_HOSTS", validate=host_names)
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / ".local"))).resolve()
DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR / 'db.sqlite3'))}", validate=a_database)
HTTPS = env.bool("HTTPS", not LOCAL)
TIME_ZONE = env.str("TIME_ZONE", "UTC", validate=a_time_zone)
PROXIES = env.int("PROXIES", 0 if LOCAL else 1, validate=Range(min=0))
SITE_NAME = env.str("SITE_NAME", "RushCMS")
SITE_DESCRIPTION = env.str("SITE_DESCRIPTION", "What films are about, who is who, and what the ending means.")
PUBLISHING_NEEDS_APPROVAL = env.bool("PUBLISHING_NEEDS_APPROVAL", True)
EMAIL_URL = env.str("EMAIL_URL", "console:", validate=a_mail_server)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "newsroom@localhost")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "", validate=a_contact)
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", 20 * 1024 * 1024, validate=Range(min=1))
UPLOAD_MAX_PIXELS = env.int("UPLOAD_MAX_PIXELS", 60_000_000, validate=Range(min=1))
TASKS_WORKER = env.bool("TASKS_WORKER", not LOCAL)
S3_BUCKET = env.str("S3_BUCKET", "")
S3_ENDPOINT = env.str("S3_ENDPOINT", "")
S3_REGION = env.str("S3_REGION", "")
S3_HOST = env.str("S3_HOST", "", validate=a_host_name)

try:
    env.seal()
except EnvError as error:
    raise SystemExit(
        f"RushCMS cannot start: {error} (docs/deploy.md lists the variables; at home `make run` writes them)"
    ) from None

if S3_BUCKET and not S3_HOST:
    raise SystemExit("RushCMS cannot start: S3_BUCKET needs S3_HOST, where readers get the pictures (docs/deploy.md).")

DEBUG = LOCAL
ROOT_URLCONF = "rushcms.urls"
WSGI_APPLICATION = "rushcms.wsgi.application"

INSTALLED_APPS = [
    "rushcms.apps.RushcmsConfig",
    "rushcms.apps.DeskConfig",
    "articles",
    "films",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.redirects",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "django_tasks_db",
    "markdownx",
    "django.forms",  # So that templates/ may replace a widget's template.
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "rushcms.middleware.permissions_policy",
    "rushcms.middleware.no_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rushcms.caching.public_caching",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.redirects.middleware.RedirectFallbackMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rushcms.views.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Databases -----------------------------------------------------------------------------------------------------------

DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_health_checks=True)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Without IMMEDIATE, two writers that read first meet as "database is locked", and no timeout helps.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    if LOCAL:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
    folder = Path(DATABASES["default"]["NAME"]).parent
    if not folder.is_dir():
        raise SystemExit(f"RushCMS cannot start: no folder {folder} for the database (DATA_DIR, DATABASE_URL).")
else:
    # Pages ask for milliseconds' worth; PostgreSQL would compile what it takes for more, and that alone takes a second.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
    if not DATABASES["default"]["OPTIONS"].get("pool"):
        DATABASES["default"]["CONN_MAX_AGE"] = 60

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Files ---------------------------------------------------------------------------------------------------------------

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if S3_BUCKET:
    # The keys stand in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the machine has a role.
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT or None,
            "region_name": S3_REGION or None,
            "custom_domain": S3_HOST,
            "file_overwrite": False,
            "querystring_auth": False,
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
        },
    }
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = LOCAL
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 40_000  # A film's page may hold two thousand credits of a dozen fields.

# Tasks ---------------------------------------------------------------------------------------------------------------

# Without a worker a task is done by the request that asks for it.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if TASKS_WORKER
        else "django.tasks.backends.immediate.ImmediateBackend"
    }
}

# Language and time ---------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
SITE_ID = 1

# People --------------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "rushcms.lockout.client_address"
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "rushcms.lockout.locked_out"

# Security ------------------------------------------------------------------------------------------------------------

# A nonce is sent only where a template used one: the admin's own pages. Public pages never do.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", *([f"https://{S3_HOST}"] if S3_HOST else [])],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if HTTPS:
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    # W005, W021: whether the newsroom's other hosts speak HTTPS is not for a CMS to promise.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Mail ----------------------------------------------------------------------------------------------------------------

mail = urlsplit(EMAIL_URL)
MAILERS: dict[str, dict] = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
if mail.scheme in MAIL_PORTS:
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": mail.hostname or "localhost",
            "port": mail.port or MAIL_PORTS[mail.scheme],
            "username": unquote(mail.username or ""),
            "password": unquote(mail.password or ""),
            "use_tls": mail.scheme == "smtp+tls",
            "use_ssl": mail.scheme == "smtp+ssl",
            "timeout": 5,  # Somebody waits for the page meanwhile; see articles/telling.py.
        },
    }

# Logs ----------------------------------------------------------------------------------------------------------------


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
        },
        "text": {"format": "%(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "text" if LOCAL else "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}

MARKDOWNX_MARKDOWNIFY_FUNCTION = "articles.rendering.markdownify"
