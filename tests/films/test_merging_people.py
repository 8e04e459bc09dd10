"""Two entries for one person become one, and whatever spoke of either speaks of that one."""

from datetime import date

import pytest
from django.contrib.redirects.models import Redirect

from articles.models import Mention
from films.changes import recorded, snapshot
from films.merging import Choice, Distinct, Fill, Impossible, Together, Unlike, Vanished, foresee, merge
from films.models import (
    Change,
    ChangeAction,
    Credit,
    DistinctPeople,
    Image,
    Person,
    PersonName,
    PlausibleCredits,
)
from tests.dumps import dump
from tests.factories import make_article, make_credit, make_film, make_image, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return make_person("Sam Elliott")


@pytest.fixture
def eliott():
    return make_person("Sam Eliott")


def names(person):
    return list(PersonName.objects.filter(person=person).order_by("pk").values_list("text", "kind"))


def test_the_names_of_the_loser_become_other_names(sam, eliott):
    sam.names.create(text="Samuel Elliott", kind="birth")
    for text, kind in [("Samuel Elliott", "birth"), ("Sam Elliott", "misspelling"), ("S. Eliott", "credited")]:
        eliott.names.create(text=text, kind=kind)
    merge(sam, eliott, by=None)
    assert names(sam) == [("Samuel Elliott", "birth"), ("S. Eliott", "credited"), ("Sam Eliott", "alias")]
    assert list(Person.objects.named_like("eliott")) == [sam]
    assert not Person.objects.filter(pk=eliott.pk).exists()


def test_what_the_survivor_lacks_is_filled_and_what_both_say_stays_the_survivors(sam):
    image = make_image()
    eliott = make_person("Sam Eliott", bio="An actor.", born=date(1944, 1, 1), born_precision="year", portrait=image)
    Person.objects.filter(pk=sam.pk).update(bio="Born in Sacramento.", imdb_id="nm0000385")
    Person.objects.filter(pk=eliott.pk).update(imdb_id="nm7777777", tmdb_id=16431)
    told = foresee(sam, eliott)
    assert told.fills == (
        Fill("born", "born", "1944"),
        Fill("portrait", "portrait", "A street at night"),
        Fill("tmdb_id", "TMDB id", "16431"),
    )
    assert told.choices == (
        Choice("name", "name", "Sam Elliott", "Sam Eliott"),
        Choice("bio", "biography", "Born in Sacramento.", "An actor."),
        Choice("slug", "address", "sam-elliott", "sam-eliott"),
        Choice("imdb_id", "IMDb id", "nm0000385", "nm7777777"),
    )
    merge(sam, eliott, by=None)
    sam.refresh_from_db()
    assert (sam.bio, sam.imdb_id, sam.tmdb_id) == ("Born in Sacramento.", "nm0000385", 16431)
    assert (sam.born, sam.born_precision, sam.portrait) == (date(1944, 1, 1), "year", image)


def test_what_is_taken_of_the_loser_replaces_what_the_survivor_says(sam, eliott):
    Person.objects.filter(pk=sam.pk).update(imdb_id="nm0000385")
    Person.objects.filter(pk=eliott.pk).update(imdb_id="nm7777777", name_order="mononym")
    taken = ["name", "slug", "imdb_id"]
    assert [choice.name for choice in foresee(sam, eliott, taken).choices if choice.taken] == taken
    merge(sam, eliott, by=None, taken=taken)
    sam.refresh_from_db()
    assert (sam.name, sam.sort_name, sam.name_order) == ("Sam Eliott", "Eliott, Sam", "mononym")
    assert (sam.folded, sam.sort_key) == ("sam eliott", "eliott, sam")
    assert (sam.slug, sam.imdb_id, names(sam)) == ("sam-eliott", "nm7777777", [("Sam Elliott", "alias")])
    assert list(Redirect.objects.values_list("old_path", "new_path")) == [
        ("/people/sam-elliott/", "/people/sam-eliott/")
    ]


def test_every_address_leads_straight_to_the_survivor(client, sam, eliott):
    site = {"site_id": 1}
    Redirect.objects.create(old_path="/people/s-eliott/", new_path="/people/sam-eliott/", **site)
    Redirect.objects.create(old_path="/people/sam/", new_path="/people/sam-elliott/", **site)
    merge(sam, eliott, by=None)
    assert dict(Redirect.objects.values_list("old_path", "new_path")) == dict.fromkeys(
        ["/people/s-eliott/", "/people/sam/", "/people/sam-eliott/"], "/people/sam-elliott/"
    )
    assert client.get("/people/sam-eliott/")["Location"] == "/people/sam-elliott/"


