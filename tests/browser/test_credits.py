"""The cast and crew desk, driven as staff drive it."""

import pytest
from playwright.sync_api import expect

from films import credits
from films.models import Credit, Film, Person
from tests.factories import make_credit, make_film, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, *keys):
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def type_name(page, name):
    """Type a name into the focused picker and wait until people are offered."""
    page.keyboard.type(name)
    page.locator("[role=listbox]:visible [role=option]").last.wait_for()


def names(page, sheet="cast"):
    """Return the names in a sheet's rows, from top to bottom."""
    return [box.input_value() for box in page.locator(f"#{sheet}-group [role=combobox]").all()]


@pytest.fixture
def rush(desk):
    """The page of a film with a cast of three, on the desk."""
    film = make_film()
    for place, name in enumerate(["Jason Patric", "Jennifer Jason Leigh", "Sam Elliott"], start=1):
        make_credit(film, make_person(name), f"Part {place}", billing=10 * place)
    desk.goto(f"/admin/films/film/{film.pk}/change/")
    return desk


def test_a_film_and_its_cast_are_added_and_ordered_by_keyboard_alone(desk):
    make_credit(make_film("The Lost Boys", 1987), make_person(disambiguation="stuntman"))
    jason = make_person()
    make_credit(make_film("Narc", 2002), jason)
    make_credit(make_film("Speed 2", 1997), jason)
    desk.goto("/admin/films/film/add/")
    desk.keyboard.type("Rush")
    press(desk, "Tab")
    desk.keyboard.type("1991")
    first = desk.locator("[name=cast-0-name]")
    for _ in range(60):
        if first.evaluate("box => box === document.activeElement"):
            break
        press(desk, "Tab")
    type_name(desk, "Max Perlich")
    press(desk, "ArrowDown", "Enter", "Tab")
    desk.keyboard.type("Walker")
    press(desk, "Enter")
    type_name(desk, "jason patric")
    offered = desk.locator("[role=option]:visible").all_inner_texts()
    assert offered[0] == "Jason Patric Narc (2002), Speed 2 (1997)"
    assert offered[1] == "Jason Patric stuntman · The Lost Boys (1987)"
    press(desk, "ArrowDown", "Enter", "Tab")
    desk.keyboard.type("Jim Raynor / Driver")
    press(desk, "Enter")
    type_name(desk, "Sam Elliott")
    press(desk, "ArrowDown", "Tab")
    desk.keyboard.type("Dodd")
    press(desk, "Shift+Tab", "Alt+ArrowUp", "Alt+ArrowUp", "Alt+ArrowUp")
    assert names(desk) == ["Sam Elliott", "Max Perlich", "Jason Patric", ""]
    assert desk.locator("#cast-group [role=status]").inner_text() == "Sam Elliott cannot move further"
    desk.get_by_role("button", name="Save and continue editing").press("Enter")
    desk.wait_for_url("**/change/")
    assert names(desk) == ["Sam Elliott", "Max Perlich", "Jason Patric", ""]
    film = Film.objects.get(title="Rush")
    assert [(line.person.name, line.parts, line.billing) for line in credits.cast_lines(film)] == [
        ("Sam Elliott", ("Dodd",), 10),
        ("Max Perlich", ("Walker",), 20),
        ("Jason Patric", ("Jim Raynor", "Driver"), 30),
    ]
    assert film.credits.get(person__name="Jason Patric").person == jason
    desk.goto(f"/films/{film.slug}/")
    text = desk.locator("main").inner_text()
    assert -1 < text.index("Sam Elliott") < text.index("Max Perlich") < text.index("Jason Patric")


def test_a_cast_of_twenty_is_typed_without_the_mouse(desk):
    known = [f"Known {name}" for name in ("Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch")]
    new = [
        f"{name} Newcomb" for name in ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal", "Ida", "Jon", "Kim")
    ]
    for name in [*known, "Sam Elliott"]:
        make_person(name)
    sam = make_person("Sam Elliott", disambiguation="cowboy")
    make_credit(make_film("Tombstone", 1993), sam)
    desk.goto("/admin/films/film/add/")
    desk.keyboard.type("Rush")
    press(desk, "Tab")
    desk.keyboard.type("1991")
    press(desk, "F9")
    for place, name in enumerate([*known, *new], start=1):
        expect(desk.locator(":focus")).to_have_attribute("name", f"cast-{place - 1}-name")
        desk.keyboard.type(name)
        press(desk, "Enter")
        row = desk.get_by_role("group", name=f"{name}, line {place}")
        expect(row.locator("[data-who]")).to_have_text("new" if name in new else "known")
        press(desk, "Enter")
        desk.keyboard.type(f"Part {place}")
        press(desk, "Enter")
    desk.keyboard.type("sam elliott")
    press(desk, "Enter")
    expect(desk.locator("[role=option][aria-selected=true]")).to_contain_text("cowboy")
    press(desk, "Enter", "Enter")
    desk.keyboard.type("Dodd / The driver")
    press(desk, "Alt+ArrowUp", "F9")
    desk.keyboard.type("Lana Newcomb")
    press(desk, "Enter")
    expect(desk.get_by_role("group", name="Lana Newcomb, line 20").locator("[data-who]")).to_have_text("new")
    press(desk, "Control+s")
    expect(desk.get_by_text("New in the catalogue: Ada Newcomb")).to_be_visible()
    lines = credits.cast_lines(Film.objects.get(title="Rush"))
    cast = [*known, *new]
    expected = [(name, (f"Part {place}",)) for place, name in enumerate(cast, start=1)]
    expected[17:17] = [("Sam Elliott", ("Dodd", "The driver"))]
    assert [(line.person.name, line.parts) for line in lines] == [*expected, ("Lana Newcomb", ())]
    assert lines[17].person == sam
    assert Person.objects.filter(name__startswith="Known").count() == len(known)


