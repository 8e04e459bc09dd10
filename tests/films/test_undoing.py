"""A change is taken back to the very rows that stood there before, or refused with the reason."""

from datetime import date
from itertools import pairwise

import pytest
from django.contrib.redirects.models import Redirect
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from films import addresses
from films.changes import recorded, snapshot
from films.credits import CastLine, CrewLine, cast_lines, set_cast, set_crew
from films.importing.applying import apply
from films.importing.matching import known_names, match
from films.importing.pasting import read
from films.models import Change, ChangeAction, Character, Credit, Film, Genre, Person, Role
from films.undoing import Gone, Made, Mentioned, Overtaken, Taken, check, undo
from tests.factories import make_article, make_credit, make_film, make_genre, make_image, make_person, make_user

pytestmark = pytest.mark.django_db


def a_full_film():
    """Make a film of which everything is known that a snapshot has."""
    film = make_film(poster=make_image(), countries=["US"], imdb_id="tt0102820")
    film.genres.add(make_genre())
    film.titles.create(text="Rausch", kind="translated")
    film.releases.create(country="US", date="1991-12-22", certificate="R")
    make_credit(film, make_person(), "Jim Raynor", "Narrator", billing=10, verified_on=date(2026, 1, 2))
    make_credit(film, make_person("Sam Elliott"), "Dodd", billing=20, source="press kit")
    make_credit(film, make_person("Pete Dexter"), department="writing", job="screenplay")
    film.characters.get(slug="dodd").names.create(text="Larry Dodd")
    return film


def everything_otherwise(film):
    """Change something of every kind of row that a film has: some made, some changed, some gone."""
    jason, kim = cast_lines(film)[0], make_person("Kim Wozencraft")
    Film.objects.filter(pk=film.pk).update(title="Frenesi", slug="frenesi", year=None, poster=None, imdb_id=None)
    film.genres.set([make_genre("Drama")])
    film.titles.all().delete()
    film.titles.create(text="Rush")
    film.releases.update(precision="year")
    set_cast(film, [CastLine(kim, ("Kristen",), voice=True), CastLine(jason.person, ("Narrator", "Raynor"), billing=5)])
    set_crew(film, [CrewLine(kim, "source", "novel")])


def done(subject, function):
    """Do *function* to *subject* as one change, and return that."""
    with recorded(subject, by=None) as recording:
        function(subject)
    return recording.change


def edited(row, **facts):
    """Change *facts* of a film or a person, and return the Change."""
    return done(row, lambda row: type(row).objects.filter(pk=row.pk).update(**facts))


def deleted(row):
    """Delete a film or a person, and return the Change as whoever asks later finds it."""
    return Change.objects.get(pk=done(row, lambda row: type(row).objects.get(pk=row.pk).delete()).pk)


def test_a_film_is_put_back_to_the_very_rows_it_had_and_forth_again():
    film, user = a_full_film(), make_user(username="ana")
    change = done(film, everything_otherwise)
    undone = undo(change, by=user)
    assert snapshot(film) == change.before
    assert (undone.film, undone.by, undone.action) == (film, user, ChangeAction.UNDONE)
    assert undone.note.startswith("What was undone: A command edited, ")
    undo(undone, by=user)
    assert snapshot(film) == change.after


def test_a_person_is_put_back_with_their_names():
    person = make_person(born=date(1966, 6, 17), portrait=make_image())
    person.names.create(text="Jason Miller", kind="birth")

    def rename(person):
        Person.objects.update(name="Jason P.", born=None, portrait=None)
        person.names.all().delete()

    change = done(person, rename)
    undone = undo(change, by=None)
    assert snapshot(person) == change.before
    assert Person.objects.named_like("jason miller").get() == person
    undo(undone, by=None)
    assert snapshot(person) == change.after


def test_what_is_searched_and_sorted_by_is_put_back_too():
    film = a_full_film()
    rows = Film.objects.values("folded", "sort_key"), Character.objects.values("pk", "folded").order_by("pk")
    before = [list(each) for each in rows]
    undo(done(film, everything_otherwise), by=None)
    assert [list(each.all()) for each in rows] == before


def test_an_address_put_back_is_led_to_from_the_other():
    film = make_film()
    change = edited(film, slug="rush")
    addresses.lead("/films/rush-1991/", "/films/rush/")
    undo(change, by=None)
    assert list(Redirect.objects.values_list("old_path", "new_path")) == [("/films/rush/", "/films/rush-1991/")]


def test_a_paste_is_taken_back_and_its_people_stay():
    film = a_full_film()
    text = "Jason Patric ... James Raynor\nMax Perlich ... Walker"
    outcome = apply(match(read(text, known_names), film=film), film=film, by=None)
    undo(outcome.change, by=None)
    assert snapshot(film) == outcome.change.before
    assert Person.objects.get(name="Max Perlich").credits.count() == 0


