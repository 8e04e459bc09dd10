"""A merge is taken back to the very rows that stood there before, and done again, or refused with the reason."""

from datetime import date

import pytest
from django.contrib.redirects.models import Redirect

from articles.models import Article, Mention
from films import addresses
from films.changes import recorded, snapshot
from films.merging import merge
from films.models import Change, ChangeAction, DistinctPeople, Film, Person
from films.undoing import Gone, InUse, OnlyPart, Overtaken, Taken, check, undo
from tests.dumps import dump
from tests.factories import make_article, make_credit, make_film, make_genre, make_image, make_person

pytestmark = pytest.mark.django_db


def edited(row, **facts):
    """Change *facts* of a film or a person, and return the Change."""
    with recorded(row, by=None) as recording:
        type(row).objects.filter(pk=row.pk).update(**facts)
    return recording.change


def two_people(credits=2, mentions=2):
    """Make two people of whom everything is known that a merge touches; return the survivor and the loser."""
    sam, eliott = make_person("Sam Elliott"), make_person("Sam Eliott", born=date(1944, 1, 1), portrait=make_image())
    for number in range(credits):
        film = make_film(f"Film {number}")
        make_credit(film, eliott, "Dodd", "Larry", billing=number)
        if number % 2:
            make_credit(film, sam, "Dodd", credited_as="S. Elliott")
    for number in range(mentions):
        make_article(f"Article {number}", body=f"[[person:{sam.slug}]]||[[person:{eliott.slug}]]||")
    eliott.names.create(text="Samuel", kind="birth")
    DistinctPeople.objects.create(first=eliott, second=make_person("Tom"))
    edited(eliott, imdb_id="nm0000385")
    make_image(person=eliott)
    addresses.lead("/people/s-e/", eliott.get_absolute_url())
    return sam, eliott


def two_films():
    """Make two films of which everything is known that a merge touches; return the survivor and the loser."""
    rush, other = make_film(), make_film("Rush", 1991, imdb_id="tt0102820")
    jason = make_person()
    make_credit(rush, jason, "Jim", "Narrator")
    make_credit(other, jason, "Jim", "Raynor", billing=3)
    make_credit(other, make_person("Sam Elliott"), "Dodd")
    other.titles.create(text="Rausch")
    other.genres.add(make_genre())
    other.releases.create(country="US", date=date(1991, 12, 22))
    make_article(film=other, body="[[character:jim]] [[character:dodd]] [[film:rush-1991-2]]")
    edited(other, runtime=120)
    return rush, other


def two_characters():
    """Make two characters of one film whom an article mentions; return the survivor and the loser."""
    film = make_film()
    make_credit(film, make_person("Tony Frank"), "Nettle", "Nettles")
    make_article(film=film, body="[[character:nettle]] [[character:nettles]]")
    return film.characters.order_by("pk")


@pytest.mark.parametrize(
    ("pair", "taken"),
    [
        (two_people, []),
        (two_people, ["name", "slug"]),
        (two_films, []),
        (two_films, ["title", "slug"]),
        (two_characters, []),
        (two_characters, ["name", "slug"]),
    ],
)
def test_an_undo_gives_back_the_same_rows_and_an_undo_of_that_merges_again(pair, taken):
    survivor, loser = pair()
    changes = list(Change.objects.values_list("pk", flat=True))
    before = dump(changes=changes)
    merged = merge(survivor, loser, by=None, taken=taken)
    after = dump(changes=changes)
    undone = undo(merged, by=None)
    assert dump(changes=changes) == before
    again = undo(undone, by=None)
    assert dump(changes=changes) == after
    undo(again, by=None)
    assert dump(changes=changes) == before


def test_three_hundred_credits_and_fifty_mentions_come_back(django_assert_max_num_queries):
    pair = two_people(credits=300, mentions=50)
    changes = list(Change.objects.values_list("pk", flat=True))
    before = dump(changes=changes)
    with django_assert_max_num_queries(120):
        merged = merge(*pair, by=None)
    assert pair[0].credits.count() == 300
    with django_assert_max_num_queries(120):
        undo(merged, by=None)
    assert dump(changes=changes) == before


def test_an_undo_costs_the_same_however_much_moved(django_assert_max_num_queries):
    costs = set()
    for count in (2, 6):
        merged = merge(*two_people(count, count), by=None)
        with django_assert_max_num_queries(1000) as captured:
            undo(merged, by=None)
        costs.add(len(captured.captured_queries))
        Person.objects.update(imdb_id=None)
    assert len(costs) == 1


