"""An editor's afternoon at the writing screen, in a real browser."""

import base64
import re

import pytest
from playwright.sync_api import expect

from articles.models import Article
from articles.publishing import publish
from films.models import Image
from tests.factories import make_article, make_author, make_film, make_image, make_picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

DROP = """([name, type, data]) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, { type }));
    return transfer;
}"""


def open_article(desk, article):
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(desk.locator("[data-count]")).not_to_be_empty()
    return desk.get_by_label("Body, in Markdown"), desk.get_by_role("region", name="The page as readers see it")


def drop(desk, target, content, name="street.png", kind="image/png"):
    transfer = desk.evaluate_handle(DROP, [name, kind, base64.b64encode(content).decode()])
    target.dispatch_event("dragover", {"dataTransfer": transfer})
    target.dispatch_event("drop", {"dataTransfer": transfer})


def wait_until(locator, condition):
    """Wait for *condition*, which the page's own policy forbids wait_for_function to ask."""
    for _ in range(100):
        if locator.evaluate(condition):
            return
        locator.page.wait_for_timeout(50)
    raise AssertionError(condition)


def save(desk, button="Save"):
    desk.wait_for_load_state()
    with desk.expect_navigation():
        desk.get_by_role("button", name=button, exact=True).click()


def test_an_article_is_written_pictured_saved_published_and_read(desk):
    article = make_article(body="Jim is a good cop.", film=make_film(), authors=[make_author()])
    body, shown = open_article(desk, article)
    expect(shown).to_contain_text("Jim is a good cop.")
    body.press("Control+End")
    body.type("\n\n## New Partner\n\nHe picks **Kristen**.")
    expect(shown.get_by_role("heading", name="New Partner")).to_be_visible()
    expect(shown.locator("strong")).to_have_text("Kristen")
    expect(desk.get_by_role("status").filter(has_text="Unsaved changes")).to_be_visible()

    drop(desk, body, make_picture())
    dialog = desk.get_by_role("dialog", name="Add a picture")
    expect(dialog.locator("canvas")).to_be_visible()
    dialog.get_by_role("button", name="Add picture").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Describe the picture")
    dialog.get_by_label("Description", exact=True).fill("A street at night")
    dialog.get_by_label("Caption", exact=True).fill("The town")
    dialog.get_by_label("Credit", exact=True).fill("MGM")
    dialog.get_by_role("button", name="Add picture").click()
    expect(dialog).to_be_hidden()
    image = Image.objects.get()
    assert f'\n\n![A street at night](image:{image.pk} "The town")' in body.input_value()
    expect(shown.get_by_role("img", name="A street at night")).to_be_visible()

    save(desk)
    expect(desk.locator(".messagelist")).to_have_text(re.compile("Saved as revision 2."))
    save(desk, "Publish")
    desk.get_by_role("link", name=article.head.title).first.click()
    desk.wait_for_url(f"**{article.get_absolute_url()}")
    expect(desk.get_by_role("heading", name="New Partner")).to_be_visible()
    expect(desk.get_by_role("img", name="A street at night")).to_be_visible()
    assert image.film == article.film


def test_keys_format_and_undo_takes_back_one_step_at_a_time(desk):
    body, shown = open_article(desk, make_article(body="one two"))
    body.press("Control+a")
    body.press("Control+b")
    assert body.input_value() == "**one two**"
    body.press("Control+i")
    assert body.input_value() == "***one two***"
    body.press("Control+i")
    body.press("Control+b")
    assert body.input_value() == "one two"
    body.press("Control+k")
    assert body.input_value() == "[one two](https://)"
    desk.keyboard.type("https://example.org/")
    assert body.input_value() == "[one two](https://example.org/)"
    for _ in range(30):
        body.press("Control+z")
    assert body.input_value() == "one two"
    desk.get_by_role("button", name="Heading").click()
    desk.get_by_role("button", name="Heading").click()
    assert body.input_value() == "### one two"
    expect(shown.get_by_role("heading", name="one two", level=3)).to_be_visible()
    desk.get_by_role("button", name="Heading").click()
    desk.get_by_role("button", name="Heading").click()
    desk.get_by_role("button", name="List").click()
    desk.get_by_role("button", name="Quote").click()
    assert body.input_value() == "> - one two"


def test_tab_leaves_the_text_and_ctrl_s_saves(desk):
    article = make_article()
    body, shown = open_article(desk, article)
    body.press("Control+End")
    body.type(" More.")
    body.press("Tab")
    expect(shown).to_be_focused()
    with desk.expect_navigation():
        desk.keyboard.press("Control+s")
    assert Article.objects.get().head.body == "Words. More."