def test_parts_that_changed_places_are_put_back():
    film = a_full_film()
    jason, sam = cast_lines(film)
    turned = CastLine(jason.person, tuple(reversed(jason.parts)), billing=30)
    change = done(film, lambda film: set_cast(film, [sam, turned]))
    undo(change, by=None)
    assert snapshot(film) == change.before
    assert [role.label for role in Role.objects.filter(credit__person=jason.person)] == ["Jim Raynor", "Narrator"]


def test_a_deleted_film_is_made_again_with_its_ids_and_its_history():
    film = a_full_film()
    edit = edited(film, runtime=120)
    deletion = deleted(film)
    again = undo(deletion, by=None)
    assert snapshot(film) == deletion.before
    assert list(film.changes.all()) == [again, deletion, edit]
    with pytest.raises(Made):
        undo(again, by=None)


def test_a_deleted_person_is_made_again_and_no_films_history_is_theirs():
    person, film = make_person(pk=7), make_film(pk=7)
    deletions = [deleted(row) for row in (film, person)]
    again = undo(deletions[1], by=None)
    assert snapshot(person) == deletions[1].before
    assert list(person.changes.all()) == [again, deletions[1]]
    assert Change.objects.filter(film=None, person=None).get() == deletions[0]


def test_rows_made_after_an_undo_have_ids_of_their_own():
    film = a_full_film()
    undo(done(film, everything_otherwise), by=None)
    undo(done(film, lambda film: film.titles.all().delete()), by=None)
    assert film.titles.create(text="Frenesi").pk not in {row["id"] for row in snapshot(film)["titles"][:1]}
    assert make_credit(film, make_person("Max Perlich"), "Walker").roles.get().label == "Walker"


def refused(change, error):
    """Return why *change* cannot be undone; nothing is changed by asking or by trying."""
    before = {model: list(model.objects.order_by("pk").values()) for model in (Film, Person, Credit, Role, Change)}
    with pytest.raises(error) as asked:
        check(change)
    with pytest.raises(error) as tried:
        undo(change, by=None)
    assert str(asked.value) == str(tried.value)
    assert before == {model: list(model.objects.order_by("pk").values()) for model in before}
    return str(asked.value)


def test_what_was_made_is_deleted_instead():
    change = Change.objects.create(film=make_film(), about="Rush", action="created", after={"titles": []})
    assert refused(change, Made) == "It was made then. To undo that, delete it."


def test_what_later_changes_stand_on_stays_and_they_are_named():
    film = make_film()
    first = edited(film, year=1990)
    second = edited(film, runtime=120)
    why = refused(first, Overtaken)
    assert why.startswith("Later changes stand on it. Undo them first, from the newest on: A command edited, ")
    undo(second, by=None)
    undo(first, by=None)
    assert snapshot(film) == first.before
    assert "took a change back" in refused(first, Overtaken)


def test_what_changed_without_a_history_is_not_overwritten():
    film = make_film()
    change = edited(film, year=1990)
    Film.objects.update(runtime=120)
    assert refused(change, Overtaken) == "It has been changed since in a way that left no history."


def test_a_change_of_what_was_deleted_since_waits_for_the_deletion_to_be_undone():
    film = make_film()
    change = edited(film, year=1990)
    deleted(film)
    assert refused(Change.objects.get(pk=change.pk), Overtaken) == "It has been deleted since. Undo that first."


def test_somebody_credited_who_is_called_otherwise_since_is_no_later_change():
    film = make_credit(make_film(), None, "Jim").film
    change = done(film, lambda film: set_cast(film, []))
    back = undo(change, by=None)
    Person.objects.update(name="Jason P.")
    undo(back, by=None)
    assert snapshot(film) == change.after


def test_a_performers_new_name_is_not_undone_on_the_film():
    film = make_credit(make_film(), None, "Jim").film
    change = done(film, lambda film: Person.objects.filter(credits__film=film).update(name="Jason P."))
    with pytest.raises(Overtaken, match="Nothing differs any more"):
        undo(change, by=None)
    assert (Person.objects.get().name, Change.objects.count()) == ("Jason P.", 1)


def test_a_character_whom_articles_mention_does_not_go():
    film = make_film()
    change = done(film, lambda film: set_cast(film, [CastLine(make_person(), ("Jim Raynor",))]))
    for title in ("One", "Two"):
        make_article(title, film=film, body="[[character:jim-raynor]] and [[character:jim-raynor]]")
    assert refused(change, Mentioned) == ("These characters would go, whom articles mention: Jim Raynor (2 articles).")


def test_an_address_that_somebody_has_taken_stays_theirs():
    person = make_person()
    change = edited(person, slug="jason", imdb_id=None)
    make_person("Jason Patric", disambiguation="the other")
    assert refused(change, Taken) == ("The address that it had, jason-patric, is now that of Jason Patric (the other).")


