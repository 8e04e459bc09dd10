"""A film's page and list on the desk: facts, cast and crew, and who may keep them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from films import credits
from films.models import Credit, Film, Person
from tests.factories import make_article, make_credit, make_film, make_genre, make_person, make_superuser, make_user

pytestmark = pytest.mark.django_db

ADD = reverse("admin:films_film_add")
LIST = reverse("admin:films_film_changelist")


@pytest.fixture
def desk(client):
    """A client in whose session a superuser is logged in."""
    client.force_login(make_superuser())
    return client


def sheet(prefix, lines, rows, **more):
    """Return what the page sends for a cast or crew of *rows*, opened when *lines* stood there."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(lines)}
    data[f"{prefix}-opened"] = credits.fingerprint(lines)
    for index, row in enumerate(rows):
        data |= {f"{prefix}-{index}-{field}": value for field, value in {"ORDER": index + 1, **row}.items()}
    return data | {f"{prefix}-{field}": value for field, value in more.items()}


def chosen(person, **row):
    """Return a row in which *person* was chosen."""
    return {"name": person.name, "person": person.pk, **row}


def page(cast=(), crew=(), opened_cast=(), opened_crew=(), **facts):
    """Return what a film's page sends."""
    empty = {f"{prefix}-{count}_FORMS": 0 for prefix in ["releases", "titles"] for count in ["TOTAL", "INITIAL"]}
    sheets = sheet("cast", list(opened_cast), list(cast)) | sheet("crew", list(opened_crew), list(crew))
    return {"title": "Rush", "year": 1991, "_continue": "1", **empty, **sheets, **facts}


def change(film):
    return reverse("admin:films_film_change", args=[film.pk])


def errors(response):
    """Return every message of a page that was refused."""
    sets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    rows = [message for formset in sets for row in formset.forms for found in row.errors.values() for message in found]
    return rows + [message for formset in sets for message in formset.non_form_errors()]


def test_a_film_is_added_with_its_cast_and_crew_and_new_people(desk):
    jason = make_person()
    cast = [
        chosen(jason, parts="Jim Raynor"),
        {"name": "Sam Elliott", "fresh": "on", "parts": "Driver / Dodd", "uncredited": "on"},
        {},
    ]
    crew = [
        {"name": "Sam Elliott", "fresh": "on", "department": "writing", "job": "story"},
        {"department": "directing"},
    ]
    response = desk.post(ADD, page(cast, crew), follow=True)
    film = Film.objects.get()
    assert [(line.person.name, line.parts, line.billing) for line in credits.cast_lines(film)] == [
        ("Jason Patric", ("Jim Raynor",), 10),
        ("Sam Elliott", ("Driver", "Dodd"), 20),
    ]
    assert [(line.person.name, line.job) for line in credits.crew_lines(film)] == [("Sam Elliott", "story")]
    assert Person.objects.get(name="Sam Elliott").sort_name == "Elliott, Sam"
    assert "New in the catalogue: Sam Elliott." in response.content.decode()


def test_a_name_alone_links_to_nobody_and_what_was_typed_stays(desk):
    make_person()
    response = desk.post(ADD, page([{"name": "Jason Patric", "parts": "Jim Raynor", "credited_as": "J. Patric"}]))
    assert errors(response) == ["Which “Jason Patric”? Choose from the list, or “New person”."]
    for typed in ["Jason Patric", "Jim Raynor", "J. Patric"]:
        assert f'value="{typed}"' in response.content.decode()
    assert not Film.objects.exists()