def test_a_bad_file_is_refused_with_its_reason_and_keeps_the_fields(desk):
    body, _ = open_article(desk, make_article())
    drop(desk, body, b"<script>alert(1)</script>", "evil.html", "image/gif")
    dialog = desk.get_by_role("dialog", name="Add a picture")
    dialog.get_by_label("Description", exact=True).fill("A street at night")
    dialog.get_by_role("button", name="Add picture").click()
    expect(dialog.get_by_role("alert")).to_have_text("This is not a picture we can read: JPEG, PNG, WebP or AVIF.")
    expect(dialog.get_by_label("Description", exact=True)).to_have_value("A street at night")
    assert Image.objects.count() == 0
    # The browser itself tells of the status 400, and of nothing else.
    assert all("400" in complaint for complaint in desk.complaints)
    desk.complaints.clear()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "street.png", "mimeType": "image/png", "buffer": make_picture()}
    )
    dialog.get_by_role("button", name="Add picture").click()
    expect(dialog).to_be_hidden()
    assert "![A street at night](image:" in body.input_value()


def test_the_main_picture_is_chosen_from_those_of_the_film(desk):
    film = make_film()
    image, _ = make_image(film=film), make_image(alt="Another film’s")
    article = make_article(film=film)
    open_article(desk, article)
    desk.get_by_role("button", name="Choose a picture").click()
    dialog = desk.get_by_role("dialog", name="Add a picture")
    dialog.get_by_role("button", name="One we have").click()
    expect(dialog.get_by_role("img")).to_have_count(1)
    dialog.get_by_role("button", name="A street at night").click()
    expect(desk.locator(".picture-thumbnail")).to_be_visible()
    save(desk)
    assert Article.objects.get().head.hero == image
    desk.get_by_role("button", name="Remove").click()
    save(desk)
    assert Article.objects.get().head.hero is None


def test_authors_are_signed_in_the_order_of_choosing(desk):
    names = ["Zoë Quinn", "Ana Lima", "Max Perlich"]
    for name in sorted(names):
        make_author(name)
    open_article(desk, make_article())
    for name in names:
        desk.locator(".side-field", has_text="Authors").get_by_role("searchbox").click()
        desk.keyboard.type(name[:3])
        desk.get_by_role("option", name=name).click()
    save(desk)
    assert [byline.author.name for byline in Article.objects.get().bylines.all()] == names
    shown = desk.locator(".side-field", has_text="Authors").locator(".select2-selection__choice")
    assert [re.sub(r"^\W+", "", text) for text in shown.all_inner_texts()] == names


def test_a_lost_login_is_told_costs_no_word_and_is_mended_in_another_tab(desk):
    article = make_article()
    body, _ = open_article(desk, article)
    cookies = desk.context.cookies()
    desk.context.clear_cookies(name="sessionid")
    body.fill("A long afternoon’s work.")
    expect(desk.get_by_role("status").filter(has_text="You are logged out.")).to_be_visible()
    with desk.expect_response("**/preview/"):
        desk.get_by_role("button", name="Save", exact=True).click()
    expect(body).to_have_value("A long afternoon’s work.")
    assert all("403" in complaint for complaint in desk.complaints)
    # Logging in again changes both the session and the token that the page holds.
    desk.context.add_cookies([cookie for cookie in cookies if cookie["name"] == "sessionid"])
    desk.context.clear_cookies(name="csrftoken")
    save(desk)
    assert Article.objects.get().head.body == "A long afternoon’s work."
    desk.complaints.clear()


def test_leaving_with_unsaved_words_asks_first(desk):
    body, _ = open_article(desk, make_article())
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.goto("/admin/")
    assert asked == []
    desk.go_back()
    body.press_sequentially("x")
    desk.goto("/admin/")
    assert asked == ["beforeunload"]


def test_text_and_page_scroll_in_step(desk):
    sections = "\n\n".join(f"## Part {number}\n\n" + "Words go on. " * 120 for number in range(6))
    body, shown = open_article(desk, make_article(body=sections))
    expect(shown).to_contain_text("Part 5")
    body.hover()
    desk.mouse.wheel(0, 2500)
    wait_until(shown, "pane => pane.scrollTop > 500")
    desk.mouse.wheel(0, 99_999)
    wait_until(shown, "pane => pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 2")


@pytest.mark.parametrize("width", [360, 1024])
def test_the_screen_fits_its_window(desk, width):
    article = make_article(film=make_film(), authors=[make_author()], hero=make_image())
    publish(article.head, by=None)
    desk.set_viewport_size({"width": width, "height": 800})
    body, shown = open_article(desk, article)
    assert desk.evaluate("document.documentElement.scrollWidth") == width
    expect(body).to_be_visible()
    expect(shown).to_be_visible(visible=width > 700)
    desk.get_by_role("button", name="Page").click()
    expect(shown).to_be_visible()
    expect(body).to_be_hidden()


