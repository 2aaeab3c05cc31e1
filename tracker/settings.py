"""All settings, read from the environment; the README's table lists every variable. Nothing insecure is a default."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env
from whitenoise.compress import Compressor

from tracker.env import (
    key_file,
    read_cache,
    read_keys,
    read_mail,
    read_media,
    read_purge_addresses,
    read_purge_token,
    read_replicas,
    read_secret_key,
    read_site,
)
from tracker.patience import PatientConnection

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
TRACKER_SITE = read_site(env)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = read_secret_key(env, VAR_DIR / "secret_key")
# The public site holds nothing sealed and has no key to open anything.
HOLDS_RECORDS = TRACKER_SITE != "public"
SEALING_KEYS = read_keys(env, "SEALING_KEYS", VAR_DIR / "sealing_keys") if HOLDS_RECORDS else []
SEALING_KEYS_FILE = key_file(env, "SEALING_KEYS", VAR_DIR / "sealing_keys") if HOLDS_RECORDS else None
AUDIT_KEY = read_keys(env, "AUDIT_KEY", VAR_DIR / "audit_key")[0] if HOLDS_RECORDS else ""
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# Where readers find the site and whom they write to --------------------------------------------------------------
SITE_URL = env.str("SITE_URL", "").rstrip("/")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", "")
# Under which licence files and releases may be used; it is written into each of them.
DATA_LICENCE = env.str("DATA_LICENCE", "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/")

SERVES_DESK = TRACKER_SITE in ("all", "desk")
# Copies of the public database from which the public site reads; the desk reads what it wrote.
REPLICA_ADDRESSES = read_replicas(env) if TRACKER_SITE == "public" else []
# E-mails to who follows a list: `manage.py send_digests` sends them, and the form is shown only where they can be sent.
# The public site writes nothing down; FOLLOW_URL leads its readers to the desk's process, which does.
EMAIL = read_mail(env) if HOLDS_RECORDS else {}
EMAIL_BACKEND = EMAIL.get("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST, EMAIL_PORT = EMAIL.get("EMAIL_HOST") or "localhost", EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.get("EMAIL_HOST_USER") or "", EMAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = EMAIL.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "")
FOLLOW_URL = env.str("FOLLOW_URL", "").rstrip("/")
FOLLOWS = SERVES_DESK and bool(EMAIL and DEFAULT_FROM_EMAIL and SITE_URL)

# For how many days a message to a partner's program is tried again before it is given up.
WEBHOOK_DAYS = env.int("WEBHOOK_DAYS", 5)

DESK_APPS = (
    ["django.contrib.admin.apps.SimpleAdminConfig", "nested_admin", "allauth.account", "allauth.mfa"]
    if SERVES_DESK
    else []
)
# The record classes refer to accounts and content types, so their apps are known everywhere; on the public site they
# have no tables, no middleware and no addresses.
INSTALLED_APPS = [
    *DESK_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    *(["django.contrib.sessions", "django.contrib.messages"] if SERVES_DESK else []),
    "tracker.static_files.StaticFiles",
    "csp",
    "simple_history",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "cases",
]

MIDDLEWARE = [
    "cases.views.bodies.read_to_the_end",
    "tracker.unfinished.closed_while_restoring",
    # Before what reads whether a kept page still holds: that is read where the page is.
    *(["tracker.replicas.read_from_replicas"] if REPLICA_ADDRESSES else []),
    # What it answers by itself carries the headers of the page that was made by all that follows.
    "cases.views.keeping.kept_pages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    *(["django.contrib.sessions.middleware.SessionMiddleware"] if SERVES_DESK else []),
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    *(
        [
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            "simple_history.middleware.HistoryRequestMiddleware",
        ]
        if SERVES_DESK
        else []
    ),
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cases.views.headers.public_headers",
    # Innermost, so that its answers carry every header; before the check of CSRF tokens, which comes with the view.
    *(["cases.admin.gate.gate"] if SERVES_DESK else []),
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

FORM_RENDERER = "tracker.form_renderer.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "site"],
        "OPTIONS": {
            "environment": "cases.templatetags.pages.environment",
            "context_processors": ["cases.views.context.site"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *(
                    [
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                    if SERVES_DESK
                    else []
                ),
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "cases.templatetags.tracker"],
        },
    },
]

# Databases -------------------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
}


#: A server that is switched off, or cut off from the network, is noticed soon: seconds, and one of milliseconds.
NOTICED = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


#: PostgreSQL compiles questions that it takes for long ones. Ours are short: of 95 ms for a list of 350,000 cases it was 94.
UNCOMPILED = {"options": "-c jit=off"}


def database(variable: str, default: str = "") -> dict[str, Any]:
    """Return the database of the address in `variable`, with what its engine needs."""
    address = env.str(variable, default)
    if not address:
        raise ImproperlyConfigured(f"{variable} is not set; write a database address, for example postgres://…")
    return with_options(dict(env.dj_db_url(variable, default)))


def with_options(config: dict[str, Any]) -> dict[str, Any]:
    """Return a database with what its engine needs."""
    if "sqlite" in config["ENGINE"]:
        config["OPTIONS"] = SQLITE_OPTIONS
        config["CONN_MAX_AGE"] = None
    else:
        config["OPTIONS"] = {
            **NOTICED,
            **UNCOMPILED,
            **config.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10, "connection_class": PatientConnection},
        }
        config["CONN_MAX_AGE"] = 0
    return config


REPLICAS: list[str] = []
if TRACKER_SITE == "public":
    DATABASES = {"default": database("PUBLIC_DATABASE_URL", f"sqlite:///{VAR_DIR / 'public.sqlite3'}")}
    for number, address in enumerate(REPLICA_ADDRESSES, start=1):
        REPLICAS.append(f"replica{number}")
        DATABASES[REPLICAS[-1]] = with_options(address)
        # One that is away is left out, and soon.
        DATABASES[REPLICAS[-1]]["OPTIONS"] |= {"connect_timeout": 2}
        DATABASES[REPLICAS[-1]]["OPTIONS"]["pool"] |= {"timeout": 1, "reconnect_timeout": 10}
    if REPLICAS and "postgresql" not in DATABASES["default"]["ENGINE"]:
        raise ImproperlyConfigured("PUBLIC_REPLICA_URLS needs PUBLIC_DATABASE_URL to be their primary: postgres://…")
else:
    DATABASES = {"default": database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'tracker.sqlite3'}")}
    if env.str("PUBLIC_DATABASE_URL", ""):
        DATABASES["public"] = database("PUBLIC_DATABASE_URL")
DATABASE_ROUTERS = ["tracker.routers.TwoWings"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages -------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("uk", _("Ukrainian"))]
LANG_INFO["crh-latn"] = {"bidi": False, "code": "crh-latn", "name": "Crimean Tatar", "name_local": "Qırımtatarca"}
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "tracker.formats"
USE_TZ = True
TIME_ZONE = "Europe/Kyiv"

# How many days what has served its purpose is kept; 0 keeps it. `cases/queries/retention.py` has the reasons. ----------
RETENTION_DRAFT_DAYS = env.int("RETENTION_DRAFT_DAYS", 1095)
RETENTION_SUBMISSION_DAYS = env.int("RETENTION_SUBMISSION_DAYS", 365)
RETENTION_SIGN_IN_DAYS = env.int("RETENTION_SIGN_IN_DAYS", 180)

# After how many days in transit somebody should ask where the person is. ------------------------------------------------
TRANSIT_ALARM_DAYS = env.int("TRANSIT_ALARM_DAYS", 30)

# Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Pages name a file by the hash of its contents, so the copy without one is not kept, and only debuggers ask for maps.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
MEDIA_ROOT = VAR_DIR / "media"
#: Who was erased, as keyed hashes; it outlives the database, so that a restored backup can be brought up to it.
ERASURES_FILE = VAR_DIR / "erasures"
MEDIA_URL = "/desk/files/"  # served by the desk alone, after a permission check
MEDIA_BUCKET = env.str("MEDIA_BUCKET", "") if HOLDS_RECORDS else ""
STORAGES: dict[str, dict[str, Any]] = {
    # In a folder, or in a bucket: sealed before they leave this process either way.
    "default": (read_media(env) if HOLDS_RECORDS else None) or {"BACKEND": "cases.sealed_files.SealedStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
# Uploads stay in memory until they are sealed; the proxy must let this much through, and a little more.
FILE_UPLOAD_HANDLERS = ["cases.uploads.MemoryOnly"]
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", 25) * 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_MAX_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # what is typed, without files
DATA_UPLOAD_MAX_NUMBER_FILES = 4
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a whole case on one screen, with its nested rows
DRAFT_DAYS = env.int("DRAFT_DAYS", 7)  # how long text that was typed and not saved is kept
DRAFT_MOST_BYTES = env.int("DRAFT_MOST_BYTES", 1_000_000)

# How long a deliberate look at sealed values lasts, in minutes.
UNSEALED_MINUTES = env.int("UNSEALED_MINUTES", 10)

# Security --------------------------------------------------------------------------------------------------------
HTTPS = env.bool("HTTPS", True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = (
    "same-origin"  # no-referrer makes browsers send "Origin: null", and every form of the desk fails
)
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/desk/"
# A session ends after this long without a page asked for, and after this long in any case. What is sensitive asks again
# who is there once the last proof is older than CONFIRM_MINUTES.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 30)
SESSION_HOURS = env.int("SESSION_HOURS", 12)
CONFIRM_MINUTES = env.int("CONFIRM_MINUTES", 5)
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "cases.views.errors.form_expired"
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of our own add the address they saw to X-Forwarded-For: the address that the outermost of them saw is
# taken, nothing that stands before it is believed, and with 0 the header is not read at all.
PROXIES = env.int("PROXIES", 1 if BEHIND_PROXY else 0)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
LOGIN_URL = "/desk/login/"
LOGIN_REDIRECT_URL = "/desk/"
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}" for name in ("Argon2PasswordHasher", "PBKDF2PasswordHasher")]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# What the processes tell each other: how often they were asked. And pages that were made, until what is public changes.
# With CACHE_URL in Redis, which may be away: each process is then alone. What guards the desk (attempts to sign in, codes
# that were used) is never there, but in the database.
LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"
PAGES_KEPT = env.int("PAGES_KEPT", 500)
MEMORY = "tracker.memory_cache.MemoryCache"
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": LOCAL_CACHE, "LOCATION": "default"},
    "shared": read_cache(env) or {"BACKEND": LOCAL_CACHE, "LOCATION": "shared"},
    # In the process alone: nobody else may put a page there, or a part of one, with words and headers of their choice.
    "pages": {"BACKEND": MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": PAGES_KEPT}},
    "parts": {"BACKEND": MEMORY, "LOCATION": "parts", "OPTIONS": {"MAX_ENTRIES": 4 * PAGES_KEPT}, "TIMEOUT": 86_400},
}
CACHES["pages"] |= {"TIMEOUT": 86_400, "KEY_PREFIX": "pages"}
# Caches in front of the site that are told to forget its pages when something is published or withdrawn: PURGE is sent to
# each of these addresses. Only then may they answer without asking.
CACHE_PURGE_URLS = read_purge_addresses(env)
CACHE_PURGE_TOKEN = read_purge_token(env)

# Sign-in at the desk ---------------------------------------------------------------------------------------------
if SERVES_DESK:
    AUTHENTICATION_BACKENDS = ["cases.admin.backends.DeskBackend"]
    SESSION_ENGINE = "cases.admin.session_store"
    MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # names of people stay out of cookies
    # Shared by all processes, so that limits on attempts hold for all of them; the keys are hashed.
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "desk_cache",
        "KEY_FUNCTION": "tracker.cache_keys.hashed",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
    if "redis" not in CACHES["shared"]["BACKEND"]:
        CACHES["shared"] = CACHES["default"]
    ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
    ACCOUNT_ADAPTER = "cases.admin.adapters.AccountAdapter"
    ACCOUNT_LOGIN_METHODS = {"username"}
    ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
    ACCOUNT_EMAIL_VERIFICATION = "none"
    ACCOUNT_SESSION_REMEMBER = False
    ACCOUNT_RATE_LIMITS = {
        "login": "30/m/ip",
        # Also the limit on codes of the second factor, by account.
        "login_failed": "10/m/ip,100/h/ip,5/5m/key,20/h/key,60/d/key",
        "reauthenticate": "10/m/user",
        "change_password": "5/m/user",
        "follow": "20/h/key",  # by network: cases/admin/follow.py
    }
    MFA_ADAPTER = "cases.admin.adapters.SecondFactorAdapter"
    MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
    MFA_ALLOW_UNVERIFIED_EMAIL = True
    MFA_TOTP_ISSUER = "Case tracker"
    MFA_TOTP_TOLERANCE = 1  # half a minute either way, for phones whose clock is wrong; no code works twice

# API -------------------------------------------------------------------------------------------------------------
# How many requests one address may make in a minute (0: as many as it likes), and which addresses may make as many as they
# like: this machine, for a proxy that is not told of in PROXIES makes everybody look like it.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 600)
API_UNLIMITED_ADDRESSES = env.list("API_UNLIMITED_ADDRESSES", ["127.0.0.1", "::1"])
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Case tracker",
    "VERSION": "1",
    "DESCRIPTION": "Published cases of people imprisoned for political reasons, with detention sites and provisions.",
    "SERVE_INCLUDE_SCHEMA": False,
}

# Logs: what the program did, never who read it ---------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