def test_a_chosen_person_whose_name_was_typed_over_is_asked_for_again(desk):
    response = desk.post(ADD, page([{**chosen(make_person()), "name": "Jason Momoa"}]))
    assert errors(response) == ["Which “Jason Momoa”? Choose from the list, or “New person”."]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"parts": "Jim"}, "Choose a person, or remove this line."),
        ({"name": "X", "fresh": "on", "parts": "x" * 201}, "A part has at most 200 characters."),
        ({"name": "x" * 201, "fresh": "on"}, "Ensure this value has at most 200 characters (it has 201)."),
        ({"name": "X", "fresh": "on", "parts": "Jim / Jim"}, "X's line names one part twice."),
        ({"name": "X", "person": "no number"}, "Which “X”? Choose from the list, or “New person”."),
        ({"name": "X", "person": "9" * 30}, "Which “X”? Choose from the list, or “New person”."),
        ({"name": "X", "fresh": "on", "note": "a\x00b"}, "Null characters are not allowed."),
        ({"name": "X", "fresh": "on", "ORDER": "first"}, "Enter a whole number."),
    ],
)
def test_a_row_that_cannot_be_kept_says_why(desk, row, message):
    response = desk.post(ADD, page([row]))
    assert errors(response) == [message]
    assert not Person.objects.exists()


@pytest.mark.parametrize("management", ["", "-1", "50000", "many"])
def test_a_page_sent_in_pieces_is_refused_and_changes_nothing(desk, management):
    film = make_credit(make_film(), None, "Jim").film
    row = chosen(make_person("Somebody Else"))
    sent = page([row], opened_cast=credits.cast_lines(film), **{"cast-TOTAL_FORMS": management})
    response = desk.post(change(film), sent)
    assert response.status_code == 200
    assert film.credits.count() == 1


def test_a_department_that_does_not_exist_is_refused(desk):
    response = desk.post(ADD, page(crew=[chosen(make_person(), department="catering")]))
    assert "catering" in errors(response)[0]


def test_somebody_twice_in_the_cast_is_named_on_the_second_row(desk):
    person = make_person()
    response = desk.post(ADD, page([chosen(person), chosen(make_person("Sam")), chosen(person)]))
    assert errors(response) == ["Jason Patric is in the cast twice; one line can hold several parts."]
    assert response.context["inline_admin_formsets"][0].formset.forms[2].errors


def test_two_new_people_of_one_name_in_one_cast_are_refused(desk):
    response = desk.post(ADD, page([{"name": "John Smith", "fresh": "on"}] * 2))
    assert errors(response) == ["John Smith is in the cast twice; one line can hold several parts."]


def test_rows_are_saved_in_their_order_and_the_blank_one_does_not_count(desk):
    film = make_film()
    people = [make_person(name) for name in "ABC"]
    for place, person in enumerate(people, start=1):
        make_credit(film, person, person.name, billing=10 * place)
    opened = credits.cast_lines(film)
    rows = [chosen(person, parts=person.name, ORDER=order) for person, order in zip(people, [3, 1, 2], strict=True)]
    response = desk.post(change(film), page([*rows, {"ORDER": 4}], opened_cast=opened))
    assert response.status_code == 302
    assert list(film.credits.cast().values_list("person__name", "billing")) == [("B", 20), ("C", 30), ("A", 40)]


def test_an_unknown_order_stays_unknown_when_something_else_changes(desk):
    film = make_film()
    people = [make_person(name) for name in "AB"]
    for person in people:
        make_credit(film, person)
    rows = [chosen(people[0], parts="Jim"), chosen(people[1])]
    desk.post(change(film), page(rows, opened_cast=credits.cast_lines(film)))
    assert [(line.parts, line.billing) for line in credits.cast_lines(film)] == [(("Jim",), None), ((), None)]


def test_a_removed_row_goes_even_if_it_could_not_be_kept(desk):
    film = make_credit(make_film()).film
    opened = credits.cast_lines(film)
    desk.post(change(film), page([{"name": "", "DELETE": "on"}], opened_cast=opened))
    assert not film.credits.exists()


