"""`import_credits`: a cast from a file, where every line is clear; who is who is never guessed."""

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from films.credits import cast_lines
from films.importing.applying import Unclear, apply
from films.importing.matching import State, known_names, match
from films.importing.pasting import read
from films.models import Change, Person, PersonName, PersonNameKind
from tests.factories import make_credit, make_film, make_person, make_user

pytestmark = pytest.mark.django_db


def matched(text, film):
    return match(read(text, known_names), film=film)


def states(text, film):
    return [(each.entry.name, each.state, each.person and each.person.slug) for each in matched(text, film)]


def cast(film):
    return [(line.person.name, line.parts, line.billing) for line in cast_lines(film)]


def run(tmp_path, text, **options):
    file, said = tmp_path / "cast.txt", StringIO()
    file.write_text(text, "utf-8")
    call_command("import_credits", file, film="rush-1991", stdout=said, **options)
    return said.getvalue()


def test_a_name_nobody_has_is_new_and_one_that_one_person_has_is_theirs():
    film = make_film()
    make_person("Jason Patric")
    assert states("Jason Patric ... Jim Raynor\nDru Mouser ... Girl\n???", film) == [
        ("Jason Patric", State.MATCHED, "jason-patric"),
        ("Dru Mouser", State.NEW, None),
        ("", State.UNREAD, None),
    ]


def test_accents_capitals_and_other_names_find_the_person():
    film = make_film()
    person = make_person("Daniel Brühl")
    PersonName.objects.create(person=person, text="千葉", kind=PersonNameKind.NATIVE)
    found = states("DANIEL BRUHL .... LAUDA\nJIM .... 千葉", film)
    assert [slug for _, _, slug in found] == ["daniel-bruhl", "daniel-bruhl"]


def test_of_namesakes_nobody_is_taken_but_who_is_on_the_film():
    film = make_film()
    one, _ = make_person("Sam Elliott"), make_person("Sam Elliott")
    (found,) = matched("Sam Elliott as Dodd", film)
    assert (found.state, len(found.candidates)) == (State.AMBIGUOUS, 2)
    make_credit(film, one, "Dodd")
    (found,) = matched("Sam Elliott as Dodd", film)
    assert (found.state, found.person) == (State.MATCHED, one)


@pytest.mark.parametrize(("born", "died"), [(date(1995, 1, 1), None), (None, date(1950, 1, 1))])
def test_somebody_who_was_not_alive_is_not_taken(born, died):
    film = make_film(year=1991)
    make_person("Sam Elliott", born=born, died=died)
    (found,) = matched("Sam Elliott as Dodd", film)
    assert (found.state, found.reason) == (State.AMBIGUOUS, "this person’s life does not fit the film’s year")


def test_a_new_name_in_capitals_or_only_guessed_is_asked_about():
    film = make_film()
    found = matched("BO OLESON .... WALKER\nSam ElliottDodd", film)
    assert [each.state for each in found] == [State.AMBIGUOUS, State.AMBIGUOUS]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_matching_costs_the_same_however_long(count, django_assert_num_queries):
    film = make_film()
    for number in range(count):
        make_credit(make_film(f"Film {number}"), make_person(f"Performer {chr(65 + number)}{number}"))
    entries = read("\n".join(f"Performer {chr(65 + n)}{n} ... Part {n}" for n in range(count)), known_names)
    with django_assert_num_queries(4):
        match(entries, film=film)


def test_two_thousand_lines_are_matched():
    text = "\n".join(f"Performer {number}x as Part {number}" for number in range(2000))
    assert {each.state for each in matched(text, make_film())} == {State.NEW}


def test_a_cast_is_added_to_and_changed_and_nobody_is_lost():
    film = make_film()
    make_credit(film, make_person("Jason Patric"), "Raynor", billing=10)
    make_credit(film, make_person("Tony Frank"), "Nettle", billing=20)
    outcome = apply(matched("Jason Patric as Jim Raynor\nSam Elliott as Dodd", film), film=film, by=None)
    assert cast(film) == [
        ("Jason Patric", ("Jim Raynor",), 10),
        ("Tony Frank", ("Nettle",), 20),
        ("Sam Elliott", ("Dodd",), 30),
    ]
    assert (outcome.added, outcome.changed) == (("Sam Elliott",), ("Jason Patric",))
    assert (outcome.unchanged, outcome.missing) == ((), ("Tony Frank",))
    change = Change.objects.get(film=film)
    assert (change.action, len(change.before["cast"]), len(change.after["cast"])) == ("pasted", 2, 3)


