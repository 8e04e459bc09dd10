"""Two entries for one film become one, with everything that is filed under either."""

from datetime import date

import pytest
from django.contrib.redirects.models import Redirect

from articles.models import Mention
from articles.rendering import render
from films.changes import recorded, snapshot
from films.merging import Choice, Distinct, Together, foresee, merge
from films.merging.checks import CHECK
from films.models import Character, Credit, DistinctFilms, Film, Image, PlausibleCredits, Role
from tests.factories import make_article, make_credit, make_film, make_genre, make_image, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rush():
    return make_film(year=1991, runtime=120)


@pytest.fixture
def other():
    return make_film(
        "Rush – Der Film", 1991, slug="rush-film", original_title="Rausch", runtime=118, logline="Two go under."
    )


def test_facts_are_filled_and_chosen_and_titles_kept(rush, other):
    told = foresee(rush, other)
    assert told.choices == (
        Choice("title", "title", "Rush", "Rush – Der Film"),
        Choice("runtime", "running time", "120", "118"),
        Choice("slug", "address", "rush-1991", "rush-film"),
    )
    assert [fill.name for fill in told.fills] == ["logline", "original_title"]
    other.titles.create(text="Rush", kind="translated")
    merge(rush, other, by=None, taken=["runtime"])
    rush.refresh_from_db()
    assert (rush.title, rush.runtime, rush.logline, rush.original_title) == ("Rush", 118, "Two go under.", "Rausch")
    assert list(rush.titles.values_list("text", "kind")) == [("Rush – Der Film", "alternate")]
    assert list(Film.objects.titled_like("der film")) == [rush]
    assert dict(Redirect.objects.values_list("old_path", "new_path")) == {"/films/rush-film/": "/films/rush-1991/"}


def test_what_stands_beside_follows_and_what_both_have_is_there_once(rush, other):
    crime, drama = make_genre(), make_genre("Drama")
    rush.genres.set([crime])
    other.genres.set([crime, drama])
    rush.releases.create(country="US", date=date(1991, 12, 22))
    other.releases.create(country="US", date=date(1991, 12, 22), certificate="R")
    other.releases.create(country="GB", date=date(1992, 6, 1))
    person, third = make_person(), make_film("Third")
    image = make_image(film=other)
    DistinctFilms.objects.create(first=other, second=third)
    PlausibleCredits.objects.create(film=other, person=person)
    article = make_article(film=other, body="[[film]] and [[film:rush-film]] and [[film:rush-1991]]")
    merge(rush, other, by=None)
    assert list(rush.genres.all()) == [crime, drama]
    assert list(rush.releases.values_list("country", "certificate")) == [("US", "R"), ("GB", "")]
    article.refresh_from_db()
    assert (article.film, Image.objects.get(pk=image.pk).film) == (rush, rush)
    assert list(DistinctFilms.objects.values_list("first", "second")) == [(rush.pk, third.pk)]
    assert PlausibleCredits.objects.get().film == rush
    assert list(Mention.objects.values_list("film", flat=True)) == [rush.pk]
    assert Film.objects.count() == 2


def test_characters_of_one_name_or_address_are_one_and_the_others_come_along(rush, other):
    jason, sam, tony = make_person(), make_person("Sam Elliott"), make_person("Tony Frank")
    make_credit(rush, jason, "Jim Raynor")
    make_credit(rush, sam, "Dodd")
    make_credit(other, jason, "JIM RAYNOR", "Jim")
    make_credit(other, sam, "Dodd")
    make_credit(other, tony, "Nettle")
    other.characters.filter(name="JIM RAYNOR").update(slug="raynor", description="A policeman.")
    body = "[[character:raynor]], [[character:dodd]], [[character:nettle]]"
    make_article(film=other, body=body)
    told = foresee(rush, other)
    assert told.together == (
        Together("JIM RAYNOR", "both films have this character", "Jim Raynor"),
        Together("Dodd", "both films have this character", "Dodd"),
        Together("Jason Patric", "both are in the cast", "part Jim Raynor / Jim"),
        Together("Sam Elliott", "both are in the cast", "part Dodd"),
    )
    merge(rush, other, by=None)
    assert list(rush.characters.values_list("name", "slug", "description")) == [
        ("Jim Raynor", "jim-raynor", "A policeman."),
        ("Dodd", "dodd", ""),
        ("Jim", "jim", ""),
        ("Nettle", "nettle", ""),
    ]
    assert list(Role.objects.values_list("credit__film", "label", "character__slug").order_by("pk")) == [
        (rush.pk, "Jim Raynor", "jim-raynor"),
        (rush.pk, "Dodd", "dodd"),
        (rush.pk, "Jim", "jim"),
        (rush.pk, "Nettle", "nettle"),
    ]
    assert Credit.objects.filter(film=rush).count() == Credit.objects.count() == 3
    assert render(body, film=rush).text == "Jim Raynor, Dodd, Nettle"
    assert sorted(Mention.objects.values_list("character__slug", "character__film")) == [
        (slug, rush.pk) for slug in ("dodd", "jim-raynor", "nettle")
    ]


