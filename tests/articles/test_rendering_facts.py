"""Facts: what a text says of a film from its rows, and the cast table."""

from datetime import date

import pytest

from articles.rendering import Audience, Mentioned, render
from films.models import Release, ReleaseKind
from tests.factories import make_credit, make_film, make_person


def said(fact, film):
    return render(f"[[film.{fact}]]", film=film).text


def credited(film, *names, **fields):
    for place, name in enumerate(names, start=1):
        make_credit(film, make_person(name), **{"billing": 10 * place, **fields})


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Lili Fini Zanuck"], "Lili Fini Zanuck"),
        (["Joel Coen", "Ethan Coen"], "Joel Coen and Ethan Coen"),
        (["A", "B", "C"], "A, B and C"),
    ],
)
@pytest.mark.parametrize("fact", ["director", "directors"])
def test_directors_are_listed_in_billing_order(db, fact, names, words):
    film = make_film()
    credited(film, *names, department="directing", job="director")
    credited(film, "Assistant", department="directing", job="assistant director")
    assert said(fact, film) == words


@pytest.mark.parametrize(
    ("writers", "words"),
    [
        ([("A", "")], "A"),
        ([("A", ""), ("B", "&"), ("C", "and")], "A & B and C"),
        ([("A", ""), ("B", "and"), ("C", "and")], "A and B and C"),
        ([("A", ""), ("B", ""), ("C", "&"), ("D", "")], "A, B & C and D"),
        ([("A", "&"), ("B", "")], "A and B"),
    ],
)
def test_writers_are_joined_as_the_film_joins_them(db, writers, words):
    film = make_film()
    for place, (name, joiner) in enumerate(writers, start=1):
        make_credit(film, make_person(name), department="writing", joiner=joiner, billing=place)
    assert said("writers", film) == words


def test_writer_of_story_and_screenplay_stands_once_and_the_uncredited_only_alone(db):
    film, writer = make_film(), make_person("Pete Dexter")
    make_credit(film, make_person("Ghost"), department="writing", uncredited=True)
    assert said("writer", film) == "Ghost"
    make_credit(film, writer, department="writing", job="story")
    make_credit(film, writer, department="writing", job="screenplay")
    make_credit(film, make_person("Kim Wozencraft"), department="source", job="novel")
    assert said("writer", film) == "Pete Dexter"


@pytest.mark.parametrize(
    ("fields", "fact", "words"),
    [
        ({"year": 1991}, "year", "1991"),
        ({"runtime": 120}, "runtime", "120 minutes"),
        ({"runtime": 1}, "runtime", "1 minute"),
    ],
)
def test_plain_facts(db, fields, fact, words):
    assert said(fact, make_film(**fields)) == words


def test_fact_of_another_film(db):
    make_film("Rush", 2013, runtime=123)
    rendered = render("[[film:rush-2013.runtime]], [[film:rush-2013.year]]", film=make_film())
    assert rendered.text == "123 minutes, 2013"
    assert [mention.row.slug for mention in rendered.mentions] == ["rush-2013"]


def test_cast_is_counted(db):
    film = make_film()
    credited(film, "A", "B")
    credited(film, "C", department="directing")
    credited(make_film("Narc", 2002), "D")
    assert said("cast-count", film) == "2"


def released(film, country, day, **fields):
    Release.objects.create(film=film, country=country, date=day, **fields)


def test_release_is_the_first_in_cinemas_at_home(db):
    film = make_film(countries=["US"])
    released(film, "FR", date(1991, 11, 1), certificate="12")
    released(film, "US", date(1991, 12, 1), kind=ReleaseKind.PREMIERE)
    released(film, "US", date(1992, 1, 10), certificate="R")
    released(film, "US", date(1991, 12, 22))
    assert said("release", film) == "December 22, 1991"
    assert said("certificate", film) == "R"


def test_release_is_the_first_anywhere_where_none_at_home_is_known(db):
    film = make_film(countries=["IT"])
    released(film, "FR", date(1992, 3, 1), certificate="12")
    released(film, "US", date(1991, 12, 22), kind=ReleaseKind.TV)
    assert said("release", film) == "December 22, 1991"
    assert said("certificate", film) == "12"