def test_applying_again_changes_nothing():
    film = make_film()
    text = "Jason Patric as Jim Raynor (as Jason P.)\nSam Elliott as Dodd / Larry Dodd (uncredited)"
    apply(matched(text, film), film=film, by=None)
    before, changes = cast(film), Change.objects.count()
    outcome = apply(matched(text, film), film=film, by=None)
    assert (cast(film), Change.objects.count()) == (before, changes)
    assert outcome.unchanged == ("Jason Patric", "Sam Elliott")


def test_an_alphabetical_list_is_no_billing():
    film = make_film()
    apply(matched("Ann A as W\nBen B as X\nCyd C as Y\nDan D as Z", film), film=film, by=None)
    assert {billing for *_, billing in cast(film)} == {None}


def test_one_person_on_two_lines_has_all_that_both_say():
    film = make_film()
    make_person("Dru Mouser")
    text = "Dru Mouser as Girl (voice) (stunts)\nDru Mouser as Nurse (as D. M.) (voice) (cameo)\nJason Patric as Jim"
    apply(matched(text, film), film=film, by=None)
    assert cast(film) == [("Dru Mouser", ("Girl", "Nurse"), 10), ("Jason Patric", ("Jim",), 20)]
    credit = film.credits.get(person__name="Dru Mouser")
    assert (credit.voice, credit.credited_as, credit.note) == (True, "D. M.", "stunts, cameo")


@pytest.mark.parametrize(
    ("one", "other", "differing"),
    [
        ("(voice)", "", "voice"),
        ("", "(archive footage) (uncredited)", "uncredited, archive footage"),
        ("(as D. M.)", "(as Dru)", "credited as"),
    ],
)
def test_two_lines_of_one_person_that_disagree_change_nothing(one, other, differing):
    film = make_film()
    make_person("Dru Mouser")
    found = matched(f"Jason Patric as Jim\nDru Mouser as Girl {one}\nDru Mouser as Nurse {other}", film)
    with pytest.raises(Unclear) as refused:
        apply(found, film=film, by=None)
    (line,) = refused.value.matches
    assert (line.entry.lines, line.reason) == (
        (3,),
        f"another line of this person differs ({differing}): make them alike, or leave one out",
    )
    assert (cast(film), Person.objects.count()) == ([], 1)


def test_two_new_lines_of_one_name_are_asked_about():
    film = make_film()
    found = matched("Dru Mouser as Girl\nDRÜ MOUSER as Nurse\nDru Mouser as Aunt", film)
    reason = "line 1 has the same new name: one person, or two?"
    assert [(each.state, each.reason) for each in found if not each.entry.name.isupper()] == [
        (State.NEW, ""),
        (State.AMBIGUOUS, reason),
    ]
    assert [each.newcomer for each in found] == [0, 0, 0]
    with pytest.raises(Unclear):
        apply(found, film=film, by=None)


def test_a_new_person_is_nobody_who_is_called_the_same_on_another_line():
    film = make_film()
    john = make_person("John Smith")
    first, second = matched("John Smith as Girl\nJohn Smith as Nurse", film)
    apply([first, replace(second, state=State.NEW, person=None)], film=film, by=None)
    assert film.credits.get(roles__label="Girl").person == john
    assert film.credits.get(roles__label="Nurse").person.slug == "john-smith-2"


def test_the_change_of_a_new_person_names_who_added_them_and_from_where():
    film, staff = make_film(), make_user()
    apply(matched("Dru Mouser as Girl", film), film=film, by=staff, source="press kit")
    change = Change.objects.get(person__name="Dru Mouser")
    assert (change.by, change.source) == (staff, "press kit")


