"""Where the prose contradicts its film."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.proofreading import Copy, Level, Place
from articles.proofreading.facts import check_facts
from articles.proofreading.subjects import _phrases
from films.models import Department
from tests.factories import make_credit, make_film, make_person


@pytest.fixture
def film(db):
    film = make_film(runtime=120)
    make_credit(film, make_person("Jason Patric"), "Jim Raynor")
    make_credit(film, make_person("Jennifer Jason Leigh"), "Kristen Cates")
    make_credit(film, make_person("Sam Elliott"), "Dodd")
    make_credit(film, make_person("Lili Fini Zanuck"), department=Department.DIRECTING)
    make_credit(film, make_person("Pete Dexter"), department=Department.WRITING)
    make_credit(film, make_person("Kim Wozencraft"), department=Department.SOURCE, job="novel")
    make_film("Serpico", 1973)
    make_film("Rush", 2013)
    return film


def conflicts(film, body, **fields):
    copy = Copy(**{"title": "A title", "dek": "", "body": body, "film": film, **fields})
    found = list(check_facts(copy))
    for finding in found:
        assert (finding.code, finding.level) == ("fact-conflict", Level.WARNING)
        assert copy.typed(finding.place) == finding.text
    return [(finding.text, finding.suggestion) for finding in found]


@pytest.mark.parametrize(
    ("body", "said", "right"),
    [
        ("*Rush* is a 1990 film about two agents.", "1990", "1991"),
        ("The 1990 crime drama is bleak.", "1990", "1991"),
        ("A 1990 film with no way out.", "1990", "1991"),
        ("Zanuck's 1992 thriller is slow.", "1992", "1991"),
        ("Nobody smiles in this 1990 film.", "1990", "1991"),
        ("“Rush” (1990) is bleak.", "1990", "1991"),
        ("*Rush* (1992) is bleak.", "1992", "1991"),
        ("It is a 95-minute film.", "95", "120"),
        ("The film runs 95 minutes.", "95", "120"),
        ("*Rush* was directed by Kathryn Bigelow.", "Kathryn Bigelow", "Lili Fini Zanuck"),
        ("Directed by **Kathryn Bigelow**, it is bleak.", "Kathryn Bigelow", "Lili Fini Zanuck"),
        ("A film directed by Sam Elliott.", "Sam Elliott", "Lili Fini Zanuck"),
        ("It was directed by Lili Fini Zanuck and Kathryn Bigelow.", "Kathryn Bigelow", "Lili Fini Zanuck"),
        ("The film was written by Robert Towne.", "Robert Towne", "Pete Dexter"),
        ("Sam Elliott plays Jim Raynor.", "Sam Elliott", "Jason Patric"),
        ("Elliott played Raynor.", "Elliott", "Jason Patric"),
        ("Val Kilmer plays Jim Raynor.", "Val Kilmer", "Jason Patric"),
        ("Jim Raynor, played by Sam Elliott, is lost.", "Sam Elliott", "Jason Patric"),
        ("Jim Raynor is played by Val Kilmer.", "Val Kilmer", "Jason Patric"),
        ("Jim Raynor (Sam Elliott) is lost.", "Sam Elliott", "Jason Patric"),
        ("Sam Elliott (Jim Raynor) is good.", "Sam Elliott", "Jason Patric"),
        ("Sam Elliott as Kristen Cates is odd.", "Sam Elliott", "Jennifer Jason Leigh"),
        ("😀 Unlike *Serpico*, *Rush* is a 1990 film.", "1990", "1991"),
        ("*Serpico* is older.\n\nIt is a 1990 film.", "1990", "1991"),
        ("Set in Texas, a 95-minutes-long film.", "95", "120"),
        ("The novel became a film directed by Tim Pope.", "Tim Pope", "Lili Fini Zanuck"),
        ("Think of Rush, directed by Tim Pope.", "Tim Pope", "Lili Fini Zanuck"),
        ("With Sam Elliott, directed by Tim Pope, it is bleak.", "Tim Pope", "Lili Fini Zanuck"),
        ("Directed by Tim Pope, it is bleak.", "Tim Pope", "Lili Fini Zanuck"),
        ("It was a 1990 film.", "1990", "1991"),
    ],
)
def test_what_the_film_has_otherwise_is_found_with_what_is_right(film, body, said, right):
    assert conflicts(film, body) == [(said, right)]


@pytest.mark.parametrize(
    "body",
    [
        "*Rush* is a 1991 film, the 1991 crime drama; Rush (1991).",
        "It is a 120-minute film and runs 120 minutes.",
        "*Rush* was directed by Lili Fini Zanuck. It was directed by Zanuck.",
        "Written by Pete Dexter from a novel; the book was written by Kim Wozencraft.",
        "Written by Pete Dexter and Kim Wozencraft.",
        "A song written by Eric Clapton, music written by Eric Clapton.",
        "Jason Patric plays Jim Raynor; Patric played Raynor; Raynor is played by Patric.",
        "Jim Raynor (Jason Patric) and Kristen Cates (Jennifer Jason Leigh).",
        "Jim plays Kristen's husband. Kristen plays along.",
        "Unlike *Serpico*, a 1973 film directed by Sidney Lumet, it is bleak.",
        "Unlike Serpico, a 1973 film directed by Sidney Lumet, it is bleak.",
        "Think of *Prince of the City*. It is a 1981 film directed by Sidney Lumet.",
        "The 1973 film *Serpico* is older, and *Rush* is not the 1973 film *Serpico*.",
        "Directed by Sidney Lumet, *Serpico* is older.",
        "Ron Howard's *Rush* (2013), a 2013 film directed by Ron Howard, has cars.",
        "Think of [[film:serpico-1973]], a 1973 film directed by Sidney Lumet.",
        "Leigh had starred in a 1990 film. Heist films of the 1970s, the 1973 Cannes film festival.",
        "It feels like about a 95-minute film; a 10-minute scene; the first 30 minutes; it is 2 hours long.",
        "The music video was directed by Tim Pope. A remake directed by Tim Pope.",
        "`directed by Tim Pope` [x](/directed-by-Tim-Pope/)",
        "Val Kilmer was never Raynor. Not played by Val Kilmer.",
        "In 1990 they began to film.",
        "The first 20 minutes film the town at night.",
        "Of its 95 minutes film buffs know every one. About 95-minute films nobody complains.",
        "Roughly a 95-minute film.",
        "Jennifer Jason Leigh had played in Last Exit to Brooklyn, directed by Uli Edel.",
        "Last Exit to Brooklyn was directed by Uli Edel.",
        "She came from Last Exit to Brooklyn (1989), which was directed by Uli Edel.",
        "She came from Last Exit to Brooklyn, a 1989 film.",
        "Before it came The The Serpico, directed by Sidney Lumet.",
        "The album runs 42 minutes and was written by Eric Clapton.",
        "Eric Clapton's soundtrack album runs 42 minutes.",
        "The soundtrack to *Rush* runs 42 minutes.",
        "The record runs 42 minutes. The single, written by Eric Clapton, runs 50 minutes.",
        "The pilot runs 48 minutes and was directed by Tim Pope. Each episode runs 48 minutes.",
        "The play runs 90 minutes, and the series, written by Robert Towne, lasts 55 minutes.",
        "The book is a 1990 crime drama, written by Robert Towne.",
        "It is no 90-minute movie. It is not a 90-minute movie; it was never a 95-minute movie.",
        "It is hardly a 90-minute movie, and it isn't any 90-minute movie.",
        "It's no 1990 film. It is not a 1990 film.",
        "Then a 1975 film would have ended otherwise.",
        "The making-of runs 22 minutes. The raid runs 11 minutes; the opening shot lasts 12 minutes.",
        "Any film written by Robert Towne has more plot, and no film directed by Michael Mann has less rain.",
        "Had it been directed by Michael Mann, it would shine. It might have been directed by Michael Mann.",
        "In a 1990 film of the same kind they win. A 1990 film of this kind ends well.",
    ],
)
def test_what_is_right_or_about_something_else_is_left_alone(film, body):
    assert conflicts(film, body) == []


def test_a_title_is_placed_where_it_stands_though_a_word_of_it_stands_before(film):
    body = "The Thethe Rush, a 1990 film."
    [phrase] = {place for place in _phrases(Copy("", "", body, film=film), "body") if place[2] == "Rush"}
    assert body[phrase[0] : phrase[1]] == "Rush"
    [phrase] = {place for place in _phrases(Copy("", "", "Hers He", film=film), "body") if place[2] == "He"}
    assert phrase[:2] == (5, 7)


def test_every_field_is_read(film):
    copy = Copy("Rush (1990)", "A 1990 film.", "", seo_description="Directed by Tim Pope.", film=film)
    assert [finding.place for finding in check_facts(copy)] == [
        Place("title", 6, 10),
        Place("dek", 2, 6),
        Place("seo_description", 12, 20),
    ]


def test_what_the_film_does_not_know_cannot_be_wrong(db):
    film = make_film("Rush", None)
    make_credit(film, make_person("Jason Patric"))
    assert conflicts(film, "A 1990 film, a 95-minute film directed by Tim Pope and written by Tim Pope.") == []
    assert conflicts(None, "A 1990 film directed by Tim Pope.") == []


def test_other_names_of_people_are_right_too(film):
    zanuck = film.credits.directing().get().person
    zanuck.names.create(text="Lili Zanuck-Brown")
    assert conflicts(film, "Directed by Lili Zanuck-Brown.") == []


def test_whoever_plays_a_part_with_others_is_right(film):
    young = make_person("Tom Young")
    make_credit(film, young, "Jim Raynor")
    assert conflicts(film, "Tom Young plays Jim Raynor. Jason Patric plays Jim Raynor.") == []
    assert conflicts(film, "Sam Elliott plays Jim Raynor.") == [("Sam Elliott", "Jason Patric and Tom Young")]


def test_many_claims_cost_the_same(film):
    assert cost_of_reading(film, 1) == cost_of_reading(film, 30)


def cost_of_reading(film, count):
    body = "\n\n".join(["*Rush* is a 1990 film directed by Tim Pope. Sam Elliott plays Jim Raynor."] * count)
    with CaptureQueriesContext(connection) as queries:
        assert len(conflicts(film, body)) == 3 * count
    return len(queries)
