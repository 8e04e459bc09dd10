"""Rendering, answering with a page, and saving from two processes: `python -m benchmarks.rendering`."""

import os
import subprocess
import sys
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client

from articles.models import Revision
from articles.rendering import Audience, render
from benchmarks.measuring import milliseconds, show
from benchmarks.site import sample_site
from benchmarks.texts import article
from tests.articles.test_concurrency import SAVER
from tests.factories import make_article

PAGES = ["/", "/articles/", "/articles/rush-1991-explained/", "/films/rush-1991/"]
SAVES = 200


def main():
    """Measure all three."""
    body = article(1_600)
    with sample_site() as address:
        rows = [("render 1,600 words", *milliseconds(lambda: render(body, film=None, audience=Audience.READERS)))]
        client = Client()
        rows += [(f"answer {page}", *milliseconds(lambda page=page: answer(client, page))) for page in PAGES]
        show([connection.vendor, "ms"], rows)
        show(["two processes on one article", ""], saving(make_article(body=body), address))


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
        for name in ("ana", "ben")
    ]
    said = "".join(saver.communicate()[0] for saver in savers)
    took = perf_counter() - start
    saved = Revision.objects.filter(article=piece).count() - before
    return [
        ("attempts", 2 * SAVES),
        ("revisions", saved),
        ("told of a conflict", said.count("conflict")),
        ("errors", 2 * SAVES - saved - said.count("conflict")),
        ("attempts a second, start of Python and Django included", 2 * SAVES / took),
    ]


if __name__ == "__main__":
    main()
