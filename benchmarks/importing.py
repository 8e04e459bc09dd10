"""Loading 17,472 real films with their history, again, and after a kill: `python -m benchmarks.importing`.

Beside it stand the same rows, copied bare: without models, rules and indexes.
"""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from django.conf import settings
from django.db import connection

from benchmarks.measuring import Spent, peak_megabytes, show, spent
from benchmarks.movies import write_tables
from benchmarks.site import site
from films.importing.imdb import import_imdb
from films.models import Change, Credit, Film, Person

MODELS = [Film, Person, Credit, Change]
FRACTIONS = {20: "peak MB, a twentieth of the films", 10: "peak MB, a tenth"}
LOADER = "import django; django.setup(); from pathlib import Path; from films.importing.imdb import import_imdb; "


def main():
    """Load the whole, load it again, load it bare; measure the memory; kill it and go on."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        lines, films = write_tables(folder)
        with site():
            rows = [row("load", lines, spent(lambda: import_imdb(folder)))]
            counted = [(model._meta.verbose_name_plural, model.objects.count()) for model in MODELS]
            whole = everything()
            rows.append(row("load again: nothing changes", lines, spent(lambda: import_imdb(folder))))
            rows.append(row("the same rows bare, all four tables", sum(n for _, n in counted), spent(bare)))
            unchanged = everything() == whole
        with site():
            peaks = [peak_megabytes(partial(import_imdb, folder, ids=films[::every])) for every in FRACTIONS]
        with site() as address:
            killed = kill(folder, address)
            import_imdb(folder)
            same = everything() == whole
    show([connection.vendor, "rows", "seconds", "of processor", "rows a second"], rows)
    show(["", ""], [*counted, *zip(FRACTIONS.values(), peaks, strict=True)])
    told = ("loading again changed nothing", unchanged), (f"killed after {killed:,} films, run again: the same", same)
    show(["", ""], told)


def row(what, lines, cost: Spent):
    """Return what *lines* rows cost, and how many that is a second."""
    return [what, lines, cost.seconds, cost.processor, round(lines / cost.seconds)]


def everything():
    """Return what was loaded, but for the rows' numbers, which a killed transaction may have used up."""
    names = "film__imdb_id", "person__imdb_id", "department", "job", "billing"
    return [
        sorted(Film.objects.values_list("imdb_id", "title", "year", "runtime", "slug")),
        sorted(Person.objects.values_list("imdb_id", "name", "slug")),
        sorted(map(str, Credit.objects.values_list(*names))),
        sorted(map(str, Change.objects.values_list("film__imdb_id", "person__imdb_id", "about", "action", "source"))),
    ]


def bare():
    """Copy the films, people, credits and changes into tables without rules: COPY, or executemany on SQLite."""
    with connection.cursor() as cursor:
        for model in MODELS:
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            rows, width = cursor.fetchall(), len(cursor.description)
            cursor.execute(f"CREATE TABLE bare_{table} AS SELECT * FROM {table} LIMIT 0")  # noqa: S608
            _copy(cursor, f"bare_{table}", rows, width)


def _copy(cursor, table, rows, width):
    if connection.vendor == "sqlite":
        cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * width)})", rows)  # noqa: S608
        return
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for each in rows:
            copy.write_row(each)


def kill(folder, address):
    """Load in a process of its own, kill that on its way, and return how many films it left."""
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    load = f"{LOADER} import_imdb(Path({str(folder)!r}))"
    loader = subprocess.Popen([sys.executable, "-c", load], cwd=settings.BASE_DIR, env=environment)  # noqa: S603
    while Film.objects.count() < 5_000 and loader.poll() is None:
        sleep(0.1)
    loader.send_signal(signal.SIGKILL)
    loader.wait()
    return Film.objects.count()


if __name__ == "__main__":
    main()
