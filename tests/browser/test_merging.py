"""Two people who are one are ticked in the list, compared, merged, seen by readers as one, and undone."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import make_credit, make_film, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def violations(page):
    """Return what the accessibility checker holds to be serious; the styles that it adds itself are no complaint."""
    assert page.complaints == []
    found = Axe().run(page).response["violations"]
    page.complaints.clear()
    return [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}]


def test_two_people_are_merged_from_the_list_and_undone(desk, new_page):
    sam = make_person("Sam Elliott", born=date(1945, 8, 9))
    samuel = make_person("Samuel Elliott", born=date(1944, 8, 9))
    make_credit(make_film("Mask", 1985), sam, "Gar")
    make_credit(make_film("Rush", 1991), samuel, "Dodd")
    desk.goto("/admin/films/person/")
    for box in desk.locator("[name=_selected_action]").all():
        box.check()
    desk.locator("select[name=action]").select_option("merge_chosen")
    desk.get_by_role("button", name="Run").click()
    expect(desk.get_by_role("heading", name="Are these two one person?")).to_be_visible()
    assert violations(desk) == []
    desk.get_by_role("group", name="Born").get_by_label("August 9, 1944").check()
    desk.get_by_role("button", name="Merge them").click()
    expect(desk.locator(".messagelist")).to_contain_text("are one.")
    undo = desk.locator(".messagelist").get_by_role("link", name="Undo").get_attribute("href")
    reader = new_page()
    reader.goto(f"/people/{samuel.slug}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Sam Elliott")
    for said in ("Mask", "Dodd", "1944"):
        expect(reader.get_by_role("main")).to_contain_text(said)
    desk.goto(undo)
    desk.get_by_role("button", name="Undo it").click()
    expect(desk.locator(".messagelist")).to_contain_text("as it was before")
    reader = new_page()  # Another one, since browsers remember where an address led.
    reader.goto(f"/people/{samuel.slug}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Samuel Elliott")


def test_lines_are_ticked_by_keyboard_and_shown_before_they_go(desk):
    person = make_person("John Smith")
    for number in range(4):
        make_credit(make_film(f"Film {number}", 1950 + number), person, f"Part {number}")
    desk.goto(f"/admin/films/person/{person.pk}/split/")
    boxes = desk.get_by_role("group", name="Cast").get_by_role("checkbox")
    boxes.first.focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Shift+Space"):
        desk.keyboard.press(key)
    expect(desk.locator("[data-count]")).to_have_text("3 of 4 ticked")
    desk.get_by_label("Disambiguation").fill("the other")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="What goes where")).to_contain_text("John Smith (the other)")
    assert violations(desk) == []
    desk.get_by_role("button", name="Split it so").click()
    expect(desk.locator(".messagelist")).to_contain_text("is John Smith (the other)’s now.")
