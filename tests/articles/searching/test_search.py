"""What readers find first, and what they never find."""

import pytest
from django.utils import timezone

from articles.models import EntryKind
from articles.searching.search import EVERYTHING, Wanted, search, suggest
from tests.articles.searching.catalogue import make_catalogue
from tests.factories import make_article, make_credit, make_film, make_live, make_person

WHAT = "What Is the Movie “Rush” About?"
ENDING = "How the Cover Comes Off"
FIRST = {
    "rush": "Rush (1991)",
    "rush 1991": "Rush (1991)",
    "Rush (2013)": "Rush (2013)",
    "what is the movie rush about": WHAT,
    "rush 1991 explained": WHAT,
    "rush ending explained": ENDING,
    "What happens at the end of Rush?": ENDING,
    "rush h": "Rush Hour (1998)",
    "who directed amelie": "Amélie (2001)",
    "who wrote spirited away": "Spirited Away (2001)",
    "is spirited away based on a book": "Spirited Away (2001)",
    "when was seven samurai released": "Seven Samurai (1954)",
    "amelie": "Amélie (2001)",
    "AMÉLIE POULAIN": "Amélie (2001)",
    "fabuleux destin": "Amélie (2001)",
    "千と千尋": "Spirited Away (2001)",
    "千尋": "Spirited Away (2001)",
    "sen to chihiro": "Spirited Away (2001)",
    "se7en": "Se7en (1995)",
    "seven": "Se7en (1995)",
    "seven samurai": "Seven Samurai (1954)",
    "et": "E.T. the Extra-Terrestrial (1982)",
    "extraterrestrial": "E.T. the Extra-Terrestrial (1982)",
    "spider man": "Spider-Man (2002)",
    "spiderman no way": "Spider-Man: No Way Home (2021)",
    "what about bob": "What About Bob? (1991)",
    "it": "It (2017)",
    "them": "Them! (1954)",
    "2001 a space": "2001: A Space Odyssey (1968)",
    "mash": "M*A*S*H (1970)",
    "باب": "باب الحديد (1958)",
    "cairo station": "باب الحديد (1958)",
    "lodz": "Łódź by Night (1961)",
    "oceans eleven": "Ocean’s Eleven (2001)",
    "ocean's 11 eleven": None,
    "patric jason": "Jason Patric",
    "jason pat": "Jason Patric",
    "oconnor": "Donald O'Connor",
    "O’Connor": "Donald O'Connor",
    "o connor": "Donald O'Connor",
    "beyonce": "Beyoncé",
    "chloe sevigny": "Chloë Sevigny",
    "نجيب محفوظ": "نجيب محفوظ",
    "三船": "三船 敏郎",
    "mifune": "三船 敏郎",
    "daniel bruhl": "Daniel Brühl",
    "raynor": "Jim Raynor",
    "nettles": "Nettle",
    "narcotics agents": WHAT,
    "hunt lauda": "Lauda Against Hunt",
}
MEANT = {
    "Jason Patrick": ("Jason Patric", "Jason Patric"),
    "jasno patric": ("Jason Patric", "Jason Patric"),
    "hemswort": ("Hemsworth", None),
    "Jenifer Jason Leigh": ("Jennifer Jason Leigh", "Jennifer Jason Leigh"),
    "hemsworht": ("Hemsworth", "Chris Hemsworth"),
    "Kristin Cates": ("Kristen Cates", "Kristen Cates"),
    "cristen cates": ("Kristen Cates", "Kristen Cates"),
    "spirited awya": ("Spirited Away", "Spirited Away (2001)"),
    "svigny": ("Sevigny", "Chloë Sevigny"),
}
HOSTILE = [
    *('"', "'", "*", "^rush", "rush*", "names:rush", "{names}: rush", "NEAR(rush hour)", "rush AND", "OR", "NOT rush"),
    *("(", "a:*", "':*", "\\", "%", "_", "rush & !hour", "<->", "-", "--", ";", "$body$", "''''", "\n\t", "\0"),
    *("<script>alert(1)</script>", "\ud800", "😀", "👩\u200d👧", "\u202e", "\u0301", "´", "ア", "ा", "ราชา"),
    *("é" * 10_000, "a " * 5_000, "?" * 10_000, "1" * 400),
]


def titles(query, **options):
    """Return what *query* finds, in order."""
    return list(map(title, search(query, **options).page or []))


def title(hit):
    """Return what *hit* is called, a film with its year."""
    return str(hit.row) if hit.kind == "film" else hit.name


@pytest.fixture
def catalogue(db):
    """The films and people that the queries are after."""
    make_catalogue()


def test_every_query_finds_first_what_it_is_after(catalogue):
    found = {query: next(iter(titles(query)), None) for query in FIRST}
    assert found == FIRST


def test_suggestions_begin_with_the_same(catalogue):
    found = {query: next(map(title, suggest(query)), None) for query in FIRST}
    assert found == FIRST


