"""What the database itself refuses of roles, tried by raw SQL after all migrations."""

import pytest
from django.db import IntegrityError, transaction

from films import triggers
from films.models import Role
from tests.factories import make_credit, make_film, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    """A role with a character, in a film of its own."""
    return make_credit(None, None, "Jim").roles.get()


@pytest.fixture
def stranger():
    """A role in another film."""
    return make_credit(make_film("Rush", 2013), make_person("Chris Hemsworth"), "James Hunt").roles.get()


def refused():
    return pytest.raises(IntegrityError, match=triggers.STRANGER)


def test_a_role_is_not_given_another_films_character(role, stranger):
    with refused(), transaction.atomic():
        Role.objects.create(credit=role.credit, position=2, label="Hunt", character=stranger.character)
    with refused(), transaction.atomic():
        Role.objects.bulk_create([Role(credit=role.credit, position=2, label="Hunt", character=stranger.character)])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE films_role SET character_id = {stranger.character_id} WHERE id = {role.pk}",
        "UPDATE films_role SET credit_id = {stranger.credit_id}, position = 2 WHERE id = {role.pk}",
        "UPDATE films_character SET film_id = {stranger.credit.film_id} WHERE id = {role.character_id}",
        "UPDATE films_credit SET film_id = {stranger.credit.film_id} WHERE id = {role.credit_id}",
    ],
)
def test_nothing_moves_away_from_the_film_of_its_roles(execute, role, stranger, change):
    with refused(), transaction.atomic():
        execute(change.format(role=role, stranger=stranger))
    role.refresh_from_db()
    assert role.character.film == role.credit.film


def test_a_role_without_a_character_and_an_unplayed_character_may_move(execute, role, stranger):
    Role.objects.filter(pk=role.pk).update(character=None)
    for table, row in [("character", role.character_id), ("credit", role.credit_id)]:
        execute(f"UPDATE films_{table} SET film_id = {stranger.credit.film_id} WHERE id = {row}")
    assert Role.objects.get(pk=role.pk).credit.film == stranger.credit.film
