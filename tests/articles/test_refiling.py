"""A split, a merge or an undoing that files articles elsewhere stands in their record, and search finds them there."""

import pytest

from articles.models import Action, Event, SearchEntry
from films.merging import merge
from films.models import Film
from films.splitting import split_film
from films.undoing import undo
from tests.factories import make_article, make_film, make_live, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def films():
    """Rush, and the other film of that title."""
    return make_film("Rush", 1991), make_film("Hunt", 2013)


def filed():
    """Return what the records tell of filing, the oldest first, with who did it."""
    events = Event.objects.filter(action=Action.FILED).select_related("by").order_by("pk")
    return [(event.by and event.by.username, event.detail) for event in events]


def about():
    """Return the first word by which each article is found that says where it is filed."""
    return [entry.about.split()[0] for entry in SearchEntry.objects.filter(kind="article").order_by("pk")]


def test_an_article_alone_that_a_split_refiles_is_told_and_found_there(films):
    rush, hunt = films
    article, ana = make_live(film=rush), make_user(username="ana")
    change = split_film(rush, [], to=hunt, by=ana, articles=[article])
    assert (filed(), about()) == ([("ana", "film: Rush (1991) to Hunt (2013) (split)")], ["hunt"])
    undo(change, by=None)
    assert filed()[1:] == [(None, "film: Hunt (2013) to Rush (1991) (took a change back)")]
    assert about() == ["rush"]


def test_a_film_that_is_gone_has_no_name_there(films):
    rush, hunt = films
    make_live(film=hunt)
    change = merge(rush, hunt, by=None)
    assert (filed(), about()) == ([(None, "film: a film that is no longer there to Rush (1991) (merged)")], ["rush"])
    undo(change, by=None)
    assert filed()[1:] == [(None, "film: Rush (1991) to Hunt (2013) (took a change back)")]
    assert about() == ["hunt"]


def test_what_refiles_nothing_is_not_told(films):
    make_live(film=films[0])
    make_article(film=films[0])
    merge(*films, by=None)
    assert filed() == []


@pytest.mark.parametrize("count", [1, 3])
def test_refiling_costs_the_same_however_many_drafts(count, django_assert_num_queries):
    rush = make_film("Rush", 1991)
    drafts = [make_article(f"Title {number}", film=rush) for number in range(count)]
    to = Film.objects.create(title="Hunt", slug="hunt")
    with django_assert_num_queries(40):
        split_film(rush, [], to=to, by=None, articles=drafts)
