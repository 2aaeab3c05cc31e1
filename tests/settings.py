"""The project's settings as the tests run them: a throw-away key, plain http, no files of this machine."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "k" * 60)
os.environ.setdefault("HTTPS", "false")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="tracker-tests-"))

from tracker.settings import *  # noqa: E402, F403 - the tests run the real settings

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