def test_lines_that_disagree_are_left_out_too_where_that_is_asked(tmp_path):
    film = make_film()
    make_person("Dru Mouser")
    run(tmp_path, "Dru Mouser as Girl\nDru Mouser as Nurse (voice)\n???", skip_unclear=True)
    assert cast(film) == [("Dru Mouser", ("Girl",), 10)]


def test_what_is_not_clear_changes_nothing():
    film = make_film()
    with pytest.raises(Unclear) as refused:
        apply(matched("Jason Patric as Jim Raynor\n???", film), film=film, by=None)
    assert [each.entry.text for each in refused.value.matches] == ["???"]
    assert not Person.objects.exists()


def test_the_command_applies_and_tells(tmp_path):
    film = make_film()
    said = run(tmp_path, "Jason Patric as Jim Raynor\nSam Elliott as Dodd\n")
    assert said == "added: 2 (Jason Patric, Sam Elliott)\nchanged: 0\nunchanged: 0\nmissing: 0\n"
    assert cast(film) == [("Jason Patric", ("Jim Raynor",), 10), ("Sam Elliott", ("Dodd",), 20)]
    assert Change.objects.get(film=film).source == "cast.txt"


def test_the_command_names_unclear_lines_and_writes_nothing(tmp_path):
    film = make_film()
    make_credit(make_film("Tombstone", 1993), make_person("Sam Elliott", born=date(1944, 8, 9)))
    make_person("Sam Elliott")
    with pytest.raises(CommandError) as refused:
        run(tmp_path, "Jason Patric as Jim Raynor\nSam Elliott as Dodd\n???\n")
    assert str(refused.value).splitlines() == [
        "Nothing was written, since 2 of the lines are not clear. --skip-unclear leaves them out.",
        "line 2: ambiguous: Sam Elliott as Dodd (more than one of this name): "
        "Sam Elliott, /people/sam-elliott/, 1944–, Tombstone (1993); Sam Elliott, /people/sam-elliott-2/",
        "line 3: not understood: ??? (This line was not understood.)",
    ]
    assert cast(film) == []


def test_the_command_may_leave_out_what_is_not_clear(tmp_path):
    film = make_film()
    run(tmp_path, "Jason Patric as Jim Raynor\n???\n", skip_unclear=True)
    assert cast(film) == [("Jason Patric", ("Jim Raynor",), 10)]


def test_a_dry_run_shows_every_line_and_writes_nothing(tmp_path):
    make_film()
    said = run(tmp_path, "Jason Patric as Jim Raynor\n???\n", dry_run=True)
    assert said.splitlines() == [
        "A dry run: nothing is written.",
        "line 1: new: Jason Patric as Jim Raynor",
        "line 2: not understood: ??? (This line was not understood.)",
        "not clear: 1, so nothing would be written without --skip-unclear; with it:",
        "added: 1 (Jason Patric)",
        "changed: 0",
        "unchanged: 0",
        "missing: 0",
    ]
    assert not Person.objects.exists()


def test_a_dry_run_shows_the_manner_and_who_would_stay(tmp_path):
    film = make_film()
    make_credit(film, make_person("Tony Frank"), "Nettle")
    said = run(tmp_path, "Sam Elliott as Dodd (as S. Elliott) (uncredited) (voice) (cameo)", dry_run=True)
    assert said.splitlines() == [
        "A dry run: nothing is written.",
        "line 1: new: Sam Elliott as Dodd (credited as S. Elliott) (uncredited) (voice) (cameo)",
        "added: 1 (Sam Elliott)",
        "changed: 0",
        "unchanged: 0",
        "missing: 1 (Tony Frank)",
    ]
    assert (film.credits.count(), Change.objects.count()) == (1, 0)


def test_what_cannot_be_read_is_named(tmp_path):
    with pytest.raises(CommandError, match="There is no film at rush-1991"):
        run(tmp_path, "Jason Patric as Jim Raynor")
    make_film()
    (tmp_path / "latin.txt").write_bytes(b"Daniel Br\xfchl as Lauda")
    with pytest.raises(CommandError, match="is not UTF-8: byte 9"):
        call_command("import_credits", tmp_path / "latin.txt", film="rush-1991")
    with pytest.raises(CommandError, match="could not be read: No such file"):
        call_command("import_credits", tmp_path / "nowhere.txt", film="rush-1991")