def test_a_misspelling_finds_what_was_meant_and_says_so(catalogue):
    found = {query: (search(query).meant, next(iter(titles(query)), None)) for query in MEANT}
    expected = {**MEANT, "hemswort": ("", "Chris Hemsworth")}
    assert found == expected


def test_suggestions_are_names_where_a_name_has_the_word(catalogue):
    make_live("Another piece", body="Jason, and what the lighthouse means.")
    assert titles("jason")[-1] == "Another piece"
    assert [[hit.name for hit in suggest(query)] for query in ("jason", "lighthouse")] == [
        ["Jason Patric", "Jason Statham", "Jennifer Jason Leigh"],
        ["Another piece"],
    ]


def test_suggestions_help_with_spelling(catalogue):
    assert [hit.name for hit in suggest("jason patrick")] == ["Jason Patric"]


def test_what_is_right_is_not_corrected(catalogue):
    """A word of a text alone asks for a name; one that nothing resembles finds nothing."""
    assert (search("narcotics").meant, search("zzyzx qwrt").meant, search("zzyzx").total) == ("", "", 0)


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_a_query(catalogue, query):
    assert len(search(query).query) <= 100
    assert len(suggest(query)) <= 8


def test_a_query_of_nothing_finds_nothing(db):
    assert [search(query).page for query in ["", " ", "😀", "!?"]] == [None] * 4


def test_kinds_are_counted_apart_and_chosen(catalogue):
    everything = search("rush")
    assert everything.counts == {EntryKind.ARTICLE: 4, EntryKind.FILM: 4}
    assert titles("rush", wanted=Wanted(kind="film")) == [
        "Rush (1991)",
        "Rush (2013)",
        "Rush Hour (1998)",
        "The Rush (2020)",
    ]
    assert search("rush", wanted=Wanted(kind="film")).counts == everything.counts


def test_articles_of_a_kind_and_films_of_a_decade_are_chosen(catalogue):
    assert titles("rush", wanted=Wanted(article_kind="ending")) == [ENDING]
    assert titles("rush", wanted=Wanted(decade=2010)) == ["Rush (2013)", "Lauda Against Hunt"]
    assert titles("jason", wanted=Wanted(decade=1990)) == ["Jason Patric", "Jennifer Jason Leigh"]
    assert search("rush").decades == (1990, 2010, 2020)


def test_a_film_with_an_article_and_people_with_more_credits_come_first(db):
    few, many = make_person("John Few"), make_person("John Many")
    for year in range(1990, 1994):
        make_credit(make_film("Plain", year), many)
    make_credit(make_film("Plain", 1994), few)
    make_live("About something", film=make_film("Plain", 1995))
    assert titles("john") == ["John Many", "John Few"]
    assert titles("plain", wanted=Wanted(kind="film"))[0] == "Plain (1995)"


def test_hundreds_are_turned_page_by_page(db):
    for number in range(45):
        make_person(f"Kim {number}")
    pages = [search("kim", page=number) for number in (1, 2, 3)]
    assert [len(found.page.object_list) for found in pages] == [20, 20, 5]
    assert len({hit.row.pk for found in pages for hit in found.page}) == 45
    assert search("kim", page="99").page.number == 3


def test_characters_who_give_the_film_away_are_not_found(db):
    credit = make_credit(None, None, "Jim Raynor")
    character = credit.roles.get().character
    character.spoils = True
    character.save()
    assert search("raynor").total == 0
    character.spoils = False
    character.save()
    assert titles("raynor") == ["Jim Raynor"]


def test_drafts_scheduled_and_trashed_are_not_found(db):
    from articles.trashing import trash

    make_article("Secret draft")
    make_live("Secret plan", at=timezone.now() + timezone.timedelta(days=1))
    gone = make_live("Secret waste")
    assert titles("secret") == ["Secret waste"]
    trash(gone, by=None)
    assert search("secret").total == 0
    assert suggest("secret") == []


def _each_kind(count):
    """Make so many of each kind that a query for "rush" finds."""
    for number in range(count):
        film = make_film(f"Rush {number}", 1991)
        make_credit(film, make_person(f"Rush Person {number}"), f"Rush Character {number}")
        make_live(f"Rush article {number}", film=film)


@pytest.mark.parametrize("count", [1, 3])
def test_finding_costs_the_same_however_much(db, django_assert_num_queries, count):
    _each_kind(count)
    with django_assert_num_queries(12):
        assert search("rush").total == 4 * count


@pytest.mark.parametrize("count", [1, 2])
def test_suggesting_costs_the_same_however_much(db, django_assert_num_queries, count):
    _each_kind(count)
    with django_assert_num_queries(9):
        assert len(suggest("rush")) == 4 * count


def test_finding_nothing_costs_little(db, django_assert_num_queries):
    with django_assert_num_queries(3):
        search("rush")
    with django_assert_num_queries(3):
        suggest("rush")
    with django_assert_num_queries(0):
        search("!?", wanted=EVERYTHING)