def test_the_undoing_is_one_change_with_parts_and_each_history_is_whole():
    sam, eliott = two_people()
    merged = merge(sam, eliott, by=None)
    undone = undo(merged, by=None)
    assert (undone.action, undone.person) == (ChangeAction.UNDONE, sam)
    told = {part.about: (part.before, part.after) for part in merged.parts.all()}
    assert {part.about: (part.after, part.before) for part in undone.parts.all()} == told
    eliott = Person.objects.get(name="Sam Eliott")
    assert [change.action for change in eliott.changes.order_by("pk")] == ["edited", "merged", "undone"]
    assert snapshot(eliott) == merged.parts.get(about="Sam Eliott").before


# Refusals -------------------------------------------------------------------------------------------------------------


def refused(change, error):
    """Return why *change* cannot be undone; nothing is changed by asking or by trying."""
    change = Change.objects.get(pk=change.pk)
    changes = list(Change.objects.values_list("pk", flat=True))
    before = dump(changes=changes)
    with pytest.raises(error) as asked:
        check(change)
    with pytest.raises(error) as tried:
        undo(change, by=None)
    assert str(asked.value) == str(tried.value)
    assert (dump(changes=changes), Change.objects.count()) == (before, len(changes))
    return str(asked.value)


def test_a_part_is_not_undone_alone():
    merged = merge(*two_people(), by=None)
    for part in merged.parts.all():
        why = refused(part, OnlyPart)
        assert why.startswith("This is part of what A command merged, ")
        assert why.endswith(": undo that as a whole.")


def test_a_film_that_changed_since_is_named():
    sam, eliott = two_people()
    merged = merge(sam, eliott, by=None)
    edited(Film.objects.get(title="Film 1"), runtime=120)
    assert refused(merged, Overtaken).startswith("Film 1 (1991): Later changes stand on it. Undo them first")


def test_a_survivor_that_changed_since_keeps_it():
    sam, eliott = two_people()
    merged = merge(sam, eliott, by=None)
    edited(sam, bio="Born in Sacramento.")
    assert refused(merged, Overtaken).startswith("Later changes stand on it. Undo them first")


def test_an_id_or_an_address_that_somebody_has_taken_stays_theirs():
    sam, eliott = two_people()
    merged = merge(sam, eliott, by=None)
    other = make_person("Sam E.", slug="sam-eliott")
    assert refused(merged, Taken) == "The address that it had, sam-eliott, is now that of Sam E.."
    other.delete()
    Redirect.objects.filter(old_path="/people/sam-eliott/").delete()
    addresses.lead("/people/sam-eliott/", make_person("Tom").get_absolute_url())
    assert refused(merged, Taken) == "Old links to something else lead from the address that it had, sam-eliott."


def test_a_picture_that_is_gone_cannot_come_back():
    sam, eliott = two_people()
    Person.objects.filter(pk=sam.pk).update(portrait=make_image())
    merged = merge(sam, eliott, by=None)
    picture = merged.parts.get(about="Sam Eliott").before["facts"]["portrait"]
    make_image()._meta.model.objects.get(pk=picture).delete()
    assert refused(merged, Gone) == f"Its picture {picture} is no longer there."


def test_an_earlier_merge_waits_for_the_later_one():
    sam, eliott = two_people()
    first = merge(sam, eliott, by=None)
    second = merge(make_person("Samuel Elliott"), sam, by=None)
    assert refused(first, Overtaken) == "It has been merged into Samuel Elliott since. Undo that first."
    undo(second, by=None)
    undo(Change.objects.get(pk=first.pk), by=None)
    assert Person.objects.filter(pk=eliott.pk).exists()


def test_who_has_come_to_be_mentioned_since_is_not_merged_again_by_undoing():
    sam, eliott = two_people()
    undone = undo(merge(sam, eliott, by=None), by=None)
    make_article("Later", body="[[person:sam-eliott]]")
    assert refused(undone, InUse) == "Something that would go has come to be used since: 1 mention."


def test_what_went_its_own_way_since_stays_there():
    rush, other = two_films()
    third = make_film("Third")
    filed = make_article("Filed elsewhere", film=other)
    gone = make_article("Gone", film=other, body="[[film:rush-1991-2]]")
    merged = merge(rush, other, by=None)
    Article.objects.filter(pk=filed.pk).update(film=third)
    Mention.objects.filter(revision=gone.head).delete()
    undo(merged, by=None)
    filed.refresh_from_db()
    gone.refresh_from_db()
    assert (filed.film, gone.film, gone.head.mentions.count()) == (third, other, 0)


def test_a_change_from_before_a_merge_is_the_losers_still():
    sam, eliott = two_people()
    edit = eliott.changes.get()
    merge(sam, eliott, by=None)
    assert Change.objects.get(pk=edit.pk).person == sam
    assert refused(edit, Overtaken) == "It has been merged into Sam Elliott since. Undo that first."
