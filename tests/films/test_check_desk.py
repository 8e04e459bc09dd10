"""The check desk: who may see which queue, what it shows, and how a pair is settled and asked about again."""

from datetime import date

import pytest
from django.urls import reverse

from films.merging import merge
from films.models import DistinctFilms, DistinctPeople, PlausibleCredits
from tests.factories import make_credit, make_film, make_member, make_person, make_superuser, make_user

pytestmark = pytest.mark.django_db

TABS = ("people", "films", "credits", "settled")


def address(tab):
    """Return where a queue is."""
    return reverse("admin:films_checks", args=[tab])


@pytest.fixture
def desk(client):
    """A client in whose session a superuser is logged in."""
    client.force_login(make_superuser(username="ana"))
    return client


def a_pair():
    """Make two people of one name on one film."""
    film, one, other = make_film(), make_person(born=date(1966, 6, 17), imdb_id="nm0000640"), make_person()
    make_credit(film, one, "Jim Raynor")
    make_credit(film, other, department="writing")
    return one, other


def an_implausible_credit():
    """Make a credit before a birth."""
    return make_credit(make_film("Early", 1960), make_person("Sam Elliott", born=date(1966, 1, 1)), "Dodd")


PEOPLE = ["films.change_person", "films.change_credit"]
FILMS = ["films.change_film", "films.change_credit"]
# What each of TABS answers: to a GET, to a well-formed POST.
TABLE = {
    "anonymous": (302, 302, 302, 302),
    "nobody": (403, 403, 403, 403),
    "people": (200, 403, 403, 200),
    "films": (403, 200, 200, 200),
    "writer": (403, 403, 403, 403),
    "desk": (200, 200, 200, 200),
}


def log_in(client, who):
    """Log in somebody of the table."""
    users = {
        "nobody": make_user,
        "people": lambda: make_user(*PEOPLE),
        "films": lambda: make_user(*FILMS),
        "writer": lambda: make_member("Writers"),
        "desk": lambda: make_member("Credits desk"),
    }
    if who in users:
        client.force_login(users[who]())


@pytest.mark.parametrize("who", TABLE)
def test_everybody_gets_what_the_table_says(client, who):
    one, other = a_pair()
    films = make_film("Narc"), make_film("Narc")
    credit = an_implausible_credit()
    judgement = DistinctPeople.objects.create(first=one, second=credit.person)
    data = {
        "people": {"one": one.pk, "other": other.pk},
        "films": {"one": films[0].pk, "other": films[1].pk},
        "credits": {"one": credit.film_id, "other": credit.person_id},
        "settled": {"queue": "people", "judgement": judgement.pk},
    }
    log_in(client, who)
    assert tuple(client.get(address(tab)).status_code for tab in TABS) == TABLE[who]
    posted = {tab: client.post(address(tab), data[tab]).status_code for tab in TABS}
    expected = {tab: 302 if code == 200 else code for tab, code in zip(TABS, TABLE[who], strict=True)}
    assert posted == expected | ({"settled": 403} if who == "films" else {})
    assert DistinctPeople.objects.filter(pk=judgement.pk).exists() == (who not in {"people", "desk"})


def test_a_pair_of_people_is_shown_with_the_evidence_and_the_ways_on(desk):
    one, other = a_pair()
    text = desk.get(address("people")).content.decode()
    assert "the same name" in text
    assert "both are credited on Rush (1991)" in text
    assert "nm0000640" in text
    assert "1966–" in text
    assert reverse("admin:films_person_merge", args=[one.pk, other.pk]) in text
    assert reverse("admin:films_person_change", args=[other.pk]) in text


def test_merging_is_offered_to_those_alone_who_may(client):
    a_pair()
    client.force_login(make_user(*PEOPLE))
    assert "/merge/" not in client.get(address("people")).content.decode()
    client.force_login(make_user(*PEOPLE, "films.delete_person"))
    assert "/merge/" in client.get(address("people")).content.decode()


def test_a_pair_of_films_is_shown_with_its_directors(desk):
    director = make_person("Lili Fini Zanuck")
    films = [make_film(runtime=120), make_film()]
    for film in films:
        make_credit(film, director, department="directing")
    text = desk.get(address("films")).content.decode()
    assert "both directed by Lili Fini Zanuck" in text
    assert "120 minutes" in text
    assert reverse("admin:films_film_merge", args=[films[0].pk, films[1].pk]) in text


def test_an_implausible_credit_is_shown_with_its_parts_and_settled(desk):
    credit = an_implausible_credit()
    text = desk.get(address("credits")).content.decode()
    assert "The film is of 1960; the birth is of 1966." in text
    assert "cast: Dodd" in text
    data = {"one": credit.film_id, "other": credit.person_id, "reason": "A joke of the film’s.", "place": 0}
    response = desk.post(address("credits"), data, follow=True)
    assert "Settled: the credits of Sam Elliott on Early (1960) are right." in response.content.decode()
    assert "Nothing to check." in response.content.decode()
    assert [row.reason for row in PlausibleCredits.objects.all()] == ["A joke of the film’s."]


