"""Who may what: every endpoint of the articles' desk, asked by everybody, without a cell missing.

Each cell is the status that somebody gets: 302 of the anonymous leads to the log-in; 403 is a refusal that says why.
"""

import uuid

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from articles.autosaving import autosave
from articles.models import Article
from tests.articles.test_admin import form_of
from tests.factories import make_article, make_author, make_member, make_user

pytestmark = pytest.mark.django_db

PEOPLE = ("anonymous", "own", "others", "editor", "desk", "nobody")
PREFIX = "articles_article_"


def an_article(writer):
    return make_article("Rush", by=writer, body="One.")


def data_for(name, article, tab):
    """Return what a well-formed POST to the endpoint *name* holds."""
    base = {"article": article.pk, "base": article.head_id, "tab": tab}
    return {
        "change": form_of(article, body="Two."),
        "add": {"title": "New", "kind": "essay", "spoilers": "none"},
        "autosave": {**base, "payload": '{"body": "Typed."}', "unsaved": "on"},
        "autosave_discard": base,
        "preview": {"content": "One."},
        "undismissal": {"article": article.pk, "code": "dek-long", "text": "One."},
        "linking": {"content": "One.", "article": article.pk},
        "dismissal": {"article": article.pk, "code": "dek-long", "text": "One.", "reason": "It reads well."},
        "publishing": {"do": "publish", "revision": article.head_id, "when": "now"},
        "review": {"do": "ask"},
        "sharing": {"do": "share"},
        "trash": {"do": "trash"},
        "name": {"name": "First"},
    }.get(name, {})


# Endpoint and method: what each of PEOPLE gets. The own and others' article are a writer's, asked for by that writer
# and by another one; nobody is an account of the desk without any permission.
TABLE = {
    "changelist GET": (302, 200, 200, 200, 403, 403),
    "changelist POST": (302, 200, 200, 200, 403, 403),
    "add GET": (302, 200, 200, 200, 403, 403),
    "add POST": (302, 302, 302, 302, 403, 403),
    "change GET": (302, 200, 403, 200, 403, 403),
    "change POST": (302, 302, 403, 302, 403, 403),
    "delete GET": (302, 403, 403, 403, 403, 403),
    "delete POST": (302, 403, 403, 403, 403, 403),
    "history GET": (302, 200, 403, 200, 403, 403),
    "compare GET": (302, 200, 403, 200, 403, 403),
    "as_seen GET": (302, 200, 403, 200, 403, 403),
    "revision GET": (302, 200, 403, 200, 403, 403),
    "restore POST": (302, 302, 403, 302, 403, 403),
    "name POST": (302, 302, 403, 302, 403, 403),
    "publishing GET": (302, 200, 403, 200, 403, 403),
    "publishing POST": (302, 403, 403, 302, 403, 403),
    "review GET": (302, 200, 403, 200, 403, 403),
    "review POST": (302, 302, 403, 302, 403, 403),
    "sharing GET": (302, 200, 403, 200, 403, 403),
    "sharing POST": (302, 302, 403, 302, 403, 403),
    "trash GET": (302, 403, 403, 200, 403, 403),
    "trash POST": (302, 403, 403, 302, 403, 403),
    "record GET": (302, 200, 403, 200, 403, 403),
    "preview POST": (403, 200, 200, 200, 403, 403),
    "references GET": (403, 200, 200, 200, 403, 403),
    "linking POST": (403, 200, 403, 200, 403, 403),
    "dismissal POST": (403, 200, 403, 200, 403, 403),
    "undismissal POST": (403, 200, 403, 200, 403, 403),
    "spelling POST": (403, 403, 403, 400, 400, 403),
    "upload POST": (403, 403, 403, 400, 400, 403),
    "pictures GET": (403, 200, 200, 200, 200, 403),
    "autosave POST": (403, 200, 403, 200, 403, 403),
    "autosave_discard POST": (403, 200, 403, 200, 403, 403),
    "autosave_left GET": (403, 200, 403, 200, 403, 403),
    "kept GET": (302, 200, 404, 404, 404, 404),
    "kept_discard POST": (302, 302, 404, 404, 404, 404),
}


def endpoints():
    """Return the names of all addresses that the articles' admin mounts, without Django's nameless redirect."""
    urls = admin.site._registry[Article].get_urls()
    return {pattern.name.removeprefix(PREFIX) for pattern in urls if pattern.name}


def address(name, article, tab):
    """Return an address of the endpoint *name* about *article*."""
    parts = {"pk": article.pk, "object_id": article.pk, "number": 1, "tab": tab}
    for names in ([], ["pk"], ["object_id"], ["pk", "number"], ["tab"]):
        try:
            return reverse(f"admin:{PREFIX}{name}", kwargs={part: parts[part] for part in names})
        except NoReverseMatch:
            continue
    raise AssertionError(f"Give this test the parts of the address of {name}.")


def query_for(name, article, tab):
    """Return what a well-formed GET of the endpoint *name* asks."""
    asked = {"as_seen": {"at": "2027-01-05T12:00"}, "autosave_left": {"article": article.pk, "tab": tab}}
    return asked.get(name, {})


def test_no_endpoint_is_without_its_row():
    assert {row.split()[0] for row in TABLE} == endpoints()


@pytest.mark.parametrize("row", TABLE)
@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_gets_what_the_table_says(client, who, row):
    name, method = row.split()
    writer, tab = make_member("Writers"), str(uuid.uuid4())
    article = an_article(writer)
    if who == "others":
        make_article("Mine", by=(other := make_member("Writers")))
    people = {
        "own": lambda: writer,
        "others": lambda: other,
        "editor": lambda: make_member("Editors"),
        "desk": lambda: make_member("Credits desk"),
        "nobody": make_user,
    }
    autosave(user=writer, tab=tab, article=article, base=article.head, payload={"body": "Typed."}, unsaved=True)
    if who != "anonymous":
        client.force_login(people[who]())
    ask, data = (client.get, query_for) if method == "GET" else (client.post, data_for)
    response = ask(address(name, article, tab), data(name, article, tab))
    assert response.status_code == TABLE[row][PEOPLE.index(who)]
    if who == "anonymous" and response.status_code == 302:
        assert response["Location"].startswith(reverse("admin:login"))


def test_signing_an_article_makes_it_ones_own(client):
    writer = make_member("Writers")
    article = make_article(by=make_member("Writers"), authors=[make_author(user=writer)])
    client.force_login(writer)
    for name in ("change", "history", "publishing", "review", "sharing", "record"):
        assert client.get(address(name, article, "")).status_code == 200


@pytest.mark.parametrize("name", ["change", "history", "publishing", "review", "sharing", "trash", "record"])
@pytest.mark.parametrize("key", [0, 10**30])
def test_what_is_not_there_is_not_found(client, name, key):
    client.force_login(make_member("Editors"))
    address = reverse(f"admin:{PREFIX}{name}", args=[key])
    assert client.get(address).status_code == 404
