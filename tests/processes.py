"""Other processes that share a test's rows."""

from django.db import connection

SHARED = "shared.sqlite3"


def database_url(folder):
    """Return the address under which another process finds the rows there are: on SQLite, a copy in *folder*."""
    if connection.vendor == "postgresql":
        own = connection.settings_dict
        password = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
        return f"postgresql://{own['USER']}{password}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    file = folder / SHARED
    connection.cursor().execute("VACUUM INTO %s", [str(file)])
    return f"sqlite:///{file}"