def test_a_settled_pair_leads_to_the_next_and_can_be_taken_back(desk):
    one, other = a_pair()
    data = {"one": other.pk, "other": one.pk, "reason": "Father and son.", "place": 3}
    response = desk.post(f"{address('people')}?p=1", data)
    assert response["Location"] == f"{address('people')}?p=1#pair-3"
    assert "Nothing to check." in desk.get(address("people")).content.decode()
    text = desk.get(address("settled")).content.decode()
    assert "Father and son." in text
    assert "ana" in text
    judgement = DistinctPeople.objects.get()
    desk.post(address("settled"), {"queue": "people", "judgement": judgement.pk})
    assert DistinctPeople.objects.count() == 0
    assert "the same name" in desk.get(address("people")).content.decode()


@pytest.mark.parametrize(
    ("tab", "data", "status"),
    [
        ("people", {}, 302),
        ("people", {"one": "x", "other": "9" * 40}, 302),
        ("people", {"one": 1, "other": 1, "reason": "a\x00b"}, 302),
        ("people", {"one": 1, "other": 1, "reason": "x" * 201}, 302),
        ("people", {"one": 10**17, "other": 10**17 + 1}, 302),
        ("films", {"one": "-1", "other": "0"}, 302),
        ("settled", {}, 302),
        ("settled", {"queue": "people", "judgement": "9"}, 302),
        ("settled", {"queue": "nonsense", "judgement": "9"}, 302),
    ],
)
def test_what_cannot_be_settled_is_told_and_changes_nothing(desk, tab, data, status):
    assert desk.post(address(tab), data).status_code == status
    assert (DistinctPeople.objects.count(), DistinctFilms.objects.count()) == (0, 0)


def test_a_row_is_not_different_from_itself_nor_is_a_credit_right_that_is_gone(desk):
    person, film = make_person(), make_film()
    same = desk.post(address("people"), {"one": person.pk, "other": person.pk}, follow=True)
    assert "Nobody and nothing is different from itself." in same.content.decode()
    gone = desk.post(address("credits"), {"one": film.pk, "other": person.pk}, follow=True)
    assert "no credit on this film any more" in gone.content.decode()


@pytest.mark.parametrize("tab", ["people", "credits"])
def test_who_was_merged_or_deleted_meanwhile_is_told(desk, tab):
    one, other = a_pair()
    film = other.credits.get().film
    data = {"one": film.pk if tab == "credits" else one.pk, "other": other.pk}
    merge(one, other, by=None)
    told = desk.post(address(tab), data, follow=True)
    assert told.redirect_chain[0][0].startswith(address(tab))
    said = "Nothing was settled: one of the two is no longer there, deleted or merged meanwhile."
    assert said in told.content.decode()
    assert not DistinctPeople.objects.exists()


def test_taking_back_twice_is_told(desk):
    one, other = a_pair()
    data = {"queue": "people", "judgement": DistinctPeople.objects.create(first=one, second=other).pk}
    desk.post(address("settled"), data)
    told = desk.post(address("settled"), data, follow=True)
    assert "That is no longer settled: it has been taken back already." in told.content.decode()


def test_no_other_queue_is_there(desk):
    assert desk.get(address("genres")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("tab", "queries"), [("people", 11), ("films", 11), ("credits", 9), ("settled", 9)])
def test_each_tab_costs_the_same_however_long(desk, tab, queries, count, django_assert_num_queries):
    for number in range(count):
        name = "abc"[number]
        for _ in range(2):
            make_film(name)
            person = make_person(name, born=date(1966, 1, 1))
        make_credit(make_film("Early", 1950 - 5 * number), person)
    for model, rows in ((DistinctPeople, make_person), (DistinctFilms, make_film)):
        for number in range(count):
            pair = sorted((rows(f"Settled {number}"), rows(f"Settled {number}")), key=lambda row: row.pk)
            model.objects.create(first=pair[0], second=pair[1])
    for each in TABS:
        desk.get(address(each))
    with django_assert_num_queries(queries):
        assert len(desk.get(address(tab)).context["page"].object_list) == (2 * count if tab == "settled" else count)


def test_a_long_queue_is_paged(desk):
    for number in range(21):
        for _ in range(2):
            make_person(f"Person {number}")
    assert len(desk.get(address("people")).context["page"].object_list) == 20
    assert len(desk.get(address("people"), {"p": 2}).context["page"].object_list) == 1
    assert len(desk.get(address("people"), {"p": "last"}).context["page"].object_list) == 20


@pytest.mark.parametrize(("model", "tab"), [("film", "films"), ("person", "people")])
def test_the_lists_lead_to_their_queues(client, model, tab):
    url = reverse(f"admin:films_{model}_changelist")
    client.force_login(make_superuser())
    assert f'href="{address(tab)}"' in client.get(url).content.decode()
    client.force_login(make_user(f"films.view_{model}"))
    assert address(tab) not in client.get(url).content.decode()
