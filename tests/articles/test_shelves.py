"""The ways into the site by film and by topic."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import shelves
from tests.factories import make_article, make_film, make_live, make_topic

pytestmark = pytest.mark.django_db


def told(found):
    return [(str(shelf.row), shelf.count) for shelf in found]


def test_what_was_written_about_last_comes_first_with_its_number():
    rush, georgia = make_film("Rush"), make_film("Georgia", 1995)
    crime, music = make_topic("Crime"), make_topic("Music")
    make_live(film=rush, topics=[crime])
    make_live(film=georgia, topics=[music, crime])
    make_live(film=rush, topics=[crime])
    assert told(shelves.films()) == [("Rush (1991)", 2), ("Georgia (1995)", 1)]
    assert told(shelves.topics()) == [("Crime", 3), ("Music", 1)]


def test_what_readers_do_not_see_fills_no_shelf():
    film, topic = make_film(), make_topic()
    make_article("Draft", film=film, topics=[topic])
    make_live("Tomorrow", film=film, topics=[topic], at=timezone.now() + timedelta(days=1))
    make_live("About nothing")
    assert (shelves.films(), shelves.topics()) == ([], [])


def test_there_is_an_end_to_it():
    for number in range(shelves.FILMS + 1):
        make_live(film=make_film(f"Film {number}"))
    assert told(shelves.films()) == [(f"Film {number} (1991)", 1) for number in range(shelves.FILMS, 0, -1)]
