"""Names, facts and findings at the writing screen, in a real browser."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from films.house_list import reject_spelling
from films.models import Department
from tests.browser.test_writing import open_article, save, slow_down, wait_until
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


SELECTED = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
NETTLES = (
    "🎬 Ask Chief Nettles. TK\n\nChief Nettles waits.\n\n" + "Words go on. " * 400 + "\n\nThen Chief Nettles goes."
)


def panel(desk):
    return desk.get_by_role("region", name="Proofreader")


def finding(desk, words):
    return panel(desk).get_by_role("listitem").filter(has=desk.locator(".finding-message", has_text=words))


def spelt(desk):
    return finding(desk, "Nettles")


def test_each_finding_leads_to_its_place(desk, rush):
    body, _ = open_article(desk, make_article(body=NETTLES, film=rush))
    expect(panel(desk).get_by_text("1 error", exact=True)).to_be_visible()
    panel(desk).locator(".is-error").get_by_role("button", name="Chief Nettles. TK").click()
    expect(body).to_be_focused()
    assert body.evaluate(SELECTED) == "TK"
    spelt(desk).get_by_role("button", name="Then Chief Nettles goes.").click()
    assert body.evaluate(SELECTED) == "Nettles"
    assert body.evaluate("(field) => field.selectionStart") > 5000
    wait_until(body, "(field) => field.scrollTop > 500")
    body.press("F8")
    assert body.evaluate("(field) => [field.selectionStart, field.scrollTop < 100]") == [13, True]


def test_a_finding_still_leads_to_its_place_while_typing_goes_on(desk, rush):
    body, _ = open_article(desk, make_article(body="Ask Chief Nettles.", film=rush))
    expect(spelt(desk)).to_have_count(1)
    slow_down(desk, 3000)
    body.press("Control+Home")
    body.press_sequentially("Now: ")
    spelt(desk).get_by_role("button", name="Chief Nettles").click()
    assert body.evaluate(SELECTED) == "Nettles"
    slow_down(desk, 0)


def test_one_is_fixed_then_all_the_note_tells_and_undo_takes_back(desk, rush):
    article = make_article(body=NETTLES, film=rush)
    body, _ = open_article(desk, article)
    note = desk.get_by_label("What changed")
    spelt(desk).get_by_role("button", name="Fix: “Nettles” becomes “Nettle”, 2 of 3").click()
    expect(body).to_have_value(NETTLES.replace("Nettles waits", "Nettle waits"))
    expect(note).to_have_value("Nettles → Nettle")
    spelt(desk).get_by_role("button", name="Fix all 2").click()
    expect(body).to_have_value(NETTLES.replace("Nettles", "Nettle"))
    expect(note).to_have_value("Nettles → Nettle (3×)")
    expect(spelt(desk)).to_have_count(0)
    body.press("Control+z")
    expect(body).to_have_value(NETTLES.replace("Nettles waits", "Nettle waits"))
    expect(note).to_have_value("Nettles → Nettle")
    body.press("Control+Shift+z")
    expect(note).to_have_value("Nettles → Nettle (3×)")
    save(desk)
    article.refresh_from_db()
    assert article.head.note == "Nettles → Nettle (3×)"
    assert "Nettles" not in article.head.body


def test_what_is_right_is_said_once_and_stays_said(desk, rush):
    article = make_article(body="Ask Chief Nettles.", film=rush)
    open_article(desk, article)
    spelt(desk).get_by_role("button", name="It is right").click()
    why = panel(desk).get_by_label("Why is it right as it stands?")
    why.press("Enter")
    expect(why).to_be_focused()
    why.fill("A nickname.")
    why.press("Enter")
    expect(spelt(desk)).to_have_count(0)
    desk.reload()
    answered = panel(desk).get_by_text("1 said to be right")
    answered.click()
    expect(panel(desk).get_by_text("“nettles”: A nickname.")).to_be_visible()
    assert article.revisions.count() == 1
    panel(desk).get_by_role("button", name="Ask again").click()
    expect(spelt(desk)).to_have_count(1)
    expect(answered).to_be_hidden()


def test_errors_are_put_right_and_cannot_be_dismissed(desk, rush):
    body, _ = open_article(desk, make_article(body="TK", film=rush))
    unfinished = panel(desk).locator(".is-error").get_by_role("listitem").filter(has=desk.locator(".finding-message"))
    expect(unfinished.get_by_role("button")).to_have_count(1)
    body.fill("Words.")
    expect(unfinished).to_have_count(0)


def test_the_panel_keeps_focus_and_scroll_while_findings_come_and_go(desk, rush):
    body, _ = open_article(desk, make_article(body=NETTLES, film=rush))
    expect(spelt(desk)).to_have_count(1)
    height = panel(desk).bounding_box()["height"]
    spelt(desk).get_by_role("button", name="It is right").click()
    why = panel(desk).get_by_label("Why is it right as it stands?")
    why.press_sequentially("A nick")
    body.evaluate(
        "(field) => { field.setRangeText('XXX ', 0, 0); field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(panel(desk).get_by_text("2 errors", exact=True)).to_be_visible()
    expect(why).to_be_focused()
    why.press_sequentially("name")
    expect(why).to_have_value("A nickname")
    assert panel(desk).bounding_box()["height"] == height


def test_findings_of_other_fields_lead_there_even_where_those_are_folded_away(desk, rush):
    article = make_article(body="Words.", film=rush, seo_title="TK")
    open_article(desk, article)
    desk.get_by_role("button", name="Details").click()
    panel(desk).get_by_role("button", name="Search title TK").click()
    field = desk.locator("[name=seo_title]")
    expect(field).to_be_focused()
    assert field.evaluate(SELECTED) == "TK"
    panel(desk).get_by_role("button", name="Main picture").click()
    expect(desk.get_by_role("button", name="Choose a picture")).to_be_focused()


def test_the_names_are_linked_all_at_once_and_undone_at_once(desk, rush):
    article = make_article(body="🎬 Nettle asks Jim Raynor.\n\nNettle waits for Zoë Raynor.", film=rush)
    body, shown = open_article(desk, article)
    desk.get_by_role("button", name="Link the names").click()
    dialog = desk.get_by_role("dialog", name="Link the names")
    expect(dialog.get_by_role("checkbox", checked=True)).to_have_count(4)
    dialog.get_by_role("button", name="First of each").click()
    expect(dialog.get_by_role("checkbox", checked=True)).to_have_count(3)
    dialog.get_by_role("checkbox").nth(1).uncheck()
    dialog.get_by_role("button", name="Link 2 names").click()
    expect(body).to_have_value("🎬 [[character:nettle]] asks Jim Raynor.\n\nNettle waits for [[character:zoe-raynor]].")
    expect(desk.get_by_label("What changed")).to_have_value("Linked 2 names")
    expect(shown.get_by_role("link", name="Zoë Raynor")).to_be_visible()
    body.press("Control+z")
    expect(body).to_have_value(article.head.body)
    expect(desk.get_by_label("What changed")).to_have_value("")


def test_a_spelling_is_kept_on_the_house_list(desk, rush):
    nettle = rush.characters.get(name="Nettle")
    body, _ = open_article(desk, make_article(body="Then Netty waits.", film=rush))
    body.evaluate("(field) => field.setSelectionRange(5, 10)")
    desk.get_by_role("button", name="Spelling of a name").click()
    dialog = desk.get_by_role("dialog", name="House spelling")
    expect(dialog.get_by_label("Spelling", exact=True)).to_have_value("Netty")
    dialog.get_by_label("Wrong").check()
    dialog.get_by_role("button", name="Keep spelling").click()
    expect(dialog.get_by_role("alert")).to_have_text("Choose whose name it is.")
    dialog.get_by_label("Whose name, of those found").select_option(label="Nettle (played by Tony Frank)")
    dialog.get_by_role("button", name="Keep spelling").click()
    expect(dialog).to_be_hidden()
    finding(desk, "Netty").get_by_role("button", name="Spelling…").click()
    assert list(nettle.names.values_list("text", "kind")) == [("Netty", "misspelling")]
    expect(dialog.get_by_label("Whose name, of those found")).to_have_value(f"character:{nettle.pk}")
    dialog.get_by_label("Right").check()
    dialog.get_by_role("button", name="Keep spelling").click()
    expect(finding(desk, "Netty")).to_have_count(0)
    assert list(nettle.names.values_list("text", "kind")) == [("Netty", "alias")]
    desk.complaints.clear()  # The browser itself tells of the status 400.


@pytest.mark.parametrize("width", [360, 768, 1024])
def test_the_panel_fits_its_window(desk, rush, width):
    reject_spelling(rush.characters.get(name="Nettle"), "Nettles", by=None)
    desk.set_viewport_size({"width": width, "height": 800})
    open_article(desk, make_article(body=NETTLES, film=rush))
    expect(spelt(desk)).to_have_count(1)
    assert desk.evaluate("document.documentElement.scrollWidth") == width
    box = panel(desk).bounding_box()
    assert box["height"] > 150


def assert_accessible(page):
    found = Axe().run(page).response["violations"]
    page.complaints.clear()  # Axe tries inline styles of its own, and is refused.
    assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_list_panel_and_dialogs_are_accessible(desk, rush, scheme):
    desk.emulate_media(color_scheme=scheme)
    body, _ = open_article(desk, make_article(body=NETTLES, film=rush))
    spelt(desk).get_by_role("button", name="It is right").click()
    end_of(body).press_sequentially(" [[")
    expect(offered(desk).first).to_be_visible()
    assert_accessible(desk)
    body.press("Escape")
    for tool, dialog in (("Link the names", "Link the names"), ("Spelling of a name", "House spelling")):
        desk.get_by_role("button", name=tool).click()
        expect(desk.get_by_role("dialog", name=dialog)).to_be_visible()
        assert_accessible(desk)
        desk.get_by_role("dialog", name=dialog).get_by_role("button", name="Cancel").click()


def test_who_is_stopped_at_publishing_is_led_to_the_findings(desk, rush):
    open_article(desk, make_article(body="TK", film=rush))
    toggle = panel(desk).get_by_role("button", name="Proofreader")
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    save(desk, "Publish")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    desk.get_by_role("link", name="Show the findings").click()
    expect(toggle).to_be_focused()
    expect(panel(desk).get_by_text("1 error", exact=True)).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
