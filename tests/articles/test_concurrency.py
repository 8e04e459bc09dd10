"""Several at once at the desk's own forms, on the database the suite runs on."""

import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article, Revision
from articles.trashing import trash
from tests.factories import make_article, make_superuser
from tests.processes import SHARED, database_url

ROOT = Path(__file__).parents[2]
SAVES = 100  # Of each of the two.

# Without Django's test environment, which copies whatever a template is given; that doubles the cost of a page.
SAVER = """
import json, sys, django
django.setup()
from django.contrib.auth.models import User
from django.test import Client
from articles.autosaving import new_tab
from articles.models import Article
pk, name, saves = sys.argv[1:]
client = Client()
client.force_login(User.objects.get(username=name))
page = f"/admin/articles/article/{pk}/change/"
form = {"title": "Rush", "kind": "essay", "spoilers": "none"}
print("ready", flush=True)
input()
for number in range(int(saves)):
    base = Article.objects.values_list("head", flat=True).get(pk=pk)
    body = f"{name} {number}"
    answer = client.post(page, {**form, "base": base, "tab": new_tab(), "body": body})
    print(json.dumps([answer.status_code, body]))
"""


def run(program, url, *arguments):
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    pipes = {**dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE), "text": True}
    return subprocess.Popen([sys.executable, "-c", program, *arguments], cwd=ROOT, env=environment, **pipes)


def let_go(processes):
    """Let *processes* begin together, once all are ready."""
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * len(processes)
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()


def said(process):
    """Return what the process printed, line by line, once it has ended well."""
    out, error = process.communicate(timeout=300)
    assert process.returncode == 0, error
    return [json.loads(line) for line in out.splitlines()]


def history(folder):
    """Return number and body of each revision, as the processes left them."""
    if connection.vendor == "postgresql":
        return list(Revision.objects.order_by("number").values_list("number", "body"))
    with closing(sqlite3.connect(folder / SHARED)) as shared:
        return shared.execute("SELECT number, body FROM articles_revision ORDER BY number").fetchall()


def test_every_save_of_two_processes_is_a_revision_or_meets_one(transactional_db, tmp_path):
    for name in ("ana", "ben"):
        make_superuser(username=name)
    article = make_article(body="start")
    url = database_url(tmp_path)
    savers = [run(SAVER, url, str(article.pk), name, str(SAVES)) for name in ("ana", "ben")]
    let_go(savers)
    answers = [answer for lines in map(said, savers) for answer in lines]
    assert (len(answers), {status for status, _ in answers}) == (2 * SAVES, {302, 409})
    numbers, bodies = zip(*history(tmp_path), strict=True)
    assert numbers == tuple(range(1, len(numbers) + 1))
    assert sorted(bodies) == sorted(["start", *(body for status, body in answers if status == 302)])


# Two answers at once --------------------------------------------------------------------------------------------------


def at_once(user, address, *forms):
    """Return what *user* gets who posts all *forms* at one moment."""
    ready = Barrier(len(forms))

    def send(form):
        client = Client()
        client.force_login(user)
        ready.wait()
        try:
            return client.post(address, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as threads:
        return list(threads.map(send, forms))


@pytest.mark.parametrize("slug", ["", "rush"])
def test_a_new_articles_form_sent_twice_at_once_is_one_article(transactional_db, slug):
    form = {"title": "Rush", "slug": slug, "kind": "essay", "spoilers": "none", "body": "One.", "tab": "new"}
    answers = at_once(make_superuser(), "/admin/articles/article/add/", form, form)
    article = Article.objects.get()
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, f"/admin/articles/article/{article.pk}/change/")
    ] * 2
    assert [revision.body for revision in Revision.objects.all()] == ["One."]


def test_a_form_that_is_sent_again_while_it_is_saved_makes_two_revisions_of_one_article(transactional_db):
    form = {"title": "Rush", "kind": "essay", "spoilers": "none", "tab": "new"}
    bodies = ["One.", "One. Two."]
    answers = at_once(make_superuser(), "/admin/articles/article/add/", *({**form, "body": body} for body in bodies))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert sorted(revision.body for revision in Article.objects.get().revisions.all()) == bodies


def test_an_article_deleted_for_good_twice_at_once_is_gone_and_nothing_breaks(transactional_db):
    article = make_article()
    trash(article, by=None)
    form = {"do": "purge", "sure": "on"}
    answers = at_once(make_superuser(), f"/admin/articles/article/{article.pk}/trash/", form, form)
    assert {answer.status_code for answer in answers} <= {302, 404}
    assert not Article.objects.exists()
