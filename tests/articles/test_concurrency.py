"""Several processes saving one article at once, on the database the suite runs on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.factories import make_article

ROOT = Path(__file__).parents[2]
SAVES = 100

SAVER = """
import sys, django
django.setup()
from django.db import connection
from django.conf import settings
from articles.drafting import Conflict, save_revision
from articles.models import Article
article, name = Article.objects.get(pk=int(sys.argv[1])), sys.argv[2]
for number in range(int(sys.argv[3])):
    base = Article.objects.select_related("head").get(pk=article.pk).head
    try:
        save_revision(article, by=None, base=base, body=f"{name} {number}")
        print("saved", name, number)
    except Conflict as conflict:
        assert conflict.theirs.number > base.number
        print("conflict", name, number)
"""


@pytest.fixture
def database_url(transactional_db, tmp_path):
    """The address under which another process finds the test's own rows."""
    if connection.vendor == "postgresql":
        own = connection.settings_dict
        return f"postgresql://{own['USER']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    file = tmp_path / "shared.sqlite3"
    connection.cursor().execute("VACUUM INTO %s", [str(file)])
    return f"sqlite:///{file}"


def test_every_save_of_two_processes_is_a_revision_or_a_conflict(transactional_db, request):
    article = make_article(body="start")
    url = request.getfixturevalue("database_url")
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", SAVER, str(article.pk)]
    savers = [
        subprocess.Popen(
            [*command, name, str(SAVES)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("ana", "ben")
    ]
    outputs = [saver.communicate(timeout=120) for saver in savers]
    assert [(saver.returncode, error) for saver, (_, error) in zip(savers, outputs, strict=True)] == [(0, ""), (0, "")]
    lines = [line for out, _ in outputs for line in out.splitlines()]
    saved = {line.removeprefix("saved ") for line in lines if line.startswith("saved ")}
    assert len(lines) == 2 * SAVES
    kept = list(_bodies(url))
    assert set(kept) == saved | {"start"}
    assert len(kept) == len(saved) + 1


def _bodies(url):
    """Yield the bodies as another process sees them, and check that their numbers have no gap."""
    program = (
        "import django; django.setup()\n"
        "from articles.models import Revision\n"
        "rows = list(Revision.objects.order_by('number').values_list('number', 'body'))\n"
        "assert [number for number, _ in rows] == list(range(1, len(rows) + 1))\n"
        "print(*(body for _, body in rows), sep='\\n')"
    )
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return said.stdout.splitlines()
