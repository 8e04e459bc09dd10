"""Where an article still says what its film said when it was published."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.drafting import save_revision
from articles.proofreading import Level, copy_of
from articles.proofreading.stale import check_stale
from articles.publishing import publish
from films.changes import recorded
from films.merging import merge
from films.models import Department, Person, Role
from tests.factories import make_article, make_credit, make_film, make_live, make_person

BODY = """
😀 *Rush* is a 1991 film, and a 120-minute film. Jason Patric plays Jim Raynor, **Sam Elliott** plays Dodd.
It was directed by Lili Fini Zanuck. Jason Patrician and Sam Elliott Smith have nothing to do with it.
"""


@pytest.fixture
def film(db):
    film = make_film(runtime=120)
    make_credit(film, make_person(), "Jim Raynor")
    make_credit(film, make_person("Sam Elliott"), "Dodd")
    make_credit(film, make_person("Lili Fini Zanuck"), department=Department.DIRECTING)
    return film


@pytest.fixture
def article(film, time_machine):
    time_machine.move_to(datetime(2026, 1, 1, tzinfo=UTC), tick=False)
    article = make_live(body=BODY, film=film)
    time_machine.move_to(datetime(2026, 2, 1, tzinfo=UTC), tick=False)
    return article


def stale(article):
    article.refresh_from_db()
    copy = copy_of(type(article).objects.get(pk=article.pk).head)
    found = list(check_stale(copy))
    for finding in found:
        assert (finding.code, finding.level) == ("stale-fact", Level.WARNING)
        assert copy.typed(finding.place) == finding.text
    return [(finding.text, finding.suggestion) for finding in found]


def change(row, **columns):
    with recorded(row, by=None):
        for name, value in columns.items():
            setattr(row, name, value)
        row.save()


def test_nothing_is_stale_where_nothing_has_changed(article):
    assert stale(article) == []


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"year": 1992}, ("1991", "1992")),
        ({"runtime": 119}, ("120", "119")),
        ({"year": None}, ("1991", None)),
    ],
)
def test_a_fact_of_the_film_that_changed_is_found_where_the_old_one_stands(article, film, columns, found):
    change(film, **columns)
    assert stale(article) == [found]


def test_an_old_title_is_found_in_every_field(article, film):
    change(film, title="Rushed")
    assert stale(article) == [("Rush", "Rushed"), ("Rush", "Rushed")]


def test_the_new_name_is_not_taken_for_the_old_one_within_it(article, film):
    person = film.credits.cast().first().person
    change(person, name="Jason Patric Miller")
    save_revision(article, by=None, base=article.head, body="Jason Patric Miller plays Jim.")
    assert stale(article) == []


def test_a_person_who_was_renamed_is_found_by_the_old_name(article, film):
    change(film.credits.cast().first().person, name="Jason Patric Miller")
    assert stale(article) == [("Jason Patric", "Jason Patric Miller")]


def test_a_character_who_was_renamed_is_found_by_the_old_name(article, film):
    character = film.characters.get(name="Jim Raynor")
    with recorded(film, by=None):
        character.name = "James Raynor"
        character.save()
    assert stale(article) == [("Jim Raynor", "James Raynor")]


def test_who_is_no_longer_credited_is_found_with_who_is_instead(article, film):
    with recorded(film, by=None):
        credit = film.credits.get(person__name="Sam Elliott")
        part = credit.roles.get()
        credit.roles.all().delete()
        credit.delete()
        heir = make_credit(film, make_person("Tony Frank"))
        Role.objects.create(credit=heir, label=part.label, character=part.character)
        film.credits.directing().update(person=make_person("Kathryn Bigelow"))
    assert stale(article) == [("Sam Elliott", "Tony Frank"), ("Lili Fini Zanuck", "Kathryn Bigelow")]


def test_what_changed_and_changed_back_is_not_stale(article, film):
    change(film, year=1992)
    change(film, year=1991)
    assert stale(article) == []


def test_of_several_changes_the_first_tells_what_was_published(article, film):
    change(film, year=1992)
    change(film, year=1993)
    assert stale(article) == [("1991", "1993")]


def test_a_change_of_another_film_or_of_somebody_else_is_no_matter(article):
    change(make_film("Other"), year=2000)
    change(make_person("Somebody"), name="Jason Patric")
    assert stale(article) == []


def test_a_change_before_the_last_publication_is_no_matter(article, film, time_machine):
    change(film, year=1992)
    time_machine.shift(timedelta(days=1))
    publish(save_revision(article, by=None, base=article.head, dek="Read again."), by=None)
    assert stale(article) == []


def test_a_draft_that_nobody_has_read_has_nothing_stale(film):
    article = make_article(body=BODY, film=film)
    change(film, year=1992)
    assert stale(article) == []


def test_what_no_longer_stands_there_is_not_stale(article, film):
    change(film, year=1992)
    save_revision(article, by=None, base=article.head, body="*Rush* is a 1992 film. In 1991 they shot it.")
    assert stale(article) == []


def test_many_changes_cost_the_same(article, film):
    assert cost_of_reading(article, film, 1) == cost_of_reading(article, film, 9)


def cost_of_reading(article, film, changes):
    for number in range(changes):
        change(film, year=1992 + number)
        change(film.credits.cast().first().person, name=f"Jason Patric {number}")
    with CaptureQueriesContext(connection) as queries:
        assert len(stale(article)) == 2
    return len(queries)


def test_who_was_merged_into_somebody_in_the_cast_is_no_stale_name(article, film):
    sam = make_person("Samuel Elliott")
    change(sam, bio="x")
    merge(sam, Person.objects.get(name="Sam Elliott"), by=None)
    assert stale(article) == []


def test_the_past_of_a_film_that_was_merged_into_this_one_is_not_this_ones(article, film):
    other = make_film("Jason Patric", 1991, runtime=90)
    make_credit(other, make_person("Tony Frank"), "Jim Raynor")
    change(other, runtime=100, title="Rausch")
    merge(film, other, by=None)
    assert stale(article) == []


def test_a_character_who_became_one_with_another_is_no_stale_name(article, film):
    make_credit(film, make_person("Tom"), "Larry Dodd")
    merge(film.characters.get(name="Larry Dodd"), film.characters.get(name="Dodd"), by=None)
    assert stale(article) == []
