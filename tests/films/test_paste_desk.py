"""The paste desk: every line is shown as it was understood, mended there, and applied as one change."""

from http import HTTPStatus

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from films.credits import cast_lines
from films.models import Change, Person
from tests.factories import make_article, make_credit, make_film, make_member, make_person, make_superuser, make_user

PREVIEW = 8  # Queries, however many lines.

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return make_film()


@pytest.fixture
def desk(client):
    client.force_login(make_superuser())
    return client


def address(film):
    return reverse("admin:films_film_paste", args=[film.pk])


def read(desk, film, text, **more):
    return desk.post(address(film), {"do": "read", "text": text, **more})


def fields(response):
    """Return the preview's form as a browser would send it."""
    lines = response.context["lines"]
    data = {f"form-{name}": value for name, value in lines.management_form.initial.items()}
    for line in lines:
        for field in line:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value not in (False, None):
                data[field.html_name] = value
    form = response.context["form"]
    return {**data, "text": form["text"].value(), "source": form["source"].value() or ""}


def press(desk, film, button, data, **changes):
    return desk.post(
        address(film), {**data, "do": button, **{f"form-{name}": value for name, value in changes.items()}}
    )


def states(response):
    return [(str(each["line"]["name"].value()), each["state"].name) for each in response.context["shown"]]


def cast(film):
    return [(line.person.name, line.parts, line.billing) for line in cast_lines(film)]


TEXT = "Jason Patric ... Jim Raynor (as Jason P.)\n???\nSam Elliott as Dodd"


def test_every_line_is_shown_and_nothing_is_written(desk, film):
    make_person("Sam Elliott")
    make_person("Sam Elliott")
    response = read(desk, film, TEXT)
    assert states(response) == [("Jason Patric", "NEW"), ("", "UNREAD"), ("Sam Elliott", "AMBIGUOUS")]
    for line in TEXT.splitlines():
        assert f'<span dir="auto">{line}</span>' in response.content.decode()
    assert not Change.objects.exists()
    assert not Person.objects.filter(name="Jason Patric").exists()


def test_what_is_settled_is_applied_as_one_change(desk, film):
    make_person("Sam Elliott")
    sam = make_person("Sam Elliott")
    data = fields(read(desk, film, TEXT, source="press kit"))
    response = press(desk, film, "apply", data, **{"2-who": sam.pk})
    assert response.status_code == HTTPStatus.FOUND
    assert cast(film) == [("Jason Patric", ("Jim Raynor",), 10), ("Sam Elliott", ("Dodd",), 20)]
    assert film.credits.get(person=sam).roles.get().character.slug == "dodd"
    assert film.credits.get(person__name="Jason Patric").credited_as == "Jason P."
    change = Change.objects.get(film=film)
    assert (change.action, change.source, change.by.is_superuser) == ("pasted", "press kit", True)


def test_namesakes_are_asked_about_and_nothing_is_written_until_then(desk, film):
    make_person("Sam Elliott")
    make_person("Sam Elliott")
    response = press(desk, film, "apply", fields(read(desk, film, TEXT)))
    assert response.status_code == HTTPStatus.OK
    assert [line.errors for line in response.context["lines"]] == [{}, {}, {"who": ["Choose who this is."]}]
    assert cast(film) == []
    assert not Change.objects.exists()


def test_a_mended_name_is_looked_up_again_and_every_other_piece_stays(desk, film):
    sam = make_person("Sam Elliott")
    data = fields(read(desk, film, "Sam Eliot as Dodd\n???"))
    response = press(desk, film, "look", data, **{"0-name": "Sam Elliott", "0-parts": "Dodd / Larry", "0-who": ""})
    assert states(response) == [("Sam Elliott", "MATCHED"), ("", "UNREAD")]
    again = fields(response)
    assert (again["form-0-who"], again["form-0-parts"], again["form-1-who"]) == (sam.pk, "Dodd / Larry", "out")
    press(desk, film, "apply", again)
    assert cast(film) == [("Sam Elliott", ("Dodd", "Larry"), 10)]


def test_a_name_changed_without_another_look_is_not_taken_for_whom_it_named(desk, film):
    make_person("Sam Elliott")
    data = fields(read(desk, film, "Sam Elliott as Dodd"))
    response = press(desk, film, "apply", data, **{"0-name": "Sam Shepard"})
    assert response.context["lines"][0].errors == {
        "who": ["You changed the name: look it up again, or add a new person."]
    }


