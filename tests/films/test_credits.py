"""Setting a film's cast and crew."""

import datetime
from dataclasses import replace

import pytest

from films import credits
from films.credits import CastLine, CrewLine, JobTwice, PartTwice, PersonTwice
from films.models import Character, CharacterName, Credit, Role
from tests.factories import make_credit, make_film, make_person

pytestmark = pytest.mark.django_db


def cast(film, *wanted):
    """Set the cast from (name or person, parts...) and return it."""
    lines = [CastLine(who if not isinstance(who, str) else make_person(who), tuple(parts)) for who, *parts in wanted]
    credits.set_cast(film, credits.in_order(film, lines))
    return credits.cast_lines(film)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Driver / Technician #2", ("Driver", "Technician #2")),
        ("Dr. Jekyll/Mr. Hyde", ("Dr. Jekyll/Mr. Hyde",)),
        ("  Jim   Raynor ", ("Jim Raynor",)),
        ("Driver / / Nurse / ", ("Driver", "Nurse")),
        ("", ()),
        (" / ", ()),
    ],
)
def test_parts_are_split_only_at_a_slash_between_spaces(text, parts):
    assert credits.parts(text) == parts


def test_a_cast_is_set_with_roles_characters_and_billing():
    film = make_film()
    lines = cast(film, ("Jason Patric", "Driver", "Technician #2"), ("Sam Elliott", "Dodd"))
    assert [(line.person.name, line.parts, line.billing) for line in lines] == [
        ("Jason Patric", ("Driver", "Technician #2"), 10),
        ("Sam Elliott", ("Dodd",), 20),
    ]
    assert sorted(film.characters.values_list("name", "slug")) == [
        ("Dodd", "dodd"),
        ("Driver", "driver"),
        ("Technician #2", "technician-2"),
    ]


def test_setting_the_same_cast_again_changes_no_row():
    film = make_film()
    lines = cast(film, ("Jason Patric", "Driver", "Technician"), ("Sam Elliott", "Dodd"))
    before = list(Credit.objects.values()), list(Role.objects.values()), list(Character.objects.values())
    credits.set_cast(film, lines)
    assert before == (list(Credit.objects.values()), list(Role.objects.values()), list(Character.objects.values()))


def test_who_is_not_in_the_lines_leaves_the_cast_with_their_character():
    film = make_film()
    lines = cast(film, ("Jason Patric", "Jim"), ("Sam Elliott", "Dodd"))
    credits.set_cast(film, lines[:1])
    assert credits.cast_lines(film) == lines[:1]
    assert [character.name for character in film.characters.all()] == ["Jim"]


@pytest.mark.parametrize("recorded", [{"description": "A friend."}, {"spoils": True}, {"disambiguation": "the elder"}])
def test_a_character_of_whom_more_is_recorded_stays_without_a_part(recorded):
    film = make_film()
    cast(film, ("Jason Patric", "Jim"))
    film.characters.update(**recorded)
    credits.set_cast(film, [])
    assert film.characters.count() == 1


def test_a_character_nobody_plays_yet_is_left_alone():
    film = make_film()
    Character.objects.create(film=film, name="Narrator", slug="narrator")
    cast(film, ("Jason Patric", "Jim"))
    assert film.characters.count() == 2


def test_a_part_finds_its_character_by_name_and_by_other_names():
    film = make_film()
    nettle = Character.objects.create(film=film, name="Nettle", slug="nettle")
    CharacterName.objects.create(character=nettle, text="Chief Nettle")
    cast(film, ("Tony Frank", "NETTLE"), ("A Child", "Chief Nettle"))
    assert list(Role.objects.values_list("character", flat=True)) == [nettle.pk] * 2


def test_a_part_finds_no_character_of_another_film():
    other = make_credit(make_film("Rush", 2013), None, "Jim").film
    film = make_film()
    cast(film, ("Somebody", "Jim"))
    assert Role.objects.get(credit__film=film).character != Role.objects.get(credit__film=other).character


def test_a_part_whose_label_stays_keeps_its_character_wherever_it_moves():
    film = make_film()
    person = make_person()
    cast(film, (person, "Jim", "Driver"))
    role = Role.objects.get(label="Jim")
    role.character = Character.objects.create(film=film, name="James Raynor", slug="james-raynor")
    role.save()
    cast(film, (person, "Nurse", "Driver", "Jim"))
    assert Role.objects.get(label="Jim").character.name == "James Raynor"
    assert credits.cast_lines(film)[0].parts == ("Nurse", "Driver", "Jim")


def test_people_as_themselves_play_no_character():
    film, person = make_film(), make_person()
    cast(film, (person, "Himself"))
    credits.set_cast(film, [CastLine(person, ("Himself",), as_self=True)])
    assert Role.objects.get().character is None
    assert not film.characters.exists()
    credits.set_cast(film, [CastLine(person, ("Himself",))])
    assert Role.objects.get().character.name == "Himself"


def test_what_a_line_does_not_hold_stays_on_the_credit():
    film, person = make_film(), make_person()
    credit = make_credit(film, person, "Jim", source="press kit", verified_on=datetime.date(2026, 1, 2))
    cast(film, (person, "Jim Raynor"))
    credit.refresh_from_db()
    assert (credit.source, credit.verified_on) == ("press kit", datetime.date(2026, 1, 2))


