"""What to read after an article, and why."""

from datetime import UTC, datetime

import pytest
import time_machine

from articles.drafting import save_revision
from articles.publishing import publish
from articles.related import Related, related
from articles.rendering import render
from films.models import Department
from tests.factories import make_article, make_credit, make_film, make_live, make_person, make_topic

pytestmark = pytest.mark.django_db


def told(article):
    """Return what is offered after *article*, as pairs of a title and the reason."""
    film = article.film
    makers = film.credits.billed().select_related("person") if film else []
    found = related(article, render(article.head.body, film=film).mentions, makers)
    assert all(isinstance(each, Related) for each in found)
    return [(each.publication.revision.title, each.reason) for each in found]


def test_the_nearest_comes_first_and_each_says_why():
    patric, zanuck = make_person("Jason Patric"), make_person("Lili Fini Zanuck")
    topic = make_topic("Undercover")
    rush, other, third = make_film("Rush", 1991), make_film("Rush", 2013), make_film("The Lost Boys", 1987)
    make_credit(rush, zanuck, department=Department.DIRECTING)
    make_credit(third, zanuck, department=Department.DIRECTING)
    make_live("Anything")
    make_live("On a topic", topics=[topic])
    make_live("By her", film=third)
    make_live("With him", body=f"[[person:{patric.slug}]] again.")
    make_live("The other", film=other)
    make_live("The ending", film=rush)
    article = make_live("This", film=rush, topics=[topic], body=f"[[person:{patric.slug}]], not [[film:{other.slug}]].")
    assert told(article) == [
        ("The ending", "Also about Rush (1991)"),
        ("The other", "About Rush (2013), named in this piece"),
        ("With him", "Also about Jason Patric"),
        ("By her", "Also by Lili Fini Zanuck"),
        ("On a topic", "Also on Undercover"),
    ]


def test_without_anything_in_common_the_newest_is_offered():
    make_live("Before")
    make_live("After")
    assert told(make_live("This")) == [("After", "Newly out"), ("Before", "Newly out")]


def test_a_performer_leads_to_their_other_films():
    leigh = make_person("Jennifer Jason Leigh")
    rush, other = make_film("Rush"), make_film("Georgia")
    make_credit(rush, leigh, "Kristen Cates")
    make_credit(other, leigh, "Sadie")
    make_live("Georgia explained", film=other)
    assert told(make_live("This", film=rush)) == [("Georgia explained", "Another film with Jennifer Jason Leigh")]


def test_who_directed_this_film_and_only_acted_in_another_is_told_for_neither():
    howard = make_person("Ron Howard")
    rush, other = make_film("Rush", 2013), make_film("American Graffiti", 1973)
    make_credit(rush, howard, department=Department.DIRECTING)
    make_credit(other, howard, "Steve")
    make_live("Graffiti explained", film=other)
    assert told(make_live("This", film=rush)) == [("Graffiti explained", "Newly out")]


def test_a_piece_brought_up_to_date_is_not_newly_out():
    with time_machine.travel(datetime(2022, 5, 1, tzinfo=UTC)):
        old = make_live("Old")
    make_live("New")
    publish(save_revision(old, by=None, base=old.head, body="One comma, more."), by=None)
    assert told(make_live("This")) == [("New", "Newly out"), ("Old", "Newly out")]


def test_whoever_stands_in_a_spoiler_is_no_reason():
    allman = make_person("Gregg Allman")
    hidden = f"||[[person:{allman.slug}]] did it.||"
    make_live("Told openly", body=f"[[person:{allman.slug}]].")
    make_live("Told in a spoiler", body=hidden)
    reasons = {reason for _, reason in told(make_live("This", body=hidden))}
    assert reasons == {"Newly out"}
    open_text = make_live("Open", body=f"[[person:{allman.slug}]].")
    assert [title for title, reason in told(open_text) if reason == "Also about Gregg Allman"] == ["Told openly"]


def test_a_draft_is_never_offered_nor_the_article_itself():
    film = make_film()
    make_article("Draft", film=film)
    assert told(make_live("This", film=film)) == []


def test_five_are_enough():
    film = make_film()
    for number in range(7):
        make_live(f"Piece {number}", film=film)
    assert [title for title, _ in told(make_live("This", film=film))] == [
        f"Piece {number}" for number in (6, 5, 4, 3, 2)
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_much_is_found(count, django_assert_num_queries):
    topic, film = make_topic(), make_film()
    person = make_person()
    for _ in range(count):
        make_live(film=film, topics=[topic], body=f"[[person:{person.slug}]]")
    article = make_live("This", film=film, topics=[topic], body=f"[[person:{person.slug}]]")
    mentions = render(article.head.body, film=film).mentions
    with django_assert_num_queries(7):
        assert len(related(article, mentions)) == count