def test_a_cast_saved_by_somebody_else_meanwhile_is_not_overwritten(desk):
    film, jason, sam = make_film(), make_person(), make_person("Sam Elliott")
    opened = credits.cast_lines(film)
    credits.set_cast(film, [credits.CastLine(sam, ("Dodd",))])
    sent = page([chosen(jason, parts="Jim")], opened_cast=opened)
    response = desk.post(change(film), sent)
    assert errors(response)[0].startswith("Somebody else saved this cast after you opened the page.")
    assert 'value="Jim"' in response.content.decode()
    assert [line.person for line in credits.cast_lines(film)] == [sam]
    now = credits.fingerprint(credits.cast_lines(film))
    assert f'name="cast-replace" value="{now}"' in response.content.decode()
    assert desk.post(change(film), {**sent, "cast-replace": "older"}).status_code == 200
    assert desk.post(change(film), {**sent, "cast-replace": now}).status_code == 302
    assert [line.person for line in credits.cast_lines(film)] == [jason]


def test_who_changed_only_the_facts_overwrites_nobodys_cast(desk):
    film, sam = make_film(), make_person("Sam Elliott")
    sent = page(opened_cast=credits.cast_lines(film), runtime=120)
    credits.set_cast(film, [credits.CastLine(sam)])
    assert desk.post(change(film), sent).status_code == 302
    film.refresh_from_db()
    assert (film.runtime, film.credits.count()) == (120, 1)


def test_the_history_says_that_the_cast_changed(desk):
    film = make_film()
    desk.post(change(film), page([{"name": "Sam", "fresh": "on"}]))
    assert "cast" in LogEntry.objects.get().get_change_message()


def test_who_may_not_add_people_may_only_choose_them(client):
    film, person = make_film(), make_person()
    client.force_login(make_user("films.change_film", "films.change_credit", "films.view_person"))
    response = client.post(change(film), page([{"name": "Sam", "fresh": "on"}]))
    assert errors(response) == ["You may not add people; choose somebody from the list."]
    assert client.post(change(film), page([chosen(person)])).status_code == 302
    assert film.credits.count() == 1


def test_who_may_not_change_credits_reads_them_and_changes_none(client):
    film = make_credit(make_film(), None, "Jim Raynor").film
    client.force_login(make_user("films.change_film", "films.view_credit"))
    shown = client.get(change(film)).content.decode()
    assert "Jim Raynor" in shown
    assert "cast-TOTAL_FORMS" not in shown
    assert client.post(change(film), page([], runtime=99)).status_code == 302
    assert film.credits.count() == 1
    film.refresh_from_db()
    assert film.runtime == 99


def test_who_may_only_look_sees_a_film_and_can_save_nothing(client):
    film = make_credit(make_film(), None, "Jim Raynor").film
    client.force_login(make_user("films.view_film", "films.view_credit", "films.change_credit"))
    assert "Jim Raynor" in client.get(change(film)).content.decode()
    assert client.post(change(film), page()).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_long_the_credits(desk, count, django_assert_num_queries):
    film = make_film()
    for number in range(count):
        person = make_person(f"Person {number}")
        make_credit(film, person, "Part", "Other", billing=number)
        make_credit(film, person, department="writing", job="story")
    desk.get(change(film))  # Content types are remembered from the first page on.
    with django_assert_num_queries(20):
        desk.get(change(film))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(desk, count, django_assert_num_queries):
    for number in range(count):
        film = make_film(f"Film {number}")
        make_credit(film, make_person(f"Director {number}"), department="directing")
    desk.get(LIST)
    with django_assert_num_queries(10):
        response = desk.get(LIST)
    assert response.content.decode().count("Director ") == count


def test_the_list_is_searched_without_accents_and_by_id(desk):
    amelie = make_film("Amélie", 2001, imdb_id="tt0211915")
    make_film()
    for typed in ["amelie", "AMÉLIE", "tt0211915"]:
        assert list(desk.get(LIST, {"q": typed}).context["cl"].queryset) == [amelie]
    assert len(desk.get(LIST, {"q": ""}).context["cl"].queryset) == 2


