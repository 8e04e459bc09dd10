"""Cards, spoilers and the who's who in a browser: by mouse, finger and keyboard, on paper, and without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from films.models import Character, Department
from tests.browser.test_public import LONG, RULES
from tests.factories import make_credit, make_film, make_live, make_person

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
BODY = """
The story is of [[character:jim-raynor|Raynor]], and of [[character:kristen-cates]]; [[person:pete-dexter]] wrote it.

[[cast]]

One night, ||[[character:nettle]] turns them in, and it takes a great many words to tell how he goes about it||.

::: spoiler How it ends
It ends with [[person:gregg-allman|somebody]].
:::

[[person:pete-dexter|The last word]] is his.
"""


@pytest.fixture
def article(transactional_db):
    """An article that names people and characters, some of them inside spoilers alone."""
    film = make_film("Rush")
    for billing, (name, part) in enumerate([("Jason Patric", "Jim Raynor"), ("Jennifer Jason Leigh", "Kristen Cates")]):
        make_credit(film, make_person(name), part, billing=billing)
    make_credit(film, make_person("Pete Dexter"), department=Department.WRITING, job="screenplay")
    make_credit(make_film("Endangered Species", 1982), make_person("Gregg Allman"), "Brother")
    Character.objects.create(film=film, name="Nettle", slug="nettle", description="Dodd's superior.")
    film.characters.filter(slug="jim-raynor").update(description="An agent who needs a partner.")
    return make_live(film=film, body=BODY)


def link(page, name):
    """Return the link of that name in the text."""
    return page.locator(".prose").get_by_role("link", name=name, exact=True).first


def card(page):
    """Return the page's one card."""
    return page.locator(".name-card")


def test_a_name_that_is_hovered_opens_a_card_and_closes_it_when_left(page, article):
    page.goto(article.get_absolute_url())
    link(page, "Raynor").hover()
    expect(card(page)).to_be_visible()
    assert card(page).inner_text().split("\n\n") == [
        "Jim Raynor",
        "played by Jason Patric",
        "An agent who needs a partner.",
    ]
    card(page).hover()
    page.get_by_role("heading", level=1).hover()
    expect(card(page)).to_be_hidden()


def test_a_tap_opens_the_card_inside_the_window_and_the_card_leads_on(new_page, article):
    page = new_page(**PHONE)
    page.goto(article.get_absolute_url())
    for name in ("Kristen Cates", "The last word"):
        link(page, name).tap()
        expect(link(page, name)).to_have_attribute("aria-expanded", "true")
        box = card(page).bounding_box()
        assert (box["x"] >= 0, box["x"] + box["width"] <= 360, box["y"] >= 0) == (True, True, True)
        assert box["y"] + box["height"] <= 640
    card(page).get_by_role("link", name="Pete Dexter").tap()
    page.wait_for_url("**/people/pete-dexter/")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_opens_a_card_walks_through_it_and_comes_back(new_page, article, width):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(article.get_absolute_url())
    raynor, patric = link(page, "Raynor"), card(page).get_by_role("link", name="Jason Patric")
    raynor.press("Shift")
    expect(card(page)).to_be_visible()
    assert raynor.get_attribute("aria-describedby") == card(page).get_attribute("id")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(patric).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(raynor).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/films/rush-1991/#character-jim-raynor")


def test_a_name_without_an_entry_leads_straight_to_its_page(new_page, article):
    page = new_page(**PHONE)
    page.goto(article.get_absolute_url())
    page.get_by_text("Spoiler: How it ends").tap()
    link(page, "somebody").tap()
    page.wait_for_url("**/people/gregg-allman/")