def test_two_characters_of_the_loser_can_be_one_of_the_survivors_by_their_addresses(rush, other):
    make_credit(rush, None, "Dodd")
    rush.characters.get().former_addresses.create(slug="larry")
    make_credit(other, make_person("Sam Elliott"), "dodd", "Larry")
    other.characters.filter(name="Larry").update(name="DODD")
    make_article(film=other, body="[[character:dodd]] and [[character:larry]]")
    merge(rush, other, by=None)
    dodd = Character.objects.get()
    assert sorted(dodd.names.values_list("text", flat=True)) == ["DODD", "dodd"]
    assert Mention.objects.get(film=None).character == dodd


def test_characters_of_one_name_are_matched_one_for_one_and_told_apart(rush, other):
    """Rush has a nurse, and the one by night; the other has these two, and a third who is told from nobody."""
    nurse, night = {"name": "Nurse", "slug": "a"}, {"name": "nurse", "disambiguation": "night shift", "slug": "b"}
    kept = [rush.characters.create(**row) for row in (nurse, night)]
    for slug, row in zip("xyz", (night, nurse, nurse), strict=True):
        other.characters.create(**{**row, "slug": slug})
    merge(rush, other, by=None)
    found = sorted(rush.characters.values_list("slug", "name", "disambiguation"))
    assert found == [("a", "Nurse", ""), ("b", "nurse", "night shift"), ("z", "Nurse", "")]
    former = [sorted(row.former_addresses.values_list("slug", flat=True)) for row in kept]
    assert former == [["y"], ["x"]]


# Checks ---------------------------------------------------------------------------------------------------------------

DAY, EARLIER = date(2026, 1, 5), date(2025, 3, 1)


def checks(one, other, **taken):
    """Merge two films, and return the source and the day that the one states then, and what was told of these."""
    told = foresee(one, other, **taken)
    assert {choice.name for choice in told.choices} & {"source", "verified_on"} == set()
    merge(one, other, by=None, **taken)
    one.refresh_from_db()
    return one.source, one.verified_on, {fill.name: fill.value for fill in told.fills if fill.name in CHECK}


def test_a_check_of_the_loser_is_none_of_facts_it_did_not_check():
    one, other = make_film(runtime=100, source="IMDb"), make_film(source="end titles", verified_on=DAY)
    assert checks(one, other) == ("IMDb", None, {})
    assert checks(make_film(runtime=90), make_film(source="end titles", verified_on=DAY)) == ("", None, {})


def test_a_check_goes_where_facts_are_filled_in_or_chosen():
    gone = {"verified_on": "no longer, since not all that it says then was checked"}
    one, other = make_film(source="end titles", verified_on=DAY), make_film(runtime=118, source="IMDb")
    assert checks(one, other) == ("end titles", None, gone)
    pair = [make_film(runtime=minutes, logline=f"{minutes}.", verified_on=DAY) for minutes in (90, 91)]
    assert checks(*pair, taken=["runtime"]) == ("", None, gone)


def test_a_check_stays_where_nothing_is_filled_in():
    one, other = (
        make_film(runtime=118, source="end titles", verified_on=DAY),
        make_film(source="x", verified_on=EARLIER),
    )
    assert checks(one, other) == ("end titles", DAY, {})


def test_a_check_comes_along_with_all_the_facts_it_was_of():
    one, other = make_film(source="IMDb"), make_film(runtime=118, source="end titles", verified_on=DAY)
    assert checks(one, other) == ("end titles", DAY, {"source": "end titles", "verified_on": "2026-01-05"})