def test_the_list_counts_cast_and_articles(desk):
    film = make_credit(make_film(), None, "Jim").film
    make_credit(film, make_person("Another"), "Walker")
    make_article(film=film)
    make_article("Another", film=film)
    shown = desk.get(LIST).context["cl"].queryset.get()
    assert (shown.cast_count, shown.article_count) == (2, 2)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"missing": "cast"}, ["Bare"]),
        ({"missing": "director"}, ["Bare"]),
        ({"missing": "IMDb id"}, ["Bare"]),
        ({"missing": "poster"}, ["Bare", "Full"]),
        ({"missing": "nonsense"}, ["Bare", "Full"]),
        ({"decade": "1990"}, ["Full"]),
        ({"decade": "nonsense"}, ["Bare", "Full"]),
        ({"decade": "9" * 30}, ["Bare", "Full"]),
        ({"decade": "²"}, ["Bare", "Full"]),
    ],
)
def test_the_list_is_filtered_by_what_is_missing_and_by_decade(desk, query, titles):
    make_film("Bare", 2013)
    film = make_film("Full", 1991, imdb_id="tt0102820")
    make_credit(film, None, "Jim")
    make_credit(film, make_person("Lili Fini Zanuck"), department="directing", job="director")
    assert sorted(film.title for film in desk.get(LIST, query).context["cl"].queryset) == titles


def test_a_genre_filters_the_list(desk):
    film, genre = make_film(), make_genre()
    film.genres.add(genre)
    make_film("Another")
    assert list(desk.get(LIST, {"genres__id__exact": genre.pk}).context["cl"].queryset) == [film]


def test_a_release_is_typed_by_the_countrys_name(desk):
    film = make_film()
    release = {"country": "United States", "kind": "theatrical", "date": "1991-12-22", "precision": "day"}
    typed = {f"releases-0-{field}": value for field, value in release.items()}
    desk.post(change(film), page(**typed, **{"releases-TOTAL_FORMS": 1}))
    assert film.releases.get().country == "US"


def test_a_film_with_articles_shows_what_stands_in_the_way_of_deleting_it(desk):
    film = make_film()
    make_article(film=film)
    response = desk.post(reverse("admin:films_film_delete", args=[film.pk]), {"post": "yes"})
    assert response.context["protected"]
    assert Credit.objects.count() == 0
    assert Film.objects.exists()


def test_a_note_is_asked_for_as_what_it_is_words_for_readers(desk, client):
    film = make_credit(make_film(), None, "Jim", note="segment two").film
    asked = desk.get(change(film)).content.decode()
    assert 'aria-label="Note, shown to readers" placeholder="Shown to readers: “segment two”"' in asked
    assert "segment two" in client.get(film.get_absolute_url()).content.decode()


@pytest.mark.parametrize("genre", ["9" * 30, "²", "crime", "-1"])
def test_a_genre_that_can_be_none_is_refused(desk, genre):
    response = desk.post(ADD, page(genres=[genre]))
    assert response.context["adminform"].form.errors.keys() == {"genres"}


def test_a_film_whose_address_is_taken_takes_its_directors_surname(desk):
    make_film("Speed", slug="rush-1991")
    crew = [
        {"name": "Somebody Else", "fresh": "on", "department": "directing", "job": "script supervisor"},
        {"name": "Lili Fini Zanuck", "fresh": "on", "department": "directing", "job": "director"},
    ]
    assert desk.post(ADD, page(crew=crew)).status_code == 302
    film = Film.objects.latest("pk")
    assert film.slug == "rush-1991-zanuck"
    film.title = "Speed"
    film.save()
    desk.post(ADD, page())
    assert Film.objects.latest("pk").slug == "rush-1991-2"


def test_the_longest_cast_can_still_be_saved(desk):
    crowd = Person.objects.bulk_create(Person(name="Extra", slug=f"extra-{number}") for number in range(1310))
    assert desk.post(ADD, page([chosen(person) for person in crowd])).status_code == 302
    assert Film.objects.get().credits.count() == 1310
