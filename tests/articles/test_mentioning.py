"""What a revision refers to is written down with it, and everything knows where it is used."""

import pytest
from django.db import IntegrityError, connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from articles.drafting import save_revision
from articles.mentioning import used_in
from articles.models import Mention
from articles.publishing import publish
from tests.factories import (
    make_article,
    make_author,
    make_credit,
    make_film,
    make_image,
    make_live,
    make_member,
    make_person,
    make_superuser,
)

pytestmark = pytest.mark.django_db


def mentioned(revision):
    """Return what *revision* refers to, in order."""
    return [each.film or each.person or each.character or each.image for each in revision.mentions.all()]


def test_each_thing_is_written_once_in_the_order_of_the_text():
    film, other, image = make_film(), make_film("Heat", 1995), make_image()
    credit = make_credit(film, None, "Jim Raynor")
    body = (
        "[[character:jim-raynor]], [[person:jason-patric|Patric]], [[person:jason-patric]] and [[film:heat-1995]].\n\n"
        f"![A street](image:{image.pk})\n\n[[person:nobody]]"
    )
    article = make_article(film=film, body=body)
    jim = film.characters.get()
    assert mentioned(article.head) == [jim, credit.person, other, image]


def test_what_stands_inside_spoilers_alone_is_marked():
    make_person("Sam Elliott")
    make_person()
    body = "[[person:sam-elliott]] ||[[person:jason-patric]] [[person:sam-elliott]]||"
    rows = make_article(body=body).head.mentions
    assert dict(rows.values_list("person__slug", "spoils")) == {"sam-elliott": False, "jason-patric": True}


def test_each_revision_has_its_own():
    person = make_person()
    article = make_article(body="[[person:jason-patric]]")
    second = save_revision(article, by=None, base=article.head, body="Words.")
    assert (mentioned(second.parent), mentioned(second)) == ([person], [])


def test_saving_costs_the_same_however_many_references():
    costs = set()
    for count in [1, 3, 50]:
        film = make_film(f"Film {count}")
        people = [make_person(f"Person {count} {number}") for number in range(count)]
        for person in people:
            make_credit(film, person, f"Part of {person}")
        slugs = film.characters.values_list("slug", flat=True)
        references = [f"[[person:{person.slug}]]" for person in people] + [f"[[character:{slug}]]" for slug in slugs]
        article = make_article(film=film, body="[[film:none]] [[film.director]]")
        with CaptureQueriesContext(connection) as queries:
            save_revision(article, by=None, base=article.head, body=" ".join([*references, "[[film.director]]"]))
        assert article.head.mentions.count() == 2 * count + 1  # The fact refers to the film.
        costs.add(len(queries))
    assert len(costs) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_uses_cost_two_queries_however_many(count, django_assert_num_queries):
    person, user = make_person(), make_superuser()
    for number in range(count):
        make_live(f"Title {number}", body="[[person:jason-patric]]")
    with django_assert_num_queries(2):
        used = used_in(person, user=user)
        assert [str(article) for article in used.articles] == [f"Title {n}" for n in reversed(range(count))]
    assert (used.count, used.hidden, used.more) == (count, 0, 0)


def test_uses_tell_newest_live_and_older():
    person, user = make_person(), make_superuser()
    says, says_not = "[[person:jason-patric]]", "Words."
    bodies = {
        "both": [says],
        "live": [says, says_not],
        "newest": [says_not, says],
        "older": [says, says_not, says_not + "!"],
    }
    for title, (first, *rest) in bodies.items():
        article = make_article(title, body=first)
        publish(article.head, by=None)
        for body in rest:
            save_revision(article, by=None, base=article.head, body=body)
        if title == "older":
            publish(article.head, by=None)
    found = {str(article): (article.newest, article.live) for article in used_in(person, user=user).articles}
    assert found == {"both": (True, True), "live": (False, True), "newest": (True, False), "older": (False, False)}


def test_a_film_is_used_by_what_is_filed_under_it_and_what_mentions_its_characters():
    film, user = make_film(), make_superuser()
    make_credit(film, None, "Jim Raynor")
    make_article("Filed", film=film, body="Words.")
    mentioning = make_article("Mentioning", film=film, body="[[character:jim-raynor]]")
    mentioning.film = None
    mentioning.save()
    found = {str(article): (article.filed, article.newest) for article in used_in(film, user=user).articles}
    assert found == {"Filed": (True, False), "Mentioning": (False, True)}


def test_a_picture_is_used_as_main_picture_in_a_text_and_as_a_portrait(django_assert_num_queries):
    image, user = make_image(), make_superuser()
    author = make_author(portrait=image)
    make_article("Hero", hero=image)
    make_article("Inside", body=f"![A street](image:{image.pk})")
    make_article("Neither")
    with django_assert_num_queries(3):
        used = used_in(image, user=user)
    assert ({str(article) for article in used.articles}, used.authors) == ({"Hero", "Inside"}, [author])


def test_who_may_not_open_an_article_learns_its_number_alone():
    person, writer = make_person(), make_member("Writers")
    make_article("Mine", by=writer, body="[[person:jason-patric]]")
    make_article("Another's", body="[[person:jason-patric]]")
    used = used_in(person, user=writer)
    assert ([str(article) for article in used.articles], used.count, used.hidden) == (["Mine"], 1, 1)
    nobody = used_in(person, user=make_member("Credits desk"))
    assert (nobody.articles, nobody.count, nobody.hidden) == ([], 0, 2)


def test_what_nobody_uses_is_used_nowhere():
    assert not used_in(make_person(), user=make_superuser())


@pytest.mark.parametrize("kind", ["person", "film", "character", "image"])
def test_the_database_keeps_what_is_mentioned(kind):
    film, image = make_film(), make_image()
    person = make_credit(film, None, "Jim Raynor").person
    rows = {"person": person, "film": film, "character": film.characters.get(), "image": image}
    body = f"[[person:jason-patric]] [[film:rush-1991]] [[character:jim-raynor]] ![A](image:{image.pk})"
    make_article(film=film, body=body)
    assert Mention.objects.count() == 4
    with pytest.raises((ProtectedError, IntegrityError)):
        rows[kind].delete()