def test_names_are_links_and_spoilers_open_without_script(new_page, article):
    page = new_page(java_script_enabled=False)
    page.goto(article.get_absolute_url())
    assert page.get_by_label("Show spoilers").is_visible() is False
    for label, words in [("Show spoiler", "turns them in"), ("Spoiler: How it ends", "It ends with")]:
        expect(page.get_by_text(words)).to_be_hidden()
        page.locator(f"[aria-label='{label}'], summary:text-is('{label}')").click()
        expect(page.get_by_text(words)).to_be_visible()
    link(page, "Raynor").click()
    page.wait_for_url("**/films/rush-1991/#character-jim-raynor")


def test_spoilers_open_and_close_by_keyboard(page, article):
    page.goto(article.get_absolute_url())
    inline, block = (
        page.get_by_role("checkbox", name="Show spoiler", exact=True),
        page.locator(".spoiler-block summary"),
    )
    for switch, key, words in [(inline, "Space", "turns them in"), (block, "Enter", "It ends with")]:
        switch.focus()
        page.keyboard.press(key)
        expect(page.get_by_text(words)).to_be_visible()
        page.keyboard.press(key)
        expect(page.get_by_text(words)).to_be_hidden()


def test_the_switch_opens_all_spoilers_and_is_remembered(page, article):
    page.goto(article.get_absolute_url())
    page.get_by_label("Show spoilers").check()
    for again in (False, True):
        if again:
            page.reload()
        expect(page.get_by_label("Show spoilers")).to_be_checked()
        expect(page.get_by_text("turns them in")).to_be_visible()
        expect(page.get_by_text("It ends with")).to_be_visible()
    page.get_by_label("Show spoilers").uncheck()
    page.reload()
    expect(page.get_by_label("Show spoilers")).not_to_be_checked()
    expect(page.get_by_text("turns them in")).to_be_hidden()


def test_an_article_without_spoilers_and_names_sends_no_script_but_the_searchs(page):
    page.goto(make_live(body="Words.").get_absolute_url())
    scripts = [script.get_attribute("src").rsplit("/", 1)[1] for script in page.locator("script[src]").all()]
    assert (scripts, page.get_by_label("Show spoilers").count()) == (["search.js"], 0)


def test_the_who_is_who_names_nobody_from_a_spoiler(page, article):
    page.goto(article.get_absolute_url())
    names = page.locator(".who__name").all_inner_texts()
    assert names == ["Jim Raynor", "Kristen Cates", "Pete Dexter"]
    page.get_by_label("Show spoilers").check()
    assert page.locator(".who__name").all_inner_texts() == names


def test_paper_says_what_it_leaves_out_and_shows_what_is_open(page, article):
    after = "(element) => getComputedStyle(element, '::after').content"
    page.goto(article.get_absolute_url())
    page.emulate_media(media="print")
    assert page.locator(".spoiler__switch").evaluate(after) == '"[a spoiler, left out in print]"'
    assert page.locator(".spoiler-block__label").evaluate(after) == '"[left out in print]"'
    expect(page.get_by_text("turns them in")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_label("Show spoilers").check()
    page.emulate_media(media="print")
    expect(page.locator(".spoiler__switch")).to_be_hidden()
    expect(page.get_by_text("turns them in")).to_be_visible()
    expect(page.get_by_text("It ends with")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_all_of_it_is_accessible_and_fits(new_page, article, width, scheme):
    film = article.film
    make_credit(film, make_person(LONG), LONG)
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(article.get_absolute_url())
    found = []
    for step in (lambda: None, page.get_by_label("Show spoilers").check, link(page, "Raynor").focus):
        step()
        results = Axe().run(page, options=RULES)
        found += [results.generate_report()] if results.violations_count else []
    assert found == [], "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_a_character_is_found_even_where_the_cast_is_folded(page):
    film = make_film("Rush")
    for number in range(14):
        make_credit(film, make_person(f"Actor {number}"), f"Part {number}", billing=number)
    page.goto(f"{film.get_absolute_url()}#character-part-13")
    expect(page.get_by_text("Part 13")).to_be_visible()
    assert page.locator(":target").inner_text() == "Part 13"
