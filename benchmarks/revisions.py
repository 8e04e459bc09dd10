"""An article with a thousand revisions against one with ten: `python -m benchmarks.revisions`."""

from functools import partial
from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.drafting import save_revision, start_article
from benchmarks.forms import Form
from benchmarks.measuring import milliseconds, show
from benchmarks.site import site
from benchmarks.texts import article as text_of
from benchmarks.texts import edited
from tests.factories import make_superuser

FEW, MANY = 10, 1_000
numbers = count(1)


def main():
    """Measure opening, saving, listing and the history for both articles."""
    with site():
        client, user = Client(), make_superuser()
        client.force_login(user)
        articles = {number: make_article(user, number) for number in (FEW, MANY)}
        rows = [row(client, what, works, articles) for what, works in WORKS.items()]
        show([connection.vendor, *(f"{unit}, {number:,}" for unit in ("ms", "queries") for number in articles)], rows)


def make_article(user, revisions):
    """Make an article of 1,600 words and save it so many times, each time another word."""
    body = text_of(1_600)
    article = start_article(by=user, title=f"Saved {revisions} times", body=body)
    for number in range(1, revisions):
        body = edited(body, edits=1, seed=number)
        save_revision(article, by=user, base=article.head, body=body)
    return article


def row(client, what, work, articles):
    """Return the medians of *work* for every article, then the numbers of queries."""
    works = [partial(work, client, article) for article in articles.values()]
    return [what, *milliseconds(*works), *map(queries, works)]


def queries(work):
    """Return how many queries *work* asks."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def page_of(article):
    """Return the address of the writing screen."""
    return reverse("admin:articles_article_change", args=[article.pk])


def get(client, address):
    """Return the page, which must be there."""
    response = client.get(address)
    assert response.status_code == 200, response  # noqa: S101
    return response.content.decode()


def save(client, article):
    """Send the form back with one more word; it must become a revision."""
    fields = save.forms.get(article.pk) or Form(get(client, page_of(article)), "article_form").fields
    article.refresh_from_db()
    changed = {"base": article.head_id, "body": f"{fields['body'][0]} {next(numbers)}"}
    response = client.post(page_of(article), {**fields, **changed})
    assert response.status_code == 302, response.content.decode()  # noqa: S101
    save.forms[article.pk] = fields


save.forms = {}

WORKS = {
    "open the writing screen": lambda client, article: get(client, page_of(article)),
    "save": save,
    "the list of articles, finding it": lambda client, article: get(
        client, f"{reverse('admin:articles_article_changelist')}?q={article.slug}"
    ),
    "its history": lambda client, article: get(client, reverse("admin:articles_article_history", args=[article.pk])),
}


if __name__ == "__main__":
    main()
