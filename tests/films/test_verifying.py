"""Where facts and credits come from, and when somebody checked them: on the desk, in its lists, and for readers."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from films.credits import CastLine, cast_lines, set_cast
from films.importing.applying import apply
from films.importing.matching import known_names, match
from films.importing.pasting import read
from films.models import Change, Credit, Department, Film
from films.verifying import verify
from tests.factories import make_credit, make_film, make_person, make_superuser, make_user
from tests.films.test_admin_film import chosen, errors, page

pytestmark = pytest.mark.django_db

FILMS = reverse("admin:films_film_changelist")
CREDITS = reverse("admin:films_credit_changelist")
KEEPER = ("films.change_film", "films.change_credit")


@pytest.fixture
def desk(client):
    """A client in whose session a superuser is logged in."""
    client.force_login(make_superuser())
    return client


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def stated(row):
    row.refresh_from_db()
    return row.source, row.verified_on


def listed(desk, address, **query):
    return sorted(str(row) for row in desk.get(address, query).context["cl"].queryset)


def test_facts_and_lines_are_marked_in_one_change():
    film, staff = make_film(), make_user()
    one, other = make_credit(film, make_person("A")), make_credit(film, make_person("B"), department="writing")
    change = verify(film, by=staff, source="end titles", facts=True, credits=None)
    assert [stated(row) for row in (film, one, other)] == [("end titles", timezone.localdate())] * 3
    assert (list(film.changes.all()), change.source, change.by) == ([change], "end titles", staff)
    assert verify(film, by=staff, source="end titles", facts=True, credits=None) is None


def test_lines_alone_are_marked_and_a_source_that_is_not_given_stays():
    film = make_film(source="press kit")
    one, other = make_credit(film, make_person("A"), source="IMDb"), make_credit(film, make_person("B"))
    verify(film, by=None, source="", credits=[one.pk])
    assert [stated(row) for row in (film, one, other)] == [
        ("press kit", None),
        ("IMDb", timezone.localdate()),
        ("", None),
    ]


def test_a_films_page_marks_what_is_ticked(desk):
    film = make_film()
    credit = make_credit(film)
    address = reverse("admin:films_film_verify", args=[film.pk])
    assert "The one line of the credits" in desk.get(address).content.decode()
    response = desk.post(address, {"source": "end titles", "credits": "on"}, follow=True)
    assert "Marked as checked today." in response.content.decode()
    assert (stated(film), stated(credit)) == (("", None), ("end titles", timezone.localdate()))


@pytest.mark.parametrize(
    ("sent", "messages"),
    [
        ({"source": "", "facts": "on"}, {"source": ["This field is required."]}),
        (
            {"source": "x" * 201, "facts": "on"},
            {"source": ["Ensure this value has at most 200 characters (it has 201)."]},
        ),
        ({"source": "end titles"}, {"__all__": ["Tick what was checked."]}),
    ],
)
def test_a_mark_that_says_too_little_is_refused_at_its_field(desk, sent, messages):
    film = make_film()
    response = desk.post(reverse("admin:films_film_verify", args=[film.pk]), sent)
    assert response.context["form"].errors == messages
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("permissions", "verifies", "exports"),
    [
        ((), 403, 403),
        (("films.view_film", "films.view_credit"), 403, 200),
        (("films.view_film",), 403, 403),
        (("films.change_film",), 200, 403),
        (KEEPER, 200, 200),
    ],
)
def test_who_may_mark_and_who_may_export(client, permissions, verifies, exports):
    film = make_film()
    verify_page, export = (reverse(f"admin:films_film_{name}", args=[film.pk]) for name in ("verify", "export"))
    assert [client.get(address).status_code for address in (verify_page, export)] == [302, 302]
    client.force_login(make_user(*permissions))
    assert [client.get(address).status_code for address in (verify_page, export)] == [verifies, exports]


def test_who_keeps_no_credits_marks_facts_alone(client):
    film = make_film()
    credit = make_credit(film)
    client.force_login(make_user("films.change_film"))
    client.post(reverse("admin:films_film_verify", args=[film.pk]), {"source": "x", "facts": "on", "credits": "on"})
    assert (stated(film), stated(credit)) == (("x", timezone.localdate()), ("", None))


def test_a_line_and_the_facts_are_kept_with_source_and_day(desk):
    film, person = make_film(), make_person()
    make_credit(film, person)
    row = chosen(person, source="press kit", verified_on="2026-01-02", joiner="and")
    sent = page([row], opened_cast=cast_lines(film), source="the film", verified_on="2026-01-03")
    desk.post(reverse("admin:films_film_change", args=[film.pk]), sent)
    credit = Credit.objects.get()
    assert (stated(film), stated(credit)) == (("the film", date(2026, 1, 3)), ("press kit", date(2026, 1, 2)))
    assert credit.joiner == "and"


def test_a_day_to_come_is_refused_at_its_field(desk):
    film, person = make_film(), make_person()
    to_come = ago(-2).isoformat()
    address = reverse("admin:films_film_change", args=[film.pk])
    response = desk.post(address, page([chosen(person, verified_on=to_come)], verified_on=to_come))
    assert response.context["adminform"].form.errors == {"verified_on": ["This day is still to come."]}
    assert errors(response) == ["This day is still to come."]
    assert to_come in response.content.decode()


def test_a_paste_sets_the_source_and_takes_back_what_was_checked_of_lines_that_it_changes():
    film = make_film()
    for name, part in [("Jason Patric", "Raynor"), ("Sam Elliott", "Dodd")]:
        make_credit(film, make_person(name), part, source="IMDb", verified_on=date(2026, 1, 2))
    text = "Jason Patric as Jim Raynor\nSam Elliott as Dodd\nMax Perlich as Walker"
    apply(match(read(text, known_names), film=film), film=film, by=None, source="press kit")
    assert {line.person.name: (line.source, line.verified_on) for line in cast_lines(film)} == {
        "Jason Patric": ("press kit", None),
        "Sam Elliott": ("IMDb", date(2026, 1, 2)),
        "Max Perlich": ("press kit", None),
    }


def test_lines_that_say_nothing_of_their_source_keep_it():
    film, person = make_film(), make_person()
    credit = make_credit(film, person, source="IMDb", verified_on=date(2026, 1, 2))
    set_cast(film, [CastLine(person, ("Jim",))])
    assert stated(credit) == ("IMDb", date(2026, 1, 2))


def test_films_are_filtered_by_what_was_checked_and_from_where(desk):
    for title, days in [("Fresh", 1), ("Aging", 200), ("Old", 800), ("Never", None)]:
        day = ago(days) if days else None
        film = make_film(title, None, verified_on=day, source="IMDb" if title == "Old" else "")
        make_credit(film, make_person(), verified_on=ago(1))
        make_credit(film, make_person(), department=Department.WRITING, verified_on=day)
    make_film("Bare", None, verified_on=ago(1))
    for parameter in ("facts", "credits"):
        assert listed(desk, FILMS, **{parameter: "never"}) == ["Never"]
        assert listed(desk, FILMS, **{parameter: "6"}) == ["Aging", "Never", "Old"]
        assert listed(desk, FILMS, **{parameter: "24"}) == ["Never", "Old"]
        assert len(listed(desk, FILMS, **{parameter: "nonsense"})) == 5
    assert listed(desk, FILMS, source="=IMDb") == ["Old"]
    assert listed(desk, FILMS, source="none") == ["Aging", "Bare", "Fresh", "Never"]
    assert len(listed(desk, FILMS, source="nonsense")) == 5


def test_the_films_chosen_are_exported(desk):
    films = [make_credit(make_film(title), make_person()).film for title in ("Rush", "Heat", "Ronin")]
    sent = {"action": "export_chosen", "_selected_action": [film.pk for film in films[:2]]}
    response = desk.post(FILMS, sent)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert response["Content-Disposition"] == 'attachment; filename="credits.csv"'
    assert [line.split(",")[1] for line in text.splitlines()] == ["title", "Rush", "Heat"]


def test_a_film_is_exported_from_its_page(desk):
    film = make_credit(make_film(), None, "Jim").film
    address = reverse("admin:films_film_export", args=[film.pk])
    assert address in desk.get(reverse("admin:films_film_change", args=[film.pk])).content.decode()
    response = desk.get(address)
    assert response["Content-Disposition"] == 'attachment; filename="rush-1991-credits.csv"'
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbffilm,title,")


def test_credits_are_listed_with_what_was_checked(desk):
    film = make_film()
    make_credit(film, make_person("Old"), "Jim", verified_on=ago(800), source="IMDb")
    make_credit(film, make_person("Never"), department=Department.WRITING, job="screenplay")
    make_credit(film, make_person("Fresh"), "Walker", verified_on=ago(1))
    assert listed(desk, CREDITS, checked="never") == ["Never, screenplay, Rush (1991)"]
    assert listed(desk, CREDITS, checked="12") == ["Never, screenplay, Rush (1991)", "Old, Cast, Rush (1991)"]
    assert listed(desk, CREDITS, source="=IMDb") == ["Old, Cast, Rush (1991)"]
    assert listed(desk, CREDITS, department__exact="writing") == ["Never, screenplay, Rush (1991)"]
    assert listed(desk, CREDITS, q="fresh rush") == ["Fresh, Cast, Rush (1991)"]
    shown = desk.get(CREDITS).content.decode()
    assert f"{reverse('admin:films_film_change', args=[film.pk])}#crew-group" in shown


def test_many_lines_are_marked_with_one_change_to_each_film(desk):
    films = [make_film("Rush"), make_film("Heat")]
    lines = [make_credit(film, make_person(name)) for film in films for name in ("A", "B")]
    left = make_credit(films[0], make_person("C"))
    sent = {"action": "verify_chosen", "_selected_action": [line.pk for line in lines]}
    asked = desk.post(CREDITS, sent).content.decode()
    assert (asked.count('name="_selected_action"'), "Mark 4 lines as checked today?" in asked) == (4, True)
    assert "This field is required." in desk.post(CREDITS, {**sent, "sure": "yes"}).content.decode()
    told = desk.post(CREDITS, {**sent, "sure": "yes", "source": "end titles"}, follow=True).content.decode()
    assert "4 lines are marked as checked today." in told
    assert [stated(line) for line in (*lines, left)] == [*[("end titles", timezone.localdate())] * 4, ("", None)]
    assert sorted(Change.objects.values_list("film__title", "source")) == [
        ("Heat", "end titles"),
        ("Rush", "end titles"),
    ]


def test_a_line_of_the_list_leads_to_its_film_and_cannot_be_changed_or_deleted_there(desk):
    credit = make_credit()
    for name in ("change", "delete", "history"):
        response = desk.post(reverse(f"admin:films_credit_{name}", args=[credit.pk]), {"post": "yes"})
        assert response["Location"] == f"{reverse('admin:films_film_change', args=[credit.film_id])}#cast-group"
    assert desk.get(reverse("admin:films_credit_add")).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [credit.pk], "post": "yes"}
    desk.post(CREDITS, sent)
    assert Credit.objects.count() == 1


@pytest.mark.parametrize(
    ("permissions", "seen", "offered"),
    [((), 403, False), (("films.view_credit",), 200, False), (KEEPER, 200, True)],
)
def test_who_sees_the_list_of_credits_and_who_may_mark_there(client, permissions, seen, offered):
    make_credit()
    assert client.get(CREDITS).status_code == 302
    client.force_login(make_user(*permissions))
    response = client.get(CREDITS)
    assert response.status_code == seen
    assert ("verify_chosen" in response.content.decode()) == offered


def test_a_film_with_credits_can_still_be_deleted_by_who_keeps_them(client):
    film = make_credit().film
    client.force_login(make_user("films.delete_film", "films.view_film", *KEEPER))
    client.post(reverse("admin:films_film_delete", args=[film.pk]), {"post": "yes"})
    assert not Film.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_credits_costs_the_same_however_long(desk, count, django_assert_num_queries):
    for number in range(count):
        make_credit(make_film(f"Film {number}"), make_person(f"Person {number}"), "One", "Two")
    desk.get(CREDITS)
    with django_assert_num_queries(7):
        desk.get(CREDITS)


def test_of_many_lines_the_question_names_a_few(desk):
    film = make_film()
    lines = [make_credit(film, make_person(f"Person {number}")) for number in range(15)]
    sent = {"action": "verify_chosen", "_selected_action": [line.pk for line in lines]}
    response = desk.post(CREDITS, sent)
    assert ("Mark 15 lines as checked" in response.text, len(response.context["chosen"])) == (True, 12)
    assert "and 3 more" in response.text


def test_more_lines_than_can_be_marked_at_once_are_refused(desk, monkeypatch):
    monkeypatch.setattr("films.admin.credit.MOST", 1)
    film = make_film()
    lines = [make_credit(film, make_person(name)) for name in ("A", "B")]
    sent = {"action": "verify_chosen", "_selected_action": [line.pk for line in lines], "sure": "yes", "source": "kit"}
    assert "choose at most 1 at a time" in desk.post(CREDITS, sent, follow=True).text
    assert [stated(line) for line in lines] == [("", None)] * 2