def test_rows_are_ordered_by_dragging_and_by_buttons(rush):
    rows = rush.locator("#cast-group [data-row]")
    rows.nth(2).locator("[data-grip]").hover()
    rush.mouse.down()
    top = rows.nth(0).bounding_box()
    rush.mouse.move(top["x"] + 10, top["y"] + 20, steps=4)
    rush.mouse.move(top["x"] + 10, top["y"] + 2, steps=4)
    rush.mouse.up()
    assert names(rush) == ["Sam Elliott", "Jason Patric", "Jennifer Jason Leigh", ""]
    rows.nth(1).hover()
    rows.nth(1).get_by_label("Move down").click()
    rush.get_by_role("button", name="Save and continue editing").click()
    rush.wait_for_load_state()
    assert names(rush) == ["Sam Elliott", "Jennifer Jason Leigh", "Jason Patric", ""]
    assert list(Film.objects.get().credits.cast().values_list("person__name", flat=True)) == names(rush)[:3]


def test_a_row_is_taken_out_brought_back_and_taken_out(rush):
    row = rush.locator("#cast-group [data-row]").nth(1)
    row.hover()
    for _ in range(3):
        row.locator(".tool-remove").click()
    assert "is-removed" in row.get_attribute("class")
    assert Credit.objects.count() == 3
    rush.get_by_role("button", name="Save and continue editing").click()
    rush.wait_for_load_state()
    assert names(rush) == ["Jason Patric", "Sam Elliott", ""]


def test_a_name_without_a_choice_is_asked_for_and_nothing_typed_is_lost(rush):
    rush.locator("[name=cast-3-name]").press_sequentially("Max Perlich")
    rush.locator("[name=cast-3-parts]").fill("Walker")
    rush.get_by_role("button", name="Save and continue editing").click()
    rush.get_by_text("Which “Max Perlich”? Choose from the list, or “New person”.").wait_for()
    assert rush.locator("[name=cast-3-parts]").input_value() == "Walker"
    rush.locator("[name=cast-3-name]").focus()
    press(rush, "ArrowDown")
    rush.locator("[role=option][aria-selected=true]").wait_for()
    press(rush, "Enter")
    rush.get_by_role("button", name="Save and continue editing").click()
    rush.get_by_text("New in the catalogue: Max Perlich.").wait_for()
    assert Person.objects.filter(name="Max Perlich").count() == 1


def test_the_crew_is_typed_by_department(rush):
    rush.locator("[name=crew-0-department]").select_option("writing")
    rush.locator("[name=crew-0-name]").focus()
    type_name(rush, "Pete Dexter")
    press(rush, "ArrowUp", "Enter", "Tab")
    rush.keyboard.type("screenplay")
    assert rush.locator("[name=crew-0-job]").get_attribute("list") == "jobs-writing"
    assert rush.locator("[name=crew-1-department]").input_value() == "writing"
    rush.get_by_role("button", name="Save and continue editing").click()
    rush.get_by_text("New in the catalogue: Pete Dexter.").wait_for()
    assert [(line.department, line.job) for line in credits.crew_lines(Film.objects.get())] == [
        ("writing", "screenplay")
    ]


def test_escape_closes_the_list_and_leaves_what_was_typed(rush):
    rush.locator("[name=cast-3-name]").focus()
    type_name(rush, "Jas")
    press(rush, "Escape")
    assert rush.locator("[role=listbox]:visible").count() == 0
    assert rush.locator("[name=cast-3-name]").input_value() == "Jas"


def test_leaving_with_unsaved_rows_asks_first(rush):
    asked = []
    rush.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    rush.locator("[name=cast-0-parts]").fill("Somebody else")
    rush.get_by_role("link", name="People").click()
    rush.wait_for_url("**/person/")
    assert asked == ["beforeunload"]


def test_tools_say_whose_they_are_and_can_be_reached_by_tab(rush):
    row = rush.get_by_role("group", name="Jennifer Jason Leigh, line 2")
    for tool in ["Uncredited", "Voice only", "Remove"]:
        assert row.get_by_role("checkbox", name=f"{tool}: Jennifer Jason Leigh", exact=True).count() == 1
    row.get_by_role("button", name="Note, source, day of checking: Jennifer Jason Leigh").focus()
    press(rush, "Tab", "Enter")
    assert names(rush)[:2] == ["Jennifer Jason Leigh", "Jason Patric"]
    rush.get_by_role("button", name="Move down: Jennifer Jason Leigh").press("Enter")
    assert names(rush)[:2] == ["Jason Patric", "Jennifer Jason Leigh"]
    rush.locator("[name=cast-1-name]").fill("Jennifer Leigh")
    assert row.count() == 0
    assert rush.get_by_role("checkbox", name="Remove: Jennifer Leigh", exact=True).count() == 1


def test_a_look_up_that_is_refused_says_why(rush):
    rush.context.clear_cookies()
    rush.locator("[name=cast-3-name]").focus()
    rush.keyboard.type("Max")
    rush.locator(".picker-message:visible").wait_for()
    assert "You are logged out." in rush.locator(".picker-message:visible").inner_text()
    assert all("403" in complaint for complaint in rush.complaints)
    rush.complaints.clear()