def test_an_id_that_another_film_has_now_stays_there():
    film = make_film(tmdb_id=20289)
    change = edited(film, tmdb_id=None)
    make_film("Rush", 2013, tmdb_id=20289)
    assert refused(change, Taken) == "The TMDB id that it had, 20289, is now that of Rush (2013)."


def test_an_address_that_old_links_follow_elsewhere_is_not_taken_back():
    person, other = make_person(), make_person("Sam Elliott")
    change = edited(person, slug="jason")
    addresses.lead("/people/jason-patric/", other.get_absolute_url())
    assert refused(change, Taken) == ("Old links to something else lead from the address that it had, jason-patric.")


@pytest.mark.parametrize("part", ["person", "genre", "picture"])
def test_what_is_no_longer_in_the_catalogue_is_named(part):
    film = a_full_film()
    change = done(film, everything_otherwise)
    poster = change.before["facts"]["poster"]
    gone = {
        "person": lambda: Person.objects.get(name="Sam Elliott").delete(),
        "genre": lambda: Genre.objects.get(name="Crime").delete(),
        "picture": lambda: make_image()._meta.model.objects.get(pk=poster).delete(),
    }
    gone[part]()
    assert (
        refused(change, Gone)
        == {
            "person": "No longer in the catalogue: Sam Elliott.",
            "genre": "No longer in the catalogue: Crime.",
            "picture": f"Its picture {poster} is no longer there.",
        }[part]
    )


def test_a_film_that_came_back_otherwise_is_not_made_twice():
    film = make_film()
    deletion = deleted(film)
    undo(deletion, by=None)
    assert "took a change back" in refused(Change.objects.get(pk=deletion.pk), Overtaken)


def test_a_change_from_before_a_column_came_is_undone_all_the_same():
    film = a_full_film()
    change = done(film, everything_otherwise)
    for side in (change.before, change.after):
        del side["facts"]["source"], side["facts"]["verified_on"]
        for row in side["characters"]:
            del row["addresses"]
    change.save()
    undo(Change.objects.get(pk=change.pk), by=None)
    assert (Film.objects.get().title, Film.objects.get().source, Film.objects.get().verified_on) == ("Rush", "", None)


def test_where_facts_come_from_and_former_addresses_are_put_back():
    film = a_full_film()
    film.characters.get(slug="dodd").former_addresses.create(slug="larry")
    Film.objects.update(source="press kit", verified_on=date(2026, 1, 2))

    def forget(film):
        Film.objects.update(source="", verified_on=None)
        film.characters.get(slug="dodd").former_addresses.all().delete()

    change = done(film, forget)
    undo(change, by=None)
    assert snapshot(film) == change.before
    assert film.characters.get(slug="dodd").former_addresses.get().slug == "larry"


PEOPLE, PARTS = ["Jason Patric", "Sam Elliott", "Max Perlich"], ["Dodd", "Walker", "Jim", "dodd"]
CAST = st.dictionaries(
    st.sampled_from(PEOPLE), st.lists(st.sampled_from(PARTS), unique=True, max_size=3), max_size=3
).flatmap(lambda cast: st.permutations(list(cast.items())))
STEPS = st.one_of(
    st.tuples(st.just("cast"), CAST),
    st.tuples(st.just("year"), st.sampled_from([1990, 1991, None])),
    st.tuples(st.just("titles"), st.lists(st.sampled_from(["Rausch", "Frenesi", "Rush"]), unique=True, max_size=3)),
    st.tuples(st.just("undo"), st.none()),
)


class UndoingInAnyOrderTest(TestCase):
    """Whatever is done, undone and done again, an undo restores what stood there before, exactly."""

    @settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(STEPS, min_size=2, max_size=10))
    def test_an_undo_of_the_last_change_restores_what_was(self, steps):
        """The last change may be an undoing itself; no step leaves a gap between what two changes tell."""
        film = make_film()
        self.people = {name: make_person(name) for name in PEOPLE}
        for kind, what in [*steps, ("undo", None)]:
            getattr(self, f"do_{kind}")(film, what)
        told = list(film.changes.order_by("pk"))
        assert all(before.after == after.before for before, after in pairwise(told))

    def do_cast(self, film, cast):
        """Set the cast."""
        set_cast(film, [CastLine(self.people[name], tuple(parts)) for name, parts in cast])

    def do_year(self, film, year):
        """Change a fact."""
        edited(film, year=year)

    def do_titles(self, film, titles):
        """Give it other titles."""
        with recorded(film, by=None):
            film.titles.exclude(text__in=titles).delete()
            for text in titles:
                film.titles.get_or_create(text=text)

    def do_undo(self, film, _):
        """Undo what was done last, if anything was."""
        last = film.changes.first()
        if last:
            undo(last, by=None)
            assert snapshot(film) == last.before