def test_credits_move_and_keep_the_name_on_the_screen(sam, eliott):
    film = make_film()
    plain = make_credit(film, eliott, "Dodd", billing=20)
    named = make_credit(make_film("Mask", 1985), eliott, credited_as="S. Elliott")
    unnamed = make_credit(make_film("Gettysburg", 1993), eliott, uncredited=True)
    told = foresee(sam, eliott, credited=True)
    assert told.choices[-1] == Choice(
        "credited_as", "the other one’s 1 credit", "shown as Sam Elliott", "stay credited as Sam Eliott", taken=True
    )
    merge(sam, eliott, by=None, credited=True)
    said = {credit: (credit.person, credit.credited_as) for credit in Credit.objects.select_related("person")}
    assert said == {plain: (sam, "Sam Eliott"), named: (sam, "S. Elliott"), unnamed: (sam, "")}


@pytest.mark.parametrize(
    ("name", "other", "credited_as"),
    [
        ("Penélope Cruz", "Penelope Cruz", ""),
        ("Samuel L. Jackson", "SAMUEL L JACKSON", ""),
        ("Sam Elliott", "Sam Eliott", ""),
        ("Sam Elliott", "Samuel Pack Elliott", "Samuel Pack Elliott"),
        ("Jan Novák", "Ján Nowak II", "Ján Nowak II"),
    ],
)
def test_a_name_that_is_only_spelt_in_another_way_was_on_no_screen(name, other, credited_as):
    kept, gone = make_person(name), make_person(other)
    credit = make_credit(make_film(), gone)
    assert foresee(kept, gone).choices[-1].taken == bool(credited_as)
    merge(kept, gone, by=None)
    credit.refresh_from_db()
    assert (credit.person, credit.credited_as) == (kept, credited_as)


@pytest.mark.parametrize("credited", [True, False])
def test_a_line_that_comes_to_say_a_name_is_to_be_checked_again(sam, eliott, credited):
    credit = make_credit(make_film(), eliott, verified_on=date(2026, 1, 5))
    [choice] = [choice for choice in foresee(sam, eliott).choices if choice.name == "credited_as"]
    assert choice.loser == "stay credited as Sam Eliott, and are to be checked again"
    merge(sam, eliott, by=None, credited=credited)
    credit.refresh_from_db()
    assert (credit.verified_on is None, credit.credited_as) == (credited, "Sam Eliott" if credited else "")


def test_one_name_leaves_nothing_to_ask_of_the_credits():
    sam, other = make_person("Sam Elliott"), make_person("Sam Elliott")
    make_credit(make_film(), other)
    assert [choice.name for choice in foresee(sam, other).choices] == ["slug"]


def test_two_lines_in_one_cast_fall_together(sam, eliott):
    film = make_film()
    mine = make_credit(film, sam, "Dodd", billing=30, voice=True)
    make_credit(film, eliott, "Larry Dodd", "dodd", billing=20, note="x", archive_footage=True, source="press kit")
    told = foresee(sam, eliott)
    assert told.together == (Together("Rush (1991)", "both are in the cast", "part Dodd / Larry Dodd"),)
    merge(sam, eliott, by=None)
    credit = Credit.objects.get()
    assert (credit.pk, credit.billing, credit.note, credit.source) == (mine.pk, 20, "x", "")
    assert (credit.voice, credit.archive_footage, credit.credited_as) == (True, True, "")
    assert list(credit.roles.values_list("position", "label")) == [(1, "Dodd"), (2, "Larry Dodd")]


def test_a_job_that_both_have_is_one_line_and_another_job_stays_another(sam, eliott):
    film = make_film()
    for person, job in [(sam, "story"), (eliott, "story"), (eliott, "screenplay")]:
        make_credit(film, person, department="writing", job=job)
    told = foresee(sam, eliott)
    assert told.together == (Together("Rush (1991)", "both stand for “story”", "one line"),)
    assert (told.moves[0].noun, told.moves[0].shown) == ("credits", ("Rush (1991): screenplay",))
    merge(sam, eliott, by=None)
    assert sorted(sam.credits.values_list("job", "credited_as")) == [("screenplay", ""), ("story", "")]


def test_references_in_texts_still_find_the_person_and_mentions_are_the_survivors(client, sam, eliott):
    make_article("Both", body="||[[person:sam-elliott]]|| [[person:sam-eliott]]")
    make_article("One", body="[[person:sam-eliott]]")
    merge(sam, eliott, by=None)
    mentions = Mention.objects.order_by("revision")
    assert list(mentions.values_list("person", "spoils")) == [(sam.pk, False), (sam.pk, False)]


def test_a_mention_that_spoils_in_both_still_does(sam, eliott):
    make_article(body="||[[person:sam-elliott]] [[person:sam-eliott]]||")
    merge(sam, eliott, by=None)
    assert list(Mention.objects.values_list("person", "spoils")) == [(sam.pk, True)]