def test_a_person_twice_in_the_cast_is_refused_by_name_and_nothing_changes():
    film, person = make_film(), make_person()
    before = cast(film, (person, "Jim"))
    with pytest.raises(PersonTwice, match="Jason Patric is in the cast twice") as refused:
        credits.set_cast(film, [CastLine(person), CastLine(make_person("Sam")), CastLine(person)])
    assert refused.value.place == 2
    assert credits.cast_lines(film) == before


def test_a_part_named_twice_is_refused():
    with pytest.raises(PartTwice, match="Jason Patric"):
        credits.set_cast(make_film(), [CastLine(make_person(), ("Jim", "Jim"))])


def test_setting_the_crew_leaves_the_cast_alone_and_the_other_way_round():
    film, person = make_film(), make_person()
    played = cast(film, (person, "Jim"))
    made = [CrewLine(person, "writing", "screenplay", joiner="&"), CrewLine(person, "directing", "director")]
    credits.set_crew(film, credits.in_order(film, made))
    assert [(line.job, line.billing) for line in credits.crew_lines(film)] == [("director", 10), ("screenplay", 10)]
    assert credits.cast_lines(film) == played
    credits.set_cast(film, [])
    assert len(credits.crew_lines(film)) == 2


def test_a_job_twice_is_refused():
    line = CrewLine(make_person(), "writing", "screenplay")
    with pytest.raises(JobTwice, match="Jason Patric already stands for “screenplay”"):
        credits.set_crew(make_film(), [line, replace(line, credited_as="J. Patric")])


def test_changing_credits_marks_the_film_as_changed():
    film = make_film()
    cast(film, ("A",))
    before = film.updated_at
    film.refresh_from_db()
    assert film.updated_at > before


def test_a_fingerprint_changes_with_content_and_order_but_not_with_numbers():
    film = make_film()
    one, two = cast(film, ("A", "Jim"), ("B",))
    print_ = credits.fingerprint([one, two])
    assert credits.fingerprint([replace(one, billing=7), two]) == print_
    assert credits.fingerprint([two, one]) != print_
    assert credits.fingerprint([replace(one, parts=("James",)), two]) != print_


@pytest.mark.parametrize("count", [1, 3])
def test_reading_a_cast_costs_the_same_however_long(count, django_assert_num_queries):
    film = make_film()
    cast(film, *((f"Person {number}", "Part", "Other") for number in range(count)))
    with django_assert_num_queries(2):
        assert len(credits.cast_lines(film)) == count


@pytest.mark.parametrize("count", [1, 50])
def test_new_parts_cost_the_same_however_many(count, django_assert_num_queries):
    film, person = make_film(), make_person()
    line = CastLine(person, tuple(f"Part {number}" for number in range(count)))
    with django_assert_num_queries(32):
        credits.set_cast(film, [line])
    assert film.characters.count() == count


def test_parts_whose_addresses_clash_are_still_different_characters():
    film = make_film()
    make_credit(film, None, "Nurse!")
    cast(film, ("A", "Nurse?", "Nurse.", "NURSE?"), ("B", "nurse?"))
    played = Role.objects.order_by("credit", "position").values_list("label", "character__name", "character__slug")
    assert list(played) == [
        ("Nurse?", "Nurse?", "nurse-2"),
        ("Nurse.", "Nurse.", "nurse-3"),
        ("NURSE?", "Nurse?", "nurse-2"),
        ("nurse?", "Nurse?", "nurse-2"),
    ]


def test_a_part_written_otherwise_stays_the_same_character_under_the_same_address():
    film, sam = make_film(), make_person("Sam Elliott")
    credits.set_cast(film, [credits.CastLine(sam, ("Dodd",))])
    dodd = film.characters.get()
    credits.set_cast(film, [credits.CastLine(sam, ("Larry Dodd",))])
    assert film.characters.values_list("pk", "name", "folded", "slug").get() == (
        dodd.pk,
        "Larry Dodd",
        "larry dodd",
        "dodd",
    )


def test_a_character_called_otherwise_than_the_part_keeps_its_name():
    film, sam = make_film(), make_person("Sam Elliott")
    credits.set_cast(film, [credits.CastLine(sam, ("The captain",))])
    film.characters.update(name="Dodd", folded="dodd")
    credits.set_cast(film, [credits.CastLine(sam, ("Captain Dodd",))])
    assert film.characters.get().name == "Dodd"


def test_a_part_that_somebody_else_plays_too_becomes_another_character():
    film, sam, max_ = make_film(), make_person("Sam Elliott"), make_person("Max Perlich")
    credits.set_cast(film, [credits.CastLine(sam, ("Dodd",)), credits.CastLine(max_, ("Dodd",))])
    credits.set_cast(film, [credits.CastLine(sam, ("Dodd",)), credits.CastLine(max_, ("Young Dodd",))])
    assert sorted(film.characters.values_list("name", flat=True)) == ["Dodd", "Young Dodd"]
