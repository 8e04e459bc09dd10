"""Splitting gives chosen lines to another, new or not, as one change; or is refused, and then changes nothing."""

from datetime import date

import pytest
from django.contrib.sites.models import Site
from django.core import serializers

from articles.models import Article
from films.changes import snapshot
from films.models import (
    Change,
    ChangeAction,
    Character,
    CharacterName,
    Credit,
    DistinctFilms,
    DistinctPeople,
    Film,
    FilmTitle,
    Image,
    Person,
    PersonName,
    Release,
    Role,
)
from films.splitting import SplitRefused, split_character, split_film, split_person
from films.undoing import undo
from tests.factories import make_article, make_credit, make_film, make_image, make_person, make_user

pytestmark = pytest.mark.django_db

TABLES = (Film, FilmTitle, Release, Person, PersonName, Character, CharacterName, Credit, Role, Image, Article)
TABLES += (DistinctPeople, DistinctFilms)


def dump():
    """Return every row of the catalogue, and of the articles, without the moments at which rows were last saved."""
    rows = [row for model in TABLES for row in serializers.serialize("python", model.objects.order_by("pk"))]
    return [{**row, "fields": {**row["fields"], "updated_at": None}} for row in rows]


def a_split_person(to=None, **fields):
    """Give the newer one of two credits, a name and the portrait of a person to somebody else."""
    person = make_person("John Smith", portrait=make_image())
    Image.objects.update(person=person)
    make_credit(make_film("The Third Man", 1949), person, "Porter")
    newer = make_credit(make_film("Rush", 1991), person, "Walker", billing=10, verified_on=date(2026, 1, 2))
    names = [person.names.create(text="Johnny Smith"), person.names.create(text="Jon Smith", kind="credited")]
    to = to or Person(name="Jon Smith", disambiguation="born 1950")
    before = dump()
    change = split_person(person, [newer], to=to, by=None, names=names, pictures=Image.objects.all(), **fields)
    return person, to, before, change


def test_chosen_credits_names_and_pictures_go_to_somebody_new():
    person, to, _, _ = a_split_person()
    assert [str(credit.film) for credit in to.credits.all()] == ["Rush (1991)"]
    assert [str(credit.film) for credit in person.credits.all()] == ["The Third Man (1949)"]
    made = Person.objects.get(pk=to.pk)
    assert (made.slug, made.sort_name, made.disambiguation) == ("jon-smith", "Smith, Jon", "born 1950")
    assert (made.portrait, made.images.get()) == (Image.objects.get(), Image.objects.get())
    assert Person.objects.get(pk=person.pk).portrait is None
    assert [name.text for name in made.names.all()] == ["Johnny Smith"]
    assert not person.names.exists()


def test_the_two_are_settled_as_different():
    person, to, _, _ = a_split_person()
    settled = DistinctPeople.objects.get()
    assert (settled.first, settled.second, settled.reason) == (person, to, "split")


def test_one_change_of_the_original_has_the_others_as_parts():
    user = make_user()
    person = make_person("John Smith")
    credits = [make_credit(make_film(title), person) for title in ("Heat", "Rush")]
    to = Person(name="John Smith", disambiguation="the other")
    said = "2 lines went to John Smith (the other). A namesake."
    change = split_person(person, credits, to=to, by=user, note="A namesake.")
    assert (change.person, change.by, change.action, change.note) == (person, user, ChangeAction.SPLIT, said)
    assert change.before == change.after == snapshot(person)
    told = {(part.about, bool(part.before)) for part in change.parts.all()}
    assert told == {("John Smith (the other)", False), ("Heat (1991)", True), ("Rush (1991)", True)}
    assert {part.action for part in change.parts.all()} == {ChangeAction.SPLIT}
    assert to.slug == "john-smith-2"


def test_the_undoing_gives_back_the_very_rows():
    _, to, before, change = a_split_person()
    undo(change, by=None)
    assert dump() == before
    assert not Person.objects.filter(pk=to.pk).exists()


def test_lines_are_given_to_somebody_who_is_there_and_back():
    other = make_person("John Smith", disambiguation="the other")
    make_credit(make_film("Heat"), other, department="music")
    _, _, before, change = a_split_person(to=other)
    assert other.credits.count() == 2
    assert not DistinctPeople.objects.exists()
    assert {part.about for part in change.parts.all()} == {"John Smith (the other)", "Rush (1991)"}
    undo(change, by=None)
    assert dump() == before


def test_who_has_a_portrait_keeps_it():
    image = make_image()
    other = make_person("John Smith", portrait=image)
    person, _, before, change = a_split_person(to=other)
    assert Person.objects.get(pk=other.pk).portrait == image
    assert Person.objects.get(pk=person.pk).portrait is None
    undo(change, by=None)
    assert dump() == before


def refused(split, *args, **options):
    """Return why *split* refuses, and that nothing was written."""
    before = dump()
    with pytest.raises(SplitRefused) as refusal:
        split(*args, by=None, **options)
    assert (dump(), Change.objects.count()) == (before, 0)
    return refusal.value.reasons