def test_a_line_that_was_not_understood_can_be_filled_in(desk, film):
    data = fields(read(desk, film, "the girl from the bar\nSam Elliott as Dodd"))
    press(desk, film, "apply", data, **{"0-name": "Dru Mouser", "0-parts": "Girl", "0-who": "new"})
    assert cast(film) == [("Dru Mouser", ("Girl",), 10), ("Sam Elliott", ("Dodd",), 20)]


TWICE = "Dru Mouser as Girl\nJason Patric as Jim\nDru Mouser as Nurse"


def test_two_new_lines_of_one_name_need_a_decision(desk, film):
    shown = read(desk, film, TWICE)
    page = shown.content.decode()
    assert "line 1 has the same new name: one person, or two?" in page
    assert '<option value="same-0">The new person of line 1</option>' in page
    response = press(desk, film, "apply", fields(shown))
    assert [line.errors for line in response.context["lines"]] == [{}, {}, {"who": ["Choose who this is."]}]
    assert cast(film) == []


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("same-0", [("Dru Mouser", ("Girl", "Nurse"), 10), ("Jason Patric", ("Jim",), 20)]),
        (
            "new",
            [("Dru Mouser", ("Girl",), 10), ("Jason Patric", ("Jim",), 20), ("Dru Mouser", ("Nurse",), 30)],
        ),
    ],
)
def test_two_new_lines_of_one_name_are_one_person_or_two(desk, film, who, expected):
    looked = press(desk, film, "look", fields(read(desk, film, TWICE)), **{"2-who": who})
    press(desk, film, "apply", fields(looked))
    assert cast(film) == expected


@pytest.mark.parametrize("changes", [{"2-who": "same-1"}, {"2-who": "same-2"}, {"0-who": "out", "2-who": "same-0"}])
def test_a_new_person_of_another_line_has_to_be_there(desk, film, changes):
    response = press(desk, film, "apply", fields(read(desk, film, TWICE)), **changes)
    assert response.context["lines"][2].errors == {"who": ["The other line adds nobody of this name: choose again."]}
    assert cast(film) == []


def test_two_lines_of_one_person_that_disagree_are_marked(desk, film):
    make_person("Dru Mouser")
    data = fields(read(desk, film, "Dru Mouser as Girl\nDru Mouser as Nurse (voice)"))
    response = press(desk, film, "apply", data)
    assert response.status_code == HTTPStatus.OK
    assert "another line of this person differs (voice): make them alike, or leave one out" in response.content.decode()
    assert cast(film) == []
    press(desk, film, "apply", data, **{"0-voice": "on"})
    assert cast(film) == [("Dru Mouser", ("Girl", "Nurse"), 10)]


def test_a_line_without_any_answer_is_refused_in_words(desk, film):
    management = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0}
    response = desk.post(address(film), {"do": "apply", "text": "x", **management})
    assert response.status_code == HTTPStatus.OK
    assert cast(film) == []


def test_an_endless_line_is_shown_and_left_out(desk, film):
    response = read(desk, film, "a" * 140_000)
    assert states(response) == [("", "UNREAD")]
    assert "This line is longer than 2,000 characters." in response.content.decode()


def test_endless_performers_are_refused(desk, film):
    page = read(desk, film, "Starring " + ", ".join(["Ab"] * 450) + "\nStarring Ab, Ab" * 800).content.decode()
    assert "more than 2,000 performers" in page


def test_what_was_applied_is_told_with_the_counts(desk, film):
    make_credit(film, make_person("Sam Elliott"), "Dodd")
    press(desk, film, "apply", fields(read(desk, film, "Jason Patric as Jim")))
    (message,) = get_messages(desk.get(reverse("admin:index")).wsgi_request)
    assert str(message).startswith("1 added. 1 other of the cast was not in the paste, and stays.")


def test_the_preview_says_what_stands_and_what_is_missing(desk, film):
    make_credit(film, make_person("Jason Patric"), "Raynor", billing=10)
    make_credit(film, make_person("Tony Frank"), "Nettle", billing=20)
    page = read(desk, film, "Jason Patric as Jim Raynor").content.decode()
    assert "in the cast now as Raynor" in page
    assert "They stay: Tony Frank (Nettle)." in page


