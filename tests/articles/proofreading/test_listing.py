"""What the list of articles tells of their findings."""

from datetime import timedelta
from html import unescape
from re import findall, sub

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Proof
from films.models import Change
from tests.factories import make_article, make_credit, make_film, make_member, make_person

LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def desk(client):
    client.force_login(make_member("Editors"))
    return client


def cells(desk, **query):
    """Return the findings column, row by row, as text."""
    page = desk.get(LIST, query).text
    found = findall(r'<td class="field-found[^"]*">(.*?)</td>', page)
    return [" ".join(sub(r"<[^>]+>", " ", unescape(cell)).split()) for cell in found]


def change(at=None, **about):
    made = Change.objects.create(about="Rush", action="edited", **about)
    Change.objects.filter(pk=made.pk).update(at=at or timezone.now() + timedelta(minutes=1))


def test_the_list_tells_how_much_was_found_and_leads_to_the_form(db, desk):
    article = make_article(body="TK TK [here](/films/)")
    assert cells(desk) == ["2 errors 2 warnings"]
    assert f'<a class="proof" href="{reverse("admin:articles_article_change", args=[article.pk])}#findings">' in (
        desk.get(LIST).text
    )


def test_one_is_not_said_as_many_and_nothing_is_said_in_words(db, desk):
    article = make_article()
    Proof.objects.filter(article=article).update(errors=1, warnings=0, notices=0)
    assert cells(desk) == ["1 error"]
    Proof.objects.filter(article=article).update(errors=0, notices=2)
    assert cells(desk) == ["2 notices"]
    Proof.objects.filter(article=article).update(notices=0)
    assert cells(desk) == ["nothing found"]


def test_what_was_never_read_is_said_so(db, desk):
    make_article()
    Proof.objects.all().delete()
    assert cells(desk) == ["not read yet"]


def test_a_change_of_the_film_or_of_somebody_it_credits_makes_findings_old(db, desk):
    film, person = make_film(), make_person()
    make_credit(film, person)
    article = make_article(film=film)
    Proof.objects.filter(article=article).update(errors=0, warnings=0, notices=0)
    change(film=make_film("Other"))
    change(person=make_person("Sam Elliott"))
    change(film=film, at=timezone.now() - timedelta(days=1))
    assert cells(desk) == ["nothing found"]
    change(person=person)
    assert cells(desk) == ["nothing found the film has changed since"]
    Change.objects.all().delete()
    change(film=film)
    assert cells(desk) == ["nothing found the film has changed since"]


@pytest.mark.parametrize(
    ("chosen", "titles"),
    [
        ("errors", ["Wrong"]),
        ("warnings", ["Doubtful", "Wrong"]),
        ("none", ["Old", "Right"]),
        ("again", ["Old", "Unread"]),
    ],
)
def test_the_list_can_be_filtered_by_findings(db, desk, chosen, titles):
    film = make_film()
    for title, counts in {"Wrong": (1, 1, 0), "Doubtful": (0, 2, 1), "Right": (0, 0, 0), "Old": (0, 0, 0)}.items():
        article = make_article(title, film=film if title == "Old" else None)
        Proof.objects.filter(article=article).update(
            **dict(zip(("errors", "warnings", "notices"), counts, strict=True))
        )
    Proof.objects.filter(article=make_article("Unread")).delete()
    change(film=film)
    page = desk.get(LIST, {"findings": chosen})
    assert sorted(str(article) for article in page.context["cl"].result_list) == titles


def test_the_column_costs_the_same_however_long_the_list(db, desk):
    assert cost_of_listing(desk, 1) == cost_of_listing(desk, 3)


def cost_of_listing(desk, count):
    while (number := Proof.objects.count()) < count:
        film = make_film(f"Rush {number}")
        make_credit(film, make_person(f"Jason Patric {number}"))
        make_article(f"Article {number}", film=film)
        change(film=film)
    with CaptureQueriesContext(connection) as queries:
        assert cells(desk) == ["1 warning the film has changed since"] * count
    return len(queries)