@pytest.mark.parametrize(("precision", "words"), [("year", "1991"), ("month", "December 1991")])
def test_release_says_no_more_than_is_known(db, precision, words):
    film = make_film()
    released(film, "US", date(1991, 12, 1), precision=precision)
    assert said("release", film) == words


@pytest.mark.parametrize("fact", ["director", "writer", "year", "runtime", "release", "certificate", "cast-count"])
def test_lacking_fact_shows_its_label_to_readers_and_a_mark_to_editors(db, fact):
    film = make_film(year=None)
    source = f"[[film.{fact}|long ago]] [[film.{fact}]]"
    assert render(source, film=film).html == "<p>long ago </p>\n"
    html = render(source, film=film, audience=Audience.EDITORS).html
    mark = f"There is no {fact} known of the film"
    assert html == f'<p><span class="broken">{mark}: long ago</span> <span class="broken">{mark}</span></p>\n'


def test_fact_without_a_film_is_lacking_too(db):
    assert render("[[film.year|then]]").html == "<p>then</p>\n"


def test_known_fact_stands_in_place_of_its_label(db):
    assert render("[[film.year|long ago]]", film=make_film()).text == "1991"


def test_facts_follow_their_rows(db):
    film, person = make_film(), make_person("Old Name")
    make_credit(film, person, department="directing")
    source = "[[film.director]], [[person:old-name]]"
    assert render(source, film=film).text == "Old Name, Old Name"
    person.name = "New & Name"
    person.save()
    assert render(source, film=film).text == "New & Name, New & Name"
    assert render("[[film.director]]", film=film).html == "<p>New &amp; Name</p>\n"


def test_cast_table_names_people_and_their_parts(db):
    film = make_film()
    jason, max_ = make_person(), make_person("Max Perlich")
    make_credit(film, jason, "Jim <Raynor>", "Jim's Ghost", billing=10)
    make_credit(film, max_, "Walker", billing=20, voice=True)
    film.characters.filter(name="Jim's Ghost").update(spoils=True)
    spoiler = (
        '<span class="spoiler"><input type="checkbox" class="spoiler__switch" aria-label="Show spoiler">'
        '<span class="spoiler__text">Jim\'s Ghost</span></span>'
    )
    first = (
        f'<tr><td><a class="reference" href="/people/jason-patric/" data-card="person-{jason.pk}">Jason Patric</a></td>'
        f"<td>Jim &lt;Raynor&gt; / {spoiler}</td></tr>\n"
    )
    second = (
        f'<tr><td><a class="reference" href="/people/max-perlich/" data-card="person-{max_.pk}">Max Perlich</a></td>'
        "<td>Walker (voice)</td></tr>\n"
    )
    start = (
        '<table class="cast-table"><caption>Cast of <cite>Rush</cite> (1991)</caption>\n'
        "<thead><tr><th>Name</th><th>Part</th></tr></thead>\n<tbody>\n"
    )
    end = "</tbody></table>\n"
    assert render("[[cast]]", film=film).html == start + first + second + end
    assert render("[[cast:1]]", film=film).html == start + first + end
    assert render("[[cast:20]]", film=film).html == start + first + second + end


def test_cast_table_is_no_words_of_the_text_and_mentions_the_film(db):
    film = make_film()
    make_credit(film, None, "Jim")
    rendered = render("Before\n[[cast]]\nafter", film=film)
    assert rendered.text == "Before\n\nafter"
    assert rendered.mentions == (Mentioned(film),)


@pytest.mark.parametrize("source", ["[[cast]]", "[[cast:6]]"])
def test_cast_table_of_nobody_is_nothing_to_readers(db, source):
    assert render(source, film=make_film()).html == ""
    marked = render(source, film=make_film(), audience=Audience.EDITORS)
    assert marked.html == '<p><span class="broken">There is no cast to show</span></p>\n'


@pytest.mark.parametrize("source", ["[[cast:0]]", "[[cast:x]]", "[[cast|all]]", "- x [[cast]]"])
def test_other_cast_tables_are_broken(db, source):
    film = make_film()
    make_credit(film, None, "Jim")
    assert "<table" not in render(source, film=film).html
    assert "broken" in render(source, film=film, audience=Audience.EDITORS).html
