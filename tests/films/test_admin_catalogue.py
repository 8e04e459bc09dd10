"""Genres, characters and pictures on the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from films.models import Character, CharacterName, Genre, Image
from tests.factories import make_credit, make_film, make_genre, make_image, make_person, make_picture, make_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    """A client in whose session a superuser is logged in."""
    client.force_login(make_superuser())
    return client


def listed(desk, model, **query):
    """Return the rows that a list shows."""
    return list(desk.get(reverse(f"admin:films_{model}_changelist"), query).context["cl"].queryset)


def picture(content, name="still.png"):
    """Return what the page sends to add a picture."""
    file = SimpleUploadedFile(name, content, "image/png")
    return {"upload": file, "alt": "A street", "focal_x": 30, "focal_y": 50, "credit_line": "MGM"}


def test_a_genre_finds_its_own_address(desk):
    desk.post(reverse("admin:films_genre_add"), {"name": "Film noir"})
    assert Genre.objects.get().slug == "film-noir"


def test_genres_are_listed_with_their_films_and_found(desk):
    crime = make_genre()
    make_genre("Drama")
    make_film().genres.add(crime)
    assert [(genre.name, genre.film_count) for genre in listed(desk, "genre")] == [("Crime", 1), ("Drama", 0)]
    assert listed(desk, "genre", q="crim") == [crime]


def test_a_characters_address_is_free_within_the_film(desk):
    film = make_credit(None, None, "Jim").film
    make_credit(make_film("Rush", 2013), make_person("X"), "Jim")
    data = {"film": film.pk, "name": "Jim", "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    desk.post(reverse("admin:films_character_add"), data)
    assert sorted(film.characters.values_list("slug", flat=True)) == ["jim", "jim-2"]


@pytest.mark.parametrize("slug", ["driver", "james", ""])
def test_a_character_stays_in_its_film_and_at_the_address_that_texts_refer_to(desk, slug):
    film, other = make_credit(None, None, "Jim", "Driver").film, make_film("Rush", 2013)
    jim = film.characters.get(name="Jim")
    address = reverse("admin:films_character_change", args=[jim.pk])
    sent = {"film": other.pk, "name": "James", "slug": slug, "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    assert desk.post(address, sent).status_code == 302
    jim.refresh_from_db()
    assert (jim.film, jim.name, jim.slug) == (film, "James", "jim")


def test_characters_are_found_by_any_name_and_by_film(desk):
    film = make_credit(None, None, "Nettle").film
    make_credit(make_film("Amélie", 2001), make_person("X"), "Nino")
    nettle = film.characters.get()
    CharacterName.objects.create(character=nettle, text="Nettles", kind="misspelling")
    for query in [{"q": "nettles"}, {"q": "rush"}, {"film__id__exact": film.pk}]:
        assert listed(desk, "character", **query) == [nettle]
    assert len(listed(desk, "character")) == 2


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("model", "queries"), [("character", 8), ("image", 5), ("genre", 5)])
def test_the_lists_cost_the_same_however_long(desk, model, queries, count, django_assert_num_queries):
    for number in range(count):
        film, person = make_film(), make_person()
        make_credit(film, person, f"Part {number}")
        make_genre(f"Genre {number}")
        make_image(film=film, person=person)
    with django_assert_num_queries(queries):
        desk.get(reverse(f"admin:films_{model}_changelist"))


def test_a_characters_page_says_who_plays_it(desk):
    make_credit(None, None, "Jim")
    shown = desk.get(reverse("admin:films_character_change", args=[Character.objects.get().pk]))
    assert "Jason Patric" in shown.content.decode()


def test_a_picture_is_taken_in_with_what_is_said_of_it(desk):
    response = desk.post(reverse("admin:films_image_add"), picture(make_picture((64, 36))))
    assert response.status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height, image.alt, image.credit_line, image.focal_x) == (64, 36, "A street", "MGM", 30)


@pytest.mark.parametrize("content", [b"", b"<script>alert(1)</script>", make_picture()[:200]])
def test_what_is_no_picture_is_refused_beside_the_file(desk, content):
    response = desk.post(reverse("admin:films_image_add"), picture(content))
    assert response.context["adminform"].form.errors.keys() == {"upload"}
    assert not Image.objects.exists()


def test_a_focal_point_outside_the_picture_is_refused_before_the_picture_is_kept(desk):
    response = desk.post(reverse("admin:films_image_add"), {**picture(make_picture()), "focal_x": 101})
    assert "between 0 and 100" in response.content.decode()
    assert not Image.objects.exists()


def test_what_is_said_of_a_picture_is_changed_while_its_file_stays(desk):
    image = make_image()
    data = {"alt": "Another street", "focal_x": 10, "focal_y": 20}
    response = desk.post(reverse("admin:films_image_change", args=[image.pk]), data)
    assert response.status_code == 302
    before = image.file.name
    image.refresh_from_db()
    assert (image.alt, image.focal_x, image.file.name) == ("Another street", 10, before)


def test_pictures_are_found_and_filtered(desk):
    film = make_film("Amélie", 2001)
    bare, told = make_image(alt="", film=film), make_image(credit_line="MGM")
    assert listed(desk, "image", q="amelie") == [bare]
    assert listed(desk, "image", q="street mgm") == [told]
    assert listed(desk, "image", missing="description") == [bare]


def test_pictures_and_genres_are_found_whatever_the_accents(desk):
    told, _ = make_image(alt="A café", caption="PENÉLOPE in Ávila", credit_line="Ümit"), make_image()
    for typed in ["cafe", "penelope avila", "CAFÉ umit"]:
        assert listed(desk, "image", q=typed) == [told]
    genre, _ = make_genre("Cinéma vérité"), make_genre("Drama")
    assert listed(desk, "genre", q="VERITE cinema") == [genre]
    assert listed(desk, "genre", q="ÉCRIT") == []


@pytest.mark.parametrize(
    ("model", "field", "names"),
    [("film", "poster", []), ("image", "film", ["Ant", "Bee"]), ("image", "person", ["Ant", "Bee"])],
)
@pytest.mark.filterwarnings("error")
def test_what_a_field_offers_is_in_order(desk, model, field, names):
    for name in ["Bee", "Ant"]:
        make_film(name)
        make_person(name)
    asked = {"app_label": "films", "model_name": model, "field_name": field, "term": ""}
    offered = desk.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [each["text"].partition(" ")[0] for each in offered] == names
