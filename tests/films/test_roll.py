"""Credits as readers get them: in the film's order and words, and told where there is no order."""

import re
from datetime import date
from html import unescape

import pytest
from django.utils.html import strip_tags

from films.facts import Facts, say
from films.models import Department, Film
from films.roll import roll, runs
from tests.factories import make_credit, make_film, make_live, make_person

pytestmark = pytest.mark.django_db


def lines(client, film, css="cast__line"):
    """Return the words of each line of the film's page that has this class."""
    found = re.findall(rf'<(li|dd|p) class="{css}">(.*?)</\1>', client.get(film.get_absolute_url()).text, re.DOTALL)
    return [" ".join(unescape(strip_tags(inside)).split()) for _, inside in found]


def ordered(names, **fields):
    """Return what the runs of a cast of *names* say of their order, and whom they hold, the first and the rest."""
    film = make_film()
    for place, name in enumerate(names, start=1):
        billing = 10 * place if place <= fields.get("billed", 0) else None
        make_credit(film, make_person(name), billing=billing)
    first, rest = runs(list(film.credits.with_parts()))
    return [[(run.order, len(run.credits)) for run in side] for side in (first, rest)]


def test_a_cast_is_told_in_the_films_words(client):
    film = make_film()
    told = [
        ("Jason Patric", ["Jim Raynor"], {}),
        ("Jennifer Jason Leigh", ["Kristen Cates", "A driver"], {"credited_as": "Jennifer Leigh"}),
        ("Sam Elliott", ["Dodd"], {"joiner": "and", "credited_as": "Sam Elliott"}),
        ("Max Perlich", ["Walker"], {"voice": True, "uncredited": True, "note": "segment two"}),
        ("Gregg Allman", [], {"as_self": True, "archive_footage": True}),
        ("Ann Ancher", ["Self - Host"], {"as_self": True}),
        ("Bob Boxer", ["The boxer"], {"as_self": True}),
    ]
    for place, (name, parts, manner) in enumerate(told, start=1):
        make_credit(film, make_person(name), *parts, billing=10 * place, **manner)
    assert lines(client, film) == [
        "Jason Patric as Jim Raynor",
        "Jennifer Jason Leigh as Kristen Cates / A driver (credited as Jennifer Leigh)",
        "and Sam Elliott as Dodd",
        "Max Perlich as Walker (voice, uncredited, segment two)",
        "Gregg Allman as self (archive footage)",
        "Ann Ancher as Self - Host",
        "Bob Boxer as The boxer (as self)",
    ]
    article = client.get(make_live(film=film, body="[[cast]]").get_absolute_url()).text
    cells = [" ".join(strip_tags(row).split()) for row in re.findall(r"<tr>(.*?)</tr>", article)[1:]]
    assert cells[:4] == [
        "Jason PatricJim Raynor",
        "Jennifer Jason LeighKristen Cates / A driver (credited as Jennifer Leigh)",
        "and Sam ElliottDodd",
        "Max PerlichWalker (voice, uncredited, segment two)",
    ]


def test_makers_are_joined_as_the_film_joins_them(client):
    film = make_film()
    for department, job in [(Department.DIRECTING, "director"), (Department.WRITING, "screenplay")]:
        for place, (name, joiner) in enumerate([("Ann", ""), ("Bob", "&"), ("Cyd", "and")], start=1):
            person = make_person(f"{name} {job}")
            make_credit(film, person, department=department, job=job, billing=place, joiner=joiner)
    film.credits.filter(person__name="Bob director").update(credited_as="Alan Smithee")
    assert lines(client, film, "film-opening__directors") == [
        "Directed by Ann director & Bob director (credited as Alan Smithee) and Cyd director"
    ]
    assert lines(client, film, "job__person")[3:] == ["Ann screenplay", "& Bob screenplay", "and Cyd screenplay"]
    facts = Facts(film, credits=film.credits.select_related("person").billed())
    assert say("director", facts) == "Ann director & Bob director and Cyd director"
    assert say("writer", facts) == "Ann screenplay & Bob screenplay and Cyd screenplay"
    assert (
        "<bdi>Ann director</bdi> &amp; <bdi>Bob director</bdi> and <bdi>Cyd director</bdi>"
        in client.get("/films/").text
    )


@pytest.mark.parametrize(
    ("names", "billed", "first", "rest"),
    [
        (["Zoe", "Ann"], 2, [("", 2)], []),
        (["Ann A", "Bob B", "Cyd C", "Dan D"], 0, [("In alphabetical order", 4)], []),
        (["Zoe A", "Bob B", "Cyd C", "Ann D"], 0, [("In alphabetical order", 4)], []),
        (["Cyd B", "Ann A", "Bob C", "Dan D"], 0, [("In no particular order", 4)], []),
        (["Zoe", "Ann", "Bob"], 1, [("", 1), ("Also, in no particular order", 2)], []),
        (["Zoe", "Ann"], 1, [("", 1), ("Also", 1)], []),
        (["Zoe"], 0, [("", 1)], []),
        ([f"{letter} X" for letter in "ABCDEFGHIJKLMN"], 0, [("In alphabetical order", 12)], [("", 2)]),
        ([f"{letter} X" for letter in "NMABCDEFGHIJKL"], 12, [("", 12)], [("Also, in no particular order", 2)]),
        ([f"{letter} X" for letter in "NMABCDEFGHIJKL"], 13, [("", 12)], [("", 1), ("Also", 1)]),
    ],
)
def test_an_order_that_is_no_billing_is_told(names, billed, first, rest):
    assert ordered(names, billed=billed) == [first, rest]


def test_a_page_tells_of_an_order_that_is_no_billing(client):
    film = make_film()
    make_credit(film, make_person("Zoe"), billing=10)
    for name in ("Bob", "Ann"):
        make_credit(film, make_person(name))
    assert lines(client, film, "cast__order") == ["Also, in no particular order"]
    assert lines(client, film) == ["Zoe", "Bob", "Ann"]
    article = client.get(make_live(film=make_film("Bare"), body="Words.").get_absolute_url()).text
    assert "particular order" not in article


def test_the_table_of_an_article_tells_so_too(client):
    film = make_film()
    for name in ("Bob", "Ann"):
        make_credit(film, make_person(name))
    text = client.get(make_live(film=film, body="[[cast]]").get_absolute_url()).text
    assert "<caption>Cast of <cite>Rush</cite> (1991), in no particular order</caption>" in text


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([date(2026, 3, 1), date(2026, 1, 2)], ["Credits checked on January 2, 2026"]),
        ([date(2026, 3, 1), None], []),
        ([None, None], []),
    ],
)
def test_readers_learn_when_the_first_of_all_lines_was_checked(client, days, told):
    film = make_film()
    make_credit(film, make_person("A"), verified_on=days[0])
    make_credit(film, make_person("B"), department=Department.WRITING, verified_on=days[1])
    assert lines(client, film, "checked") == told


def test_readers_learn_when_the_facts_were_checked(client):
    film = make_film(verified_on=date(2026, 11, 22), source="a secret")
    assert lines(client, film, "checked") == ["Facts checked on November 22, 2026"]
    assert "a secret" not in client.get(film.get_absolute_url()).text
    assert roll(Film.objects.for_page().get().all_credits).checked_on is None