def slow_down(desk, milliseconds):
    network = desk.context.new_cdp_session(desk)
    network.send("Network.enable")
    speed = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", speed)


def test_saving_waits_for_a_preview_that_is_under_way(desk):
    article = make_article()
    body, _ = open_article(desk, article)
    slow_down(desk, 1000)
    with desk.expect_request("**/preview/"):
        body.fill("Later words.")
    with desk.expect_navigation():
        body.press("Control+s")
    assert Article.objects.get().head.body == "Later words."


def test_a_preview_that_fails_does_not_stop_a_save(desk):
    article = make_article()
    body, _ = open_article(desk, article)
    # Twice: once for the typing, once before the save.
    desk.route("**/preview/", lambda route: route.fulfill(status=500, body=""), times=2)
    body.fill("Later words.")
    expect(desk.get_by_role("status").filter(has_text="(500)")).to_be_visible()
    save(desk)
    assert Article.objects.get().head.body == "Later words."
    desk.complaints.clear()  # The browser tells of the 500, too.


def test_a_picture_given_up_while_it_is_sent_does_not_go_in(desk):
    article = make_article(body="Words.")
    body, _ = open_article(desk, article)
    drop(desk, body, make_picture())
    dialog = desk.get_by_role("dialog", name="Add a picture")
    dialog.get_by_label("Description", exact=True).fill("A street at night")
    slow_down(desk, 1000)
    dialog.get_by_role("button", name="Add picture").click()
    dialog.get_by_role("button", name="Cancel").click()
    desk.wait_for_timeout(1500)
    assert body.input_value() == "Words."


def test_enter_in_the_search_for_pictures_searches(desk):
    make_image(alt="A street at night")
    make_image(alt="A police car")
    open_article(desk, make_article())
    desk.get_by_role("button", name="Picture").first.click()
    dialog = desk.get_by_role("dialog", name="Add a picture")
    dialog.get_by_role("button", name="One we have").click()
    dialog.get_by_role("searchbox").fill("street")
    dialog.get_by_role("searchbox").press("Enter")
    expect(dialog.locator(".picture-choice")).to_have_count(1)
    expect(dialog.locator("[data-problem]")).to_be_empty()


def hold_saves(desk):
    """Let no save through to the server; return the list of those that wait."""
    held = []
    wanted = re.compile(r"/article/(add|\d+/change)/$")
    desk.route(wanted, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    return held


def wait_for_save(desk, held):
    for _ in range(100):
        if held:
            return
        desk.wait_for_timeout(50)
    raise AssertionError("Nothing was sent.")


def test_saving_twice_in_a_hurry_makes_one_article(desk):
    desk.goto("/admin/articles/article/add/")
    desk.get_by_label("Title", exact=True).fill("The End of Rush")
    held = hold_saves(desk)
    desk.evaluate("document.forms.article_form.requestSubmit(); document.forms.article_form.requestSubmit()")
    desk.keyboard.press("Control+s")
    wait_for_save(desk, held)
    desk.keyboard.press("Control+s")
    desk.wait_for_timeout(500)
    assert len(held) == 1
    with desk.expect_navigation():
        held[0].continue_()
    assert Article.objects.count() == 1


def test_nothing_can_be_typed_into_a_form_that_has_gone(desk):
    article = make_article(body="Words.")
    body, _ = open_article(desk, article)
    body.press("Control+End")
    desk.keyboard.type(" More.")
    held = hold_saves(desk)
    desk.keyboard.press("Control+s")
    wait_for_save(desk, held)
    desk.keyboard.type(" Lost?")
    with desk.expect_navigation():
        held[0].continue_()
    expect(body).to_have_value("Words. More.")
    expect(desk.get_by_role("region", name=re.compile("^Left unsaved"))).to_have_count(0)


@pytest.mark.parametrize("by_hand", [True, False], ids=["escape", "dropped"])
def test_a_save_broken_off_leaves_a_form_that_is_kept_and_saved_again(desk, by_hand):
    article = make_article(body="Words.")
    body, _ = open_article(desk, article)
    body.press("Control+End")
    desk.keyboard.type(" More.")
    held = hold_saves(desk)
    desk.keyboard.press("Control+s")
    wait_for_save(desk, held)
    held[0].abort("aborted")
    if by_hand:
        desk.keyboard.press("Escape")
    expect(body).to_be_focused(timeout=15_000)
    desk.keyboard.type(" Still here.")
    expect(desk.locator("[data-status]")).to_have_text("Unsaved changes are kept")
    desk.unroute_all()
    save(desk)
    assert Article.objects.get().head.body == "Words. More. Still here."
