"""The readers' search over 20,000 articles and 50,000 people: `python -m benchmarks.searching`."""

import os
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Publication, Revision
from articles.searching.rebuilding import rebuild
from benchmarks.measuring import show
from benchmarks.site import site
from benchmarks.texts import SYLLABLES, article
from films.models import Credit, Department, Film, Person
from films.names import slug

FILMS, PEOPLE, ARTICLES, CAST = 10_000, 50_000, 20_000, 15
TEXTS, WORDS = 200, 640  # Different texts, which articles share, and their length.
GIVEN = ["Jason", "Jennifer", "Anna", "Marie", "John", "Sam", "Ingrid", "Akira", "Omar", "Li"]
QUERIES = {
    "suggest": ["ja", "jas", "jason ra", "film 12", "anna", "raker"],
    "results": [
        "jason",
        "film 1234",
        "rake lomi",
        "what is the movie film 77 about",
        "john tan 1987",
        "ra",
        "sol vi ne",
    ],
    "misspelt": ["jasno rakelo", "jennnifer lomi", "akria", "qwzyx"],
}
RUNS = 11
random = Random(7)  # noqa: S311


def main():
    """Fill a site, and measure making the index, its size, and asking it."""
    with site():
        start = perf_counter(), process_time()
        people, films = make_people(), make_films()
        made = perf_counter() - start[0], process_time() - start[1]
        make_credits(films, people)
        make_articles(films)
        settle()
        rebuilt = timed(rebuild)
        settle()
        show(
            [connection.vendor, "s", "s of processor"],
            [("make 50,000 people and 10,000 films", *made), ("rebuild", *rebuilt)],
        )
        show(["index", "MB"], [(name, size / 1_000_000) for name, size in sizes()])
        heading = ["", "queries", "p50 ms", "p95 ms", "p50 ms of processor", "p95 ms of processor"]
        show(heading, [row(name) for name in QUERIES])
        show(
            ["one by one", "ms"],
            [(f"{name}: {query}", one(name, query)) for name in QUERIES for query in QUERIES[name]],
        )
        show(["load", ""], [(f"{load:.1f}", "") for load in os.getloadavg()[:1]])


def make_people():
    """Make people whose given names are few and whose family names are many."""
    rows = [_person(number) for number in range(PEOPLE)]
    return Person.objects.bulk_create(rows, batch_size=2_000)


def make_films():
    """Make films with a number and a word for a title."""
    titles = [f"Film {number} {_word()}".title() for number in range(FILMS)]
    rows = [
        Film(title=title, sort_title=title, year=1930 + place % 95, slug=slug(title))
        for place, title in enumerate(titles)
    ]
    return Film.objects.bulk_create(rows, batch_size=2_000)


def make_credits(films, people):
    """Give each film a cast."""
    rows = (
        Credit(film=film, person=person, department=Department.CAST, billing=place)
        for film in films
        for place, person in enumerate(random.sample(people, CAST))
    )
    Credit.objects.bulk_create(rows, batch_size=2_000)


def make_articles(films):
    """Make articles that are live, two to a film, without the desk."""
    texts = [article(WORDS, seed=number) for number in range(TEXTS)]
    now = timezone.now()
    rows = Article.objects.bulk_create(
        [Article(slug=f"piece-{number}", film=films[number % FILMS]) for number in range(ARTICLES)], batch_size=2_000
    )
    revisions = Revision.objects.bulk_create(
        [
            Revision(article=row, number=1, title=f"{row.film.title} Explained: {_word()}", body=texts[row.pk % TEXTS])
            for row in rows
        ],
        batch_size=2_000,
    )
    Publication.objects.bulk_create(
        [Publication(article=each.article, revision=each, starts=now) for each in revisions], batch_size=2_000
    )


def settle():
    """Let the database count its rows, and on PostgreSQL tidy up, as it does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def sizes():
    """Give the sizes of the entries and of their words in bytes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ("articles_searchentry", "articles_words", "articles_headings")
            cursor.execute("SELECT " + ", ".join(f"pg_table_size('{name}')" for name in names))
            told = ("entries, with their words", "index of words", "index of headings")
            return zip(told, cursor.fetchone(), strict=True)
        cursor.execute(
            "SELECT sum(length(names) + length(about) + length(prose) + length(text)), "
            "(SELECT sum(length(block)) FROM articles_words_data) FROM articles_searchentry"
        )
        return zip(("entries", "index of words"), cursor.fetchone(), strict=True)


def row(name):
    """Return how often a request asks the database at most, and the middle and the worst of times for all queries."""
    works = [partial(request, name, query) for query in QUERIES[name]]
    for work in works:
        work()
    taken = [timed(work) for _ in range(RUNS) for work in works]
    return name, max(map(asked, works)), *(value for clock in zip(*taken, strict=True) for value in _percentiles(clock))


def one(name, query):
    """Return the median time of a query in milliseconds."""
    return sorted(timed(partial(request, name, query))[0] for _ in range(3))[1] * 1_000


def request(name, query):
    """Ask as a browser would."""
    response = Client().get("/search/suggest" if name == "suggest" else "/search/", {"q": query}, secure=True)
    if response.status_code != 200:
        raise ValueError(f"{query}: {response.status_code}")


def asked(work):
    """Return how many queries *work* asks."""
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def timed(work):
    """Return how many seconds *work* takes, by the clock and of the processor, Python's and PostgreSQL's together."""
    start = perf_counter(), _processor()
    work()
    return perf_counter() - start[0], _processor() - start[1]


def _processor():
    """Return how many seconds this process has had, and that of PostgreSQL which answers it, on this machine."""
    if connection.vendor != "postgresql":
        return process_time()
    connection.ensure_connection()
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    return process_time() + int(server.split()[0]) / 1_000_000_000


def _percentiles(seconds):
    ordered = sorted(seconds)
    return [ordered[len(ordered) * share // 100] * 1_000 for share in (50, 95)]


def _person(number):
    name = f"{GIVEN[number % len(GIVEN)]} {_word().title()}"
    return Person(name=name, sort_name=name, slug=f"person-{number}")


def _word():
    return "".join(random.choices(SYLLABLES, k=random.randint(2, 4)))


if __name__ == "__main__":
    main()
