"""Names, facts and findings at the writing screen, in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from films.models import Department
from tests.browser.test_writing import open_article, save, slow_down
from tests.factories import make_article, make_credit, make_film, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


@pytest.fixture
def rush():
    film = make_film()
    make_credit(film, make_person(), "Jim Raynor", billing=10)
    make_credit(film, make_person("Tony Frank"), "Nettle", billing=20)
    make_credit(film, make_person("Amélie Zola"), "Zoë Raynor", billing=30)
    make_credit(film, make_person("Lili Fini Zanuck"), department=Department.DIRECTING, job="director")
    return film


def end_of(body):
    body.press("Control+End")
    return body


def offered(desk):
    return desk.get_by_role("listbox", name="References").get_by_role("option")


def test_a_reference_is_completed_by_keyboard(desk, rush):
    body, shown = open_article(desk, make_article(body="See ", film=rush))
    end_of(body).press_sequentially("[[ray")
    expect(offered(desk)).to_have_count(2)
    first, second = offered(desk).all()
    expect(first).to_have_attribute("aria-selected", "true")
    expect(body).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    body.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    body.press("ArrowUp")
    body.press("Enter")
    expect(body).to_have_value("See [[character:jim-raynor]]")
    expect(desk.get_by_role("listbox", name="References")).to_be_hidden()
    expect(shown.get_by_role("link", name="Jim Raynor")).to_be_visible()
    body.press("Control+z")
    expect(body).to_have_value("See [[ray")


def test_a_reference_is_completed_by_mouse_and_the_text_keeps_the_focus(desk, rush):
    body, _ = open_article(desk, make_article(body="See ", film=rush))
    end_of(body).press_sequentially("[[")
    offered(desk).filter(has_text="plays Nettle").click()
    expect(body).to_have_value("See [[person:tony-frank]]")
    expect(body).to_be_focused()
    body.press_sequentially(", who")
    expect(body).to_have_value("See [[person:tony-frank]], who")


def test_accents_do_not_matter_and_namesakes_are_told_apart(desk, rush):
    older = make_person("Jason Patric", born=date(1911, 1, 1), disambiguation="stuntman")
    make_credit(make_film("Noir", 1940), older, "Driver")
    body, _ = open_article(desk, make_article(body="", film=rush))
    body.press_sequentially("[[AMELIE")
    expect(offered(desk)).to_have_count(1)
    expect(offered(desk)).to_contain_text("Amélie Zola")
    body.press("Control+a")
    body.press_sequentially("[[jason patric")
    expect(offered(desk)).to_have_count(2)
    expect(offered(desk).nth(1)).to_contain_text("1911– · stuntman · Noir (1940)")
    body.press("ArrowUp")
    body.press("Tab")
    expect(body).to_have_value("[[person:jason-patric-1911]]")
    expect(body).to_be_focused()


def test_escape_closes_the_list_and_then_every_key_is_the_texts_own(desk, rush):
    body, shown = open_article(desk, make_article(body="", film=rush))
    body.press_sequentially("[[ji")
    expect(offered(desk)).to_have_count(1)
    body.press("Escape")
    expect(desk.get_by_role("listbox", name="References")).to_be_hidden()
    body.press_sequentially("m")
    body.press("Enter")
    expect(body).to_have_value("[[jim\n")
    body.press("Tab")
    expect(shown).to_be_focused()


def test_selected_words_stay_as_the_label(desk, rush):
    body, _ = open_article(desk, make_article(body="Raynor waits.", film=rush))
    body.press("Control+Home")
    for _ in "Raynor":
        body.press("Shift+ArrowRight")
    body.press_sequentially("[[")
    expect(offered(desk).first).to_contain_text("Jim Raynor")
    body.press("Escape")
    expect(body).to_have_value("Raynor waits.")
    desk.get_by_role("button", name="Reference", exact=True).click()
    expect(offered(desk).first).to_contain_text("Jim Raynor")
    body.press("Enter")
    expect(body).to_have_value("[[character:jim-raynor|Raynor]] waits.")


def test_a_bar_asks_for_a_label_and_the_brackets_are_typed_over(desk, rush):
    body, _ = open_article(desk, make_article(body="", film=rush))
    body.press_sequentially("[[nett")
    expect(offered(desk)).to_have_count(1)
    body.press_sequentially("|the chief]].")
    expect(body).to_have_value("[[character:nettle|the chief]].")


def test_facts_are_listed_with_their_present_values(desk, rush):
    body, shown = open_article(desk, make_article(body="Made in ", film=rush))
    end_of(body).press_sequentially("[[")
    offered(desk).filter(has_text="Facts of Rush (1991)").click()
    expect(offered(desk)).to_have_count(7)
    expect(offered(desk).filter(has_text="director")).to_contain_text("Lili Fini Zanuck")
    expect(offered(desk).filter(has_text="runtime")).to_contain_text("not known yet")
    body.press_sequentially("ye")
    expect(offered(desk)).to_have_count(1)
    body.press("Enter")
    expect(body).to_have_value("Made in [[film.year]]")
    expect(shown).to_contain_text("Made in 1991")


def test_the_cast_table_stands_on_a_line_of_its_own(desk, rush):
    body, shown = open_article(desk, make_article(body="The cast: and more.", film=rush))
    body.press("Control+Home")
    for _ in "The cast: ":
        body.press("ArrowRight")
    body.press_sequentially("[[cast")
    expect(offered(desk).first).to_contain_text("Cast table")
    body.press("Enter")
    expect(body).to_have_value("The cast: \n\n[[cast]]\n\nand more.")
    expect(shown.get_by_role("table")).to_be_visible()


def test_an_answer_that_comes_late_is_dropped(desk, rush):
    body, _ = open_article(desk, make_article(body="", film=rush))
    slow_down(desk, 400)
    body.press_sequentially("[[ray", delay=200)
    body.press_sequentially(" x", delay=200)
    expect(desk.get_by_text("Nothing of that name is in the catalogue.").first).to_be_visible()
    expect(offered(desk)).to_have_count(0)
    slow_down(desk, 0)


def test_references_are_saved_and_read(desk, rush):
    article = make_article(body="See ", film=rush)
    body, _ = open_article(desk, article)
    end_of(body).press_sequentially("[[nettle")
    expect(offered(desk)).to_have_count(1)
    body.press("Tab")
    save(desk)
    article.refresh_from_db()
    assert article.head.body == "See [[character:nettle]]"
