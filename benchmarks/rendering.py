"""Rendering long and hostile texts, answering with pages, saving from two processes: `-m benchmarks.rendering`."""

import os
import re
import subprocess
import sys
from itertools import cycle
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client

from articles.models import Revision
from articles.rendering import Audience, render
from benchmarks.measuring import milliseconds, show
from benchmarks.site import sample_site
from benchmarks.texts import article
from films.models import Film
from tests.articles.test_concurrency import SAVER
from tests.factories import make_article, make_superuser

MARKS = ["[", "|", "::: spoiler\n", "> ::: spoiler\n"]
LENGTHS = (16_000, 160_000)  # Words; ten times the text may take twelve times as long.
PAGES = ["/", "/articles/", "/articles/rush-1991-explained/", "/films/rush-1991/"]
SAVES = 200
SAVERS = ("ana", "ben")


def main():
    """Measure all of it."""
    body = article(1_600)
    with sample_site() as address:
        rows = [
            ("render 1,600 words", *milliseconds(lambda: render(body, film=None, audience=Audience.READERS))),
            ("the same with 60 references and spoilers", *milliseconds(lambda: render(told(body), film=rush()))),
        ]
        client = Client()
        rows += [(f"answer {page}", *milliseconds(lambda page=page: answer(client, page))) for page in PAGES]
        show([connection.vendor, "ms"], rows)
        show(["long and hostile texts", "ms"], hostile())
        for name in SAVERS:
            make_superuser(username=name)
        show(["two processes on one article", ""], saving(make_article(body=body), address))


def rush():
    """Return the sample site's film."""
    return Film.objects.get(slug="rush-1991")


def told(body):
    """Return *body* with a reference, a fact or a spoiler in every other sentence."""
    marks = cycle(["[[character:jim-raynor]].", "[[film.director]].", "||[[film:rush-1991]]||."])
    return re.sub(r"\.(?= )", lambda _: f" {next(marks)}", body)


def hostile():
    """Return how long a megabyte of each kind of mark takes, and ten times the text; one run of each."""
    texts = [(f"1 MB of {piece.strip()}", piece * (1_000_000 // len(piece))) for piece in MARKS]
    texts += [(f"{words:,} words", told(article(words))) for words in LENGTHS]
    return [(name, *milliseconds(lambda text=text: render(text, film=rush()), runs=1)) for name, text in texts]


def answer(client, page):
    """Ask for the page as a reader does; it must be there."""
    assert client.get(page).status_code == 200  # noqa: S101


def saving(piece, address):
    """Let two processes save *piece* as fast as they can, and return what came of it."""
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    before = Revision.objects.filter(article=piece).count()
    start = perf_counter()
    savers = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", SAVER, str(piece.pk), name, str(SAVES)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in SAVERS
    ]
    said = "".join(saver.communicate()[0] for saver in savers)
    took = perf_counter() - start
    saved = Revision.objects.filter(article=piece).count() - before
    return [
        ("attempts", 2 * SAVES),
        ("revisions", saved),
        ("told of a conflict", said.count("[409,")),
        ("errors", 2 * SAVES - saved - said.count("[409,")),
        ("attempts a second, start of Python and Django included", 2 * SAVES / took),
    ]


if __name__ == "__main__":
    main()
