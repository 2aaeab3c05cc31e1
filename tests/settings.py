"""The project's settings as the tests run them: nothing of this machine's environment, folders of their own.

`TEST_DATABASES` says which databases this process uses; `tests/legs.py` sets it for the further legs of a whole run.
    sqlite      records and public copy in one SQLite file
    postgresql  both in one PostgreSQL database
    two         records and public copy in two PostgreSQL databases
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = "TRACKER_TESTS_FOLDER"
if FOLDER not in os.environ:  # a process that pytest-xdist started shares its parent's folder
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="tracker-tests-")
    atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)

for name in ("static", "media"):
    (Path(os.environ[FOLDER]) / name).mkdir(exist_ok=True)

LEG = os.environ.get("TEST_DATABASES", "sqlite")
#: The host is filled in when the cluster has started, by the fixture `django_db_modify_db_settings`.
ADDRESSES = {
    "sqlite": {"DATABASE_URL": f"sqlite:///{os.environ[FOLDER]}/not-used.sqlite3"},
    "postgresql": {"DATABASE_URL": "postgres://tracker@starts-later/tracker"},
    "two": {
        "DATABASE_URL": "postgres://tracker@starts-later/tracker",
        "PUBLIC_DATABASE_URL": "postgres://tracker@starts-later/tracker_public",
    },
}
OURS = {
    "SECRET_KEY": "only-for-tests-" + "k" * 60,
    "SEALING_KEYS": "dGVzdHMtb25seS1zZWFsaW5nLWtleS1udW1iZXItMSE=",
    "AUDIT_KEY": "dGVzdHMtb25seS1hdWRpdC1rZXktLS0tbnVtYmVyLTE=",
    "BACKUP_KEY": "dGVzdHMtb25seS1iYWNrdXAta2V5LW51bWJlci0wMDE=",
    "HTTPS": "false",
    "VAR_DIR": os.environ[FOLDER],
    **ADDRESSES[LEG],
}
THEIRS = (
    "PUBLIC_DATABASE_URL",
    "PUBLIC_REPLICA_URLS",
    "CACHE_URL",
    "MEDIA_BUCKET",
    "MEDIA_BUCKET_ENDPOINT",
    "MEDIA_BUCKET_REGION",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "SECRET_KEY_FILE",
    "SEALING_KEYS_FILE",
    "AUDIT_KEY_FILE",
    "BACKUP_KEY_FILE",
    "TRACKER_SITE",
    "DEBUG",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "SITE_URL",
    "CONTACT_EMAIL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "FOLLOW_URL",
    "WEBHOOK_DAYS",
    "CACHE_PURGE_URLS",
    "CACHE_PURGE_TOKEN",
    "PAGES_KEPT",
    "DATA_LICENCE",
    "BEHIND_PROXY",
    "HSTS_SECONDS",
    "LOG_LEVEL",
    "RETENTION_DRAFT_DAYS",
    "RETENTION_SUBMISSION_DAYS",
    "RETENTION_SIGN_IN_DAYS",
    "DRAFT_DAYS",
    "TRANSIT_ALARM_DAYS",
    "DRAFT_MOST_BYTES",
    "UPLOAD_MAX_MB",
    "API_REQUESTS_PER_MINUTE",
    "API_UNLIMITED_ADDRESSES",
)
for variable in THEIRS:
    os.environ.pop(variable, None)
os.environ.update(OURS)
# Playwright keeps an event loop in the thread of the tests for as long as a browser is open; ours is no async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from tracker.settings import *  # noqa: E402, F403 - the tests run the real settings
from tracker.settings import CACHES, DATABASES, SQLITE_OPTIONS  # noqa: E402

if LEG == "sqlite":
    # A file, as in production: several threads of a live server each have their own connection to it.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ[FOLDER]) / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"] = {
        **SQLITE_OPTIONS,
        "init_command": SQLITE_OPTIONS["init_command"].replace("synchronous=NORMAL", "synchronous=OFF"),
    }
# Tests write public rows past the door, which gives no new mark; those of kept pages keep them.
CACHES["pages"] = CACHES["parts"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "cases.sealed_files.SealedStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