def test_what_the_other_has_already_is_refused_line_by_line():
    film, person, other = make_film(), make_person("John Smith"), make_person("Jon Smith")
    lines = [make_credit(film, person), make_credit(film, person, department="writing", job="screenplay")]
    make_credit(film, other)
    make_credit(film, other, department="writing", job="screenplay")
    name = person.names.create(text="Johnny")
    other.names.create(text="Johnny")
    assert refused(split_person, person, lines, to=other, names=[name]) == [
        "Jon Smith is in the cast of Rush (1991) already; one line there can hold several parts.",
        "Jon Smith already stands for “screenplay” in Rush (1991).",
        "Jon Smith already has the name “Johnny”.",
    ]


def test_the_same_person_nothing_chosen_and_anothers_lines_are_refused():
    person, other = make_person("John Smith"), make_person("Jon Smith")
    credit = make_credit(person=person)
    assert refused(split_person, person, [credit], to=person) == ["That is John Smith still."]
    assert refused(split_person, person, [], to=other) == ["Choose at least one line."]
    stranger = make_credit(make_film(), make_person())
    assert refused(split_person, person, [credit, stranger], to=other) == [
        "Something that you chose has come to stand elsewhere meanwhile. Choose again."
    ]


def test_whoever_is_gone_meanwhile_is_refused():
    person, credit, film = make_person("John Smith"), make_credit(make_film("Heat")), make_film()
    lines = [make_credit(film, person, "Porter")]
    people = [make_person("Jon Smith"), Person.objects.get(pk=make_person("Jo Smith").pk)]
    other = make_film("Rush", 2013)
    Person.objects.filter(pk__in=[row.pk for row in people]).delete()
    Film.objects.filter(pk=other.pk).delete()
    said = "{} is no longer there: deleted, or merged already."
    assert refused(split_person, person, lines, to=people[0]) == [said.format("Jon Smith")]
    assert refused(split_person, people[1], [credit], to=person) == [said.format("Jo Smith")]
    assert refused(split_film, film, lines, to=other) == [said.format("Rush (2013)")]
    character = film.characters.get()
    nobody = Character.objects.create(film=film, name="Nobody", slug="nobody")
    Character.objects.filter(pk=nobody.pk).delete()
    assert refused(split_character, character, character.roles.all(), to=nobody) == [said.format("Nobody")]


def test_a_portrait_that_came_meanwhile_is_kept():
    stale = make_person("John Smith", disambiguation="the other")
    own = make_image(person=stale)
    Person.objects.filter(pk=stale.pk).update(portrait=own)
    image = make_image()
    person = make_person("John Smith", portrait=image)
    Image.objects.filter(pk=image.pk).update(person=person)
    split_person(person, [make_credit(make_film(), person)], to=stale, by=None, pictures=[image])
    assert Person.objects.get(pk=stale.pk).portrait == own


