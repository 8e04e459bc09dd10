"""A cast is pasted, a namesake settled, an unreadable line filled in, and readers see it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import make_credit, make_film, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

TEXT = """* [[Jason Patric]] as Jim Raynor<ref>{{cite web}}</ref>
the girl at the bar
Sam Elliott ... Dodd"""


def line(page, number):
    return page.locator(".pasted-line").nth(number - 1)


def paste(desk, film, text):
    desk.goto(f"/admin/films/film/{film.pk}/change/")
    desk.get_by_role("link", name="Paste credits").click()
    desk.get_by_label("Credits as you found them").fill(text)
    desk.get_by_role("button", name="Read it").click()
    expect(desk.get_by_role("button", name="Apply to the cast")).to_be_visible()


def test_a_cast_is_pasted_settled_and_seen_by_readers(desk):
    film = make_film()
    make_person("Sam Elliott")
    sam = make_person("Sam Elliott", disambiguation="the actor")
    paste(desk, film, TEXT)
    line(desk, 2).get_by_label("Performer").fill("Dru Mouser")
    line(desk, 2).get_by_label("Parts").fill("Girl")
    line(desk, 2).get_by_label("Who this is").select_option("new")
    desk.get_by_role("button", name="Apply to the cast").click()
    expect(line(desk, 3)).to_contain_text("Choose who this is.")
    line(desk, 3).get_by_label("Who this is").select_option(str(sam.pk))
    desk.get_by_role("button", name="Apply to the cast").click()
    expect(desk.locator(".messagelist")).to_contain_text("3 added.")
    desk.goto(f"/films/{film.slug}/")
    expect(desk.get_by_role("link", name="Dru Mouser")).to_be_visible()
    expect(desk.get_by_role("main")).to_contain_text("Jim Raynor")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_preview_fits_and_is_in_order(desk, width, scheme):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    paste(desk, make_film(), TEXT)
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    assert desk.complaints == []
    found = Axe().run(desk).response["violations"]
    desk.complaints.clear()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}] == []


def test_a_paste_is_undone_from_its_message_and_readers_see_the_film_as_before(desk):
    film = make_credit(make_film(), make_person("Sam Elliott"), "Dodd", billing=10).film
    desk.goto(f"/films/{film.slug}/")
    before = desk.get_by_role("main").inner_text()
    paste(desk, film, "Jason Patric ... Jim Raynor\nSam Elliott ... Larry Dodd")
    desk.get_by_role("button", name="Apply to the cast").click()
    desk.locator(".messagelist").get_by_role("link", name="Undo").click()
    expect(desk.get_by_role("main")).to_contain_text("removed cast Jason Patric")
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.get_by_role("button", name="Undo it").click()
    expect(desk.locator(".messagelist")).to_contain_text("is as it was before")
    desk.goto(f"/films/{film.slug}/")
    assert desk.get_by_role("main").inner_text() == before
    desk.goto(f"/admin/films/film/{film.pk}/history/")
    desk.get_by_role("link", name="Undo", exact=False).first.click()
    desk.get_by_role("button", name="Undo it").click()
    expect(desk.locator(".messagelist")).to_contain_text("is as it was before")
    desk.goto(f"/films/{film.slug}/")
    expect(desk.get_by_role("main")).to_contain_text("Jim Raynor")
