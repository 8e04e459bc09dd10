"""Two windows on one article, and what its history shows of them, in a real browser."""

import pytest
from playwright.sync_api import expect

from articles.drafting import name_revision, save_revision
from articles.models import Article
from articles.publishing import publish
from tests.browser.conftest import PASSWORD
from tests.browser.test_desk import assert_in_order, assert_whole, log_in
from tests.factories import make_article, make_image, make_superuser

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

BODY = "Jim picks Kristen.\n\nThey buy.\n\nNettle waits.\n"


@pytest.fixture
def windows(new_page):
    """Two editors at their own windows, at the same article."""
    article, pages = make_article(body=BODY), []
    for name in ("Ana", "Max"):
        editor = make_superuser(first_name=name, password=PASSWORD)
        pages.append(new_page())
        log_in(pages[-1], editor)
        pages[-1].goto(f"/admin/articles/article/{article.pk}/change/")
        expect(pages[-1].locator("[data-count]")).not_to_be_empty()
    return *pages, article


def rewrite(page, old, new):
    body = page.get_by_label("Body, in Markdown")
    body.fill(body.input_value().replace(old, new))
    save(page)


def save(page, button="Save"):
    page.wait_for_load_state()  # A restored form changes its own address while it loads: a navigation too.
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def forget_409(page):
    """The browser itself tells of the status, and of nothing else."""
    assert all("409" in complaint for complaint in page.complaints)
    page.complaints.clear()


def question(page):
    return page.get_by_role("group", name="You both changed this passage")


def by_hand(page):
    return question(page).get_by_label("Write it by hand")


def text():
    return Article.objects.get().head.body


def test_two_windows_change_different_paragraphs_then_the_same_and_both_texts_live(windows):
    ana, max_, article = windows
    rewrite(ana, "picks", "chooses")
    rewrite(max_, "waits", "acts")
    expect(max_.get_by_role("heading", name="Ana saved while you were writing")).to_be_visible()
    expect(max_.get_by_text("Nothing clashes")).to_be_visible()
    forget_409(max_)
    save(max_, "Save the merged text")
    assert text() == "Jim chooses Kristen.\n\nThey buy.\n\nNettle acts.\n"

    ana.goto(f"/admin/articles/article/{article.pk}/change/")
    rewrite(ana, "They buy.", "They sell.")
    rewrite(max_, "They buy.", "They use.")
    question = max_.get_by_role("group", name="You both changed this passage")
    expect(question.locator("ins")).to_have_text(["[added: sell]", "[added: use]"])
    forget_409(max_)
    max_.get_by_role("button", name="Save the merged text").click()
    expect(max_.get_by_role("heading", name="Ana saved while you were writing")).to_be_visible()
    assert Article.objects.get().head.number == 4
    question.get_by_label("Keep both, Ana’s first").check()
    expect(max_.get_by_role("status")).to_have_text("All decided")
    save(max_, "Save the merged text")
    assert text() == "Jim chooses Kristen.\n\nThey sell.\n\nThey use.\n\nNettle acts.\n"


def test_a_clash_is_written_by_hand_and_leaving_asks_first(windows):
    ana, max_, _ = windows
    rewrite(ana, "They buy.", "They sell.")
    rewrite(max_, "They buy.", "They use.")
    forget_409(max_)
    question = max_.get_by_role("group", name="You both changed this passage")
    expect(question.get_by_role("textbox")).to_be_hidden()
    question.get_by_label("Write it by hand").check()
    expect(question.get_by_role("textbox")).to_be_focused()
    expect(question.get_by_role("textbox")).to_have_value("They use.\n")
    question.get_by_role("textbox").fill("They use and sell.")
    max_.once("dialog", lambda dialog: dialog.dismiss())
    with max_.expect_event("dialog") as asked:
        max_.get_by_role("link", name="Films").click()
    assert asked.value.type == "beforeunload"
    save(max_, "Save the merged text")
    assert text() == "Jim picks Kristen.\n\nThey use and sell.\n\nNettle waits.\n"


def test_what_was_written_by_hand_and_the_whole_text_outlive_the_browser(windows, new_page):
    ana, max_, article = windows
    rewrite(ana, "They buy.", "They sell.")
    rewrite(max_, "They buy.", "They use.")
    forget_409(max_)
    by_hand(max_).check()
    question(max_).get_by_role("textbox").fill("They use and sell.")
    storage = max_.context.storage_state()
    max_.context.close()  # No question, no unload: the browser is gone.
    max_ = new_page(storage_state=storage)
    max_.goto(f"/admin/articles/article/{article.pk}/change/")
    max_.get_by_role("link", name="Restore").click()
    expect(max_.get_by_label("Body, in Markdown")).to_have_value(BODY.replace("buy", "use"))
    save(max_)
    forget_409(max_)
    expect(by_hand(max_)).to_be_checked()
    expect(question(max_).get_by_role("textbox")).to_have_value("They use and sell.")
    save(max_, "Save the merged text")
    assert text() == BODY.replace("They buy.", "They use and sell.")
    assert max_.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('kept:'))") == []
    expect(max_.get_by_role("region", name="Left unsaved")).to_have_count(0)


def test_what_was_written_by_hand_is_shown_where_the_passage_reads_otherwise_by_now(windows):
    ana, max_, article = windows
    rewrite(ana, "They buy.", "They sell.")
    rewrite(max_, "They buy.", "They use.")
    by_hand(max_).check()
    question(max_).get_by_role("textbox").fill("They use and sell.")
    save_revision(article, by=None, base=Article.objects.get().head, body=BODY.replace("buy", "lose"))
    max_.once("dialog", lambda dialog: dialog.accept())
    max_.goto(f"/admin/articles/article/{article.pk}/change/")
    max_.get_by_role("link", name="Restore").click()
    expect(max_.get_by_label("Body, in Markdown")).to_have_value(BODY.replace("buy", "use"))
    save(max_)
    forget_409(max_)
    expect(by_hand(max_)).not_to_be_checked()
    expect(max_.get_by_label("What you wrote by hand here before")).to_have_value("They use and sell.")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark"), (360, "light"), (1280, "dark")])
def test_history_comparison_and_merge_page_are_in_order(new_page, width, scheme):
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    editor = make_superuser(first_name="Ana", password=PASSWORD)
    log_in(page, editor)
    article = make_article(body=BODY, by=editor)
    place = f"/admin/articles/article/{article.pk}/"
    page.goto(f"{place}change/")
    page.get_by_label("Title", exact=True).fill("Mine, and a title of some length that wraps on a phone")
    theirs = {"body": BODY.replace("buy", "sell").replace("Nettle", "Gaines"), "hero": make_image(), "title": "Theirs"}
    publish(save_revision(article, by=None, base=article.head, **theirs), by=None)
    name_revision(article.head, "Before the lawyer", by=editor)
    check = assert_in_order if scheme == "dark" or width == 1280 else assert_whole
    rewrite(page, "buy", "use")
    forget_409(page)
    page.get_by_label("Write it by hand").first.check()
    check(page)
    page.get_by_text("Keep yours").first.click()
    page.get_by_label("Keep yours").last.check()
    save(page, "Save the merged text")
    for rest in ("", "compare/", "compare/?from=1&to=3&view=sides", "2/", "as-seen/?at=2020-01-01T10:00"):
        page.goto(f"{place}history/{rest}")
        if not rest:
            page.get_by_text("More", exact=False).last.click()
        check(page)
