"""A site to measure: a database made for the occasion and taken away afterwards."""

from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection


@contextmanager
def site():
    """Give an empty, migrated site on SQLite, or where DATABASE_URL says; the value is that database's address."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield _address()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def sample_site():
    """Give a site with what `manage.py demo` makes."""
    with site() as address:
        call_command("demo", stdout=StringIO())
        yield address


def _address():
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    return f"postgresql://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