def test_an_empty_box_and_an_endless_one_are_refused(desk, film):
    assert "Paste something first." in read(desk, film, " \n ").content.decode()
    assert "more than 2,000 lines" in read(desk, film, "a\n" * 2001).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"0-who": "9" * 30},
        {"0-who": "12345"},
        {"0-who": "x"},
        {"0-lines": "1-99999999999"},
        {"0-lines": ""},
        {"0-name": "x" * 300},
        {"0-parts": " / ".join(["x" * 300])},
        {"TOTAL_FORMS": "x"},
        {"TOTAL_FORMS": "999999"},
    ],
)
def test_odd_answers_are_refused_in_words(desk, film, changes):
    data = fields(read(desk, film, "Jason Patric as Jim Raynor"))
    assert press(desk, film, "apply", data, **changes).status_code == HTTPStatus.OK
    assert cast(film) == []


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_preview_costs_the_same_however_long(desk, film, count, django_assert_num_queries):
    for number in range(count):
        make_credit(make_film(f"Film {number}"), make_person(f"Performer {chr(65 + number)}q"), "Part")
    text = "\n".join(f"Performer {chr(65 + number)}q as Part {number}" for number in range(count))
    read(desk, film, text)
    with django_assert_num_queries(PREVIEW):
        read(desk, film, text)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda: make_member("Credits desk"), HTTPStatus.OK),
        (lambda: make_member("Editors"), HTTPStatus.OK),
        (lambda: make_member("Writers"), HTTPStatus.FORBIDDEN),
        (lambda: make_user("films.change_film"), HTTPStatus.FORBIDDEN),
    ],
)
@pytest.mark.parametrize("do", ["", "read", "look", "apply"])
def test_only_who_may_change_credits_may_paste(client, film, who, status, do):
    client.force_login(who())
    response = client.post(address(film), {"do": do, "text": "Jason Patric as Jim", "form-TOTAL_FORMS": 0})
    assert response.status_code == status


def test_strangers_log_in_first(client, film):
    assert client.get(address(film)).status_code == HTTPStatus.FOUND


def test_who_may_not_add_people_chooses_among_those_known(client, film):
    client.force_login(make_user("films.change_film", "films.view_film", "films.change_credit"))
    data = fields(read(client, film, "Jason Patric as Jim Raynor"))
    response = press(client, film, "apply", data)
    assert response.context["lines"][0].errors == {
        "who": ["You may not add people; choose somebody, or leave this line out."]
    }
    assert not Person.objects.exists()


def test_a_part_that_changes_is_told_and_so_are_the_articles_that_say_the_old_one(desk, film):
    credit = make_credit(film, make_person("Sam Elliott"), "Dodd", billing=10)
    make_article(film=film, body="Dodd waits.")
    preview = read(desk, film, "Sam Elliott as Larry Dodd")
    assert "in the cast now as Dodd; the part changes, and the character’s name with it" in preview.content.decode()
    done = desk.post(address(film), {**fields(preview), "do": "apply"}, follow=True)
    assert credit.roles.get().character.name == "Larry Dodd"
    assert len(list(done.context["messages"])) == 2


def test_a_part_that_stays_is_not_said_to_change(desk, film):
    make_credit(film, make_person("Sam Elliott"), "Dodd", billing=10)
    assert "the part changes" not in read(desk, film, "Sam Elliott as Dodd").content.decode()


def test_an_initial_without_its_dot_is_the_same_person(desk, film):
    person = make_person("Special K. McCray")
    response = read(desk, film, "Special K McCray as Willie Red")
    assert states(response) == [("Special K McCray", "MATCHED")]
    press(desk, film, "apply", fields(response))
    assert [(line.person, line.credited_as) for line in cast_lines(film)] == [(person, "")]


def test_a_line_of_another_film_is_asked_about(desk, film):
    make_person("Jason Patric")
    text = "Patric, Jason\tSpeed 2: Cruise Control (1997)\t[Alex]\nElliott, Sam\tRush (1991)\t[Dodd]"
    response = read(desk, film, text)
    assert states(response) == [("Jason Patric", "AMBIGUOUS"), ("Sam Elliott", "NEW")]
    assert "this line is of Speed 2: Cruise Control (1997)" in response.text
    assert "Choose who this is." in press(desk, film, "apply", fields(response)).text
    assert cast(film) == []