def test_a_line_that_came_to_stand_in_the_way_meanwhile_is_refused():
    film, person, other = make_film(), make_person("John Smith"), make_person("Jon Smith")
    make_credit(film, other)
    credit = make_credit(film, person, department="writing", job="screenplay")
    Credit.objects.filter(pk=credit.pk).update(department="cast", job="")
    assert refused(split_person, person, [credit], to=other) == [
        "Somebody else has just changed what would be split. Look again."
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_splitting_people_costs_the_same_however_many_credits(count, django_assert_num_queries):
    person = make_person("John Smith")
    credits = [make_credit(make_film(f"Film {number}"), person, "Part") for number in range(count)]
    Site.objects.get_current()
    with django_assert_num_queries(57):
        split_person(person, credits, to=Person(name="John Smith"), by=None)


def a_film_of_two():
    """Make a film in which the lines of another of the same title stand, too."""
    film = make_film("Rush", 1991, poster=make_image())
    Image.objects.update(film=film)
    raynor = make_credit(film, make_person("Jason Patric"), "Jim Raynor", "The driver")
    hunt = make_credit(film, make_person("Chris Hemsworth"), "James Hunt", "The driver", billing=5)
    howard = make_credit(film, make_person("Ron Howard"), department="directing", job="director")
    title = film.titles.create(text="Rush – Alles für den Sieg")
    release = film.releases.create(country="DE", date="2013-10-03")
    return film, raynor, [hunt, howard], title, release


def test_a_film_is_split_with_characters_titles_releases_pictures_and_articles():
    film, _, credits, title, release = a_film_of_two()
    article = make_article(film=film, body="[[character:james-hunt]] drives.")
    to = Film(title="Rush", year=2013)
    before = dump()
    change = split_film(
        film,
        credits,
        to=to,
        by=None,
        titles=[title],
        releases=[release],
        pictures=film.images.all(),
        articles=[article],
    )
    assert (to.slug, to.sort_title) == ("rush-2013", "Rush")
    assert {str(credit.person) for credit in to.credits.all()} == {"Chris Hemsworth", "Ron Howard"}
    assert (to.titles.get(), to.releases.get(), to.images.get()) == (title, release, Image.objects.get())
    assert Article.objects.get().film == to
    assert [credit.person.name for credit in film.credits.all()] == ["Jason Patric"]
    assert sorted(to.characters.values_list("name", "slug")) == [
        ("James Hunt", "james-hunt"),
        ("The driver", "the-driver"),
    ]
    assert sorted(film.characters.values_list("name", flat=True)) == ["Jim Raynor", "The driver"]
    assert [role.character.film for role in Role.objects.order_by("pk")] == [film, film, to, to]
    assert Film.objects.get(pk=film.pk).poster is None
    undo(change, by=None)
    assert dump() == before


def test_a_new_film_of_the_same_title_and_year_has_its_directors_name_in_its_address():
    film, _, credits, _, _ = a_film_of_two()
    to = Film(title="Rush", year=1991)
    split_film(film, credits, to=to, by=None)
    assert to.slug == "rush-1991-howard"
    assert DistinctFilms.objects.get().second == to


def test_lines_go_to_a_film_that_is_there_and_back():
    film, _, credits, _, _ = a_film_of_two()
    to = make_film("Rush", 2013)
    make_credit(to, make_person("Daniel Brühl"), "James Hunt", "The driver")
    before = dump()
    change = split_film(film, credits, to=to, by=None)
    assert sorted(to.characters.values_list("slug", flat=True)) == ["james-hunt", "james-hunt-2", "the-driver"]
    assert [part.film for part in change.parts.all()] == [to]
    undo(change, by=None)
    assert dump() == before


def test_what_the_other_film_has_already_is_refused():
    film, _, credits, title, release = a_film_of_two()
    to = make_film("Rush", 2013)
    release.refresh_from_db()
    make_credit(to, Person.objects.get(name="Chris Hemsworth"))
    make_credit(to, Person.objects.get(name="Ron Howard"), department="directing", job="director")
    to.titles.create(text=title.text)
    to.releases.create(country="DE", date="2013-10-03")
    assert refused(split_film, film, credits, to=to, titles=[title], releases=[release]) == [
        "Chris Hemsworth is in the cast of Rush (2013) already; one line there can hold several parts.",
        "Ron Howard already stands for “director” in Rush (2013).",
        "Rush (2013) already has the title “Rush – Alles für den Sieg”.",
        "Rush (2013) already has the release in Germany on 2013-10-03.",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_splitting_films_costs_the_same_however_many_credits(count, django_assert_num_queries):
    film = make_film()
    credits = [make_credit(film, make_person(f"Person {n}"), f"Part {n}", "Crowd") for n in range(count)]
    make_credit(film, make_person(), "Crowd")
    Site.objects.get_current()
    with django_assert_num_queries(55):
        split_film(film, credits, to=Film(title="Rush"), by=None)


def a_character_of_two():
    film = make_film()
    credits = [make_credit(film, make_person(name), "The nurse") for name in ("Ann Lee", "Bo Ray")]
    nurse = film.characters.get()
    nurse.names.create(text="Sister Ray")
    nurse.names.create(text="Nurse Ray")
    return nurse, credits[1].roles.all()


def test_a_character_is_split_with_its_roles_and_names_and_put_together_again():
    nurse, roles = a_character_of_two()
    before, to = dump(), Character(film=nurse.film, name="Nurse Ray")
    change = split_character(nurse, roles, to=to, by=None, names=nurse.names.all())
    assert (to.slug, [role.credit.person.name for role in to.roles.all()]) == ("nurse-ray", ["Bo Ray"])
    assert [role.credit.person.name for role in nurse.roles.all()] == ["Ann Lee"]
    assert [name.text for name in to.names.all()] == ["Sister Ray"]
    assert (change.film, change.action, change.parts.count()) == (nurse.film, ChangeAction.SPLIT, 0)
    undo(change, by=None)
    assert dump() == before


def test_roles_go_to_another_character_of_the_film_alone():
    nurse, roles = a_character_of_two()
    other = Character.objects.create(film=nurse.film, name="The nurse", slug="the-nurse-2")
    stranger = make_credit(make_film("Heat"), make_person("Al"), "Vincent").roles.get().character
    assert refused(split_character, nurse, roles, to=stranger) == ["Vincent is a character of another film."]
    assert refused(split_character, nurse, roles, to=nurse) == ["That is The nurse still."]
    assert refused(split_character, nurse, stranger.roles.all(), to=other) == [
        "Something that you chose has come to stand elsewhere meanwhile. Choose again."
    ]
    other.names.create(text="Sister Ray")
    sister = nurse.names.filter(text="Sister Ray")
    assert refused(split_character, nurse, roles, to=other, names=sister) == [
        "The nurse already has the name “Sister Ray”."
    ]
    split_character(nurse, roles, to=other, by=None)
    assert other.roles.count() == 1
