"""What readers get of films and people."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from films.dates import known
from films.models import Department, FilmTitle, PersonName, Precision, Release, ReleaseKind, TitleKind
from films.templatetags.films import card_size, card_variant, running_time
from tests.factories import make_article, make_credit, make_film, make_genre, make_image, make_live, make_person

KEEPING = 1  # How long caches may keep the page.


def test_a_film_shows_its_facts(client, db):
    film = make_film("Spirited Away", 2001, original_title="千と千尋の神隠し", original_language="ja", runtime=125)
    film.genres.add(make_genre("Fantasy"))
    FilmTitle.objects.create(film=film, text="Chihiro", kind=TitleKind.WORKING)
    FilmTitle.objects.create(film=film, text="Spirted Away", kind=TitleKind.MISSPELLING)
    Release.objects.create(film=film, country="JP", date=date(2001, 7, 20), certificate="G")
    Release.objects.create(film=film, country="US", date=date(2002, 9, 1), precision=Precision.MONTH)
    Release.objects.create(
        film=film, country="GB", date=date(2003, 1, 1), precision=Precision.YEAR, kind=ReleaseKind.TV
    )
    text = client.get(film.get_absolute_url()).text
    assert '<cite dir="auto" lang="ja">千と千尋の神隠し</cite>' in text
    assert '<time datetime="PT125M">2\u00a0h\u00a05\u00a0min</time>' in text
    assert '<time datetime="2001-07-20">July 20, 2001</time>' in text
    assert '<time datetime="2002-09">September 2002</time>' in text
    assert '<time datetime="2003">2003</time>' in text
    assert ("Fantasy" in text, "Chihiro" in text, "Spirted" in text) == (True, True, False)


def test_a_film_of_which_nothing_is_known_is_still_a_page(client, db):
    assert client.get(make_film("Untitled", None).get_absolute_url()).status_code == 200


def test_crew_stands_by_department_and_job_with_its_joiners(client, db):
    film = make_film()
    make_credit(film, make_person("Kim Wozencraft"), department=Department.SOURCE, job="novel")
    make_credit(film, make_person("Ann Other"), department=Department.WRITING, job="screenplay", billing=2, joiner="&")
    make_credit(film, make_person("Pete Dexter"), department=Department.WRITING, job="screenplay", billing=1)
    roll = client.get(film.get_absolute_url()).context["roll"]
    shown = [
        (place, job.name, [str(credit.person) for credit in job.credits]) for place, jobs in roll.crew for job in jobs
    ]
    assert shown == [
        ("Writing", "Screenplay", ["Pete Dexter", "Ann Other"]),
        ("Source material", "Novel", ["Kim Wozencraft"]),
    ]


def test_a_film_knows_people_by_their_names_and_says_how_it_credits_them(client, db):
    film = make_film()
    make_credit(film, make_person("Jennifer Jason Leigh"), "Kristen", credited_as="J. J. Leigh", voice=True)
    text = client.get(film.get_absolute_url()).text
    assert "(credited as <bdi>J. J. Leigh</bdi>)" in text
    assert "(voice)" in text


def test_each_character_is_found_once_in_the_cast_and_one_that_spoils_nowhere(client, db):
    film = make_film()
    make_credit(film, make_person("Young"), "Barry", "The Killer", billing=1)
    make_credit(film, make_person("Old"), "Barry", "Harry", billing=2)
    film.characters.filter(name="The Killer").update(spoils=True)
    text = client.get(film.get_absolute_url()).text
    assert re.findall(r'<bdi id="(character-[^"]*)">', text) == ["character-barry", "character-harry"]
    assert ("killer" in text.lower(), text.count("<bdi>Barry</bdi>")) == (False, 1)


def test_a_person_page_has_no_ids_of_characters(client, db):
    credit = make_credit(make_film(), make_person(), "Jim Raynor")
    assert "character-" not in client.get(credit.person.get_absolute_url()).text


def test_the_cast_comes_before_what_there_is_to_read_and_the_crew_after(client, db):
    film = make_film()
    make_credit(film, make_person("Jason Patric"), "Jim Raynor")
    make_credit(film, make_person("Pete Dexter"), department=Department.WRITING, job="screenplay")
    make_live("About it", film=film)
    text = client.get(film.get_absolute_url()).text
    places = [text.index(words) for words in ("Jim Raynor", "About it", "Screenplay")]
    assert places == sorted(places)


def test_a_film_shows_the_live_articles_about_it_alone(client, db):
    film = make_film()
    make_live("About it", film=film)
    make_live("About its namesake", film=make_film(year=2013))
    make_article("Not out", film=film)
    make_live("Out tomorrow", film=film, at=timezone.now() + timedelta(days=1))
    text = client.get(film.get_absolute_url()).text
    shown = [title in text for title in ("About it", "About its namesake", "Not out", "Out tomorrow")]
    assert shown == [True, False, False, False]


@pytest.mark.parametrize("count", [1, 3])
def test_a_film_costs_the_same_however_many_credits_and_articles(client, db, django_assert_num_queries, count):
    film = make_film(poster=make_image())
    for number in range(count):
        make_credit(film, make_person(f"Actor {number}"), "One", "Two")
        make_credit(film, make_person(f"Writer {number}"), department=Department.WRITING, job="screenplay")
        Release.objects.create(film=film, country="US", date=date(1991, 12, number + 1))
        make_live(f"Piece {number}", film=film)
    film.genres.add(make_genre())
    with django_assert_num_queries(8 + KEEPING):
        client.get(film.get_absolute_url())


def test_a_person_shows_films_by_job_newest_first(client, db):
    person = make_person("Ron Howard")
    for title, year in [("Cocoon", 1985), ("Rush", 2013), ("Someday", None)]:
        make_credit(make_film(title, year), person, department=Department.DIRECTING, job="director")
    make_credit(make_film("The Shootist", 1976), person, "Gillom Rogers")
    jobs = client.get(person.get_absolute_url()).context["jobs"]
    shown = [(job.name, [credit.film.title for credit in job.credits]) for job in jobs]
    assert shown == [("Acting", ["The Shootist"]), ("Director", ["Rush", "Cocoon", "Someday"])]


def test_a_person_shows_as_much_of_a_date_as_is_known(client, db):
    person = make_person(born=date(1947, 1, 1), born_precision=Precision.YEAR, died=date(2017, 5, 27))
    PersonName.objects.create(person=person, text="グレッグ")
    text = client.get(person.get_absolute_url()).text
    assert ('Born <time datetime="1947">1947</time>' in text, "May 27, 2017" in text, "グレッグ" in text) == (True,) * 3


def test_a_person_shows_the_live_articles_about_their_films_once_each(client, db):
    film, person = make_film(), make_person("Woody")
    make_credit(film, person, "Alvy")
    make_credit(film, person, department=Department.WRITING, job="screenplay")
    make_credit(film, person, department=Department.DIRECTING, job="director")
    make_live("About it", film=film)
    make_live("About another", film=make_film())
    text = client.get(person.get_absolute_url()).text
    assert (text.count("About it"), text.count("About another")) == (1, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_a_person_costs_the_same_however_many_films(client, db, django_assert_num_queries, count):
    person = make_person()
    for number in range(count):
        film = make_film(f"Film {number}")
        make_credit(film, person, "One", "Two")
        make_live(f"Piece {number}", film=film)
    with django_assert_num_queries(6 + KEEPING):
        client.get(person.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(client, db, django_assert_num_queries, count):
    for number in range(count):
        film = make_film(f"Film {number}", poster=make_image())
        make_credit(film, make_person(f"Director {number}"), department=Department.DIRECTING, job="director")
    for address in ["/films/", "/people/"]:
        with django_assert_num_queries(4 + KEEPING):
            client.get(address)


def test_films_are_found_whatever_the_accents(client, db):
    make_film("Amélie", 2001)
    make_film("Rush")
    for query in ["amelie", "AMÉLIE", " amé "]:
        assert [film.title for film in client.get("/films/", {"q": query}).context["page"]] == ["Amélie"]


def test_people_are_found_by_any_of_their_names(client, db):
    person = make_person("Toshiro Mifune")
    PersonName.objects.create(person=person, text="三船 敏郎")
    make_person("Jason Patric")
    assert list(client.get("/people/", {"q": "三船"}).context["page"]) == [person]


@pytest.mark.parametrize("query", ["", " ", "´", "%", "x" * 5000, "' OR 1=1 --"])
def test_any_question_gets_an_answer(client, db, query):
    make_film("Rush")
    make_person("Jason Patric")
    assert [client.get(address, {"q": query}).status_code for address in ["/films/", "/people/"]] == [200, 200]


def test_a_question_without_letters_lists_all(client, db):
    film = make_film("Rush")
    assert list(client.get("/films/", {"q": "´"}).context["page"]) == [film]


@pytest.mark.parametrize(("minutes", "shown"), [(58, "58 min"), (60, "1 h"), (120, "2 h"), (107, "1 h 47 min")])
def test_running_times_are_in_hours_and_minutes(minutes, shown):
    assert running_time(minutes).replace("\u00a0", " ") == shown


def test_no_day_is_invented():
    day = date(1991, 12, 22)
    assert [known(day, each) for each in Precision] == ["1991", "December 1991", "December 22, 1991"]


def test_a_title_card_is_the_same_every_time_and_fits_its_title():
    assert [card_variant(number) for number in (1, 2, 5, 6)] == [2, 3, 1, 2]
    titles = ["Rush", "千と千尋", "Spirited Away", "In the Mood for Love", "Dr. Strangelove or: How I Learned"]
    assert [card_size(title) for title in titles] == ["short", "medium", "medium", "long", "epic"]