def test_pictures_judgements_and_history_follow(sam, eliott):
    film, tom, jim = make_film(), make_person("Tom"), make_person("Jim")
    image = make_image(person=eliott)
    for first, second in [(sam, tom), (eliott, tom), (eliott, jim)]:
        DistinctPeople.objects.create(
            first=min(first, second, key=lambda row: row.pk), second=max(first, second, key=lambda row: row.pk)
        )
    for person in (sam, eliott):
        PlausibleCredits.objects.create(film=film, person=person, reason="archive" if person == eliott else "")
    with recorded(eliott, by=None):
        Person.objects.filter(pk=eliott.pk).update(bio="x")
    edit = eliott.changes.get()
    merged = merge(sam, eliott, by=None)
    assert Image.objects.get(pk=image.pk).person == sam
    assert sorted(DistinctPeople.objects.values_list("first", "second")) == [(sam.pk, tom.pk), (sam.pk, jim.pk)]
    assert list(PlausibleCredits.objects.values_list("person", "reason")) == [(sam.pk, "archive")]
    assert list(sam.changes.all()) == [merged, edit]


def test_one_change_tells_it_with_a_part_for_each_film_and_for_the_loser(sam, eliott):
    films = [make_credit(make_film(f"Film {number}"), eliott, "Dodd").film for number in range(2)]
    make_article(body="[[person:sam-eliott]]")
    before = {row: snapshot(row) for row in (sam, eliott, *films)}
    user = make_user()
    change = merge(sam, eliott, by=user, note="The same man.")
    assert (change.action, change.by, change.person) == (ChangeAction.MERGED, user, sam)
    assert change.note == "Merged Sam Eliott (2 credits, 1 mention) into Sam Elliott. The same man."
    assert (change.before, change.after) == (before[sam], snapshot(sam))
    parts = {part.about: (part.before, part.after, part.action) for part in change.parts.all()}
    assert parts == {
        "Sam Eliott": (before[eliott], {}, "merged"),
        **{str(film): (before[film], snapshot(film), "merged") for film in films},
    }


# Refusals -------------------------------------------------------------------------------------------------------------


def refused(survivor, loser, error, **taken):
    """Return why they cannot be merged; nothing is changed by trying."""
    changes = list(Change.objects.values_list("pk", flat=True))
    before = dump(changes=changes)
    with pytest.raises(error) as refusal:
        merge(survivor, loser, by=None, **taken)
    assert (dump(changes=changes), Change.objects.count()) == (before, len(changes))
    assert foresee(survivor, loser, **taken).refusals == (str(refusal.value),)
    return str(refusal.value)


def test_nobody_is_merged_with_themselves_or_with_a_film(sam):
    assert refused(sam, Person.objects.get(), Unlike) == "Sam Elliott cannot be merged with itself."
    assert refused(sam, make_film(), Unlike) == "Sam Elliott and Rush (1991) are not of one kind."


def test_who_is_gone_already_is_named(sam, eliott):
    merge(sam, eliott, by=None)
    assert refused(sam, eliott, Vanished) == "Sam Eliott is no longer there: deleted, or merged already."


def test_who_are_settled_as_different_are_not_merged(sam, eliott):
    DistinctPeople.objects.create(first=sam, second=eliott)
    assert (
        refused(sam, eliott, Distinct) == "Sam Elliott and Sam Eliott are settled as different. Take that back first."
    )


def test_a_life_that_contradicts_itself_is_refused(sam, eliott):
    Person.objects.filter(pk=sam.pk).update(born=date(1944, 8, 9))
    Person.objects.filter(pk=eliott.pk).update(died=date(1900, 1, 1))
    assert refused(sam, eliott, Impossible) == "Nobody dies before being born."


# Cost -----------------------------------------------------------------------------------------------------------------


def much_of(person, other, count):
    """Give *person* that many of everything that grows, and *other* a line on half of the films."""
    for number in range(count):
        film, common = make_film(f"Film {number}"), make_film(f"Common {number}")
        make_credit(film, person, "Dodd", "Nettle", billing=number)
        make_credit(common, person, "Dodd", "Walker")
        make_credit(common, other, "Larry")
        make_credit(film, person, department="writing", job="story")
        make_article(f"Article {number}", film=film, body=f"[[person:{person.slug}]] and [[person:{other.slug}]]")
        make_article(f"Own {number}", film=film, body=f"[[person:{person.slug}]]")
        person.names.create(text=f"Name {number}")
        make_image(person=person)
        with recorded(person, by=None):
            Person.objects.filter(pk=person.pk).update(bio=f"{number}.")


@pytest.fixture
def costs(django_assert_max_num_queries):
    """Return a function that counts the queries of another one."""

    def count(function):
        with django_assert_max_num_queries(1000) as captured:
            function()
        return len(captured.captured_queries)

    return count


def test_a_merge_costs_the_same_however_much_moves(costs, sam, eliott):
    much_of(eliott, sam, 1)
    jason, patric = make_person("Jason Patric"), make_person("Jason Patrick")
    much_of(patric, jason, 3)
    pairs = [(sam, eliott), (jason, patric)]
    asked = [costs(lambda pair=pair: foresee(*pair)) for pair in pairs]
    merged = [costs(lambda pair=pair: merge(*pair, by=None)) for pair in pairs]
    assert asked[0] == asked[1]
    assert merged[0] == merged[1]
