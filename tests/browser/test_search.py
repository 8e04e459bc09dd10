"""Search in a browser: suggestions under the keyboard, and the page they stand for."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import make_credit, make_film, make_live, make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rush():
    """A film, who is in it, and an article about it."""
    film = make_film("Rush", 1991)
    make_credit(film, make_person("Jason Patric"), "Jim Raynor")
    make_live("What Is the Movie “Rush” About?", film=film)
    make_film("Rush", 2013)
    return film


def test_the_keyboard_leads_from_suggestion_to_page(page, rush):
    page.goto("/articles/")
    field = page.get_by_role("combobox", name="Search the site")
    field.press_sequentially("ru")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(page.get_by_role("status")).to_have_text("3 suggestions")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert Axe().run(page).violations_count == 0

    field.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.nth(0).get_attribute("id")
    field.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    field.press("ArrowUp")
    expect(options.nth(2)).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("ru")
    expect(field).to_be_focused()

    field.press_sequentially("sh 1991")
    expect(options).to_have_count(2)
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/films/rush-1991/")


def test_enter_searches_and_a_press_chooses(page, rush):
    page.goto("/")
    field = page.get_by_role("combobox", name="Search the site")
    field.fill("jason patrick")
    option = page.get_by_role("option", name="Jason Patric")
    expect(option).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 suggestion")
    field.press("Enter")
    page.wait_for_url("**/search/?q=jason+patrick")
    expect(page.get_by_text("This is what there is for Jason Patric")).to_have_count(1)
    page.get_by_role("combobox").fill("raynor")
    page.get_by_role("option", name="Jim Raynor").click()
    page.wait_for_url("**/films/rush-1991/#character-jim-raynor")


def test_search_works_without_script(new_page, rush):
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Search the site").fill("patric")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Jason Patric").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jason Patric")
