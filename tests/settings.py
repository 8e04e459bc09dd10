"""The settings the suite runs under: production's, with fast hashing, files that vanish and no .env."""

import os
import tempfile

os.environ |= {
    "ENV_FILE": os.devnull,
    "RUSHCMS_MODE": "production",
    "SECRET_KEY": "a key for the tests alone, long enough for the checks to be quiet about it",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "HTTPS": "false",
    "PROXIES": "0",
    "PUBLISHING_NEEDS_APPROVAL": "false",
    "TASKS_WORKER": "false",
    "DATA_DIR": tempfile.gettempdir(),
}

from rushcms.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: in memory the live server's threads and the test share one connection, and so a transaction,
    # in which one thread's rollback takes away what another has just written.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(tempfile.gettempdir(), f"rushcms-test-{os.getpid()}.sqlite3")}
