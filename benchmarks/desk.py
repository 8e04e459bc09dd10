"""The desk and the public pages over a whole catalogue, and over ten times as much: `python -m benchmarks.desk`."""

from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.measuring import show, spent
from benchmarks.movies import write_tables
from benchmarks.multiplying import multiply
from benchmarks.site import site
from films.checking.queues import QUEUES
from films.importing.imdb import import_imdb
from films.models import Film, Person
from tests.factories import make_superuser

TIMES = 10
RUNS = 5
SHORT, LONG = 300, 1_000  # Milliseconds that a page may take, once and ten times.


def main():
    """Measure every page over the films of movies.db, and over ten times as many rows."""
    with site():
        load()
        once = measured()
        multiply(TIMES)
        settle()
        many = measured()
    rows = [(name, *once[name], *many[name]) for name in once]
    units = ("ms", "ms of processor", "queries")
    show([connection.vendor, *units, *(f"{unit}, {TIMES} times" for unit in units)], rows)
    slow = [name for name, *_ in rows if once[name][0] > SHORT or many[name][0] > LONG]
    show([f"over {SHORT} ms, or {LONG:,} ms {TIMES} times", ""], [(name, "") for name in slow])


def load():
    """Load movies.db."""
    with TemporaryDirectory() as folder:
        write_tables(Path(folder))
        import_imdb(Path(folder))
    settle()


def settle():
    """Let PostgreSQL count its rows, as it does by itself before long."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measured():
    """Return for each page its median time, that of the processor without the database server's, and its queries."""
    client = Client()
    client.force_login(make_superuser())
    return {name: measure(partial(answer, client, address)) for name, address in pages().items()}


def measure(work):
    """Return the medians of *work* and how many queries it asks."""
    with CaptureQueriesContext(connection) as asked:
        work()
    queries = len(asked)  # Now: the next request forgets what was asked.
    costs = [spent(work) for _ in range(RUNS)]
    return 1000 * median(cost.seconds for cost in costs), 1000 * median(cost.processor for cost in costs), queries


def answer(client, address):
    """Ask for the page, which must be there."""
    assert client.get(address).status_code == 200, address  # noqa: S101


def pages():
    """Return the addresses by what they are; the film and the person are those with most credits."""
    film, person = (
        model.objects.annotate(number=Count("credits")).order_by("-number", "pk")[0] for model in (Film, Person)
    )
    films, people = reverse("admin:films_film_changelist"), reverse("admin:films_person_changelist")
    credits = reverse("admin:films_credit_changelist")
    offers = f"{reverse('admin:autocomplete')}?app_label=articles&model_name=article&field_name=film&term="
    lookup = f"{reverse('admin:films_person_lookup')}?film={film.pk}&q="
    return {
        "desk": reverse("admin:index"),
        "films": films,
        **{f"films, {name}": f"{films}?{query}" for name, query in FILMS.items()},
        "people": people,
        **{f"people, {name}": f"{people}?{query}" for name, query in PEOPLE.items()},
        "credits": credits,
        **{f"credits, {name}": f"{credits}?{query}" for name, query in CREDITS.items()},
        **{f"to be checked, {queue}": reverse("admin:films_checks", args=[queue]) for queue in QUEUES},
        **{f"offered films, “{term}”": f"{offers}{quote(term)}" for term in ("love", "rush 1991", "zzz")},
        **{f"looked up, “{term}”": f"{lookup}{quote(term)}" for term in ("sam elliott", "john", "jo", "zzz")},
        **{f"the film with most credits, {name}": address for name, address in of(film).items()},
        **{f"the person with most credits, {name}": address for name, address in of(person).items()},
        **{f"readers’ {path}": path for path in READERS},
    }


def of(row):
    """Return the pages of one film or person."""
    name = f"admin:films_{row._meta.model_name}"
    own = {page: reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history", "delete")}
    return own | {"for readers": row.get_absolute_url()}


LAST = 100_000
FILMS = {
    "“love”": "q=love",
    "“rush 1991”": "q=rush+1991",
    "“zzz”": "q=zzz",
    "by an id": "q=tt0102820",
    "the 1990s": "decade=1990",
    "without cast": "missing=cast",
    "without director": "missing=director",
    "without article": "missing=article",
    "by cast": "o=-4",
    "by articles": "o=-5",
    "page 300": "p=300",
}
PEOPLE = {
    "“john”": "q=john",
    "“sam elliott”": "q=sam+elliott",
    "“zzz”": "q=zzz",
    "by an id": "q=nm0000001",
    "without credits": "missing=credits",
    "without year of birth": "missing=year+of+birth",
    "by credits": "o=-4",
    "page 1,000": "p=1000",
}
CREDITS = {
    "“john”": "q=john",
    "“sam elliott”": "q=sam+elliott",
    "“zzz”": "q=zzz",
    "directing": "department__exact=directing",
    "by person": "o=1",
    "page 1,000": "p=1000",
}
READERS = [
    "/films/",
    f"/films/?page={LAST}",
    "/films/?q=love",
    "/films/?q=zzz",
    "/people/",
    f"/people/?page={LAST}",
    "/people/?q=john",
    "/search/?q=sam+elliott",
]

if __name__ == "__main__":
    main()
