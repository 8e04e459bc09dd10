"""The suite's settings, which are production's with fast passwords, and a SQLite file that vanishes at the end."""
# ruff: noqa: F403, F405

from tempfile import TemporaryDirectory

from tests.settings import *

FOLDER = TemporaryDirectory(prefix="rushcms-benchmark.")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": f"{FOLDER.name}/db.sqlite3"}
LOGGING["root"]["level"] = "ERROR"