def test_a_line_that_gains_something_is_to_be_checked_again(rush, other):
    jason, sam, tony = make_person(), make_person("Sam Elliott"), make_person("Tony Frank")
    for person, theirs in [(jason, {"note": "x"}), (sam, {"verified_on": EARLIER}), (tony, {"billing": 3})]:
        make_credit(rush, person, "Dodd", source="end titles", verified_on=DAY)
        make_credit(other, person, "Dodd", source="IMDb", **theirs)
    told = {row.about: row.kept for row in foresee(rush, other).together}
    assert (told["Jason Patric"], told["Sam Elliott"]) == ("part Dodd; to be checked again", "part Dodd")
    merge(rush, other, by=None)
    found = [(credit.source, credit.verified_on) for credit in (row.credits.get() for row in (jason, sam, tony))]
    assert found == [("end titles", None), ("end titles", DAY), ("end titles", None)]


def test_a_check_of_a_line_is_none_of_another_part(rush, other):
    jason, sam = make_person(), make_person("Sam Elliott")
    make_credit(rush, jason, "Jim", "Narrator")
    make_credit(rush, sam, "Dodd")
    make_credit(other, jason, "Jim", source="end titles", verified_on=DAY)
    make_credit(other, sam, "Dodd", source="end titles", verified_on=DAY)
    merge(rush, other, by=None)
    found = [(credit.source, credit.verified_on) for credit in (row.credits.get() for row in (jason, sam))]
    assert found == [("", None), ("end titles", DAY)]


# The whole ------------------------------------------------------------------------------------------------------------


def test_one_change_tells_it_and_the_loser_is_its_part(rush, other):
    make_credit(other, None, "Dodd")
    make_article(film=other)
    before = snapshot(rush), snapshot(other)
    change = merge(rush, other, by=None)
    assert change.note == "Merged Rush – Der Film (1991) (1 character, 1 credit, 1 article) into Rush (1991)."
    assert (change.film, change.before, change.after) == (rush, before[0], snapshot(rush))
    assert [(part.about, part.before, part.after) for part in change.parts.all()] == [(str(other), before[1], {})]


def test_films_that_are_settled_as_different_stay_two(rush, other):
    DistinctFilms.objects.create(first=rush, second=other)
    with pytest.raises(Distinct):
        merge(other, rush, by=None)
    assert Film.objects.count() == 2


def much_in(film, other, count):
    """Give *film* that many of everything that grows, half of it like what *other* has."""
    for number in range(count):
        person = make_person(f"Person {number}")
        make_credit(film, person, f"Part {number}", f"Own {number}")
        make_credit(other, person, f"Part {number}")
        make_credit(film, make_person(f"Other {number}"), f"Third {number}", billing=number)
        make_credit(film, person, department="writing", job="story")
        film.titles.create(text=f"Title {number}")
        film.releases.create(country="US", date=date(1991, 1, number + 1))
        film.genres.add(make_genre(f"Genre {number} {film}"))
        body = f"[[film:{film.slug}]] [[character:part-{number}]] [[character:own-{number}]]"
        make_article(f"Article {number}", film=film, body=body)
        make_image(film=film)


def test_of_the_losers_history_only_the_owner_is_read(rush, other, django_assert_max_num_queries):
    """Each change holds two snapshots, which nobody needs here."""
    with recorded(other, by=None):
        Film.objects.filter(pk=other.pk).update(logline="Another.")
    with django_assert_max_num_queries(1000) as asked:
        foresee(rush, other)
    [found] = [each["sql"] for each in asked.captured_queries if 'FROM "films_change"' in each["sql"]]
    assert ('"before"' in found, '"film_id"' in found) == (False, True)
    change = other.changes.get()
    merge(rush, other, by=None)
    assert rush.changes.get(pk=change.pk).after == change.after


def test_a_merge_costs_the_same_however_much_moves(django_assert_max_num_queries):
    costs = set()
    for count in (1, 3):
        pair = make_film(f"Film {count}"), make_film(f"Film {count}")
        much_in(pair[1], pair[0], count)
        with django_assert_max_num_queries(1000) as asked:
            foresee(*pair)
        with django_assert_max_num_queries(1000) as merged:
            merge(*pair, by=None)
        costs.add((len(asked.captured_queries), len(merged.captured_queries)))
    assert len(costs) == 1
