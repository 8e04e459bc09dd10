"""Splitting on the desk: lines are ticked, what goes where is shown, and nothing else is done."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from articles.models import Article
from articles.trashing import trash
from films.admin.undoing import undo_address
from films.models import Change, Character, Credit, Film, Person
from films.splitting import SplitRefused, split_film
from tests.factories import (
    make_article,
    make_credit,
    make_film,
    make_image,
    make_member,
    make_person,
    make_superuser,
    make_user,
)

pytestmark = pytest.mark.django_db

HUGE = 10**30


@pytest.fixture
def desk(client):
    client.force_login(make_superuser(username="ana"))
    return client


def address(row, name="split"):
    return reverse(f"admin:films_{row._meta.model_name}_{name}", args=[getattr(row, "pk", row)])


def a_person():
    """Make a person of two credits, and what splits one off."""
    person = make_person("John Smith")
    make_credit(make_film("The Third Man", 1949), person, "Porter")
    credit = make_credit(make_film("Rush", 1991), person, "Walker")
    return person, {"credits": [credit.pk], "where": "new", "new-name": "John Smith", "new-disambiguation": "II"}


def a_film():
    film = make_film("Rush", 1991)
    make_credit(film, make_person(), "Jim Raynor")
    credit = make_credit(film, make_person("Chris Hemsworth"), "James Hunt")
    return film, {"credits": [credit.pk], "where": "new", "new-title": "Rush", "new-year": "2013"}


def a_character():
    film = make_film()
    credits = [make_credit(film, make_person(name), "The nurse") for name in ("Ann Lee", "Bo Ray")]
    role = credits[1].roles.get()
    return role.character, {"roles": [role.pk], "where": "new", "new-name": "The other nurse"}


KINDS = [a_person, a_film, a_character]


def looked(desk, row, data):
    """Return what the form sends that was shown once it was looked at what goes where."""
    response = desk.post(address(row), {**data, "do": "look"})
    return {**data, "seen": response.context["preview"].key, "do": "split"}


@pytest.mark.parametrize("kind", KINDS)
def test_lines_are_shown_looked_at_split_and_put_back(desk, kind):
    row, data = kind()
    model, count = type(row), type(row).objects.count()
    page = desk.get(address(row))
    assert [len(share.lines) for share, _ in page.context["form"].shares] == [2]
    sent = looked(desk, row, data)
    assert (model.objects.count(), Change.objects.count()) == (count, 0)
    response = desk.post(address(row), sent, follow=True)
    made = model.objects.order_by("pk").last()
    assert response.redirect_chain == [(address(made, "change"), HTTPStatus.FOUND)]
    change = Change.objects.get(part_of=None)
    assert f'now. <a href="{undo_address(change)}">Undo</a>' in response.content.decode()
    desk.post(undo_address(change))
    assert model.objects.count() == count


def test_the_preview_tells_what_goes_and_what_stays(desk):
    person, data = a_person()
    preview = desk.post(address(person), {**data, "do": "look"}).context["preview"]
    assert (str(preview.to), preview.new, preview.reasons) == ("John Smith (II)", True, [])
    told = [[str(line) for share in side for line in share.lines] for side in (preview.goes, preview.stays)]
    assert told == [["1991 · Rush · Walker"], ["1949 · The Third Man · Porter"]]


def test_a_film_tells_its_characters_and_takes_articles_along(desk):
    film, data = a_film()
    make_credit(film, make_person("Olivia Wilde"), "James Hunt")
    article = make_article("Hunt", film=film, body="[[character:james-hunt]]")
    sent = {**data, "articles": [article.pk]}
    response = desk.post(address(film), {**sent, "do": "look"})
    apart = response.context["preview"].apart
    assert ([str(row) for row in apart.along], [str(row) for row in apart.shared]) == ([], ["James Hunt"])
    desk.post(address(film), looked(desk, film, sent))
    assert Article.objects.get().film == Film.objects.get(year=2013)


def test_who_may_not_file_articles_is_not_offered_them_and_cannot_send_them(client):
    film, data = a_film()
    article = make_article("Hunt", film=film)
    client.force_login(make_member("Credits desk"))
    assert [share.name for share, _ in client.get(address(film)).context["form"].shares] == ["credits"]
    client.post(address(film), looked(client, film, {**data, "articles": [article.pk]}))
    assert (Film.objects.count(), Article.objects.get().film) == (2, film)


def test_lines_go_to_a_namesake_who_is_offered(desk):
    person, data = a_person()
    other = make_person("John Smith", disambiguation="the other")
    make_credit(make_film("Heat", 1995), other)
    page = desk.get(address(person))
    assert page.context["form"].candidates == [other]
    assert "Heat (1995)" in page.content.decode()
    desk.post(address(person), looked(desk, person, {**data, "where": other.pk}))
    assert (other.credits.count(), person.credits.count(), Person.objects.count()) == (2, 1, 2)


def test_another_is_found_by_name_and_nothing_typed_is_lost(desk):
    person, data = a_person()
    other = make_person("Jon Smythe")
    response = desk.post(address(person), {**data, "do": "find", "q": "smythe", "note": "See the poster."})
    form = response.context["form"]
    assert (form.candidates, form["note"].value()) == ([other], "See the poster.")
    assert [ticked for _, ticked in form.shares] == [set(data["credits"])]
    assert 'value="II"' in response.content.decode()
    chosen = desk.post(address(person), {**data, "do": "find", "where": other.pk, "q": "nobody"})
    assert chosen.context["form"].candidates == [other]


def test_what_was_not_looked_at_is_shown_first(desk):
    person, data = a_person()
    make_credit(make_film("Heat", 1995), person, "Vincent")
    sent = looked(desk, person, data)
    other = person.credits.exclude(pk__in=data["credits"]).earliest("pk")
    more = {**sent, "credits": [*data["credits"], other.pk]}
    for late in (more, {**sent, "new-name": "Jon"}, {**sent, "seen": ""}, {**sent, "seen": "forged"}):
        response = desk.post(address(person), late)
        assert (response.status_code, response.context["late"]) == (HTTPStatus.CONFLICT, True)
    Credit.objects.filter(pk=other.pk).update(note="segment two")
    assert desk.post(address(person), sent).status_code == HTTPStatus.CONFLICT
    assert Person.objects.count() == 1


def test_of_two_who_look_alike_the_one_looked_at_is_sent(desk):
    film = make_film("Rush", 1991)
    shown, other = (make_credit(film, make_person("John Smith")) for _ in range(2))
    sent = looked(desk, film, {"credits": [shown.pk], "where": "new", "new-title": "Rush", "new-year": "2013"})
    response = desk.post(address(film), {**sent, "credits": [other.pk]})
    assert (response.status_code, response.context["late"]) == (HTTPStatus.CONFLICT, True)
    assert film.credits.count() == 2


def test_a_row_of_which_nothing_would_be_left_is_not_split(desk):
    person, data = a_person()
    everything = {**data, "credits": [credit.pk for credit in person.credits.all()]}
    for where, instead in (("new", "rename it"), (make_person("Jon Smith").pk, "merge the two")):
        for step in ("look", "split"):
            response = desk.post(address(person), {**everything, "where": where, "do": step})
            said = [f"Nothing would be left of John Smith: {instead} instead."]
            assert (response.status_code, response.context["preview"].reasons) == (HTTPStatus.CONFLICT, said)
    assert not Change.objects.exists()


def test_articles_that_who_splits_may_not_file_are_left_all_the_same(client):
    film, data = a_film()
    make_article("Hunt", film=film)
    client.force_login(make_member("Credits desk"))
    everything = {**data, "credits": [credit.pk for credit in film.credits.all()], "do": "look"}
    assert client.post(address(film), everything).context["preview"].reasons == []


def test_an_article_in_the_trash_stays(desk):
    film, data = a_film()
    kept, trashed = make_article("Hunt", film=film), make_article("Lauda", film=film)
    trash(trashed, by=None)
    [share] = [share for share, _ in desk.get(address(film)).context["form"].shares if share.name == "articles"]
    assert [line.key for line in share.lines] == [kept.pk]
    chosen = Credit.objects.filter(pk__in=data["credits"])
    with pytest.raises(SplitRefused):
        split_film(film, chosen, to=Film(title="Rush", year=2013), by=None, articles=[trashed])


def test_what_the_other_has_already_is_refused_and_split_all_the_same_nowhere(desk):
    person, data = a_person()
    other = make_credit(Film.objects.get(title="Rush"), make_person("Jon Smith")).person
    sent = {**data, "where": other.pk}
    said = "Jon Smith is in the cast of Rush (1991) already; one line there can hold several parts."
    for step in ("look", "split"):
        response = desk.post(address(person), {**sent, "do": step})
        assert (response.status_code, response.context["preview"].reasons) == (HTTPStatus.CONFLICT, [said])
    assert other.credits.count() == 1


def errors(desk, row, **data):
    response = desk.post(address(row), {"do": "look", **data})
    assert response.status_code == HTTPStatus.OK
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def test_bad_input_is_told_at_its_field(desk):
    person, data = a_person()
    stranger = make_credit(make_film("Heat"), make_person())
    assert errors(desk, person, **{**data, "new-name": ""}) == {"new-name": ["Give it a name."]}
    assert set(errors(desk, person, **{**data, "new-name": "x" * 201})) == {"new-name"}
    for where in (person.pk, 0, HUGE, "x", "-1"):
        assert errors(desk, person, **{**data, "where": where}) == {"where": ["Choose whose they are."]}
    for credit in (stranger.pk, HUGE, "x"):
        assert set(errors(desk, person, **{**data, "credits": [credit]})) == {"credits"}
    nothing = desk.post(address(person), {**data, "credits": [], "do": "look"})
    assert nothing.context["preview"].reasons == ["Choose at least one line."]
    assert not Change.objects.exists()


def test_a_films_year_and_another_films_character_are_told_at_their_field(desk):
    film, data = a_film()
    for year in ("1066", "2101", str(HUGE), "soon"):
        assert set(errors(desk, film, **{**data, "new-year": year})) == {"new-year"}
    assert errors(desk, film, **{**data, "new-title": " "}) == {"new-title": ["Give it a name."]}
    stranger = Character.objects.get(name="Jim Raynor")
    character, data = a_character()
    assert errors(desk, character, **{**data, "where": stranger.pk}) == {"where": ["Choose whose they are."]}


def test_what_is_not_there_is_not_found_and_articles_that_refer_to_it_are_listed(desk):
    person, _ = a_person()
    assert desk.get(reverse("admin:films_person_split", args=[HUGE])).status_code == HTTPStatus.NOT_FOUND
    make_article("On Smith", film=make_film("Heat"), body="[[person:john-smith]] again.")
    page = desk.get(address(person)).content.decode()
    assert "On Smith" in page
    assert address(person) in desk.get(address(person, "change")).content.decode()


ACCOUNTS = {
    "Editors": lambda: make_member("Editors"),
    "Credits desk": lambda: make_member("Credits desk"),
    "Writers": lambda: make_member("Writers"),
    "nobody": make_user,
    "no credits": lambda: make_user(*(f"films.{verb}_{row}" for verb in ("view", "change", "add") for row in ROWS)),
}
ROWS = ("film", "person", "character")
TABLE = {"get": (200, 200, 403, 403, 403), "post": (302, 302, 403, 403, 403)}


@pytest.mark.parametrize("method", TABLE)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ACCOUNTS)
def test_who_may_split(client, method, kind, who):
    row, data = kind()
    client.force_login(make_superuser())
    sent = looked(client, row, data) if method == "post" else {}
    client.force_login(ACCOUNTS[who]())
    status = getattr(client, method)(address(row), sent).status_code
    assert status == TABLE[method][list(ACCOUNTS).index(who)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_lines(desk, count, django_assert_num_queries):
    person = make_person("John Smith")
    for number in range(count):
        make_credit(make_film(f"Film {number}"), person, f"Part {number}")
        person.names.create(text=f"Name {number}")
        make_image(person=person)
        other = make_person("John Smith")
        make_credit(make_film(f"Heat {number}"), other)
    desk.get(address(person))
    with django_assert_num_queries(14):
        desk.get(address(person))
